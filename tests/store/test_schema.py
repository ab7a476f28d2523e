"""The schema: the models, the migrations and db/schema.sql say the same."""

import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

import kamtui.store.tables
from kamtui.store.locate import shipped
from kamtui.store.schema_dump import dump
from kamtui.store.sqlite.changelog import NOT_CONTENT, content_tables
from kamtui.store.sqlite.connection import SCHEMA_VERSION
from kamtui.store.tables.lookup import LOOKUPS

assert kamtui.store.tables.__all__
TABLES = sorted(SQLModel.metadata.tables)


@pytest.fixture(scope="module")
def from_models():
    with closing(sqlite3.connect(":memory:")) as connection:
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        SQLModel.metadata.create_all(engine)
        yield connection
        engine.dispose()


@pytest.fixture
def migrated(store):
    with store.reading() as connection:
        yield connection


def columns(connection, table):
    return [
        (name, kind, bool(required), key)
        for _at, name, kind, required, _default, key, _hidden in connection.execute(f'PRAGMA table_xinfo("{table}")')
    ]


def references(connection, table):
    found = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    return sorted((column, parent, target, gone) for _id, _seq, parent, column, target, _on, gone, _match in found)


def uniques(connection, table):
    found = connection.execute(f'PRAGMA index_list("{table}")').fetchall()
    return sorted(
        tuple(name for _seq, _id, name in connection.execute(f'PRAGMA index_info("{index}")'))
        for _at, index, unique, origin, _partial in found
        if unique and origin == "u"
    )


def checks(connection, table):
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    flat = re.sub(r"\s+", " ", sql.replace('"', ""))
    found = []
    for start in re.finditer(r"CHECK \(", flat):
        depth, at = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(flat[at], 0)
            at += 1
        found.append(flat[start.end() : at - 1])
    return sorted(found), "STRICT" in sql, "WITHOUT ROWID" in sql


@pytest.mark.parametrize("table", TABLES)
def test_a_model_and_its_table_say_the_same(table, from_models, migrated):
    for what in (columns, references, uniques, checks):
        assert what(migrated, table) == what(from_models, table), what.__name__


def test_every_table_that_people_write_has_a_model(migrated):
    assert set(content_tables(migrated)) == set(TABLES) - set(LOOKUPS)
    everything = {row[0] for row in migrated.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rest = {name for name in everything - set(TABLES) if not name.startswith("search_text")}
    assert rest <= NOT_CONTENT


def test_each_foreign_key_is_the_start_of_an_index(migrated):
    """Without one, deleting a parent reads the whole child table. Rows of the word lists are never deleted, and
    `open_point` has one row."""
    bare = []
    for table in [*content_tables(migrated), "change", "point"]:
        leading = set()
        for _at, index, _unique, _origin, partial in migrated.execute(f'PRAGMA index_list("{table}")').fetchall():
            if not partial:
                leading.add(migrated.execute(f'PRAGMA index_info("{index}")').fetchone()[2])
        for column, parent, _target, _gone in references(migrated, table):
            if parent not in LOOKUPS and column not in leading:
                bare.append(f"{table}.{column}")
    assert bare == []


@pytest.mark.parametrize("table", sorted(LOOKUPS))
def test_a_word_list_holds_the_words_of_its_enum(table, migrated):
    assert {row[0] for row in migrated.execute(f"SELECT code FROM {table}")} == {str(word) for word in LOOKUPS[table]}


def test_every_foreign_key_says_what_happens_when_its_parent_goes(migrated):
    for table in [*content_tables(migrated), "change", "point", "open_point"]:
        assert all(gone in {"CASCADE", "RESTRICT", "SET NULL"} for *_rest, gone in references(migrated, table)), table


def test_the_newest_migration_is_the_version_that_the_program_knows():
    numbers = sorted(int(path.name[:4]) for path in (shipped() / "migrations" / "versions").glob("[0-9]*.py"))
    assert numbers == list(range(1, SCHEMA_VERSION + 1))


def test_the_schema_file_is_the_schema():
    """`python -m kamtui.store.schema_dump > db/schema.sql` writes it."""
    assert (shipped() / "schema.sql").read_text(encoding="utf-8") == dump()
