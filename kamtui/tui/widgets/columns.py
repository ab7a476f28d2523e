"""Columns that give way: which of them stand in so many cells, and how wide each is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

GAP = 1
Cell = str | tuple[str, str]  # a text, or a text and the name of its style


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a fixed `width`, or with `flex` a share of what is left, at least `least` and at most `most` cells.

    `label` is marked for translation, and translated where it is drawn. Columns give way in the order of `gives_way`, lowest first; 0 stays. `order` makes a list sortable by it.
    """

    label: str
    cell: Callable[[Any], Cell]
    width: int = 0
    flex: int = 0
    least: int = 6
    most: int = 500
    gives_way: int = 0
    right: bool = False
    order: Callable[[Any], Any] | None = None


def lay_out(columns: Sequence[Column], cells: int) -> list[tuple[Column, int]]:
    """The columns that stand in a line of `cells`, each with its width."""
    standing = list(columns)
    while len(standing) > 1 and _least(standing) > cells:
        giving = [column for column in standing if column.gives_way]
        if not giving:
            break
        standing.remove(min(giving, key=lambda column: column.gives_way))
    left = cells - GAP * (len(standing) - 1) - sum(column.width for column in standing if not column.flex)
    widths = {id(column): column.width for column in standing}
    growing = [column for column in standing if column.flex]
    fits = _least(standing) <= cells
    # Who would get more than its most leaves the rest to the others, and who would get less than its least takes it of them.
    while growing:
        parts = sum(column.flex for column in growing)
        shares = {id(column): left * column.flex // parts for column in growing}
        held = [column for column in growing if shares[id(column)] >= column.most] or [
            column for column in growing if fits and shares[id(column)] < column.least
        ]
        if not held:
            break
        for column in held:
            widths[id(column)] = column.most if shares[id(column)] >= column.most else column.least
            left -= widths[id(column)]
            growing.remove(column)
    if growing:
        parts = sum(column.flex for column in growing)
        given = [max(1, left * column.flex // parts) for column in growing]
        given[0] += max(0, left - sum(given))
        widths |= {id(column): share for column, share in zip(growing, given, strict=True)}
    return [(column, widths[id(column)]) for column in standing]


def _least(columns: Sequence[Column]) -> int:
    return sum(column.least if column.flex else column.width for column in columns) + GAP * (len(columns) - 1)
