"""Needs: capture, explore, convert, advance, close, correct."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import (
    InteractionKind,
    NeedCategory,
    NeedEventKind,
    NeedKind,
    NeedSignal,
    NeedSource,
    NeedState,
    TaskSource,
)
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.money import Money
from kamtui.services import needs
from kamtui.services.accounts import add_account, archive_account
from kamtui.services.people import add_person
from kamtui.services.tasks import add_task
from kamtui.services.touches import add_touch
from kamtui.store import history
from kamtui.store.reads.needs import get_need, list_needs
from kamtui.store.reads.tasks import get_task

TODAY = date(2026, 11, 23)
SO_DISAPPOINTING = "Why is your service like this? It's so disappointing."
TWENTY_MACHINES = "We need 20 machines for the new plant"


@pytest.fixture
def acme(store):
    with store.writing() as work:
        account = add_account(work, "Acme")
        other = add_account(work, "Baltic Freight")
        zhao = add_person(work, account.id, "赵敏").person
        stranger = add_person(work, other.id, "Ms Li").person
    return SimpleNamespace(id=account.id, zhao=zhao.id, other=other.id, stranger=stranger.id)


@pytest.fixture
def do(store, acme):
    """Runs a verb in a unit of work of its own: `do("advance_need", 1)`."""

    def run(verb, *arguments, today=None, **fields):
        workspace = replace(store, today=today) if today else store
        with workspace.writing() as work:
            return getattr(needs, verb)(work, *arguments, **fields)

    return run


def test_a_disappointed_question_is_an_implicit_need_that_cannot_be_proposed_before_it_is_converted(do, acme):
    need = do("add_need", acme.id, SO_DISAPPOINTING, raised_by_id=acme.zhao)
    assert (need.kind, need.signal, need.state) == (NeedKind.IMPLICIT, NeedSignal.DISSATISFACTION, NeedState.CAPTURED)
    assert (need.who, need.source) == ("赵敏", NeedSource.PERSON)
    for state in (NeedState.CONFIRMED, NeedState.PROPOSED, NeedState.AGREED, NeedState.SATISFIED):
        with pytest.raises(Refused, match=r"implicit and cannot become .*kamtui need convert 1"):
            do("advance_need", need.id, state)
    do("advance_need", need.id)
    with pytest.raises(Refused, match="implicit"):
        do("advance_need", need.id)
    do("convert_need", need.id, heard_from=acme.zhao, words="我们需要夜间热线")
    assert do("advance_need", need.id).state is NeedState.PROPOSED


def test_each_state_that_a_need_passes_through_is_an_event(do, acme, store):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    do("advance_need", need.id, NeedState.AGREED, note="all in one meeting", person_id=acme.zhao)

    def moves():
        with store.reading() as connection:
            return [(e.from_state, e.to_state, e.on, e.note, e.person) for e in get_need(connection, need.id).events]

    way = ["captured", "exploring", "confirmed", "proposed", "agreed"]
    assert moves() == [
        (before, after, TODAY, "all in one meeting", "赵敏") for before, after in itertools.pairwise(way)
    ]
    assert do("advance_need", need.id, NeedState.CONFIRMED).state is NeedState.CONFIRMED
    assert [move[:2] for move in moves()[4:]] == [("agreed", "proposed"), ("proposed", "confirmed")]
    history.undo(store)
    assert len(moves()) == 4


def test_a_task_that_came_of_a_need_stays_when_the_need_goes(do, acme, store):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    with store.writing() as work:
        task = add_task(work, "quote", account_id=acme.id, source=TaskSource.NEED, source_id=need.id)
    do("delete_need", need.id)
    with store.reading() as connection:
        left = get_task(connection, task.id, TODAY)
        assert (left.source, left.source_id) == (TaskSource.NEED, None)
    history.undo(store)
    with store.reading() as connection:
        assert get_task(connection, task.id, TODAY).source_id == need.id


def test_twenty_machines_are_an_explicit_need_with_quantity_20(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    assert (need.kind, need.quantity, need.unit, need.source) == (
        NeedKind.EXPLICIT,
        Decimal(20),
        "machines",
        NeedSource.UNKNOWN,
    )


def test_two_lost_days_are_implicit_though_there_is_a_number(do, acme):
    need = do("add_need", acme.id, "We lost 2 days waiting for you")
    assert (need.kind, need.signal, need.quantity) == (NeedKind.IMPLICIT, NeedSignal.COMPLAINT, None)


def test_what_the_person_says_of_kind_and_quantity_stands_over_the_words(do, acme):
    need = do(
        "add_need",
        acme.id,
        "20 machines stand idle",
        kind=NeedKind.EXPLICIT,
        source=NeedSource.OBSERVED,
        unit="presses",
    )
    assert (need.kind, need.quantity, need.unit, need.source, need.who) == (
        NeedKind.EXPLICIT,
        Decimal(20),
        "presses",
        NeedSource.OBSERVED,
        None,
    )
    assert do("add_need", acme.id, TWENTY_MACHINES, quantity=Decimal("1.5")).quantity == Decimal("1.5")


def test_a_conversion_keeps_the_first_words_and_says_who_wants_what_now(do, acme, store):
    need = do("add_need", acme.id, SO_DISAPPOINTING, raised_on=TODAY - timedelta(days=9))
    do("float_idea", need.id, "a night hotline", reaction="who would pay?", on=TODAY - timedelta(days=5))
    row = do(
        "convert_need",
        need.id,
        heard_from=acme.zhao,
        words="We need 2 engineers at night",
        on=TODAY - timedelta(days=1),
        category=NeedCategory.AFTER_SALES,
        importance=4,
        capability=2,
        need_by=date(2026, 12, 31),
        cost_to_serve=Money(500_000, "CNY"),
        product_line="Core storage",
    )
    assert (row.kind, row.raised_as, row.state) == (NeedKind.EXPLICIT, NeedKind.IMPLICIT, NeedState.CONFIRMED)
    assert (row.verbatim, row.wanted) == (SO_DISAPPOINTING, "We need 2 engineers at night")
    assert (row.quantity, row.unit, row.category, row.importance, row.capability) == (
        Decimal(2), "engineers", NeedCategory.AFTER_SALES, 4, 2,
    )  # fmt: skip
    assert (row.need_by, row.cost_to_serve, row.product_line) == (
        date(2026, 12, 31), Money(500_000, "CNY"), "Core storage",
    )  # fmt: skip
    assert row.state_since == row.last_event_on == TODAY - timedelta(days=1)
    with store.reading() as connection:
        floated, converted = get_need(connection, need.id).events
    assert (floated.kind, floated.from_state, floated.to_state) == (
        NeedEventKind.FLOATED, NeedState.CAPTURED, NeedState.EXPLORING,
    )  # fmt: skip
    assert (floated.note, floated.customer_words) == ("a night hotline", "who would pay?")
    assert (converted.person, converted.customer_words, converted.on) == (
        "赵敏", "We need 2 engineers at night", TODAY - timedelta(days=1),
    )  # fmt: skip


def test_undo_takes_a_conversion_back_as_one_step_and_redo_brings_it_back(do, acme, store):
    need = do("add_need", acme.id, SO_DISAPPOINTING)
    do("convert_need", need.id, heard_from=acme.zhao, words="A hotline, please")
    history.undo(store)
    with store.reading() as connection:
        card = get_need(connection, need.id)
    assert (card.need.kind, card.need.state, card.events) == (NeedKind.IMPLICIT, NeedState.CAPTURED, ())
    history.redo(store)
    with store.reading() as connection:
        card = get_need(connection, need.id)
    assert (card.need.kind, card.need.state, len(card.events)) == (NeedKind.EXPLICIT, NeedState.CONFIRMED, 1)


def test_a_conversion_needs_words_a_known_person_and_a_day_that_was(do, acme):
    need = do("add_need", acme.id, SO_DISAPPOINTING, raised_on=TODAY - timedelta(days=3))
    with pytest.raises(BadInput, match="words: it must not be blank"):
        do("convert_need", need.id, heard_from=acme.zhao, words="\n\u3000 ")
    with pytest.raises(NotFound):
        do("convert_need", need.id, heard_from=99, words="x")
    with pytest.raises(Refused, match="Ms Li is not of Acme"):
        do("convert_need", need.id, heard_from=acme.stranger, words="x")
    with pytest.raises(BadInput, match="still to come"):
        do("convert_need", need.id, heard_from=acme.zhao, words="x", on=TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="before the need was raised"):
        do("convert_need", need.id, heard_from=acme.zhao, words="x", on=TODAY - timedelta(days=4))
    with pytest.raises(BadInput, match="no field verbatim"):
        do("convert_need", need.id, heard_from=acme.zhao, words="x", verbatim="other")
    with pytest.raises(BadInput, match="importance: 9 is not from 1 to 5"):
        do("convert_need", need.id, heard_from=acme.zhao, words="x", importance=9)


def test_only_an_open_implicit_need_is_converted(do, acme):
    explicit = do("add_need", acme.id, TWENTY_MACHINES)
    with pytest.raises(Refused, match="explicit already"):
        do("convert_need", explicit.id, heard_from=acme.zhao, words="x")
    lost = do("add_need", acme.id, SO_DISAPPOINTING)
    do("close_need", lost.id, NeedState.LOST, "they left")
    with pytest.raises(Refused, match="closed"):
        do("convert_need", lost.id, heard_from=acme.zhao, words="x")


def test_a_need_without_words_is_refused(do, acme):
    for words in ("", "  \n", "\u200b"):
        with pytest.raises(BadInput, match="verbatim: it must not be blank"):
            do("add_need", acme.id, words)
    with pytest.raises(BadInput, match="100,000"):
        do("add_need", acme.id, "x" * 100_001)


def test_the_source_is_a_person_of_the_group_or_nobody(do, acme):
    with pytest.raises(BadInput, match="not both"):
        do("add_need", acme.id, "x", source=NeedSource.OBSERVED, raised_by_id=acme.zhao)
    with pytest.raises(BadInput, match="which person"):
        do("add_need", acme.id, "x", source=NeedSource.PERSON)
    with pytest.raises(Refused, match="not of Acme"):
        do("add_need", acme.id, "x", raised_by_id=acme.stranger)
    with pytest.raises(BadInput, match="still to come"):
        do("add_need", acme.id, "x", raised_on=TODAY + timedelta(days=1))
    need = do("add_need", acme.id, "x", raised_by_id=acme.zhao)
    assert do("edit_need", need.id, raised_by_id=None).source is NeedSource.UNKNOWN


def test_a_slip_is_mended_within_a_day_and_before_the_first_event(do, acme):
    need = do("add_need", acme.id, "Why is it liek this?")
    assert do("edit_need", need.id, verbatim="Why is it like this?").verbatim == "Why is it like this?"
    with pytest.raises(Refused, match="Add a correction"):
        do("edit_need", need.id, verbatim="Something else", today=TODAY + timedelta(days=2))
    do("edit_need", need.id, importance=5, today=TODAY + timedelta(days=2))
    do("advance_need", need.id)
    with pytest.raises(Refused, match="Add a correction"):
        do("edit_need", need.id, verbatim="Something else")


def test_a_correction_stands_beside_the_words(do, acme, store):
    need = do("add_need", acme.id, "30 machines are wanted", kind=NeedKind.EXPLICIT)
    row = do("correct_need", need.id, "20 machines are wanted", "misheard")
    assert (row.verbatim, row.correction, row.state) == (
        "30 machines are wanted", "20 machines are wanted", NeedState.CAPTURED,
    )  # fmt: skip
    with store.reading() as connection:
        (event,) = get_need(connection, need.id).events
    assert (event.kind, event.note, event.from_state) == (NeedEventKind.CORRECTED, "misheard", None)


def test_an_edit_goes_past_no_event(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    for field in ("state", "raised_as", "account_id", "uid"):
        with pytest.raises(BadInput, match=f"no field {field}"):
            do("edit_need", need.id, **{field: "proposed"})


def test_an_explicit_need_may_turn_out_implicit_and_the_way_back_is_a_conversion(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    row = do("edit_need", need.id, kind=NeedKind.IMPLICIT)
    assert (row.kind, row.raised_as) == (NeedKind.IMPLICIT, NeedKind.IMPLICIT)
    with pytest.raises(Refused, match="by a conversion"):
        do("edit_need", need.id, kind=NeedKind.EXPLICIT)
    moved = do("add_need", acme.id, TWENTY_MACHINES)
    do("advance_need", moved.id)
    with pytest.raises(Refused, match="stays explicit"):
        do("edit_need", moved.id, kind=NeedKind.IMPLICIT)


def test_quantities_are_never_rounded(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    assert do("edit_need", need.id, quantity=Decimal("2.125"), unit=None).quantity == Decimal("2.125")
    assert do("edit_need", need.id, quantity=None).quantity is None
    with pytest.raises(BadInput, match="three decimals"):
        do("edit_need", need.id, quantity=Decimal("0.0001"))
    with pytest.raises(BadInput, match="too large"):
        do("edit_need", need.id, quantity=Decimal("1e20"))


def test_a_need_goes_along_its_way_and_back_and_each_step_is_an_event(do, acme, store):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    do("advance_need", need.id, NeedState.CONFIRMED, note="seen the plan")
    do("advance_need", need.id, steps=-1)
    for _step in range(4):
        row = do("advance_need", need.id)
    assert row.state is NeedState.SATISFIED
    with pytest.raises(Refused, match="no further"):
        do("advance_need", need.id)
    with pytest.raises(Refused, match="satisfied already"):
        do("advance_need", need.id, NeedState.SATISFIED)
    with pytest.raises(Refused, match="wants a reason"):
        do("advance_need", need.id, NeedState.LOST)
    with store.reading() as connection:
        events = get_need(connection, need.id).events
    assert [event.to_state for event in events] == [
        "exploring", "confirmed", "exploring", "confirmed", "proposed", "agreed", "satisfied",
    ]  # fmt: skip
    assert events[0].note == "seen the plan"


def test_a_need_is_closed_for_a_reason_and_reopened_where_it_was(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    do("advance_need", need.id, NeedState.PROPOSED)
    with pytest.raises(Refused, match="needs a reason"):
        do("close_need", need.id, NeedState.LOST, "  ")
    with pytest.raises(Refused, match="not as satisfied"):
        do("close_need", need.id, NeedState.SATISFIED, "x")
    with pytest.raises(Refused, match="is open"):
        do("reopen_need", need.id)
    assert do("close_need", need.id, NeedState.LOST, "to Dongfang").state is NeedState.LOST
    with pytest.raises(Refused, match="lost already"):
        do("close_need", need.id, NeedState.DECLINED, "x")
    with pytest.raises(Refused, match="Reopen it first"):
        do("advance_need", need.id)
    assert do("reopen_need", need.id, "they came back").state is NeedState.PROPOSED


def test_ideas_are_floated_while_exploring_only(do, acme):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    assert do("float_idea", need.id, "rent them").state is NeedState.EXPLORING
    assert do("float_idea", need.id, "lease them").state is NeedState.EXPLORING
    do("advance_need", need.id)
    with pytest.raises(Refused, match="while exploring"):
        do("float_idea", need.id, "buy them")
    with pytest.raises(BadInput, match="idea"):
        do("float_idea", need.id, " ")


def test_an_event_stands_with_a_touch_of_its_own_account_alone(do, acme, store):
    need = do("add_need", acme.id, TWENTY_MACHINES)
    with store.writing() as work:
        there = add_touch(work, acme.other, kind=InteractionKind.CALL)
        here = add_touch(work, acme.id, kind=InteractionKind.CALL)
    with pytest.raises(Refused, match="of another account"):
        do("advance_need", need.id, interaction_id=there.id)
    do("advance_need", need.id, interaction_id=here.id, person_id=acme.zhao)
    with store.reading() as connection:
        assert get_need(connection, need.id).events[0].interaction_id == here.id


def test_the_list_holds_open_needs_the_most_important_first(do, acme, store):
    small = do("add_need", acme.id, "small", importance=2)
    great = do("add_need", acme.id, "great", importance=5)
    gone = do("add_need", acme.id, "gone", importance=5)
    elsewhere = do("add_need", acme.other, TWENTY_MACHINES)
    do("close_need", gone.id, NeedState.OBSOLETE, "moved house")
    with store.reading() as connection:
        assert [row.id for row in list_needs(connection)] == [great.id, small.id, elsewhere.id]
        assert [row.id for row in list_needs(connection, acme.id, open_only=False)] == [great.id, small.id, gone.id]
        assert [row.id for row in list_needs(connection, kind=NeedKind.EXPLICIT)] == [elsewhere.id]
    with store.writing() as work:
        archive_account(work, acme.other, "too small")
    with store.reading() as connection:
        assert elsewhere.id not in [row.id for row in list_needs(connection)]
        assert [row.id for row in list_needs(connection, acme.other)] == [elsewhere.id]


def test_a_list_of_many_needs_is_one_query(do, acme, store):
    for number in range(30):
        do("add_need", acme.id, f"need {number}")
    asked = []
    with store.reading() as connection:
        connection.set_trace_callback(asked.append)
        assert len(list_needs(connection)) == 30
    assert len([statement for statement in asked if statement.lstrip().startswith("SELECT")]) == 1


def test_a_deleted_need_is_gone_with_its_events_and_comes_back(do, acme, store):
    need = do("add_need", acme.id, SO_DISAPPOINTING)
    do("convert_need", need.id, heard_from=acme.zhao, words="A hotline")
    assert do("delete_need", need.id) == SO_DISAPPOINTING
    with store.reading() as connection, pytest.raises(NotFound):
        get_need(connection, need.id)
    history.undo(store)
    with store.reading() as connection:
        assert get_need(connection, need.id).need.wanted == "A hotline"
