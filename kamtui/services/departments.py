"""Departments of a customer, and how far each takes part in decisions: add, edit, delete."""

from typing import Any

from sqlmodel import select

from kamtui.domain.enums import Participation
from kamtui.domain.errors import Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known
from kamtui.store.reads.accounts import DepartmentRow, get_department
from kamtui.store.tables import Account, Department
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"name", "participation"})


def add_department(work: UnitOfWork, account_id: int, name: str, **fields: Any) -> DepartmentRow:
    """Adds a department: participation, unknown where it is not said. Raises `Refused` where the account has one of that
    name."""
    account = work.get(Account, account_id)
    plain = clean_name(name, field="name")[0]
    work.say(_("Department of {account}: {name}").format(account=account.name, name=plain))
    must_be_known(fields, _EDITABLE)
    _must_be_new(work, account_id, plain, None)
    row = work.add(Department, account_id=account_id, name=name, **_known(fields))
    assert row.id is not None
    return get_department(work.connection, row.id)


def edit_department(work: UnitOfWork, department_id: int, **fields: Any) -> DepartmentRow:
    """Sets fields of a department: name, participation (None makes it unknown)."""
    row = work.get(Department, department_id)
    work.say(_("Edit department {name}").format(name=row.name))
    must_be_known(fields, _EDITABLE)
    if "name" in fields:
        _must_be_new(work, row.account_id, clean_name(fields["name"] or "", field="name")[0], department_id)
    work.change(row, **_known(fields))
    return get_department(work.connection, department_id)


def delete_department(work: UnitOfWork, department_id: int) -> str:
    """Deletes a department; its people stay, in none. Returns its name. Undo brings it back."""
    row = work.get(Department, department_id)
    name = row.name
    work.say(_("Delete department {name}").format(name=name))
    work.remove(row)
    return name


def department_named(work: UnitOfWork, account_id: int, name: str) -> int:
    """The department of an account with this name, made where there is none; returns its id."""
    stored = clean_name(name, field="name")[0]
    row = work.session.exec(
        select(Department).where(Department.account_id == account_id, Department.name == stored)
    ).first()
    if row is None:
        row = work.add(Department, account_id=account_id, name=name)
    assert row.id is not None
    return row.id


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """A participation that nobody knows is a value of its own (invariant 9)."""
    if "participation" in fields and fields["participation"] is None:
        return {**fields, "participation": Participation.UNKNOWN}
    return fields


def _must_be_new(work: UnitOfWork, account_id: int, name: str, but: int | None) -> None:
    twin = work.execute(
        "SELECT id FROM department WHERE account_id = ? AND name = ? AND id IS NOT ?", (account_id, name, but)
    ).fetchone()
    if twin:
        raise Refused(_("There is a department {name} already, number {id}.").format(name=name, id=twin[0]))
