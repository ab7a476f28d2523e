"""Forms: they say what is wrong beside the field, how a text was understood, and lose nothing."""

import sys
from contextlib import nullcontext

import pytest

from kamtui.services.needs import edit_need
from kamtui.services.people import add_person
from kamtui.store.unit_of_work import unit_of_work
from kamtui.tui.dialogs.form import FormDialog, convert, hold, open_form
from kamtui.tui.forms.account import ACCOUNT
from kamtui.tui.forms.obligation import OBLIGATION
from kamtui.tui.forms.person import PERSON
from kamtui.tui.forms.task import TASK
from kamtui.tui.forms.touch import TOUCH
from kamtui.tui.widgets.entry import NoteEntry, harmless


def value(seat, query, *values):
    row = seat.app.session.reader.execute(query, values).fetchone()
    return row[0] if row and len(row) == 1 else row


def number(seat, entity, name):
    column = "what" if entity in {"task", "obligation"} else "name"
    return value(seat, f"SELECT id FROM {entity} WHERE {column} LIKE ? ORDER BY id LIMIT 1", f"%{name}%")


async def show(seat, spec, **where):
    seat.app.run_worker(open_form(seat.app, spec, **where), group="commands")
    await seat.settle()


def is_open(seat):
    return isinstance(seat.app.screen, FormDialog)


async def test_a_form_saves_with_one_key_and_says_how_it_is_undone(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, account_id=1)
        await seat.type("发运费表")
        await seat.press("ctrl+s")
        assert not is_open(seat)
        assert seat.toasts == ["Add task 发运费表. u undoes"]
        assert value(seat, "SELECT account_id FROM task WHERE what = '发运费表'") == 1


async def test_enter_goes_on_and_saves_on_the_last_field(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, account_id=1)
        await seat.type("call")
        await seat.press("enter")
        await seat.type("fri")
        await seat.press("enter", "a", "enter", "enter", "enter", "enter")
        assert not is_open(seat)
        assert value(seat, "SELECT due, priority FROM task WHERE what = 'call'") == ("2026-11-27", "A")


async def test_in_a_note_too_keys_that_edit_act_in_their_turn(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, account_id=1)
        await seat.type("call")
        await seat.press("ctrl+o")
        seat.app.screen.query_one(NoteEntry).focus()
        await seat.settle()
        await seat.rush(*"onne", "backspace", "backspace", "e", "ctrl+n", *"twoo", "backspace")
        await seat.press("ctrl+s")
        assert value(seat, "SELECT note FROM task WHERE what = 'call'") == "one\ntwo"


async def test_it_is_shown_how_a_date_was_understood_while_one_types(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.press("tab")
        await seat.type("下周三")
        assert "= Wed 2026-12-02, in 9 d" in seat.text


async def test_what_is_wrong_stands_beside_the_field_and_the_text_stays(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.press("tab")
        await seat.type("someday")
        assert "! “someday” is not a day. Write 2026-12-01" in seat.text
        await seat.press("ctrl+s")
        assert is_open(seat)
        assert "! it must not be blank." in seat.text
        assert "Nothing was saved yet" in seat.text
        assert "someday" in seat.text


async def test_the_first_bad_field_gets_the_keyboard(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.press("tab", "tab", "ctrl+s")
        await seat.type("now it has words")
        await seat.press("ctrl+s")
        assert value(seat, "SELECT count(*) FROM task WHERE what = 'now it has words'") == 1


async def test_what_a_rule_of_the_business_refuses_keeps_the_form_open(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, ACCOUNT)
        await seat.type("Old Mill Group")
        await seat.press("ctrl+s")
        assert is_open(seat)
        assert "There is an account Old Mill Group already" in seat.text


async def test_what_a_verb_says_of_a_field_stands_beside_it(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TOUCH, account_id=1)
        await seat.type("they came")
        await seat.press("tab", "tab", "tab", "tab", "tab")
        await seat.type("fri")
        await seat.press("ctrl+s")
        assert is_open(seat)
        assert "! there is no next step for it" in seat.text


async def test_esc_leaves_at_once_when_nothing_would_be_lost(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.press("escape")
        assert not is_open(seat)


async def test_esc_leaves_what_nobody_typed_without_asking(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("n")
        assert is_open(seat)
        assert "meeting: Review of core banking" in seat.text
        await seat.press("escape")
        assert not is_open(seat)
        assert len(seat.app.screen_stack) == 1
        await seat.press("n")
        await seat.type("!")
        await seat.press("escape")
        assert "Leave without saving?" in seat.text
        await seat.press("y")
        assert len(seat.app.screen_stack) == 1


async def test_esc_asks_when_something_would_be_lost(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.type("x")
        await seat.press("escape")
        assert "What was typed is lost" in seat.text
        await seat.press("n")
        assert is_open(seat)
        await seat.press("backspace", "escape")
        assert not is_open(seat)
        await show(seat, TASK)
        await seat.type("x")
        await seat.press("escape", "y")
        assert len(seat.app.screen_stack) == 1
        assert value(seat, "SELECT count(*) FROM task WHERE what = 'x'") == 0


async def test_six_fields_stand_there_first_and_ctrl_o_shows_the_rest(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        assert "comes back" not in seat.text
        assert "Ctrl+O 4 more" in seat.text
        await seat.press("ctrl+o")
        assert "comes back" in seat.text
        assert "more" not in seat.lines[-2]


async def test_what_another_window_changed_is_shown_with_both_values(open_app, demo):
    async with open_app(demo) as seat:
        task = number(seat, "task", "reckon")
        await show(seat, TASK, record_id=task)
        with unit_of_work(demo, "theirs") as work:
            from kamtui.services.tasks import edit_task

            edit_task(work, task, what="their words", priority="C")
        await seat.press("end")
        await seat.type(", mine")
        await seat.press("ctrl+s")
        assert is_open(seat)
        assert "reckon what Old Mill really earns us, mine" in seat.text
        assert "! changed meanwhile to: their words." in seat.text
        await seat.press("ctrl+s")
        # Mine was kept where I had typed, theirs where I had not.
        assert value(seat, "SELECT what, priority FROM task WHERE id = ?", task) == (
            "reckon what Old Mill really earns us, mine", "C",
        )  # fmt: skip


async def test_theirs_can_be_taken_instead(open_app, demo):
    async with open_app(demo) as seat:
        task = number(seat, "task", "reckon")
        await show(seat, TASK, record_id=task)
        with unit_of_work(demo, "theirs") as work:
            from kamtui.services.tasks import edit_task

            edit_task(work, task, what="their words")
        await seat.press("end", "x", "tab", "tab", "a", "ctrl+s", "shift+tab", "shift+tab", "ctrl+t", "ctrl+s")
        assert not is_open(seat)
        assert value(seat, "SELECT what, priority FROM task WHERE id = ?", task) == ("their words", "A")


async def test_a_change_of_a_field_that_i_left_alone_is_no_conflict(open_app, demo):
    async with open_app(demo) as seat:
        task = number(seat, "task", "reckon")
        await show(seat, TASK, record_id=task)
        with unit_of_work(demo, "theirs") as work:
            from kamtui.services.tasks import edit_task

            edit_task(work, task, note="their note")
        await seat.press("end", "x", "ctrl+s")
        assert not is_open(seat)
        assert value(seat, "SELECT note FROM task WHERE id = ?", task) == "their note"


async def test_a_record_that_is_gone_is_said_and_the_text_stays(open_app, demo):
    async with open_app(demo) as seat:
        task = number(seat, "task", "reckon")
        await show(seat, TASK, record_id=task)
        with unit_of_work(demo, "theirs") as work:
            from kamtui.services.tasks import delete_task

            delete_task(work, task)
        await seat.press("end", "x", "ctrl+s")
        assert is_open(seat)
        assert f"There is no task with the number {task}" in seat.text
        assert "earns usx" in seat.text


async def test_that_somebody_left_meanwhile_is_said_when_they_were_edited(open_app, demo):
    async with open_app(demo) as seat:
        person = number(seat, "person", "周婷")
        await show(seat, PERSON, record_id=person)
        with unit_of_work(demo, "theirs") as work:
            from kamtui.services.people import leave

            leave(work, person)
        await seat.press("tab")
        await seat.type("VP")
        await seat.press("ctrl+s")
        assert seat.toasts[-1] == "Meanwhile 周婷 Zhou Ting was marked as gone: left on 2026-11-23."
        await show(seat, PERSON, record_id=person)
        await seat.press("tab")
        await seat.type("!")
        await seat.press("ctrl+s")
        assert not seat.toasts[-1].startswith("Meanwhile")


async def test_nothing_is_written_where_nothing_was_changed(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, record_id=number(seat, "task", "reckon"))
        await seat.press("ctrl+s")
        assert seat.toasts == ["Nothing was changed."]


async def test_a_person_is_picked_by_a_few_letters(open_app, demo):
    async with open_app(demo) as seat:
        bank = number(seat, "account", "Huadong Bank")
        await show(seat, OBLIGATION, account_id=bank)
        await seat.type("papers")
        await seat.press("tab", "tab", "tab", "tab", "tab")
        await seat.type("ww")
        assert ">王伟 Wang Wei" in seat.text
        await seat.press("enter")
        assert not is_open(seat)
        assert value(seat, "SELECT their_owner_id FROM obligation WHERE what = 'papers'") == number(
            seat, "person", "王伟"
        )


async def test_tab_takes_the_next_match_of_a_name(open_app, demo):
    async with open_app(demo) as seat:
        bank = number(seat, "account", "Huadong Bank")
        await show(seat, TASK, account_id=bank)
        await seat.press("tab", "tab", "tab", "tab")
        await seat.type("王")
        names = [line.split("  ")[0] for line in _matches(seat)]
        assert len(names) > 1
        await seat.press("tab")
        first = seat.app.screen.form.here.text
        await seat.press("tab")
        second = seat.app.screen.form.here.text
        assert first != second


def _matches(seat):
    from textual.widgets import Static

    row = seat.app.screen.form.here
    return str(row.query_one("#matches", Static).content).splitlines()


async def test_one_more_name_is_simply_typed(open_app, demo):
    async with open_app(demo) as seat:
        graham = number(seat, "person", "Graham")
        touch = value(seat, "SELECT interaction_id FROM interaction_person WHERE person_id = ?", graham)
        await show(seat, TOUCH, record_id=touch)
        await seat.press("tab")
        await seat.press("escape")
        assert not is_open(seat)
        await show(seat, TOUCH, record_id=touch)
        await seat.press("tab")
        await seat.type("sally")
        await seat.press("tab", "ctrl+s")
        people = seat.app.session.reader.execute(
            "SELECT person_id FROM interaction_person WHERE interaction_id = ? ORDER BY id", (touch,)
        ).fetchall()
        assert people == [(graham,), (number(seat, "person", "Sally"),)]


async def test_keys_that_come_at_once_stand_where_they_belong(open_app, demo):
    from textual.events import Key
    from textual.keys import _character_to_key

    async with open_app(demo) as seat:
        await show(seat, TASK)
        for key in ["o", "n", "e", "tab", "f", "r", "i", "tab", "B", "ctrl+s"]:
            single = len(key) == 1
            seat.app.post_message(Key(_character_to_key(key) if single else key, key if single else None))
        await seat.settle()
        assert value(seat, "SELECT due, priority FROM task WHERE what = 'one'") == ("2026-11-27", "B")


async def test_a_name_that_nobody_has_is_said_and_stays(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, account_id=1)
        await seat.type("x")
        await seat.press("tab", "tab", "tab", "tab")
        await seat.type("zzqq")
        await seat.press("ctrl+s")
        assert "nothing goes by the name “zzqq”" in seat.text


async def test_a_choice_is_made_by_digit_arrow_or_letters(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, PERSON, account_id=1)
        await seat.type("New One")
        await seat.press("tab", "tab", "tab", "tab")
        await seat.press("space", "3")  # roles: the first, and the third
        await seat.press("tab")
        await seat.type("men")
        assert "[mentor]" in seat.text
        await seat.press("right")
        assert "[supporter]" in seat.text
        await seat.press("5", "ctrl+s")
        person = number(seat, "person", "New One")
        assert value(seat, "SELECT stance FROM person WHERE id = ?", person) == "opponent"
        roles = seat.app.session.reader.execute("SELECT value FROM person_role WHERE person_id = ?", (person,))
        assert {role for (role,) in roles} == {"economic", "technical"}


async def test_a_long_list_shows_what_is_chosen_and_the_rest_while_one_chooses(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, PERSON, account_id=1)
        assert "non-supporter" not in seat.text
        await seat.press("tab", "tab", "tab", "tab", "tab")
        assert "4 non-supporter" in seat.text


async def test_converting_shows_the_original_and_what_is_still_to_ask(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        need, words = value(seat, "SELECT id, verbatim FROM need WHERE kind = 'implicit' AND state = 'captured'")
        seat.app.run_worker(convert(seat.app, need), group="commands")
        await seat.settle()
        assert words in seat.text
        assert "locked" in seat.text
        await seat.type("我们需要20台机器")
        assert "ready: it becomes explicit" in seat.text
        await seat.press("ctrl+s")
        assert value(seat, "SELECT kind, state, quantity_milli, verbatim FROM need WHERE id = ?", need) == (
            "explicit", "confirmed", 20000, words,
        )  # fmt: skip


async def test_converting_without_their_words_is_said_beside_the_field(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        need = value(seat, "SELECT id FROM need WHERE kind = 'implicit' AND state = 'captured'")
        seat.app.run_worker(convert(seat.app, need), group="commands")
        await seat.settle()
        await seat.press("ctrl+s")
        assert "! it must not be blank." in seat.text
        assert value(seat, "SELECT kind FROM need WHERE id = ?", need) == "implicit"


async def test_converting_offers_nobody_whom_we_have_not_met(open_app, demo):
    with unit_of_work(demo) as work:
        need, account = work.execute(
            "SELECT id, account_id FROM need WHERE state = 'captured' AND kind = 'implicit'"
        ).fetchone()
        unmet = add_person(work, account, "Quentin Purser", placeholder=True).person.id
        edit_need(work, need, raised_by_id=unmet)
    async with open_app(demo, size=(80, 40)) as seat:
        seat.app.run_worker(convert(seat.app, need), group="commands")
        await seat.settle()
        assert "Quentin" in seat.text  # who raised it is shown with the original
        await seat.type("we need a hotline")
        await seat.press("tab")
        assert "Quentin" not in next(line for line in seat.lines if "said by" in line)
        await seat.type("Quentin")
        assert "! Quentin Purser is a placeholder, somebody we have not met." in seat.text
        await seat.press("ctrl+s")
        assert value(seat, "SELECT kind FROM need WHERE id = ?", need) == "implicit"


async def test_what_was_planned_is_held_with_what_was_said(open_app, demo):
    async with open_app(demo) as seat:
        touch = value(seat, "SELECT id FROM interaction WHERE status = 'planned' ORDER BY on_date LIMIT 1")
        seat.app.run_worker(hold(seat.app, touch), group="commands")
        await seat.settle()
        await seat.type("they agreed")
        await seat.press("ctrl+s")
        assert value(seat, "SELECT status, summary FROM interaction WHERE id = ?", touch) == ("held", "they agreed")


async def test_a_note_is_written_in_the_persons_own_editor(open_app, demo, tmp_path, monkeypatch):
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\np.write_text(p.read_text() + ' and 二\\nthree')"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    async with open_app(demo) as seat:
        monkeypatch.setattr(seat.app, "suspend", nullcontext)
        await show(seat, TOUCH, account_id=1)
        await seat.type("one")
        await seat.press("ctrl+e")
        assert "one and 二" in seat.text
        await seat.press("ctrl+s")
        assert value(seat, "SELECT summary FROM interaction ORDER BY id DESC LIMIT 1") == "one and 二\nthree"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "No editor is set"),
        ("/nowhere/editor", "could not be used"),
        (f"{sys.executable} -c 1/0", "ended with an error"),
    ],
)
async def test_a_missing_editor_is_a_sentence_and_the_text_stays(open_app, demo, monkeypatch, program, said):
    if program:
        monkeypatch.setenv("EDITOR", program)
    async with open_app(demo) as seat:
        monkeypatch.setattr(seat.app, "suspend", nullcontext)
        await show(seat, TOUCH, account_id=1)
        await seat.type("one")
        await seat.press("ctrl+e")
        assert said in " ".join(seat.text.split())
        assert seat.app.screen.form.here.text == "one"


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_field_that_one_types_in_is_on_the_screen_at_every_size(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await show(seat, PERSON, account_id=1)
        await seat.press("ctrl+o")
        for row in seat.app.screen.form.rows:
            row.editor.focus()
            await seat.settle()
            region = row.editor.region
            assert 0 <= region.y < size[1], row.field.name
            assert region.right <= size[0], row.field.name


async def test_a_field_is_reached_with_the_mouse(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK)
        await seat.click("priority")
        assert seat.app.screen.form.here.field.name == "priority"
        await seat.click(" B ")
        assert seat.app.screen.form.here.text == "B"


@pytest.mark.parametrize("text", ["\x1b[2J", "a\u202eb", "[/bold]", "[@click=app.quit]x[/]", "\x9b31m", "\ud800"])
def test_what_is_edited_never_acts_on_the_terminal(text):
    assert len(harmless(text)) == len(text)
    assert not set(harmless(text)) & set("\x1b\x9b\u202e\ud800")


async def test_markup_of_people_is_text_in_a_form(open_app, demo):
    async with open_app(demo) as seat:
        await show(seat, TASK, start={"what": "Acme [EMEA] [/bold] [@click=app.quit]x[/]", "due": "[/]"})
        assert "Acme [EMEA] [/bold] [@click=app.quit]x[/]" in seat.text
        assert "“[/]” is not a day" in seat.text
        await seat.press("escape")
        assert "lost" in seat.text
