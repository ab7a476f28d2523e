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

from kamtui.domain.errors import DatabaseLocked
from kamtui.language import gettext as _
from kamtui.store.locate import lock_path
from kamtui.store.sqlite.errors import not_writable

PATIENCE = 5.0  # seconds that a writer waits


@contextmanager
def writing(database: Path, what: str, *, patience: float | None = None) -> Iterator[None]:
    """Holds the lock of a database; `what` is shown to who waits, and is never a customer's text, since it stays in
    the lock file. Raises `DatabaseLocked` with the holder's name after `patience` seconds, `DatabaseUnusable`."""
    path = lock_path(database)
    for file in (database, path):
        # filelock takes a lock file that it may not open for one that is held, and waits.
        if file.exists() and not os.access(file, os.R_OK | os.W_OK):
            raise not_writable(database)
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
        raise not_writable(database) from error
    try:
        _write_holder(path, what)
        yield
    finally:
        lock.release()


def holder_of(database: Path) -> str | None:
    """Who holds the lock at this moment; None where nobody does."""
    path = lock_path(database)
    if not path.exists():
        return None
    lock = FileLock(path, timeout=0, mode=0o600, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        return _holder(path)
    lock.release()
    return None


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
