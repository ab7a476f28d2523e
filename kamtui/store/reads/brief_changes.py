"""What changed in an account since a day: each row as it was then beside the row as it is now.

The log tells which rows were touched and how the first change found them; the tables tell how they stand. So what was
undone meanwhile, or changed back, is no change.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kamtui.store.sqlite.driver import Connection

# Of each entity the columns that a brief tells of; `label` is what the row is called.
_NOW = {
    "account": """SELECT id, name AS label, tier, stage, kam_id,
                         (SELECT name FROM colleague WHERE id = kam_id) AS kam FROM account""",
    "person": "SELECT id, name AS label, title, placeholder, stance, influence, left_on FROM person",
    "need": "SELECT id, verbatim AS label, kind, state FROM need",
    "obligation": "SELECT id, what AS label, side FROM obligation",
    "occurrence": """SELECT c.id, o.what AS label, o.side, c.status, c.due
                     FROM occurrence AS c JOIN obligation AS o ON o.id = c.obligation_id""",
    "task": "SELECT id, what AS label, status FROM task",
    "concession": "SELECT id, what AS label, value_minor, currency FROM concession",
    "return_commitment": "SELECT id, measure AS label, status FROM return_commitment",
    "contract": "SELECT id, what AS label, signed_on, ends_on FROM contract",
    "contract_term": """SELECT t.id, t.term AS label, t.agreed, c.what AS contract
                        FROM contract_term AS t JOIN contract AS c ON c.id = t.contract_id""",
    "cost": "SELECT id, on_date AS label, amount_minor, currency FROM cost",
    "department": "SELECT id, name AS label, participation FROM department",
    "fact": "SELECT id, text AS label, topic FROM fact",
    "issue": "SELECT id, words AS label, status, first_response_on FROM issue",
    "incident": "SELECT id, what AS label, severity, resolved_on FROM incident",
    "review": "SELECT id, kind AS label, on_date, status FROM review",
    "transaction": """SELECT id, on_date AS label, revenue_minor, currency FROM "transaction" """,
}


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of content; `before` is its image on the day (None: it did not exist), `now` its columns today (None: it is
    gone)."""

    entity: str
    id: int
    before: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def list_row_changes(connection: Connection, account_id: int, since: date) -> list[RowChange]:
    """The rows of an account that were touched after the day `since`, by entity and id."""
    first = connection.execute(
        f"""WITH first AS (
                SELECT c.entity, c.row_id, min(c.id) AS id
                FROM point JOIN change AS c ON c.point_id = point.id
                WHERE point.day > :since AND c.account_id = :account
                  AND c.entity IN ({", ".join(f"'{entity}'" for entity in _NOW)})
                GROUP BY c.entity, c.row_id
            )
            SELECT first.entity, first.row_id, c.before FROM first JOIN change AS c ON c.id = first.id
            ORDER BY first.entity, first.row_id""",
        {"since": since.isoformat(), "account": account_id},
    ).fetchall()
    touched: dict[str, dict[int, str | None]] = {}
    for entity, row_id, before in first:
        touched.setdefault(entity, {})[row_id] = before
    found = []
    for entity, rows in touched.items():
        now = _now(connection, entity, list(rows))
        for row_id, before in rows.items():
            if before is not None or row_id in now:
                found.append(
                    RowChange(entity, row_id, json.loads(before, strict=False) if before else None, now.get(row_id))
                )
    return found


def _now(connection: Connection, entity: str, ids: list[int]) -> dict[int, dict[str, Any]]:
    cursor = connection.execute(
        f"SELECT * FROM ({_NOW[entity]}) WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    )
    names = [column[0] for column in cursor.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
