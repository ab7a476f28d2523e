"""Tasks: how they close, come back, rest."""

from datetime import date, timedelta

import pytest

from kamtui.domain.enums import Anchor, Priority, TaskStatus
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.services.accounts import add_account
from kamtui.services.people import add_person
from kamtui.services.tasks import (
    add_task,
    delete_task,
    done_task,
    drop_task,
    edit_task,
    redate_task,
    reopen_task,
    snooze_task,
)
from kamtui.store import history
from kamtui.store.reads.tasks import get_task, list_tasks

TODAY = date(2026, 11, 23)


@pytest.fixture
def work(store):
    with store.writing() as work:
        yield work


def test_a_task_is_mine_and_of_the_account_of_its_person(work):
    account = add_account(work, "Acme")
    person = add_person(work, account.id, "李明").person
    task = add_task(work, "ring 李明 back", person_id=person.id)
    assert (task.account, task.person, task.our_owner, task.status) == ("Acme", "李明", "Gao Lin", TaskStatus.OPEN)


def test_done_is_dated_today_unless_another_day_is_named(work):
    task = add_task(work, "one")
    assert done_task(work, task.id)[0].closed_on == TODAY
    task = add_task(work, "two")
    assert done_task(work, task.id, on=TODAY - timedelta(days=3))[0].closed_on == TODAY - timedelta(days=3)


def test_nothing_is_done_on_a_day_that_has_not_come(work):
    task = add_task(work, "one")
    with pytest.raises(BadInput, match="has not come yet"):
        done_task(work, task.id, on=TODAY + timedelta(days=1))
    assert get_task(work.connection, task.id, TODAY).status is TaskStatus.OPEN


def test_what_is_done_is_not_done_again(work):
    task = add_task(work, "one", due=TODAY, repeat="1w")
    done_task(work, task.id)
    with pytest.raises(Refused, match="was done on 2026-11-23"):
        done_task(work, task.id)
    assert len(list_tasks(work.connection, TODAY)) == 1


def test_missed_repeats_do_not_pile_up(work):
    task = add_task(work, "weekly call", due=date(2026, 10, 5), repeat="weekly", priority=Priority.B, note="by phone")
    done, following = done_task(work, task.id)
    assert following is not None
    assert (done.status, following.due, following.status) == (TaskStatus.DONE, date(2026, 11, 30), TaskStatus.OPEN)
    assert (following.what, following.repeat, following.priority, following.note) == (
        "weekly call",
        "1w",
        Priority.B,
        "by phone",
    )
    assert [row.id for row in list_tasks(work.connection, TODAY)] == [following.id]


def test_what_is_done_early_comes_back_after_its_due_date(work):
    task = add_task(work, "report", due=date(2026, 11, 30), repeat="1w")
    assert done_task(work, task.id)[1].due == date(2026, 12, 7)


def test_a_repeat_from_completion_counts_from_the_day_it_was_done(work):
    task = add_task(work, "visit", due=date(2026, 11, 1), repeat="10d", anchor=Anchor.COMPLETION)
    _done, following = done_task(work, task.id, on=date(2026, 11, 20))
    assert following.due == date(2026, 11, 30)


def test_the_end_of_the_month_is_kept_past_february(store):
    due, task_id = date(2027, 1, 31), 0
    with store.writing() as work:
        task_id = add_task(work, "month's end", due=due, repeat="每月").id
    dues = []
    for _month in range(3):
        with store.writing() as work:
            following = done_task(work, task_id)[1]
            dues.append(following.due)
            task_id = following.id
    assert dues == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_a_task_that_comes_back_needs_a_due_date(work):
    with pytest.raises(BadInput, match="needs a due date") as refused:
        add_task(work, "one", repeat="1w")
    assert refused.value.field == "due"
    task = add_task(work, "two", due=TODAY, repeat="1w")
    with pytest.raises(BadInput, match="needs a due date"):
        edit_task(work, task.id, due=None)


def test_a_delay_is_for_this_once_and_an_earlier_day_moves_the_series(work):
    late = add_task(work, "late", due=date(2026, 11, 23), repeat="1w")
    redate_task(work, late.id, date(2026, 11, 25))
    assert done_task(work, late.id)[1].due == date(2026, 11, 30)
    early = add_task(work, "early", due=date(2026, 11, 30), repeat="1w")
    redate_task(work, early.id, date(2026, 11, 24))
    assert done_task(work, early.id)[1].due == date(2026, 12, 1)


def test_a_new_repeat_counts_from_the_due_date_it_has(work):
    task = add_task(work, "one", due=date(2026, 11, 25))
    edited = edit_task(work, task.id, repeat="monthly")
    assert (edited.repeat, edited.series_start) == ("1m", date(2026, 11, 25))
    assert edit_task(work, task.id, repeat=None).series_start is None


def test_a_dropped_task_does_not_come_back(work):
    task = add_task(work, "one", due=TODAY, repeat="1w")
    assert drop_task(work, task.id).status is TaskStatus.DROPPED
    assert list_tasks(work.connection, TODAY) == []
    with pytest.raises(Refused, match="was dropped on"):
        drop_task(work, task.id)


def test_a_reopened_task_leaves_its_series_to_the_next_one(work):
    task = add_task(work, "one", due=TODAY, repeat="1w")
    done_task(work, task.id)
    assert reopen_task(work, task.id).repeat is None
    assert done_task(work, task.id)[1] is None
    assert len(list_tasks(work.connection, TODAY)) == 1


def test_a_dropped_task_is_opened_again_with_its_series(work):
    task = add_task(work, "one", due=TODAY, repeat="1w")
    drop_task(work, task.id)
    assert reopen_task(work, task.id).repeat == "1w"
    with pytest.raises(Refused, match="is open"):
        reopen_task(work, task.id)


@pytest.mark.parametrize("days", [0, -1])
def test_a_snooze_lasts_until_a_day_to_come(work, days):
    task = add_task(work, "one", due=TODAY)
    with pytest.raises(BadInput, match="not a day to come"):
        snooze_task(work, task.id, TODAY + timedelta(days=days))


def test_what_is_critical_rests_only_with_a_reason_and_at_most_14_days(work):
    task = add_task(work, "one", due=TODAY - timedelta(days=1), priority=Priority.A, note="first line")
    with pytest.raises(Refused, match="needs a reason"):
        snooze_task(work, task.id, TODAY + timedelta(days=2), reason="  ")
    with pytest.raises(Refused, match="2026-12-07 at the latest"):
        snooze_task(work, task.id, TODAY + timedelta(days=15), reason="等回复")
    rested = snooze_task(work, task.id, TODAY + timedelta(days=14), reason="等回复")
    assert rested.snoozed_until == date(2026, 12, 7)
    assert rested.note == "first line\n2026-11-23: snoozed until 2026-12-07: 等回复"


def test_what_is_not_critical_rests_without_a_reason(work):
    for due, priority in ((TODAY, Priority.A), (TODAY - timedelta(days=9), Priority.B), (None, Priority.A)):
        task = add_task(work, "one", due=due, priority=priority)
        assert snooze_task(work, task.id, TODAY + timedelta(days=60)).snoozed_until == TODAY + timedelta(days=60)


def test_another_due_date_ends_the_snooze(work):
    task = add_task(work, "one", due=TODAY)
    snooze_task(work, task.id, TODAY + timedelta(days=60))
    assert redate_task(work, task.id, TODAY + timedelta(days=2)).snoozed_until is None


def test_undo_takes_the_tick_and_the_next_one_back(store):
    with store.writing() as work:
        task_id = add_task(work, "one", due=TODAY, repeat="1w").id
    with store.writing() as work:
        done_task(work, task_id)
    history.undo(store, 1)
    with store.reading() as connection:
        (row,) = list_tasks(connection, TODAY, open_only=False)
    assert (row.id, row.status) == (task_id, TaskStatus.OPEN)


def test_a_deleted_task_is_gone_and_undo_brings_it_back(store):
    with store.writing() as work:
        task_id = add_task(work, "one").id
    with store.writing() as work:
        assert delete_task(work, task_id) == "one"
    with store.reading() as connection, pytest.raises(NotFound):
        get_task(connection, task_id, TODAY)
    history.undo(store, 1)
    with store.reading() as connection:
        assert get_task(connection, task_id, TODAY).what == "one"


def test_a_series_that_runs_past_the_calendar_is_refused_whole(work):
    task = add_task(work, "one", due=date(9900, 1, 1), repeat="999y")
    with pytest.raises(BadInput, match="end of the calendar"):
        done_task(work, task.id)


def test_tasks_are_listed_by_due_date_and_those_without_one_last(work):
    account = add_account(work, "Acme")
    person = add_person(work, account.id, "Ann").person
    none = add_task(work, "none", account_id=account.id)
    later = add_task(work, "later", due=TODAY + timedelta(days=9), their_owner_id=person.id)
    urgent = add_task(work, "urgent", due=TODAY - timedelta(days=2), priority=Priority.A, account_id=account.id)
    plain = add_task(work, "plain", due=TODAY - timedelta(days=2), person_id=person.id)
    rows = list_tasks(work.connection, TODAY)
    assert [row.id for row in rows] == [urgent.id, plain.id, later.id, none.id]
    assert [row.days_overdue for row in rows] == [2, 2, 0, 0]
    assert [row.id for row in list_tasks(work.connection, TODAY, person_id=person.id)] == [plain.id, later.id]
    assert [row.id for row in list_tasks(work.connection, TODAY, account_id=account.id, limit=2)] == [
        urgent.id,
        plain.id,
    ]
