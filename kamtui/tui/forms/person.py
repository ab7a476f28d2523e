"""The form of a person at the customer."""

from datetime import date

from kamtui.domain.enums import ContactKind
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.people import get_person
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Text, Texts, chosen, picked, text_of

_CONTACTS = tuple(ContactKind)
_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("name", mark("name"), required=True),
    Field("title", mark("title")),
    Field("department", mark("department")),
    Field("manager", mark("reports to"), Kind.PERSON),
    Field("roles", mark("roles"), Kind.SEVERAL, options=words.ROLES),
    Field("stance", mark("stance"), Kind.CHOICE, required=True, options=words.STANCE, default="unknown"),
    Field("influence", mark("influence"), Kind.CHOICE, required=True, folded=True, options=words.INFLUENCE, default="unknown"),
    Field("relationship", mark("we are to them"), Kind.CHOICE, required=True, folded=True, options=words.RELATIONSHIP, default="unknown"),
    Field("relationship_target", mark("and want to be"), Kind.CHOICE, required=True, folded=True, options=words.RELATIONSHIP, default="unknown"),
    Field("win", mark("their win"), folded=True),
    Field("phone", mark("phone"), Kind.WORDS, folded=True, hint=mark("one, another")),
    Field("mail", mark("mail"), Kind.WORDS, folded=True, hint=mark("one, another")),
    Field("messenger", mark("messenger"), Kind.WORDS, folded=True, hint=mark("one, another")),
    Field("level", mark("level"), Kind.CHOICE, required=True, folded=True, options=words.LEVEL, default="unknown"),
    Field("orientation", mark("looks at"), Kind.CHOICE, required=True, folded=True, options=words.LOOKS_AT, default="unknown"),
    Field("response_mode", mark("response mode"), Kind.CHOICE, required=True, folded=True, options=words.RESPONSE, default="unknown"),
    Field("cadence_days", mark("days between"), Kind.COUNT, folded=True, hint=mark("days between two touches")),
    Field("placeholder", mark("not known yet"), Kind.CHOICE, required=True, folded=True, half=True, options=words.YES_NO, default="no"),
    Field("external", mark("external"), Kind.CHOICE, required=True, folded=True, half=True, options=words.YES_NO, default="no"),
    Field("aliases", mark("other names"), Kind.NAMES, folded=True, only_edit=True, hint=mark("one; another")),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)  # fmt: skip
_PLAIN = (
    "title", "stance", "influence", "relationship", "relationship_target", "win", "level", "orientation", "response_mode",
    "cadence_days", "placeholder", "external", "note",
)  # fmt: skip


def load(connection: Connection, person_id: int, today: date) -> Texts:
    """The texts of a person."""
    card = get_person(connection, person_id, today)
    row = card.person
    texts: dict[str, Text] = {
        "name": row.name,
        "title": row.title or "",
        "department": row.department or "",
        "manager": picked(row.manager_id, row.manager),
        "roles": chosen(row.roles, words.ROLES),
        "win": row.win or "",
        "aliases": "; ".join(card.aliases),
        "note": card.note or "",
        "left_on": text_of(row.left_on),
        "cadence_days": text_of(row.cadence_days),
        "orientation": text_of(card.orientation),
        "response_mode": text_of(card.response_mode),
    }
    for name in ("stance", "influence", "relationship", "relationship_target", "level", "placeholder", "external"):
        texts[name] = text_of(getattr(row, name))
    for kind in _CONTACTS:
        texts[str(kind)] = ", ".join(one.value for one in card.contacts if one.kind == kind)
    return texts


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds a person below a manager, or changes one; a new manager counts from today."""
    from kamtui.services.people import add_person, edit_person, move_person

    contacts = [(kind, value) for kind in _CONTACTS for value in filled.values[str(kind)]]
    if filled.record_id is None:
        card = add_person(
            work,
            filled.account,
            filled.values["name"],
            department=filled.values["department"],
            manager_id=filled.values["manager"],
            roles=filled.values["roles"],
            contacts=contacts,
            **filled.given(*_PLAIN),
        )
        return "person", card.person.id
    fields = filled.given("name", "roles", "aliases", *_PLAIN)
    if filled.changed & {str(kind) for kind in _CONTACTS}:
        fields["contacts"] = contacts
    if "department" in filled.changed:
        fields["department"] = filled.values["department"] or ""
    edit_person(work, filled.record_id, **fields)
    if "manager" in filled.changed:
        move_person(work, filled.record_id, filled.values["manager"])
    return "person", filled.record_id


def account_of(connection: Connection, person_id: int) -> int | None:
    """The account of a person."""
    row = connection.execute("SELECT account_id FROM person WHERE id = ?", (person_id,)).fetchone()
    return row[0] if row else None


def _left_meanwhile(before: Texts, now: Texts) -> str:
    if not now["left_on"] or now["left_on"] == before["left_on"]:
        return ""
    return _("Meanwhile {name} was marked as gone: left on {day}.").format(name=now["name"], day=now["left_on"])


PERSON = FormSpec(
    "person", mark("New person"), mark("Person"), _FIELDS, load, save, account_of=account_of, news=_left_meanwhile
)
