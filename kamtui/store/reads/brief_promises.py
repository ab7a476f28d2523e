"""What the brief asks about promises: obligations of both sides, concessions and what came back for them."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_months
from kamtui.domain.enums import OccurrenceStatus, ReturnStatus, Side
from kamtui.domain.money import Money
from kamtui.store.reads.rows import fetch, money
from kamtui.store.sqlite.driver import Connection

DONE_DAYS = 90
ON_TIME_DAYS = 180
GIVEN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One time that an obligation fell due, or will. For theirs `their_owner` is who promised, for ours who waits."""

    id: int
    side: Side
    what: str
    subject: str
    our_owner: str | None
    their_owner_id: int | None
    their_owner: str | None
    due: date
    status: OccurrenceStatus
    done_on: date | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """How many promises of a side came due in the last 180 days (waived ones do not count), and how many of them were
    done by their date."""

    side: Side
    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A concession; without a value it is unknown what it was worth."""

    id: int
    what: str
    given_on: date
    value: Money | None
    waived_because: str | None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What the customer promised in return for a concession."""

    id: int
    concession_id: int
    measure: str
    target: str | None
    value: Money | None
    due: date | None
    written: bool
    status: ReturnStatus


def list_promises(connection: Connection, account_id: int, today: date) -> list[PromiseLine]:
    """What is open, and what was resolved in the last 90 days: overdue first, then by due date."""
    return fetch(
        connection,
        PromiseLine,
        """SELECT c.id, o.side, o.what, c.subject, owner.name AS our_owner, o.their_owner_id, their.name AS their_owner,
                  c.due, c.status, c.done_on, c.evidence
           FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
           LEFT JOIN colleague AS owner ON owner.id = o.owner_id
           LEFT JOIN person AS their ON their.id = o.their_owner_id
           WHERE o.account_id = :account AND o.archived_at IS NULL
             AND (c.status = 'open' OR coalesce(c.done_on, c.due) > :since)
           ORDER BY c.status <> 'open', CASE c.status WHEN 'open' THEN c.due END, coalesce(c.done_on, c.due) DESC,
                    o.side, c.id""",
        {"account": account_id, "since": (today - timedelta(days=DONE_DAYS)).isoformat()},
    )


def count_kept(connection: Connection, account_id: int, today: date) -> list[KeptRow]:
    """How many promises were kept in time in the last 180 days, a row a side that had any."""
    return fetch(
        connection,
        KeptRow,
        """SELECT o.side, count(*) AS due, count(CASE WHEN c.done_on <= c.due THEN 1 END) AS on_time
           FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
           WHERE o.account_id = :account AND c.due > :since AND c.status <> 'waived'
             AND (c.due < :today OR c.status <> 'open' AND c.due <= :today)
           GROUP BY o.side ORDER BY o.side""",
        {
            "account": account_id,
            "since": (today - timedelta(days=ON_TIME_DAYS)).isoformat(),
            "today": today.isoformat(),
        },
    )


def list_given(connection: Connection, account_id: int, today: date) -> list[GivenLine]:
    """The concessions of the last 12 months, newest first."""
    return fetch(
        connection,
        GivenLine,
        f"""SELECT id, what, given_on, {money("value_minor")} AS value, return_waived_because AS waived_because
            FROM concession WHERE account_id = ? AND given_on > ? AND given_on <= ? AND archived_at IS NULL
            ORDER BY given_on DESC, id DESC""",
        (account_id, add_months(today, -GIVEN_MONTHS).isoformat(), today.isoformat()),
    )


def list_returns(connection: Connection, account_id: int, today: date) -> list[ReturnLine]:
    """What was promised in return for the concessions of the last 12 months."""
    return fetch(
        connection,
        ReturnLine,
        f"""SELECT r.id, r.concession_id, r.measure, r.target, {money("r.value_minor", "r.currency")} AS value, r.due,
                   r.written, r.status
            FROM concession AS c JOIN return_commitment AS r ON r.concession_id = c.id
            WHERE c.account_id = ? AND c.given_on > ? AND c.given_on <= ? AND c.archived_at IS NULL
            ORDER BY r.due IS NULL, r.due, r.id""",
        (account_id, add_months(today, -GIVEN_MONTHS).isoformat(), today.isoformat()),
    )
