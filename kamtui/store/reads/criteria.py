"""What a customer decides by: weight, our rating, a rival's rating (PRODUCT.md §2.2)."""

from dataclasses import dataclass

from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: `weight` 1 to 5 to them, ratings 0 to 5; None is unknown."""

    id: int
    uid: str
    account_id: int
    account: str
    name: str
    weight: int | None
    our_rating: int | None
    rival: str | None
    rival_rating: int | None
    note: str | None


_ROW = """
    SELECT c.id, c.uid, c.account_id, a.name AS account, c.name, c.weight, c.our_rating, c.rival, c.rival_rating, c.note
    FROM decision_criterion AS c JOIN account AS a ON a.id = c.account_id
"""


def list_criteria(connection: Connection, account_id: int) -> list[CriterionRow]:
    """The criteria of an account, the weightiest first."""
    return fetch(
        connection,
        CriterionRow,
        f"{_ROW} WHERE c.account_id = ? ORDER BY coalesce(c.weight, 0) DESC, c.id",
        (account_id,),
    )


def get_criterion(connection: Connection, criterion_id: int) -> CriterionRow:
    """One criterion; raises `NotFound`."""
    row = fetch_one(connection, CriterionRow, f"{_ROW} WHERE c.id = ?", (criterion_id,))
    if row is None:
        raise NotFound(_("There is no criterion with the number {id}.").format(id=criterion_id))
    return row
