"""The root command: its options, and the nouns with their one line of help. A noun is imported when it is called."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer._click import Context  # Typer 0.28 carries its own click; there is no public way to it
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kamtui import __version__
from kamtui.cli.context import Desk
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _

NOUNS: dict[str, str] = {
    "today": _("What is due today or was before, and which accounts are at risk."),
    "week": _("The next 14 days by day, with obligations and key dates."),
    "add": _("Capture a task, a touch, a planned meeting or a need in one line."),
    "account": _("Accounts: list, show, add, edit, archive, merge, delete, purge, stage, timeline."),
    "person": _(
        "People and the org map: list, show, add, edit, move, leave, confirm, grid, coverage, compare, turns, edge, "
        "merge, delete, purge."
    ),
    "department": _("Departments, and how far each takes part in decisions: list, add, edit, delete."),
    "need": _("Needs: list, show, add, edit, convert, advance, float, correct, close, reopen, delete."),
    "obligation": _(
        "What we owe them, and they us: list, show, add, edit, start, done, miss, waive, redate, ack, delete, template."
    ),
    "task": _("Tasks: list, show, add, edit, done, snooze, drop, delete."),
    "touch": _("Touches, held and planned: list, show, add, edit, hold, mail, delete."),
    "sort": _("Give imported accounts a tier, best customers first."),
    "give": _("Concessions and what comes back for them: list, show, add, edit, return, amend, close, waive, delete."),
    "contract": _("Contracts and their terms: list, show, add, edit, delete, worksheet, term."),
    "transaction": _("Orders and other money in: list, show, add, edit, delete."),
    "product-line": _("What they buy, and who there decides about it: list, add, edit, delete."),
    "cost": _("What winning and serving an account cost: list, show, add, edit, delete."),
    "issue": _("Complaints: list, show, add, edit, respond, defer, deny, resolve, reopen, delete."),
    "incident": _("Accidents at the customer: list, show, add, edit, note, resolve, reopen, delete."),
    "channel": _("The four ways in which they reach us: list, set, tell, delete."),
    "review": _("Executive meetings and business reviews: list, show, add, edit, hold, delete."),
    "criterion": _("What they decide by, and how we and a rival stand in it: list, add, edit, delete."),
    "colleague": _("Our own people: list, show, add, edit, delete."),
    "scorecard": _("What speaks for a key account, criterion by criterion: list, show, add, edit, delete."),
    "signal": _("What is wrong, since when and why: list, explain, snooze, wake."),
    "portfolio": _("All accounts beside each other, by contribution, revenue, health or tier."),
    "chase": _("Who owes what to whom, by person, ready to paste."),
    "brief": _("Write the brief of an account."),
    "search": _("Find words in everything, Chinese and pinyin too."),
    "import": _("Take accounts, people, orders and more from a file."),
    "backup": _("Backups: now, list, restore."),
    "undo": _("Take back the last steps."),
    "redo": _("Bring back what was undone."),
    "log": _("What was done, by whom, newest first."),
    "demo": _("A made-up portfolio in a throwaway copy."),
    "doctor": _("Check the database, and repair what can be made anew."),
    "config": _("Settings: path, show, set, keys."),
}
_MODULES = {
    "import": "importing",
    "product-line": "product_line",
    "undo": "history",
    "redo": "history",
    "log": "history",
}


class Nouns(TyperGroup):
    """A group whose members are imported when one of them runs; its help needs none of them."""

    def list_commands(self, ctx: Context) -> list[str]:
        return list(NOUNS)

    def get_command(self, ctx: Context, cmd_name: str) -> Any:
        if cmd_name not in NOUNS:
            return None
        return TyperCommand(cmd_name, help=NOUNS[cmd_name], short_help=NOUNS[cmd_name], rich_markup_mode=None)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        name, stub, rest = super().resolve_command(ctx, args)
        return (name, _load(stub.name), rest) if stub is not None and stub.name else (name, stub, rest)


def _load(name: str) -> Any:
    module = import_module(f"kamtui.cli.{_MODULES.get(name, name)}")
    command = get_command(getattr(module, f"{name}_app", None) or module.app)
    command.name = name
    command.help = command.help or NOUNS[name]
    return command


root = typer.Typer(
    cls=Nouns,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("A workbench for key accounts: who decides, what they need, what we owe them, what to do next."),
    epilog=_(
        "--db, --today, --lang, --json and --debug may stand anywhere. What was written can be undone, a purge cannot: kamtui undo."
    ),
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kamtui {__version__}")
        raise typer.Exit


@root.callback()
def _root(
    ctx: typer.Context,
    db: Annotated[
        str | None, typer.Option("--db", metavar=_("FILE"), help=_("The database (else KAMTUI_DB, else yours)."))
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar=_("DATE"), help=_("What day it is (else KAMTUI_TODAY, else the clock).")),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="en|zh", help=_("The language."))] = None,
    json: Annotated[bool, typer.Option("--json", help=_("Write JSON."))] = False,
    debug: Annotated[bool, typer.Option("--debug", help=_("On a fault, show where it was."))] = False,
    discreet: Annotated[
        bool, typer.Option("--discreet", help=_("Open the app showing only what a customer may see (F9)."))
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help=_("Say the version."))
    ] = False,
) -> None:
    if lang is not None and not lang.lower().startswith(("en", "zh")):
        raise BadInput(_("--lang: “{lang}” is none of en, zh.").format(lang=lang), field="lang")
    if discreet:
        raise BadInput(_("--discreet opens the app, without a verb and on a terminal."), field="discreet")
    ctx.obj = Desk.of(db, today, json=json)


def command() -> Any:
    """The whole command line as one command."""
    return get_command(root)
