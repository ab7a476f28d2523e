"""`kamtui chase`: who owes what to whom, as text to paste into a message."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import note, write, write_json
from kamtui.domain.days import age_label
from kamtui.domain.text import one_line, visible
from kamtui.language import gettext as _
from kamtui.store.reads.chase import AHEAD, ChaseRow, Debtor, Owing, list_chase

app = typer.Typer(rich_markup_mode=None)
FARTHEST = 366


@app.command(help=_("Who owes what to whom, by person, ready to paste: what is overdue, and what comes soon."))
def chase(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar=_("[NAME]"), help=_("Only of this person, colleague or account."))
    ] = None,
    ahead: Annotated[int, typer.Option(min=0, max=FARTHEST, help=_("Also what comes in so many days."))] = AHEAD,
) -> None:
    with desk(ctx).reading() as connection:
        owing = list_chase(connection, desk(ctx).today, name=name, ahead=ahead)
    if desk(ctx).json:
        write_json(owing)
        return
    for place, one in enumerate(owing):
        if place:
            write("")
        write(visible(_heading(one)))
        for row in one.rows:
            write(visible(f"- {_line(row, one)}"))
    if not owing:
        note(_("Nobody owes anything until then."))


def _heading(one: Owing) -> str:
    accounts = list(dict.fromkeys(row.account for row in one.rows if row.account))
    if one.debtor is Debtor.PERSON and len(accounts) == 1:
        return f"{one.name}, {accounts[0]}"
    return one.name


def _line(row: ChaseRow, one: Owing) -> str:
    when = (
        _("was due {day}, {age} ago").format(day=row.due, age=age_label(row.days_late))
        if row.days_late
        else _("due {day}").format(day=row.due)
    )
    parts = [one_line(row.what), when]
    if one.debtor is Debtor.COLLEAGUE and row.account:
        parts.append(row.account)
    if row.to:
        parts.append(_("for {name}").format(name=row.to))
    return "; ".join(parts)
