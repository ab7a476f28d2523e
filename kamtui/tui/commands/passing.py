"""A pass as a whole: a row that a colleague takes over, and what is said when the pass ends."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.days import age_label
from kamtui.domain.labels import row_said
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.glance import has_colleagues
from kamtui.tui.commands.doing import chosen, to_each
from kamtui.tui.commands.follow import ROWS
from kamtui.tui.commands.owning import ask_rest, rest
from kamtui.tui.commands.suggested import of_row
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.colleagues import ColleagueRow
    from kamtui.store.reads.queue import QueueRow
    from kamtui.tui.app import Kamtui

HANDED = tuple(kind for kind in ROWS if kind in {"task", "occurrence", "issue", "signal"})


# To a colleague


def _no_one_to_take_it(app: "Kamtui") -> str | None:
    lines = chosen(app, *HANDED)
    if not lines:
        return _("A task, an obligation, a complaint or a signal is handed over; this is none.")
    if any(line.record.state != "open" for line in lines):
        return _("That is done already; u takes it back.")
    # The footer asks at each row: the list of colleagues counts what each of them has to do.
    there = app.session.read(has_colleagues)
    return None if there else _("There is no colleague yet: the command “our people” notes one.")


def _others(app: "Kamtui") -> "list[ColleagueRow]":
    from kamtui.store.reads.colleagues import list_colleagues

    return [one for one in app.session.read(list_colleagues) if not one.is_me]


async def _hand(app: "Kamtui") -> None:
    """Copies a message for a colleague. A task or a signal rests until a day on which one asks; a promise to the customer
    keeps its day, and is theirs from now on."""
    from kamtui.domain.triage import Severity, severity_of
    from kamtui.tui.dialogs.choose import Choose, Option

    lines = chosen(app, *HANDED)
    options = [Option(one, one.name, note=one.skills or "") for one in _others(app)]
    colleague: ColleagueRow | None = await app.ask(Choose(_("Who takes it over"), options))
    if colleague is None:
        return
    day = None
    if any(line.key and line.key[0] in {"task", "signal"} for line in lines):
        asked = await ask_rest(app, critical=False, title=_("When do you ask how far it is"))
        if asked is None:
            return
        day = asked[0]
    message = handed_message([line.record for line in lines], colleague.name)
    reason = _("handed to {name}").format(name=colleague.name)
    today = app.session.today

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.issues import edit_issue
        from kamtui.services.obligations import edit_obligation
        from kamtui.services.tasks import edit_task

        kind, row_id = line.key
        work.say(_("Handed to {name}: {what}").format(name=colleague.name, what=row_said(kind, line.record.what)))
        if kind == "task":
            edit_task(work, row_id, our_owner_id=colleague.id)
        elif kind == "occurrence":
            edit_obligation(work, line.record.obligation_id, owner_id=colleague.id)
        elif kind == "issue":
            edit_issue(work, row_id, owner_id=colleague.id)
        if kind in {"task", "signal"} and day is not None:
            critical = line.record.severity is Severity.CRITICAL or (
                kind == "task" and severity_of(line.record.due, today, line.record.priority) is Severity.CRITICAL
            )
            rest(work, line, day, reason if critical or kind == "signal" else None)

    if await to_each(app, HANDED, verb, rows=lines):
        app.copy_to_clipboard(message)
        app.tell(_("The message for {name} is copied.").format(name=colleague.name))


def handed_message(rows: "list[QueueRow]", name: str) -> str:
    """What a colleague is written who takes rows over: what, of whom, since when."""
    lines = [_("{name}, could you take this over?").format(name=name), ""]
    for row in rows:
        late = _(" (for {age} now)").format(age=age_label(row.days_overdue)) if row.days_overdue else ""
        wanted = of_row(row)
        lines.append(f"- {row.account or ''}: {wanted.what}{late}".replace("- : ", "- "))
        if wanted.task != wanted.what:
            lines.append(f"  {wanted.task}")
    return "\n".join([*lines, "", _("Tell me please when it is done, or what holds it up.")])


# The end


def _no_pass(app: "Kamtui") -> str | None:
    from kamtui.tui.places.today import TodayPlace

    place = app.place
    there = isinstance(place, TodayPlace) and place.current_pass is not None
    return None if there else _("There is no pass here.")


async def _end(app: "Kamtui") -> None:
    """What was done, what is left, and at most three questions of one line each; Esc skips one."""
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.pass_questions import ask_question, questions_of
    from kamtui.tui.places.today import TodayPlace

    place = app.place
    if not isinstance(place, TodayPlace) or place.current_pass is None:
        return
    place.ended = True
    lines = place.current_pass
    left = lines.total - lines.done
    said = [
        ngettext("{count} row done", "{count} rows done", lines.done).format(count=lines.done),
        ngettext("{count} left", "{count} left", left).format(count=left),
    ]
    if gaps := lines.gaps:
        said.append(ngettext("{count} gap, no alarm", "{count} gaps, no alarms", gaps).format(count=gaps))
    questions = app.session.read(questions_of, app.session.today)
    summary = _("The pass ends: {what}.").format(what=", ".join(said))
    if not questions:
        app.tell(summary)
        return
    asks = ngettext("{count} short question", "{count} short questions", len(questions)).format(count=len(questions))
    options = [
        Option("skip", _("enough for now"), key="enter"),
        Option("ask", asks, key="y", note=_("about accounts that you met lately; Esc skips one")),
    ]
    if await app.ask(Choose(summary, options)) == "ask":
        for question in questions:
            await ask_question(app, question)


COMMANDS = (
    Command("queue.hand", mark("hand over"), ("today",), _hand, ("O",),
            mark("Hand it to a colleague: a message is copied, and the row waits."), _no_one_to_take_it, footer=42),
    Command("queue.end", mark("end the pass"), ("today",), _end, ("Q",),
            mark("End the pass: what was done, what is left, three short questions at most."), _no_pass),
)  # fmt: skip
