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
