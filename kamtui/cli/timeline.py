"""`kamtui account timeline`: everything that happened in one account, newest first."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, note, show_rows, spoken
from kamtui.domain.labels import event_told
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.resolve import find
from kamtui.store.reads.timeline import TimelineKind, TimelineRow, list_timeline


def _told(row: TimelineRow) -> tuple[str, str]:
    return event_told(row.kind, row.event, row.what, row.detail or "", spoken)


COLUMNS = [
    Column(_("on"), lambda row: row.on),
    Column(_("at"), lambda row: row.at_time, gives_way=1),
    Column(_("kind"), lambda row: row.kind),
    Column("", lambda row: spoken(row.event)),
    Column(_("what"), lambda row: one_line(_told(row)[0])),
    Column(_("who"), lambda row: row.who, gives_way=3),
    Column(_("amount"), lambda row: row.amount, right=True, gives_way=4),
    Column(_("more"), lambda row: one_line(_told(row)[1]), gives_way=2),
]


def timeline(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
    kinds: Annotated[
        list[TimelineKind] | None, typer.Option("--kind", help=_("Only of this kind; more than once."))
    ] = None,
    until: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("Until this day; today."))] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 50,
) -> None:
    today = desk(ctx).today
    day = desk(ctx).day(until, field="--until", past=True) or today
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        rows = list_timeline(connection, account_id, min(day, today), kinds=kinds or (), limit=limit + 1)
    show_rows(rows[:limit], COLUMNS, json=desk(ctx).json, empty=_("Nothing has happened there yet."))
    if len(rows) > limit and not desk(ctx).json:
        note(_("There is more; --limit shows it."))
