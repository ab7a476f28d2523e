"""Periods as people write them, and series that come back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.errors import BadInput
from kamtui.domain.recurrence import Period, parse_period, series_after


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2w", "2w"),
        (" 3 Months ", "3m"),
        ("every 3 months", "3m"),
        ("every week", "1w"),
        ("every day", "1d"),
        ("1 day", "1d"),
        ("007d", "7d"),
        ("daily", "1d"),
        ("weekly", "1w"),
        ("fortnightly", "2w"),
        ("monthly", "1m"),
        ("quarterly", "3m"),
        ("half-yearly", "6m"),
        ("yearly", "1y"),
        ("annually", "1y"),
        ("每天", "1d"),
        ("每周", "1w"),
        ("每两周", "2w"),
        ("两周", "2w"),
        ("每3个星期", "3w"),
        ("每月", "1m"),
        ("每三个月", "3m"),
        ("每季度", "3m"),
        ("每半年", "6m"),
        ("每年", "1y"),
        ("每十二个月", "12m"),
    ],
)
def test_a_period_is_read_as_people_write_it(text, period):
    assert str(parse_period(text)) == period


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "0d", "000w", "week", "d", "2", "2x", "2 dears", "1000d", "-1d", "1.5d", "٣d", "²d", "9" * 10_000 + "d",
        "每" * 10_000, "月", "零天", "每一二天", "2w 3d", "\x00", "every",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_one_short_sentence(text):
    with pytest.raises(BadInput) as refused:
        parse_period(text, field="repeat")
    assert refused.value.message.startswith("repeat: ")
    assert len(refused.value.message) < 250


def test_a_monthly_series_comes_back_to_the_31st_after_february():
    days, day = [], date(2026, 1, 31)
    for _month in range(4):
        days.append(day)
        day, _passed = series_after(date(2026, 1, 31), Period(1, "m"), day)
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_yearly_series_of_29_february_comes_back_to_it():
    assert series_after(date(2028, 2, 29), Period(1, "y"), date(2031, 6, 1)) == (
        date(2032, 2, 29),
        [date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28)],
    )


def test_a_day_past_the_calendar_is_refused():
    with pytest.raises(BadInput, match="end of the calendar"):
        Period(999, "y").after(date(9500, 1, 1))
    with pytest.raises(BadInput, match="end of the calendar"):
        Period(999, "w").after(date(9990, 1, 1))


periods = st.builds(Period, st.integers(1, 20), st.sampled_from("dwmy"))
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(days, periods, days)
def test_the_next_of_a_series_is_the_first_after_and_none_is_lost(start, period, after):
    day, passed = series_after(start, period, after)
    whole, times = [], 0
    while (each := period.after(start, times)) <= max(day, after):
        whole.append(each)
        times += 1
    assert day == min(each for each in whole if each > after)
    assert passed == [each for each in whole if start < each <= after]


@given(days, periods, days, days)
def test_only_what_passed_since_a_day_is_named(start, period, after, since):
    day, passed = series_after(start, period, after, since=since)
    assert day == series_after(start, period, after)[0] > after
    assert passed == [each for each in series_after(start, period, after, since=date.min)[1] if each > since]


def test_a_long_daily_series_is_not_walked_from_its_beginning():
    start = date(1900, 1, 1)
    today = start + timedelta(days=2_900_000)
    assert series_after(start, Period(1, "d"), today, since=today) == (today + timedelta(days=1), [])
