"""What every command has at hand: the workspace, and how its text comes in."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from kamtui.domain.days import parse_day
from kamtui.domain.errors import BadInput, KamtuiError
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.locate import database_path
from kamtui.store.sqlite.driver import Connection
from kamtui.store.workspace import Workspace

if TYPE_CHECKING:
    from kamtui.store.unit_of_work import UnitOfWork

W = TypeVar("W", bound=StrEnum)
CATCH_UP = 40  # accounts after a write: a fifth of a second at most


@dataclass(frozen=True, slots=True)
class Desk:
    """The workspace of this command, and whether it answers in JSON."""

    workspace: Workspace
    json: bool

    @classmethod
    def of(cls, db: str | None, today: str | None, *, json: bool) -> "Desk":
        """From the options, else the environment, else the user's folder and the clock."""
        clock = date.today()  # noqa: DTZ011  a due date is a local date
        said = today or os.environ.get("KAMTUI_TODAY")
        day = parse_day(said, clock, field="--today") if said else clock
        return cls(Workspace(database_path(db), day, today_is_set=bool(said)), json)

    @property
    def today(self) -> date:
        """What day it is."""
        return self.workspace.today

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads."""
        with self.workspace.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> "Iterator[UnitOfWork]":
        """A unit of work; afterwards the person is told of characters that were dropped."""
        with self.workspace.writing() as work:
            yield work
        tell_dropped(work.dropped)
        self._catch_up()

    def _catch_up(self) -> None:
        """Asks the signals of a few accounts that are due since the day has turned: who only uses commands has no app that
        does it meanwhile. What was asked for is done, so nothing that goes wrong here is told."""
        from kamtui.services.signals import turn_day

        with suppress(KamtuiError):
            turn_day(self.workspace, most=CATCH_UP)

    def day(self, text: str | None, *, field: str = "date", past: bool = False) -> date | None:
        """The day that a person wrote, or None where nothing was; `past` where it cannot lie ahead."""
        return parse_day(text, self.today, field=field, past=past) if text else None


def tell_dropped(dropped: Iterable[tuple[str, int]]) -> None:
    """Tells the person of control characters that the text policy took out, by field."""
    for field, count in dropped:
        message = ngettext(
            "{field}: {count} control character was dropped.",
            "{field}: {count} control characters were dropped.",
            count,
        )
        print(message.format(field=field, count=count), file=sys.stderr)  # noqa: T201  said to a person


def desk(ctx: Any) -> Desk:
    """The desk of a running command."""
    return cast("Desk", ctx.find_object(Desk))


def found(
    connection: Connection, entity: str, text: str | None, *, account_id: int | None = None, fuzzy: bool = False
) -> int | None:
    """The record that an option names, or None where it was not given; see `resolve.find`."""
    if text is None:
        return None
    # The app opens by this desk, and finds nothing by name.
    from kamtui.store.reads.resolve import find

    return find(connection, entity, text, account_id=account_id, fuzzy=fuzzy)


def read_text(text: str | None, *, editor: bool = False, start: str = "") -> str | None:
    """A text argument: as it is, from stdin for `-`, from $VISUAL or $EDITOR with `editor`."""
    if editor:
        from kamtui.services.editor import edit_text

        return edit_text(text if text and text != "-" else start)
    if text == "-":
        data = sys.stdin.buffer.read()
        try:
            return data.decode("utf-8-sig").rstrip("\n")
        except UnicodeDecodeError:
            raise BadInput(_("stdin: the text is not UTF-8. Nothing was saved.")) from None
    return text


def given(**options: Any) -> dict[str, Any]:
    """The options that were really given; a blank text means that the field is to be emptied, and so does a list of one."""
    return {
        name: None if value == "" else [] if value == [""] else value
        for name, value in options.items()
        if value is not None
    }


def any_of(words: type[StrEnum]) -> str:
    """The words of a list, as the help shows a choice that may be left blank."""
    return f"<{'|'.join(words)}>"


def word_of(words: type[W], text: str | None, field: str) -> "W | Literal[''] | None":
    """The word of a list that was typed; blank to empty the field. Raises `BadInput`."""
    if not text:
        return None if text is None else ""
    try:
        return words(text)
    except ValueError:
        raise BadInput(
            _("{field}: “{text}” is none of {all}.").format(field=field, text=one_line(text), all=", ".join(words)),
            field=field,
        ) from None
