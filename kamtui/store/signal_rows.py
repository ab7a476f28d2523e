"""Findings as the store keeps them, and what is to be asked again on a day."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import Tier
from kamtui.domain.signals.model import Code, Evidence, Finding, Resting, Snooze, Subject, Turns
from kamtui.domain.triage import Severity
from kamtui.store.reads.conditions import DUE
from kamtui.store.sqlite.driver import Connection

if TYPE_CHECKING:
    from kamtui.domain.signals.book import BookRow
    from kamtui.domain.signals.facts import AccountFacts
    from kamtui.domain.signals.money import Year
    from kamtui.domain.signals.registry import Thresholds

# The signals that look at all accounts at once; the index on them says the same, to the letter.
OF_BOOK = frozenset({Code.THIN_PROFIT, Code.PROMOTION})
BOOK_CODES = "code IN ('thin_profit', 'promotion')"
CONTENT = ("code", "aspect", "subject", "subject_id", "gap_on", "info_on", "warn_on", "critical_on", "said", "evidence")
Snoozes = Mapping[Resting, Snooze]


def due_accounts(connection: Connection, day: date, limit: int = -1) -> list[int]:
    """The accounts of which the stored findings do not hold on a day: nothing was asked, something has changed since, or
    they were asked for a later day."""
    rows = connection.execute(f"SELECT a.id {DUE} LIMIT :limit", {"day": day.isoformat(), "limit": limit})
    return [account_id for (account_id,) in rows]


def count_due(connection: Connection, day: date) -> int:
    """How many accounts are to be asked again."""
    return int(connection.execute(f"SELECT count(*) {DUE}", {"day": day.isoformat()}).fetchone()[0])


def read_limits(connection: Connection) -> "Thresholds":
    """What the signals measure by, as it is set."""
    from kamtui.domain.settings import thresholds_of

    stored = connection.execute("SELECT key, value FROM setting").fetchall()
    return thresholds_of({key: json.loads(value) for key, value in stored})


def read_snoozes(connection: Connection, account_ids: Sequence[int] | None = None) -> dict[int, dict[Resting, Snooze]]:
    """What was put off, by account; of all accounts, or of some."""
    found: dict[int, dict[Resting, Snooze]] = {}
    where = "" if account_ids is None else "WHERE account_id IN (SELECT value FROM json_each(:ids))"
    for account_id, code, aspect, subject, subject_id, until, severity in connection.execute(
        f"SELECT account_id, code, aspect, subject, subject_id, snoozed_until, severity FROM signal_state {where}",
        {} if account_ids is None else {"ids": json.dumps(list(account_ids))},
    ):
        snooze = Snooze(date.fromisoformat(until), Severity(severity))
        found.setdefault(account_id, {})[(Code(code), aspect, subject, subject_id)] = snooze
    return found


def stored_book(connection: Connection, account_ids: Sequence[int] | None = None) -> "dict[int, BookRow]":
    """The figures of all accounts that were asked, or of some, as they are stored."""
    from kamtui.domain.signals.book import BookRow

    own = "" if account_ids is None else "AND account_id IN (SELECT value FROM json_each(:ids))"
    return {
        row[0]: BookRow(
            row[0],
            _TIERS[row[1]],
            row[2],
            row[3],
            row[4],
            row[5],
            row[6],
            date.fromisoformat(row[7]),
            bool(row[8]),
            row[9],
        )
        for row in connection.execute(
            f"""SELECT account_id, tier, potential, currency, revenue, contribution, before, since, mixed, past
                FROM account_signals
                WHERE since IS NOT NULL {own}""",
            {} if account_ids is None else {"ids": json.dumps(list(account_ids))},
        )
    }


def book_row(facts: "AccountFacts", year: "Year", day: date) -> "BookRow":
    """The figures of an account for the book; an archived one counts in it, and is quiet."""
    from kamtui.domain.signals.book import BookRow, past_of

    return BookRow(
        facts.id,
        None if facts.archived else facts.tier,
        facts.potential,
        year.currency,
        year.revenue,
        year.contribution,
        year.before,
        facts.sorted_on,
        year.orders > 0 and year.revenue is None,
        past_of(facts, day),
    )


def as_cells(finding: Finding) -> tuple[Any, ...]:
    """A finding as its `CONTENT` is stored."""
    turns = finding.turns
    return (
        str(finding.code),
        finding.aspect,
        finding.subject.entity,
        finding.subject.id,
        *(None if day is None else day.isoformat() for day in (turns.gap, turns.info, turns.warn, turns.critical)),
        _encode(dict(finding.values)),
        _encode([[one.entity, one.id, one.on and one.on.isoformat()] for one in finding.evidence]),
    )


def from_cells(cells: Sequence[Any]) -> Finding:
    """A finding from what is stored of it."""
    code, aspect, subject, subject_id, gap, info, warn, critical, said, evidence = cells
    return Finding(
        _CODES[code],
        aspect,
        Subject(subject, subject_id),
        Turns(*(None if day is None else date.fromisoformat(day) for day in (gap, info, warn, critical))),
        tuple(json.loads(said).items()),
        tuple(Evidence(entity, row_id, on and date.fromisoformat(on)) for entity, row_id, on in json.loads(evidence)),
    )


def stored_findings(
    connection: Connection, account_ids: Iterable[int], *, until: date | None = None
) -> dict[int, list[Finding]]:
    """The stored findings of some accounts; with `until` only those that have turned into more than a gap by then."""
    found: dict[int, list[Finding]] = {}
    for account_id, *cells in connection.execute(
        f"""SELECT account_id, {", ".join(CONTENT)} FROM signal_finding
            WHERE account_id IN (SELECT value FROM json_each(:ids)) AND (:until IS NULL OR opens_on <= :until)
            ORDER BY id""",
        {"ids": json.dumps(list(account_ids)), "until": until and until.isoformat()},
    ):
        found.setdefault(account_id, []).append(from_cells(cells))
    return found


def stored_of_book(connection: Connection) -> dict[int, Counter[tuple[Any, ...]]]:
    """The cells of what the signals of the book found, by account."""
    found: dict[int, Counter[tuple[Any, ...]]] = {}
    for account_id, *cells in connection.execute(
        f"SELECT account_id, {', '.join(CONTENT)} FROM signal_finding WHERE {BOOK_CODES}"
    ):
        found.setdefault(account_id, Counter())[tuple(cells)] += 1
    return found


def moved_by_book(connection: Connection, of_book: Mapping[int, Sequence[Finding]]) -> list[int]:
    """The accounts of which the book says something else than what is stored."""
    there = stored_of_book(connection)
    wanted = {account_id: Counter(map(as_cells, findings)) for account_id, findings in of_book.items()}
    return sorted(one for one in there.keys() | wanted.keys() if there.get(one) != wanted.get(one))


_CODES = {str(code): code for code in Code}
_TIERS: dict[str | None, Tier | None] = {None: None, **{str(tier): tier for tier in Tier}}
# Made once: `json.dumps` makes one each time where it is asked for anything but its defaults.
_encode = json.JSONEncoder(ensure_ascii=False).encode
