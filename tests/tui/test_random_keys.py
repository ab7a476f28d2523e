"""Any keys in any order: nothing breaks, the rules of the store hold, and undoing everything brings back what was there."""

import pytest
from random_hands import Hands, content_of, problems_of, stand_as_it_is, undo_everything


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_keys_break_nothing_and_can_all_be_undone(open_app, demo, monkeypatch, seed):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "true")
    stand_as_it_is(demo)
    before = content_of(demo)
    async with open_app(demo, size=(100, 30)) as seat:
        await Hands(seat, seed).press(150)
    assert problems_of(demo) == []
    undo_everything(demo)
    assert content_of(demo) == before
