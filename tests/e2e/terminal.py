"""A real terminal with a program in it: keys go in by a pty, what comes out is drawn by pyte and read as text.

All waiting is for something to be seen, with a deadline; nothing sleeps. The terminal answers when it is asked where
the cursor stands, as one that draws ambiguous characters in one cell, in two, or not at all.
"""

import os
import re
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

KAMTUI = str(Path(sys.executable).parent / "kamtui")
PATIENCE = 20.0  # seconds
KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+tab": "\x1b[Z",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f9": "\x1b[20~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
# What pyte would print or stumble over: questions about modes, the keyboard protocol, the window title.
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[u$][a-z]?|\x1b\]0;[^\x07]*\x07|\x1b\[>[0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*n"
)
_UNFINISHED = re.compile(rb"\x1b(\[[0-9;<>=?]*\$?|\][^\x07]{0,500})?$")


class _Screen(pyte.Screen):
    """Remembers the answers that the program asked for."""

    def __init__(self, width: int, height: int, *, line_cells: int | None) -> None:
        super().__init__(width, height)
        self.line_cells = line_cells
        self.answers: list[str] = []

    def report_device_status(self, mode: int, **_private: Any) -> None:
        if mode == 6 and self.line_cells is not None:
            column = self.cursor.x + self.line_cells
            self.answers.append(f"\x1b[{self.cursor.y + 1};{column}R")


class Terminal:
    """A window of `size` (width, height) with a program in it. `line_cells` is how wide it says that `─` is; None where it
    never answers."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        line_cells: int | None = 1,
    ) -> None:
        width, height = size
        self.screen = _Screen(width, height, line_cells=line_cells)
        self._stream = pyte.ByteStream(self.screen)
        self._stream.select_other_charset("@")
        self._stream.use_utf8 = True
        self._rest = b""
        self.raw = bytearray()
        self.child = pexpect.spawn(
            command[0], list(command[1:]), env=dict(env), dimensions=(height, width), timeout=None
        )
        self.child.delaybeforesend = None

    # Hands

    def types(self, text: str) -> "Terminal":
        """Types a text, as it stands."""
        self.child.send(text.encode())
        return self

    def presses(self, *keys: str) -> "Terminal":
        """Presses keys by their names: `enter`, `f2`, `ctrl+r`, or one character."""
        for key in keys:
            self.child.send(KEYS.get(key, key).encode())
        return self

    def becomes(self, width: int, height: int) -> "Terminal":
        """The person drags the window to another size."""
        self.screen.resize(height, width)
        self.child.setwinsize(height, width)
        return self

    def kills(self) -> None:
        """The power goes."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    # Eyes

    def shows(self, *texts: str) -> "Terminal":
        """Waits until all these texts are on the screen."""
        self._wait(lambda: all(text in self.text for text in texts), f"{texts} on the screen")
        return self

    def hides(self, *texts: str) -> "Terminal":
        """Waits until none of these texts is on the screen."""
        self._wait(lambda: not any(text in self.text for text in texts), f"{texts} gone from the screen")
        return self

    def has_cursor_on(self, text: str) -> "Terminal":
        """Waits until the cursor of a list stands on the row that holds a text."""
        self._wait(lambda: any(line.startswith(">") and text in line for line in self.lines), f"cursor on {text!r}")
        return self

    def ends(self) -> int:
        """Waits until the program has ended; returns its exit code."""
        self._wait(lambda: not self.child.isalive(), "the end of the program")
        while self.reads(0.05):
            pass
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus or 0)

    @property
    def lines(self) -> list[str]:
        """What is on the screen now; a wide character stands once."""
        found = []
        for y in range(self.screen.lines):
            row = self.screen.buffer[y]
            found.append("".join(row[x].data for x in range(self.screen.columns)).rstrip())
        return found

    @property
    def text(self) -> str:
        """What is on the screen now, as one text."""
        return "\n".join(self.lines)

    @property
    def colours(self) -> set[str]:
        """The colours that are on the screen."""
        return {cell.fg for row in self.screen.buffer.values() for cell in row.values()} | {
            cell.bg for row in self.screen.buffer.values() for cell in row.values()
        }

    @property
    def modes(self) -> set[int]:
        """The private modes that are on: 25 is the cursor, 1000 to 1006 the mouse, 1049 the other screen, 2004 pastes."""
        return {mode >> 5 for mode in self.screen.mode if mode >= 1 << 5}

    def reads(self, seconds: float) -> bytes:
        """Draws what the program wrote, waiting at most so long for it; returns it."""
        data = self.reads_raw(seconds)
        if data:
            self.draws(data)
        return data

    def reads_raw(self, seconds: float) -> bytes:
        """What the program wrote, not drawn yet; for who measures time."""
        ready, _out, _error = select.select([self.child.child_fd], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.child.child_fd, 65536)
        except OSError:
            return b""
        self.raw += data
        return data

    def draws(self, data: bytes) -> None:
        """Draws what was read, and answers what was asked."""
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        self._rest = unfinished[0] if unfinished else b""
        data = data[: len(data) - len(self._rest)]
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        while self.screen.answers:
            self.child.send(self.screen.answers.pop(0))

    def _wait(self, seen: Any, what: str) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            if seen():
                return
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}:\n{self.text}")
            if not self.reads(0.05) and not self.child.isalive():
                while self.reads(0.05):
                    pass
                if seen():
                    return
                raise AssertionError(f"the program ended before {what}:\n{self.text}")

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.closes()

    def closes(self) -> None:
        """The window is closed, whatever runs in it."""
        if not self.child.closed and self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.child.wait()
        self.child.close()
