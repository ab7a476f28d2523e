"""Migrations: from every released schema, whole or not at all, after a backup."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from kamtui.domain.errors import DatabaseNewer, DatabaseUnusable
from kamtui.store import migration
from kamtui.store.as_of import as_of
from kamtui.store.backup import list_backups
from kamtui.store.locate import backup_folder, shipped
from kamtui.store.migration import migrate
from kamtui.store.sqlite.connection import SCHEMA_VERSION
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

NEXT = SCHEMA_VERSION + 1
HEAD = f'''
from kamtui.store.migration import run_script
revision = "{NEXT:04d}"
down_revision = "{SCHEMA_VERSION:04d}"
'''
ROWS = """
INSERT INTO point (id, uid, kind, label, at, day, who, program, schema_version)
    VALUES (1, 'p', 'do', 'Add', '2026-01-01T00:00:00Z', '2026-01-01', 'Gao', 'cli', 1);
INSERT INTO open_point (id, point_id, kind, at) VALUES (1, 1, 'do', '2026-01-01T00:00:00Z');
INSERT INTO colleague (uid, created_at, updated_at, name, is_me) VALUES ('c', 't', 't', 'Gao Lin', 1);
INSERT INTO account (uid, created_at, updated_at, name, stage) VALUES ('a', 't', 't', '华东银行', 'building');
INSERT INTO account_alias (account_id, value) VALUES (1, 'HDB');
INSERT INTO fact (uid, created_at, updated_at, account_id, topic, text, as_of)
    VALUES ('f', 't', 't', 1, 'profile', 'a "quoted" \\ text', '2026-01-01');
INSERT INTO task (uid, created_at, updated_at, account_id, what, status, anchor)
    VALUES ('t', 't', 't', 1, 'call', 'open', 'due');
DELETE FROM open_point;
"""

LATER = """
INSERT INTO point (id, uid, kind, label, at, day, who, program, schema_version)
    VALUES (2, 'q', 'do', 'Rename', '2026-02-01T00:00:00Z', '2026-02-01', 'Gao', 'cli', 1);
INSERT INTO open_point (id, point_id, kind, at) VALUES (1, 2, 'do', '2026-02-01T00:00:00Z');
UPDATE account SET name = '华东银行 Huadong';
DELETE FROM open_point;
"""


@pytest.fixture
def old(tmp_path, store):
    """A database of the first schema, with rows."""
    space = Workspace(tmp_path / "old" / "kamtui.db", store.today, today_is_set=True, who="Gao Lin")
    with writer(space.path, "test") as connection:
        migrate(connection, space.path, to=1)
        connection.executescript(ROWS)
    return space


@pytest.fixture
def next_schema(tmp_path):
    """Makes a folder of migrations that has one more than ours; returns where it is."""

    def write(body):
        folder = tmp_path / "migrations"
        shutil.copytree(shipped() / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{NEXT:04d}_next.py").write_text(HEAD + body)
        return folder

    return write


def content(path):
    """Everything that a database says, triggers included."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump()), connection.execute("PRAGMA user_version").fetchone()


def upgrade(space, scripts):
    with writer(space.path, "test") as connection:
        return migrate(connection, space.path, scripts=scripts, to=NEXT)


def test_the_first_schema_with_rows_comes_up_to_date_by_a_read(old):
    with old.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("SELECT name FROM account").fetchall() == [("华东银行",)]
        assert connection.execute("SELECT value FROM account_alias").fetchall() == [("HDB",)]
        assert connection.execute("SELECT name FROM colleague WHERE is_me = 1").fetchall() == [("Gao Lin",)]
        assert connection.execute("SELECT count(*) FROM cost_kind").fetchone()[0] > 0
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [backup.reason for backup in list_backups(old.path)] == [f"before-schema-{SCHEMA_VERSION}"]


SNOOZE = """
INSERT INTO open_point (id, point_id, kind, at) VALUES (1, 1, 'do', '2026-01-01T00:00:00Z');
INSERT INTO signal_state (id, uid, created_at, updated_at, account_id, code, subject, subject_id, severity, snoozed_on,
                          snoozed_until, reason)
    VALUES (7, 's', 't', 't', 1, 'neglect', 'account', 1, 'warn', '2026-01-01', '2026-01-09', 'ill'),
           (9, 'z', 't', 't', 1, 'neglect', 'person', 1, 'warn', '2026-01-01', '2026-01-09', 'ill');
DELETE FROM signal_state WHERE id = 9;
DELETE FROM open_point;
"""


def test_what_was_put_off_keeps_resting_and_its_number_is_not_given_again(old):
    with writer(old.path, "test") as connection:
        migrate(connection, old.path, to=4)
        connection.executescript(SNOOZE)
    with old.reading() as connection:
        assert connection.execute("SELECT id, aspect, snoozed_until, reason FROM signal_state").fetchall() == [
            (7, None, "2026-01-09", "ill")
        ]
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'signal_state'").fetchall() == [(9,)]
    with old.writing("wake") as work:
        work.execute("DELETE FROM signal_state")


def test_the_backup_made_first_is_the_database_as_it_was(old):
    before = content(old.path)
    old.prepare()
    (backup,) = list_backups(old.path)
    assert content(backup.path) == before


def test_an_upgraded_database_has_the_schema_of_a_new_one(old, store):
    def schema(path):
        with closing(sqlite3.connect(path)) as connection:
            return sorted(connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))

    old.prepare()
    assert schema(old.path) == schema(store.path)


def test_an_upgrade_is_a_barrier_to_undo(old):
    from kamtui.domain.errors import Refused
    from kamtui.store import history

    old.prepare()
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(old)
    with pytest.raises(Refused, match="newer version"):
        history.undo_point(old, 1)


def test_the_days_before_an_upgrade_can_still_be_told(old):
    with writer(old.path, "test") as connection:
        connection.executescript(LATER)
    old.prepare()
    with old.reading() as connection:
        for day, name in (("2026-01-01", "华东银行"), ("2026-02-01", "华东银行 Huadong")):
            with closing(as_of(connection, date.fromisoformat(day))) as copy:
                assert copy.execute("SELECT name FROM account").fetchall() == [(name,)]


def test_a_good_next_schema_is_reached_and_its_new_column_is_logged(store, next_schema):
    scripts = next_schema('def upgrade():\n    run_script("ALTER TABLE account ADD COLUMN colour TEXT;")\n')
    upgrade(store, scripts)
    with closing(sqlite3.connect(store.path)) as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'log_account_update'").fetchone()
    assert '"colour"' in trigger


BAD = {
    "drops rows": (
        """
run = '''
CREATE TABLE fact_new AS SELECT * FROM fact WHERE 0;
DELETE FROM change;
'''
def upgrade():
    run_script(run)
""",
        r"change had \d+ rows and would have 0",
    ),
    "drops a table": ('def upgrade():\n    run_script("DROP TABLE account_tag;")\n', "account_tag had 0 rows"),
    "loses a trigger": (
        'def upgrade():\n    run_script("DROP TRIGGER rule_person_family;")\n',
        "the trigger rule_person_family would be lost",
    ),
    "loses an index": (
        'def upgrade():\n    run_script("DROP INDEX account_name;")\n',
        "the index account_name would be lost",
    ),
    "loses the search": (
        'def upgrade():\n    run_script("DROP TABLE search_text;")\n',
        "the table search_text would be lost",
    ),
    "fails midway": (
        "def upgrade():\n    run_script('CREATE TABLE extra (id INTEGER);')\n    run_script('SELECT * FROM nowhere;')\n",
        "no such table: nowhere",
    ),
    "raises": (
        "def upgrade():\n    run_script('CREATE TABLE extra (id INTEGER);')\n    raise ValueError('x1')\n",
        "x1",
    ),
    "points to nothing": (
        """
def upgrade():
    run_script("INSERT INTO open_point VALUES (1, 1, 'do', 't');")
    run_script("UPDATE colleague SET skills = 'x';")
    run_script("DROP TRIGGER log_account_alias_insert;")
    run_script("INSERT INTO account_alias (account_id, value) VALUES (99, 'x');")
    run_script("DELETE FROM open_point;")
changes_rows_of = ("account_alias", "change")
""",
        "rows point to nothing in account_alias",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_migration_leaves_the_database_as_it_was_and_the_retry_works(kind, store, next_schema):
    body, why = BAD[kind]
    before = content(store.path)
    scripts = next_schema(body)
    with pytest.raises(DatabaseUnusable, match=rf"(?s){why}.*It is as it was before"):
        upgrade(store, scripts)
    assert content(store.path) == before
    assert [backup.reason for backup in list_backups(store.path)] == [f"before-schema-{NEXT}"]
    (scripts / "versions" / f"{NEXT:04d}_next.py").write_text(
        HEAD + "def upgrade():\n    run_script('CREATE TABLE extra (id INTEGER);')\n"
    )
    # Python knows a file that changed by its second and its size: both may be those of the bad one.
    shutil.rmtree(scripts / "versions" / "__pycache__", ignore_errors=True)
    upgrade(store, scripts)
    assert content(store.path)[1] == (NEXT,)


def test_what_a_migration_says_it_drops_it_may_drop(store, next_schema):
    scripts = next_schema('drops = ("account_name",)\ndef upgrade():\n    run_script("DROP INDEX account_name;")\n')
    upgrade(store, scripts)
    assert content(store.path)[1] == (NEXT,)


REBUILD = """
from alembic import op
def upgrade():
    connection = op.get_bind().connection.driver_connection
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'obligation'").fetchone()[0]
    indexes = connection.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'obligation' AND sql IS NOT NULL AND type <> 'table'"
        " AND name NOT LIKE 'log_%'").fetchall()
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%obligation%'"
        " AND name NOT LIKE 'log_%'").fetchall()
    logs = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'log_%'").fetchall()
    for (name, *_sql) in [*triggers, *logs]:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(made.replace("obligation", "obligation_new", 1))
    connection.execute("INSERT INTO obligation_new SELECT * FROM obligation")
    connection.execute("DROP TABLE obligation")
    connection.execute("ALTER TABLE obligation_new RENAME TO obligation")
    for (sql,) in [row for row in indexes if row[0].startswith("CREATE INDEX")]:
        connection.execute(sql)
    for (_name, sql) in triggers:
        connection.execute(sql)
"""


def test_a_parent_table_that_is_made_anew_keeps_its_children(store, next_schema):
    """With foreign keys on, the implicit DELETE of a DROP would cascade; inside a transaction the pragma does nothing."""
    with store.writing() as work:
        work.execute(
            "INSERT INTO account (uid, created_at, updated_at, name, stage) VALUES ('a', '', '', 'A', 'stable')"
        )
        work.execute(
            """INSERT INTO obligation (uid, created_at, updated_at, account_id, side, what, cadence, anchor)
               VALUES ('o', '', '', 1, 'ours', 'visit', 'none', 'due')"""
        )
        work.execute(
            """INSERT INTO occurrence (uid, created_at, updated_at, obligation_id, due, subject, status)
               VALUES ('c', '', '', 1, '2026-12-01', '', 'open')"""
        )
    upgrade(store, next_schema(REBUILD))
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM occurrence").fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_no_space_for_the_backup_stops_the_migration_before_it_begins(old, monkeypatch):
    before = content(old.path)
    monkeypatch.setattr(migration, "make_backup", _no_space)
    with pytest.raises(DatabaseUnusable, match="no space"):
        old.prepare()
    assert content(old.path) == before


def _no_space(*_arguments):
    raise DatabaseUnusable("no space")


def test_a_newer_database_is_refused_and_not_a_byte_of_it_changes(store):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEXT}")
        connection.execute("PRAGMA journal_mode = DELETE")
    store.path.chmod(0o640)
    before = store.path.read_bytes()
    for use in (store.reading, store.writing):
        with pytest.raises(DatabaseNewer, match=f"schema {NEXT}, this program knows {SCHEMA_VERSION}"), use():
            pass
    with pytest.raises(DatabaseNewer):
        store.prepare()
    assert store.path.read_bytes() == before
    assert oct(store.path.stat().st_mode)[-3:] == "640"
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["kamtui.db"]


def test_who_prepares_a_database_that_is_current_changes_nothing(store):
    before = content(store.path)
    store.prepare()
    assert content(store.path) == before
    assert not backup_folder(store.path).exists()


def test_a_new_database_is_whole_with_the_person_at_the_keyboard_or_empty(tmp_path, store, monkeypatch):
    from kamtui.store import unit_of_work

    space = Workspace(tmp_path / "new.db", store.today)
    monkeypatch.setattr(unit_of_work, "close_point", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        space.prepare()
    with closing(sqlite3.connect(space.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    monkeypatch.undo()
    space.prepare()
    with space.reading() as connection:
        assert connection.execute("SELECT count(*) FROM colleague WHERE is_me = 1").fetchone() == (1,)


def _interrupt(_connection):
    raise KeyboardInterrupt
