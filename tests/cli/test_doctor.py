"""`kamtui doctor`."""

import sqlite3
from contextlib import closing

import pytest

from kamtui.store.locate import lock_path


@pytest.fixture
def tamper(store):
    """Writes past all rules, as a program that is not ours could."""

    def call(*statements):
        with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _sql in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                connection.execute(statement)
            for _name, sql in triggers:
                connection.execute(sql)

    return call


@pytest.fixture
def checks(kamtui):
    def call(*options):
        answer = kamtui("doctor", "--json", *options)
        return answer.code, {check["code"]: check for check in answer.json["checks"]}

    return call


def test_a_healthy_database_has_nothing_wrong(kamtui, checks):
    kamtui("account", "add", "华东银行", "--tier", "T1")
    code, found = checks()
    assert code == 0
    assert [name for name, check in found.items() if not check["ok"]] == []
    assert set(found) >= {
        "sqlite",
        "size",
        "lock",
        "permissions",
        "integrity",
        "foreign_keys",
        "schema",
        "log",
        "rules",
    }
    answer = kamtui("doctor")
    assert (answer.code, answer.err) == (0, "")
    assert {line[0] for line in answer.lines} == {"ok"}


PERSON = """INSERT INTO person (id, uid, created_at, updated_at, account_id, name, level, placeholder, external, influence,
    stance, response_mode, orientation, relationship, relationship_target) VALUES ({id}, '{id}', '', '', {account}, 'p',
    'unknown', 0, 0, 'unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown')"""
LINE = """INSERT INTO reporting_line (uid, created_at, updated_at, person_id, manager_id, valid_from, valid_to)
    VALUES ('{person}{manager}{since}', '', '', {person}, {manager}, '{since}', {until})"""
PEOPLE = [
    "INSERT INTO account (id, uid, created_at, updated_at, name, stage) VALUES (1, 'a', '', '', 'A', 'building')",
    "INSERT INTO account (id, uid, created_at, updated_at, name, stage) VALUES (2, 'b', '', '', 'B', 'building')",
    *(PERSON.format(id=number, account=1) for number in (1, 2, 3)),
    PERSON.format(id=4, account=2),
]
NEED = """INSERT INTO need (uid, created_at, updated_at, account_id, verbatim, raised_on, source, raised_as, kind, state)
    VALUES ('n', '', '', 1, 'why', '2026-01-01', 'unknown', '{was}', '{kind}', '{state}')"""
BROKEN = {
    "one manager a person": (
        [
            LINE.format(person=1, manager=2, since="2026-01-01", until="NULL"),
            LINE.format(person=1, manager=3, since="2026-06-01", until="'2026-07-01'"),
        ],
        "one manager",
    ),
    "a loop that was once": (
        [
            LINE.format(person=1, manager=2, since="2026-01-01", until="'2026-03-01'"),
            LINE.format(person=2, manager=3, since="2026-02-01", until="'2026-04-01'"),
            LINE.format(person=3, manager=1, since="2026-02-15", until="NULL"),
        ],
        "no loop",
    ),
    "two families": ([LINE.format(person=1, manager=4, since="2026-01-01", until="NULL")], "one account and its group"),
    "a conversion without words": ([NEED.format(was="implicit", kind="explicit", state="confirmed")], "conversion"),
    "an implicit need proposed": ([NEED.format(was="implicit", kind="implicit", state="proposed")], "conversion"),
    "a key tier without a KAM": (["UPDATE account SET tier = 'T1' WHERE id = 1"], "key tier has a KAM"),
    "accounts in a loop": (
        ["UPDATE account SET parent_id = 2 WHERE id = 1", "UPDATE account SET parent_id = 1 WHERE id = 2"],
        "part of itself",
    ),
    "nobody is me": (["UPDATE colleague SET is_me = 0"], "marked as"),
    "half a step": (["INSERT INTO open_point (id, point_id, kind, at) VALUES (1, 1, 'do', '')"], "half done"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_rule_is_found_and_named(tamper, checks, kind):
    statements, sentence = BROKEN[kind]
    tamper(*PEOPLE, *statements)
    code, found = checks()
    assert code == 1
    assert sentence in found["rules"]["detail"]


def test_lines_one_after_the_other_are_no_loop(tamper, checks):
    tamper(
        *PEOPLE,
        LINE.format(person=1, manager=2, since="2026-01-01", until="'2026-02-01'"),
        LINE.format(person=2, manager=1, since="2026-02-01", until="NULL"),
    )
    assert checks()[1]["rules"]["ok"]


def test_a_row_that_points_to_nothing_is_found(tamper, checks):
    tamper("INSERT INTO account_tag (account_id, value) VALUES (99, 'x')")
    code, found = checks()
    assert (code, found["foreign_keys"]["ok"]) == (1, False)


def test_a_reference_to_a_record_that_is_gone_is_found(tamper, checks):
    tamper("INSERT INTO external_ref (source, entity, key, row_id) VALUES ('crm', 'account', '1', 99)")
    assert checks()[1]["references"]["detail"] == "account 99"


def test_references_to_records_that_are_gone_are_dropped_and_the_others_stay(kamtui, tamper, store, checks):
    kamtui("account", "add", "Acme")
    tamper(
        "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('crm', 'account', '1', 99)",
        "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('crm', 'account', '2', 1)",
        "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('crm', 'no such table', '3', 1)",
    )
    code, found = checks()
    assert (code, found["references"]["repairable"]) == (1, True)
    answer = kamtui("doctor", "--repair")
    assert answer.code == 0
    assert "2 keys of imported records that are gone were dropped." in answer.err
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT key FROM external_ref").fetchall() == [("2",)]
    # A second repair has nothing to drop, and leaves no step behind.
    assert "dropped" not in kamtui("doctor", "--repair").err
    assert len([line for line in kamtui("log").lines if "Drop the keys" in "\t".join(line)]) == 1


def test_a_task_that_came_of_a_record_which_is_gone_is_found_and_mended(kamtui, tamper, checks):
    kamtui("account", "add", "Acme")
    for what in ("quote", "call", "ask"):
        kamtui("task", "add", what, "--account", "Acme")
    kamtui("need", "add", "20 machines", "--account", "Acme")
    tamper(
        "UPDATE task SET source = 'need', source_id = id WHERE id IN (1, 2)",
        "UPDATE task SET source = 'signal', source_id = 99 WHERE id = 3",
    )
    code, found = checks()
    assert (code, found["sources"]["detail"], found["sources"]["repairable"]) == (1, "task 2", True)
    assert "1 task no longer names a record that is gone." in kamtui("doctor", "--repair").err
    assert checks()[0] == 0
    assert [kamtui("task", "show", n, "--json").json["source_id"] for n in (1, 2, 3)] == [1, None, 99]


def test_search_rows_that_are_missing_or_old_are_found_and_made_anew(kamtui, tamper, checks):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Other")
    tamper("DELETE FROM search_row WHERE title = 'Acme'", "UPDATE search_row SET title = 'Old' WHERE title = 'Other'")
    code, found = checks()
    assert (code, found["search"]["repairable"]) == (1, True)
    assert "account 1" in found["search"]["detail"]
    assert "account 2" in found["search"]["detail"]
    answer = kamtui("doctor", "--repair")
    assert answer.code == 0
    assert "All search rows were made anew." in answer.err
    assert len(kamtui("search", "acme").lines) == 1


def test_a_log_trigger_that_is_missing_is_made_anew(kamtui, store, checks):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("DROP TRIGGER log_account_update")
    code, found = checks()
    assert (code, found["log"]["detail"], found["log"]["repairable"]) == (1, "log_account_update", True)
    assert checks("--repair")[0] == 0


def test_a_rule_that_is_missing_is_named(store, checks):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("DROP TRIGGER rule_account_parent")
        connection.execute("CREATE TABLE strange (id INTEGER)")
    code, found = checks()
    assert (code, found["schema"]["detail"]) == (1, "table strange, trigger rule_account_parent")


def test_files_that_others_can_read_are_found_and_closed(kamtui, store, checks):
    kamtui("backup", "now")
    lock_path(store.path).chmod(0o644)
    store.path.chmod(0o644)
    code, found = checks()
    assert code == 1
    assert str(store.path) in found["permissions"]["detail"]
    assert str(lock_path(store.path)) in found["permissions"]["detail"]
    assert checks("--repair")[0] == 0
    assert oct(store.path.stat().st_mode)[-3:] == "600"


def test_a_damaged_file_ends_with_exit_code_4(kamtui, store):
    for number in range(60):
        kamtui("account", "add", f"Acme {number}")
    data = bytearray(store.path.read_bytes())
    with closing(sqlite3.connect(store.path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'account_tag'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data[(page - 1) * size : page * size] = b"\xff" * size
    store.path.write_bytes(data)
    answer = kamtui("doctor")
    assert answer.code == 4
    assert "restore" in answer.err
