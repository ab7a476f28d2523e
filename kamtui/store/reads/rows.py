"""From rows of SQLite to frozen dataclasses, by the names of the columns."""

import dataclasses
import json
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kamtui.domain.money import Money
from kamtui.store.sqlite.driver import Connection

T = TypeVar("T")
Values = Sequence[Any] | Mapping[str, Any]


def fetch(connection: Connection, into: type[T], query: str, values: Values = ()) -> list[T]:
    """The rows of a query as `into`, whose fields are named like the query's columns.

    A field may be a date (ISO text), a bool (0 or 1), an enum, `Money` (the text `minor CUR`, see `money`), a Decimal
    (thousandths) or a tuple (a JSON array).
    """
    cursor = connection.execute(query, values)
    known = converters(cast("Any", into))
    order = [column[0] for column in cursor.description]
    straight = order == list(known)
    plan = [(at, convert) for at, name in enumerate(order) if (convert := known[name]) is not None]
    found = []
    for row in cursor:
        cells = list(row)
        for at, convert in plan:
            if cells[at] is not None:
                cells[at] = convert(cells[at])
        found.append(into(*cells) if straight else into(**dict(zip(order, cells, strict=True))))
    return found


def fetch_one(connection: Connection, into: type[T], query: str, values: Values = ()) -> T | None:
    """The only row of a query, or None."""
    found = fetch(connection, into, query, values)
    return found[0] if found else None


def money(minor: str, currency: str = "currency") -> str:
    """The SQL of a `Money` column from one of minor units and one of currencies."""
    return f"({minor} || ' ' || {currency})"


@cache
def converters(into: type) -> dict[str, Callable[[Any], Any] | None]:
    """For each field of a dataclass, what makes its value from a cell; None where the cell is the value."""
    hints = get_type_hints(into)
    return {field.name: _converter(hints[field.name]) for field in dataclasses.fields(into)}


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) in {Union, types.UnionType}:
        (hint,) = [part for part in get_args(hint) if part is not type(None)]
    if get_origin(hint) is tuple:
        return _tuples_of(_converter(get_args(hint)[0]))
    if hint is date:
        return date.fromisoformat
    if hint is bool:
        return bool
    if hint is Decimal:
        return lambda cell: Decimal(cell) / 1000
    if hint is Money:
        return _money
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        # Calling the enum takes five times as long as looking the word up.
        return {str(word): word for word in hint}.__getitem__
    return None


def _tuples_of(inner: Callable[[Any], Any] | None) -> Callable[[str], tuple[Any, ...]]:
    """Short lists come again and again (no role, one role): each is read once."""

    @lru_cache(maxsize=1024)
    def read(cell: str) -> tuple[Any, ...]:
        return tuple(json.loads(cell) if inner is None else map(inner, json.loads(cell)))

    return read


def _money(cell: str) -> Money:
    minor, currency = cell.split(" ")
    return Money(int(minor), currency)
