"""Undo, redo and selective undo over the log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.errors import NotFound, Refused
from kamtui.store import history
from kamtui.store.workspace import Workspace

HISTORY = ("point", "change", "search_row", "search_text", "sqlite_sequence")


def content(store):
    """All rows but those of the history and of the search."""
    with store.reading() as connection:
        lines = list(connection.iterdump())
    return sorted(line for line in lines if not line.startswith(tuple(f'INSERT INTO "{name}' for name in HISTORY)))


def point(store):
    with store.reading() as connection:
        return connection.execute("SELECT max(id) FROM point").fetchone()[0]


def do(store, statement, *values, label="step"):
    with store.writing(label) as work:
        work.execute(statement, values)
    return point(store)


@pytest.fixture
def acme(store):
    with store.writing("Add Acme") as work:
        return work.insert("account", {"name": "Acme", "stage": "building"})


def note(store, account, text):
    return do(store, "UPDATE account SET note = ? WHERE id = ?", text, account, label=f"note {text}")


def test_undo_takes_back_the_newest_points_and_names_each(store, acme):
    before = content(store)
    note(store, acme, "one")
    note(store, acme, "two")
    assert [done.label for done in history.undo(store, 2)] == ["note two", "note one"]
    assert content(store) == before


def test_redo_brings_back_what_was_undone_in_order(store, acme):
    note(store, acme, "one")
    note(store, acme, "two")
    after = content(store)
    history.undo(store, 3)
    assert [done.label for done in history.redo(store, 3)] == ["Add Acme", "note one", "note two"]
    assert content(store) == after


def test_something_new_ends_what_can_be_brought_back(store, acme):
    history.undo(store)
    do(store, "UPDATE colleague SET skills = 'x'")
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(store)


def test_more_steps_than_there_are_is_refused_and_takes_back_none(store, acme):
    note(store, acme, "one")
    before = content(store)
    with pytest.raises(Refused, match=r"only 2 steps to undo: `kamtui undo 2`"):
        history.undo(store, 3)
    assert content(store) == before


def test_nothing_goes_back_behind_the_making_of_the_database(store):
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(store)


def test_one_point_alone_is_taken_back(store, acme):
    first = note(store, acme, "one")
    do(store, "INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", acme)
    history.undo_point(store, first)
    with store.reading() as connection:
        assert connection.execute("SELECT note, (SELECT count(*) FROM account_tag) FROM account").fetchone() == (
            None,
            1,
        )


def test_one_point_is_refused_with_the_reason_where_a_later_one_touched_the_same_row(store, acme):
    first = note(store, acme, "one")
    second = note(store, acme, "two")
    with pytest.raises(Refused, match=rf"Point {second} \(note two\) touched the same records later"):
        history.undo_point(store, first)
    history.undo_point(store, second)
    history.undo_point(store, first)
    with pytest.raises(Refused, match="undone already"):
        history.undo_point(store, first)


def test_one_point_is_refused_where_something_later_hangs_on_its_rows(store, acme):
    added = point(store)
    do(store, "INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", acme)
    with pytest.raises(Refused, match="a later account_tag hangs on it"):
        history.undo_point(store, added)


def test_one_point_that_is_none_is_refused(store):
    with pytest.raises(NotFound):
        history.undo_point(store, 4711)
    following = point(store) + 1
    with pytest.raises(NotFound, match=f"no undo point {following}"):
        history.undo_point(store, following)
    with pytest.raises(Refused, match="cannot be undone"):
        history.undo_point(store, 1)


def test_an_undo_point_cannot_itself_be_undone_as_a_step(store, acme):
    history.undo(store)
    with pytest.raises(Refused, match="cannot be undone"):
        history.undo_point(store, point(store))


def test_a_deletion_with_a_hundred_rows_that_hang_on_it_comes_back_exactly(store, acme):
    with store.writing() as work:
        for number in range(100):
            person = work.insert(
                "person",
                {
                    "account_id": acme, "name": f"人 {number}", "level": "unknown", "placeholder": 0, "external": 0,
                    "influence": "unknown", "stance": "unknown", "response_mode": "unknown", "orientation": "unknown",
                    "relationship": "unknown", "relationship_target": "unknown",
                },
            )  # fmt: skip
            work.execute("INSERT INTO person_alias (person_id, value) VALUES (?, 'x')", (person,))
    before = content(store)
    do(store, "DELETE FROM account WHERE id = ?", acme)
    assert content(store) != before
    history.undo(store)
    assert content(store) == before


def test_rows_that_point_to_each_other_come_back_in_any_order(store):
    with store.writing() as work:
        child = work.insert("account", {"name": "Child", "stage": "building"})
        parent = work.insert("account", {"name": "Parent", "stage": "building"})
        work.execute("UPDATE account SET parent_id = ? WHERE id = ?", (parent, child))
    before = content(store)
    with store.writing() as work:
        work.execute("DELETE FROM account WHERE id = ?", (child,))
        work.execute("DELETE FROM account WHERE id = ?", (parent,))
    history.undo(store)
    assert content(store) == before
    history.redo(store)
    history.undo(store)
    assert content(store) == before


def test_order_follows_the_sequence_and_not_the_clock(store, acme):
    note(store, acme, "first")
    a_year_ago = replace(store, today=store.today - timedelta(days=365))
    note(a_year_ago, acme, "second, the clock set back")
    assert history.undo(store)[0].label == "note second, the clock set back"
    assert history.undo(a_year_ago)[0].label == "note first"


def test_an_undo_is_itself_in_the_log_as_a_step_that_was_done(store, acme):
    undone = point(store)
    history.undo(store)
    with store.reading() as connection:
        row = connection.execute("SELECT kind, label, target_id FROM point ORDER BY id DESC").fetchone()
        assert row == ("undo", "Add Acme", undone)
        assert connection.execute("SELECT count(*) FROM open_point").fetchone() == (0,)


def test_search_follows_undo_and_redo_of_several_steps(store, acme):
    from kamtui.store.reads.search import search

    def found(word):
        with store.reading() as connection:
            return len(search(connection, word))

    note(store, acme, "zebra")
    note(store, acme, "giraffe")
    history.undo(store, 2)
    assert (found("zebra"), found("giraffe"), found("Acme")) == (0, 0, 1)
    history.redo(store, 1)
    assert (found("zebra"), found("giraffe")) == (1, 0)


def test_search_follows_each_of_several_steps_also_where_they_touched_different_records(store, acme):
    from kamtui.store.reads.search import search

    def found(word):
        with store.reading() as connection:
            return len(search(connection, word))

    with store.writing("Add Other") as work:
        other = work.insert("account", {"name": "Other", "stage": "building"})
    note(store, acme, "zebra")
    note(store, other, "giraffe")
    history.undo(store, 2)
    assert (found("zebra"), found("giraffe")) == (0, 0)
    history.redo(store, 2)
    assert (found("zebra"), found("giraffe")) == (1, 1)


def test_a_point_whose_rows_have_nothing_to_hang_on_any_more_is_refused_by_name(store, acme):
    do(store, "INSERT INTO account_tag (account_id, value) VALUES (?, 'x')", acme)
    removed = do(store, "DELETE FROM account_tag", label="Take the tag")
    do(store, "DELETE FROM account WHERE id = ?", acme)
    before = content(store)
    with pytest.raises(Refused, match=rf"Point {removed} \(Take the tag\) cannot be undone"):
        history.undo_point(store, removed)
    assert content(store) == before


def test_a_point_is_refused_where_the_key_of_a_later_import_names_its_record(store, acme):
    added = point(store)
    first = do(store, "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('s', 'account', 'X1', ?)", acme)
    second = do(
        store, "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('t', 'account', 'X1', ?)", acme,
        label="Import b",
    )  # fmt: skip
    history.undo_point(store, first)
    before = content(store)
    with pytest.raises(Refused, match=rf"point {second} \(Import b\) named account {acme}; undo that first"):
        history.undo_point(store, added)
    assert content(store) == before
    history.undo_point(store, second)
    history.undo_point(store, added)
    assert not any("external_ref" in line and "X1" in line for line in content(store))


def test_a_point_is_refused_where_a_later_task_names_its_record_as_the_source(store, acme):
    from kamtui.domain.enums import TaskSource
    from kamtui.services.needs import add_need
    from kamtui.services.tasks import add_task

    with store.writing() as work:
        need = add_need(work, acme, "An answer in a day").id
    captured = point(store)
    with store.writing("Ask them") as work:
        add_task(work, "Ask", source=TaskSource.NEED, source_id=need)
    asked = point(store)
    with pytest.raises(Refused, match=rf"point {asked} \(Ask them\) named need {need}; undo that first"):
        history.undo_point(store, captured)
    history.undo(store, 2)


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "note", "tag", "part", "delete", "undo", "redo"]), st.integers(0, 5)), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_was_done_all_of_it_can_be_taken_back_and_brought_back(steps, store, tmp_path_factory):
    import shutil

    path = tmp_path_factory.mktemp("steps") / "k.db"
    shutil.copy(store.path, path)
    space = Workspace(path, store.today, True, "test", "Gao Lin")
    start = content(space)
    states = [start]
    redoable = []
    for kind, which in steps:
        try:
            if kind == "undo":
                history.undo(space)
                redoable.append(states.pop())
                assert content(space) == states[-1]
                continue
            if kind == "redo":
                history.redo(space)
                states.append(redoable.pop())
                assert content(space) == states[-1]
                continue
            before = point(space)
            _step(space, kind, which)
        except (Refused, NotFound):
            continue
        if point(space) > before:
            states.append(content(space))
            redoable = []
    if len(states) > 1:
        history.undo(space, len(states) - 1)
        assert content(space) == start
        history.redo(space, len(states) - 1)
        assert content(space) == states[-1]


def _step(space, kind, which):
    with space.writing(kind) as work:
        ids = [row[0] for row in work.execute("SELECT id FROM account ORDER BY id")]
        if kind == "add" or not ids:
            work.insert("account", {"name": f"Account {which}", "stage": "building"})
            return
        chosen = ids[which % len(ids)]
        if kind == "note":
            work.execute("UPDATE account SET note = ? WHERE id = ?", (f'n"{which}\\\n', chosen))
        elif kind == "tag":
            work.execute("INSERT OR IGNORE INTO account_tag (account_id, value) VALUES (?, ?)", (chosen, f"t{which}"))
        elif kind == "part":
            work.execute(
                "UPDATE account SET parent_id = ? WHERE id = ?", (ids[0] if chosen != ids[0] else None, chosen)
            )
        else:
            work.execute("DELETE FROM account WHERE id = ?", (chosen,))
