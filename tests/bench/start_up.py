"""`python tests/bench/start_up.py`: help, completion and read commands beside the imports they cannot do without."""

import subprocess
import sys
import tempfile
from pathlib import Path

from timing import KAMTUI, interleaved, report

HELP_BASE = "python: typer, rich.table"
READ_BASE = "python: typer, rich.table, sqlite3"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = subprocess.run([KAMTUI, "demo"], check=True, capture_output=True, text=True).stdout.strip()
        env = {"KAMTUI_DB": demo, "KAMTUI_CONFIG": str(Path(folder, "none.toml")), "LANG": "C.UTF-8"}
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
