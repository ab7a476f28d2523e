"""Search at 100,000 notes, Chinese and English: `python tests/bench/search.py`. The promise: first page p95 <= 16 ms."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kamtui.store.reads.search import search
from kamtui.store.workspace import Workspace

NOTES, ACCOUNTS, PEOPLE, RUNS = 100_000, 200, 10_000, 21
ENGLISH = [
    *[
        "price",
        "delivery",
        "invoice",
        "machine",
        "quality",
        "meeting",
        "contract",
        "report",
        "plant",
        "order",
        "service",
        "training",
    ],
    *(f"w{number:04d}" for number in range(3000)),
]
CHINESE = [
    "采购",
    "合同",
    "价格",
    "交货",
    "质量",
    "会议",
    "报告",
    "工厂",
    "订单",
    "服务",
    "培训",
    "投诉",
    "供应商",
    "预算",
    "审批",
    "风险",
    "付款",
    "折扣",
    "约",
    "张伟",
]
QUERIES = (
    "price", "price del", "采购", "约", "zw", "zhang wei", "张伟", "w0001 price", "pr", "nowhere", "采购 合同 约", "p",
)  # fmt: skip


def notes(chance: random.Random) -> Iterator[tuple[object, ...]]:
    for number in range(NOTES):
        words = [chance.choice(ENGLISH if number % 2 else CHINESE) for _word in range(chance.randint(8, 30))]
        text = " ".join(words) if number % 2 else "，".join(words)
        yield f"i{number}", number % ACCOUNTS + 1, text[:30], text


def fill(space: Workspace) -> None:
    chance = random.Random(1)
    with space.writing("bench") as work:
        for number in range(ACCOUNTS):
            work.insert(
                "account", {"name": f"Customer {number}" if number % 2 else f"客户{number}", "stage": "building"}
            )
        work.connection.executemany(
            """INSERT INTO interaction (uid, created_at, updated_at, account_id, on_date, status, kind, direction, purpose,
               summary) VALUES (?, '', '', ?, '2026-11-01', 'held', 'call', 'in', ?, ?)""",
            notes(chance),
        )
        work.connection.executemany(
            """INSERT INTO person (uid, created_at, updated_at, account_id, name, level, placeholder, external, influence,
               stance, response_mode, orientation, relationship, relationship_target) VALUES (?, '', '', ?, ?, 'unknown',
               0, 0, 'unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown')""",
            (
                (
                    f"p{number}",
                    number % ACCOUNTS + 1,
                    chance.choice("张王李赵陈刘杨黄") + chance.choice("伟芳娜敏静强磊军洋勇"),
                )
                for number in range(PEOPLE)
            ),
        )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kamtui-search-") as folder:
        space = Workspace(Path(folder, "k.db"), date(2026, 11, 23))
        fill(space)
        took: dict[str, list[float]] = {}
        with space.reading() as connection:
            for _run in range(RUNS):
                for query in QUERIES:
                    for account_id, where in ((None, ""), (7, " in one account")):
                        start = time.perf_counter()
                        search(connection, query, account_id=account_id)
                        took.setdefault(query + where, []).append((time.perf_counter() - start) * 1000)
    for name, values in took.items():
        print(f"{name:32} median {statistics.median(values):6.2f} ms   max {max(values):6.2f} ms")
    everything = sorted(value for values in took.values() for value in values)
    print(f"all: median {statistics.median(everything):.2f} ms, p95 {everything[int(len(everything) * 0.95)]:.2f} ms")


if __name__ == "__main__":
    main()
