"""Contracts: what was committed against what came in, and the terms that answer needs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kamtui.domain.contract import TERMS, attainment, elapsed_share
from kamtui.domain.enums import NeedCategory, NeedState, TransactionKind
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.money import Money
from kamtui.services import contracts
from kamtui.services.accounts import add_account
from kamtui.services.ledger import add_transaction
from kamtui.services.needs import add_need, close_need, convert_need
from kamtui.services.people import add_person
from kamtui.store import history
from kamtui.store.reads.brief_money import get_commercial
from kamtui.store.reads.contracts import get_contract, list_contracts, list_worksheet

TODAY = date(2026, 11, 23)
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def yuan(major):
    return Money(major * 100, "CNY")


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return add_account(work, "Acme").id


@pytest.fixture
def do(store, acme):
    def run(verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(contracts, verb)(work, *arguments, **fields)

    return run


@pytest.fixture
def order(store, acme):
    def add(revenue, on, **fields):
        with store.writing() as work:
            add_transaction(work, fields.pop("account", acme), yuan(revenue), on=on, **fields)

    return add


def attained(store, contract, today=TODAY):
    with store.reading() as connection:
        return get_contract(connection, contract, today).contract


def test_the_contract_of_s0_counts_sets_and_not_money(store, do, acme, order):
    """PRODUCT.md §6: 500k of 600k sets."""
    contract = do("add_contract", acme, "Sets", quantity=Decimal(600_000), unit="sets", **YEAR).contract.id
    order(1, date(2026, 3, 1), quantity=Decimal(200_000))
    order(99_000_000, date(2026, 12, 31), quantity=Decimal(300_000))
    reached = attained(store, contract, date(2026, 12, 31)).attained
    assert (reached.actual, reached.committed, reached.elapsed, reached.rate) == (500_000_000, 600_000_000, 1, 0.8333)


def test_of_600k_a_year_from_small_accounts_one_contract_of_500k_is_45_percent(store, do, acme, order):
    """PRODUCT.md §6, from S0: concentration when the base holds; attainment is tracked."""
    with store.writing() as work:
        small = [add_account(work, f"Small {number}").id for number in range(6)]
    for account in small:
        order(100_000, date(2026, 6, 1), account=account)
    order(500_000, date(2026, 6, 1))
    contract = do("add_contract", acme, "One large", amount=yuan(500_000), **YEAR).contract.id
    with store.reading() as connection:
        assert get_commercial(connection, acme, TODAY).share == pytest.approx(0.4545, abs=0.0001)
    assert attained(store, contract, date(2026, 12, 31)).attained.rate == 1


def test_what_came_in_is_unknown_where_no_order_was_ever_recorded(store, do, acme, order):
    contract = do("add_contract", acme, "Frame", amount=yuan(500_000), **YEAR).contract
    assert (contract.attained, contract.is_measurable) == (None, True)
    order(9, date(2026, 5, 1), kind=TransactionKind.RECIPROCAL_PURCHASE)
    assert attained(store, contract.id).attained is None, "what we buy from them is no order of theirs"
    order(9, date(2025, 5, 1))
    assert attained(store, contract.id, date(2025, 4, 30)).attained is None
    assert attained(store, contract.id).attained.rate == 0, "orders are kept here, and none came in under it"


def test_attainment_is_measured_against_the_time_that_has_passed(store, do, acme, order):
    contract = do(
        "add_contract",
        acme,
        "Ten days",
        amount=yuan(1_000),
        starts_on=date(2026, 11, 21),
        ends_on=date(2026, 11, 30),
    ).contract
    order(1, date(2026, 11, 20))
    reached = attained(store, contract.id).attained
    assert (reached.elapsed, reached.rate) == (0.3, 0.0)
    order(300, date(2026, 11, 22))
    assert attained(store, contract.id).attained.rate == 1
    order(999, date(2026, 11, 23), kind=TransactionKind.RECIPROCAL_PURCHASE)
    assert attained(store, contract.id).attained.rate == 1, "what we buy from them counts for nothing"
    assert attained(store, contract.id, date(2026, 11, 20)).attained.rate is None
    assert attained(store, contract.id, date(2027, 3, 1)).attained.rate == 0.3


def test_only_orders_of_its_product_line_count(store, do, acme, order):
    contract = do("add_contract", acme, "Paper", amount=yuan(1_000), product_line="Paper", **YEAR).contract.id
    order(500, date(2026, 5, 1), product_line="Paper")
    order(700, date(2026, 5, 1), product_line="Mainframes")
    assert attained(store, contract, date(2026, 12, 31)).attained.actual == 50_000


def test_an_order_without_a_quantity_or_in_another_currency_makes_it_unknown(store, do, acme, order):
    sets = do("add_contract", acme, "Sets", quantity=Decimal(10), **YEAR).contract.id
    money = do("add_contract", acme, "Money", amount=Money(100, "EUR"), **YEAR).contract.id
    order(5, date(2026, 5, 1), kind=TransactionKind.SERVICE)
    assert attained(store, sets).attained.actual == 0, "a service has no quantity, and needs none"
    order(5, date(2026, 5, 1))
    assert (attained(store, sets).attained, attained(store, sets).uncounted) == (None, 1)
    assert (attained(store, money).attained, attained(store, money).uncounted) == (None, 2)


def test_what_is_not_committed_is_not_attained(do, acme):
    assert do("add_contract", acme, "Frame", **YEAR).contract.attained is None
    assert do("add_contract", acme, "Open end", amount=yuan(5), starts_on=TODAY).contract.attained is None


@pytest.mark.parametrize(
    ("today", "share"), [("2025-12-31", 0), ("2026-01-01", 1 / 365), ("2026-12-31", 1), ("2027-06-01", 1)]
)
def test_the_share_of_its_time_that_has_passed(today, share):
    assert float(elapsed_share(*YEAR.values(), date.fromisoformat(today))) == pytest.approx(share)


def test_attainment_knows_thirds():
    assert attainment(1, 3, elapsed_share(TODAY, TODAY, TODAY)).rate == 0.3333


def test_a_contract_commits_to_one_thing_and_ends_after_it_begins(store, do, acme):
    with pytest.raises(BadInput, match="commits to one of them"):
        do("add_contract", acme, "x", quantity=Decimal(1), amount=yuan(1))
    contract = do("add_contract", acme, "x", quantity=Decimal(1), **YEAR).contract.id
    with pytest.raises(BadInput, match="commits to one of them"):
        do("edit_contract", contract, amount=yuan(1))
    assert do("edit_contract", contract, amount=yuan(1), quantity=None).contract.amount == yuan(1)
    with pytest.raises(BadInput, match="is before"):
        do("edit_contract", contract, ends_on=date(2025, 1, 1))
    for nothing in ({"quantity": Decimal(0)}, {"amount": yuan(-1), "quantity": None}):
        with pytest.raises(BadInput, match="more than nothing"):
            do("add_contract", acme, "x", **nothing)
    with pytest.raises(BadInput, match="still to come"):
        do("add_contract", acme, "x", signed_on=TODAY + timedelta(days=1))
    for statement in (
        "UPDATE contract SET committed_milli = 1",
        "UPDATE contract SET ends_on = '2025-01-01'",
        "UPDATE contract SET currency = NULL",
    ):
        with pytest.raises(Refused, match="not allowed"), store.writing() as work:
            work.execute(statement)


def test_a_contract_has_each_term_once(do, acme):
    contract = do("add_contract", acme, "x").contract.id
    term = do("add_term", contract, NeedCategory.FREIGHT, wanted="free")
    with pytest.raises(Refused, match="has that term"):
        do("add_term", contract, NeedCategory.FREIGHT)
    assert do("edit_term", term.id, offered="half", wanted=None).offered == "half"
    do("delete_term", term.id)
    assert do("add_term", contract, NeedCategory.FREIGHT).wanted is None


def test_the_worksheet_has_a_row_a_term_wanted_offered_agreed(store, do, acme):
    with store.writing() as work:
        zhou = add_person(work, acme, "周婷").person.id
        need = add_need(work, acme, "总是等不到发票", category=NeedCategory.PAYMENT).id
        convert_need(work, need, heard_from=zhou, words="60 days, papers with the goods")
        add_need(work, acme, "5 % off from 100 sets", category=NeedCategory.DISCOUNT)
        lost = add_need(work, acme, "Free freight", category=NeedCategory.FREIGHT).id
        close_need(work, lost, NeedState.LOST, "a rival")
        add_need(work, acme, "Train 30 people", category=NeedCategory.TRAINING)
    contract = do("add_contract", acme, "Frame 2027").contract.id
    do("add_term", contract, NeedCategory.PAYMENT, offered="30 days", agreed="45 days")
    do("add_term", contract, NeedCategory.RISK, wanted="a second site")
    with store.reading() as connection:
        rows = {row.term: row for row in list_worksheet(connection, acme)}
    assert tuple(rows) == (*TERMS, NeedCategory.RISK)
    payment = rows[NeedCategory.PAYMENT]
    assert (payment.wanted, payment.offered, payment.agreed) == (
        ("60 days, papers with the goods",),
        ("30 days",),
        ("45 days",),
    )
    assert rows[NeedCategory.DISCOUNT].wanted == ("5 % off from 100 sets",)
    assert rows[NeedCategory.FREIGHT].wanted == ()
    assert rows[NeedCategory.RISK].wanted == ("a second site",)


def test_what_is_negotiated_stands_first_and_deleting_can_be_undone(store, do, acme):
    old = do("add_contract", acme, "Old", signed_on=date(2024, 1, 1), ends_on=date(2025, 1, 1)).contract.id
    new = do("add_contract", acme, "New", signed_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)).contract.id
    draft = do("add_contract", acme, "Draft").contract.id
    do("add_term", new, NeedCategory.DISCOUNT, agreed="5 %")
    with store.reading() as connection:
        assert [row.id for row in list_contracts(connection, TODAY, acme)] == [draft, new, old]
    do("delete_contract", new)
    history.undo(store)
    with store.reading() as connection:
        assert [term.agreed for term in get_contract(connection, new, TODAY).terms] == ["5 %"]
