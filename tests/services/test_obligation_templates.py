"""Templates of obligations that a person makes, beside the built-in eight."""

from datetime import date, timedelta

import pytest

from kamtui import language
from kamtui.domain.enums import Anchor, Side
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.obligation_template import TemplateLine, parse_line
from kamtui.services.accounts import add_account
from kamtui.services.obligation_templates import add_template, apply_own_template, delete_template, edit_template
from kamtui.services.obligations import delete_obligation
from kamtui.store import history
from kamtui.store.reads.obligation_templates import get_template, list_templates
from kamtui.store.reads.obligations import list_obligations

TODAY = date(2026, 11, 23)
LINES = [
    TemplateLine("Stock report", Side.THEIRS, "1w"),
    TemplateLine("演练应急流程", cadence="6m", anchor=Anchor.COMPLETION),
    TemplateLine("Delivery note", cadence="per_order", within=2),
]


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return add_account(work, "Acme").id


@pytest.fixture
def bank(store):
    with store.writing() as work:
        return add_template(work, "Banks", LINES, note="for all of them").id


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Stock report; theirs; weekly", LINES[0]),
        ("演练应急流程；每半年；from completion", LINES[1]),
        ("Delivery note; within 2; per order", LINES[2]),
        ("Just this", TemplateLine("Just this")),
        ("x; ours; from due;", TemplateLine("x")),
    ],
)
def test_a_line_says_an_obligation(text, line):
    assert parse_line(text) == line
    assert parse_line(str(line)) == line


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("; weekly", "blank"),
        ("x; now and then", "none of a period"),
        ("x; weekly; monthly", "twice"),
        ("x; within 900", "working days"),
        ("", "blank"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(text, why):
    with pytest.raises(BadInput, match=why):
        parse_line(text)


def test_the_built_in_eight_stand_first_in_the_language_of_the_person(store, bank):
    with store.reading() as connection:
        eight, own = list_templates(connection)
    assert (eight.id, len(eight.items), own.name, own.items) == (None, 8, "Banks", tuple(LINES))
    language.choose("zh")
    with store.reading() as connection:
        assert any("\u4e00" <= character <= "\u9fff" for character in list_templates(connection)[0].items[0].what)


def test_a_template_is_applied_in_one_step_and_again_adds_nothing(store, acme, bank):
    with store.writing() as work:
        added, skipped = apply_own_template(work, acme, bank)
    assert [(row.what, row.side, row.cadence, row.anchor, row.within) for row in added] == [
        ("Stock report", Side.THEIRS, "1w", Anchor.DUE, None),
        ("演练应急流程", Side.OURS, "6m", Anchor.COMPLETION, None),
        ("Delivery note", Side.OURS, "per_order", Anchor.DUE, 2),
    ]
    assert skipped == []
    assert TODAY < added[0].due <= TODAY + timedelta(days=9)
    assert added[2].due is None, "what an order starts does not start by itself"
    with store.writing() as work:
        delete_obligation(work, added[1].id)
    with store.writing() as work:
        again, skipped = apply_own_template(work, acme, bank)
    assert ([row.what for row in again], [line.what for line in skipped]) == (
        ["演练应急流程"],
        ["Stock report", "Delivery note"],
    )
    history.undo(store, 3)
    with store.reading() as connection:
        assert list_obligations(connection, TODAY, account_id=acme) == []


def test_an_edit_changes_the_template_and_not_what_it_made(store, acme, bank):
    with store.writing() as work:
        apply_own_template(work, acme, bank)
    with store.writing() as work:
        row = edit_template(work, bank, name="Banks and insurers", items=LINES[:1], note="")
    assert (row.name, row.items, row.note) == ("Banks and insurers", (LINES[0],), None)
    with store.reading() as connection:
        assert len(list_obligations(connection, TODAY, account_id=acme)) == 3


def test_a_template_has_a_name_of_its_own_and_each_obligation_once(store, bank):
    with pytest.raises(Refused, match="already"), store.writing() as work:
        add_template(work, "banks", LINES)
    with pytest.raises(BadInput, match="at least one"), store.writing() as work:
        add_template(work, "Empty", [])
    with pytest.raises(BadInput, match="there twice"), store.writing() as work:
        edit_template(work, bank, items=[LINES[0], LINES[0]])


def test_a_deleted_template_comes_back_whole(store, bank):
    with store.writing() as work:
        assert delete_template(work, bank) == "Banks"
    with store.reading() as connection, pytest.raises(NotFound):
        get_template(connection, bank)
    history.undo(store)
    with store.reading() as connection:
        assert get_template(connection, bank).items == tuple(LINES)
