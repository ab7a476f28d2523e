"""`kamtui department`: the parts of a customer, and how far each takes part in decisions."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given
from kamtui.cli.output import Column, show_rows, wrote
from kamtui.domain.enums import Participation
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import DepartmentRow, list_departments
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

DepartmentArgument = Annotated[str, typer.Argument(metavar=_("DEPARTMENT"), help=_("Number, uid or name."))]
Within = Annotated[str | None, typer.Option("--account", metavar=_("ACCOUNT"), help=_("Where its name is looked for."))]
Part = Annotated[Participation | None, typer.Option(help=_("How far it takes part in decisions."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("department"), lambda row: row.name),
    Column(_("takes part"), lambda row: row.participation),
    Column(_("people"), lambda row: row.people, right=True),
    Column(_("met"), lambda row: row.met, right=True),
]


@app.command(
    "list", help=_("The departments of an account, those that decide first; how many of their people were met.")
)
def list_(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_departments(connection, find(connection, "account", account, fuzzy=True))
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("None known. `kamtui department add NAME --account A` adds one."),
    )


@app.command("add", help=_("Add a department; naming it with a person adds it too."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Whose department it is."))],
    participation: Part = None,
) -> None:
    from kamtui.services.departments import add_department

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_department(work, account_id, name, **given(participation=participation))
    _wrote(ctx, _("Added department {id}: {name}, {part}"), row)


@app.command("edit", help=_("Change a department: its name, and how far it takes part."))
def edit(
    ctx: typer.Context,
    department: DepartmentArgument,
    account: Within = None,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    participation: Part = None,
) -> None:
    from kamtui.services.departments import edit_department

    fields = given(name=name, participation=participation)
    if not fields:
        raise BadInput(_("Say what to change: --name or --participation."))
    with desk(ctx).writing() as work:
        row = edit_department(work, _named(work.connection, department, account), **fields)
    _wrote(ctx, _("Changed department {id}: {name}, {part}"), row)


@app.command("delete", help=_("Delete a department, its people stay; undo brings it back."))
def delete(ctx: typer.Context, department: DepartmentArgument, account: Within = None) -> None:
    from kamtui.services.departments import delete_department

    with desk(ctx).writing() as work:
        department_id = _named(work.connection, department, account)
        name = delete_department(work, department_id)
    said = _("Deleted department {id}: {name} (undo brings it back)").format(id=department_id, name=name)
    wrote(said, {"id": department_id, "name": name}, json=desk(ctx).json)


def _named(connection: Connection, department: str, account: str | None) -> int:
    return find(connection, "department", department, account_id=found(connection, "account", account))


def _wrote(ctx: typer.Context, sentence: str, row: DepartmentRow) -> None:
    wrote(sentence.format(id=row.id, name=row.name, part=called(row.participation)), row, json=desk(ctx).json)
