"""The org map of the past: as it was on a day, what differs between two days, how somebody turned.

The lines are those of the day by their own intervals; everything else is what was recorded by then (`store/as_of.py`).
"""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kamtui.domain.enums import BuyingRole
from kamtui.store.as_of import as_of
from kamtui.store.reads.people import EdgeRow, PersonRow, list_edges, list_people
from kamtui.store.sqlite.driver import Connection


class MapChangeKind(StrEnum):
    """What became of a person between two days; `moved`: another manager, `turned`: what is said of them changed."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class OrgMap:
    """The people of an account in the order of the map, and who sways whom, as of a day."""

    day: date
    people: tuple[PersonRow, ...]
    edges: tuple[EdgeRow, ...]


@dataclass(frozen=True, slots=True)
class MapChange:
    """A difference between two days. `field` says what turned; `before` and `after` are words of it, or the managers'
    names of who moved."""

    kind: MapChangeKind
    person_id: int
    name: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which what is said of a person changed. The words of a day are those that stood at its end."""

    on: date
    field: str
    before: str
    after: str


TURNING = ("stance", "influence", "relationship", "relationship_target")


def map_as_of(connection: Connection, account_id: int, day: date) -> OrgMap:
    """The map as it was on a day: who was there, and what was known of them by then. Raises `Refused` where that cannot be
    told (`as_of`)."""
    with closing(as_of(connection, day)) as copy:
        return OrgMap(day, tuple(list_people(copy, day, account_id=account_id)), tuple(list_edges(copy, account_id)))


def compare_maps(connection: Connection, account_id: int, since: date, until: date) -> list[MapChange]:
    """Who joined, left, moved or turned between two days, in the order of the later map; then those who are gone."""
    before = {row.id: row for row in map_as_of(connection, account_id, since).people}
    after = map_as_of(connection, account_id, until).people
    found: list[MapChange] = []
    for row in after:
        was = before.pop(row.id, None)
        if was is None:
            found.append(MapChange(MapChangeKind.JOINED, row.id, row.name, after=row.title))
            continue
        if was.manager_id != row.manager_id:
            found.append(MapChange(MapChangeKind.MOVED, row.id, row.name, "manager", was.manager, row.manager))
        found += [
            MapChange(MapChangeKind.TURNED, row.id, row.name, field, told(was), told(row))
            for field, told in _TOLD.items()
            if told(was) != told(row)
        ]
    return found + [MapChange(MapChangeKind.LEFT, row.id, row.name, before=row.title) for row in before.values()]


def list_turns(connection: Connection, person_id: int) -> list[Turn]:
    """How stance, influence and relationship of a person changed, oldest first, a row a day and field. Steps that were
    undone do not count, nor does a day that ended as it began."""
    images = connection.execute(
        """SELECT point.day, change.before FROM change JOIN point ON point.id = change.point_id
           WHERE change.entity = 'person' AND change.row_id = ? AND change.op = 'update' AND change.before IS NOT NULL
             AND point.kind NOT IN ('undo', 'redo') AND point.undone_by_id IS NULL ORDER BY change.id""",
        (person_id,),
    ).fetchall()
    names = ", ".join(TURNING)
    now = connection.execute(f"SELECT {names} FROM person WHERE id = ?", (person_id,)).fetchone()
    if now is None:
        return []
    # How the person stood before the first change of each day; at its end as before the next one, at last as today.
    states: dict[str, dict[str, str]] = {}
    for day, before in images:
        image = json.loads(before, strict=False)
        states.setdefault(day, {name: image[name] for name in TURNING})
    days = list(states)
    ends = [*(states[day] for day in days[1:]), dict(zip(TURNING, now, strict=True))][: len(days)]
    return [
        Turn(date.fromisoformat(day), name, states[day][name], end[name])
        for day, end in zip(days, ends, strict=True)
        for name in TURNING
        if states[day][name] != end[name]
    ]


_TOLD: dict[str, Callable[[PersonRow], str | None]] = {
    "name": lambda row: f"[{row.name}]" if row.placeholder else row.name,
    "title": lambda row: row.title,
    "department": lambda row: row.department,
    "roles": lambda row: ", ".join(role for role in BuyingRole if role in row.roles),
    "influence": lambda row: row.influence,
    "stance": lambda row: row.stance,
    "relationship": lambda row: f"{row.relationship}>{row.relationship_target}",
}
