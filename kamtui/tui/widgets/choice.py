"""One of a list, or several: by left and right, by digit, by typing, with the mouse. What is chosen stands in brackets."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kamtui.language import gettext as _
from kamtui.tui import keys
from kamtui.tui.forms.spec import Option, codes
from kamtui.tui.text import display, fit, width
from kamtui.tui.theme import ink

_SHORT = 26  # cells in which a list always stands whole, as a scale does


class _Piece(NamedTuple):
    """An option, or what leads to it, as it is drawn: `at` is its place in the list."""

    text: str
    style: str
    at: int


class Choice(Widget, can_focus=True, inherit_bindings=False):
    """The options; while it has no keyboard, of a long list only what is chosen."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("space", "choose", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; background: $surface; color: $foreground; }
    Choice:focus { background: $cursor; }
    """

    class Changed(Message):
        """Something else is chosen."""

    def __init__(
        self,
        options: Sequence[Option],
        text: str = "",
        *,
        several: bool = False,
        needed: bool = False,
        tall: bool = False,
    ) -> None:
        super().__init__()
        self.options = tuple(options)
        self._labels = [display(_(option.label)) for option in options]
        self._several, self._needed, self._tall = several, needed, tall
        self._typed = ""
        self.chosen: list[str] = codes(text)
        self._at = next((at for at, option in enumerate(options) if option.code in self.chosen), 0)
        digits = all(len(option.code) == 1 and option.code.isdigit() for option in options)
        self._by_code = digits
        self._short = sum(width(label) + 3 for label in self._labels) <= _SHORT

    @property
    def value(self) -> str:
        """The codes of what is chosen, in the order of the list."""
        return ", ".join(option.code for option in self.options if option.code in self.chosen)

    @value.setter
    def value(self, text: str) -> None:
        self.chosen = codes(text)
        self._at = next((at for at, option in enumerate(self.options) if option.code in self.chosen), self._at)
        self.refresh(layout=True)

    # Choosing

    def action_step(self, direction: int) -> None:
        """The next one; of several only the cursor moves."""
        nothing_yet = not self._several and not self.chosen
        at = self._at if nothing_yet and direction > 0 else self._at + direction
        self._go(at % len(self.options), choose=not self._several)

    def action_choose(self) -> None:
        """Chooses what is under the cursor, or lets go of it."""
        self._toggle(self._at)

    def action_clear(self) -> None:
        """Nothing is chosen, where that is possible."""
        self._typed = ""
        if not self._needed:
            self._take([])

    def _go(self, at: int, *, choose: bool) -> None:
        self._at = at
        if choose:
            self._take([self.options[at].code])
        self.refresh(layout=True)

    def _toggle(self, at: int) -> None:
        code = self.options[at].code
        self._at = at
        if code not in self.chosen:
            self._take([*self.chosen, code] if self._several else [code])
        elif self._several or not self._needed:
            self._take([one for one in self.chosen if one != code])

    def _take(self, chosen: list[str]) -> None:
        changed, self.chosen = chosen != self.chosen, chosen
        self.refresh(layout=True)
        if changed:
            self.post_message(self.Changed())

    def on_key(self, event: Key) -> None:
        pressed = keys.canonical(event)
        if len(pressed) != 1 or event.character is None:
            self._typed = ""
            return
        event.stop()
        event.prevent_default()
        if pressed.isdigit():
            self._by_digit(pressed)
        else:
            self._by_typing(event.character.casefold())

    def _by_digit(self, digit: str) -> None:
        places = [at for at, option in enumerate(self.options) if option.code == digit] if self._by_code else []
        at = places[0] if places else int(digit) - 1
        if self._by_code and not places:
            return
        if digit == "0" and not self._by_code:
            self.action_clear()
        elif 0 <= at < len(self.options):
            if self._several:
                self._toggle(at)
            else:
                self._go(at, choose=True)

    def _by_typing(self, letter: str) -> None:
        for typed in (self._typed + letter, letter):
            names = [
                (label.casefold(), option.code.casefold())
                for label, option in zip(self._labels, self.options, strict=True)
            ]
            found = [at for at, both in enumerate(names) if any(name.startswith(typed) for name in both)]
            found += [at for at, both in enumerate(names) if any(f" {typed}" in name for name in both)]
            if found:
                self._typed = typed
                again = typed == letter and self._at in found
                at = found[(found.index(self._at) + 1) % len(found)] if again and self.chosen else found[0]
                self._go(at, choose=not self._several)
                return
        self._typed = ""

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        lines = list(self._lines(self.size.width))
        x = offset.x
        for piece in lines[offset.y] if offset.y < len(lines) else ():
            x -= width(piece.text)
            if x < 0:
                if piece.at >= 0:
                    self._toggle(piece.at)
                return

    # Drawing

    def on_focus(self) -> None:
        self.refresh(layout=True)

    def on_blur(self) -> None:
        self._typed = ""
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options take."""
        return max(1, len(list(self._lines(width))))

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        lines = list(self._lines(cells))
        plain = self.rich_style
        segments = []
        for piece in lines[y] if y < len(lines) else ():
            style = plain + ink(self, piece.style) if piece.style else plain
            segments.append(Segment(piece.text, style))
        return Strip(segments).adjust_cell_length(cells, plain)

    def _lines(self, cells: int) -> Iterator[list[_Piece]]:
        """The options, broken to the width."""
        whole = self.has_focus or self._short or self._tall
        shown = [at for at, option in enumerate(self.options) if whole or option.code in self.chosen]
        if not shown:
            yield [_Piece(fit("-", min(1, cells)), "muted", -1)]
            return
        line: list[_Piece] = []
        left = cells
        for at in shown:
            pieces = self._pieces(at, cells)
            needed = sum(width(piece.text) for piece in pieces)
            if line and (needed > left or self._tall):
                yield line
                line, left = [], cells
            line += pieces
            left -= needed
        yield line

    def _pieces(self, at: int, cells: int) -> list[_Piece]:
        chosen = self.options[at].code in self.chosen
        numbered = (self.has_focus or self._tall) and not self._by_code and at < 9
        digit = f"{at + 1}" if numbered else ""
        here = self.has_focus and self._several and at == self._at
        label = fit(self._labels[at], min(width(self._labels[at]), max(1, cells - len(digit) - 3)))
        sign = "[]" if chosen else "><" if here else "  "
        gap = "" if self._by_code else " "
        style = "found" if here else "marked" if chosen else ""
        return [_Piece(digit, "muted", at), _Piece(f"{sign[0]}{label}{sign[1]}{gap}", style, at)]
