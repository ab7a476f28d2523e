"""The one error voice: what happened, where, what was kept, what to do next. Never a traceback to a person."""

import errno
from collections.abc import Sequence

from kamtui.language import gettext as _
from kamtui.language import mark

_WHY = {
    errno.ENOENT: mark("it is not there, or a folder on the way to it is not"),
    errno.ENOTDIR: mark("what it should lie in is no folder"),
    errno.EISDIR: mark("it is a folder"),
    errno.EACCES: mark("that is not allowed to you"),
    errno.EPERM: mark("that is not allowed to you"),
    errno.EROFS: mark("nothing can be written there"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("your share of the disk is full"),
    errno.ENAMETOOLONG: mark("its name is too long"),
    errno.EIO: mark("the disk does not answer as it should"),
}


def why_not(error: Exception) -> str:
    """Why the system refused something, in the language of this process where it is one of the common reasons."""
    if not isinstance(error, OSError):
        return str(error)
    known = _WHY.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


class KamtuiError(Exception):
    """A sentence for the person at the keyboard.

    `code` names the kind of error for programs (`--json`), `exit_code` is that of the command line's contract.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class Refused(KamtuiError):
    """A rule of the business says no. The sentence names the rule; nothing was changed."""

    code = "refused"


class NotFound(KamtuiError):
    """Nothing goes by that name or number."""

    code = "not_found"


class Ambiguous(KamtuiError):
    """More than one record goes by that name; `matches` lists them as (id, label)."""

    code = "ambiguous"

    def __init__(self, message: str, matches: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(message)
        self.matches = tuple(matches)


class BadInput(KamtuiError):
    """A value cannot be read as what it should be; `field` names where it stood."""

    code = "bad_input"
    exit_code = 2

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class BadFile(KamtuiError):
    """A file cannot be used at all. Nothing of it was taken."""

    code = "bad_file"


class DatabaseUnusable(KamtuiError):
    """The database can't be used: missing, locked, newer, damaged, read-only, or there is no space."""

    code = "database"
    exit_code = 4


class DatabaseMissing(DatabaseUnusable):
    """There is no database yet where one was looked for."""

    code = "database_missing"


class DatabaseDamaged(DatabaseUnusable):
    """What stands there cannot be read, or is no database of kamtui's."""

    code = "database_damaged"


class DatabaseLocked(DatabaseUnusable):
    """Another program has been writing for longer than we wait."""

    code = "database_locked"


class DatabaseNewer(DatabaseUnusable):
    """The database was written by a newer kamtui, and was not touched."""

    code = "database_newer"
