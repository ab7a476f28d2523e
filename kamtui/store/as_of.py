"""The database as it stood on a day: what was recorded by then, in a copy in memory. The source is only read."""

from contextlib import closing
from datetime import date

from kamtui.domain.errors import Refused
from kamtui.language import gettext as _
from kamtui.store.sqlite.changelog import take_back
from kamtui.store.sqlite.driver import Connection, connect

# The oldest schema whose rows fit today's tables: the migrations since only added tables, and columns that may be empty.
OLDEST_SCHEMA = 1


def as_of(connection: Connection, day: date) -> Connection:
    """A copy of the database with every change taken back that came after the last undo point of `day` or before.

    The order is that of the log and not of the clock: the log is a sequence, and everything in it counts up to the
    newest point that is dated on or before `day`. A point that was dated back (`--today`, a clock set back) so brings
    along what was recorded before it, whatever day that is dated; what was recorded after it and is dated later does
    not count. To take points out of the middle would show a state that the database never had. Search rows and findings
    are not carried along. What was purged is gone from all days. The caller closes the copy. Raises `Refused` where the
    schema of then does not fit today's tables, or nothing was recorded by then.
    """
    cut = connection.execute("SELECT max(id) FROM point WHERE day <= ?", (day.isoformat(),)).fetchone()[0]
    if cut is None:
        (first,) = connection.execute("SELECT min(day) FROM point").fetchone()
        raise Refused(
            _("Nothing was recorded by {day}; this database begins on {first}.").format(
                day=day, first=first or _("never")
            )
        )
    barrier = connection.execute(
        """SELECT day FROM point WHERE kind = 'barrier' AND id > :cut AND schema_version >= :oldest
             AND (SELECT schema_version FROM point WHERE id = :cut) < :oldest ORDER BY id LIMIT 1""",
        {"cut": cut, "oldest": OLDEST_SCHEMA},
    ).fetchone()
    if barrier:
        raise Refused(
            _(
                "The database was brought to a newer version on {barrier}; how it stood on {day}, before that, "
                "cannot be told. {barrier} is the earliest day."
            ).format(barrier=barrier[0], day=day)
        )
    copy = connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        connection.backup(copy)
        _rewind(copy, cut)
    except BaseException:
        copy.close()
        raise
    return copy


def _rewind(copy: Connection, cut: int) -> None:
    copy.execute("PRAGMA trusted_schema = OFF")
    # The log holds what cascades did too, so rows go back one by one, without keys, rules or a log of their own.
    copy.execute("PRAGMA foreign_keys = OFF")
    copy.execute("BEGIN")
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f'DROP TRIGGER "{name}"')
    with closing(copy.cursor()) as changes:
        changes.execute("SELECT op, entity, row_id, before FROM change WHERE point_id > ? ORDER BY id DESC", (cut,))
        take_back(copy, changes)
    copy.execute("DELETE FROM change WHERE point_id > ?", (cut,))
    copy.execute("UPDATE point SET undone_by_id = NULL WHERE undone_by_id > ?", (cut,))
    copy.execute("DELETE FROM point WHERE id > ?", (cut,))
    # Made anew, empty: to take the rows out one by one takes as long as all the rest.
    (search,) = copy.execute("SELECT sql FROM sqlite_master WHERE name = 'search_text'").fetchone()
    copy.execute("DROP TABLE search_text")
    copy.execute(search)
    copy.execute("DELETE FROM search_row")
    # What signals find is asked anew, in memory, by who wants to know it.
    for table in ("account_signals", "signal_finding"):
        copy.execute(f"DELETE FROM {table}")
    copy.execute("COMMIT")
    copy.execute("PRAGMA query_only = ON")
