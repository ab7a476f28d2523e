"""People: moved, gone, made one, deleted; the map from an outline."""

from datetime import date

import pytest

from kamtui.domain.enums import BuyingRole, ContactKind, EdgeKind, Influence, Stance
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.outline import format_outline, parse_outline
from kamtui.services.accounts import add_account
from kamtui.services.outline import OutlineReport, apply_outline, plan_outline
from kamtui.services.people import (
    add_edge,
    add_person,
    delete_person,
    edit_person,
    leave,
    merge_people,
    move_person,
    remove_edges,
)
from kamtui.services.touches import add_touch
from kamtui.store import history
from kamtui.store.reads.outline import read_outline
from kamtui.store.reads.people import get_person, list_people

YESTERDAY, MARCH, JUNE = date(2026, 11, 22), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def bank(store) -> int:
    with store.writing() as work:
        return add_account(work, "华东银行").id


def person(store, account: int, name: str, **fields) -> int:
    with store.writing() as work:
        return add_person(work, account, name, **fields).person.id


def card(store, person_id: int):
    with store.reading() as connection:
        return get_person(connection, person_id, store.today)


def lines(store, person_id: int) -> list[tuple[str, str, date | None, date | None]]:
    return [(line.person, line.manager, line.valid_from, line.valid_to) for line in card(store, person_id).lines]


def tasks(store) -> list[tuple[str, int | None]]:
    with store.reading() as connection:
        return connection.execute("SELECT what, source_id FROM task ORDER BY id").fetchall()


def everything(store) -> list[str]:
    derived = ('"point"', '"change"', '"search_', '"sqlite_sequence"')
    with store.reading() as connection:
        return [
            line
            for line in connection.iterdump()
            if not line.startswith(tuple(f"INSERT INTO {name}" for name in derived))
        ]


# Lines


def test_a_move_ends_the_line_before_and_keeps_it(store, bank):
    lead, boss = person(store, bank, "李明"), person(store, bank, "陈国栋")
    clerk = person(store, bank, "王伟", manager_id=lead, since=MARCH)
    with store.writing() as work:
        assert move_person(work, clerk, boss, since=JUNE).person.manager == "陈国栋"
    assert lines(store, clerk) == [("王伟", "李明", MARCH, JUNE), ("王伟", "陈国栋", JUNE, None)]


def test_a_move_says_who_reports_to_whom_when_it_would_be_a_loop(store, bank):
    boss = person(store, bank, "Boss")
    lead = person(store, bank, "Lead", manager_id=boss)
    clerk = person(store, bank, "Clerk", manager_id=lead)
    with store.writing() as work, pytest.raises(Refused, match="Clerk reports to Boss, so Boss cannot report to Clerk"):
        move_person(work, boss, clerk)
    with store.writing() as work, pytest.raises(Refused, match="cannot report to themselves"):
        move_person(work, boss, boss)


def test_a_line_that_was_to_begin_later_gives_way(store, bank):
    boss, lead = person(store, bank, "Boss"), person(store, bank, "Lead")
    clerk = person(store, bank, "Clerk", manager_id=boss, since=MARCH)
    with store.writing() as work:
        move_person(work, clerk, lead, since=date(2027, 1, 1))
    with store.writing() as work:
        move_person(work, clerk, boss, since=JUNE)
    assert lines(store, clerk) == [("Clerk", "Boss", MARCH, None)]


def test_the_manager_that_already_is_changes_nothing_and_leaves_no_step(store, bank):
    boss = person(store, bank, "Boss")
    clerk = person(store, bank, "Clerk", manager_id=boss, since=MARCH)
    before = everything(store)
    with store.writing() as work:
        move_person(work, clerk, boss)
    assert everything(store) == before
    with store.reading() as connection:
        assert connection.execute("SELECT label FROM point ORDER BY id DESC").fetchone()[0].startswith("Add person")


def test_back_to_the_manager_before_on_the_same_day_is_one_line(store, bank):
    boss, lead = person(store, bank, "Boss"), person(store, bank, "Lead")
    clerk = person(store, bank, "Clerk", manager_id=boss, since=MARCH)
    for manager in (lead, boss):
        with store.writing() as work:
            move_person(work, clerk, manager)
    assert lines(store, clerk) == [("Clerk", "Boss", MARCH, None)]


def test_a_time_without_a_manager_stays_one(store, bank):
    boss = person(store, bank, "Boss")
    clerk = person(store, bank, "Clerk", manager_id=boss, since=MARCH)
    for manager, since in ((None, JUNE), (boss, store.today)):
        with store.writing() as work:
            move_person(work, clerk, manager, since=since)
    assert lines(store, clerk) == [("Clerk", "Boss", MARCH, JUNE), ("Clerk", "Boss", store.today, None)]


def test_a_move_is_no_loop_where_the_lines_never_meet(store, bank):
    a, b, c = (person(store, bank, name) for name in "ABC")
    with store.writing() as work:
        move_person(work, a, b, since=JUNE)
        move_person(work, b, c, since=MARCH)
        move_person(work, b, None, since=date(2026, 5, 1))
    with store.writing() as work:
        move_person(work, c, a, since=MARCH)
    assert card(store, c).person.manager == "A"


def test_who_is_outside_the_company_stands_in_no_line(store, bank):
    boss, kern = person(store, bank, "Boss"), person(store, bank, "Dr. Kern", external=True)
    with store.writing() as work, pytest.raises(Refused, match="outside the company"):
        move_person(work, kern, boss)
    with store.writing() as work, pytest.raises(Refused, match="outside the company"):
        move_person(work, boss, kern)


def test_who_turns_out_to_be_outside_leaves_the_lines_today(store, bank):
    boss = person(store, bank, "Boss")
    lead = person(store, bank, "Lead", manager_id=boss, since=MARCH)
    clerk = person(store, bank, "Clerk", manager_id=lead, since=JUNE)
    with store.writing() as work:
        edit_person(work, lead, external=True)
    assert lines(store, lead) == [("Lead", "Boss", MARCH, store.today), ("Clerk", "Lead", JUNE, store.today)]
    assert card(store, clerk).person.manager is None


# Leaving


def test_who_leaves_keeps_their_history_and_opens_a_task_for_each_role(store, bank):
    boss = person(store, bank, "Boss")
    lead = person(store, bank, "李明", manager_id=boss, since=MARCH, roles=[BuyingRole.COACH, BuyingRole.ECONOMIC])
    clerk = person(store, bank, "Clerk", manager_id=lead, since=MARCH)
    with store.writing() as work:
        ids = leave(work, lead, on=YESTERDAY)
    assert len(ids) == 2
    assert [what for what, _source in tasks(store)] == [
        "Replace role: who is the economic buyer now that 李明 left?",
        "Replace role: who is the coach now that 李明 left?",
    ]
    assert lines(store, lead) == [("李明", "Boss", MARCH, YESTERDAY), ("Clerk", "李明", MARCH, YESTERDAY)]
    assert card(store, lead).person.roles
    with store.reading() as connection:
        assert [row.name for row in list_people(connection, store.today)] == ["Boss", "Clerk"]
        assert len(list_people(connection, store.today, left=True)) == 3
    assert card(store, clerk).person.manager is None


def test_nobody_leaves_twice(store, bank):
    lead = person(store, bank, "Lead")
    with store.writing() as work:
        leave(work, lead)
    with store.writing() as work, pytest.raises(Refused, match="left on 2026-11-23 already"):
        leave(work, lead)


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2027, 1, 31)])
def test_nobody_left_on_a_day_that_is_still_to_come(store, bank, on):
    lead = person(store, bank, "Ann", roles=[BuyingRole.ECONOMIC])
    with pytest.raises(BadInput, match=f"on: {on} is still to come. Nothing was saved."), store.writing() as work:
        leave(work, lead, on=on)
    with store.reading() as connection:
        assert get_person(connection, lead, store.today).person.left_on is None
        assert connection.execute("SELECT count(*) FROM task").fetchone() == (0,)


def test_a_department_is_found_by_the_name_as_it_is_stored(store, bank):
    for name, department in (("Ann", "Tab\tbed"), ("Bob", "Tab\tbed"), ("Cyd", " Tab bed\n")):
        person(store, bank, name, department=department)
    with store.reading() as connection:
        assert connection.execute("SELECT name FROM department").fetchall() == [("Tab bed",)]


def test_nobody_reports_to_who_left_or_beyond_the_day_somebody_leaves(store, bank):
    boss, gone, clerk = (person(store, bank, name) for name in ("Boss", "Gone", "Clerk"))
    with store.writing() as work:
        leave(work, gone, on=JUNE)
    for mover, manager in ((clerk, gone), (gone, boss)):
        with store.writing() as work, pytest.raises(Refused, match="Gone left on 2026-06-01"):
            move_person(work, mover, manager)
    with store.writing() as work:
        move_person(work, clerk, gone, since=MARCH)
    assert lines(store, clerk) == [("Clerk", "Gone", MARCH, JUNE)]


# Fields


def test_an_empty_department_takes_a_person_out_of_it(store, bank):
    lead = person(store, bank, "李明", department="IT", title="CIO")
    with store.writing() as work:
        assert edit_person(work, lead, department=" ", title="").person.department is None
    assert card(store, lead).person.title is None


def test_a_name_cannot_be_emptied(store, bank):
    lead = person(store, bank, "李明")
    for nothing in ("", "  ", None):
        with store.writing() as work, pytest.raises(BadInput, match="name"):
            edit_person(work, lead, name=nothing)
    assert card(store, lead).person.name == "李明"


def test_roles_and_contacts_are_replaced_as_a_whole_and_doubles_are_one(store, bank):
    lead = person(
        store,
        bank,
        "Lead",
        roles=[BuyingRole.USER, BuyingRole.USER],
        contacts=[(ContactKind.PHONE, "1"), (ContactKind.PHONE, " 1 "), (ContactKind.MAIL, " ")],
    )
    assert [contact.value for contact in card(store, lead).contacts] == ["1"]
    with store.writing() as work:
        changed = edit_person(work, lead, roles=[], contacts=[(ContactKind.MAIL, "a@b.example")], aliases=["L"])
    assert (changed.person.roles, changed.aliases) == ((), ("L",))
    assert [(contact.kind, contact.value) for contact in changed.contacts] == [("mail", "a@b.example")]


def test_a_field_that_is_not_there_is_refused(store, bank):
    lead = person(store, bank, "Lead")
    with store.writing() as work, pytest.raises(BadInput, match="There is no field uid"):
        edit_person(work, lead, uid="x")


# Edges


def test_a_conflict_has_no_direction_and_an_influence_has(store, bank):
    a, b = person(store, bank, "A"), person(store, bank, "B")
    with store.writing() as work:
        first = add_edge(work, a, b, EdgeKind.CONFLICT)
        assert add_edge(work, b, a, EdgeKind.CONFLICT, strength=3) == first
        assert add_edge(work, a, b, EdgeKind.INFLUENCE) != add_edge(work, b, a, EdgeKind.INFLUENCE)
    with store.writing() as work:
        assert remove_edges(work, b, a, EdgeKind.CONFLICT) == 1
        assert remove_edges(work, b, a) == 1
    assert [(edge.source, edge.target) for edge in card(store, a).edges] == [("A", "B")]
    with store.writing() as work, pytest.raises(Refused, match="no such edge"):
        remove_edges(work, b, a)
    with store.writing() as work, pytest.raises(Refused, match="cannot sway themselves"):
        add_edge(work, a, a, EdgeKind.INFORMAL)


# Merging


def test_merged_people_keep_both_histories_and_names_and_it_can_be_undone(store, bank):
    boss, lead = person(store, bank, "Boss"), person(store, bank, "Lead")
    keep = person(store, bank, "Li Ming", manager_id=lead, since=JUNE, roles=[BuyingRole.USER], stance=Stance.SUPPORTER)
    other = person(
        store,
        bank,
        "李明",
        manager_id=boss,
        since=MARCH,
        roles=[BuyingRole.USER, BuyingRole.COACH],
        stance=Stance.OPPONENT,
        influence=Influence.POLITICAL,
        title="CIO",
        contacts=[(ContactKind.PHONE, "1")],
    )
    clerk = person(store, bank, "Clerk", manager_id=other, since=MARCH)
    with store.writing() as work:
        for people in ([keep, other], [other]):
            add_touch(work, bank, people=people, summary="x")
        add_edge(work, keep, other, EdgeKind.INFORMAL)
        add_edge(work, boss, keep, EdgeKind.INFLUENCE)
        add_edge(work, boss, other, EdgeKind.INFLUENCE)
        add_edge(work, other, boss, EdgeKind.CONFLICT)
        add_edge(work, boss, keep, EdgeKind.CONFLICT)
    before = everything(store)
    with store.writing() as work:
        merged = merge_people(work, keep, other)
    row = merged.person
    assert (row.name, merged.aliases, row.title) == ("Li Ming", ("李明",), "CIO")
    assert (row.stance, row.influence) == (Stance.SUPPORTER, Influence.POLITICAL)
    assert set(row.roles) == {BuyingRole.USER, BuyingRole.COACH}
    # The line of 李明 to Boss stays until Li Ming's own line begins.
    assert sorted(lines(store, keep), key=str) == [
        ("Clerk", "Li Ming", MARCH, None),
        ("Li Ming", "Boss", MARCH, JUNE),
        ("Li Ming", "Lead", JUNE, None),
    ]
    assert sorted((edge.source, edge.kind) for edge in merged.edges) == [
        ("Boss", EdgeKind.INFLUENCE),
        ("Li Ming", EdgeKind.CONFLICT),
    ]
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM interaction_person").fetchone() == (2,)
        with pytest.raises(NotFound):
            get_person(connection, other, store.today)
    history.undo(store)
    assert everything(store) == before
    assert card(store, clerk).person.manager == "李明"


def test_a_merge_of_a_manager_with_a_report_makes_no_loop(store, bank):
    boss = person(store, bank, "Boss")
    keep = person(store, bank, "Keep")
    middle = person(store, bank, "Middle", manager_id=keep, since=JUNE)
    other = person(store, bank, "Other", manager_id=boss, since=MARCH)
    with store.writing() as work:
        move_person(work, keep, boss, since=MARCH)
        move_person(work, other, middle, since=date(2026, 9, 1))
    with store.writing() as work:
        merge_people(work, keep, other)
    assert sorted(lines(store, keep), key=str) == [
        ("Keep", "Boss", MARCH, None),
        ("Middle", "Keep", JUNE, None),
    ]


def test_a_placeholder_takes_the_name_of_who_was_found_for_it(store, bank):
    cfo = person(store, bank, "CFO", placeholder=True, roles=[BuyingRole.APPROVER])
    found = person(store, bank, "周婷")
    with store.writing() as work:
        merged = merge_people(work, cfo, found)
    assert (merged.person.name, merged.person.placeholder, merged.aliases) == ("周婷", False, ("CFO",))


def test_people_of_one_name_leave_no_alias_of_it(store, bank):
    keep, other = person(store, bank, "李明"), person(store, bank, "李明")
    with store.writing() as work:
        assert merge_people(work, keep, other).aliases == ()


def test_lines_of_another_family_do_not_come_with_a_merge(store, bank):
    with store.writing() as work:
        abroad = add_account(work, "Abroad").id
    keep, boss = person(store, bank, "Keep"), person(store, abroad, "Boss")
    other = person(store, abroad, "Other", manager_id=boss, department="IT")
    with store.writing() as work:
        merged = merge_people(work, keep, other)
    assert (merged.lines, merged.person.department, merged.person.account) == ((), None, "华东银行")


def test_the_lines_of_who_left_end_on_that_day_after_a_merge_too(store, bank):
    boss, keep = person(store, bank, "Boss"), person(store, bank, "Keep")
    other = person(store, bank, "Other", manager_id=boss, since=MARCH)
    with store.writing() as work:
        leave(work, keep, on=JUNE)
    with store.writing() as work:
        merge_people(work, keep, other)
    assert lines(store, keep) == [("Keep", "Boss", MARCH, JUNE)]


# Deleting


def test_a_deleted_person_leaves_reports_without_a_manager_and_comes_back_by_undo(store, bank):
    boss = person(store, bank, "Boss", roles=[BuyingRole.ECONOMIC])
    lead = person(store, bank, "Lead", manager_id=boss, contacts=[(ContactKind.PHONE, "1")], department="IT")
    clerk = person(store, bank, "Clerk", manager_id=lead)
    with store.writing() as work:
        add_touch(work, bank, people=[lead, clerk], summary="x", next_step="call")
        add_edge(work, clerk, lead, EdgeKind.INFORMAL)
        leave(work, boss)
    before = everything(store)
    with store.writing() as work:
        assert delete_person(work, lead) == "Lead"
    with store.writing() as work:
        assert delete_person(work, boss) == "Boss"
    assert card(store, clerk).person.manager is None
    assert [source for what, source in tasks(store) if what.startswith("Replace")] == [None]
    history.undo(store, 2)
    assert everything(store) == before


# The outline

MAP = """\
陈国栋, President | E ###
  李明, CIO @IT | S +
    王伟 @IT
  [CFO] | A
Dr. Kern | ext
"""


def outline(store, account: int, text: str) -> OutlineReport:
    with store.writing() as work:
        return apply_outline(work, account, parse_outline(text))


def written(store, account: int) -> str:
    with store.reading() as connection:
        return format_outline(read_outline(connection, account, store.today))


def test_an_outline_makes_a_map_that_reads_as_the_same_outline(store, bank):
    report = outline(store, bank, MAP)
    assert report.new == ("陈国栋", "李明", "王伟", "CFO", "Dr. Kern")
    assert written(store, bank) == MAP


def test_the_same_outline_again_changes_nothing_and_is_no_step(store, bank):
    outline(store, bank, MAP)
    before = everything(store)
    report = outline(store, bank, MAP)
    assert (report.new, report.changed, len(report.unchanged)) == ((), (), 5)
    assert everything(store) == before


def test_lines_that_are_missing_are_left_alone_and_marks_too(store, bank):
    outline(store, bank, MAP)
    report = outline(store, bank, "陈国栋\n  王伟 | -\n  Zhao Min, Operations\n")
    assert report == OutlineReport(
        new=("Zhao Min",),
        changed=("王伟: -, below 陈国栋",),
        unchanged=("陈国栋",),
        left_alone=("李明", "CFO", "Dr. Kern"),
    )
    assert written(store, bank) == (
        "陈国栋, President | E ###\n  李明, CIO @IT | S +\n  王伟 @IT | -\n  [CFO] | A\n  Zhao Min, Operations\nDr. Kern | ext\n"
    )


def test_an_outline_is_one_step_back(store, bank):
    outline(store, bank, MAP)
    before = everything(store)
    outline(store, bank, "李明 | T --\n  陈国栋\n    王伟\n[CFO]\nNew\n")
    assert written(store, bank).startswith("李明, CIO @IT | T --\n  陈国栋, President | E ###\n    王伟")
    history.undo(store)
    assert everything(store) == before


def test_a_part_of_the_map_tears_nobody_off_their_manager(store, bank):
    outline(store, bank, MAP)
    report = outline(store, bank, "李明\n  王伟\n")
    assert (report.changed, report.new) == ((), ())


def test_who_is_outdented_reports_to_nobody_from_today_and_the_line_is_kept(store, bank):
    boss = person(store, bank, "Boss")
    clerk = person(store, bank, "Clerk", manager_id=boss, since=MARCH)
    assert outline(store, bank, "Boss\nClerk\n").changed == ("Clerk: at the top",)
    assert lines(store, clerk) == [("Clerk", "Boss", MARCH, store.today)]


def test_a_manager_of_the_group_stays_where_the_outline_does_not_know_them(store, bank):
    with store.writing() as work:
        branch = add_account(work, "Branch", parent_id=bank).id
    boss = person(store, bank, "Boss")
    clerk = person(store, branch, "Clerk", manager_id=boss)
    assert outline(store, branch, "Clerk\n").unchanged == ("Clerk",)
    assert card(store, clerk).person.manager == "Boss"


def test_two_people_of_one_name_are_told_apart_by_title_then_by_manager(store, bank):
    boss = person(store, bank, "Boss")
    first = person(store, bank, "李明", title="CIO")
    second = person(store, bank, "李明", title="Clerk")
    third = person(store, bank, "李明", manager_id=boss)
    report = outline(store, bank, "Boss\n  李明 | ?\n李明, Clerk | +\n李明, CIO | -\n李明, New\n")
    assert report.new == ("李明",)
    stances = [card(store, row).person.stance for row in (first, second, third)]
    assert stances == [Stance.NON_SUPPORTER, Stance.SUPPORTER, Stance.UNKNOWN]


def test_who_left_is_not_the_person_of_an_outline(store, bank):
    gone = person(store, bank, "李明")
    with store.writing() as work:
        leave(work, gone)
    assert outline(store, bank, "李明\n").new == ("李明",)


def test_a_plan_says_the_same_as_what_is_then_done_and_writes_nothing(store, bank):
    outline(store, bank, MAP)
    before = store.path.read_bytes()
    lines_ = parse_outline("李明, CTO\n  [王伟]\n")
    with store.reading() as connection:
        planned = plan_outline(connection, bank, lines_, store.today)
    assert store.path.read_bytes() == before
    assert planned.changed == ("李明: CTO", "王伟: placeholder")
    with store.writing() as work:
        assert apply_outline(work, bank, lines_) == planned


def test_a_name_that_cannot_be_one_is_named_with_its_line_and_nothing_is_applied(store, bank):
    with pytest.raises(BadInput, match="line 2: name: 201 characters"):
        outline(store, bank, "A\n" + "x" * 201)
    assert written(store, bank) == ""


def test_an_outline_against_the_lines_of_people_left_alone_is_refused_whole(store, bank):
    top = person(store, bank, "Top")
    middle = person(store, bank, "Middle", manager_id=top)
    person(store, bank, "Low", manager_id=middle)
    with pytest.raises(Refused, match="a loop"):
        outline(store, bank, "Low\n  Top\nNew\n")
    assert written(store, bank) == "Top\n  Middle\n    Low\n"
