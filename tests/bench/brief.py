"""`python tests/bench/brief.py`: briefs of an account with 300 people and 500 needs, in a running process and as whole commands,
and of 100 accounts into a folder."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from timing import KAMTUI, interleaved, report

from kamtui.store.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "brief"))
import conftest as accounts

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
