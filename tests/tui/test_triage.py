"""The morning pass: one queue over all accounts, a key for each thing one does to a row, and what is said at its end."""

import re
from datetime import timedelta

import pytest

from kamtui.domain.signals.model import Code
from kamtui.services.accounts import add_account
from kamtui.services.colleagues import add_colleague
from kamtui.services.tasks import add_task
from kamtui.store.reads.issues import list_issues
from kamtui.store.reads.signals import list_signals
from kamtui.store.reads.tasks import list_tasks
from kamtui.store.reads.today import today_queue
from kamtui.store.reads.touches import list_touches
from kamtui.tui.dialogs.form import FormDialog
from kamtui.tui.places.queue_view import what_of
from kamtui.tui.suggestions import How, suggestion


def rows(seat):
    """The rows of the queue in their order, headings left out."""
    return [line.record for line in seat.app.place.main_rows().lines if line.key]


async def go_to(seat, kind, account, *, lane=None):
    """Puts the cursor on the first row of a kind of an account."""
    place = seat.app.place
    await seat.press("l")
    row = next(one for one in rows(seat) if one.kind == kind and (one.account or "").startswith(account))
    place.main_rows().go_to((kind, row.id))
    await seat.settle()
    return row


def signals(workspace, account_id, **how):
    with workspace.reading() as connection:
        return list_signals(connection, workspace.today, account_id=account_id, **how)


# The queue


async def test_the_app_shows_the_same_queue_in_the_same_order_as_the_command_line(open_app, demo):
    with demo.reading() as connection:
        queue = today_queue(connection, demo.today, limit=500)
    said = [
        *((row.kind.replace("planned", "touch"), row.id) for row in (*queue.timed, *queue.promised)),
        *((row.kind, row.account_id or 0) for row in (*queue.at_risk, *queue.gaps)),
    ]
    async with open_app(demo, size=(140, 60)) as seat:
        assert seat.app.place.current_pass.keys == said


async def test_each_row_says_severity_account_what_age_and_what_is_suggested(open_app, demo):
    async with open_app(demo, size=(160, 60)) as seat:
        line = next(line for line in seat.lines if "Kestrel Retail" in line and "nothing in return" in line)
        assert line.split()[0] == "!!"
        assert "T1p" in line
        assert "34d!!" in line
        assert "f return" in line
        heads = [line.split("(")[0].strip() for line in seat.lines if "(" in line and line[1:4].isupper()]
        assert [head.split(":")[0] for head in heads] == ["TIMED TODAY", "PROMISED", "AT RISK", "GAPS"]


async def test_the_head_stays_short_and_says_how_much_lies_below(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        whole = len(seat.app.place.current_pass.keys)
        assert len(rows(seat)) < whole
        await seat.press("G")
        assert "l unfolds 7 more at risk, 2 gaps" in seat.text
        await seat.press("l")
        assert len(rows(seat)) == whole
        await seat.press("h")
        assert len(rows(seat)) < whole


async def test_an_import_of_bare_accounts_is_one_row_and_k_sorts_them(open_app, store):
    with store.writing("import") as work:
        for number in range(179):
            add_account(work, f"Account {number}")
    async with open_app(store) as seat:
        assert "179 accounts, none sorted: K sorts them" in seat.text
        assert len(rows(seat)) == 1
        assert "pass: 0 of 0 done" in seat.text
        await seat.press("f")
        assert "Sort accounts" in seat.text


@pytest.mark.parametrize(
    ("view", "headings"),
    [(2, ("Baltic Freight (", "no account (")), (3, ("CRITICAL (", "WARNINGS (", "DUE TODAY, GOOD TO KNOW ("))],
)
async def test_v_groups_the_queue_by_account_and_by_severity(open_app, demo, view, headings):
    async with open_app(demo, size=(140, 60)) as seat:
        whole = len(rows(seat))
        await seat.press(*"v" * view)
        assert len(rows(seat)) == whole
        for heading in headings:
            assert heading in seat.text


async def test_the_view_by_day_has_the_next_two_weeks_with_obligations_and_key_dates(open_app, demo):
    async with open_app(demo, size=(140, 60)) as seat:
        await seat.press("v")
        kinds = {row.kind for row in rows(seat)}
        assert {"task", "occurrence", "touch", "deferred"} <= kinds
        assert max(row.due for row in rows(seat)) <= demo.today + timedelta(days=14)
        assert "LATE (" in seat.text
        assert "TODAY (" in seat.text
        await go_to(seat, "deferred", "Huadong")
        assert "complaint put off until then" in seat.text
        await seat.press("d")
        assert any("a date and no promise" in toast for toast in seat.toasts)
        await seat.press("enter")
        assert seat.app.rows.key[0] == "issue"


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [("kind:signal", {"signal"}), ("kind:complaint", {"issue"}), ("kind:obl", {"occurrence"}), ("类型:任务", {"task"})],
)
async def test_the_queue_is_filtered_by_kind(open_app, demo, typed, kinds):
    async with open_app(demo) as seat:
        await seat.press("/")
        assert "#tag" in seat.text
        await seat.type(typed)
        await seat.press("enter")
        assert {row.kind for row in rows(seat)} == kinds


async def test_the_queue_is_filtered_by_account_and_by_tag(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("/")
        await seat.type("acme")
        await seat.press("enter")
        assert {row.account for row in rows(seat)} == {"Acme [EMEA]"}
        assert {row.kind for row in rows(seat)} == {"task", "signal"}
        await seat.press("escape", "/")
        await seat.type("#bank")
        await seat.press("enter")
        assert {row.account for row in rows(seat)} == {"Huadong Bank 华东银行"}


async def test_the_preview_shows_the_evidence_of_the_signal_and_the_situation_of_its_account(open_app, demo):
    async with open_app(demo, size=(140, 50)) as seat:
        await go_to(seat, "signal", "Kestrel")
        for said in ("Concession without return", "Rebate for the second half-year", "clears:", "f  return:",
                     "ALSO ON THIS ACCOUNT", "LAST TOUCHES", "health 62", "facts"):  # fmt: skip
            assert said in seat.text, said


# One key each


async def test_f_follows_the_suggestion_and_the_next_row_is_under_the_cursor(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "signal", "Acme")
        at = seat.app.rows.cursor
        await seat.press("f")
        assert '[touch] @"H. Brandt"' in seat.text
        await seat.type("met in Rome")
        await seat.press("enter")
        assert seat.app.rows.cursor == at + 1
        assert "pass: 1 of" in seat.text
        # The account goes on with its next signal, in its place.
        assert rows(seat)[[one.id for one in rows(seat)].index(row.id)]
        await seat.press("u")
        assert seat.app.rows.key == ("signal", row.id)
        assert "pass: 0 of" in seat.text
    with demo.reading() as connection:
        assert "met in Rome" not in {touch.summary for touch in list_touches(connection, row.account_id)}


async def test_f_answers_a_complaint_and_logs_the_answer_as_a_touch_from_us(open_app, demo):
    with demo.writing("complain") as work:
        from kamtui.services.issues import add_issue

        row = add_issue(work, 3, "Nobody picks up", received_on=demo.today - timedelta(days=7))
    async with open_app(demo) as seat:
        await go_to(seat, "issue", "Acme")
        assert seat.record.severity == "critical"
        await seat.press("f")
        await seat.type("we are on it")
        await seat.press("enter")
        assert next(one for one in rows(seat) if one.kind == "issue" and one.id == row.id).state == "answered"
    with demo.reading() as connection:
        (issue,) = [one for one in list_issues(connection, demo.today) if one.id == row.id]
        assert issue.first_response_on == demo.today
        touch = list_touches(connection, 3)[0]
        assert (touch.summary, touch.direction) == ("we are on it", "out")


@pytest.mark.parametrize(
    ("account", "opens"),
    [
        ("Kestrel", "what comes back"), ("Huadong Bank", "[planned]"), ("Old Mill", "[planned]"),
        ("沪东重机", "ask next"), ("Fjord", "New person"),
    ],
)  # fmt: skip
async def test_f_opens_the_line_or_the_form_that_the_signal_wants(open_app, demo, account, opens):
    async with open_app(demo) as seat:
        await go_to(seat, "signal", account)
        await seat.press("f")
        if opens == "ask next":
            await seat.press("enter")
            await seat.press("enter")
        assert opens in seat.text


async def test_f_on_marked_rows_acts_on_each_of_them_and_on_no_other(open_app, demo):
    async with open_app(demo) as seat:
        signal = await go_to(seat, "signal", "Acme")
        tasks = [row for row in rows(seat) if row.kind == "task"][:3]
        for row in tasks[:2]:
            seat.app.rows.go_to(("task", row.id))
            await seat.press("space")
        seat.app.rows.go_to(("signal", signal.id))
        await seat.press("space")
        seat.app.rows.go_to(("task", tasks[2].id))
        await seat.press("f")
        # The line of the signal is asked for while its row is under the cursor.
        assert '[touch] @"H. Brandt"' in seat.text
        assert seat.app.place.main_rows().key == ("signal", signal.id)
        await seat.press("escape")
        states = {row.id: row.state for row in rows(seat) if row.kind == "task"}
        assert [states[row.id] for row in tasks] == ["done", "done", "open"]
        assert not seat.app.rows.marked


async def test_f_on_a_marked_meeting_shows_the_brief_of_its_account(open_app, demo):
    async with open_app(demo) as seat:
        meeting = next(row for row in rows(seat) if suggestion(row).how is How.BRIEF)
        seat.app.rows.go_to((meeting.kind, meeting.id))
        await seat.press("space")
        other = next(row for row in rows(seat) if row.account_id not in {None, meeting.account_id})
        seat.app.rows.go_to((other.kind, other.id))
        await seat.press("f")
        assert seat.app.screen.query_one("BriefSheet").account_id == meeting.account_id


async def test_every_row_of_the_queue_suggests_something_in_words(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("l")
        for row in rows(seat):
            assert suggestion(row).word
            assert what_of(row)


async def test_d_and_several_marked_rows_are_done_at_once_and_u_brings_them_back(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("/")
        await seat.type("kind:task")
        await seat.press("enter")
        first = [row.id for row in rows(seat)[:3]]
        await seat.press("space", "space", "space", "d")
        assert [row.state for row in rows(seat)[:3]] == ["done"] * 3
        assert seat.record.state == "open"
        assert "pass: 3 of" in seat.text
        await seat.press("u")
        assert [row.state for row in rows(seat)[:3]] == ["open"] * 3
        assert seat.record.id == first[0]


async def test_d_on_a_signal_says_that_it_goes_when_what_it_asks_for_is_done(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "signal", "Acme")
        await seat.press("d")
        assert any("f does that, s puts it off" in toast for toast in seat.toasts)


async def test_n_makes_a_task_of_a_signal_with_its_words(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "signal", "Baltic")
        await seat.press("n")
        assert row.risk.task in seat.text
        await seat.press("ctrl+s")
    with demo.reading() as connection:
        task = next(task for task in list_tasks(connection, demo.today) if task.what == row.risk.task)
        assert task.account_id == row.account_id


async def test_n_on_several_rows_says_how_many_are_tasks_already_and_the_step_what_was_done(open_app, demo):
    async with open_app(demo) as seat:
        first, second = await go_to(seat, "signal", "Acme"), await go_to(seat, "signal", "Baltic")
        task = await go_to(seat, "task", "Acme")
        for row in (task, first, second):
            seat.app.rows.go_to((row.kind, row.id))
            await seat.press("space")
        await seat.press("n")
        assert seat.toasts[-2:] == [
            f"Add task {first.risk.task}, and 1 more row. u undoes",
            "2 tasks made; 1 is a task already",
        ]
    with demo.reading() as connection:
        made = {one.what for one in list_tasks(connection, demo.today)}
    assert {first.risk.task, second.risk.task} <= made


async def test_several_rows_are_one_step_that_says_what_was_done(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("/")
        await seat.type("kind:task")
        await seat.press("enter")
        first = rows(seat)[0]
        await seat.press("space", "space", "space", "d")
        assert seat.toasts[-1] == f"Done: {first.what}, and 2 more rows. u undoes"


async def test_a_critical_signal_is_snoozed_with_a_reason_for_14_days_at_most(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "signal", "Kestrel")
        at = seat.app.rows.cursor
        await seat.press("s", "3", "enter")
        assert "it must not be blank" in seat.text
        await seat.press("escape", "s", "4")
        await seat.type("+3w")
        await seat.press("enter")
        await seat.type("waiting for Shah")
        await seat.press("enter")
        assert any("it may rest until" in toast for toast in seat.toasts)
        assert seat.app.rows.cursor == at
        await seat.press("s", "3")
        assert "[reason] waiting for Shah" in seat.text
        await seat.press("enter")
        assert seat.app.rows.cursor == at + 1
    left = [(one.code, one.subject_id) for one in signals(demo, row.account_id)]
    assert (Code.NO_RETURN, row.risk.subject_id) not in left


async def test_the_reason_of_a_snooze_is_kept_as_a_draft_of_its_row(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "signal", "Kestrel")
        await seat.press("s", "1")
        await seat.type("waiting for Shah")
        await seat.press("escape")
        assert "Kept as a draft" in seat.toasts[-1]
        other = next(one for one in rows(seat) if one.severity == "critical" and one.kind == "task")
        seat.app.rows.go_to(("task", other.id))
        await seat.press("s", "1")
        assert seat.app.screen.focused.value == ""
        await seat.press("escape")
        seat.app.rows.go_to(("signal", row.id))
        await seat.press("s", "1")
        assert seat.app.screen.focused.value == "waiting for Shah"
        await seat.press("enter")
        assert seat.app.rows.key != ("signal", row.id)
    with demo.reading() as connection:
        reasons = [reason for (reason,) in connection.execute("SELECT reason FROM signal_state")]
    assert "waiting for Shah" in reasons


async def test_w_explains_formula_threshold_evidence_and_what_would_clear_it(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "signal", "Kestrel")
        await seat.press("w")
        for said in ("FORMULA", "THRESHOLDS", "WHAT WOULD CLEAR IT", "signal.no_return.days", "Rebate for the second"):
            assert said in seat.text, said
        await seat.press("escape")
        await go_to(seat, "task", "Acme")
        await seat.press("w")
        assert "points of its severity x weight of its tier" in seat.text


async def test_o_hands_a_row_to_a_colleague_copies_a_message_and_the_row_waits(open_app, demo, monkeypatch):
    with demo.writing("colleague") as work:
        add_colleague(work, "Zoe Lund")
    copied = []
    async with open_app(demo) as seat:
        monkeypatch.setattr(seat.app, "copy_to_clipboard", copied.append)
        row = await go_to(seat, "task", "Baltic")
        await seat.press("O")
        await seat.type("Zoe")
        await seat.press("enter", "1")
        assert copied
        assert copied[0].startswith("Zoe Lund, could you take this over?")
        assert row.what in copied[0]
        assert next(one for one in rows(seat) if (one.kind, one.id) == ("task", row.id)).state == "snoozed"
    with demo.reading() as connection:
        task = next(task for task in list_tasks(connection, demo.today) if task.id == row.id)
        assert task.our_owner == "Zoe Lund"
        assert task.snoozed_until == demo.today + timedelta(days=1)


async def test_e_on_a_signal_edits_its_account_and_a_row_of_many_says_what_sorts_them(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "signal", "Baltic")
        await seat.press("e")
        assert isinstance(seat.app.screen, FormDialog)
        assert seat.app.screen.spec.entity == "account"
        await seat.press("escape", "G", "e")
        assert any("K sorts them" in toast for toast in seat.toasts)


async def test_enter_opens_the_account_at_the_record_that_the_signal_is_about(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "signal", "沪东重机")
        await seat.press("enter")
        assert seat.app.place.place == "work"
        assert seat.app.rows.key == ("need", row.risk.subject_id)


# The pass


async def test_what_is_done_stays_dimmed_in_its_place_until_ctrl_l(open_app, demo):
    async with open_app(demo) as seat:
        row = await go_to(seat, "task", "Acme")
        order = seat.app.place.current_pass.keys
        await seat.press("d")
        assert seat.app.place.current_pass.keys == order
        assert next(one for one in rows(seat) if (one.kind, one.id) == ("task", row.id)).state == "done"
        await seat.press("ctrl+l")
        assert ("task", row.id) not in seat.app.place.current_pass.keys


async def test_what_comes_meanwhile_is_counted_and_ctrl_l_sorts_it_in(open_app, demo):
    async with open_app(demo) as seat:
        with demo.writing("another window") as work:
            add_task(work, "came meanwhile", due=demo.today)
        seat.app.watch_data()
        await seat.settle()
        assert "1 new, Ctrl+L sorts them in" in seat.text
        await seat.press("ctrl+l")
        assert "came meanwhile" in {row.what for row in rows(seat)}


async def test_a_pass_ends_with_what_was_done_and_left_and_three_questions_at_most(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "task", "Acme")
        await seat.press("d", "Q")
        assert "The pass ends: 1 row done" in seat.text
        assert "left" in seat.text
        assert "3 short questions" in seat.text
        await seat.press("y")
        asked = 0
        while len(seat.app.screen_stack) > 1:
            asked += 1
            await seat.press("escape")
        assert 1 <= asked <= 3


def count(seat):
    """What the bar says of the pass: how many rows are done, of how many."""
    done, whole = re.search(r"pass: (\d+) of (\d+) done", seat.text).groups()
    return int(done), int(whole)


async def test_what_was_done_counts_in_every_view_and_under_every_filter_until_the_pass_ends(open_app, demo):
    async with open_app(demo, size=(140, 60)) as seat:
        _none, whole = count(seat)
        await go_to(seat, "task", "Acme")
        await seat.press("d")
        await go_to(seat, "task", "Baltic")
        await seat.press("d")
        assert count(seat) == (2, whole)
        await seat.press("v")
        by_day = len(rows(seat))
        assert count(seat) == (2, by_day + 2)
        await seat.press("v", "v", "v")
        assert count(seat) == (2, whole)
        await seat.press("/")
        await seat.type("kestrel")
        await seat.press("enter")
        assert count(seat) == (2, len(rows(seat)) + 2)
        await seat.press("escape", "Q")
        assert f"The pass ends: 2 rows done, {whole - 2} left" in seat.text


async def test_an_account_goes_on_with_its_next_signal_in_another_view_and_counts_once(open_app, demo):
    async with open_app(demo, size=(140, 60)) as seat:
        _none, whole = count(seat)
        row = await go_to(seat, "signal", "Acme")
        await seat.press("f")
        await seat.type("met in Rome")
        await seat.press("enter")
        assert count(seat) == (1, whole)
        await seat.press("v", "v", "v")
        assert ("signal", row.id) in seat.app.place.current_pass.keys
        assert count(seat) == (1, whole)


async def test_what_is_taken_back_in_another_view_counts_no_more_and_comes_under_the_cursor(open_app, demo):
    async with open_app(demo, size=(140, 60)) as seat:
        _none, whole = count(seat)
        row = await go_to(seat, "task", "Acme")
        await seat.press("d", "v", "v")
        assert count(seat) == (1, whole)
        await seat.press("u")
        assert count(seat) == (0, whole)
        assert seat.app.rows.key == ("task", row.id)


async def test_what_was_given_another_date_counts_also_in_the_view_by_day_that_has_it(open_app, demo):
    async with open_app(demo, size=(140, 60)) as seat:
        row = await go_to(seat, "task", "Acme")
        await seat.press("r")
        await seat.type("+3d")
        await seat.press("enter", "v")
        assert ("task", row.id) in seat.app.place.current_pass.keys
        assert count(seat) == (1, len(rows(seat)))


async def test_after_the_last_row_the_pass_ends_by_itself(open_app, store):
    with store.writing("fill") as work:
        add_task(work, "the only one", due=store.today)
    async with open_app(store) as seat:
        await seat.press("d")
        assert any("The pass ends: 1 row done, 0 left" in toast for toast in seat.toasts)


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_the_queue_can_be_worked_in_every_window(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await go_to(seat, "task", "Acme")
        await seat.press("d", "w", "escape")
        assert "pass: 1 of" in seat.text
        await seat.press("v", "v", "v", "v")
        assert "pass: 1 of" in seat.text
        await seat.press("ctrl+l")
        assert "pass: 0 of" in seat.text


async def test_the_brackets_walk_along_the_rows_of_today_each_at_its_record(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        found = [row for row in rows(seat) if row.account_id]
        first, second = ((row.account_id, seat.app.place.record_of(row)) for row in found[:2])
        seat.app.place.main_rows().go_to((found[0].kind, found[0].id))
        await seat.press("enter")
        assert f"row 1 of {len(found)} in Today, ] next [ previous" in seat.lines[0]
        await seat.press("]")
        assert seat.app.whereabouts.account_id == second[0]
        assert second[1] is None or seat.app.place.main_rows().key == second[1]
        await seat.press("[")
        assert seat.app.whereabouts.account_id == first[0]
        await seat.press("q")
        assert seat.app.place.place == "today"


async def test_a_pass_goes_on_at_its_row_after_a_look_at_an_account(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("d")
        row = await go_to(seat, "signal", "Old Mill")
        await seat.press("enter")
        assert seat.app.current_mode == "work"
        await seat.press("escape", "escape")
        assert seat.record == row
        assert "1 of 27 done" in seat.text
        # Going elsewhere ends it.
        await seat.press("P", "T")
        assert "0 of 26 done" in seat.text


async def test_a_row_opens_the_pane_that_holds_what_its_signal_speaks_of(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "signal", "Old Mill")
        await seat.press("enter", "9", "T")
        await go_to(seat, "signal", "Old Mill")
        await seat.press("enter")
        assert seat.app.rows.context == "map"


async def test_what_is_on_today_and_what_lies_ahead_say_each_their_own_reason(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("w")
        assert "It is on today, so it stands among what is timed, by its time." in seat.text


async def test_the_day_of_a_snooze_is_typed_where_it_is_asked(open_app, demo):
    async with open_app(demo) as seat:
        await go_to(seat, "task", "江南医院")
        await seat.press("s")
        await seat.type("+1w")
        assert "= Mon 2026-11-30, in 7 d" in seat.text
        await seat.press("enter")
        reader = seat.app.session.reader
        until = reader.execute("SELECT snoozed_until FROM task WHERE what = '约单志远副院长见面'").fetchone()
        assert until == ("2026-11-30",)


@pytest.mark.parametrize(("size", "name"), [((40, 12), "Huado~"), ((60, 20), "Huadong Ban~")])
async def test_a_row_says_whose_it_is_in_the_smallest_window(open_app, demo, size, name):
    async with open_app(demo, size=size) as seat:
        assert name in seat.text
