"""What one types in: a line, or a note of several lines. Nothing blinks, nothing acts on the terminal, nothing is lost."""

import asyncio
import re
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.events import Key, Paste
from textual.widget import Widget
from textual.widgets import Input, TextArea

from kamtui.tui import glyphs

_PATIENCE = 1.0  # seconds
# One sign for one, so that the cursor stands where it should; joiners of emoji stay.
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """A text that is being edited, as it may reach a terminal."""
    return text if text.isprintable() else re.sub(_HIDDEN, "?" if glyphs.current().wide else "\ufffd", text)


async def drained(*widgets: Widget) -> None:
    """Waits until these have handled what was typed into them so far. Textual hands a key on and does not wait: without
    this a fast Tab or Enter overtakes the letters before it."""
    for widget in widgets:
        done = asyncio.Event()
        widget.call_later(done.set)
        try:
            await asyncio.wait_for(done.wait(), _PATIENCE)
        except TimeoutError:
            return


# What a dialog may take for itself.
_OF_A_DIALOG = ("submit", "scroll_", "page_")


class _InOrder:
    """Keys that edit act before the letters that follow them. Textual hands such a key up to the app and takes it back from
    there, while letters go straight in: of `b a d Backspace` typed in one go the wrong letter would be gone, and Ctrl+U
    would take what was typed behind it."""

    async def _on_key(self, event: Key) -> None:
        assert isinstance(self, Widget)
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.action.startswith(_OF_A_DIALOG):
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return


class Entry(_InOrder, Input):
    """A line of text."""

    DEFAULT_CSS = """
    Entry { border: none; height: 1; padding: 0; width: 1fr; background: $surface; color: $foreground; }
    Entry:focus { background: $cursor; }
    """

    def __init__(self, value: str = "", *, hint: str = "") -> None:
        super().__init__(value, placeholder=harmless(hint), compact=True, select_on_focus=False)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        return Text(harmless(self.value), no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: Paste) -> None:
        # Input takes the first line and drops the others.
        event.stop()
        event.prevent_default()
        text = re.sub(r"\s*[\r\n]\s*", " ", event.text.strip("\r\n")).replace("\t", " ")
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *sorted(self.selection))


class NoteEntry(_InOrder, TextArea):
    """Text of several lines. In a form Enter goes on, as in a line; Ctrl+N begins a new one, and so does what is pasted."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+n", "new_line", show=False),
    ]
    DEFAULT_CSS = """
    NoteEntry { border: none; padding: 0; width: 1fr; height: auto; min-height: 2; max-height: 8; background: $surface;
                scrollbar-size-vertical: 1; }
    NoteEntry:focus { border: none; background: $cursor; }
    NoteEntry .text-area--cursor-line { background: $cursor; }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """A line as it may be shown."""
        return Text(harmless(self.document.get_line(line_index)), end="", no_wrap=True)

    def action_new_line(self) -> None:
        """Begins a new line at the cursor."""
        start, end = self.selection
        self._replace_via_keyboard("\n", start, end)
