"""The account's place: four panes at once where there is room, one with its detail where there is not."""

import re
from datetime import date

import pytest

from kamtui.domain.enums import FactTopic, Tier
from kamtui.services.accounts import add_account, add_fact
from kamtui.services.issues import add_issue
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.brief_changes import list_row_changes
from kamtui.store.reads.people import list_people
from kamtui.store.workspace import Workspace
from kamtui.tui.whereabouts import Trail
from kamtui.tui.widgets.rows import Rows


def id_of(workspace: Workspace, name: str) -> int:
    with workspace.reading() as connection:
        return next(row.id for row in list_accounts(connection, workspace.today) if row.name.startswith(name))


@pytest.fixture
def bank(demo):
    """The number of the demo's largest account."""
    return id_of(demo, "Huadong Bank")


@pytest.fixture
def at_bank(demo, bank, open_app):
    """Opens the app at the bank."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def opened(**named):
        async with open_app(demo, **named) as seat:
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            yield seat

    return opened


async def test_four_panes_stand_at_once_in_a_wide_window(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        for title in ("1 Org map", "2 Needs", "3 Obligations", "4 Tasks"):
            assert title in seat.text
        assert "陈国栋 Chen Guodong" in seat.text
        assert "We need 20 machines for the new plant" in seat.text


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20), (40, 12)])
async def test_a_small_window_shows_one_pane_and_the_tabs_of_the_others(at_bank, size):
    async with at_bank(size=size) as seat:
        assert "[1 Org map" in seat.text
        assert "陈国栋" in seat.text
        assert "We need 20 machines" not in seat.text
        await seat.press("2")
        assert "We need 20 machines" in seat.text
        assert "陈国栋 Chen" not in seat.lines[3]


async def test_name_stance_and_touch_stay_in_the_smallest_window(at_bank):
    async with at_bank(size=(40, 12)) as seat:
        line = next(line for line in seat.lines if "孙浩" in line)
        assert "++" in line
        assert "#.." in line
        assert line.split()[-1].endswith("d")
        assert "rel" not in seat.text


async def test_the_detail_stands_below_and_follows_the_cursor(at_bank):
    async with at_bank(size=(80, 24)) as seat:
        await seat.press("j", "j")
        assert "no more night shifts" in "\n".join(seat.lines[16:])


async def test_zoom_gives_the_pane_all_the_room_and_the_detail_beside(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.press("2", "z")
        tabs = next(line for line in seat.lines[2:5] if "2 Needs" in line)
        assert "1 Org map" in tabs
        assert "3 Obligations" in tabs
        assert "╭" not in seat.text
        await seat.press("z")
        assert "╭─ 1 Org map" in seat.text


async def test_enter_on_the_board_opens_the_record_beside_and_then_on_a_page(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.press("2", "enter")
        assert "raised" not in seat.lines[3]
        assert "need " in seat.text
        await seat.press("enter")
        assert "Esc back" in seat.text
        await seat.press("escape", "escape")
        assert "╭─ 2 Needs" in seat.text


async def test_any_window_size_draws_without_a_fault_and_keeps_the_cursor(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        await seat.press("j", "j", "j")
        name = seat.record.person.name
        for size in [(40, 12), (60, 20), (80, 24), (100, 30), (200, 60), (140, 40)]:
            await seat.resize(*size)
            assert seat.record.person.name == name
            assert name.split()[0] in seat.text
            assert all(len(line) <= size[0] for line in seat.lines)


async def test_each_pane_fits_its_columns_to_wide_characters(at_bank):
    async with at_bank(size=(140, 40)) as seat:
        widths = {strip.cell_length for strip in seat.strips}
        assert widths == {140}
        columns = [line.index("│") for line in seat.lines if line.startswith("│")]
        assert set(columns) == {0}


async def test_folding_hides_who_stands_below_and_says_how_many(at_bank):
    async with at_bank(size=(100, 30)) as seat:
        await seat.press("j", "h")
        assert "王伟 Wang Wei " not in seat.text.split("==>")[0].replace("edges", "")
        assert "+3" in next(line for line in seat.lines if "李明 Li Ming" in line)
        await seat.press("l")
        assert "孙浩 Sun Hao" in seat.text.split("==>")[0]


async def test_a_filter_shows_who_holds_all_words_and_escape_shows_everybody(at_bank):
    async with at_bank(size=(100, 30)) as seat:
        await seat.press("/")
        await seat.type("purch")
        await seat.press("enter")
        assert "周婷" in seat.text
        assert "李明 Li Ming" not in "\n".join(seat.lines[:8])
        await seat.press("escape")
        assert "李明 Li Ming" in seat.text


async def test_who_left_is_hidden_until_asked_for(at_bank, demo, bank):
    async with at_bank(size=(100, 30)) as seat:
        assert "马超" not in seat.text
        await seat.press("H")
        assert "(马超 Ma Chao, left" in seat.text


async def test_the_brackets_walk_along_the_list_one_came_from(at_bank, demo, bank):
    async with at_bank() as seat:
        others = [id_of(demo, "Acme"), bank, id_of(demo, "Kestrel")]
        seat.app.whereabouts.trail = Trail("portfolio", tuple((each, None) for each in others), 1)
        await seat.press("]")
        assert "Kestrel Retail" in seat.lines[1]
        await seat.press("]")
        assert any("list ends here" in toast for toast in seat.toasts)
        await seat.press("[", "[")
        assert "Acme [EMEA]" in seat.lines[1]


async def test_tab_gives_the_keyboard_to_the_next_pane_and_the_footer_follows(at_bank):
    async with at_bank() as seat:
        assert "stance" in seat.lines[-1]
        await seat.press("tab")
        assert "convert" in seat.lines[-1] or "next question" in seat.lines[-1]
        await seat.press("tab", "tab", "tab")
        assert seat.app.rows.context == "map"


async def test_a_click_into_another_pane_gives_it_the_keyboard(at_bank):
    async with at_bank() as seat:
        await seat.click("second quote for the off-site copy")
        assert seat.app.rows.context == "tasks"
        assert "second quote" in seat.record.what


async def test_a_record_is_opened_in_its_pane_even_where_it_was_filtered_out_or_left(at_bank, demo, bank):
    with demo.reading() as connection:
        gone = next(p for p in list_people(connection, demo.today, account_id=bank, left=True) if p.left_on)
    async with at_bank() as seat:
        await seat.app.go("work", account_id=bank, key=("person", gone.id))
        await seat.settle()
        assert seat.record.person.id == gone.id


async def test_an_account_that_another_window_deleted_leads_back_to_the_portfolio(at_bank, demo, bank):
    from kamtui.services.accounts import delete_account

    async with at_bank() as seat:
        with demo.writing() as work:
            for row in work.execute("SELECT id FROM account WHERE parent_id = ?", (bank,)).fetchall():
                delete_account(work, row[0])
            delete_account(work, bank)
        seat.app.watch_data()
        await seat.settle()
        assert seat.app.current_mode == "portfolio"


async def test_each_empty_pane_says_which_key_fills_it(store, open_app):
    with store.writing() as work:
        account = add_account(work, "Baltic Freight")
    async with open_app(store) as seat:
        await seat.app.go("work", account_id=account.id)
        await seat.settle()
        for key, said in (
            ("1", "a  a person"),
            ("2", "a  what they said"),
            ("3", "a  one in a line"),
            ("4", "a  one in a line"),
        ):
            await seat.press(key, "z")
            assert said in seat.text, key
            await seat.press("z")
        for key, said in (("5", "t  logs a call"), ("6", "a  a concession"), ("8", "kamtui import csv")):
            await seat.press(key)
            assert said in seat.text, key


async def test_ascii_glyphs_draw_every_frame_and_tree_in_ascii(at_bank):
    async with at_bank(signs="ascii") as seat:
        drawn = {c for line in seat.lines for c in line if ord(c) > 127 and not "\u4e00" <= c <= "\u9fff"}
        assert not drawn & set("│─╭╮╰╯├└█")
        assert "|- " in seat.text


async def test_rows_keep_their_own_cursor_in_each_pane(at_bank):
    async with at_bank() as seat:
        await seat.press("j", "j", "2", "j", "1")
        assert seat.app.screen.query_one("#map", Rows).cursor == 2
        assert seat.record.person.name.startswith("王伟")


async def test_what_changed_since_one_was_here_is_said_until_the_day_is_over(at_bank, demo, bank, open_app):
    async with open_app(demo, size=(140, 40)) as seat:
        whereabouts = seat.app.whereabouts
        whereabouts.take_days({str(bank): ["2026-11-14", None], "x": ["y"], "3": None})
        for _time in range(2):
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            line = next(line for line in seat.lines if "since you were here (9d)" in line)
            assert "+" in line, "more than has room"
            await seat.press("T")
        assert whereabouts.kept_days()[str(bank)] == ["2026-11-23", "2026-11-14"]


async def test_who_was_never_here_or_misses_nothing_is_told_nothing(demo, bank, open_app):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.app.go("work", account_id=bank)
        await seat.settle()
        assert "w why" in seat.text, "what stands behind the first frame was read"
        assert "since you were here" not in seat.text
    async with open_app(demo, size=(140, 40)) as seat:
        seat.app.whereabouts.take_days({str(bank): ["2026-11-22", None]})
        with demo.reading() as connection:
            missed = list_row_changes(connection, bank, date(2026, 11, 22))
        await seat.app.go("work", account_id=bank)
        await seat.settle()
        assert ("since you were here" in seat.text) is bool(missed)


async def test_the_head_of_a_new_account_says_each_gap_by_what_is_not_known(store, open_app):
    with store.writing("x") as work:
        account_id = add_account(work, "Baltic Freight", tier=Tier.T1).id
    async with open_app(store, size=(200, 60)) as seat:
        await seat.app.go("work", account_id=account_id)
        await seat.settle()
        line = next(line for line in seat.lines if "nobody there is named yet" in line)
        assert "nobody is known who signs (economic buyer)" in line
        assert "no sponsor is named" in line
        assert "No economic buyer" not in line


async def test_who_begins_in_the_account_is_told_what_changed_too_and_not_of_what_they_do_there(demo, bank, open_app):
    async with open_app(demo, size=(140, 40), place="work", account=bank) as seat:
        assert seat.app.whereabouts.kept_days()[str(bank)] == ["2026-11-23", None]
        seat.app.whereabouts.take_days({str(bank): ["2026-11-23", "2026-11-14"]})
        await seat.press("P", "W")
        seat.app.place.reload()
        await seat.settle()
        before = seat.app.place.standing
        assert before.changes
        await seat.press("+")
        assert seat.app.place.standing.changes == before.changes


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_the_tab_that_one_is_in_is_always_seen(at_bank, size):
    async with at_bank(size=size) as seat:
        for digit in "987654321":
            await seat.press(digit)
            assert any(f"[{digit} " in line for line in seat.lines[1:4]), seat.text


@pytest.mark.parametrize("cells", range(60, 141, 4))
async def test_the_head_of_an_account_leaves_out_whole_what_has_no_room_and_cuts_no_day_and_no_number(at_bank, cells):
    async with at_bank(size=(cells, 40)) as seat:
        place = seat.app.place
        for bar in ("#account", "#tabs", "#parts"):
            line = place.query_one(bar).render_line(0).text
            spans = [span.text for span in place.query_one(bar).spans]
            seen = line.rstrip().removesuffix("~")
            assert "".join(spans).startswith(seen), f"{bar} says {line!r}"
            if line.rstrip().endswith("~"):
                assert bar == "#account", f"{bar} is cut: {line!r}"
                assert "next: today 10:30 Review" in seen, f"only the purpose is cut: {line!r}"
        parts = place.query_one("#parts").render_line(0).text
        assert "commercial" not in parts or re.search(r"commercial [█.]+ \d", parts) or "commercial ?" in parts


async def test_the_first_account_opens_in_a_place_that_was_built_while_nobody_pressed_a_key(open_app, demo):
    async with open_app(demo) as seat:
        seat.app._warm_up()
        await seat.settle()
        (built,) = seat.app._screen_stacks["work"]
        assert seat.app.current_mode == "today"
        await seat.app.go("work", account_id=1)
        await seat.settle()
        assert seat.app.screen is built
        assert seat.app.rows.context == "map"
        assert "Old Mill Group" in seat.text
        await seat.press("j")
        assert seat.record.person.name == "Sally Wren"


async def test_the_tabs_say_what_is_open_in_panes_that_nobody_looked_at(at_bank):
    async with at_bank() as seat:
        assert "6 Give/get 3!" in seat.text
        assert "7 Trouble 2!" in seat.text


async def test_where_a_pane_has_all_the_room_zoom_says_so(at_bank):
    async with at_bank(size=(80, 24)) as seat:
        await seat.press("z")
        assert seat.toasts == ["This pane has all the room there is."]
        assert not seat.app.place.zoomed


@pytest.mark.parametrize("looked", [False, True])
async def test_a_pane_that_was_read_before_another_window_wrote_is_read_anew_when_one_looks(
    at_bank, demo, bank, looked
):
    async with at_bank() as seat:
        if looked:
            await seat.press("7", "1")
        with demo.writing("elsewhere") as work:
            add_issue(work, bank, "written elsewhere")
        seat.app.watch_data()
        await seat.settle()
        assert "7 Trouble 3!" in seat.text
        await seat.press("7")
        assert "written elsewhere" in seat.text


async def test_facts_that_another_window_wrote_are_there_when_one_looks_again(at_bank, demo, bank):
    async with at_bank() as seat:
        await seat.press("9", "1")
        with demo.writing("elsewhere") as work:
            add_fact(work, bank, FactTopic.OTHER, "written elsewhere")
        seat.app.watch_data()
        await seat.settle()
        await seat.press("9", "G")
        assert "written elsewhere" in seat.text
