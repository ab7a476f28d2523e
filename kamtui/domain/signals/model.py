"""What a rule says: a finding with the days on which it turns, a lack of data, a day until which its word holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from kamtui.domain.triage import Severity

GRADES = tuple(Severity)  # to go through an enum takes several times as long


class Code(StrEnum):
    """The sixteen signals of PRODUCT.md §4, in their order."""

    SINGLE_THREADED = "single_threaded"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    SUPPORT_BALANCE = "support_balance"
    NEGLECT = "neglect"
    NEED_UNEXPLORED = "need_unexplored"
    NEED_STALLED = "need_stalled"
    NO_RETURN = "no_return"
    OBLIGATION_OVERDUE = "obligation_overdue"
    NO_EXECUTIVE_MEETING = "no_executive_meeting"
    COMPLACENCY = "complacency"
    VALUE_GAP = "value_gap"
    PSEUDO_KEY = "pseudo_key"
    THIN_PROFIT = "thin_profit"
    COMPLAINT = "complaint"
    WEAK_CLASSIFICATION = "weak_classification"
    PROMOTION = "promotion"


class Subject(NamedTuple):
    """The record that a finding is about: its table and its number."""

    entity: str
    id: int


class Evidence(NamedTuple):
    """A record that a finding rests on, and the day of it that counted. Texts are looked up where they are shown, so
    that no copy of them lies anywhere."""

    entity: str
    id: int
    on: date | None = None


Value = int | str


@dataclass(frozen=True, slots=True)
class Turns:
    """The days on which a finding turns into a gap, an info, a warning, critical, as long as nothing else happens."""

    gap: date | None = None
    info: date | None = None
    warn: date | None = None
    critical: date | None = None

    def by_severity(self) -> Iterator[tuple[Severity, date]]:
        """The days that there are, the gravest first."""
        for severity, day in zip(GRADES, (self.critical, self.warn, self.info, self.gap), strict=True):
            if day is not None:
                yield severity, day

    def put_off(self, severity: Severity, until: date) -> "Turns":
        """The same, put off until a day as it was: where it turns graver than `severity`, it speaks all the same."""
        moved = {
            str(grade): max(day, until) if GRADES.index(grade) >= GRADES.index(severity) else day
            for grade, day in self.by_severity()
        }
        return Turns(**moved)

    def severity(self, day: date) -> Severity | None:
        """What it is on a day: the gravest that has come; None before the first."""
        return next((severity for severity, turned in self.by_severity() if turned <= day), None)

    def since(self, day: date) -> date | None:
        """Since when it has been what it is on a day, or something less grave."""
        return min((turned for _severity, turned in self.by_severity() if turned <= day), default=None)


@dataclass(frozen=True, slots=True)
class Snooze:
    """That something a signal says of a record was put off until a day, and what it was then."""

    until: date
    severity: Severity


# What a snooze names: the signal, what of it (None: all that it says of the record), and the record.
Resting = tuple[Code, str | None, str, int]


def worst_turns(turns: Iterable[Turns]) -> Turns:
    """The first day of each severity among several."""
    first: dict[str, date] = {}
    for one in turns:
        for severity, day in one.by_severity():
            first[severity] = min(day, first.get(severity, day))
    return Turns(**first)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a signal found. `aspect` names its sentence in `texts.ASPECTS`, which `values` fill; both hold for all days
    on which the finding does: ages are told from days, where they are shown."""

    code: Code
    aspect: str
    subject: Subject
    turns: Turns
    values: tuple[tuple[str, Value], ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())

    def snoozed(self, snoozes: Mapping[Resting, Snooze]) -> Snooze | None:
        """That it was put off: itself, else all that its signal says of the record."""
        entity, number = self.subject
        return snoozes.get((self.code, self.aspect, entity, number)) or snoozes.get((self.code, None, entity, number))

    def heard(self, snoozes: Mapping[Resting, Snooze]) -> Turns:
        """The days on which it turns, less what was put off."""
        snooze = self.snoozed(snoozes)
        return self.turns if snooze is None else self.turns.put_off(snooze.severity, snooze.until)


@dataclass(frozen=True, slots=True)
class Lack:
    """A signal that cannot tell: `missing` names in `texts.MISSING` what it would need to know."""

    code: Code
    missing: str


@dataclass(frozen=True, slots=True)
class Until:
    """What a rule said holds before this day; from it on, it must be asked again."""

    day: date


Said = Finding | Lack | Until


def plus(day: date, days: int) -> date:
    """So many days later, or the last day that there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


def earliest(days: Iterable[date]) -> Iterator[Until]:
    """The first of some days, where there are any, as the end of what was said."""
    first = min(days, default=None)
    if first is not None:
        yield Until(first)


MOST_EVIDENCE = 12


def values(**said: Value | date) -> tuple[tuple[str, Value], ...]:
    """The values of a finding, days as ISO text."""
    return tuple((name, value.isoformat() if isinstance(value, date) else value) for name, value in said.items())
