"""Signals as they are kept: openings and closings, the work of a new day, health at a month's end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import NeedKind, NeedState, ReturnStatus, Stage, TaskSource, Tier
from kamtui.domain.errors import Refused
from kamtui.domain.money import Money
from kamtui.domain.qualification import Criterion
from kamtui.domain.signals.model import Code
from kamtui.services.accounts import add_account, edit_account, merge_accounts
from kamtui.services.concessions import add_concession, close_return, promise_return
from kamtui.services.contracts import add_contract
from kamtui.services.issues import add_issue, resolve_issue, respond_to_issue
from kamtui.services.ledger import add_cost, add_transaction
from kamtui.services.needs import add_need, close_need, convert_need, correct_need, float_idea
from kamtui.services.obligations import add_obligation, done_occurrence
from kamtui.services.people import add_person
from kamtui.services.scorecards import add_score
from kamtui.services.settings import set_setting
from kamtui.services.signals import BATCH, snooze_signal, turn_day, wake_signal
from kamtui.services.tasks import add_task, done_task
from kamtui.services.touches import add_touch
from kamtui.store.as_of import as_of
from kamtui.store.history import undo
from kamtui.store.reads.book import get_portfolio
from kamtui.store.reads.health import get_health
from kamtui.store.reads.portfolio_signals import count_signals
from kamtui.store.reads.scorecards import list_scores
from kamtui.store.reads.signals import explain_signal, list_signals
from kamtui.store.reads.timeline import TimelineKind, list_timeline
from kamtui.store.signal_check import wrong_signals
from kamtui.store.signal_index import AT_ONCE
from kamtui.store.signal_rows import count_due
from kamtui.store.tables import Account
from kamtui.store.workspace import Workspace


@pytest.fixture
def acme(store):
    """Acme, T1, touched three weeks ago."""
    with store.writing() as work:
        account_id = add_account(work, "Acme", tier=Tier.T1).id
        add_touch(work, account_id, on=work.today - timedelta(days=21))
    return account_id


def later(store, days):
    return replace(store, today=store.today + timedelta(days=days))


def events(store, account_id, code=Code.NEGLECT):
    with store.reading() as connection:
        found = list_timeline(connection, account_id, date.max, kinds=[TimelineKind.SIGNAL])
    return [(row.event, row.on, row.detail) for row in reversed(found) if row.what == code]


def due(space):
    with space.reading() as connection:
        return count_due(connection, space.today)


def test_what_opens_and_closes_is_noted_with_its_day_and_outlives_an_undo(store, acme):
    tomorrow, week = later(store, 1), later(store, 7)
    turn_day(week)
    assert events(store, acme) == [("opened", tomorrow.today, "warn")]
    with week.writing() as work:
        add_touch(work, acme)
    assert events(store, acme)[1:] == [("closed", week.today, None)]
    undo(week)
    assert [what for what, *_rest in events(store, acme)] == ["opened", "closed", "opened"]


def test_a_touch_with_somebody_of_another_account_counts_for_them_there(store, acme):
    with store.writing() as work:
        other = add_account(work, "Bolt", tier=Tier.T2).id
        buyer = add_person(work, other, "J. Okafor", roles=["economic"]).person.id
    with later(store, 300).writing() as work:
        add_touch(work, acme, people=[buyer])
    with store.reading() as connection:
        today = store.today + timedelta(days=300)
        assert not [row for row in list_signals(connection, today, account_id=other) if row.subject_id == buyer]
        assert wrong_signals(connection, today) == []


def test_a_new_day_is_worked_in_small_steps_and_goes_on_where_it_was_stopped(store):
    with store.writing() as work:
        for number in range(BATCH + 5):
            add_account(work, f"A{number}", tier=Tier.T1)
    with store.writing() as work:
        set_setting(work, "signal.neglect.account_warn", "100")
    month = later(store, 40)
    assert due(month) == BATCH + 5
    heard = []
    turn_day(month, on_progress=lambda done, of: heard.append((done, of)), stop=lambda: bool(heard))
    assert (heard, due(month)) == ([(BATCH, BATCH + 5)], 5)
    assert turn_day(month) == 5
    assert due(month) == 0
    with month.reading() as connection:
        assert wrong_signals(connection, month.today) == []


def test_more_accounts_than_are_asked_at_once_are_right_all_the_same(store):
    with store.writing() as work:
        work.add_many(
            Account,
            [
                {"name": f"A{n}", "tier": Tier.T1, "kam_id": work.me, "tier_since": date(2026, 1, 1)}
                for n in range(AT_ONCE + 1)
            ],
        )
    assert due(store) == AT_ONCE + 1
    year = later(store, 365)
    with year.reading() as connection:
        assert len({row.account_id for row in list_signals(connection, year.today)}) == AT_ONCE + 1


def test_a_reading_for_another_day_changes_nothing_that_is_stored(store, acme):
    with store.reading() as connection:
        before = connection.execute("SELECT * FROM signal_finding").fetchall()
        assert before
        grave = {row.code: row.severity for row in list_signals(connection, store.today + timedelta(days=90))}
        assert grave[Code.NEGLECT] == "critical"
        assert connection.execute("SELECT * FROM signal_finding").fetchall() == before


def test_how_signals_stood_on_a_past_day_can_be_asked(store, acme):
    week = later(store, 7)
    with week.writing() as work:
        add_touch(work, acme)
    with week.reading() as connection:
        copy = as_of(connection, store.today + timedelta(days=1))
        assert Code.NEGLECT in {row.code for row in list_signals(copy, store.today + timedelta(days=1))}
        copy.close()


def test_the_trend_of_the_health_does_not_wait_until_the_month_is_noted(store, acme):
    december = later(store, 30)

    def card():
        with december.reading() as connection:
            return get_health(connection, acme, december.today)

    before = card()
    assert [month.ends_on.isoformat() for month in before.months] == ["2026-11-30"]
    turn_day(december)
    assert card() == before


def test_the_health_of_a_month_is_noted_once_and_gives_the_trend(store, acme):
    december = replace(store, today=date(2026, 12, 5))
    turn_day(december)
    turn_day(december)
    with december.reading() as connection:
        rows = connection.execute("SELECT account_id, ends_on, of FROM health_month").fetchall()
        assert rows == [(acme, "2026-11-30", 21)]
        card = get_health(connection, acme, december.today)
    assert [month.ends_on for month in card.months] == [date(2026, 11, 30)]
    assert (card.health.score, card.change) == (None, None)


def test_the_work_of_a_day_is_no_step_that_undo_takes_back(store, acme):
    turn_day(later(store, 30))
    (point,) = undo(store)
    assert "Acme" in point.label


def test_a_merge_takes_scores_and_snoozes_along(store, acme):
    with store.writing() as work:
        other = add_account(work, "Bolt", tier=Tier.T1).id
        add_score(work, other, Criterion.FIT, 3)
        add_touch(work, other, on=work.today - timedelta(days=40))
        snooze_signal(work, other, Code.NO_ECONOMIC_BUYER, work.today + timedelta(days=3), reason="on it")
        merge_accounts(work, acme, other)
    with store.reading() as connection:
        assert [row.criterion for row in list_scores(connection, acme)] == [Criterion.FIT]
        assert connection.execute("SELECT account_id FROM signal_state").fetchall() == [(acme,)]
        assert wrong_signals(connection, store.today) == []


def test_what_was_put_off_hides_nothing_else_that_its_signal_says(store, acme):
    """S0: half of all revenue is known and may wait; that it brings a loss is news."""
    with store.writing() as work:
        add_transaction(work, acme, Money(100_00, "CNY"), gross_profit=Money(50_00, "CNY"), on=store.today)
        add_transaction(work, add_account(work, "Bolt").id, Money(100_00, "CNY"), on=store.today)
    with store.writing() as work:
        row = snooze_signal(work, acme, Code.THIN_PROFIT, store.today + timedelta(days=10), reason="known")
    assert (row.aspect, row.severity) == ("profit.share", "critical")
    with store.writing() as work:
        add_cost(work, acme, Money(4_550_00, "CNY"), on=store.today)

    def speaking(snoozed=False):
        with store.reading() as connection:
            found = list_signals(connection, store.today, account_id=acme, code=Code.THIN_PROFIT, snoozed=snoozed)
            assert wrong_signals(connection, store.today) == []
            assert count_signals(connection, store.today)[acme].critical == 1 + sum(
                one.severity == "critical" for one in found if one.snoozed_until is None
            )
        return {one.aspect: one.snoozed_until for one in found}

    assert speaking() == {"profit.loss": None}
    assert speaking(snoozed=True) == {"profit.loss": None, "profit.share": store.today + timedelta(days=10)}
    with store.writing() as work:
        later_on = store.today + timedelta(days=5)
        snooze_signal(work, acme, Code.THIN_PROFIT, later_on, reason="one-off", aspect="profit.loss")
    assert speaking() == {}
    with store.writing() as work:
        wake_signal(work, acme, Code.THIN_PROFIT, aspect="profit.loss")
    assert speaking() == {"profit.loss": None}


def test_what_was_put_off_before_aspects_were_told_apart_still_rests(store, acme):
    with store.writing() as work:
        row = snooze_signal(work, acme, Code.NO_ECONOMIC_BUYER, store.today + timedelta(days=3), reason="on it")
        work.execute("UPDATE signal_state SET aspect = NULL")

    def speaks():
        with store.reading() as connection:
            assert wrong_signals(connection, store.today) == []
            found = list_signals(connection, store.today, account_id=acme, code=row.code)
            return bool(found), count_signals(connection, store.today)[acme].critical

    assert speaks() == (False, 0)
    with store.writing() as work:
        wake_signal(work, acme, Code.NO_ECONOMIC_BUYER)
    assert speaks() == (True, 1)


def test_a_task_renews_the_contract_that_it_names(store, acme):
    def ends():
        with store.reading() as connection:
            assert wrong_signals(connection, store.today) == []
            found = list_signals(connection, store.today, account_id=acme, code=Code.COMPLACENCY)
            return sorted(row.subject_name for row in found if row.aspect == "contract.ends")

    def task(what, **fields):
        with store.writing() as work:
            add_task(work, what, account_id=acme, **fields)

    with store.writing() as work:
        soon = {"signed_on": store.today - timedelta(days=300), "ends_on": store.today + timedelta(days=60)}
        paper, toner = (add_contract(work, acme, what, **soon).contract.id for what in ("Paper 2026", "碳粉框架"))
    task("renew the parking permit")
    task("ask about Paper 2026")
    task("Meet J. Okafor", source=TaskSource.SIGNAL, source_id=paper)
    assert ends() == ["Paper 2026", "碳粉框架"]
    task("Renew paper 2026 by May")
    assert ends() == ["碳粉框架"]
    task("续签碳粉框架")
    assert ends() == []
    undo(store)
    task("续约", source=TaskSource.SIGNAL, source_id=toner)
    assert ends() == []


def test_who_buys_in_two_currencies_leaves_no_share_of_the_book(store, acme):
    with store.writing() as work:
        bolt = add_account(work, "Bolt").id
        for account_id, currency in ((acme, "CNY"), (bolt, "CNY"), (bolt, "EUR")):
            add_transaction(work, account_id, Money(100_00, currency), on=store.today)
    with store.reading() as connection:
        told = explain_signal(connection, store.today, acme, Code.THIN_PROFIT)
        assert wrong_signals(connection, store.today) == []
        assert {line.share for line in get_portfolio(connection, store.today).lines} == {None}
    assert (told.found, told.lacks) == ((), ("Amounts are in more than one currency, and no rate is known.",))


def test_to_correct_the_words_of_a_need_is_no_step_of_it(store, acme):
    with store.writing() as work:
        need = add_need(work, acme, "why is it always late?", kind=NeedKind.IMPLICIT).id
    month = later(store, 40)

    def unexplored():
        with month.reading() as connection:
            found = list_signals(connection, month.today, account_id=acme, code=Code.NEED_UNEXPLORED)
        return [(str(row.severity), row.days) for row in found if row.aspect == "need.unexplored"]

    assert unexplored() == [("critical", 25)]
    with month.writing() as work:
        correct_need(work, need, "why is it often late?")
    assert unexplored() == [("critical", 25)]
    with month.writing() as work:
        float_idea(work, need, "a buffer stock")
    assert unexplored() == []


def test_what_is_added_in_the_evening_west_of_greenwich_speaks_that_evening(store, monkeypatch):
    monkeypatch.setattr(Workspace, "now", lambda self: f"{self.today + timedelta(days=1)}T02:00:00.000Z")
    with store.writing() as work:
        cargo = add_account(work, "Cargo", tier=Tier.T1).id
        add_person(work, cargo, "J. Okafor", roles=["user"])
        add_touch(work, cargo)

    def found(day):
        with store.reading() as connection:
            assert wrong_signals(connection, day) == []
            return {row.aspect: row.since for row in list_signals(connection, day, account_id=cargo)}

    assert found(store.today)["buyer.none"] == store.today
    assert found(store.today + timedelta(days=1))["buyer.none"] == store.today


def test_what_is_done_later_is_not_known_on_a_day_before(store, acme):
    """A read for a past day knows what was dated by then: nothing of what was answered, met, done or converted since."""
    with store.writing() as work:
        buyer = add_person(work, acme, "J. Okafor", roles=["economic"]).person.id
        slow, late = (add_issue(work, acme, words).id for words in ("late again", "wrong box"))
        dull, clear = (add_need(work, acme, words, kind=NeedKind.IMPLICIT).id for words in ("why?", "how so?"))
        add_obligation(work, acme, "market outlook", first_due=work.today + timedelta(days=2))
        ((owed,),) = work.execute("SELECT id FROM occurrence").fetchall()
        rebate = add_concession(work, acme, "rebate").id
        promised = promise_return(work, rebate, "600 sets", due=work.today + timedelta(days=9), written=True).id
        add_contract(work, acme, "Frame", signed_on=work.today, ends_on=work.today + timedelta(days=60))
        renewal = add_task(work, "Renew Frame", account_id=acme).id
    then, now = later(store, 20), later(store, 40)

    def spoke():
        with now.reading() as connection:
            rows = list_signals(connection, then.today, account_id=acme, gaps=True)
        return {(row.aspect, row.subject_id, row.severity, row.since, row.next_on) for row in rows}

    before = spoke()
    assert {aspect for aspect, *_rest in before} >= {
        "complaint.unanswered", "need.unexplored", "obligation.ours", "return.overdue",
    }  # fmt: skip
    with now.writing() as work:
        respond_to_issue(work, slow, "looking into it")
        resolve_issue(work, late, "sent the right one")
        float_idea(work, dull, "a buffer stock")
        convert_need(work, clear, heard_from=buyer, words="two days at most")
        close_need(work, clear, NeedState.LOST, "a rival")
        done_occurrence(work, owed)
        close_return(work, promised, ReturnStatus.MET)
        done_task(work, renewal)
    assert spoke() == before
    with now.reading() as connection:
        aspects = {row.aspect for row in list_signals(connection, now.today, account_id=acme)}
    assert not aspects & {"complaint.unanswered", "need.unexplored", "obligation.ours", "return.overdue"}


def test_a_share_of_the_book_is_as_old_as_it_is_whatever_comes_in_since(store, acme):
    """Half of all revenue since the first order; what is ordered and spent later changes nothing of that."""
    month = later(store, 40)

    def told(since):
        with month.reading() as connection:
            rows = list_signals(connection, month.today, account_id=acme, code=Code.THIN_PROFIT)
            assert wrong_signals(connection, month.today) == []
        return [(row.aspect, row.since - since) for row in rows]

    with month.writing() as work:
        bolt = add_account(work, "Bolt").id
        for days, account_id in ((2, acme), (0, bolt)):
            add_transaction(work, account_id, Money(100_00, "CNY"), on=store.today + timedelta(days=days))
    assert told(store.today) == [("profit.share", timedelta(days=2))]
    with month.writing() as work:
        for days in range(10, 40):
            add_transaction(work, acme, Money(1, "CNY"), on=store.today + timedelta(days=days))
        add_cost(work, acme, Money(1, "CNY"), on=month.today)
        add_concession(work, acme, "rebate", value=Money(1, "CNY"), on=month.today)
    assert told(store.today) == [("profit.share", timedelta(days=2))]


def test_a_loss_is_as_old_as_it_is_and_begins_anew_where_it_was_made_good(store, acme):
    def on(days):
        return store.today + timedelta(days=days)

    month = later(store, 60)
    with month.writing() as work:
        add_transaction(work, acme, Money(100, "CNY"), gross_profit=Money(50, "CNY"), on=on(1))
        add_cost(work, acme, Money(60, "CNY"), on=on(5))
        add_cost(work, acme, Money(5, "CNY"), on=on(30))

    def loss():
        with month.reading() as connection:
            rows = list_signals(connection, month.today, account_id=acme, code=Code.THIN_PROFIT)
            assert wrong_signals(connection, month.today) == []
        return [row.since for row in rows if row.aspect == "profit.loss"]

    assert loss() == [on(5)]
    with month.writing() as work:
        add_transaction(work, acme, Money(100, "CNY"), gross_profit=Money(20, "CNY"), on=on(40))
    assert loss() == []
    with month.writing() as work:
        add_cost(work, acme, Money(6, "CNY"), on=on(50))
    assert loss() == [on(50)]


def test_a_line_of_another_account_is_not_scored(store, acme):
    from kamtui.services.product_lines import product_line_named

    with store.writing() as work:
        line = product_line_named(work, add_account(work, "Bolt").id, "paper")
    with pytest.raises(Refused), store.writing() as work:
        add_score(work, acme, Criterion.FIT, 3, product_line_id=line)


def test_the_channels_and_executives_begin_with_the_stable_stage(store, acme):
    with store.reading() as connection:
        assert explain_signal(connection, store.today, acme, Code.NO_EXECUTIVE_MEETING).lacks
    with store.writing() as work:
        edit_account(work, acme, stage=Stage.STABLE)
    with store.reading() as connection:
        told = explain_signal(connection, store.today, acme, Code.NO_EXECUTIVE_MEETING)
    assert [row.severity for row in told.found] == ["info"]


@pytest.mark.parametrize("days", [0, 13, 100, 3000])
def test_an_unsorted_account_is_quiet_on_every_day(store, days):
    with store.writing() as work:
        account_id = add_account(work, "Bare").id
        add_person(work, account_id, "Somebody", roles=["economic"])
    with store.reading() as connection:
        assert list_signals(connection, store.today + timedelta(days=days), gaps=True) == []
