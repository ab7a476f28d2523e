"""Backups: whole, checked, private, put back in one step."""

import errno
import os
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from kamtui.domain.errors import BadFile, DatabaseDamaged, DatabaseMissing, DatabaseNewer, DatabaseUnusable
from kamtui.services.backups import back_up, backup_named, restore_backup
from kamtui.store import backup as backups
from kamtui.store.backup import KEPT, list_backups, make_backup
from kamtui.store.locate import backup_folder
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer


def add(store, name):
    with store.writing() as work:
        return work.insert("account", {"name": name, "stage": "building"})


def names(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM account ORDER BY id")]


def test_a_backup_is_one_whole_file(store):
    add(store, "Acme")
    made = back_up(store)
    assert list(backup_folder(store.path).iterdir()) == [made.path]
    assert (names(made.path), made.reason) == (["Acme"], "by-hand")
    assert made.size == made.path.stat().st_size


def test_there_is_no_backup_of_what_is_not_there(tmp_path, store):
    with pytest.raises(DatabaseMissing):
        back_up(Workspace(tmp_path / "none.db", store.today))
    assert not (tmp_path / "none.db").exists()


def test_a_restore_puts_back_what_was_and_keeps_what_is(store):
    add(store, "Acme")
    made = back_up(store)
    add(store, "Later")
    restored = restore_backup(store, made.path)
    assert names(store.path) == ["Acme"]
    assert names(restored.kept) == ["Acme", "Later"]
    assert made.path.exists()


def test_who_reads_during_a_restore_goes_on_reading(store):
    add(store, "Acme")
    made = back_up(store)
    add(store, "Later")
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (2,)
        restore_backup(store, made.path)
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (1,)


def test_a_backup_of_an_older_schema_comes_up_to_date(tmp_path, store):
    from kamtui.store.migration import migrate

    with writer(tmp_path / "old.db", "test") as connection:
        migrate(connection, tmp_path / "old.db", to=1)
    restore_backup(store, tmp_path / "old.db")
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM concession").fetchone() == (0,)


def test_a_damaged_database_gives_way_to_a_backup_and_is_kept(store):
    add(store, "Acme")
    made = back_up(store)
    store.path.write_bytes(b"not a database at all, but something")
    restored = restore_backup(store, made.path)
    assert names(store.path) == ["Acme"]
    assert restored.kept.read_bytes().startswith(b"not a database")
    assert oct(store.path.stat().st_mode)[-3:] == "600"


def test_a_database_damaged_in_the_middle_is_found_out_and_kept(store):
    for number in range(50):
        add(store, f"Acme {number}")
    made = back_up(store)
    data = bytearray(store.path.read_bytes())
    data[8192:200_000] = b"\xff" * (200_000 - 8192)
    store.path.write_bytes(data)
    restored = restore_backup(store, made.path)
    assert len(names(store.path)) == 50
    assert restored.kept.suffix == ".bad"


@pytest.mark.parametrize("bad", [b"", b"garbage", b"SQLite format 3\x00 and then nothing"])
def test_a_backup_that_is_none_is_refused_and_nothing_changes(tmp_path, store, bad):
    add(store, "Acme")
    (tmp_path / "bad.db").write_bytes(bad)
    with pytest.raises(BadFile, match="Nothing was changed"):
        restore_backup(store, tmp_path / "bad.db")
    assert names(store.path) == ["Acme"]
    assert not backup_folder(store.path).exists()


def test_a_backup_with_a_broken_page_is_refused(store):
    for number in range(50):
        add(store, f"Acme {number}")
    made = back_up(store)
    data = bytearray(made.path.read_bytes())
    data[20_480:200_000] = b"\xff" * (200_000 - 20_480)
    made.path.write_bytes(data)
    with pytest.raises(BadFile):
        restore_backup(store, made.path)
    assert len(names(store.path)) == 50


def test_a_backup_of_a_newer_program_is_refused(store):
    made = back_up(store)
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DatabaseNewer):
        restore_backup(store, made.path)


def test_automatic_backups_make_room_and_those_asked_for_stay(store):
    by_hand = back_up(store)
    with writer(store.path, "test") as connection:
        for _number in range(KEPT + 3):
            make_backup(connection, store.path, "before-test")
    reasons = [backup.reason for backup in list_backups(store.path)]
    assert reasons.count("before-test") == KEPT
    assert by_hand.path.exists()


def test_half_a_backup_is_never_left(store, monkeypatch):
    def no_space(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_sync", no_space)
    with pytest.raises(DatabaseUnusable, match="no backup could be made"):
        back_up(store)
    assert list(backup_folder(store.path).iterdir()) == []


def test_half_a_backup_of_a_killed_process_is_removed_by_the_next_writer(store):
    back_up(store)
    half = backup_folder(store.path) / "kamtui-1-by-hand.part"
    half.write_bytes(b"half")
    add(store, "Acme")
    assert not half.exists()


def test_a_backup_goes_by_its_path_its_name_or_last(store, monkeypatch):
    made = back_up(store)
    assert backup_named(store, str(made.path)) == made.path
    assert backup_named(store, made.path.name) == made.path
    assert backup_named(store, "last") == made.path


@pytest.mark.parametrize("name", ["acme.partners.db", "acme.part.db", "acme.part-wal.db", "a[b]*.parts.db"])
def test_a_database_may_be_named_like_half_a_backup_and_keeps_its_backups(tmp_path, name):
    space = Workspace(tmp_path / name, date(2026, 11, 23))
    add(space, "Acme")
    made = back_up(space)
    half = made.path.with_suffix(".part-journal")
    half.write_bytes(b"half")
    add(space, "Later")
    assert names(made.path) == ["Acme"]
    assert [backup.path for backup in list_backups(space.path)] == [made.path]
    assert not half.exists()


def test_only_half_files_of_our_own_are_removed(store):
    back_up(store)
    others = [
        backup_folder(store.path) / name for name in ("notes.part", "kamtui-1-by-hand.partial", "kamtui-1.part.txt")
    ]
    for other in others:
        other.write_bytes(b"theirs")
    add(store, "Acme")
    assert all(other.exists() for other in others)


def bend(store):
    """Damages the database so that it opens and reads well, and only a check finds a row that its index has not."""
    add(store, "Acme")
    with closing(sqlite3.connect(store.path)) as connection:
        ((uid,),) = connection.execute("SELECT uid FROM account").fetchall()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'account'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(store.path.read_bytes())
    place = data.index(uid.encode(), (page - 1) * size, page * size)
    data[place : place + 4] = b"zzzz"
    store.path.write_bytes(data)
    return bytes(data)


def test_a_backup_is_checked_before_it_counts_as_one(store):
    bent = bend(store)
    assert names(store.path) == ["Acme"]
    with pytest.raises(DatabaseDamaged, match=r"the database is damaged .*it was not touched"):
        back_up(store)
    assert list(backup_folder(store.path).iterdir()) == []
    assert store.path.read_bytes() == bent


def test_a_restore_over_a_database_that_only_a_check_finds_damaged_keeps_it_as_it_is(store):
    made = back_up(store)
    bent = bend(store)
    restored = restore_backup(store, made.path)
    assert (restored.kept.suffix, restored.kept.read_bytes()) == (".bad", bent)
    assert names(store.path) == []


def refuse_links(monkeypatch):
    def no_links(*_paths, **_options):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)


def damage(store):
    """A damaged database with what SQLite keeps beside it, and a backup of when it was whole."""
    add(store, "Acme")
    made = back_up(store)
    store.path.write_bytes(b"not a database at all, but something")
    wal = store.path.with_name(store.path.name + "-wal")
    wal.write_bytes(b"the wal of it")
    store.path.with_name(store.path.name + "-shm").touch()
    return made, wal


def test_a_damaged_database_gives_way_where_there_are_no_hard_links(store, monkeypatch):
    made, wal = damage(store)
    refuse_links(monkeypatch)
    kept = restore_backup(store, made.path).kept
    assert names(store.path) == ["Acme"]
    assert kept.read_bytes() == b"not a database at all, but something"
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"the wal of it"
    assert not wal.exists()
    assert {oct(path.stat().st_mode)[-3:] for path in (store.path, kept)} == {"600"}
    assert {path.suffix for path in backup_folder(store.path).iterdir()} == {".db", ".bad", ".bad-wal", ".bad-shm"}


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("step", ["copy", "replace"])
def test_a_restore_that_cannot_be_done_says_so_and_leaves_everything_as_it_was(store, monkeypatch, links, step):
    made, wal = damage(store)
    before = sorted(store.path.parent.rglob(f"{store.path.stem}*"))
    if not links:
        refuse_links(monkeypatch)
    if step == "copy":

        def no_space(*_files):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(backups.shutil, "copyfileobj", no_space)
    else:
        real = type(store.path).replace

        def not_there(self, target):
            if target == store.path:
                raise OSError(errno.EACCES, "Permission denied")
            return real(self, target)

        monkeypatch.setattr(type(store.path), "replace", not_there)
    with pytest.raises(DatabaseUnusable, match=r"could not be put in its place .*Everything is as it was"):
        restore_backup(store, made.path)
    assert store.path.read_bytes() == b"not a database at all, but something"
    assert wal.read_bytes() == b"the wal of it"
    assert sorted(store.path.parent.rglob(f"{store.path.stem}*")) == before
