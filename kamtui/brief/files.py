"""A document on disk: whole or not at all, and for its owner's eyes alone."""

import fcntl
import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kamtui.domain.errors import BadFile, why_not
from kamtui.language import gettext as _

_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"}
)
_LONGEST_NAME = 120  # bytes, where a file system has 255, so that a temporary name and a copy's find room


def write_document(path: Path, content: bytes, *, over: bool = True) -> None:
    """Writes a file by way of a temporary one beside it. Raises `BadFile`; then what was there is as it was.

    A symbolic link is not followed: who made it may mean another file than the person who writes. Without `over` a file
    that is there stays, also one that came there a moment ago.
    """
    try:
        _refuse_what_is_no_file(path)
    except (OSError, ValueError) as error:
        # Too long a name, a NUL in it, a folder that may not be looked into.
        raise _unwritable(path, error) from error
    if not over and path.exists():
        raise _is_there(path)
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
            if over:
                partial.replace(path)
            else:
                _put_new(partial, path)
        _sync_folder(path.parent)
    except FileExistsError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise _is_there(path) from error
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
    return BadFile(
        _("{path}: it cannot be written ({why}). Nothing was written; choose another place.").format(
            path=path, why=why_not(error)
        )
    )


def _is_there(path: Path) -> BadFile:
    return BadFile(
        _("{path} is there already. It was left as it is; --force writes over it.").format(path=path.absolute())
    )


def _put_new(partial: Path, path: Path) -> None:
    """Gives a temporary file its name unless the name is taken (`FileExistsError`): a link is made or not, in one step."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links. The name was free a moment ago.
        if path.exists():
            raise FileExistsError from None
        partial.replace(path)
        return
    partial.unlink()


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
    that a file system keeps for itself. `ending` holds what follows, `-brief.md`.

    It is made of composed characters, so that systems that write é in two agree on what it is.
    """
    kept = "".join(
        character if character.isalnum() or unicodedata.combining(character) else " "
        for character in unicodedata.normalize("NFC", title)
    )
    name = "-".join(kept.split())
    while len(os.fsencode(name)) > _LONGEST_NAME:
        name = name[:-1]
    name = name.strip("-") or "account"
    # Windows takes CON.pdf for the console, whatever its ending.
    return f"{name}-{ending}" if (name + ending).partition(".")[0].upper() in _DEVICES else name + ending


def safe_names(titles: Mapping[int, str], ending: str) -> dict[int, str]:
    """A file name for each title by its number: where two would be one on some system, with the number in them."""
    plain = {number: safe_name(title, ending) for number, title in titles.items()}
    counts = Counter(name.casefold() for name in plain.values())
    taken = set(counts)
    names = {}
    for number, name in plain.items():
        if counts[name.casefold()] > 1:
            names[number] = _untaken(safe_name(titles[number], f"-{number}{ending}"), taken)
            taken.add(names[number].casefold())
        else:
            names[number] = name
    return names


def _untaken(name: str, taken: Container[str]) -> str:
    """`name`, with a sign before it where another account is called what this one's file would be."""
    while name.casefold() in taken:
        name = f"_{name}"
    return name
