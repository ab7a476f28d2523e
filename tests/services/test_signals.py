"""Signals as they are kept: openings and closings, the work of a new day, health at a month's end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.domain.enums import Stage, Tier
from kamtui.domain.errors import Refused
from kamtui.domain.qualification import Criterion
from kamtui.domain.signals.model import Code
from kamtui.services.accounts import add_account, edit_account, merge_accounts
from kamtui.services.people import add_person
from kamtui.services.scorecards import add_score
from kamtui.services.settings import set_setting
from kamtui.services.signals import BATCH, snooze_signal, turn_day
from kamtui.services.touches import add_touch
from kamtui.store.as_of import as_of
from kamtui.store.history import undo
from kamtui.store.reads.health import get_health
from kamtui.store.reads.scorecards import list_scores
from kamtui.store.reads.signals import explain_signal, list_signal_events, list_signals
from kamtui.store.signal_check import wrong_signals
from kamtui.store.signal_index import AT_ONCE
from kamtui.store.signal_rows import count_due
from kamtui.store.tables import Account


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
        found = list_signal_events(connection, account_id)
    return [(one.what, one.on, one.severity) for one in reversed(found) if one.code is code]


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
        assert list_signals(connection, store.today) == [] or before
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
        assert rows == [(acme, "2026-11-30", 13)]
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


def test_a_line_of_another_account_is_not_scored(store, acme):
    from kamtui.services.accounts import product_line_named

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
