"""Cells as values: dates in every order, amounts as programs write them, words of lists."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.enums import BuyingRole, Stance, Tier
from kamtui.domain.errors import BadInput
from kamtui.domain.money import Money
from kamtui.exchange.values import (
    DateOrder,
    date_order,
    is_computed,
    read_date,
    read_flag,
    read_milli,
    read_time,
    read_whole,
    read_word,
    rounded_money,
    split_list,
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01", "2026/12/01", "2026.12.1", "2026年12月1日", "20261201", "2026-12-01T09:30", "2026-12-01 09:30:00.000",
        "2026-12-01T09:30:00Z", "2026-12-01T09:30:00.12+08:00", "2026/12/1 9:30 PM",
    ],
)  # fmt: skip
def test_a_day_with_the_year_in_front_needs_no_order(text):
    assert read_date(text, None, field="date") == date(2026, 12, 1)


def test_the_order_decides_between_day_and_month():
    assert read_date("03/04/2026", DateOrder.DMY, field="date") == date(2026, 4, 3)
    assert read_date("03/04/2026", DateOrder.MDY, field="date") == date(2026, 3, 4)
    assert read_date("31.12.2026", DateOrder.MDY, field="date") == date(2026, 12, 31)
    with pytest.raises(BadInput, match="--dates dmy"):
        read_date("03/04/2026", None, field="date")
    assert read_date("4/4/2026 0:00", None, field="date") == date(2026, 4, 4)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-13-01", "31.02.2026", "1/1/26", "0001-01-01", "９999-01-01", "2026-12-01x"]
)
def test_what_is_no_day_is_refused_with_the_field(text):
    with pytest.raises(BadInput, match="due: "):
        read_date(text, DateOrder.DMY, field="due")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2026", "13/02/2026"], DateOrder.DMY),
        (["01/02/2026", "02/13/2026"], DateOrder.MDY),
        (["01/02/2026", "03/04/2026"], None),
        (["13/02/2026", "02/13/2026"], None),
        (["2026-01-02", "13/02/2026"], None),
        (["tbd", "13/02/2026"], DateOrder.DMY),
        ([], None),
    ],
)
def test_the_column_tells_the_order_of_its_dates(cells, order):
    assert date_order(cells) is order


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)), st.sampled_from(list(DateOrder)))
def test_every_day_is_read_back_in_its_order(day, order):
    text = f"{day:%d.%m.}{day.year:04d}" if order is DateOrder.DMY else f"{day:%m/%d/}{day.year:04d}"
    assert read_date(text, order, field="date") == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(text):
    with suppress(BadInput):
        assert isinstance(read_date(text, None, field="date"), date)


def test_computed_amounts_are_rounded_and_thousands_are_not_guessed():
    assert rounded_money("47.599999999999994", "USD", field="revenue") == Money(4760, "USD")
    assert rounded_money("35.625", "USD", field="revenue") == Money(3563, "USD")
    assert [is_computed(cell) for cell in ("168.0", "47.599999999999994", "35.625", "1,054", "12")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_quantities_have_three_decimals():
    assert [read_milli(text, field="quantity") for text in ("12", "1.5", "0.125")] == [12_000, 1_500, 125]
    with pytest.raises(BadInput, match="quantity"):
        read_milli("0.1255", field="quantity")


def test_words_of_lists_do_not_mind_case_blanks_or_language():
    assert read_word(Stance)("Non-Supporter", field="stance") is Stance.NON_SUPPORTER
    assert read_word(Tier)("t1", field="tier") is Tier.T1
    assert read_word(BuyingRole)("技术", field="roles") is BuyingRole.TECHNICAL
    with pytest.raises(BadInput, match=r"stance: “friend” is none of mentor"):
        read_word(Stance)("friend", field="stance")


def test_times_flags_and_grades():
    assert [read_time(text, field="time") for text in ("9:05", "21:30:00", "9:30 pm")] == ["09:05", "21:30", "21:30"]
    assert [read_flag(text, field="external") for text in ("Yes", "0", "是")] == [True, False, True]
    assert read_whole(0, 4)("3.0", field="potential") == 3
    for read, text in ((read_time, "25:00"), (read_flag, "maybe"), (read_whole(0, 4), "7"), (read_whole(0, 4), "x")):
        with pytest.raises(BadInput):
            read(text, field="it")


def test_lists_are_split_at_semicolons_and_commas_where_these_cannot_be_part_of_a_name():
    assert split_list("a; b|c、d") == ["a", "b", "c", "d"]
    assert split_list("Smith, John; Doe, Jane") == ["Smith, John", "Doe, Jane"]
    assert split_list("UI, design", commas=True) == ["UI", "design"]
