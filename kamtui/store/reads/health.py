"""Health of an account with its components, how much is known, and the trend of the last months."""

import json
from dataclasses import dataclass
from datetime import date

from kamtui.domain.days import add_months
from kamtui.domain.errors import NotFound
from kamtui.domain.health import Completeness, Health, completeness_of, health_of
from kamtui.domain.signals.survey import survey
from kamtui.language import gettext as _
from kamtui.store.signal_facts import load_facts
from kamtui.store.signal_rows import read_limits
from kamtui.store.sqlite.driver import Connection

TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Health at a month's end; None where too little was known then."""

    ends_on: date
    score: int | None
    known: int
    of: int


@dataclass(frozen=True, slots=True)
class HealthCard:
    """The health of an account today. `change` is against the end of last month; None where one of the two is hidden."""

    account_id: int
    health: Health
    completeness: Completeness
    change: int | None
    months: tuple[MonthRow, ...]


def get_health(connection: Connection, account_id: int, today: date) -> HealthCard:
    """The health of one account; raises `NotFound`."""
    card = list_health(connection, [account_id], today).get(account_id)
    if card is None:
        raise NotFound(_("There is no account with the number {id}.").format(id=account_id))
    return card


def list_health(connection: Connection, account_ids: list[int], today: date) -> dict[int, HealthCard]:
    """The health of some accounts."""
    limits, months = read_limits(connection), _months(connection, account_ids, today)
    cards = {}
    for account_id, facts in load_facts(connection, account_ids, today).items():
        found = survey(facts, today, limits)
        health = health_of(facts, found.findings, found.year, today, limits)
        past = months.get(account_id, ())
        last = past[-1].score if past else None
        cards[account_id] = HealthCard(
            account_id,
            health,
            completeness_of(facts, found.year, today),
            None if health.score is None or last is None else health.score - last,
            past,
        )
    return cards


def _months(connection: Connection, account_ids: list[int], today: date) -> dict[int, tuple[MonthRow, ...]]:
    found: dict[int, tuple[MonthRow, ...]] = {}
    for account_id, ends_on, score, known, of in connection.execute(
        """SELECT account_id, ends_on, score, known, of FROM health_month
           WHERE account_id IN (SELECT value FROM json_each(?)) AND ends_on > ? AND ends_on < ? ORDER BY ends_on""",
        (json.dumps(account_ids), add_months(today, -TREND_MONTHS - 1).isoformat(), today.isoformat()),
    ):
        row = MonthRow(date.fromisoformat(ends_on), score, known, of)
        found[account_id] = (*found.get(account_id, ()), row)
    return found
