"""Whom a record names, by number and name: what a form must know where a list only shows names."""

from kamtui.store.sqlite.driver import Connection

_LINKS = {
    "account": {"parent_id": "account", "kam_id": "colleague", "exec_sponsor_id": "colleague"},
    "task": {"account_id": "account", "person_id": "person", "our_owner_id": "colleague", "their_owner_id": "person"},
    "obligation": {"owner_id": "colleague", "their_owner_id": "person"},
    "need": {"raised_by_id": "person"},
}


def links(connection: Connection, entity: str, row_id: int) -> dict[str, tuple[int, str] | None]:
    """The records that one names, by field; None where it names none, or is not there."""
    found: dict[str, tuple[int, str] | None] = {}
    for column, target in _LINKS[entity].items():
        row = connection.execute(
            f'SELECT t.id, t.name FROM "{entity}" AS o JOIN {target} AS t ON t.id = o.{column} WHERE o.id = ?',
            (row_id,),
        ).fetchone()
        found[column] = (row[0], row[1]) if row else None
    return found


def next_step_due(connection: Connection, touch_id: int) -> str | None:
    """When the open task that came of a touch is due."""
    row = connection.execute(
        "SELECT due FROM task WHERE source = 'touch' AND source_id = ? AND status = 'open' ORDER BY id LIMIT 1",
        (touch_id,),
    ).fetchone()
    return row[0] if row else None
