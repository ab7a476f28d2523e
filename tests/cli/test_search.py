"""`kamtui search`."""

import pytest


@pytest.fixture
def book(kamtui):
    kamtui("account", "add", "华东银行", "--note", "张伟管采购")
    kamtui("account", "add", "Baltic Freight", "--note", "price list")


def test_search_answers_in_lines_and_in_json(kamtui, book):
    assert kamtui("search", "采购").lines == [["account", "1", "华东银行", "华东银行", "张伟管采购"]]
    (hit,) = kamtui("search", "hdyh", "--json").json
    assert (hit["entity"], hit["id"], hit["account_id"], hit["title"]) == ("account", 1, 1, "华东银行")


def test_words_need_no_quotes(kamtui, book):
    assert len(kamtui("search", "price", "list").lines) == 1


def test_an_account_narrows_it(kamtui, book):
    assert kamtui("search", "price", "--account", "华东").out == ""
    assert len(kamtui("search", "price", "--account", "baltic").lines) == 1


def test_what_is_left_off_is_told(kamtui, book):
    kamtui("account", "add", "Price One")
    answer = kamtui("search", "price", "--limit", 1)
    assert [line[3] for line in answer.lines] == ["Price One"]
    assert "--limit shows it" in answer.err


def test_nothing_found_is_no_error(kamtui, book):
    answer = kamtui("search", "nowhere")
    assert (answer.code, answer.out) == (0, "")
    assert kamtui("search", "nowhere", "--json").json == []


@pytest.mark.parametrize("text", ['"', "NEAR(", "a AND", "*", '12" monitor', "(" * 3000, "\ud800", "🎉"])
def test_any_text_is_a_text(kamtui, book, text):
    answer = kamtui("search", text)
    assert (answer.code, answer.err) == (0, "")


def test_a_text_that_looks_like_an_option_stands_after_two_dashes(kamtui, book):
    assert kamtui("search", "--", "-price").code == 0
