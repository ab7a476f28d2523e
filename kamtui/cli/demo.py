"""`kamtui demo`."""

import sys
from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.domain.errors import Refused
from kamtui.language import gettext as _

app = typer.Typer(rich_markup_mode=None)


@app.command(help=_("Open the app on a throwaway copy of the demo portfolio."))
def demo(
    ctx: typer.Context,
    discreet: Annotated[
        bool, typer.Option("--discreet", help=_("Show only what a customer may see (F9 shows the rest)."))
    ] = False,
) -> None:
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Refused(_("The demo opens the app, which needs a terminal. Nothing was made."))
    from kamtui.tui.launch import launch_demo

    raise typer.Exit(launch_demo(desk(ctx).workspace, discreet=discreet))
