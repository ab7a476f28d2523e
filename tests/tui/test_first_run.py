"""The first run: an empty database offers a meeting, a list or the demo, and nothing is written until one is chosen."""

from dataclasses import replace

import pytest

from kamtui.store.reads.accounts import list_accounts
from kamtui.store.reads.colleagues import list_colleagues
from kamtui.store.reads.people import list_people
from kamtui.store.reads.settings import get_setting
from kamtui.store.reads.touches import list_touches
from kamtui.store.workspace import Workspace
from kamtui.tui.app import SHOW_DEMO
from tests.conftest import SHARED, TODAY


@pytest.fixture
def nothing(tmp_path):
    """A workspace without a database."""
    return Workspace(tmp_path / "data" / "kamtui.db", TODAY, today_is_set=True, program="test", who="gao")


async def retype(seat, text):
    await seat.press("ctrl+u", "ctrl+k")
    await seat.type(text)


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_choices_and_the_fields_stand_in_every_window(nothing, open_app, size):
    async with open_app(nothing, size=size) as seat:
        for said in ("I have a meeting soon", "I have a list", "Show me first", "plain ASCII", "You are", "Money in"):
            assert said in seat.text
        assert "Esc leaves" in seat.text


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_who_leaves_has_written_nothing(nothing, open_app, key):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("tab")
        await retype(seat, "Gao Lin")
        await seat.press("escape", key)
        assert seat.app._exit
    assert not nothing.path.parent.exists()


async def test_a_first_meeting_makes_account_person_and_plan_and_opens_the_map(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("1")
        await seat.type("Acme [/]")
        await seat.press("enter")
        await seat.type("J. Okafor")
        await seat.press("enter")
        await seat.type("fri 10:30")
        assert "Fri 2026-11-27, in 4 d 10:30" in seat.text
        await seat.press("enter")
        assert "1 Org map" in seat.text
        assert "J. Okafor" in seat.text
    with nothing.reading() as connection:
        (account,) = list_accounts(connection, TODAY)
        (person,) = list_people(connection, TODAY, account_id=account.id)
        (touch,) = list_touches(connection)
        assert (account.name, person.name) == ("Acme [/]", "J. Okafor")
        assert (touch.on.isoformat(), touch.at_time, touch.status, touch.people) == (
            "2026-11-27",
            "10:30",
            "planned",
            ("J. Okafor",),
        )
        (undoable,) = connection.execute(
            "SELECT count(*) FROM point WHERE kind = 'do' AND label LIKE 'First%'"
        ).fetchone()
        assert undoable == 1


async def test_whom_one_meets_may_be_unknown(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("1")
        await seat.type("Acme")
        await seat.press("enter", "enter")
        await seat.type("tomorrow")
        await seat.press("enter")
        assert "1 Org map" in seat.text


async def test_who_leaves_a_question_has_written_nothing(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("1")
        await seat.type("Acme")
        await seat.press("enter", "escape")
        assert "Which of these is nearest?" in seat.text
    assert not nothing.path.exists()


async def test_the_fields_say_who_one_is_and_in_which_currency(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("tab")
        await retype(seat, "Gao Lin")
        await seat.press("enter")
        await retype(seat, "eur")
        await seat.press("escape", "1")
        await seat.type("Acme")
        await seat.press("enter", "enter")
        await seat.type("fri")
        await seat.press("enter")
    with nothing.reading() as connection:
        (me,) = list_colleagues(connection)
        assert (me.name, me.is_me) == ("Gao Lin", True)
        assert get_setting(connection, "currency") == "EUR"


async def test_what_is_no_currency_is_refused_before_anything_is_asked(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("tab", "tab")
        await retype(seat, "coins")
        await seat.press("escape", "1")
        assert "is no currency code" in seat.toasts[0]
        assert "[account]" not in seat.text


async def test_another_language_is_written_and_said_to_come_with_the_next_start(nothing, open_app, tmp_path):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("tab", "tab", "tab", "right", "escape", "1")
        assert any("next start" in toast for toast in seat.toasts)
    assert 'language = "zh"' in (tmp_path / "config.toml").read_text()


async def test_the_demo_is_asked_for_and_nothing_is_written(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("3")
        assert seat.app.return_value == SHOW_DEMO
    assert not nothing.path.exists()


async def test_plain_ascii_is_one_key(nothing, open_app, tmp_path):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("4")
        assert any("plain ASCII" in toast for toast in seat.toasts)
    assert 'glyphs = "ascii"' in (tmp_path / "config.toml").read_text()


async def test_everything_can_be_done_with_arrows_and_enter(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("down", "down", "enter")
        assert seat.app.return_value == SHOW_DEMO


@pytest.mark.skipif(not SHARED.is_dir(), reason="real lists are not here")
async def test_a_list_is_imported_and_its_accounts_are_sorted_at_once(nothing, open_app):
    async with open_app(nothing, size=(80, 24)) as seat:
        await seat.press("2")
        await seat.type(str(SHARED / "crm-maven" / "original" / "acc"))
        await seat.press("enter", "enter")
        assert "Would import 85 rows: 85 created" in seat.text.replace("\n", " ")
        assert not nothing.path.exists(), "a trial writes nothing"
        await seat.press("i")
        assert "0 of 85 done" in seat.text
        await seat.press("1", "escape")
        assert "85 accounts" in seat.text
        assert seat.app.place.place == "portfolio"
    assert oct(nothing.path.stat().st_mode & 0o777) == "0o600"


async def test_a_database_that_is_there_is_opened_instead(demo, open_app):
    async with open_app(replace(demo), size=(80, 24)) as seat:
        assert "pass:" in seat.text


@pytest.mark.parametrize("cells", [80, 140])
async def test_the_head_of_the_first_run_says_where_the_data_is_also_in_a_deep_folder(store, open_app, tmp_path, cells):
    deep = tmp_path.joinpath(*["a folder of folders"] * 8, "kamtui.db")
    async with open_app(replace(store, path=deep), size=(cells, 30)) as seat:
        assert f"your data: {str(deep)[:20]}" in seat.lines[0]
        assert seat.lines[0].endswith("~")
