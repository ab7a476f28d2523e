"""Reviews with a customer or about one: who sat there, what was asked and committed to, when the next one is."""

from datetime import date

from kamtui.domain.enums import InteractionStatus, ReviewKind
from kamtui.store.tables.base import (
    OptionalNote,
    Row,
    Value,
    check,
    day,
    is_day,
    link,
    one_of,
    prose,
    table,
    unique,
    word,
)


class Review(Row, table=True):
    """A meeting of executives, a business review, or one of our own, planned or held."""

    __tablename__ = "review"
    __table_args__ = table(
        one_of("kind", ReviewKind),
        one_of("status", InteractionStatus),
        check("next_on > on_date"),
        is_day("on_date"),
        is_day("next_on"),
    )

    account_id: int = link("account")
    kind: ReviewKind = word(ReviewKind)
    on_date: date = day()
    status: InteractionStatus = word(InteractionStatus, default=InteractionStatus.HELD)
    asks: OptionalNote = prose(default=None)
    commitments: OptionalNote = prose(default=None)
    summary: OptionalNote = prose(default=None)
    next_on: date | None = day(default=None)


class ReviewPerson(Value, table=True):
    """A person of the customer who sits there."""

    __tablename__ = "review_person"
    __table_args__ = table(unique("review_id", "person_id"))

    review_id: int = link("review")
    person_id: int = link("person")


class ReviewColleague(Value, table=True):
    """One of us who sits there."""

    __tablename__ = "review_colleague"
    __table_args__ = table(unique("review_id", "colleague_id"))

    review_id: int = link("review")
    colleague_id: int = link("colleague")
