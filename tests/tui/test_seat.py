"""The seat itself: it waits long enough, and what goes wrong in the app goes wrong in the test."""

import pytest

from kamtui.tui.registry import Command


async def test_what_a_key_did_is_on_the_screen_when_press_returns(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("j", "d")
        assert "held: call: Freight terms" in seat.text
        assert seat.toasts == ["Held: the call of 2026-11-23, 1 task follows. u undoes"]
        await seat.press("u")
        assert "held:" not in seat.text


async def test_the_screen_has_the_size_that_was_asked_for(open_app, demo):
    async with open_app(demo, size=(60, 20)) as seat:
        assert len(seat.lines) == 20
        await seat.resize(100, 30)
        assert len(seat.lines) == 30
        assert all(strip.cell_length == 100 for strip in seat.strips)


async def test_leaving_ends_the_app(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("q")
        assert seat.app.return_code == 0


async def test_a_command_that_fails_fails_the_test(open_app, demo):
    def fail(_app):
        raise ZeroDivisionError

    with pytest.raises(Exception, match="ZeroDivisionError"):  # noqa: PT012
        async with open_app(demo) as seat:
            seat.app.registry.commands["test.fail"] = Command("test.fail", "fail", ("everywhere",), fail)
            await seat.perform("test.fail")
