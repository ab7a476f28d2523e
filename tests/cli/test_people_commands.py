"""People and colleagues from the command line."""

import io
import sys

import pytest


@pytest.fixture
def bank(kamtui):
    kamtui("account", "add", "Huadong Bank 华东银行")
    return "Huadong"


@pytest.fixture
def typed(monkeypatch):
    """Sets what stdin holds."""

    def put(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


MAP = "陈国栋, President | E ###\n  李明, CIO @IT | TUGS + 2>4\n  [CFO] @Finance | A\nDr. Kern, consultant | ext\n"


def test_a_person_needs_a_name_and_an_account(kamtui, bank):
    answer = kamtui("person", "add", "李明", "--account", bank)
    assert (answer.code, answer.out) == (0, "Added person 1: 李明, Huadong Bank 华东银行\n")
    assert kamtui("person", "add", "李明").code == 2
    assert kamtui("person", "add", "--account", bank).code == 2


def test_everything_known_of_a_person_can_be_said_at_once(kamtui, bank):
    kamtui("person", "add", "陈国栋", "--account", bank)
    card = kamtui(
        "person", "add", "Li Ming", "--account", bank, "--title", "CIO", "--department", "IT", "--manager", "陈国栋",
        "--since", "2026-03-01", "--role", "coach", "--role", "economic", "--level", "executive", "--influence",
        "political", "--stance", "supporter", "--relationship", "credible", "--target", "trusted_advisor", "--win",
        "a board seat", "--orientation", "technical", "--response-mode", "growth", "--phone", "1", "--phone", "2",
        "--mail", "li@example.com", "--cadence", "30", "--note", "x", "--json",
    ).json  # fmt: skip
    assert {key: card[key] for key in ("title", "department", "manager", "stance", "cadence_days", "win")} == {
        "title": "CIO", "department": "IT", "manager": "陈国栋", "stance": "supporter", "cadence_days": 30,
        "win": "a board seat",
    }  # fmt: skip
    assert sorted(card["roles"]) == ["coach", "economic"]
    assert [point["value"] for point in card["contacts"]] == ["1", "2", "li@example.com"]
    assert card["lines"][0]["valid_from"] == "2026-03-01"
    assert kamtui("person", "show", "Li M", "--json").json == card


def test_the_list_is_the_map_with_its_marks(kamtui, bank, typed):
    typed(MAP)
    kamtui("person", "add", "--outline", "-", "--account", bank)
    kamtui("touch", "add", "x", "--account", bank, "--with", "李明", "--on", "-12d")
    kamtui("person", "edit", "Dr. Kern", "--win", "fees")
    rows = [line[1:] for line in kamtui("person", "list", "--account", bank).lines]
    assert rows == [
        ["陈国栋", "President", "", "E", "###", "?", "-", "none", ""],
        ["  李明", "CIO", "IT", "TU~", "?..", "+", "2>4", "12d", ""],
        ["  [CFO, not met]", "", "Finance", "A", "?..", "?", "-", "none", ""],
        ["Dr. Kern", "consultant ext", "", "", "?..", "?", "-", "none", "fees"],
    ]


def test_an_empty_text_empties_a_field_and_a_kind_of_contact(kamtui, bank):
    kamtui(
        "person", "add", "Li", "--account", bank, "--title", "CIO", "--department", "IT", "--phone", "1", "--mail",
        "li@example.com", "--role", "user", "--cadence", "30", "--win", "w",
    )  # fmt: skip
    card = kamtui(
        "person", "edit", "Li", "--title", "", "--department", "", "--phone", "", "--mail", "ming@example.com",
        "--no-role", "--cadence", "0", "--win", "", "--json",
    ).json  # fmt: skip
    assert [card[key] for key in ("title", "department", "roles", "cadence_days", "win")] == [
        None,
        None,
        [],
        None,
        None,
    ]
    assert [point["value"] for point in card["contacts"]] == ["ming@example.com"]
    answer = kamtui("person", "edit", "Li", "--name", "")
    assert answer.code == 2
    assert "name" in answer.err


def test_a_move_says_from_when_and_a_loop_is_refused_with_names(kamtui, bank):
    for name in ("Boss", "Lead"):
        kamtui("person", "add", name, "--account", bank)
    answer = kamtui("person", "move", "Lead", "--to", "Boss", "--from", "2026-03-01")
    assert answer.out == "Moved person 2: Lead reports to Boss from 2026-03-01\n"
    loop = kamtui("person", "move", "Boss", "--to", "Lead", "--json")
    assert (loop.code, loop.json["error"]["code"]) == (1, "refused")
    assert "Lead reports to Boss, so Boss cannot report to Lead" in loop.err
    assert kamtui("person", "move", "Lead", "--top").out == "Moved person 2: Lead reports to nobody from 2026-11-23\n"
    assert kamtui("person", "move", "Lead").code == 2
    assert kamtui("person", "move", "Lead", "--top", "--to", "Boss").code == 2


def test_a_manager_may_be_of_the_group(kamtui, bank):
    kamtui("account", "add", "Branch", "--parent", bank)
    kamtui("person", "add", "Boss", "--account", bank)
    assert (
        kamtui("person", "add", "Clerk", "--account", "Branch", "--manager", "Boss", "--json").json["manager"] == "Boss"
    )


def test_who_left_is_out_of_the_list_and_each_role_wants_a_new_name(kamtui, bank):
    kamtui("person", "add", "李明", "--account", bank, "--role", "coach", "--role", "user")
    answer = kamtui("person", "leave", "李明", "--on", "2026-11-20")
    assert answer.out == "Person 1: 李明 left on 2026-11-20; tasks 1, 2 to replace roles\n"
    assert kamtui("person", "list").out == ""
    assert kamtui("person", "list", "--left").lines[0][2] == "(李明, left 26-11)"
    assert kamtui("person", "leave", "李明").code == 1


def test_an_edge_is_drawn_and_taken_away(kamtui, bank):
    for name in ("A", "B"):
        kamtui("person", "add", name, "--account", bank)
    drawn = kamtui("person", "edge", "A", "B", "--kind", "conflict", "--strength", "3", "--note", "budget")
    assert drawn.out == "Drew edge 1: A x-x B\n"
    assert ["edge", "A x-x B, 3 budget"] in kamtui("person", "show", "A").lines
    assert kamtui("person", "edge", "A", "B", "--remove").out == "Removed 1 edge: A, B\n"
    assert kamtui("person", "edge", "A", "B", "--remove").code == 1


def test_two_people_become_one_and_a_deleted_one_comes_back(kamtui, bank):
    kamtui("person", "add", "Li Ming", "--account", bank)
    kamtui("person", "add", "李明", "--account", bank, "--title", "CIO")
    merged = kamtui("person", "merge", "1", "2", "--json").json
    assert (merged["title"], merged["aliases"]) == ("CIO", ["李明"])
    assert kamtui("person", "delete", "李明").out == "Deleted person 1: Li Ming (undo brings them back)\n"
    kamtui("undo", 2)
    assert [line[2] for line in kamtui("person", "list").lines] == ["Li Ming", "李明"]


def test_a_purge_wants_the_name(kamtui, bank, typed):
    kamtui("person", "add", "李明", "--account", bank)
    typed("")
    assert kamtui("person", "purge", "李明").code == 2
    assert kamtui("person", "purge", "李明", "--name", "Li").code != 0
    assert kamtui("person", "purge", "李明", "--name", "李明").code == 0
    assert kamtui("person", "list").out == ""


# The outline


def test_an_outline_written_is_the_outline_read(kamtui, bank, typed, tmp_path):
    typed(MAP)
    answer = kamtui("person", "add", "--outline", "-", "--account", bank)
    assert answer.out == "4 new, 0 changed; lines that are missing are left alone\n"
    assert kamtui("person", "list", "--outline", "--account", bank).out == MAP
    file = tmp_path / "map.txt"
    file.write_text("\ufeff" + MAP.replace("+", "--"), encoding="utf-8")
    answer = kamtui("person", "add", "--account", bank, "--outline", file, "--json")
    assert answer.json["changed"] == ["李明: --"]
    kamtui("undo", 2)
    assert kamtui("person", "list").out == ""


def test_names_with_hidden_signs_come_back_from_a_pipe_as_themselves(kamtui, bank, typed):
    kamtui("person", "add", 'Li "[x]", a@b|c\u2028\u202e', "--account", bank)
    text = kamtui("person", "list", "--outline", "--account", bank).out
    typed(text)
    answer = kamtui("person", "add", "--outline", "-", "--account", bank, "--json")
    assert (answer.json["new"], len(answer.json["unchanged"])) == ([], 1)


def test_a_dry_run_says_what_would_be_and_writes_nothing(kamtui, bank, typed, store):
    kamtui("person", "add", "李明", "--account", bank)
    kamtui("person", "add", "Old", "--account", bank)
    before = store.path.read_bytes()
    typed("Boss\n  李明 | +\n")
    answer = kamtui("person", "add", "--outline", "-", "--account", bank, "--dry-run")
    assert answer.lines == [
        ["1 new, 1 changed; lines that are missing are left alone"],
        ["new", "Boss"],
        ["changed", "李明: +, below Boss"],
        ["left alone", "Old"],
    ]
    assert store.path.read_bytes() == before
    assert kamtui("person", "add", "X", "--account", bank, "--dry-run").code == 2


def test_mistakes_in_an_outline_are_all_named_and_nothing_is_applied(kamtui, bank, typed):
    typed("A\nB | Q\n      C\nD [x]\n")
    answer = kamtui("person", "add", "--outline", "-", "--account", bank)
    assert answer.code == 2
    assert [f"line {number}:" in answer.err for number in (1, 2, 3, 4)] == [False, True, False, True]
    assert kamtui("person", "list").out == ""


def test_an_outline_that_is_not_there_or_not_text_is_one_sentence(kamtui, bank, tmp_path):
    assert kamtui("person", "add", "--outline", tmp_path / "no.txt", "--account", bank).code == 1
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\xfa")
    answer = kamtui("person", "add", "--outline", tmp_path / "x.txt", "--account", bank)
    assert (answer.code, "not UTF-8" in answer.err) == (2, True)
    assert kamtui("person", "list", "--outline").code == 2
    assert kamtui("person", "add", "Li", "--outline", "-", "--account", bank).code == 2


def test_the_editor_opens_the_map_and_what_is_saved_is_applied(kamtui, bank, monkeypatch, tmp_path):
    kamtui("person", "add", "李明", "--account", bank)
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text(encoding='utf-8')\n"
        "assert text.startswith('# Name'), text\n"
        "path.write_text(text.replace('李明', '李明 | ++') + 'New\\n', encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    answer = kamtui("person", "add", "--editor", "--account", bank)
    assert answer.out == "1 new, 1 changed; lines that are missing are left alone\n"


# Colleagues


def test_colleagues_are_listed_with_what_is_theirs(kamtui):
    kamtui("colleague", "add", "林静", "--skills", "networks", "--level", "director", "--mail", "lin@example.com")
    kamtui("account", "add", "Acme", "--kam", "林静")
    assert kamtui("colleague", "list").lines == [
        ["1", "Gao Lin", "me", "", "", "", "0", "0", "0"],
        ["2", "林静", "", "director", "networks", "lin@example.com", "1", "0", "0"],
    ]
    refused = kamtui("colleague", "delete", "林静")
    assert (refused.code, "still has 1 account" in refused.err) == (1, True)


def test_the_mark_of_the_keyboard_moves(kamtui):
    kamtui("colleague", "add", "林静")
    assert kamtui("colleague", "edit", "林静", "--me", "--skills", "", "--json").json["is_me"] is True
    assert [row["name"] for row in kamtui("colleague", "list", "--json").json if row["is_me"]] == ["林静"]
    assert kamtui("colleague", "delete", "Gao Lin").code == 0
    assert kamtui("colleague", "show", "1").code == 1
