"""The days to come: planned touches and reviews, tasks, obligations of both sides, and the dates that one must not miss."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.enums import Side
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

DAYS = 14


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Something of a day: a planned `touch` or `review`, a `task`, an `obligation` (of `side`), or a key date: a
    `contract` that ends, a `return` due, a `need` by then, a complaint (`issue`) put off until then."""

    on: date
    time: str | None
    kind: str
    id: int
    account_id: int | None
    account: str | None
    side: Side | None
    what: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with all that is on it, in order."""

    on: date
    rows: tuple[WeekRow, ...]


# Reviews, and the dates that one must not miss: few, while tasks and obligations are many.
_DATES = """
    SELECT on_date AS "on", NULL AS time, 'review' AS kind, id, account_id, NULL AS side, kind AS what, 2 AS place
    FROM review WHERE status = 'planned' AND on_date BETWEEN :today AND :until AND archived_at IS NULL
    UNION ALL
    SELECT next_on, NULL, 'review', id, account_id, NULL, kind, 2 FROM review AS r
    WHERE status = 'held' AND next_on BETWEEN :today AND :until AND archived_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM review AS p WHERE p.account_id = r.account_id AND p.kind = r.kind AND p.on_date = r.next_on)
    UNION ALL
    SELECT ends_on, NULL, 'contract', id, account_id, NULL, what, 5 FROM contract
    WHERE signed_on IS NOT NULL AND ends_on BETWEEN :today AND :until AND archived_at IS NULL
    UNION ALL
    SELECT r.due, NULL, 'return', r.id, c.account_id, NULL, r.measure, 6
    FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id
    WHERE r.status = 'promised' AND r.due BETWEEN :today AND :until
    UNION ALL
    SELECT need_by, NULL, 'need', id, account_id, NULL, verbatim, 7 FROM need
    WHERE need_by BETWEEN :today AND :until AND state NOT IN ('satisfied', 'declined', 'lost', 'obsolete')
      AND archived_at IS NULL
    UNION ALL
    SELECT deferred_until, NULL, 'issue', id, account_id, NULL, words, 8 FROM issue
    WHERE status = 'deferred' AND deferred_until BETWEEN :today AND :until AND archived_at IS NULL
"""
_PROMISES = """
    SELECT touch.on_date AS "on", touch.at_time AS time, 'touch' AS kind, touch.id, touch.account_id, NULL AS side,
           touch.kind || coalesce(': ' || touch.purpose, '') AS what, 1 AS place
    FROM interaction AS touch WHERE touch.status = 'planned' AND touch.on_date BETWEEN :today AND :until
    UNION ALL
    SELECT due, NULL, 'task', id, account_id, NULL, what, 4 FROM task
    WHERE status = 'open' AND due BETWEEN :today AND :until AND (snoozed_until IS NULL OR snoozed_until <= due)
    UNION ALL
    SELECT c.due, NULL, 'obligation', o.id, o.account_id, o.side,
           o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END, 3
    FROM occurrence AS c JOIN obligation AS o ON o.id = c.obligation_id
    WHERE c.status = 'open' AND c.due BETWEEN :today AND :until
"""


def list_dates(
    connection: Connection, today: date, *, days: int = DAYS, account_id: int | None = None
) -> list[WeekRow]:
    """Reviews and key dates of the days from today on: what contracts, returns, needs and complaints come to."""
    return _list(connection, _DATES, today, days, account_id)


def list_week(connection: Connection, today: date, *, days: int = DAYS, account_id: int | None = None) -> list[Day]:
    """The days from today on that have anything on them, over all accounts that are not archived or of one."""
    rows = _list(connection, f"{_PROMISES} UNION ALL {_DATES}", today, days, account_id)
    by_day: dict[date, list[WeekRow]] = {}
    for row in rows:
        by_day.setdefault(row.on, []).append(row)
    return [Day(day, tuple(found)) for day, found in by_day.items()]


def _list(connection: Connection, rows: str, today: date, days: int, account_id: int | None) -> list[WeekRow]:
    return fetch(
        connection,
        WeekRow,
        f"""SELECT r."on", r.time, r.kind, r.id, r.account_id, a.name AS account, r.side, r.what
            FROM ({rows}) AS r LEFT JOIN account AS a ON a.id = r.account_id
            WHERE a.archived_at IS NULL AND (:account IS NULL OR r.account_id = :account)
            ORDER BY r."on", r.place, r.time IS NULL, r.time, a.name, r.id""",
        {
            "today": today.isoformat(),
            "until": (today + timedelta(days=days - 1)).isoformat(),
            "account": account_id,
        },
    )
