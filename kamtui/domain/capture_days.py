"""Where a captured line holds a day: at its end, or after due, by, until, 到, 于, or before 前; a Chinese one also where it
begins a Chinese line (明天给李明打电话). Elsewhere a word is a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kamtui.domain.days import MONTHS, parse_day
from kamtui.domain.errors import BadInput

# Full-width digits, letters and signs one for one, so that places in the line stay what they are.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in "，；"} | {0x3000: 0x20}
_CLOSING = " \t\n.。!！,，;；、"
_MOST_WORDS = 4
_MOST_TRIES = 20  # a line of ten thousand “by” is no line of days
_LONGEST = 40
_FAR = 2_000
_HAN_NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十]{1,3})"
_HAN_DAY = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日?|\d{1,2}月\d{1,2}[日号]?|大后天|后天|前天|[今明昨][天日]|今年底|年底|本月底|月底"
    r"|(?:下下|[下上这本])?个?(?:周|星期|礼拜)[一二三四五六日天]|下周|下个?月(?!底)"
    rf"|{_HAN_NUMBER}\s*(?:天|日|个?星期|个?礼拜|周|个?月|年)(?:以?后|之后|以?前|之前)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}-\d{1,2})"
)
# 每周五, 上个月底, 明年底, 一百三天后: the day would be another one, or none.
_GOES_ON = "大前后上下本这那明去今每隔整个零一二两三四五六七八九十百千万0123456789-/."
_MAY_GO_ON = "周星礼月年个前后下上零一二两三四五六七八九十0123456789"
_UNTIL = r"(?:以前|之前|前|为止)"
_HAN_BEFORE = r"(?:截止到|截止|截至|(?<![收拿得看找说想提回等感])到|(?<![关由对等位属])于|至|在)"
_HAN_END = re.compile(rf"(?P<word>{_HAN_BEFORE}\s*)?(?P<day>{_HAN_DAY})(?P<until>\s*{_UNTIL})?$")
_HAN_AMID = re.compile(
    rf"(?P<word>{_HAN_BEFORE}\s*)?(?P<day>{_HAN_DAY})(?P<until>\s*{_UNTIL})?(?!的|[0-9A-Za-z]|\s*{_UNTIL})"
)
# 周五和周六, 明天的货, 下周末, 周一三五 say something else than when; 今日头条 is a company.
_NOT_WHEN = rf"(?:的|起|开始|前|后|以|之|至|末|内|[二三四五六日天]|[到和与跟及或、]\s*{_HAN_DAY})"
_HAN_START = re.compile(
    rf"\s*+(?P<day>(?![今明昨]日|\d+[-/.])(?>{_HAN_DAY}))(?!\s*{_NOT_WHEN})[，,、]?(?=\s*[\u4e00-\u9fff])"
)
_WORD_BEFORE = re.compile(
    r"(?:^|(?<=\s))(due(?:\s+(?:on|by))?|by|until|till|before|on)\s*:?\s+(?:the\s+)?$", re.IGNORECASE
)
_WORD_AMID = re.compile(r"(?:^|(?<=\s))(?:due(?:\s+(?:on|by))?|by|until|till)(?:\s*:)?\s+(?:the\s+)?", re.IGNORECASE)
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
# Words that are somebody's name as often as a day, and numbers that are an order's.
_NOT_ALONE = re.compile(rf"tom|sun|\d{{8}}|{_MONTH} .*|{_NTH} (?:of )?{_MONTH}.*", re.IGNORECASE)
# What has the shape of a day, and may be none: 2026-02-30, 13-45, 2月30日, 下周八.
_SHAPE = (
    r"(?<![0-9A-Za-z\-/.])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?"
    r"|\d{1,2}-\d{1,2}|[+-]\d+\s*(?:d|days?|w|weeks?|m|months?|y|years?))"
    rf"|(?<![{re.escape(_GOES_ON)}])(?:下下|[下上这本])?个?(?:周|星期|礼拜)[七八九十\d]"
)
# What has it after a word that leads to a day.
_LED_SHAPE = (
    rf"{_SHAPE}|\d{{8}}|\d{{1,2}}(?:/\d{{1,2}}){{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}"
    rf"|{_MONTH}\s+{_NTH}|{_NTH}\s+(?:of\s+)?{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)"
)
_SHAPE_AMID = re.compile(
    rf"(?:^|(?<=\s))(?:due(?:\s+(?:on|by))?|by|until|till)(?:\s*:)?\s+(?:the\s+)?(?P<day>{_LED_SHAPE})(?![0-9A-Za-z\-/])",
    re.IGNORECASE,
)
_HAN_SHAPE_AMID = re.compile(
    rf"{_HAN_BEFORE}\s*(?P<led>{_SHAPE})(?![0-9A-Za-z\-/点时:：])|(?P<day>{_SHAPE})\s*{_UNTIL}"
)
_SHAPE_END = re.compile(rf"(?:{_SHAPE})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day, written at `line[start:end]` with the word that leads to it; a `deadline` where that word says so."""

    day: date
    start: int
    end: int
    deadline: bool


def narrow(line: str) -> str:
    """`line` with full-width digits, letters and signs as those of ASCII, each in its place."""
    return line.translate(_NARROW)


def find_day(masked: str, today: date) -> SaidDay | None:
    """The day that a line names, in which names, quotes and signs are blanks already: at its end, else where a word
    leads to it (`send by fri the table`), else where Chinese puts it, first of all. What is a day `kamtui.domain.days`
    decides."""
    plain = narrow(masked)
    return _at_end(plain, today) or _amid(plain[:_FAR], today) or _at_start(plain[:_FAR], today)


def find_no_day(masked: str, today: date, *, at_end: bool) -> tuple[int, int] | None:
    """Where a line names a day that there is none of, `line[start:end]`: something in the shape of a day after a word that
    leads to one, or with `at_end` at its end. None where there is nothing of the kind."""
    plain = narrow(masked)
    for pattern in (_SHAPE_AMID, _HAN_SHAPE_AMID):
        for found in islice(pattern.finditer(plain[:_FAR]), _MOST_TRIES):
            start, end = next(found.span(name) for name in ("day", "led") if found.groupdict().get(name))
            if _day(plain[start:end], today) is None:
                return start, end
    end = len(plain.rstrip(_CLOSING))
    base = max(end - _LONGEST, 0)
    shaped = _SHAPE_END.search(plain[base:end]) if at_end else None
    if shaped is None or _day(shaped[0], today):
        return None
    return base + shaped.start(), end


def han_day_at_end(text: str) -> int | None:
    """Where in `text` a Chinese day begins that ends it; None where none does."""
    found = _last_han(narrow(text[-_LONGEST:]))
    return None if found is None else found.start("day") + max(len(text) - _LONGEST, 0)


def _at_end(plain: str, today: date) -> SaidDay | None:
    end = len(plain.rstrip(_CLOSING))
    closed = len(plain) - len(plain[end:].lstrip(_CLOSING.strip()))
    base = max(end - _LONGEST, 0)
    tail = plain[base:end]
    words = list(re.finditer(r"\S+", tail))[-_MOST_WORDS:]
    for first in words:
        day = _day(tail[first.start() :], today)
        if day is None or (base and not first.start()):
            continue
        lead = _WORD_BEFORE.search(tail[: first.start()])
        if lead is None and _NOT_ALONE.fullmatch(tail[first.start() :]):
            return None
        start = lead.start() if lead else first.start()
        deadline = lead is not None and lead[1].lower() != "on"
        return SaidDay(day, base + start, closed, deadline)
    if (found := _last_han(tail)) and (day := _day(found["day"], today)):
        deadline = bool(found["until"]) or (found["word"] or "在").strip() not in {"在", "于"}
        return SaidDay(day, base + found.start(), closed, deadline)
    return None


def _amid(plain: str, today: date) -> SaidDay | None:
    for lead in islice(_WORD_AMID.finditer(plain), _MOST_TRIES):
        for end in _ends(plain, lead.end()):
            if day := _day(plain[lead.end() : end], today):
                return SaidDay(day, lead.start(), end, deadline=True)
    for found in islice(_HAN_AMID.finditer(plain), _MOST_TRIES):
        word = (found["word"] or "").strip()
        if not (word and word != "在") and not found["until"]:
            continue
        if _is_whole(found) and (day := _day(found["day"], today)):
            return SaidDay(day, found.start(), found.end(), deadline=word != "于")
    return None


def _at_start(plain: str, today: date) -> SaidDay | None:
    found = _HAN_START.match(plain)
    day = _day(found["day"], today) if found else None
    return SaidDay(day, found.start("day"), found.end(), deadline=False) if found and day else None


def _ends(plain: str, start: int) -> Iterator[int]:
    """Where a day that begins at `start` may end, the longest first."""
    words = list(re.finditer(r"\S+", plain[start : start + _LONGEST]))[:_MOST_WORDS]
    for word in reversed(words):
        yield start + word.start() + len(word[0].rstrip(_CLOSING))


def _last_han(tail: str) -> "re.Match[str] | None":
    found = _HAN_END.search(tail)
    return found if found and _is_whole(found) else None


def _is_whole(found: "re.Match[str]") -> bool:
    """Whether the day really begins there."""
    if found["word"]:
        return True
    before = found.string[found.start("day") - 1 : found.start("day")] if found.start("day") else ""
    if found["day"][0] in "0123456789" and before.isascii() and before.isalnum():
        return False
    return not before or found["day"][0] not in _MAY_GO_ON or before not in _GOES_ON


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today)
    except BadInput:
        return None
