"""Where things are: the database, its neighbours, the settings file, and what the program ships."""

import os
from functools import cache
from pathlib import Path

from kamtui.domain.errors import DatabaseUnusable
from kamtui.language import gettext as _


@cache
def shipped() -> Path:
    """The folder with migrations, demo and schema: inside an installed package, else the checkout's `db/`.

    An editable install has no `kamtui/_db`; a wheel has no `db/` beside it.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "_db"
    return inside if inside.is_dir() else package.parent / "db"


def database_path(argument: str | None) -> Path:
    """`--db`, else KAMTUI_DB, else the user's data folder. Raises `DatabaseUnusable` for `:memory:`."""
    if argument is not None and not argument.strip():
        raise DatabaseUnusable(_("--db: it names no file. Nothing was touched."))
    chosen = argument or os.environ.get("KAMTUI_DB")
    if not chosen:
        return default_database()
    if chosen.startswith(":memory:") or chosen.startswith("file:"):
        raise DatabaseUnusable(
            _(
                "{chosen}: kamtui keeps its data in a file, since what is only in memory would be lost. Name a file."
            ).format(chosen=chosen)
        )
    return Path(chosen).expanduser().absolute()


def default_database() -> Path:
    """Where the user's data is when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("kamtui") / "kamtui.db"


def lock_path(database: Path) -> Path:
    """The file that writers lock, beside the database."""
    return database.with_name(database.name + ".lock")


def backup_folder(database: Path) -> Path:
    """Where the backups of a database are."""
    return database.with_name(database.name + ".backups")


def settings_path() -> Path:
    """The TOML file with language, theme, keys and paths."""
    if chosen := os.environ.get("KAMTUI_CONFIG"):
        return Path(chosen).expanduser()
    from platformdirs import user_config_path

    return user_config_path("kamtui") / "config.toml"


def memory_path() -> Path:
    """What is remembered of this machine between two starts; no customer data is in it."""
    if chosen := os.environ.get("KAMTUI_MEMORY"):
        return Path(chosen).expanduser()
    from platformdirs import user_state_path

    return user_state_path("kamtui") / "memory.json"
