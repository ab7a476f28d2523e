"""The first page of the queue, which comes through an index, is the beginning of the whole order."""

import random
from datetime import timedelta

import pytest

from kamtui.domain.enums import Tier
from kamtui.store.reads.queue import queue_keys
from kamtui.store.tables import Account, Task
from kamtui.store.workspace import Workspace


@pytest.fixture
def full(store: Workspace) -> Workspace:
    """Tasks of all tiers and priorities, many of them with the same score and day, some of them of no account."""
    chance = random.Random(3)
    with store.writing("fill") as work:
        tiers = [*Tier, None]
        ids = [work.add(Account, name=f"Account {n % 7}", tier=tiers[n % 5], kam_id=work.me).id for n in range(15)]
        for number in range(400):
            work.add(
                Task,
                account_id=chance.choice([*ids, None]), what=f"task {number}", our_owner_id=work.me,
                due=store.today + timedelta(days=chance.randrange(-50, 20)), priority=chance.choice([None, "A", "B"]),
            )  # fmt: skip
    return store


@pytest.mark.parametrize("ahead", [0, 14])
@pytest.mark.parametrize("limit", [0, 1, 20, 150, 1000])
def test_the_first_rows_are_the_first_of_all(full, limit, ahead):
    with full.reading() as connection:
        everything = queue_keys(connection, full.today, ahead=ahead)
        assert len(everything) > 150
        assert queue_keys(connection, full.today, ahead=ahead, limit=limit) == everything[:limit]
