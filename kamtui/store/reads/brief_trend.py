"""How the business with an account went, quarter by quarter, and the days that matter to it."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_months
from kamtui.domain.money import Money
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """Three months until `ends_on`. None is unknown: mixed currencies, a gross profit not entered."""

    ends_on: date
    revenue: Money | None
    gross_profit: Money | None


@dataclass(frozen=True, slots=True)
class DateRow:
    """A day that comes: the end of a contract, a review."""

    on: date
    kind: str
    what: str


def list_quarters(connection: Connection, account_id: int, today: date) -> list[QuarterRow]:
    """The eight quarters until `today`, oldest first; none at all where nothing was ever ordered. A quarter without an
    order is zero in the currency of the others; one before the first order is unknown."""
    ends = [add_months(today, -3 * back) for back in range(QUARTERS - 1, -1, -1)]
    start = add_months(today, -3 * QUARTERS)
    sums: dict[int, list[tuple[str, int, int | None]]] = {}
    # What we buy from them in return is no revenue of ours.
    sold = """FROM "transaction" WHERE account_id = ? AND kind <> 'reciprocal_purchase'"""
    for on, currency, revenue, profit in connection.execute(
        f"SELECT on_date, currency, revenue_minor, gross_profit_minor {sold} AND on_date > ? AND on_date <= ?",
        (account_id, start.isoformat(), today.isoformat()),
    ):
        place = next(at for at, end in enumerate(ends) if on <= end.isoformat())
        sums.setdefault(place, []).append((currency, revenue, profit))
    first = connection.execute(
        f"SELECT min(on_date) {sold} AND on_date <= ?", (account_id, today.isoformat())
    ).fetchone()[0]
    if first is None:
        return []
    currencies = {currency for rows in sums.values() for currency, _revenue, _profit in rows}
    known = currencies.pop() if len(currencies) == 1 else None
    return [_quarter(end, sums.get(at, []), known, before=end.isoformat() < first) for at, end in enumerate(ends)]


def _quarter(end: date, rows: list[tuple[str, int, int | None]], currency: str | None, *, before: bool) -> QuarterRow:
    if currency is None or before:
        return QuarterRow(end, None, None)
    profits = [profit for _currency, _revenue, profit in rows]
    return QuarterRow(
        end,
        Money(sum(revenue for _currency, revenue, _profit in rows), currency),
        None if None in profits else Money(sum(profit for profit in profits if profit is not None), currency),
    )


def list_dates(connection: Connection, account_id: int, today: date, days: int) -> list[DateRow]:
    """What comes within some days, soonest first: contracts that end, reviews that are planned or due."""
    return fetch(
        connection,
        DateRow,
        """SELECT * FROM (
               SELECT ends_on AS "on", 'contract' AS kind, what FROM contract
               WHERE account_id = :account AND archived_at IS NULL AND signed_on IS NOT NULL
               UNION ALL
               SELECT on_date, kind, '' FROM review
               WHERE account_id = :account AND archived_at IS NULL AND status = 'planned'
               UNION ALL
               SELECT next_on, kind, '' FROM review AS r
               WHERE account_id = :account AND archived_at IS NULL AND status = 'held' AND NOT EXISTS (
                   SELECT 1 FROM review WHERE account_id = r.account_id AND kind = r.kind AND archived_at IS NULL
                   AND on_date > r.on_date)
           ) WHERE "on" >= :today AND "on" <= :until ORDER BY "on", kind, what""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "until": (today + timedelta(days=days)).isoformat(),
        },
    )
