"""What can be done to a task of an account."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

TASKS = ("tasks",)
_ROW = needs_row("task")


def _not_open(app: "Kamtui") -> str | None:
    lines = chosen(app, "task")
    if not lines:
        return _("There is no task under the cursor.")
    return None if all(line.record.status == "open" for line in lines) else _("That task is closed; D opens it again.")


async def _done(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.tasks import done_task

        done_task(work, line.record.id)

    await to_each(app, ["task"], verb)


async def _other_outcome(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.choose import Choose, Option

    rows = chosen(app, "task")
    is_open = rows[0].record.status == "open"
    options = [
        Option("drop_task", _("dropped: it will not be done"), disabled_because="" if is_open else _("it is closed")),
        Option("reopen_task", _("open again"), disabled_because=_("it is open") if is_open else ""),
    ]
    name = await app.ask(Choose(_("Not done, but"), options))
    if name is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services import tasks

        getattr(tasks, name)(work, line.record.id)

    await to_each(app, ["task"], verb, rows=rows)


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, "task")
    day = await ask_day(app, _("new date"))
    if day is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.tasks import redate_task

        redate_task(work, line.record.id, day)

    await to_each(app, ["task"], verb, rows=rows)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.tasks import delete_task

        delete_task(work, line.record.id)

    await to_each(app, ["task"], verb)


COMMANDS = (
    Command("task.done", mark("done"), TASKS, _done, ("d",), mark("It is done; one that repeats comes back."), _not_open, footer=10),
    Command("task.outcome", mark("other outcome"), TASKS, _other_outcome, ("D",), mark("Dropped, or open again."), _ROW),
    Command("task.redate", mark("re-date"), TASKS, _redate, ("r",), mark("Give it another date, as fri, +2w, 12-01."), _not_open, footer=15),
    Command("task.delete", mark("delete task"), TASKS, _delete, ("x",), mark("Delete the task; u brings it back."), _ROW),
)  # fmt: skip
