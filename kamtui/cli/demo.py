"""`kamtui demo`."""

import sys
from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import write, write_json
from kamtui.language import gettext as _

app = typer.Typer(rich_markup_mode=None)


@app.command(help=_("Open the app on a throwaway copy of the demo portfolio; into a pipe, print where one is."))
def demo(
    ctx: typer.Context,
    discreet: Annotated[
        bool, typer.Option("--discreet", help=_("Show only what a customer may see (F9 shows the rest)."))
    ] = False,
) -> None:
    if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and not desk(ctx).json:
        from kamtui.tui.launch import launch_demo

        raise typer.Exit(launch_demo(desk(ctx).workspace, discreet=discreet))
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    from kamtui.services.demo import load_demo
    from kamtui.store.locate import shipped

    # mkdtemp makes the folder readable by its owner alone.
    path = Path(tempfile.mkdtemp(prefix="kamtui-demo-"), "demo.db")
    count = load_demo(replace(desk(ctx).workspace, path=path), shipped() / "demo")
    if desk(ctx).json:
        write_json({"path": path, "accounts": count})
        return
    write(str(path))
