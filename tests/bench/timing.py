"""How figures are measured: whole processes, interleaved, median and p95; ratios within one run."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
KAMTUI = str(BIN / "kamtui")


def interleaved(
    commands: Mapping[str, Sequence[str]], *, runs: int = 15, env: Mapping[str, str] | None = None
) -> dict[str, list[float]]:
    """Milliseconds of each command, run in turn `runs` times after one run that does not count."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, **(env or {})}
            )
            if turn:
                took[name].append((time.perf_counter() - start) * 1000)
    return took


def report(took: Mapping[str, Sequence[float]], base: str) -> None:
    """A line for each command: median, p95, and the ratio of its median to that of `base`."""
    bottom = statistics.median(took[base])
    for name, values in took.items():
        ordered = sorted(values)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        median = statistics.median(ordered)
        print(f"{name:44} median {median:8.1f} ms   p95 {p95:8.1f} ms   x {median / bottom:5.2f} of {base}")
