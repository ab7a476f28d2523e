"""`kamtui incident`: accidents at the customer, and what we made of them."""

from typing import Annotated, Any

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import OF_ACCOUNT, Column, as_json, show_record, show_rows, wrote
from kamtui.domain.enums import IncidentSeverity, SuspectedCause
from kamtui.language import gettext as _
from kamtui.store.reads.incidents import IncidentCard, get_incident, list_incidents
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

IncidentArgument = Annotated[str, typer.Argument(metavar=_("INCIDENT"), help=_("Number, uid or name."))]
Causes = Annotated[list[SuspectedCause] | None, typer.Option("--cause", help=_("Suspected; more than once."))]
Ours = Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us answers for it; the KAM."))]
Theirs = Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them."))]
On = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was; today."))]
Merit = Annotated[str | None, typer.Option(help=_("What we earned in it."))]
Prevention = Annotated[str | None, typer.Option(help=_("How it is prevented from now on."))]
Note = Annotated[str | None, typer.Option(help=_("- reads stdin."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account, gives_way=4),
    Column(_("severity"), lambda row: row.severity),
    Column(_("what"), lambda row: row.what),
    Column(_("happened"), lambda row: row.happened_on),
    Column(_("causes"), lambda row: row.causes, gives_way=1),
    Column(_("responsible"), lambda row: row.responsible, gives_way=2),
    Column(_("resolved"), lambda row: row.resolved_on or _("open")),
    Column(_("merit"), lambda row: row.merit, gives_way=3),
]


@app.command("list", help=_("Incidents: those that are not resolved first, then the newest."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    open_only: Annotated[bool, typer.Option("--open", help=_("Only those that are not resolved."))] = False,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_incidents(connection, account_id, open_only=open_only)
    show_rows(
        rows, COLUMNS, json=desk(ctx).json, empty=_("No incidents. `kamtui incident add WHAT --account A` notes one.")
    )


@app.command("show", help=_("One incident with its timeline."))
def show(ctx: typer.Context, incident: IncidentArgument) -> None:
    with desk(ctx).reading() as connection:
        card = get_incident(connection, find(connection, "incident", incident, fuzzy=True))
    show_record(_flat(card) if desk(ctx).json else card, _pairs(card), json=desk(ctx).json)


@app.command("add", help=_("Note an incident."))
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar=_("WHAT"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Where it happened."))],
    severity: Annotated[IncidentSeverity, typer.Option(help=_("How bad."))] = IncidentSeverity.MAJOR,
    on: On = None,
    causes: Causes = None,
    responsible: Ours = None,
    theirs: Theirs = None,
    note: Note = None,
) -> None:
    from kamtui.services.incidents import add_incident

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        card = add_incident(
            work,
            account_id,
            what,
            happened_on=desk(ctx).day(on, field="--on", past=True),
            severity=severity,
            causes=causes or (),
            responsible_id=found(work.connection, "colleague", responsible),
            their_responsible_id=found(work.connection, "person", theirs, account_id=account_id),
            note=read_text(note),
        )
    _wrote(ctx, _("Added incident {id}: {what}") + OF_ACCOUNT, card)


@app.command("edit", help=_("Change an incident; an empty text empties a field, causes replace what was there."))
def edit(
    ctx: typer.Context,
    incident: IncidentArgument,
    what: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What happened."))] = None,
    severity: Annotated[IncidentSeverity | None, typer.Option(help=_("How bad."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it happened."))] = None,
    causes: Causes = None,
    responsible: Ours = None,
    theirs: Theirs = None,
    resolution: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("How it ended."))] = None,
    merit: Merit = None,
    prevention: Prevention = None,
    note: Note = None,
) -> None:
    from kamtui.services.incidents import edit_incident

    with desk(ctx).writing() as work:
        incident_id = find(work.connection, "incident", incident)
        at = get_incident(work.connection, incident_id).incident.account_id
        card = edit_incident(
            work,
            incident_id,
            causes=causes,
            **given(
                what=what,
                severity=severity,
                happened_on=desk(ctx).day(on, field="--on", past=True),
                responsible_id="" if responsible == "" else found(work.connection, "colleague", responsible),
                their_responsible_id="" if theirs == "" else found(work.connection, "person", theirs, account_id=at),
                resolution=resolution,
                merit=merit,
                prevention=prevention,
                note=read_text(note),
            ),
        )
    _wrote(ctx, _("Changed incident {id}: {what}"), card)


@app.command("note", help=_("Add a line to its timeline, or take one out."))
def note_(
    ctx: typer.Context,
    incident: IncidentArgument,
    text: Annotated[str | None, typer.Argument(metavar=_("[TEXT]"), help=_("- reads stdin."))] = None,
    on: On = None,
    at: Annotated[str | None, typer.Option(metavar=_("TIME"), help=_("At what time: 10:30."))] = None,
    remove: Annotated[int | None, typer.Option(metavar="ID", help=_("Take the line of this number out."))] = None,
) -> None:
    from kamtui.domain.errors import NotFound
    from kamtui.services.incidents import delete_incident_note, note_incident

    said = read_text(text) or ""
    with desk(ctx).writing() as work:
        incident_id = find(work.connection, "incident", incident)
        if remove is None:
            card = note_incident(work, incident_id, said, on=desk(ctx).day(on, field="--on", past=True), at=at)
        elif remove in {row.id for row in get_incident(work.connection, incident_id).timeline}:
            card = delete_incident_note(work, remove)
        else:
            raise NotFound(_("Incident {id} has no line {line}.").format(id=incident_id, line=remove))
    _wrote(ctx, _("Timeline of incident {id}, {lines} lines: {what}"), card, lines=len(card.timeline))


@app.command("resolve", help=_("It is over: how it ended, what merit we earned, how it is prevented."))
def resolve(
    ctx: typer.Context,
    incident: IncidentArgument,
    resolution: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("How; - reads stdin."))],
    merit: Merit = None,
    prevention: Prevention = None,
    on: On = None,
) -> None:
    from kamtui.services.incidents import resolve_incident

    text = read_text(resolution) or ""
    with desk(ctx).writing() as work:
        card = resolve_incident(
            work,
            find(work.connection, "incident", incident),
            text,
            merit=merit,
            prevention=prevention,
            on=desk(ctx).day(on, field="--on", past=True),
        )
    _wrote(ctx, _("Resolved incident {id}: {what}"), card)


@app.command("reopen", help=_("It is not over after all."))
def reopen(ctx: typer.Context, incident: IncidentArgument) -> None:
    from kamtui.services.incidents import reopen_incident

    with desk(ctx).writing() as work:
        card = reopen_incident(work, find(work.connection, "incident", incident))
    _wrote(ctx, _("Reopened incident {id}: {what}"), card)


@app.command("delete", help=_("Delete an incident with its timeline; undo brings it back."))
def delete(ctx: typer.Context, incident: IncidentArgument) -> None:
    from kamtui.services.incidents import delete_incident

    with desk(ctx).writing() as work:
        incident_id = find(work.connection, "incident", incident)
        what = delete_incident(work, incident_id)
    said = _("Deleted incident {id}: {what} (undo brings it back)").format(id=incident_id, what=what)
    wrote(said, {"id": incident_id, "what": what}, json=desk(ctx).json)


def _flat(card: IncidentCard) -> dict[str, Any]:
    flat = as_json(card)
    return {**flat.pop("incident"), **flat}


def _wrote(ctx: typer.Context, sentence: str, card: IncidentCard, **more: object) -> None:
    row = card.incident
    wrote(sentence.format(id=row.id, what=row.what, account=row.account, **more), _flat(card), json=desk(ctx).json)


def _pairs(card: IncidentCard) -> list[tuple[str, object]]:
    row = card.incident
    return [
        (_("incident"), f"{row.what} ({row.id})"),
        (_("account"), row.account),
        (_("severity"), row.severity),
        (_("happened"), row.happened_on),
        (_("causes"), row.causes),
        (_("responsible"), row.responsible),
        (_("of theirs"), row.their_responsible),
        (_("resolved"), row.resolved_on or _("open")),
        (_("resolution"), row.resolution),
        (_("merit"), row.merit),
        (_("prevention"), row.prevention),
        (_("note"), row.note),
        *((f"{line.on} {line.at_time or ''}".rstrip(), f"{line.text} ({line.id})") for line in card.timeline),
    ]
