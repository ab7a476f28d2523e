"""The settings file (TOML): language, theme, keys and paths. What changes results lives in the database."""

from pathlib import Path
from typing import Any

from kamtui.domain.errors import BadFile
from kamtui.language import gettext as _
from kamtui.store.locate import settings_path


def read_settings() -> dict[str, Any]:
    """The settings of this machine; empty where there is no file. Raises `BadFile`, naming file and line."""
    path = settings_path()
    if not path.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(
            _("{path}: the settings cannot be read ({why}). The defaults are used.").format(path=path, why=error)
        ) from None
    except OSError as error:
        raise BadFile(
            _("{path}: the settings cannot be read ({why}). The defaults are used.").format(
                path=path, why=error.strerror
            )
        ) from None


def write_setting(name: str, value: str) -> Path:
    """Writes one setting and keeps the rest of the file as it is, comments too."""
    import os
    import tempfile

    import tomlkit

    path = settings_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    read_settings()
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.is_file() else tomlkit.document()
    document[name] = value
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=".config-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(tomlkit.dumps(document))
        file.flush()
        os.fsync(file.fileno())
    Path(partial).replace(path)
    return path
