"""The money of an account in the twelve months before a day. What is not known stays unknown (PRODUCT.md §4, signal 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_months
from kamtui.domain.enums import TransactionKind
from kamtui.domain.signals.facts import AccountFacts, ConcessionFact, CostFact, OrderFact

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months until a day, in minor units; None is unknown: no orders on record by then, mixed currencies, a gross
    profit or a value that was not entered. `before` is the revenue of the twelve months before, `profit_before` and
    `contribution_before` what was left of it. It holds from `since`, the day on which it last changed, until `until`."""

    currency: str | None
    orders: int
    revenue: int | None
    profit: int | None
    concessions: int | None
    costs: int | None
    contribution: int | None
    before: int | None
    profit_before: int | None
    contribution_before: int | None
    since: date
    until: date | None

    @property
    def margin(self) -> float | None:
        """Contribution of each unit of revenue."""
        return None if not self.revenue or self.contribution is None else self.contribution / self.revenue


def year_of(facts: AccountFacts, day: date) -> Year:
    """The twelve months of an account that end on `day`, and what of the twelve before is compared with them."""
    middle, start = add_months(day, -MONTHS), add_months(day, -2 * MONTHS)
    sold = [order for order in facts.orders if order.kind is not TransactionKind.RECIPROCAL_PURCHASE]
    now = [order for order in sold if order.on > middle]
    earlier = [order for order in sold if start < order.on <= middle]
    older = [order for order in sold if order.on <= start]
    currency = currency_of(now or earlier or older)
    revenue, profit = _revenue(now, currency), _profit(now, currency)
    concessions, costs = _given(facts.concessions, middle, day, currency), _spent(facts.costs, middle, day, currency)
    same = currency_of(earlier or older) == currency
    profit_before = _profit(earlier, currency) if same else None
    moves = [
        *(order.on for order in sold),
        *(one.given_on for one in facts.concessions),
        *(one.on for one in facts.costs),
    ]
    since, until = _holds(moves, facts.known_since, day)
    return Year(
        currency,
        sum(order.count for order in now),
        revenue,
        profit,
        concessions,
        costs,
        _contribution(profit, concessions, costs),
        _revenue(earlier, currency) if same else None,
        profit_before,
        _contribution(
            profit_before,
            _given(facts.concessions, start, middle, currency),
            _spent(facts.costs, start, middle, currency),
        ),
        since,
        until,
    )


def currency_of(orders: Sequence[OrderFact]) -> str | None:
    """The currency that all orders share, or None."""
    currencies = {order.currency for order in orders}
    return currencies.pop() if len(currencies) == 1 else None


def leaves_on(moved: date, months: int) -> date:
    """The first day on which the months before it no longer hold `moved`."""
    if moved.year >= date.max.year - months // 12 - 1:
        return date.max
    leaves = add_months(moved, months)
    # 29 February is not left behind on the 28th of another year.
    return leaves if add_months(leaves, -months) >= moved else leaves + timedelta(days=1)


def _holds(moves: Iterable[date], known_since: date, day: date) -> tuple[date, date | None]:
    """Between which days nothing enters or leaves these twelve months or those before."""
    since, until = known_since, None
    for moved in set(moves):
        for turn in (moved, leaves_on(moved, MONTHS), leaves_on(moved, 2 * MONTHS)):
            if turn <= day:
                since = max(since, turn)
            elif until is None or turn < until:
                until = turn
    return since, until


def _revenue(orders: Sequence[OrderFact], currency: str | None) -> int | None:
    if currency is None or (orders and currency_of(orders) != currency):
        return None
    return sum(order.revenue for order in orders)


def _profit(orders: Sequence[OrderFact], currency: str | None) -> int | None:
    if currency is None or (orders and currency_of(orders) != currency):
        return None
    known = [order.profit for order in orders if order.profit is not None]
    return sum(known) if len(known) == len(orders) else None


def _contribution(profit: int | None, concessions: int | None, costs: int | None) -> int | None:
    return None if profit is None or concessions is None or costs is None else profit - concessions - costs


def _given(concessions: Sequence[ConcessionFact], after: date, until: date, currency: str | None) -> int | None:
    return _sum([(one.minor, one.currency) for one in concessions if after < one.given_on <= until], currency)


def _spent(costs: Sequence[CostFact], after: date, until: date, currency: str | None) -> int | None:
    return _sum([(one.minor, one.currency) for one in costs if after < one.on <= until], currency)


def _sum(amounts: Sequence[tuple[int | None, str | None]], currency: str | None) -> int | None:
    """Zero where there is nothing; None where an amount is missing or in another currency."""
    if currency is None:
        return None
    known = [minor for minor, own in amounts if minor is not None and own == currency]
    return sum(known) if len(known) == len(amounts) else None
