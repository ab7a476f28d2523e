"""Stages: the duties of each, what the data tell of them, and the decision to move on."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import (
    BuyingRole,
    ChannelKind,
    FactTopic,
    PersonLevel,
    ReviewKind,
    Stage,
    Tier,
    TransactionKind,
)
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.money import Money
from kamtui.domain.stages import DUTIES
from kamtui.services.accounts import add_account, add_fact, edit_account, merge_accounts
from kamtui.services.channels import tell_channel
from kamtui.services.incidents import add_incident, resolve_incident
from kamtui.services.ledger import add_transaction
from kamtui.services.people import add_person
from kamtui.services.reviews import add_review
from kamtui.services.stages import change_stage, judge_duty, unjudge_duty
from kamtui.services.touches import add_touch
from kamtui.store import history
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.stages import list_duties, list_stage_decisions

TODAY = date(2026, 11, 23)


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return add_account(work, "Acme").id


@pytest.fixture
def met(store, acme):
    """What is met of the duties, today or on another day."""

    def read(code, day=TODAY):
        with store.reading() as connection:
            return next(row.met for row in list_duties(connection, acme, day) if row.code == code)

    return read


def test_each_stage_has_the_duties_of_s1_in_order(store, acme):
    with store.reading() as connection:
        rows = list_duties(connection, acme, TODAY)
        stable = list_duties(connection, acme, TODAY, Stage.STABLE)
    assert [row.code for row in rows] == [duty.code for duty in DUTIES]
    assert [len([row for row in rows if row.stage is stage]) for stage in Stage] == [7, 7, 3]
    assert {row.stage for row in stable} == {Stage.STABLE}
    assert not any(row.judged for row in rows)


def test_what_nobody_judged_and_no_data_tell_is_unknown(met):
    assert (met("value_proposition"), met("deciders_met"), met("merit")) == (None, None, None)
    assert met("one_kam") is False


def test_the_data_tell_of_building(store, acme, met):
    with store.writing() as work:
        edit_account(work, acme, tier=Tier.T1)
        add_fact(work, acme, FactTopic.PROFILE, "210 branches")
        add_fact(work, acme, FactTopic.REFERENCE, "沪宁银行 runs it")
        chen = add_person(work, acme, "陈国栋", level=PersonLevel.EXECUTIVE).person.id
        add_person(work, acme, "clerk")
    assert [met(code) for code in ("one_kam", "industry_brief", "references", "deciders_met")] == [
        True,
        True,
        True,
        False,
    ]
    with store.writing() as work:
        add_touch(work, acme, people=[chen])
    assert met("deciders_met") is True
    with store.writing() as work:
        add_person(work, acme, "CFO", placeholder=True, roles=[BuyingRole.ECONOMIC])
    assert met("deciders_met") is False, "a placeholder is a decider whom nobody has met"


def test_the_data_tell_of_stable(store, acme, met):
    with store.writing() as work:
        for kind in (ChannelKind.COMPLAINT, ChannelKind.TECHNICAL):
            tell_channel(work, acme, kind)
        incident = add_incident(work, acme, "Outage").incident.id
        add_review(work, acme, ReviewKind.EXECUTIVE, on=TODAY - timedelta(days=179))
        edit_account(work, acme, exec_sponsor_id=work.me)
    codes = ("complaint_channel", "other_channels", "merit", "executives_meet", "sponsor")
    assert [met(code) for code in codes] == [True, False, False, True, True]
    assert met("executives_meet", TODAY + timedelta(days=1)) is False
    with store.writing() as work:
        tell_channel(work, acme, ChannelKind.MANAGEMENT)
        resolve_incident(work, incident, "mended", merit="we were there first")
    assert (met("other_channels"), met("merit")) == (True, True)


def test_the_data_tell_of_strengthening(store, acme, met):
    assert (met("reciprocity"), met("involvement")) == (False, None)
    with store.writing() as work:
        add_transaction(work, acme, Money(100, "CNY"), kind=TransactionKind.RECIPROCAL_PURCHASE)
        edit_account(work, acme, involvement_depth=3)
    assert (met("reciprocity"), met("involvement")) == (True, True)


def test_what_a_person_says_stands_above_what_the_data_tell(store, acme, met):
    with store.writing() as work:
        row = judge_duty(work, acme, "one_kam", True, note="since the hand-over", on=TODAY - timedelta(days=3))
    assert (row.met, row.judged, row.judged_on, row.note) == (
        True,
        True,
        TODAY - timedelta(days=3),
        "since the hand-over",
    )
    with store.writing() as work:
        assert judge_duty(work, acme, "one_kam", False).note == "since the hand-over"
    assert met("one_kam") is False
    with store.writing() as work:
        edit_account(work, acme, tier=Tier.T1)
    assert met("one_kam") is False
    with store.writing() as work:
        assert unjudge_duty(work, acme, "one_kam").met is True
    with pytest.raises(Refused, match="Nobody has judged"), store.writing() as work:
        unjudge_duty(work, acme, "one_kam")


def test_a_code_that_is_none_is_told_with_those_there_are(store, acme):
    with pytest.raises(BadInput, match="scorecard, industry_brief"), store.writing() as work:
        judge_duty(work, acme, "coffee", True)
    with pytest.raises(BadInput, match="still to come"), store.writing() as work:
        judge_duty(work, acme, "solution", True, on=TODAY + timedelta(days=1))


def test_leaving_a_stage_records_what_was_unmet_and_stays_the_managers_decision(store, acme):
    with store.writing() as work:
        judge_duty(work, acme, "scorecard", True)
        decision = change_stage(work, acme, Stage.STABLE, reason="second contract signed", on=TODAY - timedelta(days=2))
    assert (decision.from_stage, decision.to_stage, decision.decided_on) == (
        Stage.BUILDING,
        Stage.STABLE,
        TODAY - timedelta(days=2),
    )
    assert decision.unmet == (
        "industry_brief", "value_proposition", "references", "one_kam", "deciders_met", "solution",
    )  # fmt: skip
    with store.reading() as connection:
        assert get_account(connection, acme).stage is Stage.STABLE
    with pytest.raises(Refused, match="in that stage"), store.writing() as work:
        change_stage(work, acme, Stage.STABLE)
    with pytest.raises(BadInput, match="before the last change"), store.writing() as work:
        change_stage(work, acme, Stage.BUILDING, on=TODAY - timedelta(days=3))
    history.undo(store)
    with store.reading() as connection:
        assert get_account(connection, acme).stage is Stage.BUILDING
        assert list_stage_decisions(connection, acme) == []


def test_an_edit_that_changes_the_stage_is_a_decision_too(store, acme):
    with store.writing() as work:
        edit_account(work, acme, stage=Stage.STRENGTHENING, note="x")
        edit_account(work, acme, stage=Stage.STRENGTHENING)
    with store.reading() as connection:
        (decision,) = list_stage_decisions(connection, acme)
        assert get_account(connection, acme).note == "x"
    assert (decision.to_stage, decision.decided_on) == (Stage.STRENGTHENING, TODAY)


def test_a_decision_stays_as_it_was_made(store, acme):
    with store.writing() as work:
        change_stage(work, acme, Stage.STABLE)
    for statement in (
        "UPDATE stage_decision SET decided_on = '2026-01-01'",
        "UPDATE stage_decision SET to_stage = 'strengthening'",
    ):
        with pytest.raises(Refused, match="stays as it was made"), store.writing() as work:
            work.execute(statement)


def test_accounts_that_become_one_keep_both_their_decisions(store, acme):
    with store.writing() as work:
        other = SimpleNamespace(id=add_account(work, "Other").id)
        change_stage(work, other.id, Stage.STABLE)
        judge_duty(work, other.id, "solution", True)
        judge_duty(work, acme, "solution", False)
    with store.writing() as work:
        merge_accounts(work, acme, other.id)
    with store.reading() as connection:
        assert [row.to_stage for row in list_stage_decisions(connection, acme)] == [Stage.STABLE]
        assert connection.execute("SELECT account_id, met FROM stage_check").fetchall() == [(acme, 0)]
