"""Signals 7 and 8: what we gave without a return, what is overdue on either side (PRODUCT.md §4)."""

from collections.abc import Iterator
from datetime import date

from kamtui.domain.days import add_months
from kamtui.domain.enums import OccurrenceStatus, ReturnStatus, Side
from kamtui.domain.signals.facts import AccountFacts, ConcessionFact, OccurrenceFact
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
from kamtui.domain.signals.money import MONTHS, Year, year_of
from kamtui.domain.signals.registry import Thresholds


def no_return(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 7: flagged at once (S0); graver with its age, its value, or a return past due."""
    if not facts.concessions:
        yield Lack(Code.NO_RETURN, "concessions")
        return
    known, year = limits.of(Code.NO_RETURN), year_of(facts, day)
    yield from earliest([year.until] if year.until else [])
    for concession in facts.concessions:
        found = None if concession.waived else _unreturned(facts, concession, year, known["days"], known["share"])
        if found is not None:
            yield found
    yield from _appetite(facts, day, year, known["appetite"])


def _unreturned(facts: AccountFacts, concession: ConcessionFact, year: Year, days: int, share: int) -> Finding | None:
    promised = [back for back in concession.returns if back.status is ReturnStatus.PROMISED]
    late = min((back.due for back in promised if back.due is not None), default=None)
    settled = any(back.status in {ReturnStatus.MET, ReturnStatus.WAIVED} for back in concession.returns)
    bare = not promised and not settled
    unwritten = any(not back.written for back in promised)
    if not bare and not unwritten and late is None:
        return None
    warn = critical = None
    if bare or unwritten:
        warn = _bare_since(concession) if bare else concession.given_on
        large = (
            concession.minor is not None
            and concession.currency == year.currency
            and year.revenue is not None
            and 100 * concession.minor > share * year.revenue
        )
        critical = warn if large else plus(warn, days + 1)
    if late is not None:
        critical = min(critical or date.max, plus(late, 1))
    return Finding(
        Code.NO_RETURN,
        "return.none" if bare else "return.unwritten" if unwritten else "return.overdue",
        Subject("concession", concession.id),
        Turns(warn=warn and max(warn, facts.sorted_on), critical=critical and max(critical, facts.sorted_on)),
        values(given=concession.given_on, due=late or ""),
        (
            Evidence("concession", concession.id, concession.given_on),
            *(Evidence("return_commitment", back.id, back.due) for back in promised[:MOST_EVIDENCE]),
        ),
    )


def _bare_since(concession: ConcessionFact) -> date:
    """The day from which nothing comes back: that of the last miss, else the one on which it was given."""
    missed = [
        back.closed_on or back.due or concession.given_on
        for back in concession.returns
        if back.status is ReturnStatus.MISSED
    ]
    return max([concession.given_on, *missed])


def _appetite(facts: AccountFacts, day: date, year: Year, percent: int) -> Iterator[Said]:
    """Concessions that grow where the gross profit does not."""
    middle, start = add_months(day, -MONTHS), add_months(day, -2 * MONTHS)
    earlier = [one for one in facts.concessions if start < one.given_on <= middle]
    if not earlier:
        return
    if (
        year.concessions is None
        or year.profit is None
        or year.profit_before is None
        or any(one.minor is None or one.currency != year.currency for one in earlier)
    ):
        yield Lack(Code.NO_RETURN, "profit")
        return
    before = sum(one.minor or 0 for one in earlier)
    if before > 0 and 100 * year.concessions > percent * before and year.profit <= year.profit_before:
        now = [one for one in facts.concessions if one.given_on > middle]
        yield Finding(
            Code.NO_RETURN,
            "return.appetite",
            Subject("account", facts.id),
            Turns(warn=max(year.since, facts.sorted_on)),
            values(percent=100 * year.concessions // before),
            tuple(Evidence("concession", one.id, one.given_on) for one in now[:MOST_EVIDENCE]),
        )


def obligation_overdue(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 8: a line an obligation, with the oldest of what is open."""
    if not facts.occurrences:
        yield Lack(Code.OBLIGATION_OVERDUE, "promises")
        return
    after = limits[f"{Code.OBLIGATION_OVERDUE}.critical"]
    by_obligation: dict[int, list[OccurrenceFact]] = {}
    for occurrence in facts.occurrences:
        by_obligation.setdefault(occurrence.obligation_id, []).append(occurrence)
    for obligation_id, due in by_obligation.items():
        due.sort(key=lambda one: (one.due, one.id))
        waiting = [one for one in due if one.status is OccurrenceStatus.OPEN]
        missed = _missed_twice(due)
        if not waiting and missed is None:
            continue
        warn = plus(waiting[0].due, 1) if waiting else None
        critical = plus(waiting[0].due, after + 1) if waiting else None
        if missed is not None:
            critical = min(critical or date.max, plus(missed[-1].due, 1))
        evidence = (*(missed or ()), *waiting[:MOST_EVIDENCE])
        yield Finding(
            Code.OBLIGATION_OVERDUE,
            "obligation.missed" if missed else f"obligation.{'ours' if due[0].side is Side.OURS else 'theirs'}",
            Subject("obligation", obligation_id),
            Turns(warn=warn and max(warn, facts.sorted_on), critical=critical and max(critical, facts.sorted_on)),
            values(last=evidence[-1].due if missed else waiting[0].due),
            tuple(Evidence("occurrence", one.id, one.due) for one in evidence),
        )


def _missed_twice(due: list[OccurrenceFact]) -> tuple[OccurrenceFact, ...] | None:
    """The last two that were settled, where both were missed; what was waived does not count."""
    settled = [one for one in due if one.status in {OccurrenceStatus.DONE, OccurrenceStatus.MISSED}][-2:]
    if len(settled) == 2 and all(one.status is OccurrenceStatus.MISSED for one in settled):
        return tuple(settled)
    return None
