"""Obligations, ours and theirs, and the times that they fall due."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import Anchor, OccurrenceStatus, Side
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A standing promise with its open occurrence: the one due first, where several are open.

    `cadence` is a period (`3m`), `per_order`, `per_event` or `none`; `days_overdue` 0 for what is not.
    """

    id: int
    uid: str
    account_id: int
    account: str
    side: Side
    template_item: int | None
    what: str
    cadence: str
    within: int | None
    anchor: Anchor
    owner: str | None
    their_owner: str | None
    occurrence_id: int | None
    due: date | None
    subject: str | None
    days_overdue: int
    open: int
    last_done_on: date | None


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """One time that an obligation falls, or fell, due."""

    id: int
    uid: str
    obligation_id: int
    account_id: int
    account: str
    side: Side
    what: str
    due: date
    subject: str
    status: OccurrenceStatus
    days_overdue: int
    done_on: date | None
    evidence: str | None
    acknowledged_by: str | None
    acknowledged_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ObligationCard:
    """An obligation with its history, what is open first and then the newest."""

    obligation: ObligationRow
    starts_on: date | None
    note: str | None
    occurrences: tuple[OccurrenceRow, ...]


_LATE = """CASE WHEN c.status = 'open' AND c.due < :today
                THEN CAST(julianday(:today) - julianday(c.due) AS INTEGER) ELSE 0 END AS days_overdue"""
_ROW = f"""
    SELECT o.id, o.uid, o.account_id, a.name AS account, o.side, o.template_item, o.what, o.cadence, o.within,
           o.anchor, (SELECT name FROM colleague WHERE id = o.owner_id) AS owner,
           (SELECT name FROM person WHERE id = o.their_owner_id) AS their_owner,
           c.id AS occurrence_id, c.due, c.subject, {_LATE},
           (SELECT count(*) FROM occurrence WHERE obligation_id = o.id AND status = 'open') AS open,
           (SELECT max(done_on) FROM occurrence WHERE obligation_id = o.id) AS last_done_on
    FROM obligation AS o
    JOIN account AS a ON a.id = o.account_id
    LEFT JOIN occurrence AS c ON c.id = (
        SELECT id FROM occurrence WHERE obligation_id = o.id AND status = 'open' ORDER BY due, id LIMIT 1
    )
"""
_OCCURRENCE = f"""
    SELECT c.id, c.uid, c.obligation_id, o.account_id, a.name AS account, o.side, o.what, c.due, c.subject, c.status,
           {_LATE}, c.done_on, c.evidence, (SELECT name FROM person WHERE id = c.acknowledged_by_id) AS acknowledged_by,
           c.acknowledged_on, c.reason
    FROM occurrence AS c
    JOIN obligation AS o ON o.id = c.obligation_id
    JOIN account AS a ON a.id = o.account_id
"""


def list_obligations(
    connection: Connection, today: date, *, account_id: int | None = None, side: Side | None = None
) -> list[ObligationRow]:
    """Obligations by account, ours first, by due date; of accounts that are not archived unless one is named."""
    return fetch(
        connection,
        ObligationRow,
        f"""{_ROW}
            WHERE (a.archived_at IS NULL OR a.id = :account) AND (:account IS NULL OR o.account_id = :account)
              AND (:side IS NULL OR o.side = :side)
            ORDER BY a.name COLLATE NOCASE, a.id, o.side, c.due NULLS LAST, o.template_item NULLS LAST, o.id""",
        {"today": today.isoformat(), "account": account_id, "side": side},
    )


def get_obligation(connection: Connection, obligation_id: int, today: date) -> ObligationCard:
    """One obligation with its history; raises `NotFound`."""
    values = {"today": today.isoformat(), "id": obligation_id}
    row = fetch_one(connection, ObligationRow, f"{_ROW} WHERE o.id = :id", values)
    if row is None:
        raise NotFound(_("There is no obligation with the number {id}.").format(id=obligation_id))
    starts_on, note = connection.execute(
        "SELECT starts_on, note FROM obligation WHERE id = ?", (obligation_id,)
    ).fetchone()
    occurrences = fetch(
        connection,
        OccurrenceRow,
        f"""{_OCCURRENCE} WHERE c.obligation_id = :id
            ORDER BY c.status <> 'open', CASE c.status WHEN 'open' THEN c.due END,
                     CASE c.status WHEN 'open' THEN c.id END, c.due DESC, c.id DESC""",
        values,
    )
    return ObligationCard(row, date.fromisoformat(starts_on) if starts_on else None, note, tuple(occurrences))


def get_occurrence(connection: Connection, occurrence_id: int, today: date) -> OccurrenceRow:
    """One occurrence; raises `NotFound`."""
    row = fetch_one(
        connection, OccurrenceRow, f"{_OCCURRENCE} WHERE c.id = :id", {"today": today.isoformat(), "id": occurrence_id}
    )
    if row is None:
        raise NotFound(_("There is no occurrence with the number {id}.").format(id=occurrence_id))
    return row
