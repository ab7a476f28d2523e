"""Tasks: what to do next, with an owner on each side."""

from datetime import date

from kamtui.domain.enums import Anchor, Priority, TaskSource, TaskStatus
from kamtui.store.tables.base import (
    Name,
    OptionalNote,
    Row,
    check,
    day,
    is_day,
    link,
    named,
    one_of,
    prose,
    table,
    word,
)


class Task(Row, table=True):
    """One thing to do. `repeat` is a period (`2w`); `series_start` the first due date, which a series by due date
    counts from; `source_id` the need, obligation or touch it came from."""

    __tablename__ = "task"
    __table_args__ = table(
        named("what"),
        one_of("priority", Priority),
        one_of("status", TaskStatus),
        one_of("anchor", Anchor),
        one_of("source", TaskSource),
        check("(status = 'open') = (closed_on IS NULL)"),
        check("repeat IS NULL OR (due IS NOT NULL AND repeat GLOB '[1-9]*[dwmy]')"),
        is_day("due"),
        is_day("closed_on"),
        is_day("snoozed_until"),
        is_day("series_start"),
    )

    account_id: int | None = link("account", optional=True)
    person_id: int | None = link("person", gone="SET NULL", optional=True)
    what: Name = prose()
    due: date | None = day(default=None)
    priority: Priority | None = word(Priority, default=None)
    status: TaskStatus = word(TaskStatus, default=TaskStatus.OPEN)
    closed_on: date | None = day(default=None)
    snoozed_until: date | None = day(default=None)
    repeat: str | None = prose(default=None)
    anchor: Anchor = word(Anchor, default=Anchor.DUE)
    series_start: date | None = day(default=None)
    source: TaskSource | None = word(TaskSource, default=None)
    source_id: int | None = None
    our_owner_id: int | None = link("colleague", gone="RESTRICT", optional=True)
    their_owner_id: int | None = link("person", gone="SET NULL", optional=True)
    note: OptionalNote = prose(default=None)
