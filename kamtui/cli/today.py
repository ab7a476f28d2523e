"""`kamtui today`."""

from datetime import date
from typing import Annotated

import typer

from kamtui.cli.context import desk, found
from kamtui.cli.output import Column, note, show_rows, write_json
from kamtui.domain.days import age_label
from kamtui.domain.labels import SIDE, row_said, tier_mark
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.at_risk import RiskRow
from kamtui.store.reads.today import TodayRow, today_queue

app = typer.Typer(rich_markup_mode=None)
FARTHEST = 366


@app.command(
    help=_(
        "What has a time today, what was promised for today or before, accounts at risk, and what is merely unknown; in "
        "each the gravest first."
    )
)
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
            [*queue.timed, *queue.promised, *queue.at_risk, *queue.gaps],
            [
                Column("", _mark),
                Column(_("tier"), lambda row: tier_mark(row.tier, row.provisional), gives_way=1),
                Column(_("account"), lambda row: row.account),
                Column(_("what"), _what),
                Column(_("when"), lambda row: _when(row, desk(ctx).today), right=True),
                Column(_("number"), _number),
            ],
            json=False,
            empty=_("Nothing is due. `kamtui today --ahead 7` shows what comes."),
        )
    if queue.more:
        note(ngettext("{count} more", "{count} more", queue.more).format(count=queue.more))


def _mark(row: TodayRow | RiskRow) -> str:
    if isinstance(row, RiskRow) and row.good_news:
        return GOOD_NEWS_MARK
    return SEVERITY_MARK[row.severity] if row.severity else ""


def _what(row: TodayRow | RiskRow) -> str:
    if isinstance(row, RiskRow):
        return f"{row.what} +{row.others}" if row.others and row.kind == "signal" else row.what
    if row.kind == "planned":
        return _("was it held? {what}").format(what=row_said(row.kind, row.what))
    if row.kind == "issue":
        return _("answer {what}").format(what=row.what)
    if row.kind == "touch":
        return row_said(row.kind, row.what)
    return f"{SIDE[row.side]} {row.what}" if row.side else row.what


def _when(row: TodayRow | RiskRow, today: date) -> str:
    if isinstance(row, RiskRow):
        return age_label(row.days)
    if row.days_overdue:
        return age_label(row.days_overdue)
    day = _("today") if today == row.due else row.due.isoformat()
    return f"{day} {row.time}" if row.time else day


def _number(row: TodayRow | RiskRow) -> str:
    """The noun and the number that its commands take."""
    if isinstance(row, RiskRow):
        return "sort" if row.account_id is None else f"signal explain {row.account_id} {row.code}"
    if row.obligation_id is not None:
        return f"obligation {row.obligation_id}"
    return f"{'touch' if row.kind == 'planned' else row.kind} {row.id}"
