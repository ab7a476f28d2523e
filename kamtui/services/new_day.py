"""The work of a new day beside the app: `python -P -m kamtui.services.new_day DATABASE DAY PROGRAM`.

It is a process of its own, since in a thread a key waited for it: SQLite's driver lets go of the interpreter at each row,
and the thread that reckons keeps it then for its whole turn.
"""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from kamtui.domain.errors import KamtuiError
from kamtui.store.workspace import Workspace

_NICE = 10  # who works at the keyboard comes first, also on a machine with one core


def begin(workspace: Workspace) -> "subprocess.Popen[bytes]":
    """Begins it. It may be killed at any moment and goes on next time where it was; its exit code is 0 where it is done."""
    day, program = workspace.today.isoformat(), workspace.program
    return subprocess.Popen(
        # -P: the folder that one stands in is no place to import from.
        [sys.executable, "-P", "-m", "kamtui.services.new_day", str(workspace.path), day, program],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main() -> int:
    """Turns the day of a database."""
    from kamtui.services.signals import turn_day

    path, day, program = sys.argv[1:]
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    try:
        turn_day(Workspace(Path(path), date.fromisoformat(day), program=program))
    except KamtuiError:
        # Another program holds the lock, or the disk is full: what is written next says so, and a later look tries again.
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
