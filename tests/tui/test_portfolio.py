"""The portfolio: all accounts in one list, by any column, in four views; what one key does to one or to all marked ones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import Stage, Tier
from kamtui.domain.money import Money
from kamtui.store.reads.accounts import get_account, list_accounts
from kamtui.store.reads.brief_money import Figures
from kamtui.store.tables import Account
from kamtui.store.workspace import Workspace
from kamtui.tui.places.portfolio import _shares


def names(seat):
    return [line.record.row.name for line in seat.app.place.main_rows().lines]


def account(workspace: Workspace, name: str):
    with workspace.reading() as connection:
        rows = list_accounts(connection, workspace.today, archived=True)
        return get_account(connection, next(row.id for row in rows if row.name.startswith(name)))


async def go_to(seat, name):
    key = next(line.key for line in seat.app.rows.lines if line.record.row.name.startswith(name))
    seat.app.rows.go_to(key)
    await seat.settle()


def test_who_buys_in_two_currencies_leaves_nobody_a_share():
    known = Figures(1, Money(100, "CNY"), None, None, None, None)
    assert _shares({1: known, 2: known}) == {1: 0.5, 2: 0.5}
    assert _shares({1: known, 2: replace(known, orders=2, revenue=None)}) == {}
    assert _shares({1: known, 2: replace(known, orders=0, revenue=None)}) == {1: 1}, "without orders there is nothing"


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_name_tier_and_touch_stand_in_every_window(demo, open_app, size):
    async with open_app(demo, size=size, place="portfolio") as seat:
        line = next(line for line in seat.lines if "Old Mill" in line)
        assert "T2p" in line
        assert "55d!" in line
        assert "14 accounts" in seat.text


async def test_columns_of_money_stand_only_where_there_is_money(store, demo, open_app):
    with store.writing("one account") as work:
        work.add(Account, name="Acme")
    async with open_app(store, size=(140, 40), place="portfolio") as seat:
        assert "revenue" not in seat.text
        assert "CUMULATIVE" not in seat.text
    async with open_app(demo, size=(160, 40), place="portfolio") as seat:
        assert "revenue 12m" in seat.text
        assert "1,847,300" in seat.text
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        assert "contrib 12m" in seat.text
        assert "CUMULATIVE CONTRIBUTION, 12 MONTHS" in seat.text
        assert "top fifth (3) makes" in seat.text


async def test_the_year_before_and_the_ledger_stand_beside_the_money(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        kestrel = next(line for line in seat.lines if "Kestrel" in line)
        assert "+13%" in kestrel
        assert "-150k" in kestrel, "what came back less what was given"
        huadong = next(line for line in seat.lines if "Huadong Bank" in line)
        assert huadong.split("│")[0].split()[-4] == "?", "one concession has no value: the net is not known"
        fjord = next(line for line in seat.lines if "Fjord" in line)
        assert fjord.split("│")[0].split()[-4:-1] == ["?", "-", "-5"], "never ordered, nothing given"
        await seat.perform("account.order")
        while "order: give-get" not in seat.text:
            await seat.press("O")
        assert names(seat)[0] == "Kestrel Retail", "where most was given for nothing comes first"


async def test_the_foot_names_first_what_one_does_here(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        assert seat.lines[-1].split() == [
            "Enter",
            "open",
            "it",
            "K",
            "tier",
            "O",
            "order",
            "v",
            "view",
            "Space",
            "mark",
            "/",
            "filter",
            "?",
            "more",
        ]
        await seat.press("T")
        await seat.press("j")
        assert "t touch" in seat.lines[-1]


async def test_an_account_that_was_never_touched_says_so_and_an_unsorted_one_is_quiet(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        fjord = next(line for line in seat.lines if "Fjord" in line)
        lots = next(line for line in seat.lines if "Save-a-lot" in line)
        assert "none!" in fjord
        assert "none" in lots
        assert "none!" not in lots


async def test_the_card_beside_follows_the_cursor(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        await go_to(seat, "Acme")
        for said in ("LAST TOUCHES", "OPEN NEEDS", "LATE", "#munich"):
            assert said in seat.text


async def test_o_goes_through_the_orders_and_the_bar_says_which(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        assert "order: tier (O)" in seat.text
        await seat.press("O")
        assert "order: signals (O)" in seat.text
        assert names(seat)[0] == "Huadong Bank 华东银行"
        await seat.press("O")
        assert "order: health (O)" in seat.text
        await seat.press("O")
        assert "order: account (O)" in seat.text
        assert names(seat) == sorted(names(seat), key=str.casefold)
        for label in (
            "stage",
            "touch",
            "late",
            "needs",
            "people",
            "KAM",
            "revenue 12m",
            "share",
            "trend",
            "give-get",
            "contrib 12m",
            "tier",
        ):
            await seat.press("O")
            assert f"order: {label} (O)" in seat.text


async def test_a_click_on_a_label_sorts_by_it_and_a_second_one_turns_it(demo, open_app):
    async with open_app(demo, size=(160, 40), place="portfolio") as seat:
        await seat.click("revenue 12m")
        assert names(seat)[:2] == ["Huadong Bank 华东银行", "Old Mill Group"]
        assert "order: revenue 12m (O)" in seat.text
        await seat.click("revenue 12m  contrib")
        assert names(seat)[-3:] == ["Huadong Bank 华东银行", "Fjord Energy", "蓝海传媒"], "what is unknown stays last"
        assert "turned" in seat.text


async def test_v_goes_through_the_views(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        assert len(names(seat)) == 14
        await seat.press("v")
        assert len(names(seat)) == 10
        await seat.press("v")
        assert sorted(names(seat)) == ["Save-a-lot Markets", "蓝海传媒"]
        await seat.press("v")
        assert names(seat) == []
        assert "No account is archived: x archives one" in seat.text


async def test_a_filter_looks_through_name_tier_stage_kam_and_tags(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        for typed, found in (
            ("munich", ["Acme [EMEA]"]),
            ("strengthening", ["Kestrel Retail"]),
            ("T3p build", ["Huadong Securities 华东证券"]),
        ):
            await seat.press("/")
            await seat.press("ctrl+u")
            await seat.type(typed)
            assert names(seat) == found
            await seat.press("enter")
            assert f"filter: {typed}" in seat.text
        await seat.press("escape")
        assert len(names(seat)) == 14


async def test_what_is_typed_is_never_markup(store, open_app):
    with store.writing("odd names") as work:
        for name in ("Acme [/]", "[@click=app.quit]x[/]", "\u202eevil", "名" * 100):
            work.add(Account, name=name)
    async with open_app(store, size=(140, 40), place="portfolio") as seat:
        assert "Acme [/]" in seat.text
        assert "[@click=app.quit]x[/]" in seat.text
        assert "\u202e" not in seat.text
        await seat.press("K")
        assert "Tier of" in seat.text


async def test_enter_opens_the_account_and_the_list_is_walked_from_there(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        await seat.press("O")
        order = [line.key[1] for line in seat.app.rows.lines]
        await seat.press("g", "j", "enter")
        assert seat.app.whereabouts.account_id == order[1]
        assert [account for account, _key in seat.app.whereabouts.trail.stops] == order
        assert f"row 2 of {len(order)} in Portfolio" in seat.lines[0]
        await seat.press("]")
        assert seat.app.whereabouts.account_id == order[2]
        await seat.press("P")
        assert seat.app.rows.key == ("account", order[2])


async def test_k_gives_a_tier_and_u_takes_it_back(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.press("K", "2")
        assert account(demo, "Delta Pumps").tier is Tier.T2
        await seat.press("u")
        assert account(demo, "Delta Pumps").tier is Tier.NON_KEY


async def test_an_account_keeps_its_place_in_the_list_until_one_sorts_again(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        before = names(seat)
        await go_to(seat, "Delta Pumps")
        await seat.press("K", "1")
        assert names(seat) == before
        await seat.press("ctrl+l")
        assert names(seat).index("Delta Pumps") < 6


async def test_all_marked_accounts_get_it_as_one_step(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        await seat.press("g", "space", "space", "space")
        assert "3 marked" in seat.text
        marked = names(seat)[:3]
        await seat.press("K", "3")
        assert {account(demo, name).tier for name in marked} == {Tier.T3}
        assert "3 accounts at once. u undoes" in seat.toasts
        await seat.press("u")
        assert {account(demo, name).tier for name in marked} == {Tier.T1}


async def test_a_dot_gives_the_same_tier_to_another_account(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.press("K", "2")
        await go_to(seat, "Aurora")
        await seat.press(".")
        assert account(demo, "Aurora").tier is Tier.T2


async def test_a_key_account_is_never_left_without_a_kam(demo, open_app):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        before = account(demo, "Huadong Bank").kam
        await go_to(seat, "Huadong Bank")
        await seat.press("o")
        await seat.type("nobody")
        await seat.press("enter")
        assert "a key account has exactly one KAM" in seat.text
        await seat.press("escape", "escape")
        assert account(demo, "Huadong Bank").kam == before


async def test_archiving_asks_why_and_for_the_potential_and_comes_back_with_the_same_key(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.press("x")
        await seat.type("no budget for years")
        await seat.press("enter", "1")
        card = account(demo, "Delta Pumps")
        assert card.archived_at
        assert card.potential == 1
        assert "Delta Pumps" not in names(seat)
        await seat.press("v", "v", "v")
        assert names(seat) == ["Delta Pumps"]
        await seat.press("x")
        assert account(demo, "Delta Pumps").archived_at is None


async def test_archiving_that_one_thinks_better_of_writes_nothing(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.press("x")
        await seat.type("no budget")
        await seat.press("enter", "escape")
        assert account(demo, "Delta Pumps").archived_at is None
        assert not seat.app.typed


async def test_the_stage_is_chosen_from_the_palette(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Acme")
        await seat.perform("account.stage")
        await seat.type("reci")
        await seat.press("enter")
        await seat.type("they sell for us now")
        await seat.press("enter")
        assert account(demo, "Acme").stage is Stage.STRENGTHENING


async def test_two_accounts_become_one_and_u_takes_them_apart(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.perform("account.merge")
        await seat.type("auror")
        await seat.press("enter")
        assert "Delta Pumps" not in names(seat)
        assert "Delta Pumps" in account(demo, "Aurora").aliases
        await seat.press("u")
        assert "Delta Pumps" in names(seat)


async def test_a_deleted_account_comes_back_with_u(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.perform("account.delete")
        assert "Delta Pumps" not in names(seat)
        # More than twenty rows: the point is named, and wants a yes.
        await seat.press("u", "y")
        assert "Delta Pumps" in names(seat)


async def test_whoever_deletes_the_account_that_is_open_stands_in_the_portfolio(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        await go_to(seat, "Delta Pumps")
        await seat.press("enter")
        assert seat.app.place.place == "work"
        await seat.perform("account.delete")
        assert seat.app.place.place == "portfolio"
        assert "Delta Pumps" not in names(seat)


async def test_what_another_window_writes_is_shown(demo, open_app):
    async with open_app(demo, size=(80, 24), place="portfolio") as seat:
        with demo.writing("elsewhere") as work:
            work.add(Account, name="Zeta from elsewhere")
        seat.app.watch_data()
        await seat.settle()
        assert "Zeta from elsewhere" in names(seat)


async def test_an_empty_portfolio_says_which_key_fills_it(store, open_app):
    async with open_app(store, size=(60, 20), place="portfolio") as seat:
        assert "a  adds one" in seat.text
        assert "import brings in a list" in seat.text


async def test_a_thousand_accounts_are_there_at_once(store, open_app):
    with store.writing("many") as work:
        work.add_many(Account, ({"name": f"Account {n:04}"} for n in range(1000)))
    async with open_app(store, size=(80, 24), place="portfolio") as seat:
        assert "1,000 accounts" in seat.text
        await seat.press("G")
        assert "Account 0999" in seat.text


async def test_the_clock_does_not_make_the_future_a_touch(store, open_app):
    from kamtui.services.touches import add_touch

    with store.writing("planned") as work:
        row = work.add(Account, name="Acme").id
        add_touch(work, row, on=date(2026, 11, 23) + timedelta(days=3), planned=True)
    async with open_app(store, size=(80, 24), place="portfolio") as seat:
        assert next(line for line in seat.lines if "Acme" in line).endswith("none")
