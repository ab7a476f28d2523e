"""What can be done to a row of Today: each kind of row with the verb of its kind, marked ones together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, to_each
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.widgets.rows import Line

TODAY = ("today",)
KINDS = ("task", "occurrence", "touch")


def _not_open(app: "Kamtui") -> str | None:
    lines = chosen(app, *KINDS)
    if not lines:
        return _why_not(app)
    return None if all(line.record.state == "open" for line in lines) else _("That is done already; u takes it back.")


def _why_not(app: "Kamtui") -> str:
    kind = app.rows.key[0] if app.rows is not None and app.rows.key else ""
    if kind == "signal":
        return _("A signal goes when what it asks for is done: f does that, s puts it off, w says what clears it.")
    if kind == "issue":
        return _("A complaint waits for an answer: f gives it; in its account it is resolved.")
    return _("That is a date and no promise: Enter opens it.") if kind else _("There is no row under the cursor.")


async def _done(app: "Kamtui") -> None:
    await done(app, chosen(app, *KINDS))


async def done(app: "Kamtui", rows: "Sequence[Line]") -> None:
    """Ticks these rows off, each by the verb of its kind, as one step."""

    def verb(work: Any, line: Any) -> None:
        from kamtui.services import obligations, tasks, touches

        verbs: dict[str, Callable[[Any, int], object]] = {
            "task": tasks.done_task,
            "occurrence": obligations.done_occurrence,
            "touch": touches.hold_touch,
        }
        verbs[line.key[0]](work, line.key[1])

    await to_each(app, KINDS, verb, rows=rows, ends=True)


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, *KINDS)
    day = await ask_day(app, _("new date"))
    if day is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services import obligations, tasks, touches

        kind, row_id = line.key
        if kind == "task":
            tasks.redate_task(work, row_id, day)
        elif kind == "occurrence":
            obligations.redate_occurrence(work, row_id, day)
        else:
            touches.edit_touch(work, row_id, on=day)

    await to_each(app, KINDS, verb, rows=rows)


async def _other_outcome(app: "Kamtui") -> None:
    """Each kind of row ends in its own ways."""
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    rows = chosen(app, *KINDS)
    kinds = {line.key[0] for line in rows if line.key}
    options = {
        "task": [Option("drop_task", _("dropped: it will not be done"))],
        "occurrence": [
            Option("miss_occurrence", _("missed: it will not be done any more")),
            Option("waive_occurrence", _("waived: not owed this time")),
        ],
        "touch": [Option("delete_touch", _("it was not held, and will not be"))],
    }
    if len(kinds) != 1:
        app.tell(_("The marked rows are of more than one kind; each ends in its own way."))
        return
    (kind,) = kinds
    name = await app.ask(Choose(_("Not done, but"), options[kind]))
    if name is None:
        return
    fields: dict[str, Any] = {}
    if kind == "occurrence":
        reason = await ask_text(app, _("reason"), needed=name == "waive_occurrence")
        if reason is None:
            return
        fields["reason"] = reason or None

    def verb(work: Any, line: Any) -> None:
        from kamtui.services import obligations, tasks, touches

        services = {"task": tasks, "occurrence": obligations, "touch": touches}
        getattr(services[kind], name)(work, line.key[1], **fields)

    await to_each(app, [kind], verb, rows=rows, ends=True)


COMMANDS = (
    Command("queue.done", mark("done"), TODAY, _done, ("d",),
            mark("Done: the task, the obligation; what was planned was held."), _not_open, footer=10),
    Command("queue.redate", mark("re-date"), TODAY, _redate, ("r",),
            mark("Give it another date, as fri, +2w, 12-01."), _not_open, footer=30),
    Command("queue.outcome", mark("missed, waived"), TODAY, _other_outcome, ("D",),
            mark("Not done: dropped, missed, waived, not held."), _not_open, footer=45),
)  # fmt: skip
