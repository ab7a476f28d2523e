"""Signals carry dates: what was found on a day holds, with the days on which it turns, until the day it says."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import (
    BuyingRole,
    Influence,
    IssueStatus,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Participation,
    ReturnStatus,
    Side,
    Stage,
    Stance,
    Tier,
    TransactionKind,
)
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.facts import (
    AccountFacts,
    ConcessionFact,
    ContractFact,
    DepartmentFact,
    IssueFact,
    NeedFact,
    OccurrenceFact,
    OrderFact,
    PersonFact,
    ReturnFact,
)
from kamtui.domain.signals.registry import SIGNALS
from kamtui.domain.signals.survey import survey
from kamtui.domain.signals.texts import ASPECTS, MISSING, task_of, why

TODAY = date(2026, 11, 23)
LIMITS = thresholds_of({})
past = st.integers(0, 500).map(lambda days: TODAY - timedelta(days=days))
near = st.integers(-200, 300).map(lambda days: TODAY + timedelta(days=days))
numbers = st.integers(1, 9)
maybe = st.none() | past

people = st.builds(
    PersonFact,
    id=numbers,
    known_since=past,
    department_id=st.none() | numbers,
    roles=st.lists(st.sampled_from(BuyingRole), max_size=2, unique=True).map(tuple),
    influence=st.sampled_from(Influence),
    stance=st.sampled_from(Stance),
    placeholder=st.booleans(),
    cadence_days=st.none() | st.integers(1, 60),
    confirmed_on=maybe,
    last_touch=maybe,
    last_engaged=maybe,
)
needs = st.builds(
    NeedFact,
    id=numbers,
    kind=st.sampled_from(NeedKind),
    raised_as=st.sampled_from(NeedKind),
    state=st.sampled_from(NeedState),
    raised_on=past,
    moved_on=past,
    importance=st.none() | st.integers(1, 5),
    capability=st.none() | st.integers(0, 5),
    need_by=st.none() | near,
    converted_on=maybe,
    cost_minor=st.none() | st.integers(0, 500),
    currency=st.just("CNY"),
    has_task=st.booleans(),
)
accounts = st.builds(
    AccountFacts,
    id=numbers,
    known_since=past,
    tier=st.sampled_from(Tier),
    tier_since=maybe,
    stage=st.sampled_from(Stage),
    people=st.lists(people, max_size=5).map(tuple),
    departments=st.lists(st.builds(DepartmentFact, numbers, past, st.sampled_from(Participation)), max_size=3).map(
        tuple
    ),
    touched=st.lists(past, max_size=8).map(lambda days: tuple(sorted(days))),
    colleagues=st.lists(past, max_size=3).map(tuple),
    needs=st.lists(needs, max_size=5).map(tuple),
    occurrences=st.lists(
        st.builds(
            OccurrenceFact, numbers, numbers, st.sampled_from(Side), near, st.sampled_from(OccurrenceStatus), st.none()
        ),
        max_size=4,
    ).map(tuple),
    concessions=st.lists(
        st.builds(
            ConcessionFact,
            numbers,
            past,
            st.none() | st.integers(0, 500),
            st.just("CNY"),
            st.booleans(),
            st.lists(
                st.builds(ReturnFact, numbers, st.sampled_from(ReturnStatus), st.none() | near, st.booleans()),
                max_size=2,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    contracts=st.lists(
        st.builds(ContractFact, numbers, past, st.none() | past, st.none() | near, st.just(1000), st.integers(0, 1000)),
        max_size=2,
    ).map(tuple),
    orders=st.lists(
        st.builds(
            OrderFact,
            past,
            st.sampled_from(TransactionKind),
            st.just("CNY"),
            st.integers(-50, 900),
            st.none() | st.integers(-50, 300),
            st.integers(1, 2),
            st.integers(0, 900),
        ),
        max_size=5,
    ).map(tuple),
    issues=st.lists(st.builds(IssueFact, numbers, past, maybe, st.sampled_from(IssueStatus), past), max_size=2).map(
        tuple
    ),
    executive=maybe,
    next_executive=st.none() | near.filter(lambda day: day >= TODAY),
)


def standing(found, day):
    """What is said on a day, in order, with everything that is shown of it."""
    return sorted(
        (
            one.code,
            one.aspect,
            one.subject,
            str(one.turns.severity(day)),
            str(one.turns.since(day)),
            one.values,
            one.evidence,
        )
        for one in found.findings
        if one.turns.severity(day) is not None
    )


@settings(max_examples=300, deadline=None)
@given(accounts, st.integers(0, 400))
def test_what_was_found_holds_until_the_day_it_says(facts, days):
    found = survey(facts, TODAY, LIMITS)
    assert found.until is None or found.until > TODAY
    later = TODAY + timedelta(days=days)
    if found.until is None or later < found.until:
        assert standing(found, later) == standing(survey(facts, later, LIMITS), later)


@settings(max_examples=100, deadline=None)
@given(accounts)
def test_every_finding_is_a_sentence_with_a_task(facts):
    found = survey(facts, TODAY, LIMITS)
    for one in found.findings:
        names = {"subject": "{x}", "account": "Acme"}
        assert "{x}" in why(one, TODAY, **names) or one.subject.entity == "account"
        assert task_of(one, TODAY, **names)
    assert {lack.missing for lack in found.lacks} <= MISSING.keys()


def test_the_table_has_sixteen_signals_in_their_order():
    assert [signal.number for signal in SIGNALS] == list(range(1, 17))
    assert all(signal.limits and signal.formula and signal.clears for signal in SIGNALS)
    assert all(aspect.why and aspect.task for aspect in ASPECTS.values())
