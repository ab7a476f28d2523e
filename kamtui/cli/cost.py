"""`kamtui cost`."""

from typing import Annotated

import typer

from kamtui.cli.amounts import amount
from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, note, show_record, show_rows, wrote
from kamtui.domain.enums import CostKind
from kamtui.language import gettext as _
from kamtui.store.reads.ledger import CostRow, get_cost, list_costs
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

CostArgument = Annotated[str, typer.Argument(metavar=_("COST"), help=_("Number or uid."))]


@app.command("list", help=_("What winning and serving accounts cost, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    since: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("From this day on."))] = None,
    until: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("Up to this day."))] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 200,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_costs(
            connection,
            found(connection, "account", account, fuzzy=True),
            since=desk(ctx).day(since, field="--since"),
            until=desk(ctx).day(until, field="--until"),
            limit=limit + 1,
        )
    show_rows(
        rows[:limit],
        [
            Column(_("id"), lambda row: row.id, right=True),
            Column(_("account"), lambda row: row.account),
            Column(_("day"), lambda row: row.on),
            Column(_("kind"), lambda row: row.kind),
            Column(_("amount"), lambda row: row.amount, right=True),
            Column(_("note"), lambda row: row.note),
        ],
        json=desk(ctx).json,
        empty=_("No costs yet. `kamtui cost add AMOUNT --account A` notes one."),
    )
    if len(rows) > limit and not desk(ctx).json:
        note(_("There is more; --limit shows it."))


@app.command("show", help=_("One cost."))
def show(ctx: typer.Context, cost: CostArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_cost(connection, find(connection, "cost", cost))
    show_record(
        row,
        [
            (_("cost"), row.id),
            (_("account"), row.account),
            (_("day"), row.on),
            (_("kind"), row.kind),
            (_("amount"), row.amount),
            (_("note"), row.note),
        ],
        json=desk(ctx).json,
    )


@app.command("add", help=_("Note what winning or serving an account cost."))
def add(
    ctx: typer.Context,
    spent: Annotated[str, typer.Argument(metavar=_("AMOUNT"), help=_("30000, 3万, 12k EUR."))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("For whom."))],
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When; today."))] = None,
    kind: Annotated[CostKind, typer.Option(help=_("Of what kind."))] = CostKind.OTHER,
    remark: Annotated[str | None, typer.Option("--note", help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.ledger import add_cost

    with desk(ctx).writing() as work:
        row = add_cost(
            work,
            find(work.connection, "account", account),
            amount(work.connection, spent, "amount"),
            on=desk(ctx).day(on, field="--on", past=True),
            kind=kind,
            note=read_text(remark),
        )
    _wrote(ctx, _("Added cost {id}: {amount}, {account}, {day}"), row)


@app.command("edit", help=_("Change a cost; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    cost: CostArgument,
    spent: Annotated[str | None, typer.Option("--amount", metavar=_("AMOUNT"), help=_("30000, 3万, 12k EUR."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When."))] = None,
    kind: Annotated[CostKind | None, typer.Option(help=_("Of what kind."))] = None,
    remark: Annotated[str | None, typer.Option("--note", help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.ledger import edit_cost

    with desk(ctx).writing() as work:
        row = edit_cost(
            work,
            find(work.connection, "cost", cost),
            **given(
                amount=amount(work.connection, spent, "amount") if spent else spent,
                on=desk(ctx).day(on, field="--on", past=True),
                kind=kind,
                note=read_text(remark),
            ),
        )
    _wrote(ctx, _("Changed cost {id}: {amount}, {account}, {day}"), row)


@app.command("delete", help=_("Delete a cost; undo brings it back."))
def delete(ctx: typer.Context, cost: CostArgument) -> None:
    from kamtui.services.ledger import delete_cost

    with desk(ctx).writing() as work:
        row = delete_cost(work, find(work.connection, "cost", cost))
    _wrote(ctx, _("Deleted cost {id}: {amount}, {account}, {day} (undo brings it back)"), row)


def _wrote(ctx: typer.Context, sentence: str, row: CostRow) -> None:
    said = sentence.format(id=row.id, amount=row.amount, account=row.account, day=row.on)
    wrote(said, row, json=desk(ctx).json)
