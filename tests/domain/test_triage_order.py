"""The order of today's queue: the numbers, and that SQL comes to the order that they say."""

import random
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import Priority, Tier
from kamtui.domain.triage import Severity, score_of, severity_of
from kamtui.services.accounts import add_account, archive_account
from kamtui.store.reads.today import today_queue
from kamtui.store.tables import Account, Interaction, Obligation, Occurrence, Task

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "priority", "severity"),
    [
        (1, Priority.A, None),
        (0, Priority.A, Severity.INFO),
        (-1, None, Severity.WARN),
        (-1, Priority.B, Severity.WARN),
        (-1, Priority.A, Severity.CRITICAL),
    ],
)
def test_due_today_is_info_overdue_warns_and_the_highest_priority_overdue_is_critical(days, priority, severity):
    assert severity_of(TODAY + timedelta(days=days), TODAY, priority) is severity


@pytest.mark.parametrize(
    ("severity", "tier", "overdue", "points"),
    [
        (Severity.CRITICAL, Tier.T1, 3, 153),
        (Severity.CRITICAL, Tier.T3, 0, 110),
        (Severity.WARN, Tier.T2, 2, 50),
        (Severity.WARN, Tier.NON_KEY, 300, 70),
        (Severity.WARN, None, 1, 41),
        (Severity.INFO, Tier.T1, 0, 15),
        (None, Tier.T1, 0, 0),
    ],
)
def test_the_score_is_severity_times_tier_plus_the_days_overdue(severity, tier, overdue, points):
    assert score_of(severity, tier, overdue) == points * 10


@pytest.fixture
def book(store):
    """Accounts of every tier, with tasks, promises and planned touches from long overdue to a week ahead."""
    chance = random.Random(7)
    names = ["Acme", "acme", "华东银行", "Ägir", "Zeta", "Baltic"]
    tiers = [*Tier, None, Tier.T1]
    with store.writing() as work:
        accounts = work.add_many(
            Account, [{"name": name, "tier": tier, "kam_id": 1} for name, tier in zip(names, tiers, strict=True)]
        )
        work.add_many(
            Task,
            [
                {
                    "what": f"task {number}",
                    "account_id": chance.choice([None, *accounts]),
                    "due": chance.choice([None, TODAY + timedelta(days=chance.randint(-45, 7))]),
                    "priority": chance.choice([None, *Priority]),
                    "snoozed_until": chance.choice([None, None, TODAY, TODAY + timedelta(days=1)]),
                }
                for number in range(400)
            ],
        )
        obligations = work.add_many(Obligation, [{"what": "promise", "account_id": each} for each in accounts * 5])
        work.add_many(
            Occurrence,
            [
                {"obligation_id": each, "due": TODAY + timedelta(days=chance.randint(-45, 7)), "subject": str(number)}
                for number, each in enumerate(obligations * 4)
            ],
        )
        work.add_many(
            Interaction,
            [
                {
                    "account_id": chance.choice(accounts),
                    "on_date": TODAY + timedelta(days=chance.randint(-45, 7)),
                    "status": chance.choice(["planned", "planned", "held"]),
                }
                for _number in range(120)
            ],
        )
    return store


@pytest.mark.parametrize("ahead", [0, 5])
def test_sql_comes_to_the_order_that_the_numbers_say(book, ahead):
    until = TODAY + timedelta(days=ahead)
    with book.reading() as connection:
        queue = today_queue(connection, TODAY, limit=1000, ahead=ahead)
        tasks = connection.execute(
            """SELECT 'task', t.id, t.due, t.priority, a.tier, coalesce(a.name, '')
               FROM task AS t LEFT JOIN account AS a ON a.id = t.account_id
               WHERE due <= ? AND coalesce(snoozed_until, '') <= ?""",
            (until.isoformat(), TODAY.isoformat()),
        ).fetchall()
        promises = connection.execute(
            """SELECT 'occurrence', c.id, c.due, NULL, a.tier, a.name FROM occurrence AS c
               JOIN obligation AS o ON o.id = c.obligation_id JOIN account AS a ON a.id = o.account_id
               WHERE c.due <= ?""",
            (until.isoformat(),),
        ).fetchall()
        planned = connection.execute(
            """SELECT 'planned', t.id, t.on_date, NULL, a.tier, a.name FROM interaction AS t
               JOIN account AS a ON a.id = t.account_id WHERE t.status = 'planned' AND t.on_date < ?""",
            (TODAY.isoformat(),),
        ).fetchall()
    expected = []
    for kind, row_id, due_text, priority, tier, name in tasks + promises + planned:
        due = date.fromisoformat(due_text)
        severity = severity_of(due, TODAY, Priority(priority) if priority else None)
        score = score_of(severity, Tier(tier) if tier else None, (TODAY - due).days)
        expected.append(((-score, due, name, row_id, kind), severity))
    expected.sort(key=lambda each: each[0])
    found = [((-row.score, row.due, row.account or "", row.id, row.kind), row.severity) for row in queue.promised]
    assert len(found) > 150
    assert len(planned) > 30
    assert found == expected
    assert queue.more == 0


def test_the_first_rows_are_the_same_however_few_are_asked_for(book):
    with book.reading() as connection:
        whole = today_queue(connection, TODAY, limit=1000)
        some = today_queue(connection, TODAY, limit=7)
    timed = len(whole.timed)
    assert 0 < timed < 7
    assert (some.timed, some.promised) == (whole.timed, whole.promised[: 7 - timed])
    # Gaps are no work, and are not counted.
    assert some.more == len(whole.promised) - len(some.promised) + len(whole.at_risk) - len(some.at_risk)


def test_archived_accounts_are_out_and_unsorted_ones_keep_their_promises(store):
    with store.writing() as work:
        unsorted, archived = add_account(work, "Unsorted"), add_account(work, "Archived")
        for account in (unsorted, archived):
            work.add(Task, account_id=account.id, what=account.name, due=TODAY)
            obligation = work.add(Obligation, account_id=account.id, what=account.name)
            work.add(Occurrence, obligation_id=obligation.id, due=TODAY)
        archive_account(work, archived.id, "closed down")
    with store.reading() as connection:
        queue = today_queue(connection, TODAY, limit=200)
        assert today_queue(connection, TODAY, limit=200, account_id=archived.id).promised == []
    assert [row.what for row in queue.promised] == ["Unsorted", "Unsorted"]
    assert queue.more == 0


def test_the_queue_reads_the_indexes_of_what_is_open(store):
    from kamtui.store.reads import today as reads

    values = {"today": "2026-11-23", "until": "2026-11-23", "limit": 200, "account": 1}
    with store.reading() as connection:
        query = reads._PROMISED.format(of_task="", of_obligation="", of_touch="")
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values))
        timed = reads._TIMED.format(of_touch="")
        timed_plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {timed}", values))
    assert "INDEX task_open (due<?)" in plan
    assert "INDEX occurrence_open (due<?)" in plan
    assert "SCAN task" not in plan
    assert "INDEX interaction_planned (on_date<?)" in plan
    assert "SCAN touch" not in plan
    assert "INDEX interaction_planned" in timed_plan
