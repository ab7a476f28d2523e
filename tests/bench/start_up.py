"""`python tests/bench/start_up.py`: help, completion and read commands beside the imports they cannot do without."""

import sys
import tempfile
from datetime import date
from pathlib import Path

from timing import KAMTUI, interleaved, report

from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace

HELP_BASE = "python: typer, rich.table"
READ_BASE = "python: typer, rich.table, sqlite3"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo.db")
        load_demo(Workspace(demo, date.today()), shipped() / "demo")  # noqa: DTZ011  a due date is a local date
        env = {"KAMTUI_DB": str(demo), "KAMTUI_CONFIG": str(Path(folder, "none.toml")), "LANG": "C.UTF-8"}
        helps = {
            HELP_BASE: [sys.executable, "-c", "import typer, rich.table"],
            "kamtui --help": [KAMTUI, "--help"],
            "kamtui --version": [KAMTUI, "--version"],
            "kamtui need --help": [KAMTUI, "need", "--help"],
            "completion of `kamtui `": ["env", "_KAMTUI_COMPLETE=complete_bash", "COMP_WORDS=kamtui ", "COMP_CWORD=1", KAMTUI],
            "completion of `kamtui need `": [
                "env", "_KAMTUI_COMPLETE=complete_bash", "COMP_WORDS=kamtui need ", "COMP_CWORD=2", KAMTUI,
            ],
        }  # fmt: skip
        reads = {
            READ_BASE: [sys.executable, "-c", "import typer, rich.table, sqlite3"],
            **{
                f"kamtui {' '.join(words)}": [KAMTUI, *words]
                for words in (
                    ["account", "list"], ["account", "show", "Huadong Bank"], ["person", "list", "--account", "Huadong Bank"],
                    ["need", "list"], ["obligation", "list"], ["task", "list"], ["touch", "list"], ["give", "list"],
                    ["transaction", "list"], ["today"], ["search", "zw"], ["log"], ["brief", "Huadong Bank"],
                )
            },
        }  # fmt: skip
        report(interleaved(helps, env=env), HELP_BASE)
        print()
        report(interleaved(reads, env=env), READ_BASE)


if __name__ == "__main__":
    main()
