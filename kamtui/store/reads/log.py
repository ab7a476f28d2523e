"""The log of what was done, as the person reads it."""

from dataclasses import dataclass
from datetime import date

from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class PointRow:
    """An undo point. `kind` is do, undo, redo, barrier or purged; `at` a UTC instant; `changes` the rows it touched."""

    id: int
    kind: str
    label: str
    day: date
    at: str
    who: str
    program: str
    changes: int
    undone: bool


def list_points(connection: Connection, *, account_id: int | None = None, limit: int = 50) -> list[PointRow]:
    """The newest points first; of one account those that touched a row of it."""
    return fetch(
        connection,
        PointRow,
        """SELECT point.id, kind, label, day, at, who, program,
                  (SELECT count(*) FROM change WHERE point_id = point.id) AS changes,
                  undone_by_id IS NOT NULL AS undone
           FROM point
           WHERE :account IS NULL OR EXISTS (
               SELECT 1 FROM change WHERE change.account_id = :account AND change.point_id = point.id)
           ORDER BY point.id DESC LIMIT :limit""",
        {"account": account_id, "limit": limit},
    )


def first_day(connection: Connection, account_id: int) -> date | None:
    """The first day that is known of an account; None where the log does not reach back to it."""
    (day,) = connection.execute(
        """SELECT min(point.day) FROM change JOIN point ON point.id = change.point_id
           WHERE change.entity = 'account' AND change.row_id = ? AND change.op = 'insert'""",
        (account_id,),
    ).fetchone()
    return date.fromisoformat(day) if day else None
