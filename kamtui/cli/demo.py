"""`kamtui demo`."""

import sys

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import note, write, write_json
from kamtui.language import gettext as _
from kamtui.language import ngettext

app = typer.Typer(rich_markup_mode=None)


@app.command(help=_("Make a throwaway copy of the demo portfolio, and print where it is."))
def demo(ctx: typer.Context) -> None:
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
    if sys.stdout.isatty():
        made_up = ngettext("{count} made-up account.", "{count} made-up accounts.", count).format(count=count)
        note(made_up + " " + _("Use it with --db and this path, as in: {example}").format(
            example=f'kamtui --db {path} brief "Huadong Bank"'
        ))  # fmt: skip
        note(_("Nothing of it is kept: delete the folder when you are done."))
