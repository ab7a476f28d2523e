"""A page as Markdown (CommonMark with tables). People's words stay text: no markup, HTML, link or picture comes of them."""

import re

from kamtui.brief.blocks import Cell, Mark, Page, Pairs, Points, Row, Said, Table, in_words
from kamtui.domain.text import visible

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~&$^{}]")
_STARTING = re.compile(r"(?:[#+=-]|(\d+)([.)]))")
# Readers turn bare addresses into links: a backslash before the colon or the point keeps them text.
_ADDRESS = re.compile(r"(?i):(?=//)|(?<=\bmailto):|(?<=\bwww)\.")


def render_markdown(page: Page) -> str:
    """The whole page, ending in a newline."""
    parts = [
        f"# {escape(page.title, start=True)}",
        f"**{escape(', '.join(page.kind))}** {escape(page.occasion)}",
        escape("; ".join(page.about), start=True),
    ]
    for section in page.sections:
        parts.append(f"## {escape(section.title, start=True)}")
        parts += [_block(block) for block in in_words(section.blocks)]
        if section.more:
            parts.append(escape(section.more, start=True))
    parts += ["---", escape(page.footer, start=True)]
    return "\n\n".join(parts) + "\n"


def escape(text: str, *, start: bool = False) -> str:
    """`text` on one line as literal text; with `start` also where it begins a line, so that no list or heading begins."""
    flat = " ".join(visible(text).split())
    safe = _ADDRESS.sub(lambda found: "\\" + found[0], _ACTIVE.sub(r"\\\g<0>", flat))
    if start and (found := _STARTING.match(safe)):
        at = found.start(2) if found[2] else 0
        safe = f"{safe[:at]}\\{safe[at:]}"
    return safe


def _block(block: Said) -> str:
    match block:
        case Pairs():
            return "\n".join(f"- **{escape(label)}:** {escape(text)}" for label, text in block.rows)
        case Points():
            return "\n".join(
                f"{f'{number}.' if block.numbered else '-'} {escape(line, start=True)}"
                for number, line in enumerate(block.lines, 1)
            )
        case Table(tree=True):
            return "\n".join(_node(row) for row in block.rows)
        case Table():
            return _table(block)


def _words(cell: Cell) -> str:
    return cell.words if isinstance(cell, Mark) else cell


# A list beside a list needs another bullet, else they are one.
def _node(row: Row) -> str:
    name, *rest = (_words(cell) for cell in row.cells)
    said = "; ".join(part for part in rest if part)
    return f"{'  ' * row.depth}* {escape(name, start=True)}" + (f" ({escape(said)})" if said else "")


def _table(table: Table) -> str:
    under = any(row.under for row in table.rows)
    headings = [column.heading for column in table.columns] + ([table.under] if under else [])
    lines = ["| " + " | ".join(escape(heading) for heading in headings) + " |", "|" + " --- |" * len(headings)]
    for row in table.rows:
        cells = [_words(cell) for cell in row.cells] + ([row.under] if under else [])
        lines.append("| " + " | ".join(escape(cell) for cell in cells) + " |")
    return "\n".join(lines)
