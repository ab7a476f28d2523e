"""Signals 13 and 16: an account beside all others. What one account sells moves the shares and the median of the rest.

Since when something is so is told by the account's own figures, beside the book as it stands today.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from kamtui.domain.enums import Tier
from kamtui.domain.money import Money, whole_percent
from kamtui.domain.signals.facts import AccountFacts
from kamtui.domain.signals.model import Code, Finding, Lack, Subject, Turns, values
from kamtui.domain.signals.money import Books
from kamtui.domain.signals.registry import Thresholds


class Stood(NamedTuple):
    """What the twelve months of an account came to, from a day on."""

    on: date
    revenue: int | None
    contribution: int | None
    before: int | None

    @property
    def margin(self) -> float | None:
        """Contribution of each unit of revenue; None where there is none or it is not known."""
        return None if not self.revenue or self.contribution is None else self.contribution / self.revenue


@dataclass(frozen=True, slots=True)
class BookRow:
    """The twelve months of one account in the book, in minor units; None is unknown. `since` is the day from which its tier
    stands; `mixed` says that it bought in more than one currency, so that its revenue is not known; `past` is how its
    figures stood until then, as `past_of` writes it."""

    account_id: int
    tier: Tier | None
    potential: int | None
    currency: str | None
    revenue: int | None
    contribution: int | None
    before: int | None
    since: date
    mixed: bool = False
    past: str = "[]"

    @property
    def now(self) -> Stood:
        """The figures as they stand."""
        return Stood(self.since, self.revenue, self.contribution, self.before)

    @property
    def margin(self) -> float | None:
        """Contribution of each unit of revenue; None where there is none or it is not known."""
        return self.now.margin

    def stands_since(self, stands: Callable[[Stood], bool]) -> date:
        """The day from which its figures were, without a break, as they are today."""
        since = None
        for on, *figures in json.loads(self.past):
            then = Stood(date.fromisoformat(on), *figures)
            if not stands(then):
                break
            since = then.on
        return max(since or self.since, self.since)


def past_of(facts: AccountFacts, day: date) -> str:
    """How the figures of an account stood on the days on which they changed, the newest first; nothing of one that is
    quiet. It is read for the few accounts of which the book says something, so that it is kept as text."""
    if facts.tier is None or facts.archived:
        return "[]"
    books = Books(facts)
    years = ((turned, books.year(turned)) for turned in books.turned(day, facts.sorted_on))
    return json.dumps([[turned.isoformat(), one.revenue, one.contribution, one.before] for turned, one in years])


@dataclass(frozen=True, slots=True)
class Book:
    """What all accounts come to: the revenue of the book, how many have any, the least revenue of the top fifth, the
    median of the margins. None where it is unknown."""

    whole: int | None
    accounts: int
    top_from: int | None
    median: float | None


def book_of(rows: Sequence[BookRow], limits: Thresholds) -> Book:
    """The book of these accounts; in more than one currency, be it within one account, its revenue is unknown."""
    with_revenue = [row for row in rows if row.revenue]
    one_currency = len({row.currency for row in with_revenue}) == 1 and not any(row.mixed for row in rows)
    ranked = sorted((row.revenue or 0 for row in with_revenue), reverse=True)
    margins = [row.margin for row in rows if row.margin is not None]
    top = None
    if one_currency and len(ranked) >= limits[f"{Code.THIN_PROFIT}.book"]:
        top = ranked[max(1, len(ranked) // 5) - 1]
    return Book(
        sum(ranked) if one_currency else None,
        len(with_revenue),
        top,
        median(margins) if margins else None,
    )


def survey_book(rows: Sequence[BookRow], limits: Thresholds) -> dict[int, list[Finding]]:
    """What the signals of the book find, by account. Unsorted accounts count in the book, and are quiet."""
    book = book_of(rows, limits)
    return {
        row.account_id: found
        for row in rows
        if row.tier is not None
        and (found := [*_profit(row, book, limits), *_share(row, book, limits), *_promotion(row, book, limits)])
    }


def lacks_of(row: BookRow, book: Book) -> Iterator[Lack]:
    """What the signals of the book cannot tell of an account."""
    if row.revenue is None and not row.mixed:
        yield Lack(Code.THIN_PROFIT, "orders")
    elif book.whole is None:
        yield Lack(Code.THIN_PROFIT, "currencies")
    elif row.contribution is None:
        yield Lack(Code.THIN_PROFIT, "profit")
    elif book.top_from is None:
        yield Lack(Code.THIN_PROFIT, "book")
    if row.tier is not Tier.NON_KEY:
        yield Lack(Code.PROMOTION, "not_key")
    elif row.margin is None:
        yield Lack(Code.PROMOTION, "profit")


def _profit(row: BookRow, book: Book, limits: Thresholds) -> Iterable[Finding]:
    """Volume without profit. A key account that costs more than it brings is one too, whatever its rank."""
    code, whole, least = Code.THIN_PROFIT, Subject("account", row.account_id), limits[f"{Code.THIN_PROFIT}.margin"]
    key = row.tier is not None and row.tier is not Tier.NON_KEY

    def is_top(then: Stood) -> bool:
        return book.top_from is not None and (then.revenue or 0) >= book.top_from

    def is_loss(then: Stood) -> bool:
        return then.contribution is not None and then.contribution < 0 and (key or is_top(then))

    def is_thin(then: Stood) -> bool:
        known = then.margin is not None and book.median is not None
        return is_loss(then) or (known and is_top(then) and 100 * (then.margin or 0) < least * (book.median or 0))

    if is_loss(row.now):
        money = str(Money(row.contribution or 0, row.currency or ""))
        yield Finding(code, "profit.loss", whole, Turns(critical=row.stands_since(is_loss)), values(contribution=money))
    elif is_thin(row.now):
        said = values(margin=round(100 * (row.margin or 0)), median=round(100 * (book.median or 0)))
        yield Finding(code, "profit.thin", whole, Turns(warn=row.stands_since(is_thin)), said)


def _share(row: BookRow, book: Book, limits: Thresholds) -> Iterable[Finding]:
    """How much hangs on one account; of a book of one there is nothing to say."""
    if not row.revenue or not book.whole or book.accounts < 2:
        return
    known, whole = limits.of(Code.THIN_PROFIT), book.whole
    # Most accounts are small: a thousand of them are gone through whenever one order comes in.
    if 100 * row.revenue < min(known["share_info"], known["share_warn"], known["share_critical"]) * whole:
        return

    def from_share(percent: int) -> date | None:
        def is_large(then: Stood) -> bool:
            return 100 * (then.revenue or 0) >= percent * whole

        return row.stands_since(is_large) if is_large(row.now) else None

    turns = Turns(**{severity: from_share(known[f"share_{severity}"]) for severity in ("info", "warn", "critical")})
    share = values(share=whole_percent(row.revenue / whole))
    yield Finding(Code.THIN_PROFIT, "profit.share", Subject("account", row.account_id), turns, share)


def _promotion(row: BookRow, book: Book, limits: Thresholds) -> Iterable[Finding]:
    if row.tier is not Tier.NON_KEY or row.margin is None or book.median is None or row.margin < book.median:
        return
    known, usual = limits.of(Code.PROMOTION), book.median
    margin, whole = round(100 * row.margin), Subject("account", row.account_id)

    def earns(then: Stood) -> bool:
        return then.margin is not None and then.margin >= usual

    def grows(then: Stood) -> bool:
        grown = then.before and then.revenue and 100 * then.revenue >= (100 + known["growth"]) * then.before
        return bool(grown) and earns(then)

    if grows(row.now):
        said = values(percent=100 * (row.revenue or 0) // (row.before or 1), margin=margin)
        yield Finding(Code.PROMOTION, "promotion.growth", whole, Turns(info=row.stands_since(grows)), said)
    elif row.potential is not None and row.potential >= known["potential"]:
        said = values(potential=row.potential, margin=margin)
        yield Finding(Code.PROMOTION, "promotion.potential", whole, Turns(info=row.stands_since(earns)), said)
