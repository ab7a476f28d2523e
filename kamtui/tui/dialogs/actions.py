"""What can be done here, as a numbered list: for digits, arrows and Enter, where an input method swallows letters."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.language import gettext as _
from kamtui.tui import glyphs, keys
from kamtui.tui.dialogs.found import Doable
from kamtui.tui.registry import Command
from kamtui.tui.text import content
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

_FRAME = 4  # lines around the list


class Actions(ModalScreen[Command]):
    """Gives back the command that was chosen; None after Esc. Digits move the cursor to a number, Enter takes it: so
    that 1 and 12 are told apart without a clock."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Actions { align: center middle; background: $background 40%; }
    Actions Vertical { width: 96%; max-width: 100; height: auto; max-height: 100%; background: $panel;
                       border: round $accent; padding: 0 1; }
    Actions.-ascii Vertical { border: ascii $accent; }
    Actions Rows { background: $panel; }
    Actions Static { width: 100%; height: 1; color: $muted; }
    Actions Static.-wrong { color: $warn; }
    """

    def __init__(self, app: "Kamtui") -> None:
        super().__init__()
        contexts = app.contexts()
        disabled = app.registry.disabled(app, contexts)
        here = [command for command in app.registry.here(contexts) if command.id != "app.actions"]
        self._offered = [Doable(command, disabled.get(command.id, "")) for command in here]
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Rows(_columns(len(self._offered)), empty=_("There is nothing to do here."), id="actions")
            yield Static(content(_hint()), id="hint")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        rows = self.query_one(Rows)
        rows.show(
            [
                Line(("action", number), (number, one), style="muted" if one.reason else "")
                for number, one in enumerate(self._offered, 1)
            ]
        )
        self.set_focus(rows)

    def on_resize(self) -> None:
        self.query_one(Rows).styles.height = max(1, min(len(self._offered), self.size.height - _FRAME))

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        rows = self.query_one(Rows)
        pressed = keys.canonical(event)
        if pressed.isdecimal():
            self._number(pressed)
            return
        self._typed = ""
        if pressed in {"up", "k", "down", "j"}:
            rows.move(-1 if pressed in {"up", "k"} else 1)
        elif pressed in {"pageup", "pagedown"}:
            rows.move_page(-1 if pressed == "pageup" else 1)
        elif pressed in {"home", "g", "end", "G"}:
            rows.go_to_end(-1 if pressed in {"home", "g"} else 1)
        elif pressed == "enter":
            self._choose()
        elif pressed in {"escape", "q", "f5"}:
            self.dismiss(None)

    def _number(self, digit: str) -> None:
        """The next digit of a number, else the first one of another."""
        rows = self.query_one(Rows)
        self._typed = next(
            (typed for typed in (self._typed + digit, digit) if rows.index_of(("action", int(typed))) >= 0), ""
        )
        if self._typed:
            rows.go_to(("action", int(self._typed)))

    def _choose(self) -> None:
        record = self.query_one(Rows).record
        if record is not None and not record[1].reason:
            self.dismiss(record[1].command)

    def on_rows_moved(self, message: Rows.Moved) -> None:
        message.stop()
        record = message.rows.record
        hint = self.query_one("#hint", Static)
        reason = record[1].reason if record else ""
        hint.update(content(reason or _hint()))
        hint.set_class(bool(reason), "-wrong")

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self._choose()


def _hint() -> str:
    return _("a number or arrows, then Enter   Esc leave")


def _columns(count: int) -> list[Column]:
    return [
        Column("", lambda record: (str(record[0]), "marked"), width=len(str(count)), right=True),
        Column("", lambda record: record[1].title, flex=2, least=14, most=24),
        Column("", lambda record: record[1].head, width=10, gives_way=1),
        Column("", lambda record: (record[1].text, "muted"), flex=4, least=20, gives_way=2),
    ]
