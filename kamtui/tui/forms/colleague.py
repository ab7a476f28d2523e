"""The form of one of us."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.colleagues import get_colleague
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of

_FIELDS = (
    Field("name", mark("name"), required=True),
    Field("level", mark("level")),
    Field("skills", mark("can help with")),
    Field("mail", mark("mail")),
    Field("me", mark("at the keyboard"), Kind.CHOICE, required=True, options=words.YES_NO, default="no"),
)


def load(connection: Connection, colleague_id: int, _today: date) -> Texts:
    """The texts of one of us."""
    row = get_colleague(connection, colleague_id)
    return {
        "name": row.name,
        "level": row.level or "",
        "skills": row.skills or "",
        "mail": row.mail or "",
        "me": text_of(row.is_me),
    }


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds one of us, or changes one."""
    from kamtui.services.colleagues import add_colleague, edit_colleague

    if filled.record_id is None:
        row = add_colleague(work, filled.values["name"], **filled.given("me", "level", "skills", "mail"))
    else:
        row = edit_colleague(work, filled.record_id, **filled.given("name", "me", "level", "skills", "mail"))
    return "colleague", row.id


COLLEAGUE = FormSpec("colleague", mark("New colleague"), mark("Colleague"), _FIELDS, load, save)
