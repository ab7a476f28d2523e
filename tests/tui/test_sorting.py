"""Sorting: one unsorted account at a time, best customers first, one key each, and each key one step."""

import pytest

from kamtui.domain.enums import Tier
from kamtui.services.accounts import sort_account
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.tables import Account, Transaction


@pytest.fixture
def unsorted(store):
    """Three unsorted accounts; the second one bought most, the third one nothing."""
    with store.writing("a list") as work:
        for name, revenue in (("Small", 100_00), ("Large", 900_00), ("Silent", 0)):
            row = work.add(Account, name=name)
            if revenue:
                work.add(Transaction, account_id=row.id, on_date=store.today, revenue_minor=revenue, currency="CNY")
    return store


def tiers(workspace):
    with workspace.reading() as connection:
        return {row.name: row.tier for row in list_accounts(connection, workspace.today)}


async def test_k_on_today_asks_for_the_best_customer_first(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K")
        assert "0 of 3 done" in seat.text
        assert seat.lines[2].strip() == "Large"
        assert "1 in 1 months, last 2026-11-23, 900 CNY (rank 1 of 3)" in seat.text


async def test_each_key_sorts_one_account_and_the_next_one_comes(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "1", "0", "space")
        assert tiers(unsorted) == {"Large": Tier.T1, "Small": Tier.NON_KEY, "Silent": None}
        assert "Every account is sorted." in seat.text
        assert "T1 1   T2 0   T3 0   not key 1   later 1   archived 0   left 0" in seat.text


async def test_backspace_undoes_the_last_one_and_asks_again(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "1", "2", "backspace")
        assert tiers(unsorted) == {"Large": Tier.T1, "Small": None, "Silent": None}
        assert seat.lines[2].strip() == "Small"
        await seat.press("backspace", "3")
        assert tiers(unsorted)["Large"] is Tier.T3
        await seat.press("backspace", "backspace")
        assert "That is the first one." in seat.toasts


async def test_backspace_undoes_its_own_step_and_no_other(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "1")
        with unsorted.writing() as work:
            row = work.execute("SELECT id FROM account WHERE name = 'Silent'").fetchone()[0]
            sort_account(work, row, Tier.T2)
        await seat.press("backspace")
        assert tiers(unsorted) == {"Large": None, "Small": None, "Silent": Tier.T2}


async def test_enter_stops_and_says_what_stays_quiet(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "2", "enter")
        assert "1 account sorted; 2 stay unsorted and quiet." in seat.toasts
        assert "view: lanes" in seat.text


async def test_each_of_them_is_one_undo_point(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "1", "2", "enter", "u")
        assert tiers(unsorted) == {"Large": Tier.T1, "Small": None, "Silent": None}
        await seat.press("u")
        assert tiers(unsorted)["Large"] is None


async def test_an_account_can_be_given_up_on_the_way(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "x")
        await seat.type("bought by a rival")
        await seat.press("enter", "0")
        assert "Large" not in tiers(unsorted)
        assert "archived 1" in seat.text
        await seat.press("backspace")
        assert "Large" in tiers(unsorted)


async def test_its_keys_do_not_reach_through_to_the_place_below(unsorted, open_app):
    async with open_app(unsorted, size=(80, 24)) as seat:
        await seat.press("K", "P", "a", "d")
        assert "0 of 3 done" in seat.text
        await seat.press("?")
        assert "Leave it unsorted" in seat.text


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_question_stands_whole_in_every_window(unsorted, open_app, size):
    async with open_app(unsorted, size=size) as seat:
        await seat.perform("account.sort")
        for said in ("Large", "orders", "1 T1", "0 not key", "so far", "left 3"):
            assert said in seat.text


async def test_where_everything_is_sorted_k_says_so(store, open_app):
    async with open_app(store, size=(80, 24)) as seat:
        await seat.press("K")
        assert "Every account is sorted." in seat.toasts
