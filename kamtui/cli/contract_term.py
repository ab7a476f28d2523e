"""`kamtui contract term`: what they want, what we offer, what was agreed."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, given
from kamtui.cli.output import wrote
from kamtui.domain.enums import NeedCategory
from kamtui.domain.errors import NotFound
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.contracts import TermRow, get_contract
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

term_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ContractArgument = Annotated[str, typer.Argument(metavar=_("CONTRACT"), help=_("Number, uid or name."))]
TermArgument = Annotated[NeedCategory, typer.Argument(help=_("Which term; a contract has each of them once."))]
Wanted = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What they want."))]
Offered = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What we offer."))]
Agreed = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What was agreed."))]


@term_app.command("add", help=_("Add a term to a contract."))
def add(
    ctx: typer.Context,
    contract: ContractArgument,
    term: TermArgument,
    wanted: Wanted = None,
    offered: Offered = None,
    agreed: Agreed = None,
) -> None:
    from kamtui.services.contracts import add_term

    with desk(ctx).writing() as work:
        contract_id = find(work.connection, "contract", contract)
        row = add_term(work, contract_id, term, wanted=wanted, offered=offered, agreed=agreed)
    _wrote(ctx, _("Added term {id} to contract {of}: {term}"), row)


@term_app.command("edit", help=_("Change a term; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    contract: ContractArgument,
    term: TermArgument,
    wanted: Wanted = None,
    offered: Offered = None,
    agreed: Agreed = None,
) -> None:
    from kamtui.services.contracts import edit_term

    with desk(ctx).writing() as work:
        row = edit_term(
            work,
            _term_id(ctx, work.connection, contract, term),
            **given(wanted=wanted, offered=offered, agreed=agreed),
        )
    _wrote(ctx, _("Changed term {id} of contract {of}: {term}"), row)


@term_app.command("delete", help=_("Take a term out of a contract; undo brings it back."))
def delete(ctx: typer.Context, contract: ContractArgument, term: TermArgument) -> None:
    from kamtui.services.contracts import delete_term

    with desk(ctx).writing() as work:
        row = delete_term(work, _term_id(ctx, work.connection, contract, term))
    _wrote(ctx, _("Deleted term {id} of contract {of}: {term} (undo brings it back)"), row)


def _term_id(ctx: typer.Context, connection: Connection, contract: str, term: NeedCategory) -> int:
    card = get_contract(connection, find(connection, "contract", contract), desk(ctx).today)
    for row in card.terms:
        if row.term is term:
            return row.id
    raise NotFound(_("{what} has no term {term}.").format(what=card.contract.what, term=term))


def _wrote(ctx: typer.Context, sentence: str, row: TermRow) -> None:
    wrote(sentence.format(id=row.id, of=row.contract_id, term=called(row.term)), row, json=desk(ctx).json)
