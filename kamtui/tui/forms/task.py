"""The form of a task."""

from dataclasses import replace
from datetime import date

from kamtui.domain.enums import TaskSource
from kamtui.language import mark
from kamtui.store.reads.links import links
from kamtui.store.reads.tasks import get_task
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, picked, text_of

DAY_HINT = mark("fri, +2w, 12-01, 下周三")

_FIELDS = (
    Field("what", mark("what"), required=True),
    Field("due", mark("due"), Kind.DAY, hint=DAY_HINT),
    Field("priority", mark("priority"), Kind.CHOICE, options=words.PRIORITY),
    Field("account_id", mark("account"), Kind.ACCOUNT),
    Field("person_id", mark("about"), Kind.PERSON),
    Field("note", mark("note"), Kind.NOTE),
    Field("our_owner_id", mark("who of us"), Kind.COLLEAGUE, folded=True, hint=mark("you, unless somebody is named")),
    Field("their_owner_id", mark("who of them"), Kind.PERSON, folded=True),
    Field("repeat", mark("comes back"), Kind.PERIOD, folded=True, hint=mark("2w, monthly, 每月")),
    Field("anchor", mark("counted from"), Kind.CHOICE, required=True, folded=True, options=words.ANCHOR, default="due"),
)
_ALL = tuple(field.name for field in _FIELDS if field.name != "what")


def load(connection: Connection, task_id: int, today: date) -> Texts:
    """The texts of a task."""
    row = get_task(connection, task_id, today)
    whom = links(connection, "task", task_id)
    return {
        "what": row.what,
        "due": text_of(row.due),
        "priority": text_of(row.priority),
        "note": row.note or "",
        "repeat": row.repeat or "",
        "anchor": text_of(row.anchor),
        **{name: picked(*(link or (None, None))) for name, link in whom.items()},
    }


def starts(connection: Connection, _today: date, account_id: int | None, _of: int | None) -> Texts:
    """A new task belongs to the account that one is at."""
    if account_id is None:
        return {}
    row = connection.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
    return {"account_id": picked(account_id, row[0] if row else None)}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds a task, or changes one."""
    from kamtui.services.tasks import add_task, edit_task

    if filled.record_id is None:
        return "task", add_task(work, filled.values["what"], **filled.given(*_ALL)).id
    return "task", edit_task(work, filled.record_id, **filled.given("what", *_ALL)).id


def task_from(source: TaskSource, source_id: int | None) -> FormSpec:
    """The form of a task that comes of something: a signal, a need."""

    def save_from(work: UnitOfWork, filled: Filled) -> Key:
        from kamtui.services.tasks import add_task

        row = add_task(work, filled.values["what"], source=source, source_id=source_id, **filled.given(*_ALL))
        return "task", row.id

    return replace(TASK, save=save_from)


def account_of(connection: Connection, task_id: int) -> int | None:
    """The account of a task, if any."""
    row = connection.execute("SELECT account_id FROM task WHERE id = ?", (task_id,)).fetchone()
    return row[0] if row else None


TASK = FormSpec("task", mark("New task"), mark("Task"), _FIELDS, load, save, starts, account_of=account_of)
