"""Transactions and costs, and a year of them against the year before."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import CostKind, TransactionKind
from kamtui.domain.errors import BadInput, NotFound
from kamtui.domain.money import Money
from kamtui.services import ledger
from kamtui.services.accounts import add_account, archive_account
from kamtui.store import history
from kamtui.store.reads.ledger import get_transaction, list_costs, list_transactions

TODAY = date(2026, 11, 23)


def yuan(major: int) -> Money:
    return Money(major * 100, "CNY")


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return SimpleNamespace(id=add_account(work, "Acme").id, other=add_account(work, "华东银行").id)


@pytest.fixture
def do(store, acme):
    """Runs a verb in a unit of work of its own."""

    def run(verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(ledger, verb)(work, *arguments, **fields)

    return run


def test_a_transaction_is_main_today_and_of_unknown_gross_profit(do, acme):
    row = do("add_transaction", acme.id, yuan(12_000), quantity=Decimal("1.5"), product_line="Printers")
    assert (row.on, row.kind, row.gross_profit, row.quantity) == (TODAY, TransactionKind.MAIN, None, Decimal("1.5"))
    assert (row.revenue, row.product_line, row.account) == (yuan(12_000), "Printers", "Acme")


def test_revenue_and_gross_profit_share_one_currency(do, acme):
    with pytest.raises(BadInput, match="not in CNY"):
        do("add_transaction", acme.id, yuan(10), gross_profit=Money(100, "EUR"))
    row = do("add_transaction", acme.id, yuan(10), gross_profit=yuan(3))
    with pytest.raises(BadInput, match="give it in EUR too"):
        do("edit_transaction", row.id, revenue=Money(1000, "EUR"))
    with pytest.raises(BadInput, match="not in CNY"):
        do("edit_transaction", row.id, gross_profit=Money(1, "EUR"))
    moved = do("edit_transaction", row.id, revenue=Money(1000, "EUR"), gross_profit=Money(200, "EUR"))
    assert (moved.revenue, moved.gross_profit) == (Money(1000, "EUR"), Money(200, "EUR"))


def test_an_edit_sets_what_it_names_and_empties_with_none(do, acme):
    row = do("add_transaction", acme.id, yuan(10), gross_profit=yuan(3), product_line="Ink", note="x")
    edited = do(
        "edit_transaction",
        row.id,
        on=TODAY - timedelta(days=1),
        kind=TransactionKind.SERVICE,
        gross_profit=None,
        product_line=None,
    )
    assert (edited.on, edited.kind, edited.gross_profit, edited.product_line, edited.note) == (
        TODAY - timedelta(days=1), TransactionKind.SERVICE, None, None, "x",
    )  # fmt: skip
    for fields in ({"revenue": None}, {"currency": "EUR"}, {"revenue_minor": 5}):
        with pytest.raises(BadInput):
            do("edit_transaction", row.id, **fields)
    with pytest.raises(NotFound):
        do("edit_transaction", 99, note="y")


def test_a_cost_is_noted_changed_and_deleted(do, acme, store):
    row = do("add_cost", acme.id, yuan(500), kind=CostKind.DEVELOPMENT)
    assert (row.amount, row.kind, row.on) == (yuan(500), CostKind.DEVELOPMENT, TODAY)
    assert do("edit_cost", row.id, amount=Money(900, "EUR"), on=date(2026, 1, 2)).amount == Money(900, "EUR")
    with pytest.raises(BadInput, match="blank"):
        do("edit_cost", row.id, amount=None)
    do("delete_cost", row.id)
    with store.reading() as connection:
        assert list_costs(connection) == []
    history.undo(store)
    with store.reading() as connection:
        assert [(cost.amount, cost.on) for cost in list_costs(connection)] == [(Money(900, "EUR"), date(2026, 1, 2))]


def test_a_deleted_transaction_comes_back_by_undo(do, acme, store):
    row = do("add_transaction", acme.id, yuan(10))
    assert do("delete_transaction", row.id).revenue == yuan(10)
    with store.reading() as connection, pytest.raises(NotFound):
        get_transaction(connection, row.id)
    history.undo(store)
    with store.reading() as connection:
        assert get_transaction(connection, row.id) == row


def test_the_list_is_newest_first_within_days_and_limit(do, acme, store):
    days = [date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1)]
    for day in days:
        do("add_transaction", acme.id, yuan(day.month), on=day)
        do("add_cost", acme.id, yuan(day.month), on=day)
    do("add_transaction", acme.other, yuan(99), on=date(2026, 2, 15))
    with store.reading() as connection:
        for read in (list_transactions, list_costs):
            assert [row.on.month for row in read(connection, acme.id)] == [3, 2, 1]
            within = read(connection, acme.id, since=date(2026, 1, 1), until=date(2026, 2, 1), limit=1)
            assert [row.on for row in within] == [date(2026, 2, 1)]
        assert len(list_transactions(connection)) == 4
    with store.writing() as work:
        archive_account(work, acme.other, "gone")
    with store.reading() as connection:
        assert len(list_transactions(connection)) == 3
