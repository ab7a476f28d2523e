"""Killed at any moment: what was acknowledged is there, nothing is half, nothing lies about.

Some dozens of kills here; a thousand, of imports, migrations and exports too, in tests/bench/kill.py.
"""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from kamtui.store.locate import backup_folder
from kamtui.store.sqlite.connection import SCHEMA_VERSION
from kamtui.store.workspace import Workspace

WRITER = """
import sys
from datetime import date
from pathlib import Path
from kamtui.store.workspace import Workspace

store = Workspace(Path(sys.argv[1]), date(2026, 11, 23), True, "child", "Gao Lin")
number = 0
while True:
    number += 1
    with store.writing(f"step {number}") as work:
        row = work.insert("account", {"name": f"{sys.argv[2]} {number} 银行", "stage": "building"})
        work.execute("INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", (row,))
        work.execute("UPDATE account SET note = ? WHERE id = ?", ("note " * 400, row))
    print(row, flush=True)
"""
MIGRATOR = """
import sys
from datetime import date
from pathlib import Path
from kamtui.store.workspace import Workspace

print("begin", flush=True)
Workspace(Path(sys.argv[1]), date(2026, 11, 23), True, "child", "Gao Lin").prepare()
"""
NEIGHBOURS = {"", "-wal", "-shm", ".lock", ".backups"}


def run_and_kill(script, *arguments, after):
    """Starts a child, kills it so many seconds after its first word, returns what it said."""
    child = subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    first = child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    rest, _none = child.communicate()
    # The last line may be half.
    return [first.strip(), *rest.split("\n")[:-1]]


def check(path):
    """What must hold of a database whose writer was killed."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
            return
        assert connection.execute("SELECT count(*) FROM open_point").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM colleague WHERE is_me = 1").fetchone() == (1,)
        # A step is three changes, or none.
        assert connection.execute(
            """SELECT count(*) FROM point WHERE kind = 'do'
               AND (SELECT count(*) FROM change WHERE point_id = point.id) <> 3"""
        ).fetchone() == (0,)
        assert connection.execute(
            "SELECT count(*) FROM account WHERE id NOT IN (SELECT row_id FROM search_row WHERE entity = 'account')"
        ).fetchone() == (0,)


@pytest.mark.parametrize("seed", range(2))
def test_no_acknowledged_write_is_lost_and_no_step_is_half(store, seed):
    chance = random.Random(seed)
    acknowledged = set()
    for kill in range(8):
        said = run_and_kill(WRITER, store.path, f"kill {kill}", after=chance.uniform(0, 0.12))
        acknowledged |= {int(line) for line in said if line}
        check(store.path)
        with closing(sqlite3.connect(store.path)) as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM account")}
        assert acknowledged <= there
        # At most the one that was committed and not yet told.
        assert len(there) <= len(acknowledged) + kill + 1
    names = {path.name.removeprefix(store.path.name) for path in store.path.parent.glob(f"{store.path.name}*")}
    assert names <= NEIGHBOURS


def test_a_database_whose_making_was_killed_is_made_the_next_time(tmp_path, store):
    chance = random.Random(7)
    for kill in range(8):
        path = tmp_path / f"new{kill}" / "kamtui.db"
        run_and_kill(MIGRATOR, path, after=chance.uniform(0.0, 0.8))
        space = Workspace(path, store.today, who="Gao Lin")
        if path.exists():
            check(path)
        space.prepare()
        check(path)
        assert {file.name.removeprefix("kamtui.db") for file in path.parent.iterdir()} <= NEIGHBOURS


def test_a_migration_that_was_killed_has_happened_or_not(tmp_path, store):
    from kamtui.store.migration import migrate
    from kamtui.store.writer import writer

    chance = random.Random(11)
    for kill in range(8):
        path = tmp_path / f"old{kill}" / "kamtui.db"
        with writer(path, "test") as connection:
            migrate(connection, path, to=1)
        run_and_kill(MIGRATOR, path, after=chance.uniform(0.0, 0.8))
        with closing(sqlite3.connect(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            assert version in {1, SCHEMA_VERSION}
            has_costs = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'cost'").fetchone() == (1,)
            assert has_costs == (version > 1)
        Workspace(path, store.today, who="Gao Lin").prepare()
        check(path)
        assert {file.name.removeprefix("kamtui.db") for file in path.parent.iterdir()} <= NEIGHBOURS
        assert {file.suffix for file in backup_folder(path).iterdir()} == {".db"}
