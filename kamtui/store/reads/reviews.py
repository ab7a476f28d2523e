"""Reviews, planned and held."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import InteractionStatus, ReviewKind
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review; `people` of theirs and `colleagues` of ours by name, in the order in which they were given, beside their
    numbers. `next_on` is the day of the next one, where that is known."""

    id: int
    uid: str
    account_id: int
    account: str
    kind: ReviewKind
    on: date
    status: InteractionStatus
    people: tuple[str, ...]
    colleagues: tuple[str, ...]
    asks: str | None
    commitments: str | None
    summary: str | None
    next_on: date | None
    person_ids: tuple[int, ...]
    colleague_ids: tuple[int, ...]


_THEIRS = "SELECT person.id, name FROM review_person AS i JOIN person ON person.id = person_id"
_OURS = "SELECT colleague.id, name FROM review_colleague AS i JOIN colleague ON colleague.id = colleague_id"
_ROW = f"""
    SELECT r.id, r.uid, r.account_id, account.name AS account, r.kind, r.on_date AS "on", r.status,
           (SELECT json_group_array(name) FROM ({_THEIRS} WHERE review_id = r.id ORDER BY i.id)) AS people,
           (SELECT json_group_array(name) FROM ({_OURS} WHERE review_id = r.id ORDER BY i.id)) AS colleagues,
           r.asks, r.commitments, r.summary, r.next_on,
           (SELECT json_group_array(id) FROM ({_THEIRS} WHERE review_id = r.id ORDER BY i.id)) AS person_ids,
           (SELECT json_group_array(id) FROM ({_OURS} WHERE review_id = r.id ORDER BY i.id)) AS colleague_ids
    FROM review AS r JOIN account ON account.id = r.account_id
"""


def list_reviews(
    connection: Connection, account_id: int | None = None, *, kind: ReviewKind | None = None
) -> list[ReviewRow]:
    """Reviews, newest first. Over all accounts, those of archived ones are left out."""
    conditions = [
        "r.archived_at IS NULL",
        "account.archived_at IS NULL" if account_id is None else "r.account_id = :account",
    ]
    if kind is not None:
        conditions.append("r.kind = :kind")
    return fetch(
        connection,
        ReviewRow,
        f"{_ROW} WHERE {' AND '.join(conditions)} ORDER BY r.on_date DESC, r.id DESC",
        {"account": account_id, "kind": kind},
    )


def get_review(connection: Connection, review_id: int) -> ReviewRow:
    """One review; raises `NotFound`."""
    row = fetch_one(connection, ReviewRow, f"{_ROW} WHERE r.id = ?", (review_id,))
    if row is None:
        raise NotFound(_("There is no review with the number {id}.").format(id=review_id))
    return row
