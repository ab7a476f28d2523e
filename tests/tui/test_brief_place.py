"""The brief over the place where one is: read, saved, copied, and never older than the data."""

import pytest

from kamtui.services.accounts import add_account, delete_account
from kamtui.services.needs import add_need
from kamtui.tui.places.brief import BriefPlace

SIZES = [(40, 12), (60, 20), (80, 24), (140, 40), (200, 60)]


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def folder(_folder):
    return _folder


async def test_b_shows_the_brief_of_the_account_under_the_cursor(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        account = seat.record.account
        await seat.press("b")
        assert isinstance(seat.app.screen, BriefPlace)
        assert "MEETING BRIEF  INTERNAL" in seat.lines[0]
        assert account in seat.lines[0]
        assert "BOTTOM LINE" in seat.text
        assert seat.lines[-1].split("  ")[0] == " s save"
        await seat.press("q")
        assert seat.app.screen is seat.app.place
        assert seat.record.account == account


async def test_it_is_the_account_of_the_place_in_the_portfolio_and_in_the_accounts_place(open_app, demo):
    async with open_app(demo, place="portfolio") as seat:
        account = seat.app.rows.key
        await seat.press("b")
        assert ("account", seat.app.screen.account_id) == account
        await seat.press("escape", "W", "4", "b")
        assert seat.app.screen.page.title == seat.app.place.title_text()


async def test_without_an_account_the_reason_is_said(open_app, store):
    store.prepare()
    async with open_app(store, place="today") as seat:
        await seat.press("b")
        assert "There is no account under the cursor" in seat.toasts[-1]


async def test_the_keys_of_a_place_do_nothing_to_what_lies_below(open_app, demo):
    async with open_app(demo) as seat:
        before = seat.record
        await seat.press("b", "d", "x", "r", "space", "/", "a", "K", "v")
        assert isinstance(seat.app.screen, BriefPlace)
        assert seat.toasts == ["There is one brief so far, the one for a meeting."]
        await seat.press("escape")
        assert seat.record == before


async def test_places_palette_and_help_are_reached_from_it(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("b", "?")
        assert seat.app.screen.query_one("#keys").plain.startswith("BRIEF\n  s ")
        await seat.press("q", "P")
        assert seat.app.screen is seat.app.place
        assert seat.app.place.place == "portfolio"
        await seat.press("T")
        assert seat.app.screen is seat.app.place
        await seat.press("b", ":")
        await seat.type("zw")
        await seat.press("enter")
        assert seat.app.screen.title_text() == "沪东重机"


async def test_tab_goes_from_section_to_section_and_round_again(open_app, demo):
    async with open_app(demo, size=(80, 24)) as seat:
        await seat.press("b")
        tops = []
        for _press in range(12):
            tops.append(seat.app.screen.paper.scroll_offset.y)
            await seat.press("tab")
        assert seat.lines[1].strip() == seat.lines[1].strip().upper()
        assert tops[0] == 0
        assert tops[1:4] == sorted(set(tops[1:4]))
        assert 0 in tops[3:]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_is_written_for_the_width_of_the_window(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press("b")
        paper = seat.app.screen.paper
        assert "~" not in "".join(text for text, _style in paper._lines)
        # One line of the brief is one line of the window.
        assert len(paper._lines) == len(paper.plain.split("\n"))
        await seat.resize(50, 15)
        assert len(paper._lines) == len(paper.plain.split("\n"))
        assert seat.app.screen.page.title in paper.plain


async def test_it_is_written_anew_when_the_data_change(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        account_id = seat.record.account_id
        await seat.press("b", "j", "j")
        with demo.writing() as work:
            add_need(work, account_id, "The colour of the door is wrong")
        seat.app.watch_data()
        await seat.settle()
        assert "The colour of the door is wrong" in seat.app.screen.paper.plain
        assert seat.app.screen.paper.scroll_offset.y == 2
        await seat.press("u", "y")
        assert "The colour of the door is wrong" not in seat.app.screen.paper.plain


async def test_when_its_account_is_gone_it_leaves(open_app, demo):
    with demo.writing() as work:
        account_id = add_account(work, "Aaa Short Life", tier="T1").id
    async with open_app(demo, place="portfolio") as seat:
        seat.app.rows.go_to(("account", account_id))
        await seat.press("b")
        with demo.writing() as work:
            delete_account(work, account_id)
        seat.app.watch_data()
        await seat.settle()
        assert seat.app.screen is seat.app.place


# Saving and copying


async def test_it_is_saved_under_a_safe_name_in_the_folder_where_one_works(open_app, demo, folder):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s")
        assert str(folder) in seat.text
        await seat.press("enter")
        assert "Wrote the brief of" in seat.toasts[-1]
    (file,) = folder.iterdir()
    assert file.name == "Huadong-Bank-华东银行-brief-2026-11-23.md"
    assert file.read_text().startswith("# Huadong Bank 华东银行\n")


async def test_a_name_that_ends_in_txt_gives_the_text_and_another_ending_is_refused(open_app, demo, folder):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s", "ctrl+u")
        await seat.type("a.pdf")
        assert "The brief is written as .md or .txt." in seat.text
        await seat.press("enter", *["backspace"] * 3)
        await seat.type("txt")
        await seat.press("enter")
    assert (folder / "a.txt").read_text().startswith("meeting brief  INTERNAL")
    assert [file.name for file in folder.iterdir()] == ["a.txt"]


async def test_a_file_that_is_there_is_written_over_only_after_a_yes(open_app, demo, folder):
    mine = folder / "mine.md"
    mine.write_text("mine")
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s", "ctrl+u")
        await seat.type("mine.md")
        assert "(is there already)" in seat.text
        await seat.press("enter", "n")
        assert mine.read_text() == "mine"
        # The name stands there still, to be changed.
        assert "mine.md" in seat.text
        await seat.press("escape", "s", "ctrl+u")
        await seat.type("mine.md")
        await seat.press("enter", "y")
    assert mine.read_text().startswith("# ")


@pytest.mark.parametrize("name", ["nowhere/a.md", "x" * 300 + ".md", "~nobody-of-that-name/a.md"])
async def test_what_cannot_be_written_is_said_and_the_name_is_kept(open_app, demo, folder, name):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s")
        seat.app.screen.query_one("Input").value = name
        await seat.settle()
        await seat.press("enter")
        assert "Nothing was written" in seat.toasts[-1]
        assert seat.app.screen.query_one("Input").value == name
        await seat.press("escape")
    assert list(folder.iterdir()) == []


async def test_it_is_copied_as_markdown(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("b", "y")
        assert seat.app.clipboard.startswith("# Huadong Bank 华东银行\n")
        assert "Copied the brief of Huadong Bank 华东银行 as Markdown" in seat.toasts[-1]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "etc-passwd-brief-2026-11-23.md"),
        ("-rf .bashrc", "rf-bashrc-brief-2026-11-23.md"),
        ("[/] [bold]", "bold-brief-2026-11-23.md"),
        ("***", "account-brief-2026-11-23.md"),
        ("名" * 100, "名" * 40 + "-brief-2026-11-23.md"),
    ],
)
async def test_no_name_of_an_account_leads_a_file_astray(open_app, store, folder, name, file):
    with store.writing() as work:
        add_account(work, name, tier="T1")
    async with open_app(store, place="portfolio") as seat:
        await seat.press("b", "s", "enter")
    assert [found.name for found in folder.iterdir()] == [file]
