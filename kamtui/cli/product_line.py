"""`kamtui product-line`: what an account buys from us, and whether head office or each branch decides about it."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given
from kamtui.cli.output import Column, show_rows, spoken, wrote
from kamtui.domain.enums import PurchasingMode
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import ProductLineRow, list_product_lines
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

LineArgument = Annotated[str, typer.Argument(metavar=_("LINE"), help=_("Number, uid or name."))]
Within = Annotated[str | None, typer.Option("--account", metavar=_("ACCOUNT"), help=_("Where its name is looked for."))]
Mode = Annotated[PurchasingMode | None, typer.Option(help=_("Whether head office buys, each branch, or both (mixed)."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("product line"), lambda row: row.name),
    Column(_("purchasing"), lambda row: spoken(row.purchasing_mode or "?")),
]


@app.command("list", help=_("What an account buys from us, by name; ? is unknown."))
def list_(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_product_lines(connection, find(connection, "account", account, fuzzy=True))
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("None known. `kamtui product-line add NAME --account A` adds one."),
    )


@app.command("add", help=_("Add a product line; an order that names one adds it too."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Who buys it."))],
    mode: Mode = None,
) -> None:
    from kamtui.services.product_lines import add_product_line

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_product_line(work, account_id, name, **given(purchasing_mode=mode))
    _wrote(ctx, _("Added product line {id}: {name}, purchasing {mode}"), row)


@app.command("edit", help=_("Change a product line: its name, and who decides about it."))
def edit(
    ctx: typer.Context,
    line: LineArgument,
    account: Within = None,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    mode: Mode = None,
    unknown: Annotated[bool, typer.Option("--unknown", help=_("Who decides about it is not known."))] = False,
) -> None:
    from kamtui.services.product_lines import edit_product_line

    fields = given(name=name, purchasing_mode="" if unknown else mode)
    if not fields:
        raise BadInput(_("Say what to change: --name, --mode or --unknown."))
    with desk(ctx).writing() as work:
        row = edit_product_line(work, _named(work.connection, line, account), **fields)
    _wrote(ctx, _("Changed product line {id}: {name}, purchasing {mode}"), row)


@app.command("delete", help=_("Delete a product line, its orders stay; undo brings it back."))
def delete(ctx: typer.Context, line: LineArgument, account: Within = None) -> None:
    from kamtui.services.product_lines import delete_product_line

    with desk(ctx).writing() as work:
        line_id = _named(work.connection, line, account)
        name = delete_product_line(work, line_id)
    said = _("Deleted product line {id}: {name} (undo brings it back)").format(id=line_id, name=name)
    wrote(said, {"id": line_id, "name": name}, json=desk(ctx).json)


def _named(connection: Connection, line: str, account: str | None) -> int:
    return find(connection, "product_line", line, account_id=found(connection, "account", account))


def _wrote(ctx: typer.Context, sentence: str, row: ProductLineRow) -> None:
    mode = called(row.purchasing_mode or "unknown")
    wrote(sentence.format(id=row.id, name=row.name, mode=mode), row, json=desk(ctx).json)
