"""The last two lanes of the queue: accounts at risk, a row each with its worst signal; what is merely unknown of the rest."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kamtui.domain.days import last_month_end
from kamtui.domain.enums import Tier
from kamtui.domain.triage import Lane, Severity, score_of
from kamtui.language import ngettext
from kamtui.store.reads.conditions import DUE, TURNED, WITHOUT_HEALTH
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

_GRADES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """An account at risk, or with gaps: `code` and `what` are those of its worst signal, which began on `since`, `others`
    how many more there are; people past their cadence count as one. A row of the kind `sort` stands for all accounts that
    are unsorted, `others` is how many accounts there are besides."""

    lane: Lane
    kind: str
    account_id: int | None
    account: str | None
    tier: Tier | None
    provisional: bool
    code: str | None
    aspect: str | None
    subject: str | None
    subject_id: int | None
    what: str
    task: str
    severity: Severity
    good_news: bool
    since: date
    days: int
    others: int
    score: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """Accounts at risk, accounts with gaps alone, and how many more of the first there are."""

    at_risk: tuple[RiskRow, ...]
    gaps: tuple[RiskRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Turned:
    """What an account is on a day, and since when."""

    id: int
    name: str
    tier: Tier
    gap_on: date | None
    info_on: date | None
    warn_on: date | None
    critical_on: date | None

    def standing(self, today: date) -> tuple[Severity, date] | None:
        """The gravest that has come, and when."""
        days = (self.critical_on, self.warn_on, self.info_on, self.gap_on)
        turned = ((severity, day) for severity, day in zip(_GRADES, days, strict=True) if day is not None)
        return next(((severity, day) for severity, day in turned if day <= today), None)


_WATCHED = """
    a.tier IS NOT NULL AND a.archived_at IS NULL AND (:among IS NULL OR a.id IN (SELECT value FROM json_each(:among)))
"""
_TURNED = f"""
    SELECT a.id, a.name, a.tier, s.gap_on, s.info_on, s.warn_on, s.critical_on
    FROM account AS a LEFT JOIN account_signals AS s ON s.account_id = a.id WHERE {_WATCHED}
"""


class Stands(NamedTuple):
    """What an account is on a day, and since when."""

    row: _Turned
    severity: Severity
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The accounts that a signal speaks of on a day, and those with gaps alone, each in the order of the queue. `asked` is
    what was asked in memory for it, `changed` are the accounts of which that says something else than is stored."""

    risks: tuple[Stands, ...]
    gaps: tuple[Stands, ...]
    asked: "Asked | None"
    changed: Collection[int]


def standing(
    connection: Connection, today: date, *, among: Collection[int] | None = None, asked: "Asked | None" = None
) -> Standing:
    """How all accounts stand, or some `among` them: by the stored findings, and by what was `asked` where these do not hold."""
    chosen = None if among is None else json.dumps(list(among))
    turned, changed = fetch(connection, _Turned, _TURNED, {"among": chosen}), set[int]()
    if asked is not None:
        turned, changed = _turned_anew(connection, turned, today, asked)
    speaking = [Stands(row, *found) for row in turned if (found := row.standing(today))]
    speaking.sort(
        key=lambda one: (
            -score_of(one.severity, one.row.tier, (today - one.since).days), one.since, one.row.name, one.row.id,
        )
    )  # fmt: skip
    return Standing(
        tuple(one for one in speaking if one.severity is not Severity.GAP),
        tuple(one for one in speaking if one.severity is Severity.GAP),
        asked,
        changed,
    )


def ask(connection: Connection, today: date, *, among: Collection[int] | None = None) -> "Asked | None":
    """Asks in memory what the store does not hold for a day, of all accounts or of some; None where all of it holds."""
    # What one account sells moves the book of all.
    if not is_due(connection, today):
        return None
    from kamtui.store.reads.signals import ask_due

    chosen = None if among is None else json.dumps(list(among))
    rows = connection.execute(f"SELECT a.id FROM account AS a WHERE {_WATCHED}", {"among": chosen}).fetchall()
    return ask_due(connection, today, [account_id for (account_id,) in rows]) if rows else None


def list_lanes(connection: Connection, today: date, *, limit: int, account_id: int | None = None) -> Lanes:
    """The accounts that a signal speaks of today, the gravest first, then those with gaps: `limit` rows of them at most."""
    among = None if account_id is None else [account_id]
    found = standing(connection, today, among=among, asked=ask(connection, today, among=among))
    room = max(0, limit - len(found.risks))
    rows = tell(connection, today, [*found.risks[:limit], *found.gaps[:room]], found)
    unsorted = list_unsorted(connection, today) if account_id is None else ()
    return Lanes(
        tuple(rows[one.row.id] for one in found.risks[:limit] if one.row.id in rows),
        (*(rows[one.row.id] for one in found.gaps[:room] if one.row.id in rows), *unsorted)[:room],
        max(0, len(found.risks) - limit),
    )


def is_due(connection: Connection, day: date) -> bool:
    """Whether a day brings work: findings of an account that do not hold any more, one that has turned, a month that has
    ended."""
    (due,) = connection.execute(
        f"SELECT EXISTS (SELECT 1 {DUE}) OR EXISTS (SELECT 1 {TURNED}) OR EXISTS (SELECT 1 {WITHOUT_HEALTH})",
        {"day": day.isoformat(), "ends": last_month_end(day).isoformat()},
    ).fetchone()
    return bool(due)


def _turned_anew(
    connection: Connection, turned: Sequence[_Turned], today: date, asked: "Asked"
) -> tuple[list[_Turned], set[int]]:
    """The same, with the days of those of which something else was found than what is stored; and which these are."""
    from kamtui.store.reads.signals import findings_of
    from kamtui.store.signal_index import turns_of
    from kamtui.store.signal_rows import moved_by_book, read_snoozes

    changed = {*asked.findings, *moved_by_book(connection, asked.of_book)} & {row.id for row in turned}
    snoozes = read_snoozes(connection, list(changed))
    found = findings_of(connection, today, changed, asked=asked)
    anew = []
    for row in turned:
        if row.id in changed:
            turns = turns_of(found[row.id], snoozes.get(row.id, {}))
            row = replace(  # noqa: PLW2901
                row, gap_on=turns.gap, info_on=turns.info, warn_on=turns.warn, critical_on=turns.critical
            )
        anew.append(row)
    return anew, changed


def tell(connection: Connection, today: date, shown: Sequence[Stands], found: Standing) -> dict[int, RiskRow]:
    """The rows of some accounts of a standing, by account: each with its worst signal in words."""
    if not shown:
        return {}
    from kamtui.store.reads.signals import account_names, signal_rows
    from kamtui.store.reads.worst import worst_of

    names = account_names(connection, [row.id for row, *_rest in shown])
    worst = worst_of(
        connection, today, [(row.id, severity) for row, severity, _day in shown], found.asked, found.changed
    )
    placed = {row.id: (row, severity, day) for row, severity, day in shown}
    told = [(names[account_id], finding, None) for account_id, (finding, _others) in worst.items()]
    rows = {}
    for said in signal_rows(connection, today, told):
        row, severity, day = placed[said.account_id]
        days = (today - day).days
        rows[row.id] = RiskRow(
            Lane.GAPS if severity is Severity.GAP else Lane.AT_RISK,
            "signal",
            row.id,
            row.name,
            row.tier,
            said.provisional,
            str(said.code),
            said.aspect,
            said.subject,
            said.subject_id,
            said.why,
            said.task,
            severity,
            said.good_news,
            day,
            days,
            worst[row.id][1],
            score_of(severity, row.tier, days),
        )
    return rows


def list_unsorted(connection: Connection, today: date) -> tuple[RiskRow, ...]:
    """All that are unsorted, as one row."""
    count, whole, since = connection.execute(
        """SELECT count(CASE WHEN tier IS NULL THEN 1 END), count(*), min(CASE WHEN tier IS NULL THEN created_at END)
           FROM account WHERE archived_at IS NULL"""
    ).fetchone()
    if not count:
        return ()
    if count == whole:
        what = ngettext("{count} account, not sorted: K sorts it", "{count} accounts, none sorted: K sorts them", count)
    else:
        what = ngettext(
            "{count} account of {whole} not sorted: K sorts it",
            "{count} accounts of {whole} not sorted: K sorts them",
            count,
        )
    day = min(date.fromisoformat(since[:10]), today)
    return (
        RiskRow(
            Lane.GAPS, "sort", None, None, None, False, None, None, None, None,
            what.format(count=count, whole=whole), "kamtui sort", Severity.GAP, False, day, (today - day).days,
            whole - count, 0,
        ),
    )  # fmt: skip
