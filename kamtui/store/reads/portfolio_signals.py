"""What signals say of all accounts at once, for the portfolio: how many of which severity, and where the book is exposed. The
stored findings are taken as they are, so that a list of thousands comes at once."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.triage import Severity
from kamtui.store.reads.signals import SignalRow, account_names, signal_rows
from kamtui.store.signal_rows import from_cells, read_snoozes, stored_of_book
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class SignalCounts:
    """How many signals of an account speak, by severity; good news is counted apart."""

    critical: int = 0
    warn: int = 0
    info: int = 0
    gap: int = 0
    good: int = 0

    @property
    def weight(self) -> tuple[int, ...]:
        """By which the worst come first."""
        return (-self.critical, -self.warn, -self.info, -self.gap, -self.good)


_RANK = "CASE {of} " + " ".join(f"WHEN '{severity}' THEN {at}" for at, severity in enumerate(Severity)) + " END"
# What was put off rests until its day, unless it has turned graver since: itself, else all that its signal says of the record.
_COUNTS = f"""
    SELECT account_id, sum(grade = 0), sum(grade = 1), sum(grade = 2 AND NOT good), sum(grade = 3), sum(good)
    FROM (
        SELECT f.account_id, f.code = 'promotion' AS good, f.code, f.aspect, f.subject, f.subject_id,
               CASE WHEN f.critical_on <= :day THEN 0 WHEN f.warn_on <= :day THEN 1 WHEN f.info_on <= :day THEN 2
                    WHEN f.gap_on <= :day THEN 3 END AS grade
        FROM signal_finding AS f
    ) AS found
    WHERE grade IS NOT NULL AND NOT coalesce((
        SELECT s.snoozed_until > :day AND {_RANK.format(of="s.severity")} <= grade FROM signal_state AS s
        WHERE s.account_id = found.account_id AND s.code = found.code AND s.subject = found.subject
          AND s.subject_id = found.subject_id AND (s.aspect = found.aspect OR s.aspect IS NULL)
        ORDER BY s.aspect IS NULL LIMIT 1), 0)
    GROUP BY account_id
"""


def count_signals(connection: Connection, today: date) -> dict[int, SignalCounts]:
    """The signals that speak today, by account."""
    rows = connection.execute(_COUNTS, {"day": today.isoformat()})
    return {account_id: SignalCounts(*counts) for account_id, *counts in rows}


def list_exposure(connection: Connection, today: date) -> list[SignalRow]:
    """Where the book is exposed, and where it could grow: signals 13 and 16 of all accounts, the gravest first."""
    found = {
        account_id: [from_cells(cells) for cells in counted]
        for account_id, counted in stored_of_book(connection).items()
    }
    names, snoozes = account_names(connection, found), read_snoozes(connection, list(found))
    told = [
        (names[account_id], finding, None)
        for account_id, findings in found.items()
        for finding in findings
        if account_id in names and finding.heard(snoozes.get(account_id, {})).severity(today) is not None
    ]
    return sorted(signal_rows(connection, today, told), key=lambda row: (-row.score, row.account, row.number))
