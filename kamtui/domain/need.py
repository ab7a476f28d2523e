"""Needs: the states that one passes through, and what is still to be asked (PRODUCT.md §2.4)."""

from kamtui.domain.enums import NeedKind, NeedState
from kamtui.language import mark

_S = NeedState
WAY = (_S.CAPTURED, _S.EXPLORING, _S.CONFIRMED, _S.PROPOSED, _S.AGREED, _S.SATISFIED)
CLOSINGS = (_S.DECLINED, _S.LOST, _S.OBSOLETE)
OPEN_STATES = WAY[:-1]
# An implicit need cannot pass exploring without a conversion (invariant 2).
IMPLICIT_STATES = (_S.CAPTURED, _S.EXPLORING, *CLOSINGS)

# What is still to be asked about an implicit need.
PROBES = (
    mark("With what exactly?"),
    mark("Where, and when?"),
    mark("Against what expectation?"),
    mark("What does it cost them?"),
    mark("What would solving it be worth?"),
)


def may_move(kind: NeedKind, before: NeedState, after: NeedState) -> bool:
    """Whether a need of this kind may go from one state to the other.

    Forward and back along the way by any number of steps; to a closing from any open state; from a closing back to
    an open state (it is opened again). An implicit need stays within its states.
    """
    if before == after or (kind is NeedKind.IMPLICIT and after not in IMPLICIT_STATES):
        return False
    if after in CLOSINGS:
        return before in OPEN_STATES
    return before in WAY or after in OPEN_STATES


def steps_between(before: NeedState, after: NeedState) -> tuple[NeedState, ...]:
    """The states that a need passes through on its way from one to the other, the last one included."""
    if before not in WAY or after not in WAY:
        return (after,)
    start, end = WAY.index(before), WAY.index(after)
    return WAY[start + 1 : end + 1] if end > start else WAY[end:start][::-1]


def next_state(state: NeedState, steps: int = 1) -> NeedState | None:
    """The state `steps` further along the way (negative: back), or None where the way ends."""
    if state not in WAY:
        return None
    at = WAY.index(state) + steps
    return WAY[at] if 0 <= at < len(WAY) else None
