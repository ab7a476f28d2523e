"""Leaving the demo: what was typed is kept as a database of one's own, or dropped, or one stays."""

import os

import pytest

from kamtui.domain.errors import Refused
from kamtui.store.backup import copy_database
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.workspace import Workspace
from tests.conftest import TODAY


@pytest.fixture
def mine(tmp_path):
    """Where the person's own database would be."""
    return tmp_path / "home" / "kamtui.db"


@pytest.fixture
def in_demo(demo, mine, open_app):
    """Opens the demo; with `typed` something was written in it."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def opened(*, typed):
        async with open_app(demo, size=(80, 24), demo=True) as seat:
            seat.app.keep_at = mine
            if typed:
                await seat.press("P", "G", "K", "3", "T")
            yield seat

    return opened


async def test_the_head_says_that_it_is_the_demo(in_demo):
    async with in_demo(typed=False) as seat:
        assert "DEMO" in seat.lines[0]


async def test_where_nothing_was_typed_q_leaves(in_demo, mine):
    async with in_demo(typed=False) as seat:
        await seat.press("q")
        assert seat.app._exit
    assert not mine.exists()


async def test_y_keeps_it_as_a_private_database(in_demo, mine):
    async with in_demo(typed=True) as seat:
        await seat.press("q")
        assert "Keep it as your database?" in seat.text
        await seat.press("y")
        assert seat.app._exit
    assert mine.stat().st_mode & 0o777 == 0o600
    assert mine.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(file.name for file in mine.parent.iterdir()) == ["kamtui.db", "kamtui.db.lock"]
    with Workspace(mine, TODAY).reading() as connection:
        assert len(list_accounts(connection, TODAY)) == 14
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_n_drops_it(in_demo, mine):
    async with in_demo(typed=True) as seat:
        await seat.press("q", "n")
        assert seat.app._exit
    assert not mine.exists()


async def test_esc_stays(in_demo, mine):
    async with in_demo(typed=True) as seat:
        await seat.press("q", "escape")
        assert not seat.app._exit
    assert not mine.exists()


async def test_a_database_that_is_there_is_never_written_over(in_demo, mine):
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    async with in_demo(typed=True) as seat:
        await seat.press("q", "y")
        assert "there is a database already" in seat.text.replace("\n", " ")
        assert not seat.app._exit
    assert mine.read_bytes() == b"mine"


def test_a_copy_is_refused_where_something_stands(demo, mine):
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    with pytest.raises(Refused, match="there is a database already"):
        copy_database(demo.path, mine)
    assert mine.read_bytes() == b"mine"


def test_a_copy_that_cannot_be_made_leaves_nothing(demo, mine, monkeypatch):
    from kamtui.domain.errors import DatabaseUnusable

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DatabaseUnusable, match="the disk is full"):
        copy_database(demo.path, mine)
    assert [file.name for file in mine.parent.iterdir()] == ["kamtui.db.lock"]


def test_half_a_copy_of_a_killed_process_is_no_hindrance(demo, mine):
    mine.parent.mkdir()
    mine.with_name("kamtui.db.part").write_bytes(b"half")
    copy_database(demo.path, mine)
    with Workspace(mine, TODAY).reading() as connection:
        assert list_accounts(connection, TODAY)
