"""Text to read: lines with a style, wrapped to the width and scrolled; for previews, details, the brief, the help."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kamtui.domain.text import visible
from kamtui.tui.text import display, fit, width
from kamtui.tui.theme import ink


class Said(NamedTuple):
    """A line of text: `title`, `heading`, `muted`, `strong`, `alarm`, `warn`, `for`, `against` or plain; its own lines
    wrap, `indent` cells in from the second on."""

    text: str = ""
    style: str = ""
    indent: int = 0


class Paper(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of text, wrapped anew at each width."""

    DEFAULT_CSS = """
    Paper { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; color: $foreground; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None, focusable: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self.context = ""
        self._said: tuple[Said, ...] = ()
        self._lines: list[tuple[str, str]] = []
        self._wrapped_for = -1

    def show(self, said: Iterable[Said]) -> None:
        """Shows other lines, from their top."""
        lines = tuple(said)
        if lines != self._said:
            self._said = lines
            self._wrapped_for = -1
            self._wrap()
            self.scroll_to(y=0, animate=False, immediate=True)
            self.refresh()

    @property
    def plain(self) -> str:
        """What is shown, as text."""
        return "\n".join(visible(line.text, lines=True) for line in self._said)

    def _wrap(self) -> None:
        cells = max(8, self.scrollable_content_region.width)
        if self._wrapped_for == cells:
            return
        self._wrapped_for = cells
        self._lines = [(part, line.style) for line in self._said for part in _parts(line, cells)]
        self.virtual_size = Size(cells, len(self._lines))

    def on_resize(self) -> None:
        self._wrap()

    def render_line(self, y: int) -> Strip:
        self._wrap()
        cells = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        text, name = self._lines[at] if at < len(self._lines) else ("", "")
        style = self.rich_style
        if name:
            style += ink(self, name)
        return Strip([Segment(fit(text, cells), style)])

    def move(self, steps: int) -> None:
        """Scrolls by lines."""
        self.scroll_to(y=self.scroll_offset.y + steps, animate=False, immediate=True)

    def move_page(self, direction: int) -> None:
        """Scrolls by what is seen at once."""
        self.move(direction * max(1, self.size.height - 1))

    def go_to_end(self, direction: int) -> None:
        """Scrolls to the first line or the last."""
        self.scroll_to(y=0 if direction < 0 else len(self._lines), animate=False, immediate=True)

    def next_heading(self) -> None:
        """Scrolls to the next heading; after what is seen at the end, to the top."""
        self._wrap()
        here = self.scroll_offset.y
        headings = (at for at, (_text, style) in enumerate(self._lines) if style == "heading" and at > here)
        at_end = here >= self.max_scroll_y
        self.scroll_to(y=0 if at_end else next(headings, len(self._lines)), animate=False, immediate=True)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.move(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.move(-3)


def _parts(line: Said, cells: int) -> Sequence[str]:
    """The lines of a line: its own line ends, and breaks where it is too wide."""
    parts: list[str] = []
    for piece in line.text.split("\n"):
        shown = display(piece)
        if width(shown) <= cells:
            parts.append(shown)
            continue
        # A paper without text wraps nothing, and the first frame has no other.
        from kamtui.brief.terminal import wrap

        blanks = len(shown) - len(shown.lstrip())
        indent = " " * min(line.indent or blanks, cells // 2)
        first, *rest = wrap(shown, cells - len(indent)) or [""]
        parts.append(" " * min(blanks, cells // 2) + first)
        parts += [indent + part for part in rest]
    return parts
