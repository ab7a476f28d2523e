"""Incidents at the customer, with their timeline."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import IncidentSeverity, SuspectedCause
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident; `responsible` is one of us, `their_responsible` one of them. `merit` is what we earned in it."""

    id: int
    uid: str
    account_id: int
    account: str
    what: str
    happened_on: date
    severity: IncidentSeverity
    causes: tuple[SuspectedCause, ...]
    responsible_id: int | None
    responsible: str | None
    their_responsible_id: int | None
    their_responsible: str | None
    resolved_on: date | None
    resolution: str | None
    merit: str | None
    prevention: str | None
    note: str | None

    @property
    def is_open(self) -> bool:
        """Not resolved yet."""
        return self.resolved_on is None


@dataclass(frozen=True, slots=True)
class IncidentNoteRow:
    """A line of an incident's timeline."""

    id: int
    on: date
    at_time: str | None
    text: str


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """An incident with its timeline, as it went."""

    incident: IncidentRow
    timeline: tuple[IncidentNoteRow, ...]


_ROW = """
    SELECT i.id, i.uid, i.account_id, a.name AS account, i.what, i.happened_on, i.severity,
           (SELECT json_group_array(value) FROM (SELECT value FROM incident_cause WHERE incident_id = i.id ORDER BY id))
               AS causes,
           i.responsible_id, (SELECT name FROM colleague WHERE id = i.responsible_id) AS responsible,
           i.their_responsible_id, (SELECT name FROM person WHERE id = i.their_responsible_id) AS their_responsible,
           i.resolved_on, i.resolution, i.merit, i.prevention, i.note
    FROM incident AS i JOIN account AS a ON a.id = i.account_id
"""


def list_incidents(
    connection: Connection, account_id: int | None = None, *, open_only: bool = False
) -> list[IncidentRow]:
    """Incidents: those that are not resolved first, then the newest. Over all accounts, those of archived ones are left
    out."""
    conditions = ["i.archived_at IS NULL", "a.archived_at IS NULL" if account_id is None else "i.account_id = :account"]
    if open_only:
        conditions.append("i.resolved_on IS NULL")
    return fetch(
        connection,
        IncidentRow,
        f"""{_ROW} WHERE {" AND ".join(conditions)}
            ORDER BY i.resolved_on IS NOT NULL, i.happened_on DESC, i.id DESC""",
        {"account": account_id},
    )


def get_incident(connection: Connection, incident_id: int) -> IncidentCard:
    """One incident with its timeline; raises `NotFound`."""
    row = fetch_one(connection, IncidentRow, f"{_ROW} WHERE i.id = ?", (incident_id,))
    if row is None:
        raise NotFound(_("There is no incident with the number {id}.").format(id=incident_id))
    timeline = fetch(
        connection,
        IncidentNoteRow,
        """SELECT id, on_date AS "on", at_time, text FROM incident_note WHERE incident_id = ?
           ORDER BY on_date, at_time IS NULL, at_time, id""",
        (incident_id,),
    )
    return IncidentCard(row, tuple(timeline))
