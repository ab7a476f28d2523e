"""The log: every change of every table, with the row before, exactly."""

import json

import pytest

from kamtui.store.sqlite.changelog import content_tables
from kamtui.store.workspace import Workspace

TEXTS = [
    'quotes " and \\ and \\" and \\\\',
    "line\nend\ttab\rreturn",
    "中文，名×100",
    "emoji 👩‍👩‍👧 and \u202e and \ufeff",
    "'; DROP TABLE account; --",
    "null",
    '{"a": [1, 2]}',
    "\u2028\u2029\x7f",
    "\\n is not a newline, \\u0041 is not an A",
]


def changes(store):
    with store.reading() as connection:
        return connection.execute(
            """SELECT op, entity, row_id, account_id, before FROM change
               WHERE point_id = (SELECT max(id) FROM point) ORDER BY id"""
        ).fetchall()


@pytest.fixture
def account(store):
    with store.writing() as work:
        return work.insert("account", {"name": "Acme", "stage": "building"})


@pytest.mark.parametrize("text", TEXTS)
def test_the_row_before_is_kept_exactly(store, account, text):
    with store.writing() as work:
        work.execute("UPDATE account SET note = ?, potential = 3 WHERE id = ?", (text, account))
    with store.writing() as work:
        work.execute("UPDATE account SET note = NULL WHERE id = ?", (account,))
    ((op, entity, row_id, of_account, before),) = changes(store)
    assert (op, entity, row_id, of_account) == ("update", "account", account, account)
    image = json.loads(before)
    assert (image["note"], image["potential"], image["parent_id"]) == (text, 3, None)


def test_an_insert_logs_the_key_alone(store):
    with store.writing() as work:
        row_id = work.insert("account", {"name": "Acme", "stage": "building"})
    assert changes(store) == [("insert", "account", row_id, row_id, None)]


def test_what_a_cascade_deletes_is_logged_too(store, account):
    with store.writing() as work:
        work.execute("INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", (account,))
    with store.writing() as work:
        work.execute("DELETE FROM account WHERE id = ?", (account,))
    assert [(op, entity) for op, entity, *_rest in changes(store)] == [("delete", "account_tag"), ("delete", "account")]


def test_every_table_of_content_has_its_three_triggers(store):
    with store.reading() as connection:
        triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        tables = content_tables(connection)
    assert {f"log_{table}_{op}" for table in tables for op in ("insert", "update", "delete")} <= triggers
    assert {"account", "person", "need", "task", "transaction", "setting", "external_ref"} <= set(tables)


def test_a_point_says_when_who_with_what_and_under_which_schema(store, account):
    elsewhere = Workspace(store.path, store.today, True, "import", "赵敏")
    with elsewhere.writing("Tag it") as work:
        work.execute("INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", (account,))
    with store.reading() as connection:
        row = connection.execute(
            "SELECT kind, label, day, who, program, schema_version FROM point ORDER BY id DESC"
        ).fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    assert row == ("do", "Tag it", "2026-11-23", "赵敏", "import", version)


def test_a_label_that_is_too_long_is_shortened(store):
    with store.writing("x" * 500) as work:
        work.insert("account", {"name": "Acme", "stage": "building"})
    with store.reading() as connection:
        (label,) = connection.execute("SELECT label FROM point ORDER BY id DESC").fetchone()
    assert len(label) == 200
    assert label.endswith("…")


def test_a_row_id_is_never_used_again(store, account):
    with store.writing() as work:
        work.execute("DELETE FROM account WHERE id = ?", (account,))
    with store.writing() as work:
        assert work.insert("account", {"name": "Other", "stage": "building"}) == account + 1
