"""A choice: by its key, by arrows and Enter, with the mouse, by typing a part of it; Esc leaves."""

import pytest

from kamtui.tui.dialogs.choose import Choose, Option, matching

TIERS = (
    Option("T1", "T1", key="1", note="best [x]"),
    Option("T2", "T2", key="2"),
    Option("later", "unsorted", key="space backspace"),
    Option("gone", "archived", key="x", disabled_because="it has [/] orders"),
)


@pytest.fixture
def choose(store, open_app):
    async def asked(options, *keys, click="", size=(80, 24)):
        answers = []
        async with open_app(store, size=size) as seat:
            seat.app.push_screen(Choose("Tier of Acme [/]", options), answers.append)
            await seat.settle()
            if click:
                await seat.click(click)
            await seat.press(*keys)
            return answers, seat.text

    return asked


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(["2"], "T2"), (["space"], "later"), (["backspace"], "later"), (["down", "enter"], "T2"), (["end", "up", "enter"], "later"),
     (["u", "n", "s", "enter"], "later"), (["２"], "T2")],
)  # fmt: skip
async def test_an_option_is_chosen_in_many_ways(choose, keys, chosen):
    answers, _text = await choose(TIERS, *keys)
    assert answers == [chosen]


async def test_a_click_chooses(choose):
    answers, _text = await choose(TIERS, click="unsorted")
    assert answers == ["later"]


async def test_esc_leaves_but_takes_back_first_what_was_typed(choose):
    answers, text = await choose(TIERS, "u", "n", "escape")
    assert answers == []
    assert "T1" in text
    answers, _text = await choose(TIERS, "u", "n", "escape", "escape")
    assert answers == [None]


async def test_what_cannot_be_chosen_says_why(choose):
    answers, text = await choose(TIERS, "x")
    assert answers == []
    assert "it has [/] orders" in text


async def test_options_without_keys_get_digits(choose):
    answers, text = await choose([Option(n, f"colleague {n}") for n in range(20)], "3")
    assert answers == [2]
    answers, text = await choose([Option(n, f"colleague {n}") for n in range(20)])
    assert "type a part of it" in text
    assert "9 colleague 8" in text


async def test_it_stands_whole_in_the_smallest_window(choose):
    _answers, text = await choose(TIERS, size=(40, 12))
    for said in ("Tier of Acme [/]", "T1", "unsorted", "archived", "Esc leave"):
        assert said in text


def test_names_are_found_by_any_of_their_words_and_else_by_likeness():
    names = ["Huadong Bank 华东银行", "Acme [EMEA]", "Bank of Delta", "Kestrel Retail"]
    assert matching(names, "") == [0, 1, 2, 3]
    assert matching(names, "bank") == [2, 0]
    assert matching(names, "东银") == [0]
    assert matching(names, "kestral") == [3]
    assert matching(names, "zzzzzz") == []
