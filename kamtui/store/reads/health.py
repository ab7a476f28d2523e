"""Health of an account with its components, how much is known, and the trend of the last months."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kamtui.domain.days import add_months, last_month_end
from kamtui.domain.errors import NotFound
from kamtui.domain.health import OF_HEALTH, Health, health_of
from kamtui.domain.knowledge import Completeness
from kamtui.domain.signals.facts import AccountFacts
from kamtui.domain.signals.registry import Thresholds
from kamtui.domain.signals.survey import survey
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import WITHOUT_HEALTH
from kamtui.store.reads.knowledge import list_completeness
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
    """The health of one account. Where the end of last month was not noted yet, it is what would be noted today. Raises
    `NotFound`."""
    card = list_health(connection, [account_id], today).get(account_id)
    if card is None:
        raise NotFound(_("There is no account with the number {id}.").format(id=account_id))
    ends_on = last_month_end(today)
    if not _waits(connection, account_id, ends_on):
        return card
    facts = load_facts(connection, [account_id], ends_on)[account_id]
    health = _stand(facts, ends_on, read_limits(connection))
    known = list_completeness(connection, [account_id], ends_on)[account_id]
    months = (*card.months, MonthRow(ends_on, health.score, known.known, known.of))
    return replace(card, months=months, change=_change(card.health, months, ends_on))


def list_health(connection: Connection, account_ids: list[int], today: date) -> dict[int, HealthCard]:
    """The health of some accounts."""
    limits, months = read_limits(connection), _months(connection, account_ids, today)
    ends_on, known, cards = last_month_end(today), list_completeness(connection, account_ids, today), {}
    for account_id, facts in load_facts(connection, account_ids, today).items():
        health = _stand(facts, today, limits)
        past = months.get(account_id, ())
        cards[account_id] = HealthCard(account_id, health, known[account_id], _change(health, past, ends_on), past)
    return cards


def _stand(facts: AccountFacts, day: date, limits: Thresholds) -> Health:
    found = survey(facts, day, limits, OF_HEALTH)
    return health_of(facts, found.findings, found.year, day, limits)


def _change(health: Health, months: Sequence[MonthRow], ends_on: date) -> int | None:
    """Points more than at a month's end; None where one of the two is hidden."""
    before = next((month.score for month in months if month.ends_on == ends_on), None)
    return None if health.score is None or before is None else health.score - before


def _waits(connection: Connection, account_id: int, ends_on: date) -> bool:
    found = connection.execute(
        f"SELECT EXISTS (SELECT 1 {WITHOUT_HEALTH} AND a.id = :account)",
        {"ends": ends_on.isoformat(), "account": account_id},
    )
    return bool(found.fetchone()[0])


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
