"""Health over what is known, hidden below three components; how much is known apart."""

from datetime import date, timedelta

import pytest

from kamtui.domain.enums import (
    BuyingRole,
    Influence,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Side,
)
from kamtui.domain.health import health_of, strength
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.facts import NeedFact, OccurrenceFact
from kamtui.domain.signals.survey import survey

TODAY = date(2026, 11, 23)
LIMITS = thresholds_of({})


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def health():
    def of(facts):
        found = survey(facts, TODAY, LIMITS)
        return health_of(facts, found.findings, found.year, TODAY, LIMITS)

    return of


def parts(health):
    return {part.name: part.value for part in health.components}


def test_a_contact_is_half_as_strong_after_its_cadence():
    assert (strength(0, 30), strength(30, 30), strength(60, 30)) == (100, 50, 25)


def test_nothing_known_is_no_health(account, health):
    found = health(account())
    assert found.score is None
    assert set(parts(found).values()) == {None}


def test_a_placeholder_takes_part_and_is_not_touched(account, person, health):
    signs = {"roles": (BuyingRole.ECONOMIC,)}
    facts = account(people=(person(1, last_touch=ago(1), **signs), person(2, placeholder=True, **signs)))
    assert parts(health(facts))["coverage"] == 50


def test_engagement_weighs_by_influence(account, person, health):
    inner = person(1, influence=Influence.INNER_CIRCLE, last_touch=TODAY, last_engaged=TODAY)
    outside = person(2, influence=Influence.OUTSIDE)
    assert parts(health(account(people=(inner, outside))))["engagement"] == 75


def test_three_known_parts_make_a_health_over_these_alone(account, person, health):
    need = NeedFact(1, NeedKind.EXPLICIT, NeedKind.EXPLICIT, NeedState.CONFIRMED, ago(30), ago(30))
    kept = OccurrenceFact(1, 1, Side.OURS, ago(10), OccurrenceStatus.DONE, ago(10))
    two = account(needs=(need,), occurrences=(kept,))
    assert health(two).score is None
    three = account(needs=(need,), occurrences=(kept,), people=(person(roles=(BuyingRole.USER,), last_touch=TODAY),))
    found = health(three)
    assert parts(found) == {"coverage": 100, "engagement": None, "needs": 0, "promises kept": 100, "commercial": None}
    assert found.score == 75  # (25*100 + 15*0 + 20*100) / 60
