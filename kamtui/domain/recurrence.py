"""How often a thing comes back: `2w` from its due date or from its completion."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_months
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _

_WORDS = {
    "daily": "1d", "weekly": "1w", "fortnightly": "2w", "monthly": "1m", "quarterly": "3m", "half-yearly": "6m",
    "half_yearly": "6m", "yearly": "1y", "annually": "1y",
    "每天": "1d", "每周": "1w", "每两周": "2w", "每月": "1m", "每季度": "3m", "每半年": "6m", "每年": "1y",
}  # fmt: skip
_PERIOD = re.compile(r"(?:every\s+)?(\d{1,3})\s*(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """`count` days (`d`), weeks (`w`), months (`m`) or years (`y`); written `2w`."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def after(self, start: date, times: int = 1) -> date:
        """The day `times` periods after `start`; the 31st of a month becomes the last day of a shorter one."""
        count = self.count * times
        if self.unit in "dw":
            return start + timedelta(days=count * (7 if self.unit == "w" else 1))
        return add_months(start, count * (12 if self.unit == "y" else 1))

    def days(self) -> int:
        """The length in days, about; months count 30."""
        return self.count * {"d": 1, "w": 7, "m": 30, "y": 365}[self.unit]


def parse_period(text: str, *, field: str = "repeat") -> Period:
    """Reads `2w`, `every 3 months`, `quarterly`, 每月. Raises `BadInput` for anything else."""
    plain = " ".join(text.strip().lower().split())
    found = _PERIOD.fullmatch(_WORDS.get(plain, plain))
    if not found or int(found[1]) == 0:
        raise BadInput(
            _("{field}: “{text}” is not a period. Write 3d, 2w, 1m, 1y, weekly, monthly or quarterly.").format(
                field=field, text=text
            ),
            field=field,
        )
    return Period(int(found[1]), found[2])


def series_after(start: date, period: Period, after: date) -> tuple[date, list[date]]:
    """The first day of the series from `start` that lies after `after`, and the days of it that were passed over.

    The series counts from `start` and never from the day before it, so that a monthly series of the 31st comes back
    to the 31st after February.
    """
    passed: list[date] = []
    times = max(0, (after - start).days // (period.days() + 2 * period.count) - 1)
    day = period.after(start, times)
    while day <= after:
        if day > start:
            passed.append(day)
        times += 1
        day = period.after(start, times)
    return day, passed
