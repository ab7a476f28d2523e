"""What the places share: a head, a body, a foot, and when they read."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.tui import keys
from kamtui.tui.registry import AROUND, Command
from kamtui.tui.text import width
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.rows import Rows
from kamtui.tui.widgets.toasts import ToastsInOnePiece

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

MOST_IN_FOOTER = 7
_AT_REST = 0.12  # seconds without a move of the cursor; while a key repeats, or one walks, it is not at rest
PLACES = (("today", "T", "Today"), ("portfolio", "P", "Portfolio"), ("work", "W", "Work"))


class Place(Screen[Any]):
    """One of the places. `stale` where what it shows may be older than the data."""

    place: ClassVar[str] = ""
    filter_hint: ClassVar[str] = ""  # what a filter may say besides words; marked for translation
    footer_order: ClassVar[
        Mapping[str, int]
    ] = {}  # where a command stands in the foot of this place, if not as elsewhere
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ToastsInOnePiece()
        self.stale = True
        self.words: tuple[str, ...] = ()
        self._resting: Timer | None = None

    @property
    def kamtui(self) -> "Kamtui":
        """The app, by its own type."""
        return cast("Kamtui", self.app)

    @property
    def contexts(self) -> tuple[str, ...]:
        """Where a key is looked up: the pane that has the keyboard, then the place, then everywhere."""
        focused = self.focused
        if focused is not None and not isinstance(focused, Rows):
            # A brief beside the panes has keys of its own.
            context = getattr(focused, "context", "")
            return (context, *AROUND[context]) if context else ()
        pane = focused.context if focused else ""
        return (pane, *AROUND[pane]) if pane and pane != self.place else (self.place, *AROUND[self.place])

    # What a place says itself

    def body(self) -> Iterable[Widget]:
        """The widgets between head and foot."""
        raise NotImplementedError

    def load(self) -> None:
        """Reads and shows everything anew."""
        raise NotImplementedError

    def head(self) -> tuple[list[Span], list[Span]]:
        """What stands in the head, left and right."""
        raise NotImplementedError

    def main_rows(self) -> Rows:
        """The list that gets the keyboard."""
        raise NotImplementedError

    def title_text(self) -> str:
        """What the window's title says of the place."""
        return ""

    async def arrive(self, key: tuple[str, int] | None) -> None:
        """One came here, perhaps for a record."""
        if self.stale:
            self.reload()
        if key is not None:
            self.main_rows().go_to(key)

    def filter(self, words: tuple[str, ...]) -> None:
        """Shows only what holds these words."""
        self.words = words

    def next_view(self) -> None:
        """The next way to look at it."""

    def sort_again(self) -> None:
        """Sorts anew, and reads everything."""
        self.reload()

    def sideways(self, direction: int) -> None:
        """Folds, unfolds, or goes left and right."""

    def next_pane(self, direction: int) -> None:
        """Gives the keyboard to the next pane."""

    def when_at_rest(self, act: Callable[[], object]) -> None:
        """Does something as soon as the cursor rests, as to read what lies under it: a key does not wait for that."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_AT_REST, lambda: self._say(act), name="at rest")

    def _say(self, act: Callable[[], object]) -> None:
        with self.kamtui.saying():
            act()

    def renew(self) -> None:
        """Signals have changed in the background."""

    def go_on(self, keys: Sequence[tuple[str, int]]) -> bool:
        """Puts the cursor on the next row that is none of these, which are about to be done; False where it stays."""
        return False

    def after_action(self) -> None:
        """Something was done to the row under the cursor."""

    def open_row(self) -> Awaitable[None] | None:
        """Opens what is under the cursor."""
        return None

    async def back(self) -> None:
        """One level back."""
        if self.words:
            self.filter(())

    def copy_text(self) -> str:
        """What a copy takes: the row under the cursor, without what only looks nice."""
        focused = self.focused
        if not isinstance(focused, Rows) or focused.record is None:
            return ""
        cells = (column.cell(focused.record) for column in focused.columns)
        return "  ".join(text for text in (cell if isinstance(cell, str) else cell[0] for cell in cells) if text)

    # The same in all places

    def compose(self) -> ComposeResult:
        yield Bar(id="head")
        yield from self.body()
        yield Bar(id="foot")

    def on_mount(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Reads for the first time; the list gets the keyboard."""
        self.reload()
        self.set_focus(self.main_rows())

    def on_screen_resume(self) -> None:
        if self.stale:
            self.reload()
        self.refresh_bars()

    def reload(self) -> None:
        """Reads anew; what cannot be read is said in a sentence."""
        if not self.is_mounted:
            return
        try:
            self.load()
            self.stale = False
        except KamtuiError as error:
            self.kamtui.tell_error(error)
        self.refresh_bars()

    def refresh_bars(self) -> None:
        """Head and foot as they are now. What can be done is asked of the place that one is in, so another one, whose timer
        runs out meanwhile, asks nothing; it does when one comes back."""
        if self.is_mounted and (self.is_current or self.kamtui.place is self):
            self.query_one("#head", Bar).show(*self.head())
            self.query_one("#foot", Bar).show(self.footer())

    def on_descendant_focus(self) -> None:
        self.refresh_bars()

    def on_resize(self) -> None:
        self.call_after_refresh(self.refresh_bars)

    def places_bar(self) -> list[Span]:
        """The three places, the one that one is in set apart."""
        spans = [Span(" ")]
        names = {"today": _("Today"), "portfolio": _("Portfolio"), "work": _("Work")}
        short = self.size.width < 60
        for place, key, _english in PLACES:
            here = place == self.place
            text = f"[{key} {names[place]}]" if here else f" {key} {names[place]} " if not short else f" {key} "
            spans += [Span(text, "strong" if here else "", f"go.{place}"), Span(" ")]
        return spans

    def today_span(self) -> Span:
        """The day it is, and whether the data is made up."""
        today = self.kamtui.session.today
        weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
        day = today.isoformat() if self.size.width >= 100 else today.strftime("%m-%d")
        demo = _("DEMO ") if self.kamtui.demo else ""
        return Span(f"{demo}{weekdays[today.weekday()]} {day} ", "muted")

    def footer(self) -> list[Span]:
        """At most seven commands that can be done here, from the registry; the help always stands last."""
        app = self.kamtui
        here = [command for command in app.registry.here(self.contexts) if self._in_footer(command) and command.keys]
        if not here:
            return [Span(" "), *_spans(app.registry.commands["app.help"])]
        usable = sorted((c for c in here if not c.reason_not(app)), key=self._in_footer)
        help_command = app.registry.commands["app.help"]
        shown: list[Span] = [Span(" ")]
        room = self.size.width - 12
        for command in [c for c in usable if c is not help_command][: MOST_IN_FOOTER - 1]:
            spans = _spans(command)
            needed = sum(width(span.text) for span in spans)
            if needed > room:
                break
            room -= needed
            shown += spans
        return shown + _spans(help_command)

    def _in_footer(self, command: Command) -> int:
        return self.footer_order.get(command.id, command.footer)

    def on_bar_clicked(self, message: Bar.Clicked) -> None:
        message.stop()
        self.run_command(message.command)

    def run_command(self, name: str) -> None:
        """Runs a command by its name, as a click does."""
        command = self.kamtui.registry.commands.get(name)
        if command is not None:
            self.kamtui.call_later(self.kamtui.perform, command)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self.run_command("row.open")


def _spans(command: Command) -> list[Span]:
    """A command in the footer: its first key, its label."""
    return [
        Span(keys.shown(command.keys[0]), "key", command.id),
        Span(f" {_(command.label)}", "", command.id),
        Span("  "),
    ]
