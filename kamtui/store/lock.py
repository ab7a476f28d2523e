"""The inter-process lock: who writes holds it from BEGIN to COMMIT and around checkpoints.

SQLite before 3.51.3 can damage a WAL database when two connections write or checkpoint at the same instant, and a
file lock lets us tell who waits for whom.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kamtui.domain.errors import DatabaseLocked, DatabaseUnusable
from kamtui.language import gettext as _
from kamtui.store.locate import lock_path

PATIENCE = 5.0  # seconds that a writer waits


@contextmanager
def writing(database: Path, what: str, *, patience: float | None = None) -> Iterator[None]:
    """Holds the lock of a database. Raises `DatabaseLocked` with the holder's name after `patience` seconds."""
    path = lock_path(database)
    lock = FileLock(path, timeout=PATIENCE if patience is None else patience, mode=0o600, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise DatabaseLocked(
            _("{path}: {holder} is writing. Nothing was changed and nothing is lost; try again in a moment.").format(
                path=database, holder=_holder(path)
            )
        ) from None
    except OSError as error:
        raise DatabaseUnusable(
            _(
                "{path}: the database, or the folder it is in, cannot be written. Nothing was changed; "
                "copy it to a folder of yours and open the copy with --db."
            ).format(path=database)
        ) from error
    try:
        _write_holder(path, what)
        yield
    finally:
        lock.release()


def _write_holder(path: Path, what: str) -> None:
    note = json.dumps({"pid": os.getpid(), "what": what, "since": time.strftime("%H:%M:%S")}).encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, note, 0)
        finally:
            os.close(descriptor)
    except OSError:
        # Who holds the lock is a courtesy to those who wait; a full disk must not keep us from writing less.
        return


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_bytes())
        return _("another kamtui (process {pid}, since {since}: {what})").format(**note)
    except (OSError, ValueError, KeyError, TypeError):
        return _("another kamtui")
