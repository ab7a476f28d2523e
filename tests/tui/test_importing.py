"""Importing from inside the app: what the columns mean, what would come of it, and only then one step that writes."""

import pytest

from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.ledger import list_transactions
from kamtui.store.reads.people import list_people
from kamtui.tui.dialogs.import_lines import GO
from kamtui.tui.dialogs.importing import ImportDialog, _Stopped
from kamtui.tui.dialogs.path import names_at
from kamtui.tui.widgets.rows import Rows


@pytest.fixture
def lists(tmp_path):
    """A folder with some files."""
    folder = tmp_path / "lists"
    (folder / "old").mkdir(parents=True)
    (folder / "accounts.csv").write_text("Firm,City,Note\nAcme [/],Munich,good\nAlfreds,Berlin,\n,Rome,nobody\n")
    (folder / "people.csv").write_text("name,account,title\nIda,Acme,CFO\nOlaf,Nowhere,CTO\n")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def importing(store, lists, open_app):
    """Opens the app at the dialog of a file."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def opened(name, *, size=(100, 30)):
        async with open_app(store, size=size, place="portfolio") as seat:
            await seat.perform("app.import")
            await seat.type(str(lists / name))
            await seat.press("enter", "enter")
            yield seat

    return opened


async def to_column(seat, name):
    rows = seat.app.screen.query_one(Rows)
    rows.go(next(at for at, line in enumerate(rows.lines) if line.record and line.record.what == name))
    await seat.settle()


async def test_a_file_is_found_folder_by_folder_tables_first(lists):
    assert names_at(f"{lists}/") == ["old/", "accounts.csv", "people.csv", "picture.png"]
    assert names_at(f"{lists}/P") == ["people.csv", "picture.png"]
    assert names_at(f"{lists}/nowhere/") == []


async def test_tab_takes_the_name_under_the_cursor(store, lists, open_app):
    async with open_app(store, size=(80, 24), place="portfolio") as seat:
        await seat.perform("app.import")
        await seat.type(str(lists.parent / "lis"))
        await seat.press("tab")
        assert "accounts.csv" in seat.text
        await seat.press("down", "down", "enter")
        assert "What are its rows?" in seat.text
        assert seat.app.rows.lines[seat.app.rows.cursor].record == 1, "people.csv holds people"


async def test_a_file_that_is_not_there_is_said_where_one_types(store, lists, open_app):
    async with open_app(store, size=(80, 24), place="portfolio") as seat:
        await seat.perform("app.import")
        await seat.type(str(lists / "none.csv"))
        await seat.press("enter")
        assert "There is no file" in seat.text


async def test_what_is_missing_is_said_and_mapping_the_column_mends_it(importing, store):
    async with importing("accounts.csv") as seat:
        assert "No column fills name yet" in seat.text
        await seat.press("i")
        assert any("not known yet" in toast for toast in seat.toasts)
        await to_column(seat, "Firm")
        await seat.press("enter", "2")
        assert "Would import 3 rows: 2 created" in seat.text
        assert "ROWS THAT DO NOT COME IN WHOLE" in seat.text
        assert "row 4" in seat.text
        with store.reading() as connection:
            assert list_accounts(connection, store.today) == []


async def test_i_imports_it_as_one_step_and_goes_on_to_sort(importing, store):
    async with importing("accounts.csv") as seat:
        await to_column(seat, "Firm")
        await seat.press("enter", "2", "i")
        assert "Imported 3 rows: 2 created" in seat.text, "what did not come in can be read"
        await seat.press("escape")
        assert "0 of 2 done" in seat.text
        await seat.press("escape", "u")
        with store.reading() as connection:
            assert list_accounts(connection, store.today) == []


async def test_enter_on_the_last_line_imports_it_too(importing, store):
    async with importing("accounts.csv") as seat:
        await to_column(seat, "Firm")
        await seat.press("enter", "2", "G")
        assert seat.app.screen.query_one(Rows).key == (GO, 0)
        await seat.press("enter")
    with store.reading() as connection:
        assert len(list_accounts(connection, store.today)) == 2


async def test_who_leaves_has_written_nothing(importing, store):
    async with importing("accounts.csv") as seat:
        await to_column(seat, "Firm")
        await seat.press("enter", "2", "escape")
        assert not seat.app.typed
    with store.reading() as connection:
        assert list_accounts(connection, store.today) == []


async def test_accounts_that_rows_name_are_made_or_the_rows_rejected(importing, store):
    async with importing("people.csv") as seat:
        assert "Would import 2 rows: 2 created" in seat.text
        await to_column(seat, "accounts that are not there")
        await seat.press("enter")
        assert "0 created" in seat.text
        await seat.press("enter", "i")
    with store.reading() as connection:
        assert sorted(row.name for row in list_people(connection, store.today)) == ["Ida", "Olaf"]


async def test_a_column_becomes_what_identifies_the_rows(importing):
    async with importing("people.csv") as seat:
        await to_column(seat, "title")
        await seat.press("space")
        assert "> title, key" in seat.text
        await seat.press("space")
        assert ", key" not in seat.text


async def test_a_picture_is_no_list(importing):
    async with importing("picture.png") as seat:
        assert "picture.png" in seat.text
        assert "Nothing was imported" in seat.text.replace("\n", " ")


async def test_an_import_that_is_stopped_keeps_nothing(importing, store, lists):
    (lists / "orders.csv").write_text(
        "account,date,revenue\n" + "".join(f"Acme,2026-11-{n % 20 + 1:02},{n}\n" for n in range(9_000))
    )
    async with importing("orders.csv") as seat:
        await seat.press("down", "escape")
    async with importing("orders.csv") as seat:
        if "Which" in seat.text or "What are" in seat.text:
            await seat.press("enter")
        dialog = seat.app.screen
        assert isinstance(dialog, ImportDialog)
        first = dialog._tell

        def stop_in_the_middle(run, rows, share):
            if dialog._applying and rows >= 4_000:
                dialog._leave()
            first(run, rows, share)

        dialog._tell = stop_in_the_middle
        await seat.press("i")
        assert "Stopped. Nothing of the file was kept." in seat.text
    with store.reading() as connection:
        assert list_transactions(connection) == []


async def test_how_far_it_is_is_shown(importing):
    async with importing("people.csv") as seat:
        dialog = seat.app.screen
        dialog._applying = True
        dialog._begin()
        dialog._tell(dialog._run, 4_000, 0.4)
        dialog._show_progress()
        await seat.settle()
        assert "4,000 rows" in seat.text
        assert "40 %" in seat.text
        assert "Esc stops it" in seat.text
        with pytest.raises(_Stopped):
            dialog._tell(object(), 1, 0.1)
        dialog._applying = False


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_columns_and_report_stand_in_every_window(importing, size):
    async with importing("people.csv", size=size) as seat:
        assert "title" in seat.text
        assert "Would import" in seat.text
        assert "Enter change" in seat.text
