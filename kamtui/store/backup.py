"""Backups: made online, checked, readable by their owner alone, and put in place whole or not at all."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kamtui.domain.errors import DatabaseUnusable
from kamtui.language import gettext as _
from kamtui.store.locate import backup_folder
from kamtui.store.sqlite.driver import Connection, Error, connect
from kamtui.store.sqlite.errors import space_needed, spoken

KEPT = 10  # automatic backups; older ones make room


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on disk."""

    path: Path
    size: int
    made_at: datetime


def make_backup(source: Connection, database: Path, reason: str) -> Path:
    """A checked copy of the database in its backup folder. Raises `DatabaseUnusable`, leaving no half file."""
    folder = backup_folder(database)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    final = folder / f"{database.stem}-{stamp}-{reason}.db"
    partial = final.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        copy = connect(str(partial), isolation_level=None)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
        if verdict != "ok":
            raise DatabaseUnusable(
                _("{path}: the database is damaged ({why}); it was not touched.").format(path=database, why=verdict)
            )
        _sync(partial)
        partial.replace(final)
        _sync(folder)
    except (OSError, Error) as error:
        partial.unlink(missing_ok=True)
        raise DatabaseUnusable(
            _(
                "{path}: no backup could be made ({why}), so nothing was changed. Free about {need} MB and try again."
            ).format(path=database, why=error, need=space_needed(database))
        ) from error
    except DatabaseUnusable:
        partial.unlink(missing_ok=True)
        raise
    for old in list_backups(database)[KEPT:]:
        old.path.unlink(missing_ok=True)
    return final


def list_backups(database: Path) -> list[Backup]:
    """The backups of a database, newest first."""
    folder = backup_folder(database)
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.glob("*.db"), reverse=True):
        state = path.stat()
        found.append(Backup(path, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC)))
    return found


def copy_database(source: Connection, target: Path) -> None:
    """A private copy of an open database at `target`, which must not exist."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    with spoken(target):
        copy = connect(str(target), isolation_level=None)
        try:
            source.backup(copy)
        finally:
            copy.close()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
