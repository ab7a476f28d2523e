"""A brief in any format: the one way in which commands and the app write it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kamtui.brief.model import AnyBrief
from kamtui.brief.page import lay_out
from kamtui.domain.errors import BadInput
from kamtui.domain.json_value import as_json
from kamtui.language import gettext as _


class Format(StrEnum):
    """How a brief is written."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"
    TERM = "term"


ENDINGS = {
    ".md": Format.MD,
    ".markdown": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".json": Format.JSON,
    ".txt": Format.TERM,
}
BINARY = frozenset({Format.PDF, Format.DOCX})


@dataclass(frozen=True, slots=True)
class Document:
    """A brief as a file has it. `notes` are sentences for the person who asked for it: what could not be set."""

    content: bytes
    notes: tuple[str, ...] = ()


def render(brief: AnyBrief, chosen: Format) -> Document:
    """The whole brief. What a format needs is imported with it. Raises `Refused` where a PDF has no font for it."""
    if chosen is Format.JSON:
        return Document((json.dumps(as_json(brief), ensure_ascii=False, indent=2) + "\n").encode())
    page = lay_out(brief)
    match chosen:
        case Format.MD:
            from kamtui.brief.markdown import render_markdown

            return Document(render_markdown(page).encode())
        case Format.TERM:
            from kamtui.brief.terminal import plain, render_terminal

            return Document(plain(render_terminal(page)).encode())
        case Format.HTML:
            from kamtui.brief.html import render_html

            return Document(render_html(page))
        case Format.DOCX:
            from kamtui.brief.docx import render_docx

            return Document(render_docx(page))
        case Format.PDF:
            from kamtui.brief.pdf import render_pdf

            made = render_pdf(page)
            return Document(made.content, made.notes)


def format_of(path: Path) -> Format:
    """The format that the ending of a file's name says; Markdown without one. Raises `BadInput` for another."""
    ending = path.suffix.lower()
    if not ending:
        return Format.MD
    if ending not in ENDINGS:
        raise BadInput(
            _("{ending} is not a format of the brief. There are: {all}. Nothing was written.").format(
                ending=ending, all=", ".join(ending_of(one) for one in Format)
            ),
            field="format",
        )
    return ENDINGS[ending]


def ending_of(chosen: Format) -> str:
    """The ending of a file of a format: `.pdf`, and `.txt` for a terminal's."""
    return next(ending for ending, format in ENDINGS.items() if format is chosen)
