"""A page of text over the place: read, scroll, leave."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import ModalScreen

from kamtui.language import gettext as _
from kamtui.tui import keys
from kamtui.tui.text import content
from kamtui.tui.widgets.paper import Paper, Said


class Page(ModalScreen[None]):
    """Gives back nothing."""

    DEFAULT_CSS = """
    Page { align: center middle; background: $background 60%; }
    Page Paper { width: 90%; max-width: 100; height: 90%; border: round $accent; background: $surface; }
    Page.-ascii Paper { border: ascii $accent; }
    """

    def __init__(self, said: Iterable[Said]) -> None:
        super().__init__()
        self._said = tuple(said)

    def compose(self) -> ComposeResult:
        yield Paper()

    def on_mount(self) -> None:
        from kamtui.tui import glyphs

        self.set_class(glyphs.current().ascii, "-ascii")
        paper = self.query_one(Paper)
        paper.border_subtitle = content(_("Esc back"))
        paper.show(self._said)
        paper.focus()

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        paper = self.query_one(Paper)
        moves = {"j": 1, "down": 1, "k": -1, "up": -1}
        pressed = keys.canonical(event)
        if pressed in moves:
            paper.move(moves[pressed])
        elif pressed in {"pagedown", "space"}:
            paper.move_page(1)
        elif pressed == "pageup":
            paper.move_page(-1)
        elif pressed in {"g", "home", "G", "end"}:
            paper.go_to_end(-1 if pressed in {"g", "home"} else 1)
        elif pressed in {"escape", "q", "enter", "h", "left"}:
            self.dismiss(None)
        elif pressed == "y":
            self.app.copy_to_clipboard(paper.plain)
