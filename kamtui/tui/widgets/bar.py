"""One line across the screen: spans of text with styles, some of which can be clicked."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kamtui.tui.text import display, fit, width
from kamtui.tui.theme import ink

_LONG = 24  # cells from which on a text is cut; a shorter one, as a day or a number, would be misread
_LEAST = 10  # cells of it that are seen then


class Span(NamedTuple):
    """A part of a bar; `command` is what a click on it does. A `key` of a command is told apart from its words."""

    text: str
    style: str = ""
    command: str = ""


class Bar(Widget):
    """A line of spans, and at its right end one more text. What does not fit gives way from the right: a long text is cut
    where enough of it is seen, any other is left out whole. The first one is cut always."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $bar; color: $foreground; }
    """

    class Clicked(Message):
        """A span with a command was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.spans: Sequence[Span] = ()
        self.right: Sequence[Span] = ()
        self._drawn = 0  # cells that the spans take which are seen

    def show(self, spans: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Shows these spans, and others at the right end."""
        if (spans, right) != (self.spans, self.right):
            self.spans, self.right = spans, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        plain = self.rich_style
        if y:
            return Strip.blank(cells, plain)
        right = [(display(span.text), span) for span in self.right]
        taken = sum(width(text) for text, _span in right)
        if right and self.spans:
            right, taken = [(" ", Span(" ")), *right], taken + 1  # what gives way does not touch it
        if self.spans and taken > max(cells // 2, cells - sum(width(display(span.text)) for span in self.spans)):
            right, taken = [], 0
        segments: list[Segment] = []
        left = cells - taken
        before = Span("")
        for span in self.spans:
            text = display(span.text)
            if width(text) > left:
                is_first = not any(segment.text.strip() for segment in segments)
                if is_first or (width(text) >= _LONG and left >= _LEAST):
                    segments.append(self._segment(fit(text, left), span))
                    left = 0
                elif segments and before.style == "key":
                    left += segments.pop().cell_length  # no key without what it does
                break
            left -= width(text)
            segments.append(self._segment(text, span))
            before = span
        self._drawn = cells - taken - left
        segments.append(Segment(" " * left, plain))
        segments += [self._segment(text, span) for text, span in right]
        return Strip(segments).adjust_cell_length(cells, plain)

    def _segment(self, text: str, span: Span) -> Segment:
        style = self.rich_style
        if span.style:
            style += ink(self, span.style)
        return Segment(text, style)

    def on_click(self, event: Click) -> None:
        x = event.x
        if x >= self._drawn:
            return
        for span in self.spans:
            x -= width(display(span.text))
            if x < 0:
                if span.command:
                    event.stop()
                    self.post_message(self.Clicked(span.command))
                return
