"""Quick capture from the command line."""

import io
import sys

import pytest

from kamtui import language


@pytest.fixture(autouse=True)
def _book(kamtui):
    kamtui("account", "add", "Baltic Freight")
    kamtui("account", "add", "华东银行")
    kamtui("person", "add", "张伟", "--account", "华东银行")
    kamtui("person", "add", "Wang Lan", "--account", "Baltic")
    kamtui("person", "add", "王伟", "--account", "华东银行")


def test_a_line_becomes_a_record_and_the_answer_says_which(kamtui):
    said = "Added task 1: send freight table, Baltic Freight, due 2026-11-27, priority A\n"
    assert kamtui("add", "send freight table @balt fri !A").out == said
    assert kamtui("add", "called @zw about may roadmap").out == (
        "Logged call 1: called 张伟 about may roadmap, 华东银行, 2026-11-23\n"
    )
    assert kamtui("add", "拜访@张伟 下周三 9:30").out == "Planned visit 2: 拜访张伟, 华东银行, 2026-12-02 09:30\n"
    assert kamtui("add", '@zw "We lost 2 days waiting for you"').out == (
        "Added need 1 (implicit, complaint): We lost 2 days waiting for you, 华东银行\n"
    )


def test_the_words_may_stand_unquoted_and_json_gives_the_record(kamtui):
    answer = kamtui("add", "打电话给@张伟", "下周三", "--json").json
    assert (answer["kind"], answer["record"]["what"], answer["record"]["due"], answer["note"]) == (
        "task", "打电话给张伟", "2026-12-02", None,
    )  # fmt: skip


def test_a_chinese_line_begins_with_its_day_and_a_task_without_one_says_so(kamtui):
    said = "Added task 1: 给张伟打电话, 华东银行, due 2026-11-24\n"
    assert kamtui("add", "明天给张伟打电话", "--account", "华东银行").out == said
    assert (
        kamtui("add", "给@张伟 !A 大后天 发合同").out
        == "Added task 2: 给张伟 大后天 发合同, 华东银行, no date, priority A\n"
    )


def test_a_name_that_may_be_two_is_refused_with_the_list(kamtui):
    answer = kamtui("add", "call @wang fri")
    assert (answer.code, len(answer.err.splitlines())) == (1, 1)
    assert "Wang Lan, Baltic Freight" in answer.err
    assert "王伟, 华东银行" in answer.err
    assert kamtui("task", "list").out == ""
    matches = kamtui("add", "call @wang fri", "--json").json["error"]["matches"]
    assert len(matches) == 2
    assert kamtui("add", "call @wang fri", "--account", "华东银行").out.startswith("Added task 1: call 王伟, 华东银行")


def test_a_name_that_nobody_has_stays_text_and_a_likeness_is_no_name(kamtui):
    answer = kamtui("add", "send table @baltik fri")
    assert (answer.code, answer.out) == (0, "Added task 1: send table @baltik, due 2026-11-27\n")
    assert "@baltik" in answer.err


def test_a_time_that_does_not_exist_is_said(kamtui):
    answer = kamtui("add", "review with @zw fri 25:99")
    assert answer.out == "Planned meeting 1: review with 张伟 25:99, 华东银行, 2026-11-27\n"
    assert answer.err == "“25:99” is no time: it stays in the text.\n"
    assert "“25:99” is no time" in kamtui("add", "met nobody 25:99").err


def test_without_an_account_a_touch_is_kept_as_a_task_and_refused_where_it_was_asked_for(kamtui):
    answer = kamtui("add", "called about the roadmap")
    assert (answer.code, answer.out) == (0, "Added task 1: called about the roadmap, no date\n")
    assert "belongs to an account" in answer.err
    answer = kamtui("add", "called about the roadmap", "--kind", "touch")
    assert (answer.code, "Nothing was saved" in answer.err) == (1, True)
    assert len(kamtui("task", "list").lines) == 1


def test_kind_and_account_are_what_the_options_say(kamtui):
    assert kamtui("add", "roadmap", "--kind", "touch", "--account", "Baltic").out == (
        "Logged meeting 1: roadmap, Baltic Freight, 2026-11-23\n"
    )
    assert kamtui("add", "met @zw", "--account", "Baltic").code == 1
    assert len(kamtui("touch", "list").lines) == 1


def test_the_line_may_come_from_stdin(kamtui, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('@zw "你们太慢了"\n'.encode())))
    assert kamtui("add", "-").out == "Added need 1 (implicit, dissatisfaction): 你们太慢了, 华东银行\n"


@pytest.mark.parametrize("line", ["", "  "])
def test_nothing_to_add_is_one_sentence(kamtui, line):
    answer = kamtui("add", line)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)


def test_ten_thousand_characters_are_kept_and_one_undo_takes_them_back(kamtui):
    answer = kamtui("add", "word " * 2000 + "@balt fri")
    assert answer.code == 0
    assert len(kamtui("task", "show", "1", "--json").json["note"]) > 10_000
    kamtui("undo")
    assert kamtui("task", "list").out == ""


def test_a_nul_and_half_a_character_are_refused_with_a_sentence(kamtui):
    assert [kamtui("add", text).code for text in ("a\x00b", "a\ud800b")] == [2, 2]
    assert kamtui("add", "call @a\x00b").code == 2


def test_a_day_that_there_is_none_of_is_said_and_stays_in_the_text(kamtui):
    answer = kamtui("add", "pay by 2026-02-30")
    assert (answer.code, answer.out) == (0, "Added task 1: pay by 2026-02-30, no date\n")
    assert answer.err == "“2026-02-30” is no day: it stays in the text.\n"
    assert kamtui("add", "call 下周八", "--json").json["note"] == "“下周八” is no day: it stays in the text."
    answer = kamtui("add", "send @nobody the table due 2025-13-01")
    assert answer.err == (
        "“2025-13-01” is no day: it stays in the text.\nNobody is known by the name @nobody: it stays in the text.\n"
    )
    assert "is no day" in kamtui("add", "met @nobody 2026-02-30").err


def test_the_help_tells_the_grammar_in_both_languages(kamtui):
    assert "下周三" in kamtui("add", "--help").out
    language.choose("zh")
    assert kamtui("--lang", "zh", "add", "--help").code == 0
