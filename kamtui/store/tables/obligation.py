"""What we owe the customer, and they us: the obligation, and its occurrences."""

from datetime import date

from kamtui.domain.enums import Anchor, OccurrenceStatus, Side
from kamtui.store.tables.base import (
    Name,
    OptionalNote,
    Row,
    check,
    day,
    is_day,
    link,
    named,
    not_blank,
    one_of,
    prose,
    table,
    unique,
    word,
)


class Obligation(Row, table=True):
    """A standing promise. `cadence` is a period (`3m`), `per_order`, `per_event` or `none`; `within` the working days
    from an order or event; `starts_on` where the series counts from."""

    __tablename__ = "obligation"
    __table_args__ = table(
        named("what"),
        one_of("side", Side),
        one_of("anchor", Anchor),
        check("template_item BETWEEN 1 AND 8"),
        check("cadence IN ('per_order', 'per_event', 'none') OR cadence GLOB '[1-9]*[dwmy]'"),
        check("within > 0"),
        is_day("starts_on"),
    )

    account_id: int = link("account")
    side: Side = word(Side, default=Side.OURS)
    template_item: int | None = None
    what: Name = prose()
    owner_id: int | None = link("colleague", gone="RESTRICT", optional=True)
    their_owner_id: int | None = link("person", gone="SET NULL", optional=True)
    cadence: str = prose(default="none")
    within: int | None = None
    anchor: Anchor = word(Anchor, default=Anchor.DUE)
    starts_on: date | None = day(default=None)
    note: OptionalNote = prose(default=None)


class Occurrence(Row, table=True):
    """One time that an obligation falls due. The same one is never made twice, and with the anchor `completion` one is
    open at a time (invariant 11: a unique key, and a trigger)."""

    __tablename__ = "occurrence"
    __table_args__ = table(
        one_of("status", OccurrenceStatus),
        check("(status = 'done') = (done_on IS NOT NULL)"),
        check(f"status <> 'waived' OR (reason IS NOT NULL AND {not_blank('reason')})"),
        is_day("due"),
        is_day("done_on"),
        is_day("acknowledged_on"),
        unique("obligation_id", "due", "subject"),
    )

    obligation_id: int = link("obligation")
    due: date = day()
    subject: str = prose(default="")
    status: OccurrenceStatus = word(OccurrenceStatus, default=OccurrenceStatus.OPEN)
    done_on: date | None = day(default=None)
    evidence: OptionalNote = prose(default=None)
    acknowledged_by_id: int | None = link("person", gone="SET NULL", optional=True)
    acknowledged_on: date | None = day(default=None)
    reason: OptionalNote = prose(default=None)
