"""A page as PDF, set by typst; what is said comes to the template as data, so that no word of anybody's is markup.

It is written as PDF/UA: tagged for screen readers, and typst refuses to leave a box where a character should stand. So
characters that no font of this machine has are found, and said.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamtui.brief.blocks import Page
from kamtui.brief.drawing import PRINT, as_svg
from kamtui.brief.typeset import typeset
from kamtui.domain.errors import Refused
from kamtui.domain.text import is_han
from kamtui.language import gettext as _

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES = Path(__file__).parent / "templates"
_COMMON = 0xFFFF  # beyond it stand the rare Chinese characters, which few fonts have
_MISSING = "could not be displayed"
# What to install for characters of a script, by the first word of their names in Unicode.
_FONTS = {"HANGUL": "Noto Sans CJK KR", "HIRAGANA": "Noto Sans CJK JP", "KATAKANA": "Noto Sans CJK JP"}
_NAMED = (
    "ARABIC", "ARMENIAN", "BENGALI", "CYRILLIC", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GREEK", "GUJARATI", "GURMUKHI",
    "HEBREW", "KANNADA", "KHMER", "LAO", "LATIN", "MALAYALAM", "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAI",
    "TIBETAN",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document. `missing` are the characters that no font here has: they stand in it as their numbers, ‹U+0E01›."""

    content: bytes
    missing: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell the person: which characters, and what to install, by font."""
        return tuple(
            _(
                "No font on this machine has {characters}: they stand in the PDF as their numbers. "
                "Install {font} to see them."
            ).format(characters=" ".join(ones), font=font)
            for font, ones in _by_font(self.missing).items()
        )


def render_pdf(page: Page) -> Pdf:
    """The whole page on sheets of A4. Raises `Refused` where no font of this machine has Chinese and the page does."""
    data = json.dumps(typeset(page, partial(as_svg, colours=PRINT)), ensure_ascii=False)
    content = _compile("brief.typ", data)
    if content is not None:
        return Pdf(content)
    letters = sorted({character for character in data if not character.isascii()})
    missing = _missing(letters)
    chinese = [character for character in missing if is_han(character)]
    if 2 * len(chinese) > sum(map(is_han, letters)):
        # Not a rare one that is missing, but the script.
        raise Refused(
            _(
                "No font on this machine has {characters}. Install {font}, or write html or docx. Nothing was written."
            ).format(characters=" ".join(chinese[:5]), font=font_for(chinese[0]))
        )
    content = _compile("brief.typ", _numbered(data, missing))
    if content is None:
        # Each is there alone, but not beside the others: a sign that is put together of several.
        missing = sorted({*missing, *(letter for letter in letters if not letter.isalnum())})
        content = _compile("brief.typ", _numbered(data, missing))
    if content is None:
        raise Refused(_("No font on this machine has all characters of this brief. Write html or docx."))
    return Pdf(content, tuple(missing))


def _by_font(missing: tuple[str, ...]) -> dict[str, list[str]]:
    fonts: dict[str, list[str]] = {}
    for character in missing:
        fonts.setdefault(font_for(character), []).append(character)
    return fonts


def font_for(character: str) -> str:
    """The name of a font that has a character, to install."""
    script = unicodedata.name(character, "").partition(" ")[0]
    if script in _FONTS:
        return _FONTS[script]
    if is_han(character):
        return "Noto Sans CJK SC" if ord(character) <= _COMMON else "BabelStone Han"
    if script in _NAMED:
        return "Noto Sans" if script in {"LATIN", "GREEK", "CYRILLIC"} else f"Noto Sans {script.title()}"
    return "Noto Color Emoji" if unicodedata.category(character) == "So" else "Noto Sans Symbols 2"


def _numbered(data: str, missing: list[str]) -> str:
    return data.translate({ord(character): f"‹U+{ord(character):04X}›" for character in missing})


def _missing(characters: list[str]) -> list[str]:
    """Those of `characters` that no font has, found by halves: a compile says only that one is missing."""
    if not characters or _compile("probe.typ", json.dumps(characters)) is not None:
        return []
    if len(characters) == 1:
        return characters
    half = len(characters) // 2
    return _missing(characters[:half]) + _missing(characters[half:])


def _compile(template: str, data: str) -> bytes | None:
    """The document, or None where a character has no font. What typst warns of (a font of the list that is not here) is
    meant so."""
    from typst import TypstError

    try:
        document: Any = _compiler(template).compile(format="pdf", sys_inputs={"page": data}, pdf_standards=["ua-1"])
    except TypstError as error:
        if _MISSING in str(error):
            return None
        raise
    return bytes(document)


@cache
def _compiler(template: str) -> "Compiler":
    """Looks at the fonts of this machine, which takes longer than a brief: once a process."""
    from typst import Compiler

    return Compiler(str(TEMPLATES / template), root=str(TEMPLATES))
