"""The fields of a need as people know them, and the columns in which the store keeps them."""

from typing import Any

from kamtui.domain.enums import NeedSource
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.money import thousandths
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_past
from kamtui.services.product_lines import product_line_named
from kamtui.store.tables import Account, Person
from kamtui.store.unit_of_work import UnitOfWork

# What a need is about; the rest of an edit is who raised it, when, and in which words.
CONTENT = frozenset(
    {
        "signal", "category", "quantity", "unit", "importance", "capability", "cost_to_serve", "need_by", "implication",
        "payoff", "next_question", "product_line",
    }
)  # fmt: skip
EDITABLE = CONTENT | {"verbatim", "kind", "source", "raised_by_id", "raised_on"}


def source_columns(
    work: UnitOfWork, account: Account, source: NeedSource | None, raised_by_id: int | None
) -> dict[str, NeedSource | int | None]:
    """Who raised a need: a person, or explicitly nobody we know (invariant 3)."""
    if raised_by_id is not None:
        if source not in {None, NeedSource.PERSON}:
            raise BadInput(_("source: a need is raised by a person or observed, not both."), field="source")
        must_be_of_family(work, raised_by_id, account)
        return {"source": NeedSource.PERSON, "raised_by_id": raised_by_id}
    if source is NeedSource.PERSON:
        raise BadInput(_("source: which person raised the need? Else it is observed or unknown."), field="source")
    return {"source": source or NeedSource.UNKNOWN, "raised_by_id": None}


def must_be_of_family(work: UnitOfWork, person_id: int, account: Account) -> None:
    """Raises `Refused` for a person of another customer; other accounts of the same group are fine."""
    person = work.get(Person, person_id)
    if person.account_id != account.id and _top(work, person.account_id) != _top(work, account.id):
        raise Refused(
            _("{name} is not of {account} or its group. Nothing was changed.").format(
                name=person.name, account=account.name
            )
        )


def _top(work: UnitOfWork, account_id: int | None) -> int:
    (top,) = work.execute(
        """WITH RECURSIVE above (id, parent_id) AS (
               SELECT id, parent_id FROM account WHERE id = ?
               UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
           )
           SELECT id FROM above WHERE parent_id IS NULL""",
        (account_id,),
    ).fetchone()
    return int(top)


def need_columns(work: UnitOfWork, account_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    """The columns of `Need` for fields as people know them."""
    columns = dict(fields)
    must_be_past(columns.get("raised_on"), work.today, "raised_on")
    if "quantity" in columns:
        quantity = columns.pop("quantity")
        columns["quantity_milli"] = None if quantity is None else thousandths(quantity)
    if "cost_to_serve" in columns:
        cost = columns.pop("cost_to_serve")
        columns |= {"cost_to_serve_minor": cost and cost.minor, "currency": cost and cost.currency}
    if "product_line" in columns:
        name = columns.pop("product_line")
        columns["product_line_id"] = product_line_named(work, account_id, name) if name else None
    for name, least, most in (("importance", 1, 5), ("capability", 0, 5)):
        grade = columns.get(name)
        if grade is not None and not least <= grade <= most:
            raise BadInput(
                _("{field}: {value} is not from {least} to {most}. Nothing was saved.").format(
                    field=name, value=grade, least=least, most=most
                ),
                field=name,
            )
    return columns
