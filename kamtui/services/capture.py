"""Quick capture: one line becomes a task, a touch, a planned touch or a need. Nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from kamtui.domain.capture import Captured, CaptureKind, Mention
from kamtui.domain.enums import InteractionKind, Priority
from kamtui.domain.text import NAME_LENGTH, one_line
from kamtui.services.capture_reading import Understood, names_meant, understand
from kamtui.services.fields import must_say
from kamtui.services.needs import add_need
from kamtui.services.tasks import add_task
from kamtui.services.touches import add_touch
from kamtui.store.reads.names import NameMatch
from kamtui.store.reads.needs import NeedRow
from kamtui.store.reads.tasks import TaskRow
from kamtui.store.reads.touches import TouchRow
from kamtui.store.unit_of_work import UnitOfWork

_IMPORTANCE = {Priority.A: 5, Priority.B: 3, Priority.C: 1}


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the record, and how the line was understood."""

    kind: CaptureKind
    id: int
    row: TaskRow | TouchRow | NeedRow
    understood: Understood


def capture(
    work: UnitOfWork,
    captured: Captured,
    *,
    account_id: int | None = None,
    resolved: Mapping[Mention, NameMatch] | None = None,
) -> Saved:
    """Writes what a line was understood as, at the account `account_id` where it names none.

    `resolved` says whom its names mean, and a name that is missing there stays text; without it the store says it, and
    raises `Ambiguous` where a name may mean several. Without an account a touch or a need becomes a task
    (`capture_reading.understand`). Raises `BadInput` for a blank line.
    """
    must_say(captured.line, "text")
    if resolved is None:
        resolved = names_meant(work.connection, captured, account_id=account_id)
    understood = understand(work.connection, captured, resolved, account_id=account_id)
    row: TaskRow | TouchRow | NeedRow
    if understood.kind is CaptureKind.TASK or understood.account_id is None:
        row = _task(work, captured, understood)
    elif understood.kind is CaptureKind.NEED:
        row = _need(work, captured, understood, understood.account_id)
    else:
        row = _touch(work, captured, understood, understood.account_id)
    return Saved(understood.kind, row.id, row, understood)


def _task(work: UnitOfWork, captured: Captured, understood: Understood) -> TaskRow:
    # What is longer than a name of a task is kept whole in its note.
    long = len(understood.text) > NAME_LENGTH
    return add_task(
        work,
        one_line(understood.text, NAME_LENGTH),
        account_id=understood.account_id,
        person_id=next(iter(understood.person_ids), None),
        due=understood.due,
        priority=captured.priority,
        note=captured.line if long else None,
    )


def _touch(work: UnitOfWork, captured: Captured, understood: Understood, account_id: int) -> TouchRow:
    planned = understood.kind is CaptureKind.PLANNED
    assert captured.touch_kind is not None
    assert captured.direction is not None
    return add_touch(
        work,
        account_id,
        kind=captured.touch_kind,
        direction=captured.direction,
        on=captured.due,
        at=captured.at,
        planned=planned,
        people=understood.person_ids,
        purpose=understood.text if planned else None,
        summary=None if planned else understood.text,
    )


def _need(work: UnitOfWork, captured: Captured, understood: Understood, account_id: int) -> NeedRow:
    ahead = captured.due is not None and captured.due > work.today
    need = add_need(
        work,
        account_id,
        understood.text,
        kind=captured.need_kind,
        signal=captured.signal,
        raised_by_id=next(iter(understood.person_ids), None),
        raised_on=None if ahead else captured.due,
        need_by=captured.due if ahead else None,
        importance=_IMPORTANCE[captured.priority] if captured.priority else None,
    )
    if understood.beside is not None:
        people = understood.person_ids
        add_touch(work, account_id, kind=InteractionKind.NOTE, people=people, summary=understood.beside)
    return need
