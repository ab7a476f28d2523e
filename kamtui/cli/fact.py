"""`kamtui fact`: what is known of an account, with its day and its source."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, given, read_text
from kamtui.cli.output import Column, show_rows, wrote
from kamtui.domain.enums import FactTopic
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import get_fact, list_facts
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

FactArgument = Annotated[str, typer.Argument(metavar=_("FACT"), help=_("Number, uid or how it begins."))]
Source = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Who said it, where it stands."))]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar=_("DAY"), help=_("When it was so; today."))]
_LABEL = 60

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("topic"), lambda row: row.topic),
    Column(_("fact"), lambda row: one_line(row.text)),
    Column(_("as of"), lambda row: row.as_of),
    Column(_("source"), lambda row: row.source, gives_way=1),
]


@app.command("list", help=_("What is known of an account, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_facts(connection, find(connection, "account", account, fuzzy=True))
    show_rows(rows, COLUMNS, json=desk(ctx).json, empty=_("No facts. `kamtui fact add TEXT --account A` notes one."))


@app.command("add", help=_("Note something known of an account."))
def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("- reads stdin."))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Of whom."))],
    topic: Annotated[FactTopic, typer.Option(help=_("What it is about."))] = FactTopic.PROFILE,
    as_of: AsOf = None,
    source: Source = None,
) -> None:
    from kamtui.services.accounts import add_fact

    with desk(ctx).writing() as work:
        fact_id = add_fact(
            work,
            find(work.connection, "account", account),
            topic,
            read_text(text) or "",
            as_of=desk(ctx).day(as_of, field="--as-of", past=True),
            source=source,
        )
        _wrote(ctx, _("Added fact {id}: {text}"), work.connection, fact_id)


@app.command("edit", help=_("Change a fact; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    fact: FactArgument,
    text: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("- reads stdin."))] = None,
    topic: Annotated[FactTopic | None, typer.Option(help=_("What it is about."))] = None,
    as_of: AsOf = None,
    source: Source = None,
) -> None:
    from kamtui.services.facts import edit_fact

    with desk(ctx).writing() as work:
        fact_id = edit_fact(
            work,
            find(work.connection, "fact", fact),
            **given(
                text=read_text(text),
                topic=topic,
                as_of=desk(ctx).day(as_of, field="--as-of", past=True),
                source=source,
            ),
        )
        _wrote(ctx, _("Changed fact {id}: {text}"), work.connection, fact_id)


@app.command("delete", help=_("Delete a fact; undo brings it back."))
def delete(ctx: typer.Context, fact: FactArgument) -> None:
    from kamtui.services.facts import delete_fact

    with desk(ctx).writing() as work:
        fact_id = find(work.connection, "fact", fact)
        text = delete_fact(work, fact_id)
    said = _("Deleted fact {id}: {text} (undo brings it back)").format(id=fact_id, text=one_line(text, _LABEL))
    wrote(said, {"id": fact_id, "text": text}, json=desk(ctx).json)


def _wrote(ctx: typer.Context, sentence: str, connection: Connection, fact_id: int) -> None:
    row = get_fact(connection, fact_id)
    wrote(sentence.format(id=row.id, text=one_line(row.text, _LABEL)), row, json=desk(ctx).json)
