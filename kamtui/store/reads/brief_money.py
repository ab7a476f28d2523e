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


_Sums = dict[tuple[str, str], list[_Sum]]  # by what it is of, and `now`, `before` or `older`


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
    sums: _Sums = {}
    for what, period, currency, minor, count, unknown in rows:
        sums.setdefault((what, period), []).append(_Sum(currency, minor, count, unknown))
    now = _figures(sums, "now", ("before", "older"))
    before = _figures(sums, "before", ("older",))
    return Commercial(now, before, _share(now.revenue, sums.get(("book", "now"), [])))


def list_figures(connection: Connection, today: date) -> dict[int, Figures]:
    """The last 12 months until `today` of each account that ever ordered or cost anything, by its id.

    Of what lies before, only whether there was any is asked: summing it up as well takes five times as long.
    """
    window = {"today": today.isoformat(), "middle": add_months(today, -12).isoformat()}
    sums: dict[int, _Sums] = {}
    for account_id, currency, revenue, profit, count, unknown in connection.execute(
        """SELECT account_id, currency, sum(revenue_minor), coalesce(sum(gross_profit_minor), 0), count(*),
                  count(*) - count(gross_profit_minor)
           FROM "transaction" WHERE kind <> 'reciprocal_purchase' AND on_date > :middle AND on_date <= :today
           GROUP BY account_id, currency""",
        window,
    ):
        mine = sums.setdefault(account_id, {})
        mine.setdefault(("revenue", "now"), []).append(_Sum(currency, revenue, count, 0))
        mine.setdefault(("gross_profit", "now"), []).append(_Sum(currency, profit, count, unknown))
    for account_id, currency in connection.execute(
        """SELECT id, (SELECT currency FROM "transaction" WHERE account_id = account.id AND on_date <= :middle
                       AND kind <> 'reciprocal_purchase' ORDER BY on_date DESC LIMIT 1) FROM account""",
        window,
    ):
        if currency is not None:
            sums.setdefault(account_id, {})["revenue", "before"] = [_Sum(currency, 0, 1, 0)]
    for account_id, what, currency, minor, count, unknown in connection.execute(
        """SELECT account_id, 'cost', currency, sum(amount_minor), count(*), 0
           FROM cost WHERE on_date > :middle AND on_date <= :today GROUP BY account_id, currency
           UNION ALL
           SELECT account_id, 'concession', CASE WHEN value_minor IS NOT NULL THEN currency END AS own,
                  coalesce(sum(value_minor), 0), count(*), count(*) - count(value_minor)
           FROM concession WHERE archived_at IS NULL AND given_on > :middle AND given_on <= :today
           GROUP BY account_id, own""",
        window,
    ):
        sums.setdefault(account_id, {}).setdefault((what, "now"), []).append(_Sum(currency, minor, count, unknown))
    return {account_id: _figures(mine, "now", ("before",)) for account_id, mine in sums.items()}


def _figures(sums: _Sums, period: str, earlier: tuple[str, ...]) -> Figures:
    """Nothing bought is zero where there were orders earlier, else the history does not reach there: unknown.

    The currency is that of the period's own orders, else of the orders last before it.
    """
    orders = sum(part.rows for part in sums.get(("revenue", period), []))
    bought = next((sums["revenue", name] for name in (period, *earlier) if ("revenue", name) in sums), [])
    currency = _currency(bought)
    revenue = _total(sums.get(("revenue", period), []), currency)
    profit = _total(sums.get(("gross_profit", period), []), currency)
    concessions = _total(sums.get(("concession", period), []), currency)
    costs = _total(sums.get(("cost", period), []), currency)
    return Figures(orders, revenue, profit, concessions, costs, _contribution(profit, concessions, costs))


def _contribution(profit: Money | None, concessions: Money | None, costs: Money | None) -> Money | None:
    """What is left of the gross profit; None where a part is unknown or in another currency."""
    if profit is None or concessions is None or costs is None:
        return None
    if not profit.currency == concessions.currency == costs.currency:
        return None
    return Money(profit.minor - concessions.minor - costs.minor, profit.currency)


def _total(parts: list[_Sum], currency: str | None) -> Money | None:
    """The sum in its own currency, zero of `currency` where there is nothing; None where an amount is missing or
    currencies are mixed."""
    own = _currency(parts) if parts else currency
    if own is None or any(part.unknown for part in parts):
        return None
    return Money(sum(part.minor for part in parts), own)


def _currency(parts: list[_Sum]) -> str | None:
    """The currency that all share, or None."""
    currencies = {part.currency for part in parts}
    return currencies.pop() if len(currencies) == 1 else None


def _share(revenue: Money | None, book: list[_Sum]) -> float | None:
    whole = _total(book, revenue.currency if revenue else None)
    if revenue is None or whole is None or whole.currency != revenue.currency or whole.minor <= 0:
        return None
    return round(revenue.minor / whole.minor, 4)
