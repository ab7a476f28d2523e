"""What the brief asks of an account beyond its card and its people: touches, the next meeting, needs, tasks."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kamtui.domain.enums import (
    InteractionKind,
    NeedKind,
    NeedSignal,
    NeedSource,
    NeedState,
    Priority,
)
from kamtui.store.reads.brief_shared import AGREED_NEEDS, AgreedNeed, agreed_since
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection

ENGAGED_DAYS = 90


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """The next planned meeting: who comes (`people` are ids), what for, what we ask and what they are to commit to."""

    id: int
    on_date: date
    at_time: str | None
    kind: InteractionKind
    purpose: str | None
    ask: str | None
    commitment: str | None
    people: tuple[int, ...]
    colleagues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetRow:
    """When both sides last sat together, and whether it was a review."""

    met_on: date
    review: bool


@dataclass(frozen=True, slots=True)
class ContactRow:
    """When a person was last touched, whether they ever took part themselves, and what was to follow."""

    person_id: int
    last_on: date
    engaged_recently: bool
    next_step: str | None


@dataclass(frozen=True, slots=True)
class TouchCounts:
    """The touches of an account: all, those of the last 90 days, and those of the 90 before."""

    total: int
    recent: int
    before: int
    first_on: date | None
    last_on: date | None
    last_before_today: date | None


@dataclass(frozen=True, slots=True)
class NeedLine:
    """An open need. `words` are those of the conversion where there was one, else the original ones: those of somebody
    there, unless it is what we saw ourselves."""

    id: int
    kind: NeedKind
    state: NeedState
    signal: NeedSignal | None
    words: str
    in_their_words: bool
    verbatim: str
    source: NeedSource
    raised_by_id: int | None
    raised_by: str | None
    raised_on: date
    quantity: Decimal | None
    unit: str | None
    importance: int | None
    capability: int | None
    need_by: date | None
    next_question: str | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open task with its owner on each side."""

    id: int
    what: str
    due: date | None
    priority: Priority | None
    our_owner: str | None
    their_owner: str | None


def next_meeting(connection: Connection, account_id: int, today: date) -> MeetingRow | None:
    """What is planned with an account, the nearest on or after `today`; a note is no occasion."""
    return fetch_one(
        connection,
        MeetingRow,
        """SELECT i.id, i.on_date, i.at_time, i.kind, i.purpose, i.ask, i.commitment,
                  (SELECT json_group_array(person_id) FROM (SELECT person_id FROM interaction_person
                   WHERE interaction_id = i.id ORDER BY id)) AS people,
                  (SELECT json_group_array(name) FROM (SELECT c.name FROM interaction_colleague AS ic
                   JOIN colleague AS c ON c.id = ic.colleague_id
                   WHERE ic.interaction_id = i.id ORDER BY ic.id)) AS colleagues
           FROM interaction AS i
           WHERE i.account_id = :account AND i.status = 'planned' AND i.kind <> 'note' AND i.on_date >= :today
             AND i.archived_at IS NULL
           ORDER BY i.on_date, i.at_time IS NULL, i.at_time, i.id LIMIT 1""",
        {"account": account_id, "today": today.isoformat()},
    )


def last_meeting(connection: Connection, account_id: int, before: date) -> MetRow | None:
    """The newest meeting or review that was held before a day; the later changes are new to who sat there."""
    return fetch_one(
        connection,
        MetRow,
        f"""SELECT met_on, review FROM (
                SELECT on_date AS met_on, 0 AS review FROM interaction AS touch
                WHERE account_id = :account AND on_date < :before AND kind = 'meeting' AND {TOUCHED}
                UNION ALL
                SELECT on_date, 1 FROM review WHERE account_id = :account AND on_date < :before AND status = 'held'
                       AND kind <> 'internal' AND archived_at IS NULL
            ) ORDER BY met_on DESC, review DESC LIMIT 1""",
        {"account": account_id, "before": before.isoformat()},
    )


def count_touches(connection: Connection, account_id: int, today: date) -> TouchCounts:
    """How often an account was touched, until `today`."""
    found = fetch_one(
        connection,
        TouchCounts,
        f"""SELECT count(*) AS total,
                   count(CASE WHEN on_date > :recent THEN 1 END) AS recent,
                   count(CASE WHEN on_date > :before AND on_date <= :recent THEN 1 END) AS before,
                   min(on_date) AS first_on, max(on_date) AS last_on,
                   max(CASE WHEN on_date < :today THEN on_date END) AS last_before_today
            FROM interaction AS touch WHERE account_id = :account AND on_date <= :today AND {TOUCHED}""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "recent": (today - timedelta(days=ENGAGED_DAYS)).isoformat(),
            "before": (today - timedelta(days=2 * ENGAGED_DAYS)).isoformat(),
        },
    )
    assert found is not None
    return found


def list_contacts(connection: Connection, account_id: int, today: date) -> list[ContactRow]:
    """For each person who was ever touched: when last, and what was to follow. Only what came in or went both ways
    counts as engagement (invariant 6)."""
    return fetch(
        connection,
        ContactRow,
        f"""SELECT person_id, on_date AS last_on, engaged_recently, next_step FROM (
                SELECT p.id AS person_id, touch.on_date, touch.next_step,
                       max(touch.direction IN ('in', 'two_way') AND touch.on_date > :recent)
                           OVER (PARTITION BY p.id) AS engaged_recently,
                       row_number() OVER (PARTITION BY p.id ORDER BY touch.on_date DESC, touch.id DESC) AS place
                FROM person AS p JOIN interaction_person AS i ON i.person_id = p.id
                JOIN interaction AS touch ON touch.id = i.interaction_id
                WHERE p.account_id = :account AND touch.on_date <= :today AND {TOUCHED}
            ) WHERE place = 1 ORDER BY person_id""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "recent": (today - timedelta(days=ENGAGED_DAYS)).isoformat(),
        },
    )


def list_open_needs(connection: Connection, account_id: int) -> list[NeedLine]:
    """The open needs: the most important first, then those nearest to agreement, then those wanted soonest."""
    return fetch(
        connection,
        NeedLine,
        """SELECT n.id, n.kind, n.state, n.signal,
                  coalesce(said.customer_words, n.verbatim) AS words,
                  said.id IS NOT NULL OR n.source <> 'observed' AS in_their_words, n.verbatim, n.source, n.raised_by_id, p.name AS raised_by, n.raised_on,
                  n.quantity_milli AS quantity, n.unit, n.importance, n.capability, n.need_by, n.next_question
           FROM need AS n LEFT JOIN person AS p ON p.id = n.raised_by_id
           LEFT JOIN need_event AS said
               ON said.id = (SELECT max(e.id) FROM need_event AS e WHERE e.need_id = n.id AND e.kind = 'converted')
           WHERE n.account_id = ? AND n.archived_at IS NULL
             AND n.state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed')
           ORDER BY coalesce(n.importance, 3) DESC,
                    instr('agreed proposed confirmed exploring captured', n.state),
                    coalesce(n.need_by, '9999-12-31'), n.raised_on, n.id""",
        (account_id,),
    )


def list_agreed(connection: Connection, account_id: int, today: date) -> list[AgreedNeed]:
    """All agreed needs, those among them that we saw ourselves; for our own eyes."""
    return fetch(connection, AgreedNeed, AGREED_NEEDS.format(words="n.verbatim"), agreed_since(account_id, today))


def list_open_tasks(connection: Connection, account_id: int, until: date) -> list[TaskLine]:
    """The open tasks that are due until a day, soonest first; those without a date come last."""
    return fetch(
        connection,
        TaskLine,
        """SELECT t.id, t.what, t.due, t.priority, c.name AS our_owner,
                  coalesce(their.name, p.name) AS their_owner
           FROM task AS t LEFT JOIN colleague AS c ON c.id = t.our_owner_id
           LEFT JOIN person AS their ON their.id = t.their_owner_id
           LEFT JOIN person AS p ON p.id = t.person_id
           WHERE t.account_id = ? AND t.status = 'open' AND t.archived_at IS NULL AND (t.due IS NULL OR t.due <= ?)
           ORDER BY t.due IS NULL, t.due, coalesce(t.priority, 'M'), t.id""",
        (account_id, until.isoformat()),
    )
