"""Obligations: one open at a time, the next by itself, nothing lost and nothing piled up."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import Anchor, OccurrenceStatus, Side
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.services.accounts import add_account
from kamtui.services.obligations import (
    acknowledge_occurrence,
    add_obligation,
    apply_template,
    delete_obligation,
    done_occurrence,
    edit_obligation,
    ensure_next,
    miss_occurrence,
    redate_occurrence,
    start_occurrence,
    waive_occurrence,
)
from kamtui.services.people import add_person
from kamtui.services.settings import set_setting
from kamtui.store import history
from kamtui.store.reads.brief_promises import count_kept
from kamtui.store.reads.obligations import get_obligation, list_obligations

TODAY = date(2026, 11, 23)  # a Monday
OPEN, DONE, MISSED, WAIVED = OccurrenceStatus


@pytest.fixture
def work(store):
    with store.writing() as work:
        yield work


@pytest.fixture
def account(work):
    return add_account(work, "Acme").id


def occurrences(work, obligation_id):
    card = get_obligation(work.connection, obligation_id, work.today)
    return sorted((row.due, row.status) for row in card.occurrences)


def weekly(work, account, due=TODAY, **fields):
    row = add_obligation(work, account, "weekly report", cadence="weekly", first_due=due, **fields)
    return row.id, row.occurrence_id


def test_ours_are_mine_and_theirs_are_not(work, account):
    ours = add_obligation(work, account, "outlook", cadence="quarterly")
    theirs = add_obligation(work, account, "forecast", side=Side.THEIRS, cadence="3m")
    assert (ours.owner, ours.due, theirs.owner) == ("Gao Lin", date(2027, 2, 23), None)


def test_the_next_one_follows_in_the_same_step(work, account):
    obligation, first = weekly(work, account)
    done, following = done_occurrence(work, first, evidence="mail of Monday")
    assert (done.status, done.done_on, done.evidence) == (DONE, TODAY, "mail of Monday")
    assert following.due == date(2026, 11, 30)
    assert occurrences(work, obligation) == [(TODAY, DONE), (date(2026, 11, 30), OPEN)]


@pytest.mark.parametrize("resolve", ["done", "miss", "waive"])
def test_dates_that_passed_meanwhile_are_kept_as_missed(work, account, resolve):
    obligation, first = weekly(work, account, due=date(2026, 11, 2))
    if resolve == "done":
        done_occurrence(work, first)
    elif resolve == "miss":
        miss_occurrence(work, first)
    else:
        waive_occurrence(work, first, "holiday")
    status = {"done": DONE, "miss": MISSED, "waive": WAIVED}[resolve]
    assert occurrences(work, obligation) == [
        (date(2026, 11, 2), status),
        (date(2026, 11, 9), MISSED),
        (date(2026, 11, 16), MISSED),
        (TODAY, OPEN),
    ]
    passed = [row for row in get_obligation(work.connection, obligation, TODAY).occurrences if row.due.day == 9]
    assert passed[0].reason == "Passed while the one due on 2026-11-02 was open."


def missed(work, obligation_id):
    rows = get_obligation(work.connection, obligation_id, work.today).occurrences
    return sorted((row.due, row.reason) for row in rows if row.status is MISSED)


def test_of_a_long_row_of_dates_that_passed_the_last_twelve_are_written_and_the_rest_counted(work, account):
    row = add_obligation(work, account, "outlook", cadence="quarterly", first_due=date(1990, 1, 1))
    done_occurrence(work, row.occurrence_id)
    found = missed(work, row.id)
    assert (len(found), found[0][0], found[-1][0]) == (12, date(2024, 1, 1), date(2026, 10, 1))
    assert found[0][1] == "Passed while the one due on 1990-01-01 was open, and 135 before it."
    assert {reason for _day, reason in found[1:]} == {"Passed while the one due on 1990-01-01 was open."}


def kept(work, account):
    return {row.side: (row.on_time, row.due) for row in count_kept(work.connection, account, TODAY)}


def test_of_a_daily_one_every_date_that_the_rate_counts_is_written(work, account):
    row = add_obligation(work, account, "daily report", cadence="daily", first_due=date(1990, 1, 1))
    done_occurrence(work, row.occurrence_id)
    found = missed(work, row.id)
    assert (len(found), found[0][0], found[-1][0]) == (179, date(2026, 5, 28), date(2026, 11, 22))
    assert found[0][1].endswith(f"and {(date(2026, 5, 28) - date(1990, 1, 2)).days} before it.")
    assert kept(work, account) == {Side.OURS: (0, 179)}


def test_making_the_next_one_again_changes_nothing(work, account):
    obligation, first = weekly(work, account, due=date(2026, 11, 2))
    done_occurrence(work, first)
    before = (occurrences(work, obligation), work.changed_rows())
    assert ensure_next(work, obligation) == ensure_next(work, obligation)
    assert (occurrences(work, obligation), work.changed_rows()) == before


def test_a_next_one_that_was_lost_is_made_anew(work, account):
    obligation, first = weekly(work, account, due=date(2026, 11, 2))
    _done, following = done_occurrence(work, first)
    work.execute("DELETE FROM occurrence WHERE id = ?", (following.id,))
    work.session.expire_all()
    ensure_next(work, obligation)
    assert [due for due, status in occurrences(work, obligation) if status == OPEN] == [TODAY]


def test_what_counts_from_completion_follows_the_day_it_was_done(work, account):
    obligation, first = weekly(work, account, due=date(2026, 11, 2), anchor=Anchor.COMPLETION)
    _done, following = done_occurrence(work, first, on=date(2026, 11, 20))
    assert following.due == date(2026, 11, 27)
    assert occurrences(work, obligation) == [(date(2026, 11, 2), DONE), (date(2026, 11, 27), OPEN)]


def test_done_early_and_counted_from_then_it_may_meet_its_own_date_again(work, account):
    _obligation, first = weekly(work, account, due=date(2026, 11, 30), anchor=Anchor.COMPLETION)
    _done, second = done_occurrence(work, first)
    assert second.due == date(2026, 12, 1)
    _done, third = done_occurrence(work, second.id)
    assert third.due == date(2026, 12, 2)


def test_done_early_of_many_it_counts_from_the_last_that_was_done(work, account):
    _obligation, first = weekly(work, account, due=date(2027, 1, 4), anchor=Anchor.COMPLETION)
    _done, second = done_occurrence(work, first, on=date(2026, 11, 20))
    assert second.due == date(2026, 11, 27)
    assert miss_occurrence(work, second.id)[1].due == date(2026, 11, 30)


def test_resolved_is_resolved(work, account):
    _obligation, first = weekly(work, account)
    done_occurrence(work, first)
    for resolve in (
        lambda: done_occurrence(work, first),
        lambda: miss_occurrence(work, first),
        lambda: waive_occurrence(work, first, "why"),
        lambda: redate_occurrence(work, first, TODAY),
    ):
        with pytest.raises(Refused, match="resolved already"):
            resolve()


def test_nothing_is_resolved_on_a_day_that_has_not_come(work, account):
    obligation, first = weekly(work, account)
    with pytest.raises(BadInput, match="has not come yet"):
        done_occurrence(work, first, on=TODAY + timedelta(days=1))
    assert occurrences(work, obligation) == [(TODAY, OPEN)]


def test_waiving_needs_a_reason(work, account):
    obligation, first = weekly(work, account)
    with pytest.raises(Refused, match="needs a reason"):
        waive_occurrence(work, first, " ")
    assert occurrences(work, obligation) == [(TODAY, OPEN)]
    assert waive_occurrence(work, first, "春节")[0].reason == "春节"


def test_per_order_never_starts_by_itself(work, account):
    row = add_obligation(work, account, "invoices at once", cadence="per_order", within=2)
    assert row.occurrence_id is None
    assert ensure_next(work, row.id) is None
    started = start_occurrence(work, row.id, subject="order 4471")
    assert (started.due, started.subject) == (date(2026, 11, 25), "order 4471")
    assert done_occurrence(work, started.id)[1] is None
    assert occurrences(work, row.id) == [(date(2026, 11, 25), DONE)]


def test_its_working_days_leave_holidays_out(work, account):
    set_setting(work, "holidays", "2026-11-24")
    row = add_obligation(work, account, "invoices at once", cadence="per_order", within=2)
    assert start_occurrence(work, row.id).due == date(2026, 11, 26)


def test_two_orders_may_be_open_and_the_same_one_is_not_started_twice(work, account):
    row = add_obligation(work, account, "invoices", cadence="per_order")
    start_occurrence(work, row.id, subject="order 1")
    start_occurrence(work, row.id, subject="order 2")
    with pytest.raises(Refused, match="there already"):
        start_occurrence(work, row.id, subject="order 2")
    assert get_obligation(work.connection, row.id, TODAY).obligation.open == 2


def test_what_counts_from_completion_is_open_once(work, account):
    row = add_obligation(work, account, "visits", cadence="per_event", anchor=Anchor.COMPLETION)
    start_occurrence(work, row.id, subject="one")
    with pytest.raises(Refused, match="counts from completion"):
        start_occurrence(work, row.id, subject="two")


def test_what_has_a_period_is_not_started_by_hand(work, account):
    obligation, _first = weekly(work, account)
    with pytest.raises(Refused, match="by itself every 1w"):
        start_occurrence(work, obligation)


def test_a_single_promise_is_due_once(work, account):
    row = add_obligation(work, account, "send samples", first_due=date(2026, 11, 27))
    assert row.due == date(2026, 11, 27)
    assert done_occurrence(work, row.occurrence_id)[1] is None


def test_the_template_adds_the_eight_and_again_adds_nothing(work, account):
    applied = apply_template(work, account)
    assert [row.template_item for row in applied.added] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [row.template_item for row in applied.added if row.due] == [1, 2, 4]
    assert all(TODAY < row.due <= TODAY + timedelta(days=184) for row in applied.added if row.due)
    before = work.changed_rows()
    assert apply_template(work, account).skipped == (1, 2, 3, 4, 5, 6, 7, 8)
    assert work.changed_rows() == before


def test_some_of_the_template_may_be_taken(work, account):
    assert [row.template_item for row in apply_template(work, account, [6, 2, 6]).added] == [6, 2]
    assert apply_template(work, account, [2, 3]).skipped == (2,)
    with pytest.raises(BadInput, match="none of 1 to 8"):
        apply_template(work, account, [9])


def test_accounts_that_get_the_template_together_do_not_fall_due_together(work):
    dues = []
    for number in range(20):
        added = apply_template(work, add_account(work, f"Account {number}").id, [1]).added
        dues.append(added[0].due)
    assert len(set(dues)) >= 12


def test_another_cadence_moves_what_lies_ahead(work, account):
    row = add_obligation(work, account, "outlook", cadence="quarterly", first_due=date(2027, 1, 20))
    assert edit_obligation(work, row.id, cadence="weekly").due == date(2026, 11, 30)
    _done, following = done_occurrence(work, row.occurrence_id)
    assert following.due == date(2026, 12, 7)
    assert edit_obligation(work, row.id, cadence="monthly").due == date(2026, 12, 30)


def test_another_cadence_leaves_what_is_overdue_as_promised(work, account):
    obligation, first = weekly(work, account, due=date(2026, 11, 20))
    assert edit_obligation(work, obligation, cadence="monthly").due == date(2026, 11, 20)
    assert done_occurrence(work, first)[1].due == date(2026, 12, 20)


def test_what_will_not_start_by_itself_any_more_is_taken_away_where_it_lies_ahead(work, account):
    ahead, _first = weekly(work, account, due=date(2026, 12, 1))
    assert edit_obligation(work, ahead, cadence="per_order").occurrence_id is None
    late, first = weekly(work, account, due=date(2026, 11, 20))
    assert edit_obligation(work, late, cadence="per_event").occurrence_id == first
    assert done_occurrence(work, first)[1] is None


def test_what_gets_a_period_begins_to_come_by_itself(work, account):
    row = add_obligation(work, account, "outlook")
    assert edit_obligation(work, row.id, cadence="weekly").due == date(2026, 11, 30)
    single = add_obligation(work, account, "samples", first_due=date(2026, 11, 25))
    edited = edit_obligation(work, single.id, cadence="weekly")
    assert (edited.due, edited.open) == (date(2026, 11, 25), 1)


def test_several_open_ones_do_not_become_a_series(work, account):
    row = add_obligation(work, account, "invoices", cadence="per_order")
    start_occurrence(work, row.id, subject="1")
    start_occurrence(work, row.id, subject="2")
    for change in ({"cadence": "weekly"}, {"anchor": Anchor.COMPLETION}, {"first_due": TODAY}):
        with pytest.raises(Refused, match="has 2 open occurrences"):
            edit_obligation(work, row.id, **change)


def test_other_fields_leave_the_plan_alone(work, account):
    obligation, first = weekly(work, account, due=date(2026, 12, 1))
    edited = edit_obligation(work, obligation, what="每周简报", note="by mail", cadence="1w")
    assert (edited.what, edited.due, edited.occurrence_id) == ("每周简报", date(2026, 12, 1), first)


def test_a_new_first_due_date_moves_the_series(work, account):
    obligation, first = weekly(work, account)
    edit_obligation(work, obligation, first_due=date(2026, 11, 20))
    assert done_occurrence(work, first)[1].due == date(2026, 11, 27)


def test_a_delay_is_for_this_once_and_an_earlier_day_moves_the_series(work, account):
    _late, first = weekly(work, account)
    redate_occurrence(work, first, date(2026, 11, 25))
    assert done_occurrence(work, first)[1].due == date(2026, 11, 30)
    _early, first = weekly(work, account, due=date(2026, 11, 30))
    redate_occurrence(work, first, date(2026, 11, 24))
    assert done_occurrence(work, first)[1].due == date(2026, 12, 1)


def test_a_date_that_was_resolved_is_not_given_again(work, account):
    obligation, first = weekly(work, account)
    _done, following = done_occurrence(work, first)
    with pytest.raises(Refused, match="another occurrence on 2026-11-23"):
        redate_occurrence(work, following.id, TODAY)
    edit_obligation(work, obligation, first_due=date(2026, 11, 9))
    done_occurrence(work, following.id)
    assert [due for due, status in occurrences(work, obligation) if status == OPEN] == [date(2026, 11, 30)]


def test_a_series_moved_back_over_its_history_makes_no_date_twice(work, account):
    obligation, first = weekly(work, account, due=date(2026, 11, 9))
    second = done_occurrence(work, first, on=date(2026, 11, 9))[1]
    third = done_occurrence(work, second.id, on=date(2026, 11, 16))[1]
    edit_obligation(work, obligation, first_due=date(2026, 11, 2))
    done_occurrence(work, third.id)
    assert occurrences(work, obligation) == [
        (date(2026, 11, 2), DONE),
        (date(2026, 11, 9), DONE),
        (date(2026, 11, 16), DONE),
        (TODAY, OPEN),
    ]


def test_only_what_is_done_can_be_acknowledged(work, account):
    person = add_person(work, account, "王伟").person
    _obligation, first = weekly(work, account)
    with pytest.raises(Refused, match="is not done"):
        acknowledge_occurrence(work, first, person.id)
    done_occurrence(work, first)
    row = acknowledge_occurrence(work, first, person.id)
    assert (row.acknowledged_by, row.acknowledged_on) == ("王伟", TODAY)


@pytest.mark.parametrize("within", [0, -1, 251, 10**9])
def test_working_days_without_sense_are_refused(work, account, within):
    with pytest.raises(BadInput, match="within"):
        add_obligation(work, account, "x", cadence="per_order", within=within)


def test_undo_takes_the_resolution_and_all_that_followed_back(store):
    with store.writing() as work:
        obligation, first = weekly(work, add_account(work, "Acme").id, due=date(2026, 11, 2))
    with store.writing() as work:
        done_occurrence(work, first)
    history.undo(store, 1)
    with store.reading() as connection:
        (row,) = get_obligation(connection, obligation, TODAY).occurrences
    assert (row.id, row.status) == (first, OPEN)


def test_a_deleted_obligation_takes_its_history_along_and_undo_brings_it_back(store):
    with store.writing() as work:
        obligation, first = weekly(work, add_account(work, "Acme").id)
        done_occurrence(work, first)
    with store.writing() as work:
        delete_obligation(work, obligation)
    with store.reading() as connection, pytest.raises(NotFound):
        get_obligation(connection, obligation, TODAY)
    history.undo(store, 1)
    with store.reading() as connection:
        assert len(get_obligation(connection, obligation, TODAY).occurrences) == 2


def test_the_share_kept_in_time_counts_done_and_missed_and_not_waived(work, account):
    row = add_obligation(work, account, "invoices", cadence="per_order")
    theirs = add_obligation(work, account, "payment", side=Side.THEIRS, cadence="per_order")

    def resolved(obligation, due, how, on=None):
        started = start_occurrence(work, obligation, due=due, subject=f"{due} {how} {on}")
        if how == "done":
            done_occurrence(work, started.id, on=on)
        elif how == "miss":
            miss_occurrence(work, started.id)
        else:
            waive_occurrence(work, started.id, "why")

    resolved(row.id, date(2026, 11, 10), "done", date(2026, 11, 10))
    resolved(row.id, date(2026, 11, 10), "done", date(2026, 11, 11))
    resolved(row.id, date(2026, 12, 10), "done", date(2026, 11, 20))
    resolved(row.id, date(2026, 10, 10), "miss")
    resolved(row.id, date(2026, 10, 11), "waive")
    resolved(row.id, date(2026, 5, 1), "done", date(2026, 5, 1))
    resolved(theirs.id, date(2026, 11, 1), "miss")
    start_occurrence(work, row.id, due=date(2026, 11, 1))
    # In time: the first. Late, missed, and overdue now: three. What is due later, or was due long ago, does not count.
    assert kept(work, account) == {Side.OURS: (1, 4), Side.THEIRS: (0, 1)}


def test_obligations_are_listed_ours_first_by_due_date(work, account):
    theirs = add_obligation(work, account, "forecast", side=Side.THEIRS, first_due=date(2026, 11, 1))
    none = add_obligation(work, account, "other services")
    late, _first = weekly(work, account, due=date(2026, 11, 13))
    rows = list_obligations(work.connection, TODAY, account_id=account)
    assert [row.id for row in rows] == [late, none.id, theirs.id]
    assert [row.days_overdue for row in rows] == [10, 0, 22]
    assert [row.id for row in list_obligations(work.connection, TODAY, side=Side.THEIRS)] == [theirs.id]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    cadence=st.sampled_from(["3d", "1w", "1m"]),
    anchor=st.sampled_from(Anchor),
    start=st.integers(-60, 20),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["done", "miss", "waive", "redate", "weekly", "monthly", "due", "completion"]),
            st.integers(0, 40),
        ),
        max_size=8,
    ),
)
def test_whatever_happens_exactly_one_is_open_and_no_date_comes_twice(work, account, cadence, anchor, start, steps):
    row = add_obligation(work, account, "x", cadence=cadence, anchor=anchor, first_due=TODAY + timedelta(days=start))
    for step, days in steps:
        (opened,) = [each for each in get_obligation(work.connection, row.id, TODAY).occurrences if each.status == OPEN]
        # A date that was resolved is not given again: that is the only no.
        with suppress(Refused):
            if step == "done":
                done_occurrence(work, opened.id, on=TODAY - timedelta(days=days))
            elif step == "miss":
                miss_occurrence(work, opened.id)
            elif step == "waive":
                waive_occurrence(work, opened.id, "why")
            elif step == "redate":
                redate_occurrence(work, opened.id, TODAY + timedelta(days=days - 20))
            elif step in {"weekly", "monthly"}:
                edit_obligation(work, row.id, cadence=step)
            else:
                edit_obligation(work, row.id, anchor=Anchor(step))
        found = occurrences(work, row.id)
        assert [status for _due, status in found].count(OPEN) == 1
        assert len({due for due, _status in found}) == len(found)
