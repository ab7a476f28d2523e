"""A page as plain data for those who set type: every text on one line and visible, values in words, pictures drawn."""

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len

from kamtui.brief.blocks import Cell, Drawn, Mark, Page, Pairs, Points, Row, Said, Section, Table, in_words
from kamtui.brief.drawing import WIDTH, Drawing
from kamtui.domain.text import visible
from kamtui.language import current

_NARROW = 30  # cells of text that a column may have all to itself
_TALL = 200  # points: a picture that is higher is drawn a little smaller, and the brief stays on two sheets
_SMALLER = 0.94
LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}


Draw = Callable[[Drawing], Any]


def typeset(page: Page, draw: Draw | None = None) -> dict[str, Any]:
    """The page as dicts, lists and texts. No control character is left in any of them, so that what sets them needs to
    know of markup alone. `draw` makes what a format shows of a picture; without it the same is said in words."""
    return {
        "lang": LANGUAGE_TAGS[current()],
        "kind": [said(part) for part in page.kind],
        "title": said(page.title),
        "occasion": said(page.occasion),
        "about": [said(part) for part in page.about],
        "sections": [_section(section, draw) for section in page.sections],
        "footer": said(page.footer),
    }


def said(text: str) -> str:
    """`text` on one line, what hides in it as visible signs."""
    return " ".join(visible(text).split())


def words(cell: Cell) -> str:
    """A cell as a document says it: in words and not in marks."""
    return said(cell.words if isinstance(cell, Mark) else cell)


def _section(section: Section, draw: Draw | None) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": said(section.title),
        "blocks": [
            _picture(block, draw) if isinstance(block, Drawn) else _block(block)
            for block in (section.blocks if draw else in_words(section.blocks))
        ],
        "more": said(section.more),
    }


def _picture(drawn: Drawn, draw: Draw | None) -> dict[str, Any]:
    assert draw is not None
    drawing = drawn.draw()
    scale = _SMALLER if drawing.height > _TALL else 1
    return {
        "kind": "drawing",
        "pieces": draw(drawing),
        "alt": said(drawing.label),
        "width": round(drawing.width * scale, 2),
        "share": round(100 * min(drawing.width * scale / WIDTH, 1), 2),
    }


def _block(block: Said) -> dict[str, Any]:
    match block:
        case Pairs():
            return {"kind": "pairs", "rows": [[said(label), said(text)] for label, text in block.rows]}
        case Points():
            return {"kind": "points", "numbered": block.numbered, "lines": [said(line) for line in block.lines]}
        case Table():
            return {
                "kind": "tree" if block.tree else "table",
                "columns": [said(column.heading) for column in block.columns],
                "free": next(at for at, column in enumerate(block.columns) if column.widest is None),
                "widths": [_widest(block, at) for at in range(len(block.columns))],
                "shares": [_share(block, at) for at in range(len(block.columns))],
                "rows": [_row(row) for row in block.rows],
            }


def _share(table: Table, at: int) -> float:
    """What a limited column takes of the page's width: 0 for as much as its words need, else parts of what the free
    column (2) and the others of its kind share."""
    return 0 if _widest(table, at) <= _NARROW else 1


def _widest(table: Table, at: int) -> int:
    """How many cells of text the widest of a column has."""
    return max(cell_len(text) for text in (table.columns[at].heading, *(words(row.cells[at]) for row in table.rows)))


def _row(row: Row) -> dict[str, Any]:
    return {"cells": [words(cell) for cell in row.cells], "under": said(row.under), "depth": row.depth}
