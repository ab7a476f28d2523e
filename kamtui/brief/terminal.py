"""A page for a terminal, measured in its cells, so that Chinese aligns. Lines carry a style; a pipe gets the text alone."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from kamtui.brief.blocks import Cell, Column, Mark, Page, Pairs, Points, Row, Said, Section, Table, in_words
from kamtui.domain.text import is_han, visible

WIDTH = 80
NARROWEST, WIDEST = 40, 140
_INDENT = "  "
_GAP = 2
# Where a line may break: at blanks, and after each Chinese character with the punctuation that belongs to it.
_CLOSING = "，。！？、；：」』）》】”’…,.!?;:)"


class Line(NamedTuple):
    """A line of at most the width's cells; `style` is `title`, `heading`, `quiet` or nothing."""

    text: str
    style: str = ""


def render_terminal(page: Page, width: int = WIDTH) -> list[Line]:
    """The lines of a page for a terminal of `width` cells (40 to 140 of them are used)."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = list(_head(page, width))
    for section in page.sections:
        lines += [Line(""), *_section(section, width)]
    lines.append(Line("-" * width, "quiet"))
    for said in (page.legend, page.footer):
        lines += [Line(text, "quiet") for text in wrap(said, width)]
    return [Line(line.text.rstrip(), line.style) for line in lines]


def plain(lines: Iterable[Line]) -> str:
    """The lines as text without styles, ending in a newline."""
    return "".join(line.text + "\n" for line in lines)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at blanks, and between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(" ".join(visible(text).split())):
        if cell_len(line) + cell_len(piece) <= width:
            line += piece
            continue
        if line:
            lines.append(line)
        line = piece.lstrip()
        while cell_len(line) > width:
            head = _head_of(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """Words with the blank before them; a Chinese character with the closing marks behind it."""
    for word in re.findall(r"\s*\S+", text):
        piece = ""
        for character in word:
            if (
                piece.strip()
                and character not in _CLOSING
                and (is_han(character) or is_han(piece[-1]) or piece[-1] in "，。！？、；：")
            ):
                yield piece
                piece = ""
            piece += character
        yield piece


def _head_of(text: str, width: int) -> str:
    """The longest beginning of `text` that fits, at least one character."""
    at = 1
    while at < len(text) and cell_len(text[: at + 1]) <= width:
        at += 1
    return text[:at]


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells; a cut shows."""
    shown = " ".join(visible(text).split())
    if cell_len(shown) > width:
        shown = set_cell_size(shown, max(width - 2, 0)).rstrip() + ".."
    return set_cell_size(shown, width)


def _head(page: Page, width: int) -> Iterator[Line]:
    kind = visible("  ".join(page.kind))
    title = " ".join(visible(page.title).split())
    occasion = visible(page.occasion)
    if cell_len(kind) + cell_len(title) + cell_len(occasion) + 4 <= width:
        room = width - cell_len(kind) - cell_len(occasion) - 4
        yield Line(f"{kind}  {set_cell_size(title, room)}  {occasion}", "title")
    else:
        yield (
            Line(f"{set_cell_size(kind, max(cell_len(kind), width - cell_len(occasion)))}{occasion}", "title")
            if (cell_len(kind) + cell_len(occasion) < width)
            else Line(set_cell_size(kind, width), "title")
        )
        for line in wrap(page.title, width):
            yield Line(line, "title")
    yield Line("-" * width, "quiet")
    for line in wrap("; ".join(page.about), width):
        yield Line(line)


def _section(section: Section, width: int) -> Iterator[Line]:
    for line in wrap(section.title.upper(), width):
        yield Line(line, "heading")
    for block in in_words(section.blocks):
        for text in _block(block, width - len(_INDENT)):
            yield Line(_INDENT + text)
    if section.more:
        for text in wrap(section.more, width - len(_INDENT)):
            yield Line(_INDENT + text, "quiet")


def _block(block: Said, width: int) -> Iterator[str]:
    match block:
        case Pairs():
            yield from _pairs(block, width)
        case Points():
            for number, line in enumerate(block.lines, 1):
                start = f"{number}  " if block.numbered else "- "
                yield from _hanging(start, line, width)
        case Table(tree=True):
            yield from _table(block, width, beside=False)
        case Table():
            yield from _table(block, width, beside=True)


def _hanging(start: str, text: str, width: int) -> Iterator[str]:
    """`text` behind `start`, its further lines below its first one."""
    blank = " " * cell_len(start)
    for number, line in enumerate(wrap(text, width - cell_len(start))):
        yield (blank if number else start) + line


def _pairs(pairs: Pairs, width: int) -> Iterator[str]:
    column = min(max(cell_len(visible(label)) for label, _text in pairs.rows), width // 3)
    for label, text in pairs.rows:
        if cell_len(visible(label)) > column:
            yield from wrap(label, width)
            yield from _hanging(" " * 4, text, width)
        else:
            yield from _hanging(fit(label, column) + " " * _GAP, text, width)


def _mark(cell: Cell) -> str:
    return visible(cell.mark if isinstance(cell, Mark) else cell)


def _table(table: Table, width: int, *, beside: bool) -> Iterator[str]:
    """Columns at their natural width up to what they may take; the one without a limit has the rest and wraps."""
    sizes = _sizes(table, width)
    free = next(at for at, column in enumerate(table.columns) if column.widest is None)
    for row in table.rows:
        cells = [_mark(cell) for cell in row.cells]
        if not beside:
            cells[0] = _INDENT * row.depth + " ".join(cells[0].split())
            yield _joined(
                [
                    _indented(cells[0], sizes[0]),
                    *(fit(cell, size) for cell, size in zip(cells[1:], sizes[1:], strict=True)),
                ]
            )
            continue
        wrapped = wrap(cells[free], sizes[free])
        yield _joined(
            [
                fit(wrapped[0] if at == free else cell, size)
                for at, (cell, size) in enumerate(zip(cells, sizes, strict=True))
            ]
        )
        start = " " * (sum(sizes[:free]) + _GAP * free)
        for line in wrapped[1:]:
            yield start + line
        if row.under:
            yield from _hanging(" " * 4, row.under, width)


def _joined(cells: list[str]) -> str:
    return (" " * _GAP).join(cells).rstrip()


def _indented(text: str, width: int) -> str:
    """A tree's cell: like `fit`, but the blanks before the text stay."""
    depth = len(text) - len(text.lstrip(" "))
    depth = min(depth, width // 2)
    return " " * depth + fit(text.lstrip(" "), width - depth)


def _sizes(table: Table, width: int) -> list[int]:
    natural = [_natural(table, at, column) for at, column in enumerate(table.columns)]
    free = next(at for at, column in enumerate(table.columns) if column.widest is None)
    rest = width - _GAP * (len(natural) - 1) - sum(size for at, size in enumerate(natural) if at != free)
    least = min(natural[free], width // 3)
    while rest < least:
        # Too narrow a terminal: the widest of the limited columns gives way.
        widest = max((at for at in range(len(natural)) if at != free), key=lambda at: natural[at])
        if natural[widest] <= 3:
            break
        natural[widest] -= 1
        rest += 1
    natural[free] = min(natural[free], max(rest, 1))
    return natural


def _natural(table: Table, at: int, column: Column) -> int:
    widest = max(
        (cell_len(" ".join(_mark(row.cells[at]).split())) + _depth(table, row, at) for row in table.rows), default=0
    )
    return widest if column.widest is None else min(widest, column.widest)


def _depth(table: Table, row: Row, at: int) -> int:
    return len(_INDENT) * row.depth if table.tree and at == 0 else 0
