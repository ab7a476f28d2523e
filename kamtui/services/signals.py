"""Signals: put one off, hear it again; the work of a new day, in small steps."""

import json
import time
from collections.abc import Callable
from datetime import date

from sqlmodel import select

from kamtui.domain.days import last_month_end
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.health import OF_HEALTH, health_of
from kamtui.domain.signals.model import Code
from kamtui.domain.signals.survey import survey
from kamtui.domain.triage import LONGEST_CRITICAL_SNOOZE, Severity
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import WITHOUT_HEALTH
from kamtui.store.reads.knowledge import list_completeness
from kamtui.store.reads.signals import SignalRow, list_signals
from kamtui.store.signal_facts import load_facts
from kamtui.store.signal_index import has_turned, refresh_due
from kamtui.store.signal_rows import count_due, read_limits
from kamtui.store.sqlite.driver import Connection
from kamtui.store.tables import SignalState
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

BATCH = 20  # accounts asked in one transaction: what waits for the lock waits so long
GIVE_WAY = 0.06  # seconds between two transactions: who waits for the lock looks for it twenty times a second


def snooze_signal(
    work: UnitOfWork,
    account_id: int,
    code: Code,
    until: date,
    *,
    reason: str | None = None,
    subject: tuple[str, int] | None = None,
    aspect: str | None = None,
) -> SignalRow:
    """Keeps one thing that a signal says out of the queue until a day to come: of one record (table, number), of one aspect,
    else the gravest. What else the signal says, now or later, speaks. What is critical needs a reason, and speaks again within 14 days; what turns graver speaks at once. Raises `NotFound`
    where it does not speak, `BadInput`, `Refused`."""
    row = _speaking(work, account_id, code, subject, aspect)
    work.say(_("Snooze {signal} of {account} until {day}").format(signal=row.name, account=row.account, day=until))
    if until <= work.today:
        raise BadInput(_("until: {day} is not a day to come. Nothing was changed.").format(day=until), field="until")
    reason = (reason or "").strip() or None
    if row.severity is Severity.CRITICAL:
        latest = work.today + LONGEST_CRITICAL_SNOOZE
        if reason is None:
            raise Refused(_("“{what}” is critical: a snooze needs a reason. Nothing was changed.").format(what=row.why))
        if until > latest:
            raise Refused(
                _("“{what}” is critical: it may rest until {day} at the latest. Nothing was changed.").format(
                    what=row.why, day=latest
                )
            )
    fields = {"severity": row.severity, "snoozed_on": work.today, "snoozed_until": until, "reason": reason}
    there = next((one for one in _states(work, row) if one.aspect is not None), None)
    if there is None:
        work.add(
            SignalState,
            account_id=account_id,
            code=code,
            aspect=row.aspect,
            subject=row.subject,
            subject_id=row.subject_id,
            **fields,
        )
    else:
        work.change(there, **fields)
    return row


def wake_signal(
    work: UnitOfWork,
    account_id: int,
    code: Code,
    *,
    subject: tuple[str, int] | None = None,
    aspect: str | None = None,
) -> SignalRow:
    """Hears again what was put off of a signal. Raises `NotFound` where nothing was."""
    row = _speaking(work, account_id, code, subject, aspect, rests=True)
    work.say(_("Hear {signal} of {account} again").format(signal=row.name, account=row.account))
    for there in _states(work, row):
        work.remove(there)
    return row


def _speaking(
    work: UnitOfWork,
    account_id: int,
    code: Code,
    subject: tuple[str, int] | None,
    aspect: str | None,
    *,
    rests: bool = False,
) -> SignalRow:
    rows = [
        row
        for row in list_signals(work.connection, work.today, account_id=account_id, code=code, gaps=True, snoozed=rests)
        if (subject is None or (row.subject, row.subject_id) == subject)
        and (aspect is None or row.aspect == aspect)
        and (not rests or row.snoozed_until)
    ]
    if not rows:
        raise NotFound(
            _("{signal} says nothing of that account that is put off.").format(signal=code)
            if rests
            else _("{signal} says nothing of that account today. Nothing was changed.").format(signal=code)
        )
    return rows[0]


def _states(work: UnitOfWork, row: SignalRow) -> list[SignalState]:
    """That it was put off, and that all was that its signal says of the record."""
    resting = work.session.exec(
        select(SignalState).where(
            SignalState.account_id == row.account_id,
            SignalState.code == row.code,
            SignalState.subject == row.subject,
            SignalState.subject_id == row.subject_id,
        )
    )
    return [one for one in resting if one.aspect in {row.aspect, None}]


def turn_day(
    workspace: Workspace,
    *,
    most: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Asks the accounts that are due today, and notes the health of the months that have ended: a few accounts a
    transaction, so that it may be killed at any moment and goes on where it was. `most` accounts at most; `on_progress`
    hears (done, of). Returns how many were asked. What is derived has no undo point."""
    with workspace.reading() as connection:
        waiting, turned = count_due(connection, workspace.today), has_turned(connection, workspace.today)
    whole = waiting if most is None else min(waiting, most)
    done = 0
    while (done < whole or turned) and not stop():
        if done:
            time.sleep(GIVE_WAY)
        turned = False
        asked = _ask_some(workspace, min(BATCH, whole - done))
        if not asked:
            break
        done += asked
        if on_progress is not None:
            on_progress(done, whole)
    while not stop() and _note_health(workspace) and most is None:
        time.sleep(GIVE_WAY)
    return done


def _ask_some(workspace: Workspace, most: int) -> int:
    with writer(workspace.path, workspace.program) as connection:
        connection.execute("BEGIN IMMEDIATE")
        asked = refresh_due(connection, workspace.today, most)
        connection.execute("COMMIT")
    return asked


def _note_health(workspace: Workspace) -> bool:
    """Notes the health at the end of last month of a few accounts that have none yet; True where there may be more."""
    ends_on = last_month_end(workspace.today)
    with workspace.reading() as connection:
        waiting = _without_health(connection, ends_on, BATCH)
    if not waiting:
        return False
    with writer(workspace.path, workspace.program) as connection:
        connection.execute("BEGIN IMMEDIATE")
        limits, completeness = read_limits(connection), list_completeness(connection, waiting, ends_on)
        for account_id, facts in load_facts(connection, waiting, ends_on).items():
            found = survey(facts, ends_on, limits, OF_HEALTH)
            health = health_of(facts, found.findings, found.year, ends_on, limits)
            known = completeness[account_id]
            connection.execute(
                "INSERT OR IGNORE INTO health_month (account_id, ends_on, score, parts, known, of) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    account_id,
                    ends_on.isoformat(),
                    health.score,
                    json.dumps([part.value for part in health.components]),
                    known.known,
                    known.of,
                ),
            )
        connection.execute("COMMIT")
    return True


def _without_health(connection: Connection, ends_on: date, most: int) -> list[int]:
    rows = connection.execute(f"SELECT id {WITHOUT_HEALTH} LIMIT :most", {"ends": ends_on.isoformat(), "most": most})
    return [account_id for (account_id,) in rows]
