"""How many lines of a section a variant shows, so that each stays on two pages of A4; the rest is counted."""

from dataclasses import dataclass

from kamtui.brief.variants import Variant


@dataclass(frozen=True, slots=True)
class Caps:
    """The most of each; `needs` of each kind, `noted` facts of each topic."""

    attendees: int
    needs: int
    promises: int
    concessions: int
    trouble: int
    changes: int
    actions: int
    avoid: int
    noted: int


# A meeting has no money and no past to tell: what is left has more room.
_ROOMY = Caps(attendees=6, needs=4, promises=5, concessions=3, trouble=3, changes=6, actions=5, avoid=3, noted=2)
_DENSE = Caps(attendees=4, needs=3, promises=3, concessions=2, trouble=2, changes=4, actions=3, avoid=2, noted=1)


def caps_of(variant: Variant) -> Caps:
    """The caps of a variant."""
    return _ROOMY if variant is Variant.MEETING else _DENSE
