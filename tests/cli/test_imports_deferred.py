"""What a command imports: help, version, completion and reads stay light (DESIGN §2: SQLModel alone costs half a second)."""

import os
import subprocess
import sys

import pytest

HEAVY = {
    "alembic", "charset_normalizer", "docx", "filelock", "jinja2", "lxml", "markupsafe", "pydantic", "pypinyin", "rapidfuzz",
    "sqlalchemy", "sqlmodel", "textual", "tomlkit", "typst",
}  # fmt: skip
SCRIPT = """
import sys
from kamtui.cli.main import run
code = run(sys.argv[1:])
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def imported(kamtui, store):
    """Runs a command in a process of its own, its output into a pipe; returns the packages that it imported."""
    kamtui("account", "add", "华东银行", "--tier", "T1")
    kamtui("account", "add", "Baltic Freight")

    def call(*arguments, **environment):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, *arguments],
            capture_output=True, text=True, check=False,
            env={**os.environ, "KAMTUI_DB": str(store.path), "KAMTUI_TODAY": "2026-11-23", **environment},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return set(done.stderr.splitlines()[-1].split())

    return call


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["account", "--help"],
        ["account", "list"],
        ["account", "list", "--json"],
        ["account", "show", "baltic"],
        ["person", "list", "--account", "华东银行"],
        ["need", "list"],
        ["obligation", "list"],
        ["task", "list"],
        ["touch", "list"],
        ["contract", "worksheet", "baltic"],
        ["issue", "list"],
        ["channel", "list", "baltic"],
        ["account", "stage", "baltic"],
        ["account", "timeline", "baltic"],
        ["person", "coverage", "baltic"],
        ["person", "compare", "baltic", "--from", "2026-11-23"],
        ["obligation", "template", "list"],
        ["today"],
        ["today", "--json"],
        ["search", "zw"],
        ["log"],
        ["config", "show"],
        ["config", "keys"],
        ["backup", "list"],
        ["account", "list", "--lang", "zh"],
    ],
    ids=" ".join,
)
def test_a_read_imports_nothing_heavy(imported, arguments):
    packages = imported(*arguments)
    assert packages & HEAVY == set()
    # Tables are drawn on a terminal alone.
    assert "rich" not in packages


@pytest.mark.parametrize(
    ("ending", "needed"),
    [("md", set()), ("json", set()), ("txt", set()), ("html", {"jinja2", "markupsafe"}), ("pdf", {"typst"}),
     ("docx", {"docx", "lxml"})],
)  # fmt: skip
def test_a_brief_imports_what_its_format_needs(imported, tmp_path, ending, needed):
    assert imported("brief", "baltic", "-o", str(tmp_path / f"brief.{ending}")) & HEAVY == needed


def test_completion_imports_nothing_heavy(store):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kamtui"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "_KAMTUI_COMPLETE": "complete_bash", "COMP_WORDS": "kamtui acc", "COMP_CWORD": "1"},
    )  # fmt: skip
    assert done.stdout.split() == ["account"]
    packages = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in packages
    assert packages & (HEAVY | {"rich", "sqlite3"}) <= {"sqlite3"}


def test_the_models_are_loaded_by_writes_alone(imported):
    assert "sqlmodel" in imported("account", "add", "Acme")
