"""A document on disk: whole or not at all, and for its owner's eyes alone."""

import os
import tempfile
from pathlib import Path

from kamtui.domain.errors import BadFile
from kamtui.language import gettext as _


def write_document(path: Path, content: bytes) -> None:
    """Writes a file by way of a temporary one beside it. Raises `BadFile`; then what was there is as it was.

    A symbolic link is not followed: who made it may mean another file than the person who writes.
    """
    if path.is_symlink():
        raise BadFile(
            _("{path} is a link to another file. Nothing was written; name a file of its own.").format(path=path)
        )
    if path.is_dir():
        raise BadFile(_("{path} is a folder. Nothing was written; name a file in it.").format(path=path))
    if path.exists() and not path.is_file():
        raise BadFile(_("{path} is not a plain file. Nothing was written; name another.").format(path=path))
    partial: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".kamtui-")
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise BadFile(
            _("{path}: it cannot be written ({why}). Nothing was written; choose another place.").format(
                path=path, why=error.strerror or error
            )
        ) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
