"""The form of a product line: what they buy, and who there decides about it."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.accounts import get_product_line
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, text_of

_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("name", mark("product line"), required=True),
    Field("purchasing_mode", mark("purchasing"), Kind.CHOICE, options=words.PURCHASING, hint=mark("head office, each branch, or both")),
)  # fmt: skip


def load(connection: Connection, line_id: int, _today: date) -> Texts:
    """The texts of a product line."""
    row = get_product_line(connection, line_id)
    return {"name": row.name, "purchasing_mode": text_of(row.purchasing_mode)}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds a product line, or changes one."""
    from kamtui.services.product_lines import add_product_line, edit_product_line

    if filled.record_id is None:
        row = add_product_line(work, filled.account, filled.values["name"], **filled.given("purchasing_mode"))
    else:
        row = edit_product_line(work, filled.record_id, **filled.given("name", "purchasing_mode"))
    return "product_line", row.id


def account_of(connection: Connection, line_id: int) -> int | None:
    """The account of a product line."""
    row = connection.execute("SELECT account_id FROM product_line WHERE id = ?", (line_id,)).fetchone()
    return row[0] if row else None


PRODUCT_LINE = FormSpec(
    "product_line", mark("New product line"), mark("Product line"), _FIELDS, load, save, account_of=account_of
)
