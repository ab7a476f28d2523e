"""§7: complaints that are not over, incidents of the last half-year, and how they were handled."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Block, Column, Key, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.facts import Facts
from kamtui.brief.words import CAUSE_WORDS, ISSUE_WORDS, SEVERITY_WORDS, quoted, say
from kamtui.domain.enums import IncidentSeverity, IssueStatus, SuspectedCause
from kamtui.language import gettext as _

RECENT_DAYS = 180


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint that is not over, or was lately; without a day of the first answer nobody has answered."""

    id: Key
    words: str
    who: str | None
    received_on: date
    days_open: int
    first_response_on: date | None
    status: IssueStatus
    deferred_until: date | None
    reason: str | None
    resolution: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Accident:
    """An incident, and what was made of it."""

    id: Key
    what: str
    happened_on: date
    severity: IncidentSeverity
    causes: tuple[SuspectedCause, ...]
    resolved_on: date | None
    resolution: str | None
    merit: str | None
    prevention: str | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong: what is open, and what was over within 180 days. `more` did not fit."""

    complaints: tuple[Complaint, ...]
    incidents: tuple[Accident, ...]
    more: int


def trouble_of(facts: Facts) -> Trouble:
    """What is open first, then what happened last."""
    complaints = [
        Complaint(
            id=row.id,
            words=row.words,
            who=row.who,
            received_on=row.received_on,
            days_open=row.days_open,
            first_response_on=row.first_response_on,
            status=row.status,
            deferred_until=row.deferred_until,
            reason=row.reason,
            resolution=row.resolution,
            owner=row.owner,
        )
        for row in facts.issues
        if row.is_open or _recent(row.status_since, facts.today)
    ]
    incidents = [
        Accident(
            id=row.id,
            what=row.what,
            happened_on=row.happened_on,
            severity=row.severity,
            causes=row.causes,
            resolved_on=row.resolved_on,
            resolution=row.resolution,
            merit=row.merit,
            prevention=row.prevention,
        )
        for row in facts.incidents
        if row.is_open or _recent(row.happened_on, facts.today)
    ]
    return Trouble(
        tuple(complaints[: facts.caps.trouble]),
        tuple(incidents[: facts.caps.trouble]),
        max(0, len(complaints) - facts.caps.trouble) + max(0, len(incidents) - facts.caps.trouble),
    )


def lay_out_trouble(trouble: Trouble, today: date) -> Section | None:
    """The complaints, then the incidents; nothing where none is on record."""
    if not trouble.complaints and not trouble.incidents:
        return None
    blocks: list[Block] = []
    if trouble.complaints:
        blocks.append(
            Table(
                (
                    Column(_("complaint")),
                    Column(_("received"), 10),
                    Column(_("first answer"), 12),
                    Column(_("status"), 28),
                    Column(_("owner"), 16),
                ),
                tuple(_complaint(complaint, today) for complaint in trouble.complaints),
                under=_("how handled"),
            )
        )
    if trouble.incidents:
        blocks.append(
            Table(
                (Column(_("incident")), Column(_("severity"), 10), Column(_("happened"), 10)),
                tuple(_incident(incident, today) for incident in trouble.incidents),
                under=_("how handled"),
            )
        )
    return Section("trouble", _("Trouble"), tuple(blocks), more_of((trouble.more, "")))


def _complaint(complaint: Complaint, today: date) -> Row:
    words = quoted(complaint.words)
    return Row(
        (
            f"{words}, {clip(complaint.who, 40)}" if complaint.who else words,
            short_day(complaint.received_on, today),
            short_day(complaint.first_response_on, today) if complaint.first_response_on else _("none yet"),
            _status(complaint),
            clip(complaint.owner, 40) if complaint.owner else _("no owner"),
        ),
        under=_handled(complaint),
    )


def _status(complaint: Complaint) -> str:
    status = say(ISSUE_WORDS, complaint.status)
    if complaint.status is IssueStatus.OPEN:
        return _("{status} for {days} days").format(status=status, days=complaint.days_open)
    if complaint.deferred_until:
        return _("{status} until {day}").format(status=status, day=complaint.deferred_until)
    return status


def _handled(complaint: Complaint) -> str:
    """What was done, or why nothing was."""
    parts = [
        _("reason: {why}").format(why=clip(complaint.reason, 100)) if complaint.reason else "",
        _("resolution: {how}").format(how=clip(complaint.resolution, 100)) if complaint.resolution else "",
    ]
    return "; ".join(part for part in parts if part)


def _incident(incident: Accident, today: date) -> Row:
    causes = ", ".join(say(CAUSE_WORDS, cause) for cause in incident.causes)
    handled = [
        _("open") if incident.resolved_on is None else _("over on {day}").format(day=incident.resolved_on),
        _("suspected: {causes}").format(causes=causes) if causes and incident.resolved_on is None else "",
        clip(incident.resolution, 60) if incident.resolution and incident.resolved_on else "",
        _("merit: {merit}").format(merit=clip(incident.merit, 60)) if incident.merit else "",
        _("prevented by: {how}").format(how=clip(incident.prevention, 60)) if incident.prevention else "",
    ]
    return Row(
        (
            clip(incident.what, 80),
            say(SEVERITY_WORDS, incident.severity),
            short_day(incident.happened_on, today),
        ),
        under="; ".join(part for part in handled if part),
    )


def _recent(day: date, today: date) -> bool:
    return (today - day).days < RECENT_DAYS
