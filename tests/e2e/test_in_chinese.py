"""Who chose Chinese meets no English."""

import os
import subprocess
import sys
from pathlib import Path

from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace
from tests.conftest import TODAY

SCRIPT = Path(__file__).with_name("speaking_chinese.py")


def test_no_command_and_no_screen_speaks_english_to_who_chose_chinese(tmp_path):
    path = tmp_path / "data" / "kamtui.db"
    path.parent.mkdir()
    load_demo(Workspace(path, TODAY, today_is_set=True, program="test", who="高林"), shipped() / "demo")
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [sys.executable, SCRIPT, path, TODAY.isoformat()],
        env={
            **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "KAMTUI_MEMORY": str(tmp_path / "memory.json"),
            "KAMTUI_LANG": "zh", "COLUMNS": "200", "VISUAL": "true", "EDITOR": "true", "TERM": "xterm-256color",
        },
        cwd=work,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr[-2000:]) == (0, "", "")
