"""Keys as people press them, by one name: also with a Chinese input method or on a Cyrillic layout."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.events import Key

# Signs that a Chinese input method types in place of ours.
_HAN_SIGNS = {"、": "/", "。": ".", "【": "[", "】": "]", "《": "<", "》": ">", "“": '"', "”": '"', "￥": "$", "…": "^"}
# The Russian and Ukrainian layouts, by the place of the key.
_CYRILLIC = dict(
    zip(
        "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮіїєІЇЄ",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>s]'S}\"",
        strict=True,
    )
)
# What Textual calls a key, and what we do.
_NAMES = {" ": "space"}
# How a key is shown where its name would not be understood.
_SHOWN = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "backspace": "Backspace", "up": "Up",
    "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End", "pageup": "PgUp",
    "pagedown": "PgDn", "delete": "Del",
}  # fmt: skip
# Keys by their names, as Textual has them, and how people may write them in the settings file.
_NAMED = {*_SHOWN, "insert", *(f"f{number}" for number in range(1, 25))}
_SPOKEN = {name.lower(): key for key, name in _SHOWN.items()} | {"return": "enter", "ins": "insert"}
_MODIFIERS = {"ctrl", "alt", "shift"}
# What a terminal sends for these is Backspace, Tab, a line end, Enter.
AMBIGUOUS = frozenset({"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"})
# These leave the program, whatever stands on the screen.
TAKEN = frozenset({"ctrl+c", "ctrl+q"})


def canonical(event: "Key") -> str:
    """The one name of a pressed key: the character that a Latin keyboard would have typed, else Textual's name."""
    character = event.character
    if character is None or len(character) != 1:
        return event.key
    character = _latin(character)
    if not character.isprintable():
        return event.key
    return _NAMES.get(character, character)


def _latin(character: str) -> str:
    """What a Latin keyboard would have typed: full-width letters and signs are narrowed, Cyrillic goes by its place."""
    if character.isascii():
        return character
    character = _HAN_SIGNS.get(character, character)
    return _CYRILLIC.get(character) or unicodedata.normalize("NFKC", character)


def named(written: str) -> str | None:
    """A key as a person writes it (`X`, `Ctrl+P`, `F5`, `PgUp`), by its one name; None where no key goes by that."""
    text = written.strip()
    if len(text) == 1:
        character = _latin(text)
        return character if len(character) == 1 and character.isprintable() else None
    *before, key = text.lower().replace("control", "ctrl").split("+")
    key = _SPOKEN.get(key, key)
    if not before:
        return key if key in _NAMED else None
    if not set(before) <= _MODIFIERS or not (key in _NAMED or (len(key) == 1 and key.isascii() and key.isalnum())):
        return None
    return "+".join([*sorted(set(before)), key])


def shown(key: str) -> str:
    """A key as footer, help and README write it: `Ctrl+P`, `F1`, `Enter`, `a`."""
    if len(key) == 1:
        return key
    *before, last = key.split("+")
    name = _SHOWN.get(last) or (last.upper() if len(last) == 1 or last in _NAMED else last)
    return "+".join([*(modifier.capitalize() for modifier in before), name])
