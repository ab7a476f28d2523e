"""What a customer decides by: add, edit, delete criteria."""

from typing import Any

from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known
from kamtui.store.reads.criteria import CriterionRow, get_criterion
from kamtui.store.tables import Account, DecisionCriterion
from kamtui.store.unit_of_work import UnitOfWork

_GRADES = {"weight": (1, 5), "our_rating": (0, 5), "rival_rating": (0, 5)}
_EDITABLE = frozenset({"name", "rival", "note", *_GRADES})


def add_criterion(work: UnitOfWork, account_id: int, name: str, **fields: Any) -> CriterionRow:
    """Adds a criterion: weight (1 to 5), our_rating and rival_rating (0 to 5), rival (its name), note. Raises `Refused`
    where the account has one of that name, `BadInput` for a grade that there is not."""
    account = work.get(Account, account_id)
    plain = clean_name(name, field="name")[0]
    work.say(_("Criterion of {account}: {name}").format(account=account.name, name=plain))
    _must_be_possible(fields)
    _must_be_new(work, account_id, plain, None)
    row = work.add(DecisionCriterion, account_id=account_id, name=name, **fields)
    assert row.id is not None
    return get_criterion(work.connection, row.id)


def edit_criterion(work: UnitOfWork, criterion_id: int, **fields: Any) -> CriterionRow:
    """Sets fields of a criterion: those of `add_criterion`, None empties one."""
    row = work.get(DecisionCriterion, criterion_id)
    work.say(_("Edit criterion {name}").format(name=row.name))
    _must_be_possible(fields)
    if "name" in fields:
        _must_be_new(work, row.account_id, clean_name(fields["name"] or "", field="name")[0], criterion_id)
    work.change(row, **fields)
    return get_criterion(work.connection, criterion_id)


def delete_criterion(work: UnitOfWork, criterion_id: int) -> str:
    """Deletes a criterion; returns its name. Undo brings it back."""
    row = work.get(DecisionCriterion, criterion_id)
    name = row.name
    work.say(_("Delete criterion {name}").format(name=name))
    work.remove(row)
    return name


def _must_be_possible(fields: dict[str, Any]) -> None:
    must_be_known(fields, _EDITABLE)
    for field, (least, most) in _GRADES.items():
        value = fields.get(field)
        if value is not None and not least <= value <= most:
            raise BadInput(
                _("{field}: {value} is not from {least} to {most}. Nothing was saved.").format(
                    field=field, value=value, least=least, most=most
                ),
                field=field,
            )


def _must_be_new(work: UnitOfWork, account_id: int, name: str, but: int | None) -> None:
    twin = work.execute(
        "SELECT id FROM decision_criterion WHERE account_id = ? AND name = ? AND id IS NOT ?", (account_id, name, but)
    ).fetchone()
    if twin:
        raise Refused(_("There is a criterion {name} already, number {id}.").format(name=name, id=twin[0]))
