"""Trouble: complaints, incidents, and the four channels by which a customer reaches us."""

from collections.abc import Iterator

from kamtui.domain.days import age_label
from kamtui.domain.enums import IncidentSeverity, IssueStatus
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.channels import ChannelRow, list_channels
from kamtui.store.reads.incidents import IncidentRow, get_incident, list_incidents
from kamtui.store.reads.issues import IssueRow, get_issue, list_issues
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

OPEN, ALL = range(2)
Entry = IssueRow | IncidentRow | ChannelRow
_LATE = 7  # days that a complaint may be open before it is shown as late (PRODUCT.md §4, signal 14)


def columns(view: View) -> list[Column]:
    """State, since when, what, who, whose."""

    def age(row: Entry) -> Cell:
        if isinstance(row, ChannelRow):
            return (row.communicated_on.isoformat(), "") if row.communicated_on else (_("not told"), "warn")
        if isinstance(row, IssueRow):
            late = row.is_open and row.days_open > _LATE
            return age_label(row.days_open) + ("!" if late else ""), "warn" if late else ""
        return age_label((view.today - row.happened_on).days), ""

    return [
        Column("", _state, width=9),
        Column("age", age, width=10, right=True),
        Column("what", _what, flex=6, least=14),
        Column("who", _who, flex=2, least=8, most=22, gives_way=2),
        Column("ours", _ours, flex=1, least=8, most=18, gives_way=1),
    ]


def _state(row: Entry) -> Cell:
    if isinstance(row, ChannelRow):
        return ("[x]", "") if row.communicated_on else ("[ ]", "warn")
    if isinstance(row, IncidentRow):
        style = (
            "critical" if row.is_open and row.severity is IncidentSeverity.CRITICAL else "warn" if row.is_open else ""
        )
        return called(row.severity) if row.is_open else _("resolved"), style
    if row.status is IssueStatus.OPEN:
        return (_("answered"), "") if row.first_response_on else ("!! " + _("open"), "critical")
    return called(row.status), "warn" if row.is_open else ""


def _what(row: Entry) -> Cell:
    if isinstance(row, ChannelRow):
        return f"{called(row.kind)}  {row.contact or ''}"
    return f"“{row.words}”" if isinstance(row, IssueRow) else row.what


def _who(row: Entry) -> str:
    if isinstance(row, ChannelRow):
        return row.told_to or ""
    return (row.who if isinstance(row, IssueRow) else row.their_responsible) or "?"


def _ours(row: Entry) -> str:
    if isinstance(row, ChannelRow):
        return row.colleague or ""
    return (row.owner if isinstance(row, IssueRow) else row.responsible) or ""


def read(view: View) -> Shown:
    """What is open first; with the second view what is resolved too."""
    everything = view.views.get("trouble", OPEN) == ALL
    issues = view.session.read(list_issues, view.today, account_id=view.account_id, open_only=False)
    incidents = view.session.read(list_incidents, account_id=view.account_id, open_only=False)
    channels = view.session.read(list_channels, view.account_id)
    open_issues = [row for row in issues if row.is_open]
    open_incidents = [row for row in incidents if row.is_open]
    lines: list[Line] = []
    shown_issues = [
        r for r in (issues if everything else open_issues) if view.keeps("trouble", r.words, r.who, r.owner, r.status)
    ]
    shown_incidents = [
        r
        for r in (incidents if everything else open_incidents)
        if view.keeps("trouble", r.what, r.responsible, r.severity)
    ]
    lines.append(Line(text=_("COMPLAINTS ({count} open)").format(count=len(open_issues)), style="heading"))
    lines += [Line(("issue", row.id), row, style="" if row.is_open else "done") for row in shown_issues]
    lines.append(Line(text=_("INCIDENTS ({count} open)").format(count=len(open_incidents)), style="heading"))
    lines += [Line(("incident", row.id), row, style="" if row.is_open else "done") for row in shown_incidents]
    lines.append(Line(text=_("CHANNELS: what the customer was told of"), style="heading"))
    lines += [
        Line(("channel", number), row)
        for number, row in enumerate(channels)
        if view.keeps("trouble", row.kind, row.contact)
    ]
    count = len(open_issues) + len(open_incidents)
    unanswered = any(row.first_response_on is None for row in open_issues) or bool(open_incidents)
    return Shown(lines, _("{count} open").format(count=count), f"{count}{'!' if unanswered else ''}")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The complaint, the incident or the channel, whole."""
    row: Entry = line.record
    if isinstance(row, IssueRow):
        yield from _issue(view.session.read(get_issue, row.id, view.today))
    elif isinstance(row, IncidentRow):
        yield from _incident(view, row.id)
    else:
        yield Said(str(_what(row)), "title")
        yield Said(_("told {day} to {who}").format(day=row.communicated_on or "-", who=row.told_to or "-"))
        yield Said(_("ours: {name}").format(name=row.colleague or "-"))
        if row.note:
            yield Said(row.note)


def _issue(row: IssueRow) -> Iterator[Said]:
    yield Said(_("complaint {id}, {status}").format(id=row.id, status=called(row.status)), "title")
    yield Said(f"{row.received_on}  {row.who or '?'}: “{row.words}”", indent=12)
    answered = (
        f"{row.first_response_on}: {row.first_response or ''}" if row.first_response_on else _("none yet: r answers")
    )
    yield Said(_("first response  {text}").format(text=answered), "" if row.first_response_on else "alarm")
    yield Said(_("owner  {name}").format(name=row.owner or "-"))
    for label, text in (
        (_("put off until"), row.deferred_until), (_("reason"), row.reason), (_("resolution"), row.resolution), (_("note"), row.note),
    ):  # fmt: skip
        if text:
            yield Said(f"{label}: {text}", indent=2)
    yield Said(_("open for {days} days").format(days=row.days_open), "muted")


def _incident(view: View, incident_id: int) -> Iterator[Said]:
    card = view.session.read(get_incident, incident_id)
    row = card.incident
    yield Said(f"{row.what}, {called(row.severity)}", "title")
    yield Said(
        f"{row.happened_on}  " + (_("resolved {day}").format(day=row.resolved_on) if row.resolved_on else _("open")),
        "muted",
    )
    yield Said(_("suspected: {causes}").format(causes=", ".join(_(cause) for cause in row.causes) or "?"))
    yield Said(
        _("ours {ours}, theirs {theirs}").format(ours=row.responsible or "-", theirs=row.their_responsible or "-")
    )
    for note in card.timeline:
        yield Said(f"{note.on} {note.at_time or ''}  {note.text}", indent=12)
    for label, text in (
        (_("resolution"), row.resolution), (_("merit earned in it"), row.merit), (_("prevention"), row.prevention), (_("note"), row.note),
    ):  # fmt: skip
        if text:
            yield Said(f"{label}: {text}", indent=2)


PANE = Pane(
    "trouble",
    "7",
    mark("Trouble"),
    columns,
    read,
    detail,
    mark("No complaint and no incident."),
    (mark("open"), mark("all")),
    whole=1,
)
