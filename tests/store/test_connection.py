"""The connection policy."""

from contextlib import closing

import pytest

from kamtui.domain.errors import DatabaseUnusable
from kamtui.store import unit_of_work as units
from kamtui.store.sqlite import driver
from kamtui.store.sqlite.connection import open_reader
from kamtui.store.sqlite.driver import OperationalError
from kamtui.store.writer import writer


def pragma(connection, name):
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_writer_survives_power_loss_checks_references_and_leaves_no_deleted_text(store):
    with writer(store.path, "test") as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "secure_delete") == 1
        assert pragma(connection, "trusted_schema") == 0
        assert pragma(connection, "mmap_size") == 0


def test_a_reader_cannot_write_and_the_last_one_to_close_does_not_checkpoint(store):
    keeps_open = open_reader(store.path)
    keeps_open.execute("SELECT 1 FROM colleague").fetchone()
    with store.writing() as work:
        work.execute("UPDATE colleague SET skills = 'x'")
    wal = store.path.with_name("kamtui.db-wal")
    size = wal.stat().st_size
    assert size > 0
    with pytest.raises(OperationalError):
        keeps_open.execute("DELETE FROM colleague")
    keeps_open.close()
    assert wal.stat().st_size == size


def test_a_unit_of_work_begins_at_once_so_that_nobody_slips_in_between(store):
    other = driver.connect(str(store.path), isolation_level=None, timeout=0)
    with store.writing() as work:
        work.execute("SELECT count(*) FROM account")
        with pytest.raises(OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_unit_of_work_keeps_others_out_before_its_own_first_write(store, monkeypatch):
    """A deferred transaction would read here, and fail at its first write where another has written since."""
    asked = []
    real = units.open_point

    def after_a_look(connection, *rest):
        connection.execute("SELECT count(*) FROM account").fetchone()
        with (
            closing(driver.connect(str(store.path), isolation_level=None, timeout=0)) as other,
            pytest.raises(OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        asked.append(connection.total_changes)
        return real(connection, *rest)

    monkeypatch.setattr(units, "open_point", after_a_look)
    with store.writing() as work:
        work.insert("account", {"name": "Acme", "stage": "building"})
    assert asked == [0]  # nothing was written before
    with store.reading() as connection:
        assert connection.execute("SELECT name FROM account").fetchall() == [("Acme",)]


def test_writing_outside_a_unit_of_work_is_refused_by_the_database_itself(store):
    with writer(store.path, "test") as connection, pytest.raises(driver.IntegrityError, match="needs a unit of work"):
        connection.execute("UPDATE colleague SET name = 'x'")


def test_a_unit_of_work_that_changes_nothing_leaves_no_point(store):
    with store.reading() as connection:
        before = list(connection.iterdump())
    with store.writing("nothing") as work:
        work.execute("SELECT 1")
    with store.reading() as connection:
        assert list(connection.iterdump()) == before


def fail_midway(store):
    with store.writing("half") as work:
        work.execute("UPDATE colleague SET skills = 'half'")
        raise RuntimeError


def test_a_unit_of_work_that_fails_leaves_nothing(store):
    with store.reading() as connection:
        before = list(connection.iterdump())
    with pytest.raises(RuntimeError):
        fail_midway(store)
    with store.reading() as connection:
        assert list(connection.iterdump()) == before


def test_a_sqlite_that_is_too_old_is_refused_with_a_sentence(store, monkeypatch):
    monkeypatch.setattr(driver, "MINIMUM", (99, 0, 0))
    with pytest.raises(DatabaseUnusable, match=r"kamtui needs 99\.0\.0 or newer"), store.reading():
        pass
