"""Tasks as lists and cards show them."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import Anchor, Priority, TaskSource, TaskStatus
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task. `days_overdue` is 0 unless it is open and was due before today; `repeat` a period such as `2w`."""

    id: int
    uid: str
    account_id: int | None
    account: str | None
    person_id: int | None
    person: str | None
    what: str
    due: date | None
    days_overdue: int
    priority: Priority | None
    status: TaskStatus
    closed_on: date | None
    snoozed_until: date | None
    repeat: str | None
    anchor: Anchor
    series_start: date | None
    source: TaskSource | None
    source_id: int | None
    our_owner: str | None
    their_owner: str | None
    note: str | None


_ROW = """
    SELECT t.id, t.uid, t.account_id, (SELECT name FROM account WHERE id = t.account_id) AS account,
           t.person_id, (SELECT name FROM person WHERE id = t.person_id) AS person, t.what, t.due,
           CASE WHEN t.status = 'open' AND t.due < :today
                THEN CAST(julianday(:today) - julianday(t.due) AS INTEGER) ELSE 0 END AS days_overdue,
           t.priority, t.status, t.closed_on, t.snoozed_until, t.repeat, t.anchor, t.series_start, t.source,
           t.source_id, (SELECT name FROM colleague WHERE id = t.our_owner_id) AS our_owner,
           (SELECT name FROM person WHERE id = t.their_owner_id) AS their_owner, t.note
    FROM task AS t
"""


def list_tasks(
    connection: Connection,
    today: date,
    *,
    account_id: int | None = None,
    person_id: int | None = None,
    open_only: bool = True,
    limit: int | None = None,
) -> list[TaskRow]:
    """Tasks by due date, those without one last; of accounts that are not archived unless one is named."""
    conditions = ["t.status = 'open'"] if open_only else []
    if account_id is not None:
        conditions.append("t.account_id = :account")
    else:
        conditions.append("NOT EXISTS (SELECT 1 FROM account WHERE id = t.account_id AND archived_at IS NOT NULL)")
    if person_id is not None:
        conditions.append(":person IN (t.person_id, t.their_owner_id)")
    where, order = " AND ".join(conditions), "ORDER BY t.due NULLS LAST, t.priority NULLS LAST, t.id"
    if limit is not None:
        # What is cut off at the limit is not looked at further than it takes to order it.
        where = f"t.id IN (SELECT t.id FROM task AS t WHERE {where} {order} LIMIT :limit)"
    return fetch(
        connection,
        TaskRow,
        f"{_ROW} WHERE {where} {order}",
        {"today": today.isoformat(), "account": account_id, "person": person_id, "limit": limit},
    )


def count_open_tasks(connection: Connection, account_id: int, today: date) -> tuple[int, int, int]:
    """How many tasks of an account are open, how many of them are theirs, how many overdue."""
    row: tuple[int, int, int] = connection.execute(
        """SELECT count(*), count(their_owner_id), count(CASE WHEN due < ? THEN 1 END)
           FROM task WHERE account_id = ? AND status = 'open'""",
        (today.isoformat(), account_id),
    ).fetchone()
    return row


def get_task(connection: Connection, task_id: int, today: date) -> TaskRow:
    """One task; raises `NotFound`."""
    row = fetch_one(connection, TaskRow, f"{_ROW} WHERE t.id = :id", {"today": today.isoformat(), "id": task_id})
    if row is None:
        raise NotFound(_("There is no task with the number {id}.").format(id=task_id))
    return row
