"""The brief as data: what every renderer starts from, and what `--format json` writes."""

from dataclasses import dataclass

from kamtui.brief.attendees import Attendees
from kamtui.brief.background import Background
from kamtui.brief.bottom_line import BottomLine
from kamtui.brief.changes import Changes
from kamtui.brief.commercial import Business
from kamtui.brief.customer import CustomerBrief
from kamtui.brief.decision_map import DecisionMap
from kamtui.brief.find_out import FindOut
from kamtui.brief.handover import Handover
from kamtui.brief.header import Header
from kamtui.brief.health import Health
from kamtui.brief.needs import Needs
from kamtui.brief.plan import Plan
from kamtui.brief.promises import Promises
from kamtui.brief.trouble import Trouble
from kamtui.brief.unconfirmed import Unconfirmed
from kamtui.brief.value import Value
from kamtui.brief.variants import Variant as Variant
from kamtui.domain.knowledge import Completeness


@dataclass(frozen=True, slots=True)
class Brief:
    """All sections of an account's brief. `find_out` is there only where little is known, `value` in a business review,
    `handover` in a hand-over. The same data on the same day make the same brief."""

    variant: Variant
    program: str
    header: Header
    bottom_line: BottomLine
    completeness: Completeness
    find_out: FindOut | None
    attendees: Attendees
    decision_map: DecisionMap
    needs: Needs
    promises: Promises
    commercial: Business
    health: Health
    trouble: Trouble
    changes: Changes
    plan: Plan
    background: Background
    unconfirmed: Unconfirmed
    value: Value | None
    handover: Handover | None
    cadence_days: int


AnyBrief = Brief | CustomerBrief
