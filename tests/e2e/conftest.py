"""The app in a real terminal: a copy of the demo portfolio, a window around it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal import KAMTUI, Terminal

from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def _demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "kamtui.db"
    load_demo(Workspace(path, TODAY, today_is_set=True, program="app", who="Gao Lin"), shipped() / "demo")
    return path


@pytest.fixture
def demo(tmp_path: Path, _demo_database: Path) -> Workspace:
    """A workspace over a copy of the demo portfolio; the day is `TODAY`."""
    path = tmp_path / "demo.db"
    shutil.copy(_demo_database, path)
    path.chmod(0o600)
    return Workspace(path, TODAY, today_is_set=True, program="app", who="Gao Lin")


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has seen no kamtui yet, in a terminal with all colours."""
    return {
        "PATH": f"{Path(KAMTUI).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "KAMTUI_TODAY": TODAY.isoformat(),
    }


@pytest.fixture
def opened(machine: dict[str, str], demo: Workspace) -> Iterator[Callable[..., Terminal]]:
    """Opens kamtui on the demo in a terminal: `opened("--lang", "zh", size=(80, 24), env={"NO_COLOR": "1"})`."""
    terminals: list[Terminal] = []

    def start(
        *arguments: str,
        size: tuple[int, int] = (100, 30),
        env: dict[str, str | None] | None = None,
        line_cells: int | None = 1,
    ) -> Terminal:
        world = {**machine, "KAMTUI_DB": str(demo.path), **(env or {})}
        known = {name: value for name, value in world.items() if value is not None}
        terminal = Terminal([KAMTUI, *arguments], env=known, size=size, line_cells=line_cells)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.closes()
