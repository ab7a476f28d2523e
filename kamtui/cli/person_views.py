"""People as commands show them: the org map in columns, the card as pairs or JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kamtui.cli.output import Column, as_json, spoken
from kamtui.domain.days import age_label
from kamtui.domain.enums import ContactKind
from kamtui.domain.labels import EDGE, INFLUENCE, STANCE, called, relationship_mark, roles_mark
from kamtui.language import gettext as _
from kamtui.store.reads.people import ContactRow, PersonCard, PersonRow


def card_as_json(card: PersonCard) -> dict[str, Any]:
    """The card as one flat object of JSON."""
    flat = as_json(card)
    return {**flat.pop("person"), **flat}


def person_columns(today: date, *, one_account: bool) -> list[Column]:
    """The columns of the org map; of one account its name is left out."""
    return [
        Column(_("id"), lambda row: row.id, right=True),
        *([] if one_account else [Column(_("account"), lambda row: row.account)]),
        Column(_("person"), lambda row: "  " * row.depth + _shown(row, today)),
        Column(_("title"), lambda row: f"{row.title or ''} {'ext' if row.external else ''}".strip(), gives_way=2),
        Column(_("department"), lambda row: row.department, gives_way=3),
        Column(_("roles"), lambda row: roles_mark(row.roles), gives_way=6),
        Column(_("influence"), lambda row: INFLUENCE[row.influence], gives_way=5),
        Column(_("stance"), lambda row: STANCE[row.stance]),
        Column(
            _("relationship"), lambda row: relationship_mark(row.relationship, row.relationship_target), gives_way=4
        ),
        Column(_("touch"), lambda row: _age(row.last_touch, today), right=True),
        Column(_("win"), lambda row: row.win, gives_way=1),
    ]


def _shown(row: PersonRow, today: date) -> str:
    """The name with what is marked on it: not known yet, or gone."""
    if row.left_on is not None and row.left_on <= today:
        return _("({name}, left {month})").format(name=row.name, month=f"{row.left_on:%y-%m}")
    return _("[{name}, not met]").format(name=row.name) if row.placeholder else row.name


def _age(last_touch: date | None, today: date) -> str:
    return _("none") if last_touch is None else age_label(max(0, (today - last_touch).days))


def card_pairs(card: PersonCard, today: date) -> list[tuple[str, object]]:
    """Names and values of a card, as `show_record` takes them."""
    person = card.person
    return [
        (_("person"), f"{_shown(person, today)} ({person.id})"),
        (_("also"), card.aliases),
        (_("account"), person.account),
        (_("title"), person.title),
        (_("department"), person.department),
        (_("outside the company"), person.external),
        (_("level"), person.level),
        (_("roles"), person.roles),
        (_("influence"), f"{INFLUENCE[person.influence]} {called(person.influence)}"),
        (_("stance"), f"{STANCE[person.stance]} {called(person.stance)}"),
        (_("relationship"), relationship_mark(person.relationship, person.relationship_target)),
        (_("response mode"), card.response_mode),
        (_("orientation"), card.orientation),
        (_("win"), person.win),
        (_("manager"), person.manager),
        (_("last touch"), person.last_touch or _("none")),
        (_("cadence"), card.person.cadence_days),
        (_("left"), person.left_on),
        (_("confirmed"), person.confirmed_on),
        *((spoken(row.kind), row.value) for row in card.contacts),
        *(
            (_("line"), f"{row.person} < {row.manager}, {row.valid_from} – {row.valid_to or ''}".rstrip())
            for row in card.lines
        ),
        *(
            (
                _("edge"),
                f"{row.source} {EDGE[row.kind]} {row.target}, {row.strength}{' ' + row.note if row.note else ''}",
            )
            for row in card.edges
        ),
        (_("note"), card.note),
    ]


def contacts_of(*values: Sequence[str] | None) -> list[tuple[ContactKind, str]]:
    """Phone numbers, mail addresses and messenger names, in the order of `ContactKind`."""
    return [(kind, value) for kind, given_ in zip(ContactKind, values, strict=True) for value in given_ or ()]


def changed_contacts(
    there: Sequence[ContactRow], *values: Sequence[str] | None
) -> list[tuple[ContactKind, str]] | None:
    """The contact points after an edit: each kind that was given replaces those of that kind. None without any."""
    if all(given_ is None for given_ in values):
        return None
    replaced = {kind for kind, given_ in zip(ContactKind, values, strict=True) if given_ is not None}
    return [(ContactKind(row.kind), row.value) for row in there if row.kind not in replaced] + contacts_of(*values)
