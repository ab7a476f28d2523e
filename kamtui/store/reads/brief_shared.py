"""What both sides know of their business: agreed needs, promises, what was delivered, joint actions.

A brief for the customer is made of these rows and of nothing else. So each query names the columns that it may read, one by
one, and no row of it holds a stance, an opinion, a margin or a note (PRODUCT.md §5, the allow-list).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kamtui.domain.enums import NeedState, Side
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection

SATISFIED_DAYS = 365
DELIVERED_DAYS = 180
ACTION_DAYS = 90


@dataclass(frozen=True, slots=True)
class SharedAccount:
    """Who the customer is, and who of us answers for them."""

    id: int
    name: str
    kam: str | None


@dataclass(frozen=True, slots=True)
class SharedMeeting:
    """The next day on which both sides meet."""

    on_date: date
    at_time: str | None


@dataclass(frozen=True, slots=True)
class AgreedNeed:
    """A need that both sides agreed on; `satisfied_on` once they said that it is met."""

    id: int
    words: str
    in_their_words: bool
    state: NeedState
    quantity: Decimal | None
    unit: str | None
    need_by: date | None
    agreed_on: date | None
    satisfied_on: date | None


@dataclass(frozen=True, slots=True)
class SharedPromise:
    """A promise of one side that is open, or (with `done_on`) was kept."""

    id: int
    side: Side
    what: str
    subject: str
    our_owner: str | None
    their_owner: str | None
    due: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class JointAction:
    """Something to do that has an owner on each side."""

    id: int
    what: str
    due: date | None
    our_owner: str
    their_owner: str


def get_shared_account(connection: Connection, account_id: int) -> SharedAccount:
    """The customer; raises `NotFound`."""
    found = fetch_one(
        connection,
        SharedAccount,
        """SELECT a.id, a.name, c.name AS kam FROM account AS a LEFT JOIN colleague AS c ON c.id = a.kam_id
           WHERE a.id = ?""",
        (account_id,),
    )
    if found is None:
        raise NotFound(_("There is no account with the number {id}.").format(id=account_id))
    return found


def next_shared_meeting(connection: Connection, account_id: int, today: date) -> SharedMeeting | None:
    """The nearest that is planned, on or after `today`; a note is none."""
    return fetch_one(
        connection,
        SharedMeeting,
        """SELECT on_date, at_time FROM interaction
           WHERE account_id = ? AND status = 'planned' AND kind <> 'note' AND on_date >= ? AND archived_at IS NULL
           ORDER BY on_date, at_time IS NULL, at_time, id LIMIT 1""",
        (account_id, today.isoformat()),
    )


# The agreed needs of which there are `{words}`, soonest wanted first, then those that were satisfied since a day.
AGREED_NEEDS = """
    SELECT id, words, in_their_words, state, quantity, unit, need_by, agreed_on, satisfied_on FROM (
        SELECT n.id, coalesce(said.customer_words, {words}) AS words,
               said.id IS NOT NULL OR n.source <> 'observed' AS in_their_words,
               n.state, n.quantity_milli AS quantity, n.unit, n.need_by,
               (SELECT max(e.on_date) FROM need_event AS e WHERE e.need_id = n.id AND e.to_state = 'agreed') AS agreed_on,
               CASE n.state WHEN 'satisfied' THEN
                   (SELECT max(e.on_date) FROM need_event AS e
                    WHERE e.need_id = n.id AND e.to_state = 'satisfied') END AS satisfied_on
        FROM need AS n LEFT JOIN need_event AS said
            ON said.id = (SELECT max(e.id) FROM need_event AS e WHERE e.need_id = n.id AND e.kind = 'converted')
        WHERE n.account_id = :account AND n.archived_at IS NULL AND n.kind = 'explicit'
          AND n.state IN ('agreed', 'satisfied')
    ) WHERE words IS NOT NULL AND (state = 'agreed' OR coalesce(satisfied_on, :today) > :since)
    ORDER BY state = 'satisfied', satisfied_on DESC, coalesce(need_by, '9999-12-31'), id
"""


def agreed_since(account_id: int, today: date) -> dict[str, int | str]:
    """What `AGREED_NEEDS` is asked with: satisfied needs count for 12 months."""
    since = today - timedelta(days=SATISFIED_DAYS)
    return {"account": account_id, "today": today.isoformat(), "since": since.isoformat()}


def list_agreed_needs(connection: Connection, account_id: int, today: date) -> list[AgreedNeed]:
    """The agreed needs that a person of theirs put into words. A need that began as a complaint has the words of its
    conversion and never those of the complaint; what we saw ourselves is our opinion, and stays with us."""
    return fetch(
        connection,
        AgreedNeed,
        AGREED_NEEDS.format(words="CASE WHEN n.raised_as = 'explicit' AND n.source = 'person' THEN n.verbatim END"),
        agreed_since(account_id, today),
    )


_PROMISE = """
    SELECT c.id, o.side, o.what, c.subject, owner.name AS our_owner, their.name AS their_owner, c.due, c.done_on
    FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
    LEFT JOIN colleague AS owner ON owner.id = o.owner_id
    LEFT JOIN person AS their ON their.id = o.their_owner_id
    WHERE o.account_id = :account AND o.archived_at IS NULL
"""


def list_open_promises(connection: Connection, account_id: int) -> list[SharedPromise]:
    """What both sides still owe each other, soonest due first."""
    return fetch(
        connection,
        SharedPromise,
        f"{_PROMISE} AND c.status = 'open' ORDER BY c.due, o.side, c.id",
        {"account": account_id},
    )


def list_delivered(connection: Connection, account_id: int, today: date) -> list[SharedPromise]:
    """What both sides did of it in the last 180 days, newest first."""
    return fetch(
        connection,
        SharedPromise,
        f"""{_PROMISE} AND c.status = 'done' AND c.done_on > :since AND c.done_on <= :today
            ORDER BY c.done_on DESC, o.side, c.id""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "since": (today - timedelta(days=DELIVERED_DAYS)).isoformat(),
        },
    )


def list_joint_actions(connection: Connection, account_id: int, today: date) -> list[JointAction]:
    """The open tasks of the next 90 days that somebody of each side owns, soonest first; none that came of a signal, whose words
    are no customer's."""
    return fetch(
        connection,
        JointAction,
        """SELECT t.id, t.what, t.due, ours.name AS our_owner, theirs.name AS their_owner
           FROM task AS t JOIN colleague AS ours ON ours.id = t.our_owner_id
           JOIN person AS theirs ON theirs.id = t.their_owner_id
           WHERE t.account_id = ? AND t.status = 'open' AND t.archived_at IS NULL AND (t.due IS NULL OR t.due <= ?)
             AND t.source IS NOT 'signal'
           ORDER BY t.due IS NULL, t.due, t.id""",
        (account_id, (today + timedelta(days=ACTION_DAYS)).isoformat()),
    )
