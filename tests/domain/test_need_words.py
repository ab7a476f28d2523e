"""Telling an implicit need from an explicit one, and the states that each may pass through."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.enums import NeedKind, NeedSignal, NeedState
from kamtui.domain.need import (
    CLOSINGS,
    IMPLICIT_STATES,
    OPEN_STATES,
    WAY,
    may_move,
    next_state,
)
from kamtui.domain.need_words import read_quantity, read_words

COMPLAINT, DISSATISFACTION, DOUBT = NeedSignal.COMPLAINT, NeedSignal.DISSATISFACTION, NeedSignal.DOUBT


@pytest.mark.parametrize(
    ("words", "quantity", "unit"),
    [
        ("We need 20 machines for the new plant", 20, "machines"),
        ("20 machines for a plant", 20, "machines"),
        ("We’d like 3 more licences by December", 3, "licences"),
        ("Could you quote 500k sets?", 500_000, "sets"),
        ("we need 1,500 kg of steel", 1500, "kg"),
        ("I'd like to order 2.5 t of paper", Decimal("2.5"), "t"),
        ("We were wondering if you could send a quote for 40 chairs", 40, "chairs"),
        ("The plant needs 4 forklifts", 4, "forklifts"),
        ("Please send 3 samples without delay", 3, "samples"),
        ("我们需要20台机器", 20, "台"),
        ("我们新厂需要二十台设备", 20, "台"),
        ("我们想再加5套", 5, "套"),
        ("我们要１２箱耗材", 12, "箱"),
        ("采购三百五十套课桌", 350, "套"),
    ],
)
def test_what_asks_for_a_count_of_things_is_explicit_with_its_quantity(words, quantity, unit):
    reading = read_words(words)
    assert (reading.kind, reading.signal, reading.quantity, reading.unit) == (NeedKind.EXPLICIT, None, quantity, unit)


@pytest.mark.parametrize(
    "words",
    [
        "We would like a discount of 5 %",
        "They want delivery within 10 days",
        "Can we get a better payment term?",
        "Send us the price list",
        "We must have a hotline at night",
        "We need it by late March",
        "We want another 2 % off the list",
        "We need freight prices by weight, not by pallet",
        "Our IT department requests a demo",
        "希望提供三年的耗材价格",
        "请给我们报价",
        "麻烦您尽快安排培训",
        "能不能便宜一点",
        "客户要求月结60天",
        "我们需要夜间有人接电话，30 分钟内到场",
        "要四小时到场",
        "能不能快一点？",
        "可以早些发货吗",
        "能否处理一下发票",
        "请你们派人来",
        "请尽快答复",
        "必须四小时到场",
        "价格可以，但要四小时到场",
        "想要一份报价",
        "希望周末也有人值班",
    ],
)
def test_what_asks_is_explicit_and_a_number_of_days_or_percent_is_no_quantity(words):
    reading = read_words(words)
    assert (reading.kind, reading.quantity) == (NeedKind.EXPLICIT, None)


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("Why is your service like this? It's so disappointing.", DISSATISFACTION),
        ("We lost 2 days waiting for you", COMPLAINT),
        ("We never know when an engineer comes", COMPLAINT),
        ("The bags burst again and again", COMPLAINT),
        ("Our lorries go half empty and nobody plans it", COMPLAINT),
        ("The second shipment arrived late", COMPLAINT),
        ("The printer doesn't work", COMPLAINT),
        ("20 machines are broken", COMPLAINT),
        ("We need faster delivery, we waited 2 weeks", COMPLAINT),
        ("We are not happy with the last 3 deliveries", DISSATISFACTION),
        ("Your price is too high", DISSATISFACTION),
        ("We want to cancel the contract", DISSATISFACTION),
        ("I doubt that we can store the reports for ten years", DOUBT),
        ("What if the machine fails at night?", DOUBT),
        ("Are you sure you can deliver 200 sets?", DOUBT),
        ("Can you really ship 200 sets a week?", DOUBT),
        ("你们的服务怎么这样? 太让人失望了", DISSATISFACTION),
        ("价格这么贵", DISSATISFACTION),
        ("总是等不到发票, 财务天天催我", COMPLAINT),
        ("交货总是拖", COMPLAINT),
        ("我们等了3天没人来", COMPLAINT),
        ("上次的20台有3台坏了", COMPLAINT),
        ("希望不要再出错", COMPLAINT),
        ("担心设备坏了没人来修", DOUBT),
        ("要等四个小时", COMPLAINT),
        ("能不能别再晚到，快一点", COMPLAINT),
        ("能不能准时到？", DOUBT),
        ("能不能保证按时交货？", DOUBT),
        ("万一系统停了怎么办", DOUBT),
    ],
)
def test_what_complains_or_doubts_is_implicit_whether_or_not_it_has_a_number(words, signal):
    reading = read_words(words)
    assert (reading.kind, reading.signal, reading.quantity) == (NeedKind.IMPLICIT, signal, None)


@pytest.mark.parametrize(
    "words",
    [
        "The weather was nice",
        "We like your product",
        "We wish you a happy new year",
        "We must have made a mistake",
        "We don't need 20 machines",
        "Our needs are not met",
        "20 machines stand idle",
        "我们不需要20台",
        "要是再这样就换人",
        "要多久才到",
        "请问这个稳定吗",
        "能不能用？",
        "不能早点",
        "今天天气不错",
        "你们的采购部在哪里",
        "",
        "\x00\ud800 [/]",
    ],
)
def test_unsure_means_implicit(words):
    reading = read_words(words)
    assert (reading.kind, reading.quantity) == (NeedKind.IMPLICIT, None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1e999 machines", None),
        ("9" * 40 + " machines", None),
        ("one machine", None),
        ("一台机器", None),
        ("within 10 working days", None),
        ("on 12 March", None),
        ("5000 CNY", None),
        ("10 days, then 4 racks", (Decimal(4), "racks")),
        ("一千二百台", (Decimal(1200), "台")),
        ("两万三千件", (Decimal(23000), "件")),
        ("5万套", (Decimal(50000), "套")),
    ],
)
def test_a_quantity_is_a_count_of_things(words, expected):
    assert read_quantity(words) == expected


@given(st.text(max_size=300))
def test_any_words_can_be_read(words):
    reading = read_words(words)
    assert reading.kind is NeedKind.IMPLICIT or reading.signal is None
    assert reading.quantity is None or 0 <= reading.quantity < 10**12


def test_long_words_are_read_at_once():
    assert read_words("please " * 10_000).kind is NeedKind.IMPLICIT
    assert read_words("请" * 50_000 + "9" * 50_000).kind is NeedKind.IMPLICIT


STATES = st.sampled_from(NeedState)


@given(st.lists(STATES, max_size=30))
def test_no_sequence_of_moves_takes_an_unconverted_implicit_need_past_exploring(wanted):
    state = NeedState.CAPTURED
    for after in wanted:
        if may_move(NeedKind.IMPLICIT, state, after):
            state = after
        assert state in IMPLICIT_STATES


@given(STATES, STATES)
def test_a_closing_is_reached_from_open_states_alone_and_left_to_open_states_alone(before, after):
    allowed = may_move(NeedKind.EXPLICIT, before, after)
    if after in CLOSINGS:
        assert allowed == (before in OPEN_STATES)
    elif before in CLOSINGS:
        assert allowed == (after in OPEN_STATES)
    else:
        assert allowed == (before != after)


def test_the_way_has_two_ends():
    assert [next_state(state) for state in WAY] == [*WAY[1:], None]
    assert next_state(NeedState.CAPTURED, -1) is None
    assert next_state(NeedState.LOST) is None
