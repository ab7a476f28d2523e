"""One key sets one thing on the row under the cursor, as one step that `u` takes back."""

from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import BuyingRole, Influence, Stance
from kamtui.domain.errors import BadInput
from kamtui.services.people import edit_person
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.concessions import list_concessions
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.obligations import get_obligation, list_obligations
from kamtui.store.reads.people import get_person, list_people
from kamtui.store.reads.tasks import get_task, list_tasks


@pytest.fixture
def bank(demo):
    with demo.reading() as connection:
        return next(row.id for row in list_accounts(connection, demo.today) if row.name.startswith("Huadong Bank"))


@pytest.fixture
def at_bank(demo, bank, open_app):
    @asynccontextmanager
    async def opened(*, pane="1", **named):
        async with open_app(demo, **named) as seat:
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            await seat.press(pane)
            yield seat

    return opened


@pytest.fixture
def person(demo, bank):
    """Reads a person of the bank by the beginning of the name, as the store has them now."""

    def read(name):
        with demo.reading() as connection:
            people = list_people(connection, demo.today, account_id=bank, left=True)
            return get_person(connection, next(p.id for p in people if p.name.startswith(name)), demo.today).person

    return read


async def go_to(seat, text):
    rows = seat.app.rows
    at = next(
        at
        for at, line in enumerate(rows.lines)
        if line.key
        and text in " ".join(c if isinstance(c, str) else c[0] for c in (col.cell(line.record) for col in rows.columns))
    )
    rows.go(at)
    await seat.settle()


# The org map


async def test_plus_and_minus_move_the_stance_by_one_step_and_undo_takes_it_back(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "王伟")
        await seat.press("+")
        assert person("王伟").stance is Stance.SUPPORTER
        await seat.press("-", "-")
        assert person("王伟").stance is Stance.NON_SUPPORTER
        await seat.press("u", "u", "u")
        assert person("王伟").stance is Stance.NEUTRAL
        assert any("Undone: 王伟" in toast for toast in seat.toasts)
        await seat.press("ctrl+r")
        assert person("王伟").stance is Stance.SUPPORTER


async def test_an_unknown_stance_begins_beside_neutral_on_the_side_of_the_key(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "陈国栋")
        await seat.press("-")
        assert person("陈国栋").stance is Stance.NON_SUPPORTER


async def test_the_stance_stays_at_the_end_of_the_scale(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "孙浩")
        await seat.press("+")
        assert person("孙浩").stance is Stance.MENTOR


async def test_full_width_signs_of_a_chinese_input_method_set_influence(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "周婷")
        await seat.press("》")
        assert person("周婷").influence is Influence.POLITICAL


async def test_marked_people_change_together_in_one_step(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "王伟")
        await seat.press("space", "space", "-")
        assert person("王伟").stance is Stance.NON_SUPPORTER
        assert person("孙浩").stance is Stance.SUPPORTER
        await seat.press("u")
        assert person("王伟").stance is Stance.NEUTRAL
        assert person("孙浩").stance is Stance.MENTOR


async def test_the_dot_does_the_last_change_to_another_row(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "王伟")
        await seat.press("S", "5")
        assert person("王伟").stance is Stance.OPPONENT
        await go_to(seat, "周婷")
        await seat.press(".")
        assert person("周婷").stance is Stance.OPPONENT


async def test_roles_are_switched_one_by_one_and_saved_together(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "王伟")
        await seat.press("R", "4", "7", "0")
        assert sorted(person("王伟").roles) == ["coach", "technical", "user"]


async def test_a_move_keeps_the_history_and_refuses_a_loop_before_it_is_tried(at_bank, person, demo, bank):
    async with at_bank() as seat:
        await go_to(seat, "王伟")
        await seat.press("m")
        assert "a loop" in seat.text
        await seat.type("陈国栋")
        await seat.press("enter", "enter")
        assert person("王伟").manager.startswith("陈国栋")
        with demo.reading() as connection:
            lines = get_person(connection, person("王伟").id, demo.today).lines
        assert any(line.manager.startswith("李明") and line.valid_to == demo.today for line in lines)


async def test_leaving_asks_the_day_and_opens_a_task_for_each_role(at_bank, person, demo, bank):
    with demo.writing() as work:
        edit_person(work, person("周婷").id, roles=[BuyingRole.GATEKEEPER, BuyingRole.USER])
    async with at_bank() as seat:
        await go_to(seat, "周婷")
        await seat.press("x")
        await seat.press(*["backspace"] * 5)
        await seat.type("-2d")
        await seat.press("enter")
        assert person("周婷").left_on == demo.today - timedelta(days=2)
    with demo.reading() as connection:
        tasks = {task.what for task in list_tasks(connection, demo.today, account_id=bank)}
    name = person("周婷").name
    assert {f"Replace role: who is the {role} now that {name} left?" for role in ("gatekeeper", "user")} <= tasks


async def test_nobody_leaves_on_a_day_to_come(at_bank, person):
    async with at_bank() as seat:
        await go_to(seat, "周婷")
        await seat.press("x", "ctrl+u")
        await seat.type("2027-01-01")
        assert "left on: 2027-01-01 is still to come." in seat.text
        await seat.press("enter", "escape")
    assert person("周婷").left_on is None


async def test_what_is_refused_is_called_in_words_and_not_as_the_store_calls_it(at_bank):
    async with at_bank() as seat:
        for field, word in (("on", "day"), ("first_due", "due"), ("value_minor", "value minor")):
            seat.app.tell_error(BadInput(f"{field}: 2027-01-01 cannot be.", field=field))
            await seat.settle()
            assert seat.toasts[-1] == f"{word}: 2027-01-01 cannot be."


async def test_two_marked_people_are_merged_and_come_apart_again(at_bank, person, demo, bank):
    async with at_bank() as seat:
        await go_to(seat, "孙浩")
        await seat.press("space")
        await go_to(seat, "周婷")
        await seat.press("space", "M", "1")
        with demo.reading() as connection:
            names = [p.name for p in list_people(connection, demo.today, account_id=bank)]
        assert not any(name.startswith("周婷") for name in names)
        await seat.press("u")
        assert person("周婷").name.startswith("周婷")


async def test_merging_one_person_says_that_two_are_to_be_marked(at_bank):
    async with at_bank() as seat:
        await seat.press("M")
        assert any("Mark two people" in toast for toast in seat.toasts)


async def test_the_semicolon_goes_to_the_other_end_of_an_edge(at_bank):
    async with at_bank() as seat:
        await go_to(seat, "孙浩")
        await seat.press(";")
        assert seat.record.person.name.startswith("王伟")


async def test_the_map_is_written_in_the_editor_and_applied_after_a_yes(at_bank, demo, bank, tmp_path, monkeypatch):
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "新经理, Head of risk @Risk | E ##.\\n" >> "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    async with at_bank() as seat:
        monkeypatch.setattr(type(seat.app), "suspend", _no_suspend)
        await seat.press("E")
        assert "1 new" in seat.text
        await seat.press("y")
        assert "新经理" in seat.text
        await seat.press("u")
        assert "新经理" not in seat.text.replace("outline", "")


def _no_suspend(self):
    from contextlib import nullcontext

    return nullcontext()


# Needs


@pytest.fixture
def need(demo, bank):
    def read(words):
        with demo.reading() as connection:
            return next(n for n in list_needs(connection, bank, open_only=False) if words in n.verbatim)

    return read


async def test_an_implicit_need_is_not_advanced_past_exploring_and_the_reason_is_shown(at_bank, need):
    async with at_bank(pane="2") as seat:
        await go_to(seat, "We never know when an engineer")
        await seat.press(">")
        assert need("We never know").state == "exploring"
        await seat.press(">")
        assert need("We never know").state == "exploring"
        assert any("before it is converted" in toast for toast in seat.toasts)


async def test_the_next_question_is_written_on_the_row(at_bank, need):
    async with at_bank(pane="2") as seat:
        await go_to(seat, "We never know when an engineer")
        await seat.press("n", "0")  # in other words than the prompts
        await seat.type("How long may you wait?")
        await seat.press("enter")
        assert need("We never know").next_question == "How long may you wait?"
        assert "ask: How long may you wait?" in seat.text


async def test_closing_a_need_wants_a_reason_and_shows_it_in_the_other_view(at_bank, need):
    async with at_bank(pane="2") as seat:
        await go_to(seat, "We never know when an engineer")
        await seat.press("D", "2", "enter")
        assert need("We never know").state == "captured"
        await seat.type("they bought elsewhere")
        await seat.press("enter")
        assert need("We never know").state == "lost"
        assert "We never know" not in seat.text
        await seat.press("v")
        assert "We never know" in seat.text


# Obligations, tasks, give and get


async def test_a_done_obligation_makes_way_for_the_next_one(at_bank, demo, bank):
    def market():
        with demo.reading() as connection:
            return next(
                row
                for row in list_obligations(connection, demo.today, account_id=bank)
                if row.what.startswith("Market")
            )

    before = market()
    async with at_bank(pane="3") as seat:
        await go_to(seat, "Market analysis")
        await seat.press("d")
        await seat.type("mail of 11-20")
        await seat.press("enter")
        assert market().due > before.due
        assert market().last_done_on == demo.today
        await seat.press("c")
        await seat.type("李明")
        await seat.press("enter")
        with demo.reading() as connection:
            done = [o for o in get_obligation(connection, before.id, demo.today).occurrences if o.status == "done"]
        assert done[0].acknowledged_by.startswith("李明")
        assert done[0].evidence == "mail of 11-20"


async def test_enter_alone_says_that_it_was_done_without_evidence_and_esc_leaves_it_open(at_bank, demo, bank):
    async with at_bank(pane="3") as seat:
        await go_to(seat, "Market analysis")
        obligation_id = seat.record.id
        await seat.press("d", "escape")

        def done():
            with demo.reading() as connection:
                occurrences = get_obligation(connection, obligation_id, demo.today).occurrences
            return [one.evidence for one in occurrences if one.done_on == demo.today]

        assert done() == []
        await seat.press("d", "enter")
        assert done() == [None]


async def test_waiving_wants_a_reason(at_bank, demo, bank):
    async with at_bank(pane="3") as seat:
        await go_to(seat, "invoice papers")
        await seat.press("D", "2", "enter")
        assert "must not be blank" in seat.text
        await seat.type("sent by them")
        await seat.press("enter")
        with demo.reading() as connection:
            rows = list_obligations(connection, demo.today, account_id=bank)
        assert not any(row.days_overdue for row in rows)


async def test_what_an_order_starts_is_started_with_its_subject(at_bank, demo, bank):
    async with at_bank(pane="3") as seat:
        await go_to(seat, "Goods that sell")
        await seat.press("f")
        await seat.type("order 4502")
        await seat.press("enter")
        with demo.reading() as connection:
            rows = list_obligations(connection, demo.today, account_id=bank)
        assert next(row.subject for row in rows if row.what.startswith("Goods")) == "order 4502"


async def test_a_date_is_understood_while_it_is_typed_and_a_wrong_one_cannot_be_saved(at_bank, demo):
    async with at_bank(pane="4") as seat:
        await go_to(seat, "second quote")
        task_id = seat.record.id
        await seat.press("r")
        await seat.type("32-13")
        assert "is not a day" in seat.text
        await seat.press("enter")
        assert "is not a day" in seat.text
        await seat.press(*["backspace"] * 5)
        await seat.type("下周三")
        assert "Wed 2026-12-02" in seat.text
        await seat.press("enter")
        with demo.reading() as connection:
            assert get_task(connection, task_id, demo.today).due == date(2026, 12, 2)


async def test_a_task_is_given_to_a_colleague(at_bank, demo):
    async with at_bank(pane="4") as seat:
        await go_to(seat, "print the outage report")
        await seat.press("o")
        await seat.type("Liu")
        await seat.press("enter")
        assert seat.record.our_owner.startswith("Liu Yan")


async def test_a_task_that_is_not_critical_is_snoozed_by_one_digit(at_bank, demo):
    async with at_bank(pane="4") as seat:
        await go_to(seat, "print the outage report")
        task_id = seat.record.id
        await seat.press("s", "2")
        with demo.reading() as connection:
            assert get_task(connection, task_id, demo.today).snoozed_until == date(2026, 11, 30)


async def test_a_return_is_put_in_writing_and_marked_as_come_back(at_bank, demo, bank, open_app):
    with demo.reading() as connection:
        account, owed = next(
            (row.account_id, one)
            for row in list_concessions(connection, today=demo.today)
            for one in row.returns
            if one.status == "promised" and not one.written
        )
    async with open_app(demo) as seat:
        await seat.app.go("work", account_id=account, key=("return", owed.id))
        await seat.settle()
        await seat.press("c")
        await seat.type("mail of 20 November")
        await seat.press("enter", "d", "enter")
        with demo.reading() as connection:
            row = next(
                r for c in list_concessions(connection, account, today=demo.today) for r in c.returns if r.id == owed.id
            )
        assert (row.written, row.document_ref, str(row.status)) == (True, "mail of 20 November", "met")


async def test_a_planned_touch_is_held_with_one_key(at_bank, demo, bank):
    async with at_bank(pane="5") as seat:
        await go_to(seat, "Review of core banking")
        await seat.press("d")
        assert "Held: the meeting of 2026-11-23" in seat.toasts[-1]
        with demo.reading() as connection:
            from kamtui.store.reads.touches import list_touches

            held = [t for t in list_touches(connection, bank) if t.purpose == "Review of core banking"]
        assert [str(t.status) for t in held] == ["held"]


async def test_a_long_note_is_written_in_the_editor(at_bank, demo, tmp_path, monkeypatch):
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "line one\\n第二行\\n" > "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    async with at_bank(pane="4") as seat:
        monkeypatch.setattr(type(seat.app), "suspend", _no_suspend)
        await go_to(seat, "print the outage report")
        task_id = seat.record.id
        await seat.press("E")
        with demo.reading() as connection:
            assert get_task(connection, task_id, demo.today).note == "line one\n第二行"


async def test_without_an_editor_a_sentence_says_so(at_bank, monkeypatch):
    async with at_bank(pane="4") as seat:
        monkeypatch.setattr(type(seat.app), "suspend", _no_suspend)
        await seat.press("E")
        assert any("No editor is set" in toast for toast in seat.toasts)


async def test_two_windows_see_each_other(at_bank, demo, bank):
    from kamtui.services.tasks import add_task

    async with at_bank(pane="4") as seat:
        with demo.writing() as work:
            add_task(work, "written by the other window", account_id=bank)
        seat.app.watch_data()
        await seat.settle()
        assert "written by the other window" in seat.text


async def test_undoing_what_another_program_wrote_names_it_and_wants_a_yes(at_bank, demo, bank):
    from kamtui.services.tasks import add_task

    async with at_bank(pane="4") as seat:
        with demo.writing() as work:
            add_task(work, "written by the other window", account_id=bank)
        seat.app.watch_data()
        await seat.settle()
        await seat.press("u")
        assert "Undo “Add task written by the other window”" in seat.text.replace("\n", " ")
        await seat.press("n")
        assert "written by the other window" in seat.text
        await seat.press("u", "y")
        assert "written by the other window" not in "\n".join(seat.lines[:-4])
