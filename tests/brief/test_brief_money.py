"""The commercial figures: 12 months against the 12 before; what is not known is never zero."""

from datetime import date

import pytest

from kamtui.domain.enums import TransactionKind
from kamtui.domain.money import Money
from kamtui.store.reads.brief_money import get_commercial, list_figures
from kamtui.store.tables import Account, Concession, Cost, Transaction

TODAY = date(2026, 11, 23)


@pytest.fixture
def account(store):
    with store.writing("account") as work:
        return work.add(Account, name="Acme").id


@pytest.fixture
def order(store, account):
    def add(on, revenue, profit=None, currency="CNY", of=None):
        with store.writing("order") as work:
            work.add(
                Transaction,
                account_id=of or account,
                on_date=on,
                revenue_minor=revenue,
                gross_profit_minor=profit,
                currency=currency,
            )

    return add


@pytest.fixture
def figures(store, account):
    def read():
        with store.reading() as connection:
            return get_commercial(connection, account, TODAY)

    return read


def cny(minor):
    return Money(minor, "CNY")


def test_without_orders_nothing_is_known(figures):
    money = figures()
    assert (money.now.revenue, money.now.gross_profit, money.now.contribution, money.share) == (None, None, None, None)


def test_twelve_months_stand_against_the_twelve_before(order, figures):
    order(date(2025, 11, 23), 1, 1)
    order(date(2025, 11, 24), 10, 5)
    order(TODAY, 20, 6)
    order(date(2026, 11, 24), 500, 500)
    money = figures()
    assert (money.now.revenue, money.now.gross_profit, money.before.revenue) == (cny(30), cny(11), cny(1))


def test_no_orders_after_some_are_zero_and_before_the_first_unknown(order, figures):
    order(date(2025, 1, 1), 100, 10)
    money = figures()
    assert (money.now.revenue, money.before.revenue) == (cny(0), cny(100))
    order(date(2026, 1, 1), 100, 10)
    assert figures().now.revenue == cny(100)


def test_the_year_before_the_first_order_is_unknown(order, figures):
    order(date(2026, 1, 1), 100, 10)
    assert figures().before.revenue is None


def test_one_order_without_gross_profit_makes_it_unknown(order, figures):
    order(TODAY, 100, 40)
    order(TODAY, 100)
    money = figures()
    assert (money.now.revenue, money.now.gross_profit, money.now.contribution) == (cny(200), None, None)


def test_mixed_currencies_are_unknown(order, figures):
    order(TODAY, 100, 40)
    order(TODAY, 100, 40, currency="EUR")
    money = figures()
    assert (money.now.revenue, money.now.contribution, money.share) == (None, None, None)


def test_contribution_is_gross_profit_less_concessions_and_costs(store, account, order, figures):
    order(TODAY, 1000, 400)
    with store.writing("ledger") as work:
        work.add(Concession, account_id=account, what="Rebate", given_on=TODAY, value_minor=100, currency="CNY")
        work.add(Cost, account_id=account, on_date=TODAY, amount_minor=50, currency="CNY")
    assert figures().now.contribution == cny(250)
    with store.writing("ledger") as work:
        work.add(Concession, account_id=account, what="Something", given_on=TODAY)
    assert figures().now.contribution is None


def test_a_cost_in_another_currency_makes_the_contribution_unknown(store, account, order, figures):
    order(TODAY, 1000, 400)
    with store.writing("ledger") as work:
        work.add(Cost, account_id=account, on_date=TODAY, amount_minor=50, currency="EUR")
    assert figures().now.contribution is None


def test_the_share_is_that_of_all_revenue_of_twelve_months(store, order, figures):
    with store.writing("other") as work:
        other = work.add(Account, name="Other").id
    order(TODAY, 250)
    order(TODAY, 750, of=other)
    order(date(2020, 1, 1), 10_000, of=other)
    assert figures().share == 0.25
    order(TODAY, 1, currency="EUR", of=other)
    assert figures().share is None


@pytest.fixture
def given_usd(store, account):
    """A concession of 100 USD and a cost of 50 USD, today."""
    with store.writing("ledger") as work:
        work.add(Concession, account_id=account, what="Rebate", given_on=TODAY, value_minor=10_000, currency="USD")
        work.add(Cost, account_id=account, on_date=TODAY, amount_minor=5_000, currency="USD")


@pytest.mark.usefixtures("given_usd")
def test_one_currency_is_never_taken_from_another(order, figures):
    order(date(2025, 1, 1), 90_000, 40_000, currency="USD")
    order(TODAY, 100_000, 50_000, currency="EUR")
    now = figures().now
    assert (now.gross_profit, now.contribution) == (Money(50_000, "EUR"), None)
    assert (now.concessions, now.costs) == (Money(10_000, "USD"), Money(5_000, "USD"))


@pytest.mark.usefixtures("given_usd")
def test_each_period_has_the_currency_of_its_own_orders(order, figures):
    order(date(2025, 1, 1), 90_000, 40_000, currency="EUR")
    order(TODAY, 100_000, 50_000, currency="USD")
    money = figures()
    assert money.now.contribution == Money(35_000, "USD")
    assert money.before.contribution == Money(40_000, "EUR")


def test_nothing_given_is_zero_of_the_currency_of_the_period(order, figures):
    order(date(2025, 1, 1), 90_000, 40_000, currency="EUR")
    order(TODAY, 100_000, 50_000, currency="USD")
    assert figures().now.contribution == Money(50_000, "USD")


def test_without_orders_in_a_period_zero_is_in_the_currency_of_the_last_ones(order, figures):
    order(date(2025, 1, 1), 90_000, 40_000, currency="EUR")
    order(date(2020, 1, 1), 90_000, 40_000, currency="USD")
    assert figures().now.revenue == Money(0, "EUR")


def test_what_we_buy_from_them_in_return_is_no_revenue(store, account, order, figures):
    with store.writing("bought") as work:
        for on in (TODAY, date(2025, 1, 1)):
            work.add(
                Transaction,
                account_id=account,
                on_date=on,
                kind=TransactionKind.RECIPROCAL_PURCHASE,
                revenue_minor=700,
                gross_profit_minor=300,
                currency="USD",
            )
    assert (figures().now.orders, figures().now.revenue, figures().before.revenue) == (0, None, None)
    order(TODAY, 100, 40)
    money = figures()
    assert (money.now.orders, money.now.revenue, money.now.gross_profit, money.share) == (1, cny(100), cny(40), 1.0)


def test_the_figures_of_all_accounts_are_those_of_each(store, account, order, figures):
    with store.writing("more accounts") as work:
        mixed, early, silent = (work.add(Account, name=name).id for name in ("Mixed", "Early", "Silent"))
        work.add(Cost, account_id=account, on_date=TODAY, kind="visit", amount_minor=3, currency="CNY")
        work.add(Concession, account_id=account, what="freight", given_on=TODAY, value_minor=2, currency="CNY")
        work.add(Concession, account_id=mixed, what="a stay", given_on=TODAY)
    order(TODAY, 100, 40)
    order(date(2025, 11, 23), 7, 7)
    order(TODAY, 10, 5, of=mixed)
    order(TODAY, 10, currency="EUR", of=mixed)
    order(date(2024, 1, 1), 10, of=early)
    with store.reading() as connection:
        every = list_figures(connection, TODAY)
        for account_id in (account, mixed, early):
            assert every[account_id] == get_commercial(connection, account_id, TODAY).now
    assert every[account].contribution == cny(35)
    assert every[early].revenue == cny(0)
    assert silent not in every
