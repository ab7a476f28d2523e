"""The settings that change results: they live in the database, are logged, and can be undone.

Each has a key, a default, and a reader that turns what a person types into the value that is kept (as JSON).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kamtui.domain.days import parse_day
from kamtui.domain.enums import Tier
from kamtui.domain.errors import BadInput, NotFound
from kamtui.domain.money import currency_code
from kamtui.domain.signals.registry import PREFIX, SIGNALS, Thresholds
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark

MOST_THRESHOLD = 3650


@dataclass(frozen=True, slots=True)
class SettingKind:
    """A setting: its default as JSON has it, what it is, and how a text becomes its value."""

    key: str
    default: Any
    help: str
    read: Callable[[str], Any]


def _days(text: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) <= 3650:
        raise BadInput(_("“{text}” is not a number of days from 1 to 3650.").format(text=text))
    return int(text)


def _whole(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > MOST_THRESHOLD:
        raise BadInput(
            _("“{text}” is not a whole number from 0 to {most}.").format(text=one_line(text, 40), most=MOST_THRESHOLD)
        )
    return int(text)


def _holidays(text: str) -> list[str]:
    parts = text.replace(",", " ").replace("，", " ").split()
    if undated := [part for part in parts if not part[:4].isdecimal()]:
        raise BadInput(_("“{text}”: a holiday is a day with its year, such as 2026-10-01.").format(text=undated[0]))
    return sorted({parse_day(part, date(2000, 1, 1)).isoformat() for part in parts})


SETTINGS: dict[str, SettingKind] = {
    kind.key: kind
    for kind in (
        SettingKind("currency", "CNY", mark("The currency of amounts that name none."), currency_code),
        SettingKind(
            "holidays", [], mark("Days that are not worked, besides weekends: 2026-10-01 2026-10-02 …"), _holidays
        ),
        SettingKind("cadence.T1", 14, mark("Days between touches of a T1 account."), _days),
        SettingKind("cadence.T2", 30, mark("Days between touches of a T2 account."), _days),
        SettingKind("cadence.T3", 60, mark("Days between touches of a T3 account."), _days),
        SettingKind("cadence.non_key", 90, mark("Days between touches of a non-key account."), _days),
        SettingKind("cadence.person.buyer", 60, mark("Days between touches of an economic buyer or a sponsor."), _days),
        SettingKind("cadence.person.coach", 30, mark("Days between touches of a coach or a mentor."), _days),
        SettingKind("cadence.person.other", 90, mark("Days between touches of other people with a role."), _days),
        *(
            SettingKind(f"{PREFIX}{signal.code}.{limit.key}", limit.default, limit.help, _whole)
            for signal in SIGNALS
            for limit in signal.limits
        ),
    )
}


def thresholds_of(stored: Mapping[str, Any]) -> Thresholds:
    """What the signals measure by: the settings that somebody set, and the defaults of the rest."""
    said = {key: stored.get(key, kind.default) for key, kind in SETTINGS.items()}
    numbers = {key.removeprefix(PREFIX): value for key, value in said.items() if isinstance(value, int)}
    return Thresholds(numbers, frozenset(map(date.fromisoformat, said["holidays"])))


def setting_kind(key: str) -> SettingKind:
    """The setting of that key; raises `NotFound`, naming those there are."""
    if key not in SETTINGS:
        raise NotFound(_("There is no setting {key}. There are: {all}.").format(key=key, all=", ".join(SETTINGS)))
    return SETTINGS[key]


def cadence_key(tier: Tier | None) -> str:
    """The setting that holds the touch cadence of an account of this tier; an unsorted one counts as non-key."""
    return f"cadence.{tier or Tier.NON_KEY}"
