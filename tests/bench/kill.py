"""Kills the program a thousand times at random moments and looks at what is left: `python tests/bench/kill.py [KILLS]`.

Writing, importing, migrating, exporting (a brief to a file, a backup), each a quarter. Prints a line for each, and
what was found wrong; ends with 1 where something was.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from kamtui.store.migration import migrate
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

TODAY = date(2026, 11, 23)
NEIGHBOURS = {"", "-wal", "-shm", ".lock", ".backups"}
WRITE = """
import sys
from datetime import date
from pathlib import Path
from kamtui.services.tasks import add_task
from kamtui.store.workspace import Workspace
store = Workspace(Path(sys.argv[1]), date(2026, 11, 23), True, "child", "Gao Lin")
while True:
    with store.writing() as work:
        row = add_task(work, "call 张伟", note="note " * 200).id
    print(row, flush=True)
"""


class Wrong(Exception):
    """Something that must not be after a kill."""


def killed(arguments: list[str], longest: float, chance: random.Random) -> list[str]:
    """Runs a program and kills it after a random time; returns its whole lines."""
    child = subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "KAMTUI_TODAY": str(TODAY)},
    )
    time.sleep(chance.uniform(0.02, longest))
    child.send_signal(signal.SIGKILL)
    said, _none = child.communicate()
    return said.split("\n")[:-1]


def kamtui(database: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "kamtui", "--db", str(database), *map(str, arguments)]


def examine(database: Path) -> None:
    """Raises `Wrong` where the database, or what lies beside it, is not as it must be."""
    with closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Wrong("damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise Wrong("a row points to nothing")
        if connection.execute("SELECT count(*) FROM open_point").fetchone() != (0,):
            raise Wrong("a step is half done")
        unlogged = "SELECT count(*) FROM point WHERE kind = 'do' AND id NOT IN (SELECT point_id FROM change)"
        if connection.execute(unlogged).fetchone() != (0,):
            raise Wrong("a point without changes")
        if (
            connection.execute("SELECT count(*) FROM search_row").fetchone()
            != connection.execute("SELECT count(*) FROM search_text").fetchone()
        ):
            raise Wrong("search rows are half")
    strange = {path.name.removeprefix(database.name) for path in database.parent.glob(f"{database.name}*")} - NEIGHBOURS
    if strange:
        raise Wrong(f"left lying about: {strange}")


def writing(folder: Path, chance: random.Random) -> Iterator[None]:
    database = folder / "write.db"
    Workspace(database, TODAY, who="Gao Lin").prepare()
    told: set[int] = set()
    while True:
        told |= {int(line) for line in killed([sys.executable, "-c", WRITE, str(database)], 1.6, chance)}
        examine(database)
        with closing(sqlite3.connect(database)) as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM task")}
        if not told <= there:
            raise Wrong(f"acknowledged and lost: {told - there}")
        yield


def importing(folder: Path, chance: random.Random) -> Iterator[None]:
    rows = 300
    table = folder / "people.csv"
    table.write_text("name,note\n" + "".join(f"Customer {number} 公司,note {number}\n" for number in range(rows)))
    database = folder / "import.db"
    while True:
        for path in folder.glob("import.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        Workspace(database, TODAY, who="Gao Lin").prepare()
        killed(kamtui(database, "import", "csv", table, "--into", "account"), 2.2, chance)
        examine(database)
        with closing(sqlite3.connect(database)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM account").fetchone()
        if count not in {0, rows}:
            raise Wrong(f"an import of {rows} rows left {count}")
        yield


def migrating(folder: Path, chance: random.Random) -> Iterator[None]:
    first = folder / "first" / "kamtui.db"
    with writer(first, "bench") as connection:
        migrate(connection, first, to=1)
    number = 0
    while True:
        number += 1
        database = folder / f"old{number}" / "kamtui.db"
        database.parent.mkdir()
        shutil.copy(first, database)
        killed(kamtui(database, "account", "list"), 1.4, chance)
        Workspace(database, TODAY, who="Gao Lin").prepare()
        examine(database)
        backups = list(database.with_name("kamtui.db.backups").iterdir())
        if any(path.suffix != ".db" for path in backups) or not 1 <= len(backups) <= 2:
            raise Wrong(f"backups: {backups}")
        shutil.rmtree(database.parent)
        yield


def exporting(folder: Path, chance: random.Random) -> Iterator[None]:
    database = folder / "export.db"
    Workspace(database, TODAY, who="Gao Lin").prepare()
    subprocess.run(
        kamtui(database, "account", "add", "Acme", "--note", "n" * 50_000), check=True, stdout=subprocess.DEVNULL
    )
    target = folder / "out" / "brief.md"
    target.parent.mkdir()
    old = "the brief of last week\n"
    while True:
        target.write_text(old)
        killed(kamtui(database, "brief", "Acme", "-o", target), 0.8, chance)
        text = target.read_text()
        if text != old and "Acme" not in text:
            raise Wrong("half a brief")
        if strange := [path.name for path in target.parent.iterdir() if path != target]:
            for name in strange:
                (target.parent / name).unlink()
            raise Wrong("a file left beside the brief")
        killed(kamtui(database, "backup", "now"), 0.8, chance)
        # The next writer tidies up.
        subprocess.run(kamtui(database, "account", "edit", "Acme", "--tag", "x"), check=True, stdout=subprocess.DEVNULL)
        examine(database)
        backups = list(database.with_name("export.db.backups").glob("*"))
        for path in backups:
            with closing(sqlite3.connect(path)) as connection:
                if path.suffix != ".db" or connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                    raise Wrong(f"half a backup: {path}")
            path.unlink()
        yield


@contextmanager
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kamtui-kill-") as name:
        yield Path(name)


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    kinds: list[Callable[[Path, random.Random], Iterator[None]]] = [writing, importing, migrating, exporting]
    wrong = 0
    for kind in kinds:
        chance = random.Random(kind.__name__)
        rounds = kills // len(kinds) // (2 if kind is exporting else 1)
        found: list[str] = []
        begun = time.monotonic()
        with place() as folder:
            run = kind(folder, chance)
            for _round in range(rounds):
                try:
                    next(run)
                except Wrong as error:
                    found.append(str(error))
                    run = kind(Path(tempfile.mkdtemp(dir=folder)), chance)
        wrong += len(found)
        killings = rounds * (2 if kind is exporting else 1)
        print(
            f"{kind.__name__:10} {killings:5} kills  {len(found)} wrong  {time.monotonic() - begun:.0f} s {set(found) or ''}"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
