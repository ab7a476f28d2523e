"""How often people and accounts want to be touched, and how an age is marked against that (PRODUCT.md §4)."""

from collections.abc import Mapping, Sequence
from datetime import date

from kamtui.domain.days import age_label
from kamtui.domain.enums import BuyingRole, Influence, Stance

PERSON_CADENCES = ("cadence.person.buyer", "cadence.person.coach", "cadence.person.other")


def person_cadence(
    settings: Mapping[str, int],
    *,
    roles: Sequence[BuyingRole],
    influence: Influence,
    stance: Stance,
    own: int | None,
) -> int | None:
    """Days between two touches of a person; None for who has no role, no influence and no cadence of their own. `settings`
    holds the three of `PERSON_CADENCES`. A coach or mentor is touched most often, then economic buyers and sponsors."""
    if own is not None:
        return own
    if not roles and influence is Influence.UNKNOWN:
        return None
    if BuyingRole.COACH in roles or stance is Stance.MENTOR:
        return settings["cadence.person.coach"]
    if BuyingRole.ECONOMIC in roles or BuyingRole.SPONSOR in roles:
        return settings["cadence.person.buyer"]
    return settings["cadence.person.other"]


def past_cadence(age: int, cadence: int | None) -> str:
    """`!` for an age in days past the cadence, `!!` past twice, else nothing."""
    if cadence is None or age <= cadence:
        return ""
    return "!" if age <= 2 * cadence else "!!"


def touch_mark(last: date | None, known_since: date, cadence: int | None, today: date) -> str:
    """`34d`, `15w!` past the cadence, `2y!!` past twice; `none` for who was never touched, whose age counts from the day
    they came to be known."""
    if last is None:
        return "none" + past_cadence((today - known_since).days, cadence)
    age = max(0, (today - last).days)
    return age_label(age) + past_cadence(age, cadence)
