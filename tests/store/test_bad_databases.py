"""Databases that cannot be used: one clear sentence each, exit code 4, nothing half-written."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing

import pytest

from kamtui.store import lock

NOBODY = 65534
COMMANDS = (["account", "list"], ["account", "add", "Acme"], ["undo"], ["search", "x"], ["log"])


def refused(answer, code="database"):
    """The sentence of an answer that says that the database can't be used."""
    assert answer.code == 4, (answer.out, answer.err)
    assert "Traceback" not in answer.err
    lines = [line for line in answer.err.splitlines() if line]
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command[1:2] != ["add"] and command != ["undo"]]
)
def test_a_missing_database_is_no_fault_of_the_person(kamtui, store, command):
    store.path.unlink()
    assert "There is no database at" in refused(kamtui(*command))
    assert not store.path.exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("content", [b"x", b"hello, I am a text file\n" * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_alone(kamtui, store, command, content):
    store.path.write_bytes(content)
    assert "damaged or is no kamtui database" in refused(kamtui(*command))
    assert store.path.read_bytes() == content


@pytest.mark.parametrize("command", COMMANDS)
def test_the_database_of_another_program_is_left_alone(kamtui, store, command):
    store.path.unlink()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    before = store.path.read_bytes()
    assert "is no kamtui database" in refused(kamtui(*command))
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.glob("kamtui*")] == ["kamtui.db"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_database_is_left_alone(kamtui, store, command):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = store.path.read_bytes()
    assert "a newer kamtui wrote this database" in refused(kamtui(*command))
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_no_database(kamtui, store, command):
    store.path.unlink()
    store.path.mkdir()
    assert "is not a file" in refused(kamtui(*command))


def test_a_cut_off_database_is_found_out(kamtui, store):
    for number in range(40):
        kamtui("account", "add", f"Acme {number}")
    size = store.path.stat().st_size
    os.truncate(store.path, size // 3)
    assert "damaged" in refused(kamtui("account", "list"))


def test_another_program_that_writes_is_waited_for_and_then_named(kamtui, store, monkeypatch):
    monkeypatch.setattr("kamtui.store.sqlite.connection.BUSY_MS", 50)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program is using the database" in refused(kamtui("account", "add", "Acme"))
        other.execute("ROLLBACK")
    assert kamtui("account", "list").out == ""


def test_a_full_disk_keeps_what_was_saved_and_nothing_half(kamtui, store, monkeypatch):
    """The pager refuses a page more, as a full disk does."""
    from kamtui.store import writer as writers

    kamtui("account", "add", "Acme")
    real = writers.open_writer

    def cramped(path):
        connection = real(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(writers, "open_writer", cramped)
    sentence = refused(kamtui("account", "add", "Big", "--note", "x" * 90_000))
    assert "no space left" in sentence
    assert "all that was saved before is" in sentence
    monkeypatch.undo()
    monkeypatch.setenv("KAMTUI_CONFIG", str(store.path.parent / "none.toml"))
    assert [line[1] for line in kamtui("account", "list").lines] == ["Acme"]
    assert kamtui("doctor").code == 0


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 4 MB; skips where none can be made."""
    place = tmp_path / "small"
    place.mkdir()
    made = os.getuid() == 0 and shutil.which("mount")
    if (
        not made
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no small file system can be made here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full_keeps_what_was_saved(kamtui, store, small_disk, monkeypatch):
    database = small_disk / "k.db"
    shutil.copy(store.path, database)
    assert kamtui("account", "add", "Acme", "--db", database).code == 0
    with (small_disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(b"\0" * 4096)
    assert "no space left" in refused(kamtui("account", "add", "Big", "--db", database))
    assert "no space left" in refused(kamtui("account", "add", "Big", "--note", "x" * 90_000, "--db", database))
    assert "ree about" in refused(kamtui("backup", "now", "--db", database))
    assert [path.name for path in small_disk.rglob("*.part*")] == []
    assert [line[1] for line in kamtui("account", "list", "--db", database).lines] == ["Acme"]  # reads go on
    (small_disk / "ballast").unlink()
    assert [line[1] for line in kamtui("account", "list", "--db", database).lines] == ["Acme"]
    assert kamtui("doctor", "--db", database).code == 0


@pytest.fixture
def as_nobody(store, kamtui, tmp_path):
    """Runs the command line as a user who owns nothing here: in a fork, since the Python of this environment may be
    closed to others."""
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    for folder in store.path.parents:
        if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(folder.stat().st_mode | 0o055)
    # What the commands import must be there before the fork.
    kamtui("account", "add", "Warm")
    kamtui("account", "list", "--json")
    kamtui("undo")

    def call(*arguments):
        from kamtui.cli.main import run

        with (tmp_path / "out").open("w+") as out, (tmp_path / "err").open("w+") as err:
            child = os.fork()
            if not child:
                code = 99
                try:
                    os.setresgid(NOBODY, NOBODY, NOBODY)
                    os.setresuid(NOBODY, NOBODY, NOBODY)
                    sys.stdout, sys.stderr = out, err
                    code = run(["--db", str(store.path), *arguments])
                    out.flush()
                    err.flush()
                except BaseException:
                    traceback.print_exc(file=err)
                    err.flush()
                finally:
                    os._exit(code)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out.seek(0)
            err.seek(0)
            return type("Done", (), {"code": code, "out": out.read(), "err": err.read()})

    return call


def test_a_database_of_somebody_else_is_refused_with_a_sentence(store, as_nobody):
    for command in (["account", "list"], ["account", "add", "x"], ["--json", "account", "list"]):
        assert "cannot be" in refused(as_nobody(*command))


def test_a_database_that_may_be_read_and_not_written_is_refused_for_writing(store, as_nobody):
    store.path.chmod(0o644)
    before = store.path.read_bytes()
    sentence = refused(as_nobody("account", "add", "x"))
    assert "cannot be written" in sentence
    assert "open the copy with --db" in sentence
    assert store.path.read_bytes() == before


def test_a_database_in_a_folder_that_cannot_be_written_says_so_even_for_reads(store, as_nobody):
    store.path.chmod(0o644)
    answer = as_nobody("account", "list")
    assert answer.code == 0 or "cannot be written" in refused(answer)


def test_a_lock_file_of_somebody_else_is_not_taken_for_a_process_that_writes(store, as_nobody):
    store.path.chmod(0o666)
    lock.lock_path(store.path).touch(mode=0o600)
    assert "cannot be written" in refused(as_nobody("account", "add", "x"))


def test_with_json_the_error_is_a_document(kamtui, store):
    store.path.write_bytes(b"x" * 2000)
    answer = kamtui("account", "list", "--json")
    assert answer.code == 4
    assert json.loads(answer.out)["error"]["code"] == "database_damaged"
