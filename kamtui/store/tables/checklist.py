"""Checklists: the duties of a stage as judged for an account, its changes of stage, and templates of obligations."""

from datetime import date

from kamtui.domain.enums import Anchor, Side, Stage
from kamtui.store.tables.base import (
    Name,
    OptionalNote,
    Row,
    Value,
    check,
    day,
    flag,
    is_day,
    is_flag,
    link,
    named,
    one_of,
    prose,
    table,
    unique,
    word,
)


class StageCheck(Row, table=True):
    """What the person at the keyboard says of a duty (a code of `domain/stages.py`): met or not, on a day. It stands above
    what the data tell."""

    __tablename__ = "stage_check"
    __table_args__ = table(
        named("item"),
        is_flag("met"),
        is_day("judged_on"),
        unique("account_id", "item"),
    )

    account_id: int = link("account")
    item: str = prose()
    met: bool = flag(default=True)
    judged_on: date = day()
    note: OptionalNote = prose(default=None)


class StageDecision(Row, table=True):
    """A change of stage, which is the manager's to decide: the day, the reason, and what was unmet then. It stays as it
    was made (a trigger)."""

    __tablename__ = "stage_decision"
    __table_args__ = table(
        one_of("from_stage", Stage),
        one_of("to_stage", Stage),
        check("from_stage <> to_stage"),
        is_day("decided_on"),
    )

    account_id: int = link("account")
    from_stage: Stage = word(Stage)
    to_stage: Stage = word(Stage)
    decided_on: date = day()
    reason: OptionalNote = prose(default=None)


class StageDecisionUnmet(Value, table=True):
    """A duty of the stage that was left, unmet on that day."""

    __tablename__ = "stage_decision_unmet"
    __table_args__ = table(named("value"), unique("stage_decision_id", "value"))

    stage_decision_id: int = link("stage_decision")
    value: str = prose()


class ObligationTemplate(Row, table=True):
    """A checklist of obligations of the person's own, beside the built-in eight."""

    __tablename__ = "obligation_template"
    __table_args__ = table(named(), unique("name"))

    name: Name = prose()
    note: OptionalNote = prose(default=None)


class ObligationTemplateItem(Value, table=True):
    """One obligation of a template; the fields are those of `Obligation`, `place` counts from 1."""

    __tablename__ = "obligation_template_item"
    __table_args__ = table(
        named("what"),
        one_of("side", Side),
        one_of("anchor", Anchor),
        check("cadence IN ('per_order', 'per_event', 'none') OR cadence GLOB '[1-9]*[dwmy]'"),
        check("within > 0"),
        check("place > 0"),
        unique("obligation_template_id", "what", "side"),
    )

    obligation_template_id: int = link("obligation_template")
    place: int
    what: Name = prose()
    side: Side = word(Side, default=Side.OURS)
    cadence: str = prose(default="none")
    within: int | None = None
    anchor: Anchor = word(Anchor, default=Anchor.DUE)
