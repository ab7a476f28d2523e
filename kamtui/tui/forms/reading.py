"""What a text in a field means: the value that the verb takes, and how it was understood, while one types."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kamtui.domain.days import parse_day
from kamtui.domain.errors import BadInput, DatabaseMissing
from kamtui.domain.money import decimal_of, parse_money
from kamtui.domain.obligation import parse_cadence
from kamtui.domain.recurrence import parse_period
from kamtui.domain.settings import SETTINGS
from kamtui.domain.text import clean, clean_name, one_line
from kamtui.language import gettext as _
from kamtui.store.reads.settings import get_setting
from kamtui.tui.dialogs.ask import day_said
from kamtui.tui.forms.names import Match, matches
from kamtui.tui.forms.spec import MANY, NAMING, Field, Kind, codes
from kamtui.tui.session import Session

_TIME = r"([01]?\d|2[0-3])(?:[:：.点时]([0-5]\d)?分?|(点半))"
_SEPARATORS = {Kind.WORDS: r"[;；、,，\n]", Kind.NAMES: r"[;；、\n]"}


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and how it was understood, where that is not plain from what was typed."""

    value: Any
    said: str = ""


@dataclass(slots=True)
class Desk:
    """What texts are read against: the data, the day, the account whose people come first."""

    session: Session
    account_id: int | None = None

    @property
    def today(self) -> date:
        """What day it is."""
        return self.session.today

    @property
    def currency(self) -> str:
        """What an amount is in that names no currency."""
        try:
            return str(self.session.read(get_setting, "currency"))
        except DatabaseMissing:
            return str(SETTINGS["currency"].default)

    def matches(self, field: Field, text: str, limit: int = 6) -> list[Match]:
        """The records that a text may name in a field."""
        try:
            return self.session.read(
                matches, NAMING[field.kind], text, account_id=self.account_id, limit=limit, met=field.met
            )
        except DatabaseMissing:
            return []


def read(field: Field, text: str, desk: Desk, picks: Mapping[str, int]) -> Read:
    """What `text` means in a field; `picks` are the names in it that were chosen already. Raises `BadInput` with a
    sentence for the place beside the field."""
    label = _(field.label)
    plain = text.strip()
    if not plain:
        if field.required:
            raise BadInput(_("{field}: it must not be blank.").format(field=label), field=field.name)
        return Read([] if field.kind in MANY or field.kind in {Kind.SEVERAL, *_SEPARATORS} else None)
    if field.kind in NAMING:
        return _named(field, text, desk, picks)
    return _READERS[field.kind](field, plain if field.kind is not Kind.NOTE else text, desk, label)


def _line(field: Field, text: str, _desk: Desk, label: str) -> Read:
    return Read((clean_name if field.required else clean)(text, field=label)[0])


def _note(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    return Read(clean(text, field=label)[0])


def _choice(field: Field, text: str, _desk: Desk, label: str) -> Read:
    for option in field.options:
        if option.code == text:
            return Read(option.value)
    raise BadInput(_("{field}: “{text}” is none of the list.").format(field=label, text=one_line(text)))


def _several(field: Field, text: str, desk: Desk, label: str) -> Read:
    return Read([_choice(field, code, desk, label).value for code in codes(text)])


def _words(field: Field, text: str, _desk: Desk, label: str) -> Read:
    words = [
        clean_name(word, field=label)[0] for part in re.split(_SEPARATORS[field.kind], text) if (word := part.strip())
    ]
    return Read(
        words, _("{count}: {words}").format(count=len(words), words=" | ".join(words)) if len(words) > 1 else ""
    )


def _day(field: Field, text: str, desk: Desk, label: str) -> Read:
    past = field.kind is Kind.PAST_DAY
    day = parse_day(text, desk.today, field=label, past=past)
    if past and day > desk.today:
        raise BadInput(_("{field}: {day} is still to come.").format(field=label, day=day))
    return Read(day, day_said(day, desk.today))


def _time(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    found = re.fullmatch(rf"(?a){_TIME}", text)
    if not found:
        raise BadInput(_("{field}: “{text}” is not a time. Write 10:30.").format(field=label, text=one_line(text)))
    time = f"{int(found[1]):02}:{'30' if found[3] else found[2] or '00'}"
    return Read(time, "" if time == text else time)


def _number(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    return Read(decimal_of(text, field=label))


def _count(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    number = decimal_of(text, field=label)
    if number != number.to_integral_value() or number < 0:
        raise BadInput(_("{field}: “{text}” is no whole number.").format(field=label, text=one_line(text)))
    return Read(int(number))


def _money(_field: Field, text: str, desk: Desk, label: str) -> Read:
    amount = parse_money(text, desk.currency, field=label)
    return Read(amount, str(amount) if str(amount) != text else "")


def _period(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    period = str(parse_period(text, field=label))
    return Read(period, _("every {period}").format(period=period))


def _cadence(_field: Field, text: str, _desk: Desk, label: str) -> Read:
    cadence = parse_cadence(text)
    return Read(cadence, _("every {period}").format(period=cadence) if cadence[0].isdigit() else "")


_READERS: Mapping[Kind, Callable[[Field, str, Desk, str], Read]] = {
    Kind.LINE: _line,
    Kind.NOTE: _note,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.WORDS: _words,
    Kind.NAMES: _words,
    Kind.DAY: _day,
    Kind.PAST_DAY: _day,
    Kind.TIME: _time,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.PERIOD: _period,
    Kind.CADENCE: _cadence,
}


def names_in(text: str, picks: Mapping[str, int], *, many: bool) -> list[str]:
    """The names that a text holds; one that was picked is one name, also with a comma in it."""
    if not many:
        return [text.strip()] if text.strip() else []
    known = sorted(picks, key=len, reverse=True)
    names: list[str] = []
    rest = text.lstrip(" ,，;；、\n")
    while rest:
        name = next(
            (one for one in known if rest.startswith(one) and rest[len(one) :].lstrip()[:1] in ",，;；、\n"), None
        )
        if name is None:
            name = re.split(r"[,，;；、\n]", rest, maxsplit=1)[0]
        rest = rest[len(name) :].lstrip(" ,，;；、\n")
        names.append(name.strip())
    return names


def _named(field: Field, text: str, desk: Desk, picks: Mapping[str, int]) -> Read:
    many = field.kind in MANY
    label = _(field.label)
    found = [meant(field, name, desk, picks, label) for name in names_in(text, picks, many=many)]
    said = ", ".join(
        match.name + (f" ({match.note})" if match.note else "") for match in found if match.note or not match.exact
    )
    ids: Sequence[int] = [match.id for match in found]
    return Read(list(dict.fromkeys(ids)) if many else ids[0], said)


def meant(field: Field, name: str, desk: Desk, picks: Mapping[str, int], label: str) -> Match:
    """The record that one name means. Raises `BadInput` where it is nobody's, or of several."""
    if name in picks:
        return Match(picks[name], name, "", exact=True)
    found = desk.matches(field, name)
    exact = [match for match in found if match.exact]
    sure = exact or [match for match in found if match.sure]
    if len(sure) == 1:
        return sure[0]
    if found:
        raise BadInput(
            _("{field}: “{name}” may be several: Tab takes one.").format(field=label, name=one_line(name, 30)),
            field=field.name,
        )
    if field.met and (unmet := desk.matches(replace(field, met=False), name)):
        raise BadInput(
            _("{field}: {name} is a placeholder, somebody we have not met.").format(field=label, name=unmet[0].name),
            field=field.name,
        )
    raise BadInput(
        _("{field}: nothing goes by the name “{name}”.").format(field=label, name=one_line(name, 30)), field=field.name
    )
