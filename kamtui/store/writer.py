"""The one way to a connection that writes: under the lock from before it opens until after it closed.

Opening may replay the WAL and closing the last connection checkpoints it; SQLite before 3.51.3 can damage a database
when two do that at the same instant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kamtui.store.backup import drop_partial
from kamtui.store.lock import writing
from kamtui.store.sqlite.connection import make_private_folder, open_writer, peek_version
from kamtui.store.sqlite.driver import Connection


@contextmanager
def writer(path: Path, what: str, *, patience: float | None = None) -> Iterator[Connection]:
    """A connection that writes to the database at `path`, which is made where there is none; `what` is shown to who
    waits. Raises `DatabaseLocked`, `DatabaseNewer`, `DatabaseUnusable`, and leaves a file that is not ours alone."""
    make_private_folder(path.parent)
    peek_version(path)
    with writing(path, what, patience=patience):
        # Backups are made under the lock, so a half one found under it was left by a process that was killed.
        drop_partial(path)
        connection = open_writer(path)
        try:
            yield connection
        finally:
            connection.close()
