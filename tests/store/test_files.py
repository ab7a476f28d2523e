"""Whose files they are: private, beside each other, one lock a database."""

import os
import stat

import pytest

from kamtui.domain.errors import DatabaseMissing, DatabaseUnusable
from kamtui.store.locate import backup_folder, database_path, lock_path
from kamtui.store.sqlite.connection import open_reader
from kamtui.store.workspace import Workspace


def mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def wide_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("wide_umask")
def test_all_files_of_a_database_are_private_whatever_the_umask(tmp_path, store):
    space = Workspace(tmp_path / "own" / "k.db", store.today)
    space.prepare()
    reader = open_reader(space.path)
    with space.writing() as work:
        work.execute("UPDATE colleague SET skills = 'x'")
        files = sorted(path.name for path in space.path.parent.iterdir())
        assert files == ["k.db", "k.db-shm", "k.db-wal", "k.db.lock"]
        assert {mode(path) for path in space.path.parent.iterdir()} == {"0o600"}
    reader.close()
    assert mode(space.path.parent) == "0o700"


@pytest.mark.usefixtures("wide_umask")
def test_a_backup_and_its_folder_are_private(kamtui, store):
    kamtui("backup", "now")
    (backup,) = backup_folder(store.path).iterdir()
    assert (mode(backup_folder(store.path)), mode(backup)) == ("0o700", "0o600")


def test_a_database_that_others_could_read_is_closed_to_them_at_the_next_write(store):
    store.path.chmod(0o644)
    with store.writing() as work:
        work.execute("UPDATE colleague SET skills = 'x'")
    assert mode(store.path) == "0o600"


def test_two_names_of_one_file_have_one_lock(tmp_path, store):
    link = tmp_path / "link.db"
    link.symlink_to(store.path)
    through = Workspace(link, store.today)
    with through.writing() as work:
        work.execute("UPDATE colleague SET skills = 'x'")
    assert through.path == store.path
    assert lock_path(store.path).exists()
    assert not lock_path(link).exists()
    assert link.is_symlink()


def test_a_link_in_a_loop_is_refused_with_a_sentence(tmp_path, store):
    loop = tmp_path / "loop.db"
    loop.symlink_to(loop)
    for use in (Workspace(loop, store.today).reading, Workspace(loop, store.today).writing):
        with pytest.raises(DatabaseUnusable, match=r"loop\.db"), use():
            pass


def test_a_folder_is_no_database(tmp_path, store):
    folder = tmp_path / "folder.db"
    folder.mkdir()
    for use in (Workspace(folder, store.today).reading, Workspace(folder, store.today).writing):
        with pytest.raises(DatabaseUnusable, match="is not a file"), use():
            pass
    assert list(folder.iterdir()) == []


def test_a_pipe_is_no_database(tmp_path, store):
    os.mkfifo(tmp_path / "pipe.db")
    with pytest.raises(DatabaseUnusable, match="is not a file"), Workspace(tmp_path / "pipe.db", store.today).writing():
        pass


def test_reading_never_makes_a_file(tmp_path, store):
    space = Workspace(tmp_path / "none" / "k.db", store.today)
    with pytest.raises(DatabaseMissing), space.reading():
        pass
    assert not (tmp_path / "none").exists()


def test_a_folder_in_the_way_is_named(tmp_path, store):
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(DatabaseUnusable, match=r"file.*cannot be made"),
        Workspace(tmp_path / "file" / "k.db", store.today).writing(),
    ):
        pass


@pytest.mark.parametrize("name", ["名 前.db", "a b?c#d%20.db", "-rf.db", "x" * 200 + ".db"])
def test_a_file_may_have_any_name(tmp_path, store, name):
    space = Workspace(tmp_path / name, store.today)
    space.prepare()
    with space.reading() as connection:
        assert connection.execute("SELECT count(*) FROM colleague").fetchone() == (1,)


def test_what_is_only_in_memory_is_refused(monkeypatch):
    for chosen in (":memory:", "file:x?mode=memory"):
        with pytest.raises(DatabaseUnusable, match="keeps its data in a file"):
            database_path(chosen)
    monkeypatch.setenv("KAMTUI_DB", ":memory:")
    with pytest.raises(DatabaseUnusable):
        database_path(None)
