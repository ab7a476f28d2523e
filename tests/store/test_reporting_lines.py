"""Reporting lines are a forest at every date, whoever writes (invariant 1)."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.errors import Refused
from kamtui.services.accounts import add_account, edit_account
from kamtui.services.people import add_person, move_person
from kamtui.store import history
from kamtui.store.sqlite.connection import open_writer
from kamtui.store.unit_of_work import open_point

FIRST = date(2026, 1, 1)
STAMP = "2026-01-01T00:00:00Z"


class Raw:
    """A connection that writes around the services, inside an open undo point."""

    def __init__(self, store) -> None:
        self.connection = open_writer(store.path)
        self.connection.execute("BEGIN IMMEDIATE")
        open_point(self.connection, store, "raw", "do", None)
        self._uid = 0

    def account(self, parent: int | None = None) -> int:
        return self._insert("account", {"name": "A", "parent_id": parent, "stage": "building"})

    def person(self, account_id: int) -> int:
        unknown = (
            "level",
            "influence",
            "stance",
            "response_mode",
            "orientation",
            "relationship",
            "relationship_target",
        )
        return self._insert(
            "person",
            {"account_id": account_id, "name": "P", "placeholder": 0, "external": 0}
            | dict.fromkeys(unknown, "unknown"),
        )

    def line(self, person: int, manager: int, since: str = "2026-01-01", until: str | None = None) -> int:
        return self._insert(
            "reporting_line", {"person_id": person, "manager_id": manager, "valid_from": since, "valid_to": until}
        )

    def _insert(self, table: str, fields: dict[str, object]) -> int:
        self._uid += 1
        fields = {"uid": f"raw-{self._uid}", "created_at": STAMP, "updated_at": STAMP, **fields}
        return self.connection.execute(
            f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})",
            tuple(fields.values()),
        ).lastrowid


@pytest.fixture
def raw(store) -> Iterator[Raw]:
    writer = Raw(store)
    yield writer
    writer.connection.close()


@pytest.fixture
def four(raw) -> list[int]:
    account = raw.account()
    return [raw.person(account) for _each in range(4)]


def refused(words: str):
    return pytest.raises(sqlite3.IntegrityError, match=words)


def test_nobody_reports_to_themselves(raw, four):
    with refused("loop"):
        raw.line(four[0], four[0])


def test_two_people_cannot_report_to_each_other(raw, four):
    a, b, *_rest = four
    raw.line(a, b)
    with refused("loop"):
        raw.line(b, a)


def test_three_people_cannot_report_in_a_ring(raw, four):
    a, b, c, _d = four
    raw.line(a, b)
    raw.line(b, c)
    with refused("loop"):
        raw.line(c, a)


def test_a_ring_may_not_close_by_a_changed_line_either(raw, four):
    a, b, c, d = four
    raw.line(a, b)
    raw.line(b, c)
    line = raw.line(c, d)
    with refused("loop"):
        raw.connection.execute("UPDATE reporting_line SET manager_id = ? WHERE id = ?", (a, line))


def test_a_loop_in_a_common_interval_alone_is_a_loop(raw, four):
    a, b, c, _d = four
    raw.line(a, b, "2026-01-01", "2026-06-01")
    raw.line(b, c, "2026-03-01", "2026-09-01")
    with refused("loop"):
        raw.line(c, a, "2026-05-31", "2026-12-01")


def test_lines_that_are_never_in_force_together_are_no_loop(raw, four):
    a, b, c, _d = four
    raw.line(a, b, "2026-01-01", "2026-03-01")
    raw.line(b, c, "2026-02-01", "2026-05-01")
    raw.line(c, a, "2026-03-01", None)
    raw.line(b, a, "2026-05-01", None)


@pytest.mark.parametrize(
    ("first", "second"),
    [(("2026-06-01", None), ("2026-01-01", "2026-05-01")), (("2026-01-01", "2026-05-01"), ("2026-06-01", None))],
)
def test_a_ring_of_lines_that_overlap_only_two_by_two_is_no_loop(raw, four, first, second):
    a, b, c, _d = four
    raw.line(a, b, *first)
    raw.line(b, c, *second)
    line = raw.line(c, a, "2026-01-01", None)
    raw.connection.execute("UPDATE reporting_line SET updated_at = 'x' WHERE id = ?", (line,))


def test_a_line_cannot_be_stretched_into_a_loop(raw, four):
    a, b, *_rest = four
    line = raw.line(a, b, "2026-01-01", "2026-03-01")
    raw.line(b, a, "2026-03-01")
    with refused("loop"):
        raw.connection.execute("UPDATE reporting_line SET valid_to = NULL WHERE id = ?", (line,))
    with refused("loop"):
        raw.connection.execute("UPDATE reporting_line SET valid_to = '2026-03-02' WHERE id = ?", (line,))


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-01-01", None), ("2026-05-31", None), ("2025-01-01", "2026-03-02"), ("2026-04-01", "2026-04-02")],
)
def test_a_second_manager_at_the_same_time_is_refused(raw, four, since, until):
    a, b, c, _d = four
    raw.line(a, b, "2026-03-01", "2026-06-01")
    raw.line(a, b, "2026-09-01", None)
    with refused("one manager"):
        raw.line(a, c, since, until)


def test_a_manager_before_and_after_is_no_second_one(raw, four):
    a, b, c, d = four
    raw.line(a, b, "2026-03-01", "2026-06-01")
    raw.line(a, c, "2026-01-01", "2026-03-01")
    later = raw.line(a, d, "2026-06-01")
    with refused("one manager"):
        raw.connection.execute("UPDATE reporting_line SET valid_from = '2026-05-31' WHERE id = ?", (later,))


def test_the_last_of_all_days_has_one_manager_too(raw, four):
    a, b, c, _d = four
    raw.line(a, b)
    with refused("one manager"):
        raw.line(a, c, "9999-12-31")
    raw.line(b, c)
    with refused("loop"):
        raw.line(c, a, "9999-12-31")


def test_a_manager_of_another_family_is_refused(raw):
    group, stranger = raw.account(), raw.account()
    branch = raw.account(raw.account(group))
    boss, clerk, other = raw.person(group), raw.person(branch), raw.person(stranger)
    line = raw.line(clerk, boss)
    with refused("same account family"):
        raw.line(boss, other)
    with refused("same account family"):
        raw.connection.execute("UPDATE reporting_line SET manager_id = ? WHERE id = ?", (other, line))


def test_an_account_that_leaves_its_group_may_not_strand_a_line(raw):
    group = raw.account()
    middle = raw.account(group)
    branch = raw.account(middle)
    other = raw.account()
    raw.line(raw.person(branch), raw.person(group))
    for parent in (None, other):
        with refused("between two account families"):
            raw.connection.execute("UPDATE account SET parent_id = ? WHERE id = ?", (parent, middle))
    raw.connection.execute("UPDATE account SET parent_id = ? WHERE id = ?", (group, branch))
    raw.connection.execute("UPDATE account SET parent_id = ? WHERE id = ?", (other, group))


def test_a_person_who_moves_to_another_family_may_not_strand_a_line(raw):
    group, stranger = raw.account(), raw.account()
    branch = raw.account(group)
    boss, clerk = raw.person(group), raw.person(group)
    raw.line(clerk, boss, "2020-01-01", "2021-01-01")
    for mover in (boss, clerk):
        with refused("between two account families"):
            raw.connection.execute("UPDATE person SET account_id = ? WHERE id = ?", (stranger, mover))
        raw.connection.execute("UPDATE person SET account_id = ? WHERE id = ?", (branch, mover))


def test_accounts_cannot_be_part_of_themselves(raw):
    top = raw.account()
    below = raw.account(raw.account(top))
    with refused("accounts cannot form a loop"):
        raw.connection.execute("UPDATE account SET parent_id = ? WHERE id = ?", (below, top))


def test_deferred_foreign_keys_open_no_way_around(raw, four):
    raw.connection.execute("PRAGMA defer_foreign_keys = ON")
    with refused("same account family"):
        raw.line(900, 901)
    orphan = raw.account(900)
    with refused("accounts cannot form a loop"):
        raw._insert("account", {"id": 900, "name": "A", "parent_id": orphan, "stage": "building"})


def test_neither_replace_nor_ignore_gets_past_the_rules(raw, four):
    a, b, c, _d = four
    raw.line(a, b)
    for way in ("REPLACE", "IGNORE"):
        with refused("one manager"):
            raw.connection.execute(
                f"INSERT OR {way} INTO reporting_line (uid, created_at, updated_at, person_id, manager_id, valid_from)"
                " VALUES ('x', '', '', ?, ?, '2026-02-01')",
                (a, c),
            )


def test_what_the_store_refuses_reaches_a_person_as_a_sentence(store):
    with store.writing() as work:
        here, there = add_account(work, "Here").id, add_account(work, "There").id
        boss, clerk = add_person(work, there, "Boss").person.id, add_person(work, here, "Clerk").person.id
    with store.writing() as work, pytest.raises(Refused, match="same account or its group"):
        move_person(work, clerk, boss)
    with store.writing() as work:
        edit_account(work, here, parent_id=there)
        move_person(work, clerk, boss)
    with store.writing() as work, pytest.raises(Refused, match="between two account families"):
        edit_account(work, here, parent_id=None)


# Any moves, in any order, from any day on.

PEOPLE = 5
MOVES = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.none() | st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    min_size=1,
    max_size=9,
)


def _lines(store) -> list[tuple[int, int, str, str]]:
    with store.reading() as connection:
        return connection.execute(
            "SELECT person_id, manager_id, valid_from, coalesce(valid_to, '9999-12-31') FROM reporting_line"
        ).fetchall()


def _content(store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [
            row
            for table in ("account", "person", "reporting_line", "task")
            for row in connection.execute(f"SELECT '{table}', * FROM {table} ORDER BY id")
        ]


def _assert_forest(lines, day: str) -> None:
    managers: dict[int, int] = {}
    for person, manager, since, until in lines:
        if since <= day < until:
            assert person not in managers, f"{person} has two managers on {day}"
            managers[person] = manager
    for start in managers:
        seen = {start}
        at = start
        while (at := managers.get(at)) is not None:
            assert at not in seen, f"a loop through {start} on {day}"
            seen.add(at)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_moves_leave_a_forest_at_every_date_and_can_all_be_undone(store, moves):
    with store.writing() as work:
        account = add_account(work, f"Account {work.point_id}").id
        people = [add_person(work, account, f"Person {at}").person.id for at in range(PEOPLE)]
    before = _content(store)
    written = 0
    for person, manager, day in moves:
        last = len(_points(store))
        try:
            with store.writing() as work:
                move_person(
                    work,
                    people[person],
                    None if manager is None else people[manager],
                    since=FIRST + timedelta(days=day),
                )
        except Refused:
            pass
        written += len(_points(store)) - last
    lines = _lines(store)
    for day in sorted({bound for line in lines for bound in line[2:]}):
        _assert_forest(lines, day)
    for one, next_ in pairwise(sorted(line for line in lines)):
        joined = one[:2] == next_[:2] and one[3] == next_[2]
        assert not joined, "a line to the same manager goes on, and is not broken in two"
    if written:
        history.undo(store, written)
    assert _content(store) == before


def _points(store) -> list[int]:
    with store.reading() as connection:
        return connection.execute("SELECT id FROM point WHERE kind = 'do'").fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_who_was_moved_has_that_manager_from_that_day_on(store, moves):
    with store.writing() as work:
        account = add_account(work, f"Account {work.point_id}").id
        people = [add_person(work, account, f"Person {at}").person.id for at in range(PEOPLE)]
    for person, manager, day in moves:
        since = FIRST + timedelta(days=day)
        before = _managers_before(store, people[person], since)
        try:
            with store.writing() as work:
                move_person(work, people[person], None if manager is None else people[manager], since=since)
        except Refused:
            continue
        lines = [line for line in _lines(store) if line[0] == people[person]]
        now = [line[1] for line in lines if line[3] == "9999-12-31"]
        assert now == ([] if manager is None else [people[manager]])
        assert _managers_before(store, people[person], since) == before, "history is kept"


def _managers_before(store, person: int, since: date) -> list[int | None]:
    """The manager on each day before `since`."""
    days = ((FIRST + timedelta(days=at)).isoformat() for at in range((since - FIRST).days))
    lines = [line for line in _lines(store) if line[0] == person]
    return [next((line[1] for line in lines if line[2] <= day < line[3]), None) for day in days]
