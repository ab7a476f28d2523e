"""The worst finding of each of many accounts, and how many more there are: from the stored days alone where these hold."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from kamtui.domain.signals.model import GRADES, Finding
from kamtui.domain.signals.registry import BY_CODE
from kamtui.domain.signals.texts import PROMISED
from kamtui.domain.triage import Severity
from kamtui.store.reads.signals import Asked, findings_of
from kamtui.store.signal_rows import CONTENT, Snoozes, from_cells, read_snoozes
from kamtui.store.sqlite.driver import Connection

_NUMBER = {str(code): signal.number for code, signal in BY_CODE.items()}
_PERSON = "neglect.person"  # how the aspects of people past their cadence begin
# Days are compared as text, and the sentences of the worst alone are read: of thousands of rows that takes a tenth.
_HEADS = f"""
    SELECT account_id, id, code, aspect, subject, subject_id, critical_on, warn_on, info_on, gap_on FROM signal_finding
    WHERE account_id IN (SELECT value FROM json_each(:ids)) AND (opens_on <= :day OR gap_on <= :day)
      AND aspect NOT IN ({", ".join(f"'{aspect}'" for aspect in sorted(PROMISED))})
"""


def worst_of(
    connection: Connection,
    today: date,
    accounts: Sequence[tuple[int, Severity]],
    asked: Asked | None,
    changed: Collection[int],
) -> dict[int, tuple[Finding, int]]:
    """For each account (with what it is today), its worst finding and how many more speak; people past their cadence count as
    one, gaps only where it has nothing else. `changed` are those of which `asked` says something else than is stored."""
    snoozes = read_snoozes(connection, [account_id for account_id, _severity in accounts])
    graded = dict(accounts)
    exact = [one for one in graded if one in changed or one in snoozes]
    worst = _from_heads(connection, today, [one for one in graded if one not in set(exact)], graded)
    found = findings_of(connection, today, exact, asked=asked) if exact else {}
    for account_id in exact:
        told = _from_findings(found[account_id], snoozes.get(account_id, {}), today, graded[account_id])
        if told is not None:
            worst[account_id] = told
    return worst


def _from_findings(
    findings: Iterable[Finding], snoozes: Snoozes, today: date, whole: Severity
) -> tuple[Finding, int] | None:
    heard = [
        ((GRADES.index(grade), _NUMBER[finding.code], finding.turns.since(today) or today, finding.subject), finding)
        for finding in findings
        if finding.aspect not in PROMISED
        and (grade := finding.heard(snoozes).severity(today)) is not None
        and (grade is not Severity.GAP or whole is Severity.GAP)
    ]
    if not heard:
        return None
    people = sum(finding.aspect.startswith(_PERSON) for _key, finding in heard)
    first = min(heard, key=lambda one: one[0])
    return first[1], len(heard) - max(0, people - 1) - 1


def _from_heads(
    connection: Connection, today: date, account_ids: Sequence[int], graded: dict[int, Severity]
) -> dict[int, tuple[Finding, int]]:
    day = today.isoformat()
    best: dict[int, tuple[tuple[Any, ...], int]] = {}
    counts: dict[int, list[int]] = {}
    rows = connection.execute(_HEADS, {"ids": json.dumps(list(account_ids)), "day": day})
    for account_id, row_id, code, aspect, subject, subject_id, *days in rows:
        come = [at for at, turned in enumerate(days) if turned is not None and turned <= day]
        gap = come[0] == len(days) - 1
        if gap and graded[account_id] is not Severity.GAP:
            continue
        key = (come[0], _NUMBER[code], min(days[at] for at in come), (subject, subject_id))
        counted = counts.setdefault(account_id, [0, 0])
        counted[aspect.startswith(_PERSON)] += 1
        if account_id not in best or key < best[account_id][0]:
            best[account_id] = (key, row_id)
    findings = {
        account_id: from_cells(cells)
        for account_id, *cells in connection.execute(
            f"""SELECT account_id, {", ".join(CONTENT)} FROM signal_finding
                WHERE id IN (SELECT value FROM json_each(?))""",
            (json.dumps([row_id for _key, row_id in best.values()]),),
        )
    }
    return {one: (finding, counts[one][0] + min(1, counts[one][1]) - 1) for one, finding in findings.items()}
