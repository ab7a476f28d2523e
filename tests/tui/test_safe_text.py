"""No text of people acts on the app or the terminal, and none is lost (TRAPS.md, "Any text").

The walk goes by the registry: every command of every context that it comes to is performed once where it is enabled, so
places and commands that come later are walked too.
"""

import re
from contextlib import asynccontextmanager

import pytest
from seat import Seat
from terminal import KAMTUI, Terminal
from walk import Walk
from wild import TRAPS, hostile_in, naughty, spoil

from kamtui.domain.text import visible
from tests.conftest import SHARED

SIZES = [(140, 40), (80, 24), (40, 12)]
PREVIEW = 53  # cells of the preview, its line left out
ACCOUNTS = (1, 5)


@pytest.fixture
def spoilt(demo, monkeypatch):
    """The demo with hostile words for all texts."""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "true")
    spoil(demo, TRAPS)
    return demo


def look(seat: Seat, where: str) -> None:
    """Nothing that was written acts on a terminal."""
    assert hostile_in(seat.written()) == [], where
    assert all(not hostile_in(toast.replace("\n", " ").replace("\t", " ")) for toast in seat.toasts), where


@asynccontextmanager
async def walking(open_app, workspace, size, **named):
    async with open_app(workspace, size=size, tape=True, **named) as seat:
        walk = Walk(seat, look)
        walk.look("first frame")
        yield walk


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("place", ["today", "portfolio"])
async def test_no_text_acts_in_a_place_over_all_accounts(open_app, spoilt, place, size):
    async with walking(open_app, spoilt, size, place=place) as walk:

        async def back():
            await walk.leave_discreet()
            await walk.seat.app.go(place)
            await walk.seat.settle()

        await walk.all_commands(back)
        await back()
        # Every row once, with what stands beside it.
        for _row in range(len(walk.seat.app.rows.lines)):
            await walk.seat.press("j")
            walk.look("walking down")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_text_acts_in_the_place_of_an_account(open_app, spoilt, size):
    async with walking(open_app, spoilt, size) as walk:
        for account in ACCOUNTS:
            for pane in "1234567890":

                async def back(account=account, pane=pane):
                    await walk.leave_discreet()
                    await walk.seat.app.go("work", account_id=account)
                    await walk.seat.settle()
                    assert walk.seat.app.place.place == "work", "what is walked was not deleted on the way"
                    await walk.seat.press(pane)

                await back()
                walk.look(f"account {account}, pane {pane}")
                if account == ACCOUNTS[0] and size != SIZES[1]:  # the widest and the smallest have all its forms
                    await walk.all_commands(back)
                    await back()
                for _row in range(4):
                    await walk.seat.press("j")
                    walk.look("walking down")


async def test_no_text_is_lost_on_today(open_app, spoilt):
    async with open_app(spoilt, size=(160, 50)) as seat:
        for _row in range(20):
            row = seat.record
            said = visible(row.what)
            # The list cuts it to its column; the preview has all of it.
            lines = [strip.crop(strip.cell_length - PREVIEW).text for strip in seat.strips]
            beside = re.sub(r"\s+", "", "".join(lines))
            assert re.sub(r"\s+", "", said)[:100] in beside, seat.text
            await seat.press("j")


@pytest.mark.parametrize("text", TRAPS)
async def test_a_sentence_with_hostile_words_is_said_whole(open_app, store, text):
    with store.writing("x"):
        pass
    async with open_app(store, size=(100, 30), tape=True) as seat:
        seat.app.tell(f"before {text} after"[:80])
        await seat.settle()
        assert hostile_in(seat.written()) == []
        assert "before" in seat.text


async def test_the_naughty_strings_of_others_act_on_nothing(open_app, spoilt):
    if not (texts := naughty(SHARED)):
        pytest.skip("the list of naughty strings is not here")
    spoil(spoilt, texts)
    async with walking(open_app, spoilt, (140, 40)) as walk:
        for place in ("today", "portfolio"):
            await walk.seat.app.go(place)
            await walk.seat.settle()
            for _row in range(len(walk.seat.app.rows.lines)):
                await walk.seat.press("j")
                walk.look(place)
        for account in range(1, 15, 4):
            await walk.seat.app.go("work", account_id=account)
            await walk.seat.settle()
            for pane in "1234567890":
                await walk.seat.press(pane, "j", "j")
                walk.look(f"account {account}, pane {pane}")


def test_the_bytes_of_a_real_terminal_are_harmless(spoilt, tmp_path):
    env = {
        "HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor",
        "KAMTUI_DB": str(spoilt.path), "KAMTUI_TODAY": spoilt.today.isoformat(), "KAMTUI_CONFIG": str(tmp_path / "c"),
    }  # fmt: skip
    with Terminal([KAMTUI], env=env, size=(140, 40)) as terminal:
        terminal.shows("PROMISED", "? more").presses(*"jjjjjjjjjj").presses("P").shows("[P Portfolio]").presses("W")
        terminal.shows("[W Work]").presses("q").shows("[T Today]").presses("q").ends()
        written = terminal.raw.decode()
    assert [part for part in hostile_in(written.replace("\x1b[6n", "")) if "\r" not in part] == []


@pytest.mark.parametrize("shift", ["", "x"])
@pytest.mark.parametrize("place", ["today", "portfolio", "work"])
async def test_no_character_of_a_toast_is_lost_over_the_edge_of_a_pane(open_app, demo, place, shift):
    said = shift + "已把这件事交给同事并在两周之后再次提醒我们" * 2
    first = said[:30]  # of its lines
    async with open_app(demo, place=place, account=1, tape=True) as seat:
        seat.app.tell(said)
        await seat.settle()
        assert first in seat.text, seat.text
        # What lies below is drawn anew, and the toast stays whole.
        seat.written()
        await seat.press("j", "k", "j")
        written = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", seat.written())
        assert "已把" not in written or first in written
