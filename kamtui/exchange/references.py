"""Finding records by what a file calls them: the key they had in the same source, else their name.

What a whole import looks up again and again is loaded once; nothing is asked of the database row by row.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from kamtui.domain.errors import Ambiguous
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.sqlite.driver import Connection

KEY_LENGTH = 200
_MANY = -1


class Names:
    """Records of an entity by name, within a scope (the account of a person; 0 where names stand alone)."""

    def __init__(self) -> None:
        self._exact: dict[tuple[int, str], int] = {}
        self._folded: dict[tuple[int, str], int] = {}

    def add(self, scope: int, name: str, row_id: int) -> None:
        """Learns a name of a record."""
        for known, key in ((self._exact, (scope, name)), (self._folded, (scope, name.casefold()))):
            if known.setdefault(key, row_id) != row_id:
                known[key] = _MANY

    def find(self, scope: int, name: str) -> int | None:
        """The record of that name, exactly or but for case; None where there is none. Raises `Ambiguous`."""
        found = self._exact.get((scope, name))
        if found is None:
            found = self._folded.get((scope, name.casefold()))
        if found == _MANY:
            raise Ambiguous(_("“{name}” may be more than one.").format(name=one_line(name)))
        return found

    def is_exactly(self, scope: int, name: str, row_id: int) -> bool:
        """Whether this very name is one of the record's."""
        return self._exact.get((scope, name)) == row_id


class Keys:
    """The external references of one entity in one source."""

    def __init__(self, connection: Connection, source: str, entity: str) -> None:
        self._connection = connection
        self.source = source
        self.entity = entity

    def known(self, keys: Iterable[str]) -> dict[str, int]:
        """Those of the keys that are known, with the record each became."""
        rows = self._connection.execute(
            "SELECT key, row_id FROM external_ref WHERE source = ? AND entity = ?"
            " AND key IN (SELECT value FROM json_each(?))",
            (self.source, self.entity, json.dumps(list(keys))),
        )
        return dict(rows.fetchall())

    def keyed(self, row_ids: Iterable[int]) -> set[int]:
        """Those of the records that have a key in this source."""
        rows = self._connection.execute(
            "SELECT row_id FROM external_ref WHERE source = ? AND entity = ?"
            " AND row_id IN (SELECT value FROM json_each(?))",
            (self.source, self.entity, json.dumps(list(row_ids))),
        )
        return {row_id for (row_id,) in rows}

    def all(self) -> dict[str, int]:
        """Every key of the source, for what other rows refer to."""
        return dict(
            self._connection.execute(
                "SELECT key, row_id FROM external_ref WHERE source = ? AND entity = ?", (self.source, self.entity)
            ).fetchall()
        )

    def keep(self, found: Sequence[tuple[str, int]]) -> None:
        """Remembers which record each key became."""
        self._connection.executemany(
            "INSERT INTO external_ref (source, entity, key, row_id) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (source, entity, key) DO UPDATE SET row_id = excluded.row_id",
            [(self.source, self.entity, key, row_id) for key, row_id in found],
        )


class Seen:
    """Which records this file has brought already, by the row that did: four bytes a record."""

    def __init__(self) -> None:
        self._rows = array("L")

    def row_of(self, row_id: int) -> int:
        """The row of the file that brought a record; 0 where none did."""
        return self._rows[row_id] if row_id < len(self._rows) else 0

    def put(self, row_id: int, number: int) -> None:
        """Notes the row that brought a record."""
        if row_id >= len(self._rows):
            self._rows.extend([0] * (row_id - len(self._rows) + 1024))
        self._rows[row_id] = number


def key_of(parts: Sequence[str]) -> str:
    """The key of a row from what its key columns hold; a long one as its digest, since a key has 200 characters."""
    from hashlib import sha256

    key = parts[0] if len(parts) == 1 else json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return key if len(key) <= KEY_LENGTH else sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def stored(connection: Connection, table: str, row_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Rows of a table as they are stored, by id: one question for all of them."""
    cursor = connection.execute(
        f'SELECT * FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608  our own table names
        (json.dumps(list(row_ids)),),
    )
    names = [column[0] for column in cursor.description]
    return {row["id"]: row for cells in cursor for row in (dict(zip(names, cells, strict=True)),)}
