"""Signals 5, 6 and 11: needs that wait, and needs that we can hardly meet (PRODUCT.md §4)."""

from collections.abc import Iterator
from datetime import date, timedelta

from kamtui.domain.enums import NeedKind, NeedState
from kamtui.domain.money import Money
from kamtui.domain.need import OPEN_STATES
from kamtui.domain.signals.facts import AccountFacts, NeedFact
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
from kamtui.domain.signals.money import Year, standing_since, year_of
from kamtui.domain.signals.registry import Thresholds


def need_unexplored(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 5: what was complained of and nobody asked about; how many are ever converted."""
    code, known = Code.NEED_UNEXPLORED, limits.of(Code.NEED_UNEXPLORED)
    for need in facts.needs:
        if need.kind is NeedKind.IMPLICIT and need.state is NeedState.CAPTURED:
            important = need.importance is not None and need.importance >= known["important"]
            warn = plus(need.moved_on, known["warn"] + 1)
            critical = warn if important else plus(need.moved_on, known["critical"] + 1)
            yield Finding(
                code,
                "need.unexplored",
                Subject("need", need.id),
                Turns(warn=max(warn, facts.sorted_on), critical=max(critical, facts.sorted_on)),
                values(last=need.moved_on),
                (Evidence("need", need.id, need.raised_on),),
            )
    yield from _conversion(facts, day, limits)


def _conversion(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Of the implicit needs of the window that have had their time, how many were converted."""
    code, known = Code.NEED_UNEXPLORED, limits.of(Code.NEED_UNEXPLORED)
    raised = [need for need in facts.needs if need.raised_as is NeedKind.IMPLICIT]
    ripe = {need.id: plus(need.raised_on, known["warn"] + 1) for need in raised}
    gone = {need.id: plus(need.raised_on, known["window"] + 1) for need in raised}
    counted = [need for need in raised if ripe[need.id] <= day < gone[need.id]]
    converted = sum(need.converted_on is not None and need.converted_on <= day for need in counted)
    if len(counted) >= known["least"] and 100 * converted < known["rate"] * len(counted):
        yield Finding(
            code,
            "need.conversion",
            Subject("account", facts.id),
            Turns(info=max(facts.sorted_on, *(ripe[need.id] for need in counted))),
            values(converted=converted, of=len(counted), days=known["window"]),
            tuple(Evidence("need", need.id, need.raised_on) for need in counted[:MOST_EVIDENCE]),
        )
    yield from earliest(turn for turn in (*ripe.values(), *gone.values()) if turn > day)


def need_stalled(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 6: what they want is clear, and nothing happens."""
    code, known = Code.NEED_STALLED, limits.of(Code.NEED_STALLED)
    for need in facts.needs:
        if (
            need.kind is not NeedKind.EXPLICIT
            or need.state not in {NeedState.CONFIRMED, NeedState.PROPOSED}
            or need.has_task
        ):
            continue
        warn = max(plus(need.moved_on, known["days"] + 1), facts.sorted_on)
        critical = None if need.need_by is None else max(warn, need.need_by - timedelta(days=known["critical"]))
        said = values(last=need.moved_on)
        yield Finding(
            code,
            "need.stalled" if need.need_by is None else "need.stalled_due",
            Subject("need", need.id),
            Turns(warn=warn, critical=critical),
            said if need.need_by is None else (*said, *values(by=need.need_by)),
            (Evidence("need", need.id, need.moved_on),),
        )


def value_gap(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 11: what they value against what we can do, and what it would leave."""
    code, known = Code.VALUE_GAP, limits.of(Code.VALUE_GAP)
    wanted = [need for need in facts.needs if need.state in OPEN_STATES]
    judged = [
        (need, need.importance, need.capability)
        for need in wanted
        if need.importance is not None and need.capability is not None
    ]
    if not judged and not any(need.cost_minor for need in wanted):
        yield Lack(code, "needs")
        return
    hardly_met = [one for one in judged if one[1] >= known["importance"] and one[2] <= known["capability"]]
    for need, importance, capability in hardly_met:
        yield Finding(
            code,
            "gap.need",
            Subject("need", need.id),
            Turns(warn=max(need.raised_on, facts.sorted_on)),
            values(importance=importance, capability=capability),
            (Evidence("need", need.id, need.raised_on),),
        )
    balance = _balance([(importance, capability) for _need, importance, capability in judged])
    # The balance of one need says what its own line says, where it has one.
    said = len(judged) == 1 and hardly_met
    if balance is not None and balance < known["balance"] and not said:
        yield Finding(
            code,
            "gap.balance",
            Subject("account", facts.id),
            Turns(warn=max(facts.sorted_on, *(need.raised_on for need, *_rest in judged))),
            values(balance=balance),
            tuple(Evidence("need", need.id, need.raised_on) for need, *_rest in judged[:MOST_EVIDENCE]),
        )
    yield from _loss(facts, day, wanted)


def _balance(judged: list[tuple[int, int]]) -> int | None:
    """Σ imp·min(cap, imp) / Σ imp², in whole percent."""
    whole = sum(importance * importance for importance, _capability in judged)
    met = sum(importance * min(capability, importance) for importance, capability in judged)
    return 100 * met // whole if whole else None


def _loss(facts: AccountFacts, day: date, wanted: list[NeedFact]) -> Iterator[Said]:
    costly = [need for need in wanted if need.cost_minor]
    year = year_of(facts, day)
    if not costly:
        return
    yield from earliest([year.until] if year.until else [])
    if year.contribution is None or {need.currency for need in costly} != {year.currency}:
        yield Lack(Code.VALUE_GAP, "profit")
        return
    serving = sum(need.cost_minor or 0 for need in costly)
    left = year.contribution - serving

    def costs_more(then: Year) -> bool:
        return then.currency == year.currency and then.contribution is not None and then.contribution < serving

    if left < 0:
        since = standing_since(facts, day, costs_more)
        yield Finding(
            Code.VALUE_GAP,
            "gap.loss",
            Subject("account", facts.id),
            Turns(critical=max(since, *(need.raised_on for need in costly))),
            values(projected=str(Money(left, year.currency or ""))),
            tuple(Evidence("need", need.id, need.raised_on) for need in costly[:MOST_EVIDENCE]),
        )
