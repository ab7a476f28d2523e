"""Backups: made online, checked, readable by their owner alone, and put in place whole or not at all."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kamtui.domain.errors import BadFile, DatabaseDamaged, DatabaseNewer, DatabaseUnusable, Refused, why_not
from kamtui.language import gettext as _
from kamtui.store.locate import backup_folder
from kamtui.store.sqlite.connection import companions, make_private_folder, open_reader, version_of
from kamtui.store.sqlite.driver import Connection, Error, connect
from kamtui.store.sqlite.errors import space_needed, spoken, translate

KEPT = 10  # automatic backups; older ones make room, those that a person asked for stay
AUTOMATIC = "before-"
# A copy that is being made, and what SQLite puts beside it.
_HALF = {".part", ".part-journal", ".part-wal", ".part-shm"}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on disk, with why it was made and its size in bytes."""

    path: Path
    reason: str
    size: int
    made_at: datetime


def make_backup(source: Connection, database: Path, reason: str) -> Path:
    """A checked copy of the database in its backup folder, made under the lock; a reason that begins with `before-` is
    an automatic one. Raises `DatabaseUnusable`, leaving no half file."""
    folder = backup_folder(database)
    final = _new_name(database, reason)
    partial = final.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        copy = connect(str(partial), isolation_level=None)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
        if verdict != "ok":
            raise DatabaseDamaged(
                _("{path}: the database is damaged ({why}); it was not touched.").format(path=database, why=verdict)
            )
        _sync(partial)
        partial.replace(final)
        _sync(folder)
    except (OSError, Error) as error:
        if isinstance(error, Error) and isinstance(found := translate(error, database), DatabaseDamaged):
            raise found from error
        raise DatabaseUnusable(
            _(
                "{path}: no backup could be made ({why}), so nothing was changed. Free about {need} MB and try again."
            ).format(path=database, why=why_not(error), need=space_needed(database))
        ) from error
    finally:
        drop_partial(database)
    for old in [backup for backup in list_backups(database) if backup.reason.startswith(AUTOMATIC)][KEPT:]:
        old.path.unlink(missing_ok=True)
    return final


def list_backups(database: Path) -> list[Backup]:
    """The backups of a database, newest first."""
    found = []
    for path in sorted(backup_folder(database).glob(f"{_glob(database.stem)}-*.db"), reverse=True):
        _stamp, _dash, reason = path.stem.removeprefix(database.stem + "-").partition("-")
        state = path.stat()
        found.append(Backup(path, reason, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC)))
    return found


def drop_partial(database: Path) -> None:
    """Removes half a backup that a killed process left; call it under the lock."""
    for file in backup_folder(database).glob(f"{_glob(database.stem)}-*"):
        if file.suffix in _HALF:
            file.unlink(missing_ok=True)


def check_backup(path: Path) -> None:
    """Raises `BadFile` for a file that is no kamtui database, is damaged, or whose rows point to nothing, and
    `DatabaseNewer` for one of a newer program."""
    if not path.is_file():
        raise BadFile(_("{path}: there is no such file. Nothing was changed.").format(path=path))
    try:
        connection = open_reader(path)
        try:
            with spoken(path):
                if not version_of(connection, path):
                    raise BadFile(_("{path}: the file is empty. Nothing was changed.").format(path=path))
                (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        finally:
            connection.close()
    except DatabaseNewer:
        raise
    except DatabaseUnusable as error:
        raise BadFile(_("{path}: this is no whole kamtui database. Nothing was changed.").format(path=path)) from error
    if verdict != "ok" or broken:
        raise BadFile(_("{path}: the backup is damaged. Nothing was changed.").format(path=path))


def put_back(backup: Path, target: Connection, database: Path) -> None:
    """Makes an open database what a checked backup holds, in one transaction; whoever reads meanwhile sees the old or
    the new. Call it under the lock."""
    with spoken(database):
        source = open_reader(backup)
        try:
            source.backup(target)
        finally:
            source.close()


def put_instead(backup: Path, database: Path) -> Path:
    """Puts a checked backup in the place of a database that cannot be opened, which is kept in the backup folder; call
    it under the lock. Returns where that is now. Raises `DatabaseUnusable`; then everything is as it was."""
    folder = backup_folder(database)
    aside = _new_name(database, "damaged").with_suffix(".bad")
    partial = aside.with_suffix(".part")
    moved: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # Under a second name first, so that something stands in its place at every moment.
        _keep(database, aside)
        _copy(backup, partial)
        _sync(folder)
        # Last, since they belong to the damaged database; but before the backup stands there, which SQLite would
        # otherwise change by them.
        for file, name in zip(companions(database), companions(aside), strict=True):
            if file.exists():
                file.replace(name)
                moved.append((file, name))
        partial.replace(database)
    except OSError as error:
        for file, name in moved:
            name.replace(file)
        aside.unlink(missing_ok=True)
        raise DatabaseUnusable(
            _(
                "{path}: the backup could not be put in its place ({why}). Everything is as it was; see that its folder "
                "can be written and has about {need} MB free, and try again."
            ).format(path=database, why=why_not(error), need=2 * space_needed(database))
        ) from error
    finally:
        drop_partial(database)
    # It is in place. Where this fails, a power cut may bring back the damaged one, which is kept besides.
    with suppress(OSError):
        _sync(folder)
        _sync(database.parent)
    return aside


def copy_database(source: Path, target: Path) -> None:
    """Makes a whole, private copy of a database where there is none yet. Raises `Refused` where something stands there,
    `DatabaseUnusable` where it cannot be made; then nothing is left of it."""
    # A command that lists backups does without the lock's library.
    from kamtui.store.lock import writing

    make_private_folder(target.parent)
    partial = target.with_name(f"{target.name}.part")
    with writing(target, "copy"):
        if target.exists() and target.stat().st_size:
            raise Refused(_("{path}: there is a database already. Nothing was written.").format(path=target))
        try:
            # Under the lock: a half one was left by a process that was killed.
            partial.unlink(missing_ok=True)
            _copy_whole(source, partial)
            partial.replace(target)
            _sync(target.parent)
        except (OSError, Error) as error:
            raise DatabaseUnusable(
                _("{path}: the copy could not be made ({why}). Nothing was written; free about {need} MB.").format(
                    path=target, why=why_not(error), need=space_needed(source)
                )
            ) from error
        finally:
            for half in _HALF:
                target.with_name(target.name + half).unlink(missing_ok=True)


def _copy_whole(source: Path, partial: Path) -> None:
    """A checked copy in a new private file, on the disk when this returns."""
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    original = open_reader(source)
    copy = connect(str(partial), isolation_level=None)
    try:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    finally:
        copy.close()
        original.close()
    if verdict != "ok":
        raise DatabaseDamaged(
            _("{path}: the database is damaged ({why}); it was not touched.").format(path=source, why=verdict)
        )
    _sync(partial)


def _keep(file: Path, name: Path) -> None:
    """Gives a file a second, private name: a link, or a copy where the file system or the file's owner allows none."""
    try:
        os.link(file, name)
        name.chmod(0o600)
    except OSError:
        name.unlink(missing_ok=True)
        partial = name.with_suffix(".part")
        _copy(file, partial)
        partial.replace(name)


def _copy(file: Path, partial: Path) -> None:
    """A private copy, on the disk when this returns."""
    descriptor = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as copy, file.open("rb") as source:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _new_name(database: Path, reason: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return backup_folder(database) / f"{database.stem}-{stamp}-{reason}.db"


def _glob(text: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in text)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
