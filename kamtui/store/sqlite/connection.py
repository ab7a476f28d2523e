"""The connection policy, in one place: private files, WAL, FULL, foreign keys, secure delete, no trusted schema."""

import os
import stat
from pathlib import Path
from urllib.parse import quote

from kamtui.domain.errors import DatabaseMissing, DatabaseNewer, DatabaseUnusable
from kamtui.language import gettext as _
from kamtui.store.sqlite.driver import Connection, check_driver, connect
from kamtui.store.sqlite.errors import damaged, spoken

APPLICATION_ID = 0x6B616D74  # "kamt"
SCHEMA_VERSION = 2  # the newest migration; a test holds it against db/migrations
BUSY_MS = 5_000


def open_reader(path: Path) -> Connection:
    """A connection that cannot write; never makes a file. Raises `DatabaseMissing` and what `check_version` raises."""
    check_driver()
    if not path.exists():
        raise DatabaseMissing(
            _(
                "There is no database at {path} yet. `kamtui account add NAME` or `kamtui import` makes one, "
                "`kamtui demo` shows a made-up one."
            ).format(path=path)
        )
    with spoken(path):
        connection = connect(_uri(path, "ro"), uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
    return connection


def open_writer(path: Path) -> Connection:
    """A connection that writes, to be used under the inter-process lock only. Makes the file, readable by its owner
    alone, where there is none."""
    check_driver()
    make_private_file(path)
    with spoken(path):
        connection = connect(_uri(path, "rw"), uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA recursive_triggers = OFF")
    return connection


def version_of(connection: Connection, path: Path) -> int:
    """The schema version of a database; 0 for an empty file. Raises `DatabaseNewer` for one that a newer program wrote,
    and `DatabaseUnusable` for a file that is not kamtui's."""
    with spoken(path):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (objects or version):
        raise damaged(path)
    if version > SCHEMA_VERSION:
        raise DatabaseNewer(
            _(
                "{path}: a newer kamtui wrote this database (schema {found}, this program knows {known}). "
                "It was not touched; install the newer program to open it."
            ).format(path=path, found=version, known=SCHEMA_VERSION)
        )
    return int(version)


def make_private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read, in a folder that only its owner may enter.

    An existing file loses the permissions of others. Raises `DatabaseUnusable` where it cannot be made.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        except FileExistsError:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077 and path.stat().st_uid == os.getuid():
                path.chmod(mode & 0o700)
    except OSError as error:
        raise DatabaseUnusable(
            _("{path}: the file cannot be made ({why}). Nothing was written; choose another place with --db.").format(
                path=path, why=error.strerror or error
            )
        ) from error
    if not path.is_file():
        raise DatabaseUnusable(_("{path} is not a file. Nothing was written.").format(path=path))


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"
