"""The tasks of an account, by due date."""

from collections.abc import Iterator

from kamtui.domain.days import age_label
from kamtui.domain.enums import TaskSource
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.tasks import TaskRow, count_open_tasks, get_task, list_tasks
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

OPEN, ALL = range(2)
_SOURCES = {
    TaskSource.SIGNAL: mark("a signal"),
    TaskSource.NEED: mark("a need"),
    TaskSource.OBLIGATION: mark("an obligation"),
    TaskSource.TOUCH: mark("a touch"),
    TaskSource.ROLE: mark("a role"),
}


def columns(view: View) -> list[Column]:
    """Priority, due, what, whose on each side."""
    return [
        Column("", lambda row: row.priority or "-", width=1),
        Column(mark("due"), _due, width=7, right=True),
        Column(mark("what"), lambda row: row.what, flex=6, least=16),
        Column(mark("ours"), lambda row: row.our_owner or "", flex=1, least=7, most=16, gives_way=2),
        Column(mark("theirs"), lambda row: row.their_owner or row.person or "", flex=1, least=7, most=16, gives_way=1),
    ]


def _due(row: TaskRow) -> Cell:
    if row.status != "open":
        return called(row.status), "done"
    if row.due is None:
        return _("none"), "muted"
    if row.snoozed_until:
        return "z " + row.snoozed_until.strftime("%m-%d"), "muted"
    if row.days_overdue:
        critical = row.priority == "A"
        return age_label(row.days_overdue) + ("!!" if critical else "!"), "critical" if critical else "warn"
    return row.due.strftime("%m-%d"), ""


def read(view: View) -> Shown:
    """Open tasks; with the second view closed ones too."""
    everything = view.views.get("tasks", OPEN) == ALL
    rows = view.session.read(
        list_tasks, view.today, account_id=view.account_id, open_only=not everything, limit=view.most
    )
    if everything:
        rows.sort(key=lambda row: row.status != "open")
    kept = [row for row in rows if view.keeps("tasks", row.what, row.our_owner, row.their_owner, row.person, row.note)]
    lines = [Line(("task", row.id), row, style="" if row.status == "open" else "done") for row in kept]
    count, theirs, late = view.session.read(count_open_tasks, view.account_id, view.today)
    said = _("{count} open, waiting for them {theirs}").format(count=count, theirs=theirs)
    return Shown(lines, said, f"{count}{'!' if late else ''}")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The task, whole."""
    row = view.session.read(get_task, line.record.id, view.today)
    yield Said(row.what, "title")
    facts = [called(row.status), _("due {day}").format(day=row.due) if row.due else _("no date")]
    if row.priority:
        facts.append(_("priority {priority}").format(priority=row.priority))
    if row.snoozed_until:
        facts.append(_("snoozed until {day}").format(day=row.snoozed_until))
    if row.repeat:
        facts.append(
            _("every {period}, from the {anchor}").format(period=row.repeat, anchor=label_of(words.ANCHOR, row.anchor))
        )
    yield Said(", ".join(facts), "muted")
    owners = [_("ours {name}").format(name=row.our_owner)] if row.our_owner else []
    owners += [_("theirs {name}").format(name=row.their_owner)] if row.their_owner else []
    owners += [_("about {name}").format(name=row.person)] if row.person else []
    if owners:
        yield Said(", ".join(owners))
    if row.source:
        yield Said(_("came of: {source}").format(source=_(_SOURCES[row.source])), "muted")
    if row.note:
        yield Said()
        yield Said(row.note)


PANE = Pane(
    "tasks",
    "4",
    mark("Tasks"),
    columns,
    read,
    detail,
    mark("No task is open.\na  one in a line: call May fri !A"),
    (mark("open"), mark("all")),
    whole=1,
)
