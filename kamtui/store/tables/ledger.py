"""Money in and out: what an account bought, and what serving it cost."""

from datetime import date

from kamtui.domain.enums import CostKind, TransactionKind
from kamtui.store.tables.base import (
    Currency,
    OptionalNote,
    Row,
    day,
    is_day,
    is_money,
    link,
    prose,
    table,
    word,
)


class Transaction(Row, table=True):
    """An order, an invoice, a deal won. Gross profit may be unknown; quantities are thousandths."""

    __tablename__ = "transaction"
    __table_args__ = table(is_money("revenue_minor"), is_day("on_date"))

    account_id: int = link("account")
    product_line_id: int | None = link("product_line", gone="SET NULL", optional=True)
    on_date: date = day()
    kind: TransactionKind = word(
        TransactionKind,
        default=TransactionKind.MAIN,
        foreign_key="transaction_kind.code",
        ondelete="RESTRICT",
    )
    revenue_minor: int
    gross_profit_minor: int | None = None
    currency: Currency = prose()
    quantity_milli: int | None = None
    note: OptionalNote = prose(default=None)


class Cost(Row, table=True):
    """What winning or serving an account cost."""

    __tablename__ = "cost"
    __table_args__ = table(is_money("amount_minor"), is_day("on_date"))

    account_id: int = link("account")
    on_date: date = day()
    kind: CostKind = word(CostKind, default=CostKind.OTHER, foreign_key="cost_kind.code", ondelete="RESTRICT")
    amount_minor: int
    currency: Currency = prose()
    note: OptionalNote = prose(default=None)
