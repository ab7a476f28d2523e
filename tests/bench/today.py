"""`python tests/bench/today.py`: `kamtui today` beside Taskwarrior's `task next limit:200`, on the same tasks.

Taskwarrior is Debian's package `taskwarrior`; its data is written as it keeps it, since its import takes minutes.
"""

import os
import random
import tempfile
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

from timing import KAMTUI, interleaved, report

from kamtui.domain.enums import Tier
from kamtui.store.tables import Account, Task
from kamtui.store.workspace import Workspace

TODAY = date.today()  # noqa: DTZ011  the tasks fall due around the day it is
WORDS = [
    "call",
    "quote",
    "visit",
    "report",
    "price",
    "freight",
    "sample",
    "invoice",
    "plan",
    "review",
    "报价",
    "拜访",
    "合同",
]


def rows(count: int) -> list[tuple[str, date, str | None]]:
    """The same tasks each time: a third is overdue."""
    pick = random.Random(count)
    return [
        (
            f"{pick.choice(WORDS)} {pick.choice(WORDS)} {number}",
            TODAY + timedelta(days=pick.randrange(-60, 120)),
            pick.choice([None, "A", "B", "C"]),
        )
        for number in range(count)
    ]


def for_kamtui(path: Path, count: int) -> None:
    with Workspace(path, TODAY).writing("bench") as work:
        tiers = [*Tier, None]
        accounts = [work.add(Account, name=f"Account {n}", tier=tiers[n % 5], kam_id=work.me).id for n in range(200)]
        work.add_many(
            Task,
            (
                {
                    "account_id": accounts[n % 200],
                    "what": what,
                    "due": due,
                    "priority": priority,
                    "our_owner_id": work.me,
                }
                for n, (what, due, priority) in enumerate(rows(count))
            ),
        )


def for_taskwarrior(folder: Path, count: int) -> None:
    folder.mkdir()
    (folder / "rc").write_text(f"data.location={folder}\nconfirmation=no\nnews.version=9.9.9\n")
    levels = {"A": "H", "B": "M", "C": "L"}
    entry = int(time.time()) - 90 * 86400
    with (folder / "pending.data").open("w") as file:
        for what, due, priority in rows(count):
            at = int(datetime(due.year, due.month, due.day).timestamp())  # noqa: DTZ001  local, as Taskwarrior has it
            more = f' priority:"{levels[priority]}"' if priority else ""
            file.write(
                f'[description:"{what}" due:"{at}" entry:"{entry}"{more} project:"Account" status:"pending" uuid:"{uuid.uuid4()}"]\n'
            )


def main() -> None:
    os.environ["LANG"] = "C.UTF-8"
    for count in (10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            for_kamtui(Path(folder, "bench.db"), count)
            for_taskwarrior(Path(folder, "task"), count)
            took = interleaved(
                {
                    f"task next limit:200, {count:,} tasks": [
                        "task", f"rc:{folder}/task/rc", "rc.verbose=nothing",
                        "next", "limit:200",
                    ],
                    f"kamtui today --limit 200, {count:,} tasks": [
                        KAMTUI, "--db", f"{folder}/bench.db", "today", "--limit", "200",
                    ],
                }
            )  # fmt: skip
            report(took, next(iter(took)))


if __name__ == "__main__":
    main()
