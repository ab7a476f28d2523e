"""Small charts of a brief, each number said beside its bar: the trend of the business, promises kept, health."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamtui.brief.drawing import WIDTH, Box, Drawing, Shape, Stroke, Tone, Words, cut
from kamtui.language import gettext as _

_SMALL = 6.2


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter: its two bars as parts of the highest (None is unknown), and what is said above and below."""

    label: str
    outer: float | None
    inner: float | None
    above: str
    within: str
    pale: bool


def draw_trend(label: str, bars: Sequence[Bar], legend: Sequence[str]) -> Drawing:
    """Bars side by side, the second value of each within the first: the year before pale, an unknown one an empty frame."""
    top, floor, lead = 18.0, 56.0, 2.0
    step = (WIDTH - lead) / max(len(bars), 1)
    shapes: list[Shape] = []
    for place, bar in enumerate(bars):
        x, width = lead + place * step, step - 7
        middle = x + width / 2
        if bar.outer is None:
            shapes.append(Box(x, floor - 12, width, 12, stroke=Tone.SOFT, dashed=True))
            height = 12.0
        else:
            height = (floor - top) * bar.outer
            shapes.append(Box(x, floor - height, width, height, fill=Tone.RULE if bar.pale else Tone.FOR))
        if bar.inner is not None:
            inner = (floor - top) * max(bar.inner, 0)
            shapes.append(Box(x + width * 0.25, floor - inner, width * 0.5, inner, fill=Tone.ACCENT))
        shapes.append(
            Words(middle, floor - height - 9.4, cut(bar.above, _SMALL, step), _SMALL, anchor="middle", bold=True)
        )
        shapes.append(Words(middle, floor - height - 2.4, cut(bar.within, 5.6, step), 5.6, Tone.SOFT, anchor="middle"))
        shapes.append(Words(middle, floor + 8, cut(bar.label, _SMALL, step), _SMALL, Tone.SOFT, anchor="middle"))
    shapes.append(Stroke(((0, floor), (WIDTH, floor)), Tone.SOFT))
    shapes.append(Words(lead, floor + 16, " · ".join(legend), 5.8, Tone.SOFT))
    return Drawing(label, WIDTH, floor + 18, tuple(shapes))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how many it stands for, and how it looks."""

    count: int
    tone: Tone
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A row: what it is called, the parts of its bar, and two lines that are said beside it."""

    name: str
    parts: tuple[Part, ...]
    counts: str
    said: str


def draw_rows(label: str, rows: Sequence[Ledger]) -> Drawing:
    """A row for each side: a bar whose parts are as long as what they stand for is much."""
    height, name_room, bar_room = 17.0, 60.0, 170.0
    most = max((sum(part.count for part in row.parts) for row in rows), default=0)
    shapes: list[Shape] = []
    for place, row in enumerate(rows):
        y = place * height + 2
        shapes.append(Words(0, y + 8.6, cut(row.name, 7.2, name_room), 7.2, bold=True))
        x = name_room
        for part in row.parts:
            width = bar_room * part.count / most if most else 0
            if width:
                tone = None if part.hollow else part.tone
                shapes.append(
                    Box(x, y + 1, max(width - 1, 0.6), 10, fill=tone, stroke=part.tone if part.hollow else None)
                )
            x += width
        left = name_room + bar_room + 10
        shapes.append(Words(left, y + 5.4, cut(row.counts, _SMALL, WIDTH - left), _SMALL))
        shapes.append(Words(left, y + 12.6, cut(row.said, _SMALL, WIDTH - left), _SMALL, Tone.SOFT))
    return Drawing(label, WIDTH, len(rows) * height + 1, tuple(shapes))


def draw_health(label: str, score: str, parts: Sequence[tuple[str, int, int | None]]) -> Drawing:
    """The parts of a health score side by side: name, weight, and value (0 to 100; None is unknown) as a bar with its
    number."""
    step = WIDTH / max(len(parts), 1)
    room = step - 8
    bar_room = room - 22
    shapes: list[Shape] = [Words(0, 8.6, score, 8, bold=True)]
    for place, (name, weight, value) in enumerate(parts):
        x = place * step
        said = _("{name}, weight {weight}").format(name=name, weight=weight)
        shapes.append(Words(x, 19, cut(said, 5.8, room), 5.8, Tone.SOFT))
        shapes.append(Box(x, 22, bar_room, 7.5, stroke=Tone.RULE, dashed=value is None))
        if value is not None:
            shapes.append(Box(x, 22, bar_room * value / 100, 7.5, fill=Tone.FOR if value >= 50 else Tone.AGAINST))
        shapes.append(Words(x + bar_room + 3, 28.4, _("unknown") if value is None else str(value), _SMALL))
    return Drawing(label, WIDTH, 31, tuple(shapes))
