"""§6: the last 12 months against the 12 before, how far contracts were reached, the days that come."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from kamtui.brief.blocks import Block, Column, Drawn, Mark, Pairs, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.charts import Bar, draw_trend
from kamtui.brief.drawing import Drawing
from kamtui.brief.facts import Facts
from kamtui.brief.words import REVIEW_WORDS
from kamtui.domain.money import Money, whole_percent
from kamtui.language import gettext as _
from kamtui.store.reads.brief_money import Figures
from kamtui.store.reads.brief_trend import DateRow, QuarterRow

CONTRACTS_SHOWN = 3
DATES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract: what they commit to (a quantity or an amount) and how far it was reached; `attained` is 1 where all
    came that should have come by now, None is unknown."""

    what: str
    signed_on: date | None
    ends_on: date | None
    quantity: Decimal | None
    unit: str | None
    amount: Money | None
    attained: float | None


@dataclass(frozen=True, slots=True)
class Business:
    """The last 12 months, the 12 before, the share of the revenue of all accounts (in percent), eight quarters, contracts,
    and the days that come."""

    now: Figures
    before: Figures
    share: int | None
    quarters: tuple[QuarterRow, ...]
    contracts: tuple[Contract, ...]
    more_contracts: int
    dates: tuple[DateRow, ...]
    more_dates: int


def business_of(facts: Facts) -> Business:
    """The figures as they stand today."""
    return Business(
        now=facts.money.now,
        before=facts.money.before,
        share=None if facts.money.share is None else whole_percent(facts.money.share),
        quarters=facts.quarters,
        contracts=tuple(
            Contract(
                row.what,
                row.signed_on,
                row.ends_on,
                row.quantity,
                row.unit,
                row.amount,
                row.attained.rate if row.attained else None,
            )
            for row in facts.contracts[:CONTRACTS_SHOWN]
        ),
        more_contracts=max(0, len(facts.contracts) - CONTRACTS_SHOWN),
        dates=facts.dates[:DATES_SHOWN],
        more_dates=max(0, len(facts.dates) - DATES_SHOWN),
    )


def lay_out_business(business: Business, today: date) -> Section:
    """The figures side by side, the chart, the contracts, the days; without orders and contracts what is unknown."""
    blocks: list[Block] = []
    if business.now.orders or business.before.orders or business.quarters:
        blocks += [_figures(business), Drawn(partial(_chart, business), (_quarters(business),))]
    else:
        blocks.append(Pairs(((_("money"), _("no orders are recorded: revenue, profit and trend are unknown")),)))
    pairs = []
    if business.share is not None:
        pairs.append((_("share"), _("{share} % of the revenue of all accounts").format(share=business.share)))
    dates = "; ".join(_date(row) for row in business.dates)
    pairs.append(
        (
            _("dates"),
            (dates or _("no contract ends and no review is planned within a year")) + _more(business.more_dates),
        )
    )
    blocks.append(Pairs(tuple(pairs)))
    if business.contracts:
        blocks.append(_contracts(business, today))
    else:
        blocks.append(Pairs(((_("contract"), _("none is recorded, so how far they reached it is unknown")),)))
    return Section("commercial", _("Commercial"), tuple(blocks), more_of((business.more_contracts, "")))


def _more(count: int) -> str:
    return f"; +{count}" if count else ""


def _percent(share: float) -> str:
    return f"{100 * share:.4g}"


def _date(row: DateRow) -> str:
    if row.kind == "contract":
        return _("{day} contract ends: {what}").format(day=row.on, what=clip(row.what, 60))
    what = f", {clip(row.what, 60)}" if row.what else ""
    return _("{day} {kind}").format(day=row.on, kind=_(REVIEW_WORDS[row.kind])) + what


def _figures(business: Business) -> Table:
    now, before = business.now, business.before
    rows = (
        (_("revenue"), now.revenue, before.revenue),
        (_("gross profit"), now.gross_profit, before.gross_profit),
        (_("concessions"), now.concessions, before.concessions),
        (_("costs"), now.costs, before.costs),
        (_("contribution"), now.contribution, before.contribution),
    )
    return Table(
        (
            Column(_("figure")),
            Column(_("last 12 months"), 18),
            Column(_("the 12 before"), 18),
            Column(_("difference"), 10),
        ),
        (
            *(Row((name, _amount(one), _amount(other), _change(one, other))) for name, one, other in rows),
            Row((_("orders"), str(now.orders), str(before.orders), "")),
        ),
    )


def _amount(value: Money | None) -> str:
    return _("unknown") if value is None else str(value)


def _change(now: Money | None, before: Money | None) -> str:
    if now is None or before is None or before.minor <= 0 or now.currency != before.currency:
        return ""
    return f"{100 * (now.minor - before.minor) / before.minor:+.0f} %"


def _quarters(business: Business) -> Table:
    return Table(
        (Column(_("quarter until")), Column(_("revenue"), 18), Column(_("gross profit"), 18)),
        tuple(
            Row((row.ends_on.isoformat(), _amount(row.revenue), _amount(row.gross_profit))) for row in business.quarters
        ),
    )


def _chart(business: Business) -> Drawing:
    """The quarters as bars, gross profit within revenue; each number is said."""
    highest = max((row.revenue.minor for row in business.quarters if row.revenue), default=0) or 1
    currency = next((row.revenue.currency for row in business.quarters if row.revenue), "")
    bars = [
        Bar(
            label=row.ends_on.isoformat(),
            outer=None if row.revenue is None else max(row.revenue.minor, 0) / highest,
            inner=None if row.revenue is None or row.gross_profit is None else row.gross_profit.minor / highest,
            above=_("unknown") if row.revenue is None else row.revenue.plain(),
            within=_("profit {amount}").format(amount="?" if row.gross_profit is None else row.gross_profit.plain()),
            pale=at < len(business.quarters) // 2,
        )
        for at, row in enumerate(business.quarters)
    ]
    return draw_trend(
        _("Revenue and gross profit of eight quarters"),
        bars,
        (
            _("revenue and gross profit a quarter, {currency}").format(currency=currency),
            _("grey: the year before"),
            _("inner bar: gross profit"),
        ),
    )


def _contracts(business: Business, today: date) -> Table:
    return Table(
        (
            Column(_("contract")),
            Column(_("signed"), 10),
            Column(_("ends"), 10),
            Column(_("committed"), 28),
            Column(_("reached"), 16),
        ),
        tuple(
            Row(
                (
                    clip(row.what, 80),
                    short_day(row.signed_on, today) if row.signed_on else Mark(_("no"), _("not signed")),
                    short_day(row.ends_on, today) if row.ends_on else Mark("?", _("no date")),
                    _committed(row),
                    _("unknown") if row.attained is None else _("{rate} % of due").format(rate=_percent(row.attained)),
                )
            )
            for row in business.contracts
        ),
    )


def _committed(row: Contract) -> str:
    quantity = "" if row.quantity is None else f"{row.quantity.normalize():f} {clip(row.unit or '', 20)}".strip()
    return ", ".join(part for part in (str(row.amount or ""), quantity) if part) or _("unknown")
