"""Contracts and their terms: negotiated, signed, changed (PRODUCT.md §2.4 and §4, signal 10)."""

from datetime import date
from decimal import Decimal
from typing import Any

from kamtui.domain.enums import NeedCategory
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.money import Money, thousandths
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past
from kamtui.services.product_lines import product_line_named
from kamtui.store.reads.contracts import ContractCard, TermRow, get_contract, get_term
from kamtui.store.tables import Account, Contract, ContractTerm
from kamtui.store.unit_of_work import UnitOfWork

_CONTRACT = frozenset(
    {
        "what", "signed_on", "starts_on", "ends_on", "quantity", "unit", "amount", "product_line", "document_ref", "note",
    }
)  # fmt: skip
_TERM = frozenset({"wanted", "offered", "agreed"})


def add_contract(
    work: UnitOfWork,
    account_id: int,
    what: str,
    *,
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    quantity: Decimal | None = None,
    unit: str | None = None,
    amount: Money | None = None,
    product_line: str | None = None,
    document_ref: str | None = None,
    note: str | None = None,
) -> ContractCard:
    """Adds a contract, or one that is still negotiated (without a day of signing). The customer commits to a quantity of a
    unit or to an amount, not to both; a product line narrows what counts. Raises `BadInput` for days that cannot be."""
    account = work.get(Account, account_id)
    work.say(_("Contract with {account}: {what}").format(account=account.name, what=clean_name(what, field="what")[0]))
    fields = {
        "signed_on": signed_on, "starts_on": starts_on, "ends_on": ends_on, "quantity": quantity, "amount": amount,
        "product_line": product_line,
    }  # fmt: skip
    contract = work.add(
        Contract,
        account_id=account_id,
        what=what,
        unit=unit,
        document_ref=document_ref,
        note=note,
        **_columns(work, account_id, fields, None),
    )
    return _card(work, contract)


def edit_contract(work: UnitOfWork, contract_id: int, **fields: Any) -> ContractCard:
    """Sets fields of a contract: those of `add_contract`, None empties one."""
    contract = work.get(Contract, contract_id)
    work.say(_("Edit contract {id}: {what}").format(id=contract_id, what=contract.what))
    must_be_known(fields, _CONTRACT)
    work.change(contract, **_columns(work, contract.account_id, fields, contract))
    return _card(work, contract)


def delete_contract(work: UnitOfWork, contract_id: int) -> str:
    """Deletes a contract with its terms; returns what it was. Undo brings it back."""
    contract = work.get(Contract, contract_id)
    what = contract.what
    work.say(_("Delete contract {id}: {what}").format(id=contract_id, what=what))
    work.execute("DELETE FROM external_ref WHERE entity = 'contract' AND row_id = ?", (contract_id,))
    work.remove(contract)
    return what


def add_term(
    work: UnitOfWork,
    contract_id: int,
    term: NeedCategory,
    *,
    wanted: str | None = None,
    offered: str | None = None,
    agreed: str | None = None,
) -> TermRow:
    """Adds a term to a contract. Raises `Refused` where the contract has that term: `edit_term` changes it."""
    contract = work.get(Contract, contract_id)
    work.say(_("Term of contract {id}: {term}").format(id=contract_id, term=term))
    twin = work.execute(
        "SELECT id FROM contract_term WHERE contract_id = ? AND term = ?", (contract_id, term)
    ).fetchone()
    if twin:
        raise Refused(
            _("{what} has that term ({term}) already, number {id}. Nothing was saved.").format(
                what=contract.what, term=term, id=twin[0]
            )
        )
    row = work.add(ContractTerm, contract_id=contract_id, term=term, wanted=wanted, offered=offered, agreed=agreed)
    assert row.id is not None
    return get_term(work.connection, row.id)


def edit_term(work: UnitOfWork, term_id: int, **fields: Any) -> TermRow:
    """Sets what they want, what we offer, what was agreed; None empties one."""
    row = work.get(ContractTerm, term_id)
    work.say(_("Term of contract {id}: {term}").format(id=row.contract_id, term=row.term))
    must_be_known(fields, _TERM)
    work.change(row, **fields)
    return get_term(work.connection, term_id)


def delete_term(work: UnitOfWork, term_id: int) -> TermRow:
    """Takes a term out of a contract; returns it. Undo brings it back."""
    row = work.get(ContractTerm, term_id)
    was = get_term(work.connection, term_id)
    work.say(_("Delete term of contract {id}: {term}").format(id=row.contract_id, term=row.term))
    work.remove(row)
    return was


def _columns(work: UnitOfWork, account_id: int, fields: dict[str, Any], before: Contract | None) -> dict[str, Any]:
    """The columns of `Contract` for fields as people know them."""
    columns = dict(fields)
    must_be_past(columns.get("signed_on"), work.today, "signed_on")
    if "quantity" in columns:
        quantity = columns.pop("quantity")
        columns["committed_milli"] = None if quantity is None else _more_than_nothing(thousandths(quantity), "quantity")
    if "amount" in columns:
        amount = columns.pop("amount")
        columns |= {
            "committed_minor": amount and _more_than_nothing(amount.minor, "amount"),
            "currency": amount and amount.currency,
        }
    if "product_line" in columns:
        name = columns.pop("product_line")
        columns["product_line_id"] = product_line_named(work, account_id, name) if name else None
    after = {
        name: columns.get(name, getattr(before, name, None))
        for name in ("starts_on", "ends_on", "committed_milli", "committed_minor")
    }
    if after["starts_on"] and after["ends_on"] and after["ends_on"] < after["starts_on"]:
        raise BadInput(
            _("ends_on: {until} is before {since}. Nothing was saved.").format(
                until=after["ends_on"], since=after["starts_on"]
            ),
            field="ends_on",
        )
    if after["committed_milli"] is not None and after["committed_minor"] is not None:
        raise BadInput(
            _("quantity, amount: a contract commits to one of them. Empty the other first; nothing was saved."),
            field="quantity",
        )
    return columns


def _more_than_nothing(committed: int, field: str) -> int:
    if committed <= 0:
        raise BadInput(_("{field}: it must be more than nothing. Nothing was saved.").format(field=field), field=field)
    return committed


def _card(work: UnitOfWork, contract: Contract) -> ContractCard:
    assert contract.id is not None
    return get_contract(work.connection, contract.id, work.today)
