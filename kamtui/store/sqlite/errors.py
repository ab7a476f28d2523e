"""SQLite's errors as sentences: what happened, what was kept, what to do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kamtui.domain.errors import (
    BadInput,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseUnusable,
    KamtuiError,
    Refused,
)
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.sqlite.driver import DatabaseError, Error, IntegrityError

# What the triggers say (db/migrations), and what it means to a person.
RULES = {
    "a person has one manager at a time": mark("A person has one manager at a time. Nothing was changed."),
    "reporting lines cannot form a loop": mark("Reporting lines cannot form a loop. Nothing was changed."),
    "a manager must be of the same account family": mark(
        "A manager must be of the same account or its group. Nothing was changed."
    ),
    "accounts cannot form a loop": mark(
        "An account cannot be a part of itself, nor of one below it. Nothing was changed."
    ),
    "the move would leave reporting lines between two account families": mark(
        "The move would leave reporting lines, now or earlier, between two account families. Nothing was changed; `kamtui person move NAME --top --from DAY` takes a line away from the day it began."
    ),
    "a need is captured as what it is; it is converted afterwards": mark(
        "A need is captured as what it is, and converted afterwards. Nothing was changed."
    ),
    "a need becomes explicit by a conversion that holds person, date and words": mark(
        "An implicit need becomes explicit only by a conversion: who said it, when, in which words. Nothing was changed."
    ),
    "an explicit need does not become implicit again": mark(
        "An explicit need does not become implicit again. Nothing was changed."
    ),
    "the original words of a need do not change; a correction stands beside them": mark(
        "The original words of a need stay as they are. Add a correction instead; nothing was changed."
    ),
    "a need is converted once": mark("A need is converted once, from implicit to explicit. Nothing was changed."),
    "what happened to a need stays with it": mark("What happened to a need stays with it. Nothing was changed."),
    "an obligation that counts from completion has one open occurrence at a time": mark(
        "An obligation that counts from completion has one open occurrence at a time. Nothing was changed."
    ),
    "a decision about a stage stays as it was made": mark(
        "A decision about a stage stays as it was made. Decide anew instead; nothing was changed."
    ),
    "writing needs a unit of work": mark(
        "The database is written through kamtui alone, so that everything can be undone. Nothing was changed."
    ),
    "UNIQUE constraint failed": mark("The same record is there already ({detail}). Nothing was changed."),
    "FOREIGN KEY constraint failed": mark("Other records still point to it. Nothing was changed."),
    "CHECK constraint failed": mark("A value is not allowed there ({detail}). Nothing was changed."),
    "NOT NULL constraint failed": mark("A value is missing ({detail}). Nothing was changed."),
}


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turns what SQLite raises inside into a sentence about the database at `path`."""
    try:
        yield
    except Error as error:
        raise translate(error, path) from error
    except UnicodeEncodeError as error:
        raise BadInput(_("The text holds half of a character (a lone surrogate). Nothing was saved.")) from error


def translate(error: Error, path: Path) -> KamtuiError:
    """The sentence for an error of SQLite."""
    words = str(error)
    if isinstance(error, IntegrityError):
        for start, sentence in RULES.items():
            if words.startswith(start):
                return Refused(_(sentence).format(detail=words.partition(": ")[2]))
        return Refused(_("The database refuses this: {why}. Nothing was changed.").format(why=words))
    if "no such module: fts5" in words:
        return DatabaseUnusable(
            _("The SQLite of this Python has no full-text search (FTS5), which kamtui needs. Nothing was touched.")
        )
    if "locked" in words or "busy" in words:
        return DatabaseLocked(
            _("{path}: another program is using the database. Nothing was changed; try again when it is done.").format(
                path=path
            )
        )
    if "full" in words or "disk I/O error" in words:
        return DatabaseUnusable(
            _(
                "{path}: there is no space left on the disk, or it fails. Nothing of this step was kept, all that was "
                "saved before is; free about {need} MB and try again."
            ).format(path=path, need=space_needed(path))
        )
    if "readonly" in words or "unable to open" in words:
        return not_writable(path)
    if isinstance(error, DatabaseError) and ("malformed" in words or "not a database" in words or "corrupt" in words):
        return damaged(path)
    return DatabaseUnusable(_("{path}: the database cannot be used ({why}).").format(path=path, why=words))


def damaged(path: Path) -> DatabaseDamaged:
    """What is said of a file that SQLite cannot read."""
    return DatabaseDamaged(
        _(
            "{path}: this file is damaged or is no kamtui database. It was not touched; `kamtui backup list` "
            "shows the backups, `kamtui backup restore` puts one in its place."
        ).format(path=path)
    )


def not_writable(path: Path) -> DatabaseUnusable:
    """What is said where a database cannot be written; even reading needs its folder to be writable."""
    if path.exists() and not os.access(path, os.R_OK):
        return DatabaseUnusable(
            _("{path}: the database belongs to somebody else and cannot be read. Nothing was changed.").format(
                path=path
            )
        )
    return DatabaseUnusable(
        _(
            "{path}: the database, or the folder it is in, cannot be written. Nothing was changed; "
            "copy it to a folder of yours and open the copy with --db."
        ).format(path=path)
    )


def space_needed(path: Path) -> int:
    """Megabytes that a write may need: as much again as the database has, and one more."""
    try:
        return path.stat().st_size // 1_000_000 + 1
    except OSError:
        return 1
