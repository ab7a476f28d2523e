"""The forms of the give/get ledger: a concession, and what comes back for it."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.concessions import get_concession
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of
from kamtui.tui.forms.task import DAY_HINT

_AMOUNT = mark("30000, 3万, 12k EUR")
_CONCESSION = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("what", mark("what we gave"), required=True),
    Field("value", mark("value"), Kind.MONEY, hint=_AMOUNT),
    Field("on", mark("on"), Kind.PAST_DAY, required=True, default="today", hint=mark("today, fri, -2d, 11-20, 昨天")),
    Field("valid_from", mark("holds from"), Kind.DAY, half=True, hint=DAY_HINT),
    Field("valid_to", mark("until"), Kind.DAY, half=True, hint=DAY_HINT),
    Field("approved_by", mark("approved by")),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_RETURN = (
    Field("measure", mark("what comes back"), required=True, hint=mark("so that it can be told")),
    Field("target", mark("how much"), hint=mark("120 printers")),
    Field("value", mark("value to us"), Kind.MONEY, hint=_AMOUNT),
    Field("due", mark("due"), Kind.DAY, hint=DAY_HINT),
    Field("written", mark("in writing"), Kind.CHOICE, required=True, options=words.YES_NO, default="no"),
    Field("document_ref", mark("document"), hint=mark("where it is written")),
)
_GIVEN = ("value", "on", "valid_from", "valid_to", "approved_by", "note")
_PROMISED = ("target", "value", "due", "written", "document_ref")


def load(connection: Connection, concession_id: int, today: date) -> Texts:
    """The texts of a concession."""
    row = get_concession(connection, concession_id, today)
    texts = {name: text_of(getattr(row, name)) for name in _GIVEN}
    return {"what": row.what, **texts}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a concession, or changes one."""
    from kamtui.services.concessions import add_concession, edit_concession

    if filled.record_id is None:
        row = add_concession(work, filled.account, filled.values["what"], **filled.given(*_GIVEN))
    else:
        row = edit_concession(work, filled.record_id, **filled.given("what", *_GIVEN))
    return "concession", row.id


def load_return(connection: Connection, return_id: int, today: date) -> Texts:
    """The texts of a return commitment."""
    whole = get_concession(connection, _concession_of(connection, return_id), today)
    row = next(one for one in whole.returns if one.id == return_id)
    return {"measure": row.measure, **{name: text_of(getattr(row, name)) for name in _PROMISED}}


def save_return(work: UnitOfWork, filled: Filled) -> Key:
    """Notes what comes back for a concession, or changes it."""
    from kamtui.services.concessions import edit_return, promise_return

    if filled.record_id is None:
        assert filled.of is not None
        row = promise_return(work, filled.of, filled.values["measure"], **filled.given(*_PROMISED))
    else:
        row = edit_return(work, filled.record_id, **filled.given("measure", *_PROMISED))
    return "return", row.id


def account_of(connection: Connection, concession_id: int) -> int | None:
    """The account of a concession."""
    row = connection.execute("SELECT account_id FROM concession WHERE id = ?", (concession_id,)).fetchone()
    return row[0] if row else None


def account_of_return(connection: Connection, return_id: int) -> int | None:
    """The account of a return commitment."""
    return account_of(connection, _concession_of(connection, return_id))


def _concession_of(connection: Connection, return_id: int) -> int:
    from kamtui.domain.errors import NotFound
    from kamtui.language import gettext as _

    row = connection.execute("SELECT concession_id FROM return_commitment WHERE id = ?", (return_id,)).fetchone()
    if row is None:
        raise NotFound(_("There is no return with the number {id}.").format(id=return_id))
    return int(row[0])


CONCESSION = FormSpec(
    "concession", mark("New concession"), mark("Concession"), _CONCESSION, load, save, account_of=account_of
)
RETURN = FormSpec(
    "return", mark("What comes back"), mark("What comes back"), _RETURN, load_return, save_return,
    account_of=account_of_return,
)  # fmt: skip
