"""Signals and health where one works: in the head of an account, in the portfolio, in the search box, and as a day turns."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from subprocess import Popen

import pytest

from kamtui.domain.enums import Tier
from kamtui.domain.errors import DatabaseUnusable
from kamtui.domain.signals.model import Code
from kamtui.services.accounts import add_account, sort_account
from kamtui.services.new_day import begin
from kamtui.store.reads.at_risk import is_due, list_lanes
from kamtui.store.reads.health import get_health
from kamtui.store.reads.portfolio_signals import count_signals
from kamtui.store.reads.resolve import find
from kamtui.store.reads.signals import list_signals
from kamtui.store.signal_index import AT_ONCE


@pytest.fixture
def bank(demo):
    with demo.reading() as connection:
        return find(connection, "account", "Huadong Bank 华东银行")


async def open_account(seat, account_id):
    await seat.app.go("work", account_id=account_id)
    await seat.settle()


def first_of(workspace, account_id):
    with workspace.reading() as connection:
        lanes = list_lanes(connection, workspace.today, limit=1, account_id=account_id)
    return lanes.at_risk[0]


# The account


async def test_the_head_shows_health_and_completeness_apart_with_bars_and_trend(open_app, demo, bank):
    with sqlite3.connect(demo.path) as kept:
        kept.executemany(
            "INSERT INTO health_month (account_id, ends_on, score, parts, known, of) VALUES (?, ?, ?, '[]', 10, 21)",
            [(bank, "2026-09-30", 55), (bank, "2026-10-31", 52)],
        )
    with demo.reading() as connection:
        card = get_health(connection, bank, demo.today)
    async with open_app(demo, size=(160, 40)) as seat:
        await open_account(seat, bank)
        head = seat.lines[1]
        assert f"health {card.health.score} ^{card.health.score - 52} (5 of 5 known)" in head
        assert "facts 90%" in head
        parts = seat.lines[3]
        for name in ("coverage", "engagement", "needs", "promises kept", "commercial"):
            assert name in parts
        assert "██" in parts
        assert "months' ends 55 52" in parts


async def test_the_first_signal_of_the_head_is_the_one_that_the_queue_shows(open_app, demo, bank):
    async with open_app(demo, size=(140, 40)) as seat:
        await open_account(seat, bank)
        assert first_of(demo, bank).what in seat.lines[2]
        assert "w why" in seat.lines[2]


async def test_an_unsorted_account_has_no_signals_and_no_health(open_app, store):
    with store.writing() as work:
        account = add_account(work, "Baltic Freight")
    async with open_app(store) as seat:
        await open_account(seat, account.id)
        assert "health" not in seat.text
        await seat.press("f")
        assert any("No signal speaks" in toast for toast in seat.toasts)


async def test_w_explains_the_first_signal_the_others_and_the_health(open_app, demo, bank):
    async with open_app(demo, size=(140, 40)) as seat:
        await open_account(seat, bank)
        await seat.press("w")
        assert "FORMULA" in seat.text
        assert "ALSO ON THIS ACCOUNT" in seat.text
        await seat.press("G")
        assert "NOT KNOWN YET" in seat.text or "coverage" in seat.text


async def test_f_and_s_act_on_the_first_signal_from_a_pane(open_app, demo, bank):
    async with open_app(demo, size=(140, 40)) as seat:
        await open_account(seat, bank)
        first = seat.app.place.standing.first
        await seat.press("f")
        assert f'[planned] @"{first.subject_name}"' in seat.text
        await seat.press("escape")
        await seat.press("s", "1")
        await seat.type("on leave")
        await seat.press("enter")
        assert seat.app.place.standing.first != first
    with demo.reading() as connection:
        rests = list_signals(connection, demo.today, account_id=bank, code=first.code, snoozed=True)
    assert [row.snoozed_until for row in rests if row.subject_id == first.subject_id] == [
        demo.today + timedelta(days=1)
    ]


async def test_in_the_pane_of_obligations_f_starts_one_that_an_order_starts(open_app, demo, bank):
    async with open_app(demo, size=(140, 40)) as seat:
        await open_account(seat, bank)
        await seat.press("3")
        assert seat.app.registry.find(seat.app.contexts(), "f").id == "obligation.start"
        assert seat.app.registry.find(seat.app.contexts(), "w").id == "signal.why"


# The portfolio


async def test_the_portfolio_shows_worst_signals_health_and_share_and_sorts_by_them(open_app, demo, bank):
    async with open_app(demo, size=(140, 40), place="portfolio") as seat:
        line = next(line for line in seat.lines if "Huadong Bank" in line)
        assert "!!" in line
        assert "24%" in line
        assert "EXPOSURE" in seat.text
        await seat.press("O")
        shown = [line.record for line in seat.app.place.main_rows().lines]
        weights = [entry.standing.counts.weight for entry in shown if entry.standing.counts]
        assert weights == sorted(weights)
        await seat.press("O")
        healths = [line.record.standing.health for line in seat.app.place.main_rows().lines]
        known = [health for health in healths if health is not None]
        assert known == sorted(known)
        assert healths[: len(known)] == known


def test_the_counts_are_those_of_the_signals_that_speak(demo, bank):
    from kamtui.services.signals import snooze_signal

    with demo.writing("snooze") as work:
        snooze_signal(work, bank, Code.NO_RETURN, demo.today + timedelta(days=3), reason="they think")
    with demo.reading() as connection:
        counts = count_signals(connection, demo.today)
        for account_id in counts:
            rows = list_signals(connection, demo.today, account_id=account_id, gaps=True)
            bad = [row.severity for row in rows if not row.good_news]
            assert [bad.count(grade) for grade in ("critical", "warn", "info", "gap")] == [
                counts[account_id].critical, counts[account_id].warn, counts[account_id].info, counts[account_id].gap,
            ], account_id  # fmt: skip


# The search box


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("stance:opponent", "赵敏"), ("role:economic tier:T1", "陈国栋"), ("need:implicit engineer", "We never know"),
        ("due:<7d invoice", "invoice papers"),
    ],
)  # fmt: skip
async def test_the_search_box_takes_filters_with_words(open_app, demo, typed, found):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type(typed)
        assert found in seat.text


async def test_filters_are_found_from_the_search_box_itself(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        assert "stance:opponent" in seat.text
        await seat.type("stance:")
        assert "mentor, supporter, neutral" in seat.text
        await seat.type("enemy")
        assert "is none of" in seat.text
        await seat.press("enter")
        assert len(seat.app.screen_stack) > 1


# The day


@pytest.fixture
def yesterday(store):
    """Accounts of a list that was imported a month ago, whose signals are still to be asked; the day is the clock's."""
    from datetime import date

    today = date.today()  # noqa: DTZ011  the app takes the clock's day
    before = replace(store, today=today - timedelta(days=30))
    with before.writing() as work:
        for number in range(AT_ONCE + 1):
            sort_account(work, add_account(work, f"Account {number}").id, Tier.T1)
    return replace(store, today=today, today_is_set=False)


async def test_a_new_day_is_reckoned_in_the_background_and_shown_without_a_key(open_app, yesterday):
    with yesterday.reading() as connection:
        assert is_due(connection, yesterday.today)
    async with open_app(yesterday) as seat:
        seat.app._reckon_day()
        await seat.settle()
        assert not seat.app.turning
        assert len([key for key in seat.app.place.current_pass.keys if key[0] == "signal"]) == AT_ONCE + 1
    with yesterday.reading() as connection:
        assert not is_due(connection, yesterday.today)


async def test_who_leaves_while_a_day_is_reckoned_leaves_no_process_behind(open_app, yesterday, monkeypatch):
    begun = []
    monkeypatch.setattr("kamtui.services.new_day.begin", lambda workspace: begun.append(begin(workspace)) or begun[-1])
    async with open_app(yesterday) as seat:
        seat.app._reckon_day()
        while not begun:
            await seat.pilot.pause()
        seat.app.exit()
    assert begun[0].returncode is not None


async def test_a_day_that_could_not_be_turned_is_tried_again_after_a_while(open_app, yesterday, monkeypatch):
    tries = []
    monkeypatch.setattr("kamtui.services.new_day.begin", lambda _workspace: tries.append(1) or Popen(["false"]))
    async with open_app(yesterday) as seat:
        seat.app._reckon_day()
        await seat.settle()
        seat.app.watch_data()
        await seat.settle()
        assert len(tries) == 1
        seat.app._turn_again = 0.0
        seat.app.watch_data()
        await seat.settle()
        assert len(tries) == 2
        assert not seat.toasts


@pytest.mark.parametrize("fault", [OSError(11, "no room"), None])
async def test_no_fault_beside_the_app_ends_it(open_app, yesterday, monkeypatch, fault):
    def refuse(*_arguments):
        raise fault or DatabaseUnusable("the file went bad")

    async with open_app(yesterday) as seat:
        monkeypatch.setattr("kamtui.services.new_day.begin" if fault else "kamtui.store.reads.at_risk.is_due", refuse)
        seat.app._warm_up()
        await seat.settle()
        assert seat.app.is_running
        assert not seat.app.turning
        assert seat.toasts == ([] if fault else ["the file went bad"])


async def test_a_day_that_is_only_looked_at_changes_nothing_in_the_store(open_app, yesterday):
    ahead = replace(yesterday, today=yesterday.today + timedelta(days=60), today_is_set=True)
    async with open_app(ahead) as seat:
        seat.app._reckon_day()
        await seat.settle()
        with ahead.reading() as connection:
            told = list_lanes(connection, ahead.today, limit=500)
        assert [key for key in seat.app.place.current_pass.keys if key[0] == "signal"] == [
            ("signal", row.account_id) for row in (*told.at_risk, *told.gaps) if row.account_id
        ]
    with yesterday.reading() as connection:
        assert is_due(connection, ahead.today)


async def test_who_leaves_an_account_before_its_signals_were_read_is_not_held_up(open_app, demo, bank):
    async with open_app(demo) as seat:
        await open_account(seat, bank)
        place = seat.app.place
        await seat.press("T")
        place._read_standing()
        await seat.settle()
        assert seat.app.place.place == "today"
        await seat.press("W")
        assert "w why" in seat.text
