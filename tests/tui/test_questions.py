"""What a question shows before it is answered, and what its answer changes."""

from datetime import timedelta

import pytest
from textual.events import Paste
from textual.widgets import Input

from kamtui.domain.enums import Influence, Relationship, Stage, Stance
from kamtui.services import accounts, colleagues, people, scorecards, stages, tasks
from kamtui.store.history import next_undo
from kamtui.store.reads.people import get_person
from kamtui.tui.widgets.rows import Rows


@pytest.fixture
def acme(store):
    with store.writing() as work:
        acme = accounts.add_account(work, "Acme").id
        accounts.sort_account(work, acme, "T2")
        stages.change_stage(work, acme, Stage.STABLE)
        liu = colleagues.add_colleague(work, "Liu Yan").id
        accounts.edit_account(work, acme, kam_id=liu)
        scorecards.add_score(work, acme, "fit", 1)
        return acme


@pytest.fixture
def ann(store, acme):
    with store.writing() as work:
        boss = people.add_person(work, acme, "Zoe").person.id
        return people.add_person(
            work, acme, "Ann", manager_id=boss, stance=Stance.MENTOR, influence=Influence.POLITICAL,
            relationship=Relationship.CREDIBLE, relationship_target=Relationship.PROBLEM_SOLVER, roles=["technical", "user"],
        ).person.id  # fmt: skip


@pytest.fixture
def bea(store, acme):
    with store.writing() as work:
        return people.add_person(work, acme, "Bea", stance=Stance.OPPONENT, roles=["coach", "user"]).person.id


@pytest.fixture
def at_acme(store, acme, open_app):
    return lambda: open_app(store, place="work", account=acme)


async def go_to(seat, entity, row_id):
    await seat.app.go("work", key=(entity, row_id))
    await seat.settle()
    assert seat.app.rows.key == (entity, row_id)


def _under(seat):
    """What the cursor of the choice stands on."""
    choice = seat.app.screen
    return choice._options[choice.query_one(Rows).record].label


# The value that is there


@pytest.mark.parametrize(("key", "value"), [("S", "mentor"), ("I", "political"), ("L", "credible"), ("m", "Zoe")])
async def test_a_choice_begins_at_what_the_person_has_now(at_acme, ann, store, key, value):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press(key)
        assert value in _under(seat)


async def test_one_enter_after_another_changes_nothing(at_acme, ann, store):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        written = _newest(store)
        await seat.press("S", "enter", "I", "enter", "L", "enter", "enter")
    assert _newest(store) == written


async def test_a_choice_for_people_who_differ_begins_at_the_first_option(at_acme, ann, bea):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("space")
        await go_to(seat, "person", bea)
        await seat.press("space", "S")
        assert seat.app.screen.query_one(Rows).cursor == 0


@pytest.mark.parametrize(("command", "value"), [("account.stage", "stable"), ("account.kam_here", "Liu Yan")])
async def test_a_choice_begins_at_what_the_account_has_now(at_acme, command, value):
    async with at_acme() as seat:
        await seat.perform(command)
        assert value in _under(seat)


async def test_the_owner_begins_at_whose_it_is(at_acme, acme, store):
    with store.writing() as work:
        task = tasks.add_task(work, "send table", account_id=acme, our_owner_id=2).id
    async with at_acme() as seat:
        await go_to(seat, "task", task)
        await seat.press("o")
        assert _under(seat) == "Liu Yan"


async def test_a_score_begins_at_the_one_that_is_known(at_acme, acme):
    from kamtui.domain.qualification import Criterion
    from kamtui.tui.scoring import ask_score

    async with at_acme() as seat:
        seat.app.run_worker(ask_score(seat.app, acme, Criterion.FIT), group="commands")
        await seat.settle()
        assert _under(seat) == "1"


# Roles of several people


async def test_several_people_keep_the_roles_that_were_not_switched(at_acme, ann, bea, store):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("space")
        await go_to(seat, "person", bea)
        await seat.press("space", "R")
        assert "[-] C coach" in seat.text
        assert "[x] U user" in seat.text
        await seat.type("economic")
        await seat.press("enter")
        await seat.type("user")
        await seat.press("enter", "0")
    assert _roles(store, ann) == {"economic", "technical"}
    assert _roles(store, bea) == {"economic", "coach"}


# The map of a past day


@pytest.mark.parametrize("key", ["M", "E"])
async def test_the_map_of_a_past_day_changes_nobody(at_acme, ann, bea, store, key):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("space")
        await go_to(seat, "person", bea)
        await seat.press("space")
        seat.app.place.view.as_of = store.today - timedelta(days=1)
        await seat.press(key)
        assert any("This is the map as of" in toast for toast in seat.toasts)
        assert len(seat.app.screen_stack) == 1


# Days


async def test_typing_takes_the_place_of_the_day_that_is_offered(at_acme, ann, store):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("x")
        assert seat.app.screen.query_one(Input).value == "today"
        await seat.type("-2d")
        assert seat.app.screen.query_one(Input).value == "-2d"
        await seat.press("enter")
    assert _person(store, ann).left_on == store.today - timedelta(days=2)


async def test_cursor_keys_edit_the_day_that_is_offered(at_acme, ann):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("x", "end", "backspace")
        assert seat.app.screen.query_one(Input).value == "toda"


async def test_nobody_left_on_a_day_to_come_and_the_line_stays_open_with_what_was_typed(at_acme, ann, store):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("x")
        await seat.type("2099-01-01")
        assert "2099-01-01 is still to come" in seat.text
        await seat.press("enter")
        assert seat.app.screen.query_one(Input).value == "2099-01-01"
    assert _person(store, ann).left_on is None


# What changes nothing


async def test_a_step_beyond_the_end_of_the_scale_says_that_it_is_so_already(at_acme, ann):
    async with at_acme() as seat:
        await go_to(seat, "person", ann)
        await seat.press("+")
        assert seat.toasts[-1] == "Ann: mentor. That is so already."


# Several lines in one


@pytest.mark.parametrize(
    "pasted", ["Line one\nLine two", "Line one\rLine two", "Line one \r\n  Line two\n", "\n\nLine one\n\nLine two"]
)
async def test_several_lines_that_are_pasted_stand_in_one_with_one_blank_between(at_acme, pasted):
    async with at_acme() as seat:
        await seat.press("a")
        seat.app.screen.focused.post_message(Paste(pasted))
        await seat.settle()
        assert seat.app.screen.text == "Line one Line two"


def _person(store, person_id):
    with store.reading() as connection:
        return get_person(connection, person_id, store.today).person


def _roles(store, person_id):
    return set(_person(store, person_id).roles)


def _newest(store):
    with store.reading() as connection:
        return next_undo(connection).id


# What cannot be read


@pytest.mark.parametrize("command", ["account.sort", "account.merge", "go.work", "queue.hand"])
async def test_what_cannot_be_read_is_a_reason_in_a_sentence(at_acme, acme, store, command):
    from kamtui.store.sqlite.driver import DatabaseError

    with store.writing() as work:
        tasks.add_task(work, "send table", account_id=acme, due=store.today)

    class Broken:
        def execute(self, *_arguments):
            raise DatabaseError("disk I/O error")

        def close(self):
            pass

    async with at_acme() as seat:
        await seat.press("P" if command == "account.merge" else "T")
        if command == "go.work":
            seat.app.whereabouts.account_id = None
        reader, seat.app.session._reader = seat.app.session._reader, Broken()
        try:
            reason = seat.app.registry.commands[command].reason_not(seat.app)
        finally:
            seat.app.session._reader = reader
        assert "the disk, or it fails" in reason


# Ctrl+Q


async def test_ctrl_q_asks_before_it_leaves_a_form_in_which_something_was_typed(at_acme, store):
    async with at_acme() as seat:
        await seat.press("1", "A", *"Carl", "ctrl+q")
        assert "Leave without saving?" in seat.text
        await seat.press("n")
        assert "Carl" in seat.text
        await seat.press("ctrl+q", "y")
        assert seat.app.place.place == "work"
        assert len(seat.app.screen_stack) == 1


async def test_ctrl_q_keeps_a_line_as_a_draft(at_acme):
    async with at_acme() as seat:
        await seat.press("a", *"send table", "ctrl+q", "a")
        assert seat.app.screen.text == "send table"


async def test_ctrl_q_without_a_dialog_leaves_the_place_and_then_the_app(at_acme):
    async with at_acme() as seat:
        await seat.press("ctrl+q")
        assert seat.app.place.place == "today"
        await seat.press("ctrl+q")
        assert seat.app._exit
