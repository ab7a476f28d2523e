"""The form of an obligation: a standing promise, ours or theirs."""

from datetime import date

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.links import links
from kamtui.store.reads.obligations import get_obligation
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, picked, text_of
from kamtui.tui.forms.task import DAY_HINT

_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("what", mark("what"), required=True),
    Field("side", mark("side"), Kind.CHOICE, required=True, options=words.SIDE, default="ours"),
    Field("cadence", mark("cadence"), Kind.CADENCE, hint=mark("quarterly, 2w, per_order, per_event, none")),
    Field("first_due", mark("due"), Kind.DAY, hint=DAY_HINT),
    Field("owner_id", mark("who of us"), Kind.COLLEAGUE),
    Field("their_owner_id", mark("who of them"), Kind.PERSON),
    Field("anchor", mark("counted from"), Kind.CHOICE, required=True, folded=True, options=words.ANCHOR, default="due"),
    Field("within", mark("working days"), Kind.COUNT, folded=True, hint=mark("from the order or event on")),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_ALL = ("side", "cadence", "owner_id", "their_owner_id", "anchor", "within", "note")


def load(connection: Connection, obligation_id: int, today: date) -> Texts:
    """The texts of an obligation; it is due when what is open of it is."""
    card = get_obligation(connection, obligation_id, today)
    row = card.obligation
    whom = links(connection, "obligation", obligation_id)
    return {
        "what": row.what,
        "side": text_of(row.side),
        "cadence": row.cadence,
        "first_due": text_of(row.due),
        "anchor": text_of(row.anchor),
        "within": text_of(row.within),
        "note": card.note or "",
        **{name: picked(*(link or (None, None))) for name, link in whom.items()},
    }


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds an obligation, or changes one."""
    from kamtui.services.obligations import add_obligation, edit_obligation

    due = filled.given("first_due")
    if filled.record_id is None:
        row = add_obligation(work, filled.account, filled.values["what"], **due, **filled.given(*_ALL))
        return "obligation", row.id
    if due and due["first_due"] is None:
        raise BadInput(
            _("{field}: what is open keeps a due date; it can be waived.").format(field=_("due")), field="first_due"
        )
    fields = filled.given("what", *_ALL)
    if fields.get("cadence", "none") is None:
        fields["cadence"] = "none"
    edit_obligation(work, filled.record_id, **due, **fields)
    return "obligation", filled.record_id


def account_of(connection: Connection, obligation_id: int) -> int | None:
    """The account of an obligation."""
    row = connection.execute("SELECT account_id FROM obligation WHERE id = ?", (obligation_id,)).fetchone()
    return row[0] if row else None


OBLIGATION = FormSpec(
    "obligation", mark("New obligation"), mark("Obligation"), _FIELDS, load, save, account_of=account_of
)
