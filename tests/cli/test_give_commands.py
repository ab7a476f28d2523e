"""The give/get ledger from the command line."""

import pytest


@pytest.fixture(autouse=True)
def _acme(kamtui):
    kamtui("account", "add", "Acme")


def test_a_concession_saved_alone_is_flagged_in_the_same_line(kamtui):
    answer = kamtui("give", "add", "五个点折扣", "--account", "Acme", "--value", "3万")
    assert (answer.code, answer.out) == (0, "Added concession 1: 五个点折扣 (Acme) (! no return)\n")
    record = kamtui("give", "add", "5 % off", "--account", "Acme", "--json").json
    assert (record["flag"], record["value"], record["returns"]) == ("no return", None, [])


def test_the_flag_goes_when_the_return_is_in_writing_and_comes_when_it_is_late(kamtui):
    kamtui("give", "add", "5 % off", "--account", "Acme")
    answer = kamtui("give", "return", 1, "20 more printers", "--target", "20", "--due", "11-20")
    assert answer.out == "Added return 1 for concession 1: 20 more printers (! a return is overdue)\n"
    assert kamtui("give", "list").lines[0][6:] == ["a return is overdue", "[!] 20 more printers"]
    answer = kamtui("give", "amend", 1, "--due", "12-31")
    assert answer.out == "Changed return 1 for concession 1: 20 more printers (! not in writing)\n"
    answer = kamtui("give", "amend", 1, "--document", "letter of 03-11")
    assert answer.out == "Changed return 1 for concession 1: 20 more printers\n"
    assert kamtui("give", "list", "--flagged").out == ""


def test_a_return_is_met_with_what_came_and_shown_with_its_concession(kamtui):
    kamtui(
        "give", "add", "5 % off", "--account", "Acme", "--value", "300", "--from", "2026-12-01", "--to", "2027-11-30"
    )
    kamtui("give", "return", "5 %", "20 more printers", "--value", "450", "--written", "--due", "12-31")
    assert kamtui("give", "close", 1, "--actual", "18").out == "Return 1 for concession 1 is met: 20 more printers\n"
    lines = dict(line[:2] for line in kamtui("give", "show", 1).lines)
    assert lines["return 1 [x]"] == "20 more printers · 450 CNY · due 2026-12-31 · in writing · met 2026-11-23 · 18"
    answer = kamtui("give", "list", "--account", "Acme")
    assert answer.err == "12 months: given 300 CNY, got back 450 CNY, net 150 CNY.\n"
    assert answer.lines == [["1", "", "Acme", "5 % off", "2026-11-23", "300 CNY", "", "[x] 20 more printers"]]


def test_waiving_needs_a_reason(kamtui):
    kamtui("give", "add", "Free training", "--account", "Acme")
    assert kamtui("give", "waive", 1).err == "Waiving a return needs a reason. Nothing was changed.\n"
    kamtui("give", "return", 1, "a visit", "--written")
    assert kamtui("give", "close", 1, "--as", "waived").code == 1
    assert kamtui("give", "close", 1, "--as", "waived", "--reason", "they moved").code == 0
    assert (
        kamtui("give", "waive", 1, "--reason", "our fault").out == "Waived the return for concession 1: Free training\n"
    )


def test_what_is_given_is_changed_deleted_and_brought_back(kamtui):
    kamtui("give", "add", "5 % off", "--account", "Acme", "--value", "300", "--approved", "何平")
    kamtui("give", "return", 1, "a visit")
    card = kamtui("give", "edit", 1, "--value", "", "--what", "6 % off", "--to", "2027-01-01", "--json").json
    assert (card["what"], card["value"], card["valid_to"], card["approved_by"]) == (
        "6 % off",
        None,
        "2027-01-01",
        "何平",
    )
    assert kamtui("give", "delete", "--return", 1).out == "Deleted return 1: a visit (undo brings it back)\n"
    assert kamtui("give", "delete", 1).out == "Deleted concession 1: 6 % off (undo brings it back)\n"
    assert kamtui("give", "delete").code == 1
    kamtui("undo", 2)
    assert kamtui("give", "list").lines[0][7] == "[ ] a visit"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--value", "1.234"), "value"),
        (("--value", "-5"), "value"),
        (("--value", "1e999"), "value"),
        (("--on", "2027-01-01"), "on"),
        (("--from", "2026-12-01", "--to", "2026-11-01"), "valid_to"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(kamtui, options, field):
    answer = kamtui("give", "add", "x", "--account", "Acme", *options, "--json")
    assert (answer.code, answer.json["error"]["field"]) == (2, field)
    assert kamtui("give", "list").out == ""
