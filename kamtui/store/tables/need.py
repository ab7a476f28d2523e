"""Needs and what happened to them. Triggers hold invariants 2 and 3 for any writer."""

from datetime import date

from kamtui.domain.enums import (
    NeedCategory,
    NeedEventKind,
    NeedKind,
    NeedSignal,
    NeedSource,
    NeedState,
)
from kamtui.store.tables.base import (
    Currency,
    Note,
    OptionalName,
    OptionalNote,
    Row,
    check,
    day,
    is_day,
    is_money,
    link,
    not_blank,
    one_of,
    prose,
    table,
    word,
    written,
)


class Need(Row, table=True):
    """What a customer wants (explicit) or suffers from (implicit), in their words or as we saw it.

    `raised_as` is the kind it was captured with and never changes; `kind` flips by a conversion.
    Quantities are thousandths of `unit`.
    """

    __tablename__ = "need"
    __table_args__ = table(
        written("verbatim"),
        one_of("kind", NeedKind),
        one_of("raised_as", NeedKind),
        one_of("source", NeedSource),
        one_of("signal", NeedSignal),
        one_of("state", NeedState),
        check("(source = 'person') = (raised_by_id IS NOT NULL)"),
        check("kind = 'explicit' OR state IN ('captured', 'exploring', 'declined', 'lost', 'obsolete')"),
        check("importance BETWEEN 1 AND 5"),
        check("capability BETWEEN 0 AND 5"),
        is_money("cost_to_serve_minor"),
        is_day("raised_on"),
        is_day("need_by"),
    )

    account_id: int = link("account")
    product_line_id: int | None = link("product_line", gone="SET NULL", optional=True)
    verbatim: Note = prose()
    raised_on: date = day()
    source: NeedSource = word(NeedSource, default=NeedSource.UNKNOWN)
    raised_by_id: int | None = link("person", gone="RESTRICT", optional=True)
    raised_as: NeedKind = word(NeedKind)
    kind: NeedKind = word(NeedKind)
    signal: NeedSignal | None = word(NeedSignal, default=None)
    state: NeedState = word(NeedState, default=NeedState.CAPTURED)
    category: NeedCategory | None = word(
        NeedCategory, default=None, foreign_key="need_category.code", ondelete="RESTRICT"
    )
    quantity_milli: int | None = None
    unit: OptionalName = prose(default=None)
    importance: int | None = None
    capability: int | None = None
    cost_to_serve_minor: int | None = None
    currency: Currency | None = prose(default=None)
    need_by: date | None = day(default=None)
    implication: OptionalNote = prose(default=None)
    payoff: OptionalNote = prose(default=None)
    next_question: OptionalNote = prose(default=None)


class NeedEvent(Row, table=True):
    """A step of a need: a change of state, an idea floated and its reaction, the conversion, a correction."""

    __tablename__ = "need_event"
    __table_args__ = table(
        one_of("kind", NeedEventKind),
        one_of("from_state", NeedState),
        one_of("to_state", NeedState),
        check(
            "kind <> 'converted' OR"
            f" (person_id IS NOT NULL AND customer_words IS NOT NULL AND {not_blank('customer_words')})"
        ),
        is_day("on_date"),
    )

    need_id: int = link("need")
    on_date: date = day()
    kind: NeedEventKind = word(NeedEventKind)
    from_state: NeedState | None = word(NeedState, default=None)
    to_state: NeedState | None = word(NeedState, default=None)
    person_id: int | None = link("person", gone="RESTRICT", optional=True)
    interaction_id: int | None = link("interaction", gone="SET NULL", optional=True)
    customer_words: OptionalNote = prose(default=None)
    note: OptionalNote = prose(default=None)
