"""Opens the app: what it needs is decided before Textual is imported, since that freezes and cannot be asked later."""

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.services import memory
from kamtui.services.settings_file import file_setting, read_settings
from kamtui.store.workspace import Workspace


def settings() -> Mapping[str, Any]:
    """The settings of this machine; a file that cannot be read is said, and the defaults are used."""
    try:
        return read_settings()
    except KamtuiError as error:
        print(error.message, file=sys.stderr)  # noqa: T201  said to a person
        return {}


def launch(workspace: Workspace, *, demo: bool = False, keep_at: Path | None = None, discreet: bool = False) -> int:
    """Opens the app on a workspace; returns the exit code when it is left. A demo may be kept `keep_at`;
    `discreet` shows only what the customer may see."""
    # All that is made until the first frame stays: looking for garbage meanwhile would find none. The app looks again
    # when the frame stands.
    gc.disable()
    # Textual draws when its clock ticks, 60 times a second, so that a key waits for half of that on average; this is at once.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
    from kamtui.tui import glyphs

    known = settings()
    glyphs.choose(file_setting(known, "glyphs"))
    from kamtui.tui.app import SHOW_DEMO, Kamtui
    from kamtui.tui.session import Session

    session = Session(workspace)
    # What cannot be used is said before the screen is taken.
    there = session.is_there
    left = memory.recall("left").get(str(workspace.path), {}) if not demo else {}
    place = left.get("place") if isinstance(left, dict) and there else None
    app = Kamtui(
        session,
        settings=known,
        demo=demo,
        keep_at=keep_at,
        discreet=discreet,
        place=place if place in {"today", "portfolio", "work"} else ("today" if there else "first"),
    )
    if isinstance(left, dict) and isinstance(left.get("account"), int):
        app.whereabouts.account_id = left["account"]
    if isinstance(left, dict) and isinstance(left.get("recent"), list):
        app.whereabouts.recent = tuple(row_id for row_id in left["recent"] if isinstance(row_id, int))
    if isinstance(left, dict):
        app.whereabouts.take_days(left.get("days"))
    try:
        code = app.run()
    finally:
        gc.enable()
        session.close()
    if app.mistake is not None:
        raise app.mistake
    return launch_demo(workspace) if code == SHOW_DEMO else code or 0


def launch_demo(workspace: Workspace, *, discreet: bool = False) -> int:
    """Opens the app on a throwaway copy of the demo portfolio; it is gone afterwards, unless the person keeps it, and also
    where the terminal goes away."""
    import signal
    import tempfile
    from dataclasses import replace

    from kamtui.services.demo import load_demo
    from kamtui.store.locate import shipped

    print(_("Making the demo portfolio ..."), file=sys.stderr)  # noqa: T201  said to a person
    folder = Path(tempfile.mkdtemp(prefix="kamtui-demo-"))

    def ended(number: int, _frame: object) -> None:
        _throw_away(folder)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, ended)
    try:
        copy = replace(workspace, path=folder / "demo.db")
        load_demo(copy, shipped() / "demo")
        return launch(replace(copy, program="app"), demo=True, keep_at=workspace.path, discreet=discreet)
    finally:
        _throw_away(folder)


def _throw_away(folder: Path) -> None:
    import shutil
    import tempfile

    if os.path.realpath(folder).startswith(os.path.realpath(tempfile.gettempdir())):
        shutil.rmtree(folder, ignore_errors=True)
