"""`python tests/bench/keys.py [KEYS]`: from a key to its display, at 100k tasks; the promises: p95 <= 16 ms in the process
and <= 50 ms in a pty. Keys come as they do while one walks: a few at once, then a rest in which the preview is drawn."""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from today import for_kamtui

TESTS = Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / "tui"), str(TESTS / "e2e")]
os.environ.setdefault("TEXTUAL_FPS", "1000")  # as `launch` has it

from seat import open_seat  # noqa: E402  beside the folder of benchmarks
from terminal import KAMTUI, KEYS, Terminal  # noqa: E402
from textual.events import Key  # noqa: E402

from kamtui.store.workspace import Workspace  # noqa: E402

SIZE = (140, 40)
AT_ONCE = 5  # keys until a rest
PRESSED = {"j": 10, "k": 6, "pagedown": 5, "pageup": 2, "G": 1, "g": 1}  # and how often
QUIET = 0.12  # seconds without output: the preview was drawn


def keys(count: int) -> list[str]:
    return random.Random(5).choices(list(PRESSED), list(PRESSED.values()), k=count)


async def in_process(database: Path, count: int) -> dict[str, list[float]]:
    """Milliseconds by key, until the terminal has the bytes of the frame in which the cursor moved; prints what
    the processor worked for them, which says the same on a busy machine."""
    took: dict[str, list[float]] = {}
    worked: list[float] = []
    space = Workspace(database, date.today())  # noqa: DTZ011
    async with open_seat(space, size=SIZE, tape=True) as seat:
        rows = seat.app.rows
        assert rows is not None
        assert len(rows.lines) > 30_000, "the whole order was read"
        shown: asyncio.Event = asyncio.Event()
        drawn = 0.0
        before = rows.cursor
        begun = 0.0

        def displayed() -> None:
            nonlocal drawn
            if rows.cursor != before and not shown.is_set():
                drawn = time.perf_counter()
                worked.append((time.process_time() - begun) * 1000)
                shown.set()

        seat.app.post_display_hook = displayed  # type: ignore[method-assign]
        for number, key in enumerate(keys(count)):
            shown.clear()
            before = rows.cursor
            start, begun = time.perf_counter(), time.process_time()
            seat.app.post_message(Key(key, key if len(key) == 1 else None))
            try:
                await asyncio.wait_for(shown.wait(), 0.5)
                took.setdefault(key, []).append((drawn - start) * 1000)
            except TimeoutError:
                pass  # the cursor stood at an end already
            if not number % AT_ONCE:
                await seat.settle()
    worked.sort()
    print(
        f"CPU a key: median {statistics.median(worked):.1f} ms, p95 {worked[int(len(worked) * 0.95)]:.1f} ms",
        file=sys.__stdout__,
    )
    return took


def in_pty(database: Path, count: int, folder: str) -> dict[str, list[float]]:
    """Milliseconds by key, until the first byte that answers it was read."""
    took: dict[str, list[float]] = {}
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KAMTUI_")},
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
        "KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml",
    }  # fmt: skip
    with Terminal([KAMTUI, "--db", str(database)], env=env, size=SIZE) as terminal:
        terminal.shows("PROMISED", "pass: 0 of 3")
        for key in keys(count):
            while terminal.reads_raw(QUIET):
                pass
            start = time.perf_counter()
            terminal.child.send(KEYS.get(key, key))
            if terminal.reads_raw(0.5):
                took.setdefault(key, []).append((time.perf_counter() - start) * 1000)
    return took


def report(name: str, took: dict[str, list[float]]) -> None:
    everything = sorted(value for values in took.values() for value in values)
    print(
        f"{name}: {len(everything)} keys, median {statistics.median(everything):.1f} ms, "
        f"p95 {everything[int(len(everything) * 0.95)]:.1f} ms, longest {everything[-1]:.1f} ms"
    )
    for key, values in sorted(took.items()):
        print(
            f"    {key:10} {len(values):4} x   median {statistics.median(values):6.1f} ms   longest {max(values):6.1f} ms"
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml"}
        database = Path(folder, "bench.db")
        for_kamtui(database, 100_000)
        report("in the process", asyncio.run(in_process(database, count)))
        report("in a pty", in_pty(database, count, folder))


if __name__ == "__main__":
    main()
