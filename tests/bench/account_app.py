"""`python tests/bench/account_app.py [CSV]`: the place of an account in the app, to the bytes of the frame.

Opening a large account (500 people, 500 needs, 2,000 tasks, 5,000 touches) against one with 10 of each, the promises: <= 1.5
times and <= 100 ms, the first one after the app came up too; keys in its panes, p95 <= 16 ms. With the CSV of HMRC's posts: their chart, wholly unfolded, <= 150 ms,
and keys in it, p95 <= 16 ms.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from account import TODAY, fill

TESTS = Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / "tui")]
os.environ.setdefault("TEXTUAL_FPS", "1000")  # as `launch` has it

from seat import Seat, open_seat  # noqa: E402  beside the folder of benchmarks
from textual.events import Key  # noqa: E402

from kamtui.cli.main import run  # noqa: E402
from kamtui.store.workspace import Workspace  # noqa: E402

SIZE = (140, 40)
RUNS = 15
PANES = "1234567890"
WALK = ["j", "j", "k", "pagedown", "j", "pageup", "G", "k", "g", "j"]


class Watch:
    """Takes the time until the terminal has the frame in which something became true."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.shown = asyncio.Event()
        self.until: Callable[[], bool] = lambda: True
        self.at = 0.0
        seat.app.post_display_hook = self.displayed  # type: ignore[method-assign]

    def displayed(self) -> None:
        if not self.shown.is_set() and self.until():
            self.at = time.perf_counter()
            self.shown.set()

    async def take(self, act: Callable[[], object], until: Callable[[], bool]) -> float | None:
        """Milliseconds; None where nothing came of it."""
        self.until = until
        self.shown.clear()
        start = time.perf_counter()
        act()
        try:
            await asyncio.wait_for(self.shown.wait(), 2)
        except TimeoutError:
            return None
        took = (self.at - start) * 1000
        await self.seat.settle()
        return took


async def opening(seat: Seat, watch: Watch, account: int, name: str) -> float:
    app = seat.app
    arrived = False

    async def go() -> None:
        nonlocal arrived
        await app.go("work", account_id=account)
        arrived = True

    took = await watch.take(lambda: app.call_later(go), lambda: arrived and name in seat.lines[1] + seat.lines[0])
    assert took is not None, seat.text
    return took


async def keys(seat: Seat, watch: Watch, pressed: list[str]) -> list[float]:
    took = []
    for key in pressed:
        rows = seat.app.rows
        if rows is None:
            continue
        before = (rows.cursor, rows.scroll_offset)
        found = (
            await watch.take(
                lambda key=key: seat.app.post_message(Key(key, key if len(key) == 1 else None)),  # type: ignore[misc]
                lambda rows=rows, before=before: (rows.cursor, rows.scroll_offset) != before,  # type: ignore[misc]
            )
            if _moves(rows, key)
            else None
        )
        if found is not None:
            took.append(found)
    return took


def _moves(rows: object, key: str) -> bool:
    """Whether a key has somewhere to go: nothing waits two seconds for what does not come."""
    lines, cursor = rows.lines, rows.cursor  # type: ignore[attr-defined]
    records = [at for at, line in enumerate(lines) if line.key is not None]
    return bool(records) and cursor != (records[-1] if key in {"j", "G", "pagedown"} else records[0])


def said(name: str, values: list[float]) -> None:
    ordered = sorted(values)
    print(
        f"{name:34} {len(ordered):4} x   median {statistics.median(ordered):6.1f} ms   p95 "
        f"{ordered[int(len(ordered) * 0.95)]:6.1f} ms   longest {ordered[-1]:6.1f} ms",
        file=sys.__stdout__,  # the app keeps what is printed
    )


async def large_account(workspace: Workspace, small: int, large: int) -> None:
    async with open_seat(workspace, size=SIZE, tape=True) as seat:
        watch = Watch(seat)
        names = {row: await name_of(seat, row) for row in (small, large)}
        took: dict[int, list[float]] = {small: [], large: []}
        # Nobody opens an account within the second in which the app comes up.
        while not seat.app._screen_stacks.get("work"):
            await asyncio.sleep(0.05)
        await seat.settle()
        said("opening the first account", [await opening(seat, watch, large, names[large])])
        for _run in range(RUNS):
            for account in (small, large):
                took[account].append(await opening(seat, watch, account, names[account]))
        said("opening the small account", took[small])
        said("opening the large account", took[large])
        print(
            f"    large / small: {statistics.median(took[large]) / statistics.median(took[small]):.2f}",
            file=sys.__stdout__,
        )
        pressed: list[float] = []
        for pane in PANES:
            await seat.press(pane)
            pressed += await keys(seat, watch, WALK)
        said("keys in the large account", pressed)


async def name_of(seat: Seat, account: int) -> str:
    return str(seat.app.session.reader.execute("SELECT name FROM account WHERE id = ?", (account,)).fetchone()[0])


async def chart(workspace: Workspace) -> None:
    async with open_seat(workspace, size=SIZE, tape=True) as seat:
        watch = Watch(seat)
        account = seat.app.session.reader.execute("SELECT id FROM account WHERE name = 'HMRC'").fetchone()[0]
        await seat.app.go("work", account_id=account)
        await seat.settle()
        await seat.press("1", "z")
        await to_chart(seat)
        place = seat.app.place
        view = place.view  # type: ignore[union-attr]
        drawn: list[float] = []
        for _run in range(RUNS):
            before = seat.app.rows.plan  # type: ignore[union-attr]
            view.unfolded = True
            took = await watch.take(
                place.reload,  # type: ignore[union-attr]
                lambda before=before: seat.app.rows.plan is not before,  # type: ignore[misc,union-attr]
            )
            assert took is not None
            drawn.append(took)
            await seat.settle()
        boxes = len(seat.app.rows.plan.boxes)  # type: ignore[union-attr]
        said(f"chart of {boxes} boxes, unfolded", drawn)
        said(
            "keys in the chart",
            await keys(seat, watch, [*"jjjjllllhhjjkkllll", "pagedown", "G", *"kkkk", "g", *"jjjj"] * 3),
        )


async def to_chart(seat: Seat) -> None:
    from kamtui.tui.widgets.canvas import Canvas

    for _view in range(4):
        if isinstance(seat.app.rows, Canvas):
            return
        await seat.press("v")
    raise AssertionError(seat.text)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml"}
        workspace = Workspace(Path(folder, "bench.db"), TODAY, today_is_set=True)
        long_ago = replace(workspace, today=TODAY - timedelta(days=30))
        small = fill(long_ago, 10, 10, 10, 10)
        large = fill(long_ago, 500, 500, 2_000, 5_000)
        if len(sys.argv) > 1:
            arguments = [
                "--db", str(workspace.path), "import", "csv", sys.argv[1], "--into", "person", "--account", "HMRC",
                "--create-missing", "--key", "Post Unique Reference", "--map", "Reports to Senior Post=manager",
            ]  # fmt: skip
            assert run(arguments) == 0
        work: list[Awaitable[None]] = [large_account(workspace, small, large)]
        if len(sys.argv) > 1:
            work.append(chart(workspace))
        for part in work:
            asyncio.run(part)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
