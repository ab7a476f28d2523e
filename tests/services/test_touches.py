"""Touches: held, planned, held after all; their next step; what is no touch. And our own people."""

from datetime import date, timedelta

import pytest

from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus, Tier
from kamtui.domain.errors import BadInput, Refused
from kamtui.services.accounts import add_account
from kamtui.services.colleagues import add_colleague, delete_colleague, edit_colleague
from kamtui.services.people import add_person
from kamtui.services.touches import add_touch, delete_touch, edit_touch, hold_touch
from kamtui.store import history
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.brief_shared import list_joint_actions
from kamtui.store.reads.colleagues import list_colleagues
from kamtui.store.reads.links import next_step_due
from kamtui.store.reads.people import get_person
from kamtui.store.reads.touches import list_touches

DAY = timedelta(days=1)


@pytest.fixture
def clinic(store) -> int:
    with store.writing() as work:
        return add_account(work, "Northwind Clinic").id


@pytest.fixture
def wei(store, clinic) -> int:
    with store.writing() as work:
        return add_person(work, clinic, "王伟").person.id


def touch(store, account: int, **fields):
    with store.writing() as work:
        return add_touch(work, account, **fields)


def tasks(store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return connection.execute(
            """SELECT what, due, person_id, source, source_id, (SELECT name FROM colleague WHERE id = our_owner_id)
               FROM task ORDER BY id"""
        ).fetchall()


def last_touches(store, account: int, person: int) -> tuple[date | None, date | None]:
    with store.reading() as connection:
        (row,) = [row for row in list_accounts(connection, store.today) if row.id == account]
        return row.last_touch, get_person(connection, person, store.today).person.last_touch


def test_a_touch_is_of_today_and_mine_unless_it_is_said(store, clinic, wei):
    row = touch(store, clinic, people=[wei, wei], summary="talked about 约")
    assert (row.on, row.status, row.kind) == (store.today, InteractionStatus.HELD, InteractionKind.MEETING)
    assert (row.people, row.person_ids, row.colleagues) == (("王伟",), (wei,), ("Gao Lin",))
    assert last_touches(store, clinic, wei) == (store.today, store.today)


def test_a_note_is_no_touch_and_never_moves_the_last_one(store, clinic, wei):
    touch(store, clinic, people=[wei], on=store.today - 9 * DAY, summary="met")
    touch(store, clinic, people=[wei], kind=InteractionKind.NOTE, summary="heard something")
    assert last_touches(store, clinic, wei) == (store.today - 9 * DAY,) * 2


def test_a_planned_touch_is_no_last_touch_until_it_is_held(store, clinic, wei):
    row = touch(store, clinic, people=[wei], planned=True, on=store.today, at="9:05", purpose="review")
    assert row.at_time == "09:05"
    assert last_touches(store, clinic, wei) == (None, None)
    with store.writing() as work:
        held = hold_touch(work, row.id, summary="agreed", next_step="send the plan")
    assert (held.status, held.purpose, held.summary, held.at_time) == ("held", "review", "agreed", "09:05")
    assert last_touches(store, clinic, wei) == (store.today, store.today)
    assert tasks(store)[0][0] == "send the plan"


def test_what_a_held_meeting_asked_for_is_followed_up_by_a_task_each(store, clinic, wei):
    row = touch(store, clinic, people=[wei], planned=True, on=store.today, ask="sign the frame", commitment="a date")
    with store.writing() as work:
        hold_touch(work, row.id, next_step="send the plan")
    assert {what for what, *_rest in tasks(store)} == {
        "send the plan",
        "what came of our ask: sign the frame",
        "see that it is kept: a date",
    }
    with store.reading() as connection:
        # None is a joint action: those stand in the customer's brief.
        assert list_joint_actions(connection, clinic, store.today) == []
        assert next_step_due(connection, row.id) is None


def test_what_is_held_is_not_in_the_future_and_what_is_planned_is_not_past(store, clinic):
    with pytest.raises(Refused, match="still to come"):
        touch(store, clinic, on=store.today + DAY)
    with pytest.raises(Refused, match="is past"):
        touch(store, clinic, planned=True, on=store.today - DAY)
    with store.reading() as connection:
        assert list_touches(connection) == []


def test_what_was_planned_for_later_is_held_today_without_its_time(store, clinic):
    row = touch(store, clinic, planned=True, on=store.today + 5 * DAY, at="10:30", purpose="x")
    with store.writing() as work, pytest.raises(Refused, match="still to come"):
        hold_touch(work, row.id, on=row.on)
    with store.writing() as work:
        held = hold_touch(work, row.id)
    assert (held.on, held.at_time) == (store.today, None)
    with store.writing() as work, pytest.raises(Refused, match="held already"):
        hold_touch(work, row.id)


def test_the_next_step_becomes_a_task_of_mine_with_the_person_and_the_touch(store, clinic, wei):
    due = store.today + 4 * DAY
    row = touch(store, clinic, people=[wei], summary="x", next_step="send\nthe plan", next_step_due=due)
    assert tasks(store) == [("send the plan", due.isoformat(), wei, "touch", row.id, "Gao Lin")]


def test_a_changed_next_step_changes_its_task_and_opens_no_second_one(store, clinic):
    row = touch(store, clinic, summary="x", next_step="call")
    with store.writing() as work:
        edit_touch(work, row.id, next_step="write", next_step_due=store.today)
    with store.writing() as work:
        edit_touch(work, row.id, summary="y")
    assert [task[:2] for task in tasks(store)] == [("write", store.today.isoformat())]


def test_a_long_next_step_is_a_task_of_one_line(store, clinic):
    touch(store, clinic, summary="x", next_step="名" * 300)
    assert tasks(store)[0][0] == "名" * 199 + "…"


def test_a_due_date_without_a_next_step_is_refused(store, clinic):
    with pytest.raises(BadInput, match="no next step"):
        touch(store, clinic, summary="x", next_step_due=store.today)


@pytest.mark.parametrize("at", ["24:00", "10.30", "9", "10:60", "soon"])
def test_a_time_that_is_none_is_refused(store, clinic, at):
    with pytest.raises(BadInput, match="is not a time"):
        touch(store, clinic, at=at)


def test_a_touch_that_was_planned_and_forgotten_can_still_be_edited(store, clinic, wei):
    row = touch(store, clinic, planned=True, on=store.today, purpose="x", people=[wei])
    from dataclasses import replace

    with replace(store, today=store.today + 3 * DAY).writing() as work:
        changed = edit_touch(work, row.id, purpose="y", people=[], direction=Direction.OUT, at="")
    assert (changed.purpose, changed.people, changed.direction) == ("y", (), Direction.OUT)


def test_a_deleted_touch_leaves_its_task_and_comes_back_by_undo(store, clinic, wei):
    row = touch(store, clinic, people=[wei], summary="x", next_step="call")
    with store.writing() as work:
        delete_touch(work, row.id)
    assert tasks(store)[0][3:5] == ("touch", None)
    assert last_touches(store, clinic, wei) == (None, None)
    history.undo(store)
    assert tasks(store)[0][3:5] == ("touch", row.id)
    with store.reading() as connection:
        assert list_touches(connection, person_id=wei) == [row]


def test_touches_are_listed_newest_first_and_by_who_when_and_whether(store, clinic, wei):
    with store.writing() as work:
        other = add_account(work, "Other").id
    first = touch(store, clinic, on=store.today - 2 * DAY, summary="a", people=[wei])
    early, late = (touch(store, clinic, at=at, summary="b") for at in ("09:00", "17:00"))
    plan = touch(store, other, planned=True, on=store.today + DAY, purpose="c")
    with store.reading() as connection:
        assert [row.id for row in list_touches(connection)] == [plan.id, late.id, early.id, first.id]
        assert [row.id for row in list_touches(connection, clinic, limit=1)] == [late.id]
        assert list_touches(connection, person_id=wei) == [first]
        assert list_touches(connection, status=InteractionStatus.PLANNED) == [plan]
        assert first not in list_touches(connection, since=store.today)


# Colleagues


def test_one_of_us_is_always_at_the_keyboard(store):
    with store.writing() as work:
        before = work.me
        lin = add_colleague(work, "林静", me=True, skills="networks")
        assert work.me == lin.id != before
    with store.writing() as work, pytest.raises(Refused, match="Mark somebody else"):
        edit_colleague(work, lin.id, me=False)
    with store.writing() as work:
        assert edit_colleague(work, before, me=True).is_me
        assert not edit_colleague(work, lin.id, me=False, level="senior").is_me
    with store.reading() as connection:
        assert [(row.name, row.is_me) for row in list_colleagues(connection)] == [("Gao Lin", True), ("林静", False)]


def test_a_second_colleague_of_one_name_is_refused(store):
    with store.writing() as work, pytest.raises(Refused, match="There is a colleague gao lin already, number 1"):
        add_colleague(work, "gao lin ")


def test_a_colleague_who_owns_things_stays_and_the_sentence_says_what(store):
    with store.writing() as work:
        lin = add_colleague(work, "Lin").id
        account = add_account(work, "Acme", tier=Tier.T1, kam_id=lin).id
    with store.writing() as work, pytest.raises(Refused, match="Lin still has 1 account; give those"):
        delete_colleague(work, lin)
    with store.writing() as work:
        other = add_colleague(work, "Other").id
        add_touch(work, account, colleagues=[other], summary="x")
    with store.writing() as work:
        assert delete_colleague(work, other) == "Other"
    with store.writing() as work, pytest.raises(Refused, match="at the keyboard and stays"):
        delete_colleague(work, work.me)


def test_a_note_is_no_touch_and_so_is_not_planned(store, clinic):
    tomorrow = store.today + DAY
    with pytest.raises(Refused, match="A note is not planned"):
        touch(store, clinic, kind=InteractionKind.NOTE, planned=True, on=tomorrow, purpose="think")
    meeting = touch(store, clinic, planned=True, on=tomorrow, purpose="review")
    with pytest.raises(Refused, match="A note is not planned"), store.writing() as work:
        edit_touch(work, meeting.id, kind=InteractionKind.NOTE)
    assert touch(store, clinic, kind=InteractionKind.NOTE, summary="they moved").status == "held"
