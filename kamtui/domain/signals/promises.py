"""Signals 7 and 8: what we gave without a return, what is overdue on either side (PRODUCT.md §4)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

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
from kamtui.domain.signals.money import MONTHS, Year, standing_since, year_of
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
    if not any(start < one.given_on <= middle for one in facts.concessions):
        return
    rise = _rise(year)
    if rise is None:
        yield Lack(Code.NO_RETURN, "profit")
    elif rise > percent:
        now = [one for one in facts.concessions if one.given_on > middle]
        yield Finding(
            Code.NO_RETURN,
            "return.appetite",
            Subject("account", facts.id),
            Turns(warn=standing_since(facts, day, lambda then: (_rise(then) or 0) > percent)),
            values(percent=int(rise)),
            tuple(Evidence("concession", one.id, one.given_on) for one in now[:MOST_EVIDENCE]),
        )


def _rise(year: Year) -> Fraction | None:
    """What was given, in percent of the year before: 0 where the gross profit grew with it, or nothing was given then; None
    where it is not known."""
    given, given_before, profit, profit_before = (
        year.concessions, year.concessions_before, year.profit, year.profit_before,
    )  # fmt: skip
    if given is None or given_before is None or profit is None or profit_before is None:
        return None
    return Fraction(100 * given, given_before) if given_before > 0 and profit <= profit_before else Fraction(0)


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
