"""The form of a department: how far it takes part in decisions."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.accounts import get_department
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of

_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("name", mark("department"), required=True),
    Field("participation", mark("takes part"), Kind.CHOICE, required=True, options=words.PARTICIPATION, default="unknown", tall=True),
)  # fmt: skip


def load(connection: Connection, department_id: int, _today: date) -> Texts:
    """The texts of a department."""
    row = get_department(connection, department_id)
    return {"name": row.name, "participation": text_of(row.participation)}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds a department, or changes one."""
    from kamtui.services.departments import add_department, edit_department

    if filled.record_id is None:
        row = add_department(work, filled.account, filled.values["name"], **filled.given("participation"))
    else:
        row = edit_department(work, filled.record_id, **filled.given("name", "participation"))
    return "department", row.id


def account_of(connection: Connection, department_id: int) -> int | None:
    """The account of a department."""
    row = connection.execute("SELECT account_id FROM department WHERE id = ?", (department_id,)).fetchone()
    return row[0] if row else None


DEPARTMENT = FormSpec(
    "department", mark("New department"), mark("Department"), _FIELDS, load, save, account_of=account_of
)
