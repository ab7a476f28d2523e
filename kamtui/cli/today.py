"""`kamtui today`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found
from kamtui.cli.output import Column, note, show_rows, write_json
from kamtui.domain.days import age_label
from kamtui.domain.labels import SIDE, tier_mark, touch_said
from kamtui.domain.triage import SEVERITY_MARK
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.today import TodayRow, today_queue

app = typer.Typer(rich_markup_mode=None)
FARTHEST = 366


@app.command(help=_("What has a time today, and what was promised for today or before, the gravest first."))
def today(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help=_("How many rows."))] = 200,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    ahead: Annotated[int, typer.Option(min=0, max=FARTHEST, help=_("Also what comes in so many days."))] = 0,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        queue = today_queue(connection, desk(ctx).today, limit=limit, account_id=account_id, ahead=ahead)
    if desk(ctx).json:
        write_json(queue)
    else:
        show_rows(
            [*queue.timed, *queue.promised],
            [
                Column("", lambda row: SEVERITY_MARK.get(row.severity, "")),
                Column(_("tier"), lambda row: tier_mark(row.tier, row.provisional), gives_way=1),
                Column(_("account"), lambda row: row.account),
                Column(_("what"), _what),
                Column(_("when"), lambda row: _when(row, desk(ctx).today == row.due), right=True),
                Column(_("number"), _number),
            ],
            json=False,
            empty=_("Nothing is due. `kamtui today --ahead 7` shows what comes."),
        )
    if queue.more:
        note(ngettext("{count} more", "{count} more", queue.more).format(count=queue.more))


def _what(row: TodayRow) -> str:
    if row.kind == "planned":
        return _("was it held? {what}").format(what=touch_said(row.what))
    if row.kind == "touch":
        return touch_said(row.what)
    return f"{SIDE[row.side]} {row.what}" if row.side else row.what


def _when(row: TodayRow, today: bool) -> str:
    if row.days_overdue:
        return age_label(row.days_overdue)
    day = _("today") if today else row.due.isoformat()
    return f"{day} {row.time}" if row.time else day


def _number(row: TodayRow) -> str:
    """The noun and the number that its commands take."""
    if row.obligation_id is not None:
        return f"obligation {row.obligation_id}"
    return f"{'touch' if row.kind == 'planned' else row.kind} {row.id}"
