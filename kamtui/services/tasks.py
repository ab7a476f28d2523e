"""Tasks: add, edit, done, drop, snooze, reopen, delete; how a repeated one comes back."""

from datetime import date
from typing import Any

from kamtui.domain.enums import Anchor, Priority, TaskSource, TaskStatus
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.recurrence import parse_period, series_after
from kamtui.domain.text import clean_name, one_line
from kamtui.domain.triage import LONGEST_CRITICAL_SNOOZE, Severity, severity_of
from kamtui.language import gettext as _
from kamtui.store.reads.tasks import TaskRow, get_task
from kamtui.store.tables import Person, Task
from kamtui.store.unit_of_work import UnitOfWork


def add_task(
    work: UnitOfWork,
    what: str,
    *,
    account_id: int | None = None,
    person_id: int | None = None,
    due: date | None = None,
    priority: Priority | None = None,
    repeat: str | None = None,
    anchor: Anchor = Anchor.DUE,
    our_owner_id: int | None = None,
    their_owner_id: int | None = None,
    source: TaskSource | None = None,
    source_id: int | None = None,
    note: str | None = None,
) -> TaskRow:
    """Adds a task; ours to do unless another colleague is named, and of the account of its person.

    `repeat` is a period as a person writes it (`2w`, 每月), counted from the due date or from the completion. Raises
    `BadInput` where a task is to come back and has no due date.
    """
    work.say(_("Add task {what}").format(what=clean_name(what, field="what")[0]))
    if account_id is None and person_id is not None:
        account_id = work.get(Person, person_id).account_id
    period = _period(repeat, due)
    task = work.add(
        Task,
        what=what,
        account_id=account_id,
        person_id=person_id,
        due=due,
        priority=priority,
        repeat=period,
        anchor=anchor,
        series_start=due if period else None,
        our_owner_id=our_owner_id or work.me,
        their_owner_id=their_owner_id,
        source=source,
        source_id=source_id,
        note=note,
    )
    return _row(work, task)


def edit_task(work: UnitOfWork, task_id: int, **fields: Any) -> TaskRow:
    """Sets fields of a task: what, account_id, person_id, due, priority, repeat, anchor, our_owner_id,
    their_owner_id, note. A due date is set as by `redate_task`."""
    task = work.get(Task, task_id)
    work.say(_("Edit task {what}").format(what=task.what))
    if "repeat" in fields:
        fields["repeat"] = _period(fields["repeat"], fields.get("due", task.due))
        if fields["repeat"] != task.repeat:
            fields["series_start"] = fields.get("due", task.due) if fields["repeat"] else None
    due = fields.get("due", task.due)
    if due is None and fields.get("repeat", task.repeat):
        raise _no_due()
    if due != task.due:
        fields = {"snoozed_until": None, "series_start": _series_start(task, due), **fields}
    work.change(task, **fields)
    return _row(work, task)


def redate_task(work: UnitOfWork, task_id: int, due: date) -> TaskRow:
    """Gives an open task another due date, and ends its snooze. A later day is for this once; an earlier one moves
    the series, for else the day that it was moved from would come as well."""
    task = _open(work, task_id)
    work.say(_("Re-date task {what} to {day}").format(what=task.what, day=due))
    return edit_task(work, task_id, due=due)


def done_task(work: UnitOfWork, task_id: int, *, on: date | None = None) -> tuple[TaskRow, TaskRow | None]:
    """Ticks a task off; returns it, and the next one where it repeats.

    However many repeats were missed, one comes: from completion a period after that day, from the due date the first
    of the series after both the due date and that day.
    """
    task = _open(work, task_id)
    work.say(_("Done: {what}").format(what=task.what))
    on = on or work.today
    if on > work.today:
        raise BadInput(_("on: {day} has not come yet. Nothing was changed.").format(day=on), field="on")
    work.change(task, status=TaskStatus.DONE, closed_on=on, snoozed_until=None)
    done = _row(work, task)
    if task.repeat is None or task.due is None:
        return done, None
    period, series_start = parse_period(task.repeat), task.series_start or task.due
    if task.anchor is Anchor.COMPLETION:
        due = period.after(on)
    else:
        due, _passed = series_after(series_start, period, max(task.due, on), since=on)
    kept = ("account_id", "person_id", "what", "priority", "repeat", "anchor", "source", "source_id", "our_owner_id")
    following = work.add(
        Task,
        due=due,
        series_start=series_start,
        their_owner_id=task.their_owner_id,
        note=task.note,
        **{name: getattr(task, name) for name in kept},
    )
    return done, _row(work, following)


def drop_task(work: UnitOfWork, task_id: int) -> TaskRow:
    """Closes a task that will not be done; a repeated one does not come back."""
    task = _open(work, task_id)
    work.say(_("Drop task {what}").format(what=task.what))
    work.change(task, status=TaskStatus.DROPPED, closed_on=work.today, snoozed_until=None)
    return _row(work, task)


def snooze_task(work: UnitOfWork, task_id: int, until: date, *, reason: str | None = None) -> TaskRow:
    """Keeps a task out of the queue until a day to come. What is critical needs a reason, and comes back within 14
    days (PRODUCT.md §4, Triage); the reason is kept in the note."""
    task = _open(work, task_id)
    work.say(_("Snooze task {what} until {day}").format(what=task.what, day=until))
    if until <= work.today:
        raise BadInput(
            _("until: {day} is not a day to come. Nothing was changed.").format(day=until),
            field="until",
        )
    reason = (reason or "").strip()
    if task.due is not None and severity_of(task.due, work.today, task.priority) is Severity.CRITICAL:
        latest = work.today + LONGEST_CRITICAL_SNOOZE
        if not reason:
            raise Refused(
                _("“{what}” is critical (priority A, overdue): a snooze needs a reason. Nothing was changed.").format(
                    what=one_line(task.what)
                )
            )
        if until > latest:
            raise Refused(
                _("“{what}” is critical: it may rest until {day} at the latest. Nothing was changed.").format(
                    what=one_line(task.what), day=latest
                )
            )
    fields: dict[str, Any] = {"snoozed_until": until}
    if reason:
        line = _("{today}: snoozed until {day}: {reason}").format(today=work.today, day=until, reason=reason)
        fields["note"] = f"{task.note}\n{line}" if task.note else line
    work.change(task, **fields)
    return _row(work, task)


def reopen_task(work: UnitOfWork, task_id: int) -> TaskRow:
    """Opens a closed task again. One that was done has handed its series to the next one, and stays single."""
    task = work.get(Task, task_id)
    work.say(_("Open task {what} again").format(what=task.what))
    if task.status is TaskStatus.OPEN:
        raise Refused(_("“{what}” is open.").format(what=one_line(task.what)))
    series = {"repeat": None, "series_start": None} if task.status is TaskStatus.DONE else {}
    work.change(task, status=TaskStatus.OPEN, closed_on=None, **series)
    return _row(work, task)


def delete_task(work: UnitOfWork, task_id: int) -> str:
    """Deletes a task; returns what it was."""
    task = work.get(Task, task_id)
    what = task.what
    work.say(_("Delete task {what}").format(what=what))
    work.execute("DELETE FROM external_ref WHERE entity = 'task' AND row_id = ?", (task_id,))
    work.remove(task)
    return what


def forget_source(work: UnitOfWork, source: TaskSource, source_id: int) -> None:
    """Tasks that came of a record stay when that goes; they only name its kind then."""
    work.execute("UPDATE task SET source_id = NULL WHERE source = ? AND source_id = ?", (source, source_id))


def _row(work: UnitOfWork, task: Task) -> TaskRow:
    assert task.id is not None
    return get_task(work.connection, task.id, work.today)


def _open(work: UnitOfWork, task_id: int) -> Task:
    task = work.get(Task, task_id)
    if task.status is not TaskStatus.OPEN:
        said = (
            _("“{what}” was done on {day}. Nothing was changed; `kamtui undo` takes steps back.")
            if task.status is TaskStatus.DONE
            else _("“{what}” was dropped on {day}. Nothing was changed; `kamtui undo` takes steps back.")
        )
        raise Refused(said.format(what=one_line(task.what), day=task.closed_on))
    return task


def _series_start(task: Task, due: date | None) -> date | None:
    if task.repeat is None or due is None:
        return None
    return due if task.due is None or due < task.due else task.series_start


def _period(repeat: str | None, due: date | None) -> str | None:
    if not repeat:
        return None
    period = str(parse_period(repeat))
    if due is None:
        raise _no_due()
    return period


def _no_due() -> BadInput:
    return BadInput(_("due: a task that comes back needs a due date. Nothing was saved."), field="due")
