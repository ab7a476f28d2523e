"""One line as it is typed: what it becomes, by when, about whom; and no word of it is ever lost."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.capture import CaptureKind, Part, parse_capture
from kamtui.domain.enums import Direction, InteractionKind, NeedKind, NeedSignal, Priority

MONDAY = date(2026, 11, 23)
FRIDAY, WEDNESDAY_WEEK = date(2026, 11, 27), date(2026, 12, 2)
TASK, TOUCH, PLANNED, NEED = CaptureKind.TASK, CaptureKind.TOUCH, CaptureKind.PLANNED, CaptureKind.NEED


def read(line: str, kind: CaptureKind | None = None):
    return parse_capture(line, MONDAY, kind=kind)


def understood(line: str) -> dict[str, str]:
    return {span.part: line[span.start : span.end] for span in read(line).spans}


def test_a_task_has_an_account_a_day_and_a_priority():
    line = "send freight table @balt fri !A"
    captured = read(line)
    assert (captured.kind, captured.text, captured.due, captured.priority) == (
        TASK, "send freight table", FRIDAY, Priority.A,
    )  # fmt: skip
    assert [mention.text for mention in captured.mentions] == ["balt"]
    assert understood(line) == {Part.NAME: "@balt", Part.DAY: "fri", Part.PRIORITY: "!A"}


def test_a_quoted_sentence_is_a_need_in_their_words():
    captured = read('@zhao "We lost 2 days waiting for your engineer"')
    assert (captured.kind, captured.need_kind, captured.signal) == (NEED, NeedKind.IMPLICIT, NeedSignal.COMPLAINT)
    assert captured.words == captured.text == "We lost 2 days waiting for your engineer"
    assert captured.heard == ("lost", "waiting")


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        (
            '@zhao said "We need 20 machines for the new plant"',
            NeedKind.EXPLICIT,
            "We need 20 machines for the new plant",
        ),
        ("@zhao “Why is your service like this?”", NeedKind.IMPLICIT, "Why is your service like this?"),
        ("@赵敏说「你们太慢了，我们等了两天」", NeedKind.IMPLICIT, "你们太慢了，我们等了两天"),
        ('给@赵敏 "为什么总是晚到?" 明天', NeedKind.IMPLICIT, "为什么总是晚到?"),
        ("@赵敏：“我们需要20台机器”", NeedKind.EXPLICIT, "我们需要20台机器"),
    ],
)
def test_what_asks_is_explicit_and_what_complains_is_implicit(line, kind, words):
    captured = read(line)
    assert (captured.kind, captured.need_kind, captured.words) == (NEED, kind, words)
    assert (captured.text, captured.beside) == (words, None)


def test_what_stands_beside_a_quotation_is_none_of_their_words_and_is_kept():
    captured = read('on the phone with @zhao: "We lost 2 days"')
    assert (captured.kind, captured.words, captured.text) == (NEED, "We lost 2 days", "We lost 2 days")
    assert captured.beside == 'on the phone with zhao: "We lost 2 days"'


@pytest.mark.parametrize(
    "line", ['check "Phase 2" plan', 'send "Terms of our delivery" to @zhao', '12" and 14" monitors', '"fri"']
)
def test_a_title_or_a_stray_quote_is_no_need(line):
    assert read(line).kind is TASK


@pytest.mark.parametrize(
    ("line", "kind", "direction"),
    [
        ("called @wang about may roadmap", InteractionKind.CALL, Direction.TWO_WAY),
        ("@wang called about delivery", InteractionKind.CALL, Direction.IN),
        ("Wang Wei emailed, wants a quote", InteractionKind.EMAIL, Direction.IN),
        ("just met @wang", InteractionKind.MEETING, Direction.TWO_WAY),
        ("we visited @balt", InteractionKind.VISIT, Direction.TWO_WAY),
        ("emailed @zhao the quote", InteractionKind.EMAIL, Direction.OUT),
        ("texted @zhao", InteractionKind.MESSAGE, Direction.OUT),
        ("left a message for @zhao", InteractionKind.CALL, Direction.OUT),
        ("打电话给@张伟", InteractionKind.CALL, Direction.TWO_WAY),
        ("给@张伟打了电话", InteractionKind.CALL, Direction.TWO_WAY),
        ("拜访@张伟", InteractionKind.VISIT, Direction.TWO_WAY),
        ("和@张伟见面了，谈了合同", InteractionKind.MEETING, Direction.TWO_WAY),
        ("收到@张伟的邮件", InteractionKind.EMAIL, Direction.IN),
        ("@张伟来电", InteractionKind.CALL, Direction.IN),
        ("发了微信给 @张伟", InteractionKind.MESSAGE, Direction.OUT),
    ],
)
def test_a_word_of_what_was_held_is_a_touch_of_today(line, kind, direction):
    captured = read(line)
    assert (captured.kind, captured.touch_kind, captured.direction, captured.due) == (TOUCH, kind, direction, None)


def test_a_touch_may_be_of_a_day_that_passed_and_never_of_one_to_come():
    assert read("met @wang yesterday").due == date(2026, 11, 22)
    captured = read("called @wang about the delivery on fri")
    assert (captured.kind, captured.due, captured.text) == (TOUCH, None, "called wang about the delivery on fri")


@pytest.mark.parametrize(
    ("line", "kind", "at"),
    [
        ("meet @wang fri 10:30", InteractionKind.MEETING, "10:30"),
        ("quarterly review @balt fri", InteractionKind.MEETING, None),
        ("visit @balt fri", InteractionKind.VISIT, None),
        ("call @wang fri at 3pm", InteractionKind.CALL, "15:00"),
        ("拜访@张伟 周五", InteractionKind.VISIT, None),
        ("例会 @华东 周五 ９：３０", InteractionKind.MEETING, "09:30"),
        ("和@张伟开会 周五下午3点", InteractionKind.MEETING, "15:00"),
    ],
)
def test_a_meeting_a_visit_or_a_call_with_a_day_to_come_is_planned(line, kind, at):
    captured = read(line)
    assert (captured.kind, captured.touch_kind, captured.at, captured.due) == (PLANNED, kind, at, FRIDAY)


@pytest.mark.parametrize(
    "line",
    ["review the contract fri", "prepare the meeting with @wang fri", "call @wang fri", "meeting minutes by fri",
     "book a visit at @balt fri", "整理会议纪要 周五", "安排拜访@张伟 周五", "打电话给@张伟 周五"],
)  # fmt: skip
def test_what_speaks_of_a_meeting_is_a_task(line):
    assert (read(line).kind, read(line).due) == (TASK, FRIDAY)


@pytest.mark.parametrize(
    ("line", "no_day"),
    [
        ("pay by 2026-02-30", "2026-02-30"),
        ("pay due 2025-13-01", "2025-13-01"),
        ("by 2026-02-30 pay @balt", "2026-02-30"),
        ("call 下周八", "下周八"),
        ("付款 ２０２６-０２-３０", "２０２６-０２-３０"),
        ("2月30日前付款", "2月30日"),
        ("到2月30日付款", "2月30日"),
        ("pay due 12/5", "12/5"),
        ("pay due 20261301", "20261301"),
        ("pay by May 35", "May 35"),
        ("by June 31 send it", "June 31"),
        ("met @wang 2026-02-30", "2026-02-30"),
    ],
)
def test_a_day_that_there_is_none_of_stays_text_and_is_named(line, no_day):
    captured = read(line)
    assert (captured.due, captured.no_day) == (None, no_day)
    assert no_day in captured.text


@pytest.mark.parametrize(
    "line",
    ["call May", "by train to Wuhan", "raise by 2.5", "下周10点前回电", "pay fri", "by fri the table", "read page 13-45 again",
     "每周八"],
)  # fmt: skip
def test_what_has_not_the_shape_of_a_day_is_not_taken_for_one(line):
    assert read(line).no_day is None


@pytest.mark.parametrize(
    ("line", "text", "day"),
    [
        ("pay due Dec 5", "pay", date(2026, 12, 5)),
        ("pay by 5 December", "pay", date(2026, 12, 5)),
        ("by the 5th of May 2027 send the table", "send the table", date(2027, 5, 5)),
        ("send until May 5, 2027 the table", "send the table", date(2027, 5, 5)),
        ("call May 5", "call May 5", None),
    ],
)
def test_a_month_by_its_name_is_a_day_after_a_word_that_leads_to_one(line, text, day):
    assert (read(line).text, read(line).due, read(line).no_day) == (text, day, None)


def test_a_chinese_line_needs_no_blank():
    for line in ("打电话给@张伟 下周三", "打电话给@张伟下周三", "打电话给＠张伟　下周三！A"):
        captured = read(line)
        assert (captured.kind, captured.text, captured.due) == (TASK, "打电话给张伟", WEDNESDAY_WEEK)
        assert [mention.text for mention in captured.mentions] == ["张伟"]
    assert captured.priority is Priority.A


@pytest.mark.parametrize(
    "line",
    ["call May", "two weeks", "send it in two weeks", "call tom", "buy from sun", "order 20261201", "read what we agreed last fri",
     "fri report", "每周五 报表", "上个月底 报表", "下周三的会议纪要发给他", "关于周五的会议", "收到明天的货"],
)  # fmt: skip
def test_what_only_looks_like_a_day_stays_text(line):
    assert (read(line).due, read(line).text) == (None, line)


@pytest.mark.parametrize(
    ("line", "text", "day"),
    [
        ("send by fri the table", "send the table", FRIDAY),
        ("table due next fri !B", "table", date(2026, 12, 4)),
        ("report, until end of month.", "report,", date(2026, 11, 30)),
        ("call Tom due tom", "call Tom", date(2026, 11, 24)),
        ("invoice due yesterday", "invoice", date(2026, 11, 22)),
        ("下周三前发报价", "发报价", WEDNESDAY_WEEK),
        ("发报价，下周三之前", "发报价，", WEDNESDAY_WEEK),
        ("截止12月2日发报价", "发报价", WEDNESDAY_WEEK),
        ("发报价 +9d", "发报价", WEDNESDAY_WEEK),
    ],
)
def test_a_day_counts_at_the_end_or_after_its_word(line, text, day):
    assert (read(line).text, read(line).due) == (text, day)


@pytest.mark.parametrize(
    ("line", "kind", "text", "day"),
    [
        ("明天给李明打电话", TASK, "给李明打电话", date(2026, 11, 24)),
        ("大后天，发合同", TASK, "发合同", date(2026, 11, 26)),
        ("三天后给李明发合同", TASK, "给李明发合同", date(2026, 11, 26)),
        ("@李明 周五发合同", TASK, "发合同", FRIDAY),
        ("周一一起报价", TASK, "一起报价", date(2026, 11, 30)),
        ("下周三和@李明开会", PLANNED, "和李明开会", WEDNESDAY_WEEK),
        ("昨天拜访了@李明", TOUCH, "拜访了李明", date(2026, 11, 22)),
    ],
)
def test_a_chinese_line_may_begin_with_its_day(line, kind, text, day):
    captured = read(line)
    assert (captured.kind, captured.text, captured.due) == (kind, text, day)
    assert read("下周三和@李明开会").mentions[0].text == "李明"


@pytest.mark.parametrize(
    "line",
    ["给李明 大后天 发合同", "下周末", "下周末去上海", "明天的会议", "12月15日的会议", "周五和周六值班", "周一三五值班", "周一起报价",
     "今日头条合同", "12-01批次报价", "明天 send report", "昨天寄样品"],
)  # fmt: skip
def test_a_chinese_day_that_begins_something_else_stays_text(line):
    assert (read(line).due, read(line).text) == (None, line)


def test_a_time_of_a_task_stays_text():
    captured = read("send quote fri 10:30")
    assert (captured.kind, captured.at, captured.text) == (TASK, None, "send quote 10:30")


@pytest.mark.parametrize(
    ("line", "no_time", "due"),
    [
        ("review with @lm 25:99", "25:99", None),
        ("meet @lm fri 24:00", "24:00", FRIDAY),
        ("开会 周五 10:75", "10:75", FRIDAY),
    ],
)
def test_a_time_that_does_not_exist_stays_text(line, no_time, due):
    captured = read(line)
    assert (captured.no_time, captured.at, captured.due) == (no_time, None, due)
    assert captured.text.endswith(no_time)


@pytest.mark.parametrize("line", ["meet @lm fri 10:30", "split it 50:50", "call @lm 2026-11-27 9:05", "scale 1:100"])
def test_what_is_a_time_or_none_at_all_is_no_wrong_time(line):
    assert read(line).no_time is None


def test_a_name_runs_to_the_next_blank_or_stands_in_quotes():
    captured = read('mail @zhao, @"Wang Wei" and @balt, not a@b.com')
    assert [mention.text for mention in captured.mentions] == ["zhao", "Wang Wei", "balt"]
    assert not read("“ask @bob about the price”").mentions


def test_a_name_in_the_sentence_stays_in_it_and_one_beside_it_goes():
    captured = read("call @zw about price @hd")
    zw, hd = captured.mentions
    assert (zw.inside, hd.inside) == (True, False)
    assert captured.said({zw: "张伟", hd: "华东银行"}, apart=[zw, hd]) == "call 张伟 about price"
    assert captured.said({zw: "张伟"}, apart=[zw]) == "call 张伟 about price @hd"
    assert captured.said({}) == "call @zw about price @hd"


def test_who_says_the_kind_is_believed():
    line = "call @wang fri"
    assert [read(line, kind).kind for kind in CaptureKind] == list(CaptureKind)
    assert (read(line, PLANNED).due, read(line, TOUCH).due) == (FRIDAY, None)
    assert (read(line, TOUCH).touch_kind, read("roadmap", TOUCH).touch_kind) == ("call", "meeting")
    assert read("we wait too long", NEED).need_kind is NeedKind.IMPLICIT


def test_a_line_of_signs_alone_is_its_own_text():
    assert [read(line).text for line in ("fri", "@zw", "!A", "")] == ["fri", "@zw", "!A", ""]


WORDS = st.sampled_from(
    ["@zw", '@"a b"', "fri", "due", "by", "!A", "10:30", "25:99", '"we lost two days"', "called", "meet", "下周三", "明天", "后", "前", "到", "打电话给",
     "@张伟下周三", "“", "”", "「", "」", '"', "!", "@", "said", "说", ".", "，", "　", "\n", "2026-12-01", "call", "May", "review",
     "2026-02-30", "2月30日", "下周八", "13-45", "5", "35th"]
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["call due @Acme fri 1", "DUE @0 FRI 1", "call due @Acme fri", "call by !A fri", 'send until "the end" 12-01'],
)
def test_a_day_is_not_read_across_a_name_or_a_sign(line):
    captured = parse_capture(line, MONDAY)
    days = [span for span in captured.spans if span.part is Part.DAY]
    others = [span for span in captured.spans if span.part is not Part.DAY]
    assert not any(day.start < other.end and other.start < day.end for day in days for other in others)
    assert (captured.due is not None) is line.endswith(("fri", "12-01"))
    assert all(mention.text in captured.said({}) for mention in captured.mentions)


@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=4))).map(" ".join), st.lists(WORDS).map("".join)),
       st.sampled_from([None, *CaptureKind]))  # fmt: skip
def test_no_text_raises_and_no_word_is_dropped(line, kind):
    captured = parse_capture(line, MONDAY, kind=kind)
    inside = [False] * len(line)
    for span in captured.spans:
        assert 0 <= span.start < span.end <= len(line)
        inside[span.start : span.end] = [True] * (span.end - span.start)
    left = "".join(" " if taken else sign for sign, taken in zip(line, inside, strict=True)).split()
    at = 0
    for word in left:
        at = (captured.beside or captured.text).index(word, at) + len(word)
    said = captured.said({})
    assert all(mention.text.split()[0] in said for mention in captured.mentions)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "by ",
        "到",
        "名",
        "@",
        '"',
        "“",
        "10:30 ",
        "1",
        "下周三前",
        "by 13-45 ",
        "于周八",
        "31 of June ",
        " ",
        "@a ",
        '@"a" ',
        '"a b c d" ',
        "I ",
        "和张伟",
    ],
)
def test_ten_thousand_characters_are_read_at_once(piece):
    line = (piece * 10_000)[:10_000]
    took = []
    for _again in range(3):
        start = time.perf_counter()
        read(line)
        took.append(time.perf_counter() - start)
    # 20 ms on an idle machine; a quadratic reading would take seconds.
    assert min(took) < 0.1
