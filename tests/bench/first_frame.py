"""`python tests/bench/first_frame.py [RUNS]`: from the start of the process to a frame that can be worked with.

In a real pty, interleaved: a bare Textual table of the same 200 rows (`bare_table.py`), kamtui at 10k and at 100k tasks.
`painted` is when the rows were written, `useful` when a key sent then had moved the cursor over them.
The promise: useful at 10k <= 1.0 x the bare table, at 100k <= 1.1 x 10k.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from today import for_kamtui

sys.path.append(str(Path(__file__).resolve().parent.parent / "e2e"))

from terminal import KAMTUI, Terminal

from kamtui.store.reads.today import today_queue
from kamtui.store.workspace import Workspace

SIZE = (140, 40)
QUIET = 0.8  # seconds without output after which nothing more is expected


def shown_rows(database: Path, target: Path) -> None:
    """The 200 rows of Today, ready to be read, for the bare table."""
    with Workspace(database, date.today()).reading() as connection:  # noqa: DTZ011
        queue = today_queue(connection, date.today(), limit=200)  # noqa: DTZ011
    with sqlite3.connect(target) as bare:
        bare.execute("CREATE TABLE shown (mark TEXT, tier TEXT, account TEXT, what TEXT, due TEXT)")
        bare.executemany(
            "INSERT INTO shown VALUES (?, ?, ?, ?, ?)",
            [(str(row.severity), str(row.tier or ""), row.account, row.what, str(row.due)) for row in queue.promised],
        )


def bare_cursor(terminal: Terminal) -> int:
    """The line with a background of its own."""
    grounds = [terminal.screen.buffer[y][8].bg for y in range(2, 12)]
    return next((y for y, ground in enumerate(grounds) if grounds.count(ground) == 1), -1)


def our_cursor(terminal: Terminal) -> int:
    return next((y for y, line in enumerate(terminal.lines) if line.startswith(">")), -1)


def worked(pid: int) -> float:
    """Milliseconds that the processor has worked for a process (Linux); on a busy machine they tell more than the clock."""
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return 0.0
    return sum(int(task.split()[0]) for task in tasks) / 1e6


def run(command: list[str], cursor: Callable[[Terminal], int], env: dict[str, str]) -> tuple[float, float, float]:
    """Milliseconds until painted and until useful, and what the processor worked until then."""
    start = time.perf_counter()
    with Terminal(command, env=env, size=SIZE) as terminal:
        chunks: list[tuple[float, bytes]] = []
        spent: list[float] = []

        def read(seconds: float) -> bool:
            data = terminal.reads_raw(seconds)
            if data:
                chunks.append(((time.perf_counter() - start) * 1000, data))
                spent.append(worked(terminal.child.pid))
            return bool(data)

        while b"Account " not in b"".join(data for _at, data in chunks[-3:]):
            if not read(20):
                raise AssertionError(f"nothing came of {command}: {b''.join(data for _at, data in chunks)!r}")
        painted = chunks[-1][0]
        terminal.types("j")
        sent = len(chunks)
        while read(QUIET):
            pass
        # What was seen when is reckoned afterwards, so that drawing costs the program no time.
        first = -1
        for number, (at, data) in enumerate(chunks):
            terminal.draws(data)
            found = cursor(terminal)
            if number < sent:
                first = found
            elif found not in {-1, first} and first >= 0:
                return painted, at, spent[number]
            elif first < 0:
                first = found
        raise AssertionError(f"the key moved nothing:\n{terminal.text}")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        for count in (10_000, 100_000):
            for_kamtui(Path(folder, f"{count}.db"), count)
        shown_rows(Path(folder, "10000.db"), Path(folder, "bare.db"))
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KAMTUI_")},
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml",
        }  # fmt: skip
        candidates: dict[str, tuple[list[str], Callable[[Terminal], int]]] = {
            "bare table, 200 rows": (
                [sys.executable, str(Path(__file__).with_name("bare_table.py")), f"{folder}/bare.db"], bare_cursor,
            ),
            "kamtui, 10,000 tasks": ([KAMTUI, "--db", f"{folder}/10000.db"], our_cursor),
            "kamtui, 100,000 tasks": ([KAMTUI, "--db", f"{folder}/100000.db"], our_cursor),
        }  # fmt: skip
        took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in candidates}
        for turn in range(runs + 1):
            for name, (command, cursor) in candidates.items():
                found = run(command, cursor, env)
                if turn:
                    took[name].append(found)
        base: list[float] = []
        for name, values in took.items():
            medians = [statistics.median(value[at] for value in values) for at in (0, 1, 2)]
            p95 = sorted(value[1] for value in values)[min(len(values) - 1, int(len(values) * 0.95))]
            base = base or medians
            print(
                f"{name:24} painted {medians[0]:6.1f} ms (x {medians[0] / base[0]:4.2f})   useful: median {medians[1]:6.1f} ms, "
                f"p95 {p95:6.1f} ms (x {medians[1] / base[1]:4.2f} of the bare table)   CPU {medians[2]:6.1f} ms (x {medians[2] / base[2]:4.2f})"
            )


if __name__ == "__main__":
    main()
