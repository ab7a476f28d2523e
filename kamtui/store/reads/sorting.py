"""Unsorted accounts, best customers first."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.days import add_months
from kamtui.domain.money import Money
from kamtui.store.reads.rows import fetch, money
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class SortRow:
    """An account to be sorted, and what there is to judge it by.

    `months` is how many calendar months its orders span; revenue is None where there is none, or in more than one
    currency. `rank` counts from 1.
    """

    id: int
    account: str
    contact: str | None
    title: str | None
    orders: int
    months: int
    last_order: date | None
    revenue_12m: Money | None
    revenue: Money | None
    rank: int


# What we buy from them is no revenue.
_UNSORTED = f"""
    WITH bought AS (
        SELECT account_id, count(*) AS orders, min(on_date) AS first_order, max(on_date) AS last_order,
               count(CASE WHEN on_date > :since THEN 1 END) AS orders_12m,
               sum(CASE WHEN on_date > :since THEN revenue_minor END) AS minor_12m, sum(revenue_minor) AS minor,
               CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency
        FROM "transaction" WHERE kind <> 'reciprocal_purchase' AND on_date <= :today GROUP BY account_id
    ),
    unsorted AS (
        SELECT a.id, a.name, bought.* FROM account AS a LEFT JOIN bought ON bought.account_id = a.id
        WHERE a.tier IS NULL AND a.archived_at IS NULL
    ),
    -- Amounts of different currencies cannot be compared: then the number of orders decides.
    mixed AS (
        SELECT count(DISTINCT currency) > 1 OR count(orders) > count(currency) AS yes FROM unsorted
    )
    SELECT u.id, u.name AS account, p.name AS contact, p.title,
           coalesce(u.orders, 0) AS orders,
           coalesce((strftime('%Y', u.last_order) - strftime('%Y', u.first_order)) * 12
                    + strftime('%m', u.last_order) - strftime('%m', u.first_order) + 1, 0) AS months,
           u.last_order, {money("u.minor_12m", "u.currency")} AS revenue_12m, {money("u.minor", "u.currency")} AS revenue,
           row_number() OVER (ORDER BY
               CASE WHEN mixed.yes THEN u.orders_12m ELSE u.minor_12m END DESC NULLS LAST,
               CASE WHEN mixed.yes THEN u.orders ELSE u.minor END DESC NULLS LAST,
               u.orders DESC NULLS LAST, u.name, u.id) AS rank
    FROM unsorted AS u JOIN mixed
    LEFT JOIN person AS p ON p.id = (
        SELECT min(id) FROM person
        WHERE account_id = u.id AND placeholder = 0 AND archived_at IS NULL
          AND (left_on IS NULL OR left_on > :today)
    )
    ORDER BY rank
"""


def list_unsorted(connection: Connection, today: date) -> list[SortRow]:
    """The accounts without a tier: by revenue of the last 12 months, by all revenue, by number of orders, by name.

    Where amounts are in more than one currency, by number of orders alone.
    """
    since = add_months(today, -12)
    return fetch(connection, SortRow, _UNSORTED, {"today": today.isoformat(), "since": since.isoformat()})
