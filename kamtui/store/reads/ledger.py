"""Money in and out of an account: transactions, costs, and a year of them against the year before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamtui.domain.days import add_months
from kamtui.domain.enums import CostKind, TransactionKind
from kamtui.domain.errors import NotFound
from kamtui.domain.money import Money
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one, money
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """An order, an invoice, a deal won; a gross profit of None is unknown. For a reciprocal purchase `revenue` is what we
    bought from them."""

    id: int
    uid: str
    account_id: int
    account: str
    on: date
    kind: TransactionKind
    revenue: Money
    gross_profit: Money | None
    quantity: Decimal | None
    product_line: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CostRow:
    """What winning or serving an account cost."""

    id: int
    uid: str
    account_id: int
    account: str
    on: date
    kind: CostKind
    amount: Money
    note: str | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Twelve months of an account, from the day after `after` to `until`. An amount is None (unknown) where currencies
    differ; the gross profit also where that of one transaction is unknown. Nothing sold is zero.

    `count` is of the transactions in `revenue`; what we bought from them stands apart, in `bought_back`.
    """

    after: date
    until: date
    revenue: Money | None
    gross_profit: Money | None
    costs: Money | None
    bought_back: Money | None
    count: int


_TRANSACTION = f"""
    SELECT t.id, t.uid, t.account_id, a.name AS account, t.on_date AS "on", t.kind,
           {money("t.revenue_minor", "t.currency")} AS revenue,
           {money("t.gross_profit_minor", "t.currency")} AS gross_profit,
           t.quantity_milli AS quantity, l.name AS product_line, t.note
    FROM "transaction" AS t JOIN account AS a ON a.id = t.account_id
    LEFT JOIN product_line AS l ON l.id = t.product_line_id
"""
_COST = f"""
    SELECT t.id, t.uid, t.account_id, a.name AS account, t.on_date AS "on", t.kind,
           {money("t.amount_minor", "t.currency")} AS amount, t.note
    FROM cost AS t JOIN account AS a ON a.id = t.account_id
"""


def list_transactions(
    connection: Connection,
    account_id: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> list[TransactionRow]:
    """Transactions, newest first; both days are included. Over all accounts, those of archived ones are left out."""
    where, values = _window(account_id, since, until, limit)
    return fetch(connection, TransactionRow, f"{_TRANSACTION} {where}", values)


def list_costs(
    connection: Connection,
    account_id: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> list[CostRow]:
    """Costs, newest first; both days are included. Over all accounts, those of archived ones are left out."""
    where, values = _window(account_id, since, until, limit)
    return fetch(connection, CostRow, f"{_COST} {where}", values)


def get_transaction(connection: Connection, transaction_id: int) -> TransactionRow:
    """One transaction; raises `NotFound`."""
    row = fetch_one(connection, TransactionRow, f"{_TRANSACTION} WHERE t.id = ?", (transaction_id,))
    if row is None:
        raise NotFound(_("There is no transaction with the number {id}.").format(id=transaction_id))
    return row


def get_cost(connection: Connection, cost_id: int) -> CostRow:
    """One cost; raises `NotFound`."""
    row = fetch_one(connection, CostRow, f"{_COST} WHERE t.id = ?", (cost_id,))
    if row is None:
        raise NotFound(_("There is no cost with the number {id}.").format(id=cost_id))
    return row


def year_figures(connection: Connection, account_id: int, today: date) -> tuple[YearFigures, YearFigures]:
    """The last 12 months of an account up to today, and the 12 before."""
    ends = (today, add_months(today, -12), add_months(today, -24))
    windows = {"account": account_id, "today": ends[0], "year": ends[1], "before": ends[2]}
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in windows.items()}
    sold: dict[tuple[bool, bool], list[tuple[str, int, int, int, int]]] = {}
    for now, bought, *sums in connection.execute(
        """SELECT on_date > :year, kind = 'reciprocal_purchase', currency, count(*), sum(revenue_minor),
                  total(gross_profit_minor IS NULL), coalesce(sum(gross_profit_minor), 0)
           FROM "transaction"
           WHERE account_id = :account AND archived_at IS NULL AND on_date > :before AND on_date <= :today
           GROUP BY 1, 2, 3""",
        values,
    ):
        currency, count, revenue, unknown, profit = sums
        sold.setdefault((bool(now), bool(bought)), []).append((currency, count, revenue, int(unknown), profit))
    spent: dict[bool, list[tuple[str, int]]] = {}
    for now, currency, amount in connection.execute(
        """SELECT on_date > :year, currency, sum(amount_minor) FROM cost
           WHERE account_id = :account AND archived_at IS NULL AND on_date > :before AND on_date <= :today
           GROUP BY 1, 2""",
        values,
    ):
        spent.setdefault(bool(now), []).append((currency, amount))
    usual = str(get_setting(connection, "currency"))
    figures = []
    for now in (True, False):
        orders, costs, bought = sold.get((now, False), []), spent.get(now, []), sold.get((now, True), [])
        # Where all there is has one currency, nothing is zero of that currency.
        currencies = {part[0] for part in orders} | {part[0] for part in costs} | {part[0] for part in bought}
        currency = next(iter(currencies)) if len(currencies) == 1 else usual
        known = all(not unknown for _currency, _count, _revenue, unknown, _profit in orders)
        figures.append(
            YearFigures(
                after=ends[1] if now else ends[2],
                until=ends[0] if now else ends[1],
                revenue=_one([(of, revenue) for of, _count, revenue, _unknown, _profit in orders], currency),
                gross_profit=_one([(of, profit) for of, _c, _r, _u, profit in orders], currency) if known else None,
                costs=_one(costs, currency),
                bought_back=_one([(of, amount) for of, _count, amount, _unknown, _profit in bought], currency),
                count=sum(count for _currency, count, _revenue, _unknown, _profit in orders),
            )
        )
    return figures[0], figures[1]


def _one(sums: list[tuple[str, int]], currency: str) -> Money | None:
    """The only sum; None (unknown) where there are several currencies, zero where there is nothing."""
    if not sums:
        return Money(0, currency)
    return Money(sums[0][1], sums[0][0]) if len(sums) == 1 else None


def _window(
    account_id: int | None, since: date | None, until: date | None, limit: int | None
) -> tuple[str, dict[str, object]]:
    conditions = ["t.archived_at IS NULL", "a.archived_at IS NULL" if account_id is None else "t.account_id = :account"]
    if since is not None:
        conditions.append("t.on_date >= :since")
    if until is not None:
        conditions.append("t.on_date <= :until")
    values: dict[str, object] = {
        "account": account_id,
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
        "limit": -1 if limit is None else limit,
    }
    return f"WHERE {' AND '.join(conditions)} ORDER BY t.on_date DESC, t.id DESC LIMIT :limit", values
