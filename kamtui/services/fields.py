"""What the fields that a verb takes must be, whatever the record."""

import re
from collections.abc import Iterable
from datetime import date

from kamtui.domain.errors import BadInput
from kamtui.domain.text import is_ink
from kamtui.language import gettext as _

_TIME = r"(?a)([01]?\d|2[0-3])[:：]([0-5]\d)"


def has_ink(text: str) -> bool:
    """Whether a text says anything at all."""
    return any(is_ink(character) for character in text)


def must_say(text: str, field: str) -> None:
    """Raises `BadInput` for a blank text."""
    if not has_ink(text):
        raise BadInput(_("{field}: it must not be blank.").format(field=field), field=field)


def must_be_past(day: date | None, today: date, field: str) -> None:
    """Raises `BadInput` for a day that is still to come."""
    if day is not None and day > today:
        raise BadInput(
            _("{field}: {day} is still to come. Nothing was saved.").format(field=field, day=day), field=field
        )


def must_be_known(fields: Iterable[str], known: frozenset[str]) -> None:
    """Raises `BadInput` for a field that the record does not have, or that only another verb may set."""
    if unknown := set(fields) - known:
        raise BadInput(_("There is no field {name}.").format(name=", ".join(sorted(unknown))))


def time_of_day(text: str | None) -> str | None:
    """A time of day as the store keeps it, `09:05`; None for a blank one. Raises `BadInput`."""
    if text is None or not text.strip():
        return None
    found = re.fullmatch(_TIME, text.strip())
    if not found:
        raise BadInput(_("at: “{text}” is not a time. Write 10:30.").format(text=text), field="at")
    return f"{int(found[1]):02}:{found[2]}"
