"""One search box over commands and records: a few letters, and what is meant is performed or opened."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from kamtui.domain.errors import KamtuiError
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.search import Hit
from kamtui.tui import glyphs, keys
from kamtui.tui.dialogs.found import (
    Doable,
    Entry,
    Record,
    doables,
    filter_help,
    find_records,
    lines,
    rank,
    recents,
    words_of,
)
from kamtui.tui.registry import Command
from kamtui.tui.text import content
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.entry import Entry as LineEntry
from kamtui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

_PAUSE = 0.04  # seconds without a key before records are looked for
_ROOMY = 100  # cells from which the panel does not take the whole screen


class Palette(ModalScreen[Command | Hit]):
    """Gives back the command or the record that was chosen; None after Esc. What can be done is asked before it opens:
    a command looks at the list that has the keyboard then."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Palette { align: center top; background: $background 40%; }
    Palette Vertical { width: 100%; height: 100%; background: $panel; }
    Palette.-roomy Vertical { width: 84%; max-width: 130; height: 84%; max-height: 36; margin-top: 2;
                              border: round $accent; }
    Palette.-roomy.-ascii Vertical { border: ascii $accent; }
    Palette Entry { padding: 0 1; background: $panel; }
    Palette Rows { height: 1fr; background: $panel; }
    Palette Static { width: 100%; height: 1; padding: 0 1; color: $muted; }
    Palette Static.-wrong { color: $warn; }
    """

    def __init__(self, app: "Kamtui") -> None:
        super().__init__()
        contexts = app.contexts()
        self._offered = doables(app.registry, contexts, app.registry.disabled(app, contexts))
        self._here = [one for one in self._offered if set(one.command.where) & set(contexts)]
        self._visited = app.whereabouts.recent
        self._session = app.session
        self._records: list[Record] = []
        self._typed = ""
        self._found_for: str | None = None  # the text that the records were found for
        self._soon: Timer | None = None
        self._refused = ""  # why a filter cannot be understood

    def compose(self) -> ComposeResult:
        with Vertical():
            yield LineEntry(hint=_("a command, a name, a word, a number; tier:T1 stance:opponent due:<7d"))
            yield Rows(empty=self._nothing, id="found")
            yield Static(id="hint")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        rows = self.query_one(Rows)
        rows.can_focus, rows.led = False, True  # the keyboard stays with what is typed
        self.set_focus(self.query_one(Input))
        self._show_here()
        self.call_after_refresh(import_module, "rapidfuzz.fuzz")  # before the third letter asks for it

    def on_resize(self) -> None:
        self.set_class(self.size.width >= _ROOMY and self.size.height >= 24, "-roomy")

    # What is found

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip() == self._typed and self._found_for is not None:
            return
        self._typed = event.value.strip()
        if self._soon is not None:
            self._soon.stop()
        if not self._typed:
            self._show_here()
            return
        # Commands come with the letter, records when the fingers rest.
        self._show()
        self._soon = self.set_timer(_PAUSE, self._search, name="search")

    def _show_here(self) -> None:
        self._found_for, self._records = "", []
        if self._session.is_there:
            self._records = self._session.read(recents, self._visited)
        self._list(lines((_("RECENT"), self._records), (_("COMMANDS"), self._here)), keep=False)

    def _search(self) -> None:
        typed = self._typed
        if not self._session.is_there:
            self._take(typed, [])
            return

        def read() -> None:
            # A common word of a large database takes longer than a letter may.
            try:
                with self._session.workspace.reading() as connection:
                    found = find_records(connection, typed, self._session.today)
            except KamtuiError as error:
                self.app.call_from_thread(self._refuse, typed, error)
                return
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._take, typed, found)

        self.run_worker(read, thread=True, exclusive=True, group="search")

    def _take(self, typed: str, records: list[Record]) -> None:
        if self.is_current and typed == self._typed:
            self._records, self._found_for, self._refused = records, typed, ""
            self._show()

    def _refuse(self, typed: str, error: KamtuiError) -> None:
        if self.is_current and typed == self._typed:
            self._records, self._found_for, self._refused = [], typed, error.message
            self._show()

    def _show(self) -> None:
        strong, weak = rank(self._offered, self._typed)
        fresh = self._found_for == self._typed
        # What cannot be done here stands behind what one may have looked for.
        now = [entry for entry in strong if not entry.reason]
        later = [entry for entry in strong if entry.reason]
        shown = lines(
            (_("COMMANDS"), now),
            (_("RECORDS"), self._records if fresh else []),
            (_("COMMANDS, MAYBE"), [*later, *weak] if fresh else []),
        )
        # The cursor stays where somebody moved it, else it stands on the best.
        self._list(shown, keep=fresh and self.query_one(Rows).cursor > 1)

    def _list(self, shown: list[Line], *, keep: bool) -> None:
        rows = self.query_one(Rows)
        rows.set_columns(_columns(beside=any(line.record.beside for line in shown if line.key)))
        rows.find(words_of(self._typed, self._session.today))
        rows.show(shown, keep=keep)
        self._hint()

    def _nothing(self) -> str:
        if self._found_for != self._typed:
            return _("looking ...")
        return _(
            "Nothing goes by that, and nothing holds these words.\n"
            "Filters narrow words: stance:opponent role:economic influence:inner_circle tier:T1 stage:stable\n"
            "need:implicit need:captured due:<7d due:overdue; several values with commas"
        )

    # The row under the cursor

    @property
    def _entry(self) -> Entry | None:
        return cast("Entry | None", self.query_one(Rows).record)

    def _hint(self) -> None:
        entry = self._entry
        if self._refused and self._found_for == self._typed:
            self._say(self._refused, wrong=True)
        elif known := filter_help(self._typed):
            self._say(known)
        elif isinstance(entry, Doable):
            self._say(entry.reason or entry.command.said, wrong=bool(entry.reason))
        elif entry is not None:
            said = (f"{entry.head} {entry.hit.id}", entry.beside, entry.text)
            self._say("  ".join(part for part in said if part))
        else:
            self._say("")

    def _say(self, text: str, *, wrong: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(content(one_line(text, 200)))
        hint.set_class(wrong, "-wrong")

    def on_rows_moved(self, message: Rows.Moved) -> None:
        message.stop()
        self._hint()

    def _choose(self) -> None:
        if self._typed and self._found_for != self._typed and self._session.is_there:
            # Enter came before the records did.
            try:
                found = self._session.read(find_records, self._typed, self._session.today)
            except KamtuiError as error:
                self._refuse(self._typed, error)
                return
            self._take(self._typed, found)
        entry = self._entry
        if isinstance(entry, Record):
            self.dismiss(entry.hit)
        elif entry is not None and not entry.reason:
            self.dismiss(entry.command)

    # Keys and the mouse

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    def on_key(self, event: Key) -> None:
        rows = self.query_one(Rows)
        pressed = keys.canonical(event)
        if pressed in _MOVES:
            rows.move(_MOVES[pressed])
        elif pressed in {"pageup", "pagedown"}:
            rows.move_page(-1 if pressed == "pageup" else 1)
        elif pressed == "escape":
            self.dismiss(None)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self._choose()

    def on_click(self, event: Click) -> None:
        if event.widget is self:
            self.dismiss(None)


_MOVES = {"up": -1, "down": 1, "ctrl+p": -1, "ctrl+n": 1, "shift+tab": -1, "tab": 1}


def _columns(*, beside: bool) -> list[Column]:
    columns = [
        Column("", lambda entry: (entry.head, "marked" if isinstance(entry, Doable) else "muted"), width=10),
        Column("", lambda entry: entry.title, flex=3, least=16, most=44),
        Column("", lambda entry: (entry.beside, "strong"), flex=2, least=12, most=26, gives_way=2),
        Column("", lambda entry: (entry.text, "muted"), flex=4, least=20, gives_way=1),
    ]
    return columns if beside else [*columns[:2], columns[3]]


async def follow(app: "Kamtui", chosen: Command | Hit) -> None:
    """Performs the command, or opens the record at its place."""
    if isinstance(chosen, Command):
        app.call_later(app.perform, chosen)
    elif chosen.account_id is not None:
        key = None if chosen.entity == "account" else (chosen.entity, chosen.id)
        await app.go("work", account_id=chosen.account_id, key=key)
    elif chosen.entity == "task":
        await app.go("today", key=("task", chosen.id))
        if app.rows is None or app.rows.key != ("task", chosen.id):
            app.tell(_("Task {id} is not due yet, or is done: {what}").format(id=chosen.id, what=chosen.title))
    else:
        # A colleague of ours has no place of their own.
        app.tell(one_line(f"{chosen.title}: {chosen.excerpt}", 200))
