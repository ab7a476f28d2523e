"""Pictures of a brief as shapes and texts, in points of a page, and how they are written as SVG.

A shape names a tone and no colour: a page gives the tones their colours, other ones by night. Whatever a tone says, a
shape, a dash or a word says too.
"""

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import pairwise

from rich.cells import cell_len

from kamtui.domain.text import visible

WIDTH = 442.0  # points that a picture may take beside the headings of an A4 page


class Tone(StrEnum):
    """What a colour means."""

    INK = "ink"
    SOFT = "soft"
    RULE = "rule"
    WASH = "wash"
    PAPER = "paper"
    ACCENT = "accent"
    FOR = "for"
    AGAINST = "against"


# The colours of a printed page. A page on a screen names the tones itself, by day and by night.
PRINT = {
    Tone.INK: "#16202c",
    Tone.SOFT: "#56616f",
    Tone.RULE: "#d8dee6",
    Tone.WASH: "#f3f6fa",
    Tone.PAPER: "#ffffff",
    Tone.ACCENT: "#14385f",
    Tone.FOR: "#1f5fae",
    Tone.AGAINST: "#b4530a",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: Tone | None = None
    stroke: Tone | None = None
    radius: float = 0.0
    thick: float = 0.6
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `closed` and `fill` make an area of it."""

    points: tuple[tuple[float, float], ...]
    stroke: Tone | None = None
    thick: float = 0.6
    dashed: bool = False
    closed: bool = False
    fill: Tone | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: Tone | None = None
    stroke: Tone | None = None
    thick: float = 0.8
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text whose baseline begins at (x, y), or ends there (`end`), or has its middle there."""

    x: float
    y: float
    text: str
    size: float = 6.3
    tone: Tone = Tone.INK
    bold: bool = False
    anchor: str = "start"


Shape = Box | Stroke | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture; `label` says in a sentence what it shows, for who hears the page. It may be cut at the heights `cuts`,
    where no box stands and no text, so that a page can end there."""

    label: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    cuts: tuple[float, ...] = ()


def room_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in points: fonts differ, and a box must hold it in each."""
    narrow = sum(text.count(character) for character in " .,:;'|!ijl()[]")
    wide = sum(text.count(character) for character in "mwMW@%")
    cells = cell_len(text)
    return size * (0.535 * cells - 0.22 * narrow + 0.3 * wide) * (1.05 if bold else 1.0)


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """`text` on one line as far as it fits; a cut shows."""
    flat = " ".join(visible(text).split())
    if room_of(flat, size, bold=bold) <= room:
        return flat
    while flat and room_of(flat + "…", size, bold=bold) > room:
        flat = flat[:-1]
    return flat.rstrip() + "…"


def as_svg(drawing: Drawing, colours: dict[Tone, str] | None = None) -> list[str]:
    """The picture as SVG elements that stand below each other without a gap, one for each piece between two cuts: with
    `colours` for a page of paper, else with the classes `f-for`, `s-for` of a page that has them."""
    edges = [0.0, *drawing.cuts, drawing.height]
    return [_piece(drawing, top, bottom, colours) for top, bottom in pairwise(edges)]


def _piece(drawing: Drawing, top: float, bottom: float, colours: dict[Tone, str] | None) -> str:
    brush = _Brush(colours)
    # A line that goes on below is in both pieces, and each shows its part of it; a box or a text is in one.
    parts = [brush.shape(shape) for shape in drawing.shapes if _reaches(shape, top, bottom)]
    box = f"0 {_n(top)} {_n(drawing.width)} {_n(bottom - top)}"
    told = f"<title>{escape(drawing.label)}</title>"
    if colours is None:
        return f'<svg viewBox="{box}" role="group" aria-label="{escape(drawing.label)}">{told}{"".join(parts)}</svg>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{_n(drawing.width)}" '
        f'height="{_n(bottom - top)}" font-family="{escape(FACES)}">{told}{"".join(parts)}</svg>'
    )


def _reaches(shape: Shape, top: float, bottom: float) -> bool:
    match shape:
        case Stroke():
            heights = [y for _x, y in shape.points]
            return min(heights) < bottom and max(heights) >= top
        case Box():
            return top <= shape.y + shape.height / 2 < bottom
        case _:
            return top <= shape.y < bottom


# Of a printed picture; the first that a machine has.
FACES = (
    "Source Sans 3, Source Sans Pro, Noto Sans, Inter, Helvetica Neue, Segoe UI, Noto Sans CJK SC, Noto Sans SC, "
    "Source Han Sans SC, PingFang SC, Hiragino Sans GB, Microsoft YaHei, WenQuanYi Micro Hei, Liberation Sans, DejaVu Sans"
)


@dataclass(frozen=True, slots=True)
class _Brush:
    colours: dict[Tone, str] | None

    def shape(self, shape: Shape) -> str:
        match shape:
            case Box():
                radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
                paint = self._paint(shape.fill, shape.stroke, shape.thick, dashed=shape.dashed)
                return (
                    f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
                    f"{radius}{paint}/>"
                )
            case Stroke():
                points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
                kind = "polygon" if shape.closed else "polyline"
                paint = self._paint(shape.fill, shape.stroke, shape.thick, dashed=shape.dashed)
                return f'<{kind} points="{points}"{paint}/>'
            case Dot():
                paint = self._paint(shape.fill, shape.stroke, shape.thick, dashed=shape.dashed)
                return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"{paint}/>'
            case Words():
                anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
                bold = ' font-weight="700"' if shape.bold else ""
                paint = self._paint(shape.tone, None, 0)
                return (
                    f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"{bold}{anchor}{paint}>'
                    f"{escape(visible(shape.text), quote=False)}</text>"
                )

    def _paint(self, fill: Tone | None, stroke: Tone | None, thick: float, *, dashed: bool = False) -> str:
        line = f' stroke-width="{_n(thick)}"' if stroke else ""
        if dashed and stroke:
            line += ' stroke-dasharray="2.4 1.8"'
        if self.colours is None:
            names = [f"f-{fill}" if fill else "f-no", *([f"s-{stroke}"] if stroke else [])]
            return f' class="{" ".join(names)}"{line}'
        painted = f' fill="{self.colours[fill] if fill else "none"}"'
        return painted + (f' stroke="{self.colours[stroke]}"' if stroke else "") + line


def _n(value: float) -> str:
    """A number as short as it can be said to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
