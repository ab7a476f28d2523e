"""The list that every place and pane uses, on the line API: only the lines that are seen are drawn.

A list shows `Line`s: records under the cursor's reach, and headings or second lines between them that it skips.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kamtui.language import gettext as _
from kamtui.tui.text import display, fit, width
from kamtui.tui.theme import ink
from kamtui.tui.widgets.columns import GAP, Column, lay_out

Key = tuple[str, int]  # (entity, id)
_MARKS = 2  # cells in front of each line: the cursor, the mark
_WHEEL = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: a record with its key, or without a key a text across the list that the cursor skips.

    `under` names the column below which a second line begins; `style` is one of `INKS`.
    """

    key: Key | None = None
    record: Any = None
    text: str = ""
    style: str = ""
    under: str = ""


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """A list with a cursor, marks, columns that give way, found words, and wide characters measured right."""

    DEFAULT_CSS = """
    Rows { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; color: $foreground; }
    """

    class Moved(Message):
        """The cursor stands on another record, or on none."""

        def __init__(self, rows: "Rows") -> None:
            super().__init__()
            self.rows = rows

    class Opened(Message):
        """A record was clicked twice."""

        def __init__(self, rows: "Rows") -> None:
            super().__init__()
            self.rows = rows

    class Ordered(Message):
        """The label of a column that orders was clicked."""

        def __init__(self, rows: "Rows", column: Column) -> None:
            super().__init__()
            self.rows, self.column = rows, column

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        context: str = "",
        labels: bool = False,
        empty: Callable[[], str] | str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.context = context
        self.empty = empty
        self.lines: Sequence[Line] = ()
        self.cursor = -1
        self.marked: set[Key] = set()
        self.found: tuple[str, ...] = ()
        self.led = False  # its cursor follows the keys of another widget, as under a search box
        self._labels = labels
        self._layout: list[tuple[Column, int]] = []
        self._laid_out_for = -1
        self._styles_of: dict[tuple[str, str], Style] = {}

    # What is shown

    def show(self, lines: Sequence[Line], *, keep: bool = True) -> None:
        """Shows other lines; with `keep` the cursor stays on its record, else on what took its place."""
        before = self.key
        place = self.cursor
        self.lines = lines
        self.marked &= (
            {line.key for line in lines if line.key} if self.marked and isinstance(lines, list) else self.marked
        )
        self.virtual_size = Size(self.size.width, len(lines) + self._top)
        found = self.index_of(before) if keep and before else -1
        if found < 0 and keep and place >= 0:
            found = self._selectable(min(place, len(lines) - 1), 1)
        if found < 0:
            found = self._selectable(0, 1)
        self.cursor = found
        self._laid_out_for = -1
        self._follow()
        self.refresh()
        if self.key != before or not keep:
            self.post_message(self.Moved(self))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Draws the same records in other columns."""
        self.columns = tuple(columns)
        self._laid_out_for = -1
        self.refresh()

    def index_of(self, key: Key | None) -> int:
        """Where a record stands; -1 where it does not."""
        finder = getattr(self.lines, "index_of", None)
        if finder is not None:
            return int(finder(key))
        return next((at for at, line in enumerate(self.lines) if line.key == key), -1) if key else -1

    @property
    def key(self) -> Key | None:
        """The record under the cursor."""
        return self.lines[self.cursor].key if 0 <= self.cursor < len(self.lines) else None

    @property
    def record(self) -> Any:
        """What is known of the record under the cursor."""
        return self.lines[self.cursor].record if 0 <= self.cursor < len(self.lines) else None

    @property
    def chosen(self) -> list[Line]:
        """The marked records, else the one under the cursor."""
        if self.marked:
            return [line for line in self.lines if line.key in self.marked]
        return [self.lines[self.cursor]] if self.key else []

    # The cursor

    def move(self, steps: int) -> None:
        """Moves the cursor by so many records."""
        direction = 1 if steps > 0 else -1
        at = self.cursor
        for _step in range(abs(steps)):
            following = self._selectable(at + direction, direction)
            if following < 0:
                break
            at = following
        self.go(at)

    def move_page(self, direction: int) -> None:
        """Moves the cursor by what is seen at once."""
        at = max(0, min(len(self.lines) - 1, self.cursor + direction * max(1, self._seen - 1)))
        found = self._selectable(at, direction)
        self.go(found if found >= 0 else self._selectable(at, -direction))

    def go_to_end(self, direction: int) -> None:
        """Moves the cursor to the first record or to the last."""
        self.go(self._selectable(0 if direction < 0 else len(self.lines) - 1, -direction))

    def go_to(self, key: Key | None) -> bool:
        """Moves the cursor to a record; False where it is not in the list."""
        at = self.index_of(key)
        if at >= 0:
            self.go(at)
        return at >= 0

    def go(self, at: int) -> None:
        """Moves the cursor to a line."""
        if at < 0 or at == self.cursor:
            return
        before, self.cursor = self.cursor, at
        top = self.scroll_offset.y
        self._follow()
        if self.scroll_offset.y == top:
            self.refresh_lines(before + self._top)
            self.refresh_lines(at + self._top)
        self.post_message(self.Moved(self))

    def mark(self, keys: Collection[Key] | None = None) -> None:
        """Marks the record under the cursor, or unmarks it; with `keys` just those are marked."""
        if keys is not None:
            self.marked = set(keys)
            self.refresh()
        elif self.key:
            self.marked ^= {self.key}
            self.refresh_lines(self.cursor + self._top)

    def find(self, words: Iterable[str]) -> None:
        """Marks words wherever they stand."""
        self.found = tuple(word.lower() for word in words if word)
        self.refresh()

    @property
    def _top(self) -> int:
        return 1 if self._labels and self.lines else 0

    @property
    def _seen(self) -> int:
        return max(1, self.size.height - self._top)

    def _selectable(self, at: int, direction: int) -> int:
        """The nearest record from a line on; -1 where there is none that way."""
        while 0 <= at < len(self.lines):
            if self.lines[at].key is not None:
                return at
            at += direction
        return -1

    def _follow(self) -> None:
        """Scrolls as far as the cursor needs, and shows the heading above the first record."""
        if self.cursor < 0:
            return
        top = self.cursor
        while top > 0 and self.lines[top - 1].key is None and self.lines[top - 1].style == "heading":
            top -= 1
        last = self.cursor
        while last + 1 < len(self.lines) and self.lines[last + 1].under:
            last += 1
        if last + 2 == len(self.lines) and self.lines[last + 1].key is None:
            # What stands below the last record is seen with it.
            last += 1
        offset = self.scroll_offset.y
        if top < offset:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif last >= offset + self._seen:
            self.scroll_to(y=last - self._seen + 1, animate=False, immediate=True, force=True)

    # Drawing

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.lines) + self._top)
        self._laid_out_for = -1
        self._follow()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_of.clear()

    def on_focus(self) -> None:
        self._styles_of.clear()
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        cells = self.scrollable_content_region.width
        if self._laid_out_for != cells:
            self._layout = lay_out(self.columns, cells - _MARKS)
            self._laid_out_for = cells
        if not self.lines:
            return self._empty_line(y, cells)
        if y < self._top:
            return self._label_line(cells)
        at = y - self._top + self.scroll_offset.y
        if at >= len(self.lines):
            return Strip.blank(cells, self.rich_style)
        line = self.lines[at]
        if line.key is None:
            return self._text_line(line, cells)
        here = at == self.cursor
        base = ("cursor" if self.has_focus or self.led else "blurred") if here else line.style
        marked = line.key in self.marked
        pointer = ">" if here and (self.led or self.screen.focused is self) else " "
        segments = [Segment(pointer + ("*" if marked else " "), self._style(base, "marked" if marked else ""))]
        for number, (column, room) in enumerate(self._layout):
            cell = column.cell(line.record)
            text, style = cell if isinstance(cell, tuple) else (cell, "")
            shown = fit(display(text), room, right=column.right)
            if number:
                segments.append(Segment(" " * GAP, self._style(base, "")))
            segments += self._with_found(shown, self._style(base, style)) if self.found else [
                Segment(shown, self._style(base, style))
            ]  # fmt: skip
        return Strip(segments).adjust_cell_length(cells, self._style(base, ""))

    def _text_line(self, line: Line, cells: int) -> Strip:
        indent = _MARKS if line.under else 1
        for column, room in self._layout:
            if column.label == line.under or not line.under:
                break
            indent += room + GAP
        style = self._style("", line.style)
        text = fit(display(line.text), max(0, cells - indent))
        return Strip([Segment(" " * indent, style), Segment(text, style)]).adjust_cell_length(cells, style)

    def _label_line(self, cells: int) -> Strip:
        style = self._style("", "label")
        shown = [fit(_(column.label), room, right=column.right) for column, room in self._layout]
        return Strip([Segment(" " * _MARKS + (" " * GAP).join(shown), style)]).adjust_cell_length(cells, style)

    def _empty_line(self, y: int, cells: int) -> Strip:
        said = self.empty() if callable(self.empty) else self.empty
        lines = said.split("\n")
        style = self._style("", "muted")
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        return Strip([Segment(fit("  " + display(text), cells), style)])

    def _style(self, base: str, name: str) -> Style:
        style = self._styles_of.get((base, name))
        if style is None:
            style = self.rich_style
            if name:
                style += ink(self, name)
            if base:
                style += ink(self, base)
            self._styles_of[base, name] = style
        return style

    def _with_found(self, text: str, style: Style) -> list[Segment]:
        low = text.lower()
        if len(low) != len(text):
            return [Segment(text, style)]
        spans = sorted((at, at + len(word)) for word in self.found for at in _places(low, word))
        segments, done = [], 0
        for start, end in spans:
            if start < done:
                continue
            segments += [Segment(text[done:start], style), Segment(text[start:end], style + self._style("", "found"))]
            done = end
        return [*segments, Segment(text[done:], style)]

    # The mouse

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < self._top:
            if column := self._column_at(offset.x):
                self.post_message(self.Ordered(self, column))
            return
        at = offset.y - self._top + self.scroll_offset.y
        if 0 <= at < len(self.lines) and (found := self._selectable(at, -1)) >= 0:
            self.go(found)
            if event.chain == 2:
                self.post_message(self.Opened(self))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: MouseScrollDown | MouseScrollUp, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    def _column_at(self, x: int) -> Column | None:
        left = _MARKS
        for column, room in self._layout:
            if left <= x < left + room:
                return column if column.order else None
            left += room + GAP
        return None


def _places(text: str, word: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word))
    return found


def columns_width(columns: Sequence[Column]) -> int:
    """The cells that columns take at the least."""
    return _MARKS + sum(column.least if column.flex else column.width for column in columns) + GAP * (len(columns) - 1)


def text_width(texts: Iterable[str], most: int) -> int:
    """The widest of these texts, `most` cells at the most."""
    return min(most, max((width(display(text)) for text in texts), default=0))
