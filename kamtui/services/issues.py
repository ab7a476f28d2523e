"""Complaints: received, answered, put off, denied, resolved (PRODUCT.md §2.3, §2.6 and §4, signal 14)."""

from datetime import date
from typing import Any

from kamtui.domain.enums import IssueStatus
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.services.fields import has_ink, must_be_known, must_be_past, must_say
from kamtui.services.need_fields import must_be_of_family
from kamtui.store.reads.issues import IssueRow, get_issue
from kamtui.store.tables import Account, Issue
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset(
    {"words", "received_on", "raised_by_id", "owner_id", "first_response_on", "first_response", "note"}
)
_LABEL = 60


def add_issue(
    work: UnitOfWork,
    account_id: int,
    words: str,
    *,
    raised_by_id: int | None = None,
    received_on: date | None = None,
    owner_id: int | None = None,
    note: str | None = None,
) -> IssueRow:
    """Notes a complaint in the customer's words; the account's KAM looks after it unless another colleague is named.

    Raises `BadInput` for a day to come, `Refused` for a person of another customer.
    """
    account = work.get(Account, account_id)
    work.say(_("Complaint of {account}: {words}").format(account=account.name, words=one_line(words, _LABEL)))
    must_say(words, "words")
    received_on = received_on or work.today
    must_be_past(received_on, work.today, "received_on")
    if raised_by_id is not None:
        must_be_of_family(work, raised_by_id, account)
    issue = work.add(
        Issue,
        account_id=account_id,
        words=words,
        received_on=received_on,
        status_since=received_on,
        raised_by_id=raised_by_id,
        owner_id=owner_id or account.kam_id or work.me,
        note=note,
    )
    return _row(work, issue)


def edit_issue(work: UnitOfWork, issue_id: int, **fields: Any) -> IssueRow:
    """Sets fields of a complaint: those of `add_issue`, and its first response; None empties one."""
    issue = _get(work, issue_id, _("Edit complaint {id}: {words}"))
    must_be_known(fields, _EDITABLE)
    if "words" in fields:
        must_say(fields["words"] or "", "words")
    if fields.get("raised_by_id") is not None:
        must_be_of_family(work, fields["raised_by_id"], work.get(Account, issue.account_id))
    received_on = fields.get("received_on", issue.received_on)
    must_be_past(received_on, work.today, "received_on")
    answered = fields.get("first_response_on", issue.first_response_on)
    _must_follow(answered, received_on, work.today, "first_response_on")
    if issue.status is IssueStatus.OPEN and issue.status_since == issue.received_on:
        # One that was only ever open has been so since the day it came.
        fields["status_since"] = received_on
    else:
        _must_follow(issue.status_since, received_on, work.today, "received_on")
    work.change(issue, **fields)
    return _row(work, issue)


def respond_to_issue(
    work: UnitOfWork, issue_id: int, response: str | None = None, *, on: date | None = None
) -> IssueRow:
    """The customer got a first answer, on a day. Raises `Refused` where they had one: `edit_issue` mends it."""
    issue = _get(work, issue_id, _("First answer to complaint {id}: {words}"))
    if issue.first_response_on is not None:
        raise Refused(
            _("Complaint {id} was answered on {day} already. Nothing was changed.").format(
                id=issue_id, day=issue.first_response_on
            )
        )
    work.change(issue, first_response_on=_day(work, issue, on), first_response=response)
    return _row(work, issue)


def defer_issue(
    work: UnitOfWork, issue_id: int, reason: str, *, until: date | None = None, on: date | None = None
) -> IssueRow:
    """Puts a complaint off, for a reason, perhaps until a day. It is not over, and ages in plain sight."""
    issue = _get(work, issue_id, _("Put off complaint {id}: {words}"))
    on = _day(work, issue, on)
    if until is not None and until <= on:
        raise BadInput(_("until: {day} is not after {on}. Nothing was saved.").format(day=until, on=on), field="until")
    return _moved(work, issue, IssueStatus.DEFERRED, on, reason=_reason(reason), deferred_until=until)


def deny_issue(work: UnitOfWork, issue_id: int, reason: str, *, on: date | None = None) -> IssueRow:
    """Tells the customer that a complaint is not ours, for a reason. It is not over, and ages in plain sight."""
    issue = _get(work, issue_id, _("Deny complaint {id}: {words}"))
    return _moved(work, issue, IssueStatus.DENIED, _day(work, issue, on), reason=_reason(reason))


def resolve_issue(work: UnitOfWork, issue_id: int, resolution: str, *, on: date | None = None) -> IssueRow:
    """A complaint is over; says how. Where nobody had answered before, that was the first answer."""
    issue = _get(work, issue_id, _("Resolve complaint {id}: {words}"))
    must_say(resolution, "resolution")
    on = _day(work, issue, on)
    _must_follow(issue.first_response_on, issue.received_on, on, "on")
    if issue.first_response_on is None:
        work.change(issue, first_response_on=on)
    return _moved(work, issue, IssueStatus.RESOLVED, on, resolution=resolution)


def reopen_issue(work: UnitOfWork, issue_id: int, *, on: date | None = None) -> IssueRow:
    """Takes a complaint up again that was put off, denied or resolved; what was said of it stays."""
    issue = _get(work, issue_id, _("Take up complaint {id} again: {words}"))
    return _moved(work, issue, IssueStatus.OPEN, _day(work, issue, on))


def delete_issue(work: UnitOfWork, issue_id: int) -> str:
    """Deletes a complaint; returns its words. Undo brings it back."""
    issue = _get(work, issue_id, _("Delete complaint {id}: {words}"))
    words = issue.words
    work.execute("DELETE FROM external_ref WHERE entity = 'issue' AND row_id = ?", (issue_id,))
    work.remove(issue)
    return words


def _get(work: UnitOfWork, issue_id: int, label: str) -> Issue:
    issue = work.get(Issue, issue_id)
    work.say(label.format(id=issue_id, words=one_line(issue.words, _LABEL)))
    return issue


def _moved(work: UnitOfWork, issue: Issue, status: IssueStatus, on: date, **fields: Any) -> IssueRow:
    if issue.status is status:
        raise Refused(
            _("Complaint {id} is {status} since {day}. Nothing was changed.").format(
                id=issue.id, status=status, day=issue.status_since
            )
        )
    work.change(issue, **{"deferred_until": None, **fields}, status=status, status_since=on)
    return _row(work, issue)


def _reason(reason: str) -> str:
    if not has_ink(reason):
        raise Refused(_("A complaint is put off or denied for a reason. Nothing was changed."))
    return reason


def _day(work: UnitOfWork, issue: Issue, on: date | None) -> date:
    """The day on which something happened to a complaint: today, unless another is named."""
    on = on or work.today
    _must_follow(on, issue.received_on, work.today, "on")
    return on


def _must_follow(day: date | None, received_on: date, today: date, field: str) -> None:
    """Raises `BadInput` for a day to come, and for one before the complaint was received."""
    must_be_past(day, today, field)
    if day is not None and day < received_on:
        raise BadInput(
            _("{field}: {day} is before the complaint came ({received}). Nothing was saved.").format(
                field=field, day=day, received=received_on
            ),
            field=field,
        )


def _row(work: UnitOfWork, issue: Issue) -> IssueRow:
    assert issue.id is not None
    return get_issue(work.connection, issue.id, work.today)
