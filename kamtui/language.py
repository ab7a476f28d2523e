"""The language of this process: decided once, before any module with strings is imported.

Typer freezes its help and Textual its bindings when their modules are imported, so the choice is made
from the arguments, the environment and the settings file alone, and does not change afterwards.
"""

import gettext as _gettext
import os
from collections.abc import Sequence
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = {"en": "en", "zh": "zh_CN"}

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def gettext(message: str) -> str:
    """`message`, written in English, in the language of this process."""
    return _catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural that belongs to `count`; both texts carry their own placeholders."""
    return _catalogue.ngettext(one, many, count)


def mark(message: str) -> str:
    """Marks a text of a table for translation; it is translated where it is shown."""
    return message


def current() -> str:
    """`en` or `zh`."""
    return _language


def choose(language: str) -> None:
    """Make `language` (`en`, `zh`, or a locale name such as `zh_CN.UTF-8`) the one of this process."""
    global _catalogue, _language
    _language = "zh" if language.lower().replace("-", "_").startswith("zh") else "en"
    if _language == "en":
        _catalogue = _gettext.NullTranslations()
    else:
        _catalogue = _gettext.translation("kamtui", LOCALES, [LANGUAGES[_language]], fallback=True)


def decide(arguments: Sequence[str], *, setting: str | None = None) -> str:
    """The language that these arguments, the environment, the setting and the locale ask for, in this order."""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    if chosen := os.environ.get("KAMTUI_LANG"):
        return chosen
    if setting:
        return setting
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "en")
