"""Obligations from the command line."""

import pytest


@pytest.fixture(autouse=True)
def _accounts(kamtui):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "华东银行")


def test_the_template_is_added_once(kamtui):
    added = kamtui("obligation", "template", "Acme")
    assert (added.code, added.out) == (0, "Added 8 obligations: 1, 2, 3, 4, 5, 6, 7, 8\n")
    again = kamtui("obligation", "template", "Acme")
    assert (again.out, again.err) == ("Added 0 obligations: -\n", "There already: 1, 2, 3, 4, 5, 6, 7, 8.\n")
    assert len(kamtui("obligation", "list", "--account", "Acme").lines) == 8
    kamtui("undo")
    assert kamtui("obligation", "list").out == ""


def test_some_items_of_the_template_as_json(kamtui):
    answer = kamtui("obligation", "template", "华东", "--item", "1", "--item", "6", "--json").json
    assert [row["template_item"] for row in answer["added"]] == [1, 6]
    assert answer["skipped"] == []


def test_done_says_when_the_next_one_is_due(kamtui):
    kamtui("obligation", "add", "weekly report", "--account", "Acme", "--cadence", "weekly", "--due", "today")
    done = kamtui("obligation", "done", "weekly", "--evidence", "mail")
    assert done.out == "Done 1: weekly report; next due 2026-11-30\n"
    shown = kamtui("obligation", "show", "1", "--json").json
    assert [(row["due"], row["status"], row["evidence"]) for row in shown["occurrences"]] == [
        ("2026-11-30", "open", None),
        ("2026-11-23", "done", "mail"),
    ]


def test_the_list_marks_sides_and_what_is_late(kamtui):
    kamtui("obligation", "add", "outlook", "--account", "Acme", "--cadence", "quarterly", "--due", "2026-11-13")
    kamtui("obligation", "add", "forecast", "--account", "Acme", "--side", "theirs", "--due", "+3d")
    assert kamtui("obligation", "list").lines == [
        ["1", ">", "Acme", "outlook", "3m", "Gao Lin", "[!]", "2026-11-13", "10d"],
        ["2", "<", "Acme", "forecast", "none", "", "[ ]", "2026-11-26", ""],
    ]
    assert [row["id"] for row in kamtui("obligation", "list", "--side", "theirs", "--json").json] == [2]


def test_of_several_open_ones_the_number_is_asked_for(kamtui):
    kamtui("obligation", "add", "invoices", "--account", "Acme", "--cadence", "per_order", "--within", "2")
    assert kamtui("obligation", "start", "invoices", "--about", "order 1").out == (
        "Started 1: invoices, order 1, due 2026-11-25\n"
    )
    kamtui("obligation", "start", "invoices", "--about", "order 2")
    answer = kamtui("obligation", "done", "invoices", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "ambiguous")
    assert [match["id"] for match in answer.json["error"]["matches"]] == [1, 2]
    assert "1 (2026-11-25 order 1)" in answer.err
    assert kamtui("obligation", "done", "invoices", "--occurrence", "2").out == "Done 2: invoices, order 2\n"
    assert kamtui("obligation", "done", "invoices").out == "Done 1: invoices, order 1\n"
    answer = kamtui("obligation", "done", "invoices")
    assert (answer.code, answer.err) == (
        1,
        "Nothing of “invoices” is open. `kamtui obligation start` starts one.\n",
    )


def test_an_occurrence_of_another_obligation_is_refused(kamtui):
    kamtui("obligation", "add", "one", "--account", "Acme", "--due", "fri")
    kamtui("obligation", "add", "two", "--account", "Acme", "--due", "fri")
    assert kamtui("obligation", "done", "one", "--occurrence", "2").code == 1


def test_one_name_at_two_accounts_is_told_apart_by_the_account(kamtui):
    for account in ("Acme", "华东银行"):
        kamtui("obligation", "add", "outlook", "--account", account, "--due", "fri")
    assert kamtui("obligation", "done", "outlook").code == 1
    assert kamtui("obligation", "done", "outlook", "--account", "华东").out == "Done 2: outlook\n"


def test_waiving_needs_a_reason(kamtui):
    kamtui("obligation", "add", "outlook", "--account", "Acme", "--cadence", "weekly", "--due", "today")
    refused = kamtui("obligation", "waive", "outlook")
    assert (refused.code, refused.err) == (1, "Waiving “outlook” needs a reason. Nothing was changed.\n")
    waived = kamtui("obligation", "waive", "outlook", "--reason", "春节", "--json").json
    assert (waived["occurrence"]["reason"], waived["next"]["due"]) == ("春节", "2026-11-30")


def test_missed_acknowledged_redated_deleted(kamtui):
    kamtui("obligation", "add", "outlook", "--account", "Acme", "--cadence", "weekly", "--due", "today")
    assert kamtui("obligation", "miss", "1").out == "Missed 1: outlook; next due 2026-11-30\n"
    assert kamtui("obligation", "redate", "1", "下周三").out == "Re-dated 2: outlook, due 2026-12-02\n"
    assert (
        kamtui("obligation", "edit", "1", "--due", "tomorrow").out == "Changed obligation 1: outlook, due 2026-11-24\n"
    )
    assert kamtui("obligation", "ack", "1", "nobody").code == 1
    kamtui("person", "add", "王伟", "--account", "Acme")
    assert kamtui("obligation", "ack", "1", "王伟").err == (
        "Nothing of “outlook” that is done waits for an acknowledgement.\n"
    )
    kamtui("obligation", "done", "1")
    assert kamtui("obligation", "ack", "1", "王伟").out == "Acknowledged 2: outlook, by 王伟\n"
    assert kamtui("obligation", "delete", "1").out == "Deleted obligation 1: outlook (undo brings it back)\n"
    assert kamtui("undo").code == 0
    assert kamtui("obligation", "list").lines[0][3] == "outlook"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--cadence", "sometimes"),
        ("--due", "someday"),
        ("--within", "0"),
        ("--within", "1000000000000"),
        ("--side", "both"),
        ("--from", "birth"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(kamtui, arguments):
    answer = kamtui("obligation", "add", "x", "--account", "Acme", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert kamtui("obligation", "list").out == ""


def test_a_subject_is_text_like_any_other(kamtui):
    kamtui("obligation", "add", "invoices", "--account", "Acme", "--cadence", "per_order")
    answer = kamtui("obligation", "start", "1", "--about", "[/bold]\x1b[2J")
    assert "1 control character was dropped" in answer.err
    assert kamtui("obligation", "list").lines[0][3] == "invoices, [/bold][2J"
    assert kamtui("obligation", "start", "1", "--about", "a\x00b").code == 2
    assert kamtui("obligation", "start", "1", "--about", "\ud800").code == 2
