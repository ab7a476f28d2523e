"""Reviews: plan one, hold it, say what was asked and committed to, and when the next one is (PRODUCT.md §4, signal 9)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kamtui.domain.enums import InteractionStatus, ReviewKind
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past
from kamtui.services.lists import set_links
from kamtui.services.need_fields import must_be_of_family
from kamtui.store.reads.reviews import ReviewRow, get_review
from kamtui.store.tables import Account, Review, ReviewColleague, ReviewPerson
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"kind", "on", "asks", "commitments", "summary", "next_on"})


def add_review(
    work: UnitOfWork,
    account_id: int,
    kind: ReviewKind,
    *,
    on: date | None = None,
    people: Sequence[int] = (),
    colleagues: Sequence[int] = (),
    asks: str | None = None,
    commitments: str | None = None,
    summary: str | None = None,
    next_on: date | None = None,
) -> ReviewRow:
    """Notes a review that was held on a day (today), or plans one for a day to come. Of us it is the person at the
    keyboard, where nobody is named. Raises `BadInput`, and `Refused` for a person of another customer."""
    account = work.get(Account, account_id)
    on = on or work.today
    work.say(_("Review ({kind}) of {account}, {day}").format(kind=called(kind), account=account.name, day=on))
    _must_follow(next_on, on)
    review = work.add(
        Review,
        account_id=account_id,
        kind=kind,
        on_date=on,
        status=InteractionStatus.PLANNED if on > work.today else InteractionStatus.HELD,
        asks=asks,
        commitments=commitments,
        summary=summary,
        next_on=next_on,
    )
    _set_attendees(work, review, people, colleagues or [work.me])
    return _row(work, review)


def edit_review(
    work: UnitOfWork,
    review_id: int,
    *,
    people: Sequence[int] | None = None,
    colleagues: Sequence[int] | None = None,
    **fields: Any,
) -> ReviewRow:
    """Sets fields of a review: those of `add_review`, None empties one, each list replaces what was there. One that was
    held cannot move to a day to come."""
    review = work.get(Review, review_id)
    work.say(_("Edit review ({kind}) of {day}").format(kind=called(review.kind), day=review.on_date))
    must_be_known(fields, _EDITABLE)
    on = fields.pop("on", None) or review.on_date
    if review.status is InteractionStatus.HELD:
        must_be_past(on, work.today, "on")
    _must_follow(fields.get("next_on", review.next_on), on)
    work.change(review, on_date=on, **fields)
    _set_attendees(work, review, people, colleagues)
    return _row(work, review)


def hold_review(work: UnitOfWork, review_id: int, *, on: date | None = None, **fields: Any) -> ReviewRow:
    """What was planned was held: on its day, or today where that is still to come. Takes what `edit_review` takes."""
    review = work.get(Review, review_id)
    work.say(_("Held: the review ({kind}) of {day}").format(kind=called(review.kind), day=review.on_date))
    if review.status is InteractionStatus.HELD:
        raise Refused(_("That review is held already, on {day}. Nothing was changed.").format(day=review.on_date))
    on = on or min(review.on_date, work.today)
    must_be_past(on, work.today, "on")
    row = edit_review(work, review_id, on=on, **fields)
    work.change(review, status=InteractionStatus.HELD)
    return get_review(work.connection, row.id)


def delete_review(work: UnitOfWork, review_id: int) -> str:
    """Deletes a review; returns what it was. Undo brings it back."""
    review = work.get(Review, review_id)
    label = f"{review.kind} {review.on_date}"
    work.say(_("Delete review {what}").format(what=label))
    work.execute("DELETE FROM external_ref WHERE entity = 'review' AND row_id = ?", (review_id,))
    work.remove(review)
    return label


def _set_attendees(
    work: UnitOfWork, review: Review, people: Sequence[int] | None, colleagues: Sequence[int] | None
) -> None:
    assert review.id is not None
    if people is not None:
        account = work.get(Account, review.account_id)
        for person_id in people:
            must_be_of_family(work, person_id, account)
        set_links(work, ReviewPerson, ("review_id", review.id), "person_id", people)
    if colleagues is not None:
        set_links(work, ReviewColleague, ("review_id", review.id), "colleague_id", colleagues)


def _must_follow(next_on: date | None, on: date) -> None:
    if next_on is not None and next_on <= on:
        raise BadInput(
            _("next_on: {next} is not after {day}. Nothing was saved.").format(next=next_on, day=on), field="next_on"
        )


def _row(work: UnitOfWork, review: Review) -> ReviewRow:
    assert review.id is not None
    return get_review(work.connection, review.id)
