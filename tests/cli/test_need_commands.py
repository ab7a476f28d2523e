"""Needs from the command line."""

import io
import sys

import pytest


@pytest.fixture
def acme(kamtui):
    kamtui("account", "add", "Acme")
    kamtui("person", "add", "赵敏", "--account", "Acme")
    kamtui("person", "add", "Ms Li", "--account", "Acme")


@pytest.fixture
def stdin(monkeypatch):
    """Puts text where `-` reads."""

    def put(text):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


def test_a_need_is_captured_in_one_line_that_says_what_it_was_taken_for(kamtui, acme):
    answer = kamtui(
        "need", "add", "你们的服务怎么这样? 太让人失望了", "--account", "Acme", "--by", "赵敏", "--on", "11-14"
    )
    assert (answer.code, answer.out) == (
        0,
        "Added need 1 (implicit, dissatisfaction): 你们的服务怎么这样? 太让人失望了 (Acme)\n",
    )
    answer = kamtui("need", "add", "We need 20 machines for the new plant", "--account", "Acme", "--observed")
    assert answer.out == "Added need 2 (explicit, 20 machines): We need 20 machines for the new plant (Acme)\n"
    first, second = kamtui("need", "list", "--json").json
    assert (first["who"], first["raised_on"], first["source"]) == ("赵敏", "2026-11-14", "person")
    assert (second["who"], second["source"], second["quantity"], second["unit"]) == (None, "observed", 20, "machines")


def test_an_implicit_need_cannot_be_proposed_before_it_is_converted(kamtui, acme):
    kamtui("need", "add", "Why is your service like this?", "--account", "Acme", "--on", "11-14")
    answer = kamtui("need", "advance", 1, "--to", "proposed", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "refused")
    assert "kamtui need convert 1" in answer.err
    assert kamtui("need", "show", 1, "--json").json["events"] == []
    assert kamtui("need", "convert", 1, "--by", "Ms Li", "--words", "We need a hotline", "--on", "yesterday").code == 0
    assert kamtui("need", "advance", 1).out == "Need 1: confirmed > proposed: We need a hotline\n"
    card = kamtui("need", "show", 1, "--json").json
    assert (card["kind"], card["raised_as"], card["state"]) == ("explicit", "implicit", "proposed")
    assert (card["verbatim"], card["wanted"]) == ("Why is your service like this?", "We need a hotline")


def test_a_conversion_without_a_person_is_wrong_usage_and_without_words_bad_input(kamtui, acme):
    kamtui("need", "add", "Why is it so?", "--account", "Acme")
    assert kamtui("need", "convert", 1, "--words", "x").code == 2
    answer = kamtui("need", "convert", 1, "--by", "Ms Li")
    assert (answer.code, answer.err) == (2, "words: it must not be blank.\n")
    assert kamtui("need", "convert", 1, "--by", "Nobody", "--words", "x").code == 1


def test_whom_we_have_not_met_cannot_have_said_the_words_of_a_conversion(kamtui, acme):
    kamtui("need", "add", "Why is it so?", "--account", "Acme")
    kamtui("person", "add", "[CFO]", "--account", "Acme", "--placeholder")
    answer = kamtui("need", "convert", 1, "--by", "[CFO]", "--words", "We need a hotline")
    assert (answer.code, answer.err) == (
        1,
        "[CFO] is a placeholder, somebody we have not met: a conversion names who really said the words. "
        "Nothing was changed.\n",
    )
    assert kamtui("need", "show", 1, "--json").json["kind"] == "implicit"
    assert kamtui("need", "convert", 1, "--by", "Ms Li", "--words", "We need a hotline").code == 0
    assert kamtui("person", "edit", "Ms Li", "--placeholder").err == (
        "Ms Li said the words that made need 1 explicit, and is no placeholder. Nothing was changed.\n"
    )


def test_words_are_read_from_stdin_and_from_the_editor(kamtui, acme, stdin, monkeypatch):
    stdin("We lost 2 days\nwaiting for you\n")
    assert kamtui("need", "add", "-", "--account", "Acme").code == 0
    stdin("我们需要夜间热线")
    kamtui("need", "convert", 1, "--by", "赵敏", "--words", "-")
    monkeypatch.setenv("EDITOR", "sh -c 'echo 说的是白天 > \"$0\"'")
    assert kamtui("need", "correct", 1, "--editor").out == "Corrected need 1: 说的是白天\n"
    card = kamtui("need", "show", 1, "--json").json
    assert (card["verbatim"], card["wanted"], card["correction"]) == (
        "We lost 2 days\nwaiting for you",
        "我们需要夜间热线",
        "说的是白天",
    )


def test_the_list_into_a_pipe_is_a_line_a_need_with_its_marks(kamtui, acme):
    kamtui("need", "add", "Why is it\tlike [/] this?", "--account", "Acme", "--on", "11-11", "--importance", 4)
    kamtui("need", "add", "We need 3 pumps", "--account", "Acme", "--by", "Ms Li", "--need-by", "2026-12-31")
    assert kamtui("need", "list").lines == [
        ["1", "Acme", "im", "capt", "Why is it like [/] this?", "", "unknown", "2026-11-11", "12d", "4", "", "", ""],
        [
            "2",
            "Acme",
            "EX",
            "capt",
            "We need 3 pumps",
            "3 pumps",
            "Ms Li",
            "2026-11-23",
            "0d",
            "",
            "",
            "2026-12-31",
            "",
        ],
    ]
    assert [line[0] for line in kamtui("need", "list", "--kind", "explicit", "--account", "Acme").lines] == ["2"]


def test_a_need_is_closed_for_a_reason_and_opened_again(kamtui, acme):
    kamtui("need", "add", "We need 3 pumps", "--account", "Acme")
    assert kamtui("need", "close", 1, "--as", "lost").err == "Closing need 1 needs a reason. Nothing was changed.\n"
    assert kamtui("need", "close", 1, "--as", "won", "--reason", "x").code == 2
    assert (
        kamtui("need", "close", 1, "--as", "lost", "--reason", "to Dongfang").out
        == "Closed need 1 as lost: We need 3 pumps\n"
    )
    assert kamtui("need", "list").out == ""
    assert kamtui("need", "list", "--all").lines[0][3] == "lost"
    assert kamtui("need", "reopen", 1).out == "Reopened need 1 (captured): We need 3 pumps\n"


def test_an_idea_is_floated_and_a_step_taken_back(kamtui, acme):
    kamtui("need", "add", "We need 3 pumps", "--account", "Acme")
    assert kamtui("need", "float", 1, "rent them", "--reaction", "who pays?").code == 0
    assert kamtui("need", "advance", 1, "--back").out == "Need 1: exploring > captured: We need 3 pumps\n"
    assert kamtui("need", "advance", 1, "--back").code == 1
    assert kamtui("need", "advance", 1, "--back", "--to", "agreed").code == 2
    lines = dict(line[:2] for line in kamtui("need", "show", 1).lines)
    assert lines["2026-11-23 floated"] == "capt > expl · “who pays?” · rent them"


def test_an_edit_sets_and_empties_fields(kamtui, acme):
    kamtui("need", "add", "We need 3 pumps", "--account", "Acme", "--cost", "3万", "--by", "Ms Li", "--line", "Pumps")
    card = kamtui("need", "edit", 1, "--quantity", "4", "--cost", "12k EUR", "--question", "Which size?", "--json").json
    assert (card["quantity"], card["cost_to_serve"], card["next_question"], card["product_line"]) == (
        4,
        {"minor": 1_200_000, "currency": "EUR"},
        "Which size?",
        "Pumps",
    )
    card = kamtui(
        "need", "edit", 1, "--quantity", "", "--cost", "", "--need-by", "", "--line", "", "--by", "", "--json"
    ).json
    assert (card["quantity"], card["cost_to_serve"], card["product_line"], card["source"]) == (
        None,
        None,
        None,
        "unknown",
    )
    assert kamtui("need", "edit", 1, "--text", "We need 3 pumps.").code == 0
    for options in (
        ("--quantity", "1e9"),
        ("--cost", "1.234"),
        ("--importance", "6"),
        ("--need-by", "someday"),
        ("--category", "x"),
    ):
        answer = kamtui("need", "edit", 1, *options)
        assert (answer.code, answer.err.count("\n"), answer.out) == (2, 1, ""), options


def test_a_need_shows_what_is_still_to_ask_until_it_is_explicit(kamtui, acme):
    kamtui("need", "add", "Why is it so?", "--account", "Acme")
    assert [line[1] for line in kamtui("need", "show", 1).lines].count("With what exactly?") == 1
    kamtui("need", "convert", 1, "--by", "赵敏", "--words", "A hotline")
    assert "still to ask" not in kamtui("need", "show", 1).out


def test_a_deleted_need_comes_back_by_undo(kamtui, acme):
    kamtui("need", "add", "Why is it so?", "--account", "Acme", "--by", "赵敏")
    kamtui("need", "convert", 1, "--by", "赵敏", "--words", "A hotline")
    before = kamtui("need", "show", 1, "--json").json
    assert kamtui("need", "delete", "Why").out == "Deleted need 1: Why is it so? (undo brings it back)\n"
    assert kamtui("need", "show", 1).code == 1
    kamtui("undo")
    assert kamtui("need", "show", 1, "--json").json == before


def test_a_failed_capture_writes_nothing_and_makes_no_point(kamtui, acme):
    points = kamtui("log", "--json").json
    for arguments in (
        ("--account", "Acme", "--by", "Nobody"),
        ("--account", "Nowhere"),
        (),
        ("--account", "Acme", "--on", "2027-01-01"),
        ("--account", "Acme", "--quantity", "9" * 19),
    ):
        assert kamtui("need", "add", "Why is it so?", *arguments).code in {1, 2}
    assert kamtui("need", "add", "\ud800", "--account", "Acme").code == 2
    assert kamtui("need", "add", "--account", "Acme").code == 2
    assert kamtui("log", "--json").json == points


def test_a_converted_need_is_found_by_its_old_and_by_its_new_words(kamtui):
    kamtui("account", "add", "Acme")
    kamtui("person", "add", "赵敏", "--account", "Acme")
    kamtui("need", "add", "总是等不到发票", "--account", "Acme", "--by", "赵敏")
    kamtui("need", "convert", "1", "--by", "赵敏", "--words", "两天内收到发票")
    assert kamtui("need", "advance", "总是").code == 0
    assert kamtui("need", "advance", "两天内", "--back").code == 0
