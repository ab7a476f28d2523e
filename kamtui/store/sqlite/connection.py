"""The connection policy, in one place: private files, WAL, FULL, foreign keys, secure delete, no trusted schema."""

import os
import stat
from pathlib import Path
from urllib.parse import quote

from kamtui.domain.errors import DatabaseMissing, DatabaseNewer, DatabaseUnusable, KamtuiError, why_not
from kamtui.language import gettext as _
from kamtui.store.locate import default_database
from kamtui.store.sqlite.driver import Connection, Error, OperationalError, check_driver, connect
from kamtui.store.sqlite.errors import damaged, spoken

APPLICATION_ID = 0x6B616D74  # "kamt"
SCHEMA_VERSION = 5  # the newest migration; a test holds it against db/migrations
BUSY_MS = 5_000
_MAGIC = b"SQLite format 3\x00"


def open_reader(path: Path) -> Connection:
    """A connection that cannot write; never makes a file. Raises `DatabaseMissing`, `DatabaseUnusable`."""
    check_driver()
    if not _is_there(path):
        raise DatabaseMissing(
            _(
                "There is no database at {path} yet. `kamtui account add NAME` or `kamtui import` makes one, "
                "`kamtui demo` shows a made-up one."
            ).format(path=path)
        )
    with spoken(path):
        try:
            return _reader(_uri(path, "ro"))
        except OperationalError as error:
            # A read-only medium, or a full disk, has no place for the index of the WAL. Where nothing waits in the
            # WAL the file is whole, and nobody can write to it: it can be read as it is.
            wal, _shm = companions(path)
            if "locked" in str(error) or (wal.exists() and wal.stat().st_size):
                raise
            return _reader(_uri(path, "ro") + "&immutable=1")


def _reader(uri: str) -> Connection:
    connection = connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA user_version").fetchone()  # really opens it
    except Error:
        connection.close()
        raise
    return connection


def open_writer(path: Path) -> Connection:
    """A connection that writes, to be used under the inter-process lock only (`store/writer.py`): opening one may
    replay, and closing the last one checkpoints. Makes the file, readable by its owner alone, where there is none."""
    check_driver()
    make_private_file(path)
    with spoken(path):
        connection = connect(_uri(path, "rw"), uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            # Changing the journal would write to the file, so what it is comes first.
            version_of(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            # Else each row that a trigger may refuse writes the pages it touches to a temporary file: twice the time of an
            # import, and customer data on the disk in one more place.
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA recursive_triggers = ON")  # so that a REPLACE logs what it deletes
        except (Error, KamtuiError):
            connection.close()
            raise
    return connection


def version_of(connection: Connection, path: Path) -> int:
    """The schema version of a database; 0 for an empty file. Raises `DatabaseNewer` for one that a newer program wrote,
    and `DatabaseUnusable` for a file that is not kamtui's."""
    with spoken(path):
        # Two words of the file's head: the schema, which takes longer to read, only where these do not tell.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if objects or version or _is_other(path):
                raise damaged(path)
    if version > SCHEMA_VERSION:
        raise DatabaseNewer(
            _(
                "{path}: a newer kamtui wrote this database (schema {found}, this program knows {known}). "
                "It was not touched; install the newer program to open it."
            ).format(path=path, found=version, known=SCHEMA_VERSION)
        )
    return int(version)


def peek_version(path: Path) -> int:
    """The schema version of a file, without touching it; 0 where there is none. Raises what `version_of` raises."""
    if not _is_there(path):
        return 0
    connection = open_reader(path)
    try:
        return version_of(connection, path)
    finally:
        connection.close()


def make_private_folder(folder: Path) -> None:
    """Makes a folder that only its owner may enter; one that is there stays as it is. Raises `DatabaseUnusable`."""
    try:
        # One level, as in `--db new/kamtui.db`; a longer way that is not there is a slip of the fingers. The folder
        # of the user's data is made whole.
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=folder == default_database().parent, exist_ok=True)
    except OSError as error:
        raise _cannot_make(folder, error) from error


def make_private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read; one that is there loses the permissions of others, and so do
    its -wal and -shm. Raises `DatabaseUnusable` where it cannot be made."""
    try:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        except FileExistsError:
            state = path.lstat()
            if not stat.S_ISREG(state.st_mode):
                raise _not_a_file(path) from None
            if state.st_mode & 0o077 and state.st_uid == os.getuid():
                for file in (path, *companions(path)):
                    if file.is_file():
                        file.chmod(0o600)
    except OSError as error:
        raise _cannot_make(path, error) from error


def companions(path: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside a database."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _is_there(path: Path) -> bool:
    try:
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise DatabaseUnusable(
            _("{path}: the database cannot be opened ({why}).").format(path=path, why=why_not(error))
        ) from error
    if not stat.S_ISREG(state.st_mode):
        raise _not_a_file(path)
    # An empty file is what a full disk leaves of a database that was to be made.
    return state.st_size > 0


def _is_other(path: Path) -> bool:
    """Whether a file holds something that is no database: SQLite takes the shortest ones for empty, and writes over."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) not in (b"", _MAGIC)
    except FileNotFoundError:
        return False


def _not_a_file(path: Path) -> DatabaseUnusable:
    return DatabaseUnusable(
        _("{path} is not a file. Nothing was written; name a database file with --db.").format(path=path)
    )


def _cannot_make(path: Path, error: OSError) -> DatabaseUnusable:
    return DatabaseUnusable(
        _("{path}: it cannot be made ({why}). Nothing was written; choose another place with --db.").format(
            path=path, why=why_not(error)
        )
    )


def _uri(path: Path, mode: str) -> str:
    # As bytes: a file name need not be text.
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
