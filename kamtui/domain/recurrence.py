"""How often a thing comes back: `2w` from its due date or from its completion."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.days import add_months, han_number
from kamtui.domain.errors import BadInput
from kamtui.domain.text import one_line
from kamtui.language import gettext as _

_WORDS = {
    "daily": "1d", "weekly": "1w", "fortnightly": "2w", "monthly": "1m", "quarterly": "3m", "half-yearly": "6m",
    "half_yearly": "6m", "yearly": "1y", "annually": "1y",
    "每季度": "3m", "每季": "3m", "每半年": "6m",
}  # fmt: skip
_PERIOD = r"(?a)(every\s+)?(\d{1,3})?\s*(d|days?|w|weeks?|m|months?|y|years?)"
_HAN_PERIOD = r"(?a)(每)?(\d{1,3}|[一二两三四五六七八九十]{1,3})?(天|日|个?星期|个?礼拜|周|个?月|年)"
_HAN_UNIT = {"天": "d", "日": "d", "期": "w", "拜": "w", "周": "w", "月": "m", "年": "y"}
_LONGEST = {"d": 1, "w": 7, "m": 31, "y": 366}


@dataclass(frozen=True, slots=True)
class Period:
    """`count` days (`d`), weeks (`w`), months (`m`) or years (`y`); written `2w`."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def after(self, start: date, times: int = 1) -> date:
        """The day `times` periods after `start`; the 31st of a month becomes the last day of a shorter one.

        Raises `BadInput` where the calendar ends before.
        """
        count = self.count * times
        try:
            if self.unit in "dw":
                return start + timedelta(days=count * (7 if self.unit == "w" else 1))
            return add_months(start, count * (12 if self.unit == "y" else 1))
        except (ValueError, OverflowError):
            raise BadInput(
                _("{period} after {day} is past the end of the calendar. Nothing was changed.").format(
                    period=self, day=start
                )
            ) from None

    def days(self) -> int:
        """The length in days, about; months count 30."""
        return self.count * {"d": 1, "w": 7, "m": 30, "y": 365}[self.unit]


def parse_period(text: str, *, field: str = "repeat") -> Period:
    """Reads `2w`, `every 3 months`, `every week`, `quarterly`, 每月, 每两周. Raises `BadInput` for anything else."""
    plain = " ".join(text.lower().split())
    if found := re.fullmatch(_PERIOD, _WORDS.get(plain, plain)):
        every, number, unit = found[1], found[2], found[3][0]
    elif found := re.fullmatch(_HAN_PERIOD, plain):
        every, number, unit = found[1], found[2], _HAN_UNIT[found[3][-1]]
    else:
        raise _no_period(text, field)
    try:
        count = han_number(number) if number else int(bool(every))
    except ValueError:
        raise _no_period(text, field) from None
    if not count:
        raise _no_period(text, field)
    return Period(count, unit)


def _no_period(text: str, field: str) -> BadInput:
    return BadInput(
        _("{field}: “{text}” is not a period. Write 3d, 2w, 1m, 1y, weekly, monthly or quarterly.").format(
            field=field, text=one_line(text)
        ),
        field=field,
    )


def series_after(start: date, period: Period, after: date, *, since: date | None = None) -> tuple[date, list[date]]:
    """The first day of the series from `start` that lies after `after`, and the days of it that were passed over:
    those after `since` (`start`, if not given) up to `after`.

    The series counts from `start` and never from the day before it, so that a monthly series of the 31st comes back
    to the 31st after February.
    """
    since = start if since is None else since
    passed: list[date] = []
    # No series can be this far on and past `since`: a long series is not walked from its beginning.
    times = max(0, (min(since, after) - start).days // (_LONGEST[period.unit] * period.count) - 1)
    day = period.after(start, times)
    while day <= after:
        if day > since:
            passed.append(day)
        times += 1
        day = period.after(start, times)
    return day, passed
