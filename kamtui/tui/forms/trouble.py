"""The forms of trouble: a complaint, an incident, a channel."""

from datetime import date

from kamtui.domain.enums import ChannelKind, IncidentSeverity, SuspectedCause
from kamtui.language import mark
from kamtui.store.reads.channels import list_channels
from kamtui.store.reads.incidents import get_incident
from kamtui.store.reads.issues import get_issue
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, options, picked, text_of

_PAST = mark("today, fri, -2d, 11-20, 昨天")
SEVERITY = options(
    {
        IncidentSeverity.CRITICAL: mark("critical"),
        IncidentSeverity.MAJOR: mark("major"),
        IncidentSeverity.MINOR: mark("minor"),
    }
)
CAUSE = options(
    {
        SuspectedCause.PRODUCT: mark("our product"),
        SuspectedCause.NETWORK: mark("network"),
        SuspectedCause.DATA: mark("data"),
        SuspectedCause.OPERATOR: mark("operator"),
    }
)
_ISSUE = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("words", mark("in their words"), Kind.NOTE, required=True),
    Field("raised_by_id", mark("said by"), Kind.PERSON),
    Field("received_on", mark("received"), Kind.PAST_DAY, required=True, default="today", hint=_PAST),
    Field("owner_id", mark("who of us"), Kind.COLLEAGUE),
    Field("first_response_on", mark("answered on"), Kind.PAST_DAY, only_edit=True, hint=_PAST),
    Field("first_response", mark("first response"), Kind.NOTE, only_edit=True),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_INCIDENT = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("what", mark("what happened"), required=True),
    Field("happened_on", mark("on"), Kind.PAST_DAY, required=True, default="today", hint=_PAST),
    Field("severity", mark("severity"), Kind.CHOICE, required=True, options=SEVERITY, default="major"),
    Field("causes", mark("suspected"), Kind.SEVERAL, options=CAUSE),
    Field("responsible_id", mark("who of us"), Kind.COLLEAGUE),
    Field("their_responsible_id", mark("who of them"), Kind.PERSON),
    Field("resolution", mark("resolution"), Kind.NOTE, folded=True, only_edit=True),
    Field("merit", mark("merit earned"), Kind.NOTE, folded=True, only_edit=True),
    Field("prevention", mark("prevention"), Kind.NOTE, folded=True, only_edit=True),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_CHANNEL = (
    Field("colleague_id", mark("who of us"), Kind.COLLEAGUE),
    Field("contact", mark("contact"), hint=mark("a number, an address")),
    Field("communicated_on", mark("told on"), Kind.PAST_DAY, hint=_PAST),
    Field("told_to_id", mark("told to"), Kind.PERSON),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_OF_ISSUE = ("raised_by_id", "received_on", "owner_id", "note")
_OF_INCIDENT = ("happened_on", "severity", "causes", "responsible_id", "their_responsible_id", "note")
_CLOSING = ("resolution", "merit", "prevention")


def load_issue(connection: Connection, issue_id: int, today: date) -> Texts:
    """The texts of a complaint."""
    row = get_issue(connection, issue_id, today)
    names = ("words", "received_on", "first_response_on", "first_response", "note")
    return {
        **{name: text_of(getattr(row, name)) for name in names},
        "raised_by_id": picked(row.raised_by_id, row.who),
        "owner_id": picked(row.owner_id, row.owner),
    }


def save_issue(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a complaint, or changes one."""
    from kamtui.services.issues import add_issue, edit_issue

    if filled.record_id is None:
        row = add_issue(work, filled.account, filled.values["words"], **filled.given(*_OF_ISSUE))
    else:
        fields = filled.given("words", "first_response_on", "first_response", *_OF_ISSUE)
        row = edit_issue(work, filled.record_id, **fields)
    return "issue", row.id


def load_incident(connection: Connection, incident_id: int, _today: date) -> Texts:
    """The texts of an incident."""
    row = get_incident(connection, incident_id).incident
    names = ("what", "happened_on", "severity", "causes", *_CLOSING, "note")
    return {
        **{name: text_of(getattr(row, name)) for name in names},
        "responsible_id": picked(row.responsible_id, row.responsible),
        "their_responsible_id": picked(row.their_responsible_id, row.their_responsible),
    }


def save_incident(work: UnitOfWork, filled: Filled) -> Key:
    """Notes an incident, or changes one."""
    from kamtui.services.incidents import add_incident, edit_incident

    if filled.record_id is None:
        card = add_incident(work, filled.account, filled.values["what"], **filled.given(*_OF_INCIDENT))
    else:
        card = edit_incident(work, filled.record_id, **filled.given("what", *_OF_INCIDENT, *_CLOSING))
    return "incident", card.incident.id


def channel_form(account_id: int, kind: ChannelKind) -> FormSpec:
    """The form of one of the four channels of an account; it is there from the beginning, and so is only edited."""
    number = list(ChannelKind).index(kind)

    def load(connection: Connection, _number: int, _today: date) -> Texts:
        row = list_channels(connection, account_id)[number]
        return {
            "colleague_id": picked(row.colleague_id, row.colleague),
            "contact": row.contact or "",
            "communicated_on": text_of(row.communicated_on),
            "told_to_id": picked(row.told_to_id, row.told_to),
            "note": row.note or "",
        }

    def save(work: UnitOfWork, filled: Filled) -> Key:
        from kamtui.services.channels import set_channel

        set_channel(work, account_id, kind, **filled.given(*(field.name for field in _CHANNEL)))
        return "channel", number

    return FormSpec(
        "channel", mark("Channel"), mark("Channel"), _CHANNEL, load, save, account_of=lambda *_any: account_id
    )


def account_of_issue(connection: Connection, issue_id: int) -> int | None:
    """The account of a complaint."""
    return _account_of(connection, "issue", issue_id)


def account_of_incident(connection: Connection, incident_id: int) -> int | None:
    """The account of an incident."""
    return _account_of(connection, "incident", incident_id)


def _account_of(connection: Connection, table: str, row_id: int) -> int | None:
    row = connection.execute(f"SELECT account_id FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
    return row[0] if row else None


ISSUE = FormSpec(
    "issue", mark("New complaint"), mark("Complaint"), _ISSUE, load_issue, save_issue, account_of=account_of_issue
)
INCIDENT = FormSpec(
    "incident", mark("New incident"), mark("Incident"), _INCIDENT, load_incident, save_incident,
    account_of=account_of_incident,
)  # fmt: skip
