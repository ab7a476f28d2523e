"""The command that runs, and the last change, to do it again."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamtui.language import gettext as _

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.registry import Command


@dataclass(frozen=True, slots=True)
class Running:
    """A command while it runs."""

    command: "Command"


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


def begin(command: "Command") -> Running:
    """A command begins."""
    running = Running(command)
    _running.set(running)
    return running


def now() -> Running | None:
    """The command that this is done in; None outside of any."""
    return _running.get()


def keep(app: "Kamtui", act: "Callable[[Kamtui], Awaitable[object]]") -> None:
    """Keeps what the command has changed, for `.`."""
    if (running := now()) is not None:
        app.repeatable = Again(running.command, act)
