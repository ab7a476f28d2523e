"""The settings file (TOML): language, theme, glyphs, and the table of a person's own keys. What changes results lives in
the database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kamtui.domain.errors import BadFile, BadInput, why_not
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.locate import settings_path


class FileSetting(NamedTuple):
    """A setting of this machine: its default, the words it may be, and what it is."""

    default: str
    words: tuple[str, ...]
    help: str


FILE_SETTINGS: Mapping[str, FileSetting] = {
    "language": FileSetting("auto", ("auto", "en", "zh"), mark("The language; auto is the one of the terminal.")),
    "theme": FileSetting("dark", ("dark", "light", "ansi"), mark("The colours of the app.")),
    "glyphs": FileSetting("auto", ("auto", "line", "ascii"), mark("Frames and bars drawn as lines or in ASCII.")),
}
KEYS = "keys"  # a table: the id of a command, and the key or keys that it has instead of its own


def read_settings() -> dict[str, Any]:
    """The settings of this machine; empty where there is no file. Raises `BadFile`, naming file and line."""
    path = settings_path()
    try:
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise _unreadable(path, error) from None
    except OSError as error:
        raise _unreadable(path, why_not(error)) from None
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        last = _("at line {number}, the last").format(number=text.count("\n") + 1)
        raise _unreadable(path, str(error).replace("at end of document", last)) from None
    except RecursionError as error:
        raise _unreadable(path, error) from None


def file_setting(settings: Mapping[str, Any], name: str) -> str:
    """What a setting of the file is; its default where the file says nothing that it may be."""
    kind = FILE_SETTINGS[name]
    found = settings.get(name)
    return found if isinstance(found, str) and found in kind.words else kind.default


def keymap(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The person's own keys; what they mean only the registry of commands knows, which says what is wrong with them."""
    found = settings.get(KEYS)
    return found if isinstance(found, Mapping) else {}


def wrong_settings(settings: Mapping[str, Any]) -> list[str]:
    """A sentence for each line of the file that says nothing that is understood."""
    path = settings_path()
    wrong = []
    for name, value in settings.items():
        if name == KEYS:
            if not isinstance(value, Mapping):
                wrong.append(
                    _("{path}: keys is a table: a line [keys], and below it lines such as {example}.").format(
                        path=path, example='"row.copy" = "Y"'
                    )
                )
        elif name not in FILE_SETTINGS:
            wrong.append(_("{path}: {name} is no setting and is ignored.").format(path=path, name=name))
        elif value not in FILE_SETTINGS[name].words:
            wrong.append(
                _("{path}: {name} cannot be {value}; {default} is used. It may be {words}.").format(
                    path=path,
                    name=name,
                    value=one_line(str(value), 40),
                    default=FILE_SETTINGS[name].default,
                    words=", ".join(FILE_SETTINGS[name].words),
                )
            )
    return wrong


def write_setting(name: str, value: str) -> str:
    """Writes one setting and keeps the rest of the file as it is, comments too; a blank value takes it out. Returns
    what it is now. Raises `BadInput` for a value that it may not be, `BadFile` for a file that cannot be read."""
    kind = FILE_SETTINGS[name]
    value = value.strip().lower()
    if value and value not in kind.words:
        raise BadInput(
            _("{name} cannot be “{value}”. It may be {words}; nothing was changed.").format(
                name=name, value=value, words=", ".join(kind.words)
            ),
            field=name,
        )
    read_settings()
    import tomlkit

    # A link of somebody who keeps such files elsewhere stays a link.
    path = settings_path().resolve()
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.is_file() else tomlkit.document()
    if value:
        document[name] = value
    else:
        document.pop(name, None)
    _replace(path, tomlkit.dumps(document))
    return value or kind.default


def _replace(path: Path, text: str) -> None:
    """Writes a private file whole or not at all."""
    import os
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".config-")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _unreadable(path: Path, why: object) -> BadFile:
    return BadFile(
        _("{path}: the settings cannot be read ({why}). Nothing was changed, and the defaults are used.").format(
            path=path, why=why
        )
    )
