"""Trouble and the ways to tell us of it: complaints, incidents, channels."""

from datetime import date

from kamtui.domain.enums import ChannelKind, IncidentSeverity, IssueStatus, SuspectedCause
from kamtui.store.tables.base import (
    Name,
    Note,
    OptionalName,
    OptionalNote,
    Row,
    Value,
    check,
    day,
    is_day,
    link,
    named,
    not_blank,
    one_of,
    prose,
    table,
    unique,
    word,
    written,
)


class Issue(Row, table=True):
    """A complaint in the customer's words. Who puts one off or denies it says why; `status_since` is the day on which it
    came into its state."""

    __tablename__ = "issue"
    __table_args__ = table(
        written("words"),
        one_of("status", IssueStatus),
        check("first_response_on >= received_on"),
        check("status_since >= received_on"),
        check(f"status NOT IN ('deferred', 'denied') OR (reason IS NOT NULL AND {not_blank('reason')})"),
        check("status = 'deferred' OR deferred_until IS NULL"),
        is_day("received_on"),
        is_day("first_response_on"),
        is_day("status_since"),
        is_day("deferred_until"),
    )

    account_id: int = link("account")
    words: Note = prose()
    received_on: date = day()
    raised_by_id: int | None = link("person", gone="SET NULL", optional=True)
    owner_id: int | None = link("colleague", gone="RESTRICT", optional=True)
    first_response_on: date | None = day(default=None)
    first_response: OptionalNote = prose(default=None)
    status: IssueStatus = word(IssueStatus, default=IssueStatus.OPEN)
    status_since: date = day()
    deferred_until: date | None = day(default=None)
    reason: OptionalNote = prose(default=None)
    resolution: OptionalNote = prose(default=None)
    note: OptionalNote = prose(default=None)


class Incident(Row, table=True):
    """An accident at the customer: how bad, what may have caused it, who answers for it on each side, how it ended, what
    merit we earned in it, and how it is prevented from now on."""

    __tablename__ = "incident"
    __table_args__ = table(
        named("what"),
        one_of("severity", IncidentSeverity),
        check("resolved_on >= happened_on"),
        check("resolved_on IS NULL OR resolution IS NOT NULL"),
        is_day("happened_on"),
        is_day("resolved_on"),
    )

    account_id: int = link("account")
    what: Name = prose()
    happened_on: date = day()
    severity: IncidentSeverity = word(IncidentSeverity, default=IncidentSeverity.MAJOR)
    responsible_id: int | None = link("colleague", gone="RESTRICT", optional=True)
    their_responsible_id: int | None = link("person", gone="SET NULL", optional=True)
    resolved_on: date | None = day(default=None)
    resolution: OptionalNote = prose(default=None)
    merit: OptionalNote = prose(default=None)
    prevention: OptionalNote = prose(default=None)
    note: OptionalNote = prose(default=None)


class IncidentCause(Value, table=True):
    """What may have caused an incident; several are suspected until one is known."""

    __tablename__ = "incident_cause"
    __table_args__ = table(unique("incident_id", "value"))

    incident_id: int = link("incident")
    value: SuspectedCause = word(SuspectedCause, foreign_key="suspected_cause.code", ondelete="RESTRICT")


class IncidentNote(Row, table=True):
    """A line of an incident's timeline: what happened, or was done, on a day and perhaps at a time."""

    __tablename__ = "incident_note"
    __table_args__ = table(
        written("text"),
        check("at_time IS NULL OR at_time GLOB '[0-2][0-9]:[0-5][0-9]'"),
        is_day("on_date"),
    )

    incident_id: int = link("incident")
    on_date: date = day()
    at_time: str | None = prose(default=None)
    text: Note = prose()


class Channel(Row, table=True):
    """One of the four ways in which a customer reaches us: where it leads, and when who of theirs was told of it."""

    __tablename__ = "channel"
    __table_args__ = table(
        one_of("kind", ChannelKind),
        is_day("communicated_on"),
        unique("account_id", "kind"),
    )

    account_id: int = link("account")
    kind: ChannelKind = word(ChannelKind)
    colleague_id: int | None = link("colleague", gone="SET NULL", optional=True)
    contact: OptionalName = prose(default=None)
    communicated_on: date | None = day(default=None)
    told_to_id: int | None = link("person", gone="SET NULL", optional=True)
    note: OptionalNote = prose(default=None)
