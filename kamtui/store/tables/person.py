"""People at the customer, who reports to whom, who sways whom; and our own colleagues."""

from datetime import date

from kamtui.domain.enums import (
    BuyingRole,
    ContactKind,
    EdgeKind,
    Influence,
    Orientation,
    PersonLevel,
    Relationship,
    ResponseMode,
    Stance,
)
from kamtui.store.tables.base import (
    Name,
    OptionalName,
    OptionalNote,
    Row,
    Value,
    check,
    day,
    flag,
    is_day,
    is_flag,
    link,
    named,
    one_of,
    prose,
    table,
    unique,
    word,
)


class Colleague(Row, table=True):
    """One of us. Exactly one may be marked as the person at the keyboard (a partial index holds that)."""

    __tablename__ = "colleague"
    __table_args__ = table(named(), is_flag("is_me"))

    name: Name = prose()
    is_me: bool = flag()
    skills: OptionalNote = prose(default=None)
    level: OptionalName = prose(default=None)
    mail: OptionalName = prose(default=None)


class Person(Row, table=True):
    """Somebody at the customer, or a place where somebody must be (`placeholder`), or a person outside the company
    who matters (`external`: no line, not counted in coverage)."""

    __tablename__ = "person"
    __table_args__ = table(
        named(),
        one_of("level", PersonLevel),
        one_of("influence", Influence),
        one_of("stance", Stance),
        one_of("response_mode", ResponseMode),
        one_of("orientation", Orientation),
        one_of("relationship", Relationship),
        one_of("relationship_target", Relationship),
        check("cadence_days > 0"),
        is_flag("placeholder"),
        is_flag("external"),
        is_day("left_on"),
        is_day("confirmed_on"),
    )

    account_id: int = link("account")
    department_id: int | None = link("department", gone="SET NULL", optional=True)
    name: Name = prose()
    title: OptionalName = prose(default=None)
    level: PersonLevel = word(PersonLevel, default=PersonLevel.UNKNOWN)
    placeholder: bool = flag()
    external: bool = flag()
    influence: Influence = word(Influence, default=Influence.UNKNOWN)
    stance: Stance = word(Stance, default=Stance.UNKNOWN)
    response_mode: ResponseMode = word(ResponseMode, default=ResponseMode.UNKNOWN)
    orientation: Orientation = word(Orientation, default=Orientation.UNKNOWN)
    win: OptionalNote = prose(default=None)
    relationship: Relationship = word(Relationship, default=Relationship.UNKNOWN)
    relationship_target: Relationship = word(Relationship, default=Relationship.UNKNOWN)
    cadence_days: int | None = None
    left_on: date | None = day(default=None)
    note: OptionalNote = prose(default=None)
    # Added by the third migration, and so the last column.
    confirmed_on: date | None = day(default=None)


class PersonAlias(Value, table=True):
    """Another name that a person goes by; merged people leave theirs here."""

    __tablename__ = "person_alias"
    __table_args__ = table(named("value"), unique("person_id", "value"))

    person_id: int = link("person")
    value: Name = prose()


class PersonRole(Value, table=True):
    """A part that a person plays in buying."""

    __tablename__ = "person_role"
    __table_args__ = table(unique("person_id", "value"))

    person_id: int = link("person")
    value: BuyingRole = word(BuyingRole, foreign_key="buying_role.code", ondelete="RESTRICT")


class ContactPoint(Row, table=True):
    """A phone number, a mail address, a messenger name."""

    __tablename__ = "contact_point"
    __table_args__ = table(named("value"), unique("person_id", "kind", "value"))

    person_id: int = link("person")
    kind: ContactKind = word(ContactKind, foreign_key="contact_kind.code", ondelete="RESTRICT")
    value: Name = prose()


class ReportingLine(Row, table=True):
    """Who reports to whom, from a day on, until before another. A trigger keeps the lines a forest at every date,
    with one manager a person and within one account family, whoever writes (invariant 1)."""

    __tablename__ = "reporting_line"
    __table_args__ = table(
        check("person_id <> manager_id"),
        check("valid_to > valid_from"),
        is_day("valid_from"),
        is_day("valid_to"),
    )

    person_id: int = link("person")
    manager_id: int = link("person")
    valid_from: date = day()
    valid_to: date | None = day(default=None)


class InfluenceEdge(Row, table=True):
    """Who sways whom, beside the lines."""

    __tablename__ = "influence_edge"
    __table_args__ = table(
        check("source_id <> target_id"),
        check("strength BETWEEN 1 AND 3"),
        one_of("kind", EdgeKind),
        unique("source_id", "target_id", "kind"),
    )

    source_id: int = link("person")
    target_id: int = link("person")
    kind: EdgeKind = word(EdgeKind, default=EdgeKind.INFLUENCE)
    strength: int = 2
    note: OptionalNote = prose(default=None)
