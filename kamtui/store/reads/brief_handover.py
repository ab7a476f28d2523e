"""What somebody who takes an account over asks: how it came about, what was said and not written, whom to call."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.enums import Stage
from kamtui.domain.money import Money
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch, money
from kamtui.store.sqlite.driver import Connection

SAID_DAYS = 365


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the relationship: touches, meetings among them, orders, and complaints."""

    year: str
    touches: int
    meetings: int
    orders: int
    complaints: int


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A change of stage, and why."""

    on: date
    before: Stage
    after: Stage
    reason: str | None


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Something that they said they would do, in a meeting or in return, or that was committed to in a review, and that no
    promise or paper holds."""

    on: date
    kind: str
    what: str
    value: Money | None


@dataclass(frozen=True, slots=True)
class ReachRow:
    """The first way to reach a person."""

    person_id: int
    how: str


def list_years(connection: Connection, account_id: int, today: date) -> list[YearRow]:
    """The years in which anything happened until `today`, newest first."""
    return fetch(
        connection,
        YearRow,
        f"""SELECT substr("on", 1, 4) AS year, sum(what IN ('touch', 'meeting')) AS touches,
                   sum(what = 'meeting') AS meetings, sum(what = 'order') AS orders,
                   sum(what = 'complaint') AS complaints
            FROM (SELECT on_date AS "on", CASE kind WHEN 'meeting' THEN 'meeting' ELSE 'touch' END AS what
                  FROM interaction AS touch WHERE account_id = :account AND {TOUCHED}
                  UNION ALL SELECT on_date, 'order' FROM "transaction"
                  WHERE account_id = :account AND kind <> 'reciprocal_purchase'
                  UNION ALL SELECT received_on, 'complaint' FROM issue
                  WHERE account_id = :account AND archived_at IS NULL)
            WHERE "on" <= :today GROUP BY 1 ORDER BY 1 DESC""",
        {"account": account_id, "today": today.isoformat()},
    )


def list_turns(connection: Connection, account_id: int, today: date) -> list[TurnRow]:
    """The changes of stage until `today`, newest first."""
    return fetch(
        connection,
        TurnRow,
        """SELECT decided_on AS "on", from_stage AS before, to_stage AS after, reason FROM stage_decision
           WHERE account_id = ? AND decided_on <= ? ORDER BY decided_on DESC, id DESC""",
        (account_id, today.isoformat()),
    )


def list_said(connection: Connection, account_id: int, today: date) -> list[SaidRow]:
    """What was said in the last 12 months and stands in no ledger or paper: commitments of held meetings and reviews,
    returns that are not in writing. Newest first."""
    return fetch(
        connection,
        SaidRow,
        f"""SELECT * FROM (
                SELECT on_date AS "on", 'meeting' AS kind, commitment AS what, NULL AS value FROM interaction
                WHERE account_id = :account AND status = 'held' AND archived_at IS NULL AND commitment IS NOT NULL
                UNION ALL
                SELECT on_date, 'review', commitments, NULL FROM review
                WHERE account_id = :account AND status = 'held' AND archived_at IS NULL AND commitments IS NOT NULL
                UNION ALL
                SELECT c.given_on, 'return', r.measure || coalesce(' ' || r.target, ''),
                       {money("r.value_minor", "r.currency")}
                FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id
                WHERE c.account_id = :account AND c.archived_at IS NULL AND NOT r.written AND r.status = 'promised'
            ) WHERE "on" > :since AND "on" <= :today ORDER BY "on" DESC, kind, what""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "since": (today - timedelta(days=SAID_DAYS)).isoformat(),
        },
    )


def list_reach(connection: Connection, account_id: int) -> list[ReachRow]:
    """How each person of an account is reached: by phone before mail before a messenger."""
    return fetch(
        connection,
        ReachRow,
        """SELECT person_id, how FROM (
               SELECT c.person_id, c.value AS how, row_number() OVER (
                   PARTITION BY c.person_id ORDER BY instr('phone mail messenger', c.kind), c.id) AS place
               FROM contact_point AS c JOIN person AS p ON p.id = c.person_id WHERE p.account_id = ?
           ) WHERE place = 1 ORDER BY person_id""",
        (account_id,),
    )
