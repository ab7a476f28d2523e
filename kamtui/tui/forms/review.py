"""The forms of a review, and of what the customer decides by."""

from datetime import date

from kamtui.domain.enums import ReviewKind
from kamtui.language import mark
from kamtui.store.reads.criteria import get_criterion
from kamtui.store.reads.reviews import get_review
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Picked, Texts, grades, options, text_of
from kamtui.tui.forms.task import DAY_HINT

KIND = options(
    {
        ReviewKind.EXECUTIVE: mark("executives of both sides"),
        ReviewKind.QBR: mark("quarterly business review"),
        ReviewKind.INTERNAL: mark("internal"),
    }
)
_REVIEW = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("kind", mark("kind"), Kind.CHOICE, required=True, options=KIND, default="qbr", tall=True),
    Field("on", mark("day"), Kind.DAY, required=True, default="today", hint=DAY_HINT),
    Field("people", mark("with"), Kind.PEOPLE, hint=mark("names, with commas between")),
    Field("asks", mark("our asks"), Kind.NOTE),
    Field("commitments", mark("commitments"), Kind.NOTE),
    Field("next_on", mark("next one"), Kind.DAY, hint=DAY_HINT),
    Field("colleagues", mark("who of us"), Kind.COLLEAGUES, folded=True),
    Field("summary", mark("what was said"), Kind.NOTE, folded=True),
)
_ALL = ("on", "people", "colleagues", "asks", "commitments", "summary", "next_on")
_CRITERION = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("name", mark("criterion"), required=True, hint=mark("technical level, capacity, payment terms, delivery")),
    Field("weight", mark("weight to them"), Kind.CHOICE, options=grades(1, 5)),
    Field("our_rating", mark("our rating"), Kind.CHOICE, options=grades(0, 5)),
    Field("rival", mark("rival")),
    Field("rival_rating", mark("their rating"), Kind.CHOICE, options=grades(0, 5)),
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_RATED = ("weight", "our_rating", "rival", "rival_rating", "note")


def load(connection: Connection, review_id: int, _today: date) -> Texts:
    """The texts of a review."""
    row = get_review(connection, review_id)
    return {
        **{name: text_of(getattr(row, name)) for name in ("kind", "on", "asks", "commitments", "summary", "next_on")},
        "people": tuple(map(Picked, row.person_ids, row.people)),
        "colleagues": tuple(map(Picked, row.colleague_ids, row.colleagues)),
    }


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Notes a review, held or to come, or changes one."""
    from kamtui.services.reviews import add_review, edit_review

    if filled.record_id is None:
        row = add_review(work, filled.account, filled.values["kind"], **filled.given(*_ALL))
    else:
        row = edit_review(work, filled.record_id, **filled.given("kind", *_ALL))
    return "review", row.id


def load_criterion(connection: Connection, criterion_id: int, _today: date) -> Texts:
    """The texts of a criterion."""
    row = get_criterion(connection, criterion_id)
    return {name: text_of(getattr(row, name)) for name in ("name", *_RATED)}


def save_criterion(work: UnitOfWork, filled: Filled) -> Key:
    """Notes what they decide by, or changes it."""
    from kamtui.services.criteria import add_criterion, edit_criterion

    if filled.record_id is None:
        row = add_criterion(work, filled.account, filled.values["name"], **filled.given(*_RATED))
    else:
        row = edit_criterion(work, filled.record_id, **filled.given("name", *_RATED))
    return "decision_criterion", row.id


def account_of(connection: Connection, review_id: int) -> int | None:
    """The account of a review."""
    row = connection.execute("SELECT account_id FROM review WHERE id = ?", (review_id,)).fetchone()
    return row[0] if row else None


def account_of_criterion(connection: Connection, criterion_id: int) -> int | None:
    """The account of a criterion."""
    row = connection.execute("SELECT account_id FROM decision_criterion WHERE id = ?", (criterion_id,)).fetchone()
    return row[0] if row else None


REVIEW = FormSpec("review", mark("New review"), mark("Review"), _REVIEW, load, save, account_of=account_of)
CRITERION = FormSpec(
    "decision_criterion", mark("New criterion"), mark("Criterion"), _CRITERION, load_criterion, save_criterion,
    account_of=account_of_criterion,
)  # fmt: skip
