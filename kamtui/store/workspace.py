"""A workspace: one database, the day it is, and who is at the keyboard. Both front ends start here."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kamtui.store.sqlite.connection import SCHEMA_VERSION, open_reader, version_of
from kamtui.store.sqlite.driver import Connection
from kamtui.store.sqlite.errors import spoken

if TYPE_CHECKING:
    from kamtui.store.unit_of_work import UnitOfWork


def login_name() -> str:
    """The name under which the person at the keyboard is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "me"


@dataclass(frozen=True, slots=True)
class Workspace:
    """`path` of the database and `today`, a local date; `today_is_set` where it is not the clock's.

    `program` is what the log of changes says the writing was done with.
    """

    path: Path
    today: date
    today_is_set: bool = False
    program: str = "cli"
    who: str = field(default_factory=login_name)

    def __post_init__(self) -> None:
        # Two names of one file would have two locks.
        object.__setattr__(self, "path", Path(os.path.realpath(self.path)))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads; an older database is brought up to date first."""
        connection = open_reader(self.path)
        try:
            if version_of(connection, self.path) < SCHEMA_VERSION:
                connection.close()
                self.prepare()
                connection = open_reader(self.path)
            with spoken(self.path):
                yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self, label: str = "", *, kind: str = "do", target: int | None = None) -> "Iterator[UnitOfWork]":
        """A unit of work: one transaction, one undo point; see `UnitOfWork`. Makes the database where there is none."""
        from kamtui.store.unit_of_work import unit_of_work

        with unit_of_work(self, label, kind=kind, target=target) as work:
            yield work

    def prepare(self) -> None:
        """Makes the database, or brings it up to date, and names the person at the keyboard in it."""
        from kamtui.store.unit_of_work import prepare
        from kamtui.store.writer import writer

        with writer(self.path, self.program) as connection:
            prepare(connection, self)

    def now(self) -> str:
        """The instant, in UTC, as ISO text; on a day that was set, at this hour of that day."""
        instant = datetime.now(UTC)
        if self.today_is_set:
            instant = instant.replace(year=self.today.year, month=self.today.month, day=self.today.day)
        return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
