"""One line as it was typed, and how it is understood: what, who, by when, how urgent, which kind of record.

    send freight table @balt fri !A        打电话给@张伟 下周三        @zhao "We lost 2 days waiting for you"

Nothing is dropped: each word stays in the text, or stands in a span that says what it was understood as. The grammar
lies in `capture_signs` (names, priority, time, quotes), `capture_days` and `capture_words`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from kamtui.domain.capture_days import SaidDay, find_day, find_no_day
from kamtui.domain.capture_signs import LONGEST, Mention, Signs, blank, read_signs
from kamtui.domain.capture_words import (
    Act,
    any_act,
    begins_a_task,
    held_act,
    leads_on_to_name,
    leads_to_name,
    planned_act,
    saying,
    untensed_act,
)
from kamtui.domain.enums import Direction, InteractionKind, NeedKind, NeedSignal, Priority
from kamtui.language import gettext as _

__all__ = ["CaptureKind", "Captured", "Mention", "Part", "Span", "parse_capture"]


class CaptureKind(StrEnum):
    """What a line becomes."""

    TASK = "task"
    TOUCH = "touch"
    PLANNED = "planned"
    NEED = "need"


class Part(StrEnum):
    """What a part of the line was understood as."""

    NAME = "name"
    DAY = "day"
    TIME = "time"
    PRIORITY = "priority"
    ACT = "act"
    WORDS = "words"
    SAID = "said"


_SIGNS = {Part.DAY, Part.TIME, Part.PRIORITY}


@dataclass(frozen=True, slots=True)
class Span:
    """`line[start:end]` was understood as `part`: it is `taken` out of the text, or says what it says there too."""

    start: int
    end: int
    part: Part
    taken: bool = True


@dataclass(frozen=True, slots=True)
class Captured:
    """How a line is understood; `kind`, and `why` in a sentence; `text` is what stays where all names are found.

    `due` is the day: of a task when it is due, of a touch or a plan when it is, of a need when it was raised or, where it
    lies ahead, by when it is needed. `at` is a time (`09:05`); `words` are the customer's own, where the line quotes them:
    then they are the text, and `beside` is the whole sentence where it tells more. `no_day` and `no_time` are what has the
    shape of a day (`2026-02-30`), of a time (`25:99`) and is none; it stays text. `touch_kind` and `direction` belong to
    touches, held and planned; `need_kind`, `signal` and the words `heard` that tell it to needs.
    """

    line: str
    kind: CaptureKind
    why: str
    text: str
    mentions: tuple[Mention, ...] = ()
    due: date | None = None
    at: str | None = None
    priority: Priority | None = None
    touch_kind: InteractionKind | None = None
    direction: Direction | None = None
    words: str | None = None
    beside: str | None = None
    no_time: str | None = None
    need_kind: NeedKind | None = None
    signal: NeedSignal | None = None
    heard: tuple[str, ...] = ()
    no_day: str | None = None
    spans: tuple[Span, ...] = ()

    def said(self, names: Mapping[Mention, str], apart: Iterable[Mention] = ()) -> str:
        """The text, with these mentions by these names and all others as they were typed.

        One of `apart` is held in a field of the record: it is not said again unless it is a word of the sentence. Where
        nothing would be left, the text is the line.
        """
        apart = set(apart)
        changes = [(span.start, span.end, " ") for span in self.spans if span.taken and span.part in _SIGNS]
        for mention in self.mentions:
            if mention in names:
                gone = mention in apart and not mention.inside
                changes.append((mention.start, mention.end, " " if gone else names[mention]))
        pieces, at = [], 0
        for start, end, instead in sorted(changes):
            pieces += [self.line[at:start], instead]
            at = end
        left = " ".join("".join([*pieces, self.line[at:]]).split())
        return left if any(character.isalnum() for character in left) else " ".join(self.line.split())


_LONGEST_WORD, _LONGEST_SAID = 40, 1_000


@dataclass(frozen=True)
class _Reading:
    """A line half read: its signs, the line with blanks for them, the day it names, and what looks like one."""

    line: str
    signs: Signs
    masked: str
    day: SaidDay | None
    no_day: str | None
    today: date

    @cached_property
    def first(self) -> int:
        """Where the first word stands that is no sign."""
        return len(self.masked) - len(self.masked.lstrip())

    @cached_property
    def last(self) -> int:
        """Where the last one ends."""
        return len(self.masked.rstrip(" \t\n\u3000.,;:!?。，；：！？、)）"))

    @property
    def ahead(self) -> bool:
        """Whether the day is today's or one to come, and no mere deadline."""
        return self.day is not None and self.day.day >= self.today and not self.day.deadline


def parse_capture(line: str, today: date, *, kind: CaptureKind | None = None) -> Captured:
    """How `line` is understood on the day `today`; `kind` forces what it becomes. Takes any text and never raises."""
    signs = read_signs(line)
    known = (signs.quote, signs.clock, signs.urgency, signs.no_clock)
    parts = [*signs.mentions, *(sign for sign in known if sign)]
    masked = blank(line, parts)
    day = find_day(masked, today)
    if day and (within := [part.end for part in parts if day.start < part.end < day.end]):
        # `due @Acme fri`: what leads to the day is not read across a name, which would go with it.
        day = find_day(" " * max(within) + masked[max(within) :], today)
    if day:
        masked = blank(masked, [day])
    no_day = find_no_day(masked, today, at_end=day is None)
    reading = _Reading(line, signs, masked, day, line[slice(*no_day)] if no_day else None, today)
    act: Act | None
    if kind is None:
        kind, act, why = _kind(reading)
    else:
        act, why = any_act(masked[:LONGEST]), _("chosen by hand")
    if kind is CaptureKind.NEED:
        return _need(reading, why)
    if kind is CaptureKind.TASK:
        return _task(reading, why)
    return _touch(reading, kind, act, why)


def _kind(reading: _Reading) -> tuple[CaptureKind, Act | None, str]:
    masked, signs = reading.masked[:LONGEST], reading.signs
    if signs.quote is not None and not begins_a_task(masked):
        return CaptureKind.NEED, None, _("a quoted sentence is a need in their words")
    named_before = any(not masked[: mention.start].strip() for mention in signs.mentions)
    if act := held_act(masked, named_before=named_before):
        return CaptureKind.TOUCH, act, _("“{word}” says that it was held").format(word=act.word)
    act, timed = untensed_act(masked), signs.clock is not None
    if act and not timed and (reading.day is None or reading.day.day < reading.today):
        return CaptureKind.TOUCH, act, _("“{word}” and no day to come: it was held").format(word=act.word)
    if (reading.ahead or (timed and reading.day is None)) and not begins_a_task(masked):
        act = planned_act(masked, timed=timed)
        if act:
            return CaptureKind.PLANNED, act, _("“{word}” with a day or a time is a plan").format(word=act.word)
    return CaptureKind.TASK, None, _("nothing says that it is a touch, a plan or a need")


def _task(reading: _Reading, why: str) -> Captured:
    day = reading.day
    if day and day.day < reading.today and not day.deadline:
        # `read what we agreed last fri`: what is to be done is not due on a day that passed, unless it says so.
        day = None
    return _captured(reading, CaptureKind.TASK, why, day=day, priority=True)


def _touch(reading: _Reading, kind: CaptureKind, act: Act | None, why: str) -> Captured:
    day = reading.day
    if day and (day.day > reading.today if kind is CaptureKind.TOUCH else day.day < reading.today):
        # `called about delivery on fri`: what is held is not to come, what is planned is not past.
        day = None
    captured = _captured(reading, kind, why, day=day, clock=True, act=act)
    return replace(
        captured,
        touch_kind=act.kind if act else InteractionKind.MEETING,
        direction=act.direction if act else Direction.TWO_WAY,
    )


def _need(reading: _Reading, why: str) -> Captured:
    # Its patterns take longer to compile than a line takes to read.
    from kamtui.domain.need_words import read_words, signal_words

    quote = reading.signs.quote
    alone = quote is not None and saying(reading.masked)
    captured = _captured(reading, CaptureKind.NEED, why, day=reading.day, priority=True, alone=alone)
    told = quote.words if quote is not None else captured.said({})
    read = read_words(told[:_LONGEST_SAID])
    return replace(
        captured,
        text=told,
        words=quote.words if quote is not None else None,
        beside=captured.text if quote is not None and not alone else None,
        need_kind=read.kind,
        signal=read.signal,
        heard=signal_words(told[:_LONGEST_SAID], read.signal),
    )


def _captured(
    reading: _Reading,
    kind: CaptureKind,
    why: str,
    *,
    day: SaidDay | None,
    clock: bool = False,
    priority: bool = False,
    act: Act | None = None,
    alone: bool = False,
) -> Captured:
    """What all kinds share; a sign that the kind has no place for stays text. `alone`: the line tells a quotation and
    nothing beside it."""
    line, signs = reading.line, reading.signs
    at = signs.clock if clock else None
    urgency = signs.urgency if priority else None
    leads = leads_on_to_name if kind is CaptureKind.NEED else leads_to_name
    mentions = tuple(_placed(mention, reading, act, leads) for mention in signs.mentions)
    spans = [Span(mention.start, mention.end, Part.NAME, taken=not mention.inside) for mention in mentions]
    for part, name in ((day, Part.DAY), (at, Part.TIME), (urgency, Part.PRIORITY)):
        if part:
            spans.append(Span(part.start, part.end, name))
    if act:
        spans.append(Span(act.start, act.end, Part.ACT, taken=False))
    if kind is CaptureKind.NEED and signs.quote:
        spans.append(Span(signs.quote.start, signs.quote.end, Part.WORDS, taken=alone))
    if alone:
        spans += [Span(found.start(), found.end(), Part.SAID) for found in re.finditer(r"\S+", reading.masked)]
    captured = Captured(
        line=line,
        kind=kind,
        why=why,
        text="",
        no_time=signs.no_clock.time if signs.no_clock else None,
        mentions=mentions,
        due=day.day if day else None,
        at=at.time if at else None,
        priority=urgency.priority if urgency else None,
        no_day=reading.no_day,
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
    )
    return replace(captured, text=captured.said({mention: mention.text for mention in mentions}, apart=mentions))


def _placed(mention: Mention, reading: _Reading, act: Act | None, leads: Callable[[str], bool]) -> Mention:
    """The mention, and whether it is a word of the sentence: between others, written to one, or before what they did."""
    before = reading.line[max(mention.start - _LONGEST_WORD, 0) : mention.start]
    if before[-1:].strip(" \t\n\u3000([（【"):
        return replace(mention, inside=True)
    if mention.start <= reading.first:
        return replace(mention, inside=act is not None and act.start == reading.first)
    if mention.end > reading.last:
        return replace(mention, inside=leads((before.rsplit(maxsplit=1) or [""])[-1]))
    return replace(mention, inside=True)
