"""When obligations come due, first and after they were resolved."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.enums import Anchor
from kamtui.domain.errors import BadInput
from kamtui.domain.obligation import TEMPLATE, first_due, following, parse_cadence, period_of
from kamtui.domain.recurrence import Period

WEEK = Period(1, "w")
MONDAY = date(2026, 3, 2)


def test_the_template_has_the_eight_and_only_three_start_by_themselves():
    assert [item.number for item in TEMPLATE] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [item.number for item in TEMPLATE if period_of(item.cadence)] == [1, 2, 4]
    assert {item.number: item.within for item in TEMPLATE if item.within} == {6: 2, 7: 1}


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("quarterly", "3m"),
        ("Per Order", "per_order"),
        ("per-event", "per_event"),
        ("none", "none"),
        ("每单", "per_order"),
        ("每季度", "3m"),
        ("every 2 weeks", "2w"),
    ],
)
def test_a_cadence_is_read_as_people_write_it(text, cadence):
    assert parse_cadence(text) == cadence


@pytest.mark.parametrize("text", ["", "sometimes", "per", "0d", "x" * 10_000])
def test_what_is_no_cadence_is_refused(text):
    with pytest.raises(BadInput) as refused:
        parse_cadence(text)
    assert refused.value.field == "cadence"
    assert len(refused.value.message) < 250


def test_the_next_one_counts_from_the_completion():
    assert following(WEEK, Anchor.COMPLETION, series_start=MONDAY, due=MONDAY, resolved_on=date(2026, 3, 11)) == (
        date(2026, 3, 18),
        [],
    )


def test_the_next_one_counts_from_the_due_date_however_late_it_was():
    next_due, missed = following(WEEK, Anchor.DUE, series_start=MONDAY, due=MONDAY, resolved_on=date(2026, 3, 20))
    assert next_due == date(2026, 3, 23)
    assert missed == [date(2026, 3, 9), date(2026, 3, 16)]


def test_what_was_done_early_comes_back_at_the_date_after():
    assert following(WEEK, Anchor.DUE, series_start=MONDAY, due=date(2026, 3, 9), resolved_on=MONDAY)[0] == date(
        2026, 3, 16
    )


def test_one_of_the_very_day_is_due_then_and_not_lost():
    assert following(WEEK, Anchor.DUE, series_start=MONDAY, due=MONDAY, resolved_on=date(2026, 3, 9)) == (
        date(2026, 3, 9),
        [],
    )


def test_none_of_six_years_of_weeks_is_lost():
    next_due, missed = following(
        WEEK, Anchor.DUE, series_start=date(2020, 1, 6), due=date(2020, 1, 6), resolved_on=MONDAY + timedelta(days=1)
    )
    assert missed == [date(2020, 1, 6) + timedelta(weeks=week) for week in range(1, 322)]
    assert next_due == missed[-1] + timedelta(weeks=1)


@given(st.sampled_from(["1d", "1w", "37d", "1m", "3m", "6m", "1y"]), st.dates(), st.integers(0, 10**9))
def test_the_first_due_date_lies_within_the_first_period_on_a_weekday(cadence, start, spread):
    start = max(date(1900, 1, 1), min(start, date(9000, 1, 1)))
    period = period_of(cadence)
    assert period is not None
    due = first_due(period, start, spread)
    assert start < due <= max(period.after(start), start + timedelta(days=3))
    assert due.weekday() < 5


@pytest.mark.parametrize("cadence", ["37d", "3m", "6m"])
def test_accounts_that_begin_together_do_not_fall_due_together(cadence):
    period = period_of(cadence)
    assert period is not None
    dues = Counter(first_due(period, MONDAY, account * 8 + 1) for account in range(200))
    assert max(dues.values()) <= 4 * 200 / period.days() + 3
