"""`python tests/bench/account.py`: what each read of an account's panes costs, in a small account and in a large one.

Large: 500 people, 500 needs, 2,000 tasks, 5,000 touches, as issue 4 has it; small: 10 of each. Calls in this process.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kamtui.domain.enums import BuyingRole, Influence, NeedCategory, Stance, Tier
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.brief_promises import count_kept
from kamtui.store.reads.channels import list_channels
from kamtui.store.reads.concessions import list_concessions, net_value
from kamtui.store.reads.contracts import list_contracts, list_worksheet
from kamtui.store.reads.incidents import list_incidents
from kamtui.store.reads.issues import list_issues
from kamtui.store.reads.map_history import compare_maps, list_turns, map_as_of
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.obligations import list_obligations
from kamtui.store.reads.people import list_edges, list_people
from kamtui.store.reads.reviews import list_reviews
from kamtui.store.reads.stages import list_duties
from kamtui.store.reads.standing import coverage_of, list_standing
from kamtui.store.reads.tasks import list_tasks
from kamtui.store.reads.timeline import TimelineKind, list_timeline
from kamtui.store.reads.touches import list_touches
from kamtui.store.sqlite.driver import Connection
from kamtui.store.tables import (
    Account,
    Department,
    Interaction,
    InteractionPerson,
    Need,
    Obligation,
    Occurrence,
    Person,
    PersonRole,
    ReportingLine,
    Task,
)
from kamtui.store.workspace import Workspace

TODAY = date(2026, 11, 23)
RUNS = 15


def fill(workspace: Workspace, people: int, needs: int, tasks: int, touches: int) -> int:
    """One account of this size; returns its id."""
    pick = random.Random(people)
    with workspace.writing("bench") as work:
        account = work.add(Account, name=f"Account of {people}", tier=Tier.T1, kam_id=work.me).id
        departments = [work.add(Department, account_id=account, name=f"Department {n}").id for n in range(10)]
        ids = work.add_many(
            Person,
            [
                {
                    "account_id": account, "name": f"Person {n} 张伟", "department_id": pick.choice(departments),
                    "influence": pick.choice([*Influence]), "stance": pick.choice([*Stance]),
                }
                for n in range(people)
            ],
        )  # fmt: skip
        work.add_many(PersonRole, [{"person_id": n, "value": pick.choice([*BuyingRole])} for n in ids[::3]])
        work.add_many(
            ReportingLine,
            [{"person_id": n, "manager_id": ids[(at - 1) // 6], "valid_from": TODAY - timedelta(days=300)}
             for at, n in enumerate(ids) if at],
        )  # fmt: skip
        work.add_many(
            Need,
            [
                {
                    "account_id": account, "verbatim": f"We never know when lorry {n} comes", "raised_as": "implicit",
                    "kind": "implicit", "raised_on": TODAY - timedelta(days=pick.randrange(400)),
                    "category": pick.choice([*NeedCategory]),
                }
                for n in range(needs)
            ],
        )  # fmt: skip
        work.add_many(
            Task,
            [
                {
                    "account_id": account, "what": f"Call them about {n}", "due": TODAY + timedelta(days=pick.randrange(-60, 60)),
                    "status": "done" if n % 2 else "open", "our_owner_id": work.me,
                    "closed_on": TODAY - timedelta(days=pick.randrange(400)) if n % 2 else None,
                }
                for n in range(tasks)
            ],
        )  # fmt: skip
        met = work.add_many(
            Interaction,
            [
                {"account_id": account, "on_date": TODAY - timedelta(days=pick.randrange(1500)), "summary": f"Talked of {n}"}
                for n in range(touches)
            ],
        )  # fmt: skip
        work.add_many(InteractionPerson, [{"interaction_id": n, "person_id": pick.choice(ids)} for n in met])
        for side in ("ours", "theirs"):
            promised = work.add(Obligation, account_id=account, what=f"Report, {side}", side=side, cadence="1w").id
            work.add_many(
                Occurrence,
                [
                    {"obligation_id": promised, "due": TODAY - timedelta(weeks=n), "status": "done",
                     "done_on": TODAY - timedelta(weeks=n)}
                    for n in range(1, 60)
                ],
            )  # fmt: skip
    return int(account or 0)


def reads(connection: Connection, account: int, person: int) -> dict[str, Callable[[], object]]:
    """Every read that a pane of the account would use."""
    week_ago = TODAY - timedelta(days=7)
    page = list_timeline(connection, account, TODAY, limit=50)
    deep = page
    for _turn in range(40):
        deep = list_timeline(connection, account, TODAY, limit=50, after=deep[-1]) or deep
    return {
        "account": lambda: get_account(connection, account),
        "map": lambda: list_people(connection, TODAY, account_id=account),
        "edges": lambda: list_edges(connection, account),
        "grid": lambda: list_standing(connection, account, TODAY),
        "coverage": lambda: coverage_of(connection, account, TODAY),
        "needs": lambda: list_needs(connection, account),
        "obligations": lambda: list_obligations(connection, TODAY, account_id=account),
        "on time": lambda: count_kept(connection, account, TODAY),
        "tasks, 200": lambda: list_tasks(connection, TODAY, account_id=account, limit=200),
        "touches, 50": lambda: list_touches(connection, account, limit=50),
        "timeline, 50": lambda: list_timeline(connection, account, TODAY, limit=50),
        "timeline, page 41": lambda: list_timeline(connection, account, TODAY, limit=50, after=deep[-1]),
        "timeline, tasks": lambda: list_timeline(connection, account, TODAY, kinds=[TimelineKind.TASK], limit=50),
        "worksheet": lambda: list_worksheet(connection, account),
        "contracts": lambda: list_contracts(connection, TODAY, account),
        "give/get": lambda: (list_concessions(connection, account, today=TODAY), net_value(connection, account, TODAY)),
        "trouble": lambda: (
            list_issues(connection, TODAY, account_id=account),
            list_incidents(connection, account),
            list_channels(connection, account),
            list_reviews(connection, account),
        ),
        "stage checklist": lambda: list_duties(connection, account, TODAY),
        "turns of one": lambda: list_turns(connection, person),
        "map as of": lambda: map_as_of(connection, account, week_ago),
        "compare": lambda: compare_maps(connection, account, week_ago, TODAY),
    }


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of a call, the median."""
    took = []
    for turn in range(RUNS + 1):
        start = time.perf_counter()
        call()
        if turn:
            took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder, "bench.db"), TODAY, today_is_set=True)
        long_ago = replace(workspace, today=TODAY - timedelta(days=30))
        small = fill(long_ago, 10, 10, 10, 10)
        large = fill(long_ago, 500, 500, 2_000, 5_000)
        with workspace.writing("a turn") as work:
            work.execute("UPDATE person SET stance = 'mentor' WHERE id % 7 = 0")
        with workspace.reading() as connection:
            person = connection.execute("SELECT max(id) FROM person WHERE id % 7 = 0").fetchone()[0]
            few, many = reads(connection, small, 1), reads(connection, large, person)
            for name, call in many.items():
                little, much = timed(few[name]), timed(call)
                print(f"{name:20} {little:7.2f} ms in the small account {much:8.2f} ms in the large one")


if __name__ == "__main__":
    main()
