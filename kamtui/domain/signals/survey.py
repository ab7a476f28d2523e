"""All signals of one account, asked at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kamtui.domain.signals import attention, commerce, needs, people, promises
from kamtui.domain.signals.facts import AccountFacts
from kamtui.domain.signals.model import Code, Finding, Lack, Said, Until
from kamtui.domain.signals.money import Year, year_of
from kamtui.domain.signals.registry import Thresholds

Rule = Callable[[AccountFacts, date, Thresholds], Iterator[Said]]
# Those that look at one account alone; 13 and 16 stand in `book`.
RULES: dict[Code, Rule] = {
    Code.SINGLE_THREADED: people.single_threaded,
    Code.NO_ECONOMIC_BUYER: people.no_economic_buyer,
    Code.SUPPORT_BALANCE: people.support_balance,
    Code.NEGLECT: people.neglect,
    Code.NEED_UNEXPLORED: needs.need_unexplored,
    Code.NEED_STALLED: needs.need_stalled,
    Code.NO_RETURN: promises.no_return,
    Code.OBLIGATION_OVERDUE: promises.obligation_overdue,
    Code.NO_EXECUTIVE_MEETING: attention.no_executive_meeting,
    Code.COMPLACENCY: commerce.complacency,
    Code.VALUE_GAP: needs.value_gap,
    Code.PSEUDO_KEY: commerce.pseudo_key,
    Code.COMPLAINT: attention.complaint,
    Code.WEAK_CLASSIFICATION: attention.weak_classification,
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What the signals say of an account: it holds from the day they were asked until `until`, as long as nothing is
    recorded. Some findings turn later within that time."""

    findings: tuple[Finding, ...]
    lacks: tuple[Lack, ...]
    year: Year
    until: date | None


def survey(facts: AccountFacts, day: date, limits: Thresholds, codes: Iterable[Code] = RULES) -> Survey:
    """Asks all signals that look at one account alone, or some. An account that is unsorted or archived is quiet."""
    year = year_of(facts, day)
    ends = [end for end in (year.until, facts.recorded_next) if end is not None]
    if facts.tier is None or facts.archived:
        return Survey((), tuple(Lack(code, "tier") for code in Code), year, min(ends, default=None))
    findings: list[Finding] = []
    lacks: list[Lack] = []
    for code in codes:
        for said in RULES[code](facts, day, limits):
            if isinstance(said, Finding):
                findings.append(said)
            elif isinstance(said, Lack):
                lacks.append(said)
            elif isinstance(said, Until):
                ends.append(said.day)
    return Survey(tuple(findings), tuple(lacks), year, min(ends, default=None))
