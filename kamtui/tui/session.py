"""The data under the app: one reader that stays open, one thread that writes, and whether somebody else has written."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any, Concatenate, ParamSpec, TypeVar

from kamtui.domain.errors import DatabaseMissing
from kamtui.store.sqlite.connection import SCHEMA_VERSION, open_reader, version_of
from kamtui.store.sqlite.driver import Connection
from kamtui.store.sqlite.errors import spoken
from kamtui.store.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")


class Session:
    """A workspace for as long as the app is open. Reads run where they are called (they take a few ms); writes run one
    after another in a thread of their own, since another program may hold the lock for seconds."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._reader: Connection | None = None
        self._seen: tuple[int, int] = (0, 0)

    @property
    def today(self) -> date:
        """What day it is; past midnight it is the next one, unless the day was set."""
        return self.workspace.today

    def turn_day(self) -> bool:
        """Takes the clock's day; True where it is another than before."""
        now = date.today()  # noqa: DTZ011  a due date is a local date
        if self.workspace.today_is_set or now == self.workspace.today:
            return False
        self.workspace = replace(self.workspace, today=now)
        return True

    @property
    def is_there(self) -> bool:
        """Whether there is a database."""
        try:
            self.reader  # noqa: B018  opens it
        except DatabaseMissing:
            return False
        return True

    @property
    def reader(self) -> Connection:
        """The connection for reads; an older database is brought up to date first. Raises `DatabaseUnusable`."""
        if self._reader is None:
            path = self.workspace.path
            connection = open_reader(path)
            if version_of(connection, path) < SCHEMA_VERSION:
                connection.close()
                self.workspace.prepare()
                connection = open_reader(path)
            self._reader = connection
            self._seen = self._mark()
        return self._reader

    def read(self, query: Callable[Concatenate[Connection, P], R], *arguments: P.args, **named: P.kwargs) -> R:
        """Runs a read; the driver's errors become sentences."""
        with spoken(self.workspace.path):
            return query(self.reader, *arguments, **named)

    def changed(self) -> bool:
        """Whether anything was written, by whom ever, since this was asked last; a restored file counts."""
        if self._reader is None:
            return self.is_there
        mark = self._mark()
        if mark[1] != self._seen[1]:
            self.forget()
            return True
        changed, self._seen = mark != self._seen, mark
        return changed

    def _mark(self) -> tuple[int, int]:
        assert self._reader is not None
        with spoken(self.workspace.path):
            (version,) = self._reader.execute("PRAGMA data_version").fetchone()
        try:
            return version, os.stat(self.workspace.path).st_ino  # noqa: PTH116  asked twice a second
        except OSError:
            return version, 0

    def forget(self) -> None:
        """Closes the reader; the next read opens it anew."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def write(self, verb: Callable[[Any], R], *, label: str = "") -> Awaitable[R]:
        """Runs a verb as one unit of work in the writer's thread."""

        def run() -> R:
            with self.workspace.writing(label) as work:
                return verb(work)

        return self.in_writer(run)

    def in_writer(self, job: Callable[[], R]) -> Awaitable[R]:
        """Runs something that writes in the writer's thread, behind what waits there."""
        return asyncio.get_running_loop().run_in_executor(self._writer, job)

    def close(self) -> None:
        """Waits for what is being written, and closes the reader."""
        self._writer.shutdown(wait=True)
        self.forget()
