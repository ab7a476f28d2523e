"""What can be done to a row of Today: each kind of row with the verb of its kind, marked ones together."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.queue import QueueRow
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

TODAY = ("today",)


def _chosen(app: "Kamtui") -> list[QueueRow]:
    return [line.record for line in app.rows.chosen if line.record.state == "open"] if app.rows else []


def _no_row(app: "Kamtui") -> str | None:
    if not app.rows or not app.rows.chosen:
        return _("There is no row under the cursor.")
    return None if _chosen(app) else _("That is done already; u takes it back.")


def _no_task(app: "Kamtui") -> str | None:
    if reason := _no_row(app):
        return reason
    wrong = [row for row in _chosen(app) if row.kind != "task"]
    return _("Only a task can be put off; r gives an obligation another date.") if wrong else None


async def _act(app: "Kamtui", verb: Callable[[Any, QueueRow], Any], rows: Sequence[QueueRow]) -> None:
    """Does it to all of them as one step, and goes on to the next row."""

    def all_of_them(work: Any) -> None:
        if len(rows) > 1:
            work.say(_("{count} rows of Today").format(count=len(rows)))
        for row in rows:
            verb(work, row)

    if await app.do(all_of_them) is not None and app.place is not None:
        if app.rows is not None:
            app.rows.mark(())
        app.place.after_action()


def done(work: Any, row: QueueRow) -> None:
    """It was done, or held."""
    from kamtui.services import obligations, tasks, touches

    if row.kind == "task":
        tasks.done_task(work, row.id)
    elif row.kind == "occurrence":
        obligations.done_occurrence(work, row.id)
    else:
        touches.hold_touch(work, row.id)


def redate(work: Any, row: QueueRow, day: date) -> None:
    """It is due on another day."""
    from kamtui.services import obligations, tasks, touches

    if row.kind == "task":
        tasks.redate_task(work, row.id, day)
    elif row.kind == "occurrence":
        obligations.redate_occurrence(work, row.id, day)
    else:
        touches.edit_touch(work, row.id, on=day)


async def _done(app: "Kamtui") -> None:
    await _act(app, done, _chosen(app))


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = _chosen(app)
    day = await ask_day(app, _("new date"))
    if day is not None:
        app.repeatable = lambda again: _act(again, lambda work, row: redate(work, row, day), _chosen(again))
        await _act(app, lambda work, row: redate(work, row, day), rows)


COMMANDS = (
    Command("queue.done", mark("done"), TODAY, _done, ("d",),
            mark("Done: the task, the obligation; what was planned was held."), _no_row, footer=10, repeats=True),
    Command("queue.redate", mark("re-date"), TODAY, _redate, ("r",),
            mark("Give it another date, as fri, +2w, 12-01."), _no_row, footer=30),
)  # fmt: skip
