"""Money in the account's place: orders, costs, contracts and their terms are added, changed and deleted there."""

from contextlib import asynccontextmanager

import pytest

from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.contracts import get_contract, list_contracts
from kamtui.store.reads.ledger import list_costs, list_transactions


@pytest.fixture
def bank(demo):
    with demo.reading() as connection:
        return next(row.id for row in list_accounts(connection, demo.today) if row.name.startswith("Huadong Bank"))


@pytest.fixture
def at_money(demo, bank, open_app):
    @asynccontextmanager
    async def opened():
        async with open_app(demo) as seat:
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            await seat.press("8")
            yield seat

    return opened


@pytest.fixture
def read(demo, bank):
    """What a read says of the bank."""

    def reading(query, *values):
        with demo.reading() as connection:
            return query(connection, *values, bank)

    return reading


async def test_an_order_is_added_changed_and_deleted(at_money, read):
    before = len(read(list_transactions))
    async with at_money() as seat:
        await seat.press("A", "3")
        await seat.type("12000")
        await seat.press("ctrl+s")
        order = read(list_transactions)[0]
        assert (str(order.revenue), order.on) == ("12,000 CNY", seat.app.session.today)
        assert seat.app.rows.key == ("transaction", order.id)
        await seat.press("e", "tab")
        await seat.type("3000")
        await seat.press("ctrl+s")
        assert str(read(list_transactions)[0].gross_profit) == "3,000 CNY"
        await seat.press("x")
        assert len(read(list_transactions)) == before
        await seat.press("u")
        assert read(list_transactions)[0].id == order.id


async def test_a_cost_is_added_changed_and_deleted(at_money, read):
    before = len(read(list_costs))
    async with at_money() as seat:
        await seat.press("A", "4")
        await seat.type("800")
        await seat.press("ctrl+s")
        cost = read(list_costs)[0]
        assert seat.app.rows.key == ("cost", cost.id)
        await seat.press("e", "ctrl+u")
        await seat.type("900")
        await seat.press("ctrl+s")
        assert str(read(list_costs)[0].amount) == "900 CNY"
        await seat.press("x")
        assert len(read(list_costs)) == before


async def test_an_order_without_its_revenue_stays_open_with_the_reason_beside_the_field(at_money, read):
    before = len(read(list_transactions))
    async with at_money() as seat:
        await seat.press("A", "3", "ctrl+s")
        assert "Nothing was saved yet: see beside the fields." in seat.text
        assert len(read(list_transactions)) == before


async def test_a_contract_is_deleted_with_its_terms_and_comes_back(at_money, demo, bank):
    with demo.reading() as connection:
        contract = list_contracts(connection, demo.today, bank)[0]
        terms = get_contract(connection, contract.id, demo.today).terms
    async with at_money() as seat:
        seat.app.rows.go_to(("contract", contract.id))
        await seat.press("x")
        with demo.reading() as connection:
            assert contract.id not in {row.id for row in list_contracts(connection, demo.today, bank)}
        await seat.press("u")
        with demo.reading() as connection:
            assert get_contract(connection, contract.id, demo.today).terms == terms


async def test_a_term_is_added_changed_and_taken_out_of_its_contract(at_money, demo, bank):
    with demo.reading() as connection:
        contract = list_contracts(connection, demo.today, bank)[0]

    def terms():
        with demo.reading() as connection:
            return {row.term: row.agreed for row in get_contract(connection, contract.id, demo.today).terms}

    before = terms()
    async with at_money() as seat:
        seat.app.rows.go_to(("contract", contract.id))
        await seat.press("n", "a", "ctrl+s")
        assert not before.keys() & {"unit_price"}
        assert terms() == {**before, "unit_price": None}
        seat.app.rows.go_to(("contract", contract.id))
        await seat.press("n", str(list(terms()).index("unit_price") + 1), "tab", "tab")
        await seat.type("9 % off")
        await seat.press("ctrl+s")
        assert terms()["unit_price"] == "9 % off"
        seat.app.rows.go_to(("contract", contract.id))
        await seat.perform("contract.no_term")
        await seat.press(str(list(terms()).index("unit_price") + 1))
        assert terms() == before
