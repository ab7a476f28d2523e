"""`python tests/bench/brief.py`: briefs of an account with 300 people and 500 needs, in a running process, in the running app
(and how long the app does not answer meanwhile), as whole commands; and of 100 accounts into a folder."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from timing import KAMTUI, interleaved, report

from kamtui.store.workspace import Workspace

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("brief", "tui")]
import conftest as accounts  # noqa: E402

FORMATS = ("html", "pdf", "docx", "md", "json")
RUNS = 15
MOST_MS = {"html": 100, "pdf": 400, "docx": 300, "command html": 1000, "command pdf": 1500, "100 accounts": 8000}


def in_process(workspace: Workspace, account_id: int, today: date) -> dict[str, list[float]]:
    """Milliseconds from the database to the bytes; the first of each, which imports and looks at fonts, does not count."""
    from kamtui.brief.build import build_brief
    from kamtui.brief.formats import Format, render

    took: dict[str, list[float]] = {name: [] for name in FORMATS}
    with workspace.reading() as connection:
        for turn in range(RUNS + 1):
            for name in FORMATS:
                start = time.perf_counter()
                render(build_brief(connection, account_id, today), Format(name))
                if turn:
                    took[name].append((time.perf_counter() - start) * 1000)
    return took


async def in_the_app(workspace: Workspace, account_id: int, folder: Path) -> dict[str, list[float]]:
    """Milliseconds from the order to the file on disk, of the brief shown anew after a change, and for each format the longest
    time in which the app did not answer. The first of each counts as `first`: it imports, and looks at fonts."""
    from seat import open_seat

    from kamtui.tui.places.brief_sheet import BriefSheet

    took: dict[str, list[float]] = {}
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - start - 0.001)

    async with open_seat(workspace, size=(140, 40), account=account_id, place="work") as seat:
        await seat.app.go("work", account_id=account_id)
        await seat.press("b")
        sheet = seat.app.screen.query_one(BriefSheet)
        beating = asyncio.ensure_future(beat())
        for turn in range(RUNS + 1):
            start = time.perf_counter()
            sheet.load()
            if turn:
                took.setdefault("shown anew", []).append((time.perf_counter() - start) * 1000)
            for name in FORMATS[:3]:
                await asyncio.sleep(0.02)
                longest = 0.0
                start = time.perf_counter()
                await sheet._write(folder / f"app.{name}", over=True)
                label = name if turn else f"first {name}"
                took.setdefault(label, []).append((time.perf_counter() - start) * 1000)
                took.setdefault(f"{label}, not answering", []).append(longest * 1000)
        beating.cancel()
    return took


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, today = Path(folder, "kamtui.db"), accounts.TODAY
        workspace = Workspace(path, today, today_is_set=True, program="bench", who="Gao Lin")
        workspace.prepare()
        account_id = accounts.build_large_account(workspace)
        print(
            f"in a running process, most {', '.join(f'{name} {MOST_MS[name]} ms' for name in ('html', 'pdf', 'docx'))}"
        )
        report(in_process(workspace, account_id, today), "html")
        print("\nin the running app, most html 100 ms, pdf 400 ms, docx 300 ms")
        report(asyncio.run(in_the_app(workspace, account_id, Path(folder))), "html")
        env = {"KAMTUI_DB": str(path), "KAMTUI_TODAY": today.isoformat(), "LANG": "C.UTF-8"}
        print("\nwhole commands, most html 1000 ms, pdf 1500 ms")
        commands = {
            f"command {name}": [KAMTUI, "brief", str(account_id), "--force", "-o", f"{folder}/brief.{name}"]
            for name in ("html", "pdf", "docx")
        }
        report(interleaved(commands, env=env), "command html")
        for _ in range(33):
            accounts.build_known_account(workspace)
            accounts.build_new_bank(workspace)
        start = time.perf_counter()
        command = [KAMTUI, "brief", "--all", "--format", "html", "-o", f"{folder}/all"]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **env})
        took = time.perf_counter() - start
        print(f"\n{done.stdout.strip()}: {took:.2f} s (100 accounts: most 8 s)")


if __name__ == "__main__":
    main()
