"""Following the suggestion of a row, of several, of the first signal of an account; making a task of it."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import TaskSource
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.tui import running
from kamtui.tui.commands.doing import chosen, to_each
from kamtui.tui.commands.suggested import follow, make_task, of_row, of_signal, task_due
from kamtui.tui.registry import Command
from kamtui.tui.suggestions import How, suggestion, suggestion_for

if TYPE_CHECKING:
    from kamtui.store.reads.signals import SignalRow
    from kamtui.tui.app import Kamtui

# The kinds of rows that Today has; `date`s of the view by day are opened.
ROWS = ("task", "occurrence", "touch", "issue", "signal", "sort", "review", "contract", "return", "need", "deferred")
# Where an account is, with all panes in which `f` has no meaning of its own: in that of obligations it starts one.
PANES = ("map", "needs", "tasks", "timeline", "give", "trouble", "money", "facts")


def first_signal(app: "Kamtui") -> "SignalRow | None":
    """The gravest signal of the account that one is at."""
    from kamtui.tui.places.work import WorkPlace

    place = app.place
    return place.standing.first if isinstance(place, WorkPlace) and place.standing is not None else None


def _nothing_suggested(app: "Kamtui") -> str | None:
    lines = chosen(app, *ROWS)
    if not lines:
        return _("There is no row under the cursor.")
    return None if all(line.record.state == "open" for line in lines) else _("That is done already; u takes it back.")


async def _follow_rows(app: "Kamtui") -> None:
    """The suggestion of the row; of several marked ones one after the other, each under the cursor while it is asked about.
    What is merely done is done at once, and what leads to another place ends it: the rest stays marked."""
    from kamtui.tui.commands.queue import done

    rows, lines = app.rows, chosen(app, *ROWS)
    if rows is None:
        return
    if all(suggestion(line.record).how is How.DONE for line in lines):
        await done(app, lines)
        return
    waiting = [line.key for line in lines if line.key]
    while waiting and app.rows is rows:
        key = waiting.pop(0)
        rows.mark(waiting)
        if not rows.go_to(key) or rows.record.state != "open":
            app.tell(_("That is done already; u takes it back."))
        else:
            running.turn_to(key)
            await follow(app, of_row(rows.record), suggestion(rows.record))
    if app.place is not None and app.rows is rows:
        app.place.after_action()


def _no_signal(app: "Kamtui") -> str | None:
    return None if first_signal(app) else _("No signal speaks of this account.")


async def _follow_signal(app: "Kamtui") -> None:
    signal = first_signal(app)
    if signal is not None:
        await follow(app, of_signal(signal), suggestion_for(signal.aspect))


def _nothing_to_make(app: "Kamtui") -> str | None:
    if reason := _nothing_suggested(app):
        return reason
    return None if chosen(app, *(kind for kind in ROWS if kind not in {"task", "sort"})) else _("It is a task already.")


async def _make_task(app: "Kamtui") -> None:
    """A task of a row: one with its form, several marked ones at once."""
    lines = chosen(app, *(kind for kind in ROWS if kind not in {"task", "sort"}))
    tasks = len(chosen(app, "task"))
    if len(lines) == 1 and not tasks:
        await make_task(app, of_row(lines[0].record))
        if app.place is not None:
            app.place.after_action()
        return
    due = task_due(app)

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.tasks import add_task

        wanted = of_row(line.record)
        add_task(
            work, wanted.task, account_id=wanted.account_id, due=due,
            source=TaskSource.SIGNAL, source_id=wanted.subject_id,
        )  # fmt: skip

    if await to_each(app, [line.key[0] for line in lines if line.key], verb) and tasks:
        made = ngettext("{count} task made", "{count} tasks made", len(lines)).format(count=len(lines))
        there = ngettext("{count} is a task already", "{count} are tasks already", tasks).format(count=tasks)
        app.tell(f"{made}; {there}")


COMMANDS = (
    Command("queue.follow", mark("do it"), ("today",), _follow_rows, ("f",),
            mark("Do what is suggested: the line or the form for it opens, filled."), _nothing_suggested, footer=5),
    Command("queue.task", mark("make a task"), ("today",), _make_task, ("n",),
            mark("Make a task of it, with the words of the suggestion."), _nothing_to_make),
    Command("signal.follow", mark("do it"), PANES, _follow_signal, ("f",),
            mark("Do what the first signal of the account suggests."), _no_signal),
)  # fmt: skip
