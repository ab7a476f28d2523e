"""The form of a fact: something known of an account, with its day and its source."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.accounts import get_fact
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of

_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("topic", mark("topic"), Kind.CHOICE, required=True, options=words.TOPIC, default="profile"),
    Field("text", mark("what is known"), Kind.NOTE, required=True),
    Field("as_of", mark("as of"), Kind.PAST_DAY, required=True, default="today", hint=mark("today, fri, -2d, 11-20, 昨天")),
    Field("source", mark("source"), hint=mark("who said it, where it stands")),
)  # fmt: skip


def load(connection: Connection, fact_id: int, _today: date) -> Texts:
    """The texts of a fact."""
    row = get_fact(connection, fact_id)
    return {"topic": text_of(row.topic), "text": row.text, "as_of": text_of(row.as_of), "source": row.source or ""}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a fact, or changes one."""
    if filled.record_id is None:
        from kamtui.services.accounts import add_fact

        values = filled.values
        fact_id = add_fact(work, filled.account, values["topic"], values["text"], **filled.given("as_of", "source"))
        return "fact", fact_id
    from kamtui.services.facts import edit_fact

    return "fact", edit_fact(work, filled.record_id, **filled.given("topic", "text", "as_of", "source"))


def account_of(connection: Connection, fact_id: int) -> int | None:
    """The account of a fact."""
    row = connection.execute("SELECT account_id FROM fact WHERE id = ?", (fact_id,)).fetchone()
    return row[0] if row else None


FACT = FormSpec("fact", mark("New fact"), mark("Fact"), _FIELDS, load, save, account_of=account_of)
