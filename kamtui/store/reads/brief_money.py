"""The commercial figures of an account: the last 12 months against the 12 before. What is not known stays unknown."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.days import add_months
from kamtui.domain.money import Money
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class Figures:
    """Twelve months. None is unknown: no orders on record, mixed currencies, a gross profit or a value not entered.

    Contribution is gross profit less concessions and costs (PRODUCT.md §4, signal 13).
    """

    orders: int
    revenue: Money | None
    gross_profit: Money | None
    concessions: Money | None
    costs: Money | None
    contribution: Money | None


@dataclass(frozen=True, slots=True)
class Commercial:
    """The last 12 months, the 12 before, and the account's share of the revenue of all accounts (0 to 1)."""

    now: Figures
    before: Figures
    share: float | None


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum of one currency; `unknown` counts the rows that had no amount."""

    currency: str | None
    minor: int
    rows: int
    unknown: int


def get_commercial(connection: Connection, account_id: int, today: date) -> Commercial:
    """The figures of an account until `today`."""
    middle, start = add_months(today, -12), add_months(today, -24)
    rows = connection.execute(
        # What we buy from them in return is no revenue of ours.
        """WITH sold AS (
               SELECT * FROM "transaction" WHERE kind <> 'reciprocal_purchase'
           ), mine AS (
               SELECT 'revenue' AS what, on_date, currency, revenue_minor AS minor FROM sold
               WHERE account_id = :account
               UNION ALL SELECT 'gross_profit', on_date, currency, gross_profit_minor FROM sold
               WHERE account_id = :account
               UNION ALL SELECT 'cost', on_date, currency, amount_minor FROM cost WHERE account_id = :account
               UNION ALL SELECT 'concession', given_on, CASE WHEN value_minor IS NOT NULL THEN currency END, value_minor
               FROM concession WHERE account_id = :account AND archived_at IS NULL
               UNION ALL SELECT 'book', on_date, currency, revenue_minor FROM sold
           )
           SELECT what, CASE WHEN on_date > :middle THEN 'now' WHEN on_date > :start THEN 'before' ELSE 'older' END,
                  currency, coalesce(sum(minor), 0), count(*), count(*) - count(minor)
           FROM mine WHERE on_date <= :today AND (what <> 'book' OR on_date > :middle)
           GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "middle": middle.isoformat(),
            "start": start.isoformat(),
        },
    ).fetchall()
    sums: dict[tuple[str, str], list[_Sum]] = {}
    for what, period, currency, minor, count, unknown in rows:
        sums.setdefault((what, period), []).append(_Sum(currency, minor, count, unknown))
    currencies = {part.currency for (what, _period), parts in sums.items() if what == "revenue" for part in parts}
    currency = next(iter(currencies)) if len(currencies) == 1 else None
    now = _figures(sums, "now", currency, ("before", "older"))
    before = _figures(sums, "before", currency, ("older",))
    return Commercial(now, before, _share(now.revenue, sums.get(("book", "now"), [])))


def _figures(
    sums: dict[tuple[str, str], list[_Sum]], period: str, currency: str | None, earlier: tuple[str, ...]
) -> Figures:
    """Nothing bought is zero where there were orders earlier, else the history does not reach there: unknown."""
    orders = sum(part.rows for part in sums.get(("revenue", period), []))
    reached = bool(orders) or any(("revenue", name) in sums for name in earlier)
    revenue = _total(sums.get(("revenue", period), []), currency) if reached else None
    profit = _total(sums.get(("gross_profit", period), []), currency) if reached else None
    concessions = _total(sums.get(("concession", period), []), currency)
    costs = _total(sums.get(("cost", period), []), currency)
    contribution = None
    if profit is not None and concessions is not None and costs is not None:
        contribution = Money(profit.minor - concessions.minor - costs.minor, profit.currency)
    return Figures(orders, revenue, profit, concessions, costs, contribution)


def _total(parts: list[_Sum], currency: str | None) -> Money | None:
    """The sum in the account's currency; None where an amount is missing or in another currency."""
    if currency is None and len({part.currency for part in parts}) == 1:
        currency = parts[0].currency
    if currency is None or any(part.unknown or part.currency != currency for part in parts):
        return None
    return Money(sum(part.minor for part in parts), currency)


def _share(revenue: Money | None, book: list[_Sum]) -> float | None:
    whole = _total(book, revenue.currency if revenue else None)
    if revenue is None or whole is None or whole.minor <= 0:
        return None
    return round(revenue.minor / whole.minor, 4)
