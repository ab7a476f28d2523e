"""The one place that imports the driver, so that an encrypting one can take its place."""

import sqlite3
from sqlite3 import (
    Connection,
    Cursor,
    DatabaseError,
    Error,
    IntegrityError,
    OperationalError,
    complete_statement,
    connect,
    sqlite_version,
)

from kamtui.domain.errors import DatabaseUnusable
from kamtui.language import gettext as _

MINIMUM = (3, 37, 0)  # STRICT tables

__all__ = [
    "Connection",
    "Cursor",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "check_driver",
    "complete_statement",
    "connect",
    "sqlite_version",
]


def check_driver() -> None:
    """Raises `DatabaseUnusable` where the SQLite of this Python cannot do what kamtui needs."""
    if sqlite3.sqlite_version_info < MINIMUM:
        raise DatabaseUnusable(
            _("This Python brings SQLite {found}; kamtui needs {needed} or newer. Nothing was touched.").format(
                found=sqlite_version, needed=".".join(map(str, MINIMUM))
            )
        )
