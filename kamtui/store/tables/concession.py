"""The give/get ledger: what we conceded, and what comes back for it."""

from datetime import date

from kamtui.domain.enums import ReturnStatus
from kamtui.store.tables.base import (
    Currency,
    Name,
    OptionalName,
    OptionalNote,
    Row,
    check,
    day,
    flag,
    is_day,
    is_flag,
    is_money,
    link,
    named,
    not_blank,
    one_of,
    prose,
    table,
    word,
)


class Concession(Row, table=True):
    """What we gave. It may be saved without a return, and is flagged at once; waiving the return needs a reason
    (invariant 4)."""

    __tablename__ = "concession"
    __table_args__ = table(
        named("what"),
        is_money("value_minor"),
        check("valid_to >= valid_from"),
        check(f"return_waived_because IS NULL OR {not_blank('return_waived_because')}"),
        is_day("given_on"),
        is_day("valid_from"),
        is_day("valid_to"),
    )

    account_id: int = link("account")
    what: Name = prose()
    given_on: date = day()
    value_minor: int | None = None
    currency: Currency | None = prose(default=None)
    valid_from: date | None = day(default=None)
    valid_to: date | None = day(default=None)
    approved_by: OptionalName = prose(default=None)
    return_waived_because: OptionalNote = prose(default=None)
    note: OptionalNote = prose(default=None)


class ReturnCommitment(Row, table=True):
    """What the customer promised in return for a concession."""

    __tablename__ = "return_commitment"
    __table_args__ = table(
        named("measure"),
        one_of("status", ReturnStatus),
        is_flag("written"),
        is_money("value_minor"),
        check(f"status <> 'waived' OR (reason IS NOT NULL AND {not_blank('reason')})"),
        is_day("due"),
        is_day("closed_on"),
    )

    concession_id: int = link("concession")
    measure: Name = prose()
    target: OptionalName = prose(default=None)
    actual: OptionalName = prose(default=None)
    value_minor: int | None = None
    currency: Currency | None = prose(default=None)
    due: date | None = day(default=None)
    written: bool = flag()
    document_ref: OptionalName = prose(default=None)
    status: ReturnStatus = word(ReturnStatus, default=ReturnStatus.PROMISED)
    closed_on: date | None = day(default=None)
    reason: OptionalNote = prose(default=None)
