"""Touches: log one, plan one, hold what was planned; the next step becomes a task."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus, TaskSource, TaskStatus
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.labels import called
from kamtui.domain.text import NAME_LENGTH, one_line
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.services.fields import time_of_day
from kamtui.services.lists import set_links
from kamtui.services.tasks import forget_source
from kamtui.store.reads.touches import TouchRow, get_touch
from kamtui.store.tables import Account, Interaction, InteractionColleague, InteractionPerson, Task
from kamtui.store.unit_of_work import UnitOfWork

FOLLOW_UP_DAYS = 7  # after a meeting: until then one hears what came of it, or asks


def add_touch(
    work: UnitOfWork,
    account_id: int,
    *,
    kind: InteractionKind = InteractionKind.MEETING,
    direction: Direction = Direction.TWO_WAY,
    on: date | None = None,
    at: str | None = None,
    planned: bool = False,
    people: Sequence[int] = (),
    colleagues: Sequence[int] = (),
    purpose: str | None = None,
    ask: str | None = None,
    commitment: str | None = None,
    summary: str | None = None,
    next_step: str | None = None,
    next_step_due: date | None = None,
) -> TouchRow:
    """Logs a touch, or plans one, on a day (today) and perhaps at a time (`10:30`). Of us it was the person at the
    keyboard, where nobody is named. The next step becomes a task of theirs.

    Raises `Refused` for a touch held in the future, for one planned for the past, and for a planned note.
    """
    account = work.get(Account, account_id)
    on = on or work.today
    status = InteractionStatus.PLANNED if planned else InteractionStatus.HELD
    work.say(_("{kind} with {account}, {day}").format(kind=called(kind), account=account.name, day=on))
    _check_day(work, status, on)
    must_not_plan_a_note(status, kind)
    touch = work.add(
        Interaction,
        account_id=account_id,
        on_date=on,
        at_time=time_of_day(at),
        status=status,
        kind=kind,
        direction=direction,
        purpose=purpose,
        ask=ask,
        commitment=commitment,
        summary=summary,
        next_step=next_step,
    )
    assert touch.id is not None
    _set_people(work, touch.id, people)
    _set_colleagues(work, touch.id, colleagues or [work.me])
    _follow_up(work, touch, next_step, next_step_due)
    return get_touch(work.connection, touch.id)


def edit_touch(
    work: UnitOfWork,
    touch_id: int,
    *,
    on: date | None = None,
    at: str | None = None,
    people: Sequence[int] | None = None,
    colleagues: Sequence[int] | None = None,
    next_step_due: date | None = None,
    **fields: Any,
) -> TouchRow:
    """Sets fields of a touch; each list replaces what was there, a blank `at` takes the time away. A changed next step
    changes its open task, or opens one."""
    touch = work.get(Interaction, touch_id)
    work.say(_("Edit the {kind} of {day}").format(kind=called(touch.kind), day=touch.on_date))
    if on is not None and on != touch.on_date:
        _check_day(work, fields.get("status", touch.status), on)
        fields["on_date"] = on
    if "kind" in fields:
        must_not_plan_a_note(fields.get("status", touch.status), fields["kind"])
    if at is not None:
        fields["at_time"] = time_of_day(at)
    follows = next_step_due is not None or fields.get("next_step", touch.next_step) != touch.next_step
    work.change(touch, **fields)
    if people is not None:
        _set_people(work, touch_id, people)
    if colleagues is not None:
        _set_colleagues(work, touch_id, colleagues)
    if follows:
        _follow_up(work, touch, touch.next_step, next_step_due)
    return get_touch(work.connection, touch_id)


def hold_touch(work: UnitOfWork, touch_id: int, *, on: date | None = None, **fields: Any) -> TouchRow:
    """What was planned was held: on its day, or today where that is still to come. Takes what `edit_touch` takes. What was
    asked, and what they were to commit to, become tasks: a meeting that asked for something is followed up."""
    touch = work.get(Interaction, touch_id)
    follow = [
        text for name in ("ask", "commitment") if (text := fields.get(name, getattr(touch, name))) and text.strip()
    ]
    said = (
        ngettext(
            "Held: the {kind} of {day}, {count} task follows",
            "Held: the {kind} of {day}, {count} tasks follow",
            len(follow),
        )
        if follow
        else _("Held: the {kind} of {day}")
    )
    work.say(said.format(kind=called(touch.kind), day=touch.on_date, count=len(follow)))
    if touch.status is InteractionStatus.HELD:
        raise Refused(_("That touch is held already, on {day}. Nothing was changed.").format(day=touch.on_date))
    on = on or min(touch.on_date, work.today)
    _check_day(work, InteractionStatus.HELD, on)
    if on != touch.on_date:
        # The time was that of the day it was planned for.
        fields.setdefault("at", "")
    held = edit_touch(work, touch_id, on=on, status=InteractionStatus.HELD, **fields)
    _follow_ask_and_commitment(work, held)
    return held


def delete_touch(work: UnitOfWork, touch_id: int) -> str:
    """Deletes a touch; the task of its next step stays. Returns what it was."""
    touch = work.get(Interaction, touch_id)
    label = _("the {kind} of {day}").format(kind=called(touch.kind), day=touch.on_date)
    work.say(_("Delete {what}").format(what=label))
    forget_source(work, TaskSource.TOUCH, touch_id)
    work.execute("DELETE FROM external_ref WHERE entity = 'interaction' AND row_id = ?", (touch_id,))
    work.remove(touch)
    return label


def must_not_plan_a_note(status: InteractionStatus, kind: InteractionKind | None) -> None:
    """Raises `Refused` for a note that is still to come: a note is no touch (invariant 6), and Today would take it for a
    meeting."""
    if status is InteractionStatus.PLANNED and kind is InteractionKind.NOTE:
        raise Refused(
            _("A note is not planned: plan a meeting, a call or a visit, or make a task of it. Nothing was saved.")
        )


def _check_day(work: UnitOfWork, status: InteractionStatus, on: date) -> None:
    if status is InteractionStatus.HELD and on > work.today:
        raise Refused(
            _("{day} is still to come: what was not held yet is planned (--planned). Nothing was saved.").format(day=on)
        )
    if status is InteractionStatus.PLANNED and on < work.today:
        raise Refused(_("{day} is past: nothing can be planned for it. Nothing was saved.").format(day=on))


def _set_people(work: UnitOfWork, touch_id: int, people: Sequence[int]) -> None:
    set_links(work, InteractionPerson, ("interaction_id", touch_id), "person_id", people)


def _set_colleagues(work: UnitOfWork, touch_id: int, colleagues: Sequence[int]) -> None:
    set_links(work, InteractionColleague, ("interaction_id", touch_id), "colleague_id", colleagues)


def _follow_ask_and_commitment(work: UnitOfWork, held: TouchRow) -> None:
    """A task each. They name no source: the task that came of a touch is the one of its next step. Nor an owner on their
    side: such a task would be a joint action, and stand in the customer's brief."""
    due = max(work.today, held.on) + timedelta(days=FOLLOW_UP_DAYS)
    person_id = held.person_ids[0] if len(held.person_ids) == 1 else None
    for text, sentence in (
        (held.ask, _("what came of our ask: {ask}")),
        (held.commitment, _("see that it is kept: {ask}")),
    ):
        if text and text.strip():
            work.add(
                Task,
                account_id=held.account_id,
                person_id=person_id,
                what=one_line(sentence.format(ask=text), NAME_LENGTH),
                due=due,
                our_owner_id=work.me,
            )


def _follow_up(work: UnitOfWork, touch: Interaction, next_step: str | None, due: date | None) -> None:
    """The next step as a task: the open one that came of this touch already, else a new one."""
    if not next_step or not next_step.strip():
        if due is not None:
            raise BadInput(_("next_step_due: there is no next step for it. Nothing was saved."), field="next_step_due")
        return
    what = one_line(next_step, NAME_LENGTH)
    task = work.session.exec(
        select(Task).where(Task.source == TaskSource.TOUCH, Task.source_id == touch.id, Task.status == TaskStatus.OPEN)
    ).first()
    if task is not None:
        work.change(task, what=what, due=due or task.due)
        return
    people = work.execute(
        "SELECT person_id FROM interaction_person WHERE interaction_id = ? ORDER BY id LIMIT 2", (touch.id,)
    ).fetchall()
    work.add(
        Task,
        account_id=touch.account_id,
        person_id=people[0][0] if len(people) == 1 else None,
        what=what,
        due=due,
        source=TaskSource.TOUCH,
        source_id=touch.id,
        our_owner_id=work.me,
    )
