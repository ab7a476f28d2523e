"""The queue of today as the app works through it: the whole order at once, the rows as they are seen.

The order is kept while one works (a pass); so rows are read by their keys, also those that are done meanwhile. What is due,
what a signal says and in which order is reckoned where `kamtui today` has it: `today`, `at_risk`.
"""

import json
from bisect import insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kamtui.domain.enums import Priority, Side, Tier
from kamtui.domain.queue_filter import QueueFilter
from kamtui.domain.triage import HIGHEST, TENTHS, Lane, Severity
from kamtui.store.reads.at_risk import RiskRow, Stands, list_unsorted, standing, tell
from kamtui.store.reads.conditions import PROVISIONAL
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.today import DUE_OCCURRENCES, DUE_TASKS, ORDER, UNHELD, score, score_of_task, unanswered
from kamtui.store.sqlite.driver import Connection

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

EVERYTHING = QueueFilter()
SORT = ("sort", 0)  # the row of all unsorted accounts
DATES = frozenset({"review", "contract", "return", "need", "deferred"})  # what the view by day has besides promises


class Grouping(StrEnum):
    """How the queue is parted: by lane, by day, by account, by severity."""

    LANES = "lanes"
    DAYS = "days"
    ACCOUNTS = "accounts"
    SEVERITY = "severity"


class QueueKey(NamedTuple):
    """Where a row stands: its lane, its day, its account, and how grave it is where that is asked; `kind` and `id` name the
    record. There are as many as rows of the queue, so it is a tuple: a dataclass took three times as long."""

    kind: str
    id: int
    lane: str
    due: str
    account: str
    severity: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of the queue as it is now. `kind` is a `task`, an `occurrence`, a planned `touch`, an `issue` without an answer,
    the `signal` of an account (its number is `id`, `risk` what it says), `sort`, or one of `DATES`. `state` is `open`, or
    what became of it since the pass began (`done`, `missed`, `waived`, `dropped`, `held`, `snoozed`, `later`, `answered`,
    `quiet`)."""

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
    risk: RiskRow | None = None


_WORDS = " AND ({what} LIKE :w{n} ESCAPE '\\' OR coalesce(a.name, '') LIKE :w{n} ESCAPE '\\')"
_TAGGED = " AND EXISTS (SELECT 1 FROM account_tag WHERE account_id = a.id AND value = :t{n} COLLATE NOCASE)"
_GRADE = f"""CASE WHEN {{due}} > :today THEN '' WHEN {{due}} = :today THEN '{Severity.INFO}'
                  WHEN {{highest}} THEN '{Severity.CRITICAL}' ELSE '{Severity.WARN}' END"""
_TASKS = f"""
    SELECT 'task' AS kind, task.id AS id, '{{promised}}' AS lane, task.due AS due, coalesce(a.name, '') AS account,
           {{task_grade}} AS severity, {score_of_task()} AS score {DUE_TASKS}"""
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
    SELECT 'occurrence', occurrence.id, '{{promised}}', occurrence.due, a.name, {{occurrence_grade}},
           {score("occurrence.due")}
    {DUE_OCCURRENCES} {{of_occurrence}}
    UNION ALL
    SELECT 'touch', touch.id, '{{promised}}', touch.on_date, a.name, {{touch_grade}}, {score("touch.on_date")}
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
    Grouping.SEVERITY: ORDER,
    Grouping.DAYS: "due, score DESC, account, id, kind",
    Grouping.ACCOUNTS: "account COLLATE NOCASE, score DESC, due, id, kind",
}
_GRADES = {str(severity): at for at, severity in enumerate(("", *Severity))}


def queue_keys(
    connection: Connection,
    today: date,
    *,
    grouping: Grouping = Grouping.LANES,
    ahead: int = 0,
    only: QueueFilter = EVERYTHING,
    limit: int = -1,
    asked: "Asked | None" = None,
) -> list[QueueKey]:
    """The rows of the queue in their order: what has a time, what was promised, accounts at risk, gaps; with `ahead` also
    what comes in so many days, `only` those of a filter. By day there are no signals, which have none, but key dates. Of
    signals the stored findings are taken as they are, and what was `asked` where these do not hold for the day."""
    values: dict[str, object] = {
        "today": today.isoformat(),
        "until": (today + timedelta(days=ahead)).isoformat(),
        "limit": limit,
    }
    values |= {f"w{n}": "%" + _like(word) + "%" for n, word in enumerate(only.words)}
    values |= {f"t{n}": tag for n, tag in enumerate(only.tags)}

    def holds(kind: str, what: str) -> str:
        if not only.wants(kind):
            return " AND 0"
        words = (_WORDS.format(what=what, n=n) for n in range(len(only.words)))
        return "".join((*words, *(_TAGGED.format(n=n) for n in range(len(only.tags)))))

    def grade(due: str, highest: str = "0") -> str:
        return _GRADE.format(due=due, highest=highest) if grouping is Grouping.SEVERITY else "''"

    touch = holds("touch", "coalesce(touch.purpose, '') || touch.kind")
    timed = connection.execute(_TIMED.format(timed=Lane.TIMED, of_touch=touch), values)
    first_of_all = limit >= 0 and grouping is Grouping.LANES and not only
    tasks = _FIRST_TASKS if first_of_all else _TASKS + holds("task", "task.what")
    promised: list[tuple[Any, ...]] = connection.execute(
        f"""SELECT kind, id, lane, due, account, severity, score FROM ({
            _KEYS.format(
                tasks=tasks.format(
                    promised=Lane.PROMISED, task_grade=grade("task.due", f"task.priority = '{HIGHEST}'")
                ),
                promised=Lane.PROMISED,
                occurrence_grade=grade("occurrence.due"),
                touch_grade=grade("touch.on_date"),
                of_occurrence=holds("occurrence", "obligation.what || ' ' || occurrence.subject"),
                of_touch=touch,
            )
        }) ORDER BY {_ORDERS[grouping]} LIMIT :limit""",
        values,
    ).fetchall()
    rest = [
        *(_complaints(connection, today, ahead, only) if only.wants("issue") else ()),
        *(_dates(connection, today, ahead, only) if grouping is Grouping.DAYS else ()),
    ]
    for row in rest:
        insort(promised, row, key=_PLACES[grouping])
    # A day or an account stands in thousands of rows, and is kept once.
    once: dict[str, str] = {}
    keep = once.setdefault
    rows = [
        QueueKey(
            keep(kind, kind), row_id, keep(lane, lane), keep(due, due), keep(account, account), keep(severity, severity)
        )
        for kind, row_id, lane, due, account, severity, *_score in chain(
            ((*row, "") for row in timed), promised[: len(promised) if limit < 0 else limit]
        )
    ]
    if grouping is not Grouping.DAYS and (limit < 0 or len(rows) < limit):
        rows += _of_signals(connection, today, only, asked)
    if grouping is Grouping.DAYS:
        rows.sort(key=lambda row: row.due)
    elif grouping is Grouping.ACCOUNTS:
        rows.sort(key=lambda row: (row.kind == SORT[0], row.account.lower()))
    elif grouping is Grouping.SEVERITY:
        rows.sort(key=lambda row: _GRADES[row.severity])
    return rows if limit < 0 else rows[:limit]


# As `_ORDERS`, of rows that are read already.
_PLACES: dict[Grouping, Any] = {
    Grouping.LANES: lambda row: (-row[6], row[3], row[4], row[1], row[0]),
    Grouping.SEVERITY: lambda row: (-row[6], row[3], row[4], row[1], row[0]),
    Grouping.DAYS: lambda row: (row[3], -row[6], row[4], row[1], row[0]),
    Grouping.ACCOUNTS: lambda row: (row[4].lower(), -row[6], row[3], row[1], row[0]),
}


def _complaints(connection: Connection, today: date, ahead: int, only: QueueFilter) -> list[tuple[Any, ...]]:
    """Complaints without a first response, which are promises too."""
    rows = unanswered(connection, today, ahead=ahead)
    found = _held(connection, only, ((row.account_id, f"{row.account} {row.what}", row) for row in rows))
    return [
        (row.kind, row.id, str(row.lane), row.due.isoformat(), row.account or "", str(row.severity or ""), row.score)
        for row in found
    ]


def _dates(connection: Connection, today: date, ahead: int, only: QueueFilter) -> list[tuple[Any, ...]]:
    """The key dates of the days to come; a filter by kind names none of them."""
    if only.kinds:
        return []
    from kamtui.store.reads.week import list_dates

    rows = list_dates(connection, today, days=ahead + 1)
    return [
        (_date_kind(row.kind), row.id, str(Lane.TIMED), row.on.isoformat(), row.account or "", "", 0)
        for row in _held(connection, only, ((row.account_id, f"{row.account} {row.what}", row) for row in rows))
    ]


def _date_kind(kind: str) -> str:
    """A complaint that is put off until a day is another row than one that waits for an answer."""
    return "deferred" if kind == "issue" else kind


def _of_signals(connection: Connection, today: date, only: QueueFilter, asked: "Asked | None") -> list[QueueKey]:
    """Accounts at risk, then gaps, and last all that are unsorted as one row."""
    found = standing(connection, today, asked=asked)
    risks = found.risks if only.wants("signal") else ()
    gaps = found.gaps if only.wants("gap") else ()
    if only.words or only.tags:
        told = tell(connection, today, [*risks, *gaps], found)

        def held(stands: Iterable[Stands]) -> tuple[Stands, ...]:
            rows = (one for one in stands if one.row.id in told)
            said = ((one.row.id, f"{one.row.name} {told[one.row.id].what}", one) for one in rows)
            return tuple(_held(connection, only, said))

        risks, gaps = held(risks), held(gaps)
    keys = [
        QueueKey("signal", one.row.id, str(lane), one.since.isoformat(), one.row.name, str(one.severity))
        for lane, stands in ((Lane.AT_RISK, risks), (Lane.GAPS, gaps))
        for one in stands
    ]
    if not only.words and not only.tags and only.wants("gap"):
        keys += [
            QueueKey(*SORT, str(Lane.GAPS), row.since.isoformat(), "", str(row.severity))
            for row in list_unsorted(connection, today)
        ]
    return keys


def _held(connection: Connection, only: QueueFilter, said: Iterable[tuple[int | None, str, Any]]) -> list[Any]:
    """What has all words of a filter in its text and all tags on its account; `said` is (account, text, what it is)."""
    words = [word.casefold() for word in only.words]
    found = [(account_id, row) for account_id, text, row in said if all(word in text.casefold() for word in words)]
    if not only.tags or not found:
        return [row for _account_id, row in found]
    marks = ", ".join("?" * len(only.tags))
    tagged = {
        account_id
        for (account_id,) in connection.execute(
            f"""SELECT account_id FROM account_tag WHERE value COLLATE NOCASE IN ({marks})
                GROUP BY account_id HAVING count(DISTINCT lower(value)) = ?""",
            (*only.tags, len({tag.lower() for tag in only.tags})),
        )
    }
    return [row for account_id, row in found if account_id in tagged]


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
    connection: Connection,
    today: date,
    keys: Sequence[tuple[str, int]],
    *,
    ahead: int = 0,
    asked: "Asked | None" = None,
) -> list[QueueRow]:
    """Rows of the queue by kind and id, as they are now, those of the log first; what was deleted is left out."""
    values = {
        "today": today.isoformat(),
        "until": (today + timedelta(days=ahead)).isoformat(),
        "keys": json.dumps([key for key in keys if key[0] in _IN_LOG]),
    }
    rows = fetch(connection, QueueRow, _ROWS, values)
    wanted = {kind: {row_id for of, row_id in keys if of == kind} for kind in {kind for kind, _id in keys} - _IN_LOG}
    if issues := wanted.get("issue"):
        rows += _issue_rows(connection, today, issues, ahead)
    if accounts := wanted.get("signal"):
        rows += _signal_rows(connection, today, accounts, asked)
    if "sort" in wanted:
        rows += [_risk_row(risk) for risk in list_unsorted(connection, today)]
    if wanted.keys() & DATES:
        rows += _date_rows(connection, today, wanted, ahead)
    return rows


_IN_LOG = frozenset({"task", "occurrence", "touch"})


def _issue_rows(connection: Connection, today: date, ids: Collection[int], ahead: int) -> list[QueueRow]:
    waiting = {row.id: row for row in unanswered(connection, today, ahead=ahead)}
    owners = connection.execute(
        """SELECT i.id, i.status, i.first_response_on IS NOT NULL, i.words, p.name, c.name, a.id, a.name
           FROM issue AS i JOIN account AS a ON a.id = i.account_id
           LEFT JOIN person AS p ON p.id = i.raised_by_id LEFT JOIN colleague AS c ON c.id = i.owner_id
           WHERE i.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    rows = []
    for row_id, status, answered, words, person, owner, account_id, account in owners:
        row = waiting.get(row_id)
        if row is None:
            state = "answered" if status == "open" and answered else "later" if status == "open" else status
            over = _empty("issue", row_id, today, state)
            rows.append(replace(over, account_id=account_id, account=account, what=words))
            continue
        rows.append(
            QueueRow(
                "issue", row.id, None, row.account_id, row.account, row.tier, row.provisional, None, row.what, row.due,
                None, None, person, owner, None, row.severity, row.days_overdue, "open",
            )
        )  # fmt: skip
    return rows


def _signal_rows(connection: Connection, today: date, ids: Collection[int], asked: "Asked | None") -> list[QueueRow]:
    found = standing(connection, today, among=ids, asked=asked)
    told = tell(connection, today, [*found.risks, *found.gaps], found)
    rows = [_risk_row(risk) for risk in told.values()]
    for account_id, account in connection.execute(
        "SELECT id, name FROM account WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([one for one in ids if one not in told]),),
    ):
        rows.append(replace(_empty("signal", account_id, today, "quiet"), account_id=account_id, account=account))
    return rows


def _risk_row(risk: RiskRow) -> QueueRow:
    return QueueRow(
        risk.kind, risk.account_id or 0, None, risk.account_id, risk.account, risk.tier, risk.provisional, None, risk.what,
        risk.since, None, None, None, None, None, risk.severity, risk.days, "open", risk,
    )  # fmt: skip


def _date_rows(connection: Connection, today: date, wanted: dict[str, set[int]], ahead: int) -> list[QueueRow]:
    from kamtui.store.reads.accounts import get_account
    from kamtui.store.reads.week import list_dates

    rows = []
    tiers: dict[int, tuple[Tier | None, bool]] = {}
    for row in list_dates(connection, today, days=ahead + 1):
        kind = _date_kind(row.kind)
        if row.id not in wanted.get(kind, ()):
            continue
        assert row.account_id is not None
        if row.account_id not in tiers:
            card = get_account(connection, row.account_id)
            tiers[row.account_id] = (card.tier, card.provisional)
        rows.append(
            QueueRow(
                kind, row.id, None, row.account_id, row.account, *tiers[row.account_id], row.side, row.what, row.on,
                row.time, None, None, None, None, None, 0, "open",
            )
        )  # fmt: skip
    return rows


def _empty(kind: str, row_id: int, today: date, state: str) -> QueueRow:
    """A row of which nothing is left but what became of it."""
    return QueueRow(
        kind, row_id, None, None, None, None, False, None, "", today, None, None, None, None, None, None, 0, state
    )


def gone(key: tuple[str, int], today: date) -> QueueRow:
    """A record that was deleted before it was seen; of unsorted accounts that there are none any more."""
    return _empty(*key, today, "done" if key == SORT else "deleted")


def _like(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
