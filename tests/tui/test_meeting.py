"""A meeting from its preparation to what follows it: who comes, what for, our ask, their commitment, held, followed up."""

from datetime import date, timedelta

import pytest

from kamtui.domain.enums import InteractionStatus
from kamtui.store.reads.brief_shared import list_joint_actions
from kamtui.store.reads.tasks import list_tasks
from kamtui.store.reads.touches import list_touches
from kamtui.tui.places.brief_sheet import BriefSheet

TODAY = date(2026, 11, 23)


async def at(seat, name):
    (account_id,) = seat.app.session.reader.execute(
        "SELECT id FROM account WHERE name LIKE ?", (f"{name}%",)
    ).fetchone()
    await seat.app.go("work", account_id=account_id)
    await seat.settle()
    return account_id


def planned(seat, account_id):
    return seat.app.session.read(list_touches, account_id, status=InteractionStatus.PLANNED)


async def fill(seat, **texts):
    """Types into the fields of the form that is open, by their names."""
    for row in seat.app.screen.form.rows:
        if row.field.name in texts:
            row.put(texts[row.field.name])
    await seat.settle()


async def test_it_is_prepared_with_people_from_the_map_and_is_one_step_to_undo(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        bank = await at(seat, "Old Mill")
        before = planned(seat, bank)
        await seat.press("p")
        assert "Who comes: 0 people" in seat.text
        await seat.press("space")
        assert "Who comes: 1 person" in seat.text
        await seat.press("enter")
        assert "Prepare a meeting" in seat.text
        await fill(seat, purpose="Terms of 2027", ask="sign the frame", commitment="name a date", on="fri", at="10:30")
        await seat.press("ctrl+s")
        (meeting,) = set(planned(seat, bank)) - set(before)
        assert (meeting.purpose, meeting.ask, meeting.commitment) == ("Terms of 2027", "sign the frame", "name a date")
        assert (meeting.on, meeting.at_time, len(meeting.people)) == (date(2026, 11, 27), "10:30", 1)
        await seat.press("u", "y")
        assert planned(seat, bank) == before


async def test_who_is_marked_on_the_map_comes(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at(seat, "Old Mill")
        await seat.press("1", "space", "p")
        assert "Who comes: 1 person" in seat.text


async def test_somebody_is_found_by_a_part_of_the_name(open_app, demo):
    async with open_app(demo, size=(100, 30)) as seat:
        await at(seat, "Huadong")
        await seat.press("b", "p", *"zhou", "space", "enter")
        assert "周婷 Zhou Ting" in seat.app.screen.query_one(BriefSheet).paper.plain.split("DECISION MAP")[0]


async def test_the_next_meeting_is_taken_up_again_with_what_it_has(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at(seat, "Huadong")
        await seat.press("p", "1")
        assert "Who comes: 2 people" in seat.text
        await seat.press("enter")
        assert "20 minutes with 陈国栋 before December" in seat.text
        await seat.press("escape")
        assert seat.app.screen is seat.app.place


async def test_the_brief_says_ask_and_commitment_as_soon_as_they_are_known(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at(seat, "Huadong")
        await seat.press("b", "e", "1", "enter")
        await fill(seat, commitment="a date in December")
        await seat.press("ctrl+s")
        assert "a date in December" in seat.app.screen.query_one(BriefSheet).paper.plain


async def test_one_key_makes_it_a_held_touch_with_its_follow_up_tasks(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        bank = await at(seat, "Huadong")
        (meeting,) = planned(seat, bank)
        before = {task.id for task in seat.app.session.read(list_tasks, TODAY, account_id=bank)}
        await seat.press("b", "d")
        assert planned(seat, bank) == []
        (held, *_rest) = seat.app.session.read(list_touches, bank, status=InteractionStatus.HELD)
        assert held.id == meeting.id
        new = [t for t in seat.app.session.read(list_tasks, TODAY, account_id=bank) if t.id not in before]
        assert [task.what for task in new] == [
            "what came of our ask: 20 minutes with 陈国栋 before December",
            "see that it is kept: outage report, and who answers at night",
        ]
        assert {task.due for task in new} == {TODAY + timedelta(days=7)}
        await seat.press("u")
        assert planned(seat, bank) == [meeting]


async def test_what_we_ask_of_them_does_not_come_before_their_eyes_as_a_joint_action(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        bank = await at(seat, "Huadong")
        before = seat.app.session.read(list_joint_actions, bank, TODAY)
        await seat.press("b", "d")
        assert seat.app.session.read(list_joint_actions, bank, TODAY) == before


async def test_where_none_was_due_that_is_said(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at(seat, "Kestrel")
        await seat.press("b", "d")
        assert "No meeting was planned until today" in seat.toasts[-1]


async def test_nobody_is_asked_about_a_meeting_without_an_account(open_app, store):
    store.prepare()
    async with open_app(store, place="today") as seat:
        await seat.press("p")
        assert "There is no account under the cursor to meet." in seat.toasts[-1]


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24)], ids=str)
async def test_the_map_of_who_comes_fits_small_windows(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await at(seat, "Huadong")
        await seat.press("p", "1")
        assert "Who comes: 2 people" in seat.text
        assert "李明 Li Ming" in seat.text
        assert "Space marks" in seat.text
