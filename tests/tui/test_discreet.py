"""Discreet mode: a laptop that is open in front of the customer shows what both sides know, and nothing else of anything.

As in `tests/brief/test_brief_customer.py` a canary sits in every private field of the schema. The walk goes through every key
and dialog that discreet mode lets through, and reads what is written to the terminal, window title included.
"""

import re
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from canaries import Canaries, build_shared_account

from kamtui.domain.enums import Tier
from kamtui.services.accounts import add_account
from kamtui.tui.places.brief_sheet import BriefSheet
from kamtui.tui.registry import AROUND
from tests.conftest import ROOT

SIZES = [(40, 12), (80, 24), (140, 40)]
SHOWN = ("Freight terms FCA", "On site within 30 minutes", "Market outlook", "Night training", "Test run")


def _brief_accounts():
    """The builder of the brief's tests."""
    spec = spec_from_file_location("brief_accounts", ROOT / "tests" / "brief" / "conftest.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def account(store):
    return build_shared_account(store, _brief_accounts().Builder)


async def at(seat, account):
    await seat.app.go("work", account_id=account)
    await seat.settle()


# What it shows


async def test_f9_shows_what_both_sides_know_and_f9_shows_everything_again(open_app, store, account):
    async with open_app(store, size=(140, 40)) as seat:
        await at(seat, account)
        assert "privateword" in seat.text
        await seat.press("f9")
        assert [said for said in SHOWN if said not in seat.text] == []
        assert "privateword" not in seat.text
        await seat.press("f9")
        assert "privateword" in seat.text
        assert seat.app.place.place == "work"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_bar_says_that_it_is_on(open_app, store, account, size):
    async with open_app(store, size=size) as seat:
        await at(seat, account)
        await seat.press("f9")
        assert seat.lines[0].startswith(" DISCREET ")
        assert "Acme Paper" in seat.lines[0]
        await seat.press("b")
        assert "CUSTOMER-SAFE" in seat.lines[0]


async def test_it_can_be_on_from_the_start_with_the_account_that_was_open_last(open_app, store, account):
    async with open_app(store, size=(140, 40), discreet=True, account=account) as seat:
        assert seat.lines[0].startswith(" DISCREET  F9   Acme Paper")
        await seat.press("f9")
        assert seat.app.place.place == "today"


async def test_without_an_account_it_shows_none_and_says_how_one_leaves(open_app, store, account):
    async with open_app(store, size=(80, 24), discreet=True) as seat:
        assert "There is none yet: F9 leaves it." in seat.text
        assert "Acme" not in seat.text


async def test_of_other_accounts_not_even_the_name_is_shown(open_app, store, account):
    with store.writing() as work:
        add_account(work, "Rival Paper", tier=Tier.T1)
    async with open_app(store, size=(140, 40), place="portfolio") as seat:
        seat.app.rows.go_to(("account", account))
        assert "Rival Paper" in seat.text
        await seat.press("f9")
        assert "Acme Paper" in seat.lines[0]
        assert "Rival" not in seat.text


async def test_what_leads_elsewhere_or_writes_is_hidden_and_says_so(open_app, store, account):
    async with open_app(store, size=(140, 40)) as seat:
        await at(seat, account)
        await seat.press("f9")
        before = seat.text
        for key in ("T", "P", "W", ":", "u", "ctrl+r", "a", "t", "e", "d"):
            await seat.press(key)
            assert "F9 leaves it" in seat.toasts[-1]
            seat.app.clear_notifications()
        await seat.settle()
        assert seat.text == before


def test_only_what_is_named_for_it_can_be_done_in_it():
    assert AROUND["discreet"] == AROUND["discreet_brief"] == ()


async def test_it_is_written_anew_when_the_data_change(open_app, store, account):
    async with open_app(store, size=(140, 40)) as seat:
        await at(seat, account)
        await seat.press("f9")
        with store.writing() as work:
            work.execute("UPDATE task SET what = 'Second test run' WHERE what = 'Test run'")
        seat.app.watch_data()
        await seat.settle()
        assert "Second test run" in seat.text


async def test_words_are_found_and_a_row_is_read_whole(open_app, store, account):
    async with open_app(store, size=(80, 24)) as seat:
        await at(seat, account)
        await seat.press("f9", "/", *"freight", "enter")
        assert "Freight terms FCA" in seat.text
        assert "Test run" not in seat.text
        await seat.press("enter")
        assert "by 2027-01-31" in seat.text
        await seat.press("escape", "escape")
        assert "Test run" in seat.text


# Somebody looks on, now


async def test_it_works_over_an_open_dialog_which_is_there_again_afterwards(open_app, store, account):
    async with open_app(store, size=(140, 40)) as seat:
        await at(seat, account)
        await seat.press("2", "a", *"privateword of mine")
        await seat.press("f9")
        assert "privateword" not in seat.text
        await seat.press("f9")
        assert "privateword of mine" in seat.text


async def test_what_the_app_would_say_meanwhile_waits_until_nobody_looks_on(open_app, store, account):
    async with open_app(store, size=(140, 40)) as seat:
        await at(seat, account)
        seat.app.tell("privateword was said before")
        await seat.press("f9")
        assert seat.toasts == []
        seat.app.tell("privateword was imported")
        await seat.app.go("today")
        await seat.settle()
        assert seat.toasts == []
        assert seat.app.discretion.on
        await seat.press("f9")
        assert seat.toasts == ["privateword was imported"]
        assert seat.app.place.place == "today"


async def test_leaving_it_puts_away_what_was_open_in_it(open_app, store, account):
    async with open_app(store, size=(80, 24)) as seat:
        await at(seat, account)
        await seat.press("f9", "b", "s", "f9")
        assert seat.app.place.place == "work"
        await seat.press("f9")
        assert not seat.app.screen.query(BriefSheet)


# Nothing private


async def test_nothing_private_is_shown_anywhere_in_it(open_app, store, account):
    canaries = Canaries(store.path)
    canaries.plant(account)
    async with open_app(store, size=(100, 30), tape=True, discreet=True, account=account) as seat:
        await walk(seat)
        written = seat.written()
        clipboard = seat.app.clipboard
    shown = squeezed(written + clipboard)
    assert "freighttermsfca" in shown
    assert [canary for canary in canaries.texts if canary in shown] == []
    assert "canary" not in shown
    assert "privateword" not in shown
    digits = re.sub(r"[,. ]", "", written)
    assert [number for number in canaries.numbers if str(number) in digits] == []


async def test_the_walk_would_see_them(open_app, store, account):
    """The same eyes see what is private where discreet mode is off: they are no blind ones."""
    async with open_app(store, size=(140, 40), tape=True) as seat:
        await at(seat, account)
        await seat.press("2", "f9")
        assert "privateword" in squeezed(seat.written())


async def walk(seat):
    """Every key that does something in discreet mode, dialogs, brief and hints included."""
    for key in _keys(seat, "discreet"):
        await seat.press(key)
        while seat.app.screen is not seat.app.place:
            await seat.press("pagedown", "escape")
    await seat.press("f9", "f9")
    for key in _keys(seat, "discreet_brief"):
        if not seat.app.screen.query(BriefSheet):
            await seat.press("b")
        await seat.press(key)
        while seat.app.screen is not seat.app.place:
            await seat.press("escape")
    for size in SIZES:
        await seat.resize(*size)
        await seat.press("b", "G", "escape")


def _keys(seat, context):
    """One key of each command there, but for those that leave."""
    commands = seat.app.registry.standing_in(context)
    return [
        c.keys[0] for c in commands if c.keys and c.id not in {"app.discreet", "app.quit", "brief.back", "brief.open"}
    ]


def squeezed(text):
    """The text that was written to a terminal, without what moves its cursor and without blanks."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\s", "", text).lower()
