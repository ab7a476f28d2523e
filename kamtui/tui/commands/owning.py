"""Whose a task or an obligation is, and when it comes back: the same on Today and in an account."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kamtui.domain.triage import Severity, severity_of
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, to_each
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

ENTITIES = ("task", "occurrence", "obligation")


def _no_owner(app: "Kamtui") -> str | None:
    return None if chosen(app, *ENTITIES) else _("Only a task or an obligation has an owner.")


async def _owner(app: "Kamtui") -> None:
    from kamtui.store.reads.colleagues import list_colleagues
    from kamtui.tui.dialogs.choose import Choose, Option

    ours = app.session.read(list_colleagues)
    options = [Option(one.id, one.name, note=_("me") if one.is_me else one.skills or "") for one in ours]
    owner = await app.ask(Choose(_("Who of us"), options))
    if owner is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.obligations import edit_obligation
        from kamtui.services.tasks import edit_task

        entity, row_id = line.key
        if entity == "task":
            edit_task(work, row_id, our_owner_id=owner)
        else:
            edit_obligation(work, line.record.obligation_id if entity == "occurrence" else row_id, owner_id=owner)

    await to_each(app, ENTITIES, verb)


def _no_snooze(app: "Kamtui") -> str | None:
    if not chosen(app, "task"):
        return _("Only a task is put off; r gives an obligation or a meeting another date.")
    return None


async def _snooze(app: "Kamtui") -> None:
    """1 tomorrow, 2 Monday, 3 two weeks, or a date; a reason only where it is critical."""
    from kamtui.tui.dialogs.ask import ask_day, ask_text, day_said
    from kamtui.tui.dialogs.choose import Choose, Option

    today = app.session.today
    days = (today + timedelta(days=1), today + timedelta(days=7 - today.weekday()), today + timedelta(days=14))
    options: list[Option[date | str]] = [
        Option(day, f"{name}  {day_said(day, today)}", key=str(n))
        for n, (name, day) in enumerate(zip((_("tomorrow"), _("Monday"), _("two weeks")), days, strict=True), 1)
    ]
    options.append(Option("other", _("another date ..."), key="4"))
    until: date | str | None = await app.ask(Choose(_("Not before"), options))
    if until == "other":
        until = await ask_day(app, _("not before"))
    if not isinstance(until, date):
        return
    day = until
    reason: str | None = None
    if any(_is_critical(line.record, today) for line in chosen(app, "task")):
        reason = await ask_text(app, _("reason"), needed=True, hint=_("it is critical: why may it rest?"))
        if reason is None:
            return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.tasks import snooze_task

        snooze_task(work, line.key[1], day, reason=reason)

    await to_each(app, ["task"], verb)


def _is_critical(task: Any, today: date) -> bool:
    return task.due is not None and severity_of(task.due, today, task.priority) is Severity.CRITICAL


COMMANDS = (
    Command("task.owner", mark("owner"), ("today", "tasks", "obligations"), _owner, ("o",), mark("Give it to one of us."), _no_owner, footer=40),
    Command("task.snooze", mark("snooze"), ("today", "tasks"), _snooze, ("s",), mark("Put a task off until a day."), _no_snooze, footer=35),
)  # fmt: skip
