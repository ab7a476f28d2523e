"""Needs as lists and cards show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamtui.domain.enums import NeedCategory, NeedEventKind, NeedKind, NeedSignal, NeedSource, NeedState
from kamtui.domain.errors import NotFound
from kamtui.domain.money import Money
from kamtui.domain.need import OPEN_STATES
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one, money
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need. `verbatim` are the words it was raised with, `wanted` those of its conversion, where it has one;
    `correction` the newest one that stands beside them. `state_since` is the day it came into its state, and
    `last_event_on` that of the last thing that happened to it, if any."""

    id: int
    uid: str
    account_id: int
    account: str
    kind: NeedKind
    raised_as: NeedKind
    state: NeedState
    verbatim: str
    wanted: str
    correction: str | None
    source: NeedSource
    raised_by_id: int | None
    who: str | None
    raised_on: date
    signal: NeedSignal | None
    category: NeedCategory | None
    quantity: Decimal | None
    unit: str | None
    importance: int | None
    capability: int | None
    cost_to_serve: Money | None
    need_by: date | None
    next_question: str | None
    product_line: str | None
    state_since: date
    last_event_on: date | None

    @property
    def is_open(self) -> bool:
        """Neither satisfied nor closed."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class NeedEventRow:
    """Something that happened to a need. For an idea that was floated, `note` is the idea and `customer_words` the
    reaction."""

    id: int
    on: date
    kind: NeedEventKind
    from_state: NeedState | None
    to_state: NeedState | None
    person_id: int | None
    person: str | None
    interaction_id: int | None
    customer_words: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A need with all that happened to it, oldest first."""

    need: NeedRow
    implication: str | None
    payoff: str | None
    created_at: str
    updated_at: str
    events: tuple[NeedEventRow, ...]


_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_LAST_WORDS = "SELECT customer_words FROM need_event WHERE need_id = n.id AND kind = '{kind}' ORDER BY id DESC LIMIT 1"
_ROW = f"""
    SELECT n.id, n.uid, n.account_id, a.name AS account, n.kind, n.raised_as, n.state, n.verbatim,
           coalesce(({_LAST_WORDS.format(kind="converted")}), n.verbatim) AS wanted,
           ({_LAST_WORDS.format(kind="corrected")}) AS correction,
           n.source, n.raised_by_id, p.name AS who, n.raised_on, n.signal, n.category, n.quantity_milli AS quantity,
           n.unit, n.importance, n.capability, {money("n.cost_to_serve_minor", "n.currency")} AS cost_to_serve,
           n.need_by, n.next_question, l.name AS product_line,
           coalesce((SELECT on_date FROM need_event WHERE need_id = n.id AND to_state <> from_state
                     ORDER BY id DESC LIMIT 1), n.raised_on) AS state_since,
           (SELECT max(on_date) FROM need_event WHERE need_id = n.id) AS last_event_on
    FROM need AS n
    JOIN account AS a ON a.id = n.account_id
    LEFT JOIN person AS p ON p.id = n.raised_by_id
    LEFT JOIN product_line AS l ON l.id = n.product_line_id
"""


def list_needs(
    connection: Connection,
    account_id: int | None = None,
    *,
    open_only: bool = True,
    kind: NeedKind | None = None,
    limit: int | None = None,
) -> list[NeedRow]:
    """Needs by account, open ones first, then by importance; closed and satisfied ones only without `open_only`.

    Over all accounts, those of archived ones are left out.
    """
    conditions = ["n.archived_at IS NULL", "a.archived_at IS NULL" if account_id is None else "n.account_id = :account"]
    if open_only:
        conditions.append(f"n.state IN ({_OPEN})")
    if kind is not None:
        conditions.append("n.kind = :kind")
    order = f"""ORDER BY a.name COLLATE NOCASE, a.id, n.state NOT IN ({_OPEN}), coalesce(n.importance, 0) DESC, n.id"""
    # What is cut off at the limit is not looked at further than it takes to order it.
    first = f"""SELECT n.id FROM need AS n JOIN account AS a ON a.id = n.account_id
                WHERE {" AND ".join(conditions)} {order} LIMIT :limit"""
    where = " AND ".join(conditions) if limit is None else f"n.id IN ({first})"
    return fetch(
        connection, NeedRow, f"{_ROW} WHERE {where} {order}", {"account": account_id, "kind": kind, "limit": limit}
    )


def count_open_needs(connection: Connection, account_id: int) -> tuple[int, int]:
    """How many implicit and how many explicit needs of an account are open."""
    found = connection.execute(
        f"SELECT kind, count(*) FROM need WHERE account_id = ? AND archived_at IS NULL AND state IN ({_OPEN}) GROUP BY kind",
        (account_id,),
    )
    counts = dict(found)
    return counts.get(NeedKind.IMPLICIT, 0), counts.get(NeedKind.EXPLICIT, 0)


def need_row(connection: Connection, need_id: int) -> NeedRow:
    """One need; raises `NotFound`."""
    row = fetch_one(connection, NeedRow, f"{_ROW} WHERE n.id = ?", (need_id,))
    if row is None:
        raise NotFound(_("There is no need with the number {id}.").format(id=need_id))
    return row


def get_need(connection: Connection, need_id: int) -> NeedCard:
    """The card of a need; raises `NotFound`."""
    row = need_row(connection, need_id)
    implication, payoff, created_at, updated_at = connection.execute(
        "SELECT implication, payoff, created_at, updated_at FROM need WHERE id = ?", (need_id,)
    ).fetchone()
    events = fetch(
        connection,
        NeedEventRow,
        """SELECT e.id, e.on_date AS "on", e.kind, e.from_state, e.to_state, e.person_id, p.name AS person,
                  e.interaction_id, e.customer_words, e.note
           FROM need_event AS e LEFT JOIN person AS p ON p.id = e.person_id
           WHERE e.need_id = ? ORDER BY e.id""",
        (need_id,),
    )
    return NeedCard(row, implication, payoff, created_at, updated_at, tuple(events))
