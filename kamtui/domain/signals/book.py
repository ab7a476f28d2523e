"""Signals 13 and 16: an account beside all others. What one account sells moves the shares and the median of the rest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kamtui.domain.enums import Tier
from kamtui.domain.money import Money, whole_percent
from kamtui.domain.signals.model import Code, Finding, Lack, Subject, Turns, values
from kamtui.domain.signals.registry import Thresholds


@dataclass(frozen=True, slots=True)
class BookRow:
    """The twelve months of one account in the book, in minor units; None is unknown. `since` is the day from which its
    figures and its tier stand; `mixed` says that it bought in more than one currency, so that its revenue is not known."""

    account_id: int
    tier: Tier | None
    potential: int | None
    currency: str | None
    revenue: int | None
    contribution: int | None
    before: int | None
    since: date
    mixed: bool = False

    @property
    def margin(self) -> float | None:
        """Contribution of each unit of revenue; None where there is none or it is not known."""
        return None if not self.revenue or self.contribution is None else self.contribution / self.revenue


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
    code, whole = Code.THIN_PROFIT, Subject("account", row.account_id)
    top = book.top_from is not None and (row.revenue or 0) >= book.top_from
    key = row.tier is not None and row.tier is not Tier.NON_KEY
    if row.contribution is not None and row.contribution < 0 and (top or key):
        money = str(Money(row.contribution, row.currency or ""))
        yield Finding(code, "profit.loss", whole, Turns(critical=row.since), values(contribution=money))
        return
    if not top or row.margin is None or book.median is None:
        return
    if 100 * row.margin < limits[f"{code}.margin"] * book.median:
        said = values(margin=round(100 * row.margin), median=round(100 * book.median))
        yield Finding(code, "profit.thin", whole, Turns(warn=row.since), said)


def _share(row: BookRow, book: Book, limits: Thresholds) -> Iterable[Finding]:
    """How much hangs on one account; of a book of one there is nothing to say."""
    if not row.revenue or not book.whole or book.accounts < 2:
        return
    known = limits.of(Code.THIN_PROFIT)
    # Most accounts are small: a thousand of them are gone through whenever one order comes in.
    if 100 * row.revenue < min(known["share_info"], known["share_warn"], known["share_critical"]) * book.whole:
        return
    turns = {
        severity: row.since
        for severity in ("info", "warn", "critical")
        if 100 * row.revenue >= known[f"share_{severity}"] * book.whole
    }
    if turns:
        share = values(share=whole_percent(row.revenue / book.whole))
        yield Finding(Code.THIN_PROFIT, "profit.share", Subject("account", row.account_id), Turns(**turns), share)


def _promotion(row: BookRow, book: Book, limits: Thresholds) -> Iterable[Finding]:
    if row.tier is not Tier.NON_KEY or row.margin is None or book.median is None or row.margin < book.median:
        return
    known = limits.of(Code.PROMOTION)
    margin, whole = round(100 * row.margin), Subject("account", row.account_id)
    if row.before and row.revenue and 100 * row.revenue >= (100 + known["growth"]) * row.before:
        percent = 100 * row.revenue // row.before
        said = values(percent=percent, margin=margin)
        yield Finding(Code.PROMOTION, "promotion.growth", whole, Turns(info=row.since), said)
    elif row.potential is not None and row.potential >= known["potential"]:
        said = values(potential=row.potential, margin=margin)
        yield Finding(Code.PROMOTION, "promotion.potential", whole, Turns(info=row.since), said)
