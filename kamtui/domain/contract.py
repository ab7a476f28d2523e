"""Contracts: which needs are terms of one, and how far what was committed has been reached (PRODUCT.md §4, signal 10)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kamtui.domain.enums import NeedCategory

# Every term of a contract is a need (S4): the worksheet has a row for each of these.
TERMS = (
    NeedCategory.UNIT_PRICE,
    NeedCategory.TOTAL_PRICE,
    NeedCategory.DISCOUNT,
    NeedCategory.FREIGHT,
    NeedCategory.ARRIVAL_TIME,
    NeedCategory.AFTER_SALES,
    NeedCategory.PAYMENT,
)


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far a commitment has been reached: `actual` of `committed` (thousandths of a quantity, or minor units), `elapsed`
    the share of its time that has passed. `rate` is 1 where all that should have come by now has come; None before the
    first day."""

    actual: int
    committed: int
    elapsed: float
    rate: float | None


def elapsed_share(starts: date, ends: date, today: date) -> Fraction:
    """The share of the days from `starts` to `ends`, both included, that have passed at the end of `today`: 0 to 1."""
    days = (ends - starts).days + 1
    return Fraction(min(max((today - starts).days + 1, 0), days), days)


def attainment(actual: int, committed: int, elapsed: Fraction) -> Attainment:
    """actual / (committed · elapsed share), to four digits (PRODUCT.md §4, signal 10)."""
    rate = Fraction(actual, committed) / elapsed if elapsed else None
    return Attainment(actual, committed, round(float(elapsed), 4), None if rate is None else round(float(rate), 4))
