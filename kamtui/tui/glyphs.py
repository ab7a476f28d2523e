"""Which signs this terminal draws as we measure them: lines or ASCII, asked once and remembered.

A terminal that draws ambiguous characters in two cells breaks every frame, since Textual counts one: it prints a line
character and is asked where the cursor stands then.
"""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass

from kamtui.services import memory

_PATIENCE = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The furniture of the screen; `wide` where the terminal draws ambiguous characters in two cells."""

    wide: bool
    rule: str
    side: str
    tree: tuple[str, str, str, str]  # a branch, the last branch, a line that goes on, nothing
    border: str
    folded: str
    bar: str

    @property
    def ascii(self) -> bool:
        """Whether the furniture is ASCII."""
        return self.rule == "-"


LINE = Glyphs(False, "─", "│", ("├─ ", "└─ ", "│  ", "   "), "round", "+", "█")
ASCII = Glyphs(False, "-", "|", ("|- ", "`- ", "|  ", "   "), "ascii", "+", "#")
WIDE = Glyphs(True, "-", "|", ("|- ", "`- ", "|  ", "   "), "ascii", "+", "#")

_current = LINE


def current() -> Glyphs:
    """The glyphs of this process."""
    return _current


def choose(setting: str) -> None:
    """Takes the glyphs of a setting: `line`, `ascii`, or `auto`, which asks the terminal."""
    global _current
    if setting == "auto":
        wide = _is_wide()
        _current = WIDE if wide else LINE if _speaks_unicode() else ASCII
    else:
        _current = ASCII if setting == "ascii" else LINE


def _speaks_unicode() -> bool:
    return "utf" in (sys.stdout.encoding or "").lower() and os.environ.get("TERM") not in {"linux", "vt100", "dumb"}


def _is_wide() -> bool:
    terminal = "/".join(os.environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LANG"))
    known = memory.recall("terminals").get(terminal)
    if isinstance(known, bool):
        return known
    found = _ask() if sys.stdin.isatty() and sys.stdout.isatty() else None
    if found is None:
        # A terminal that does not answer is not asked at every start.
        found = False
    memory.remember("terminals", terminal, found)
    return found


def _ask() -> bool | None:
    """Whether a line character moves the cursor by two cells; None where the terminal does not say within 100 ms."""
    import re
    import select
    import termios
    import time
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    answer = b""
    try:
        tty.setcbreak(descriptor)
        sys.stdout.write("\r─\x1b[6n")
        sys.stdout.flush()
        end = time.monotonic() + _PATIENCE
        while (left := end - time.monotonic()) > 0 and not answer.endswith(b"R"):
            if select.select([descriptor], [], [], left)[0]:
                answer += os.read(descriptor, 32)
    except (OSError, termios.error):
        return None
    finally:
        with suppress(OSError, termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        sys.stdout.write("\r  \r")
        sys.stdout.flush()
    found = re.search(rb"\x1b\[\d+;(\d+)R", answer)
    return int(found[1]) > 2 if found else None
