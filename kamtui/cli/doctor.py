"""`kamtui doctor`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, note, show_rows, write_json
from kamtui.language import gettext as _

app = typer.Typer(rich_markup_mode=None)

_WRONG, _DAMAGED = 1, 4


@app.command(
    help=_("Check the database: the file, the schema, the rules, the search rows, the signals, who may read it.")
)
def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help=_(
                "Make anew what is derived: search rows, signals, log triggers, permissions; drop what only names records "
                "that are gone."
            ),
        ),
    ] = False,
) -> None:
    from kamtui.services import doctor as practice

    workspace = desk(ctx).workspace
    done = practice.repair(workspace) if repair else []
    checks = practice.examine(workspace)
    if desk(ctx).json:
        write_json({"checks": checks, "repaired": done})
    else:
        show_rows(
            checks,
            [
                Column("", lambda check: _("ok") if check.ok else _("WRONG")),
                Column(_("check"), lambda check: check.name),
                Column(_("found"), lambda check: check.detail),
            ],
            json=False,
        )
        for sentence in done:
            note(sentence)
        if any(check.repairable for check in checks):
            note(_("`kamtui doctor --repair` makes that anew."))
    if any(check.damaged for check in checks):
        note(_("The file is damaged. Keep a copy of it; `kamtui backup restore` puts a backup in its place."))
        raise typer.Exit(_DAMAGED)
    if not all(check.ok for check in checks):
        raise typer.Exit(_WRONG)
