"""Days as people write them, months that are shorter, and days that are worked."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.days import add_months, add_working_days, age_label, is_working_day, parse_day
from kamtui.domain.errors import BadInput

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("2026.12.01", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("２０２６－１２－０１", date(2026, 12, 1)),
        ("12-01", date(2026, 12, 1)),
        ("12月1日", date(2026, 12, 1)),
        ("12月1号", date(2026, 12, 1)),
        ("11-22", date(2026, 11, 22)),
        ("06-01", date(2026, 6, 1)),
        ("05-01", date(2027, 5, 1)),
        ("02-29", date(2028, 2, 29)),
        ("today", MONDAY),
        ("Now", MONDAY),
        ("今天", MONDAY),
        ("tomorrow", date(2026, 11, 24)),
        ("明天", date(2026, 11, 24)),
        ("后天", date(2026, 11, 25)),
        ("大后天", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 22)),
        ("fri", date(2026, 11, 27)),
        (" Friday ", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("next fri", date(2026, 12, 4)),
        ("next  monday", date(2026, 11, 30)),
        ("this sun", date(2026, 11, 29)),
        ("last fri", date(2026, 11, 20)),
        ("周五", date(2026, 11, 27)),
        ("周一", date(2026, 11, 30)),
        ("星期天", date(2026, 11, 29)),
        ("礼拜日", date(2026, 11, 29)),
        ("本周五", date(2026, 11, 27)),
        ("1 Dec", date(2026, 12, 1)),
        ("December 1st", date(2026, 12, 1)),
        ("5th of May", date(2027, 5, 5)),
        ("Sept. 3, 2026", date(2026, 9, 3)),
        ("下周三", date(2026, 12, 2)),
        ("下个星期三", date(2026, 12, 2)),
        ("下下周一", date(2026, 12, 7)),
        ("上周五", date(2026, 11, 20)),
        ("下周", date(2026, 11, 30)),
        ("next week", date(2026, 11, 30)),
        ("下个月", date(2026, 12, 23)),
        ("next month", date(2026, 12, 23)),
        ("+2w", date(2026, 12, 7)),
        ("＋２ｗ", date(2026, 12, 7)),
        ("+ 10 days", date(2026, 12, 3)),
        ("-3d", date(2026, 11, 20)),
        ("+1m", date(2026, 12, 23)),
        ("+1y", date(2027, 11, 23)),
        ("2 weeks ago", date(2026, 11, 9)),
        ("三天后", date(2026, 11, 26)),
        ("3天后", date(2026, 11, 26)),
        ("十天之后", date(2026, 12, 3)),
        ("两周后", date(2026, 12, 7)),
        ("二十三天以后", date(2026, 12, 16)),
        ("两个月后", date(2027, 1, 23)),
        ("一年前", date(2025, 11, 23)),
        ("月底", date(2026, 11, 30)),
        ("eom", date(2026, 11, 30)),
        ("年底", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert parse_day(text, MONDAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("+1m", date(2028, 1, 31), date(2028, 2, 29)),
        ("+1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("+1d", date(2026, 12, 31), date(2027, 1, 1)),
        ("月底", date(2028, 2, 10), date(2028, 2, 29)),
        ("下周三", date(2026, 12, 31), date(2027, 1, 6)),
        ("fri", date(2027, 1, 1), date(2027, 1, 8)),
        ("周日", date(2026, 11, 29), date(2026, 12, 6)),
        ("02-29", date(2097, 3, 1), date(2104, 2, 29)),
        ("01-02", date(2026, 12, 30), date(2027, 1, 2)),
    ],
)
def test_years_end_and_februaries_are_short(text, today, day):
    assert parse_day(text, today) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("12-28", date(2027, 1, 4), date(2026, 12, 28)),
        ("12月28日", date(2027, 1, 4), date(2026, 12, 28)),
        ("01-04", date(2027, 1, 4), date(2027, 1, 4)),
        ("01-05", date(2027, 1, 4), date(2026, 1, 5)),
        ("05-01", MONDAY, date(2026, 5, 1)),
        ("02-29", date(2103, 1, 1), date(2096, 2, 29)),
        ("2027-05-01", MONDAY, date(2027, 5, 1)),
        ("fri", MONDAY, date(2026, 11, 27)),
    ],
)
def test_a_day_that_cannot_lie_ahead_is_the_latest_such_day(text, today, day):
    assert parse_day(text, today, past=True) == day


def test_a_month_and_day_alone_lie_ahead_where_nothing_is_said_of_the_past():
    assert parse_day("12-28", date(2027, 1, 4)) == date(2027, 12, 28)


@pytest.mark.parametrize("text", ["02-30", "00-10", "13-01"])
def test_what_is_no_day_is_none_in_the_past_either(text):
    with pytest.raises(BadInput):
        parse_day(text, MONDAY, past=True)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "soon", "2w", "fri fri", "next 下周三", "一", "next 五", "2026-02-29", "2026-13-01", "02-30", "00-10",
        "99999999", "+99999999999d", "+9999y", "-2026y", "+" + "9" * 10_000 + "d", "9" * 10_000 + "天后", "x" * 10_000,
        "三" * 10_000 + "天后", "十十天后", "2三天后", "一二天后", "+٣d", "२०२६-१२-०१", "²天后", "-2w ago",
        "1899-12-31", "9999-12-31", "\x00", "\ud800", "2026-12-01\n2026", "+1.5d", "+-1d",
        "May", "May 35", "31 June", "5 Mary",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_one_short_sentence(text):
    with pytest.raises(BadInput) as refused:
        parse_day(text, MONDAY, field="due")
    assert refused.value.field == "due"
    assert refused.value.message.startswith("due: ")
    assert len(refused.value.message) < 250


@given(st.text(st.sampled_from("0123456789+-/.年月日天周下一二三十个后前底 adegiknortuwy"), max_size=14), st.dates())
def test_any_text_is_a_day_or_is_refused(text, today):
    with suppress(BadInput):
        assert isinstance(parse_day(text, today), date)


@given(st.dates(date(1901, 1, 1), date(9900, 1, 1)), st.integers(-1000, 1000))
def test_months_keep_the_day_where_there_is_one(start, months):
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


def test_holidays_are_not_worked():
    assert not is_working_day(date(2026, 10, 1), {date(2026, 10, 1)})
    assert is_working_day(date(2026, 10, 1))
    assert add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 27), 2, {date(2026, 11, 30)}) == date(2026, 12, 2)
    assert add_working_days(MONDAY, 0) == MONDAY


@given(
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.integers(1, 60),
    st.sets(st.dates(date(2000, 1, 1), date(2051, 1, 1)), max_size=20),
)
def test_working_days_are_counted_one_by_one(start, count, holidays):
    end = add_working_days(start, count, holidays)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, holidays) for day in between) == count
    assert is_working_day(end, holidays)


@pytest.mark.parametrize(
    ("days", "label"), [(0, "0d"), (99, "99d"), (100, "14w"), (729, "104w"), (730, "2y"), (1100, "3y")]
)
def test_an_age_is_short(days, label):
    assert age_label(days) == label
