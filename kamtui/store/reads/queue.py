"""The queue of today as the app works through it: the whole order at once, the rows as they are seen.

The order is kept while one works (a pass); so rows are read by their keys, also those that are done meanwhile.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from kamtui.domain.enums import Priority, Side, Tier
from kamtui.domain.triage import HIGHEST, TENTHS, Lane, Severity
from kamtui.store.reads.conditions import PROVISIONAL
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.today import DUE_OCCURRENCES, DUE_TASKS, ORDER, UNHELD, score, score_of_task
from kamtui.store.sqlite.driver import Connection


class Grouping(StrEnum):
    """How the queue is parted: by what kind of promise it is, by day, by account."""

    LANES = "lanes"
    DAYS = "days"
    ACCOUNTS = "accounts"


class QueueKey(NamedTuple):
    """Where a row stands: its lane, its day and its account; `kind` and `id` name the record. There are as many as rows
    of the queue, so it is a tuple: a dataclass took three times as long."""

    kind: str
    id: int
    lane: str
    due: str
    account: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of the queue as it is now. `kind` is a `task`, an `occurrence`, or a planned `touch`; `state` is `open`, or
    what became of it since the pass began (`done`, `missed`, `waived`, `dropped`, `held`, `snoozed`, `later`)."""

    kind: str
    id: int
    obligation_id: int | None
    account_id: int | None
    account: str | None
    tier: Tier | None
    provisional: bool
    side: Side | None
    what: str
    due: date
    time: str | None
    priority: Priority | None
    person: str | None
    our_owner: str | None
    their_owner: str | None
    severity: Severity | None
    days_overdue: int
    state: str


_WORDS = " AND ({what} LIKE :w{n} ESCAPE '\\' OR coalesce(a.name, '') LIKE :w{n} ESCAPE '\\')"
_TASKS = f"""
    SELECT 'task' AS kind, task.id AS id, '{{promised}}' AS lane, task.due AS due, coalesce(a.name, '') AS account,
           {score_of_task()} AS score {DUE_TASKS}"""
# Of two tasks of one priority and tier, the one that is due first has the higher score: the index gives the first of each
# such part, and the first of all are among them. At 100k tasks 11 ms; to reckon the score of each 40 ms.
_FIRST_TASKS = " UNION ALL ".join(
    f"SELECT * FROM ({_TASKS} AND task.priority {priority} AND a.tier {tier} ORDER BY due, account, id LIMIT :limit)"
    for priority in (f"= '{HIGHEST}'", f"IS NOT '{HIGHEST}'")
    for tier in (*(f"= '{tier}'" for tier in TENTHS), "IS NULL")
)
_KEYS = f"""
    {{tasks}}
    UNION ALL
    SELECT 'occurrence', occurrence.id, '{{promised}}', occurrence.due, a.name, {score("occurrence.due")}
    {DUE_OCCURRENCES} {{of_occurrence}}
    UNION ALL
    SELECT 'touch', touch.id, '{{promised}}', touch.on_date, a.name, {score("touch.on_date")}
    {UNHELD} {{of_touch}}
"""
_TIMED = """
    SELECT 'touch' AS kind, touch.id, '{timed}' AS lane, touch.on_date AS due, a.name AS account
    FROM interaction AS touch JOIN account AS a ON a.id = touch.account_id
    WHERE touch.status = 'planned' AND touch.on_date BETWEEN :today AND :until AND a.archived_at IS NULL {of_touch}
    ORDER BY touch.on_date, touch.at_time IS NULL, touch.at_time, a.name, touch.id
"""
_ORDERS = {
    Grouping.LANES: ORDER,
    Grouping.DAYS: "due, score DESC, account, id, kind",
    Grouping.ACCOUNTS: "account COLLATE NOCASE, score DESC, due, id, kind",
}


def queue_keys(
    connection: Connection,
    today: date,
    *,
    grouping: Grouping = Grouping.LANES,
    ahead: int = 0,
    words: Sequence[str] = (),
    limit: int = -1,
) -> list[QueueKey]:
    """The rows of the queue in their order: what has a time, then what was promised; with `ahead` also what comes in so
    many days, with `words` only rows whose text or account holds all of them."""
    values: dict[str, object] = {
        "today": today.isoformat(),
        "until": (today + timedelta(days=ahead)).isoformat(),
        "limit": limit,
    }
    values |= {f"w{n}": "%" + _like(word) + "%" for n, word in enumerate(words)}

    def holds(what: str) -> str:
        return "".join(_WORDS.format(what=what, n=n) for n in range(len(words)))

    touch = holds("coalesce(touch.purpose, '') || touch.kind")
    timed = connection.execute(_TIMED.format(timed=Lane.TIMED, of_touch=touch), values)
    first_of_all = limit >= 0 and grouping is Grouping.LANES and not words
    tasks = _FIRST_TASKS if first_of_all else _TASKS + holds("task.what")
    promised = connection.execute(
        f"""SELECT kind, id, lane, due, account FROM ({
            _KEYS.format(
                tasks=tasks.format(promised=Lane.PROMISED),
                promised=Lane.PROMISED,
                of_occurrence=holds("obligation.what || ' ' || occurrence.subject"),
                of_touch=touch,
            )
        }) ORDER BY {_ORDERS[grouping]} LIMIT :limit""",
        values,
    )
    # A day or an account stands in thousands of rows, and is kept once.
    once: dict[str, str] = {}
    keep = once.setdefault
    rows = [
        QueueKey(keep(kind, kind), row_id, keep(lane, lane), keep(due, due), keep(account, account))
        for kind, row_id, lane, due, account in chain(timed, promised)
    ]
    if grouping is Grouping.DAYS:
        rows.sort(key=lambda row: row.due)
    elif grouping is Grouping.ACCOUNTS:
        rows.sort(key=lambda row: row.account.lower())
    return rows


_OPEN_TASK = """CASE WHEN t.status <> 'open' THEN t.status WHEN t.snoozed_until > :today THEN 'snoozed'
                     WHEN t.due IS NULL OR t.due > :until THEN 'later' ELSE 'open' END"""
_OPEN_OCCURRENCE = "CASE WHEN c.status <> 'open' THEN c.status WHEN c.due > :until THEN 'later' ELSE 'open' END"
_OPEN_TOUCH = "CASE WHEN h.status = 'held' THEN 'held' WHEN h.on_date > :until THEN 'later' ELSE 'open' END"
_DUE = "coalesce(t.due, c.due, h.on_date, :today)"
_ROWS = f"""
    WITH wanted AS (
        SELECT json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS id, "key" AS place
        FROM json_each(:keys)
    )
    SELECT w.kind, w.id, o.id AS obligation_id, a.id AS account_id, a.name AS account, a.tier,
           {PROVISIONAL.format(account="a")} AS provisional, o.side,
           coalesce(t.what, o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END,
                    h.kind || coalesce(': ' || h.purpose, '')) AS what,
           {_DUE} AS due, h.at_time AS time, t.priority,
           coalesce((SELECT name FROM person WHERE id = t.person_id),
                    (SELECT group_concat(p.name, ', ') FROM interaction_person AS i JOIN person AS p ON p.id = i.person_id
                     WHERE i.interaction_id = h.id)) AS person,
           (SELECT name FROM colleague WHERE id = coalesce(t.our_owner_id, o.owner_id)) AS our_owner,
           (SELECT name FROM person WHERE id = coalesce(t.their_owner_id, o.their_owner_id)) AS their_owner,
           CASE WHEN {_DUE} > :today OR (w.kind = 'touch' AND {_DUE} = :today) THEN NULL
                WHEN {_DUE} = :today THEN '{Severity.INFO}'
                WHEN t.priority = '{HIGHEST}' THEN '{Severity.CRITICAL}' ELSE '{Severity.WARN}' END AS severity,
           CAST(max(0, julianday(:today) - julianday({_DUE})) AS INTEGER) AS days_overdue,
           CASE w.kind WHEN 'task' THEN {_OPEN_TASK} WHEN 'occurrence' THEN {_OPEN_OCCURRENCE} ELSE {_OPEN_TOUCH} END
               AS state
    FROM wanted AS w
    LEFT JOIN task AS t ON w.kind = 'task' AND t.id = w.id
    LEFT JOIN occurrence AS c ON w.kind = 'occurrence' AND c.id = w.id
    LEFT JOIN obligation AS o ON o.id = c.obligation_id
    LEFT JOIN interaction AS h ON w.kind = 'touch' AND h.id = w.id
    LEFT JOIN account AS a ON a.id = coalesce(t.account_id, o.account_id, h.account_id)
    WHERE coalesce(t.id, c.id, h.id) IS NOT NULL
    ORDER BY w.place
"""


def queue_rows(
    connection: Connection, today: date, keys: Sequence[tuple[str, int]], *, ahead: int = 0
) -> list[QueueRow]:
    """Rows of the queue by kind and id, as they are now; what was deleted is left out."""
    values = {
        "today": today.isoformat(),
        "until": (today + timedelta(days=ahead)).isoformat(),
        "keys": json.dumps(keys),
    }
    return fetch(connection, QueueRow, _ROWS, values)


def _like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
