"""The portfolio as figures: each account beside the others, what it makes of the whole, how it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kamtui.domain.enums import KEY_TIERS, Stage, Tier
from kamtui.domain.money import Money
from kamtui.domain.signals.book import BookRow, book_of
from kamtui.domain.signals.money import year_of
from kamtui.domain.triage import Severity
from kamtui.store.reads.conditions import PROVISIONAL
from kamtui.store.reads.health import list_health
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.signals import list_signals
from kamtui.store.signal_facts import load_facts
from kamtui.store.signal_rows import book_row, due_accounts, read_limits, stored_book
from kamtui.store.sqlite.driver import Connection


class Measure(StrEnum):
    """What the portfolio is ordered by."""

    CONTRIBUTION = "contribution"
    REVENUE = "revenue"
    HEALTH = "health"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """An account in the book. Money is of 12 months; `share` and `cumulative` are percent of the whole by the measure that
    orders it (contribution, else revenue), `trend` percent against the year before. None is unknown. `health` is that of
    key tiers, `change` against the end of last month."""

    account_id: int
    account: str
    tier: Tier | None
    provisional: bool
    stage: Stage
    health: int | None
    change: int | None
    contribution: Money | None
    revenue: Money | None
    margin: int | None
    share: int | None
    cumulative: int | None
    trend: int | None
    critical: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All accounts that are not archived. `revenue` is that of the whole book, `top_fifth` the percent of contribution that
    the best fifth makes; `reference` is what is drawn beside it, and never assumed. `unknown` counts accounts whose
    contribution is not known."""

    by: Measure
    lines: tuple[PortfolioLine, ...]
    revenue: Money | None
    contribution: Money | None
    top_fifth: int | None
    reference: int
    unknown: int
    unsorted: int


REFERENCE = 80  # S0: a fifth of accounts makes four fifths of profit


@dataclass(frozen=True, slots=True)
class _Account:
    id: int
    name: str
    tier: Tier | None
    provisional: bool
    stage: Stage


def figures_on(connection: Connection, day: date) -> dict[int, BookRow]:
    """The figures of all accounts, right for the day."""
    book = stored_book(connection)
    facts = load_facts(connection, due_accounts(connection, day), day, money_only=True)
    return {**book, **{one: book_row(account, year_of(account, day), day) for one, account in facts.items()}}


def get_portfolio(connection: Connection, today: date, *, by: Measure = Measure.CONTRIBUTION) -> Portfolio:
    """The portfolio in the order of a measure: the best first, health the worst first, what is not known last."""
    accounts = fetch(
        connection,
        _Account,
        f"""SELECT a.id, a.name, a.tier, {PROVISIONAL.format(account="a")} AS provisional, a.stage FROM account AS a
            WHERE a.archived_at IS NULL ORDER BY a.name COLLATE NOCASE, a.id""",
    )
    figures = figures_on(connection, today)
    whole = book_of(list(figures.values()), read_limits(connection)).whole
    cards = list_health(connection, [one.id for one in accounts if one.tier in KEY_TIERS], today)
    counts: dict[int, list[Severity]] = {}
    for row in list_signals(connection, today):
        counts.setdefault(row.account_id, []).append(row.severity)
    mine = {one.id: figures[one.id] for one in accounts if one.id in figures}
    currency = next((row.currency for row in mine.values() if row.revenue), None) if whole else None
    gains = [row.contribution for row in mine.values() if row.contribution is not None and row.currency == currency]
    lines = [
        PortfolioLine(
            one.id,
            one.name,
            one.tier,
            one.provisional,
            one.stage,
            cards[one.id].health.score if one.id in cards else None,
            cards[one.id].change if one.id in cards else None,
            _money(row.contribution, row.currency),
            _money(row.revenue, row.currency),
            None if row.margin is None else round(100 * row.margin),
            _percent(row.revenue, whole),
            None,
            trend_of(row),
            counts.get(one.id, []).count(Severity.CRITICAL),
            counts.get(one.id, []).count(Severity.WARN),
        )
        for one in accounts
        for row in [mine.get(one.id) or BookRow(one.id, one.tier, None, None, None, None, None, today)]
    ]
    lines.sort(key=_ORDERS[by])
    return Portfolio(
        by,
        tuple(_cumulated(lines, sum(gains) if currency else 0, whole, by)),
        _money(whole, currency),
        _money(sum(gains), currency) if currency and gains else None,
        _top_fifth(gains) if currency else None,
        REFERENCE,
        sum(line.contribution is None for line in lines),
        sum(line.tier is None for line in lines),
    )


_TIERS = [*Tier, None]
_ORDERS: dict[Measure, Callable[[PortfolioLine], tuple[object, ...]]] = {
    Measure.CONTRIBUTION: lambda line: (
        line.contribution is None, -(line.contribution.minor if line.contribution else 0),
        -(line.revenue.minor if line.revenue else 0),
    ),
    Measure.REVENUE: lambda line: (line.revenue is None, -(line.revenue.minor if line.revenue else 0)),
    Measure.HEALTH: lambda line: (line.health is None, line.health),
    Measure.TIER: lambda line: (_TIERS.index(line.tier), -(line.revenue.minor if line.revenue else 0)),
}  # fmt: skip


def _cumulated(lines: Sequence[PortfolioLine], gains: int, whole: int | None, by: Measure) -> list[PortfolioLine]:
    """The lines with what they and those above them make of the whole."""
    found, so_far = [], 0
    total = whole if by is Measure.REVENUE else gains
    for line in lines:
        amount = line.revenue if by is Measure.REVENUE else line.contribution
        if amount is None or by not in {Measure.REVENUE, Measure.CONTRIBUTION}:
            found.append(line)
            continue
        so_far += amount.minor
        found.append(replace(line, cumulative=_percent(so_far, total)))
    return found


def _top_fifth(gains: Sequence[int]) -> int | None:
    """What the best fifth makes of all that is known."""
    ranked = sorted(gains, reverse=True)
    return _percent(sum(ranked[: len(ranked) // 5]), sum(ranked)) if len(ranked) >= 5 else None


def _percent(part: int | None, whole: int | None) -> int | None:
    return None if part is None or not whole or whole < 0 else round(Fraction(100 * part, whole))


def trend_of(row: BookRow) -> int | None:
    """The revenue of twelve months in percent against the twelve before; None where either is unknown, or there was none."""
    return (
        None if row.revenue is None or not row.before else round(Fraction(100 * (row.revenue - row.before), row.before))
    )


def _money(minor: int | None, currency: str | None) -> Money | None:
    return None if minor is None or currency is None else Money(minor, currency)
