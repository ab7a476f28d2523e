"""The one door by which any text reaches the screen: no markup, nothing that acts on a terminal, measured in cells."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from kamtui.domain.text import visible
from kamtui.tui import glyphs

CUT = "~"
# What a terminal that draws ambiguous characters in two cells would break a column with, as ASCII.
_LOOKALIKES = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "―": "-", "…": "~", "·": ".", "•": "*", "×": "x",
        "÷": "/", "±": "+", "°": "o", "§": "S", "¶": "P", "→": ">", "←": "<", "↑": "^", "↓": "v", "≤": "<", "≥": ">",
        "≠": "#", "∞": "8", "√": "v", "■": "#", "□": "o", "▲": "^", "▼": "v", "◆": "*", "○": "o", "●": "*", "★": "*",
        "☆": "*", "─": "-", "│": "|", "¡": "!", "¿": "?", "¤": "$", "®": "R", "²": "2", "³": "3", "¹": "1", "´": "'",
    }
)  # fmt: skip


def display(text: object) -> str:
    """A person's text as one line of a list may show it."""
    shown = visible(str(text))
    return shown.translate(_LOOKALIKES) if glyphs.current().wide and not shown.isascii() else shown


def content(text: str) -> Content:
    """A person's text for a widget of Textual; its line ends stay."""
    return Content(visible(text, lines=True))


def width(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """A text in exactly so many cells; what was cut off is marked."""
    taken = width(text)
    if taken == cells:
        return text
    if taken < cells:
        blanks = " " * (cells - taken)
        return blanks + text if right else text + blanks
    if cells <= 1:
        return CUT[:cells]
    return set_cell_size(text, cells - 1) + CUT
