"""Stored findings are those of a recomputation from scratch, after any sequence of actions and days."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import (
    BuyingRole,
    ChannelKind,
    Direction,
    Influence,
    NeedKind,
    NeedState,
    Participation,
    ReturnStatus,
    ReviewKind,
    Side,
    Stage,
    Stance,
    Tier,
)
from kamtui.domain.errors import KamtuiError, NotFound
from kamtui.domain.money import Money
from kamtui.domain.qualification import Criterion
from kamtui.domain.signals.model import Code
from kamtui.services.accounts import (
    add_account,
    archive_account,
    delete_account,
    edit_account,
    merge_accounts,
)
from kamtui.services.channels import tell_channel
from kamtui.services.concessions import add_concession, close_return, promise_return
from kamtui.services.contracts import add_contract
from kamtui.services.departments import department_named, edit_department
from kamtui.services.issues import add_issue, deny_issue, resolve_issue, respond_to_issue
from kamtui.services.ledger import add_cost, add_transaction
from kamtui.services.needs import (
    add_need,
    advance_need,
    close_need,
    convert_need,
    correct_need,
    edit_need,
    float_idea,
)
from kamtui.services.obligations import add_obligation, done_occurrence, miss_occurrence
from kamtui.services.people import add_person, confirm_person, edit_person, leave, merge_people
from kamtui.services.reviews import add_review
from kamtui.services.scorecards import add_score
from kamtui.services.settings import set_setting
from kamtui.services.signals import snooze_signal
from kamtui.services.tasks import add_task, done_task
from kamtui.services.touches import add_touch, delete_touch
from kamtui.store.history import redo, undo
from kamtui.store.reads.at_risk import list_lanes
from kamtui.store.reads.signals import findings_of
from kamtui.store.signal_check import asked_anew
from kamtui.store.signal_index import refresh_due, turns_of
from kamtui.store.signal_rows import read_snoozes, stored_findings
from kamtui.store.writer import writer


def standing(findings, day):
    spoken = {
        account_id: sorted(
            (f.code, f.aspect, f.subject, str(f.turns.severity(day)), str(f.turns.since(day)), f.values, f.evidence)
            for f in found
            if f.turns.severity(day)
        )
        for account_id, found in findings.items()
    }
    return {account_id: said for account_id, said in spoken.items() if said}


def check(space):
    """What is read on the day, and what the stored turns of accounts say, is what a recomputation says."""
    with space.reading() as connection:
        scratch = asked_anew(connection, space.today)
        assert standing(findings_of(connection, space.today, scratch), space.today) == standing(scratch, space.today)
        snoozes = read_snoozes(connection)
        heard = {one: turns_of(found, snoozes.get(one, {})).severity(space.today) for one, found in scratch.items()}
        lanes = list_lanes(connection, space.today, limit=100)
        shown = {row.account_id: row.severity for row in (*lanes.at_risk, *lanes.gaps) if row.account_id}
        assert shown == {account_id: severity for account_id, severity in heard.items() if severity}
        for account_id, *days in connection.execute(
            "SELECT account_id, gap_on, info_on, warn_on, critical_on FROM account_signals WHERE computed_on IS NOT NULL"
        ).fetchall():
            found = stored_findings(connection, [account_id]).get(account_id, ())
            turns = turns_of(found, snoozes.get(account_id, {}))
            wanted = [turns.gap, turns.info, turns.warn, turns.critical]
            assert days == [day and day.isoformat() for day in wanted]


def turn(space, days):
    """So many days later, with all that is due asked again."""
    later = replace(space, today=space.today + timedelta(days=days))
    with writer(later.path, "test") as connection:
        while True:
            connection.execute("BEGIN IMMEDIATE")
            done = refresh_due(connection, later.today, 3)
            connection.execute("COMMIT")
            if not done:
                return later


def first(work, table, at):
    rows = work.execute(f'SELECT id FROM "{table}" ORDER BY id').fetchall()
    if not rows:
        raise NotFound(table)
    return rows[at % len(rows)][0]


ACTIONS = {
    "account": lambda work, at: add_account(work, f"A{work.point_id}", tier=[*Tier, None][at % 5]),
    "tier": lambda work, at: edit_account(work, first(work, "account", at), tier=[*Tier, None][at // 3 % 5]),
    "stage": lambda work, at: edit_account(work, first(work, "account", at), stage=Stage.STABLE),
    "archive": lambda work, at: archive_account(work, first(work, "account", at), "gone"),
    "delete": lambda work, at: delete_account(work, first(work, "account", at)),
    "merge": lambda work, at: merge_accounts(work, first(work, "account", at), first(work, "account", at + 1)),
    "person": lambda work, at: add_person(
        work,
        first(work, "account", at),
        f"P{at}",
        roles=[[*BuyingRole][at % 7]],
        influence=[*Influence][at % 4],
        stance=[*Stance][at % 6],
    ),
    "stance": lambda work, at: edit_person(work, first(work, "person", at), stance=[*Stance][at // 2 % 6]),
    "touch": lambda work, at: add_touch(
        work,
        first(work, "account", at),
        people=[first(work, "person", at + 1)] if at % 4 else (),
        direction=[*Direction][at % 3],
        on=work.today - timedelta(days=at * 7 % 200),
    ),
    "untouch": lambda work, at: delete_touch(work, first(work, "interaction", at)),
    "need": lambda work, at: add_need(work, first(work, "account", at), "why?", kind=[*NeedKind][at % 2], importance=5),
    "order": lambda work, at: add_transaction(
        work,
        first(work, "account", at),
        Money(at * 10, "CNY"),
        gross_profit=Money(at, "CNY") if at % 3 else None,
        on=work.today - timedelta(days=at * 11 % 900),
    ),
    "give": lambda work, at: add_concession(work, first(work, "account", at), "rebate", value=Money(at, "CNY")),
    "promise": lambda work, at: promise_return(
        work, first(work, "concession", at), "600 sets", due=work.today + timedelta(days=at - 20), written=bool(at % 2)
    ),
    "back": lambda work, at: close_return(
        work,
        first(work, "return_commitment", at),
        [ReturnStatus.MET, ReturnStatus.MISSED, ReturnStatus.WAIVED][at % 3],
        reason="a rival",
        on=work.today - timedelta(days=at),
    ),
    "issue": lambda work, at: add_issue(work, first(work, "account", at), "late again"),
    "answer": lambda work, at: respond_to_issue(work, first(work, "issue", at)),
    "deny": lambda work, at: deny_issue(work, first(work, "issue", at), "not ours"),
    "resolve": lambda work, at: resolve_issue(work, first(work, "issue", at), "sent again"),
    "owe": lambda work, at: add_obligation(
        work,
        first(work, "account", at),
        f"O{at}",
        side=[*Side][at % 2],
        cadence=["monthly", "none"][at % 2],
        first_due=work.today + timedelta(days=at - 30),
    ),
    "done": lambda work, at: done_occurrence(work, first(work, "occurrence", at)),
    "miss": lambda work, at: miss_occurrence(work, first(work, "occurrence", at), reason="nobody there"),
    "contract": lambda work, at: add_contract(
        work,
        first(work, "account", at),
        f"C{at}",
        signed_on=work.today - timedelta(days=at * 9),
        starts_on=work.today - timedelta(days=at * 8),
        ends_on=work.today + timedelta(days=at * 9) if at % 4 else None,
        amount=Money(5_000, "CNY"),
        product_line="paper" if at % 3 else None,
    ),
    "renew": lambda work, at: add_task(work, f"renew C{at}", account_id=first(work, "account", at)),
    "task": lambda work, at: done_task(work, first(work, "task", at)),
    "cost": lambda work, at: add_cost(
        work, first(work, "account", at), Money(at * 3, "CNY"), on=work.today - timedelta(days=at * 13)
    ),
    "euros": lambda work, at: add_transaction(work, first(work, "account", at), Money(at + 1, "EUR"), on=work.today),
    "float": lambda work, at: float_idea(work, first(work, "need", at), "a buffer stock"),
    "correct": lambda work, at: correct_need(work, first(work, "need", at), "why so late?"),
    "convert": lambda work, at: convert_need(
        work, first(work, "need", at), heard_from=first(work, "person", at), words="20 of them"
    ),
    "advance": lambda work, at: advance_need(work, first(work, "need", at)),
    "judge": lambda work, at: edit_need(
        work, first(work, "need", at), importance=1 + at % 5, capability=at % 6, cost_to_serve=Money(at, "CNY")
    ),
    "lose": lambda work, at: close_need(work, first(work, "need", at), NeedState.LOST, "a rival"),
    "review": lambda work, at: add_review(
        work, first(work, "account", at), [*ReviewKind][at % 3], on=work.today + timedelta(days=at * 9 - 250)
    ),
    "channel": lambda work, at: tell_channel(work, first(work, "account", at), [*ChannelKind][at % 4]),
    "score": lambda work, at: add_score(
        work, first(work, "account", at), [*Criterion][at % 8], at % 5, as_of=work.today - timedelta(days=at * 10)
    ),
    "department": lambda work, at: edit_department(
        work,
        department_named(work, first(work, "account", at), f"D{at % 4}"),
        participation=[*Participation][at % 5],
    ),
    "confirm": lambda work, at: confirm_person(work, first(work, "person", at)),
    "leave": lambda work, at: leave(work, first(work, "person", at)),
    "one": lambda work, at: merge_people(work, first(work, "person", at), first(work, "person", at + 1)),
    "snooze": lambda work, at: snooze_signal(
        work, first(work, "account", at), [*Code][at % 16], work.today + timedelta(days=1 + at % 14), reason="later"
    ),
    "limit": lambda work, at: set_setting(work, "signal.neglect.account_warn", str(10 * at)),
}


@pytest.fixture
def act():
    def do(space, name, at):
        with suppress(KamtuiError):
            if name == "undo":
                undo(space, 1 + at % 2)
            elif name == "redo":
                redo(space)
            else:
                with space.writing("step") as work:
                    ACTIONS[name](work, at)

    return do


# A failing sequence is short as it is: to shrink one takes minutes.
QUICK = [Phase.explicit, Phase.generate]
steps = st.lists(
    st.tuples(
        st.sampled_from(["turn", "days", "undo", "redo", "account", "person", "touch", "order", "contract", *ACTIONS]),
        st.integers(0, 40),
    ),
    min_size=4,
    max_size=20,
)


@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_stored_findings_are_those_of_a_recomputation_after_any_actions_and_days(steps, store, act, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "k.db"
    shutil.copy(store.path, path)
    space = replace(store, path=path)
    with space.writing("start") as work:
        add_account(work, "Acme", tier=Tier.T1)
        add_account(work, "Bolt", tier=Tier.NON_KEY)
        for name in ("person", "need", "give", "owe", "issue"):
            ACTIONS[name](work, 1)
    for name, at in steps:
        if name == "turn":
            space = turn(space, at * 3)
        elif name == "days":
            space = replace(space, today=space.today + timedelta(days=at - 10))
        else:
            act(space, name, at)
        check(space)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_each_action_is_one_that_can_be_done(name, store):
    """Of what is refused the test above learns nothing."""
    with store.writing() as work:
        add_account(work, "Acme", tier=Tier.T1)
        add_account(work, "Bolt", tier=Tier.NON_KEY)
        for made in ("person", "touch", "need", "give", "promise", "owe", "issue", "renew"):
            ACTIONS[made](work, 0)
        for made in ("person", "need"):
            ACTIONS[made](work, 3)

    def can_be_done(at):
        with suppress(KamtuiError), store.writing("step") as work:
            ACTIONS[name](work, at)
            return True
        return False

    assert any(can_be_done(at) for at in range(12))
    check(store)
