"""`kamtui obligation`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.obligation_template import template_app
from kamtui.cli.occurrence import history, label, last_done, mark, opened, say_resolved
from kamtui.cli.output import OF_ACCOUNT, Column, show_record, show_rows, spoken, wrote
from kamtui.domain.days import age_label
from kamtui.domain.enums import Anchor, OccurrenceStatus, Side
from kamtui.domain.labels import SIDE
from kamtui.language import gettext as _
from kamtui.store.reads.obligations import (
    ObligationCard,
    ObligationRow,
    get_obligation,
    list_obligations,
)
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    template_app,
    name="template",
    help=_("Templates: apply one to an account (the eight, unless said), list, show, add, edit, delete."),
)

ObligationArgument = Annotated[str, typer.Argument(metavar=_("OBLIGATION"), help=_("Number, uid or name."))]
AccountOption = Annotated[
    str | None,
    typer.Option("--account", metavar=_("ACCOUNT"), help=_("Whose obligation it is, where a name is not one alone.")),
]
OccurrenceOption = Annotated[
    int | None, typer.Option("--occurrence", metavar="ID", help=_("Which one, where several are open."))
]
OnOption = Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("When it was; today, if not given."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column("", lambda row: SIDE[row.side]),
    Column(_("account"), lambda row: row.account, gives_way=3),
    Column(_("what"), lambda row: label(row.what, row.subject)),
    Column(_("cadence"), lambda row: spoken(row.cadence), gives_way=1),
    Column(_("owner"), lambda row: row.owner if row.side is Side.OURS else row.their_owner or row.owner, gives_way=2),
    Column("", lambda row: mark(OccurrenceStatus.OPEN, row.days_overdue) if row.due else ""),
    Column(_("due"), lambda row: row.due),
    Column(_("late"), lambda row: age_label(row.days_overdue) if row.days_overdue else "", right=True),
]


@app.command("list", help=_("What we owe them and they us, with what is open of it."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    side: Annotated[Side | None, typer.Option(help=_("Only one side."))] = None,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_obligations(connection, desk(ctx).today, account_id=account_id, side=side)
    show_rows(
        rows, COLUMNS, json=desk(ctx).json, empty=_("None yet. `kamtui obligation template ACCOUNT` adds the eight.")
    )


@app.command("show", help=_("One obligation with its history."))
def show(ctx: typer.Context, obligation: ObligationArgument, account: AccountOption = None) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        obligation_id = find(connection, "obligation", obligation, account_id=account_id, fuzzy=True)
        card = get_obligation(connection, obligation_id, desk(ctx).today)
    show_record(card, _pairs(card), json=desk(ctx).json)


@app.command("add", help=_("Add an obligation, with a period or without one."))
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar=_("WHAT"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("To whom, or whose."))],
    side: Annotated[Side, typer.Option(help=_("Ours to them, or theirs to us."))] = Side.OURS,
    cadence: Annotated[
        str,
        typer.Option(help=_("A period (2w, quarterly), per_order, per_event, none.")),
    ] = "none",
    anchor: Annotated[Anchor, typer.Option("--from", help=_("What the next due date counts from."))] = Anchor.DUE,
    due: Annotated[str | None, typer.Option(metavar=_("DATE"), help=_("When it is due first."))] = None,
    within: Annotated[int | None, typer.Option(help=_("Working days from an order or event."))] = None,
    owner: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us; you, for ours."))] = None,
    their_owner: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.obligations import add_obligation

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_obligation(
            work,
            account_id,
            what,
            side=side,
            cadence=cadence,
            anchor=anchor,
            first_due=desk(ctx).day(due, field="due"),
            within=within,
            owner_id=found(work.connection, "colleague", owner),
            their_owner_id=found(work.connection, "person", their_owner, account_id=account_id),
            note=read_text(note),
        )
    said = _("Added obligation {id}: {what}, due {day}") if row.due else _("Added obligation {id}: {what}")
    said = (said + OF_ACCOUNT).format(id=row.id, what=row.what, day=row.due, account=row.account)
    wrote(said, row, json=desk(ctx).json)


@app.command("edit", help=_("Change an obligation; another cadence plans what is open anew."))
def edit(
    ctx: typer.Context,
    obligation: ObligationArgument,
    account: AccountOption = None,
    what: Annotated[str | None, typer.Option(help=_("What it is."))] = None,
    cadence: Annotated[
        str | None,
        typer.Option(help=_("A period (2w, quarterly), per_order, per_event, none.")),
    ] = None,
    anchor: Annotated[Anchor | None, typer.Option("--from", help=_("What the next due date counts from."))] = None,
    due: Annotated[
        str | None, typer.Option(metavar=_("DATE"), help=_("When the open one is due; the series counts from there."))
    ] = None,
    within: Annotated[int | None, typer.Option(help=_("Working days from an order or event."))] = None,
    owner: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us."))] = None,
    their_owner: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the note in $EDITOR."))] = False,
) -> None:
    from kamtui.services.obligations import edit_obligation

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        at = card.obligation.account_id
        row = edit_obligation(
            work,
            card.obligation.id,
            first_due=desk(ctx).day(due, field="due"),
            **given(
                what=what,
                cadence=cadence,
                anchor=anchor,
                within=within,
                owner_id="" if owner == "" else found(work.connection, "colleague", owner),
                their_owner_id=""
                if their_owner == ""
                else found(work.connection, "person", their_owner, account_id=at),
                note=read_text(note, editor=editor, start=card.note or ""),
            ),
        )
    said = _("Changed obligation {id}: {what}, due {day}") if row.due else _("Changed obligation {id}: {what}")
    wrote(said.format(id=row.id, what=row.what, day=row.due), row, json=desk(ctx).json)


@app.command("start", help=_("Start one that an order or an event starts."))
def start(
    ctx: typer.Context,
    obligation: ObligationArgument,
    account: AccountOption = None,
    about: Annotated[str | None, typer.Option(help=_("Which order, which event."))] = None,
    due: Annotated[
        str | None, typer.Option(metavar=_("DATE"), help=_("When it is due; else by its working days."))
    ] = None,
) -> None:
    from kamtui.services.obligations import start_occurrence

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        row = start_occurrence(work, card.obligation.id, due=desk(ctx).day(due, field="due"), subject=about)
    said = _("Started {id}: {what}, due {day}").format(id=row.id, what=label(row.what, row.subject), day=row.due)
    wrote(said, row, json=desk(ctx).json)


@app.command("done", help=_("It was done; the next one follows by itself."))
def done(
    ctx: typer.Context,
    obligation: ObligationArgument,
    account: AccountOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
    evidence: Annotated[str | None, typer.Option(help=_("What shows it; - reads stdin."))] = None,
    ack: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them acknowledges it."))] = None,
) -> None:
    from kamtui.services.obligations import done_occurrence

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        row, following = done_occurrence(
            work,
            opened(card, occurrence),
            on=desk(ctx).day(on, field="on", past=True),
            evidence=read_text(evidence),
            acknowledged_by_id=found(work.connection, "person", ack, account_id=card.obligation.account_id),
        )
    say_resolved(ctx, _("Done {id}: {what}"), row, following)


@app.command("miss", help=_("It was not done and will not be; the next one follows by itself."))
def miss(
    ctx: typer.Context,
    obligation: ObligationArgument,
    account: AccountOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
    reason: Annotated[str | None, typer.Option(help=_("Why."))] = None,
) -> None:
    from kamtui.services.obligations import miss_occurrence

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        day = desk(ctx).day(on, field="on", past=True)
        row, following = miss_occurrence(work, opened(card, occurrence), reason=reason, on=day)
    say_resolved(ctx, _("Missed {id}: {what}"), row, following)


@app.command("waive", help=_("It is not owed this time, for a reason; the next one follows by itself."))
def waive(
    ctx: typer.Context,
    obligation: ObligationArgument,
    account: AccountOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
    reason: Annotated[str, typer.Option(help=_("Why; needed."))] = "",
) -> None:
    from kamtui.services.obligations import waive_occurrence

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        row, following = waive_occurrence(
            work, opened(card, occurrence), reason, on=desk(ctx).day(on, field="on", past=True)
        )
    say_resolved(ctx, _("Waived {id}: {what}"), row, following)


@app.command("redate", help=_("Another due date for the open one; a later one is for this once."))
def redate(
    ctx: typer.Context,
    obligation: ObligationArgument,
    due: Annotated[str, typer.Argument(metavar=_("DATE"))],
    account: AccountOption = None,
    occurrence: OccurrenceOption = None,
) -> None:
    from kamtui.services.obligations import redate_occurrence

    day = desk(ctx).day(due, field="due")
    assert day is not None
    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        row = redate_occurrence(work, opened(card, occurrence), day)
    said = _("Re-dated {id}: {what}, due {day}").format(id=row.id, what=label(row.what, row.subject), day=row.due)
    wrote(said, row, json=desk(ctx).json)


@app.command("ack", help=_("A person of the customer says that it was done: the last one that is, if none is named."))
def ack(
    ctx: typer.Context,
    obligation: ObligationArgument,
    person: Annotated[str, typer.Argument(metavar=_("PERSON"))],
    account: AccountOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
) -> None:
    from kamtui.services.obligations import acknowledge_occurrence

    with desk(ctx).writing() as work:
        card = _card(ctx, work.connection, obligation, account)
        person_id = find(work.connection, "person", person, account_id=card.obligation.account_id)
        day = desk(ctx).day(on, field="on", past=True)
        row = acknowledge_occurrence(work, last_done(card, occurrence), person_id, on=day)
    said = _("Acknowledged {id}: {what}, by {person}").format(
        id=row.id, what=label(row.what, row.subject), person=row.acknowledged_by
    )
    wrote(said, row, json=desk(ctx).json)


@app.command("delete", help=_("Delete an obligation with its history; undo brings it back."))
def delete(ctx: typer.Context, obligation: ObligationArgument, account: AccountOption = None) -> None:
    from kamtui.services.obligations import delete_obligation

    with desk(ctx).writing() as work:
        obligation_id = _card(ctx, work.connection, obligation, account).obligation.id
        what = delete_obligation(work, obligation_id)
    wrote(
        _("Deleted obligation {id}: {what} (undo brings it back)").format(id=obligation_id, what=what),
        {"id": obligation_id, "what": what},
        json=desk(ctx).json,
    )


def _card(ctx: typer.Context, connection: Connection, obligation: str, account: str | None) -> ObligationCard:
    account_id = found(connection, "account", account)
    return get_obligation(
        connection, find(connection, "obligation", obligation, account_id=account_id), desk(ctx).today
    )


def _pairs(card: ObligationCard) -> list[tuple[str, object]]:
    row: ObligationRow = card.obligation
    return [
        (_("obligation"), f"{SIDE[row.side]} {row.what} ({row.id})"),
        (_("account"), row.account),
        (_("cadence"), spoken(row.cadence)),
        (_("from"), row.anchor if row.cadence[0].isdigit() else None),
        (_("working days"), row.within),
        (_("owner"), row.owner),
        (_("their owner"), row.their_owner),
        (_("since"), card.starts_on),
        (_("note"), card.note),
        *(
            (
                f"{mark(each.status, each.days_overdue)} {each.due}",
                history(each),
            )
            for each in card.occurrences
        ),
    ]
