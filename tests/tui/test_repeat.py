"""The dot does the last change again, to the row under the cursor, where the command that made it could do it too."""

from datetime import timedelta

import pytest

from kamtui.domain.enums import ReturnStatus
from kamtui.services import concessions, needs, obligations, people, tasks, touches
from kamtui.services.accounts import add_account
from kamtui.store.history import next_undo
from kamtui.store.reads.needs import list_needs


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return add_account(work, "Acme").id


@pytest.fixture
def at_acme(store, acme, open_app):
    return lambda: open_app(store, place="work", account=acme)


async def go_to(seat, entity, row_id):
    await seat.app.go("work", key=(entity, row_id))
    await seat.settle()
    assert seat.app.rows.key == (entity, row_id)


async def test_what_is_repeated_is_the_last_change_and_not_one_before_it(store, acme, at_acme):
    with store.writing() as work:
        ids = [needs.add_need(work, acme, f"We wait too long, {number}").id for number in range(4)]
    async with at_acme() as seat:
        await go_to(seat, "need", ids[0])
        await seat.press("x")
        await go_to(seat, "need", ids[1])
        await seat.press("n", "0", *"how long", "enter")
        await go_to(seat, "need", ids[2])
        await seat.press(".")
        assert any("The last change is not one of a row" in toast for toast in seat.toasts)
    with store.reading() as connection:
        assert {row.id for row in list_needs(connection, acme, open_only=False)} == set(ids[1:])


async def test_a_change_that_was_taken_back_is_done_to_another_row_by_the_dot(store, acme, at_acme):
    with store.writing() as work:
        ids = [needs.add_need(work, acme, f"We wait too long, {number}").id for number in range(3)]
    async with at_acme() as seat:
        await go_to(seat, "need", ids[0])
        await seat.press("x", "u")
        await go_to(seat, "need", ids[1])
        await seat.press(".")
    with store.reading() as connection:
        assert {row.id for row in list_needs(connection, acme, open_only=False)} == {ids[0], ids[2]}


async def test_nothing_is_repeated_before_anything_was_done(at_acme):
    async with at_acme() as seat:
        await seat.press(".")
        assert any("nothing to repeat yet" in toast for toast in seat.toasts)


def _tasks(work, acme):
    done = tasks.add_task(work, "that is done", account_id=acme).id
    tasks.done_task(work, done)
    return "task", tasks.add_task(work, "that is open", account_id=acme).id, done


def _touches(work, acme):
    held = touches.add_touch(work, acme, summary="held").id
    return "touch", touches.add_touch(work, acme, planned=True, purpose="to come").id, held


def _returns(work, acme):
    given = concessions.add_concession(work, acme, "Free freight").id
    met = concessions.promise_return(work, given, "that came").id
    concessions.close_return(work, met, ReturnStatus.MET)
    return "return", concessions.promise_return(work, given, "that is open").id, met


def _obligations(work, acme):
    idle = obligations.add_obligation(work, acme, "nothing open", cadence="per_order").id
    return "obligation", obligations.add_obligation(work, acme, "open", first_due=work.today, cadence="3m").id, idle


def _given(work, acme):
    given = concessions.add_concession(work, acme, "Free freight").id
    return "return", concessions.promise_return(work, given, "that is open").id, ("concession", given)


REFUSED = [
    (_tasks, "d", [], [], "That task is closed"),
    (_tasks, "r", ["f", "r", "i", "enter"], ["v"], "That task is closed"),
    (_tasks, "s", ["1"], ["v"], "done already"),
    (_touches, "d", [], [], "held already"),
    (_returns, "d", ["enter"], [], "closed already"),
    (_returns, "r", ["f", "r", "i", "enter"], [], "closed already"),
    (_returns, "c", ["enter"], [], "closed already"),
    (_given, "d", ["enter"], [], "That is what we gave"),
    (_obligations, "d", ["enter"], [], "Nothing of it is open"),
    (_obligations, "r", ["f", "r", "i", "enter"], [], "Nothing of it is open"),
    (_obligations, "D", ["1", "enter"], [], "Nothing of it is open"),
]


@pytest.mark.parametrize(("records", "key", "answers", "view", "reason"), REFUSED)
async def test_where_a_command_says_why_not_the_dot_says_the_same(
    store, acme, at_acme, records, key, answers, view, reason
):
    with store.writing() as work:
        entity, allowed, refused = records(work, acme)
    other = refused if isinstance(refused, tuple) else (entity, refused)
    async with at_acme() as seat:
        await go_to(seat, entity, allowed)
        await seat.press(key, *answers)
        assert seat.app.repeatable is not None
        written = _newest(store)
        await seat.press(*view)
        await go_to(seat, *other)
        await seat.press(".")
        assert any(reason in toast for toast in seat.toasts)
    assert _newest(store) == written


async def test_in_the_map_of_a_past_day_nothing_is_repeated(store, acme, at_acme):
    with store.writing() as work:
        ids = [people.add_person(work, acme, name).person.id for name in ("Ann", "Bea")]
    async with at_acme() as seat:
        await go_to(seat, "person", ids[0])
        await seat.press("-")
        written = _newest(store)
        await go_to(seat, "person", ids[1])
        seat.app.place.view.as_of = store.today - timedelta(days=1)
        await seat.press(".")
        assert any("This is the map as of" in toast for toast in seat.toasts)
    assert _newest(store) == written


async def test_a_change_is_repeated_only_where_its_command_stands(store, acme, at_acme):
    with store.writing() as work:
        late = work.today - timedelta(days=3)
        ids = [tasks.add_task(work, f"send {one}", account_id=acme, due=late).id for one in "ab"]
    async with at_acme() as seat:
        await go_to(seat, "task", ids[0])
        await seat.press("d")
        written = _newest(store)
        await seat.press("T", ".")
        assert any("“done” is not done here" in toast for toast in seat.toasts)
    assert _newest(store) == written


def _newest(store):
    with store.reading() as connection:
        return next_undo(connection).id
