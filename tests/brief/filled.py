"""Briefs in which every leaf has a value of its own, made from the dataclasses themselves: a new field is filled too.

Some facts exclude each other (a promise is late or done), so there are several of them, by `mode`: each chooses other words of the
enums, other truths, and in one of them what may be unknown is.
"""

import dataclasses
import types
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from kamtui.brief.variants import Variant
from kamtui.domain.knowledge import FACTS
from kamtui.domain.money import Money

MODES = range(4)
TODAY = date(2040, 3, 7)
# Texts that name something, and are not free; and where a number is no number of its own.
NAMES = {
    "kind": ("contract", "executive", "qbr"),
    "SaidRow.kind": ("meeting", "review", "return"),
    "unknown": tuple(FACTS),
}


class Filler:
    """Gives out values, none twice."""

    def __init__(self, mode: int) -> None:
        self.mode = mode
        self.count = 0

    def of(self, hint: Any, name: str = "", owner: str = "") -> Any:
        """A value of a type."""
        if get_origin(hint) is Annotated:
            return self.of(get_args(hint)[0], name, owner)
        if get_origin(hint) in {Union, types.UnionType}:
            inner = [part for part in get_args(hint) if part is not type(None)]
            return None if self.mode == 3 else self.of(inner[0], name, owner)
        if get_origin(hint) is tuple:
            return tuple(self.of(get_args(hint)[0], name, owner) for _ in range(2))
        if dataclasses.is_dataclass(hint) and hint is not Money:
            return self.record(hint)
        return self.leaf(hint, name, owner)

    def record(self, kind: type) -> Any:
        """A record with every field filled."""
        hints = get_type_hints(kind, include_extras=True)
        return kind(
            **{field.name: self.of(hints[field.name], field.name, kind.__name__) for field in dataclasses.fields(kind)}
        )

    def leaf(self, kind: Any, name: str, owner: str) -> Any:
        self.count += 1
        if isinstance(kind, type) and issubclass(kind, Enum):
            words = [*kind]
            return words[(self.mode + self.count) % len(words)]
        if kind is bool:
            return bool((self.mode + self.count) % 2)
        if kind is str:
            names = NAMES.get(f"{owner}.{name}") or NAMES.get(name)
            return names[(self.mode + self.count) % len(names)] if names else f"w{self.count:04}x"
        if name == "depth":
            return self.count % 2
        if name == "days_late" and self.mode % 2:
            return 0
        if kind is int:
            return 6001 + self.count
        if kind is float:
            return round(0.1 + self.count / 10_000, 4)
        if kind is Decimal:
            return Decimal(6001 + self.count)
        if kind is Money:
            return Money(100 * (6001 + self.count), "CNY")
        if kind is date:
            return TODAY if name == "as_of" else date(2031, 1, 1) + timedelta(days=self.count)
        raise NotImplementedError(f"a leaf of {kind}: say here what it may hold")


def fill(kind: type, mode: int, variant: Variant) -> Any:
    """A whole brief of a variant."""
    return dataclasses.replace(Filler(mode).record(kind), variant=variant)


def leaves(value: Any, path: str = "", *, key: bool = False) -> Iterator[tuple[str, Any, bool]]:
    """Each leaf with its path (places in lists are all `[]`), and whether it only ties records together."""
    if dataclasses.is_dataclass(value) and not isinstance(value, Money):
        hints = get_type_hints(type(value), include_extras=True)
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}", key="key" in str(hints[field.name]))
    elif isinstance(value, tuple):
        for inner in value:
            yield from leaves(inner, f"{path}[]", key=key)
    elif value is not None:
        yield path, value, key


def paths(kind: type) -> set[str]:
    """The paths of all leaves that a brief of this kind can have."""
    return {path for mode in MODES for path, _value, _key in leaves(Filler(mode).record(kind))}
