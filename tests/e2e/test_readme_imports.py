"""The README's imports, run as they stand there, on the files that others made."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# On a machine without the sqlite3 program, the two options that the README uses.
SQLITE3 = f"""#!{sys.executable}
import csv, sqlite3, sys
_csv, _header, path, query = sys.argv[1:]
found = sqlite3.connect(path).execute(query)
out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(column[0] for column in found.description)
out.writerows(found)
"""


def block(start: str) -> str:
    """The code block of the README that holds a line beginning with `start`."""
    blocks = (ROOT / "README.md").read_text().split("```sh\n")[1:]
    return next(text for part in blocks if start in (text := part.partition("\n```")[0]))


@pytest.fixture
def machine(tmp_path: Path, shared: Path) -> dict[str, str]:
    """A folder with the files under the names that the README gives them, and an environment that sees no other."""
    for source, name in (
        ("crm-maven/original/accounts.csv", "accounts.csv"),
        ("crm-maven/original/sales_pipeline.csv", "sales_pipeline.csv"),
        ("northwind/csv/Customers.csv", "Customers.csv"),
        ("northwind/csv/Employees.csv", "Employees.csv"),
        ("northwind/northwind.sqlite", "northwind.sqlite"),
        ("uk-organograms/her_majestys_revenue_and_customs-2011-03-31-senior.csv", "hmrc-senior.csv"),
    ):
        shutil.copy(shared / source, tmp_path / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "kamtui").symlink_to(Path(sys.executable).parent / "kamtui")
    if shutil.which("sqlite3") is None:
        shim = programs / "sqlite3"
        shim.write_text(SQLITE3)
        shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    return {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "KAMTUI_DB": str(tmp_path / "own" / "kamtui.db"),
        "KAMTUI_TODAY": "2026-11-23",
    }


def test_the_imports_of_the_readme_bring_what_the_files_hold(machine, tmp_path):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block("# A CRM's accounts")],
        cwd=tmp_path, env=machine, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    base = sqlite3.connect(machine["KAMTUI_DB"])

    def count(query: str) -> int:
        return base.execute(query).fetchone()[0]

    # 85 accounts of the CRM, 93 of Northwind, Northwind itself, HMRC.
    assert count("SELECT count(*) FROM account") == 85 + 93 + 1 + 1
    assert count("SELECT count(*) FROM account WHERE parent_id IS NOT NULL") == 15
    assert count("""SELECT count(*) FROM "transaction" """) == 4238 + 2155
    assert count("SELECT count(*) FROM person") == 93 + 9 + 346
    assert count("SELECT count(*) FROM person WHERE placeholder = 1") == 304
    assert count("SELECT count(*) FROM reporting_line") == 8 + 345
    assert count("SELECT count(*) FROM point WHERE kind = 'do'") == 7
    base.close()
    log = subprocess.run(["kamtui", "log", "--json"], env=machine, capture_output=True, text=True, check=True)
    assert len(json.loads(log.stdout)) == 8  # seven imports, and the making of the database


def test_the_imports_leave_a_short_queue_on_the_first_day_and_half_a_year_later(machine, tmp_path):
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block("# A CRM's accounts")],
        cwd=tmp_path, env=machine, capture_output=True, check=True,
    )  # fmt: skip

    def ask(*arguments: str) -> object:
        done = subprocess.run(["kamtui", *arguments, "--json"], env=machine, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def rows(day: str) -> int:
        queue = ask("--today", day, "today")
        return sum(len(queue[lane]) for lane in ("timed", "promised", "at_risk", "gaps")) + queue["more"]

    assert rows("2026-11-23") <= 5
    best = ask("sort")[:30]
    ask("sort", *(part for row in best for part in ("--set", f"{row['id']}=T{1 + row['rank'] % 3}")))
    assert rows("2027-02-22") <= 40
    assert rows("2027-05-23") <= 40
