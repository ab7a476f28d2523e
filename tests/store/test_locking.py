"""The lock between processes: one writes, who waits is told for whom."""

import json
import subprocess
import sys

import pytest

from kamtui.domain.errors import DatabaseLocked
from kamtui.store import lock
from kamtui.store.locate import lock_path

CHILD = """
import sys
from datetime import date
from pathlib import Path
from kamtui.store.workspace import Workspace
store = Workspace(Path(sys.argv[1]), date(2026, 11, 23), True, "child")
"""
HOLD = (
    CHILD
    + """
with store.writing("Add account Secret Customer") as work:
    work.execute("UPDATE colleague SET skills = 'child'")
    print("holding", flush=True)
    sys.stdin.readline()
"""
)
WRITE = (
    CHILD
    + """
for number in range(25):
    with store.writing() as work:
        work.insert("colleague", {"name": f"{sys.argv[2]} {number}", "is_me": 0})
"""
)


@pytest.fixture
def holder(store):
    """A process that holds the lock until its stdin is closed."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "holding\n"
    yield child
    child.communicate("\n")


def test_who_waits_is_told_who_holds_it_and_that_nothing_is_lost(store, holder, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with (
        pytest.raises(DatabaseLocked, match=f"process {holder.pid}, since .*: child.* Nothing was changed"),
        store.writing(),
    ):
        pass


def test_the_command_line_says_so_with_exit_code_4(kamtui, holder, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    answer = kamtui("account", "add", "Acme", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (4, "database_locked")
    assert str(holder.pid) in answer.err


def test_reads_do_not_wait(kamtui, holder):
    assert kamtui("account", "list").code == 0


def test_the_doctor_says_who_is_writing(kamtui, holder):
    checks = {check["code"]: check for check in kamtui("doctor", "--json").json["checks"]}
    assert str(holder.pid) in checks["lock"]["detail"]


def test_no_text_of_a_customer_is_in_the_lock_file(store, holder):
    note = json.loads(lock_path(store.path).read_text())
    assert note["pid"] == holder.pid
    assert "Secret" not in lock_path(store.path).read_text()


def test_two_processes_that_write_in_turn_lose_nothing(store):
    children = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(store.path), name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    assert [(child.communicate(timeout=120)[1], child.returncode) for child in children] == [("", 0)] * 2
    with store.reading() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM colleague WHERE is_me = 0")]
        assert sorted(names) == sorted(f"{who} {number}" for who in ("one", "two") for number in range(25))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_that_make_the_same_database_make_one(tmp_path):
    path = tmp_path / "both" / "k.db"
    children = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(path), name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    assert [(child.communicate(timeout=120)[1], child.returncode) for child in children] == [("", 0)] * 2
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        assert connection.execute("SELECT count(*) FROM point WHERE kind = 'barrier'").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM colleague").fetchone() == (51,)
    finally:
        connection.close()


def test_the_database_is_opened_for_writing_under_the_lock_alone(store, monkeypatch):
    from kamtui.store import writer as writers

    held = []
    real = writers.open_writer

    def watched(path):
        held.append(lock.holder_of(path) is not None)
        return real(path)

    monkeypatch.setattr(writers, "open_writer", watched)
    with store.writing() as work:
        work.execute("UPDATE colleague SET skills = 'x'")
    store.prepare()
    assert held == [True, True]
