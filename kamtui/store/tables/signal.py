"""Judgements of an account, criterion by criterion; signals that somebody put off. What signals find is derived."""

from datetime import date

from kamtui.domain.qualification import MOST, Criterion
from kamtui.domain.signals.model import Code
from kamtui.domain.triage import Severity
from kamtui.store.tables.base import (
    Name,
    OptionalName,
    OptionalNote,
    Row,
    check,
    day,
    is_day,
    link,
    named,
    one_of,
    prose,
    table,
    unique,
    word,
)


class Scorecard(Row, table=True):
    """One judgement of one criterion, 0 to 4, on a day; without a score it was looked at and is not known. The newest
    counts. Without a product line it is of the account as a whole."""

    __tablename__ = "scorecard"
    __table_args__ = table(
        one_of("criterion", Criterion),
        check(f"score BETWEEN 0 AND {MOST}"),
        is_day("as_of"),
    )

    account_id: int = link("account")
    product_line_id: int | None = link("product_line", gone="CASCADE", optional=True)
    as_of: date = day()
    criterion: Criterion = word(Criterion)
    score: int | None = None
    evidence: OptionalNote = prose(default=None)


class SignalState(Row, table=True):
    """Something that a signal says (`aspect`) of one record (`subject` and its number) and that is put off until a day.
    `severity` is what it was then: where it turns graver it speaks again. Without an aspect it is all that the signal says
    of the record, as it was put off before aspects were told apart."""

    __tablename__ = "signal_state"
    __table_args__ = table(
        named("aspect"),
        named("subject"),
        one_of("severity", Severity),
        check("snoozed_until > snoozed_on"),
        is_day("snoozed_on"),
        is_day("snoozed_until"),
        unique("account_id", "code", "aspect", "subject", "subject_id"),
    )

    account_id: int = link("account")
    code: Code = word(Code, foreign_key="signal_code.code", ondelete="RESTRICT")
    aspect: OptionalName = prose(default=None)
    subject: Name = prose()
    subject_id: int
    severity: Severity = word(Severity)
    snoozed_on: date = day()
    snoozed_until: date = day()
    reason: OptionalNote = prose(default=None)
