"""The database as it stood on a day: what was recorded by then, and the source untouched."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.domain.errors import Refused
from kamtui.services.accounts import add_account, delete_account, merge_accounts
from kamtui.services.purge import purge_account
from kamtui.store import history
from kamtui.store.as_of import OLDEST_SCHEMA, as_of
from kamtui.store.sqlite.changelog import content_tables
from kamtui.store.sqlite.driver import OperationalError
from kamtui.store.tables import AccountAlias, Person, PersonRole, ReportingLine, Transaction

DAY = date(2026, 11, 23)


def on(store, days):
    return replace(store, today=DAY + timedelta(days=days))


def content(connection):
    """All rows of content."""
    return {
        table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
        for table in content_tables(connection)
    }


def now(store):
    with store.reading() as connection:
        return content(connection)


def then(store, days):
    with store.reading() as connection, closing(as_of(connection, DAY + timedelta(days=days))) as copy:
        return content(copy)


@pytest.fixture
def days(store):
    """Ten days of work of every kind; gives the content after each day."""
    states = {}
    with on(store, 0).writing() as work:
        acme = add_account(work, "Acme", tags=["a"]).id
        rival = add_account(work, "ACME Ltd", tags=["b"]).id
    states[0] = now(store)
    with on(store, 1).writing("people") as work:
        boss = work.add(Person, account_id=acme, name='Boss "quoted"\n\\ 老板').id
        clerk = work.add(Person, account_id=rival, name="Clerk").id
        work.add(PersonRole, person_id=boss, value="economic")
        work.add(AccountAlias, account_id=acme, value="阿克梅")
    states[1] = now(store)
    with on(store, 2).writing("import") as work:
        work.add_many(
            Transaction,
            [{"account_id": rival, "on_date": DAY, "revenue_minor": minor, "currency": "CNY"} for minor in range(200)],
        )
    states[2] = now(store)
    with on(store, 4).writing() as work:
        merge_accounts(work, acme, rival)
    with on(store, 4).writing("line") as work:
        work.add(ReportingLine, person_id=clerk, manager_id=boss, valid_from=DAY)
    states[4] = now(store)
    with on(store, 5).writing("gone") as work:
        work.remove(work.get(Person, boss))
    states[5] = now(store)
    history.undo(on(store, 6))
    states[6] = now(store)
    history.redo(on(store, 7))
    states[7] = now(store)
    with on(store, 8).writing() as work:
        delete_account(work, acme)
    states[8] = now(store)
    return states


def test_every_day_comes_back_as_it_was(store, days):
    for day, state in days.items():
        assert then(store, day) == state, day


def test_a_day_without_work_is_as_the_day_before(store, days):
    assert then(store, 3) == days[2]


def test_a_day_to_come_is_as_today(store, days):
    assert then(store, 400) == days[8]


def test_the_source_stays_as_it_is_to_the_byte(store, days):
    before = hashlib.sha256(store.path.read_bytes()).hexdigest()
    then(store, 1)
    assert hashlib.sha256(store.path.read_bytes()).hexdigest() == before
    assert now(store) == days[8]


def test_the_log_of_the_copy_ends_with_the_day_too(store, days):
    with store.reading() as connection, closing(as_of(connection, DAY + timedelta(days=5))) as copy:
        assert copy.execute("SELECT max(day) FROM point").fetchone() == ("2026-11-28",)
        assert copy.execute("SELECT count(*) FROM point WHERE undone_by_id IS NOT NULL").fetchone() == (0,)
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_copy_cannot_be_written(store, days):
    with store.reading() as connection, closing(as_of(connection, DAY)) as copy, pytest.raises(OperationalError):
        copy.execute("DELETE FROM account")


def test_the_order_is_that_of_the_log_when_the_clock_was_set_back(store):
    with on(store, 5).writing() as work:
        add_account(work, "First")
    with on(store, 2).writing() as work:
        add_account(work, "Second, on a clock set back")
    with on(store, 6).writing() as work:
        add_account(work, "Third")
    assert [row[6] for row in sorted(then(store, 2)["account"])] == [
        row[6] for row in sorted(then(store, 5)["account"])
    ]
    assert len(then(store, 2)["account"]) == 2


def test_a_point_dated_back_brings_along_what_was_recorded_before_it(store):
    for day, name in ((0, "First"), (5, "Later"), (2, "后补 dated back"), (6, "Last")):
        with on(store, day).writing() as work:
            add_account(work, name)
    found = {day: len(then(store, day)["account"]) for day in (0, 1, 2, 4, 5, 6)}
    assert found == {0: 1, 1: 1, 2: 3, 4: 3, 5: 3, 6: 4}


def test_before_the_first_record_nothing_can_be_told(store):
    with pytest.raises(Refused, match="Nothing was recorded by 2026-11-22; this database begins on 2026-11-23"):
        then(store, -1)


def test_a_change_of_the_schema_in_between_is_refused_with_a_sentence(store):
    with on(store, 0).writing() as work:
        add_account(work, "Acme")
    with on(store, 3).writing("schema 3", kind="barrier") as work:
        work.execute("UPDATE account SET note = 'a column that came with the new schema'")
        work.execute("UPDATE point SET schema_version = ? WHERE id < ?", (OLDEST_SCHEMA - 1, work.point_id))
    assert then(store, 3)["account"]
    with pytest.raises(Refused, match="newer version on 2026-11-26"):
        then(store, 2)


def test_what_was_purged_is_gone_from_all_days_and_the_rest_comes_back(store):
    with on(store, 0).writing() as work:
        kept = add_account(work, "Kept").id
        add_account(work, "Purged")
    with on(store, 2).writing("people") as work:
        work.add(Person, account_id=kept, name="Boss")
    purge_account(on(store, 4), kept + 1, "Purged")
    assert len(then(store, 3)["person"]) == 1
    earlier = then(store, 1)
    assert (len(earlier["account"]), earlier["person"]) == (1, [])
