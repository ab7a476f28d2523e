"""What a question was asked about is what its answer is written to, whatever another window writes meanwhile."""

import pytest

from kamtui.services import colleagues, concessions, incidents, issues, needs, obligations, people, tasks, touches
from kamtui.services.accounts import add_account, delete_account, sort_account
from kamtui.store.history import next_undo
from kamtui.store.reads.incidents import get_incident
from kamtui.store.reads.issues import get_issue
from kamtui.store.reads.needs import need_row
from kamtui.store.reads.people import list_people
from kamtui.store.reads.tasks import get_task, list_tasks

TAKE_AWAY = {
    "task": tasks.delete_task,
    "touch": touches.delete_touch,
    "need": needs.delete_need,
    "obligation": obligations.delete_obligation,
    "return": concessions.delete_return,
    "issue": issues.delete_issue,
    "person": people.delete_person,
    "account": delete_account,
}


@pytest.fixture
def book(store):
    """One account with two records of each kind, by the entity, and a second account."""
    with store.writing() as work:
        acme = add_account(work, "Acme").id
        sort_account(work, acme, "T2")
        colleagues.add_colleague(work, "Liu Yan")
        given = concessions.add_concession(work, acme, "Free freight").id
        both = {
            "task": [tasks.add_task(work, f"send {one}", account_id=acme, due=work.today).id for one in "ab"],
            "touch": [touches.add_touch(work, acme, planned=True, purpose=f"talk {one}").id for one in "ab"],
            "need": [needs.add_need(work, acme, f"We wait too long, {one}").id for one in "ab"],
            "obligation": [
                obligations.add_obligation(work, acme, f"report {one}", first_due=work.today, cadence="3m").id
                for one in "ab"
            ],
            "return": [concessions.promise_return(work, given, f"volume {one}").id for one in "ab"],
            "issue": [issues.add_issue(work, acme, f"late again, {one}").id for one in "ab"],
            "person": [people.add_person(work, acme, name).person.id for name in ("Ann", "Bea")],
        }
        both["account"] = [add_account(work, "Aaa").id, acme]
        for account_id in both["account"]:
            sort_account(work, account_id, "T2")
    return both


# Where, of which kind, and the keys: those that ask, those that answer.
ASKING = [
    ("work", "task", "r", ["f", "r", "i", "enter"]),
    ("work", "task", "D", ["1"]),
    ("work", "task", "s", ["1"]),
    ("work", "task", "o", ["enter"]),
    ("work", "touch", "r", ["f", "r", "i", "enter"]),
    ("work", "need", "D", ["1", "n", "o", "enter"]),
    ("work", "obligation", "d", ["enter"]),
    ("work", "obligation", "r", ["f", "r", "i", "enter"]),
    ("work", "obligation", "D", ["1", "enter"]),
    ("work", "obligation", "o", ["enter"]),
    ("work", "return", "d", ["enter"]),
    ("work", "return", "D", ["1", "enter"]),
    ("work", "return", "r", ["f", "r", "i", "enter"]),
    ("work", "return", "c", ["enter"]),
    ("work", "issue", "d", ["n", "o", "enter"]),
    ("work", "person", "S", ["1"]),
    ("work", "person", "I", ["1"]),
    ("work", "person", "R", ["1", "0"]),
    ("work", "person", "L", ["2", "3"]),
    ("work", "person", "x", ["enter"]),
    ("today", "task", "r", ["f", "r", "i", "enter"]),
    ("today", "task", "D", ["1"]),
    ("today", "task", "s", ["1"]),
    ("today", "task", "o", ["enter"]),
    ("today", "task", "O", ["1", "1"]),
    ("portfolio", "account", "K", ["1"]),
    ("portfolio", "account", "o", ["enter"]),
    ("portfolio", "account", "x", ["n", "o", "enter", "1"]),
]


@pytest.mark.parametrize(("place", "entity", "asks", "answers"), ASKING)
async def test_the_row_under_an_open_question_goes_away(store, book, open_app, place, entity, asks, answers):
    gone = book[entity][0]
    async with open_app(store, place=place, account=book["account"][1]) as seat:
        await seat.app.go(place, key=(entity, gone))
        await seat.settle()
        assert seat.app.rows.key == (entity, gone)
        await seat.press(asks)
        with store.writing() as work:
            TAKE_AWAY[entity](work, gone)
        written = _newest(store)
        seat.app.watch_data()
        await seat.settle()
        await seat.press(*answers)
        assert len(seat.app.screen_stack) == 1
        assert _newest(store) == written
        assert any("There is no" in toast for toast in seat.toasts)


async def test_a_date_goes_to_the_task_that_was_asked_about_though_another_one_stands_there_now(store, book, open_app):
    first, second = book["task"]
    async with open_app(store, account=book["account"][1]) as seat:
        await seat.app.go("work", key=("task", first))
        await seat.settle()
        await seat.press("r")
        with store.writing() as work:
            tasks.done_task(work, first)
        seat.app.watch_data()
        await seat.settle()
        assert seat.app.place.main_rows().key != ("task", first)
        await seat.type("fri")
        await seat.press("enter")
        with store.reading() as connection:
            assert get_task(connection, second, store.today).due == store.today
        assert any("“send a” was done" in toast for toast in seat.toasts)


async def test_marked_rows_stay_those_that_were_marked_when_it_was_asked(store, book, open_app):
    async with open_app(store, account=book["account"][1]) as seat:
        await seat.app.go("work", key=("person", book["person"][0]))
        await seat.settle()
        await seat.press("space", "space", "S")
        with store.writing() as work:
            people.add_person(work, book["account"][1], "Abe")
        seat.app.watch_data()
        await seat.settle()
        await seat.press("1")
        with store.reading() as connection:
            stances = {
                row.name: row.stance for row in list_people(connection, store.today, account_id=book["account"][1])
            }
        assert stances["Ann"] == stances["Bea"] != stances["Abe"]


def _newest(store):
    with store.reading() as connection:
        return next_undo(connection).id


# Undo


async def test_the_undo_that_was_confirmed_is_the_one_that_is_undone(store, book, open_app):
    with store.writing() as work:
        tasks.add_task(work, "of another program")
    async with open_app(store) as seat:
        await seat.press("u")
        assert "Undo “Add task of another program”" in seat.text
        with store.writing() as work:
            tasks.add_task(work, "written while it was asked")
        await seat.press("y")
        assert any("the last step is “Add task written while it was asked” now" in toast for toast in seat.toasts)
        assert _tasks(store) >= {"of another program", "written while it was asked"}
        await seat.press("u")
        assert "Undo “Add task written while it was asked”" in seat.text
        await seat.press("y")
        assert "of another program" in _tasks(store)
        assert "written while it was asked" not in _tasks(store)


async def test_an_undo_that_is_not_asked_about_takes_back_what_the_person_did_and_nothing_of_others(
    store, book, open_app, monkeypatch
):
    async with open_app(store) as seat:
        await seat.press("a", *"mine", "enter")
        in_writer = seat.app.session.in_writer

        def overtaken(job):
            with store.writing() as work:
                tasks.add_task(work, "of another program")
            return in_writer(job)

        monkeypatch.setattr(seat.app.session, "in_writer", overtaken)
        await seat.press("u")
        monkeypatch.undo()
        assert any("Nothing was undone" in toast for toast in seat.toasts)
        assert _tasks(store) >= {"mine", "of another program"}
        await seat.press("u")
        assert "Undo “Add task of another program”" in seat.text


def _tasks(store):
    with store.reading() as connection:
        return {row.what for row in list_tasks(connection, store.today)}


# Leaving


async def _left_and_open(store, book, open_app, entity, row_id, asks, answers, state):
    """What became of a record where a later question was left, and where it was answered with nothing."""
    found = []
    for last in ("escape", "enter"):
        async with open_app(store, account=book["account"][1]) as seat:
            await seat.app.go("work", key=(entity, row_id))
            await seat.settle()
            if asks.startswith("need."):
                await seat.perform(asks)
            else:
                await seat.press(asks)
            await seat.press(*answers, last)
            while len(seat.app.screen_stack) > 1:
                await seat.press(last)
            found.append(state())
    return found


async def test_leaving_the_day_until_which_a_complaint_is_put_off_leaves_it_as_it_was(store, book, open_app):
    issue = book["issue"][0]

    def state():
        with store.reading() as connection:
            return str(get_issue(connection, issue, store.today).status)

    found = await _left_and_open(store, book, open_app, "issue", issue, "D", ["1", *"later", "enter"], state)
    assert found == ["open", "deferred"]


@pytest.mark.parametrize("before", [[], ["enter"]])
async def test_leaving_a_later_question_of_an_incident_leaves_it_unresolved(store, book, open_app, before):
    with store.writing() as work:
        incident = incidents.add_incident(work, book["account"][1], "line down").incident.id

    def state():
        with store.reading() as connection:
            return get_incident(connection, incident).incident.is_open

    answers = [*"new part", "enter", *before]
    found = await _left_and_open(store, book, open_app, "incident", incident, "d", answers, state)
    assert found == [True, False]


async def test_leaving_how_they_took_an_idea_floats_none(store, book, open_app):
    need = book["need"][0]

    def state():
        with store.reading() as connection:
            return need_row(connection, need).state

    answers = [*"a buffer stock", "enter"]
    found = await _left_and_open(store, book, open_app, "need", need, "need.float", answers, state)
    assert found == ["captured", "exploring"]
