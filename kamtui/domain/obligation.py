"""What we owe the customer: the eight of S1, when they come due, and how the next one follows (PRODUCT.md §2.5)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.enums import Anchor
from kamtui.domain.errors import BadInput
from kamtui.domain.recurrence import Period, parse_period, series_after
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark

PER_ORDER = "per_order"
PER_EVENT = "per_event"
NO_CADENCE = "none"
LONGEST_WITHIN = 250  # working days: a year


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """One of the eight. `cadence` is a period (`3m`), `per_order`, `per_event` or `none`; `within` the working days
    that one which starts on an order or an event has."""

    number: int
    what: str
    cadence: str
    within: int | None = None


TEMPLATE = (
    TemplateItem(1, mark("Market analysis and outlook"), "3m"),
    TemplateItem(2, mark("Deep dialogue on products and positioning"), "3m"),
    TemplateItem(3, mark("Goods that sell, delivered on time"), PER_ORDER),
    TemplateItem(4, mark("Our branch staff trained and told to cooperate"), "6m"),
    TemplateItem(5, mark("Presence at in-store promotions"), PER_EVENT),
    TemplateItem(6, mark("Invoices and documents at once"), PER_ORDER, within=2),
    TemplateItem(7, mark("A reachable contact, answer in one working day"), PER_EVENT, within=1),
    TemplateItem(8, mark("Other services"), NO_CADENCE),
)


def parse_cadence(text: str) -> str:
    """A period (`quarterly`, `2w`), `per_order`, `per_event` or `none`, as it is stored. Raises `BadInput`."""
    plain = re.sub(r"[\s-]+", "_", text.strip().lower())
    if plain in {PER_ORDER, PER_EVENT, NO_CADENCE}:
        return plain
    if found := {"按单": PER_ORDER, "每单": PER_ORDER, "按事": PER_EVENT, "无": NO_CADENCE}.get(plain):
        return found
    try:
        return str(parse_period(text, field="cadence"))
    except BadInput:
        raise BadInput(
            _("cadence: “{text}” is none of a period (2w, monthly, quarterly), per_order, per_event, none.").format(
                text=one_line(text)
            ),
            field="cadence",
        ) from None


def period_of(cadence: str) -> Period | None:
    """The period of a cadence, or None for one that never starts by itself."""
    return None if cadence in {PER_ORDER, PER_EVENT, NO_CADENCE} else parse_period(cadence, field="cadence")


def first_due(period: Period, start: date, spread: int) -> date:
    """The first due date: `spread` (any number, such as an id) chooses a day within the first period, so that many
    accounts that begin together do not fall due together. Weekends move to the Monday, at the period's end back to
    the Friday."""
    length = period.days()
    # Steps of the golden ratio: numbers that follow each other land far apart, whatever the length.
    day = start + timedelta(days=1 + ((spread * 2_654_435_769 % 2**32) * length >> 32))
    if day.weekday() < 5:
        return day
    monday, friday = day + timedelta(days=7 - day.weekday()), day - timedelta(days=day.weekday() - 4)
    return friday if monday > period.after(start) and friday > start else monday


def following(
    period: Period, anchor: Anchor, *, series_start: date, due: date, resolved_on: date
) -> tuple[date, list[date]]:
    """When the next one is due, and the dates that passed meanwhile and count as missed.

    From completion: one period after the day it was resolved. From the due date: the next date of the series after
    the due date that had not passed when it was resolved (one of that very day is due then); what lies between was
    missed, and does not pile up.
    """
    if anchor is Anchor.COMPLETION:
        return period.after(resolved_on), []
    return series_after(series_start, period, max(due, resolved_on - timedelta(days=1)), since=due)
