"""The org map of an account as lines of an outline."""

from collections.abc import Sequence
from datetime import date

from kamtui.domain.enums import Influence, Relationship, Stance
from kamtui.domain.outline import OutlineLine
from kamtui.store.reads.people import PersonRow, list_people
from kamtui.store.sqlite.driver import Connection


def read_outline(connection: Connection, account_id: int, today: date) -> list[OutlineLine]:
    """The people of an account who have not left, in the order of the map."""
    return as_outline(list_people(connection, today, account_id=account_id))


def as_outline(people: Sequence[PersonRow]) -> list[OutlineLine]:
    """The rows of the map as lines; what is unknown is not written, and so says nothing when it is read again."""
    return [
        OutlineLine(
            row.name,
            row.depth,
            row.title,
            row.department,
            row.placeholder,
            row.external,
            row.roles,
            None if row.influence is Influence.UNKNOWN else row.influence,
            None if row.stance is Stance.UNKNOWN else row.stance,
            None
            if {row.relationship, row.relationship_target} == {Relationship.UNKNOWN}
            else (row.relationship, row.relationship_target),
        )
        for row in people
    ]
