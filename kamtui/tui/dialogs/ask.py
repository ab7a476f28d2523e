"""Short questions at the foot of the screen: a day, a reason, a text."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from kamtui.domain.days import parse_day
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_past
from kamtui.tui import running
from kamtui.tui.dialogs.line import LineDialog

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui


def day_said(day: date, today: date) -> str:
    """A day as it was understood: `Fri 2026-11-27, in 4 days`."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    days = (day - today).days
    far = (
        _("today")
        if not days
        else _("in {days} d").format(days=days)
        if days > 0
        else _("{days} d ago").format(days=-days)
    )
    return f"{weekdays[day.weekday()]} {day.isoformat()}, {far}"


async def ask_day(app: "Kamtui", label: str, *, start: str = "", past: bool = False) -> date | None:
    """A day, as people write it, with `past` none to come; None where they left."""
    return await ask_open_day(app, label, start=start, past=past) or None


async def ask_open_day(
    app: "Kamtui", label: str, *, start: str = "", past: bool = False, hint: str = ""
) -> date | Literal[""] | None:
    """As `ask_day`, and blank where it stays open."""
    today = app.session.today

    def day_of(text: str) -> date:
        day = parse_day(text, today, field=label, past=past)
        if past:
            must_be_past(day, today, label)
        return day

    examples = _("fri, +2w, 12-01, 2026-12-01, tomorrow, 下周三")
    said = await app.ask(
        LineDialog(
            label,
            start,
            preset=True,
            check=lambda text: day_said(day_of(text), today),
            hint=f"{examples}; {hint}" if hint else examples,
        )
    )
    if said is None:
        return None
    return day_of(said) if said.strip() else ""


async def ask_text(app: "Kamtui", label: str, *, start: str = "", needed: bool = False, hint: str = "") -> str | None:
    """A line of text; None where they left. What is `needed` must not be blank. What was typed there before and was not
    written, since it was refused or since they left a later question, stands there instead of `start`."""
    kept = running.draft(app, label)
    text = await app.ask(LineDialog(label, start if kept is None else kept, hint=hint, needed=needed))
    if text is not None:
        running.keep_draft(app, label, text if text.strip() and text != start else None)
    return text
