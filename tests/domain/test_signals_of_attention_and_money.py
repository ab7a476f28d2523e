"""Signals 9, 10 and 12 to 16: fires, just below, nothing known, cleared; the golden cases of money."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from kamtui.domain.enums import BuyingRole, ChannelKind, IssueStatus, Stage, Tier, TransactionKind
from kamtui.domain.qualification import Criterion, Score, cost_ratio
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.book import BookRow, book_of, lacks_of, survey_book
from kamtui.domain.signals.commerce import complacency
from kamtui.domain.signals.facts import ContractFact, IssueFact, OrderFact
from kamtui.domain.signals.model import Finding
from kamtui.domain.signals.texts import why

TODAY = date(2026, 11, 23)  # a Monday


def ago(days):
    return TODAY - timedelta(days=days)


# 9


@pytest.mark.parametrize(("tier", "warn", "critical"), [(Tier.T1, 90, 180), (Tier.T2, 180, 270)])
def test_executives_who_do_not_meet_warn_and_are_critical(account, said, tier, warn, critical):
    def after(days):
        met = account(tier=tier, executive=ago(days), next_executive=TODAY)
        return said(met, "no_executive_meeting").get("executive.late")

    assert [after(warn), after(warn + 1), after(critical), after(critical + 1)] == [None, "warn", "warn", "critical"]


def test_no_date_for_the_next_meeting_is_info_and_a_gap_before_the_first_touch(account, said):
    assert said(account(executive=TODAY), "no_executive_meeting") == {"executive.no_date": "info"}
    assert said(account(executive=TODAY, touched=()), "no_executive_meeting") == {"executive.no_date": "gap"}


def test_executive_meetings_begin_with_the_stable_stage_on_t1_and_t2(account, said, missing):
    building = account(stage=Stage.BUILDING)
    assert said(building, "no_executive_meeting") == {}
    assert missing(building, "no_executive_meeting") == {"stage"}
    assert missing(account(tier=Tier.T3), "no_executive_meeting") == {"key"}


def test_executive_meetings_are_asked_for_from_the_day_on_which_the_account_turned_stable(account, said):
    def after(days):
        turned = account(executive=None, tier_since=ago(900), known_since=ago(900), stable_since=ago(days))
        return said(turned, "no_executive_meeting").get("executive.never")

    assert [after(0), after(90), after(91), after(181)] == [None, None, "warn", "critical"]


# 10


def signed(days, *, starts=None, ends=None, committed=None, actual=None):
    return ContractFact(1, ago(days), starts, ends, committed, actual)


def test_touches_that_fall_by_half_after_signing_warn(account, said):
    before = tuple(ago(61 + n) for n in range(1, 9))

    def after(*days):
        facts = account(contracts=(signed(61),), touched=(*before, *map(ago, days)))
        return said(facts, "complacency").get("contract.quiet")

    assert after(5, 6, 7) == "warn"
    assert after(5, 6, 7, 8) is None


def test_the_sixty_days_after_signing_count_and_no_later_lull(account, said):
    before, kept_up = tuple(ago(300 + n) for n in range(1, 9)), tuple(ago(300 - 15 * n) for n in range(1, 5))
    signed_long_ago = (signed(300),)
    assert said(account(contracts=signed_long_ago, touched=(*before, *kept_up)), "complacency") == {}
    just_enough, one_too_late = (tuple(map(ago, (299, 260, 241, last))) for last in (240, 239))
    assert said(account(contracts=signed_long_ago, touched=(*before, *just_enough)), "complacency") == {}
    late = account(contracts=signed_long_ago, touched=(*before, *one_too_late))
    assert said(late, "complacency") == {"contract.quiet": "warn"}


def test_touches_as_often_as_before_the_signature_clear_it(account, said):
    before, seldom = tuple(ago(300 + n) for n in range(1, 9)), (ago(299), ago(200), ago(59))

    def then(*days):
        facts = account(contracts=(signed(300),), touched=(*before, *seldom, *map(ago, days)))
        return said(facts, "complacency")

    assert then(2, 1) == {"contract.quiet": "warn"}
    assert then(2, 1, 0) == {}


def test_it_is_quiet_since_the_days_after_the_signature_have_passed_and_says_the_share(account):
    facts = account(contracts=(signed(100),), touched=(*(ago(100 + n) for n in range(1, 7)), ago(50), ago(41), ago(3)))
    limits = thresholds_of({"signal.complacency.share": 80})
    (quiet,) = [one for one in complacency(facts, TODAY, limits) if isinstance(one, Finding)]
    assert quiet.turns.since(TODAY) == ago(39)
    assert why(quiet, TODAY, subject="Frame") == (
        "6 touches in 60 days before Frame was signed, 2 in 60 days after it: under 80 %"
    )


def test_fewer_than_four_touches_before_tell_nothing_and_sixty_days_must_have_passed(account, said):
    three = account(contracts=(signed(61),), touched=tuple(ago(61 + n) for n in range(1, 4)))
    assert said(three, "complacency") == {}
    early = account(contracts=(signed(60),), touched=tuple(ago(60 + n) for n in range(1, 9)))
    assert said(early, "complacency") == {}


def test_attainment_on_quantities_warns_below_ninety_percent_and_is_critical_below_seventy_five(account, said):
    year = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "committed": 365_000}

    def after(actual):
        # 327 of 365 days have passed: 327,000 should have come.
        facts = account(contracts=(signed(300, **year, actual=actual),))
        return said(facts, "complacency").get("contract.attainment")

    assert [after(294_300), after(294_299), after(245_250), after(245_249)] == [None, "warn", "warn", "critical"]
    assert after(None) is None


def test_attainment_says_what_it_does_not_know(account, said, missing, order):
    year = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "committed": 365_000}
    unknown = {"contracts": (signed(300, **year, actual=None),)}
    assert missing(account(**unknown), "complacency") == {"orders"}
    ours = order(ago(5), kind="reciprocal_purchase")
    assert missing(account(**unknown, orders=(ours,)), "complacency") == {"orders"}
    assert missing(account(**unknown, orders=(order(ago(5)),)), "complacency") == {"counted"}
    none_came = account(contracts=(signed(300, **year, actual=0),), orders=(order(ago(600)),))
    assert missing(none_came, "complacency") == set()
    assert said(none_came, "complacency")["contract.attainment"] == "critical"


def test_a_contract_that_ends_wants_a_task_to_renew_it(account, said):
    def ending(days, **fields):
        facts = account(contracts=(replace(signed(300, ends=TODAY + timedelta(days=days)), **fields),))
        return said(facts, "complacency").get("contract.ends")

    assert [ending(181), ending(180), ending(91), ending(90)] == [None, "warn", "warn", "critical"]
    assert ending(90, renewing=True) is None


def test_the_next_contract_renews_the_last(account, said):
    ends, following = (
        signed(300, ends=TODAY + timedelta(days=9)),
        ContractFact(2, ago(5), None, TODAY + timedelta(days=400)),
    )
    assert said(account(contracts=(ends, following)), "complacency") == {}


def test_a_later_contract_of_another_product_line_renews_nothing(account, said):
    def beside(line, other):
        ends = replace(signed(300, ends=TODAY + timedelta(days=9)), product_line_id=line)
        later = ContractFact(2, ago(5), None, TODAY + timedelta(days=400), product_line_id=other)
        return said(account(contracts=(ends, later)), "complacency")

    paper, mainframes = 1, 2
    assert beside(paper, mainframes) == {"contract.ends": "critical"}
    assert beside(None, mainframes) == {"contract.ends": "critical"}
    assert beside(paper, paper) == {}
    assert beside(paper, None) == {}, "a contract without a product line is of all"


def test_without_a_signed_contract_it_says_so(account, missing):
    assert missing(account(), "complacency") == {"contracts"}
    assert missing(account(contracts=(signed(300, ends=ago(1)),)), "complacency") == {"contracts"}


# 12


TWO_MILLION = OrderFact(date(2005, 2, 15), TransactionKind.MAIN, "CNY", 2_000_000_00, None, 1, 2_000_000_00)
THEN = date(2006, 12, 1)


def bought(account, *orders, **fields):
    return account(known_since=date(2005, 1, 1), tier_since=date(2005, 1, 1), orders=(TWO_MILLION, *orders), **fields)


def test_one_large_order_and_nothing_since_is_a_pseudo_key_account(account, said):
    """S3: one order of two million in February 2005, nothing until December 2006."""
    assert said(bought(account), "pseudo_key", THEN) == {"pseudo.key": "warn"}


def test_consumables_of_the_last_year_clear_it(account, said, order):
    inks = order(date(2006, 3, 1), 100_00, kind="consumable")
    assert said(bought(account, inks), "pseudo_key", THEN) == {}
    assert said(bought(account, order(date(2005, 11, 30), 100_00, kind="consumable")), "pseudo_key", THEN) != {}


def test_a_second_main_order_or_a_live_long_contract_clears_it(account, said, order):
    assert said(bought(account, order(date(2005, 3, 1), 100_00)), "pseudo_key", THEN) == {}
    frame = ContractFact(1, date(2006, 1, 1), date(2006, 1, 1), date(2007, 12, 31))
    assert said(bought(account, contracts=(frame,)), "pseudo_key", THEN) == {}


def test_a_contract_without_an_end_binds_once_it_has_run_for_a_year(account, said):
    def since(*start, signed=None):
        started = date(*start) if start else None
        open_ended = ContractFact(1, signed or date(2005, 1, 1), started, None)
        return said(bought(account, contracts=(open_ended,)), "pseudo_key", THEN)

    assert since(2005, 12, 1) == {}
    assert since(2005, 12, 2) == {"pseudo.key": "warn"}
    assert since(signed=date(2005, 12, 1)) == {}, "without a first day it runs from the day it was signed"
    assert since(signed=date(2005, 12, 2)) == {"pseudo.key": "warn"}


def test_an_order_below_sixty_percent_of_all_is_not_that_large(account, said, order):
    old = order(date(2003, 1, 1), 1_400_000_00)
    assert said(bought(account, old), "pseudo_key", THEN) == {}
    assert said(bought(account, order(date(2003, 1, 1), 1_300_000_00)), "pseudo_key", THEN) == {"pseudo.key": "warn"}


def test_under_a_year_of_history_it_is_too_early(account, said, missing):
    assert said(bought(account), "pseudo_key", date(2006, 2, 14)) == {}
    assert missing(bought(account), "pseudo_key", date(2006, 2, 14)) == {"early"}
    assert said(bought(account), "pseudo_key", date(2006, 2, 15)) == {"pseudo.key": "warn"}
    assert missing(account(), "pseudo_key") == {"orders"}


# 13 and 16


LIMITS = thresholds_of({})


def row(number, revenue, contribution=None, tier=Tier.T2, **fields):
    plain = {"potential": None, "currency": "CNY", "before": None, "since": ago(30)}
    return BookRow(account_id=number, tier=tier, revenue=revenue, contribution=contribution, **{**plain, **fields})


def of_book(*rows):
    return {
        number: {one.aspect: str(one.turns.severity(TODAY)) for one in found}
        for number, found in survey_book(rows, LIMITS).items()
    }


def test_one_contract_of_500k_beside_600k_of_small_accounts_is_45_percent():
    """S0: the base holds, and still one account makes almost half."""
    rows = [row(n, 100_000) for n in range(1, 7)] + [row(7, 500_000)]
    (share,) = [one for one in survey_book(rows, LIMITS)[7] if one.aspect == "profit.share"]
    assert dict(share.values) == {"share": 45}
    assert str(share.turns.severity(TODAY)) == "critical"


@pytest.mark.parametrize(
    ("share", "severity"), [(9, None), (10, "info"), (19, "info"), (20, "warn"), (39, "warn"), (40, "critical")]
)
def test_a_share_of_the_book_is_said_from_ten_percent_on(share, severity):
    rest = row(2, 100 - share, tier=None)
    assert of_book(row(1, share), rest).get(1, {}).get("profit.share") == severity


def test_a_book_of_one_account_or_of_two_currencies_has_no_shares():
    assert of_book(row(1, 100)) == {}
    assert of_book(row(1, 100), row(2, 100, currency="EUR")) == {}


def test_a_book_with_an_account_that_buys_in_two_currencies_has_no_shares():
    rows = [*(row(number, 100) for number in range(2, 8)), row(1, None, currency=None, mixed=True)]
    assert of_book(*rows) == {}
    book = book_of(rows, LIMITS)
    assert (book.whole, book.top_from) == (None, None)
    assert {lack.missing for lack in lacks_of(rows[0], book)} == {"currencies", "not_key"}
    assert {lack.missing for lack in lacks_of(rows[-1], book)} == {"currencies", "not_key"}
    assert of_book(row(1, None, currency=None), row(2, 100), row(3, 100)) != {}, "no orders are no other currency"


def test_much_volume_at_half_the_median_margin_warns_and_a_loss_is_critical():
    rest = [row(n, 100, 40, tier=None) for n in range(2, 6)]
    assert of_book(row(1, 1000, 190), *rest)[1]["profit.thin"] == "warn"
    assert "profit.thin" not in of_book(row(1, 1000, 200), *rest)[1]
    assert of_book(row(1, 1000, -1), *rest)[1]["profit.loss"] == "critical"
    assert "profit.thin" not in of_book(row(1, 1000, None), *rest)[1]


def test_under_five_accounts_there_is_no_top_fifth():
    rest = [row(n, 100, 40, tier=None) for n in range(2, 5)]
    assert "profit.thin" not in of_book(row(1, 1000, 100), *rest)[1]


def test_a_key_account_that_costs_more_than_it_brings_is_critical_whatever_its_rank():
    rest = [row(n, 1000, 400, tier=None) for n in range(2, 9)]
    assert of_book(row(1, 10, -1), *rest)[1] == {"profit.loss": "critical"}
    assert of_book(row(1, 10, -1, tier=Tier.NON_KEY), *rest) == {}


def test_an_account_that_is_not_key_and_grows_by_half_is_good_news():
    rest = [row(n, 1000, 400, tier=None) for n in range(2, 9)]

    def grown(before, contribution=60, **fields):
        return of_book(row(1, 150, contribution, Tier.NON_KEY, before=before, **fields), *rest).get(1)

    assert grown(100) == {"promotion.growth": "info"}
    assert grown(101) is None
    assert grown(100, 59) is None
    assert grown(100, None) is None
    assert grown(None, potential=3) == {"promotion.potential": "info"}
    assert grown(None, potential=2) is None
    key = of_book(row(1, 150, 60, Tier.T3, before=100), *rest)
    assert key == {}


# 14


def complaint(received, answered=None, status=IssueStatus.OPEN, since=None):
    return IssueFact(1, received, answered, status, since or received)


def test_a_complaint_without_an_answer_warns_after_one_working_day_and_is_critical_after_three(account, said):
    def after(received, day):
        return next(iter(said(account(issues=(complaint(received),), told=ALL), "complaint", day).values()), None)

    friday = date(2026, 11, 20)
    days = [friday + timedelta(days=n) for n in range(7)]
    assert [after(friday, day) for day in days] == [None, None, None, None, "warn", "warn", "critical"]


ALL = frozenset(ChannelKind)


def test_an_answered_complaint_warns_after_seven_days_and_is_critical_after_fourteen(account, said):
    def after(days):
        return said(account(issues=(complaint(ago(days), ago(days)),), told=ALL), "complaint").get("complaint.open")

    assert [after(7), after(8), after(14), after(15)] == [None, "warn", "warn", "critical"]


@pytest.mark.parametrize("status", [IssueStatus.DENIED, IssueStatus.DEFERRED])
def test_a_complaint_put_off_or_denied_is_critical_at_once(account, said, status):
    put_off = complaint(ago(1), ago(1), status, TODAY)
    assert said(account(issues=(put_off,), told=ALL), "complaint") == {f"complaint.{status}": "critical"}


def test_a_channel_that_they_do_not_know_warns_once_the_account_is_touched(account, said):
    three = ALL - {ChannelKind.COMPLAINT}
    assert said(account(told=three), "complaint") == {"complaint.channels": "warn"}
    assert said(account(told=three, touched=()), "complaint") == {"complaint.channels": "gap"}
    assert said(account(told=ALL), "complaint") == {}
    assert said(account(told=three, stage=Stage.BUILDING), "complaint") == {}


# 15


def card(*criteria, days=1):
    return tuple(Score(criterion, 3, ago(days)) for criterion in criteria)


FIVE = (Criterion.FIT, Criterion.CONTINUITY, Criterion.PROFITABILITY, Criterion.LOYALTY, Criterion.CENTRALISATION)


def test_a_provisional_tier_warns_after_thirty_days(account, said):
    assert said(account(tier_since=ago(30)), "weak_classification") == {"tier.provisional": "gap"}
    assert said(account(tier_since=ago(31)), "weak_classification") == {"tier.provisional": "warn"}
    assert said(account(tier_since=ago(31), touched=()), "weak_classification") == {"tier.provisional": "gap"}


def test_five_criteria_of_three_families_confirm_it(account, said):
    assert said(account(scores=card(*FIVE)), "weak_classification") == {}
    assert said(account(scores=card(*FIVE[:4])), "weak_classification") == {"tier.provisional": "warn"}


def test_a_card_of_more_than_a_year_is_old(account, said):
    assert said(account(scores=card(*FIVE, days=366)), "weak_classification") == {"tier.card": "warn"}
    assert said(account(scores=card(*FIVE, days=365)), "weak_classification") == {}


def test_key_people_of_whom_nothing_was_confirmed_for_half_a_year_warn(account, person, said):
    def confirmed(days, **fields):
        people = (person(confirmed_on=ago(days), **{"roles": (BuyingRole.USER,), **fields}),)
        return said(account(scores=card(*FIVE), people=people), "weak_classification")

    assert confirmed(181) == {"tier.people": "warn"}
    assert confirmed(180) == {}
    assert confirmed(400, roles=()) == {}


def test_classification_is_asked_of_key_tiers_alone(account, missing):
    assert missing(account(tier=Tier.NON_KEY), "weak_classification") == {"key"}


# S1


def test_the_cost_of_entry_is_spread_over_the_years():
    """S1: ten million a year, five million to enter, then half a million a year."""
    assert cost_ratio(5_000_000, 500_000, 10_000_000, 1) == Fraction(1, 2)
    assert cost_ratio(5_000_000, 500_000, 10_000_000, 3) == Fraction(1, 5)
