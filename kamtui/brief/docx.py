"""A page as a Word document to go on with: real headings, real tables, and the same bytes for the same page."""

import zipfile
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from kamtui.brief.blocks import Page
from kamtui.brief.typeset import typeset

_ACCENT, _SOFT, _AGAINST = "14385F", "56616F", "B4530A"
_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_MARGIN_MM, _WIDTH_MM = 16, 178
_CELL_MM = 2.0  # a character of text in a table
_STYLES = frozenset(
    [
        "Normal",
        "Heading1",
        "Heading2",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
        "Quiet",
        "Cell",
        "CellKept",
        "CellQuiet",
        "Point",
        "Gap",
        "Ruled",
    ]
)
# What python-docx's template carries along: another program's name, a picture of an empty page, a second set of styles.
_NEEDLESS = frozenset({"extended-properties", "thumbnail", "stylesWithEffects", "customXml", "webSettings"})
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # a document tells its account's day in its text, and no clock's elsewhere
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(page: Page) -> bytes:
    """The whole page on sheets of A4. Every text is a run of its own, which holds text and nothing else."""
    from docx import Document
    from docx.shared import Mm

    data = typeset(page)
    document = Document(BytesIO(_empty()))
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Mm(_MARGIN_MM)
    _properties(document, data)
    _head(document, data)
    for section in data["sections"]:
        document.add_heading(section["title"], level=2)
        for place, block in enumerate(section["blocks"]):
            if place:
                # Word makes one table of two that touch.
                document.add_paragraph()._p.style = "Gap"
            _block(document, block)
        if section["more"]:
            document.add_paragraph(section["more"], style="Quiet")
    document.add_paragraph(data["footer"], style="Quiet")
    stream = BytesIO()
    document.save(stream)
    return _dated(stream.getvalue())


def _properties(document: Any, data: dict[str, Any]) -> None:
    """What a reader's file manager shows: the title; nobody's name, and no clock's time."""
    core = document.core_properties
    core.title = f"{data['title']}, {', '.join(data['kind'])}"[:255]
    core.author = core.last_modified_by = "kamtui"
    core.language = data["lang"]
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = _EPOCH
    core.revision = 1


def _head(document: Any, data: dict[str, Any]) -> None:
    kind = document.add_paragraph(style="Quiet")
    kind.add_run(data["kind"][0] + "  ")
    audience = kind.add_run("  ".join(data["kind"][1:]))
    audience.bold, audience.font.color.rgb = True, _colour(_AGAINST)
    document.add_heading(data["title"], level=1)
    document.add_paragraph().add_run(data["occasion"]).bold = True
    document.add_paragraph("  ·  ".join(data["about"]), style="Quiet")


def _block(document: Any, block: dict[str, Any]) -> None:
    match block["kind"]:
        case "pairs":
            table = document.add_table(len(block["rows"]), 2)
            for row, (label, text) in zip(table.rows, block["rows"], strict=True):
                one, other = row.cells
                _fill(one, label, style="CellQuiet")
                _fill(other, text)
            _widths(table, [0.19, 0.81])
        case "points":
            for number, line in enumerate(block["lines"], 1):
                # Word's own numbering goes on from one list to the next.
                paragraph = document.add_paragraph()
                paragraph._p.style = "Point"
                paragraph.add_run((f"{number}\t" if block["numbered"] else "•\t") + line)
        case "table" | "tree":
            _table(document, block)


def _table(document: Any, block: dict[str, Any]) -> None:
    count = len(block["columns"])
    table = document.add_table(1 + sum(1 + bool(row["under"]) for row in block["rows"]), count)
    table.style = document.styles["Ruled"]
    rows = iter(table.rows)
    head = next(rows)
    for cell, heading in zip(head.cells, block["columns"], strict=True):
        _fill(cell, heading, style="CellQuiet")
    _marked(head, "tblHeader")
    for row in block["rows"]:
        # `table.cell` walks the whole table each time: 185 s for 500 rows, `row.cells` takes 0.3.
        line = next(rows)
        _marked(line, "cantSplit")
        cells = line.cells
        style = "CellKept" if row["under"] else "Cell"
        for at, (cell, text) in enumerate(zip(cells, row["cells"], strict=True)):
            _fill(cell, text, style=style, bold=at == 0, depth=0 if at else row["depth"])
        if row["under"]:
            # A row and what is said below it are one: no line and no sheet's end comes between them.
            for cell in cells:
                _unruled(cell, "bottom")
            below = next(rows)
            _marked(below, "cantSplit")
            cells = below.cells
            cells[0].merge(cells[-1])
            _unruled(cells[0], "top")
            _fill(cells[0], row["under"], style="CellQuiet")
    _widths(table, _shares(block))


def _shares(block: dict[str, Any]) -> list[float]:
    """The columns' parts of the width: each limited one as wide as its words, up to a limit; the free one has the rest."""
    parts = [
        0.0 if at == block["free"] else min(0.29, 0.026 + _CELL_MM * widest / _WIDTH_MM)
        for at, widest in enumerate(block["widths"])
    ]
    scale = min(1.0, 0.68 / max(sum(parts), 0.01))
    parts = [part * scale for part in parts]
    parts[block["free"]] = 1 - sum(parts)
    return parts


def _fill(cell: Any, text: str, *, style: str = "Cell", bold: bool = False, depth: int = 0) -> None:
    from docx.shared import Mm

    paragraph = cell.paragraphs[0]
    # By its id: to find a style by name walks all of them, 2 ms a cell.
    paragraph._p.style = style
    run = paragraph.add_run(text)
    if bold:
        run.bold = True
    if depth:
        paragraph.paragraph_format.left_indent = Mm(4 * min(depth, 8))


def _widths(table: Any, shares: list[float]) -> None:
    from docx.shared import Mm

    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(round(_WIDTH_MM * share))


def _marked(row: Any, name: str) -> None:
    """Says something of a row that python-docx has no word for: `tblHeader`, a heading that stands again on each sheet and
    that a screen reader knows as one; `cantSplit`, a row that no sheet's end divides."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _unruled(cell: Any, edge: str) -> None:
    """Takes the line away that the table draws at an edge of a cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:tcBorders {nsdecls("w")}><w:{edge} w:val="nil"/></w:tcBorders>'))


def _colour(code: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(code)


@cache
def _empty() -> bytes:
    """A document without text in our styles: python-docx's own template, made once a process."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    styles = document.styles

    def shaped(
        name: str, size: float, *, kind: Any = None, colour: str = "", above: float = 0, below: float = 0
    ) -> Any:
        style = styles.add_style(name, kind) if kind else styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _CHINESE)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        if colour:
            style.font.color.rgb = _colour(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        return style

    shaped("Normal", 9, below=2)
    shaped("Heading 1", 20, colour=_ACCENT, below=2).font.bold = True
    shaped("Heading 2", 10.5, colour=_ACCENT, above=8, below=2).font.bold = True
    shaped("Quiet", 8.5, kind=WD_STYLE_TYPE.PARAGRAPH, colour=_SOFT, below=2)
    shaped("Cell", 9, kind=WD_STYLE_TYPE.PARAGRAPH)
    shaped("CellKept", 9, kind=WD_STYLE_TYPE.PARAGRAPH).paragraph_format.keep_with_next = True
    shaped("CellQuiet", 9, kind=WD_STYLE_TYPE.PARAGRAPH, colour=_SOFT)
    shaped("Gap", 4, kind=WD_STYLE_TYPE.PARAGRAPH).paragraph_format.line_spacing = Pt(4)
    point = shaped("Point", 9, kind=WD_STYLE_TYPE.PARAGRAPH, below=1).paragraph_format
    point.left_indent, point.first_line_indent = Mm(5), Mm(-5)
    point.tab_stops.add_tab_stop(Mm(5))
    _ruled(styles.add_style("Ruled", WD_STYLE_TYPE.TABLE))
    for style in list(styles):
        # The other 160: python-docx looks through all of them at each paragraph.
        if style.style_id not in _STYLES:
            style.delete()
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rpartition("/")[2] in _NEEDLESS:
                del holder.rels[key]
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _ruled(style: Any) -> None:
    """A table with a thin line between its rows and none elsewhere."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
            '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="D8DEE6"/>'
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D8DEE6"/>'
            "</w:tblBorders></w:tblPr>"
        )
    )


def _dated(document: bytes) -> bytes:
    """The same document with the dates of its parts fixed: a zip carries the clock."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(info, parts.read(name))
    return out.getvalue()
