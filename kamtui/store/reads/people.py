"""People as lists, cards and the org map show them."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import (
    BuyingRole,
    EdgeKind,
    Influence,
    Orientation,
    PersonLevel,
    Relationship,
    ResponseMode,
    Stance,
)
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.resolve import find
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the org map; `depth` is that in the tree of reporting lines, 0 at its top. `confirmed_on` is the day on
    which somebody last said that all this is still true."""

    id: int
    uid: str
    account_id: int
    account: str
    name: str
    title: str | None
    department: str | None
    level: PersonLevel
    placeholder: bool
    external: bool
    roles: tuple[BuyingRole, ...]
    influence: Influence
    stance: Stance
    relationship: Relationship
    relationship_target: Relationship
    manager_id: int | None
    manager: str | None
    last_touch: date | None
    left_on: date | None
    win: str | None
    cadence_days: int | None
    known_since: date
    depth: int = 0
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A way to reach a person."""

    id: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A reporting line with its interval [from, to)."""

    id: int
    person_id: int
    person: str
    manager_id: int
    manager: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """Who sways whom."""

    id: int
    source_id: int
    source: str
    target_id: int
    target: str
    kind: EdgeKind
    strength: int
    note: str | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """All that is known of a person."""

    person: PersonRow
    aliases: tuple[str, ...]
    response_mode: ResponseMode
    orientation: Orientation
    note: str | None
    created_at: str
    archived_at: str | None
    contacts: tuple[ContactRow, ...]
    lines: tuple[LineRow, ...]
    edges: tuple[EdgeRow, ...]


_ROW = f"""
    SELECT p.id, p.uid, p.account_id, a.name AS account, p.name, p.title, d.name AS department, p.level,
           p.placeholder, p.external,
           (SELECT json_group_array(value) FROM person_role WHERE person_id = p.id) AS roles,
           p.influence, p.stance, p.relationship, p.relationship_target,
           line.manager_id, (SELECT name FROM person WHERE id = line.manager_id) AS manager,
           (SELECT max(on_date) FROM interaction_person AS i JOIN interaction AS touch ON touch.id = i.interaction_id
            WHERE i.person_id = p.id AND {TOUCHED}) AS last_touch,
           p.left_on, p.win, p.cadence_days, substr(p.created_at, 1, 10) AS known_since, 0 AS depth, p.confirmed_on
    FROM person AS p
    JOIN account AS a ON a.id = p.account_id
    LEFT JOIN department AS d ON d.id = p.department_id
    LEFT JOIN reporting_line AS line ON line.person_id = p.id AND line.valid_from <= :day
        AND :day < coalesce(line.valid_to, 'never')
"""


def list_people(
    connection: Connection, today: date, *, account_id: int | None = None, left: bool = False
) -> list[PersonRow]:
    """People by account, in the order of the org map; those who left only with `left`."""
    return _as_tree(
        fetch(
            connection,
            PersonRow,
            f"""{_ROW} WHERE (:account IS NULL OR p.account_id = :account) AND p.archived_at IS NULL
                AND (:left OR p.left_on IS NULL OR p.left_on > :day)
                ORDER BY a.name COLLATE NOCASE, a.id, p.id""",
            {"day": today.isoformat(), "account": account_id, "left": left},
        )
    )


def get_person(connection: Connection, person_id: int, today: date) -> PersonCard:
    """The card of a person; raises `NotFound`."""
    row = fetch_one(connection, PersonRow, f"{_ROW} WHERE p.id = :id", {"day": today.isoformat(), "id": person_id})
    if row is None:
        raise NotFound(_("There is no person with the number {id}.").format(id=person_id))
    rest = connection.execute(
        "SELECT response_mode, orientation, note, created_at, archived_at FROM person WHERE id = ?",
        (person_id,),
    ).fetchone()
    aliases = connection.execute("SELECT value FROM person_alias WHERE person_id = ? ORDER BY id", (person_id,))
    return PersonCard(
        person=row,
        aliases=tuple(value for (value,) in aliases),
        response_mode=ResponseMode(rest[0]),
        orientation=Orientation(rest[1]),
        note=rest[2],
        created_at=rest[3],
        archived_at=rest[4],
        contacts=tuple(
            fetch(
                connection,
                ContactRow,
                "SELECT id, kind, value FROM contact_point WHERE person_id = ? ORDER BY id",
                (person_id,),
            )
        ),
        lines=tuple(_lines(connection, "line.person_id = :id OR line.manager_id = :id", person_id)),
        edges=tuple(_edges(connection, "edge.source_id = :id OR edge.target_id = :id", person_id)),
    )


def list_edges(connection: Connection, account_id: int, *, left: bool = False) -> list[EdgeRow]:
    """Who sways whom in an account, people of its group included; those who left only with `left`."""
    here = ":id IN (source.account_id, target.account_id)"
    stays = "" if left else " AND source.left_on IS NULL AND target.left_on IS NULL"
    return _edges(connection, here + stays, account_id)


def _lines(connection: Connection, condition: str, row_id: int) -> list[LineRow]:
    return fetch(
        connection,
        LineRow,
        f"""SELECT line.id, line.person_id, person.name AS person, line.manager_id, manager.name AS manager,
                   line.valid_from, line.valid_to
            FROM reporting_line AS line JOIN person ON person.id = line.person_id
            JOIN person AS manager ON manager.id = line.manager_id
            WHERE {condition} ORDER BY line.valid_from, line.id""",
        {"id": row_id},
    )


def _edges(connection: Connection, condition: str, row_id: int) -> list[EdgeRow]:
    return fetch(
        connection,
        EdgeRow,
        f"""SELECT edge.id, source_id, source.name AS source, target_id, target.name AS target, edge.kind,
                   edge.strength, edge.note
            FROM influence_edge AS edge JOIN person AS source ON source.id = edge.source_id
            JOIN person AS target ON target.id = edge.target_id
            WHERE {condition} ORDER BY edge.id""",
        {"id": row_id},
    )


def _as_tree(rows: list[PersonRow]) -> list[PersonRow]:
    """Each account's people as its tree: managers before their reports; who has no line comes after who leads one,
    and people outside the company last."""
    here = {row.id: row for row in rows}
    below: dict[int, list[PersonRow]] = {}
    tops: dict[int, list[PersonRow]] = {}
    for row in rows:
        # A manager may be of another account of the group, or not be listed: then the person stands at the top here.
        if row.manager_id in here and here[row.manager_id].account_id == row.account_id:
            below.setdefault(row.manager_id, []).append(row)
        else:
            tops.setdefault(row.account_id, []).append(row)
    ordered: list[PersonRow] = []
    for people in tops.values():
        people.sort(key=lambda row: (row.external, row.id not in below, row.id))
        waiting = [(row, 0) for row in reversed(people)]
        while waiting:
            row, depth = waiting.pop()
            if depth:
                # The rows were made a moment ago and are nobody else's: to make each anew takes longer than all the rest.
                object.__setattr__(row, "depth", depth)
            ordered.append(row)
            waiting += [(report, depth + 1) for report in reversed(below.get(row.id, []))]
    return ordered


def find_person(connection: Connection, text: str, account_id: int) -> int:
    """The id of the person that `text` names, seen from an account: one of its people, else anybody's. Raises what
    `find` raises."""
    try:
        return find(connection, "person", text, account_id=account_id)
    except NotFound:
        return find(connection, "person", text)
