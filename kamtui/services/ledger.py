"""Money in and out of an account: note transactions and costs."""

from datetime import date
from decimal import Decimal
from typing import Any

from kamtui.domain.enums import CostKind, TransactionKind
from kamtui.domain.errors import BadInput
from kamtui.domain.money import Money, thousandths
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known
from kamtui.services.product_lines import product_line_named
from kamtui.store.reads.ledger import CostRow, TransactionRow, get_cost, get_transaction
from kamtui.store.tables import Account, Cost, Transaction
from kamtui.store.unit_of_work import UnitOfWork

_TRANSACTION = frozenset({"revenue", "gross_profit", "on", "kind", "quantity", "product_line", "note"})
_COST = frozenset({"amount", "on", "kind", "note"})


def add_transaction(
    work: UnitOfWork,
    account_id: int,
    revenue: Money,
    *,
    on: date | None = None,
    kind: TransactionKind = TransactionKind.MAIN,
    gross_profit: Money | None = None,
    quantity: Decimal | None = None,
    product_line: str | None = None,
    note: str | None = None,
) -> TransactionRow:
    """Notes an order, an invoice, a deal won; a negative revenue is a credit. A gross profit of None is unknown, else it
    is of the currency of the revenue. A product line that is new is made."""
    account = work.get(Account, account_id)
    work.say(_("Transaction of {account}: {revenue}").format(account=account.name, revenue=revenue))
    fields = {
        "revenue": revenue,
        "gross_profit": gross_profit,
        "on": on or work.today,
        "quantity": quantity,
        "product_line": product_line,
    }
    transaction = work.add(
        Transaction, account_id=account_id, kind=kind, note=note, **_columns(work, account_id, fields, None)
    )
    return _transaction(work, transaction)


def edit_transaction(work: UnitOfWork, transaction_id: int, **fields: Any) -> TransactionRow:
    """Sets fields of a transaction: those of `add_transaction`, None empties one."""
    transaction = work.get(Transaction, transaction_id)
    work.say(_("Edit transaction {id}").format(id=transaction_id))
    must_be_known(fields, _TRANSACTION)
    work.change(transaction, **_columns(work, transaction.account_id, fields, transaction))
    return _transaction(work, transaction)


def delete_transaction(work: UnitOfWork, transaction_id: int) -> TransactionRow:
    """Deletes a transaction; returns what it was. Undo brings it back."""
    transaction = work.get(Transaction, transaction_id)
    row = _transaction(work, transaction)
    work.say(_("Delete transaction {id}: {revenue}").format(id=transaction_id, revenue=row.revenue))
    work.execute("DELETE FROM external_ref WHERE entity = 'transaction' AND row_id = ?", (transaction_id,))
    work.remove(transaction)
    return row


def add_cost(
    work: UnitOfWork,
    account_id: int,
    amount: Money,
    *,
    on: date | None = None,
    kind: CostKind = CostKind.OTHER,
    note: str | None = None,
) -> CostRow:
    """Notes what winning or serving an account cost; a negative amount takes some of it back."""
    account = work.get(Account, account_id)
    work.say(_("Cost of {account}: {amount}").format(account=account.name, amount=amount))
    cost = work.add(
        Cost,
        account_id=account_id,
        on_date=on or work.today,
        kind=kind,
        amount_minor=amount.minor,
        currency=amount.currency,
        note=note,
    )
    return _cost(work, cost)


def edit_cost(work: UnitOfWork, cost_id: int, **fields: Any) -> CostRow:
    """Sets fields of a cost: those of `add_cost`, None empties one."""
    cost = work.get(Cost, cost_id)
    work.say(_("Edit cost {id}").format(id=cost_id))
    must_be_known(fields, _COST)
    columns = dict(fields)
    if "on" in columns:
        columns["on_date"] = columns.pop("on")
    if "amount" in columns:
        amount = _needed(columns.pop("amount"), "amount")
        columns |= {"amount_minor": amount.minor, "currency": amount.currency}
    work.change(cost, **columns)
    return _cost(work, cost)


def delete_cost(work: UnitOfWork, cost_id: int) -> CostRow:
    """Deletes a cost; returns what it was. Undo brings it back."""
    cost = work.get(Cost, cost_id)
    row = _cost(work, cost)
    work.say(_("Delete cost {id}: {amount}").format(id=cost_id, amount=row.amount))
    work.execute("DELETE FROM external_ref WHERE entity = 'cost' AND row_id = ?", (cost_id,))
    work.remove(cost)
    return row


def _columns(work: UnitOfWork, account_id: int, fields: dict[str, Any], before: Transaction | None) -> dict[str, Any]:
    """The columns of `Transaction` for fields as people know them. Revenue and gross profit share one currency."""
    columns = dict(fields)
    if "on" in columns:
        columns["on_date"] = columns.pop("on")
    currency = before.currency if before else ""
    if "revenue" in columns:
        revenue = _needed(columns.pop("revenue"), "revenue")
        currency = revenue.currency
        columns |= {"revenue_minor": revenue.minor, "currency": currency}
    if "gross_profit" in columns:
        profit = columns.pop("gross_profit")
        if profit is not None and profit.currency != currency:
            raise BadInput(
                _("gross_profit: {profit} is not in {currency}, as the revenue is. Nothing was saved.").format(
                    profit=profit, currency=currency
                ),
                field="gross_profit",
            )
        columns["gross_profit_minor"] = None if profit is None else profit.minor
    elif before and before.gross_profit_minor is not None and currency != before.currency:
        raise BadInput(
            _("gross_profit: it is in {before}; give it in {currency} too. Nothing was saved.").format(
                before=before.currency, currency=currency
            ),
            field="gross_profit",
        )
    if "quantity" in columns:
        quantity = columns.pop("quantity")
        columns["quantity_milli"] = None if quantity is None else thousandths(quantity)
    if "product_line" in columns:
        name = columns.pop("product_line")
        columns["product_line_id"] = product_line_named(work, account_id, name) if name else None
    return columns


def _needed(amount: Money | None, field: str) -> Money:
    if amount is None:
        raise BadInput(_("{field}: it must not be blank.").format(field=field), field=field)
    return amount


def _transaction(work: UnitOfWork, transaction: Transaction) -> TransactionRow:
    assert transaction.id is not None
    return get_transaction(work.connection, transaction.id)


def _cost(work: UnitOfWork, cost: Cost) -> CostRow:
    assert cost.id is not None
    return get_cost(work.connection, cost.id)
