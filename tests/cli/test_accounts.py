"""Accounts from the command line."""

import pytest


def test_an_account_needs_no_more_than_a_name(kamtui):
    added = kamtui("account", "add", "Baltic Freight")
    assert (added.code, added.out) == (0, "Added account 1: Baltic Freight\n")
    assert kamtui("account", "show", "Baltic", "--json").json["tier"] is None


def test_a_key_tier_is_provisional_and_belongs_to_the_person_at_the_keyboard(kamtui):
    card = kamtui("account", "add", "华东银行", "--tier", "T1", "--json").json
    assert (card["tier"], card["provisional"], card["kam"]) == ("T1", True, "Gao Lin")


def test_brackets_in_a_name_stay_as_they_are(kamtui):
    kamtui("account", "add", "Acme [EMEA] [/]")
    assert kamtui("account", "list").lines[0][1] == "Acme [EMEA] [/]"


def test_a_name_that_may_be_two_is_refused_with_the_list(kamtui):
    kamtui("account", "add", "Baltic Freight")
    kamtui("account", "add", "Baltic Timber")
    answer = kamtui("account", "show", "Baltic", "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "ambiguous"
    assert [match["label"] for match in answer.json["error"]["matches"]] == ["Baltic Freight", "Baltic Timber"]


def test_writes_never_match_fuzzily(kamtui):
    kamtui("account", "add", "Northwind Clinic")
    assert kamtui("account", "show", "wind cli").code == 0
    assert kamtui("account", "edit", "wind cli", "--tag", "x").code == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\x00b", "\ud800"])
def test_a_name_that_cannot_be_one_is_refused_with_a_sentence(kamtui, name):
    answer = kamtui("account", "add", name)
    assert answer.code == 2
    assert answer.err.startswith("name: ")
    assert kamtui("account", "list").out == ""


def test_a_dropped_control_character_is_told(kamtui):
    answer = kamtui("account", "add", "Acme\x1b[2J")
    assert "1 control character was dropped" in answer.err
    assert kamtui("account", "list").lines[0][1] == "Acme[2J"


def test_deleting_an_account_with_everything_in_it_can_be_undone(kamtui, store):
    kamtui("account", "add", "Acme", "--tier", "T2", "--alias", "ACME Ltd", "--note", "x")
    with store.reading() as connection:
        before = list(connection.iterdump())
    assert kamtui("account", "delete", "Acme").code == 0
    assert kamtui("account", "list").out == ""
    kamtui("undo")
    with store.reading() as connection:
        after = list(connection.iterdump())
    history = ('INSERT INTO "point"', 'INSERT INTO "change"', 'INSERT INTO "search_', 'INSERT INTO "sqlite_sequence"')
    assert [line for line in after if not line.startswith(history)] == [
        line for line in before if not line.startswith(history)
    ]


def test_two_accounts_become_one_with_both_names(kamtui):
    kamtui("account", "add", "Acme", "--tag", "a")
    kamtui("account", "add", "ACME Ltd", "--tag", "b", "--tier", "T3")
    merged = kamtui("account", "merge", "Acme", "ACME Ltd", "--json").json
    assert (merged["aliases"], merged["tags"], merged["tier"]) == (["ACME Ltd"], ["a", "b"], "T3")
    assert [line[1] for line in kamtui("account", "list").lines] == ["Acme"]
    kamtui("undo")
    assert len(kamtui("account", "list").lines) == 2


def test_tags_and_aliases_that_are_stored_as_one_are_one(kamtui):
    answer = kamtui(
        "account", "add", "Acme", "--tag", "a", "--tag", "a ", "--tag", "b\tc", "--alias", "阿克梅", "--json"
    )
    assert (answer.code, answer.json["tags"], answer.json["aliases"]) == (0, ["a", "b c"], ["阿克梅"])
    again = kamtui("account", "edit", "Acme", "--tag", " a", "--tag", "b\tc", "--alias", " 阿克梅", "--json")
    assert (again.code, again.json["tags"], again.json["aliases"]) == (0, ["a", "b c"], ["阿克梅"])


def test_lists_and_choices_are_emptied_by_an_empty_text(kamtui):
    kamtui("account", "add", "Acme", "--category", "group", "--category", "economic", "--orientation", "strategic",
           "--channel", "agent", "--feature", "lease", "--tag", "a", "--alias", "b")  # fmt: skip
    emptied = [
        part for name in ("category", "orientation", "channel", "feature", "tag", "alias") for part in (f"--{name}", "")
    ]
    told = kamtui("account", "edit", "Acme", *emptied, "--json").json
    assert [told[name] for name in ("categories", "value_orientation", "channel_role", "purchase_features", "tags", "aliases")] == [
        [], None, None, [], [], []
    ]  # fmt: skip
    wrong = kamtui("account", "edit", "Acme", "--orientation", "cheap")
    assert (wrong.code, wrong.err) == (
        2, "orientation: “cheap” is none of intrinsic, extrinsic, strategic.\n"
    )  # fmt: skip


def test_a_key_tier_is_not_left_without_a_kam_and_elsewhere_the_answer_says_who_it_is(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    answer = kamtui("account", "edit", "Acme", "--kam", "")
    assert (answer.code, answer.err) == (
        1,
        "Acme is on a key tier, and a key tier has a KAM: name another one, or give it another tier first. "
        "Nothing was changed.\n",
    )
    answer = kamtui("account", "edit", "Acme", "--tier", "non_key", "--kam", "")
    assert answer.out == "Changed account 1: Acme; nobody is its KAM now\n"
    assert kamtui("account", "edit", "Acme", "--kam", "").out == "Changed account 1: Acme\n"
    assert kamtui("account", "edit", "Acme", "--tier", "T2").out == "Changed account 1: Acme; its KAM is Gao Lin now\n"
