"""From the text of a cell to the value of a field. Each reader takes the text, not blank, and raises `BadInput`."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum

from kamtui.domain.days import FIRST_DAY, LAST_DAY
from kamtui.domain.errors import BadInput
from kamtui.domain.money import Money, decimal_of, exponent_of, parse_money
from kamtui.domain.text import one_line
from kamtui.language import gettext as _


class DateOrder(Enum):
    """Whether the day or the month comes first in `03/04/2026`."""

    DMY = "dmy"
    MDY = "mdy"


_TIME = r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))" + _TIME)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp][Mm])?")
_SPLIT = re.compile(r"[;；|、\n]")


def read_date(text: str, order: DateOrder | None, *, field: str) -> date:
    """A day as files write it: `2026-12-01` (also / . 年月日 or nothing between, a time may follow), `1.12.2026` by
    `order`; without an order only where it can be read in one way."""
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            return _possible(date.fromisoformat(text), text, field)
        except ValueError:
            raise _no_day(text, field) from None
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return _possible(date(*(int(part) for part in found.groups() if part)), text, field)
        if found := _YEAR_LAST.fullmatch(text):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            if order is None and first <= 12 and second <= 12 and first != second:
                raise BadInput(
                    _(
                        "{field}: “{text}” may be two days, and no other row tells which. Say --dates dmy or "
                        "--dates mdy."
                    ).format(field=field, text=one_line(text)),
                    field=field,
                )
            day_first = first > 12 if order is None or max(first, second) > 12 else order is DateOrder.DMY
            return _possible(date(year, *((second, first) if day_first else (first, second))), text, field)
    except ValueError:
        pass
    raise _no_day(text, field)


def date_order(cells: Iterable[str]) -> DateOrder | None:
    """Which order the dates of a column have: the first with a number over 12 tells, and one that contradicts it makes
    it unknown. A column that begins with the year in front needs none."""
    found: DateOrder | None = None
    for cell in cells:
        parts = _YEAR_LAST.fullmatch(cell)
        if parts is None:
            if found is None and _YEAR_FIRST.fullmatch(cell):
                return None
            continue
        first, second = int(parts[1]), int(parts[2])
        if max(first, second) <= 12:
            continue
        said = DateOrder.DMY if first > 12 else DateOrder.MDY
        if found not in {None, said}:
            return None
        found = said
    return found


_COMPUTED = re.compile(r"-?\d+\.\d+")


def is_computed(cell: str) -> bool:
    """Whether a cell shows that the points of its column are decimal marks: `168.0`, `47.599999999999994`, and not
    `35.625`, which may be thousands."""
    return bool(_COMPUTED.fullmatch(cell)) and len(cell) - cell.index(".") != 4


def rounded_money(text: str, currency: str, *, field: str) -> Money:
    """An amount that a program computed, with more decimals than its currency has, to the nearest minor unit."""
    if not _COMPUTED.fullmatch(text) or len(text) > 40:
        raise BadInput(
            _("{field}: “{text}” is not an amount of money.").format(field=field, text=one_line(text)), field=field
        )
    exponent = exponent_of(currency)
    plain = Decimal(text).quantize(Decimal(1).scaleb(-exponent), ROUND_HALF_UP)
    return parse_money(f"{plain:f}", currency, field=field)


def read_time(text: str, *, field: str) -> str:
    """`9:30`, `9:30 pm`, `21:30:00` as `21:30`."""
    found = _CLOCK.fullmatch(text)
    hour = int(found[1]) if found else 99
    if found and found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    if found is None or hour > 23 or int(found[2]) > 59:
        raise BadInput(_("{field}: “{text}” is not a time. Write 14:30.").format(field=field, text=one_line(text)))
    return f"{hour:02d}:{found[2]}"


def read_milli(text: str, *, field: str) -> int:
    """A quantity as thousandths."""
    if text.isascii() and text.isdecimal() and len(text) < 13:
        return int(text) * 1000
    thousandths = decimal_of(text, field=field).scaleb(3)
    if thousandths != thousandths.to_integral_value() or abs(thousandths) > 2**53:
        raise BadInput(
            _("{field}: “{text}” has more than three decimals, or is too large.").format(
                field=field, text=one_line(text)
            )
        )
    return int(thousandths)


def read_whole(lowest: int, highest: int) -> Callable[..., int]:
    """The reader of a whole number within bounds."""

    def read(text: str, *, field: str) -> int:
        try:
            number = decimal_of(text, field=field)
        except BadInput:
            number = Decimal(highest + 1)
        if number != int(number) or not lowest <= number <= highest:
            raise BadInput(
                _("{field}: “{text}” is not a whole number from {lowest} to {highest}.").format(
                    field=field, text=one_line(text), lowest=lowest, highest=highest
                )
            )
        return int(number)

    return read


def read_flag(text: str, *, field: str) -> bool:
    """Yes or no."""
    word = text.casefold()
    if word in {"1", "yes", "y", "true", "t", "x", "是", "有", "✓", "√"}:
        return True
    if word in {"0", "no", "n", "false", "f", "否", "无"}:
        return False
    raise BadInput(_("{field}: “{text}” is neither yes nor no.").format(field=field, text=one_line(text)))


# How Chinese files write the words of the lists.
_WORDS = {
    "建立": "building", "建立关系": "building", "稳定": "stable", "稳定关系": "stable",
    "加强": "strengthening", "加强关系": "strengthening", "显性": "explicit", "显性需求": "explicit",
    "隐性": "implicit", "隐性需求": "implicit", "高管": "executive", "高层": "executive", "中层": "mid", "员工": "staff",
    "支持": "supporter", "中立": "neutral", "反对": "opponent", "经济": "economic", "重要": "important", "集团": "group",
    "战略": "strategic", "技术": "technical", "使用": "user", "教练": "coach", "内线": "coach", "会议": "meeting",
    "电话": "call", "邮件": "email", "消息": "message", "拜访": "visit", "备注": "note", "我方": "ours", "对方": "theirs",
    "非大客户": "non_key", "未完成": "open", "已完成": "done", "完成": "done", "单价": "unit_price", "总价": "total_price",
    "折扣": "discount", "运费": "freight", "到货时间": "arrival_time", "售后": "after_sales", "付款": "payment",
    "培训": "training", "其他": "other", "最终用户": "end_user", "分销商": "distributor", "经销商": "dealer",
    "批发商": "wholesaler", "代理商": "agent",
}  # fmt: skip


def read_word(words: type[StrEnum]) -> Callable[..., StrEnum]:
    """The reader of a word of a list; case, blanks and hyphens do not matter."""
    known = {value.casefold(): value for value in words}

    def read(text: str, *, field: str) -> StrEnum:
        plain = re.sub(r"[\s_-]+", "_", text.strip()).casefold()
        found = known.get(plain) or known.get(_WORDS.get(plain, ""))
        if found is None:
            raise BadInput(
                _("{field}: “{text}” is none of {all}.").format(
                    field=field, text=one_line(text), all=", ".join(known.values())
                )
            )
        return found

    return read


def split_list(text: str, *, commas: bool = False) -> list[str]:
    """The parts of a cell that holds several values: ; | 、 or a new line between them, with `commas` also a comma."""
    parts = re.split(r"[;；|、\n,，]", text) if commas else _SPLIT.split(text)
    return [part.strip() for part in parts if part.strip()]


def _possible(day: date, text: str, field: str) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _no_day(text, field)
    return day


def _no_day(text: str, field: str) -> BadInput:
    return BadInput(
        _("{field}: “{text}” is not a day. Write 2026-12-01.").format(field=field, text=one_line(text)), field=field
    )
