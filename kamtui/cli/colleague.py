"""`kamtui colleague`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, given
from kamtui.cli.output import Column, show_record, show_rows, spoken, wrote
from kamtui.language import gettext as _
from kamtui.store.reads.colleagues import get_colleague, list_colleagues
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ColleagueArgument = Annotated[str, typer.Argument(metavar=_("COLLEAGUE"), help=_("Number, uid or name."))]
Skills = Annotated[str | None, typer.Option(help=_("What they can help with."))]
Level = Annotated[str | None, typer.Option(help=_("Their level with us."))]
Mail = Annotated[str | None, typer.Option(help=_("Their mail address."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("colleague"), lambda row: row.name),
    Column(_("me"), lambda row: _("me") if row.is_me else ""),
    Column(_("level"), lambda row: row.level and spoken(row.level)),
    Column(_("skills"), lambda row: row.skills),
    Column(_("mail"), lambda row: row.mail),
    Column(_("accounts"), lambda row: row.accounts, right=True),
    Column(_("open tasks"), lambda row: row.open_tasks, right=True),
    Column(_("obligations"), lambda row: row.obligations, right=True),
]


@app.command("list", help=_("Our own people, the person at the keyboard first."))
def list_(ctx: typer.Context) -> None:
    with desk(ctx).reading() as connection:
        rows = list_colleagues(connection)
    show_rows(rows, COLUMNS, json=desk(ctx).json)


@app.command("show", help=_("One of us."))
def show(ctx: typer.Context, colleague: ColleagueArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_colleague(connection, find(connection, "colleague", colleague, fuzzy=True))
    show_record(row, [(column.heading, column.cell(row)) for column in COLUMNS], json=desk(ctx).json)


@app.command("add", help=_("Add one of us."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    me: Annotated[bool, typer.Option("--me", help=_("They are the person at the keyboard."))] = False,
    skills: Skills = None,
    level: Level = None,
    mail: Mail = None,
) -> None:
    from kamtui.services.colleagues import add_colleague

    with desk(ctx).writing() as work:
        row = add_colleague(work, name, me=me, **given(skills=skills, level=level, mail=mail))
    wrote(_("Added colleague {id}: {name}").format(id=row.id, name=row.name), row, json=desk(ctx).json)


@app.command("edit", help=_("Change one of us; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    colleague: ColleagueArgument,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    me: Annotated[bool, typer.Option("--me", help=_("They are the person at the keyboard now."))] = False,
    skills: Skills = None,
    level: Level = None,
    mail: Mail = None,
) -> None:
    from kamtui.services.colleagues import edit_colleague

    with desk(ctx).writing() as work:
        row = edit_colleague(
            work,
            find(work.connection, "colleague", colleague),
            me=me or None,
            **given(name=name, skills=skills, level=level, mail=mail),
        )
    wrote(_("Changed colleague {id}: {name}").format(id=row.id, name=row.name), row, json=desk(ctx).json)


@app.command("delete", help=_("Delete one of us who has no accounts, tasks or obligations; undo brings them back."))
def delete(ctx: typer.Context, colleague: ColleagueArgument) -> None:
    from kamtui.services.colleagues import delete_colleague

    with desk(ctx).writing() as work:
        colleague_id = find(work.connection, "colleague", colleague)
        name = delete_colleague(work, colleague_id)
    wrote(
        _("Deleted colleague {id}: {name} (undo brings them back)").format(id=colleague_id, name=name),
        {"id": colleague_id, "name": name},
        json=desk(ctx).json,
    )
