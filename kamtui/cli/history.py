"""`kamtui undo`, `redo` and `log`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found
from kamtui.cli.output import Column, note, show_rows, write, write_json
from kamtui.domain.text import visible
from kamtui.language import gettext as _
from kamtui.store.reads.log import list_points

undo_app = typer.Typer(rich_markup_mode=None)
redo_app = typer.Typer(rich_markup_mode=None)
log_app = typer.Typer(rich_markup_mode=None)

Count = Annotated[int, typer.Argument(metavar="[N]", min=1, help=_("How many steps."))]


@undo_app.command(help=_("Take back the last step, or the last N, or one point of the log."))
def undo(
    ctx: typer.Context,
    count: Count = 1,
    point: Annotated[int | None, typer.Option(metavar="ID", help=_("Take back this point alone."))] = None,
) -> None:
    from kamtui.store import history

    workspace = desk(ctx).workspace
    points = history.undo(workspace, count) if point is None else [history.undo_point(workspace, point)]
    if desk(ctx).json:
        write_json(points)
        return
    for done in points:
        write(visible(_("Undid {id}: {label}").format(id=done.id, label=done.label)))


@redo_app.command(help=_("Bring back what was undone last, until something new is written."))
def redo(ctx: typer.Context, count: Count = 1) -> None:
    from kamtui.store import history

    points = history.redo(desk(ctx).workspace, count)
    if desk(ctx).json:
        write_json(points)
        return
    for done in points:
        write(visible(_("Brought back {id}: {label}").format(id=done.id, label=done.label)))


@log_app.command(help=_("What was done, newest first."))
def log(
    ctx: typer.Context,
    account: Annotated[
        str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only what touched this account."))
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 50,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_points(connection, account_id=account_id, limit=limit + 1)
    show_rows(
        rows[:limit],
        [
            Column(_("point"), lambda row: row.id, right=True),
            Column(_("day"), lambda row: row.day),
            Column(_("at (UTC)"), lambda row: row.at[11:16]),
            Column(_("who"), lambda row: row.who),
            Column(_("what"), lambda row: row.label if row.kind in {"do", "barrier"} else f"{row.kind}: {row.label}"),
            Column(_("rows"), lambda row: row.changes, right=True),
            Column(_("undone"), lambda row: row.undone),
        ],
        json=desk(ctx).json,
    )
    if len(rows) > limit and not desk(ctx).json:
        note(_("There is more; --limit shows it."))
