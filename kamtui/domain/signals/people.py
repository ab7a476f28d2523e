"""Signals 1 to 4: who speaks with us, who signs, who stands where, who is neglected (PRODUCT.md §4)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from kamtui.domain.cadence import person_cadence
from kamtui.domain.enums import BuyingRole, Influence, Participation, Stance, Tier
from kamtui.domain.labels import ROLE_WORDS
from kamtui.domain.signals.facts import AccountFacts, DepartmentFact, PersonFact, spread
from kamtui.domain.signals.model import (
    MOST_EVIDENCE,
    Code,
    Evidence,
    Finding,
    Lack,
    Said,
    Subject,
    Turns,
    earliest,
    plus,
    values,
)
from kamtui.domain.signals.registry import Thresholds

INFLUENTIAL = frozenset({Influence.INNER_CIRCLE, Influence.POLITICAL})
FOR_US = frozenset({Stance.MENTOR, Stance.SUPPORTER})
AGAINST_US = frozenset({Stance.OPPONENT, Stance.NON_SUPPORTER})
DECIDING = frozenset({Participation.EVALUATES, Participation.APPROVES, Participation.DECIDES})
T = TypeVar("T")


def single_threaded(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 1. Before the first touch, and without a name, it is a gap."""
    code, known = Code.SINGLE_THREADED, limits.of(Code.SINGLE_THREADED)
    window = known["days"] + 1
    whole = Subject("account", facts.id)
    first = min(facts.touched, default=None)
    needed = known["people_t1"] if facts.tier is Tier.T1 else known["people"]
    if not facts.named:
        yield Finding(code, "threads.nobody", whole, Turns(gap=facts.sorted_on, warn=first and max(first, facts.begun)))
    elif first is None:
        yield Finding(code, "threads.untouched", whole, Turns(gap=facts.sorted_on))
    else:
        start = max(first, facts.sorted_on)
        engaged = _newest((person.last_engaged, person) for person in facts.named if not person.external)
        days = [on for on, _person in engaged]
        warn = _drops_below(days, needed, window, start)
        critical = _drops_below(days, known["critical"] + 1, window, start) if facts.is_key else None
        still = [(on, person) for on, person in engaged if plus(on, window) > day]
        if len(still) < needed:
            yield Finding(
                code,
                "threads.people",
                whole,
                Turns(warn=warn, critical=_not_before(critical, warn)),
                values(count=len(still), needed=needed, days=known["days"]),
                tuple(Evidence("person", person.id, on) for on, person in still[:MOST_EVIDENCE]),
            )
        yield from earliest(plus(on, window) for on, _person in still)
    if facts.is_key and facts.is_stable and first is not None:
        yield from _ours(facts, day, known["ours"], known["days"], max(first, facts.sorted_on))


def _ours(facts: AccountFacts, day: date, needed: int, days: int, start: date) -> Iterator[Said]:
    window = days + 1
    engaged = sorted(facts.colleagues, reverse=True)
    still = [on for on in engaged if plus(on, window) > day]
    if len(still) < needed:
        yield Finding(
            Code.SINGLE_THREADED,
            "threads.ours",
            Subject("account", facts.id),
            Turns(warn=_drops_below(engaged, needed, window, start)),
            values(count=len(still), needed=needed, days=days),
        )
    yield from earliest(plus(on, window) for on in still)


def no_economic_buyer(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 2. A placeholder is nobody: without a name it is a gap until the first touch."""
    code, whole = Code.NO_ECONOMIC_BUYER, Subject("account", facts.id)
    quiet = limits[f"{code}.days"] + 1
    first = min(facts.touched, default=None)
    for role in (BuyingRole.ECONOMIC, BuyingRole.SPONSOR, BuyingRole.COACH):
        people = [person for person in facts.named if role in person.roles]
        if not people and role is BuyingRole.ECONOMIC:
            late = first and max(first, facts.sorted_on)
            turns = (
                Turns(gap=facts.sorted_on, critical=late)
                if facts.tier is Tier.T1
                else Turns(facts.sorted_on, warn=late)
            )
            yield Finding(code, "buyer.none", whole, turns)
        elif not people and facts.is_key:
            yield Finding(code, "buyer.other", whole, Turns(gap=facts.sorted_on), values(role=ROLE_WORDS[role]))
        for person in people:
            start = person.ages_from(limits["cadence.person.buyer"])
            yield Finding(
                code,
                "buyer.untouched" if person.last_touch else "buyer.never",
                Subject("person", person.id),
                Turns(warn=max(plus(start, quiet), facts.sorted_on)),
                values(role=ROLE_WORDS[role], last=person.last_touch or person.known_since),
                (Evidence("person", person.id, person.last_touch),),
            )


def support_balance(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 3. A stance that is not known counts on neither side."""
    code, known = Code.SUPPORT_BALANCE, limits.of(Code.SUPPORT_BALANCE)
    whole = Subject("account", facts.id)
    rated = [
        person for person in facts.named if person.influence in INFLUENTIAL and person.stance is not Stance.UNKNOWN
    ]
    for person in rated:
        if person.influence is Influence.INNER_CIRCLE and person.stance is Stance.OPPONENT:
            yield Finding(
                code,
                "balance.opponent",
                Subject("person", person.id),
                Turns(critical=max(_judged(person), facts.sorted_on)),
                evidence=(Evidence("person", person.id, _judged(person)),),
            )
    if len(rated) < known["rated"]:
        yield Lack(code, "stances")
        return
    against = [person for person in rated if person.stance in AGAINST_US]
    for_us = [person for person in rated if person.stance in FOR_US]
    since = max(facts.sorted_on, *map(_judged, rated))
    evidence = tuple(Evidence("person", person.id, _judged(person)) for person in rated[:MOST_EVIDENCE])
    if len(against) >= len(for_us):
        said = values(against=len(against), for_us=len(for_us))
        yield Finding(code, "balance.against", whole, Turns(warn=since), said, evidence)
    elif not against and len(rated) >= known["rosy"]:
        yield Finding(code, "balance.rosy", whole, Turns(info=since), values(rated=len(rated)), evidence)


def neglect(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 4: the account, its people with a part of their own, its departments that decide."""
    yield _neglected_account(facts, limits)
    for person in facts.named:
        cadence = cadence_of(person, limits)
        if cadence is not None:
            yield _neglected_person(facts, person, cadence, limits)
    if facts.touched:
        yield from _departments(facts, day, limits)


def cadence_of(person: PersonFact, limits: Thresholds) -> int | None:
    """Days between two touches of a person; None where no cadence counts for them."""
    return person_cadence(
        limits,
        roles=person.roles,
        influence=person.influence,
        stance=person.stance,
        own=person.cadence_days,
    )


def account_ages_from(facts: AccountFacts, cadence: int) -> date:
    """The day from which the age of an account counts: its last touch, else its last order, else some day within the first
    cadence after it came to be known."""
    last_order = max((order.on for order in facts.orders), default=None)
    return facts.last_touch or last_order or plus(facts.known_since, spread(facts.id, cadence))


def _neglected_account(facts: AccountFacts, limits: Thresholds) -> Finding:
    known, cadence = limits.of(Code.NEGLECT), limits.cadence(facts.tier)
    start = account_ages_from(facts, cadence)
    warn, critical = (_past(start, cadence, known[key], facts) for key in ("account_warn", "account_critical"))
    last = facts.last_touch or max((order.on for order in facts.orders), default=facts.known_since)
    aspect = (
        "neglect.account" if facts.touched else "neglect.account_order" if facts.orders else "neglect.account_never"
    )
    return Finding(
        Code.NEGLECT,
        aspect,
        Subject("account", facts.id),
        Turns(warn=warn, critical=critical),
        values(last=last, cadence=cadence),
        (Evidence("account", facts.id, last),),
    )


def _neglected_person(facts: AccountFacts, person: PersonFact, cadence: int, limits: Thresholds) -> Finding:
    known, start = limits.of(Code.NEGLECT), person.ages_from(cadence)
    warn, critical = (_past(start, cadence, known[key], facts) for key in ("person_warn", "person_critical"))
    return Finding(
        Code.NEGLECT,
        "neglect.person" if person.last_touch else "neglect.person_never",
        Subject("person", person.id),
        Turns(warn=warn, critical=critical),
        values(last=person.last_touch or person.known_since, cadence=cadence),
        (Evidence("person", person.id, person.last_touch),),
    )


def _departments(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    code, known = Code.NEGLECT, limits.of(Code.NEGLECT)
    deciding = [department for department in facts.departments if department.participation in DECIDING]
    if not deciding:
        yield Lack(code, "departments")
        return
    window = known["department_days"] + 1
    # What was never touched ages from the day on which it came to be known.
    met = {one.id: _department_touch(facts, one) for one in deciding}
    aging = _newest((met[one.id] or one.known_since, one) for one in deciding)
    days, of = [on for on, _one in aging], len(deciding)
    needed_warn, needed_critical = (-(-of * known[key] // 100) for key in ("departments_warn", "departments_critical"))
    still = [on for on in days if plus(on, window) > day]
    if len(still) < needed_warn:
        warn = _drops_below(days, needed_warn, window, facts.sorted_on)
        critical = _drops_below(days, needed_critical, window, facts.sorted_on)
        yield Finding(
            code,
            "neglect.departments",
            Subject("account", facts.id),
            Turns(warn=warn, critical=_not_before(critical, warn)),
            values(
                touched=sum(on is not None and plus(on, window) > day for on in met.values()),
                of=of,
                days=known["department_days"],
            ),
            tuple(Evidence("department", one.id, met[one.id]) for _on, one in aging[:MOST_EVIDENCE]),
        )
    yield from earliest(plus(on, window) for on in still)


def _department_touch(facts: AccountFacts, department: DepartmentFact) -> date | None:
    return max(
        (
            person.last_touch
            for person in facts.named
            if person.department_id == department.id and not person.external and person.last_touch
        ),
        default=None,
    )


def _past(start: date, cadence: int, percent: int, facts: AccountFacts) -> date:
    """The first day on which the age is more than so many percent of the cadence, and a tier asked for it."""
    return max(plus(start, cadence * percent // 100 + 1), facts.sorted_on)


def _judged(person: PersonFact) -> date:
    """The day from which what is known of a person stands."""
    return person.confirmed_on or person.known_since


def _newest(dated: Iterable[tuple[date | None, T]]) -> list[tuple[date, T]]:
    """What has a day, the newest first."""
    there = [(on, one) for on, one in dated if on is not None]
    return sorted(there, key=lambda pair: pair[0], reverse=True)


def _drops_below(days: Sequence[date], needed: int, window: int, start: date) -> date | None:
    """The day on which fewer than `needed` of `days` (newest first) lie within the window; `start` where it never were
    as many."""
    if needed < 1:
        return None
    return max(plus(days[needed - 1], window), start) if len(days) >= needed else start


def _not_before(day: date | None, other: date | None) -> date | None:
    return day if day is None or other is None else max(day, other)
