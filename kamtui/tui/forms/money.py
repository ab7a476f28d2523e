"""The forms of money in and out: an order, a cost."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.ledger import get_cost, get_transaction
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of

_AMOUNT = mark("30000, 3万, 12k EUR")
_PAST = mark("today, fri, -2d, 11-20, 昨天")
_ORDER_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("revenue", mark("revenue"), Kind.MONEY, required=True, hint=_AMOUNT),
    Field("gross_profit", mark("gross profit"), Kind.MONEY, hint=mark("blank where it is unknown")),
    Field("on", mark("on"), Kind.PAST_DAY, required=True, default="today", hint=_PAST),
    Field("kind", mark("kind"), Kind.CHOICE, required=True, options=words.TRANSACTION, default="main"),
    Field("quantity", mark("quantity"), Kind.NUMBER, half=True),
    Field("product_line", mark("product line"), half=True),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_COST_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("amount", mark("amount"), Kind.MONEY, required=True, hint=_AMOUNT),
    Field("on", mark("on"), Kind.PAST_DAY, required=True, default="today", hint=_PAST),
    Field("kind", mark("kind"), Kind.CHOICE, required=True, options=words.COST, default="other"),
    Field("note", mark("note"), Kind.NOTE),
)
_OF_ORDER = ("gross_profit", "on", "kind", "quantity", "product_line", "note")
_OF_COST = ("on", "kind", "note")


def load_order(connection: Connection, transaction_id: int, _today: date) -> Texts:
    """The texts of an order."""
    row = get_transaction(connection, transaction_id)
    return {name: text_of(getattr(row, name)) for name in ("revenue", *_OF_ORDER)}


def save_order(work: UnitOfWork, filled: Filled) -> Key:
    """Notes an order, or changes one."""
    from kamtui.services.ledger import add_transaction, edit_transaction

    if filled.record_id is None:
        row = add_transaction(work, filled.account, filled.values["revenue"], **filled.given(*_OF_ORDER))
    else:
        row = edit_transaction(work, filled.record_id, **filled.given("revenue", *_OF_ORDER))
    return "transaction", row.id


def load_cost(connection: Connection, cost_id: int, _today: date) -> Texts:
    """The texts of a cost."""
    row = get_cost(connection, cost_id)
    return {name: text_of(getattr(row, name)) for name in ("amount", *_OF_COST)}


def save_cost(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a cost, or changes one."""
    from kamtui.services.ledger import add_cost, edit_cost

    if filled.record_id is None:
        row = add_cost(work, filled.account, filled.values["amount"], **filled.given(*_OF_COST))
    else:
        row = edit_cost(work, filled.record_id, **filled.given("amount", *_OF_COST))
    return "cost", row.id


def account_of_order(connection: Connection, transaction_id: int) -> int:
    """The account of an order."""
    return get_transaction(connection, transaction_id).account_id


def account_of_cost(connection: Connection, cost_id: int) -> int:
    """The account of a cost."""
    return get_cost(connection, cost_id).account_id


ORDER = FormSpec(
    "transaction", mark("New order"), mark("Order"), _ORDER_FIELDS, load_order, save_order, account_of=account_of_order
)
COST = FormSpec("cost", mark("New cost"), mark("Cost"), _COST_FIELDS, load_cost, save_cost, account_of=account_of_cost)
