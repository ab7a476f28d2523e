"""`kamtui brief`."""

import shutil
import sys
from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kamtui.brief.build import build_brief
from kamtui.brief.files import write_document
from kamtui.brief.markdown import render_markdown
from kamtui.brief.model import Brief, Variant
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import WIDTH, Line, plain, render_terminal
from kamtui.cli.context import Desk, desk
from kamtui.cli.output import as_json, write, write_json, wrote
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.store.as_of import as_of
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(rich_markup_mode=None)

STYLES = {"title": "bold", "heading": "bold", "quiet": "dim", "": ""}


class Format(StrEnum):
    """How a brief is written."""

    MD = "md"
    TERM = "term"
    JSON = "json"


ENDINGS = {".md": Format.MD, ".markdown": Format.MD, ".txt": Format.TERM, ".json": Format.JSON, "": Format.MD}


@app.command(help=_("Write the brief of an account: one or two pages before a meeting, honest about what is unknown."))
def brief(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
    variant: Annotated[Variant, typer.Option(help=_("What it is for."))] = Variant.MEETING,
    format: Annotated[
        Format | None,
        typer.Option(help=_("How it is written; by the ending of the file, term on a terminal, md into a pipe.")),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--as-of", metavar=_("DATE"), help=_("As it was known on that day."))
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar=_("FILE"), help=_("Write it to a file."))
    ] = None,
) -> None:
    target = Path(output).expanduser() if output is not None else None
    chosen = _format(format, target, json=desk(ctx).json)
    made = _build(desk(ctx), account, variant, desk(ctx).day(day, field="--as-of", past=True))
    if target is not None:
        write_document(target, _document(made, chosen).encode())
        wrote(
            _("Wrote the brief of {name} to {path}").format(name=made.header.account, path=target.absolute()),
            {"account": made.header.account_id, "format": chosen, "path": target.absolute()},
            json=desk(ctx).json,
        )
    elif chosen is Format.JSON:
        write_json(made)
    elif chosen is Format.TERM and sys.stdout.isatty():
        _print(render_terminal(lay_out(made), shutil.get_terminal_size().columns))
    else:
        write(_document(made, chosen).removesuffix("\n"))


def _format(chosen: Format | None, target: Path | None, *, json: bool) -> Format:
    if json and target is None:
        return Format.JSON
    if chosen is not None:
        return chosen
    if target is not None:
        ending = target.suffix.lower()
        if ending not in ENDINGS:
            raise BadInput(
                _("{ending} is not a format of the brief. There are: {all}. Nothing was written.").format(
                    ending=ending, all=", ".join(Format)
                ),
                field="format",
            )
        return ENDINGS[ending]
    return Format.TERM if sys.stdout.isatty() else Format.MD


def _build(at: Desk, account: str, variant: Variant, day: date | None) -> Brief:
    with at.reading() as connection:
        if day is None:
            return _brief_of(connection, account, at.today, variant)
        with closing(as_of(connection, day)) as then:
            return _brief_of(then, account, day, variant)


def _brief_of(connection: Connection, account: str, day: date, variant: Variant) -> Brief:
    return build_brief(connection, find(connection, "account", account, fuzzy=True), day, variant)


def _document(made: Brief, chosen: Format) -> str:
    if chosen is Format.MD:
        return render_markdown(lay_out(made))
    if chosen is Format.TERM:
        return plain(render_terminal(lay_out(made), WIDTH))
    import json

    return json.dumps(as_json(made), ensure_ascii=False, indent=2) + "\n"


def _print(lines: list[Line]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=STYLES[line.style]))
