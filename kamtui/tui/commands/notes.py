"""Longer texts in the person's own editor: the note of the record under the cursor, the words of a touch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.session import Session


@dataclass(frozen=True, slots=True)
class Note:
    """The long text of an entity: how it is read, and the verb that sets it."""

    read: Callable[["Session", int], str | None]
    write: Callable[[Any, int, str | None], object]


def _task(work: Any, row_id: int, text: str | None) -> None:
    from kamtui.services.tasks import edit_task

    edit_task(work, row_id, note=text)


def _obligation(work: Any, row_id: int, text: str | None) -> None:
    from kamtui.services.obligations import edit_obligation

    edit_obligation(work, row_id, note=text)


def _touch(work: Any, row_id: int, text: str | None) -> None:
    from kamtui.services.touches import edit_touch

    edit_touch(work, row_id, summary=text)


def _account(work: Any, row_id: int, text: str | None) -> None:
    from kamtui.services.accounts import edit_account

    edit_account(work, row_id, note=text)


def _concession(work: Any, row_id: int, text: str | None) -> None:
    from kamtui.services.concessions import edit_concession

    edit_concession(work, row_id, note=text)


def _read_task(session: "Session", row_id: int) -> str | None:
    from kamtui.store.reads.tasks import get_task

    return session.read(get_task, row_id, session.today).note


def _read_obligation(session: "Session", row_id: int) -> str | None:
    from kamtui.store.reads.obligations import get_obligation

    return session.read(get_obligation, row_id, session.today).note


def _read_touch(session: "Session", row_id: int) -> str | None:
    from kamtui.store.reads.touches import get_touch

    return session.read(get_touch, row_id).summary


def _read_account(session: "Session", row_id: int) -> str | None:
    from kamtui.store.reads.accounts import get_account

    return session.read(get_account, row_id).note


def _read_concession(session: "Session", row_id: int) -> str | None:
    from kamtui.store.reads.concessions import get_concession

    return session.read(get_concession, row_id, session.today).note


NOTES = {
    "task": Note(_read_task, _task),
    "obligation": Note(_read_obligation, _obligation),
    "touch": Note(_read_touch, _touch),
    "account": Note(_read_account, _account),
    "concession": Note(_read_concession, _concession),
}
PLACES = ("today", "portfolio", "obligations", "tasks", "timeline", "give")


def _record(app: "Kamtui") -> tuple[str, int] | None:
    line = to_one(app, *NOTES, "occurrence")
    if line is None or line.key is None:
        return None
    return ("obligation", line.record.obligation_id) if line.key[0] == "occurrence" else line.key


def _no_note(app: "Kamtui") -> str | None:
    return None if _record(app) else _("There is no note to write here.")


async def _edit(app: "Kamtui") -> None:
    from kamtui.tui.editing import draft_in_editor, drop_draft

    record = _record(app)
    if record is None:
        return
    entity, row_id = record
    note = NOTES[entity]
    before = note.read(app.session, row_id) or ""
    text = draft_in_editor(app, before, about=record)
    if text.strip() == before.strip():
        drop_draft(app, about=record)
        return

    def verb(work: Any) -> None:
        note.write(work, row_id, text.strip() or None)

    await app.do(verb)


COMMANDS = (
    Command("row.editor", mark("note in editor"), PLACES, _edit, ("E",), mark("Write the note, or what was said, in your editor."), _no_note),
)  # fmt: skip
