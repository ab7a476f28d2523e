"""Signals 9, 14 and 15: executives who do not meet, complaints, what we have not looked at again (PRODUCT.md §4)."""

from collections.abc import Iterator
from datetime import date

from kamtui.domain.days import add_working_days
from kamtui.domain.enums import ChannelKind, IssueStatus, Tier
from kamtui.domain.qualification import confirms, latest
from kamtui.domain.signals.facts import AccountFacts
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
from kamtui.domain.signals.people import INFLUENTIAL
from kamtui.domain.signals.registry import Thresholds


def no_executive_meeting(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 9, for T1 and T2 from the stable stage on."""
    code, whole = Code.NO_EXECUTIVE_MEETING, Subject("account", facts.id)
    if facts.tier not in {Tier.T1, Tier.T2}:
        yield Lack(code, "key")
        return
    if not facts.is_stable:
        yield Lack(code, "stage")
        return
    start = facts.executive or facts.begun
    key = str(facts.tier).lower()
    warn, critical = (
        max(plus(start, limits[f"{code}.{key}_{severity}"] + 1), facts.begun) for severity in ("warn", "critical")
    )
    yield Finding(
        code,
        "executive.late" if facts.executive else "executive.never",
        whole,
        Turns(warn=warn, critical=critical),
        values(last=start),
    )
    if facts.next_executive is None:
        yield Finding(code, "executive.no_date", whole, _once_touched(facts, facts.begun, info=True))
    else:
        yield from earliest([plus(facts.next_executive, 1)])


def complaint(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 14. Working days are Monday to Friday less the holidays."""
    code, known = Code.COMPLAINT, limits.of(Code.COMPLAINT)
    for issue in facts.issues:
        warn, critical = (plus(issue.received_on, known[key] + 1) for key in ("open_warn", "open_critical"))
        aspect = "complaint.open"
        if issue.answered_on is None:
            warn, critical = (
                min(first, plus(add_working_days(issue.received_on, known[key], limits.holidays), 1))
                for first, key in ((warn, "answer_warn"), (critical, "answer_critical"))
            )
            aspect = "complaint.unanswered"
        if issue.status in {IssueStatus.DEFERRED, IssueStatus.DENIED}:
            critical = min(critical, issue.status_since)
            aspect = f"complaint.{issue.status}"
        yield Finding(
            code,
            aspect,
            Subject("issue", issue.id),
            Turns(warn=max(warn, facts.sorted_on), critical=max(critical, facts.sorted_on)),
            values(last=issue.received_on),
            (Evidence("issue", issue.id, issue.received_on),),
        )
    untold = len(ChannelKind) - len(facts.told)
    if untold and facts.is_key and facts.is_stable:
        turns = _once_touched(facts, facts.begun)
        yield Finding(code, "complaint.channels", Subject("account", facts.id), turns, values(count=untold))


def weak_classification(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 15: a tier that nothing confirms, a card that is old, people of whom nothing was confirmed."""
    code, known = Code.WEAK_CLASSIFICATION, limits.of(Code.WEAK_CLASSIFICATION)
    whole = Subject("account", facts.id)
    if not facts.is_key:
        yield Lack(code, "key")
        return
    scored = {score.criterion for score in latest(facts.scores).values() if score.score is not None}
    if not confirms(facts.scores):
        yield Finding(
            code,
            "tier.provisional",
            whole,
            _once_touched(facts, facts.sorted_on, after=known["provisional"] + 1),
            values(scored=len(scored), tier=str(facts.tier)),
        )
    newest = max((score.as_of for score in facts.scores), default=None)
    if newest is not None:
        turned = max(plus(newest, known["card"] + 1), facts.sorted_on)
        yield Finding(code, "tier.card", whole, Turns(warn=turned), values(on=newest))
    yield from _unconfirmed(facts, day, known["person"])


def _unconfirmed(facts: AccountFacts, day: date, days: int) -> Iterator[Said]:
    """People with a role or an influence of whom nothing was confirmed for long: one line for all of them."""
    key = [person for person in facts.named if person.roles or person.influence in INFLUENTIAL]
    stale = sorted((plus(person.confirmed_on or person.known_since, days + 1), person.id) for person in key)
    there = [(turned, person_id) for turned, person_id in stale if turned <= day]
    if there:
        yield Finding(
            Code.WEAK_CLASSIFICATION,
            "tier.people",
            Subject("account", facts.id),
            _once_touched(facts, max(there[0][0], facts.sorted_on)),
            values(count=len(there), days=days),
            tuple(
                Evidence("person", person_id, plus(turned, -days - 1)) for turned, person_id in there[:MOST_EVIDENCE]
            ),
        )
    yield from earliest(turned for turned, _person in stale if turned > day)


def _once_touched(facts: AccountFacts, start: date, *, after: int = 0, info: bool = False) -> Turns:
    """What is merely unknown: a gap from `start`, more than that once the account has been touched and `after` days have
    passed."""
    first = min(facts.touched, default=None)
    turned = first and max(first, plus(start, after))
    return Turns(gap=start, info=turned) if info else Turns(gap=start, warn=turned)
