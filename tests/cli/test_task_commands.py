"""Tasks from the command line."""

import pytest


def test_a_task_needs_no_more_than_words(kamtui):
    assert kamtui("task", "add", "给李明回电话").out == "Added task 1: 给李明回电话\n"
    assert kamtui("task", "show", "李明", "--json").json["our_owner"] == "Gao Lin"


def test_a_task_that_was_added_says_of_which_account_it_is(kamtui):
    kamtui("account", "add", "Huadong Bank 华东银行")
    assert kamtui("task", "add", "试试", "--account", "华东").out == "Added task 1: 试试 (Huadong Bank 华东银行)\n"
    said = kamtui("task", "add", "report", "--account", "huadong", "--due", "fri").out
    assert said == "Added task 2: report, due 2026-11-27 (Huadong Bank 华东银行)\n"


@pytest.mark.parametrize(
    ("due", "day"), [("fri", "2026-11-27"), ("+2w", "2026-12-07"), ("下周三", "2026-12-02"), ("12-01", "2026-12-01")]
)
def test_a_due_date_is_written_as_people_do(kamtui, due, day):
    assert kamtui("task", "add", "x", "--due", due, "--json").json["due"] == day


def test_a_repeated_task_says_when_it_comes_back(kamtui):
    kamtui("task", "add", "report", "--due", "today", "--repeat", "2w")
    assert kamtui("task", "done", "report").out == "Done 1: report; next 2 due 2026-12-07\n"
    kamtui("task", "add", "visit", "--due", "2026-11-01", "--repeat", "10 days", "--from", "completion")
    done = kamtui("task", "done", "visit", "--on", "yesterday", "--json").json
    assert (done["task"]["closed_on"], done["next"]["due"]) == ("2026-11-22", "2026-12-02")


def test_several_tasks_are_done_in_one_step(kamtui):
    for what in ("one", "two"):
        kamtui("task", "add", what)
    assert kamtui("task", "done", "one", "two").out == "Done 1: one; Done 2: two\n"
    assert kamtui("task", "list").out == ""
    assert "Done: 2 tasks" in kamtui("undo").out
    assert len(kamtui("task", "list").lines) == 2


def test_of_several_tasks_none_is_done_where_one_cannot_be(kamtui):
    kamtui("task", "add", "one")
    assert kamtui("task", "done", "one", "missing").code == 1
    assert len(kamtui("task", "list").lines) == 1


def test_the_list_is_by_due_date_with_what_is_late(kamtui):
    kamtui("account", "add", "Acme [EMEA]")
    kamtui("task", "add", "later", "--account", "Acme", "--due", "+1w")
    kamtui("task", "add", "late", "--due", "2026-11-13", "--priority", "A")
    kamtui("task", "add", "some day")
    assert kamtui("task", "list").lines == [
        ["2", "[!]", "A", "", "late", "", "2026-11-13", "10d", "", ""],
        ["1", "[ ]", "", "Acme [EMEA]", "later", "", "2026-11-30", "", "", ""],
        ["3", "[ ]", "", "", "some day", "", "", "", "", ""],
    ]
    assert [row["id"] for row in kamtui("task", "list", "--account", "acme", "--json").json] == [1]
    short = kamtui("task", "list", "--limit", "2")
    assert (len(short.lines), short.err) == (2, "There is more; --limit shows it.\n")


def test_editing_changes_and_an_empty_text_empties(kamtui):
    kamtui("task", "add", "one", "--due", "fri", "--priority", "B", "--note", "x")
    edited = kamtui("task", "edit", "1", "--what", "另一件", "--due", "", "--priority", "", "--json").json
    assert (edited["what"], edited["due"], edited["priority"], edited["note"]) == ("另一件", None, None, "x")
    assert kamtui("task", "edit", "1", "--priority", "Z").code == 2


def test_a_closed_task_is_opened_again(kamtui):
    kamtui("task", "add", "one")
    kamtui("task", "drop", "one")
    assert kamtui("task", "edit", "1", "--reopen", "--due", "fri", "--json").json["status"] == "open"


def test_what_is_critical_is_snoozed_with_a_reason_only(kamtui):
    kamtui("task", "add", "one", "--due", "yesterday", "--priority", "A")
    refused = kamtui("task", "snooze", "one", "fri")
    assert refused.code == 1
    assert "needs a reason" in refused.err
    assert kamtui("task", "snooze", "one", "+15d", "--reason", "x").code == 1
    assert kamtui("task", "snooze", "one", "fri", "--reason", "等回复").out == "Snoozed 1 until 2026-11-27: one\n"
    assert kamtui("today").out == ""
    assert kamtui("task", "list").lines[0][-1] == "2026-11-27"


@pytest.mark.parametrize("until", ["", " ", "today", "yesterday", "never"])
def test_a_snooze_until_no_day_to_come_is_refused(kamtui, until):
    kamtui("task", "add", "one", "--due", "today")
    assert kamtui("task", "snooze", "one", until).code == 2
    assert kamtui("task", "show", "one", "--json").json["snoozed_until"] is None


def test_a_deleted_task_comes_back_with_undo(kamtui):
    kamtui("task", "add", "one")
    assert kamtui("task", "delete", "one").out == "Deleted task 1: one (undo brings it back)\n"
    assert kamtui("task", "list").out == ""
    kamtui("undo")
    assert kamtui("task", "list").lines[0][4] == "one"


@pytest.mark.parametrize("what", ["", "  ", "x" * 201, "a\x00b", "\ud800"])
def test_words_that_cannot_be_are_refused_with_a_sentence(kamtui, what):
    answer = kamtui("task", "add", what)
    assert answer.code == 2
    assert answer.err.startswith("what: ")
    assert kamtui("task", "list").out == ""


def test_a_repeat_without_a_due_date_is_refused(kamtui):
    answer = kamtui("task", "add", "one", "--repeat", "2w", "--json")
    assert (answer.code, answer.json["error"]["field"]) == (2, "due")
