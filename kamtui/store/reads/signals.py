"""What signals say: lists, one explained, what opened and closed. What the store does not hold for the day is asked in
memory."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kamtui.domain.enums import Tier
from kamtui.domain.signals.model import Code, Evidence, Finding, Lack, Subject
from kamtui.domain.signals.registry import BY_CODE, PREFIX
from kamtui.domain.signals.texts import MISSING, task_of, why
from kamtui.domain.triage import Severity, score_of
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import PROVISIONAL
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.signal_names import names_of
from kamtui.store.signal_rows import (
    OF_BOOK,
    book_row,
    due_accounts,
    read_limits,
    read_snoozes,
    stored_book,
    stored_findings,
)
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A record that a finding rests on."""

    entity: str
    id: int
    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal of an account that speaks. `subject` (the table) and `subject_id` name the record it is about, `aspect` what
    of the signal it is; `since` is when it began, `next_on` when it turns graver. `task` is what it suggests."""

    account_id: int
    account: str
    tier: Tier | None
    provisional: bool
    number: int
    code: Code
    name: str
    aspect: str
    severity: Severity
    good_news: bool
    subject: str
    subject_id: int
    subject_name: str
    why: str
    task: str
    since: date
    days: int
    next_on: date | None
    snoozed_until: date | None
    score: int
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A threshold as it is set: the setting that holds it, its value, what it is."""

    setting: str
    value: int
    help: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A signal of an account explained: formula, thresholds, what it found with the rows that it rests on, what it lacks,
    what would clear it. `quiet` says that it found nothing and lacks nothing."""

    account_id: int
    account: str
    number: int
    code: Code
    name: str
    formula: str
    clears: str
    limits: tuple[LimitRow, ...]
    found: tuple[SignalRow, ...]
    lacks: tuple[str, ...]
    quiet: bool


@dataclass(frozen=True, slots=True)
class SignalTurn:
    """A signal that speaks (opened) and did not on an earlier day, or the other way round (closed)."""

    code: Code
    opened: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked in memory for a day: the signals of accounts that are due, and what the book says of all."""

    findings: Mapping[int, Sequence[Finding]]
    of_book: Mapping[int, Sequence[Finding]]


# To be taken for what was asked where the stored findings are to be read as they are: asking those that are due, and the
# book of all, takes longer than a key may.
AS_STORED = Asked({}, {})


@dataclass(frozen=True, slots=True)
class AccountName:
    """How an account is called in a row."""

    id: int
    account: str
    tier: Tier | None
    provisional: bool


def ask_due(connection: Connection, day: date, account_ids: Iterable[int]) -> Asked | None:
    """Asks, in memory, what the store does not hold for a day: all signals of those accounts of some that are due, and the
    book of all. None where all that is stored holds."""
    due = set(due_accounts(connection, day))
    if not due:
        return None
    # The queue's first frame says what is stored; the rules are imported where they are asked.
    from kamtui.domain.signals.book import survey_book
    from kamtui.domain.signals.money import year_of
    from kamtui.domain.signals.survey import survey
    from kamtui.store.signal_facts import load_facts

    limits, mine = read_limits(connection), due.intersection(account_ids)
    book = stored_book(connection)
    for account_id, account in load_facts(connection, sorted(due - mine), day, money_only=True).items():
        book[account_id] = book_row(account, year_of(account, day), day)
    findings = {}
    for account_id, account in load_facts(connection, sorted(mine), day).items():
        found = survey(account, day, limits)
        findings[account_id] = found.findings
        book[account_id] = book_row(account, found.year, day)
    return Asked(findings, survey_book(list(book.values()), limits))


def findings_of(
    connection: Connection,
    day: date,
    account_ids: Iterable[int],
    *,
    open_only: bool = False,
    asked: Asked | None = None,
) -> dict[int, list[Finding]]:
    """The findings of some accounts, right for the day: those stored, and what they do not hold, asked in memory (or
    before, as `asked`; `AS_STORED` asks nothing). With `open_only` those that are merely gaps may be left out."""
    wanted = set(account_ids)
    asked = asked or ask_due(connection, day, wanted)
    if asked is None or asked is AS_STORED:
        return stored_findings(connection, wanted, until=day if open_only else None)
    stored = stored_findings(connection, wanted - asked.findings.keys(), until=day if open_only else None)
    return {
        account_id: [
            *(
                asked.findings[account_id]
                if account_id in asked.findings
                else (finding for finding in stored.get(account_id, ()) if finding.code not in OF_BOOK)
            ),
            *asked.of_book.get(account_id, ()),
        ]
        for account_id in wanted
    }


def list_signals(
    connection: Connection,
    today: date,
    *,
    account_id: int | None = None,
    code: Code | None = None,
    gaps: bool = False,
    snoozed: bool = False,
    asked: Asked | None = None,
) -> list[SignalRow]:
    """The signals that speak today, in the order of the queue; gaps and what was put off only where they are asked for. What
    was `asked` before is not asked again."""
    names = _account_names(connection, account_id)
    snoozes = read_snoozes(connection, list(names))
    told: list[tuple[AccountName, Finding, date | None]] = []
    for owner, findings in findings_of(connection, today, names, open_only=not gaps, asked=asked).items():
        for finding in findings:
            severity = finding.turns.severity(today)
            if severity is None or (code is not None and finding.code is not code):
                continue
            heard = finding.heard(snoozes.get(owner, {})).severity(today)
            rests = heard is not severity
            if (severity is Severity.GAP and not gaps) or (rests and heard in {None, Severity.GAP} and not snoozed):
                continue
            snooze = finding.snoozed(snoozes.get(owner, {})) if rests else None
            told.append((names[owner], finding, snooze.until if snooze else None))
    rows = signal_rows(connection, today, told)
    return sorted(rows, key=_order)


def explain_signal(connection: Connection, today: date, account_id: int, code: Code) -> Explanation:
    """Formula, thresholds, rows of one signal of an account, and what would clear it."""
    signal, limits = BY_CODE[code], read_limits(connection)
    name = _account_names(connection, account_id)[account_id]
    lacks = [lack.missing for lack in _lacks(connection, today, account_id) if lack.code is code]
    found = list_signals(connection, today, account_id=account_id, code=code, gaps=True, snoozed=True)
    return Explanation(
        account_id,
        name.account,
        signal.number,
        code,
        _(signal.name),
        _(signal.formula),
        _(signal.clears),
        tuple(
            LimitRow(f"{PREFIX}{code}.{limit.key}", limits[f"{code}.{limit.key}"], _(limit.help))
            for limit in signal.limits
        ),
        tuple(found),
        tuple(_(MISSING[missing]) for missing in dict.fromkeys(lacks)),
        quiet=not found and not lacks,
    )


def list_signal_turns(
    connection: Connection, account_id: int, since: date, today: date, *, asked: Asked | None = None
) -> list[SignalTurn]:
    """Which signals of an account opened and closed after the day `since`, from what is recorded alone: it does not matter
    on which days somebody looked. Of the signals that look at the whole book only what opened is told."""
    from kamtui.domain.signals.survey import survey
    from kamtui.store.signal_facts import load_facts

    facts = load_facts(connection, [account_id], since)[account_id]
    then = _speaking(survey(facts, since, read_limits(connection)).findings, since)
    now = _speaking(
        findings_of(connection, today, [account_id], open_only=True, asked=asked).get(account_id, ()), today
    )
    opened = {code for (code, *subject), day in now.items() if day > since and (code, *subject) not in then}
    closed = {code for code, *_subject in then.keys() - now.keys()}
    return [
        *(SignalTurn(code, opened=True) for code in Code if code in opened - closed),
        *(SignalTurn(code, opened=False) for code in Code if code in closed - opened),
    ]


def _speaking(findings: Iterable[Finding], day: date) -> dict[tuple[Code, str, Subject], date]:
    """What is more than a gap on a day, and since when."""
    return {
        (one.code, one.aspect, one.subject): since
        for one in findings
        if (since := replace(one.turns, gap=None).since(day)) is not None
    }


def signal_rows(
    connection: Connection, today: date, told: Sequence[tuple[AccountName, Finding, date | None]]
) -> list[SignalRow]:
    """Findings as rows, with the names of what they are about; each with the day until which it was put off."""
    mentioned = {finding.subject for _name, finding, _until in told}
    mentioned |= {Subject(one.entity, one.id) for _name, finding, _until in told for one in finding.evidence}
    names = names_of(connection, mentioned)
    return [_row(name, finding, until, names, today) for name, finding, until in told]


def _row(name: AccountName, finding: Finding, until: date | None, names: dict[Subject, str], today: date) -> SignalRow:
    severity, since = finding.turns.severity(today), finding.turns.since(today)
    assert severity is not None
    assert since is not None
    subject = names.get(finding.subject, "")
    signal = BY_CODE[finding.code]
    days = (today - since).days
    return SignalRow(
        name.id,
        name.account,
        name.tier,
        name.provisional,
        signal.number,
        finding.code,
        _(signal.name),
        finding.aspect,
        severity,
        signal.good_news,
        finding.subject.entity,
        finding.subject.id,
        subject,
        why(finding, today, subject=subject, account=name.account),
        task_of(finding, today, subject=subject, account=name.account),
        since,
        days,
        min((day for _severity, day in finding.turns.by_severity() if day > today), default=None),
        until,
        score_of(severity, name.tier, days),
        tuple(_evidence(one, names) for one in finding.evidence),
    )


def _evidence(one: Evidence, names: dict[Subject, str]) -> EvidenceRow:
    return EvidenceRow(one.entity, one.id, names.get(Subject(one.entity, one.id), ""), one.on)


def _order(row: SignalRow) -> tuple[object, ...]:
    return (-row.score, row.since, row.account, row.number, row.subject_id, row.aspect)


def _lacks(connection: Connection, today: date, account_id: int) -> list[Lack]:
    """What the signals of an account cannot tell."""
    from kamtui.domain.signals.book import book_of, lacks_of
    from kamtui.domain.signals.survey import survey
    from kamtui.store.signal_facts import load_facts

    facts = load_facts(connection, [account_id], today)[account_id]
    limits = read_limits(connection)
    found = survey(facts, today, limits)
    book = {**stored_book(connection), account_id: book_row(facts, found.year, today)}
    of_book = [] if facts.tier is None else lacks_of(book[account_id], book_of(list(book.values()), limits))
    return [*found.lacks, *of_book]


def _account_names(connection: Connection, account_id: int | None) -> dict[int, AccountName]:
    own = "a.archived_at IS NULL AND a.tier IS NOT NULL" if account_id is None else "a.id = :account"
    rows = fetch(
        connection,
        AccountName,
        f"""SELECT a.id, a.name AS account, a.tier, {PROVISIONAL.format(account="a")} AS provisional
            FROM account AS a WHERE {own}""",
        {"account": account_id},
    )
    return {row.id: row for row in rows}


def account_names(connection: Connection, account_ids: Iterable[int]) -> dict[int, AccountName]:
    """How some accounts are called."""
    rows = fetch(
        connection,
        AccountName,
        f"""SELECT a.id, a.name AS account, a.tier, {PROVISIONAL.format(account="a")} AS provisional
            FROM account AS a WHERE a.id IN (SELECT value FROM json_each(:ids))""",
        {"ids": json.dumps(list(account_ids))},
    )
    return {row.id: row for row in rows}
