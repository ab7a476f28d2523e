"""Whose a task or an obligation is, and when it comes back: the same on Today and in an account."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kamtui.domain.days import parse_day
from kamtui.domain.triage import Severity, severity_of
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui import running
from kamtui.tui.commands.doing import chosen, to_each
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

ENTITIES = ("task", "occurrence", "obligation")
RESTING = ("task", "signal")  # what can be put off


def _no_owner(app: "Kamtui") -> str | None:
    return None if chosen(app, *ENTITIES) else _("Only a task or an obligation has an owner.")


async def _owner(app: "Kamtui") -> None:
    from kamtui.store.reads.colleagues import list_colleagues
    from kamtui.tui.dialogs.choose import Choose, Option

    rows = chosen(app, *ENTITIES)
    ours = app.session.read(list_colleagues)
    options = [Option(one.id, one.name, note=_("me") if one.is_me else one.skills or "") for one in ours]
    names = {getattr(line.record, "our_owner", None) or getattr(line.record, "owner", None) for line in rows}
    now = {one.id for one in ours if one.name in names} if None not in names else set()
    owner = await app.ask(Choose(_("Who of us"), options, now=now))
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

    await to_each(app, ENTITIES, verb, rows=rows)


def _no_snooze(app: "Kamtui") -> str | None:
    lines = chosen(app, *RESTING)
    if not lines:
        return _("Only a task or a signal is put off; r gives an obligation or a meeting another date.")
    return None if all(_is_open(line.record) for line in lines) else _("That is done already; u takes it back.")


def _is_open(row: Any) -> bool:
    return str(getattr(row, "state", None) or getattr(row, "status", "open")) == "open"


async def ask_rest(
    app: "Kamtui", *, critical: bool, title: str, about: object = None
) -> tuple[date, str | None] | None:
    """Until which day something rests, and why: 1 tomorrow, 2 Monday, 3 two weeks, or a date; a reason only where it is
    critical. None where the person left; a reason that was typed then is offered again `about` the same."""
    from kamtui.tui.dialogs.ask import ask_day, day_said
    from kamtui.tui.dialogs.choose import Choose, Option

    today = app.session.today
    days = (today + timedelta(days=1), today + timedelta(days=7 - today.weekday()), today + timedelta(days=14))
    options: list[Option[date | str]] = [
        Option(day, f"{name}  {day_said(day, today)}", key=str(n))
        for n, (name, day) in enumerate(zip((_("tomorrow"), _("Monday"), _("two weeks")), days, strict=True), 1)
    ]
    options.append(Option("other", _("another date ..."), key="4"))

    def read(text: str) -> tuple[date, str]:
        day = parse_day(text, today, field=_("not before"))
        return day, day_said(day, today)

    until: date | str | None = await app.ask(Choose(title, options, read=read))
    if until == "other":
        until = await ask_day(app, _("not before"))
    if not isinstance(until, date):
        return None
    reason: str | None = None
    if critical:
        reason = await _ask_reason(app, about)
        if reason is None:
            return None
    return until, reason


async def _ask_reason(app: "Kamtui", about: object) -> str | None:
    from kamtui.tui.dialogs.line import LineDialog

    asked = _("reason")

    def keep(text: str) -> None:
        running.keep_draft(app, asked, text if text.strip() else None, about)

    hint = _("it is critical: why may it rest?")
    start = running.draft(app, asked, about) or ""
    reason = await app.ask(LineDialog(asked, start, on_change=keep, hint=hint, needed=True))
    if reason is not None:
        keep(reason)  # until it is written: it may still be refused
    elif running.draft(app, asked, about):
        app.tell(_("Kept as a draft; the same key offers it again."))
    return reason


async def _snooze(app: "Kamtui") -> None:
    """Puts tasks off, and on Today the signals that rows say."""
    lines = chosen(app, *RESTING)
    found = await ask_rest(
        app,
        critical=any(_is_critical(line.record, app.session.today) for line in lines),
        title=_("Not before"),
        about=tuple(line.key for line in lines),
    )
    if found is None:
        return
    day, reason = found

    def verb(work: Any, line: Any) -> None:
        rest(work, line, day, reason)

    await to_each(app, RESTING, verb, rows=lines, ends=True)


def rest(work: Any, line: Any, day: date, reason: str | None) -> None:
    """Puts a task off, or the signal that a row of Today says."""
    if line.key[0] == "task":
        from kamtui.services.tasks import snooze_task

        snooze_task(work, line.key[1], day, reason=reason)
        return
    from kamtui.domain.signals.model import Code
    from kamtui.services.signals import snooze_signal

    risk = line.record.risk
    subject = None if risk.subject is None else (risk.subject, risk.subject_id)
    snooze_signal(work, risk.account_id, Code(risk.code), day, reason=reason, subject=subject, aspect=risk.aspect)


def _is_critical(row: Any, today: date) -> bool:
    if getattr(row, "risk", None) is not None:
        return bool(row.risk.severity is Severity.CRITICAL)
    return row.due is not None and severity_of(row.due, today, row.priority) is Severity.CRITICAL


COMMANDS = (
    Command("task.owner", mark("owner"), ("today", "tasks", "obligations"), _owner, ("o",), mark("Give it to one of us."), _no_owner, footer=40),
    Command("task.snooze", mark("snooze"), ("today", "tasks"), _snooze, ("s",), mark("Put a task or a signal off until a day; what is critical wants a reason."), _no_snooze, footer=20),
)  # fmt: skip
