"""`python tests/bench/random_keys.py [KEYS] [SEED]`: 20,000 random keys over copies of the demo, in rounds of 500.

After each round: no exception, the doctor finds nothing wrong, and undoing everything gives back the first content.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tui"))

from random_hands import Hands, content_of, problems_of, stand_as_it_is, undo_everything
from seat import open_seat

from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace

ROUND = 500
SIZES = [(100, 30), (140, 40), (60, 20), (40, 12), (200, 60)]


async def hands(workspace: Workspace, seed: int, count: int) -> None:
    async with open_seat(workspace, size=SIZES[seed % len(SIZES)]) as seat:
        await Hands(seat, seed).press(count)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml", "EDITOR": "true", "VISUAL": "true",
        }  # fmt: skip
        first = Workspace(Path(folder, "first.db"), date(2026, 11, 23), True, "test", "Gao Lin")
        load_demo(first, shipped() / "demo")
        stand_as_it_is(first)
        before = content_of(first)
        start = time.monotonic()
        for number in range(seed, seed + count // ROUND):
            copy = Workspace(
                Path(shutil.copy(first.path, f"{folder}/{number}.db")), first.today, True, "test", "Gao Lin"
            )
            try:
                asyncio.run(hands(copy, number, ROUND))
                wrong = problems_of(copy)
                undo_everything(copy)
                if content_of(copy) != before:
                    wrong.append("undoing everything does not bring back the first content")
            except Exception as error:
                wrong = [f"{type(error).__name__}: {error} {getattr(error, '__notes__', '')}"]
            if wrong:
                broken += 1
                print(f"seed {number}: {'; '.join(wrong)}", flush=True)
        print(f"{count // ROUND * ROUND:,} keys, {broken} rounds of {ROUND} broken, {time.monotonic() - start:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
