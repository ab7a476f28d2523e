"""Incidents: what happened, what may have caused it, how it went, how it ended, what merit we earned (PRODUCT.md §2.3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kamtui.domain.enums import IncidentSeverity, SuspectedCause
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past, must_say, time_of_day
from kamtui.services.lists import set_list
from kamtui.services.need_fields import must_be_of_family
from kamtui.store.reads.incidents import IncidentCard, get_incident
from kamtui.store.tables import Account, Incident, IncidentCause, IncidentNote
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset(
    {
        "what", "happened_on", "severity", "responsible_id", "their_responsible_id", "resolution", "merit", "prevention",
        "note",
    }
)  # fmt: skip


def add_incident(
    work: UnitOfWork,
    account_id: int,
    what: str,
    *,
    happened_on: date | None = None,
    severity: IncidentSeverity = IncidentSeverity.MAJOR,
    causes: Sequence[SuspectedCause] = (),
    responsible_id: int | None = None,
    their_responsible_id: int | None = None,
    note: str | None = None,
) -> IncidentCard:
    """Notes an incident; the account's KAM answers for it unless another colleague is named. Raises `BadInput` for a day
    to come, `Refused` for a person of another customer."""
    account = work.get(Account, account_id)
    work.say(_("Incident at {account}: {what}").format(account=account.name, what=clean_name(what, field="what")[0]))
    happened_on = happened_on or work.today
    must_be_past(happened_on, work.today, "happened_on")
    if their_responsible_id is not None:
        must_be_of_family(work, their_responsible_id, account)
    incident = work.add(
        Incident,
        account_id=account_id,
        what=what,
        happened_on=happened_on,
        severity=severity,
        responsible_id=responsible_id or account.kam_id or work.me,
        their_responsible_id=their_responsible_id,
        note=note,
    )
    assert incident.id is not None
    set_list(work, IncidentCause, "incident_id", incident.id, _in_order(causes))
    return get_incident(work.connection, incident.id)


def edit_incident(
    work: UnitOfWork, incident_id: int, *, causes: Sequence[SuspectedCause] | None = None, **fields: Any
) -> IncidentCard:
    """Sets fields of an incident: those of `add_incident`, and resolution, merit, prevention; None empties one, the causes
    replace what was there."""
    incident = work.get(Incident, incident_id)
    work.say(_("Edit incident {id}: {what}").format(id=incident_id, what=incident.what))
    must_be_known(fields, _EDITABLE)
    if fields.get("their_responsible_id") is not None:
        must_be_of_family(work, fields["their_responsible_id"], work.get(Account, incident.account_id))
    happened_on = fields.get("happened_on", incident.happened_on)
    must_be_past(happened_on, work.today, "happened_on")
    if incident.resolved_on is not None:
        _must_follow(incident.resolved_on, happened_on, "happened_on")
        if "resolution" in fields:
            must_say(fields["resolution"] or "", "resolution")
    work.change(incident, **fields)
    if causes is not None:
        set_list(work, IncidentCause, "incident_id", incident_id, _in_order(causes))
    return get_incident(work.connection, incident_id)


def note_incident(
    work: UnitOfWork, incident_id: int, text: str, *, on: date | None = None, at: str | None = None
) -> IncidentCard:
    """Adds a line to an incident's timeline: what happened or was done, on a day (today) and perhaps at a time."""
    incident = work.get(Incident, incident_id)
    work.say(_("Timeline of incident {id}: {what}").format(id=incident_id, what=incident.what))
    must_say(text, "text")
    must_be_past(on, work.today, "on")
    work.add(IncidentNote, incident_id=incident_id, on_date=on or work.today, at_time=time_of_day(at), text=text)
    return get_incident(work.connection, incident_id)


def delete_incident_note(work: UnitOfWork, note_id: int) -> IncidentCard:
    """Takes a line out of an incident's timeline. Undo brings it back."""
    note = work.get(IncidentNote, note_id)
    incident = work.get(Incident, note.incident_id)
    work.say(_("Timeline of incident {id}: {what}").format(id=incident.id, what=incident.what))
    work.remove(note)
    return get_incident(work.connection, note.incident_id)


def resolve_incident(
    work: UnitOfWork,
    incident_id: int,
    resolution: str,
    *,
    merit: str | None = None,
    prevention: str | None = None,
    on: date | None = None,
) -> IncidentCard:
    """An incident is over: how it ended, what merit we earned in it, how it is prevented from now on."""
    incident = work.get(Incident, incident_id)
    work.say(_("Resolve incident {id}: {what}").format(id=incident_id, what=incident.what))
    if incident.resolved_on is not None:
        raise Refused(
            _("Incident {id} was resolved on {day} already. Nothing was changed.").format(
                id=incident_id, day=incident.resolved_on
            )
        )
    must_say(resolution, "resolution")
    on = on or work.today
    must_be_past(on, work.today, "on")
    _must_follow(on, incident.happened_on, "on")
    work.change(
        incident,
        resolved_on=on,
        resolution=resolution,
        merit=merit or incident.merit,
        prevention=prevention or incident.prevention,
    )
    return get_incident(work.connection, incident_id)


def reopen_incident(work: UnitOfWork, incident_id: int) -> IncidentCard:
    """An incident is not over after all; what was said of its end stays until it ends again."""
    incident = work.get(Incident, incident_id)
    work.say(_("Reopen incident {id}: {what}").format(id=incident_id, what=incident.what))
    if incident.resolved_on is None:
        raise Refused(_("Incident {id} is open. Nothing was changed.").format(id=incident_id))
    work.change(incident, resolved_on=None)
    return get_incident(work.connection, incident_id)


def delete_incident(work: UnitOfWork, incident_id: int) -> str:
    """Deletes an incident with its timeline; returns what it was. Undo brings it back."""
    incident = work.get(Incident, incident_id)
    what = incident.what
    work.say(_("Delete incident {id}: {what}").format(id=incident_id, what=what))
    work.execute("DELETE FROM external_ref WHERE entity = 'incident' AND row_id = ?", (incident_id,))
    work.remove(incident)
    return what


def _must_follow(day: date, happened_on: date, field: str) -> None:
    if day < happened_on:
        raise BadInput(
            _("{field}: it cannot be resolved before it happened. Nothing was saved.").format(field=field), field=field
        )


def _in_order(causes: Sequence[SuspectedCause]) -> list[SuspectedCause]:
    return [cause for cause in SuspectedCause if cause in set(causes)]
