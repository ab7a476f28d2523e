"""`kamtui portfolio`: all accounts beside each other."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, note, show_rows, write_json
from kamtui.domain.labels import tier_mark
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.book import Measure, Portfolio, PortfolioLine, get_portfolio

app = typer.Typer(rich_markup_mode=None)


def _health(line: PortfolioLine) -> str:
    if line.health is None:
        return "?" if line.tier else ""
    if line.change is None:
        return str(line.health)
    change = "=" if not line.change else f"^{line.change}" if line.change > 0 else f"v{-line.change}"
    return f"{line.health} {change}"


def _percent(value: int | None) -> str:
    return "?" if value is None else f"{value}%"


def _signals(line: PortfolioLine) -> str:
    parts = [f"!!{line.critical}" if line.critical else "", f"!{line.warnings}" if line.warnings else ""]
    return " ".join(part for part in parts if part)


COLUMNS = [
    Column(_("id"), lambda line: line.account_id, right=True, gives_way=1),
    Column(_("account"), lambda line: line.account),
    Column(_("tier"), lambda line: tier_mark(line.tier, line.provisional)),
    Column(_("stage"), lambda line: line.stage, gives_way=2),
    Column(_("health"), _health, right=True),
    Column(_("contribution"), lambda line: line.contribution or "?", right=True),
    Column(_("revenue"), lambda line: line.revenue or "?", right=True),
    Column(_("margin"), lambda line: _percent(line.margin), right=True, gives_way=4),
    Column(_("share"), lambda line: _percent(line.share), right=True, gives_way=5),
    Column(_("so far"), lambda line: _percent(line.cumulative), right=True, gives_way=3),
    Column(_("trend"), lambda line: "?" if line.trend is None else f"{line.trend:+d}%", right=True, gives_way=6),
    Column(_("signals"), _signals),
]


@app.command(help=_("All accounts beside each other: 12 months of money, health, signals. ? is unknown."))
def portfolio(
    ctx: typer.Context,
    by: Annotated[Measure, typer.Option(help=_("What orders them."))] = Measure.CONTRIBUTION,
) -> None:
    with desk(ctx).reading() as connection:
        told = get_portfolio(connection, desk(ctx).today, by=by)
    if desk(ctx).json:
        write_json(told)
        return
    show_rows(told.lines, COLUMNS, json=False, empty=_("No accounts yet. `kamtui account add NAME` adds one."))
    for sentence in _exposure(told):
        note(sentence)


def _exposure(told: Portfolio) -> list[str]:
    said = []
    if told.top_fifth is not None:
        said.append(
            _("The best fifth makes {share} % of the contribution that is known (reference: {reference} %).").format(
                share=told.top_fifth, reference=told.reference
            )
        )
    if told.unknown and told.lines:
        said.append(
            ngettext(
                "Of {count} account the contribution is not known.",
                "Of {count} accounts the contribution is not known.",
                told.unknown,
            ).format(count=told.unknown)
        )
    if told.unsorted:
        said.append(
            ngettext(
                "{count} account is unsorted, and quiet: `kamtui sort`.",
                "{count} accounts are unsorted, and quiet: `kamtui sort`.",
                told.unsorted,
            ).format(count=told.unsorted)
        )
    return said
