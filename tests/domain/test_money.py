"""Money and numbers as people type them: read exactly, or refused with a sentence."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.errors import BadInput
from kamtui.domain.money import MOST, Money, currency_code, decimal_of, parse_money, thousandths, total


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("1234", 123_400, "CNY"),
        ("1,234", 123_400, "CNY"),
        ("1,234.50", 123_450, "CNY"),
        ("1.234,50 EUR", 123_450, "EUR"),
        ("1 234,5", 123_450, "CNY"),
        ("1'234'567.89", 123_456_789, "CNY"),
        ("1.234.567", 123_456_700, "CNY"),
        ("0,12", 12, "CNY"),
        (".5", 50, "CNY"),
        ("440.0000", 44_000, "CNY"),
        ("12k", 1_200_000, "CNY"),
        ("5M USD", 500_000_000, "USD"),
        ("¥3万", 3_000_000, "CNY"),
        ("1.5万元", 1_500_000, "CNY"),
        ("3千万", 3_000_000_000, "CNY"),
        ("RMB 3万", 3_000_000, "CNY"),
        ("200 美元", 20_000, "USD"),
        ("-¥5", -500, "CNY"),
        ("¥-5", -500, "CNY"),
        ("− 5", -500, "CNY"),
        ("+5", 500, "CNY"),
        ("12MXN", 1_200, "MXN"),
        ("12 KRW", 12, "KRW"),
        ("$5 CAD", 500, "CAD"),
        ("usd 5", 500, "USD"),
        ("１，２３４．５０", 123_450, "CNY"),
        ("1.234 KWD", 1_234, "KWD"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, minor, currency):
    assert parse_money(text, "CNY") == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "abc", "--5", "-¥-5", "5-", "(5)", "5%", "5.", "1e5", "1e999", "inf", "NaN", "0x10", "1_000", "²", "½",
        "١٢٣", "१२", "1,2,3", "1,23,456", "1,2345,678", "1.234.56", "1,234.5,6", "1 2 3", "12 34", "5 5", "$5 EUR", "USD 5 EUR",
        "12 pcs", "3 day", "5 \x1b[2J", "5\n6", "3万5", "9" * 19, "9" * 5000, "1" + ",000" * 5000, "9" * 17 + "万",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_sentence(text):
    with pytest.raises(BadInput) as refusal:
        parse_money(text, "CNY", field="value")
    assert refusal.value.field in {"value", "currency"}
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(("text", "currency"), [("1.234", "CNY"), ("0.005", "CNY"), ("1.2", "KRW"), ("1.2345", "KWD")])
def test_more_decimals_than_the_currency_has_are_refused_and_never_rounded(text, currency):
    with pytest.raises(BadInput, match=f"more decimals than {currency}"):
        parse_money(text, currency)


def test_a_sign_that_several_currencies_use_means_the_one_of_the_database():
    assert parse_money("¥500", "JPY") == Money(500, "JPY")
    assert parse_money("$500", "AUD") == Money(50_000, "AUD")
    assert parse_money("$500", "CNY") == Money(50_000, "USD")
    assert parse_money("€500", "JPY") == Money(50_000, "EUR")


@given(st.integers(-MOST, MOST), st.sampled_from(["CNY", "JPY", "KWD", "EUR", "CLF"]))
def test_what_is_shown_reads_back_as_the_same_amount(minor, currency):
    money = Money(minor, currency)
    assert parse_money(str(money), "USD") == money
    assert parse_money(money.plain(), currency) == money


@given(st.text(alphabet="0123456789.,-+ 'kKmM万亿元¥$eE", max_size=70))
def test_any_text_is_an_amount_of_whole_minor_units_or_refused(text):
    try:
        money = parse_money(text, "CNY")
    except BadInput:
        return
    assert type(money.minor) is int
    assert abs(money.minor) <= MOST


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", "20"), ("1,234", "1234"), ("1.234", "1.234"), ("0,123", "0.123"), ("1,5", "1.5"), ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"), ("-3", "-3"), (" 7 ", "7"), ("２０", "20"), ("1 000 000", "1000000"),
    ],
)  # fmt: skip
def test_a_number_may_have_either_decimal_mark(text, number):
    assert decimal_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "x", "1e999", "Infinity", "--5", "1,2,3", "1.2.3", "١٢٣", "9" * 21, ".", ",", "1 2"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadInput):
        decimal_of(text)


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_refused(text):
    with suppress(BadInput):
        assert decimal_of(text).is_finite()


def test_a_quantity_keeps_three_decimals_and_is_never_rounded():
    assert thousandths(Decimal("1.234")) == 1234
    assert thousandths(Decimal(-2)) == -2000
    for wrong in ("1.2345", "1." + "0" * 40 + "1", "1e30", "NaN", "Infinity", "1e-30"):
        with pytest.raises(BadInput, match="quantity"):
            thousandths(Decimal(wrong))


def test_only_the_currencies_of_iso_4217_are_currencies():
    assert (currency_code(" cny "), currency_code("RMB")) == ("CNY", "CNY")
    for wrong in ("", "CN", "CNYY", "PCS", "人民币", "12€"):
        with pytest.raises(BadInput, match="currency code"):
            currency_code(wrong)


def test_amounts_of_different_currencies_are_never_added():
    assert total([Money(100, "CNY"), Money(250, "CNY")]) == Money(350, "CNY")
    assert total([Money(100, "CNY"), Money(100, "EUR")]) is None
    assert total([]) is None


def test_an_amount_is_shown_with_thousands_and_cents_only_where_there_are_some():
    assert [str(Money(minor, "CNY")) for minor in (0, 5, -123_450, 100_000_000)] == [
        "0 CNY",
        "0.05 CNY",
        "-1,234.50 CNY",
        "1,000,000 CNY",
    ]
    assert str(Money(1234, "JPY")) == "1,234 JPY"
