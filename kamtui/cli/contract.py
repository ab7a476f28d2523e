"""`kamtui contract`: what was signed, what was committed, how far it has been reached."""

from typing import Annotated, Any

import typer

from kamtui.cli.amounts import amount as amount_of
from kamtui.cli.amounts import number
from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.contract_term import term_app
from kamtui.cli.output import OF_ACCOUNT, Column, as_json, cell, show_record, show_rows, spoken, wrote
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.contracts import ContractCard, ContractRow, get_contract, list_contracts, list_worksheet
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(term_app, name="term", help=_("Terms of a contract: add, edit, delete."))

ContractArgument = Annotated[str, typer.Argument(metavar=_("CONTRACT"), help=_("Number, uid or name."))]
Signed = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was signed; else it is negotiated."))]
Since = Annotated[str | None, typer.Option("--from", metavar=_("DAY"), help=_("From when it runs."))]
Until = Annotated[str | None, typer.Option("--to", metavar=_("DAY"), help=_("Until when it runs."))]
Quantity = Annotated[str | None, typer.Option(help=_("How many they commit to."))]
Unit = Annotated[str | None, typer.Option(help=_("Of what."))]
Amount = Annotated[str | None, typer.Option(metavar=_("AMOUNT"), help=_("How much they commit to: 500k, 60万."))]
Line = Annotated[str | None, typer.Option(metavar=_("PRODUCT LINE"), help=_("Only orders of it count."))]
Document = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Where it is written."))]
Note = Annotated[str | None, typer.Option(help=_("- reads stdin."))]


def _committed(row: ContractRow) -> str:
    return f"{cell(row.quantity)} {row.unit or ''}".strip() if row.quantity is not None else str(row.amount or "")


def _attained(row: ContractRow) -> str:
    if row.attained is None:
        return _("unknown") if row.is_measurable else ""
    return "" if row.attained.rate is None else f"{row.attained.rate:.0%}"


COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account, gives_way=4),
    Column(_("what"), lambda row: row.what),
    Column(_("signed"), lambda row: row.signed_on or _("not signed")),
    Column(_("from"), lambda row: row.starts_on, gives_way=2),
    Column(_("to"), lambda row: row.ends_on),
    Column(_("committed"), _committed, right=True),
    Column(_("attained"), _attained, right=True),
    Column(_("product line"), lambda row: row.product_line, gives_way=1),
]


@app.command("list", help=_("Contracts: those still negotiated first, then by their end."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_contracts(connection, desk(ctx).today, found(connection, "account", account, fuzzy=True))
    show_rows(
        rows, COLUMNS, json=desk(ctx).json, empty=_("No contracts. `kamtui contract add WHAT --account A` adds one.")
    )


@app.command("show", help=_("One contract with its terms, and how far it has been reached."))
def show(ctx: typer.Context, contract: ContractArgument) -> None:
    with desk(ctx).reading() as connection:
        card = get_contract(connection, find(connection, "contract", contract, fuzzy=True), desk(ctx).today)
    show_record(_flat(card) if desk(ctx).json else card, _pairs(card), json=desk(ctx).json)


@app.command("add", help=_("Add a contract, or one that is still negotiated."))
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar=_("WHAT"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("With whom."))],
    signed: Signed = None,
    since: Since = None,
    until: Until = None,
    quantity: Quantity = None,
    unit: Unit = None,
    amount: Amount = None,
    line: Line = None,
    document: Document = None,
    note: Note = None,
) -> None:
    from kamtui.services.contracts import add_contract

    with desk(ctx).writing() as work:
        card = add_contract(
            work,
            find(work.connection, "account", account),
            what,
            signed_on=desk(ctx).day(signed, field="--signed", past=True),
            starts_on=desk(ctx).day(since, field="--from"),
            ends_on=desk(ctx).day(until, field="--to"),
            quantity=number(quantity, "quantity") if quantity else None,
            unit=unit,
            amount=amount_of(work.connection, amount, "amount") if amount else None,
            product_line=line,
            document_ref=document,
            note=read_text(note),
        )
    _wrote(ctx, _("Added contract {id}: {what}") + OF_ACCOUNT, card)


@app.command("edit", help=_("Change a contract; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    contract: ContractArgument,
    what: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What it is called."))] = None,
    signed: Signed = None,
    since: Since = None,
    until: Until = None,
    quantity: Quantity = None,
    unit: Unit = None,
    amount: Amount = None,
    line: Line = None,
    document: Document = None,
    note: Note = None,
) -> None:
    from kamtui.services.contracts import edit_contract

    with desk(ctx).writing() as work:
        card = edit_contract(
            work,
            find(work.connection, "contract", contract),
            **given(
                what=what,
                signed_on=desk(ctx).day(signed, field="--signed", past=True) if signed else signed,
                starts_on=desk(ctx).day(since, field="--from") if since else since,
                ends_on=desk(ctx).day(until, field="--to") if until else until,
                quantity=number(quantity, "quantity") if quantity else quantity,
                unit=unit,
                amount=amount_of(work.connection, amount, "amount") if amount else amount,
                product_line=line,
                document_ref=document,
                note=read_text(note),
            ),
        )
    _wrote(ctx, _("Changed contract {id}: {what}"), card)


@app.command("delete", help=_("Delete a contract with its terms; undo brings it back."))
def delete(ctx: typer.Context, contract: ContractArgument) -> None:
    from kamtui.services.contracts import delete_contract

    with desk(ctx).writing() as work:
        contract_id = find(work.connection, "contract", contract)
        what = delete_contract(work, contract_id)
    said = _("Deleted contract {id}: {what} (undo brings it back)").format(id=contract_id, what=what)
    wrote(said, {"id": contract_id, "what": what}, json=desk(ctx).json)


@app.command("worksheet", help=_("Term by term: what they want, what we offer, what was agreed."))
def worksheet(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_worksheet(connection, find(connection, "account", account, fuzzy=True))
    columns = [
        Column(_("term"), lambda row: spoken(row.term)),
        Column(_("wanted"), lambda row: [one_line(text) for text in row.wanted]),
        Column(_("offered"), lambda row: [one_line(text) for text in row.offered]),
        Column(_("agreed"), lambda row: [one_line(text) for text in row.agreed]),
    ]
    show_rows(rows, columns, json=desk(ctx).json)


def _flat(card: ContractCard) -> dict[str, Any]:
    flat = as_json(card)
    return {**flat.pop("contract"), **flat}


def _wrote(ctx: typer.Context, sentence: str, card: ContractCard) -> None:
    row = card.contract
    wrote(sentence.format(id=row.id, what=row.what, account=row.account), _flat(card), json=desk(ctx).json)


def _pairs(card: ContractCard) -> list[tuple[str, object]]:
    row = card.contract
    unknown = _("no order of theirs is on record") if row.attained is None and row.is_measurable else ""
    if row.uncounted:
        unknown = ngettext(
            "{count} order has no quantity, or another currency",
            "{count} orders have no quantity, or another currency",
            row.uncounted,
        ).format(count=row.uncounted)
    return [
        (_("contract"), f"{row.what} ({row.id})"),
        (_("account"), row.account),
        (_("signed"), row.signed_on or _("not signed")),
        (_("from"), row.starts_on),
        (_("to"), row.ends_on),
        (_("committed"), _committed(row)),
        (_("attained"), _attained(row) + (f" ({unknown})" if unknown else "")),
        (_("product line"), row.product_line),
        (_("document"), row.document_ref),
        (_("note"), row.note),
        *(
            (
                f"{spoken(term.term)} ({term.id})",
                " · ".join(
                    f"{word}: {text}"
                    for word, text in (
                        (_("wanted"), term.wanted),
                        (_("offered"), term.offered),
                        (_("agreed"), term.agreed),
                    )
                    if text
                ),
            )
            for term in card.terms
        ),
    ]
