"""A file is named: typed with completion, or found folder by folder with arrows and Enter."""

import os
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kamtui.language import gettext as _
from kamtui.tui import keys
from kamtui.tui.text import content
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.entry import Entry
from kamtui.tui.widgets.rows import Line, Rows

TABLES = (".csv", ".tsv", ".txt")
_MOST = 500  # names shown of a folder
_MOVES = {"up": -1, "down": 1}


def names_at(typed: str) -> list[str]:
    """What a typed path may go on to, folders with a slash at their end: folders, then tables, then other files. What is
    hidden is shown only to who typed its dot. Empty where the folder cannot be read."""
    folder, start = os.path.split(os.path.expanduser(typed))  # noqa: PTH111  a trailing slash counts
    try:
        entries = [(entry.name, entry.is_dir()) for entry in os.scandir(folder or ".")]
    except (OSError, ValueError):
        return []
    wanted = start.casefold()
    found = [
        (not is_dir, not name.lower().endswith(TABLES), name.casefold(), name + ("/" if is_dir else ""))
        for name, is_dir in entries
        if name.casefold().startswith(wanted) and (start.startswith(".") or not name.startswith("."))
    ]
    return [name for *_order, name in sorted(found)[:_MOST]]


class PathDialog(ModalScreen[str]):
    """Gives back the path of a file that is there; None after Esc."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = [Binding("tab", "complete", show=False, priority=True)]
    DEFAULT_CSS = """
    PathDialog { align: left bottom; background: transparent; }
    PathDialog Vertical { height: auto; background: $panel; border-top: solid $accent; }
    PathDialog.-ascii Vertical { border-top: ascii $accent; }
    PathDialog Rows { height: auto; max-height: 12; background: $panel; }
    PathDialog Horizontal { height: 1; }
    PathDialog Static { width: auto; height: 1; padding: 0 1; color: $accent; }
    PathDialog Entry { background: $panel; }
    PathDialog #hint { color: $muted; width: 1fr; }
    PathDialog #hint.-wrong { color: $alarm; }
    """

    def __init__(self, label: str, start: str = "") -> None:
        super().__init__()
        self._label = label
        self._start = start

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Rows([Column("", lambda name: name, flex=1)], empty=_("There is nothing that begins so."), id="names")
            with Horizontal():
                yield Static(content(f"[{self._label}]"))
                yield Entry(self._start)
            yield Static(id="hint")

    def on_mount(self) -> None:
        from kamtui.tui import glyphs

        self.set_class(glyphs.current().ascii, "-ascii")
        self.query_one(Rows).can_focus = False  # the keyboard stays with what is typed
        self.query_one(Entry).focus()
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        typed = self.query_one(Entry).value
        rows = self.query_one(Rows)
        names = names_at(typed)
        rows.styles.height = max(1, min(len(names), self.app.size.height - 5, 12))
        rows.find([os.path.basename(typed)])  # noqa: PTH119  a trailing slash counts
        rows.show([Line(("name", at), name) for at, name in enumerate(names)], keep=False)
        self._say(_("Tab takes the name, Enter opens it, Esc leaves"))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(content(text))
        hint.set_class(wrong, "-wrong")

    def on_key(self, event: Key) -> None:
        pressed = keys.canonical(event)
        if pressed in _MOVES:
            event.stop()
            self.query_one(Rows).move(_MOVES[pressed])
        elif pressed == "escape":
            event.stop()
            self.dismiss(None)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self._open()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._open()

    def action_complete(self) -> None:
        """Takes the name under the cursor."""
        name = self.query_one(Rows).record
        if name is not None:
            entry = self.query_one(Entry)
            folder = os.path.split(entry.value)[0]
            entry.value = os.path.join(folder, name)  # noqa: PTH118  a trailing slash stays
            entry.cursor_position = len(entry.value)

    def _open(self) -> None:
        typed = self.query_one(Entry).value.strip()
        if not _is_file(typed):
            self.action_complete()
            typed = self.query_one(Entry).value
        if _is_file(typed):
            self.dismiss(str(Path(typed).expanduser()))
        elif not typed.endswith("/"):
            self._say(_("There is no file “{file}”.").format(file=typed), wrong=True)


def _is_file(typed: str) -> bool:
    try:
        return bool(typed) and Path(typed).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):
        return False
