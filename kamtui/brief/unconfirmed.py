"""§10: people who matter and of whom nobody has said for long that what is known of them is still true."""

from dataclasses import dataclass

from kamtui.brief.blocks import clip
from kamtui.brief.facts import Facts
from kamtui.domain.enums import Influence
from kamtui.language import gettext as _

SHOWN = 5
STALE_DAYS = 180  # PRODUCT.md §4, signal 15

_WEIGHTY = {Influence.INNER_CIRCLE, Influence.POLITICAL}


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The names, those with the most weight first; `more` did not fit."""

    people: tuple[str, ...]
    more: int


def unconfirmed_of(facts: Facts) -> Unconfirmed:
    """People with a part in buying or with weight, last confirmed (or first known) more than 180 days ago."""
    stale = [
        person
        for person in facts.people
        if (person.roles or person.influence in _WEIGHTY)
        and not person.placeholder
        and (facts.today - (person.confirmed_on or person.known_since)).days > STALE_DAYS
    ]
    stale.sort(key=lambda person: (person.influence not in _WEIGHTY, person.id))
    return Unconfirmed(tuple(person.name for person in stale[:SHOWN]), max(0, len(stale) - SHOWN))


def unconfirmed_line(unconfirmed: Unconfirmed) -> str:
    """Who they are, in one line."""
    names = ", ".join(clip(name, 40) for name in unconfirmed.people)
    more = f", +{unconfirmed.more}" if unconfirmed.more else ""
    return _("not confirmed for {days} days: {names}").format(days=STALE_DAYS, names=names + more)
