"""`kamtui brief`: of one account, or of many into a folder."""

import shutil
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kamtui.brief.build import build_brief
from kamtui.brief.files import write_document
from kamtui.brief.formats import BINARY, Document, Format, format_of, render
from kamtui.brief.model import AnyBrief, Variant
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import Line, render_terminal
from kamtui.cli.briefs import write_briefs
from kamtui.cli.context import Desk, desk
from kamtui.cli.output import answering, note, write, write_json, wrote
from kamtui.domain.enums import Tier
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.language import gettext as _
from kamtui.store.as_of import as_of
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.log import first_day
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(rich_markup_mode=None)

STYLES = {"title": "bold", "heading": "bold", "quiet": "dim", "": ""}


@app.command(help=_("Write the brief of an account: one or two pages before a meeting, honest about what is unknown."))
def brief(
    ctx: typer.Context,
    account: Annotated[
        str | None, typer.Argument(metavar=_("ACCOUNT"), show_default=False, help=_("Number, uid or name."))
    ] = None,
    variant: Annotated[Variant, typer.Option(help=_("What it is for."))] = Variant.MEETING,
    format: Annotated[
        Format | None,
        typer.Option(help=_("How it is written; by the ending of the file, term on a terminal, md into a pipe.")),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--as-of", metavar=_("DATE"), help=_("As it was known on that day."))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar=_("DATE"), help=_("Tell what changed after that day."))
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar=_("FILE"), help=_("Write it to a file; with --all into a folder.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there already."))] = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Of all accounts that are not archived."))] = False,
    tier: Annotated[Tier | None, typer.Option(help=_("With --all: of one tier."))] = None,
) -> None:
    at = desk(ctx)
    known_on, told_since = _past(at, day, "--as-of"), _past(at, since, "--since")
    target = Path(output).expanduser() if output is not None else None
    if all_:
        if account is not None:
            raise BadInput(_("An account and --all do not go together. Nothing was written."), field="account")
        if target is None:
            raise BadInput(_("--all needs a folder: -o FOLDER. Nothing was written."), field="output")
        write_briefs(at, target, format or Format.MD, variant, tier, known_on, told_since, force=force)
        return
    if account is None:
        raise BadInput(_("Whose brief? Name an account, or say --all -o FOLDER."), field="account")
    if tier is not None:
        raise BadInput(_("--tier goes with --all. Nothing was written."), field="tier")
    chosen = _format(format, target, json=at.json)
    made = _build(at, account, variant, known_on, told_since)
    if target is not None:
        _to_file(at, made, chosen, target, force=force)
    elif chosen is Format.JSON:
        write_json(made)
    elif chosen is Format.TERM and sys.stdout.isatty():
        _print(render_terminal(lay_out(made), shutil.get_terminal_size().columns))
    elif chosen in BINARY:
        _to_pipe(render(made, chosen), chosen)
    else:
        write(render(made, chosen).content.decode().removesuffix("\n"))


def _past(at: Desk, text: str | None, field: str) -> date | None:
    day = at.day(text, field=field, past=True)
    if day is not None and day > at.today:
        raise BadInput(
            _("{field}: {day} is still to come; a brief tells what is known by today.").format(field=field, day=day),
            field=field,
        )
    return day


def _format(chosen: Format | None, target: Path | None, *, json: bool) -> Format:
    if json and target is None:
        return Format.JSON
    if chosen is not None:
        return chosen
    if target is not None:
        return format_of(target)
    return Format.TERM if sys.stdout.isatty() else Format.MD


def _build(at: Desk, account: str, variant: Variant, day: date | None, since: date | None) -> AnyBrief:
    with at.reading() as connection:
        if day is None:
            account_id = find(connection, "account", account, fuzzy=True)
            return build_brief(connection, account_id, at.today, variant, since=since)
        with closing(as_of(connection, day)) as then:
            return build_brief(then, _find_then(connection, then, account, day), day, variant, since=since)


def _find_then(now: Connection, then: Connection, account: str, day: date) -> int:
    """An account by the name of then, else by that of now. Raises `NotFound`, and `Refused` for one that was not recorded yet."""
    try:
        return find(then, "account", account, fuzzy=True)
    except NotFound:
        account_id = find(now, "account", account, fuzzy=True)
    card = get_account(now, account_id)
    if then.execute("SELECT 1 FROM account WHERE id = ?", (account_id,)).fetchone():
        return account_id
    raise Refused(
        _("Nothing was recorded of {account} by {day}; the first day that is known is {first}.").format(
            account=card.name, day=day, first=first_day(now, account_id) or card.created_at[:10]
        )
    )


def _to_file(at: Desk, made: AnyBrief, chosen: Format, target: Path, *, force: bool) -> None:
    if not force and target.is_file() and not target.is_symlink() and sys.stdin.isatty():
        question = _("{path} is there already. Write over it?").format(path=target)
        if not typer.confirm(question, err=True):
            note(_("Nothing was written."))
            raise typer.Exit(1)
        force = True
    document = render(made, chosen)
    write_document(target, document.content, over=force)
    for said in document.notes:
        note(said)
    wrote(
        _("Wrote the brief of {name} to {path}").format(name=made.header.account, path=target.absolute()),
        {"account": made.header.account_id, "format": chosen, "path": target.absolute()},
        json=at.json,
    )


def _to_pipe(document: Document, chosen: Format) -> None:
    if sys.stdout.isatty():
        raise BadInput(
            _("A {format} is no text for a terminal. Name a file: -o FILE.").format(format=chosen), field="output"
        )
    for said in document.notes:
        note(said)
    with answering():
        sys.stdout.flush()
        sys.stdout.buffer.write(document.content)


def _print(lines: list[Line]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=STYLES[line.style]))
