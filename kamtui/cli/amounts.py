"""Amounts and numbers that a person typed, on the command line."""

from decimal import Decimal

from kamtui.domain.money import Money, decimal_of, parse_money
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.driver import Connection


def amount(connection: Connection, text: str, field: str) -> Money:
    """The amount of money that a text says, in the database's currency where it names none. Raises `BadInput`."""
    return parse_money(text, str(get_setting(connection, "currency")), field=field)


def number(text: str, field: str) -> Decimal:
    """The number that a text says. Raises `BadInput`."""
    return decimal_of(text, field=field)
