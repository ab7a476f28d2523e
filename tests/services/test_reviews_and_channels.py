"""Reviews are planned and held; channels count once the customer was told of them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import ChannelKind, InteractionStatus, ReviewKind
from kamtui.domain.errors import BadInput, Refused
from kamtui.services import channels, criteria, reviews
from kamtui.services.accounts import add_account, merge_accounts
from kamtui.services.colleagues import add_colleague
from kamtui.services.people import add_person, merge_people
from kamtui.store import history
from kamtui.store.reads.channels import get_channel, list_channels
from kamtui.store.reads.criteria import list_criteria
from kamtui.store.reads.reviews import get_review, list_reviews

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=14)


@pytest.fixture
def acme(store):
    with store.writing() as work:
        account, there = add_account(work, "Acme").id, add_account(work, "Other").id
        return SimpleNamespace(
            id=account,
            other=there,
            li=add_person(work, account, "李明").person.id,
            chen=add_person(work, account, "陈国栋").person.id,
            stranger=add_person(work, there, "Stranger").person.id,
            he=add_colleague(work, "He Ping").id,
        )


@pytest.fixture
def do(store, acme):
    def run(module, verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(module, verb)(work, *arguments, **fields)

    return run


def test_a_review_of_a_day_to_come_is_planned_and_then_held(do, acme):
    row = do(reviews, "add_review", acme.id, ReviewKind.EXECUTIVE, on=LATER, people=[acme.chen])
    assert (row.status, row.people, row.colleagues) == (InteractionStatus.PLANNED, ("陈国栋",), ("Gao Lin",))
    row = do(reviews, "hold_review", row.id, colleagues=[acme.he], commitments="second site by June", next_on=LATER)
    assert (row.status, row.on, row.colleagues, row.next_on) == (InteractionStatus.HELD, TODAY, ("He Ping",), LATER)
    with pytest.raises(Refused, match="held already"):
        do(reviews, "hold_review", row.id)
    with pytest.raises(BadInput, match="still to come"):
        do(reviews, "edit_review", row.id, on=LATER)


def test_the_next_one_comes_after_it_and_who_sits_there_is_of_the_customer(do, acme):
    with pytest.raises(BadInput, match="next_on"):
        do(reviews, "add_review", acme.id, ReviewKind.QBR, next_on=TODAY)
    with pytest.raises(Refused, match="not of Acme"):
        do(reviews, "add_review", acme.id, ReviewKind.QBR, people=[acme.stranger])
    row = do(reviews, "add_review", acme.id, ReviewKind.QBR, people=[acme.li, acme.chen, acme.li])
    assert row.person_ids == (acme.li, acme.chen)
    assert do(reviews, "edit_review", row.id, people=[], asks="a date").people == ()


def test_reviews_are_listed_by_kind_newest_first_and_come_back_when_deleted(store, do, acme):
    first = do(reviews, "add_review", acme.id, ReviewKind.QBR, on=TODAY - timedelta(days=90), people=[acme.li]).id
    second = do(reviews, "add_review", acme.id, ReviewKind.INTERNAL).id
    with store.reading() as connection:
        assert [row.id for row in list_reviews(connection, acme.id)] == [second, first]
        assert [row.id for row in list_reviews(connection, kind=ReviewKind.QBR)] == [first]
    do(reviews, "delete_review", first)
    history.undo(store)
    with store.reading() as connection:
        assert get_review(connection, first).people == ("李明",)


def test_two_people_who_are_one_sat_there_once(store, do, acme):
    row = do(reviews, "add_review", acme.id, ReviewKind.QBR, people=[acme.li, acme.chen])
    with store.writing() as work:
        merge_people(work, acme.li, acme.chen)
    with store.reading() as connection:
        assert get_review(connection, row.id).people == ("李明",)


def test_all_four_channels_are_shown_known_or_not(store, do, acme):
    do(channels, "set_channel", acme.id, ChannelKind.COMPLAINT, contact="400 820 1234", colleague_id=acme.he)
    told = do(channels, "tell_channel", acme.id, ChannelKind.COMPLAINT, told_to_id=acme.li)
    assert (told.contact, told.colleague, told.communicated_on, told.told_to) == (
        "400 820 1234",
        "He Ping",
        TODAY,
        "李明",
    )
    with store.reading() as connection:
        rows = list_channels(connection, acme.id)
    assert [(row.kind, row.id is not None) for row in rows] == [
        (ChannelKind.KAM, False),
        (ChannelKind.TECHNICAL, False),
        (ChannelKind.MANAGEMENT, False),
        (ChannelKind.COMPLAINT, True),
    ]


def test_a_channel_is_not_told_in_the_future_nor_to_a_stranger(do, acme):
    with pytest.raises(BadInput, match="still to come"):
        do(channels, "tell_channel", acme.id, ChannelKind.KAM, on=LATER)
    with pytest.raises(Refused, match="not of Acme"):
        do(channels, "tell_channel", acme.id, ChannelKind.KAM, told_to_id=acme.stranger)
    with pytest.raises(Refused, match="no channel of that kind"):
        do(channels, "delete_channel", acme.id, ChannelKind.KAM)


def test_accounts_that_become_one_have_one_channel_of_a_kind_and_lose_nothing(store, do, acme):
    do(channels, "set_channel", acme.id, ChannelKind.COMPLAINT, contact="kept")
    do(channels, "set_channel", acme.other, ChannelKind.COMPLAINT, contact="gone")
    do(channels, "tell_channel", acme.other, ChannelKind.COMPLAINT)
    do(channels, "tell_channel", acme.other, ChannelKind.TECHNICAL)
    do(criteria, "add_criterion", acme.id, "price", weight=3)
    do(criteria, "add_criterion", acme.other, "price", weight=5, our_rating=2)
    with store.writing() as work:
        merge_accounts(work, acme.id, acme.other)
    with store.reading() as connection:
        complaint = get_channel(connection, acme.id, ChannelKind.COMPLAINT)
        technical = get_channel(connection, acme.id, ChannelKind.TECHNICAL)
        (price,) = list_criteria(connection, acme.id)
    assert (complaint.contact, complaint.communicated_on, technical.communicated_on) == ("kept", TODAY, TODAY)
    assert (price.weight, price.our_rating) == (3, 2)
    history.undo(store)
    with store.reading() as connection:
        assert get_channel(connection, acme.other, ChannelKind.COMPLAINT).contact == "gone"
        assert get_channel(connection, acme.id, ChannelKind.COMPLAINT).communicated_on is None


def test_criteria_stand_by_weight_and_what_is_unknown_stays_so(store, do, acme):
    do(criteria, "add_criterion", acme.id, "delivery", weight=2)
    row = do(criteria, "add_criterion", acme.id, "night service", weight=5, our_rating=4, rival="Dongfang")
    assert (row.rival, row.rival_rating) == ("Dongfang", None)
    with store.reading() as connection:
        assert [row.name for row in list_criteria(connection, acme.id)] == ["night service", "delivery"]
    with pytest.raises(Refused, match="already"):
        do(criteria, "edit_criterion", row.id, name="delivery")
    with pytest.raises(BadInput, match="from 0 to 5"):
        do(criteria, "edit_criterion", row.id, rival_rating=6)
    assert do(criteria, "delete_criterion", row.id) == "night service"
