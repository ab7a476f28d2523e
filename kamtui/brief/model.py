"""The brief as data: what every renderer starts from, and what `--format json` writes."""

from dataclasses import dataclass
from enum import StrEnum

from kamtui.brief.attendees import Attendees
from kamtui.brief.background import Background
from kamtui.brief.bottom_line import BottomLine
from kamtui.brief.changes import Changes
from kamtui.brief.decision_map import DecisionMap
from kamtui.brief.find_out import Completeness, FindOut
from kamtui.brief.header import Header
from kamtui.brief.needs import Needs
from kamtui.brief.plan import Plan
from kamtui.brief.promises import Promises
from kamtui.brief.trouble import Trouble
from kamtui.store.reads.brief_money import Commercial


class Variant(StrEnum):
    """What the brief is for."""

    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Brief:
    """All sections of an account's brief. `find_out` is there only where little is known. The same data on the same day
    make the same brief."""

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
    commercial: Commercial
    trouble: Trouble
    changes: Changes
    plan: Plan
    background: Background
    cadence_days: int


AnyBrief = Brief
