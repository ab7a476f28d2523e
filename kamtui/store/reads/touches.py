"""Touches, held and planned, as lists show them."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class TouchRow:
    """What happened or is planned on a day; `people` of theirs and `colleagues` of ours by name, in the order in which
    they were given, beside their numbers."""

    id: int
    uid: str
    account_id: int
    account: str
    on: date
    at_time: str | None
    status: InteractionStatus
    kind: InteractionKind
    direction: Direction
    people: tuple[str, ...]
    colleagues: tuple[str, ...]
    purpose: str | None
    ask: str | None
    commitment: str | None
    summary: str | None
    next_step: str | None
    person_ids: tuple[int, ...]
    colleague_ids: tuple[int, ...]


_THEIRS = "SELECT person.id, name FROM interaction_person AS i JOIN person ON person.id = person_id"
_OURS = "SELECT colleague.id, name FROM interaction_colleague AS i JOIN colleague ON colleague.id = colleague_id"
_ROW = f"""
    SELECT touch.id, touch.uid, touch.account_id, account.name AS account, touch.on_date AS "on", touch.at_time,
           touch.status, touch.kind, touch.direction,
           (SELECT json_group_array(name) FROM ({_THEIRS} WHERE interaction_id = touch.id ORDER BY i.id)) AS people,
           (SELECT json_group_array(name) FROM ({_OURS} WHERE interaction_id = touch.id ORDER BY i.id)) AS colleagues,
           touch.purpose, touch.ask, touch.commitment, touch.summary, touch.next_step,
           (SELECT json_group_array(id) FROM ({_THEIRS} WHERE interaction_id = touch.id ORDER BY i.id)) AS person_ids,
           (SELECT json_group_array(id) FROM ({_OURS} WHERE interaction_id = touch.id ORDER BY i.id)) AS colleague_ids
    FROM interaction AS touch JOIN account ON account.id = touch.account_id
"""


def list_coming(connection: Connection, today: date, limit: int) -> list[TouchRow]:
    """What is planned from today on, with whomever, soonest first; of an account its next meeting alone."""
    return fetch(
        connection,
        TouchRow,
        f"""{_ROW} WHERE touch.status = 'planned' AND touch.on_date >= :today AND touch.archived_at IS NULL
              AND account.archived_at IS NULL AND touch.id = (
                  SELECT i.id FROM interaction AS i WHERE i.account_id = touch.account_id AND i.status = 'planned'
                      AND i.on_date >= :today AND i.archived_at IS NULL
                  ORDER BY i.on_date, i.at_time IS NULL, i.at_time, i.id LIMIT 1)
            ORDER BY touch.on_date, touch.at_time IS NULL, touch.at_time, touch.id LIMIT :limit""",
        {"today": today.isoformat(), "limit": limit},
    )


def list_touches(
    connection: Connection,
    account_id: int | None = None,
    person_id: int | None = None,
    status: InteractionStatus | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> list[TouchRow]:
    """Touches and notes, newest first."""
    conditions = ["touch.archived_at IS NULL"]
    if account_id is not None:
        conditions.append("touch.account_id = :account")
    if person_id is not None:
        conditions.append("touch.id IN (SELECT interaction_id FROM interaction_person WHERE person_id = :person)")
    if status is not None:
        conditions.append("touch.status = :status")
    if since is not None:
        conditions.append("touch.on_date >= :since")
    return fetch(
        connection,
        TouchRow,
        f"""{_ROW} WHERE {" AND ".join(conditions)}
            ORDER BY touch.on_date DESC, touch.at_time DESC, touch.id DESC LIMIT :limit""",
        {
            "account": account_id,
            "person": person_id,
            "status": status,
            "since": since and since.isoformat(),
            "limit": -1 if limit is None else limit,
        },
    )


def last_touched(connection: Connection, account_id: int, today: date) -> date | None:
    """The day of the last touch of an account until `today`; None where it was never touched."""
    row = connection.execute(
        f"""SELECT on_date FROM interaction AS touch
            WHERE account_id = ? AND on_date <= ? AND {TOUCHED} AND archived_at IS NULL ORDER BY on_date DESC LIMIT 1""",
        (account_id, today.isoformat()),
    ).fetchone()
    return date.fromisoformat(row[0]) if row else None


def get_touch(connection: Connection, touch_id: int) -> TouchRow:
    """One touch; raises `NotFound`."""
    row = fetch_one(connection, TouchRow, f"{_ROW} WHERE touch.id = ?", (touch_id,))
    if row is None:
        raise NotFound(_("There is no touch with the number {id}.").format(id=touch_id))
    return row
