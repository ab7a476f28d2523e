"""The three stages of a relationship and their duties (PRODUCT.md §2.3, from S1).

A duty with `derived` is read from the data where they tell (`store/reads/stages.py`); the others are judged by the person.
What the person says stands above what the data tell.
"""

from dataclasses import dataclass

from kamtui.domain.enums import ChannelKind, Stage
from kamtui.domain.errors import BadInput
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark

EXECUTIVE_DAYS = 180  # how often executives of both sides meet, at least
DEEP_INVOLVEMENT = 3  # of 5: we advise on strategy and processes
BEYOND_KAM = (ChannelKind.TECHNICAL, ChannelKind.MANAGEMENT)


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of a stage's checklist, known by `code`."""

    code: str
    stage: Stage
    what: str
    derived: bool = False


DUTIES = (
    Duty("scorecard", Stage.BUILDING, mark("The scorecard is done")),
    Duty("industry_brief", Stage.BUILDING, mark("We know their industry, position and rivals"), derived=True),
    Duty("value_proposition", Stage.BUILDING, mark("There is a value proposition for them")),
    Duty("references", Stage.BUILDING, mark("There are references among their peers"), derived=True),
    Duty("one_kam", Stage.BUILDING, mark("One account manager is named"), derived=True),
    Duty("deciders_met", Stage.BUILDING, mark("The top deciders have been met"), derived=True),
    Duty("solution", Stage.BUILDING, mark("There is a tailored solution: technical, managerial, process, financial")),
    Duty("merit", Stage.STABLE, mark("Accidents are prevented, and crises earn us merit"), derived=True),
    Duty("emergency_process", Stage.STABLE, mark("We are in their management and emergency process")),
    Duty("complaint_channel", Stage.STABLE, mark("They know where to complain"), derived=True),
    Duty(
        "other_channels", Stage.STABLE, mark("They know a technical and a management channel beyond the KAM"), derived=True
    ),
    Duty("executives_meet", Stage.STABLE, mark("Executives of both sides meet regularly"), derived=True),
    Duty("resources", Stage.STABLE, mark("Dedicated resources serve them")),
    Duty("sponsor", Stage.STABLE, mark("One of our executives is their sponsor"), derived=True),
    Duty("reciprocity", Stage.STRENGTHENING, mark("Each is the other's customer"), derived=True),
    Duty("involvement", Stage.STRENGTHENING, mark("We advise on their strategy and processes (depth 3 or more)"), derived=True),
    Duty("deeper_needs", Stage.STRENGTHENING, mark("Deeper needs are being worked on")),
)  # fmt: skip
_BY_CODE = {duty.code: duty for duty in DUTIES}


def duty_of(code: str) -> Duty:
    """The duty of that code; raises `BadInput`, naming those there are."""
    if code not in _BY_CODE:
        raise BadInput(
            _("item: “{code}” is no duty of a stage. There are: {all}.").format(
                code=one_line(code, 40), all=", ".join(_BY_CODE)
            ),
            field="item",
        )
    return _BY_CODE[code]
