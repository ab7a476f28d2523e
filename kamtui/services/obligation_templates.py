"""Templates of obligations that a person makes: add, edit, delete, and apply to an account in one step (PRODUCT.md §2.5)."""

from collections.abc import Sequence

from sqlmodel import select

from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.obligation import first_due, period_of
from kamtui.domain.obligation_template import TemplateLine
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.obligations import add_obligation
from kamtui.store.reads.obligation_templates import TemplateRow, get_template
from kamtui.store.reads.obligations import ObligationRow
from kamtui.store.tables import Account, ObligationTemplate, ObligationTemplateItem
from kamtui.store.unit_of_work import UnitOfWork


def add_template(work: UnitOfWork, name: str, items: Sequence[TemplateLine], *, note: str | None = None) -> TemplateRow:
    """Makes a template of these obligations. Raises `Refused` where one goes by that name, `BadInput` where it is empty or
    says one obligation twice."""
    plain = clean_name(name, field="name")[0]
    work.say(_("Add template {name}").format(name=plain))
    _must_be_new(work, plain, None)
    template = work.add(ObligationTemplate, name=name, note=note)
    assert template.id is not None
    _set_items(work, template.id, items)
    return get_template(work.connection, template.id)


def edit_template(
    work: UnitOfWork,
    template_id: int,
    *,
    name: str | None = None,
    note: str | None = None,
    items: Sequence[TemplateLine] | None = None,
) -> TemplateRow:
    """Changes a template; `items` replace what was there, a blank note empties it. Obligations that it made before stay
    as they are."""
    template = work.get(ObligationTemplate, template_id)
    work.say(_("Edit template {name}").format(name=template.name))
    if name is not None:
        _must_be_new(work, clean_name(name, field="name")[0], template_id)
        work.change(template, name=name)
    if note is not None:
        work.change(template, note=note or None)
    if items is not None:
        _set_items(work, template_id, items)
    return get_template(work.connection, template_id)


def delete_template(work: UnitOfWork, template_id: int) -> str:
    """Deletes a template; the obligations that it made stay. Returns its name. Undo brings it back."""
    template = work.get(ObligationTemplate, template_id)
    name = template.name
    work.say(_("Delete template {name}").format(name=name))
    work.remove(template)
    return name


def apply_own_template(
    work: UnitOfWork, account_id: int, template_id: int
) -> tuple[list[ObligationRow], list[TemplateLine]]:
    """Adds the obligations of a template to an account in one step; what the account owes, or is owed, under the same
    words already stays as it is. First due dates are spread over the first period. Returns what was added, and what was
    there."""
    account = work.get(Account, account_id)
    template = get_template(work.connection, template_id)
    work.say(_("Template {name} for {account}").format(name=template.name, account=account.name))
    there = set(
        work.execute(
            "SELECT what, side FROM obligation WHERE account_id = ? AND archived_at IS NULL", (account_id,)
        ).fetchall()
    )
    added, skipped = [], []
    for place, line in enumerate(template.items):
        if (line.what, line.side) in there:
            skipped.append(line)
            continue
        period = period_of(line.cadence)
        spread = account_id * len(template.items) + place
        added.append(
            add_obligation(
                work,
                account_id,
                line.what,
                side=line.side,
                cadence=line.cadence,
                anchor=line.anchor,
                within=line.within,
                first_due=first_due(period, work.today, spread) if period else None,
            )
        )
    return added, skipped


def _set_items(work: UnitOfWork, template_id: int, items: Sequence[TemplateLine]) -> None:
    if not items:
        raise BadInput(_("item: a template has at least one obligation. Nothing was saved."), field="item")
    if twice := [line for at, line in enumerate(items) if (line.what, line.side) in _keys(items[:at])]:
        raise BadInput(_("item: “{what}” is there twice. Nothing was saved.").format(what=twice[0].what), field="item")
    rows = select(ObligationTemplateItem).where(ObligationTemplateItem.obligation_template_id == template_id)
    for row in work.session.exec(rows).all():
        work.remove(row)
    work.add_many(
        ObligationTemplateItem,
        [
            {
                "obligation_template_id": template_id,
                "place": place,
                "what": line.what,
                "side": line.side,
                "cadence": line.cadence,
                "within": line.within,
                "anchor": line.anchor,
            }
            for place, line in enumerate(items, 1)
        ],
    )


def _keys(items: Sequence[TemplateLine]) -> set[tuple[str, str]]:
    return {(line.what, line.side) for line in items}


def _must_be_new(work: UnitOfWork, name: str, but: int | None) -> None:
    twin = work.execute(
        "SELECT id FROM obligation_template WHERE name = ? COLLATE NOCASE AND id IS NOT ?", (name, but)
    ).fetchone()
    if twin:
        raise Refused(_("There is a template {name} already, number {id}.").format(name=name, id=twin[0]))
