"""`kamtui week`."""

from datetime import date
from typing import Annotated

import typer

from kamtui.cli.context import desk, found
from kamtui.cli.output import Column, show_rows, write_json
from kamtui.domain.labels import SIDE, row_said
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.week import DAYS, WeekRow, list_week

app = typer.Typer(rich_markup_mode=None)
LONGEST = 366
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
KINDS = {
    "contract": _("contract ends: {what}"),
    "return": _("return due: {what}"),
    "need": _("needed by then: {what}"),
    "issue": _("complaint put off until then: {what}"),
    "review": _("review: {what}"),
}


@app.command(help=_("The next 14 days by day: planned touches, reviews, obligations, tasks, key dates."))
def week(
    ctx: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=LONGEST, help=_("How many days."))] = DAYS,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        told = list_week(connection, desk(ctx).today, days=days, account_id=account_id)
    if desk(ctx).json:
        write_json(told)
        return
    show_rows(
        [row for day in told for row in day.rows],
        [
            Column(_("day"), lambda row: _day(row.on)),
            Column(_("at"), lambda row: row.time),
            Column(_("account"), lambda row: row.account),
            Column(_("what"), _what),
            Column(_("number"), lambda row: f"{'give return' if row.kind == 'return' else row.kind} {row.id}"),
        ],
        json=False,
        empty=_("Nothing is on in these days."),
    )


def _day(on: date) -> str:
    return f"{WEEKDAYS[on.weekday()]} {on}"


def _what(row: WeekRow) -> str:
    what = one_line(row_said(row.kind, row.what))
    if row.side:
        return f"{SIDE[row.side]} {what}"
    return KINDS.get(row.kind, "{what}").format(what=what)
