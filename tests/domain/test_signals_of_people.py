"""Signals 1 to 4: fires, just below, nothing known, cleared."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import BuyingRole, Influence, Participation, Stage, Stance, Tier
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.facts import DepartmentFact
from kamtui.domain.signals.people import neglect
from kamtui.domain.signals.texts import why

TODAY = date(2026, 11, 23)
LIMITS = thresholds_of({})


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def people(person):
    """People who spoke with us so many days ago."""
    return lambda *days: tuple(
        person(n, last_engaged=ago(day), last_touch=ago(day)) for n, day in enumerate(days, start=1)
    )


# 1


def test_a_t1_account_with_two_who_speak_with_us_is_single_threaded(account, people, said):
    assert said(account(people=people(1, 90)), "single_threaded")["threads.people"] == "warn"


def test_three_are_enough_on_t1_and_two_elsewhere(account, people, said):
    assert "threads.people" not in said(account(people=people(1, 2, 90)), "single_threaded")
    assert "threads.people" not in said(account(tier=Tier.T2, people=people(1, 90)), "single_threaded")
    assert "threads.people" not in said(account(tier=Tier.NON_KEY, people=people(1, 90)), "single_threaded")


def test_the_ninety_first_day_counts_no_more(account, people, said):
    assert said(account(people=people(1, 2, 91)), "single_threaded")["threads.people"] == "warn"


def test_one_or_none_is_critical_on_a_key_tier_alone(account, people, said):
    assert said(account(people=people(1)), "single_threaded")["threads.people"] == "critical"
    assert said(account(tier=Tier.NON_KEY, people=people(1)), "single_threaded")["threads.people"] == "warn"


def test_what_we_send_out_is_no_engagement(account, person, said):
    silent = account(people=(person(1, last_touch=ago(1)), person(2, last_touch=ago(1))))
    assert said(silent, "single_threaded")["threads.people"] == "critical"


def test_without_a_name_it_is_a_gap_until_the_first_touch_and_then_a_warning(account, said):
    assert said(account(touched=()), "single_threaded") == {"threads.nobody": "gap"}
    assert said(account(), "single_threaded")["threads.nobody"] == "warn"


def test_names_alone_before_the_first_touch_are_a_gap(account, person, said):
    assert said(account(touched=(), people=(person(),)), "single_threaded") == {"threads.untouched": "gap"}


def test_one_of_us_alone_warns_from_the_stable_stage_on(account, people, said):
    alone = account(people=people(1, 2, 3), colleagues=(ago(1), ago(91)))
    assert said(alone, "single_threaded") == {"threads.ours": "warn"}
    together = account(people=people(1, 2, 3), colleagues=(ago(1), ago(90)))
    assert said(together, "single_threaded") == {}
    building = account(people=people(1, 2, 3), colleagues=(ago(1),), stage=Stage.BUILDING)
    assert said(building, "single_threaded") == {}


# 2


def test_nobody_who_signs_is_critical_on_t1_and_warns_elsewhere(account, said):
    assert said(account(), "no_economic_buyer")["buyer.none"] == "critical"
    assert said(account(tier=Tier.T2), "no_economic_buyer")["buyer.none"] == "warn"


def test_nobody_who_signs_is_a_gap_before_the_first_touch(account, said):
    assert set(said(account(touched=()), "no_economic_buyer").values()) == {"gap"}


def test_a_placeholder_is_nobody(account, person, said):
    held = account(people=(person(roles=(BuyingRole.ECONOMIC,), placeholder=True),))
    assert said(held, "no_economic_buyer")["buyer.none"] == "critical"


@pytest.mark.parametrize("role", [BuyingRole.ECONOMIC, BuyingRole.SPONSOR, BuyingRole.COACH])
def test_one_who_is_known_and_was_not_touched_for_sixty_days_warns(account, person, said, role):
    known = account(people=(person(roles=(role,), last_touch=ago(61)),))
    assert said(known, "no_economic_buyer")["buyer.untouched"] == "warn"
    touched = account(people=(person(roles=(role,), last_touch=ago(60)),))
    assert "buyer.untouched" not in said(touched, "no_economic_buyer")


def test_that_no_sponsor_and_no_coach_is_known_stays_a_gap(account, person, said):
    signs = account(people=(person(roles=(BuyingRole.ECONOMIC,), last_touch=ago(1)),))
    assert said(signs, "no_economic_buyer") == {"buyer.other": "gap"}


# 3


def rated(person, *stances, influence=Influence.POLITICAL):
    return tuple(person(n, influence=influence, stance=stance) for n, stance in enumerate(stances, start=1))


def test_as_many_against_us_as_for_us_warns(account, person, said):
    even = account(people=rated(person, Stance.OPPONENT, Stance.SUPPORTER))
    assert said(even, "support_balance") == {"balance.against": "warn"}
    better = account(people=rated(person, Stance.OPPONENT, Stance.SUPPORTER, Stance.MENTOR))
    assert said(better, "support_balance") == {}


def test_one_that_is_rated_tells_nothing(account, person, said, missing):
    one = account(people=rated(person, Stance.NON_SUPPORTER, Stance.UNKNOWN))
    assert said(one, "support_balance") == {}
    assert missing(one, "support_balance") == {"stances"}


def test_who_is_outside_does_not_count_in_the_balance(account, person, said):
    outside = account(people=rated(person, Stance.OPPONENT, Stance.OPPONENT, influence=Influence.OUTSIDE))
    assert said(outside, "support_balance") == {}


def test_an_opponent_in_the_inner_circle_is_critical(account, person, said):
    inner = account(people=rated(person, Stance.OPPONENT, influence=Influence.INNER_CIRCLE))
    assert said(inner, "support_balance") == {"balance.opponent": "critical"}


def test_four_rated_and_none_against_is_too_rosy_and_three_are_not(account, person, said):
    four = account(people=rated(person, *[Stance.SUPPORTER] * 4))
    assert said(four, "support_balance") == {"balance.rosy": "info"}
    assert said(account(people=rated(person, *[Stance.SUPPORTER] * 3)), "support_balance") == {}
    mixed = account(people=rated(person, *[Stance.SUPPORTER] * 4, Stance.OPPONENT))
    assert said(mixed, "support_balance") == {}


# 4


@pytest.mark.parametrize(
    ("tier", "cadence"), [(Tier.T1, 14), (Tier.T2, 30), (Tier.T3, 60), (Tier.NON_KEY, 90)]
)  # fmt: skip
def test_an_account_warns_after_one_and_a_half_cadences_and_is_critical_after_three(account, said, tier, cadence):
    def at(days):
        return said(account(tier=tier, touched=(ago(days),)), "neglect").get("neglect.account")

    assert at(cadence * 3 // 2) is None
    assert at(cadence * 3 // 2 + 1) == "warn"
    assert at(cadence * 3) == "warn"
    assert at(cadence * 3 + 1) == "critical"


def test_what_was_never_touched_ages_too_from_some_day_of_its_first_cadence(account, said):
    young = account(touched=(), known_since=ago(21), tier_since=ago(21))
    assert said(young, "neglect") == {}
    starts = {account(id=n, touched=(), known_since=ago(30), tier_since=ago(30)) for n in range(1, 40)}
    assert {said(one, "neglect").get("neglect.account_never") for one in starts} == {None, "warn"}
    assert said(account(touched=()), "neglect")["neglect.account_never"] == "critical"


def test_a_last_order_starts_the_clock_of_what_was_never_touched(account, said, order):
    assert said(account(touched=(), orders=(order(ago(20)),)), "neglect") == {}
    assert said(account(touched=(), orders=(order(ago(30)),)), "neglect")["neglect.account_order"] == "warn"


def test_a_tier_asks_for_touches_from_the_day_it_was_given(account, said):
    sorted_today = account(touched=(ago(300),), tier_since=TODAY)
    assert said(sorted_today, "neglect", TODAY - timedelta(days=1)) == {}
    assert said(sorted_today, "neglect") == {"neglect.account": "critical"}


def test_a_person_with_a_part_warns_after_the_cadence_and_is_critical_after_two(account, person, said):
    def at(days, **fields):
        return said(account(people=(person(last_touch=ago(days), **fields),)), "neglect").get("neglect.person")

    coach = {"roles": (BuyingRole.COACH,)}
    assert [at(days, **coach) for days in (30, 31, 60, 61)] == [None, "warn", "warn", "critical"]
    assert at(61, roles=(BuyingRole.ECONOMIC,)) == "warn"
    assert at(90, influence=Influence.POLITICAL) is None
    assert at(8, cadence_days=7) == "warn"


def test_a_person_without_a_part_has_no_cadence(account, person, said):
    assert said(account(people=(person(last_touch=ago(300)),)), "neglect") == {}


@pytest.fixture
def departments(account, person):
    """Five departments that decide, so many of them touched in the last half year."""

    def make(touched, known=400):
        five = [DepartmentFact(n, ago(known), Participation.EVALUATES) for n in range(1, 6)]
        return account(
            departments=tuple(five),
            people=tuple(person(n, department_id=n, last_touch=ago(180)) for n in range(1, touched + 1)),
        )

    return make


def test_few_departments_that_decide_and_were_touched_warn_then_are_critical(departments, said):
    found = [said(departments(touched), "neglect").get("neglect.departments") for touched in (3, 2, 1)]
    assert found == [None, "warn", "critical"]


def test_a_department_that_came_to_be_known_lately_is_not_neglected_yet(departments, said):
    assert said(departments(0, known=100), "neglect") == {}


def test_only_a_touch_is_said_to_be_one(departments, person):
    """Two that came to be known lately are not neglected yet, and nobody has met them."""
    facts = departments(0)
    young = tuple(replace(one, known_since=ago(10)) for one in facts.departments[:2])
    facts = replace(facts, departments=(*young, *facts.departments[2:]))
    (found,) = [one for one in neglect(facts, TODAY, LIMITS) if getattr(one, "aspect", "") == "neglect.departments"]
    assert found.turns.severity(TODAY) == "warn"
    assert why(found, TODAY) == "0 of 5 departments that decide were touched in 180 days"
    assert {one.on for one in found.evidence} == {None}


def test_without_departments_that_decide_nothing_is_said_of_them(account, missing):
    informs = DepartmentFact(1, ago(400), Participation.INFORMS)
    assert missing(account(departments=(informs,)), "neglect") == {"departments"}


def test_a_touch_clears_neglect(account, person, said):
    neglected = account(touched=(ago(100),), people=(person(roles=(BuyingRole.USER,), last_touch=ago(100)),))
    assert set(said(neglected, "neglect")) == {"neglect.account", "neglect.person"}
    touched = account(people=(person(roles=(BuyingRole.USER,), last_touch=TODAY),))
    assert said(touched, "neglect") == {}
