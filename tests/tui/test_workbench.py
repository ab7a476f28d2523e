"""The account as a workbench: the map drawn and dated, trouble, contracts, the duties of a stage, the whole timeline."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from kamtui.domain.enums import Stage
from kamtui.domain.stages import duty_of
from kamtui.store.reads.accounts import get_account, list_accounts, list_departments, list_product_lines
from kamtui.store.reads.channels import list_channels
from kamtui.store.reads.contracts import list_contracts, list_worksheet
from kamtui.store.reads.incidents import list_incidents
from kamtui.store.reads.issues import list_issues
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.obligations import list_obligations
from kamtui.store.reads.people import list_people
from kamtui.store.reads.stages import list_duties, list_stage_decisions


@pytest.fixture
def bank(demo):
    with demo.reading() as connection:
        return next(row.id for row in list_accounts(connection, demo.today) if row.name.startswith("Huadong Bank"))


@pytest.fixture
def at_bank(demo, bank, open_app):
    @asynccontextmanager
    async def opened(*keys, **named):
        async with open_app(demo, **named) as seat:
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            await seat.press(*keys)
            yield seat

    return opened


def where(seat, text):
    """The line and column where a text stands."""
    return next((y, line.index(text)) for y, line in enumerate(seat.lines) if text in line)


# The map, drawn


async def test_the_chart_draws_managers_above_their_reports_and_marks_who_was_not_met(at_bank):
    async with at_bank("z", "v", size=(140, 50)) as seat:
        assert where(seat, "陈国栋 Chen")[0] < where(seat, "李明 Li Ming ")[0] < where(seat, "王伟 Wang Wei ")[0]
        assert "┆ [CFO, not met]" in seat.text
        assert "╔══════════════════════╗" in seat.text
        assert "=a=>" in seat.text
        assert "<=a=" in seat.text


async def test_the_arrows_walk_from_box_to_box(at_bank):
    async with at_bank("z", "v", size=(140, 50)) as seat:
        await seat.press("j")
        below = seat.record.person.name
        assert below != "陈国栋 Chen Guodong"
        await seat.press("h", "l", "k")
        assert seat.record.person.name.startswith("陈国栋")


async def test_a_key_sets_the_stance_in_the_chart_as_in_the_tree(at_bank, demo, bank):
    async with at_bank("z", "v", size=(140, 50)) as seat:
        seat.app.rows.go_to(
            next(line.key for line in seat.app.rows.lines if line.record.person.name.startswith("王伟"))
        )
        await seat.press("+")
        with demo.reading() as connection:
            people = list_people(connection, demo.today, account_id=bank)
        assert next(p.stance for p in people if p.name.startswith("王伟")) == "supporter"
        assert "##. +" in seat.text


async def test_below_a_hundred_columns_the_chart_is_the_tree(at_bank):
    async with at_bank("v", size=(80, 24)) as seat:
        assert "├─ 李明" in seat.text


async def test_folding_in_the_chart_counts_who_is_hidden(at_bank):
    async with at_bank("z", "v", size=(140, 50)) as seat:
        seat.app.rows.go_to(
            next(line.key for line in seat.app.rows.lines if line.record.person.name.startswith("李明"))
        )
        await seat.press("*")
        assert "李明 Li Ming +3" in seat.text
        await seat.press("#")
        assert "王伟 Wang Wei " in seat.text


async def test_three_hundred_people_begin_folded_and_unfold_at_once(store, open_app):
    from kamtui.services.accounts import add_account
    from kamtui.services.people import add_person

    with store.writing() as work:
        account = add_account(work, "HMRC")
        top = add_person(work, account.id, "Chief").person.id
        for number in range(15):
            head = add_person(work, account.id, f"Head {number}", manager_id=top).person.id
            for other in range(19):
                manager = add_person(work, account.id, f"Manager {number}.{other}", manager_id=head).person.id
        add_person(work, account.id, "Deepest", manager_id=manager)
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=account.id)
        await seat.settle()
        await seat.press("z", "v")
        assert "Deepest" not in " ".join(line.record.person.name for line in seat.app.rows.lines)
        await seat.press("#")
        assert len(seat.app.rows.lines) == 1 + 15 + 15 * 19 + 1


async def test_the_grid_shows_who_stands_where_and_how_far_departments_were_touched(at_bank):
    async with at_bank("z", "v", "v", size=(140, 40)) as seat:
        opponent, neutral, unknown = (where(seat, text)[1] for text in ("-- opponent", "=  neutral", "?  unknown"))
        assert opponent <= where(seat, "赵敏")[1] < neutral
        assert where(seat, "(CFO)")[1] >= unknown - 8  # wide characters stand once in a line
        line = next(line for line in seat.lines if line.strip().startswith("IT "))
        assert "evaluates" in line
        assert "3/3" in line
        assert "coverage 57%" in seat.text
        assert "next best touch: 陈国栋 Chen Guodong through 李明 Li Ming" in seat.text


def department(demo, bank, name):
    with demo.reading() as connection:
        return next((row for row in list_departments(connection, bank) if row.name == name), None)


@pytest.mark.parametrize("views", [(), ("v", "v")], ids=["tree", "grid"])
async def test_a_key_opens_the_department_of_the_person_to_say_how_far_it_takes_part(at_bank, demo, bank, views):
    async with at_bank("z", *views, size=(140, 50)) as seat:
        rows = seat.app.rows
        rows.go(next(n for n, line in enumerate(rows.lines) if line.key and line.record.person.department == "IT"))
        await seat.press("D")
        assert "Department" in seat.text
        await seat.press("tab", "1", "ctrl+s")
        assert department(demo, bank, "IT").participation == "decides"
        await seat.press("u")
        assert department(demo, bank, "IT").participation == "evaluates"


async def test_who_is_in_no_department_lets_one_be_chosen_or_made(at_bank, demo, bank):
    async with at_bank("z", size=(140, 50)) as seat:
        rows = seat.app.rows
        rows.go(next(n for n, line in enumerate(rows.lines) if line.key and not line.record.person.department))
        await seat.press("D")
        assert "Which department" in seat.text
        with demo.reading() as connection:
            there = len(list_departments(connection, bank))
        await seat.press(str(there + 1))
        await seat.type("审计部")
        await seat.press("ctrl+s")
        assert department(demo, bank, "审计部").participation == "unknown"


async def test_departments_and_product_lines_are_changed_where_the_facts_stand(at_bank, demo, bank):
    async with at_bank("9", size=(120, 50)) as seat:
        rows = seat.app.rows
        with demo.reading() as connection:
            line = list_product_lines(connection, bank)[0]
        rows.go_to(("product_line", line.id))
        await seat.settle()
        assert f"{line.name}: purchasing {line.purchasing_mode}" in seat.text
        await seat.press("e", "end", "ctrl+u")
        await seat.type("mainframes and storage")
        await seat.press("ctrl+s")
        with demo.reading() as connection:
            assert "mainframes and storage" in {row.name for row in list_product_lines(connection, bank)}
        await seat.press("A", "4")
        await seat.type("审计部")
        await seat.press("ctrl+s")
        made = department(demo, bank, "审计部")
        assert rows.key == ("department", made.id)
        await seat.press("x")
        assert department(demo, bank, "审计部") is None


# The map, dated


async def test_the_map_as_of_a_past_day_shows_who_stood_how_then_and_cannot_be_changed(at_bank, demo, bank, store):
    from kamtui.domain.enums import Stance
    from kamtui.services.people import edit_person

    with demo.reading() as connection:
        wei = next(p for p in list_people(connection, demo.today, account_id=bank) if p.name.startswith("王伟"))
    later = demo.today + timedelta(days=10)
    from dataclasses import replace

    moved = replace(demo, today=later)
    with moved.writing() as work:
        edit_person(work, wei.id, stance=Stance.MENTOR)
    async with at_bank(size=(120, 40)) as seat:
        seat.app.session.workspace = replace(seat.app.session.workspace, today=later)
        seat.app.reload()
        await seat.press("1", "z")
        assert " ++ " in next(line for line in seat.lines if "─ 王伟" in line)
        await seat.press("@")
        await seat.type("-5d")
        await seat.press("enter")
        assert "as of 2026-11-28" in seat.text
        assert " = " in next(line for line in seat.lines if "─ 王伟" in line)
        seat.app.rows.go_to(("person", wei.id))
        await seat.press("+")
        assert any("map as of" in toast for toast in seat.toasts)
        await seat.press("escape")
        assert " ++ " in next(line for line in seat.lines if "─ 王伟" in line)
        await seat.press("@")
        await seat.type("-5d, today")
        await seat.press("enter")
        assert "王伟 Wang Wei, stance: neutral to mentor" in seat.text


async def test_still_true_is_kept_with_its_day(at_bank, demo, bank):
    async with at_bank() as seat:
        await seat.press("j", "c")
        name = seat.record.person.name
        with demo.reading() as connection:
            people = list_people(connection, demo.today, account_id=bank)
        assert next(p.confirmed_on for p in people if p.name == name) == demo.today


async def test_a_person_is_added_below_whom_the_cursor_stands(at_bank, demo, bank):
    async with at_bank() as seat:
        await seat.press("j", "a")
        await seat.type("新人, Analyst @IT | U =")
        assert "reports to 李明" in seat.text
        await seat.press("enter")
        with demo.reading() as connection:
            people = list_people(connection, demo.today, account_id=bank)
        assert next(p.manager for p in people if p.name == "新人").startswith("李明")


# Needs


async def test_prompts_by_signal_and_category_help_to_write_the_next_question(at_bank, demo, bank):
    async with at_bank("2") as seat:
        rows = seat.app.rows
        rows.go(next(n for n, line in enumerate(rows.lines) if line.key and "We never know" in line.record.verbatim))
        await seat.press("n", "1")
        assert "[ask next]" in seat.text
        await seat.press("enter")
        with demo.reading() as connection:
            need = next(n for n in list_needs(connection, bank) if "We never know" in n.verbatim)
        assert need.next_question.endswith("?")


async def test_the_worksheet_lists_the_terms_and_a_term_is_filled_from_it(at_bank, demo, bank):
    async with at_bank("8", "a", size=(120, 40)) as seat:
        await seat.type("Frame contract 2027")
        await seat.press("enter", "2", "v", "v")
        assert "contract terms: wanted / offered / agreed" in seat.text
        assert next(line.record.term for line in seat.app.rows.lines if line.key) == "unit_price"
        await seat.press("e", "ctrl+u")
        await seat.type("9 % off the list")
        await seat.press("ctrl+s")
        with demo.reading() as connection:
            row = next(r for r in list_worksheet(connection, bank) if r.term == "unit_price")
        assert "9 % off the list" in row.wanted


# Trouble


async def test_a_complaint_in_one_line_is_answered_and_resolved(at_bank, demo, bank):
    def complaint():
        with demo.reading() as connection:
            return next(
                i for i in list_issues(connection, demo.today, account_id=bank, open_only=False) if "invoice" in i.words
            )

    async with at_bank("7", "a", size=(120, 40)) as seat:
        await seat.type('@周婷 "Your invoice is wrong again"')
        await seat.press("enter")
        assert (complaint().words, complaint().who.startswith("周婷")) == ("Your invoice is wrong again", True)
        assert "!! open" in seat.text
        seat.app.rows.go_to(("issue", complaint().id))
        await seat.press("r")
        await seat.type("called her")
        await seat.press("enter", "d")
        await seat.type("sent anew")
        await seat.press("enter")
        assert (str(complaint().status), complaint().first_response, complaint().resolution) == (
            "resolved",
            "called her",
            "sent anew",
        )
        await seat.press("u")
        assert str(complaint().status) == "open"


async def test_denying_a_complaint_wants_a_reason(at_bank, demo, bank):
    async with at_bank("7", "a", size=(120, 40)) as seat:
        await seat.type("always late")
        await seat.press("enter", "D", "2", "enter")
        assert "must not be blank" in seat.text
        await seat.type("the carrier was theirs")
        await seat.press("enter")
        with demo.reading() as connection:
            row = next(i for i in list_issues(connection, demo.today, account_id=bank) if "always late" in i.words)
        assert (str(row.status), row.reason) == ("denied", "the carrier was theirs")


async def test_an_incident_keeps_its_timeline_merit_and_prevention(at_bank, demo, bank):
    async with at_bank("7", size=(120, 40)) as seat:
        await seat.press("A", "2")
        await seat.type("branch network down")
        await seat.press("ctrl+s", "n")
        await seat.type("engineer on site after 40 minutes")
        await seat.press("enter", "d")
        await seat.type("router replaced")
        await seat.press("enter")
        await seat.type("they thanked us")
        await seat.press("enter")
        await seat.type("spare router in each branch")
        await seat.press("enter")
        with demo.reading() as connection:
            row = next(i for i in list_incidents(connection, bank) if i.what == "branch network down")
        assert (row.resolution, row.merit, row.prevention) == (
            "router replaced",
            "they thanked us",
            "spare router in each branch",
        )


async def test_a_channel_is_told_to_a_person_of_theirs(at_bank, demo, bank):
    async with at_bank("7", size=(120, 40)) as seat:
        rows = seat.app.rows
        rows.go(next(n for n, line in enumerate(rows.lines) if line.key and line.key[0] == "channel"))
        await seat.press("d")
        await seat.type("李明")
        await seat.press("enter")
        with demo.reading() as connection:
            first = list_channels(connection, bank)[0]
        assert first.communicated_on == demo.today
        assert first.told_to.startswith("李明")


# Contracts, stages, templates, timeline


async def test_a_contract_and_its_term_are_added_by_form(at_bank, demo, bank):
    async with at_bank("8", size=(120, 40)) as seat:
        await seat.press("A", "1")
        await seat.type("Storage 2027")
        await seat.press("ctrl+s")
        with demo.reading() as connection:
            contract = next(c for c in list_contracts(connection, demo.today, bank) if c.what == "Storage 2027")
        assert seat.app.rows.key == ("contract", contract.id)
        await seat.press("A", "2")
        await seat.press("tab")
        await seat.type("three years")
        await seat.press("ctrl+s")
        assert "wanted" in seat.text
        assert "three years" in seat.text


async def test_changing_the_stage_shows_what_is_unmet_and_keeps_the_decision(at_bank, demo, bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.perform("account.stage")
        await seat.press("3")
        with demo.reading() as connection:
            unmet = [duty.what for duty in list_duties(connection, bank, demo.today, Stage.STABLE) if not duty.met]
        assert unmet
        assert [line for line in unmet if f"[ ] {line}" not in seat.text] == []
        await seat.press("enter")
        assert "why now: it must not be blank." in seat.text
        await seat.type("they asked for it")
        await seat.press("enter")
        with demo.reading() as connection:
            assert get_account(connection, bank).stage == "strengthening"
            decision = list_stage_decisions(connection, bank)[0]
        assert decision.reason == "they asked for it"
        assert [duty_of(code).what for code in decision.unmet] == unmet


async def test_the_stage_that_it_is_in_cannot_be_chosen_again(at_bank, demo, bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.perform("account.stage")
        await seat.press("2")
        assert "it is in that stage" in seat.text
        await seat.press("escape")
    with demo.reading() as connection:
        assert list_stage_decisions(connection, bank) == []


async def test_the_palette_leads_to_the_same_question(at_bank, demo, bank):
    async with at_bank(size=(80, 24)) as seat:
        await seat.press(":")
        await seat.type("stage")
        await seat.press("enter", "3")
        assert "unmet so far" in seat.text
        await seat.press("escape")
    with demo.reading() as connection:
        assert get_account(connection, bank).stage == "stable"


async def test_a_duty_is_met_with_a_word_on_how(at_bank, demo, bank):
    async with at_bank("9", size=(120, 40)) as seat:
        rows = seat.app.rows
        rows.go(
            next(
                n
                for n, line in enumerate(rows.lines)
                if line.key and line.key[0] == "duty" and line.record.code == "resources"
            )
        )
        await seat.press("d")
        await seat.type("two engineers")
        await seat.press("enter")
        with demo.reading() as connection:
            duty = next(d for d in list_duties(connection, bank, demo.today) if d.code == "resources")
        assert (duty.met, duty.note) == (True, "two engineers")


async def test_obligations_of_one_account_become_a_template_for_another(at_bank, demo, bank):
    with demo.reading() as connection:
        other = next(row.id for row in list_accounts(connection, demo.today) if row.name == "Delta Pumps")
    async with at_bank("3", size=(120, 40)) as seat:
        await seat.perform("obligation.keep")
        await seat.type("banks")
        await seat.press("enter")
        await seat.app.go("work", account_id=other)
        await seat.settle()
        await seat.press("3")
        await seat.perform("obligation.template")
        await seat.type("banks")
        await seat.press("enter")
        with demo.reading() as connection:
            assert list_obligations(connection, demo.today, account_id=other)


async def test_the_obligations_say_how_many_were_kept_in_time(at_bank):
    async with at_bank("3", "z", size=(120, 40)) as seat:
        assert "in time in 180 days: ours 3/7" in seat.text


async def test_the_timeline_holds_every_kind_and_is_parted_by_kind(at_bank):
    async with at_bank("5", size=(120, 40)) as seat:
        kinds = {str(line.record.kind) for line in seat.app.rows.lines if line.record is not None}
        assert {"need", "order", "promise", "task", "message"} <= kinds | {"message"}
        await seat.press("v")
        assert all(line.key[0] == "touch" for line in seat.app.rows.lines if line.key)


async def test_the_timeline_reads_on_as_the_cursor_nears_its_end(store, open_app):
    from kamtui.services.accounts import add_account
    from kamtui.store.tables import Interaction

    with store.writing() as work:
        account = add_account(work, "Baltic Freight")
        days = (store.today - timedelta(days=n) for n in range(900))
        rows = [
            {
                "account_id": account.id,
                "on_date": day,
                "status": "held",
                "kind": "call",
                "direction": "in",
                "summary": f"call {n}",
            }
            for n, day in enumerate(days)
        ]
        work.add_many(Interaction, rows)
    async with open_app(store) as seat:
        await seat.app.go("work", account_id=account.id)
        await seat.settle()
        await seat.press("5")
        assert len(seat.app.rows.lines) < 300
        for _step in range(8):
            await seat.press("G")
        assert seat.record.what == "call 899"


@pytest.mark.parametrize("for_a_record", [True, False])
async def test_lists_longer_than_the_first_frame_are_whole_at_once(store, open_app, for_a_record):
    from kamtui.services.accounts import add_account
    from kamtui.services.tasks import add_task
    from kamtui.store.tables import Need

    with store.writing() as work:
        account = add_account(work, "Baltic Freight").id
        last = [
            add_task(work, f"task {n}", account_id=account, due=store.today + timedelta(days=n)).id for n in range(160)
        ][-1]
        words = {"account_id": account, "source": "unknown", "raised_on": store.today, "importance": 3}
        work.add_many(
            Need,
            [words | {"kind": kind, "raised_as": kind, "verbatim": f"{kind} {n}"} for n in range(130) for kind in ("implicit", "explicit")],
        )  # fmt: skip
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=account, key=("task", last) if for_a_record else None)
        await seat.settle()
        if not for_a_record:
            await seat.press("4", "G")
        assert seat.record.what == "task 159"
        assert "160 open" in seat.text
        assert "im 130   EX 130" in seat.text
        view = seat.app.place.view
        assert view.views.get("tasks", 0) == 0, "what is further down than the first frame is not taken for hidden"
        await seat.press("2", "G")
        assert seat.record.verbatim == "explicit 129"
        await seat.press("4", "/", *"12", "enter")
        assert len(seat.app.rows.lines) == 12, "12, 112, and 120 to 129"


@pytest.fixture
def calls(store):
    """An account with a call a day for 450 days, the newest first in the timeline, and a need."""
    from kamtui.services.accounts import add_account
    from kamtui.services.needs import add_need
    from kamtui.store.tables import Interaction

    with store.writing() as work:
        account = add_account(work, "Baltic Freight").id
        held = {"account_id": account, "status": "held", "kind": "call", "direction": "in"}
        rows = [held | {"on_date": store.today - timedelta(days=n), "summary": f"call {n}"} for n in range(450)]
        work.add_many(Interaction, rows)
        add_need(work, account, "We never know when the lorry comes", raised_on=store.today - timedelta(days=500))
    return account


async def test_an_old_touch_is_opened_at_its_place_in_the_timeline(store, open_app, calls):
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=calls, key=("touch", 301))
        await seat.settle()
        assert seat.record.what == "call 300"


async def test_what_another_window_writes_leaves_a_scrolled_timeline_where_it_is(store, open_app, calls):
    from kamtui.store.tables import Task

    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=calls)
        await seat.press("5", *["G"] * 5)
        before = seat.record.what
        with store.writing("add") as work:
            work.add(Task, what="ring", account_id=calls)
        seat.app.watch_data()
        await seat.settle()
        assert seat.record.what == before
        assert len(seat.app.rows.lines) >= 451


async def test_enter_in_the_timeline_goes_to_the_record(store, open_app, calls):
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=calls)
        await seat.press("5", "v", "v")
        assert seat.record.what == "We never know when the lorry comes"
        assert "Enter goes to it" in seat.text
        await seat.press("enter")
        assert seat.app.place.active == "needs"
        assert seat.record.verbatim == "We never know when the lorry comes"


async def test_notes_are_no_touches_in_the_head(store, open_app, calls):
    from kamtui.store.tables import Interaction

    with store.writing("notes") as work:
        note = {"account_id": calls, "status": "held", "kind": "note", "on_date": store.today, "summary": "a thought"}
        work.add_many(Interaction, [dict(note) for _ in range(6)])
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=calls)
        await seat.settle()
        assert "last touch 0d" in seat.lines[1]


@pytest.mark.parametrize("key", ["tab", "v", "K", "z", "j", "5", "w", "a"])
async def test_keys_on_an_account_that_another_window_deleted_a_moment_ago_end_nothing(store, open_app, calls, key):
    from kamtui.services.accounts import delete_account

    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=calls)
        await seat.settle()
        with store.writing("delete") as work:
            delete_account(work, calls)
        await seat.press(key)
        await seat.resize(100, 30)
        await seat.press("escape")
        seat.app.watch_data()
        await seat.settle()
        assert seat.app.is_running


async def test_who_left_counts_for_nobody_in_the_grid_and_is_marked(at_bank, demo, bank):
    async with at_bank(size=(180, 50)) as seat:
        await seat.press("1", "z", "v", "v")
        before = next(line for line in seat.lines if "with us" in line).split()
        await seat.press("H")
        assert next(line for line in seat.lines if "with us" in line).split() == before
        assert "(马超" in seat.text


def test_each_edge_of_the_chart_has_a_letter_of_its_own_and_a_full_box_says_how_many_more():
    from kamtui.tui.panes import chart

    assert len({chart._letter(number) for number in range(62)}) == 62


async def test_an_edge_goes_with_who_leaves_and_comes_back_with_those_who_left(at_bank, demo, bank):
    async with at_bank(size=(140, 50)) as seat:
        await seat.press("1", "z", "G")
        assert "赵敏 Zhao Min x-x 王伟 Wang Wei (3)" in seat.text
        with demo.reading() as connection:
            (person,) = (
                row.id for row in list_people(connection, demo.today, account_id=bank) if row.name.startswith("赵敏")
            )
        seat.app.place.show_record(("person", person))
        await seat.press("x", "enter")
        assert "Zhao Min x-x" not in seat.text
        await seat.press("H", "G")
        assert "赵敏 Zhao Min x-x 王伟 Wang Wei (3)" in seat.text


@pytest.fixture
def orders(store):
    """An account with 650 orders and 3 costs."""
    from kamtui.services.accounts import add_account
    from kamtui.store.tables import Cost, Transaction

    with store.writing("orders") as work:
        account = add_account(work, "Baltic Freight").id
        of = {"account_id": account, "currency": "EUR"}
        order = of | {"kind": "main", "revenue_minor": 100_00}
        work.add_many(
            Transaction,
            [order | {"on_date": store.today - timedelta(days=n), "note": f"order {n}"} for n in range(650)],
        )
        cost = of | {"kind": "visit", "amount_minor": 10_00, "on_date": store.today}
        work.add_many(Cost, [cost | {"note": f"cost {n}"} for n in range(3)])
    return account


async def test_the_money_of_an_account_is_counted_whole_and_read_on_as_the_cursor_nears_its_end(
    store, open_app, orders
):
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=orders)
        await seat.press("8")
        assert "ORDERS (650)" in seat.text
        await seat.press(*["G"] * 5)
        assert [line.record.note for line in seat.app.rows.lines if line.record][-4:] == [
            "order 649", "cost 2", "cost 1", "cost 0",
        ]  # fmt: skip
        assert len({line.key for line in seat.app.rows.lines if line.key}) == 653
        assert "COSTS (3)" in seat.text


async def test_an_old_order_is_opened_at_its_place_and_a_filter_finds_what_was_not_read_yet(store, open_app, orders):
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=orders, key=("transaction", 600))
        await seat.settle()
        assert seat.record.note == "order 599"
        await seat.press("/", *"649", "enter")
        assert [line.record.note for line in seat.app.rows.lines if line.record] == ["order 649"]


async def test_costs_are_looked_at_without_the_orders_in_front(store, open_app, orders):
    async with open_app(store, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=orders)
        await seat.press("8", "v", "v")
        assert [line.record.note for line in seat.app.rows.lines if line.record] == ["cost 2", "cost 1", "cost 0"]


async def test_the_palette_finds_the_contract_worksheet_by_its_name(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.press(":", *"worksheet")
        await seat.press("enter")
        assert seat.app.place.active == "needs"
        assert "contract terms: wanted / offered / agreed" in seat.text
        await seat.press("v")
        assert "contract terms: wanted / offered / agreed" not in seat.text
