"""Two accounts become one, wherever they stand in a group."""

from datetime import date

import pytest

from kamtui.services.accounts import add_account, merge_accounts
from kamtui.services.people import add_person


@pytest.fixture
def group(store):
    """A group of three levels; each one's clerk reports to the boss of the one above."""
    with store.writing("group") as work:
        top = add_account(work, "Huadong Bank").id
        middle = add_account(work, "华东证券", parent_id=top).id
        leaf = add_account(work, "Huadong Funds", parent_id=middle).id
        aside = add_account(work, "Huadong Lease", parent_id=top).id
        boss = add_person(work, top, "陈国栋").person.id
        head = add_person(work, middle, "高磊", manager_id=boss, since=date(2026, 1, 1)).person.id
        add_person(work, leaf, "Sun Hao", manager_id=head, since=date(2026, 2, 1))
        add_person(work, aside, "Li Ming", manager_id=boss, since=date(2026, 2, 1))
    return {"top": top, "middle": middle, "leaf": leaf, "aside": aside}


@pytest.mark.parametrize(
    ("keep", "merged"),
    [
        ("top", "middle"),
        ("middle", "top"),
        ("top", "leaf"),
        ("leaf", "top"),
        ("leaf", "middle"),
        ("aside", "leaf"),
        ("leaf", "aside"),
    ],
)
def test_any_two_of_a_group_become_one_and_all_lines_stay(store, group, keep, merged):
    with store.reading() as connection:
        before = connection.execute("SELECT id, name, parent_id FROM account ORDER BY id").fetchall()
        lines = connection.execute(
            "SELECT person_id, manager_id, valid_from FROM reporting_line ORDER BY id"
        ).fetchall()
    with store.writing() as work:
        merge_accounts(work, group[keep], group[merged])
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone()[0] == 3
        assert connection.execute("SELECT count(*) FROM account WHERE parent_id IS NULL").fetchone()[0] == 1
        assert (
            connection.execute("SELECT person_id, manager_id, valid_from FROM reporting_line ORDER BY id").fetchall()
            == lines
        )
        assert (
            connection.execute("SELECT count(*) FROM person WHERE account_id = ?", (group[merged],)).fetchone()[0] == 0
        )
    from kamtui.store.history import undo

    undo(store)
    with store.reading() as connection:
        assert connection.execute("SELECT id, name, parent_id FROM account ORDER BY id").fetchall() == before
