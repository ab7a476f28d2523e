"""`kamtui criterion`: what a customer decides by."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, given
from kamtui.cli.output import OF_ACCOUNT, Column, show_rows, wrote
from kamtui.language import gettext as _
from kamtui.store.reads.criteria import CriterionRow, list_criteria
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

CriterionArgument = Annotated[str, typer.Argument(metavar=_("CRITERION"), help=_("Number, uid or name."))]
Weight = Annotated[int | None, typer.Option(min=1, max=5, help=_("To them, 1 to 5."))]
Ours = Annotated[int | None, typer.Option(min=0, max=5, help=_("How they rate us, 0 to 5."))]
Rival = Annotated[str | None, typer.Option(metavar=_("NAME"), help=_("Which rival."))]
Theirs = Annotated[int | None, typer.Option("--rival-rating", min=0, max=5, help=_("How they rate the rival, 0 to 5."))]
Note = Annotated[str | None, typer.Option(help=_("What is behind it."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("criterion"), lambda row: row.name),
    Column(_("weight"), lambda row: _grade(row.weight), right=True),
    Column(_("ours"), lambda row: _grade(row.our_rating), right=True),
    Column(_("rival"), lambda row: row.rival),
    Column(_("rival's"), lambda row: _grade(row.rival_rating), right=True),
    Column(_("note"), lambda row: row.note, gives_way=1),
]


@app.command("list", help=_("What an account decides by, the weightiest first; ? is unknown."))
def list_(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_criteria(connection, find(connection, "account", account, fuzzy=True))
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("None known. `kamtui criterion add NAME --account A` adds one."),
    )


@app.command("add", help=_("Add something that they decide by."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Who decides by it."))],
    weight: Weight = None,
    ours: Ours = None,
    rival: Rival = None,
    rival_rating: Theirs = None,
    note: Note = None,
) -> None:
    from kamtui.services.criteria import add_criterion

    with desk(ctx).writing() as work:
        row = add_criterion(
            work,
            find(work.connection, "account", account),
            name,
            **given(weight=weight, our_rating=ours, rival=rival, rival_rating=rival_rating, note=note),
        )
    _wrote(ctx, _("Added criterion {id}: {name}") + OF_ACCOUNT, row)


@app.command("edit", help=_("Change a criterion; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    criterion: CriterionArgument,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    weight: Weight = None,
    ours: Ours = None,
    rival: Rival = None,
    rival_rating: Theirs = None,
    note: Note = None,
) -> None:
    from kamtui.services.criteria import edit_criterion

    with desk(ctx).writing() as work:
        row = edit_criterion(
            work,
            find(work.connection, "decision_criterion", criterion),
            **given(name=name, weight=weight, our_rating=ours, rival=rival, rival_rating=rival_rating, note=note),
        )
    _wrote(ctx, _("Changed criterion {id}: {name}"), row)


@app.command("delete", help=_("Delete a criterion; undo brings it back."))
def delete(ctx: typer.Context, criterion: CriterionArgument) -> None:
    from kamtui.services.criteria import delete_criterion

    with desk(ctx).writing() as work:
        criterion_id = find(work.connection, "decision_criterion", criterion)
        name = delete_criterion(work, criterion_id)
    said = _("Deleted criterion {id}: {name} (undo brings it back)").format(id=criterion_id, name=name)
    wrote(said, {"id": criterion_id, "name": name}, json=desk(ctx).json)


def _grade(grade: int | None) -> str:
    return "?" if grade is None else str(grade)


def _wrote(ctx: typer.Context, sentence: str, row: CriterionRow) -> None:
    wrote(sentence.format(id=row.id, name=row.name, account=row.account), row, json=desk(ctx).json)
