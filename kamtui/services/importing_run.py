"""Rows into records, some thousands at a time: those that are new, those that changed, those that stay as they are."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

from kamtui.domain.errors import Ambiguous, BadInput, NotFound, Refused
from kamtui.domain.text import one_line
from kamtui.exchange.fields import Entity
from kamtui.exchange.references import Keys, Seen, key_of, stored
from kamtui.exchange.report import ImportReport
from kamtui.exchange.rows import Row
from kamtui.language import gettext as _
from kamtui.services.importing_accounts import Accounts, People
from kamtui.services.importing_kinds import Kind, Part, RowRefused, Shelf
from kamtui.services.importing_promises import Interactions, Needs, Obligations, Tasks, Transactions
from kamtui.store.unit_of_work import UnitOfWork

CHUNK = 2_000
T = TypeVar("T")
KINDS: dict[str, type[Kind]] = {
    "account": Accounts,
    "person": People,
    "transaction": Transactions,
    "task": Tasks,
    "need": Needs,
    "interaction": Interactions,
    "obligation": Obligations,
}
# What one row may be refused for; a full disk or a damaged file stops the whole import.
_OF_A_ROW = (BadInput, Refused, NotFound, Ambiguous)


class Import:
    """One import inside an open unit of work. A record is found by the key of its row, else (accounts and people) by
    its name; where no column identifies rows, by all that they say, and the how many-th such row it is.

    A careful run writes row by row, each behind a savepoint. Many rows behind one would be slower than that: SQLite
    keeps the pages of an open savepoint in a list that each statement walks.
    """

    def __init__(
        self,
        work: UnitOfWork,
        entity: Entity,
        report: ImportReport,
        shelf: Shelf,
        *,
        fields: Sequence[str],
    ) -> None:
        self.work, self.entity, self.report = work, entity, report
        self.kind = KINDS[entity.name](entity, shelf)
        self.keys = Keys(work.connection, shelf.source, entity.name)
        self.table = str(self.kind.model.__tablename__)
        self.parts = [part for part in self.kind.parts if part.field in fields]
        self._seen = Seen()
        self._copies: Counter[str] = Counter()
        self._by_name: set[str] = set()

    def run(self, rows: Iterator[Row], tell: Callable[[], None]) -> None:
        """Takes all rows; `tell` is called after each chunk."""
        while chunk := list(islice(rows, CHUNK)):
            bound = [row for row in chunk if self._try(row, lambda row=row: self.kind.bind(row))]  # type: ignore[misc]
            self._identify(bound)
            self._take(bound)
            # Told by the reader of the rows, once for each field and not for each row.
            self.work.dropped.clear()
            tell()
        self.kind.finish(tell)

    # Which record is it?

    def _identify(self, rows: Sequence[Row]) -> None:
        """Gives a key to the rows that have none: the name within the account, or all that the row says."""
        named: list[Row] = []
        for row in rows:
            if row.key:
                continue
            named.append(row)
            if self.entity.identity:
                parts = [self._part_of_identity(row, name) for name in self.entity.identity]
                row.key = key_of(parts)
            else:
                said = json.dumps([row.account_id, sorted(row.cells.items())], ensure_ascii=True)
                row.key = sha256(said.encode()).hexdigest()
        self._by_name = {row.key for row in named}
        if named and not self.entity.identity:
            self._number_copies(named)

    def _number_copies(self, rows: Sequence[Row]) -> None:
        """Rows that say the same are as many records: the second of them gets a key of its own, and so on."""
        earlier = self.keys.known({row.key for row in rows} - self._copies.keys())
        for key, row_id in earlier.items():
            if self._seen.row_of(row_id):
                self._copies[key] = 1
        met: Counter[str] = Counter()
        for row in rows:
            met[row.key] += 1
            at = self._copies.get(row.key, 0) + met[row.key]
            row.key = row.key if at == 1 else f"{row.key}#{at}"
        for key, count in met.items():
            if key in self._copies or count > 1:
                self._copies[key] += count

    @staticmethod
    def _part_of_identity(row: Row, name: str) -> str:
        if name == "account":
            return str(row.account_id or "")
        if name == "name":
            return str(row.columns["name"])
        value = row.values.get(name, "")
        return str(value)

    def _take(self, rows: Sequence[Row]) -> None:
        known = self.keys.known(row.key for row in rows)
        there = stored(self.work.connection, self.table, set(known.values()))
        found: dict[str, int] = {key: row_id for key, row_id in known.items() if row_id in there}
        old: list[tuple[Row, int]] = []
        fresh: list[Row] = []
        met: dict[str, int] = {}
        for row in rows:
            row_id = found.get(row.key)
            before = self._seen.row_of(row_id) if row_id is not None else met.get(row.key, 0)
            if row_id is not None and before and self._is_merged(row_id):
                # Two records of the source were made one here: the first row speaks for it.
                self.report.unchanged += 1
            elif before:
                self._reject_copy(row, before)
            elif row_id is not None:
                self._seen.put(row_id, row.number)
                old.append((row, row_id))
            else:
                met[row.key] = row.number
                fresh.append(row)
        new = self._adopt(fresh, old, there)
        self._change(old, there)
        self._create(new)

    def _adopt(self, rows: Sequence[Row], old: list[tuple[Row, int]], there: dict[int, dict[str, Any]]) -> list[Row]:
        """Of the rows whose key is new, those whose name is that of a record without a key join `old`."""
        twins: list[tuple[Row, int | None]] = []
        for row in rows:
            try:
                twins.append((row, self.kind.twin(row)))
            except Ambiguous as error:
                if row.key not in self._by_name:
                    twins.append((row, None))
                else:
                    self.report.reject(row.number, self.entity.identity[-1], row.columns["name"], error.message)
        candidates = {row_id for _row, row_id in twins if row_id is not None}
        keyed = self.keys.keyed(candidates)
        there.update(stored(self.work.connection, self.table, candidates - keyed))
        new = []
        for row, row_id in twins:
            free = row_id is not None and row_id not in keyed and not self._seen.row_of(row_id)
            if row_id is None or not (free or (row.key in self._by_name and not self._seen.row_of(row_id))):
                new.append(row)
                continue
            if row_id not in there:
                there.update(stored(self.work.connection, self.table, [row_id]))
            self._seen.put(row_id, row.number)
            self.keys.keep([(row.key, row_id)])
            old.append((row, row_id))
        return new

    def _is_merged(self, row_id: int) -> bool:
        (count,) = self.work.execute(
            "SELECT count(*) FROM external_ref WHERE source = ? AND entity = ? AND row_id = ?",
            (self.keys.source, self.entity.name, row_id),
        ).fetchone()
        return int(count) > 1

    def _reject_copy(self, row: Row, before: int) -> None:
        named = row.key in self._by_name
        field = ", ".join(self.entity.identity) if named else "key"
        value = row.columns.get("name") or row.columns.get("what") or row.key if named else row.key
        self.report.reject(
            row.number,
            field,
            str(value),
            _("{field}: row {before} is the same one already. --key names the columns that tell rows apart.").format(
                field=field, before=before
            ),
        )

    # What becomes of it?

    def _create(self, rows: Sequence[Row]) -> None:
        rows = [row for row in rows if self._try(row, lambda row=row: self.kind.settle(row, new=True))]  # type: ignore[misc]
        for row, row_id in self._inserted(rows):
            self.report.created += 1
            self._seen.put(row_id, row.number)
            self.kind.learn(row, row_id, unchanged=False)

    def _inserted(self, rows: Sequence[Row]) -> list[tuple[Row, int]]:
        """Inserts rows with their lists and keys; returns those that the store took, with their ids."""
        made: list[tuple[Row, int]] = []

        def insert(some: Sequence[Row]) -> None:
            ids = self.work.add_many(self.kind.model, (row.columns for row in some))
            pairs = list(zip(some, ids, strict=True))
            for part in self.parts:
                self._add_values(part, [(row_id, self.kind.part_values(part, row) or ()) for row, row_id in pairs])
            self.kind.after_new(pairs)
            self.keys.keep([(row.key, row_id) for row, row_id in pairs])
            made.extend(pairs)

        self._write(rows, lambda row: row, insert)
        return made

    def _change(self, rows: Sequence[tuple[Row, int]], there: dict[int, dict[str, Any]]) -> None:
        """Sets what differs; a row that says what is there already writes nothing."""
        values = {part.field: self._values_there(part, rows) for part in self.parts}
        changed: list[tuple[Row, dict[str, Any], dict[str, Any]]] = []
        for row, row_id in rows:
            fields: dict[str, Any] = {}

            def compare(row: Row = row, row_id: int = row_id, fields: dict[str, Any] = fields) -> None:
                self.kind.settle(row, new=False)
                fields.update(self.kind.changes(row, there[row_id]))

            if not self._try(row, compare):
                continue
            if fields or any(self._differs(part, row, values[part.field].get(row_id, set())) for part in self.parts):
                changed.append((row, there[row_id], fields))
            else:
                self.report.unchanged += 1
                self.kind.learn(row, row_id, unchanged=True)
        self._write_changes(changed, values)

    def _write_changes(
        self,
        changed: Sequence[tuple[Row, dict[str, Any], dict[str, Any]]],
        values: dict[str, dict[int, set[Any]]],
    ) -> None:
        def change(some: Sequence[tuple[Row, dict[str, Any], dict[str, Any]]]) -> None:
            self.work.change_many(self.kind.model, ((before, fields) for _row, before, fields in some if fields))
            for part in self.parts:
                self._set_values(part, [(row, before["id"]) for row, before, _fields in some], values[part.field])
            for row, before, _fields in some:
                self.report.updated += 1
                self.kind.learn(row, before["id"], unchanged=False)

        self._write(changed, lambda one: one[0], change)

    def _write(self, some: Sequence[T], row_of: Callable[[T], Row], write: Callable[[Sequence[T]], None]) -> None:
        """Writes all at once, or in a careful run one by one; then a row that the store refuses is rejected."""
        if not some:
            return
        if not self.kind.shelf.careful:
            try:
                write(some)
            except _OF_A_ROW as error:
                raise RowRefused from error
            return
        for one in some:
            self.work.execute("SAVEPOINT one_row")
            try:
                write([one])
            except _OF_A_ROW as error:
                self.work.execute("ROLLBACK TO one_row")
                self._reject(row_of(one), error)
            finally:
                self.work.execute("RELEASE one_row")

    # Lists

    def _values_there(self, part: Part, rows: Sequence[tuple[Row, int]]) -> dict[int, set[Any]]:
        where = "".join(f" AND {name} = ?" for name, _value in part.fixed)
        cursor = self.work.execute(
            f"SELECT {part.owner}, {part.value} FROM {part.model.__tablename__}"
            f" WHERE {part.owner} IN (SELECT value FROM json_each(?)){where}",
            (json.dumps([row_id for _row, row_id in rows]), *(value for _name, value in part.fixed)),
        )
        found: dict[int, set[Any]] = {}
        for owner, value in cursor:
            found.setdefault(owner, set()).add(value)
        return found

    def _differs(self, part: Part, row: Row, there: set[Any]) -> bool:
        wanted = self.kind.part_values(part, row)
        if wanted is None:
            return False
        return not set(wanted) <= there if part.keeps else set(wanted) != there

    def _set_values(self, part: Part, rows: Sequence[tuple[Row, int]], there: dict[int, set[Any]]) -> None:
        added, gone = [], []
        for row, row_id in rows:
            wanted = self.kind.part_values(part, row)
            if wanted is None:
                continue
            has = there.get(row_id, set())
            added.append((row_id, [value for value in wanted if value not in has]))
            if not part.keeps:
                gone += [(row_id, value) for value in has - set(wanted)]
        self.work.connection.executemany(
            f"DELETE FROM {part.model.__tablename__} WHERE {part.owner} = ? AND {part.value} = ?",
            gone,
        )
        self._add_values(part, added)

    def _add_values(self, part: Part, values: Sequence[tuple[int, Sequence[Any]]]) -> None:
        fixed = dict(part.fixed)
        self.work.add_many(
            part.model, ({part.owner: row_id, part.value: value, **fixed} for row_id, many in values for value in many)
        )

    # Refusals

    def _try(self, row: Row, step: Callable[[], None]) -> bool:
        try:
            step()
        except _OF_A_ROW as error:
            self._reject(row, error)
            return False
        return True

    def _reject(self, row: Row, error: Exception) -> None:
        field = getattr(error, "field", None) or str(error).partition(":")[0]
        field = field if field in {one.name for one in self.entity.fields} else ""
        self.report.reject(row.number, field, row.cells.get(field, ""), one_line(str(error), 400))
