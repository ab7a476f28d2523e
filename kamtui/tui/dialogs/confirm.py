"""A question with yes or no; yes is `y`, which is never the key that asked."""

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.language import gettext as _
from kamtui.tui import glyphs, keys
from kamtui.tui.text import content


class Confirm(ModalScreen[bool]):
    """Gives back True for yes."""

    DEFAULT_CSS = """
    Confirm { align: center middle; background: $background 40%; }
    Confirm Static { width: auto; max-width: 90%; height: auto; padding: 1 2; background: $panel; border: tall $accent; }
    Confirm.-ascii Static { border: ascii $accent; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        yield Static(content(self._question + "\n\n" + _("y yes    n, Esc no")))

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        pressed = keys.canonical(event)
        if pressed in {"y", "Y", "1"}:
            self.dismiss(True)
        elif pressed in {"n", "N", "0", "escape", "q", "enter"}:
            self.dismiss(False)
