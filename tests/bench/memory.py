"""`python tests/bench/memory.py`: the memory of the open app at 100k tasks beside that at 1k; the promise: <= 1.3 x.

In a pty, after the whole order was read and the cursor was at its end and back.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from today import for_kamtui

sys.path.append(str(Path(__file__).resolve().parent.parent / "e2e"))

from terminal import KAMTUI, Terminal

COUNTS = (1_000, 100_000)
RUNS = 3


def resident(pid: int) -> float:
    """Megabytes of a process in memory (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KAMTUI_")},
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml",
        }  # fmt: skip
        took: dict[int, list[float]] = {count: [] for count in COUNTS}
        for count in COUNTS:
            for_kamtui(Path(folder, f"{count}.db"), count)
        for _run in range(RUNS):
            for count in COUNTS:
                with Terminal([KAMTUI, "--db", f"{folder}/{count}.db"], env=env, size=(140, 40)) as terminal:
                    terminal.shows("PROMISED").hides("of ... done").presses("G").hides("PROMISED")
                    terminal.presses("g").shows("PROMISED", "OPEN NEEDS")
                    took[count].append(resident(terminal.child.pid))
        base = statistics.median(took[COUNTS[0]])
        for count, values in took.items():
            median = statistics.median(values)
            print(f"{count:>8,} tasks: {median:6.1f} MB  x {median / base:4.2f} of {COUNTS[0]:,}")


if __name__ == "__main__":
    main()
