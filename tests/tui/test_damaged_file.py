"""A file that goes bad while the app is open: it is said in one sentence, nothing is touched, nothing typed is lost, and one
can leave."""

import pytest

RUBBISH = b"rubbish " * 4000


def put_in_its_place(path):
    beside = path.with_name("rubbish")
    beside.write_bytes(RUBBISH)
    beside.replace(path)


def overwrite(path):
    path.write_bytes(RUBBISH)


@pytest.mark.parametrize("spoil", [put_in_its_place, overwrite])
async def test_it_is_said_and_left_as_it_is_and_one_can_leave(open_app, demo, spoil):
    async with open_app(demo) as seat:
        spoil(demo.path)
        seat.app.watch_data()
        seat.app._warm_up()
        await seat.settle()
        assert "is damaged or is no kamtui database. It was not touched" in seat.toasts[-1]
        await seat.press("j", "d", "P", "W", "u")
        assert seat.app.is_running
        await seat.press("a")
        await seat.type("call Zhou fri")
        await seat.press("enter", "escape")
        for _level in range(3):
            await seat.press("q")
        assert not seat.app.is_running
    assert demo.path.read_bytes() == RUBBISH
