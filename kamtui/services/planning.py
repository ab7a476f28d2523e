"""Which occurrence of an obligation comes next, and when (invariant 11)."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, desc, select

from kamtui.domain import obligation as rules
from kamtui.domain.enums import Anchor, OccurrenceStatus
from kamtui.domain.errors import Refused
from kamtui.domain.recurrence import Period, series_after
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.tables import Obligation, Occurrence
from kamtui.store.unit_of_work import UnitOfWork

# How many dates that passed are written one by one: these last ones, and all that the on-time rate still counts.
_MISSED_KEPT = 12
_RATED = timedelta(days=180)


def open_ones(work: UnitOfWork, obligation_id: int) -> Sequence[Occurrence]:
    """The open occurrences of an obligation, by due date."""
    return work.session.exec(
        select(Occurrence)
        .where(Occurrence.obligation_id == obligation_id, Occurrence.status == OccurrenceStatus.OPEN)
        .order_by(col(Occurrence.due))
    ).all()


def ensure_next(work: UnitOfWork, obligation_id: int, *, resolved_on: date | None = None) -> int | None:
    """Makes the next occurrence of an obligation with a period where none is open, and records the dates that passed
    as missed: the last 12, and all of the last 180 days. Doing it again changes nothing. Returns the id of the open
    one; None where it starts by order or event.

    `resolved_on` is when the last one was missed or waived; one that was done says so itself.
    """
    obligation = work.get(Obligation, obligation_id)
    period = rules.period_of(obligation.cadence)
    if period is None:
        return None
    if opened := open_ones(work, obligation_id):
        return opened[0].id
    # Done early and counted from then, the last one need not be that with the latest due date.
    last = work.session.exec(
        select(Occurrence).where(Occurrence.obligation_id == obligation_id).order_by(desc(col(Occurrence.id)))
    ).first()
    if last is None:
        due = obligation.starts_on or period.after(work.today)
    else:
        resolved_on = last.done_on or resolved_on or work.today
        due, passed = rules.following(
            period,
            obligation.anchor,
            series_start=obligation.starts_on or last.due,
            due=last.due,
            resolved_on=resolved_on,
        )
        taken = _taken(work, obligation_id)
        _record_missed(work, obligation_id, [day for day in passed if day not in taken], last.due)
    following = work.add(
        Occurrence, obligation_id=obligation_id, due=_free_day(work, obligation, due, period), subject=""
    )
    return following.id


def plan_anew(work: UnitOfWork, obligation: Obligation, opened: Occurrence | None, first_due: date | None) -> None:
    """Dates the open occurrence by the cadence as it is now; `opened` is the one there is."""
    assert obligation.id is not None
    period = rules.period_of(obligation.cadence)
    if period is None:
        work.change(obligation, starts_on=None)
        if first_due is None:
            if opened and opened.due > work.today:
                work.remove(opened)
        elif opened:
            move(work, opened, first_due)
        else:
            work.add(Occurrence, obligation_id=obligation.id, due=first_due)
        return
    if first_due is not None:
        due = first_due
    elif opened and opened.due <= work.today:
        due = opened.due
    else:
        due = _next_by(work, obligation, period, opened)
    work.change(obligation, starts_on=due)
    if opened is None:
        work.add(Occurrence, obligation_id=obligation.id, due=due)
    else:
        move(work, opened, due)


def _record_missed(work: UnitOfWork, obligation_id: int, passed: Sequence[date], while_open: date) -> None:
    """Writes the dates that passed as missed. Of a long row the early ones are only counted, in the reason of the
    first that is written; every date that the on-time rate counts has its own row."""
    rated = sum(day > work.today - _RATED for day in passed)
    kept = passed[-max(_MISSED_KEPT, rated) :]
    reason = _("Passed while the one due on {day} was open.").format(day=while_open)
    rows = [
        {"obligation_id": obligation_id, "due": day, "status": OccurrenceStatus.MISSED, "reason": reason}
        for day in kept
    ]
    if before := len(passed) - len(kept):
        rows[0]["reason"] = _("Passed while the one due on {day} was open, and {count} before it.").format(
            day=while_open, count=before
        )
    work.add_many(Occurrence, rows)


def _next_by(work: UnitOfWork, obligation: Obligation, period: Period, opened: Occurrence | None) -> date:
    """A period after the last one that was resolved, not before today; where there is none, a period from today, or
    sooner where the open one is sooner."""
    assert obligation.id is not None
    row = work.execute(
        "SELECT max(due), max(done_on) FROM occurrence WHERE obligation_id = ? AND status <> 'open'", (obligation.id,)
    ).fetchone()
    last = row[1] if obligation.anchor is Anchor.COMPLETION and row[1] else row[0]
    if last is None:
        due = period.after(work.today)
        return min(due, opened.due) if opened else due
    due, _passed = series_after(date.fromisoformat(last), period, work.today - timedelta(days=1), since=work.today)
    return _free_day(work, obligation, due, period)


def move(work: UnitOfWork, occurrence: Occurrence, due: date) -> None:
    """Gives an occurrence another due date; raises `Refused` where another one of the obligation has that date."""
    twin = work.session.exec(
        select(Occurrence).where(
            Occurrence.obligation_id == occurrence.obligation_id,
            Occurrence.due == due,
            Occurrence.subject == occurrence.subject,
            Occurrence.id != occurrence.id,
        )
    ).first()
    if twin:
        raise Refused(
            _("“{what}” has another occurrence on {day}, number {id}. Nothing was changed.").format(
                what=one_line(work.get(Obligation, occurrence.obligation_id).what), day=due, id=twin.id
            )
        )
    work.change(occurrence, due=due)


def _free_day(work: UnitOfWork, obligation: Obligation, due: date, period: Period) -> date:
    """`due`, or the next day that is free: one that was done early and counts from then may meet its own date again."""
    assert obligation.id is not None
    taken = _taken(work, obligation.id)
    while due in taken:
        if obligation.anchor is Anchor.DUE:
            due, _passed = series_after(obligation.starts_on or due, period, due, since=due)
        else:
            due += timedelta(days=1)
    return due


def _taken(work: UnitOfWork, obligation_id: int) -> set[date]:
    """The due dates that cannot be given again."""
    rows = work.execute("SELECT due FROM occurrence WHERE obligation_id = ? AND subject = ''", (obligation_id,))
    return {date.fromisoformat(day) for (day,) in rows}
