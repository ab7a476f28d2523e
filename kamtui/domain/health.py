"""Health: how well it goes with an account, over what is known of it (PRODUCT.md §4). How much is known is counted apart,
and never moves the health."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.contract import attainment, elapsed_share
from kamtui.domain.enums import Influence, OccurrenceStatus
from kamtui.domain.need import OPEN_STATES
from kamtui.domain.signals.facts import AccountFacts, ContractFact, PersonFact
from kamtui.domain.signals.model import Code, Finding
from kamtui.domain.signals.money import Year
from kamtui.domain.signals.people import DECIDING, cadence_of
from kamtui.domain.signals.registry import Thresholds
from kamtui.language import mark

LEAST_KNOWN = 3  # below that many components there is no health to show
KEPT_DAYS = 180
INFLUENCE_WEIGHT = {Influence.INNER_CIRCLE: 3, Influence.POLITICAL: 2, Influence.OUTSIDE: 1}
STEADY = 50  # what a contribution that neither rises nor falls is worth


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the health, 0 to 100; None is unknown."""

    name: str
    weight: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Health:
    """0 to 100, weighted over the known components; None where fewer than three are known."""

    score: int | None
    components: tuple[Component, ...]


WEIGHTS = {
    mark("coverage"): 25,
    mark("engagement"): 20,
    mark("needs"): 15,
    mark("promises kept"): 20,
    mark("commercial"): 20,
}

# The signals of which the health takes account.
OF_HEALTH = (Code.NEED_UNEXPLORED, Code.NEED_STALLED)


def health_of(facts: AccountFacts, findings: Sequence[Finding], year: Year, day: date, limits: Thresholds) -> Health:
    """The health of an account on a day, with what the signals found of it."""
    found = (
        _coverage(facts, day, limits),
        _engagement(facts, day, limits),
        _needs(facts, findings, day),
        _kept(facts, day),
        _commercial(facts, year, day),
    )
    components = tuple(
        Component(name, weight, None if value is None else round(value))
        for (name, weight), value in zip(WEIGHTS.items(), found, strict=True)
    )
    known = [(part.weight, value) for part, value in zip(components, found, strict=True) if value is not None]
    if len(known) < LEAST_KNOWN:
        return Health(None, components)
    return Health(
        round(sum(weight * value for weight, value in known) / sum(weight for weight, _v in known)), components
    )


def strength(age: int, cadence: int) -> float:
    """How strong a contact still is: 100·0.5^(age/cadence) (PRODUCT.md §4, signal 4)."""
    return float(100 * 0.5 ** (max(0, age) / cadence))


def _coverage(facts: AccountFacts, day: date, limits: Thresholds) -> float | None:
    """The share of those who take part in decisions that were touched in their cadence; placeholders count among them, and
    never as touched (invariant 7)."""
    deciding = {one.id for one in facts.departments if one.participation in DECIDING}
    part = [
        person for person in facts.people if not person.external and (person.roles or person.department_id in deciding)
    ]
    if not part:
        return None
    return 100 * sum(_in_cadence(person, day, limits) for person in part) / len(part)


def _in_cadence(person: PersonFact, day: date, limits: Thresholds) -> bool:
    cadence = cadence_of(person, limits) or limits["cadence.person.other"]
    return not person.placeholder and person.last_touch is not None and (day - person.last_touch).days <= cadence


def _engagement(facts: AccountFacts, day: date, limits: Thresholds) -> float | None:
    """The mean strength of the contacts, weighted by influence; who has none that is known does not count."""
    weighed = [
        (INFLUENCE_WEIGHT[person.influence], _strength_of(person, day, limits))
        for person in facts.people
        if person.influence in INFLUENCE_WEIGHT
    ]
    if not weighed:
        return None
    return sum(weight * value for weight, value in weighed) / sum(weight for weight, _value in weighed)


def _strength_of(person: PersonFact, day: date, limits: Thresholds) -> float:
    if person.placeholder or person.last_engaged is None:
        return 0.0
    cadence = cadence_of(person, limits) or limits["cadence.person.other"]
    return strength((day - person.last_engaged).days, cadence)


def _needs(facts: AccountFacts, findings: Sequence[Finding], day: date) -> float | None:
    """The share of open needs that neither wait to be explored nor stall."""
    wanted = {need.id for need in facts.needs if need.state in OPEN_STATES}
    if not wanted:
        return None
    waiting = {
        finding.subject.id
        for finding in findings
        if finding.code in OF_HEALTH and finding.subject.entity == "need" and finding.turns.severity(day) is not None
    }
    return 100 * len(wanted - waiting) / len(wanted)


def _kept(facts: AccountFacts, day: date) -> float | None:
    """The share of what came due in 180 days, on both sides, that was done by its date."""
    since = day - timedelta(days=KEPT_DAYS)
    due = [
        one
        for one in facts.occurrences
        if since < one.due
        and one.status is not OccurrenceStatus.WAIVED
        and (one.due < day or (one.due == day and one.status is not OccurrenceStatus.OPEN))
    ]
    if not due:
        return None
    return 100 * sum(one.done_on is not None and one.done_on <= one.due for one in due) / len(due)


def _commercial(facts: AccountFacts, year: Year, day: date) -> float | None:
    """The mean of attainment and of the trend of the contribution, whichever are known."""
    parts = [*_attained(facts.contracts, day)]
    if year.contribution is not None and year.contribution_before:
        change = (year.contribution - year.contribution_before) / abs(year.contribution_before)
        parts.append(min(100.0, max(0.0, STEADY + STEADY * change)))
    return sum(parts) / len(parts) if parts else None


def _attained(contracts: Sequence[ContractFact], day: date) -> Iterator[float]:
    for one in contracts:
        if (
            one.starts_on
            and one.ends_on
            and one.starts_on <= day <= one.ends_on
            and one.committed
            and one.actual is not None
        ):
            rate = attainment(one.actual, one.committed, elapsed_share(one.starts_on, one.ends_on, day)).rate
            if rate is not None:
                yield min(100.0, 100 * rate)
