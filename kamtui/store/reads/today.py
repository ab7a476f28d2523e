"""The queue of today: planned touches by their time, then promises by the order of `domain.triage`, accounts at risk, gaps.

A planned touch whose day passed without being held is a promise too, overdue since that day; and so is a complaint that
nobody has answered, due on the first working day after it came.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_working_days
from kamtui.domain.enums import Side, Tier
from kamtui.domain.text import one_line
from kamtui.domain.triage import (
    HIGHEST,
    MOST_OVERDUE,
    POINTS,
    TENTHS,
    UNSORTED_TENTHS,
    Lane,
    Severity,
    score_of,
    severity_of,
)
from kamtui.store.reads.at_risk import RiskRow, list_lanes
from kamtui.store.reads.conditions import PROVISIONAL
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

QUOTED = 60  # characters of a complaint


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One row of the queue: a planned `touch`, a touch that is still `planned` though its day passed, a `task`, an
    `occurrence` of `obligation_id`, or an `issue` without a first response.

    `severity` is None for what has a time or lies ahead; `score` is in tenths of a point, higher first.
    """

    lane: Lane
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
    severity: Severity | None
    days_overdue: int
    score: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What is shown, lane by lane, and how many more there are. Gaps are at the end and do not count as work."""

    as_of: date
    timed: list[TodayRow]
    promised: list[TodayRow]
    more: int
    at_risk: tuple[RiskRow, ...] = ()
    gaps: tuple[RiskRow, ...] = ()


_WEIGHTS = " ".join(f"WHEN '{tier}' THEN {tenths}" for tier, tenths in TENTHS.items())
_TENTHS = f"CASE a.tier {_WEIGHTS} ELSE {UNSORTED_TENTHS} END"
ORDER = "score DESC, due, account, id, kind"


def score(due: str, late: str = str(POINTS[Severity.WARN])) -> str:
    """The SQL of `triage.score_of`: `due` is the column of the due date, `late` the points once that is past."""
    overdue = f"min({MOST_OVERDUE}, julianday(:today) - julianday({due}))"
    return f"""CAST(CASE WHEN {due} > :today THEN 0
                         WHEN {due} = :today THEN {POINTS[Severity.INFO]} * {_TENTHS}
                         ELSE {late} * {_TENTHS} + 10 * {overdue} END AS INTEGER)"""


def score_of_task() -> str:
    """The SQL of a task's score: the highest priority makes it critical once it is overdue."""
    late = f"(CASE task.priority WHEN '{HIGHEST}' THEN {POINTS[Severity.CRITICAL]} ELSE {POINTS[Severity.WARN]} END)"
    return score("task.due", late)


# The condition on the status is that of the partial indexes task_open and occurrence_open, to the letter.
DUE_TASKS = """
    FROM task LEFT JOIN account AS a ON a.id = task.account_id
    WHERE task.status = 'open' AND task.due <= :until
      AND (task.snoozed_until IS NULL OR task.snoozed_until <= :today) AND a.archived_at IS NULL
"""
DUE_OCCURRENCES = """
    FROM occurrence JOIN obligation ON obligation.id = occurrence.obligation_id
    JOIN account AS a ON a.id = obligation.account_id
    WHERE occurrence.status = 'open' AND occurrence.due <= :until AND a.archived_at IS NULL
"""
UNHELD = """
    FROM interaction AS touch JOIN account AS a ON a.id = touch.account_id
    WHERE touch.status = 'planned' AND touch.on_date < :today AND a.archived_at IS NULL
"""
_TOUCH_WHAT = "touch.kind || coalesce(': ' || touch.purpose, '')"
# First the order, from the indexes alone; the texts are looked up for the rows that are shown.
_PROMISED = f"""
    WITH best AS (
        SELECT * FROM (
            SELECT 'task' AS kind, task.id AS id, NULL AS obligation_id, task.due AS due, a.name AS account,
                   {score_of_task()} AS score
            {DUE_TASKS} {{of_task}} ORDER BY {ORDER} LIMIT :limit
        )
        UNION ALL
        SELECT * FROM (
            SELECT 'occurrence' AS kind, occurrence.id AS id, obligation.id AS obligation_id, occurrence.due AS due,
                   a.name AS account, {score("occurrence.due")} AS score
            {DUE_OCCURRENCES} {{of_obligation}} ORDER BY {ORDER} LIMIT :limit
        )
        UNION ALL
        SELECT * FROM (
            SELECT 'planned' AS kind, touch.id AS id, NULL AS obligation_id, touch.on_date AS due, a.name AS account,
                   {score("touch.on_date")} AS score
            {UNHELD} {{of_touch}} ORDER BY {ORDER} LIMIT :limit
        )
        ORDER BY {ORDER} LIMIT :limit
    )
    SELECT '{Lane.PROMISED}' AS lane, best.kind, best.id, best.obligation_id, a.id AS account_id, a.name AS account,
           a.tier, {PROVISIONAL.format(account="a")} AS provisional, o.side,
           coalesce(task.what, o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END, {_TOUCH_WHAT})
               AS what,
           best.due, NULL AS time,
           CASE WHEN best.due > :today THEN NULL WHEN best.due = :today THEN '{Severity.INFO}'
                WHEN task.priority = '{HIGHEST}' THEN '{Severity.CRITICAL}' ELSE '{Severity.WARN}' END AS severity,
           CAST(max(0, julianday(:today) - julianday(best.due)) AS INTEGER) AS days_overdue, best.score
    FROM best
    LEFT JOIN task ON best.kind = 'task' AND task.id = best.id
    LEFT JOIN occurrence AS c ON best.kind = 'occurrence' AND c.id = best.id
    LEFT JOIN obligation AS o ON o.id = c.obligation_id
    LEFT JOIN interaction AS touch ON best.kind = 'planned' AND touch.id = best.id
    LEFT JOIN account AS a ON a.id = coalesce(task.account_id, o.account_id, touch.account_id)
    ORDER BY best.score DESC, best.due, best.account, best.id, best.kind
"""
_TIMED = f"""
    SELECT '{Lane.TIMED}' AS lane, 'touch' AS kind, touch.id, NULL AS obligation_id, a.id AS account_id,
           a.name AS account, a.tier, {PROVISIONAL.format(account="a")} AS provisional, NULL AS side,
           {_TOUCH_WHAT} AS what, touch.on_date AS due, touch.at_time AS time,
           NULL AS severity, 0 AS days_overdue, 0 AS score
    FROM interaction AS touch JOIN account AS a ON a.id = touch.account_id
    WHERE touch.status = 'planned' AND touch.on_date BETWEEN :today AND :until AND a.archived_at IS NULL {{of_touch}}
    ORDER BY touch.on_date, touch.at_time IS NULL, touch.at_time, a.name, touch.id
"""


def today_queue(
    connection: Connection, today: date, *, limit: int, account_id: int | None = None, ahead: int = 0
) -> Queue:
    """At most `limit` rows of the queue, over all accounts that are not archived or of one; with `ahead` also what
    comes in as many days."""
    own = {"of_task": "", "of_obligation": "", "of_touch": ""}
    if account_id is not None:
        own = {
            "of_task": "AND task.account_id = :account",
            "of_obligation": "AND obligation.account_id = :account",
            "of_touch": "AND touch.account_id = :account",
        }
    values = {
        "today": today.isoformat(),
        "until": (today + timedelta(days=ahead)).isoformat(),
        "account": account_id,
        "limit": limit,
    }
    timed = fetch(connection, TodayRow, _TIMED.format(**own), values)
    promised = fetch(connection, TodayRow, _PROMISED.format(**own), values)
    complaints = unanswered(connection, today, account_id=account_id, ahead=ahead)
    if complaints:
        promised = sorted(
            [*promised, *complaints], key=lambda row: (-row.score, row.due, row.account or "", row.id, row.kind)
        )
    counted = (
        "SELECT (SELECT count(*) {tasks} {of_task}) + (SELECT count(*) {occurrences} {of_obligation})"
        " + (SELECT count(*) {unheld} {of_touch})"
    ).format(tasks=DUE_TASKS, occurrences=DUE_OCCURRENCES, unheld=UNHELD, **own)
    (waiting,) = connection.execute(counted, values).fetchone()
    shown = promised[: max(0, limit - len(timed))]
    more = max(0, len(timed) - limit) + waiting + len(complaints) - len(shown)
    lanes = list_lanes(connection, today, limit=max(0, limit - len(timed) - len(shown)), account_id=account_id)
    return Queue(today, timed[:limit], shown, more + lanes.more, lanes.at_risk, lanes.gaps)


_UNANSWERED = f"""
    SELECT i.id, i.account_id, a.name, a.tier, {PROVISIONAL.format(account="a")}, i.words, i.received_on
    FROM issue AS i JOIN account AS a ON a.id = i.account_id
    WHERE i.first_response_on IS NULL AND i.status = 'open' AND i.received_on <= :until AND a.archived_at IS NULL
      AND (:account IS NULL OR i.account_id = :account)
"""


def unanswered(connection: Connection, today: date, *, account_id: int | None = None, ahead: int = 0) -> list[TodayRow]:
    """Complaints without a first response: due on the first working day after they came, critical after the third
    (PRODUCT.md §4, signal 14)."""
    until = today + timedelta(days=ahead)
    rows = connection.execute(_UNANSWERED, {"until": until.isoformat(), "account": account_id}).fetchall()
    if not rows:
        return []
    from kamtui.store.signal_rows import read_limits

    limits = read_limits(connection)
    warn, critical = (limits[f"complaint.answer_{severity}"] for severity in ("warn", "critical"))
    found = []
    for row_id, owner, account, tier, provisional, words, received in rows:
        due, last = (add_working_days(date.fromisoformat(received), days, limits.holidays) for days in (warn, critical))
        if due > until:
            continue
        severity = Severity.CRITICAL if today > last else severity_of(due, today)
        late, grade = max(0, (today - due).days), Tier(tier) if tier else None
        found.append(
            TodayRow(
                Lane.PROMISED, "issue", row_id, None, owner, account, grade, bool(provisional), None,
                f"“{one_line(words, QUOTED)}”", due, None, severity, late, score_of(severity, grade, late),
            )
        )  # fmt: skip
    return found
