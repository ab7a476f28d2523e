"""What the database itself holds about occurrences, whoever writes."""

from datetime import date

import pytest

from kamtui.domain.enums import Anchor
from kamtui.domain.errors import Refused
from kamtui.store.sqlite.driver import IntegrityError
from kamtui.store.tables import Account, Obligation, Occurrence

DUE = date(2026, 12, 1)


@pytest.fixture
def work(store):
    with store.writing() as work:
        yield work


def obligation(work, anchor=Anchor.DUE, **fields):
    account = work.add(Account, name=f"Account {work.changed_rows()}")
    return work.add(Obligation, account_id=account.id, what="outlook", anchor=anchor, **fields)


def test_the_same_occurrence_is_never_made_twice(work):
    row = obligation(work)
    work.add(Occurrence, obligation_id=row.id, due=DUE)
    work.add(Occurrence, obligation_id=row.id, due=DUE, subject="order 1")
    with pytest.raises(Refused, match="there already"):
        work.add(Occurrence, obligation_id=row.id, due=DUE)


def test_counted_from_completion_one_is_open_at_a_time(work):
    row = obligation(work, Anchor.COMPLETION)
    work.add(Occurrence, obligation_id=row.id, due=DUE)
    with pytest.raises(Refused, match="one open occurrence at a time"):
        work.add(Occurrence, obligation_id=row.id, due=date(2026, 12, 2))


def test_a_resolved_one_is_not_opened_beside_another(work):
    row = obligation(work, Anchor.COMPLETION)
    work.add(Occurrence, obligation_id=row.id, due=DUE, status="missed")
    work.add(Occurrence, obligation_id=row.id, due=date(2026, 12, 2))
    with pytest.raises(IntegrityError, match="one open occurrence at a time"):
        work.execute("UPDATE occurrence SET status = 'open' WHERE status = 'missed'")


def test_counting_from_completion_begins_with_one_open_at_most(work):
    row = obligation(work)
    work.add(Occurrence, obligation_id=row.id, due=DUE)
    work.add(Occurrence, obligation_id=row.id, due=date(2026, 12, 2))
    with pytest.raises(IntegrityError, match="one open occurrence at a time"):
        work.execute("UPDATE obligation SET anchor = 'completion'")


@pytest.mark.parametrize(
    "columns",
    [
        "status = 'done'",
        "done_on = '2026-12-01'",
        "status = 'waived'",
        "status = 'waived', reason = '  '",
        "status = 'late'",
        "acknowledged_on = 'x'",
        "due = 'tomorrow'",
        "due = '2026-13-01'",
        "due = '2026-02-30'",
        "status = 'waived', reason = '\u3000'",
    ],
)
def test_a_half_resolved_occurrence_cannot_be_written(work, columns):
    row = obligation(work)
    work.add(Occurrence, obligation_id=row.id, due=DUE)
    with pytest.raises(IntegrityError):
        work.execute(f"UPDATE occurrence SET {columns}")


@pytest.mark.parametrize("cadence", ["2 weeks", "0d", "", "per_moon", "w"])
def test_a_cadence_is_a_period_or_one_of_three_words(work, cadence):
    with pytest.raises(Refused):
        obligation(work, cadence=cadence)


def test_an_obligation_takes_its_occurrences_along(work):
    row = obligation(work)
    work.add(Occurrence, obligation_id=row.id, due=DUE)
    work.execute("DELETE FROM obligation WHERE id = ?", (row.id,))
    assert work.execute("SELECT count(*) FROM occurrence").fetchone() == (0,)
