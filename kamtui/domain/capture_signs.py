"""The signs of a captured line: `@name`, `!A`, `10:30`, and what stands in quotes. They mean the same wherever they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from kamtui.domain.capture_days import han_day_at_end, narrow
from kamtui.domain.enums import Priority
from kamtui.domain.text import is_han

# What may stand right before a sign without taking it in: an address such as a@b.com is no name, 12" no quotation.
_NOT_INSIDE_A_WORD = r"(?<![0-9A-Za-z._%+\-\u00c0-\u1fff])"
_MENTION = rf'{_NOT_INSIDE_A_WORD}[@＠](?:"(?P<straight>[^"\n]+)"|“(?P<curved>[^“”\n]+)”|(?P<bare>[^\s"“”「」，。；：、！？@＠]+))'
_QUOTE = rf'{_NOT_INSIDE_A_WORD}"(?P<straight>[^"]+)"(?![0-9A-Za-z])|“(?P<curved>[^“”]+)”|「(?P<corner>[^「」]+)」'
_PRIORITY = r"(?<![^\s\u3000-\u9fff])!([ABCabc])(?![^\s,.;，。；、])"
_CLOCK = r"(?:\bat\s+)?(?<![0-9A-Za-z:.,/\-])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s*(?P<half>[ap]m)\b)?(?![0-9A-Za-z:])"
_AM_PM = r"(?:\bat\s+)?(?<![0-9A-Za-z:.,/\-])(?P<hour>1[0-2]|0?[1-9])\s*(?P<half>[ap]m)(?![0-9A-Za-z])"
_HAN_CLOCK = r"(?P<half>上午|早上|中午|下午|晚上)\s*(?P<hour>1\d|2[0-3]|\d)(?:[点时](?:(?P<minute>[0-5]?\d)分?|(?P<thirty>半))?|:(?P<exact>[0-5]\d))"
# What has the shape of a time, and may be none: 25:99, 10:75; 50:50 and 80:20 are shares.
_LIKE_A_CLOCK = r"(?<![0-9A-Za-z:.,/\-])[0-2]?\d:\d\d(?![0-9A-Za-z:])"
# Chinese goes on without a blank: `和@张伟见面了`, `@张伟的邮件`.
_AFTER_A_NAME = (
    r"(?<=[\u4e00-\u9fff]{2})(?:的|说|见面|碰面|会面|开会|面谈|会谈|[聊谈][了过]|来电|来访|到访|来信|来邮件|来消息|打来|[打通][了过]?(?:个|一个)?电话"
    r"|发[了过来]|吃饭)"
)
_CLOSING = ".,;:!?)）"
_FEWEST_WORDS, _FEWEST_HAN, _ENOUGH = 3, 4, 200
_MOST = 32  # names or quotations of one line
LONGEST = 2_000  # what is longer is a text, and each key reads it again


@dataclass(frozen=True, slots=True)
class Mention:
    """`@text`, at `line[start:end]`. `inside`: a word of the sentence (`打电话给@张伟`), not put beside it."""

    text: str
    start: int
    end: int
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence in quotes; `start` and `end` hold the quotes too."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as the store keeps it, `09:05`."""

    time: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Urgency:
    """How urgent something is."""

    priority: Priority
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signs:
    """What a line holds of signs, in order."""

    mentions: tuple[Mention, ...]
    quote: Quote | None
    clock: Clock | None
    urgency: Urgency | None
    no_clock: Clock | None = None  # what looks like a time and is none


def read_signs(line: str) -> Signs:
    """The names, the first quoted sentence, time and priority of a line. Within quotes nothing is a sign, and beyond
    `LONGEST` characters nothing but quotes."""
    mentions = _mentions(line[:LONGEST])
    masked = blank(line, mentions)
    quotes = [
        Quote((found["straight"] or found["curved"] or found["corner"]).strip(), *found.span())
        for found in islice(re.finditer(_QUOTE, masked), _MOST)
    ]
    covered = bytearray(len(line))
    for quote in quotes:
        covered[quote.start : quote.end] = b"1" * (quote.end - quote.start)
    mentions = [mention for mention in mentions if not covered[mention.start]]
    # A name in quotes was masked above.
    quotes = [Quote(line[q.start + 1 : q.end - 1].strip(), q.start, q.end) for q in quotes]
    masked = narrow(blank(line, [*mentions, *quotes])[:LONGEST])
    urgency = re.search(_PRIORITY, masked)
    return Signs(
        tuple(mentions),
        next((quote for quote in quotes if _is_sentence(quote.words)), None),
        _clock(masked),
        Urgency(Priority(urgency[1].upper()), *urgency.span()) if urgency else None,
        _no_clock(masked),
    )


class Placed(Protocol):
    """A part of a line: `line[start:end]`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def blank(line: str, parts: Iterable[Placed]) -> str:
    """`line` with blanks where these parts stand: every place in it stays what it was."""
    pieces, at = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        pieces += [line[at : part.start], " " * (part.end - part.start)]
        at = part.end
    return "".join([*pieces, line[at:]])


def _mentions(line: str) -> list[Mention]:
    found = []
    for match in islice(re.finditer(_MENTION, line), _MOST):
        text, end = match["straight"] or match["curved"], match.end()
        if text is None:
            text = match["bare"].rstrip(_CLOSING)
            if goes_on := re.search(_AFTER_A_NAME, text):
                text = text[: goes_on.start()]
            elif (day := han_day_at_end(text)) and day > 1:
                text = text[:day]
            end = match.start() + 1 + len(text)
        if text.strip():
            found.append(Mention(text.strip(), match.start(), end))
    return found


def _is_sentence(words: str) -> bool:
    """Whether somebody said it, rather than that it is the name of something: `check "Phase 2"`."""
    han = sum(map(is_han, words[:_ENOUGH]))
    return (
        len(words[:_ENOUGH].split()) >= _FEWEST_WORDS
        or han >= _FEWEST_HAN
        or (words[-1:] in ".!?。！？" and len(words) > 1)
    )


def _clock(masked: str) -> Clock | None:
    found = [match for pattern in (_CLOCK, _AM_PM, _HAN_CLOCK) if (match := re.search(pattern, masked, re.IGNORECASE))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    parts = first.groupdict()
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()
    if half in {"pm", "下午", "晚上"} and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    elif half == "中午" and hour < 3:
        hour += 12
    minute = int(parts.get("minute") or parts.get("exact") or (30 if parts.get("thirty") else 0))
    return Clock(f"{hour:02}:{minute:02}", *first.span())


def _no_clock(masked: str) -> Clock | None:
    for found in islice(re.finditer(_LIKE_A_CLOCK, masked), _MOST):
        if not re.match(_CLOCK, masked[found.start() :], re.IGNORECASE):
            return Clock(found[0], *found.span())
    return None
