"""The app under test: the demo portfolio, a seat in front of it, a terminal whose habits do not change."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from seat import Seat, open_seat, without_frames, without_rests
from textual.css.stylesheet import Stylesheet

from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def _own_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what was remembered of this machine, nor what kind of terminal it runs in."""
    monkeypatch.setenv("KAMTUI_MEMORY", str(tmp_path / "memory.json"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def _no_resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits until the cursor rests comes in the same order, and nobody waits for it."""
    without_rests(monkeypatch)
    without_frames(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Every app of a process has the same style sheets: they are parsed for the first one."""
    parse, parsed = Stylesheet._parse_rules, {}

    def once(sheet: Stylesheet, *where: Any, **named: Any) -> Any:
        key = (*where, *named.items(), *sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, *where, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


@pytest.fixture(autouse=True)
def _no_other_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a viewer on the machine of who runs it."""
    monkeypatch.setattr("kamtui.tui.viewing.start", lambda _command: None)


@pytest.fixture(scope="session")
def _demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "kamtui.db"
    load_demo(Workspace(path, TODAY, today_is_set=True, program="test", who="Gao Lin"), shipped() / "demo")
    return path


@pytest.fixture
def demo(tmp_path: Path, _demo_database: Path) -> Workspace:
    """A workspace over a copy of the demo portfolio; the day is `TODAY`."""
    path = tmp_path / "demo.db"
    shutil.copy(_demo_database, path)
    path.chmod(0o600)
    return Workspace(path, TODAY, today_is_set=True, program="test", who="Gao Lin")


@pytest.fixture
def open_app() -> Callable[..., AbstractAsyncContextManager[Seat]]:
    """Opens the app: `async with open_app(demo, size=(80, 24)) as seat: await seat.press("j")`; see `seat.open_seat`."""
    return open_seat
