"""Who comes to a meeting: the org map of the account, where people are marked."""

from collections.abc import Collection
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.domain.labels import INFLUENCE, STANCE, roles_mark
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.tui import glyphs, keys
from kamtui.tui.dialogs.choose import matching
from kamtui.tui.forms.spec import Picked
from kamtui.tui.panes.pane import View
from kamtui.tui.panes.seats import STANCE_STYLE, Seat, read_map, shown_name
from kamtui.tui.text import content
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.rows import Line, Rows


class Attendees(ModalScreen[tuple[Picked, ...]]):
    """Gives back who was marked, in the order of the map; None after Esc. Letters find a name, Space marks."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Attendees { align: center middle; background: $background 40%; }
    Attendees Vertical { width: 96%; max-width: 100; height: auto; max-height: 100%; background: $panel;
                         border: round $accent; padding: 0 1; }
    Attendees.-ascii Vertical { border: ascii $accent; }
    Attendees Rows { background: $panel; }
    Attendees Static { width: 100%; height: 1; }
    Attendees #title { text-style: bold; }
    Attendees #hint { color: $muted; }
    """

    def __init__(self, view: View, coming: Collection[int]) -> None:
        super().__init__()
        found = read_map(view)
        self._seats = [seat for seat in (*found.seats, *found.outside) if seat.person.left_on is None]
        self._coming = set(coming)
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(id="title")
            yield Rows(_columns(), labels=True, empty=_("Nobody here goes by that name."), id="people")
            yield Static(id="hint")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        self.set_focus(self.query_one(Rows))
        self._show()

    def on_resize(self) -> None:
        self.query_one(Rows).styles.height = max(2, min(len(self._seats) + 1, self.size.height - 4))

    def _show(self) -> None:
        rows = self.query_one(Rows)
        found = matching([f"{seat.person.name} {seat.person.title or ''}" for seat in self._seats], self._typed)
        rows.find(self._typed.split())
        rows.show([Line(("person", self._seats[at].person.id), self._seats[at]) for at in found], keep=not self._typed)
        self._say()

    def _say(self) -> None:
        self.query_one(Rows).mark({("person", row_id) for row_id in self._coming})
        title = ngettext("Who comes: {count} person", "Who comes: {count} people", len(self._coming))
        self.query_one("#title", Static).update(content(title.format(count=len(self._coming))))
        hint = f"> {self._typed}" if self._typed else _("Space marks   type a part of a name   Enter done   Esc leave")
        self.query_one("#hint", Static).update(content(hint))

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        rows = self.query_one(Rows)
        pressed = keys.canonical(event)
        if pressed == "space":
            self._mark()
        elif pressed == "enter":
            self.dismiss(tuple(Picked(s.person.id, s.person.name) for s in self._seats if s.person.id in self._coming))
        elif pressed == "escape" and not self._typed:
            self.dismiss(None)
        elif pressed == "escape":
            self._type("")
        elif pressed in {"up", "down"}:
            rows.move(-1 if pressed == "up" else 1)
        elif pressed in {"pageup", "pagedown"}:
            rows.move_page(-1 if pressed == "pageup" else 1)
        elif pressed in {"home", "end"}:
            rows.go_to_end(-1 if pressed == "home" else 1)
        elif pressed == "backspace":
            self._type(self._typed[:-1])
        elif event.is_printable and event.character:
            self._type(self._typed + event.character)

    def on_paste(self, event: Paste) -> None:
        event.stop()
        self._type(self._typed + one_line(event.text))

    def _type(self, text: str) -> None:
        self._typed = text
        self._show()

    def _mark(self) -> None:
        """Marks who is under the cursor; a name that was typed to find them is done with."""
        rows = self.query_one(Rows)
        key = rows.key
        if key is None:
            return
        self._coming ^= {key[1]}
        if self._typed:
            self._type("")
            rows.go_to(key)
        else:
            self._say()
            rows.move(1)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self._mark()


def _columns() -> list[Column]:
    return [
        Column(mark("name"), _name, flex=5, least=18, most=44),
        Column(mark("title"), lambda seat: (seat.person.title or "", "muted"), flex=3, least=10, most=26, gives_way=1),
        Column(mark("rol"), lambda seat: roles_mark(seat.person.roles), width=3, gives_way=3),
        Column(mark("inf"), lambda seat: INFLUENCE[seat.person.influence], width=3, gives_way=2),
        Column(mark("st"), _stance, width=2),
        Column(mark("touch"), lambda seat: seat.touch, width=6, right=True),
    ]


def _name(seat: Seat) -> Cell:
    name, style = shown_name(seat)
    return seat.stem + name, style


def _stance(seat: Seat) -> Cell:
    return STANCE[seat.person.stance], STANCE_STYLE.get(seat.person.stance, "")
