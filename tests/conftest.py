"""What all tests share: a frozen day, a database of their own, and the command line as a function."""

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kamtui import language
from kamtui.store.workspace import Workspace

# Hundreds of apps are opened and closed: looking for garbage as often as Python does takes a fifth of the run.
gc.set_threshold(200_000, 20, 20)
# The screen is drawn when there is something to draw, not when a clock ticks.
os.environ["TEXTUAL_FPS"] = "1000"

TODAY = date(2026, 11, 23)  # a Monday
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the settings, the data, the language or the editor of who runs it."""
    for name in [name for name in os.environ if name.startswith(("KAMTUI_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("KAMTUI_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    language.choose("en")
    yield
    language.choose("en")


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "kamtui.db"
    Workspace(path, TODAY, today_is_set=True, program="test", who="Gao Lin").prepare()
    return path


@pytest.fixture
def store(tmp_path: Path, _empty_database: Path) -> Workspace:
    """A workspace over a new database; the person at the keyboard is Gao Lin, the day is `TODAY`."""
    path = tmp_path / "kamtui.db"
    shutil.copy(_empty_database, path)
    path.chmod(0o600)
    return Workspace(path, TODAY, today_is_set=True, program="test", who="Gao Lin")


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[list[str]]:
        """The cells of the tab-separated lines."""
        return [line.split("\t") for line in self.out.splitlines()]


@pytest.fixture
def kamtui(store: Workspace, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command line in this process on the database of `store`: `kamtui("account", "list")`."""
    from kamtui.cli.main import run

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run(["--db", str(store.path), "--today", store.today.isoformat(), *map(str, arguments)])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture
def shared() -> Path:
    """The folder of real data that others made; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real data is not here")
    return SHARED
