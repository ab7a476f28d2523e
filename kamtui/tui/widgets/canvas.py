"""A drawing with a cursor: texts placed on cells, records in boxes; scrolled both ways, only what is seen is drawn.

It is a list like the others (`Rows`), so that whatever can be done to a row can be done to a box.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from kamtui.tui.text import width
from kamtui.tui.widgets.rows import Key, Line, Rows


@dataclass(frozen=True, slots=True)
class Placed:
    """A text at a cell, of the record `key` where it belongs to one; `chosen` is drawn instead under the cursor. The text
    was made fit to be shown (`text.display`)."""

    x: int
    y: int
    text: str
    style: str = ""
    key: Key | None = None
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing: its size in cells, what is placed on it, the box of each record, and the records in their order."""

    width: int
    height: int
    placed: Sequence[Placed]
    boxes: dict[Key, Region]
    lines: Sequence[Line] = field(default_factory=tuple)


class Canvas(Rows):
    """A drawing. `h` `l` walk sideways, `j` `k` down and up, from box to box."""

    DEFAULT_CSS = """
    Canvas { overflow-x: auto; overflow-y: auto; scrollbar-size-horizontal: 1; }
    """

    class Sized(Message):
        """The drawing got another width, into which it may be drawn anew."""

    def __init__(self, *, context: str = "", id: str | None = None) -> None:
        super().__init__(context=context, id=id)
        self._cells = 0
        self.plan = Plan(0, 0, (), {})
        self._by_row: dict[int, list[Placed]] = {}
        self._starts: dict[int, list[int]] = {}

    def draw(self, plan: Plan) -> None:
        """Shows another drawing; the cursor stays on its record."""
        self.plan = plan
        rows: dict[int, list[Placed]] = {}
        for item in plan.placed:
            rows.setdefault(item.y, []).append(item)
        for items in rows.values():
            items.sort(key=lambda item: item.x)
        self._by_row = rows
        self._starts = {y: [item.x for item in items] for y, items in rows.items()}
        self.show(plan.lines)
        self.virtual_size = Size(plan.width, plan.height)
        self._follow()

    # The cursor

    def move(self, steps: int) -> None:
        for _step in range(abs(steps)):
            self.walk(0, 1 if steps > 0 else -1)

    def move_page(self, direction: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + direction * max(1, self.size.height - 2), animate=False, immediate=True)

    def walk(self, across: int, down: int) -> None:
        """To the nearest box in a direction."""
        here = self.plan.boxes.get(self.key) if self.key else None
        if here is None:
            self.go_to_end(-1)
            return
        best: tuple[int, Key] | None = None
        for key, box in self.plan.boxes.items():
            away = (box.x - here.x) * across + (box.y - here.y) * down
            if away <= 0:
                continue
            aside = abs((box.y - here.y) * across) * 4 + abs(
                (box.x + box.width // 2) - (here.x + here.width // 2)
            ) * abs(down)
            far = away + aside
            if best is None or far < best[0]:
                best = (far, key)
        if best is not None:
            self.go_to(best[1])

    def go(self, at: int) -> None:
        if at < 0 or at == self.cursor:
            return
        self.cursor = at
        self._follow()
        self.refresh()
        self.post_message(self.Moved(self))

    def mark(self, keys: object = None) -> None:
        super().mark(keys)  # type: ignore[arg-type]
        self.refresh()

    def _follow(self) -> None:
        box = self.plan.boxes.get(self.key) if self.key else None
        if box is None or not self.size.width:
            return
        x, y = self.scroll_offset
        cells, rows = self.scrollable_content_region.size
        if box.x < x or box.right > x + cells:
            x = max(0, box.x + box.width // 2 - cells // 2)
        if box.y < y:
            y = max(0, box.y - 1)
        elif box.bottom > y + rows:
            y = box.bottom - rows + 1
        self.scroll_to(x=x, y=y, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.plan.width, self.plan.height)
        self._follow()
        if self.size.width != self._cells:
            self._cells = self.size.width
            self.post_message(self.Sized())

    # Drawing

    def render_line(self, y: int) -> Strip:
        cells = self.scrollable_content_region.width
        if not self.lines and not self.plan.placed:
            return self._empty_line(y, cells)
        left, top = self.scroll_offset
        items = self._by_row.get(y + top, ())
        starts = self._starts.get(y + top, [])
        segments: list[Segment] = []
        plain = self._style("", "")
        at = left
        # A text may begin left of what is seen; none is wider than the widest box.
        for item in items[max(0, bisect_left(starts, left) - 2) : bisect_left(starts, left + cells)]:
            here = item.key is not None and item.key == self.key
            text = item.chosen if here and item.chosen else item.text
            taken = width(text)
            if item.x + taken <= left or (item.x < at and segments):
                continue
            base = ("cursor" if self.screen.focused is self else "blurred") if here else ""
            style = self._style(base, "marked" if item.key in self.marked else item.style)
            strip = Strip([Segment(text, style)], taken)
            if item.x < left:
                strip = strip.crop(left - item.x)
                at = left
            elif item.x > at:
                segments.append(Segment(" " * (item.x - at), plain))
                at = item.x
            segments += list(strip)
            at += strip.cell_length
        return Strip(segments).adjust_cell_length(cells, plain).crop(0, cells)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = offset + self.scroll_offset
        for key, box in self.plan.boxes.items():
            if box.contains_point(place):
                self.go_to(key)
                if event.chain == 2:
                    self.post_message(self.Opened(self))
                return
