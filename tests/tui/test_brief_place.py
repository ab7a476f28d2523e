"""The brief over the place where one is: read, saved, copied, and never older than the data."""

import re
from pathlib import Path

import pytest
from textual.events import Key

from kamtui.services.accounts import add_account, delete_account
from kamtui.services.needs import add_need
from kamtui.tui.places.brief import BriefPlace
from kamtui.tui.places.brief_sheet import BriefSheet

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


def sheet(seat):
    """The brief that is shown."""
    return seat.app.screen.query_one(BriefSheet)


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
        assert ("account", sheet(seat).account_id) == account
        await seat.press("escape", "W", "4", "b")
        assert sheet(seat).page.title == seat.app.place.title_text()


async def test_without_an_account_the_reason_is_said(open_app, store):
    store.prepare()
    async with open_app(store, place="today") as seat:
        await seat.press("b")
        assert "There is no account under the cursor" in seat.toasts[-1]


async def test_the_keys_of_a_place_do_nothing_to_what_lies_below(open_app, demo):
    async with open_app(demo) as seat:
        before = seat.record
        await seat.press("b", "x", "r", "space", "/", "a", "K")
        assert isinstance(seat.app.screen, BriefPlace)
        assert seat.toasts == []
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
            tops.append(sheet(seat).paper.scroll_offset.y)
            await seat.press("tab")
        assert seat.lines[1].strip() == seat.lines[1].strip().upper()
        assert tops[0] == 0
        assert tops[1:4] == sorted(set(tops[1:4]))
        assert 0 in tops[3:]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_is_written_for_the_width_of_the_window(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press("b")
        paper = sheet(seat).paper
        assert "~" not in "".join(text for text, _style in paper._lines)
        # One line of the brief is one line of the window.
        assert len(paper._lines) == len(paper.plain.split("\n"))
        await seat.resize(50, 15)
        assert len(paper._lines) == len(paper.plain.split("\n"))
        assert sheet(seat).page.title in paper.plain


async def test_it_is_written_anew_when_the_data_change(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        account_id = seat.record.account_id
        await seat.press("b", "j", "j")
        with demo.writing() as work:
            add_need(work, account_id, "The colour of the door is wrong")
        seat.app.watch_data()
        await seat.settle()
        assert "The colour of the door is wrong" in sheet(seat).paper.plain
        assert sheet(seat).paper.scroll_offset.y == 2
        await seat.press("u", "y")
        assert "The colour of the door is wrong" not in sheet(seat).paper.plain


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


# Beside its account


async def at_bank(seat):
    (account_id,) = seat.app.session.reader.execute("SELECT id FROM account WHERE name LIKE 'Huadong%'").fetchone()
    await seat.app.go("work", account_id=account_id)
    await seat.settle()
    return account_id


async def test_in_a_wide_window_it_stands_beside_its_account_and_changes_with_it(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at_bank(seat)
        await seat.press("2", "b")
        assert "MEETING BRIEF  INTERNAL" in seat.text
        assert "Needs" in seat.text
        await seat.press("b")
        assert seat.app.contexts()[0] == "needs"
        await seat.press("a")
        await seat.type("The door is too narrow")
        await seat.press("enter")
        assert "The door is too narrow" in sheet(seat).paper.plain
        await seat.press("b", "q")
        assert not seat.app.screen.query(BriefSheet)
        assert "[1-4 Board]" in seat.text


async def test_beside_the_account_it_follows_to_the_next_one_and_gives_way_to_a_narrow_window(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await at_bank(seat)
        await seat.press("b", "b", "]")
        assert sheet(seat).page.title == seat.app.place.title_text() != "Huadong Bank 华东银行"
        await seat.resize(90, 30)
        assert "MEETING BRIEF" not in seat.text
        assert seat.app.contexts()[0] == "map"
        await seat.press("b")
        assert isinstance(seat.app.screen, BriefPlace)


# Variants and audience


async def test_v_goes_from_meeting_to_review_to_handover_and_round_again(open_app, demo):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b")
        seen = [seat.lines[0]]
        for _press in range(3):
            await seat.press("v")
            seen.append(seat.lines[0])
        kinds = ["MEETING BRIEF", "BUSINESS REVIEW", "HAND-OVER", "MEETING BRIEF"]
        assert [kind for kind, line in zip(kinds, seen, strict=True) if kind not in line] == []


async def test_the_audience_is_us_or_the_customer(open_app, demo, folder):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "!")
        assert "ACCOUNT OVERVIEW  CUSTOMER-SAFE" in seat.lines[0]
        assert "opponent" not in seat.text
        await seat.press("v")
        assert seat.toasts[-1] == "The customer's brief has one variant; ! shows ours."
        await seat.press("s", "enter", "!")
        assert "MEETING BRIEF  INTERNAL" in seat.lines[0]
    assert [file.name for file in folder.iterdir()] == ["Huadong-Bank-华东银行-customer-2026-11-23.pdf"]


# Saving and copying


async def test_from_the_demo_the_brief_for_tomorrows_meeting_is_a_pdf_in_four_keys(open_app, demo, folder):
    async with open_app(demo, size=(80, 24), demo=True) as seat:
        await seat.press("B")
        (digit,) = re.findall(r"(\d) tomorrow", seat.text)
        keys = ("B", digit, "s", "enter")
        await seat.press(*keys[1:])
    assert len(keys) == 4
    (file,) = folder.iterdir()
    assert file.name == "Kestrel-Retail-meeting-2026-11-23.pdf"
    assert file.read_bytes().startswith(b"%PDF-")


async def test_while_a_document_is_made_the_keys_go_on(open_app, demo, folder, monkeypatch):
    import threading

    from kamtui.brief import formats

    let_go = threading.Event()
    real = formats.render
    monkeypatch.setattr(formats, "render", lambda *given: let_go.wait(20) and real(*given))
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s")
        seat.app.post_message(Key("enter", None))
        await seat.pilot.pause()
        while "making PDF ..." not in seat.lines[0]:
            await seat.pilot.pause(0.01)
        seat.app.post_message(Key("j", "j"))
        while sheet(seat).paper.scroll_offset.y == 0:
            await seat.pilot.pause(0.01)
        assert list(folder.iterdir()) == []
        let_go.set()
        await seat.settle()
        assert "making" not in seat.lines[0]
    assert len(list(folder.iterdir())) == 1


async def test_o_opens_a_pdf_of_this_session_in_the_systems_viewer(open_app, demo, folder, monkeypatch, tmp_path):
    from kamtui.tui import viewing

    opened = []
    monkeypatch.setattr(viewing.tempfile, "tempdir", str(tmp_path))
    viewing.viewing_folder.cache_clear()
    monkeypatch.setattr(viewing.shutil, "which", lambda program: f"/bin/{program}")
    monkeypatch.setattr(viewing, "start", opened.append)
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "o")
        assert "Opened Huadong" in seat.toasts[-1]
    ((_program, path),) = opened
    assert Path(path).read_bytes().startswith(b"%PDF-")
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []
    viewing.viewing_folder.cache_clear()


async def test_where_nothing_opens_files_that_is_said(open_app, demo, monkeypatch):
    from kamtui.tui import viewing

    monkeypatch.setattr(viewing.shutil, "which", lambda _program: None)
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "o")
        assert "There is no program here that opens files" in seat.toasts[-1]


async def test_it_is_saved_under_a_safe_name_in_the_folder_where_one_works(open_app, demo, folder):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s")
        assert str(folder) in seat.text
        await seat.press("enter")
        assert "Wrote the brief of" in seat.toasts[-1]
    (file,) = folder.iterdir()
    assert file.name == "Huadong-Bank-华东银行-meeting-2026-11-23.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".json", ".txt"])
async def test_the_ending_of_the_name_says_the_format(open_app, demo, folder, ending):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s")
        seat.app.screen.query_one("Input").value = f"a{ending}"
        await seat.press("enter")
        assert "Wrote the brief of" in seat.toasts[-1]
    starts = {".md": b"# Huadong", ".html": b"<!DOCTYPE html>", ".docx": b"PK", ".json": b"{", ".txt": b"meeting brief"}
    assert (folder / f"a{ending}").read_bytes().startswith(starts[ending])


async def test_an_ending_that_is_no_format_is_refused_while_one_types(open_app, demo, folder):
    async with open_app(demo, size=(140, 40)) as seat:
        await seat.press("b", "s", "ctrl+u")
        await seat.type("a.xls")
        assert ".xls is not a format of the brief." in seat.text
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
        ("../../etc/passwd", "etc-passwd-meeting-2026-11-23.pdf"),
        ("-rf .bashrc", "rf-bashrc-meeting-2026-11-23.pdf"),
        ("[/] [bold]", "bold-meeting-2026-11-23.pdf"),
        ("***", "account-meeting-2026-11-23.pdf"),
        ("名" * 100, "名" * 40 + "-meeting-2026-11-23.pdf"),
    ],
)
async def test_no_name_of_an_account_leads_a_file_astray(open_app, store, folder, name, file):
    with store.writing() as work:
        add_account(work, name, tier="T1")
    async with open_app(store, place="portfolio") as seat:
        await seat.press("b", "s", "enter")
    assert [found.name for found in folder.iterdir()] == [file]
