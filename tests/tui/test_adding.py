"""Adding in one line: what it was understood as is shown, it is saved with Enter, and nothing typed is lost."""

import pytest

from kamtui.tui.dialogs.adding import AddLine
from kamtui.tui.dialogs.form import FormDialog


def value(seat, query, *values):
    row = seat.app.session.reader.execute(query, values).fetchone()
    return row[0] if row and len(row) == 1 else row


async def at_the_bank(seat, pane):
    await seat.app.go("work", account_id=value(seat, "SELECT id FROM account WHERE name LIKE 'Huadong Bank%'"))
    await seat.settle()
    await seat.press(pane)


async def test_a_task_is_one_line_on_today(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("send freight table @balt fri !A")
        assert "= task   Baltic Freight   due Fri 2026-11-27, in 4 d   priority A" in seat.text
        await seat.press("enter")
        assert seat.toasts == ["Add task send freight table. u undoes"]
        assert value(seat, "SELECT due, priority FROM task WHERE what = 'send freight table'") == ("2026-11-27", "A")


async def test_keys_that_edit_act_in_their_turn_however_fast_one_types(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.rush(*"gone", "ctrl+u", *"sennd", "backspace", "backspace", *"d frei", "home", *"1 ", "end", *"ght")
        assert "[task] 1 send freight" in seat.text


async def test_a_day_that_there_is_none_of_is_said_while_one_types(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        await seat.press("a")
        await seat.type("pay by 2026-02-30")
        assert "no date" in seat.text
        assert "“2026-02-30” is no day: it stays in the text." in seat.text
        await seat.press("enter")
        assert any("is no day" in toast for toast in seat.toasts)


async def test_a_name_that_may_be_several_is_taken_by_tab_or_stays_text(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("call back @huadong")
        assert ">leave as text" in seat.text
        await seat.press("tab")
        assert ">Huadong" in seat.text
        assert ">leave" not in seat.text
        await seat.press("enter")
        assert value(seat, "SELECT account_id IS NOT NULL FROM task WHERE what = 'call back'") == 1


async def test_enter_never_asks_and_says_whose_name_stays_in_the_text(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("call back @huadong")
        await seat.press("enter")
        assert value(seat, "SELECT count(*) FROM task WHERE what = 'call back @huadong'") == 1
        assert seat.toasts[-1] == "@huadong may be more than one: it stays in the text. Tab in the line chooses."
        await seat.press("a")
        await seat.type("call back @zzqq")
        await seat.press("enter")
        assert seat.toasts[-1] == "Nobody is known by the name @zzqq: it stays in the text."


async def test_a_name_that_was_left_as_text_by_hand_is_not_spoken_of(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("call back @huadong")
        while ">leave" in seat.text:
            await seat.press("tab")
        while ">leave" not in seat.text:
            await seat.press("tab")
        await seat.press("enter")
        assert seat.toasts == ["Add task call back @huadong. u undoes"]


async def test_what_stands_beside_their_words_is_shown_before_and_said_when_it_is_kept(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type('at lunch with @赵敏 "为什么总是晚到?"')
        assert "text: 为什么总是晚到?" in seat.text
        said = 'Kept as a note beside their words: at lunch with 赵敏 Zhao Min "为什么总是晚到?"'
        assert said in seat.text
        await seat.press("enter")
        assert seat.toasts[-1] == said


async def test_esc_keeps_a_draft_and_the_next_a_offers_it(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("half a thought")
        await seat.press("escape")
        assert "Kept as a draft" in seat.toasts[-1]
        await seat.press("a")
        assert seat.app.screen.text == "half a thought"
        await seat.press("enter", "a")
        assert seat.app.screen.text == ""


async def test_ctrl_t_makes_another_kind_of_it(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "4")
        await seat.press("a")
        await seat.type("the engineer came late again")
        kinds = []
        for _time in range(5):
            kinds.append(seat.app.screen.understood.kind)
            await seat.press("ctrl+t")
        assert kinds == ["task", "touch", "planned", "need im", "need EX"]


async def test_ctrl_o_goes_on_in_the_form_with_what_was_understood(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "4")
        await seat.press("a")
        await seat.type("打电话给@赵敏 下周三 !B")
        await seat.press("ctrl+o")
        assert isinstance(seat.app.screen, FormDialog)
        form = {row.field.name: row.text for row in seat.app.screen.form.rows}
        assert form["due"] == "2026-12-02"
        assert form["priority"] == "B"
        assert form["person_id"] == "赵敏 Zhao Min"
        await seat.press("ctrl+s")
        assert value(seat, "SELECT count(*) FROM task WHERE due = '2026-12-02' AND priority = 'B'") == 1


async def test_a_form_that_is_left_gives_the_line_back_as_a_draft(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("a")
        await seat.type("x y z")
        await seat.press("ctrl+o", "escape", "y")
        await seat.press("a")
        assert seat.app.screen.text == "x y z"


@pytest.mark.parametrize(
    ("pane", "line", "query", "found"),
    [
        ("1", "新人, CIO @IT | S ### +", "SELECT title, stance FROM person WHERE name = '新人'", ("CIO", "supporter")),
        ("2", "为什么老是没人接电话 @赵敏", "SELECT kind FROM need ORDER BY id DESC LIMIT 1", "implicit"),
        ("3", "市场 分析 每季度 下周三", "SELECT cadence FROM obligation WHERE what = '市场 分析'", "3m"),
        (
            "3",
            "stock report; theirs; weekly",
            "SELECT what, side, cadence FROM obligation ORDER BY id DESC LIMIT 1",
            ("stock report", "theirs", "1w"),
        ),
        (
            "3",
            "papers；per_order；within 2；下周三",
            "SELECT what, side, cadence, within FROM obligation ORDER BY id DESC LIMIT 1",
            ("papers", "ours", "per_order", 2),
        ),
        ("3", "send A; then B fri", "SELECT what FROM obligation ORDER BY id DESC LIMIT 1", "send A; then B"),
        ("3", "< their sign-off fri", "SELECT side FROM obligation WHERE what = 'their sign-off'", "theirs"),
        ("4", "发运费表 下周三", "SELECT due FROM task WHERE what = '发运费表'", "2026-12-02"),
        ("5", "打了电话给@赵敏", "SELECT kind, status FROM interaction ORDER BY id DESC LIMIT 1", ("call", "held")),
        (
            "6",
            "2 percent on toner 3万",
            "SELECT value_minor FROM concession WHERE what = '2 percent on toner'",
            3000000,
        ),
        ("9", "rival: 在试用对手的机器", "SELECT topic FROM fact ORDER BY id DESC LIMIT 1", "rival"),
    ],
)
async def test_the_pane_says_what_a_line_is_and_the_cursor_stands_on_it(open_app, demo, pane, line, query, found):
    async with open_app(demo) as seat:
        await at_the_bank(seat, pane)
        await seat.press("a")
        await seat.type(line)
        await seat.press("enter")
        assert not isinstance(seat.app.screen, AddLine)
        assert value(seat, query) == found
        newest = seat.app.rows.key
        table = {"touch": "interaction"}.get(newest[0], newest[0])
        assert newest[1] == value(seat, f"SELECT max(id) FROM {table}")


async def test_an_obligation_is_shown_as_it_will_be_kept_while_it_is_typed(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "3")
        await seat.press("a")
        assert "Stock report; theirs; weekly" in seat.text
        await seat.type("stock report; theirs; weekly; fri")
        assert "= < theirs to us   stock report   every 1w   due Fri 2026-11-27" in seat.text


async def test_a_part_of_an_obligation_that_means_nothing_is_said_and_stays(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "3")
        await seat.press("a")
        await seat.type("stock report; theirs; sometimes")
        assert "“sometimes” is none of" in seat.text
        await seat.press("enter")
        assert seat.app.screen.text == "stock report; theirs; sometimes"


async def test_an_account_is_one_line_in_the_portfolio(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("P", "a")
        await seat.type("沪宁银行 T2")
        await seat.press("enter")
        assert value(seat, "SELECT tier FROM account WHERE name = '沪宁银行'") == "T2"


async def test_what_cannot_be_read_as_a_person_is_said_and_stays(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "1")
        await seat.press("a")
        await seat.type("新人 | XYZ")
        assert "! “XYZ” is not a mark" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, AddLine)
        assert seat.app.screen.text == "新人 | XYZ"


async def test_a_refused_line_stays_with_the_reason(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("P", "a")
        await seat.type("Old Mill Group")
        await seat.press("enter")
        assert "There is an account Old Mill Group already" in seat.text
        assert seat.app.screen.text == "Old Mill Group"


async def test_t_logs_a_touch_with_the_person_under_the_cursor(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "1")
        person = seat.app.rows.key[1]
        await seat.press("t")
        await seat.type("called about the night shift")
        await seat.press("enter")
        touch = value(seat, "SELECT max(id) FROM interaction")
        assert value(seat, "SELECT person_id FROM interaction_person WHERE interaction_id = ?", touch) == person


async def test_e_edits_what_is_under_the_cursor(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "1")
        person = seat.app.rows.key[1]
        await seat.press("e", "end")
        await seat.type(" 先生")
        await seat.press("ctrl+s")
        assert value(seat, "SELECT name FROM person WHERE id = ?", person).endswith(" 先生")
        assert seat.app.rows.key == ("person", person)


@pytest.mark.parametrize("pane", "123456789")
async def test_e_and_a_capital_a_open_a_form_in_every_pane(open_app, demo, pane):
    async with open_app(demo) as seat:
        await at_the_bank(seat, pane)
        await seat.press("A")
        if pane in "5789":
            await seat.press("1")  # the first of what can be new there
        assert isinstance(seat.app.screen, FormDialog)
        await seat.press("escape")
        await seat.press("e")
        assert isinstance(seat.app.screen, FormDialog)
        assert seat.app.screen._record_id is not None


async def test_a_planned_meeting_is_edited_as_a_plan(open_app, demo):
    async with open_app(demo) as seat:
        touch, account = value(seat, "SELECT id, account_id FROM interaction WHERE status = 'planned' LIMIT 1")
        await seat.app.go("work", account_id=account, key=("touch", touch))
        await seat.settle()
        await seat.press("e")
        assert "Planned meeting" in seat.text


async def test_a_plan_offers_no_note(open_app, demo):
    async with open_app(demo) as seat:
        account = value(seat, "SELECT id FROM account WHERE name LIKE 'Huadong Bank%'")
        await seat.app.go("work", account_id=account)
        await seat.press("5", "A", "2")
        kinds = next(line for line in seat.lines if "kind" in line)
        assert "meeting" in kinds
        assert "note" not in kinds


async def test_a_capital_a_in_give_and_get_adds_what_comes_back(open_app, demo):
    async with open_app(demo) as seat:
        await at_the_bank(seat, "6")
        await seat.press("A")
        await seat.type("所有打印机")
        await seat.press("ctrl+s")
        assert value(seat, "SELECT count(*) FROM return_commitment WHERE measure = '所有打印机'") == 1


async def test_a_line_that_is_pasted_keeps_all_its_lines(open_app, demo):
    from textual.events import Paste

    async with open_app(demo) as seat:
        await seat.press("a")
        seat.app.screen.focused.post_message(Paste("one\ntwo\r\nthree"))
        await seat.settle()
        assert seat.app.screen.text == "one two three"


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_line_and_what_it_means_fit_every_size(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press("a")
        await seat.type("send freight table @balt fri")
        assert "send freight table" in seat.text
        assert "Baltic Freight" in seat.text
        assert all(strip.cell_length == size[0] for strip in seat.strips)
