"""Signals at 1,000 accounts, 20k people, 100k tasks, 100k notes: `python tests/bench/signals.py`.

The promises: asking one account again p95 <= 10 ms, a new day over all accounts <= 60 s, the queue read with it in a few
milliseconds, the first page of a search p95 <= 16 ms. Wall clock, and the processor's own beside it.
"""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kamtui.services.signals import turn_day
from kamtui.store.reads.search_filters import search_filtered
from kamtui.store.reads.today import today_queue
from kamtui.store.signal_index import refresh_accounts
from kamtui.store.signal_rows import count_due
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

TODAY = date(2026, 11, 23)
ACCOUNTS, PEOPLE, TASKS, NOTES, TOUCHES, NEEDS, ORDERS = 1_000, 20_000, 100_000, 100_000, 20_000, 10_000, 30_000
WORDS = ["price", "delivery", "invoice", "machine", "采购", "合同", "交货", "质量", "会议", "张伟"]
QUERIES = (
    "price",
    "采购",
    "约",
    "zw",
    "machine invoice",
    "tier:T1 price",
    "stance:opponent",
    "role:economic tier:T1,T2",
    "due:<7d price",
)


def fill(space: Workspace) -> None:
    chance = random.Random(5)

    def ago(most: int) -> str:
        return (TODAY - timedelta(days=chance.randrange(most))).isoformat()

    def text() -> str:
        return " ".join(chance.choice(WORDS) for _word in range(chance.randint(4, 12)))

    with space.writing("bench") as work:
        me = work.me
        many = work.connection.executemany
        stamp = "'2026-01-01T08:00:00Z', '2026-01-01T08:00:00Z'"
        many(
            f"""INSERT INTO account (uid, created_at, updated_at, name, tier, tier_since, stage, kam_id)
                VALUES (?, {stamp}, ?, ?, '2026-01-01', ?, ?)""",
            (
                (
                    f"a{n}",
                    f"Customer {n}",
                    chance.choice(["T1", "T2", "T3", "non_key"]),
                    chance.choice(["building", "stable"]),
                    me,
                )
                for n in range(ACCOUNTS)
            ),
        )
        many(
            f"""INSERT INTO person (uid, created_at, updated_at, account_id, name, level, placeholder, external, influence,
                stance, response_mode, orientation, relationship, relationship_target)
                VALUES (?, {stamp}, ?, ?, 'unknown', 0, 0, ?, ?, 'unknown', 'unknown', 'unknown', 'unknown')""",
            (
                (
                    f"p{n}", n % ACCOUNTS + 1, chance.choice("张王李赵陈") + chance.choice("伟芳娜敏静"),
                    chance.choice(["inner_circle", "political", "outside", "unknown"]),
                    chance.choice(["supporter", "neutral", "opponent", "unknown"]),
                )
                for n in range(PEOPLE)
            ),
        )  # fmt: skip
        many(
            "INSERT INTO person_role (person_id, value) VALUES (?, ?)",
            ((n + 1, chance.choice(["economic", "user", "coach", "technical"])) for n in range(0, PEOPLE, 2)),
        )
        many(
            f"""INSERT INTO task (uid, created_at, updated_at, account_id, what, due, status, anchor, our_owner_id)
                VALUES (?, {stamp}, ?, ?, ?, 'open', 'due', ?)""",
            (
                (
                    f"t{n}",
                    n % ACCOUNTS + 1,
                    text(),
                    (TODAY + timedelta(days=chance.randrange(-60, 120))).isoformat(),
                    me,
                )
                for n in range(TASKS)
            ),
        )
        many(
            f"""INSERT INTO interaction (uid, created_at, updated_at, account_id, on_date, status, kind, direction, summary)
                VALUES (?, {stamp}, ?, ?, 'held', ?, 'two_way', ?)""",
            (
                (f"i{n}", n % ACCOUNTS + 1, ago(700), "note" if n < NOTES else "call", text())
                for n in range(NOTES + TOUCHES)
            ),
        )
        many(
            "INSERT INTO interaction_person (interaction_id, person_id) VALUES (?, ?)",
            (
                (NOTES + n + 1, n % ACCOUNTS + 1 + ACCOUNTS * chance.randrange(PEOPLE // ACCOUNTS))
                for n in range(TOUCHES)
            ),
        )
        many(
            f"""INSERT INTO need (uid, created_at, updated_at, account_id, verbatim, raised_on, source, raised_as, kind, state)
                VALUES (?, {stamp}, ?, ?, ?, 'unknown', ?, ?, 'captured')""",
            (
                (f"n{n}", n % ACCOUNTS + 1, text(), ago(200), *[chance.choice(["implicit", "explicit"])] * 2)
                for n in range(NEEDS)
            ),
        )
        many(
            f"""INSERT INTO "transaction" (uid, created_at, updated_at, account_id, on_date, kind, revenue_minor,
                gross_profit_minor, currency) VALUES (?, {stamp}, ?, ?, 'main', ?, ?, 'CNY')""",
            (
                (f"o{n}", n % ACCOUNTS + 1, ago(1000), chance.randrange(10**6), chance.randrange(4 * 10**5))
                for n in range(ORDERS)
            ),
        )


def measure(name: str, runs: int, act: Callable[[int], object]) -> None:
    wall, own = [], []
    for run in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        act(run)
        wall.append((time.perf_counter() - start) * 1000)
        own.append((time.process_time() - busy) * 1000)
    wall.sort()
    own.sort()
    at = min(runs - 1, int(runs * 0.95))
    print(
        f"{name:44} median {wall[runs // 2]:8.2f} ms   p95 {wall[at]:8.2f} ms"
        f"   processor: median {own[runs // 2]:8.2f}   p95 {own[at]:8.2f}"
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kamtui-signals-") as folder:
        space = Workspace(Path(folder, "k.db"), TODAY, today_is_set=True)
        start = time.perf_counter()
        fill(space)
        print(f"filled in {time.perf_counter() - start:.1f} s")
        for what, day in (("all accounts asked for the first time", TODAY), ("a new day", TODAY + timedelta(days=1))):
            today = replace(space, today=day)
            with today.reading() as connection:
                due = count_due(connection, day)
            measure(f"{what}, {due} accounts due", 1, lambda _run, today=today: turn_day(today))
        with writer(space.path, "bench") as connection:

            def ask(run: int) -> None:
                connection.execute("BEGIN IMMEDIATE")
                refresh_accounts(connection, [run % ACCOUNTS + 1], TODAY + timedelta(days=1))
                connection.execute("COMMIT")

            measure("one account asked again, with its commit", 200, ask)
            connection.execute("BEGIN IMMEDIATE")
            again = TODAY + timedelta(days=1)
            measure(
                "one account asked again, without it",
                200,
                lambda run: refresh_accounts(connection, [run % ACCOUNTS + 1], again),
            )
            connection.execute("ROLLBACK")

            def order(run: int) -> None:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE account_signals SET revenue = revenue + 1 WHERE account_id = ?", (run + 1,))
                refresh_accounts(connection, [run + 1], TODAY + timedelta(days=1))
                connection.execute("COMMIT")

            measure("the same where its money moved the book", 100, order)
        with space.reading() as connection:
            tomorrow = TODAY + timedelta(days=1)
            measure("the queue, 200 rows", 40, lambda _run: today_queue(connection, tomorrow, limit=200))
            measure(
                "the queue, another day in memory",
                3,
                lambda _run: today_queue(connection, TODAY + timedelta(days=2), limit=200),
            )
            for query in QUERIES:
                measure(f"search {query}", 21, lambda _run, query=query: search_filtered(connection, query, tomorrow))


if __name__ == "__main__":
    main()
