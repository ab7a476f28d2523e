"""What a reader gets of a document, told by a real parser of its format."""

import json
from io import BytesIO
from typing import Any

import html5lib
from docx import Document
from markdown_it import MarkdownIt
from pypdf import PdfReader

from kamtui.brief.formats import Format


def text_of(document: bytes, chosen: Format) -> str:
    """All that can be read in a document, its properties included."""
    match chosen:
        case Format.HTML:
            return html_text(document)
        case Format.PDF:
            reader = PdfReader(BytesIO(document))
            pages = [page.extract_text() for page in reader.pages]
            return "\n".join([*pages, *map(str, (reader.metadata or {}).values())])
        case Format.DOCX:
            return docx_text(document)
        case Format.MD:
            return markdown_text(document.decode())
        case Format.JSON:
            return json.dumps(json.loads(document), ensure_ascii=False)
        case Format.TERM:
            return document.decode()


def html_tree(document: bytes) -> Any:
    """The tree that a browser makes."""
    return html5lib.parse(document.decode(), treebuilder="etree", namespaceHTMLElements=False)


def html_text(document: bytes) -> str:
    tree = html_tree(document)
    for style in tree.iter("style"):
        style.text = ""
    return "\n".join([*tree.itertext(), *(value for node in tree.iter() for value in node.attrib.values())])


def docx_text(document: bytes) -> str:
    """Paragraphs, cells and properties, in no order."""
    made = Document(BytesIO(document))
    said = [paragraph.text for paragraph in made.paragraphs]
    for table in made.tables:
        said += [cell.text for row in table.rows for cell in row.cells]
    core = made.core_properties
    return "\n".join(
        [*said, core.title, core.author, core.subject, core.keywords, core.comments, core.last_modified_by]
    )


def markdown_text(document: str) -> str:
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(document)
    return "\n".join(child.content for token in tokens for child in token.children or ())


def squeezed(text: str) -> str:
    """`text` without blanks and line ends: where a page broke a line says nothing."""
    return "".join(text.split())
