"""The reads of the org map: who stands where, how far departments are covered, how it was, what changed."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import BuyingRole, Direction, Influence, InteractionKind, Participation, Relationship, Stance
from kamtui.domain.errors import BadInput, Refused
from kamtui.services.accounts import add_account
from kamtui.services.departments import add_department
from kamtui.services.people import add_person, confirm_person, edit_person, leave, move_person
from kamtui.services.touches import add_touch
from kamtui.store import history
from kamtui.store.reads.map_history import MapChangeKind, compare_maps, list_turns, map_as_of
from kamtui.store.reads.people import get_person
from kamtui.store.reads.standing import coverage_of, list_standing

TODAY = date(2026, 11, 23)
JOINED, LEFT, MOVED, TURNED = MapChangeKind


def on(store, days):
    return replace(store, today=TODAY + timedelta(days=days))


@pytest.fixture
def bank(store):
    """Two departments; the president, a coach, a placeholder for the CFO, a consultant from outside."""
    with store.writing() as work:
        account = add_account(work, "Huadong Bank").id
        for name, part in (("Board", "decides"), ("IT", "evaluates"), ("Canteen", "none"), ("Archive", "unknown")):
            add_department(work, account, name, participation=Participation(part))
        people = {
            "chen": add_person(
                work, account, "陈国栋", department="Board", influence=Influence.INNER_CIRCLE, roles=[BuyingRole.ECONOMIC]
            ),
            "cfo": add_person(work, account, "CFO", department="Board", placeholder=True, roles=[BuyingRole.APPROVER]),
            "sun": add_person(
                work, account, "孙浩", department="IT", stance=Stance.MENTOR, influence=Influence.OUTSIDE,
                roles=[BuyingRole.COACH],
            ),
            "zhao": add_person(
                work, account, "赵敏", department="IT", stance=Stance.OPPONENT, influence=Influence.POLITICAL
            ),
            "cook": add_person(work, account, "Cook", department="Canteen"),
            "kern": add_person(work, account, "Dr. Kern", external=True, roles=[BuyingRole.TECHNICAL]),
        }  # fmt: skip
    return SimpleNamespace(id=account, **{name: card.person.id for name, card in people.items()})


def touch(store, bank, days_ago, *people, **fields):
    with store.writing() as work:
        add_touch(work, bank.id, on=TODAY - timedelta(days=days_ago), people=people, **fields)


def test_each_person_stands_where_influence_and_stance_meet(store, bank):
    with store.reading() as connection:
        rows = list_standing(connection, bank.id, TODAY)
    assert [(row.name, row.influence, row.stance) for row in rows] == [
        ("陈国栋", Influence.INNER_CIRCLE, Stance.UNKNOWN),
        ("赵敏", Influence.POLITICAL, Stance.OPPONENT),
        ("孙浩", Influence.OUTSIDE, Stance.MENTOR),
        ("CFO", Influence.UNKNOWN, Stance.UNKNOWN),
        ("Cook", Influence.UNKNOWN, Stance.UNKNOWN),
        ("Dr. Kern", Influence.UNKNOWN, Stance.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("who", "cadence"), [("chen", 60), ("sun", 30), ("zhao", 90)]
)  # economic buyer, coach and mentor, others (PRODUCT.md §4)
def test_a_touch_keeps_for_as_long_as_the_role_allows(store, bank, who, cadence):
    person = getattr(bank, who)
    touch(store, bank, cadence, person)
    for days, in_cadence in ((0, True), (1, False)):
        with store.reading() as connection:
            row = next(
                row for row in list_standing(connection, bank.id, TODAY + timedelta(days=days)) if row.id == person
            )
        assert (row.cadence, row.days, row.in_cadence) == (cadence, cadence + days, in_cadence)


def test_a_cadence_of_ones_own_stands_above_that_of_the_role(store, bank):
    with store.writing() as work:
        edit_person(work, bank.sun, cadence_days=7)
    touch(store, bank, 8, bank.sun)
    with store.reading() as connection:
        assert not next(row for row in list_standing(connection, bank.id, TODAY) if row.id == bank.sun).in_cadence


def test_a_note_and_a_touch_to_come_are_no_touch(store, bank):
    touch(store, bank, 1, bank.chen, kind=InteractionKind.NOTE)
    touch(store, bank, -3, bank.chen, planned=True)
    with store.reading() as connection:
        assert all(row.last_touch is None for row in list_standing(connection, bank.id, TODAY))


def test_placeholders_count_in_the_denominator_and_never_among_the_touched(store, bank):
    touch(store, bank, 5, bank.chen, bank.cfo, direction=Direction.OUT)
    touch(store, bank, 31, bank.sun)
    touch(store, bank, 1, bank.kern, bank.cook)
    with store.reading() as connection:
        coverage = coverage_of(connection, bank.id, TODAY)
    assert [(row.name, row.in_cadence, row.people, row.placeholders, row.met) for row in coverage.departments] == [
        ("Board", 1, 2, 1, 1),
        ("IT", 0, 2, 0, 1),
        ("Archive", 0, 0, 0, 0),
        ("Canteen", 1, 1, 0, 1),
    ]
    assert (coverage.people, coverage.in_cadence, coverage.rate) == (4, 1, 0.25)


def test_who_has_a_part_in_buying_counts_without_a_department_too(store, bank):
    with store.writing() as work:
        add_person(work, bank.id, "周婷", roles=[BuyingRole.GATEKEEPER])
        add_person(work, bank.id, "passer-by")
    with store.reading() as connection:
        coverage = coverage_of(connection, bank.id, TODAY)
    assert (coverage.departments[-1].name, coverage.departments[-1].people, coverage.people) == (None, 1, 5)


def test_where_nobody_takes_part_the_coverage_is_unknown(store):
    with store.writing() as work:
        account = add_account(work, "Empty").id
    with store.reading() as connection:
        assert coverage_of(connection, account, TODAY).rate is None


@pytest.fixture
def told(store, bank):
    """What happened in the days after the first."""
    with on(store, 3).writing() as work:
        move_person(work, bank.zhao, bank.chen)
        edit_person(work, bank.zhao, stance=Stance.NEUTRAL)
    with on(store, 5).writing() as work:
        edit_person(work, bank.cfo, name="钱进", placeholder=False)
        add_person(work, bank.id, "马超", title="Head of data centre", manager_id=bank.chen)
        edit_person(work, bank.sun, influence=Influence.POLITICAL, roles=[BuyingRole.USER])
    with on(store, 7).writing() as work:
        leave(work, bank.sun)
        move_person(work, bank.zhao, bank.cfo)
    return bank


def names(connection, account, days):
    return [row.name for row in map_as_of(connection, account, TODAY + timedelta(days=days)).people]


def test_the_map_is_shown_as_it_was_on_a_past_day(store, told):
    with on(store, 9).reading() as connection:
        before = map_as_of(connection, told.id, TODAY + timedelta(days=4)).people
        assert names(connection, told.id, 0) == ["陈国栋", "CFO", "孙浩", "赵敏", "Cook", "Dr. Kern"]
        assert "孙浩" not in names(connection, told.id, 9)
    zhao = next(row for row in before if row.id == told.zhao)
    assert (zhao.manager, zhao.stance, zhao.depth) == ("陈国栋", Stance.NEUTRAL, 1)
    assert next(row for row in before if row.id == told.cfo).placeholder


def test_two_days_are_compared_who_joined_left_moved_and_turned(store, told):
    with on(store, 9).reading() as connection:
        found = compare_maps(connection, told.id, TODAY, TODAY + timedelta(days=9))
        nothing = compare_maps(connection, told.id, TODAY + timedelta(days=8), TODAY + timedelta(days=9))
    assert {(change.kind, change.name, change.field, change.before, change.after) for change in found} == {
        (TURNED, "钱进", "name", "[CFO]", "钱进"),
        (MOVED, "赵敏", "manager", None, "钱进"),
        (TURNED, "赵敏", "stance", "opponent", "neutral"),
        (JOINED, "马超", None, None, "Head of data centre"),
        (LEFT, "孙浩", None, None, None),
    }
    assert nothing == []


def test_before_the_first_record_the_map_cannot_be_told(store, bank):
    with store.reading() as connection, pytest.raises(Refused, match="Nothing was recorded by"):
        map_as_of(connection, bank.id, TODAY - timedelta(days=1))


def test_each_change_of_stance_and_influence_has_its_day(store, bank):
    for days, fields in (
        (1, {"stance": Stance.SUPPORTER}),
        (2, {"stance": Stance.MENTOR}),
        (2, {"stance": Stance.NEUTRAL, "relationship": Relationship.CREDIBLE}),
        (4, {"influence": Influence.INNER_CIRCLE}),
        (6, {"title": "Operations"}),
    ):
        with on(store, days).writing() as work:
            edit_person(work, bank.zhao, **fields)
    with store.reading() as connection:
        turns = [(turn.on.day, turn.field, turn.before, turn.after) for turn in list_turns(connection, bank.zhao)]
    assert turns == [
        (24, "stance", "opponent", "supporter"),
        (25, "stance", "supporter", "neutral"),
        (25, "relationship", "unknown", "credible"),
        (27, "influence", "political", "inner_circle"),
    ]


def test_a_turn_that_was_undone_or_came_back_the_same_day_is_none(store, bank):
    with on(store, 1).writing() as work:
        edit_person(work, bank.zhao, stance=Stance.MENTOR)
    history.undo(on(store, 2))
    for stance in (Stance.MENTOR, Stance.OPPONENT):
        with on(store, 3).writing() as work:
            edit_person(work, bank.zhao, stance=stance)
    with store.reading() as connection:
        assert list_turns(connection, bank.zhao) == []
        assert list_turns(connection, 999) == []


def test_still_true_is_said_with_its_day(store, bank):
    with store.writing() as work:
        assert confirm_person(work, bank.zhao).person.confirmed_on == TODAY
    with pytest.raises(BadInput, match="still to come"), store.writing() as work:
        confirm_person(work, bank.zhao, on=TODAY + timedelta(days=1))
    history.undo(store)
    with store.reading() as connection:
        assert get_person(connection, bank.zhao, TODAY).person.confirmed_on is None
