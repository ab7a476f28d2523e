"""Signals on the keyboard: why a row is there, and what is done about the first signal of an account."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen
from kamtui.tui.commands.follow import PANES, ROWS, first_signal
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.domain.signals.model import Code
    from kamtui.tui.app import Kamtui


def _no_row(app: "Kamtui") -> str | None:
    return None if chosen(app, *ROWS) else _("There is no row under the cursor.")


def _no_signal(app: "Kamtui") -> str | None:
    return None if first_signal(app) else _("No signal speaks of this account.")


async def explain(app: "Kamtui", account_id: int, code: "Code") -> None:
    """A signal of an account on a page: formula, thresholds, the rows it rests on, what would clear it."""
    from kamtui.store.reads.signals import explain_signal
    from kamtui.tui.dialogs.page import Page
    from kamtui.tui.places.signal_view import explained

    told = app.session.read(explain_signal, app.session.today, account_id, code)
    await app.ask(Page(explained(told)))


async def _explain_row(app: "Kamtui") -> None:
    from kamtui.domain.signals.model import Code
    from kamtui.tui.dialogs.page import Page
    from kamtui.tui.places.signal_view import place_explained
    from kamtui.tui.widgets.paper import Said

    row: Any = app.rows.record if app.rows is not None else None
    if row is None:
        return
    if row.risk is not None and row.risk.code is not None:
        await explain(app, row.risk.account_id, Code(row.risk.code))
    elif row.kind == "sort":
        said = _("An account without a tier is silent: no signal speaks of it until it is sorted.")
        await app.ask(Page([Said(row.what, "title"), Said(), Said(said)]))
    else:
        await app.ask(Page(place_explained(row, app.session.today)))


async def _explain_first(app: "Kamtui") -> None:
    """The first signal, and below it how the account's health comes about."""
    from kamtui.store.reads.health import get_health
    from kamtui.store.reads.signals import explain_signal
    from kamtui.tui.dialogs.page import Page
    from kamtui.tui.places.signal_view import explained, health_parts, mark_of, signals_of, style_of
    from kamtui.tui.widgets.paper import Said

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    session = app.session
    signals = signals_of(session, account_id)
    said = []
    if signals:
        said += [*explained(session.read(explain_signal, session.today, account_id, signals[0].code)), Said()]
        others = [one for one in signals if one.code is not signals[0].code]
        if others:
            said.append(Said(_("ALSO ON THIS ACCOUNT"), "heading"))
            said += [Said(f"{mark_of(one):<2} {one.why}", style_of(one), indent=3) for one in others]
            said.append(Said())
    said += health_parts(session.read(get_health, account_id, session.today))
    await app.ask(Page(said))


def _no_account(app: "Kamtui") -> str | None:
    return None if app.whereabouts.account_id is not None else _("There is no account here.")


async def _snooze_first(app: "Kamtui") -> None:
    from kamtui.domain.triage import Severity
    from kamtui.tui.commands.owning import ask_rest

    signal = first_signal(app)
    if signal is None:
        return
    found = await ask_rest(app, critical=signal.severity is Severity.CRITICAL, title=signal.why, about=signal.why)
    if found is None:
        return
    day, reason = found

    def verb(work: Any) -> None:
        from kamtui.services.signals import snooze_signal

        subject = (signal.subject, signal.subject_id)
        snooze_signal(work, signal.account_id, signal.code, day, reason=reason, subject=subject, aspect=signal.aspect)

    await app.do(verb)


COMMANDS = (
    Command("queue.why", mark("why"), ("today",), _explain_row, ("w",),
            mark("Why the row is there: formula, thresholds, the rows it rests on, what would clear it."), _no_row, footer=25),
    Command("signal.why", mark("why, health"), ("work",), _explain_first, ("w",),
            mark("Why the first signal speaks, what else does, and how the health comes about."), _no_account),
    Command("signal.snooze", mark("snooze signal"), tuple(pane for pane in PANES if pane != "tasks"), _snooze_first, ("s",),
            mark("Put the first signal of the account off until a day."), _no_signal),
)  # fmt: skip
