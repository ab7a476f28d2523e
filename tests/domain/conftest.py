"""An account to ask signals about: T1, stable, known for a year, with one touch, and nothing else unless a test says so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kamtui.domain.enums import Stage, Tier, TransactionKind
from kamtui.domain.settings import thresholds_of
from kamtui.domain.signals.facts import AccountFacts, OrderFact, PersonFact
from kamtui.domain.signals.model import Finding
from kamtui.domain.signals.survey import RULES, survey

TODAY = date(2026, 11, 23)  # a Monday
LIMITS = thresholds_of({})


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def account() -> Callable[..., AccountFacts]:
    def make(**fields: Any) -> AccountFacts:
        known = {"id": 1, "known_since": ago(365), "tier": Tier.T1, "tier_since": ago(365), "stage": Stage.STABLE}
        return AccountFacts(**{**known, "touched": (ago(1),), **fields})

    return make


@pytest.fixture
def person() -> Callable[..., PersonFact]:
    def make(number: int = 1, **fields: Any) -> PersonFact:
        return PersonFact(**{"id": number, "known_since": ago(365), **fields})

    return make


@pytest.fixture
def said() -> Callable[..., dict[str, str | None]]:
    """What a signal says of an account today: the severity by aspect, None for what is still to turn."""

    def ask(facts: AccountFacts, code: str, day: date = TODAY, limits: Any = LIMITS) -> dict[str, str | None]:
        found = [one for one in RULES[code](facts, day, limits) if isinstance(one, Finding)]
        return {one.aspect: one.turns.severity(day) for one in found if one.turns.severity(day) is not None}

    return ask


@pytest.fixture
def missing() -> Callable[..., set[str]]:
    """What a signal lacks to tell."""

    def ask(facts: AccountFacts, code: str, day: date = TODAY) -> set[str]:
        return {lack.missing for lack in survey(facts, day, LIMITS).lacks if lack.code == code}

    return ask


@pytest.fixture
def order() -> Callable[..., OrderFact]:
    def make(
        on: date, revenue: int = 100, *, profit: int | None = 40, kind: str = "main", currency: str = "CNY"
    ) -> OrderFact:
        return OrderFact(on, TransactionKind(kind), currency, revenue, profit, 1, revenue)

    return make
