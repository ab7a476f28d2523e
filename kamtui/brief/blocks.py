"""What a page is made of: sections of pairs, points and tables. Renderers know these and nothing of accounts.

All text here is plain text, people's words included; each renderer makes it harmless in its own way.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from kamtui.brief.drawing import Drawing
from kamtui.language import gettext as _

# A number by which programs tie records together: JSON has it, pages have no use for it.
Key = Annotated[int, "key"]
LONGEST = 160  # characters of people's words in one place


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that a terminal shows as a mark (`##.`) and a document as words (`political`)."""

    mark: str
    words: str


Cell = str | Mark


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. On a terminal it takes at most `widest` cells, the one with None what is left."""

    heading: str
    widest: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `under` is said below it, `depth` is that in a tree."""

    cells: tuple[Cell, ...]
    under: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `under` is the heading of what is said below the rows. In a `tree` the depth of the rows shows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    under: str = ""
    tree: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels, and what is said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Lines that belong together, with numbers where they will be referred to."""

    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture where a page can show one; elsewhere the same is `said`."""

    draw: Callable[[], Drawing]
    said: tuple["Said", ...]


Said = Table | Pairs | Points
Block = Said | Drawn


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page; `more` says what did not fit under its caps."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole brief, ready to be set: `kind` (variant and audience), whose it is, the occasion, the sections. `legend`
    explains the marks to those who see them."""

    kind: tuple[str, ...]
    title: str
    occasion: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    legend: str
    footer: str


def more_of(*counts: tuple[int, str]) -> str:
    """How many of what did not fit: `+3 more`, `+3 promises, +2 concessions more`; nothing where all did."""
    listed = ", ".join(f"+{count} {what}".rstrip() for count, what in counts if count)
    return _("{listed} more").format(listed=listed) if listed else ""


def in_words(blocks: Iterable[Block]) -> Iterator[Said]:
    """The blocks of a page that shows no pictures."""
    for block in blocks:
        if isinstance(block, Drawn):
            yield from block.said
        else:
            yield block


def clip(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, at most `longest` characters of it; the cut shows."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 3].rstrip() + "..."


def short_day(day: date, today: date) -> Mark:
    """A date: `12-01` on a terminal where it is of this year, in full elsewhere."""
    return Mark(f"{day:%m-%d}" if day.year == today.year else day.isoformat(), day.isoformat())
