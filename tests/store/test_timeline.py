"""The timeline: everything that happened in one account, newest first, page by page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import (
    CostKind,
    FactTopic,
    InteractionKind,
    NeedCategory,
    NeedState,
    ReturnStatus,
    ReviewKind,
    Stage,
)
from kamtui.domain.money import Money
from kamtui.services.accounts import add_account, add_fact
from kamtui.services.concessions import add_concession, close_return, promise_return
from kamtui.services.contracts import add_contract
from kamtui.services.incidents import add_incident, note_incident, resolve_incident
from kamtui.services.issues import add_issue, defer_issue, respond_to_issue
from kamtui.services.ledger import add_cost, add_transaction
from kamtui.services.needs import add_need, convert_need, float_idea
from kamtui.services.obligations import add_obligation, done_occurrence
from kamtui.services.people import add_person, leave, move_person
from kamtui.services.reviews import add_review
from kamtui.services.stages import change_stage
from kamtui.services.tasks import add_task, done_task
from kamtui.services.touches import add_touch
from kamtui.store.reads.timeline import TimelineKind, list_timeline

TODAY = date(2026, 11, 23)


def ago(days):
    return TODAY - timedelta(days=days)


def rows(store, account, **how):
    with store.reading() as connection:
        return list_timeline(connection, account, TODAY, **how)


@pytest.fixture
def acme(store):
    """An account in which everything happened once, on days of its own."""
    with store.writing() as work:
        account = add_account(work, "Acme").id
        chen = add_person(work, account, "陈国栋").person.id
        zhao = add_person(work, account, "赵敏").person.id
        move_person(work, zhao, chen, since=ago(90))
        add_touch(work, account, on=ago(80), at="9:30", people=[zhao, chen], summary="walked the machine room")
        add_touch(work, account, on=ago(79), kind=InteractionKind.NOTE, summary="she sounded tired")
        add_touch(work, account, on=TODAY + timedelta(days=1), planned=True, purpose="to come")
        need = add_need(
            work, account, "太让人失望了", raised_by_id=zhao, raised_on=ago(70), category=NeedCategory.RISK
        ).id
        float_idea(work, need, "night hotline", on=ago(69))
        convert_need(work, need, heard_from=zhao, words="an answer within the hour", on=ago(68))
        promised = add_obligation(work, account, "market outlook", cadence="3m", first_due=ago(60))
        done_occurrence(work, promised.occurrence_id, on=ago(61), acknowledged_by_id=chen, evidence="sent")
        done_task(work, add_task(work, "print the report", account_id=account, person_id=zhao).id, on=ago(55))
        give = add_concession(work, account, "5 % off", on=ago(50), value=Money(30_000, "CNY")).id
        close_return(work, promise_return(work, give, "a reference visit").id, ReturnStatus.MET, on=ago(45))
        add_contract(work, account, "Frame", signed_on=ago(40), quantity=Decimal(5))
        issue = add_issue(work, account, "Nobody answers", raised_by_id=zhao, received_on=ago(35)).id
        respond_to_issue(work, issue, "called her", on=ago(34))
        defer_issue(work, issue, "no spare part", on=ago(33))
        incident = add_incident(work, account, "Outage", happened_on=ago(30)).incident.id
        note_incident(work, incident, "service back", on=ago(29), at="11:40")
        resolve_incident(work, incident, "second line", merit="there first", on=ago(28))
        add_review(work, account, ReviewKind.EXECUTIVE, on=ago(25), people=[chen], commitments="a date")
        change_stage(work, account, Stage.STABLE, reason="signed", on=ago(20))
        add_fact(work, account, FactTopic.RIVAL, "Dongfang offers 8 % less", as_of=ago(15), source="孙浩")
        add_transaction(work, account, Money(21_240_000, "CNY"), on=ago(10))
        add_cost(work, account, Money(300_000, "CNY"), on=ago(9), kind=CostKind.VISIT)
        leave(work, zhao, on=ago(5))
        other = add_account(work, "Other").id
        add_touch(work, other, on=ago(1), summary="elsewhere")
    return account


def test_everything_that_happened_stands_there_newest_first(store, acme):
    told = [(f"{(TODAY - row.on).days}", row.kind.value, row.event, row.what) for row in rows(store, acme, limit=99)]
    assert told == [
        ("5", "person", "left", "赵敏"),
        ("9", "cost", "visit", ""),
        ("10", "order", "main", ""),
        ("15", "fact", "rival", "Dongfang offers 8 % less"),
        ("20", "stage", "decided", "building > stable"),
        ("25", "review", "executive", "a date"),
        ("28", "incident", "resolved", "Outage"),
        ("29", "incident", "went on", "service back"),
        ("30", "incident", "happened", "Outage"),
        ("33", "issue", "deferred", "Nobody answers"),
        ("34", "issue", "answered", "Nobody answers"),
        ("35", "issue", "received", "Nobody answers"),
        ("40", "contract", "signed", "Frame"),
        ("45", "give", "met", "a reference visit"),
        ("50", "give", "given", "5 % off"),
        ("55", "task", "done", "print the report"),
        ("61", "promise", "done", "market outlook"),
        ("68", "need", "converted", "an answer within the hour"),
        ("69", "need", "floated", "night hotline"),
        ("70", "need", "raised", "太让人失望了"),
        ("79", "note", "note", "she sounded tired"),
        ("80", "touch", "meeting", "walked the machine room"),
        ("90", "person", "reports to", "赵敏"),
    ]


def test_a_row_says_who_and_how_much_and_which_record_it_is_of(store, acme):
    told = {(row.kind, row.event): row for row in rows(store, acme, limit=99)}
    met = told[TimelineKind.TOUCH, "meeting"]
    assert (met.who, met.at_time, met.entity) == ("赵敏, 陈国栋", "09:30", "interaction")
    assert told[TimelineKind.ORDER, "main"].amount == Money(21_240_000, "CNY")
    assert told[TimelineKind.NEED, "converted"].detail == f"{NeedState.EXPLORING} > {NeedState.CONFIRMED}"
    assert told[TimelineKind.PERSON, "reports to"].detail == "陈国栋"
    assert told[TimelineKind.ISSUE, "deferred"].detail == "no spare part"
    assert told[TimelineKind.PROMISE, "done"].detail == "ours: sent"


def test_it_is_filtered_by_kind(store, acme):
    some = rows(store, acme, kinds=[TimelineKind.NEED, TimelineKind.TASK])
    assert [row.event for row in some] == ["done", "converted", "floated", "raised"]


def test_what_is_still_to_come_has_not_happened(store, acme):
    with store.reading() as connection:
        assert list_timeline(connection, acme, ago(70))[0].what == "太让人失望了"
        assert list_timeline(connection, acme, ago(500)) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "8:00", "9:00"])), max_size=12),
    page=st.integers(1, 5),
)
def test_page_by_page_it_is_what_one_long_page_is(store, days, page):
    with store.writing() as work:
        account = add_account(work, f"Account {work.point_id}").id
        for back, at in days:
            add_touch(work, account, on=ago(back), at=at, summary="x")
            add_need(work, account, "y", raised_on=ago(back))
    whole = rows(store, account, limit=99)
    paged, last = [], None
    while more := rows(store, account, limit=page, after=last):
        paged += more
        last = more[-1]
    assert paged == whole
    assert len(whole) == 2 * len(days)
