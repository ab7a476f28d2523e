"""Contracts with their terms, and what a customer decides by."""

from datetime import date

from kamtui.domain.enums import NeedCategory
from kamtui.store.tables.base import (
    Currency,
    Name,
    OptionalName,
    OptionalNote,
    Row,
    check,
    day,
    is_day,
    is_money,
    link,
    named,
    prose,
    table,
    unique,
    word,
)


class Contract(Row, table=True):
    """What was, or is to be, signed: without a day of signing it is still being negotiated.

    What the customer commits to is a quantity (thousandths of `unit`) or an amount of money, not both: one of them is
    what the attainment is reckoned on.
    """

    __tablename__ = "contract"
    __table_args__ = table(
        named("what"),
        check("ends_on >= starts_on"),
        check("committed_milli > 0"),
        check("committed_minor > 0"),
        check("committed_milli IS NULL OR committed_minor IS NULL"),
        is_money("committed_minor"),
        check("committed_minor IS NULL OR currency IS NOT NULL"),
        is_day("signed_on"),
        is_day("starts_on"),
        is_day("ends_on"),
    )

    account_id: int = link("account")
    product_line_id: int | None = link("product_line", gone="SET NULL", optional=True)
    what: Name = prose()
    signed_on: date | None = day(default=None)
    starts_on: date | None = day(default=None)
    ends_on: date | None = day(default=None)
    committed_milli: int | None = None
    unit: OptionalName = prose(default=None)
    committed_minor: int | None = None
    currency: Currency | None = prose(default=None)
    document_ref: OptionalName = prose(default=None)
    note: OptionalNote = prose(default=None)


class ContractTerm(Row, table=True):
    """A term of a contract, named like the need that it answers: what they want, what we offer, what was agreed."""

    __tablename__ = "contract_term"
    __table_args__ = table(unique("contract_id", "term"))

    contract_id: int = link("contract")
    term: NeedCategory = word(NeedCategory, foreign_key="need_category.code", ondelete="RESTRICT")
    wanted: OptionalNote = prose(default=None)
    offered: OptionalNote = prose(default=None)
    agreed: OptionalNote = prose(default=None)


class DecisionCriterion(Row, table=True):
    """Something that a customer decides by: its weight to them (1 to 5), how they rate us and a rival in it (0 to 5).
    What is not known is empty."""

    __tablename__ = "decision_criterion"
    __table_args__ = table(
        named(),
        check("weight BETWEEN 1 AND 5"),
        check("our_rating BETWEEN 0 AND 5"),
        check("rival_rating BETWEEN 0 AND 5"),
        unique("account_id", "name"),
    )

    account_id: int = link("account")
    name: Name = prose()
    weight: int | None = None
    our_rating: int | None = None
    rival: OptionalName = prose(default=None)
    rival_rating: int | None = None
    note: OptionalNote = prose(default=None)
