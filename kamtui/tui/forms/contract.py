"""The forms of a contract and of its terms: what was wanted, offered, agreed."""

from datetime import date
from typing import Any

from kamtui.domain.enums import NeedCategory
from kamtui.language import mark
from kamtui.store.reads.contracts import get_contract, get_term
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of
from kamtui.tui.forms.task import DAY_HINT

_CONTRACT = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("what", mark("what"), required=True),
    Field("signed_on", mark("signed"), Kind.PAST_DAY, hint=mark("blank while it is negotiated")),
    Field("starts_on", mark("from"), Kind.DAY, half=True, hint=DAY_HINT),
    Field("ends_on", mark("until"), Kind.DAY, half=True, hint=DAY_HINT),
    Field("quantity", mark("quantity"), Kind.NUMBER, half=True, hint=mark("committed, or an amount")),
    Field("unit", mark("unit"), half=True),
    Field("amount", mark("amount"), Kind.MONEY, hint=mark("30000, 3万, 12k EUR")),
    Field("product_line", mark("product line"), folded=True),
    Field("document_ref", mark("document"), folded=True, hint=mark("where it is written")),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_ALL = ("signed_on", "starts_on", "ends_on", "quantity", "unit", "amount", "product_line", "document_ref", "note")
_TERM = (
    Field(
        "term",
        mark("term"),
        Kind.CHOICE,
        required=True,
        only_new=True,
        options=words.NEED_CATEGORY,
        default="unit_price",
    ),
    Field("wanted", mark("wanted")),
    Field("offered", mark("offered")),
    Field("agreed", mark("agreed")),
)
_ANSWERS = ("wanted", "offered", "agreed")


def load(connection: Connection, contract_id: int, today: date) -> Texts:
    """The texts of a contract."""
    row = get_contract(connection, contract_id, today).contract
    return {name: text_of(getattr(row, name)) for name in ("what", *_ALL)}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a contract, or changes one."""
    from kamtui.services.contracts import add_contract, edit_contract

    if filled.record_id is None:
        card = add_contract(work, filled.account, filled.values["what"], **filled.given(*_ALL))
    else:
        card = edit_contract(work, filled.record_id, **filled.given("what", *_ALL))
    return "contract", card.contract.id


def load_term(connection: Connection, term_id: int, _today: date) -> Texts:
    """The texts of a term."""
    row = get_term(connection, term_id)
    return {name: text_of(getattr(row, name)) for name in _ANSWERS}


def save_term(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a term of a contract, or changes one."""
    from kamtui.services.contracts import add_term, edit_term

    if filled.record_id is not None:
        row = edit_term(work, filled.record_id, **filled.given(*_ANSWERS))
        return "contract", row.contract_id
    assert filled.of is not None
    term: Any = filled.values["term"]
    add_term(work, filled.of, NeedCategory(term), **filled.given(*_ANSWERS))
    return "contract", filled.of


def account_of(connection: Connection, contract_id: int) -> int | None:
    """The account of a contract."""
    row = connection.execute("SELECT account_id FROM contract WHERE id = ?", (contract_id,)).fetchone()
    return row[0] if row else None


def account_of_term(connection: Connection, term_id: int) -> int | None:
    """The account of a term of a contract."""
    return account_of(connection, get_term(connection, term_id).contract_id)


CONTRACT = FormSpec("contract", mark("New contract"), mark("Contract"), _CONTRACT, load, save, account_of=account_of)
TERM = FormSpec(
    "contract_term", mark("Term of the contract"), mark("Term of the contract"), _TERM, load_term, save_term,
    account_of=account_of_term,
)  # fmt: skip
