"""Touches: what happened, or is planned, between the customer's people and ours."""

from datetime import date

from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus
from kamtui.store.tables.base import (
    OptionalNote,
    Row,
    Value,
    check,
    day,
    is_day,
    link,
    one_of,
    prose,
    table,
    unique,
    word,
)


class Interaction(Row, table=True):
    """A meeting, call, mail, message, visit or note on a local date. Notes are not touches; only `in` and `two_way`
    count as engagement (invariant 6)."""

    __tablename__ = "interaction"
    __table_args__ = table(
        one_of("status", InteractionStatus),
        one_of("direction", Direction),
        check("at_time IS NULL OR at_time GLOB '[0-2][0-9]:[0-5][0-9]'"),
        is_day("on_date"),
    )

    account_id: int = link("account")
    on_date: date = day()
    at_time: str | None = prose(default=None)
    status: InteractionStatus = word(InteractionStatus, default=InteractionStatus.HELD)
    kind: InteractionKind = word(
        InteractionKind,
        default=InteractionKind.MEETING,
        foreign_key="interaction_kind.code",
        ondelete="RESTRICT",
    )
    direction: Direction = word(Direction, default=Direction.TWO_WAY)
    purpose: OptionalNote = prose(default=None)
    ask: OptionalNote = prose(default=None)
    commitment: OptionalNote = prose(default=None)
    summary: OptionalNote = prose(default=None)
    next_step: OptionalNote = prose(default=None)


class InteractionPerson(Value, table=True):
    """A person of the customer who took part."""

    __tablename__ = "interaction_person"
    __table_args__ = table(unique("interaction_id", "person_id"))

    interaction_id: int = link("interaction")
    person_id: int = link("person")


class InteractionColleague(Value, table=True):
    """One of us who took part."""

    __tablename__ = "interaction_colleague"
    __table_args__ = table(unique("interaction_id", "colleague_id"))

    interaction_id: int = link("interaction")
    colleague_id: int = link("colleague")
