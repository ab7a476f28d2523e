"""What an account buys from us, line by line, and whether its purchasing is central or dispersed: add, edit, delete."""

from typing import Any

from sqlmodel import select

from kamtui.domain.errors import Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known
from kamtui.store.reads.accounts import ProductLineRow, get_product_line
from kamtui.store.tables import Account, ProductLine
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"name", "purchasing_mode"})


def add_product_line(work: UnitOfWork, account_id: int, name: str, **fields: Any) -> ProductLineRow:
    """Adds a product line: purchasing_mode, None is unknown. Raises `Refused` where the account has one of that name."""
    account = work.get(Account, account_id)
    plain = clean_name(name, field="name")[0]
    work.say(_("Product line of {account}: {name}").format(account=account.name, name=plain))
    must_be_known(fields, _EDITABLE)
    _must_be_new(work, account_id, plain, None)
    row = work.add(ProductLine, account_id=account_id, name=name, **fields)
    assert row.id is not None
    return get_product_line(work.connection, row.id)


def edit_product_line(work: UnitOfWork, line_id: int, **fields: Any) -> ProductLineRow:
    """Sets fields of a product line: name, purchasing_mode (None makes it unknown)."""
    row = work.get(ProductLine, line_id)
    work.say(_("Edit product line {name}").format(name=row.name))
    must_be_known(fields, _EDITABLE)
    if "name" in fields:
        _must_be_new(work, row.account_id, clean_name(fields["name"] or "", field="name")[0], line_id)
    work.change(row, **fields)
    return get_product_line(work.connection, line_id)


def delete_product_line(work: UnitOfWork, line_id: int) -> str:
    """Deletes a product line with its own scores; orders, contracts and needs stay, without a line. Returns its name. Undo
    brings it back."""
    row = work.get(ProductLine, line_id)
    name = row.name
    work.say(_("Delete product line {name}").format(name=name))
    work.remove(row)
    return name


def product_line_named(work: UnitOfWork, account_id: int, name: str) -> int:
    """The product line of an account with this name, made where there is none; returns its id."""
    stored = clean_name(name, field="name")[0]
    row = work.session.exec(
        select(ProductLine).where(ProductLine.account_id == account_id, ProductLine.name == stored)
    ).first()
    if row is None:
        row = work.add(ProductLine, account_id=account_id, name=name)
    assert row.id is not None
    return row.id


def _must_be_new(work: UnitOfWork, account_id: int, name: str, but: int | None) -> None:
    twin = work.execute(
        "SELECT id FROM product_line WHERE account_id = ? AND name = ? AND id IS NOT ?", (account_id, name, but)
    ).fetchone()
    if twin:
        raise Refused(_("There is a product line {name} already, number {id}.").format(name=name, id=twin[0]))
