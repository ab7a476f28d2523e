"""A file in the program that the system shows it with; what is made for that lies in a folder of this session."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from kamtui.domain.errors import Refused
from kamtui.language import gettext as _

_PREFIX = "kamtui-brief-"


@cache
def viewing_folder() -> Path:
    """A folder for its owner alone, gone when the app is left. What a killed app left there goes now."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not left.is_symlink() and left.is_dir() and left.stat().st_uid == os.getuid() and not _lives(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _lives(folder: Path) -> bool:
    """Whether the app that made a folder still runs."""
    number = folder.name.removeprefix(_PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def show_outside(path: Path) -> None:
    """Opens a file as a click on it would. Raises `Refused` where nothing here does that."""
    program = "open" if sys.platform == "darwin" else "xdg-open"
    found = shutil.which(program)
    if found is None:
        raise Refused(_("There is no program here that opens files ({program}). s saves it.").format(program=program))
    start([found, str(path)])


def start(command: list[str]) -> None:
    """Starts a program that outlives the app, and says nothing into its terminal."""
    subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
