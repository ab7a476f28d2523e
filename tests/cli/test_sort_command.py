"""Sorting imported accounts from the command line."""

import re
import sys
from datetime import date

import pexpect
import pytest

from kamtui.store.tables import Account, Person, Transaction


@pytest.fixture
def imported(store):
    """Five unsorted customers, one that is sorted, one that is archived."""
    with store.writing() as work:
        names = ["Small", "Old giant", "Best [EMEA]", "零售", "Prospect", "Sorted", "Gone"]
        ids = dict(zip(names, work.add_many(Account, [{"name": name} for name in names]), strict=True))
        work.change(work.get(Account, ids["Sorted"]), tier="T2", kam_id=1)
        work.change(work.get(Account, ids["Gone"]), archived_at=work.now)
        people = [("Placeholder", True), ("Jose Pavarotti", False), ("Second", False)]
        work.add_many(
            Person,
            [
                {"account_id": ids["Best [EMEA]"], "name": name, "placeholder": placeholder, "title": "Sales"}
                for name, placeholder in people
            ],
        )
        orders = [
            ("Small", "2026-10-01", 100, "main"),
            ("Old giant", "2024-01-15", 900_000, "main"),
            ("Best [EMEA]", "2025-12-01", 300, "main"),
            ("Best [EMEA]", "2026-10-07", 200, "consumable"),
            ("Best [EMEA]", "2027-01-01", 999_999, "main"),
            ("Small", "2026-10-02", 999_999, "reciprocal_purchase"),
            ("零售", "2026-10-01", 100, "service"),
            ("零售", "2025-11-23", 50, "service"),
            ("Sorted", "2026-10-01", 999, "main"),
            ("Gone", "2026-10-01", 999, "main"),
        ]
        work.add_many(
            Transaction,
            [
                {
                    "account_id": ids[name],
                    "on_date": date.fromisoformat(day),
                    "revenue_minor": minor,
                    "currency": "CNY",
                    "kind": kind,
                }
                for name, day, minor, kind in orders
            ],
        )
    return ids


def test_the_best_customers_of_the_last_twelve_months_come_first(kamtui, imported):
    rows = kamtui("sort", "--json").json
    assert [row["account"] for row in rows] == ["Best [EMEA]", "零售", "Small", "Old giant", "Prospect"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    best = rows[0]
    assert (best["contact"], best["title"], best["orders"], best["months"]) == ("Jose Pavarotti", "Sales", 2, 11)
    assert (best["last_order"], best["revenue_12m"]) == ("2026-10-07", {"minor": 500, "currency": "CNY"})
    assert (rows[1]["revenue_12m"]["minor"], rows[1]["revenue"]["minor"]) == (100, 150)
    assert (rows[3]["revenue_12m"], rows[3]["revenue"]["minor"]) == (None, 900_000)
    assert (rows[4]["orders"], rows[4]["months"], rows[4]["revenue"]) == (0, 0, None)


def test_where_currencies_differ_the_number_of_orders_decides(kamtui, store, imported):
    with store.writing() as work:
        for day in (1, 2, 3):
            work.add(
                Transaction,
                account_id=imported["Prospect"],
                on_date=date(2026, 11, day),
                revenue_minor=1,
                currency="EUR" if day == 1 else "JPY",
            )
    rows = kamtui("sort", "--json").json
    assert [row["account"] for row in rows] == ["Prospect", "Best [EMEA]", "零售", "Small", "Old giant"]
    assert (rows[0]["revenue"], rows[0]["orders"]) == (None, 3)


def test_into_a_pipe_it_is_a_list(kamtui, imported):
    assert kamtui("sort").lines[0] == [
        "1", str(imported["Best [EMEA]"]), "Best [EMEA]", "Jose Pavarotti", "2", "11", "2026-10-07", "5 CNY", "5 CNY",
    ]  # fmt: skip


def test_several_are_set_in_one_step(kamtui, imported):
    answer = kamtui("sort", "--set", "Best=T1", "--set", "Small=non_key", "--set", "零售=later")
    assert answer.out == (
        f"Sorted: Best [EMEA] ({imported['Best [EMEA]']}) T1p, Small ({imported['Small']}) no, "
        f"零售 ({imported['零售']}) later\n"
    )
    assert [row["account"] for row in kamtui("sort", "--json").json] == ["零售", "Old giant", "Prospect"]
    assert "Sort 3 accounts" in kamtui("undo").out
    assert len(kamtui("sort", "--json").json) == 5


@pytest.mark.parametrize("text", ["Small", "Small=", "=T1", "Small=T9", "Small=T1=", "x" * 10_000])
def test_what_is_no_tier_is_refused_and_nothing_is_saved(kamtui, imported, text):
    answer = kamtui("sort", "--set", "Best=T1", "--set", text)
    assert answer.code == 2
    assert len(answer.err) < 250
    assert len(kamtui("sort", "--json").json) == len(imported) - 2


def test_one_wrong_name_leaves_all_unsorted(kamtui, imported):
    assert kamtui("sort", "--set", "Best=T1", "--set", "Nobody=T2").code == 1
    assert len(kamtui("sort", "--json").json) == len(imported) - 2


def test_on_a_terminal_it_asks_for_one_after_the_other(kamtui, store, imported):
    child = pexpect.spawn(
        sys.executable,
        ["-m", "kamtui", "--db", str(store.path), "--today", "2026-11-23", "sort"],
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 100),
    )
    child.expect(re.escape(f"Best [EMEA] ({imported['Best [EMEA]']})"))
    child.expect(re.escape("contact  Jose Pavarotti, Sales"))
    child.expect(re.escape("2 in 11 months, last 2026-10-07, 5 CNY (rank 1 of 5)"))
    child.expect("q stop > ")
    child.sendline("1")
    child.expect("T1 1   T2 0   T3 0   not key 0   later 0   left 4")
    child.expect("q stop > ")
    child.sendline("9")
    child.expect("none of 1 2 3 0 s q")
    child.sendline("ｓ")
    child.expect("later 1   left 3")
    child.sendline("０")
    child.expect("not key 1   later 1   left 2")
    child.sendline("q")
    child.expect("The others stay unsorted")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert [row["account"] for row in kamtui("sort", "--json").json] == ["零售", "Old giant", "Prospect"]
    assert kamtui("account", "show", "Best", "--json").json["tier"] == "T1"
    kamtui("undo")
    assert kamtui("account", "show", "Small", "--json").json["tier"] is None


def test_nothing_to_sort_is_an_empty_answer(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    assert (kamtui("sort").out, kamtui("sort", "--json").json) == ("", [])
