"""What each imported entity adds to the general way: its defaults, its references, what an update may touch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from kamtui.domain.errors import BadInput
from kamtui.domain.money import Money
from kamtui.domain.text import one_line
from kamtui.exchange.books import AccountBook, PersonBook, load_colleagues, load_parts
from kamtui.exchange.fields import Entity, Shape
from kamtui.exchange.references import Names
from kamtui.exchange.report import ImportReport
from kamtui.exchange.rows import Row
from kamtui.language import gettext as _
from kamtui.store.tables import Account, Department, ProductLine
from kamtui.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Part:
    """A list-valued field: rows of `model` that point to their owner by `owner` and hold `value`, with `fixed` values
    beside it. With `keeps`, what a file does not name stays."""

    field: str
    model: Any
    owner: str
    value: str = "value"
    fixed: tuple[tuple[str, Any], ...] = ()
    keeps: bool = False


class RowRefused(Exception):
    """The store refused one of many rows that were written at once. Nothing of this run may be kept; a careful run
    finds out which."""


class Shelf:
    """The records that rows refer to, each kind loaded when it is first needed, and made where that is allowed; and
    whether this run is a careful one."""

    def __init__(
        self,
        work: UnitOfWork,
        report: ImportReport,
        source: str,
        account_id: int | None,
        *,
        create_missing: bool,
        careful: bool,
    ) -> None:
        self.work, self.report, self.source = work, report, source
        self.one_account = account_id
        self.create_missing = create_missing
        self.careful = careful
        self.accounts = AccountBook(work.connection, source)
        self._people: PersonBook | None = None
        self._colleagues: Names | None = None
        self._parts: dict[str, dict[tuple[int, str], int]] = {}

    @property
    def people(self) -> PersonBook:
        """All people."""
        if self._people is None:
            self._people = PersonBook(self.work.connection, self.source)
        return self._people

    def account(self, text: str, field: str = "account", *, row_key: str = "") -> int:
        """The account that a cell names, made where there is none and that was asked for. Raises `BadInput`."""
        found = self.accounts.find(text, row_key)
        if found is not None:
            return found
        if not self.create_missing:
            raise BadInput(
                _(
                    "{field}: there is no account “{name}”, neither by name nor as a key of the source {source}. Import "
                    "the accounts first, or say --create-missing."
                ).format(field=field, name=one_line(text), source=self.source)
            )
        (row_id,) = self.work.add_many(Account, [{"name": text}])
        self.accounts.keys.keep([(text, row_id)])
        self.accounts.add(row_id, text, text)
        self.report.also_created["account"] = self.report.also_created.get("account", 0) + 1
        return row_id

    def person(self, text: str, account_id: int | None, field: str) -> int:
        """The person that a cell names. Raises `BadInput`."""
        found = self.people.find(text, [] if account_id is None else self.accounts.above(account_id))
        if found is None:
            raise BadInput(
                _("{field}: there is no person “{name}” in that account. Import the people first.").format(
                    field=field, name=one_line(text)
                )
            )
        return found

    def colleague(self, text: str, field: str) -> int:
        """One of us. Raises `BadInput`."""
        if self._colleagues is None:
            self._colleagues = load_colleagues(self.work.connection)
        found = self._colleagues.find(0, text)
        if found is None:
            raise BadInput(
                _("{field}: nobody of us is named “{name}”. `kamtui colleague add` adds them.").format(
                    field=field, name=one_line(text)
                )
            )
        return found

    def department(self, account_id: int, name: str) -> int:
        """The department of an account, made where there is none."""
        return self._part(Department, account_id, name)

    def product_line(self, account_id: int, name: str) -> int:
        """The product line of an account, made where there is none."""
        return self._part(ProductLine, account_id, name)

    def _part(self, model: Any, account_id: int, name: str) -> int:
        table = model.__tablename__
        if table not in self._parts:
            self._parts[table] = load_parts(self.work.connection, table)
        found = self._parts[table].get((account_id, name))
        if found is None:
            (found,) = self.work.add_many(model, [{"account_id": account_id, "name": name}])
            self._parts[table][account_id, name] = found
            self.report.also_created[table] = self.report.also_created.get(table, 0) + 1
        return found


class Kind:
    """The general way of an entity. A kind of its own says where it differs.

    `bind` looks up what the row refers to; `settle` makes what may be made and completes the columns of a new row;
    `changes` says what differs from a row that is there; `learn` is told each record; `finish` comes at the end.
    """

    model: Any
    parts: tuple[Part, ...] = ()
    # Fields that the general way must leave alone.
    apart: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, entity: Entity, shelf: Shelf) -> None:
        self.entity = entity
        self.shelf = shelf
        self.work = shelf.work
        self._plain = [
            field
            for field in entity.fields
            if field.shape not in {Shape.REFERENCE, Shape.LIST, Shape.MONEY} and field.name not in self.apart
        ]
        self._money = [field for field in entity.fields if field.shape is Shape.MONEY]

    def bind(self, row: Row) -> None:
        """Fills `columns` with the row's own values and what it refers to. Raises `BadInput`, naming the field."""
        values, columns = row.values, row.columns
        for field in self._plain:
            if field.name in values:
                columns[field.column] = values[field.name]
        for field in self._money:
            money = values.get(field.name)
            if isinstance(money, Money):
                columns[field.column] = money.minor
                columns["currency"] = money.currency
        self.bind_account(row)

    def bind_account(self, row: Row) -> None:
        """The account of the row."""
        text = row.values.get("account")
        if self.shelf.one_account is not None:
            row.account_id = self.shelf.one_account
        elif text is not None:
            row.account_id = self.shelf.account(text, row_key=row.key)
        if row.account_id is not None:
            row.columns["account_id"] = row.account_id

    def settle(self, row: Row, *, new: bool) -> None:
        """Makes what the row names and may be made; completes the columns of a new row."""

    def twin(self, row: Row) -> int | None:
        """A record that nothing but its name says is that of the row. Raises `Ambiguous`."""
        return None

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        """The columns in which the row differs from the record as it is stored. Raises `BadInput`."""
        return {name: value for name, value in row.columns.items() if _stored(value) != there[name]}

    def part_values(self, part: Part, row: Row) -> Sequence[Any] | None:
        """What the row holds for a list-valued field; None where it says nothing."""
        return row.values.get(part.field)

    def learn(self, row: Row, row_id: int, *, unchanged: bool) -> None:
        """Takes note of the record that a row became."""

    def after_new(self, rows: Sequence[tuple[Row, int]]) -> None:
        """Writes what hangs on new records besides their lists."""

    def finish(self, tell: Callable[[], None]) -> None:
        """Draws what could not be drawn before every row was there; `tell` is called now and then."""


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
