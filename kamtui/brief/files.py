"""A document on disk: whole or not at all, and for its owner's eyes alone."""

import fcntl
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kamtui.domain.errors import BadFile
from kamtui.language import gettext as _

_LONGEST_NAME = 120  # bytes, where a file system has 255, so that a temporary name and a copy's find room


def write_document(path: Path, content: bytes) -> None:
    """Writes a file by way of a temporary one beside it. Raises `BadFile`; then what was there is as it was.

    A symbolic link is not followed: who made it may mean another file than the person who writes.
    """
    try:
        _refuse_what_is_no_file(path)
    except (OSError, ValueError) as error:
        # Too long a name, a NUL in it, a folder that may not be looked into.
        raise _unwritable(path, error) from error
    # Named after the target, so that the next write of it finds what a killed one left; of one length, since the
    # target's own name may be as long as a name can be.
    prefix = f".kamtui-{sha256(os.fsencode(path.name)).hexdigest()[:16]}-"
    _drop_stale(path.parent, prefix)
    partial: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=prefix)  # 0600, O_EXCL, O_NOFOLLOW
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            _lock(descriptor)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
            partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_symlink():
        raise BadFile(
            _("{path} is a link to another file. Nothing was written; name a file of its own.").format(path=path)
        )
    if path.is_dir():
        raise BadFile(_("{path} is a folder. Nothing was written; name a file in it.").format(path=path))
    if path.exists() and not path.is_file():
        raise BadFile(_("{path} is not a plain file. Nothing was written; name another.").format(path=path))


def _unwritable(path: Path, error: Exception) -> BadFile:
    why = error.strerror or error if isinstance(error, OSError) else error
    return BadFile(
        _("{path}: it cannot be written ({why}). Nothing was written; choose another place.").format(path=path, why=why)
    )


def _drop_stale(folder: Path, prefix: str) -> None:
    """Removes the temporary files of writers that were killed. A living one holds a lock on its own, and what is not
    ours to remove stays."""
    for left in folder.glob(f"{prefix}*"):
        with suppress(OSError):
            descriptor = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if _lock(descriptor):
                    left.unlink()
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Marks a temporary file as in use until it is closed; False where another writer, or the file system, says no."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def safe_name(title: str, ending: str) -> str:
    """A file name of a title: its letters and digits in any script, no path, no leading point or dash, none of the names
    that a file system keeps for itself. `ending` holds what follows, `-brief.md`."""
    kept = "".join(character if character.isalnum() else " " for character in title)
    name = "-".join(kept.split())
    while len(os.fsencode(name)) > _LONGEST_NAME:
        name = name[:-1]
    return (name or "account") + ending
