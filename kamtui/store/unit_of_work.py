"""A unit of work: one transaction under the inter-process lock, one undo point, derived tables fresh at its end.

Rows are written as models (`add`, `change`, `remove`, `add_many`) or, where the machinery itself writes, as plain
statements (`insert`, `execute`). SQLModel is imported when the first model is written and not before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.labels import called
from kamtui.domain.text import NAME_LENGTH
from kamtui.language import gettext as _
from kamtui.store.search_index import refresh_search
from kamtui.store.signal_index import refresh_signals
from kamtui.store.sqlite.connection import SCHEMA_VERSION, version_of
from kamtui.store.sqlite.driver import Connection, Cursor, Error
from kamtui.store.sqlite.errors import spoken
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

if TYPE_CHECKING:
    from sqlmodel import Session

    from kamtui.store.tables.base import Row, Value

    M = TypeVar("M", bound=Row | Value)
else:
    M = TypeVar("M")

LABEL_LENGTH = 200


class UnitOfWork:
    """An open transaction. `today` is the day of every record written in it, `now` the instant, `point_id` its point.

    `dropped` collects (field, count) of control characters that the text policy took out, to be told to the person.
    """

    def __init__(self, connection: Connection, workspace: Workspace, point_id: int, label: str) -> None:
        self.connection = connection
        self.workspace = workspace
        self.today: date = workspace.today
        self.now = workspace.now()
        self.point_id = point_id
        self.label = label
        self.dropped: list[tuple[str, int]] = []
        self._session: Session | None = None

    @property
    def path(self) -> Path:
        """The database file, for sentences."""
        return self.workspace.path

    @cached_property
    def me(self) -> int:
        """The colleague who is at the keyboard."""
        row = self.execute("SELECT id FROM colleague WHERE is_me = 1").fetchone()
        if row is None:
            raise Refused(_("Nobody is marked as “me”. `kamtui colleague edit NAME --me` does it."))
        return int(row[0])

    def say(self, label: str) -> None:
        """Names the undo point, once: who started it says what it is."""
        if not self.label:
            self.label = label

    # Models

    @property
    def session(self) -> "Session":
        """The session of this transaction."""
        if self._session is None:
            self._session = _session_on(self.connection)
        return self._session

    def add(self, model: "type[M]", **fields: Any) -> "M":
        """Validates and inserts a row; returns it with its id."""
        row = model(**self._validated(model, fields))
        self.session.add(row)
        self.flush()
        return row

    def add_many(self, model: "type[M]", rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Validates and inserts many rows at once; returns their ids in order."""
        values = [self._validated(model, row) for row in rows]
        if not values:
            return []
        table = str(model.__tablename__)
        last = self.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        first = (last[0] if last else 0) + 1
        names = [name for name in values[0] if name != "id"]
        listed = ", ".join(f'"{name}"' for name in names)
        days = [name for name in names if any(isinstance(row[name], date) for row in values)]
        for row in values:
            for name in days:
                row[name] = _plain(row[name])
        with spoken(self.path):
            self.connection.executemany(
                f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})',
                map(itemgetter(*names), values),
            )
        return list(range(first, first + len(values)))

    def change_many(self, model: "type[M]", rows: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """Validates and sets fields of many rows at once; each is given as it is stored, with what is new in it."""
        changes: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for stored, fields in rows:
            kept = {name: value for name, value in stored.items() if name not in model.own}
            after = self._validated(model, {**kept, **fields})
            names = (*fields, *(["updated_at"] if "updated_at" in model.model_fields else []))
            changes.setdefault(names, []).append((*(_plain(after[name]) for name in names), stored["id"]))
        with spoken(self.path):
            for names, values in changes.items():
                sets = ", ".join(f'"{name}" = ?' for name in names)
                self.connection.executemany(f'UPDATE "{model.__tablename__}" SET {sets} WHERE id = ?', values)

    def get(self, model: "type[M]", row_id: int) -> "M":
        """The row with this id; raises `NotFound`."""
        row = self.session.get(model, row_id)
        if row is None:
            raise NotFound(
                _("There is no {what} with the number {id}.").format(what=called(str(model.__tablename__)), id=row_id)
            )
        return row

    def change(self, row: "M", **fields: Any) -> bool:
        """Validates and sets fields of a row; True where something really changed."""
        model = type(row)
        fixed = model.own
        if unknown := (fields.keys() & fixed) | (fields.keys() - model.model_fields.keys()):
            raise BadInput(_("There is no field {name}.").format(name=", ".join(sorted(unknown))))
        before = row.model_dump()
        after = self._validated(model, {key: value for key, value in before.items() if key not in fixed} | fields)
        changed = {name: after[name] for name in fields if after[name] != before[name]}
        if not changed:
            return False
        for name, value in changed.items():
            setattr(row, name, value)
        if "updated_at" in model.model_fields:
            row.updated_at = self.now
        self.flush()
        return True

    def remove(self, row: "Row | Value") -> None:
        """Deletes a row; what hangs on it goes too, or refuses, as its foreign keys say."""
        self.session.delete(row)
        self.flush()

    def _validated(self, model: "type[M]", fields: Mapping[str, Any]) -> dict[str, Any]:
        from pydantic import ValidationError

        from kamtui.store.tables.base import validated

        stamped = dict(fields)
        if "created_at" in model.model_fields:
            stamped |= {"created_at": self.now, "updated_at": self.now}
        try:
            return validated(model, stamped, self.dropped)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            name = str(first["loc"][0]) if first["loc"] else model.__name__
            raise BadInput(
                _("{field}: {value} is not possible there ({why}). Nothing was saved.").format(
                    field=name, value=repr(first.get("input"))[:60], why=first["msg"]
                ),
                field=name,
            ) from None

    def flush(self) -> None:
        """Sends what is waiting in the session to the database."""
        if self._session is not None:
            with spoken(self.path), _unwrapped():
                self._session.flush()

    def close_session(self) -> None:
        """Lets go of the models; the transaction is ended elsewhere."""
        if self._session is not None:
            self._session.close()

    # Plain statements

    def execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> "Cursor":
        """Runs a statement on the connection of this transaction."""
        return self.connection.execute(statement, values)

    def insert(self, table: str, fields: Mapping[str, Any]) -> int:
        """Inserts a row of `Row`'s shape without the models: for the machinery's own few."""
        fields = {"uid": str(uuid4()), "created_at": self.now, "updated_at": self.now, **fields}
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("?" * len(fields))
        cursor = self.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(fields.values()))
        return int(cursor.lastrowid or 0)

    def changed_rows(self) -> int:
        """How many changes this unit of work has logged so far."""
        (count,) = self.execute("SELECT count(*) FROM change WHERE point_id = ?", (self.point_id,)).fetchone()
        return int(count)


def open_point(work_connection: Connection, workspace: Workspace, label: str, kind: str, target: int | None) -> int:
    """Begins an undo point inside the open transaction; until `close_point`, changes are logged under it."""
    cursor = work_connection.execute(
        "INSERT INTO point (uid, kind, label, at, day, who, program, schema_version, target_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(uuid4()),
            kind,
            label,
            workspace.now(),
            workspace.today.isoformat(),
            workspace.who,
            workspace.program,
            SCHEMA_VERSION,
            target,
        ),
    )
    point_id = int(cursor.lastrowid or 0)
    work_connection.execute(
        "INSERT INTO open_point (id, point_id, kind, at) VALUES (1, ?, ?, ?)", (point_id, kind, workspace.now())
    )
    return point_id


def close_point(connection: Connection) -> None:
    """Ends the open undo point."""
    connection.execute("DELETE FROM open_point")


@contextmanager
def unit_of_work(
    workspace: Workspace, label: str = "", *, kind: str = "do", target: int | None = None
) -> Iterator[UnitOfWork]:
    """Opens a unit of work, on a database that is made or brought up to date first. It commits where the block ends
    well and has written something, else nothing was. Raises `DatabaseLocked`, `DatabaseUnusable`, and what the block
    raises."""
    with (
        writer(workspace.path, workspace.program) as connection,
        transaction(connection, workspace, label, kind=kind, target=target) as work,
    ):
        yield work


@contextmanager
def transaction(
    connection: Connection, workspace: Workspace, label: str = "", *, kind: str = "do", target: int | None = None
) -> Iterator[UnitOfWork]:
    """A unit of work on a `writer`'s connection. A point of the kind `purged` stays even when its changes do not."""
    if version_of(connection, workspace.path) < SCHEMA_VERSION:
        prepare(connection, workspace)
    work: UnitOfWork | None = None
    try:
        with spoken(workspace.path):
            connection.execute("BEGIN IMMEDIATE")
            point_id = open_point(connection, workspace, label, kind, target)
            work = UnitOfWork(connection, workspace, point_id, label)
            yield work
            _finish(work, keep=kind == "purged")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        if work is not None:
            work.close_session()


def prepare(connection: Connection, workspace: Workspace) -> None:
    """Makes the schema, or brings it up to date, and names the person at the keyboard: all of it or nothing."""
    from kamtui.store.migration import migrate

    def name_the_person() -> None:
        point_id = open_point(connection, workspace, f"schema {SCHEMA_VERSION}", "barrier", None)
        work = UnitOfWork(connection, workspace, point_id, "")
        if not work.execute("SELECT 1 FROM colleague WHERE is_me = 1").fetchone():
            work.insert("colleague", {"name": workspace.who[:NAME_LENGTH].strip() or "me", "is_me": 1})
        refresh_search(connection, point_id)
        close_point(connection)

    migrate(connection, workspace.path, then=name_the_person)


def _finish(work: UnitOfWork, *, keep: bool) -> None:
    work.flush()
    if not keep and not work.changed_rows():
        work.execute("ROLLBACK")
        return
    refresh_search(work.connection, work.point_id)
    refresh_signals(work.connection, work.point_id, work.today)
    label = work.label if len(work.label) <= LABEL_LENGTH else work.label[: LABEL_LENGTH - 1] + "…"
    work.execute("UPDATE point SET label = ? WHERE id = ? AND label <> ?", (label, work.point_id, label))
    close_point(work.connection)
    work.execute("COMMIT")


@contextmanager
def _unwrapped() -> Iterator[None]:
    """Lets the driver's own error through, as `spoken` knows it, instead of SQLAlchemy's."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, Error):
            raise error.orig from error
        raise


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _session_on(connection: Connection) -> "Session":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool
    from sqlmodel import Session

    import kamtui.store.tables  # noqa: F401  the models know each other's foreign keys

    # The transaction is ours: SQLAlchemy's own rollback, on first use and at the end, would end it.
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, skip_autocommit_rollback=True)
    return Session(engine, expire_on_commit=False, autoflush=False)
