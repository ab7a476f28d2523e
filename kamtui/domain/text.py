"""The text policy: what people may type, and how it is shown. Text from people is data, never markup.

On entry NUL and lone surrogates are refused, other control characters except tab and newline are dropped (and
the person is told), everything else is kept as it is. On display what could still act on a terminal, or
change the order of what is read, is made visible.
"""

import re
import unicodedata

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _

NAME_LENGTH = 200
NOTE_LENGTH = 100_000

# As text: compiled when first used, since a command that shows a list needs none of them.
_CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
_LINES = r"[\t\n]+"
_HALVES = "[\ud800-\udfff]"
_HIDDEN = r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af]"
_EMOJI_JOINERS = r"(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"


def clean(text: str, *, field: str, longest: int = NOTE_LENGTH) -> tuple[str, int]:
    """`text` as the store may hold it, and how many control characters were dropped.

    Line ends become a newline. Raises `BadInput` for NUL, for a lone surrogate, and for more than `longest`
    characters: too long a text is refused and never cut.
    """
    if len(text) <= longest and text.isprintable():
        # Nearly every text of an import; a lone surrogate is not printable.
        return text, 0
    if "\x00" in text:
        raise BadInput(
            _("{field}: a NUL character cannot be stored. Nothing was saved.").format(field=field),
            field=field,
        )
    if re.search(_HALVES, text):
        raise BadInput(
            _("{field}: the text holds half of a character (a lone surrogate). Nothing was saved.").format(field=field),
            field=field,
        )
    kept, dropped = re.subn(_CONTROLS, "", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > longest:
        raise BadInput(
            _("{field}: {length:,} characters are too many, {longest:,} is the most. Nothing was saved.").format(
                field=field, length=len(kept), longest=longest
            ),
            field=field,
        )
    return kept, dropped


def clean_name(text: str, *, field: str) -> tuple[str, int]:
    """A name: one line of 1 to 200 characters that are not all blank; see `clean`."""
    kept, dropped = clean(text, field=field)
    kept = re.sub(_LINES, " ", kept).strip()
    if not kept[:1].isalnum() and not any(is_ink(character) for character in kept):
        raise BadInput(_("{field}: it must not be blank.").format(field=field), field=field)
    if len(kept) > NAME_LENGTH:
        raise BadInput(
            _("{field}: {length:,} characters are too many, {longest:,} is the most. Nothing was saved.").format(
                field=field, length=len(kept), longest=NAME_LENGTH
            ),
            field=field,
        )
    return kept, dropped


def is_ink(character: str) -> bool:
    """Whether a character leaves a trace on paper: not white space, not a format or control character."""
    return not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc", "Cn", "Zs"}


def visible(text: str, *, lines: bool = False) -> str:
    """`text` as it may reach a terminal: what is printable as it is, the rest as visible signs.

    Control characters become their pictures (ESC is shown as ␛), direction overrides and characters without
    width their numbers (‹U+202E›). A zero-width joiner inside an emoji stays. With `lines`, newlines and tabs
    stay too; without, they become blanks.
    """
    if text.isprintable():
        # Nearly every text; what hides, or acts on a terminal, is not printable.
        return text
    kept = "\ue000"
    text = re.sub(_EMOJI_JOINERS, kept, text.replace(kept, "‹U+E000›"))
    return re.sub(_HIDDEN, lambda found: _sign(found[0], lines), text).replace(kept, "\u200d")


def _sign(character: str, lines: bool) -> str:
    if character in "\t\n":
        return character if lines else " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"‹U+{code:04X}›"


def is_han(character: str) -> bool:
    """Whether a character is written without blanks between words (Chinese, Japanese, Korean)."""
    return bool(re.match(_HAN, character))


def split_han(text: str) -> str:
    """`text` with a blank around each character of Chinese, Japanese or Korean, so that each is a token."""
    return re.sub(_HAN, lambda found: f" {found[0]} ", text)


def one_line(text: str, longest: int = 80) -> str:
    """The first `longest` characters of `text` on one line, with a mark where something was left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"
