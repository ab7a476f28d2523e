"""Transactions and costs from the command line."""

import pytest


@pytest.fixture(autouse=True)
def _acme(kamtui):
    kamtui("account", "add", "Acme")


def test_an_order_is_noted_in_the_currency_of_the_database(kamtui):
    answer = kamtui("transaction", "add", "3万", "--account", "Acme", "--gross-profit", "1,200.50", "--on", "11-20")
    assert answer.out == "Added transaction 1: 30,000 CNY, Acme, 2026-11-20\n"
    row = kamtui("transaction", "show", 1, "--json").json
    assert (row["revenue"], row["gross_profit"], row["kind"], row["on"]) == (
        {"minor": 3_000_000, "currency": "CNY"},
        {"minor": 120_050, "currency": "CNY"},
        "main",
        "2026-11-20",
    )
    kamtui("config", "set", "currency", "JPY")
    assert kamtui("cost", "add", "¥500", "--account", "Acme").out == "Added cost 1: 500 JPY, Acme, 2026-11-23\n"


def test_an_unknown_gross_profit_is_blank_in_the_list_and_said_on_the_card(kamtui):
    kamtui(
        "transaction",
        "add",
        "12k EUR",
        "--account",
        "Acme",
        "--quantity",
        "1.5",
        "--line",
        "Printers",
        "--kind",
        "service",
    )
    assert kamtui("transaction", "list").lines == [
        ["1", "Acme", "2026-11-23", "service", "12,000 EUR", "", "1.5", "Printers", ""]
    ]
    assert ["gross profit", "unknown"] in kamtui("transaction", "show", 1).lines


def test_a_credit_is_negative(kamtui):
    answer = kamtui("transaction", "add", "--account", "Acme", "--", "-500")
    assert answer.out == "Added transaction 1: -500 CNY, Acme, 2026-11-23\n"


def test_lists_are_newest_first_within_days_and_say_when_there_is_more(kamtui):
    for noun in ("transaction", "cost"):
        for day in ("2026-01-01", "2026-03-01", "2026-02-01"):
            kamtui(noun, "add", "5", "--account", "Acme", "--on", day)
        assert [line[2] for line in kamtui(noun, "list", "--account", "Acme").lines] == [
            "2026-03-01",
            "2026-02-01",
            "2026-01-01",
        ]
        answer = kamtui(noun, "list", "--since", "2026-01-01", "--until", "2026-02-28", "--limit", 1)
        assert ([line[2] for line in answer.lines], answer.err) == (
            ["2026-02-01"],
            "There is more; --limit shows it.\n",
        )
        assert len(kamtui(noun, "list", "--limit", 1, "--json").json) == 1


def test_rows_are_changed_deleted_and_brought_back(kamtui):
    kamtui("transaction", "add", "100", "--account", "Acme", "--gross-profit", "30")
    answer = kamtui("transaction", "edit", 1, "--revenue", "100 EUR")
    assert (answer.code, answer.err) == (2, "--gross-profit: it is in CNY; give it in EUR too. Nothing was saved.\n")
    assert kamtui("transaction", "edit", 1, "--revenue", "100 EUR", "--gross-profit", "").code == 0
    kamtui("cost", "add", "7", "--account", "Acme", "--kind", "visit")
    assert (
        kamtui("cost", "edit", 1, "--amount", "8", "--on", "11-01").out == "Changed cost 1: 8 CNY, Acme, 2026-11-01\n"
    )
    assert kamtui("cost", "delete", 1).out == "Deleted cost 1: 8 CNY, Acme, 2026-11-01 (undo brings it back)\n"
    assert kamtui("transaction", "delete", 1).code == 0
    assert kamtui("transaction", "show", 1).code == 1
    kamtui("undo", 2)
    assert kamtui("cost", "show", 1, "--json").json["amount"] == {"minor": 800, "currency": "CNY"}
    assert kamtui("transaction", "list").lines[0][4] == "100 EUR"


@pytest.mark.parametrize("amount", ["1.234", "1e999", "١٢٣", "1,2,3", "12 pcs", "5 EUR USD", "9" * 30, "x", ""])
def test_an_amount_that_cannot_be_read_is_one_sentence_and_nothing_is_saved(kamtui, amount):
    for noun in ("transaction", "cost"):
        answer = kamtui(noun, "add", amount, "--account", "Acme")
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
        assert kamtui(noun, "list").out == ""


def test_a_product_line_is_found_by_the_name_as_it_is_stored(kamtui, store):
    kamtui("account", "add", "Tabbed")
    for line in ("Board\tA", " Board A", "Board\tA"):
        assert kamtui("transaction", "add", "100", "--account", "Tabbed", "--line", line).code == 0
    with store.reading() as connection:
        assert connection.execute("SELECT name FROM product_line WHERE name LIKE 'Board%'").fetchall() == [("Board A",)]


def test_a_short_date_of_what_happened_lies_behind(kamtui):
    kamtui("account", "add", "Acme January")
    january = ("--today", "2027-01-04", "--json")
    arguments = ("--account", "Acme January", "--on", "12-28", *january)
    assert kamtui("transaction", "add", "100", *arguments).json["on"] == "2026-12-28"
    assert kamtui("cost", "add", "100", *arguments).json["on"] == "2026-12-28"
    assert kamtui("give", "add", "a rebate", *arguments).json["on"] == "2026-12-28"
    assert kamtui("need", "add", "we need it", *arguments, "--observed").json["raised_on"] == "2026-12-28"
    assert kamtui("touch", "add", "we met", *arguments).json["on"] == "2026-12-28"
    assert kamtui("touch", "add", "review", *arguments, "--planned").json["on"] == "2027-12-28"
    kamtui("task", "add", "ring back")
    assert kamtui("task", "done", "ring back", "--on", "12-28", *january).json["task"]["closed_on"] == "2026-12-28"
