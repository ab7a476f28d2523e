"""The last two lanes of the queue: accounts at risk, a row each with its worst signal; what is merely unknown of the rest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kamtui.domain.enums import Tier
from kamtui.domain.triage import Lane, Severity, score_of
from kamtui.language import ngettext
from kamtui.store.reads.conditions import DUE
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


_TURNED = """
    SELECT a.id, a.name, a.tier, s.gap_on, s.info_on, s.warn_on, s.critical_on
    FROM account AS a LEFT JOIN account_signals AS s ON s.account_id = a.id
    WHERE a.tier IS NOT NULL AND a.archived_at IS NULL AND (:account IS NULL OR a.id = :account)
"""


def list_lanes(connection: Connection, today: date, *, limit: int, account_id: int | None = None) -> Lanes:
    """The accounts that a signal speaks of today, the gravest first, then those with gaps: `limit` rows of them at most."""
    turned = fetch(connection, _Turned, _TURNED, {"day": today.isoformat(), "account": account_id})
    asked, changed = None, set[int]()
    # What one account sells moves the book of all.
    if turned and is_due(connection, today):
        from kamtui.store.reads.signals import ask_due

        asked = ask_due(connection, today, [row.id for row in turned])
    if asked is not None:
        turned, changed = _turned_anew(connection, turned, today, asked)
    speaking = [(row, *standing) for row in turned if (standing := row.standing(today))]
    speaking.sort(
        key=lambda one: (-score_of(one[1], one[0].tier, (today - one[2]).days), one[2], one[0].name, one[0].id)
    )
    risks = [one for one in speaking if one[1] is not Severity.GAP]
    gaps = [one for one in speaking if one[1] is Severity.GAP]
    room = max(0, limit - len(risks))
    rows = _rows(connection, today, [*risks[:limit], *gaps[:room]], asked, changed)
    unsorted = _unsorted(connection, today) if account_id is None else ()
    return Lanes(
        tuple(rows[row.id] for row, *_rest in risks[:limit] if row.id in rows),
        (*(rows[row.id] for row, *_rest in gaps if row.id in rows), *unsorted)[:room],
        max(0, len(risks) - limit),
    )


def is_due(connection: Connection, day: date) -> bool:
    """Whether the stored findings of any account do not hold on a day."""
    (due,) = connection.execute(f"SELECT EXISTS (SELECT 1 {DUE})", {"day": day.isoformat()}).fetchone()
    return bool(due)


def _turned_anew(
    connection: Connection, turned: Sequence[_Turned], today: date, asked: "Asked"
) -> tuple[list[_Turned], set[int]]:
    """The same, with the days of those of which something else was found than what is stored; and which these are."""
    from kamtui.store.reads.signals import findings_of
    from kamtui.store.signal_index import turns_of
    from kamtui.store.signal_rows import moved_by_book, read_snoozes

    changed = {*asked.findings, *moved_by_book(connection, asked.of_book)}
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


def _rows(
    connection: Connection,
    today: date,
    shown: Sequence[tuple[_Turned, Severity, date]],
    asked: "Asked | None",
    changed: Collection[int],
) -> dict[int, RiskRow]:
    if not shown:
        return {}
    from kamtui.store.reads.signals import account_names, signal_rows
    from kamtui.store.reads.worst import worst_of

    names = account_names(connection, [row.id for row, *_rest in shown])
    worst = worst_of(connection, today, [(row.id, severity) for row, severity, _day in shown], asked, changed)
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


def _unsorted(connection: Connection, today: date) -> tuple[RiskRow, ...]:
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
