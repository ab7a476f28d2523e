"""Money in and out of an account: transactions and costs. A year against the year before is in `brief_money`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamtui.domain.enums import CostKind, TransactionKind
from kamtui.domain.errors import NotFound
from kamtui.domain.money import Money
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one, money
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
    after: TransactionRow | None = None,
) -> list[TransactionRow]:
    """Transactions, newest first; both days are included, `after` is the last row of the page before. Over all accounts,
    those of archived ones are left out."""
    where, values = _window(account_id, since, until, limit, after)
    return fetch(connection, TransactionRow, f"{_TRANSACTION} {where}", values)


def list_costs(
    connection: Connection,
    account_id: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    after: CostRow | None = None,
) -> list[CostRow]:
    """Costs, newest first; both days are included, `after` is the last row of the page before. Over all accounts, those of
    archived ones are left out."""
    where, values = _window(account_id, since, until, limit, after)
    return fetch(connection, CostRow, f"{_COST} {where}", values)


def count_ledger(connection: Connection, account_id: int) -> tuple[int, int]:
    """How many transactions and how many costs an account has."""
    counts = connection.execute(
        """SELECT (SELECT count(*) FROM "transaction" WHERE account_id = :account AND archived_at IS NULL),
                  (SELECT count(*) FROM cost WHERE account_id = :account AND archived_at IS NULL)""",
        {"account": account_id},
    ).fetchone()
    return counts[0], counts[1]


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


def _window(
    account_id: int | None,
    since: date | None,
    until: date | None,
    limit: int | None,
    after: TransactionRow | CostRow | None,
) -> tuple[str, dict[str, object]]:
    conditions = ["t.archived_at IS NULL", "a.archived_at IS NULL" if account_id is None else "t.account_id = :account"]
    if since is not None:
        conditions.append("t.on_date >= :since")
    if until is not None:
        conditions.append("t.on_date <= :until")
    if after is not None:
        conditions.append("(t.on_date, t.id) < (:after_on, :after_id)")
    values: dict[str, object] = {
        "account": account_id,
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
        "limit": -1 if limit is None else limit,
        "after_on": after and after.on.isoformat(),
        "after_id": after and after.id,
    }
    return f"WHERE {' AND '.join(conditions)} ORDER BY t.on_date DESC, t.id DESC LIMIT :limit", values
