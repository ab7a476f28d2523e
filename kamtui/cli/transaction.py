"""`kamtui transaction`."""

from typing import Annotated

import typer

from kamtui.cli.amounts import amount, number
from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, note, show_record, show_rows, wrote
from kamtui.domain.enums import TransactionKind
from kamtui.language import gettext as _
from kamtui.store.reads.ledger import TransactionRow, get_transaction, list_transactions
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

TransactionArgument = Annotated[str, typer.Argument(metavar=_("TRANSACTION"), help=_("Number or uid."))]
Profit = Annotated[str | None, typer.Option("--gross-profit", metavar=_("AMOUNT"), help=_("Unknown where not given."))]
Quantity = Annotated[str | None, typer.Option(help=_("How many."))]
Line = Annotated[str | None, typer.Option(metavar=_("PRODUCT LINE"), help=_("Of which; a new one is made."))]


@app.command("list", help=_("Orders and other money in, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    since: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("From this day on."))] = None,
    until: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("Up to this day."))] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 200,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_transactions(
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
            Column(_("revenue"), lambda row: row.revenue, right=True),
            Column(_("gross profit"), lambda row: row.gross_profit, right=True),
            Column(_("quantity"), lambda row: row.quantity, right=True),
            Column(_("product line"), lambda row: row.product_line),
            Column(_("note"), lambda row: row.note),
        ],
        json=desk(ctx).json,
        empty=_("No transactions yet. `kamtui transaction add AMOUNT --account A` notes one."),
    )
    if len(rows) > limit and not desk(ctx).json:
        note(_("There is more; --limit shows it."))


@app.command("show", help=_("One transaction."))
def show(ctx: typer.Context, transaction: TransactionArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_transaction(connection, find(connection, "transaction", transaction))
    show_record(
        row,
        [
            (_("transaction"), row.id),
            (_("account"), row.account),
            (_("day"), row.on),
            (_("kind"), row.kind),
            (_("revenue"), row.revenue),
            (_("gross profit"), row.gross_profit or _("unknown")),
            (_("quantity"), row.quantity),
            (_("product line"), row.product_line),
            (_("note"), row.note),
        ],
        json=desk(ctx).json,
    )


@app.command("add", help=_("Note an order, an invoice, a deal won. A credit is negative: `-- -500`."))
def add(
    ctx: typer.Context,
    revenue: Annotated[str, typer.Argument(metavar=_("AMOUNT"), help=_("30000, 3万, 12k EUR."))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Of whom."))],
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When; today."))] = None,
    kind: Annotated[
        TransactionKind, typer.Option(help=_("reciprocal_purchase is what we bought from them."))
    ] = TransactionKind.MAIN,
    profit: Profit = None,
    quantity: Quantity = None,
    line: Line = None,
    remark: Annotated[str | None, typer.Option("--note", help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.ledger import add_transaction

    with desk(ctx).writing() as work:
        row = add_transaction(
            work,
            find(work.connection, "account", account),
            amount(work.connection, revenue, "revenue"),
            on=desk(ctx).day(on, field="--on", past=True),
            kind=kind,
            gross_profit=amount(work.connection, profit, "gross_profit") if profit else None,
            quantity=number(quantity, "quantity") if quantity else None,
            product_line=line,
            note=read_text(remark),
        )
    _wrote(ctx, _("Added transaction {id}: {revenue}, {account}, {day}"), row)


@app.command("edit", help=_("Change a transaction; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    transaction: TransactionArgument,
    revenue: Annotated[str | None, typer.Option(metavar=_("AMOUNT"), help=_("30000, 3万, 12k EUR."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When."))] = None,
    kind: Annotated[TransactionKind | None, typer.Option(help=_("Of what kind."))] = None,
    profit: Profit = None,
    quantity: Quantity = None,
    line: Line = None,
    remark: Annotated[str | None, typer.Option("--note", help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.ledger import edit_transaction

    with desk(ctx).writing() as work:
        row = edit_transaction(
            work,
            find(work.connection, "transaction", transaction),
            **given(
                revenue=amount(work.connection, revenue, "revenue") if revenue else revenue,
                on=desk(ctx).day(on, field="--on", past=True),
                kind=kind,
                gross_profit=amount(work.connection, profit, "gross_profit") if profit else profit,
                quantity=number(quantity, "quantity") if quantity else quantity,
                product_line=line,
                note=read_text(remark),
            ),
        )
    _wrote(ctx, _("Changed transaction {id}: {revenue}, {account}, {day}"), row)


@app.command("delete", help=_("Delete a transaction; undo brings it back."))
def delete(ctx: typer.Context, transaction: TransactionArgument) -> None:
    from kamtui.services.ledger import delete_transaction

    with desk(ctx).writing() as work:
        row = delete_transaction(work, find(work.connection, "transaction", transaction))
    _wrote(ctx, _("Deleted transaction {id}: {revenue}, {account}, {day} (undo brings it back)"), row)


def _wrote(ctx: typer.Context, sentence: str, row: TransactionRow) -> None:
    said = sentence.format(id=row.id, revenue=row.revenue, account=row.account, day=row.on)
    wrote(said, row, json=desk(ctx).json)
