"""Two accounts become one, wherever they stand in a group."""

from dataclasses import replace
from datetime import date

import pytest

from kamtui.domain.enums import Participation, PurchasingMode, Stage, Tier
from kamtui.services.accounts import add_account, edit_account, merge_accounts
from kamtui.services.colleagues import add_colleague
from kamtui.services.departments import add_department
from kamtui.services.people import add_person
from kamtui.services.product_lines import add_product_line
from kamtui.store.reads.accounts import list_departments, list_product_lines


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


@pytest.fixture
def merged(store):
    """Makes two accounts with these fields one; gives the card of it."""

    def merge(keep, other):
        with store.writing("two") as work:
            kept, gone = add_account(work, "Kept", **keep).id, add_account(work, "Gone").id
            if other:
                edit_account(work, gone, **other)
        with store.writing() as work:
            return merge_accounts(work, kept, gone)

    return merge


@pytest.fixture
def liu(store):
    with store.writing() as work:
        return add_colleague(work, "Liu Yan").id


@pytest.mark.parametrize(
    ("keep", "other", "note"),
    [
        ("call 老王 first", "never on a Monday", "call 老王 first\n\nnever on a Monday"),
        (None, "never on a Monday", "never on a Monday"),
        ("call 老王 first", None, "call 老王 first"),
        (None, None, None),
    ],
)
def test_the_notes_of_both_are_joined(merged, keep, other, note):
    assert merged({"note": keep}, {"note": other}).note == note


def test_a_tier_that_is_taken_over_brings_its_day_its_stage_and_its_people(merged, liu):
    other = {"tier": Tier.T1, "stage": Stage.STABLE, "kam_id": liu, "exec_sponsor_id": liu}
    card = merged({"stage": Stage.BUILDING}, other)
    assert (card.tier, card.stage, card.kam, card.exec_sponsor) == (
        Tier.T1,
        Stage.STABLE,
        "Liu Yan",
        "Liu Yan",
    )


def test_the_day_of_a_tier_is_that_of_the_account_it_came_from(store):
    with replace(store, today=date(2025, 3, 1)).writing("long ago") as work:
        gone = add_account(work, "Gone", tier=Tier.T2).id
    with store.writing("now") as work:
        kept = add_account(work, "Kept").id
    with store.writing() as work:
        card = merge_accounts(work, kept, gone)
    assert (card.tier, card.tier_since) == (Tier.T2, date(2025, 3, 1))


def test_what_both_know_is_as_the_kept_one_has_it(merged, liu):
    keep = {"tier": Tier.T3, "stage": Stage.BUILDING}
    other = {"tier": Tier.T1, "stage": Stage.STABLE, "kam_id": liu}
    card = merged(keep, other)
    assert (card.tier, card.stage, card.kam) == (Tier.T3, Stage.BUILDING, "Gao Lin")


def test_the_part_of_a_department_and_the_purchasing_of_a_line_go_over_where_they_were_not_known(store):
    with store.writing() as work:
        keep, other = add_account(work, "Acme").id, add_account(work, "Acme East").id
        add_department(work, keep, "IT")
        add_department(work, keep, "Board", participation=Participation.DECIDES)
        add_product_line(work, keep, "paper")
        add_department(work, other, "IT", participation=Participation.EVALUATES)
        add_department(work, other, "Board", participation=Participation.INFORMS)
        add_product_line(work, other, "paper", purchasing_mode=PurchasingMode.DISPERSED)
        merge_accounts(work, keep, other)
    with store.reading() as connection:
        parts = {row.name: row.participation for row in list_departments(connection, keep)}
        assert parts == {"Board": "decides", "IT": "evaluates"}
        assert [row.purchasing_mode for row in list_product_lines(connection, keep)] == ["dispersed"]
