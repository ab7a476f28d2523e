"""Complaints as lists and cards show them."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import IssueStatus
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A complaint. `days_open` counts from its receipt until it was resolved, or today; `days_in_status` since it came into
    its state: what is put off or denied ages too."""

    id: int
    uid: str
    account_id: int
    account: str
    words: str
    received_on: date
    raised_by_id: int | None
    who: str | None
    owner_id: int | None
    owner: str | None
    first_response_on: date | None
    first_response: str | None
    status: IssueStatus
    status_since: date
    deferred_until: date | None
    reason: str | None
    resolution: str | None
    note: str | None
    days_open: int
    days_in_status: int

    @property
    def is_open(self) -> bool:
        """Not resolved: put off and denied are not over."""
        return self.status is not IssueStatus.RESOLVED


_ROW = """
    SELECT i.id, i.uid, i.account_id, a.name AS account, i.words, i.received_on, i.raised_by_id,
           (SELECT name FROM person WHERE id = i.raised_by_id) AS who, i.owner_id,
           (SELECT name FROM colleague WHERE id = i.owner_id) AS owner, i.first_response_on, i.first_response, i.status,
           i.status_since, i.deferred_until, i.reason, i.resolution, i.note,
           CAST(max(0, julianday(CASE i.status WHEN 'resolved' THEN i.status_since ELSE :today END)
                       - julianday(i.received_on)) AS INTEGER) AS days_open,
           CAST(max(0, julianday(:today) - julianday(i.status_since)) AS INTEGER) AS days_in_status
    FROM issue AS i JOIN account AS a ON a.id = i.account_id
"""


def list_issues(
    connection: Connection, today: date, *, account_id: int | None = None, open_only: bool = True
) -> list[IssueRow]:
    """Complaints: those without an answer first, then the oldest; resolved ones only without `open_only`, the newest
    first. Over all accounts, those of archived ones are left out."""
    conditions = ["i.archived_at IS NULL", "a.archived_at IS NULL" if account_id is None else "i.account_id = :account"]
    if open_only:
        conditions.append("i.status <> 'resolved'")
    return fetch(
        connection,
        IssueRow,
        f"""{_ROW} WHERE {" AND ".join(conditions)}
            ORDER BY i.status = 'resolved', i.first_response_on IS NOT NULL,
                     CASE WHEN i.status <> 'resolved' THEN i.received_on END, i.received_on DESC, i.id""",
        {"today": today.isoformat(), "account": account_id},
    )


def get_issue(connection: Connection, issue_id: int, today: date) -> IssueRow:
    """One complaint; raises `NotFound`."""
    row = fetch_one(connection, IssueRow, f"{_ROW} WHERE i.id = :id", {"today": today.isoformat(), "id": issue_id})
    if row is None:
        raise NotFound(_("There is no complaint with the number {id}.").format(id=issue_id))
    return row
