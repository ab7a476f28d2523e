"""What the log still knows of a record: that it was there, what it was called, which records became part of it."""

import json
import re
from collections.abc import Iterable
from typing import Any

from kamtui.domain.errors import NotFound
from kamtui.domain.labels import called
from kamtui.domain.text import is_han
from kamtui.language import gettext as _
from kamtui.store.reads.resolve import find
from kamtui.store.sqlite.changelog import columns, content_tables
from kamtui.store.sqlite.driver import Connection

Rows = set[tuple[str, int]]
Image = dict[str, Any]

# Rows that are about nothing but a person, and the columns that say which.
OF_PERSON = {
    "contact_point": ("person_id",),
    "person_alias": ("person_id",),
    "person_role": ("person_id",),
    "interaction_person": ("person_id",),
    "review_person": ("person_id",),
    "reporting_line": ("person_id", "manager_id"),
    "influence_edge": ("source_id", "target_id"),
}
_ALIASES = {"account": ("account_alias", "account_id"), "person": ("person_alias", "person_id")}
# The columns that a merge of accounts or people moves from the one to the other, besides `external_ref`.
_MOVED = {
    "account": {"account_id"},
    "person": {
        "person_id", "raised_by_id", "acknowledged_by_id", "their_owner_id", "their_responsible_id", "told_to_id", "source_id",
        "target_id",
    },
}  # fmt: skip
_MERGED = re.compile(r"^(?:Merge (?P<a>.+) into (?P=a)|将 (?P<b>.+) 并入 (?P=b))$")
# A letter or digit of a script that puts spaces between words.
_LETTER = r"[^\W_\u3007-\u9fff\uac00-\ud7af\uf900-\ufaff]"


def find_to_purge(connection: Connection, entity: str, text: str) -> tuple[int, str]:
    """The id and the name of the record that `text` names; where none is there, of the one of that number or name that
    was deleted last. Raises `NotFound`, `Ambiguous`."""
    try:
        row_id = find(connection, entity, text)
    except NotFound:
        deleted = connection.execute(
            f"""SELECT row_id FROM change WHERE entity = :entity AND op = 'delete'
                AND (CASE WHEN :number THEN row_id = CAST(:text AS INTEGER)
                     ELSE json_extract(before, '$.name') = :text COLLATE NOCASE END)
                AND NOT EXISTS (SELECT 1 FROM "{entity}" WHERE id = change.row_id)
                ORDER BY json_extract(before, '$.name') = :text DESC, id DESC LIMIT 1""",
            {"entity": entity, "text": text.strip(), "number": text.strip().isascii() and text.strip().isdecimal()},
        ).fetchone()
        if deleted is None:
            raise
        row_id = int(deleted[0])
    return row_id, identity(connection, entity, row_id)[0]


def identity(connection: Connection, entity: str, row_id: int) -> tuple[str, str]:
    """The name and uid of a record, as it is or was when it was deleted. Raises `NotFound`."""
    row = connection.execute(f'SELECT name, uid FROM "{entity}" WHERE id = ?', (row_id,)).fetchone()
    row = row or next(((image["name"], image["uid"]) for image in _images(connection, entity, row_id)), None)
    if row is None:
        raise NotFound(_("There is no {what} with the number {id}.").format(what=called(entity), id=row_id))
    return str(row[0]), str(row[1])


def names_of(connection: Connection, entity: str, ids: Iterable[int]) -> set[str]:
    """Every name and alias that records have, or ever had."""
    table, column = _ALIASES[entity]
    names: set[str] = set()
    for row_id in ids:
        names |= {image["name"] for image in _images(connection, entity, row_id)}
        names |= {
            name
            for (name,) in connection.execute(
                f"""SELECT name FROM "{entity}" WHERE id = :id
                    UNION SELECT value FROM {table} WHERE {column} = :id
                    UNION SELECT json_extract(before, '$.value') FROM change
                    WHERE entity = '{table}' AND before IS NOT NULL AND json_extract(before, '$.{column}') = :id""",
                {"id": row_id},
            )
        }
    return names


def absorbed(connection: Connection, entity: str, ids: Iterable[int]) -> set[int]:
    """Records with all that were merged into them, and into those, and were not brought back."""
    into: dict[int, set[int]] = {}
    points = connection.execute(
        """SELECT id, label FROM point WHERE kind IN ('do', 'purged') AND undone_by_id IS NULL
           AND id IN (SELECT point_id FROM change WHERE entity = ? AND op = 'delete')""",
        (entity,),
    ).fetchall()
    for point_id, label in points:
        for merged, keep in _merges(connection, entity, point_id, label):
            into.setdefault(keep, set()).add(merged)
    found, fresh = set(ids), list(ids)
    while fresh:
        more = into.get(fresh.pop(), set()) - found
        found |= more
        fresh += more
    return found


def once_there(connection: Connection, entity: str, ids: Iterable[int]) -> Rows:
    """Rows that the log still knows though they were deleted before: of accounts, or of nothing but people."""
    found: Rows = set()
    for row_id in ids:
        found |= _of_account(connection, row_id) if entity == "account" else _of_person(connection, row_id)
    return found


def references_of(connection: Connection, gone: Rows) -> Rows:
    """The references to other systems that the log knows for rows that are gone."""
    images = connection.execute(
        "SELECT entity, row_id, before FROM change WHERE entity = 'external_ref' AND before IS NOT NULL"
    )
    found = set()
    for table, ref_id, before in images.fetchall():
        image = json.loads(before, strict=False)
        if (image["entity"], image["row_id"]) in gone:
            found.add((table, ref_id))
    return found


def role_tasks(connection: Connection, people: Iterable[int]) -> set[int]:
    """The tasks to replace people who left, also where a deletion took out who it was."""
    found: set[int] = set()
    for person_id in people:
        rows = connection.execute(
            """SELECT id FROM task WHERE source = 'role' AND source_id = :person
               UNION SELECT row_id FROM change WHERE entity = 'task' AND before IS NOT NULL
               AND json_extract(before, '$.source') = 'role' AND json_extract(before, '$.source_id') = :person""",
            {"person": person_id},
        )
        found |= {task_id for (task_id,) in rows}
    return found


def mentions(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """How many rows of each table, and of the log (`change`), have one of the names in a text."""
    names = sorted(names)
    found: dict[str, int] = {}
    if not names:
        return found
    speaks = speaks_of(names)
    for table in content_tables(connection):
        kept = [name for name in columns(connection, table) if name not in {"uid", "created_at", "updated_at"}]
        text = " || char(10) || ".join(f"coalesce(\"{name}\", '')" for name in kept)
        rows = connection.execute(
            f'SELECT {text} FROM "{table}" WHERE {" OR ".join([f"instr({text}, ?)"] * len(names))}',
            names,
        )
        found[table] = sum(bool(speaks.search(row[0])) for row in rows)
    escaped = [json.dumps(name, ensure_ascii=False)[1:-1] for name in names]
    images = connection.execute(
        f"SELECT before FROM change WHERE {' OR '.join(['instr(before, ?)'] * len(names))}",
        escaped,
    )
    found["change"] = sum(
        bool(speaks.search("\n".join(map(str, json.loads(before, strict=False).values())))) for (before,) in images
    )
    return {table: count for table, count in found.items() if count}


def speaks_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the names in a text, as words of their own where their script has such."""
    return re.compile(
        "|".join(
            ("" if is_han(name[0]) else f"(?<!{_LETTER})")
            + re.escape(name)
            + ("" if is_han(name[-1]) else f"(?!{_LETTER})")
            for name in sorted(names, key=len, reverse=True)
        )
    )


def _images(connection: Connection, entity: str, row_id: int) -> list[Image]:
    """What a row was before each of its changes, newest first."""
    rows = connection.execute(
        "SELECT before FROM change WHERE entity = ? AND row_id = ? AND before IS NOT NULL ORDER BY id DESC",
        (entity, row_id),
    )
    return [json.loads(before, strict=False) for (before,) in rows.fetchall()]


def _merges(connection: Connection, entity: str, point_id: int, label: str) -> set[tuple[int, int]]:
    """The (merged, kept) of a point: what was deleted, and what took over its name or a row that pointed to it."""
    deleted = {
        row_id: json.loads(before, strict=False)["name"]
        for row_id, before in connection.execute(
            "SELECT row_id, before FROM change WHERE point_id = ? AND entity = ? AND op = 'delete' AND before NOT NULL",
            (point_id, entity),
        )
    }
    found: set[tuple[int, int]] = set()
    alias, owner = _ALIASES[entity]
    for change_id, table, row_id, before in connection.execute(
        "SELECT id, entity, row_id, before FROM change WHERE point_id = ? AND op <> 'delete'", (point_id,)
    ).fetchall():
        was = json.loads(before, strict=False) if before else {}
        moved = _moved(entity, table, was, deleted)
        if not moved and table not in {entity, alias}:
            continue
        now = _after(connection, table, row_id, change_id)
        found |= {(was[column], now[column]) for column in moved if now.get(column) not in {None, *deleted}}
        if table == alias and now.get(owner) is not None:
            found |= {(gone, now[owner]) for gone, name in deleted.items() if name == now["value"]}
        elif table == entity:
            found |= {(gone, row_id) for gone, name in deleted.items() if name == now.get("name") and gone != row_id}
    if not found and (same := _MERGED.match(label)):
        # Of two with one name that nothing pointed to, the label alone tells; who was kept has the name still.
        name = same["a"] or same["b"]
        kept = connection.execute(f'SELECT id FROM "{entity}" WHERE name = ?', (name,)).fetchall()
        if len(kept) == 1:
            found = {(gone, kept[0][0]) for gone in deleted if deleted[gone] == name}
    return {(gone, keep) for gone, keep in found if gone != keep}


def _moved(entity: str, table: str, was: Image, deleted: dict[int, str]) -> set[str]:
    """The columns by which a row pointed to something that is deleted."""
    if table == "external_ref":
        return {"row_id"} if was.get("entity") == entity and was.get("row_id") in deleted else set()
    if table == "task" and was.get("source") != "role":
        was = {name: value for name, value in was.items() if name != "source_id"}
    return {column for column in _MOVED[entity] if was.get(column) in deleted}


def _after(connection: Connection, table: str, row_id: int, change_id: int) -> Image:
    """A row as a change left it; nothing where the log does not know."""
    later = connection.execute(
        """SELECT before FROM change WHERE entity = ? AND row_id = ? AND id > ? AND before IS NOT NULL
           ORDER BY id LIMIT 1""",
        (table, row_id, change_id),
    ).fetchone()
    if later is not None:
        image: Image = json.loads(later[0], strict=False)
        return image
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
    row = cursor.fetchone()
    return {} if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))


def _of_account(connection: Connection, account_id: int) -> Rows:
    found: Rows = set()
    for table, row_id in connection.execute(
        "SELECT DISTINCT entity, row_id FROM change WHERE account_id = ?", (account_id,)
    ).fetchall():
        if not connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)).fetchone():
            found.add((table, row_id))
    return found


def _of_person(connection: Connection, person_id: int) -> Rows:
    found: Rows = {("person", person_id)}
    for table, of in OF_PERSON.items():
        for column in of:
            found |= set(
                connection.execute(
                    f"""SELECT entity, row_id FROM change WHERE entity = '{table}' AND before IS NOT NULL
                        AND json_extract(before, '$.{column}') = ?""",
                    (person_id,),
                ).fetchall()
            )
    # A conversion that was deleted could come back only with the person.
    found |= set(
        connection.execute(
            """SELECT entity, row_id FROM change WHERE entity = 'need_event' AND before IS NOT NULL
               AND json_extract(before, '$.person_id') = ? AND json_extract(before, '$.kind') = 'converted'
               AND NOT EXISTS (SELECT 1 FROM need_event WHERE id = row_id)""",
            (person_id,),
        ).fetchall()
    )
    return found
