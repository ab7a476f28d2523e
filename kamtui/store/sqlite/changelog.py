"""The triggers that log every change of content, generated from the tables as they stand.

They write the log and nothing else: with trusted_schema off a trigger may touch neither full-text search nor a
Python function, nor (tried with SQLite 3.40) any of SQLite's own JSON functions, so the JSON is put together here.
They are made anew after each migration, so a new column is logged from its first day.
"""

import json
from collections.abc import Iterable, Sequence

from kamtui.store.sqlite.driver import Connection

# Written by the machinery, derived, or fixed: not content, and not logged.
NOT_CONTENT = {
    "account_signals", "alembic_version", "change", "health_month", "open_point", "point", "search_row", "signal_event",
    "signal_finding", "sqlite_sequence", "sqlite_stat1",
}  # fmt: skip

# How a row of a table without `account_id` finds its account; {row} is NEW or OLD.
_ACCOUNT_OF = {
    "account": "{row}.id",
    "contact_point": "(SELECT account_id FROM person WHERE id = {row}.person_id)",
    "person_alias": "(SELECT account_id FROM person WHERE id = {row}.person_id)",
    "person_role": "(SELECT account_id FROM person WHERE id = {row}.person_id)",
    "reporting_line": "(SELECT account_id FROM person WHERE id = {row}.person_id)",
    "influence_edge": "(SELECT account_id FROM person WHERE id = {row}.source_id)",
    "interaction_person": "(SELECT account_id FROM interaction WHERE id = {row}.interaction_id)",
    "interaction_colleague": "(SELECT account_id FROM interaction WHERE id = {row}.interaction_id)",
    "need_event": "(SELECT account_id FROM need WHERE id = {row}.need_id)",
    "occurrence": "(SELECT account_id FROM obligation WHERE id = {row}.obligation_id)",
    "return_commitment": "(SELECT account_id FROM concession WHERE id = {row}.concession_id)",
    "contract_term": "(SELECT account_id FROM contract WHERE id = {row}.contract_id)",
    "incident_cause": "(SELECT account_id FROM incident WHERE id = {row}.incident_id)",
    "incident_note": "(SELECT account_id FROM incident WHERE id = {row}.incident_id)",
    "review_person": "(SELECT account_id FROM review WHERE id = {row}.review_id)",
    "review_colleague": "(SELECT account_id FROM review WHERE id = {row}.review_id)",
    "stage_decision_unmet": "(SELECT account_id FROM stage_decision WHERE id = {row}.stage_decision_id)",
}


def content_tables(connection: Connection) -> list[str]:
    """The tables whose rows people write: ordinary tables with an `id`, less those of the machinery."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_text%' ORDER BY name"
    ).fetchall()
    return [name for (name,) in found if name not in NOT_CONTENT and "id" in columns(connection, name)]


def columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table, in order."""
    return list(_types(connection, table))


def take_back(connection: Connection, changes: Iterable[tuple[str, str, int, str | None]]) -> None:
    """Writes the reverse of each change (op, entity, row id, the row before), in the order given: newest first.

    A change whose image was purged is passed over."""
    known: dict[str, list[str]] = {}
    for op, table, row_id, before in changes:
        if op == "insert":
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        if op == "insert" or before is None:
            continue
        image = json.loads(before, strict=False)
        if table not in known:
            known[table] = columns(connection, table)
        names = [name for name in known[table] if name in image]
        values: Sequence[object] = [image[name] for name in names]
        if op == "update":
            sets = ", ".join(f'"{name}" = ?' for name in names)
            connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*values, row_id))
        else:
            listed = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join("?" * len(names))
            connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)


def _types(connection: Connection, table: str) -> dict[str, str]:
    return {name: kind for _id, name, kind, *_rest in connection.execute(f'PRAGMA table_info("{table}")')}


def install_log(connection: Connection) -> None:
    """Makes the log triggers of every content table anew."""
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'log_%'"
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in content_tables(connection):
        for statement in _triggers(table, _types(connection, table)):
            connection.execute(statement)


def _triggers(table: str, types: dict[str, str]) -> list[str]:
    account = _ACCOUNT_OF.get(table, "{row}.account_id" if "account_id" in types else "NULL")
    pairs = (f"""'"{name}":' || {_json_value(f'OLD."{name}"', kind)}""" for name, kind in types.items())
    image = "'{' || " + " || ',' || ".join(pairs) + " || '}'"
    return [
        _trigger(table, "insert", "NEW", account.format(row="NEW"), "NULL"),
        _trigger(table, "update", "OLD", account.format(row="OLD"), image),
        _trigger(table, "delete", "OLD", account.format(row="OLD"), image),
    ]


def _json_value(column: str, kind: str) -> str:
    if kind != "TEXT":
        return f"coalesce({column}, 'null')"
    escaped = f"replace(replace({column}, '\\', '\\\\'), '\"', '\\\"')"
    for code, sign in ((10, "n"), (9, "t"), (13, "r")):
        escaped = f"replace({escaped}, char({code}), '\\{sign}')"
    return f"coalesce('\"' || {escaped} || '\"', 'null')"


def _trigger(table: str, op: str, row: str, account: str, image: str) -> str:
    return f"""CREATE TRIGGER "log_{table}_{op}" AFTER {op.upper()} ON "{table}"
BEGIN
    SELECT RAISE(ABORT, 'writing needs a unit of work') WHERE NOT EXISTS (SELECT 1 FROM open_point);
    INSERT INTO change (point_id, op, entity, row_id, account_id, before)
    VALUES ((SELECT point_id FROM open_point), '{op}', '{table}', {row}.id, {account}, {image});
END"""
