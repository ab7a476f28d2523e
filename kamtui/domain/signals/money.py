"""The money of an account in the twelve months before a day. What is not known stays unknown (PRODUCT.md §4, signal 13)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from kamtui.domain.days import add_months
from kamtui.domain.enums import TransactionKind
from kamtui.domain.signals.facts import AccountFacts, OrderFact

MONTHS = 12
# So many days of the past are looked at, to tell since when the money is as it is; where more things happened, one a week.
LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months until a day, in minor units; None is unknown: no orders on record by then, mixed currencies, a gross
    profit or a value that was not entered. `before` is the revenue of the twelve months before, `profit_before`,
    `concessions_before` and `contribution_before` what else is known of them. It holds until `until`."""

    currency: str | None
    orders: int
    revenue: int | None
    profit: int | None
    concessions: int | None
    costs: int | None
    contribution: int | None
    before: int | None
    profit_before: int | None
    concessions_before: int | None
    contribution_before: int | None
    until: date | None

    @property
    def margin(self) -> float | None:
        """Contribution of each unit of revenue."""
        return None if not self.revenue or self.contribution is None else self.contribution / self.revenue


_Days = tuple[int, int]  # after one, until another, included


class _Sums:
    """Amounts by day (its ordinal, which is compared several times as fast), of which the sum over any days is found at
    once. An amount that is None is unknown."""

    def __init__(self, amounts: Iterable[tuple[date, int | None]]) -> None:
        ordered = sorted((on.toordinal(), amount is None, amount or 0) for on, amount in amounts)
        self.days = [on for on, _unknown, _amount in ordered]
        self.unknown = [0, *accumulate(unknown for _on, unknown, _amount in ordered)]
        self.sums = [0, *accumulate(amount for _on, _unknown, amount in ordered)]

    def span(self, days: _Days) -> tuple[int, int]:
        """Which of them lie on these days."""
        return bisect_right(self.days, days[0]), bisect_right(self.days, days[1])


class _ByCurrency:
    """Amounts of several currencies; what has none is of the currency None."""

    def __init__(self, amounts: Iterable[tuple[date, str | None, int | None]]) -> None:
        parts: defaultdict[str | None, list[tuple[date, int | None]]] = defaultdict(list)
        for on, currency, minor in amounts:
            parts[currency].append((on, minor))
        self.parts = [(currency, _Sums(part)) for currency, part in parts.items()]

    def currencies(self, days: _Days) -> set[str | None]:
        """Those of what there is on these days."""
        return {currency for currency, sums in self.parts for first, last in [sums.span(days)] if last > first}

    def between(self, days: _Days, currency: str | None) -> int | None:
        """Zero where there is nothing; None where an amount is missing or in another currency."""
        if currency is None:
            return None
        found = 0
        for own, sums in self.parts:
            first, last = sums.span(days)
            if last == first:
                continue
            if own != currency or sums.unknown[last] > sums.unknown[first]:
                return None
            found = sums.sums[last] - sums.sums[first]
        return found


class Books:
    """What an account bought, was given and cost, of which the twelve months until any day are told at once."""

    def __init__(self, facts: AccountFacts) -> None:
        sold = [order for order in facts.orders if order.kind is not TransactionKind.RECIPROCAL_PURCHASE]
        self.revenue = _ByCurrency((one.on, one.currency, one.revenue) for one in sold)
        self.profit = _ByCurrency((one.on, one.currency, one.profit) for one in sold)
        self.counts = _Sums((one.on, one.count) for one in sold)
        self.given = _ByCurrency((one.given_on, one.currency, one.minor) for one in facts.concessions)
        self.spent = _ByCurrency((one.on, one.currency, one.minor) for one in facts.costs)
        moves = {
            *(one.on for one in sold),
            *(one.given_on for one in facts.concessions),
            *(one.on for one in facts.costs),
        }
        # The days on which something enters or leaves some twelve months or those before.
        self.turns = sorted(
            {turn for moved in moves for turn in (moved, leaves_on(moved, MONTHS), leaves_on(moved, 2 * MONTHS))}
        )

    def year(self, day: date) -> Year:
        """The twelve months that end on a day, and what of the twelve before is compared with them."""
        middle, start = (add_months(day, -months).toordinal() for months in (MONTHS, 2 * MONTHS))
        now, before = (middle, day.toordinal()), (start, middle)
        earlier = self.revenue.currencies(before) or self.revenue.currencies((0, start))
        currency = _only(self.revenue.currencies(now) or earlier)
        same = currency if _only(earlier) == currency else None
        profit, profit_before = self.profit.between(now, currency), self.profit.between(before, same)
        given, given_before = self.given.between(now, currency), self.given.between(before, currency)
        costs, costs_before = self.spent.between(now, currency), self.spent.between(before, currency)
        first, last = self.counts.span(now)
        following = bisect_right(self.turns, day)
        return Year(
            currency,
            self.counts.sums[last] - self.counts.sums[first],
            self.revenue.between(now, currency),
            profit,
            given,
            costs,
            _contribution(profit, given, costs),
            self.revenue.between(before, same),
            profit_before,
            given_before,
            _contribution(profit_before, given_before, costs_before),
            self.turns[following] if following < len(self.turns) else None,
        )

    def turned(self, day: date, floor: date) -> list[date]:
        """The days until this one on which the twelve months changed, the newest first and down to the one on which they
        became what they were on `floor`."""
        first, last = bisect_right(self.turns, floor), bisect_right(self.turns, day)
        turns = self.turns[max(0, first - 1) : last][::-1]
        if len(turns) > LOOKED_BACK:
            weeks: dict[int, date] = {}
            for turn in turns:
                weeks.setdefault(turn.toordinal() // 7, turn)
            turns = list(weeks.values())
        return turns[:LOOKED_BACK]


def year_of(facts: AccountFacts, day: date) -> Year:
    """The twelve months of an account that end on `day`."""
    return Books(facts).year(day)


def standing_since(facts: AccountFacts, day: date, stands: Callable[[Year], bool]) -> date:
    """The day from which the money of an account was, without a break, as it is today; to the week where much happened."""
    books, since = Books(facts), day
    for turned in books.turned(day, facts.sorted_on):
        if not stands(books.year(turned)):
            break
        since = turned
    return max(since, facts.sorted_on)


def currency_of(orders: Sequence[OrderFact]) -> str | None:
    """The currency that all orders share, or None."""
    return _only({order.currency for order in orders})


def _only(currencies: set[str | None]) -> str | None:
    return next(iter(currencies)) if len(currencies) == 1 else None


def leaves_on(moved: date, months: int) -> date:
    """The first day on which the months before it no longer hold `moved`."""
    if moved.year >= date.max.year - months // 12 - 1:
        return date.max
    leaves = add_months(moved, months)
    # 29 February is not left behind on the 28th of another year.
    return leaves if add_months(leaves, -months) >= moved else leaves + timedelta(days=1)


def _contribution(profit: int | None, concessions: int | None, costs: int | None) -> int | None:
    return None if profit is None or concessions is None or costs is None else profit - concessions - costs
