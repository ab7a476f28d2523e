"""`kamtui task`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import OF_ACCOUNT, Column, note, show_record, show_rows, spoken, wrote
from kamtui.domain.days import age_label
from kamtui.domain.enums import Anchor, Priority
from kamtui.domain.labels import LATE
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.resolve import find
from kamtui.store.reads.tasks import TaskRow, get_task, list_tasks

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

TaskArgument = Annotated[str, typer.Argument(metavar=_("TASK"), help=_("Number, uid or words."))]
STATUS = {"open": "[ ]", "done": "[x]", "dropped": "[-]"}


def _mark(row: TaskRow) -> str:
    return LATE if row.days_overdue else STATUS[row.status]


COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column("", _mark),
    Column("", lambda row: row.priority),
    Column(_("account"), lambda row: row.account),
    Column(_("what"), lambda row: row.what),
    Column(_("person"), lambda row: row.person),
    Column(_("due"), lambda row: row.due),
    Column(_("late"), lambda row: age_label(row.days_overdue) if row.days_overdue else "", right=True),
    Column(_("repeat"), lambda row: row.repeat),
    Column(_("snoozed"), lambda row: row.snoozed_until),
]


@app.command("list", help=_("Open tasks, by due date."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    person: Annotated[
        str | None, typer.Option(metavar=_("PERSON"), help=_("Only what is about this person, or theirs to do."))
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help=_("Those that are done or dropped too."))] = False,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 200,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_tasks(
            connection,
            desk(ctx).today,
            account_id=account_id,
            person_id=found(connection, "person", person, account_id=account_id, fuzzy=True),
            open_only=not closed,
            limit=limit + 1,
        )
    show_rows(rows[:limit], COLUMNS, json=desk(ctx).json, empty=_("No tasks. `kamtui task add WHAT` adds one."))
    if len(rows) > limit:
        note(_("There is more; --limit shows it."))


@app.command("show", help=_("One task."))
def show(ctx: typer.Context, task: TaskArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_task(connection, find(connection, "task", task, fuzzy=True), desk(ctx).today)
    show_record(row, _pairs(row), json=desk(ctx).json)


@app.command("add", help=_("Add a task."))
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar=_("WHAT"))],
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("For which account."))] = None,
    person: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("About whom."))] = None,
    due: Annotated[str | None, typer.Option(metavar=_("DATE"), help=_("2026-12-01, fri, +2w, 下周三."))] = None,
    priority: Annotated[Priority | None, typer.Option(help=_("A is the highest."))] = None,
    repeat: Annotated[str | None, typer.Option(metavar=_("PERIOD"), help=_("2w, monthly, every 3 months."))] = None,
    anchor: Annotated[Anchor, typer.Option("--from", help=_("What the next due date counts from."))] = Anchor.DUE,
    owner: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us; you, if not given."))] = None,
    their_owner: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.tasks import add_task

    with desk(ctx).writing() as work:
        account_id = found(work.connection, "account", account)
        row = add_task(
            work,
            what,
            account_id=account_id,
            person_id=found(work.connection, "person", person, account_id=account_id),
            due=desk(ctx).day(due, field="due"),
            priority=priority,
            repeat=repeat,
            anchor=anchor,
            our_owner_id=found(work.connection, "colleague", owner),
            their_owner_id=found(work.connection, "person", their_owner, account_id=account_id),
            note=read_text(note),
        )
    said = _("Added task {id}: {what}, due {day}") if row.due else _("Added task {id}: {what}")
    said += OF_ACCOUNT if row.account else ""
    wrote(said.format(id=row.id, what=row.what, day=row.due, account=row.account), row, json=desk(ctx).json)


@app.command("edit", help=_("Change a task; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    task: TaskArgument,
    what: Annotated[str | None, typer.Option(help=_("What is to be done."))] = None,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("For which account."))] = None,
    person: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("About whom."))] = None,
    due: Annotated[str | None, typer.Option(metavar=_("DATE"), help=_("2026-12-01, fri, +2w, 下周三."))] = None,
    priority: Annotated[str | None, typer.Option(metavar="A|B|C", help=_("A is the highest."))] = None,
    repeat: Annotated[str | None, typer.Option(metavar=_("PERIOD"), help=_("2w, monthly, every 3 months."))] = None,
    anchor: Annotated[Anchor | None, typer.Option("--from", help=_("What the next due date counts from."))] = None,
    owner: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us."))] = None,
    their_owner: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who of them."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the note in $EDITOR."))] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help=_("Open it again."))] = False,
) -> None:
    from kamtui.services.tasks import edit_task, reopen_task

    with desk(ctx).writing() as work:
        task_id = find(work.connection, "task", task)
        before = get_task(work.connection, task_id, work.today)
        account_id = found(work.connection, "account", account or None) or before.account_id
        if reopen:
            reopen_task(work, task_id)
        row = edit_task(
            work,
            task_id,
            **given(
                what=what,
                account_id="" if account == "" else found(work.connection, "account", account),
                person_id="" if person == "" else found(work.connection, "person", person, account_id=account_id),
                due="" if due == "" else desk(ctx).day(due, field="due"),
                priority=priority,
                repeat=repeat,
                anchor=anchor,
                our_owner_id="" if owner == "" else found(work.connection, "colleague", owner),
                their_owner_id=(
                    "" if their_owner == "" else found(work.connection, "person", their_owner, account_id=account_id)
                ),
                note=read_text(note, editor=editor, start=before.note or ""),
            ),
        )
    wrote(_("Changed task {id}: {what}").format(id=row.id, what=row.what), row, json=desk(ctx).json)


@app.command("done", help=_("Tick tasks off; a repeated one comes back by itself."))
def done(
    ctx: typer.Context,
    task: Annotated[list[str], typer.Argument(metavar=_("TASK..."), help=_("Numbers, uids or words."))],
    on: Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("When; today, if not given."))] = None,
) -> None:
    from kamtui.services.tasks import done_task

    with desk(ctx).writing() as work:
        day = desk(ctx).day(on, field="on", past=True)
        closed = [done_task(work, find(work.connection, "task", one), on=day) for one in task]
        if len(closed) > 1:
            work.label = ngettext("Done: {count} task", "Done: {count} tasks", len(closed)).format(count=len(closed))
    lines = []
    for row, following in closed:
        line = _("Done {id}: {what}").format(id=row.id, what=row.what)
        if following is not None:
            line = _("{done}; next {id} due {day}").format(done=line, id=following.id, day=following.due)
        lines.append(line)
    records = [{"task": row, "next": following} for row, following in closed]
    wrote("; ".join(lines), records[0] if len(records) == 1 else records, json=desk(ctx).json)


@app.command("snooze", help=_("Keep a task out of sight until a day to come; what is critical needs a reason."))
def snooze(
    ctx: typer.Context,
    task: TaskArgument,
    until: Annotated[str, typer.Argument(metavar=_("DATE"), help=_("2026-12-01, fri, +2w, 下周三."))],
    reason: Annotated[str | None, typer.Option(help=_("Why; kept in the note."))] = None,
) -> None:
    from kamtui.services.tasks import snooze_task

    day = desk(ctx).day(until or " ", field="until")
    assert day is not None
    with desk(ctx).writing() as work:
        row = snooze_task(work, find(work.connection, "task", task), day, reason=reason)
    said = _("Snoozed {id} until {day}: {what}").format(id=row.id, day=row.snoozed_until, what=row.what)
    wrote(said, row, json=desk(ctx).json)


@app.command("drop", help=_("Close a task that will not be done; a repeated one ends."))
def drop(ctx: typer.Context, task: TaskArgument) -> None:
    from kamtui.services.tasks import drop_task

    with desk(ctx).writing() as work:
        row = drop_task(work, find(work.connection, "task", task))
    wrote(_("Dropped {id}: {what}").format(id=row.id, what=row.what), row, json=desk(ctx).json)


@app.command("delete", help=_("Delete a task; undo brings it back."))
def delete(ctx: typer.Context, task: TaskArgument) -> None:
    from kamtui.services.tasks import delete_task

    with desk(ctx).writing() as work:
        task_id = find(work.connection, "task", task)
        what = delete_task(work, task_id)
    wrote(
        _("Deleted task {id}: {what} (undo brings it back)").format(id=task_id, what=what),
        {"id": task_id, "what": what},
        json=desk(ctx).json,
    )


def _pairs(row: TaskRow) -> list[tuple[str, object]]:
    return [
        (_("task"), f"{_mark(row)} {row.what} ({row.id})"),
        (_("account"), row.account),
        (_("person"), row.person),
        (_("due"), row.due),
        (_("late"), age_label(row.days_overdue) if row.days_overdue else None),
        (_("priority"), row.priority),
        (_("repeat"), f"{row.repeat} ({spoken(row.anchor)})" if row.repeat else None),
        (_("snoozed"), row.snoozed_until),
        (_("closed"), row.closed_on),
        (_("from"), f"{spoken(row.source)} {row.source_id or ''}".strip() if row.source else None),
        (_("owner"), row.our_owner),
        (_("their owner"), row.their_owner),
        (_("note"), row.note),
    ]
