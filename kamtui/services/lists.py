"""List-valued fields: child tables of (owner, value), and of (owner, who took part)."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import select

from kamtui.domain.text import clean_name
from kamtui.store.unit_of_work import UnitOfWork


def set_list(work: UnitOfWork, model: Any, owner: str, owner_id: int, values: Sequence[str]) -> bool:
    """Makes the list of an owner exactly these values, in order and without doubles; True where that changed it."""
    # By what the store will hold, so that `a` and `a ` are one; what is added is as it was typed, and cleaned there.
    wanted = {clean_name(value, field="value")[0]: value for value in values if str(value).strip()}
    there = {row.value: row for row in work.session.exec(select(model).where(getattr(model, owner) == owner_id)).all()}
    for value, row in there.items():
        if value not in wanted:
            work.remove(row)
    for kept, value in wanted.items():
        if kept not in there:
            work.add(model, **{owner: owner_id, "value": value})
    return there.keys() != wanted.keys()


def set_links(work: UnitOfWork, model: Any, owner: tuple[str, int], column: str, ids: Sequence[int]) -> None:
    """Makes the rows of an owner (column, id) point to exactly these others, in order and without doubles."""
    name, owner_id = owner
    wanted = list(dict.fromkeys(ids))
    there = work.session.exec(select(model).where(getattr(model, name) == owner_id)).all()
    if [getattr(row, column) for row in there] != wanted:
        for row in there:
            work.remove(row)
        work.add_many(model, [{name: owner_id, column: linked} for linked in wanted])
