"""Keys as people press them, by one name: also with a Chinese input method or on a Cyrillic layout."""

from textual.events import Key

from kamtui.tui.text import narrow

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
    "pagedown": "PgDn", "delete": "Del", "shift+tab": "Shift+Tab",
}  # fmt: skip


def canonical(event: Key) -> str:
    """The one name of a pressed key: the character that a Latin keyboard would have typed, else Textual's name."""
    character = event.character
    if character is None or len(character) != 1 or not character.isprintable():
        return event.key
    character = _HAN_SIGNS.get(character, character)
    character = _CYRILLIC.get(character) or narrow(character)
    return _NAMES.get(character, character)


def shown(key: str) -> str:
    """A key as footer, help and README write it: `Ctrl+P`, `F1`, `Enter`, `a`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key
