"""What signals find, kept with the days on which it turns: refreshed by each unit of work for the accounts it touched, and
for those that are due when the date turns. Derived: all of it can be made anew.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kamtui.domain.signals.book import BookRow, survey_book
from kamtui.domain.signals.model import Finding, Turns, worst_turns
from kamtui.domain.signals.registry import Thresholds
from kamtui.domain.signals.survey import Survey, survey
from kamtui.domain.signals.texts import PROMISED
from kamtui.store.reads.conditions import TURNED
from kamtui.store.signal_facts import load_facts
from kamtui.store.signal_rows import (
    BOOK_CODES,
    CONTENT,
    Snoozes,
    as_cells,
    book_row,
    due_accounts,
    moved_by_book,
    read_limits,
    read_snoozes,
    stored_book,
    stored_findings,
)
from kamtui.store.sqlite.changelog import columns
from kamtui.store.sqlite.driver import Connection

# More accounts than that in one unit of work (an import, a merge of books) are asked afterwards: a read that comes first
# asks them in memory.
AT_ONCE = 50


def refresh_signals(connection: Connection, point_id: int, day: date) -> None:
    """Brings the signals up to date with what was changed under a point."""
    touched, measures = _touched(connection, point_id)
    if measures:
        connection.execute("UPDATE account_signals SET computed_on = NULL")
    if len(touched) > AT_ONCE:
        connection.executemany(
            "UPDATE account_signals SET computed_on = NULL WHERE account_id = ?", [(one,) for one in touched]
        )
    elif touched:
        refresh_accounts(connection, sorted(touched), day)
    if measures or len(touched) > AT_ONCE:
        _write_book(connection, read_limits(connection), day)


def refresh_due(connection: Connection, day: date, limit: int) -> int:
    """Asks some of the accounts that are due on a day; returns how many. What has only turned meanwhile is noticed."""
    ids = due_accounts(connection, day, limit)
    if ids:
        refresh_accounts(connection, ids, day)
    _notice_turned(connection, day)
    return len(ids)


def rebuild_signals(connection: Connection, day: date) -> None:
    """Makes all findings anew. What opened and closed, and the health of past months, stays as it was noticed."""
    connection.execute("DELETE FROM account_signals")
    connection.execute("DELETE FROM signal_finding WHERE account_id NOT IN (SELECT id FROM account)")
    while refresh_due(connection, day, AT_ONCE):
        pass


def refresh_accounts(connection: Connection, account_ids: Sequence[int], day: date) -> None:
    """Asks all signals of some accounts, and those of the book where their figures have changed or one of them is gone."""
    limits, snoozes = read_limits(connection), read_snoozes(connection, account_ids)
    before = stored_book(connection, account_ids)
    facts = load_facts(connection, account_ids, day)
    changed = len(facts) < len(account_ids)
    for account_id, account in facts.items():
        found = survey(account, day, limits)
        row = book_row(account, found.year, day)
        changed = changed or row != before.get(account_id)
        _write_findings(connection, account_id, found.findings, day, f"NOT {BOOK_CODES}")
        _write_account(connection, row, found, day)
    if changed:
        _write_book(connection, limits, day)
    for account_id in facts:
        _write_turns(connection, account_id, snoozes.get(account_id, {}))


def _write_account(connection: Connection, row: BookRow, found: Survey, day: date) -> None:
    connection.execute(
        """INSERT INTO account_signals (account_id, computed_on, until, tier, potential, currency, revenue, contribution,
                                        before, since, mixed, past) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (account_id) DO UPDATE SET computed_on = excluded.computed_on, until = excluded.until,
               tier = excluded.tier, potential = excluded.potential, currency = excluded.currency,
               revenue = excluded.revenue, contribution = excluded.contribution, before = excluded.before,
               since = excluded.since, mixed = excluded.mixed, past = excluded.past""",
        (
            row.account_id,
            day.isoformat(),
            found.until and found.until.isoformat(),
            row.tier,
            row.potential,
            row.currency,
            row.revenue,
            row.contribution,
            row.before,
            row.since.isoformat(),
            row.mixed,
            row.past,
        ),
    )


def _write_book(connection: Connection, limits: Thresholds, day: date) -> None:
    """Asks the signals of the book, and writes what is different."""
    found = survey_book(list(stored_book(connection).values()), limits)
    moved = moved_by_book(connection, found)
    if not moved:
        return
    snoozes = read_snoozes(connection, moved)
    for account_id in moved:
        _write_findings(connection, account_id, found.get(account_id, ()), day, BOOK_CODES)
        _write_turns(connection, account_id, snoozes.get(account_id, {}))


def _write_findings(
    connection: Connection, account_id: int, findings: Iterable[Finding], day: date, which: str
) -> None:
    """Makes the stored findings of an account (those that `which` names) these. What opened or closed is noted."""
    there = connection.execute(
        f"SELECT id, is_open, {', '.join(CONTENT)} FROM signal_finding WHERE account_id = ? AND {which}", (account_id,)
    ).fetchall()
    wanted = Counter(as_cells(finding) for finding in findings)
    was_open = {cells[:4] for _id, is_open, *rest in there if is_open for cells in [tuple(rest)]}
    gone = []
    for row_id, _is_open, *rest in there:
        cells = tuple(rest)
        if wanted[cells] > 0:
            wanted[cells] -= 1
        else:
            gone.append(row_id)
    new = list(wanted.elements())
    connection.executemany("DELETE FROM signal_finding WHERE id = ?", [(row_id,) for row_id in gone])
    connection.executemany(
        f"""INSERT INTO signal_finding (account_id, {", ".join(CONTENT)}, opens_on, is_open)
            VALUES (?, {", ".join("?" * len(CONTENT))}, ?, ?)""",
        [(account_id, *cells, _opens_on(cells), int(cells[:4] in was_open)) for cells in new],
    )
    _note_events(connection, account_id, day, was_open, which)


def _opens_on(cells: Sequence[Any]) -> str | None:
    return min((day for day in cells[5:8] if day is not None), default=None)


def _note_events(
    connection: Connection, account_id: int, day: date, was_open: set[tuple[Any, ...]], which: str
) -> None:
    """Appends what speaks now and did not, and what spoke and does no more."""
    today = day.isoformat()
    speaking = {
        (code, aspect, subject, subject_id): (opens_on, severity)
        for code, aspect, subject, subject_id, opens_on, severity in connection.execute(
            f"""SELECT code, aspect, subject, subject_id, opens_on, {_SEVERITY} FROM signal_finding
                WHERE account_id = :account AND opens_on <= :day AND {which}""",
            {"account": account_id, "day": today},
        )
    }
    opened = [
        (account_id, today, "opened", *key, severity)
        for key, (_opens_on_day, severity) in speaking.items()
        if key not in was_open
    ]
    closed = [(account_id, today, "closed", *key, None) for key in was_open - speaking.keys()]
    if opened or closed:
        _append(connection, [*closed, *opened])
        connection.execute(
            f"UPDATE signal_finding SET is_open = coalesce(opens_on <= ?, 0) WHERE account_id = ? AND {which}",
            (today, account_id),
        )


def has_turned(connection: Connection, day: date) -> bool:
    """Whether something has turned into more than a gap that was not noticed yet."""
    (turned,) = connection.execute(f"SELECT EXISTS (SELECT 1 {TURNED})", {"day": day.isoformat()}).fetchone()
    return bool(turned)


def _notice_turned(connection: Connection, day: date) -> None:
    """Appends what has turned into more than a gap since it was asked, dated on the day it turned."""
    turned = connection.execute(
        f"""SELECT account_id, opens_on, 'opened', code, aspect, subject, subject_id, {_SEVERITY}
            {TURNED} ORDER BY opens_on, id""",
        {"day": day.isoformat()},
    ).fetchall()
    if turned:
        _append(connection, turned)
        connection.execute(
            "UPDATE signal_finding SET is_open = 1 WHERE is_open = 0 AND opens_on <= ?", (day.isoformat(),)
        )


_SEVERITY = "CASE WHEN critical_on <= :day THEN 'critical' WHEN warn_on <= :day THEN 'warn' ELSE 'info' END"


def _append(connection: Connection, events: Iterable[tuple[Any, ...]]) -> None:
    connection.executemany(
        """INSERT INTO signal_event (account_id, on_day, what, code, aspect, subject, subject_id, severity)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        events,
    )


def turns_of(findings: Iterable[Finding], snoozes: Snoozes) -> Turns:
    """The first days on which an account is a gap, an info, a warning, critical in the queue. What stands among the
    promises already is not said twice."""
    return worst_turns(finding.heard(snoozes) for finding in findings if finding.aspect not in PROMISED)


def _write_turns(connection: Connection, account_id: int, snoozes: Snoozes) -> None:
    if snoozes:
        turns = turns_of(stored_findings(connection, [account_id]).get(account_id, ()), snoozes)
        days: Sequence[str | None] = [
            None if day is None else day.isoformat() for day in (turns.gap, turns.info, turns.warn, turns.critical)
        ]
    else:
        days = connection.execute(_TURNS, (account_id,)).fetchone()
    connection.execute(
        "UPDATE account_signals SET gap_on = ?, info_on = ?, warn_on = ?, critical_on = ? WHERE account_id = ?",
        (*days, account_id),
    )


# What `turns_of` says, where nothing was put off.
_TURNS = f"""
    SELECT min(gap_on), min(info_on), min(warn_on), min(critical_on) FROM signal_finding
    WHERE account_id = ? AND aspect NOT IN ({", ".join(f"'{aspect}'" for aspect in sorted(PROMISED))})
"""


def _touched(connection: Connection, point_id: int) -> tuple[set[int], bool]:
    """The accounts whose signals a point may have changed, and whether it changed what signals measure by."""
    # The plus, here and below, keeps SQLite to the rows of the point: by entity there are all that were ever changed.
    found = _ids(
        connection,
        "SELECT DISTINCT account_id FROM change WHERE point_id = :point AND account_id IS NOT NULL",
        point_id,
    )
    tables = [
        entity
        for (entity,) in connection.execute(
            "SELECT DISTINCT entity FROM change WHERE point_id = ?", (point_id,)
        ).fetchall()
    ]
    for table in tables:
        # The log knows where a row was; this is where it is now.
        if "account_id" in columns(connection, table):
            found |= _ids(
                connection,
                f"""SELECT DISTINCT account_id FROM "{table}" WHERE account_id IS NOT NULL AND id IN (
                        SELECT row_id FROM change WHERE point_id = :point AND +entity = '{table}' AND op = 'update')""",
                point_id,
            )
    # A touch counts for each of its people, also those of other accounts.
    if "interaction_person" in tables:
        found |= _ids(connection, _PEOPLE_LINKED, point_id)
    if "interaction" in tables:
        found |= _ids(connection, _PEOPLE_TOUCHED, point_id)
    return found, "setting" in tables


def _ids(connection: Connection, query: str, point_id: int) -> set[int]:
    return {account_id for (account_id,) in connection.execute(query, {"point": point_id})}


_PEOPLE_LINKED = """
    SELECT account_id FROM person WHERE id IN (
        SELECT json_extract(before, '$.person_id') FROM change
        WHERE point_id = :point AND +entity = 'interaction_person' AND before IS NOT NULL
        UNION SELECT i.person_id FROM change JOIN interaction_person AS i ON i.id = change.row_id
        WHERE point_id = :point AND +entity = 'interaction_person')
"""
_PEOPLE_TOUCHED = """
    SELECT p.account_id FROM change JOIN interaction_person AS i ON i.interaction_id = change.row_id
    JOIN person AS p ON p.id = i.person_id WHERE point_id = :point AND +entity = 'interaction'
"""
