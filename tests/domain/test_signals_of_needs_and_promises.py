"""Signals 5 to 8 and 11: fires, just below, nothing known, cleared."""

from datetime import date, timedelta

from kamtui.domain.enums import NeedKind, NeedState, OccurrenceStatus, ReturnStatus, Side
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.facts import ConcessionFact, CostFact, NeedFact, OccurrenceFact, ReturnFact
from kamtui.domain.signals.model import Finding
from kamtui.domain.signals.needs import value_gap
from kamtui.domain.signals.promises import no_return
from kamtui.domain.signals.texts import why

TODAY = date(2026, 11, 23)
LIMITS = thresholds_of({})


def ago(days):
    return TODAY - timedelta(days=days)


def implicit(days, number=1, state=NeedState.CAPTURED, **fields):
    return NeedFact(number, NeedKind.IMPLICIT, NeedKind.IMPLICIT, state, ago(days), ago(days), **fields)


def explicit(days, number=1, state=NeedState.CONFIRMED, **fields):
    return NeedFact(number, NeedKind.EXPLICIT, NeedKind.EXPLICIT, state, ago(days), ago(days), **fields)


# 5


def test_an_implicit_need_that_stays_captured_warns_after_14_days_and_is_critical_after_30(account, said):
    found = [
        said(account(needs=(implicit(days),)), "need_unexplored").get("need.unexplored") for days in (14, 15, 30, 31)
    ]
    assert found == [None, "warn", "warn", "critical"]


def test_an_important_one_is_critical_after_14_days(account, said):
    assert said(account(needs=(implicit(15, importance=4),)), "need_unexplored") == {"need.unexplored": "critical"}
    assert said(account(needs=(implicit(15, importance=3),)), "need_unexplored") == {"need.unexplored": "warn"}


def test_exploring_it_clears_it(account, said):
    assert said(account(needs=(implicit(40, state=NeedState.EXPLORING),)), "need_unexplored") == {}


def test_without_needs_nothing_is_said(account, said):
    assert said(account(), "need_unexplored") == said(account(), "need_stalled") == {}


def test_few_conversions_are_said_once_there_were_three_chances(account, said):
    def of(converted, whole):
        needs = [implicit(60, n, NeedState.EXPLORING) for n in range(whole - converted)]
        needs += [
            NeedFact(
                90 + n, NeedKind.EXPLICIT, NeedKind.IMPLICIT, NeedState.AGREED, ago(60), ago(20), converted_on=ago(20)
            )
            for n in range(converted)
        ]
        return said(account(needs=tuple(needs)), "need_unexplored").get("need.conversion")

    assert of(0, 3) == "info"
    assert of(0, 2) is None
    assert of(1, 3) is None
    assert of(1, 4) == "info"


# 6


def test_a_clear_need_without_an_event_for_21_days_and_without_a_task_stalls(account, said):
    assert said(account(needs=(explicit(22),)), "need_stalled") == {"need.stalled": "warn"}
    assert said(account(needs=(explicit(21),)), "need_stalled") == {}
    assert said(account(needs=(explicit(22, has_task=True),)), "need_stalled") == {}
    assert said(account(needs=(explicit(22, state=NeedState.AGREED),)), "need_stalled") == {}


def test_a_stalled_need_is_critical_from_seven_days_before_it_is_needed(account, said):
    def by(days):
        return said(account(needs=(explicit(30, need_by=TODAY + timedelta(days=days)),)), "need_stalled")[
            "need.stalled_due"
        ]

    assert [by(8), by(7), by(-3)] == ["warn", "critical", "critical"]


# 11


def test_what_matters_to_them_and_we_can_hardly_do_warns(account, said):
    assert said(account(needs=(explicit(1, importance=4, capability=2),)), "value_gap") == {"gap.need": "warn"}
    assert said(account(needs=(explicit(1, importance=4, capability=3),)), "value_gap") == {}
    assert said(account(needs=(explicit(1, importance=3, capability=2),)), "value_gap") == {}


def test_what_is_not_judged_is_no_gap(account, said, missing):
    half = account(needs=(explicit(1, importance=5),))
    assert said(half, "value_gap") == {}
    assert missing(half, "value_gap") == {"needs"}


def test_the_balance_of_all_needs_warns_below_sixty_percent(account, said):
    def balance(*pairs):
        needs = tuple(explicit(1, n, importance=i, capability=c) for n, (i, c) in enumerate(pairs))
        return said(account(needs=needs), "value_gap").get("gap.balance")

    assert balance((3, 1), (3, 2)) == "warn"  # 9 of 18
    assert balance((3, 1)) == "warn", "a single need that has no line of its own"
    assert balance((4, 1)) is None, "its own line says the same"
    assert balance((5, 3), (5, 3)) is None  # 30 of 50: not below
    assert balance((3, 5), (3, 1)) is None  # more than is asked for counts as much as is asked for: 12 of 18


def test_serving_that_costs_more_than_the_account_brings_is_critical(account, said, missing, order):
    costly = explicit(1, cost_minor=41, currency="CNY")
    assert said(account(needs=(costly,), orders=(order(ago(10)),)), "value_gap") == {"gap.loss": "critical"}
    cheap = explicit(1, cost_minor=40, currency="CNY")
    assert said(account(needs=(cheap,), orders=(order(ago(10)),)), "value_gap") == {}
    unknown = account(needs=(costly,), orders=(order(ago(10), profit=None),))
    assert said(unknown, "value_gap") == {}
    assert missing(unknown, "value_gap") == {"profit"}


def test_what_serving_would_cost_too_much_is_so_since_it_is(account, order):
    """An order and a cost later do not make it young."""
    costly = explicit(90, cost_minor=100, currency="CNY")
    facts = account(
        needs=(costly,),
        orders=(order(ago(200), profit=300), order(ago(80), profit=10), order(ago(5), profit=1)),
        costs=(CostFact(ago(60), 250, "CNY"), CostFact(ago(3), 1, "CNY")),
    )
    (loss,) = [one for one in value_gap(facts, TODAY, LIMITS) if getattr(one, "aspect", "") == "gap.loss"]
    assert loss.turns.since(TODAY) == ago(60)
    assert why(loss, TODAY).endswith(": -0.40 CNY")


# 7


def given(days=0, *returns, minor=None, **fields):
    back = tuple(ReturnFact(n, *one) for n, one in enumerate(returns, start=1))
    return ConcessionFact(1, ago(days), minor, minor and "CNY", returns=back, **fields)


PROMISED, MET, MISSED = ReturnStatus.PROMISED, ReturnStatus.MET, ReturnStatus.MISSED


def test_a_concession_alone_is_flagged_at_once_and_critical_after_thirty_days(account, said):
    found = [said(account(concessions=(given(days),)), "no_return")["return.none"] for days in (0, 30, 31)]
    assert found == ["warn", "warn", "critical"]


def test_a_return_that_is_not_in_writing_is_none_yet(account, said):
    assert said(account(concessions=(given(1, (PROMISED, None, False)),)), "no_return") == {"return.unwritten": "warn"}
    assert said(account(concessions=(given(90, (PROMISED, None, True)),)), "no_return") == {}


def test_a_return_past_due_is_critical(account, said):
    assert said(account(concessions=(given(9, (PROMISED, ago(1), True)),)), "no_return") == {
        "return.overdue": "critical"
    }
    assert said(account(concessions=(given(9, (PROMISED, TODAY, True)),)), "no_return") == {}


def test_a_return_that_was_met_or_waived_clears_it(account, said):
    assert said(account(concessions=(given(90, (MET, ago(5), False)),)), "no_return") == {}
    assert said(account(concessions=(given(90, waived=True),)), "no_return") == {}


def test_after_a_return_that_was_missed_nothing_comes_back_and_days_count_from_the_miss(account, said):
    def missed(*returns):
        return said(account(concessions=(given(300, *returns),)), "no_return")

    assert missed((MISSED, ago(90), True, ago(30))) == {"return.none": "warn"}
    assert missed((MISSED, ago(90), True, ago(31))) == {"return.none": "critical"}
    assert missed((MISSED, ago(90), True, ago(50)), (MISSED, ago(90), True, ago(30))) == {"return.none": "warn"}
    assert missed((MISSED, ago(90), True, ago(50)), (PROMISED, None, True)) == {}, "another one is promised"
    facts = account(concessions=(given(300, (MISSED, ago(90), True, ago(5))),))
    (found,) = [one for one in no_return(facts, TODAY, LIMITS) if isinstance(one, Finding)]
    assert found.turns.since(TODAY) == ago(5)


def test_a_large_concession_is_critical_at_once_where_the_revenue_is_known(account, said, order):
    orders = (order(ago(10), 1000),)
    assert said(account(concessions=(given(0, minor=21),), orders=orders), "no_return") == {"return.none": "critical"}
    assert said(account(concessions=(given(0, minor=20),), orders=orders), "no_return") == {"return.none": "warn"}
    assert said(account(concessions=(given(0, minor=10**9),)), "no_return") == {"return.none": "warn"}


def test_without_concessions_it_says_so(account, said, missing):
    assert said(account(), "no_return") == {}
    assert missing(account(), "no_return") == {"concessions"}


def settled(number, days, minor):
    return ConcessionFact(number, ago(days), minor, "CNY", waived=True)


def test_an_appetite_warns_where_the_gross_profit_does_not_grow(account, said, missing, order):
    orders = (order(ago(400), profit=40), order(ago(10), profit=40))

    def at(now, orders=orders):
        facts = account(concessions=(settled(1, 400, 100), settled(2, 10, now)), orders=orders)
        return said(facts, "no_return").get("return.appetite"), missing(facts, "no_return")

    assert at(126) == ("warn", set())
    assert at(125) == (None, set())
    assert at(126, (order(ago(400), profit=40), order(ago(10), profit=41))) == (None, set())
    assert at(126, (order(ago(400), profit=None), order(ago(10), profit=40))) == (None, {"profit"})


def test_an_appetite_is_as_old_as_the_concession_that_made_it(account, order):
    given = (settled(1, 500, 100), settled(2, 100, 126), settled(3, 20, 1))
    orders = (order(ago(480), profit=40), order(ago(200), profit=40), order(ago(5), profit=0))
    facts = account(known_since=ago(700), tier_since=ago(700), concessions=given, orders=orders)
    (found,) = [one for one in no_return(facts, TODAY, LIMITS) if getattr(one, "aspect", "") == "return.appetite"]
    assert found.turns.since(TODAY) == ago(100)


# 8


def due(days, status=OccurrenceStatus.OPEN, number=1, **fields):
    return OccurrenceFact(number, 7, fields.pop("side", Side.OURS), ago(days), status, **fields)


def test_what_is_past_due_warns_and_is_critical_after_seven_days(account, said):
    found = [
        said(account(occurrences=(due(days),)), "obligation_overdue").get("obligation.ours") for days in (0, 1, 7, 8)
    ]
    assert found == [None, "warn", "warn", "critical"]


def test_what_they_owe_us_counts_too(account, said):
    assert said(account(occurrences=(due(1, side=Side.THEIRS),)), "obligation_overdue") == {"obligation.theirs": "warn"}


def test_two_misses_in_a_row_are_critical_and_one_done_between_them_is_not(account, said):
    missed, done = OccurrenceStatus.MISSED, OccurrenceStatus.DONE
    twice = account(occurrences=(due(60, missed, 1), due(30, missed, 2)))
    assert said(twice, "obligation_overdue") == {"obligation.missed": "critical"}
    between = account(occurrences=(due(60, missed, 1), due(45, done, 2, done_on=ago(45)), due(30, missed, 3)))
    assert said(between, "obligation_overdue") == {}


def test_done_clears_it_and_nothing_on_record_says_so(account, said, missing):
    assert said(account(occurrences=(due(30, OccurrenceStatus.DONE, done_on=ago(2)),)), "obligation_overdue") == {}
    assert missing(account(), "obligation_overdue") == {"promises"}
