"""Days: local dates, working days, and the words in which people write them (`fri`, `+2w`, `下周三`)."""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from kamtui.domain.errors import BadInput
from kamtui.domain.text import one_line
from kamtui.language import gettext as _

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday 一", "tue tues tuesday 二", "wed wednesday 三", "thu thurs thursday 四",
            "fri friday 五", "sat saturday 六", "sun sunday 日 天",
        )
    )
    for name in names.split()
}  # fmt: skip
_RELATIVE = {
    "today": 0, "now": 0, "今天": 0, "今日": 0,
    "tomorrow": 1, "tom": 1, "明天": 1, "明日": 1,
    "yesterday": -1, "昨天": -1, "昨日": -1,
    "后天": 2, "前天": -2, "大后天": 3,
}  # fmt: skip
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
# A Chinese input method leaves digits, signs and letters in full width; every other digit is none.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_UNIT = r"(d|days?|w|weeks?|m|months?|y|years?)"
_STEP = rf"(?a)([+-])\s*(\d+)\s*{_UNIT}"
_AGO = rf"(?a)(\d+)\s*{_UNIT}\s+ago"
_HAN_NUMBER = r"(?:\d+|[零一二两三四五六七八九十]{1,3})"
_HAN_STEP = rf"(?a)({_HAN_NUMBER})\s*(天|日|个?星期|个?礼拜|周|个?月|年)(以?后|之后|以?前|之前)"
_HAN_WEEKDAY = r"(下下|下|上|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])"
_FULL = r"(?a)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_COMPACT = r"(?a)(\d{4})(\d{2})(\d{2})"
_SHORT = r"(?a)(\d{1,2})(?:-|月)(\d{1,2})[日号]?"
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FIRST = rf"(?a)([a-z]{{3,9}})\.? {_NTH}(?:,? (\d{{4}}))?"
_DAY_FIRST = rf"(?a){_NTH} (?:of )?([a-z]{{3,9}})\.?(?:,? (\d{{4}}))?"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)
HALF_A_YEAR = 183


def parse_day(text: str, today: date, *, field: str = "date", past: bool = False) -> date:
    """The day that `text` means on the day `today`.

    Takes ISO dates (`2026-12-01`, also with / or . or 年月日), `12-01`, `12月1日`, `1 Dec` and `December 1` (this year's, or
    next year's once it lies more than half a year back; with `past` the latest one that is not after today), `today`,
    `tomorrow`, weekdays (`fri`: the next one, today not counted; `next fri`: that of next week), steps (`+2w`, `-3d`,
    `2 weeks ago`), and in Chinese 今天, 明天, 周五, 下周三, 三天后, 月底. Raises `BadInput` for anything else and for days that do not exist.
    """
    plain = " ".join(text.translate(_NARROW).lower().split())
    try:
        found = _parse(plain, today, past=past)
    except (ValueError, OverflowError):
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise BadInput(
            _("{field}: “{text}” is not a day. Write 2026-12-01, 12-01, fri, +2w or 下周三.").format(
                field=field, text=one_line(text)
            ),
            field=field,
        )
    return found


def _parse(plain: str, today: date, *, past: bool) -> date | None:
    if found := re.fullmatch(_FULL, plain) or re.fullmatch(_COMPACT, plain):
        return date(*map(int, found.groups()))
    if found := re.fullmatch(_SHORT, plain):
        return (_latest_year if past else _nearest_year)(int(found[1]), int(found[2]), today)
    if (found := re.fullmatch(_MONTH_FIRST, plain)) and found[1] in MONTHS:
        return _of_month(MONTHS[found[1]], int(found[2]), found[3], today, past=past)
    if (found := re.fullmatch(_DAY_FIRST, plain)) and found[2] in MONTHS:
        return _of_month(MONTHS[found[2]], int(found[1]), found[3], today, past=past)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if plain in {"eom", "end of month", "月底", "本月底"}:
        return today.replace(day=monthrange(today.year, today.month)[1])
    if plain in {"eoy", "end of year", "年底", "今年底"}:
        return date(today.year, 12, 31)
    if plain in {"下个月", "下月", "next month"}:
        return add_months(today, 1)
    if plain in {"next week", "下周"}:
        return today + timedelta(days=7 - today.weekday())
    if found := re.fullmatch(_STEP, plain):
        return _step(today, int(found[1] + found[2]), found[3][0])
    if found := re.fullmatch(_AGO, plain):
        return _step(today, -int(found[1]), found[2][0])
    if found := re.fullmatch(_HAN_STEP, plain):
        count = han_number(found[1]) * (-1 if "前" in found[3] else 1)
        unit = {"天": "d", "日": "d", "期": "w", "拜": "w", "周": "w", "月": "m", "年": "y"}[found[2][-1]]
        return _step(today, count, unit)
    return _parse_weekday(plain, today)


def _parse_weekday(plain: str, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    if found := re.fullmatch(_HAN_WEEKDAY, plain):
        weekday = _WEEKDAYS[found[2]]
        if found[1] is None:
            return _next_weekday(weekday, today)
        weeks = {"上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}[found[1]]
        return monday + timedelta(days=weekday, weeks=weeks)
    which, _space, name = plain.rpartition(" ")
    if name not in _WEEKDAYS or not name.isascii():
        return None
    if not which:
        return _next_weekday(_WEEKDAYS[name], today)
    weeks_by_word = {"next": 1, "last": -1, "this": 0}
    if which not in weeks_by_word:
        return None
    return monday + timedelta(days=_WEEKDAYS[name], weeks=weeks_by_word[which])


def _next_weekday(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _of_month(month: int, day: int, year: str | None, today: date, *, past: bool) -> date:
    if year:
        return date(int(year), month, day)
    return (_latest_year if past else _nearest_year)(month, day, today)


def _nearest_year(month: int, day: int, today: date) -> date:
    # 29 February may be eight years away: there is none in 2100.
    for year in range(today.year, today.year + 9):
        if day <= monthrange(year, month)[1] and (today - date(year, month, day)).days <= HALF_A_YEAR:
            return date(year, month, day)
    raise ValueError


def _latest_year(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= today:
            return date(year, month, day)
    raise ValueError


def _step(start: date, count: int, unit: str) -> date:
    if unit in "dw":
        return start + timedelta(days=count * (7 if unit == "w" else 1))
    return add_months(start, count * (12 if unit == "y" else 1))


def han_number(text: str) -> int:
    """Reads `12` or 十二, up to 九十九; raises `ValueError` for anything else."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not (ten or ones) or not {*tens, *ones} <= _DIGITS.keys() - {"十"}:
        raise ValueError(text)
    return (_DIGITS[tens] if tens else bool(ten)) * 10 + (_DIGITS[ones] if ones else 0)


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the month's last day where there is no such day (29 Feb, 31st)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_month_end(day: date) -> date:
    """The last day of the month before that of a day."""
    return day.replace(day=1) - timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, less the holidays."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(start: date, count: int, holidays: Collection[date] = ()) -> date:
    """The `count`th working day after `start`."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            count -= 1
    return day


def age_label(days: int) -> str:
    """An age as the screens show it: `12d`, up to `99d`, then `15w`, then `2y`."""
    if days <= 99:
        return f"{days}d"
    return f"{days // 7}w" if days < 730 else f"{days // 365}y"
