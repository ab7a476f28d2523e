"""The facts that matter: each is known once it is recorded, each unknown has its question, the brief and the app count alike."""

from datetime import date, timedelta

import pytest

from kamtui.brief.build import build_brief
from kamtui.domain.enums import (
    BuyingRole,
    FactTopic,
    Influence,
    InteractionKind,
    NeedKind,
    Participation,
    Side,
    Stance,
    Tier,
    ValueOrientation,
)
from kamtui.domain.knowledge import FACTS
from kamtui.store.reads.health import get_health
from kamtui.store.reads.knowledge import list_completeness
from kamtui.store.tables import Account, Contract, Department, Fact, Scorecard, Transaction

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def account(store):
    with store.writing("account") as work:
        return work.add(Account, name="Acme").id


@pytest.fixture
def unknown(store, account):
    def of(day=TODAY):
        with store.reading() as connection:
            return set(list_completeness(connection, [account], day)[account].unknown)

    return of


RECORDED = {
    "economic_buyer": lambda add, account: add.person(account, "Weber", None, BuyingRole.ECONOMIC),
    "economic_buyer_met": lambda add, account: add.touch(
        account, YESTERDAY, [add.person(account, "Weber", None, BuyingRole.ECONOMIC)]
    ),
    "decision_way": lambda add, account: add.work.add(
        Department, account_id=account, name="Purchasing", participation=Participation.APPROVES
    ),
    "standing": lambda add, account: add.person(account, "Kern", stance=Stance.NEUTRAL, influence=Influence.OUTSIDE),
    "coach": lambda add, account: add.person(account, "Kern", stance=Stance.MENTOR),
    "win": lambda add, account: add.person(account, "Kern", None, BuyingRole.USER, win="less paper"),
    "explicit_need": lambda add, account: add.need(account, "20 machines", NeedKind.EXPLICIT),
    "need_by": lambda add, account: add.need(account, "20 machines", NeedKind.EXPLICIT, need_by=TODAY),
    **{
        topic: lambda add, account, topic=topic: add.work.add(
            Fact, account_id=account, topic=FactTopic(topic), text="known", as_of=YESTERDAY
        )
        for topic in ("profile", "awake", "rival", "reference")
    },
    "orders": lambda add, account: order(add, account, gross_profit_minor=None),
    "gross_profit": lambda add, account: order(add, account, gross_profit_minor=10_00),
    "contract": lambda add, account: add.work.add(Contract, account_id=account, what="Frame", signed_on=YESTERDAY),
    "scorecard": lambda add, account: add.work.add(
        Scorecard, account_id=account, criterion="fit", score=3, as_of=YESTERDAY
    ),
    "promises": lambda add, account: add.promise(account, Side.OURS, "Papers", TODAY),
    "recent_touch": lambda add, account: add.touch(account, YESTERDAY, []),
    "tier": lambda add, account: change(add, account, tier=Tier.NON_KEY),
    "value_orientation": lambda add, account: change(add, account, value_orientation=ValueOrientation.EXTRINSIC),
    "potential": lambda add, account: change(add, account, potential=3),
}


def order(add, account, **fields):
    add.work.add(Transaction, account_id=account, on_date=YESTERDAY, revenue_minor=100_00, currency="CNY", **fields)


def change(add, account, **fields):
    add.work.change(add.work.get(Account, account), **fields)


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_that_matters_is_known_once_it_is_recorded(store, account, builder, unknown, key):
    assert unknown() == set(FACTS)
    with store.writing(key) as work:
        RECORDED[key](builder(work), account)
    assert key not in unknown()


@pytest.mark.parametrize(
    "seen",
    [
        lambda add, account: add.person(account, "Seat", None, BuyingRole.ECONOMIC, placeholder=True),
        lambda add, account: add.person(account, "Gone", None, BuyingRole.ECONOMIC, left_on=YESTERDAY),
        lambda add, account: add.touch(account, YESTERDAY, [], kind=InteractionKind.NOTE),
        lambda add, account: add.need(account, "Slow", NeedKind.IMPLICIT),
        lambda add, account: add.work.add(Contract, account_id=account, what="Draft"),
        lambda add, account: add.work.add(
            Department, account_id=account, name="Plant", participation=Participation.EVALUATES
        ),
    ],
)
def test_a_seat_a_note_a_draft_make_nothing_known(store, account, builder, unknown, seen):
    with store.writing("seen") as work:
        seen(builder(work), account)
    assert unknown() == set(FACTS)


def test_one_order_without_gross_profit_makes_it_unknown(store, account, builder, unknown):
    with store.writing("orders") as work:
        order(builder(work), account, gross_profit_minor=10_00)
        order(builder(work), account, gross_profit_minor=None)
    assert unknown() & {"orders", "gross_profit"} == {"gross_profit"}


def test_the_brief_and_the_app_count_the_same_facts_also_of_an_unsorted_account(store, account, known_account, builder):
    with store.writing("people") as work:
        builder(work).person(account, "Weber", None, BuyingRole.ECONOMIC)
    with store.reading() as connection:
        for one in (account, known_account):
            told = build_brief(connection, one, TODAY).completeness
            assert told == get_health(connection, one, TODAY).completeness
            assert told.known


def test_how_much_is_known_never_moves_the_health(store, known_account):
    def health():
        with store.reading() as connection:
            return get_health(connection, known_account, TODAY)

    before = health()
    with store.writing("forget") as work:
        work.execute("DELETE FROM fact")
    after = health()
    assert after.completeness.known == before.completeness.known - 4
    assert after.health == before.health


def test_each_unknown_is_asked_and_what_is_ours_to_answer_is_asked_of_nobody_there(store, account, builder):
    with store.writing("people") as work:
        builder(work).person(account, "Li Ming", stance=Stance.SUPPORTER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kamtui.brief.find_out.QUESTIONS", 99)
        with store.reading() as connection:
            asked = {
                question.text: question.ask for question in build_brief(connection, account, TODAY).find_out.questions
            }
    assert asked[FACTS["reference"].question] == "Li Ming"
    assert asked[FACTS["scorecard"].question] is None
    # Nothing is asked of a meeting with a buyer, or of the day of a need, that is not known itself.
    assert FACTS.keys() - {key for key, fact in FACTS.items() if fact.question in asked} == {
        "economic_buyer_met",
        "need_by",
    }
