"""What a search says besides words: `stance:opponent role:economic tier:T1 need:implicit due:<7d`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kamtui.domain.days import parse_day
from kamtui.domain.enums import BuyingRole, Influence, NeedKind, NeedState, Stage, Stance, Tier
from kamtui.domain.errors import BadInput
from kamtui.domain.recurrence import parse_period
from kamtui.domain.text import one_line
from kamtui.language import gettext as _

WORDS: dict[str, tuple[StrEnum, ...]] = {
    "stance": tuple(Stance),
    "role": tuple(BuyingRole),
    "influence": tuple(Influence),
    "tier": tuple(Tier),
    "stage": tuple(Stage),
    "need": (*NeedKind, *NeedState),
}
DUE = "due"
UNSORTED = "none"  # of a tier
_ALIASES = {
    "立场": "stance", "角色": "role", "影响力": "influence", "级别": "tier", "等级": "tier", "阶段": "stage", "需求": "need",
    "到期": "due",
}  # fmt: skip
_SAID = r"([^\W\d_]+)[:：](\S+)"
_COMPARED = r"([<>]=?|=)?(.+)"


@dataclass(frozen=True, slots=True)
class Due:
    """Days on which something falls due: after `after` and until `until`, both included; None is open."""

    after: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Filters:
    """The words to look for, and what each record must be: values by key, any of which will do."""

    words: str
    values: dict[str, tuple[str, ...]]
    due: Due | None

    def __bool__(self) -> bool:
        return bool(self.values) or self.due is not None


def parse_filters(text: str, today: date) -> Filters:
    """Parts a search into words and filters. `key:value` with a key that is none stays text. Several values stand with
    commas, `due:` takes a day, a period (`<7d` within seven days, `>2w` later) or `overdue`. Raises `BadInput` for a value
    that the key does not know."""
    words: list[str] = []
    values: dict[str, tuple[str, ...]] = {}
    due: Due | None = None
    for token in text.split():
        found = re.fullmatch(_SAID, token)
        key = _ALIASES.get(found[1], found[1].lower()) if found else ""
        if found and key == DUE:
            due = _due(found[2], today)
        elif found and key in WORDS:
            values[key] = tuple(_value(key, part) for part in re.split("[,，]", found[2]) if part)
        else:
            words.append(token)
    return Filters(" ".join(words), values, due)


def _value(key: str, text: str) -> str:
    known = [*map(str, WORDS[key]), *([UNSORTED] if key == "tier" else [])]
    plain = text.lower().replace("-", "_")
    exact = [word for word in known if word.lower() == plain]
    found = exact or [word for word in known if word.lower().startswith(plain)]
    if len(found) != 1:
        raise _unknown(key, text, known)
    return found[0]


def _due(text: str, today: date) -> Due:
    plain = text.translate({0xFF1C: "<", 0xFF1E: ">"}).lower()
    if plain in {"overdue", "late", "逾期"}:
        return Due(None, date.fromordinal(today.toordinal() - 1))
    found = re.fullmatch(_COMPARED, plain)
    assert found is not None
    sign, what = found[1] or "=", found[2]
    try:
        day = parse_period(what).after(today)
    except BadInput:
        try:
            day = parse_day(what, today)
        except BadInput:
            raise _unknown(DUE, text, ["<7d", ">2w", "fri", "2026-12-01", "overdue"]) from None
    if sign.startswith("<"):
        return Due(None, day)
    return Due(day, None) if sign.startswith(">") else Due(day, day)


def _unknown(key: str, text: str, known: Iterable[str]) -> BadInput:
    return BadInput(
        _("{key}: “{text}” is none of {known}.").format(key=key, text=one_line(text, 40), known=", ".join(known)),
        field=key,
    )
