"""`kamtui backup`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, show_rows, wrote
from kamtui.language import gettext as _

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("now", help=_("Make a backup beside the database; it stays until you remove it."))
def now(ctx: typer.Context) -> None:
    from kamtui.services.backups import back_up

    made = back_up(desk(ctx).workspace)
    wrote(_("Made a backup: {path}").format(path=made.path), made, json=desk(ctx).json)


@app.command("list", help=_("The backups of this database, newest first."))
def list_(ctx: typer.Context) -> None:
    from kamtui.store.backup import list_backups

    show_rows(
        list_backups(desk(ctx).workspace.path),
        [
            Column(_("made (UTC)"), lambda backup: backup.made_at.strftime("%Y-%m-%d %H:%M")),
            Column(_("why"), lambda backup: backup.reason),
            Column(_("kB"), lambda backup: backup.size // 1000, right=True),
            Column(_("file"), lambda backup: backup.path),
        ],
        json=desk(ctx).json,
        empty=_("No backups yet. `kamtui backup now` makes one."),
    )


@app.command("restore", help=_("Put a backup in the place of the database, which is backed up first."))
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=_("FILE"), help=_("A path, a name from the list, or: last."))],
) -> None:
    from kamtui.services.backups import backup_named, restore_backup

    workspace = desk(ctx).workspace
    restored = restore_backup(workspace, backup_named(workspace, file))
    message = _("Restored {path}.").format(path=restored.backup)
    if restored.kept:
        message += " " + _("What stood there before is in {path}.").format(path=restored.kept)
    wrote(message, restored, json=desk(ctx).json)
