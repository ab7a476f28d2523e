"""Any sequence of verbs followed by as many undos gives back the same content, and as many redos brings it again."""

import random
import shutil
from contextlib import suppress
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import (
    BuyingRole,
    ChannelKind,
    EdgeKind,
    NeedCategory,
    NeedKind,
    NeedState,
    Participation,
    PurchasingMode,
    ReturnStatus,
    ReviewKind,
    Stage,
    Stance,
    SuspectedCause,
)
from kamtui.domain.errors import KamtuiError
from kamtui.domain.obligation_template import TemplateLine
from kamtui.domain.qualification import Criterion
from kamtui.domain.signals.model import Code
from kamtui.domain.stages import DUTIES
from kamtui.services import (
    accounts,
    channels,
    concessions,
    contracts,
    criteria,
    departments,
    incidents,
    issues,
    needs,
    obligation_templates,
    obligations,
    people,
    product_lines,
    reviews,
    scorecards,
    signals,
    stages,
    tasks,
    touches,
)
from kamtui.store import history
from kamtui.store.workspace import Workspace

TODAY = date(2026, 11, 23)
# Derived, or noted outside undo.
HISTORY = (
    "point", "change", "search_row", "search_text", "sqlite_sequence",
    "account_signals", "signal_finding", "signal_event", "health_month",
)  # fmt: skip


def any_id(work, table, pick):
    """The id of some row of a table; one that is not there where the table is empty."""
    ids = [row_id for (row_id,) in work.execute(f'SELECT id FROM "{table}" ORDER BY id')]
    return pick.choice(ids) if ids else 0


# Each takes a unit of work, a way to choose, and does one thing that a person does; what cannot be is refused.
VERBS = {
    "account": lambda w, p: accounts.add_account(w, f"Account {p.random()}"),
    "merge accounts": lambda w, p: accounts.merge_accounts(w, any_id(w, "account", p), any_id(w, "account", p)),
    "delete account": lambda w, p: accounts.delete_account(w, any_id(w, "account", p)),
    "person": lambda w, p: people.add_person(
        w, any_id(w, "account", p), f"Person {p.random()}", roles=[p.choice([*BuyingRole])], department="IT"
    ),
    "move": lambda w, p: people.move_person(
        w, any_id(w, "person", p), any_id(w, "person", p), since=TODAY - timedelta(days=p.randrange(9))
    ),
    "stance": lambda w, p: people.edit_person(w, any_id(w, "person", p), stance=p.choice([*Stance])),
    "confirm": lambda w, p: people.confirm_person(w, any_id(w, "person", p)),
    "leave": lambda w, p: people.leave(w, any_id(w, "person", p)),
    "edge": lambda w, p: people.add_edge(w, any_id(w, "person", p), any_id(w, "person", p), p.choice([*EdgeKind])),
    "merge people": lambda w, p: people.merge_people(w, any_id(w, "person", p), any_id(w, "person", p)),
    "delete person": lambda w, p: people.delete_person(w, any_id(w, "person", p)),
    "touch": lambda w, p: touches.add_touch(
        w, any_id(w, "account", p), people=[any_id(w, "person", p)], next_step="call"
    ),
    "task": lambda w, p: tasks.add_task(w, "call", person_id=any_id(w, "person", p), due=TODAY, repeat="2w"),
    "done": lambda w, p: tasks.done_task(w, any_id(w, "task", p)),
    "need": lambda w, p: needs.add_need(
        w, any_id(w, "account", p), "It never comes", kind=p.choice([*NeedKind]), category=NeedCategory.FREIGHT
    ),
    "convert": lambda w, p: needs.convert_need(
        w, any_id(w, "need", p), heard_from=any_id(w, "person", p), words="by Friday"
    ),
    "advance": lambda w, p: needs.advance_need(w, any_id(w, "need", p), steps=p.choice([-1, 1])),
    "close": lambda w, p: needs.close_need(w, any_id(w, "need", p), NeedState.LOST, "a rival"),
    "eight": lambda w, p: obligations.apply_template(w, any_id(w, "account", p)),
    "kept": lambda w, p: obligations.done_occurrence(w, any_id(w, "occurrence", p)),
    "missed": lambda w, p: obligations.miss_occurrence(w, any_id(w, "occurrence", p)),
    "template": lambda w, p: obligation_templates.add_template(
        w, f"T {p.random()}", [TemplateLine("Report", cadence="1w"), TemplateLine("Drill")]
    ),
    "edit template": lambda w, p: obligation_templates.edit_template(
        w, any_id(w, "obligation_template", p), items=[TemplateLine(f"Line {p.random()}")]
    ),
    "apply": lambda w, p: obligation_templates.apply_own_template(
        w, any_id(w, "account", p), any_id(w, "obligation_template", p)
    ),
    "give": lambda w, p: concessions.add_concession(w, any_id(w, "account", p), "5 % off"),
    "return": lambda w, p: concessions.promise_return(w, any_id(w, "concession", p), "a visit"),
    "came back": lambda w, p: concessions.close_return(w, any_id(w, "return_commitment", p), ReturnStatus.MET),
    "contract": lambda w, p: contracts.add_contract(w, any_id(w, "account", p), "Frame", product_line="Paper"),
    "term": lambda w, p: contracts.add_term(w, any_id(w, "contract", p), p.choice([*NeedCategory]), wanted="x"),
    "delete contract": lambda w, p: contracts.delete_contract(w, any_id(w, "contract", p)),
    "issue": lambda w, p: issues.add_issue(
        w, any_id(w, "account", p), "Nobody answers", raised_by_id=p.choice([None, any_id(w, "person", p)])
    ),
    "respond": lambda w, p: issues.respond_to_issue(w, any_id(w, "issue", p), "called"),
    "defer": lambda w, p: issues.defer_issue(w, any_id(w, "issue", p), "no part"),
    "resolve": lambda w, p: issues.resolve_issue(w, any_id(w, "issue", p), "mended"),
    "incident": lambda w, p: incidents.add_incident(
        w, any_id(w, "account", p), "Outage", causes=p.sample([*SuspectedCause], 2)
    ),
    "went on": lambda w, p: incidents.note_incident(w, any_id(w, "incident", p), "called"),
    "over": lambda w, p: incidents.resolve_incident(w, any_id(w, "incident", p), "mended", merit="first there"),
    "delete incident": lambda w, p: incidents.delete_incident(w, any_id(w, "incident", p)),
    "told": lambda w, p: channels.tell_channel(
        w, any_id(w, "account", p), p.choice([*ChannelKind]), told_to_id=p.choice([None, any_id(w, "person", p)])
    ),
    "score": lambda w, p: scorecards.add_score(
        w, any_id(w, "account", p), p.choice([*Criterion]), p.choice([None, 0, 4]), as_of=TODAY - timedelta(p.randrange(3))
    ),
    "delete score": lambda w, p: scorecards.delete_score(w, any_id(w, "scorecard", p)),
    "snooze": lambda w, p: signals.snooze_signal(
        w, any_id(w, "account", p), p.choice([*Code]), TODAY + timedelta(3), reason="later"
    ),
    "review": lambda w, p: reviews.add_review(
        w, any_id(w, "account", p), p.choice([*ReviewKind]), people=[any_id(w, "person", p)]
    ),
    "criterion": lambda w, p: criteria.add_criterion(w, any_id(w, "account", p), p.choice(["price", "delivery"])),
    "department": lambda w, p: departments.add_department(
        w, any_id(w, "account", p), f"Department {p.random()}", participation=p.choice([*Participation])
    ),
    "takes part": lambda w, p: departments.edit_department(
        w, any_id(w, "department", p), participation=p.choice([*Participation])
    ),
    "delete department": lambda w, p: departments.delete_department(w, any_id(w, "department", p)),
    "product line": lambda w, p: product_lines.add_product_line(
        w, any_id(w, "account", p), f"Line {p.random()}", purchasing_mode=p.choice([None, *PurchasingMode])
    ),
    "purchasing": lambda w, p: product_lines.edit_product_line(
        w, any_id(w, "product_line", p), purchasing_mode=p.choice([None, *PurchasingMode])
    ),
    "delete line": lambda w, p: product_lines.delete_product_line(w, any_id(w, "product_line", p)),
    "stage": lambda w, p: stages.change_stage(w, any_id(w, "account", p), p.choice([*Stage])),
    "judge": lambda w, p: stages.judge_duty(
        w, any_id(w, "account", p), p.choice(DUTIES).code, p.choice([True, False])
    ),
}  # fmt: skip


def content(space):
    """All rows but those of the history and of the search."""
    with space.reading() as connection:
        lines = list(connection.iterdump())
    return sorted(line for line in lines if not line.startswith(tuple(f'INSERT INTO "{name}' for name in HISTORY)))


def points(space):
    with space.reading() as connection:
        return connection.execute("SELECT count(*) FROM point WHERE kind = 'do'").fetchone()[0]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(sorted(VERBS)), min_size=4, max_size=24),
    seed=st.integers(0, 2**16),
)
def test_any_verbs_followed_by_as_many_undos_give_back_the_same_content(store, tmp_path_factory, chosen, seed):
    path = tmp_path_factory.mktemp("verbs") / "k.db"
    shutil.copy(store.path, path)
    space = Workspace(path, TODAY, True, "test", "Gao Lin")
    pick = random.Random(seed)
    start = content(space)
    # Something to act on first, so that few verbs are refused for want of it.
    for name in ("account", "account", "person", "person", "person", *chosen):
        with suppress(KamtuiError), space.writing() as work:
            VERBS[name](work, pick)
    end, written = content(space), points(space)
    history.undo(space, written)
    assert content(space) == start
    history.redo(space, written)
    assert content(space) == end
