"""Touches from the command line."""

import pytest


@pytest.fixture(autouse=True)
def _clinic(kamtui):
    kamtui("account", "add", "Northwind Clinic")
    kamtui("account", "add", "Other")
    kamtui("person", "add", "王伟", "--account", "Northwind")
    kamtui("person", "add", "王伟", "--account", "Other")


def test_a_touch_is_one_line(kamtui):
    answer = kamtui(
        "touch", "add", "They wait 2 days", "--account", "Northwind", "--kind", "call", "--in", "--with", "王伟",
        "--on", "yesterday", "--at", "9:30", "--next", "send the plan", "--next-due", "fri",
    )  # fmt: skip
    assert (answer.code, answer.out) == (0, "Logged call 1 with Northwind Clinic, 2026-11-22\n")
    assert kamtui("touch", "list").lines == [
        ["1", "2026-11-22", "09:30", "Northwind Clinic", "call", "in", "held", "王伟", "Gao Lin", "They wait 2 days",
         "send the plan"],
    ]  # fmt: skip
    assert kamtui("touch", "show", "They", "--json").json["person_ids"] == [1]


def test_the_text_of_a_planned_touch_is_what_it_is_for(kamtui):
    row = kamtui("touch", "add", "business review", "--account", "Other", "--planned", "--on", "+2w", "--json").json
    assert (row["purpose"], row["summary"], row["status"], row["on"]) == (
        "business review", None, "planned", "2026-12-07",
    )  # fmt: skip
    held = kamtui("touch", "hold", "business", "went well", "--next", "write", "--json").json
    assert (held["status"], held["summary"], held["on"]) == ("held", "went well", "2026-11-23")
    assert kamtui("touch", "hold", "1").code == 1


def test_a_touch_in_the_future_that_was_held_is_refused_with_the_way_out(kamtui):
    answer = kamtui("touch", "add", "x", "--account", "Other", "--on", "tomorrow")
    assert (answer.code, "--planned" in answer.err) == (1, True)
    answer = kamtui("touch", "add", "think", "--account", "Other", "--planned", "--on", "fri", "--kind", "note")
    assert (answer.code, answer.err) == (
        1,
        "A note is not planned: plan a meeting, a call or a visit, or make a task of it. Nothing was saved.\n",
    )
    assert kamtui("touch", "list").out == ""


@pytest.mark.parametrize(
    "wrong",
    [[], ["x", "--in", "--out"], ["x", "--at", "25:00"], ["x", "--on", "someday"], ["x", "--next-due", "fri"]],
)
def test_what_makes_no_touch_is_one_sentence(kamtui, wrong):
    answer = kamtui("touch", "add", *wrong, "--account", "Other")
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert kamtui("touch", "list").out == ""


def test_somebody_who_is_not_there_is_not_made_up(kamtui):
    assert kamtui("touch", "add", "x", "--account", "Other", "--with", "Nobody").code == 1
    assert kamtui("touch", "add", "x", "--account", "Other", "--colleague", "Nobody").code == 1
    assert kamtui("touch", "add", "x").code == 1


def test_a_touch_is_edited_deleted_and_brought_back(kamtui):
    kamtui("touch", "add", "x", "--account", "Other", "--with", "王伟", "--at", "10:00")
    row = kamtui("touch", "edit", "1", "--summary", "y", "--with", "", "--at", "", "--two-way", "--json").json
    assert (row["summary"], row["people"], row["at_time"]) == ("y", [], None)
    assert kamtui("touch", "delete", "1").out == "Deleted meeting 1 with Other, 2026-11-23 (undo brings it back)\n"
    assert kamtui("touch", "list").out == ""
    kamtui("undo")
    assert kamtui("touch", "show", "1", "--json").json == row


def test_touches_are_listed_by_account_person_status_and_day(kamtui):
    kamtui("touch", "add", "a", "--account", "Northwind", "--with", "王伟", "--on", "-9d")
    kamtui("touch", "add", "b", "--account", "Other", "--with", "王伟")
    kamtui("touch", "add", "c", "--account", "Other", "--planned", "--on", "fri")

    def listed(*options: str) -> list[str]:
        return [line[9] for line in kamtui("touch", "list", *options).lines]

    assert listed() == ["c", "b", "a"]
    assert listed("--account", "Other") == ["c", "b"]
    assert listed("--account", "Other", "--person", "王伟") == ["b"]
    assert listed("--status", "planned") == ["c"]
    assert listed("--since", "-2d", "--limit", "1") == ["c"]


def test_a_terminal_sees_no_control_character_of_a_touch(kamtui):
    kamtui("touch", "add", "a\u202eb", "--account", "Other")
    assert kamtui("touch", "list").lines[0][9] == "a‹U+202E›b"
