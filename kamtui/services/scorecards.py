"""Scorecards: judge a criterion, mend a judgement; a judgement of another day is another one (PRODUCT.md §4, Qualification)."""

from datetime import date
from typing import Any

from sqlmodel import select

from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.qualification import MOST, Criterion
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past
from kamtui.store.reads.scorecards import ScoreRow, get_score
from kamtui.store.tables import Account, ProductLine, Scorecard
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"score", "evidence", "as_of"})


def add_score(
    work: UnitOfWork,
    account_id: int,
    criterion: Criterion,
    score: int | None,
    *,
    product_line_id: int | None = None,
    as_of: date | None = None,
    evidence: str | None = None,
) -> ScoreRow:
    """Judges a criterion of an account, or of one of its product lines, on a day (today): 0 to 4, None for what is not
    known. The newest judgement counts; one of the same day is replaced. Raises `BadInput`, `Refused`."""
    account = work.get(Account, account_id)
    work.say(
        _("Score {account}: {criterion} {score}").format(
            account=account.name, criterion=criterion, score="?" if score is None else score
        )
    )
    as_of = as_of or work.today
    _must_be_possible(work, score, as_of)
    if product_line_id is not None and work.get(ProductLine, product_line_id).account_id != account_id:
        raise Refused(_("That product line is of another account. Nothing was saved."))
    there = work.session.exec(
        select(Scorecard).where(
            Scorecard.account_id == account_id,
            Scorecard.criterion == criterion,
            Scorecard.as_of == as_of,
            Scorecard.product_line_id == product_line_id,
        )
    ).first()
    if there is not None:
        work.change(there, score=score, **({} if evidence is None else {"evidence": evidence}))
        return _row(work, there)
    return _row(
        work,
        work.add(
            Scorecard,
            account_id=account_id,
            product_line_id=product_line_id,
            as_of=as_of,
            criterion=criterion,
            score=score,
            evidence=evidence,
        ),
    )


def edit_score(work: UnitOfWork, score_id: int, **fields: Any) -> ScoreRow:
    """Mends a judgement: score (None: not known), evidence, as_of."""
    row = work.get(Scorecard, score_id)
    work.say(_("Edit the score of {criterion}").format(criterion=row.criterion))
    must_be_known(fields, _EDITABLE)
    _must_be_possible(work, fields.get("score", row.score), fields.get("as_of", row.as_of))
    work.change(row, **fields)
    return _row(work, row)


def delete_score(work: UnitOfWork, score_id: int) -> str:
    """Deletes a judgement; returns what it was. Undo brings it back."""
    row = work.get(Scorecard, score_id)
    label = f"{row.criterion} {'?' if row.score is None else row.score}"
    work.say(_("Delete the score {what}").format(what=label))
    work.remove(row)
    return label


def _must_be_possible(work: UnitOfWork, score: int | None, as_of: date) -> None:
    if score is not None and not 0 <= score <= MOST:
        raise BadInput(
            _("score: {score} is not from 0 to {most}. Nothing was saved.").format(score=score, most=MOST),
            field="score",
        )
    must_be_past(as_of, work.today, "on")


def _row(work: UnitOfWork, row: Scorecard) -> ScoreRow:
    assert row.id is not None
    return get_score(work.connection, row.id)
