"""`python tests/bench/triage.py [ACTIONS]`: from the key of an action to the next row displayed, and keys while a new day is
reckoned behind them; at 1,000 accounts, 20k people, 100k tasks, 100k notes.

The promises: an action to the next row p95 <= 30 ms, keys within 30 ms while the day turns, all of it within 60 s.
"""

import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import signals

TESTS = Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / "tui")]
os.environ.setdefault("TEXTUAL_FPS", "1000")  # as `launch` has it

from seat import Seat, open_seat  # noqa: E402  beside the folder of benchmarks
from textual.events import Key  # noqa: E402

from kamtui.services.signals import turn_day  # noqa: E402
from kamtui.store.workspace import Workspace  # noqa: E402
from kamtui.tui.app import Kamtui  # noqa: E402

SIZE = (140, 40)


async def until_moved(seat: Seat, key: str) -> float | None:
    """Milliseconds from a key until the frame in which the cursor stands elsewhere; None where it stays."""
    rows = seat.app.rows
    assert rows is not None
    shown, before, drawn = asyncio.Event(), rows.cursor, 0.0

    def displayed() -> None:
        nonlocal drawn
        if rows.cursor != before and not shown.is_set():
            drawn = time.perf_counter()
            shown.set()

    seat.app.post_display_hook = displayed  # type: ignore[method-assign]
    start = time.perf_counter()
    seat.app.post_message(Key(key, key))
    try:
        await asyncio.wait_for(shown.wait(), 5)
    except TimeoutError:
        return None
    return (drawn - start) * 1000


async def actions(space: Workspace, count: int) -> list[float]:
    """What `d` takes on tasks, the preview drawn between two of them."""
    took = []
    async with open_seat(space, size=SIZE, tape=True) as seat:
        await seat.settle()
        for _number in range(count):
            if (found := await until_moved(seat, "d")) is not None:
                took.append(found)
            await seat.settle()
    return took


async def keys_while_the_day_turns(space: Workspace) -> tuple[list[float], float]:
    """What `j` takes meanwhile, and how long the new day took."""
    took = []
    reckon = Kamtui._reckon_day
    Kamtui._reckon_day = lambda _app: None  # type: ignore[method-assign]  # not before the seat is at rest
    gc.disable()  # as `launch` has it: the app begins to collect garbage when it stands, and not in what stood by then
    async with open_seat(space, size=SIZE, tape=True) as seat:
        await asyncio.sleep(1)
        Kamtui._reckon_day = reckon  # type: ignore[method-assign]
        seat.app._reckon_day()
        start = time.perf_counter()
        while seat.app.turning:
            if (found := await until_moved(seat, "j")) is not None:
                took.append(found)
            # One walks a little, then reads.
            await asyncio.sleep(0.05 if len(took) % 10 else 2)
        whole = time.perf_counter() - start
    return took, whole


def said(name: str, took: list[float]) -> None:
    took = sorted(took)
    print(
        f"{name}: {len(took)} x, median {statistics.median(took):.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms, "
        f"longest {took[-1]:.1f} ms",
        file=sys.__stdout__,
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml"}
        fresh = Workspace(Path(folder, "bench.db"), signals.TODAY, today_is_set=True)
        signals.fill(fresh)
        today = replace(fresh, today=date.today(), today_is_set=False)  # noqa: DTZ011
        took, whole = asyncio.run(keys_while_the_day_turns(today))
        said("a key while the day turns", took)
        print(f"the new day: {whole:.1f} s", file=sys.__stdout__)
        turn_day(today)
        said("an action to the next row", asyncio.run(actions(today, count)))


if __name__ == "__main__":
    main()
