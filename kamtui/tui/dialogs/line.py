"""One line of text at the foot of the screen, with what is understood of it beside."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.tui import glyphs
from kamtui.tui.text import content
from kamtui.tui.widgets.entry import Entry


class LineDialog(ModalScreen[str]):
    """Gives back what was typed, or None after Esc. `check` turns a text into what it means, to be shown while one types;
    what it refuses is shown too, and cannot be saved; nor can a blank text that is `needed`."""

    BINDINGS: ClassVar = [("escape", "leave", "")]
    DEFAULT_CSS = """
    LineDialog { align: left bottom; background: transparent; }
    LineDialog Vertical { height: auto; background: $panel; border-top: solid $accent; }
    LineDialog.-ascii Vertical { border-top: ascii $accent; }
    LineDialog Horizontal { height: 1; }
    LineDialog Static { width: auto; height: 1; padding: 0 1; color: $accent; }
    LineDialog Entry { background: $panel; }
    LineDialog #hint { color: $muted; height: auto; max-height: 8; width: 1fr; }
    LineDialog #hint.-wrong { color: $alarm; }
    """

    def __init__(
        self,
        label: str,
        start: str = "",
        *,
        check: Callable[[str], str] | None = None,
        on_change: Callable[[str], None] | None = None,
        hint: str = "",
        needed: bool = False,
        preset: bool = False,
    ) -> None:
        """`start` is edited, or, as a `preset`, replaced by what is typed; cursor keys edit that too."""
        super().__init__()
        self._preset = preset
        self._label = label
        self._start = start
        self._check = check
        self._on_change = on_change
        self._hint = hint
        self._needed = needed
        self._wrong = False

    def compose(self) -> ComposeResult:
        with Vertical():
            with Horizontal():
                yield Static(content(f"[{self._label}]"))
                yield Entry(self._start)
            yield Static(content(self._hint), id="hint")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        entry = self.query_one(Input)
        entry.focus()
        if self._preset:
            entry.select_all()
        if self._start:
            self._say(self._start)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._say(event.value)
        if self._on_change is not None:
            self._on_change(event.value)

    def _say(self, text: str, *, saving: bool = False) -> None:
        said, self._wrong = self._hint, False
        if saving and self._needed and not text.strip():
            said, self._wrong = _("{field}: it must not be blank.").format(field=self._label), True
        elif self._check is not None and text.strip():
            try:
                said = self._check(text)
            except KamtuiError as error:
                said, self._wrong = error.message, True
        hint = self.query_one("#hint", Static)
        hint.update(content(said))
        hint.set_class(self._wrong, "-wrong")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._say(event.value, saving=True)
        if not self._wrong:
            self.dismiss(event.value)

    def action_leave(self) -> None:
        self.dismiss(None)
