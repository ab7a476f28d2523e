"""The command that runs, with the words that were typed for it; and the last change, to do it again."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kamtui.language import gettext as _

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.registry import Command


DraftKey = tuple[str, object, str]  # a command, what it is about, what it asked for


@dataclass(slots=True)
class Running:
    """A command while it runs, and what it is `about`: rows, else the account of the place. `typed` are its drafts."""

    command: "Command"
    about: object
    typed: list[DraftKey] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Again:
    """The last change, as `.` does it to other rows: the command that made it, and its verb with all that was answered."""

    command: "Command"
    act: "Callable[[Kamtui], Awaitable[object]]"

    def reason_not(self, app: "Kamtui") -> str | None:
        """Why it cannot be done here: it is of another pane, or its command says why."""
        if not set(self.command.where) & set(app.contexts()):
            return _("“{what}” is not done here.").format(what=_(self.command.label))
        return self.command.reason_not(app)


_running: ContextVar[Running | None] = ContextVar("_running", default=None)


def begin(app: "Kamtui", command: "Command") -> Running:
    """A command begins, about the marked rows, the one under the cursor, or the account of the place."""
    rows = app.rows
    about = app.whereabouts.account_id if rows is None else frozenset(rows.marked) or rows.key
    running = Running(command, about)
    _running.set(running)
    return running


def turn_to(about: object) -> None:
    """The command goes on with another of its rows."""
    if (running := now()) is not None:
        running.about = about


def now() -> Running | None:
    """The command that this is done in; None outside of any."""
    return _running.get()


def keep(app: "Kamtui", act: "Callable[[Kamtui], Awaitable[object]]") -> None:
    """Keeps what the command has changed, for `.`."""
    if (running := now()) is not None:
        app.repeatable = Again(running.command, act)


# Words that were typed and are not written yet


def draft(app: "Kamtui", asked: str, about: object = None) -> str | None:
    """What was typed there last and was not written, be it that it was refused or that one left."""
    key = _draft_key(asked, about)
    return app.drafts.get(key) if key is not None else None


def keep_draft(app: "Kamtui", asked: str, text: str | None, about: object = None) -> None:
    """Keeps what was typed until the command has written; without a text nothing is kept there."""
    running, key = now(), _draft_key(asked, about)
    if running is None or key is None:
        return
    app.drafts.pop(key, None)
    running.typed = [one for one in running.typed if one != key]
    if text is not None:
        app.drafts[key] = text
        running.typed.append(key)


def has_written(app: "Kamtui") -> None:
    """What was typed in the command that runs stands in the store now."""
    if (running := now()) is not None:
        for key in running.typed:
            app.drafts.pop(key, None)
        running.typed.clear()


def _draft_key(asked: str, about: object) -> DraftKey | None:
    running = now()
    return None if running is None else (running.command.id, running.about if about is None else about, asked)
