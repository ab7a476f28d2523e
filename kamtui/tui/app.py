"""The app: three places, one way to run a command, one to write, one to say what happened."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual.app import App
from textual.events import Event, Key
from textual.screen import ModalScreen, Screen

from kamtui.domain.errors import BadInput, DatabaseUnusable, KamtuiError
from kamtui.domain.text import one_line, visible
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.services import memory
from kamtui.services.settings_file import keymap, wrong_settings
from kamtui.tui import keys, running
from kamtui.tui.commands import all_tables
from kamtui.tui.discretion import DISCREET, Discretion
from kamtui.tui.places.place import Place
from kamtui.tui.registry import Command, Registry
from kamtui.tui.session import Session
from kamtui.tui.theme import THEMES
from kamtui.tui.whereabouts import Whereabouts
from kamtui.tui.widgets.rows import Rows

R = TypeVar("R")
_PRESSED_ON = "pressed_on"  # what a key carries: the screen that stood when it was pressed
SHOW_DEMO = -1  # what the app ends with where the first run asked for the demo
_WATCH = 1.0  # seconds between two looks for what others have written
_AT_REST = 0.3  # seconds without a key
_WARM_UP = 0.6  # seconds after the first frame; before that a key would wait for the imports
_PATIENCE = 0.1  # seconds that a write waits for a frame
_LOOK_AFTER = 0.05  # seconds between two looks whether the work of a new day is done
_TRY_AGAIN = 30.0  # seconds after which it is tried again where it could not be done


@dataclass(frozen=True, slots=True)
class Written(Generic[R]):
    """What a verb gave back, the name of its undo point, and whether anything was really written."""

    result: R
    label: str
    changed: bool
    dropped: tuple[tuple[str, int], ...]


def _today() -> Screen[Any]:
    from kamtui.tui.places.today import TodayPlace

    return TodayPlace()


def _portfolio() -> Screen[Any]:
    from kamtui.tui.places.portfolio import PortfolioPlace

    return PortfolioPlace()


def _work() -> Screen[Any]:
    from kamtui.tui.places.work import WorkPlace

    return WorkPlace()


def _first_run() -> Screen[Any]:
    from kamtui.tui.places.first_run import FirstRunPlace

    return FirstRunPlace()


def _discreet() -> Screen[Any]:
    from kamtui.tui.places.discreet import DiscreetPlace

    return DiscreetPlace()


class Kamtui(App[int]):
    """The workbench."""

    TITLE = "kamtui"
    ENABLE_COMMAND_PALETTE = False
    # Copying is the terminal's; a drag over a list moves the cursor.
    ALLOW_SELECT = False
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "today": _today,
        "portfolio": _portfolio,
        "work": _work,
        "first": _first_run,
        DISCREET: _discreet,
    }
    DEFAULT_MODE = "today"
    CSS = """
    Screen { color: $foreground; }
    ToastRack { align: right bottom; margin-bottom: 1; }
    Toast { width: auto; max-width: 76; padding: 0 1; margin-top: 0; background: $panel; color: $foreground;
            border-left: outer $accent; }
    .-ascii Toast { border-left: ascii $accent; }
    Toast.-warning { border-left: outer $warn; }
    Toast.-error { border-left: outer $alarm; }
    """

    def __init__(
        self,
        session: Session,
        *,
        settings: Mapping[str, Any] | None = None,
        demo: bool = False,
        place: str | None = None,
        keep_at: Path | None = None,
        discreet: bool = False,
    ) -> None:
        """`keep_at` is where a demo may be kept as a database. `discreet` begins in discreet mode, with the account that
        was open last."""
        behind = place or self.DEFAULT_MODE
        self.DEFAULT_MODE = DISCREET if discreet else behind  # type: ignore[misc]  # the place that one left
        super().__init__()
        self.session = session
        self.settings = dict(settings or {})
        self.demo = demo
        self.keep_at = keep_at
        self.registry = Registry.of(all_tables(), keymap(self.settings))
        self.whereabouts = Whereabouts()
        self.last: str = ""
        self.mistake: BaseException | None = None
        self.repeatable: running.Again | None = None
        self.drafts: dict[running.DraftKey, str] = {}
        self.discretion = Discretion(self, behind)
        self.typed = False  # whether the person wrote anything: a demo asks then whether to keep it
        self.turning = False  # whether the signals of a new day are being reckoned
        self._pressed = 0.0  # when a key was pressed last, by the clock of `time.monotonic`
        self._turn_again = 0.0  # when it is tried again, by the clock of `time.monotonic`
        self._asked = asyncio.Event()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.settings.get("theme")
        self.theme = wanted if wanted in {theme.name for theme in THEMES} else "dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(THEMES[0].variables)

    # Places

    @property
    def place(self) -> Place | None:
        """The place that one is in; None on a screen of another kind."""
        screen = self.screen_stack[0] if self.screen_stack else None
        return screen if isinstance(screen, Place) else None

    @property
    def rows(self) -> Rows | None:
        """The list that has the keyboard."""
        return self.focused if isinstance(self.focused, Rows) else None

    def contexts(self) -> tuple[str, ...]:
        """The contexts in which a key is looked up now, innermost first."""
        screen = self.screen
        found = getattr(screen, "contexts", None)
        return cast("tuple[str, ...]", found) if isinstance(found, tuple) else ()

    async def go(self, place: str, *, account_id: int | None = None, key: tuple[str, int] | None = None) -> None:
        """Goes to a place; in the account place to an account, and there to a record. In discreet mode it is where one
        comes to after it."""
        if self.discretion.on:
            self.discretion.go_later(place)
        if account_id is not None:
            self.whereabouts.account_id = account_id
        if self.discretion.on:
            return
        # What lies over a place, as a brief does, is put away.
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if self.current_mode != place:
            await self.switch_mode(place)
        standing = self.place
        if standing is not None:
            await standing.arrive(key)
            self.say_title()

    def say_title(self) -> None:
        """Gives the window the name of what it shows."""
        title = " ".join(["kamtui", *([self.place.title_text()] if self.place else [])]).strip()
        self.title = title
        driver = self._driver
        if driver is not None and not self.is_headless:
            driver.write(f"\x1b]0;{visible(one_line(title))}\x07")

    # Life

    def on_mount(self) -> None:
        self.set_interval(_WATCH, self.watch_data)
        for warning in (*wrong_settings(self.settings), *self.registry.warnings):
            self.tell(warning, severity="warning")
        self.set_timer(_WARM_UP, self._warm_up)
        self.say_title()

    def _warm_up(self) -> None:
        """Imports what the first account, the first write and the first brief need, in the writer's thread; where there is
        no database yet, what makes one too."""
        if not gc.isenabled():
            # What stands by now is never looked through again: a full search took longer than a key may.
            gc.freeze()
            gc.enable()

        def imports() -> None:
            import kamtui.services.obligations
            import kamtui.services.tasks
            import kamtui.services.touches
            import kamtui.tui.places.work

            if fresh:
                import kamtui.store.migration

            import kamtui.brief.build
            import kamtui.brief.page  # noqa: F401

        with self.saying():
            fresh = not self.session.is_there
            imported = self.session.in_writer(imports)
            if not self.discretion.on:  # who begins in front of a customer opens nothing private, seen or not
                self.run_worker(self._ready_an_account(imported), group="ready")
            self._reckon_day()

    async def _ready_an_account(self, imported: Awaitable[None]) -> None:
        """Builds the account's place while nobody presses a key: the first account opens as fast as the next ones then."""
        await imported
        while time.monotonic() - self._pressed < _AT_REST:
            await asyncio.sleep(_AT_REST)
        if self.is_running and not self.discretion.on:
            await self._init_mode("work")

    def _reckon_day(self) -> None:
        """Brings the signals up to the day in the background, where any of them may have changed with it. Not for a day
        that was set, which is looked at and not lived through."""
        if not self.turning and self._is_due():
            self.turning = True
            self.run_worker(self._reckon(), group="day")

    async def _reckon(self) -> None:
        from kamtui.services.new_day import begin

        try:
            work = begin(self.session.workspace)
        except OSError:  # no room for one more process: a later look tries again
            self.turning = False
            self._turn_again = time.monotonic() + _TRY_AGAIN
            return
        try:
            while work.poll() is None:
                await asyncio.sleep(_LOOK_AFTER)
        finally:
            self.turning = False
            if work.poll() is None:
                work.terminate()
                work.wait()
        if work.returncode:
            self._turn_again = time.monotonic() + _TRY_AGAIN
        elif self.is_running:
            self.reload()
            if self.place is not None:
                self.place.renew()

    def watch_data(self) -> None:
        """Shows what another window has written, and the new day."""
        try:
            if self.session.turn_day() | self.session.changed():
                self.reload()
            self._reckon_day()
        except DatabaseUnusable as error:
            self.tell_error(error)

    def _is_due(self) -> bool:
        from kamtui.store.reads.at_risk import is_due

        session = self.session
        if session.workspace.today_is_set or not session.is_there or time.monotonic() < self._turn_again:
            return False
        return session.read(is_due, session.today)

    def reload(self) -> None:
        """Reads anew what is shown; the other places do so when one comes back to them."""
        self.session.changed()
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Place):
                    screen.stale = True
        place = self.place
        if place is not None:
            place.reload()
        if isinstance(self.screen, Place) and self.screen is not place:
            self.screen.reload()

    def leave(self) -> None:
        """Ends the app; where one was is kept."""
        place = self.place
        if place is not None and not self.demo:
            left = {
                "place": self.discretion.behind if self.discretion.on else place.place,
                "account": self.whereabouts.account_id,
                "recent": list(self.whereabouts.recent),
                "days": self.whereabouts.kept_days(),
            }
            memory.remember("left", str(self.session.workspace.path), left)
        self.exit(0)

    async def action_quit(self) -> None:
        """Ctrl+Q: over a dialog as Esc, for what was typed there is kept or asked about."""
        if isinstance(self.screen, ModalScreen):
            self.post_message(Key("escape", "\x1b"))
            return
        await self.perform(self.registry.commands["app.quit"])

    def action_help_quit(self) -> None:
        self.tell(_("q leaves; u takes the last step back."))

    # Commands

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key):
            self._pressed = time.monotonic()
            vars(event).setdefault(_PRESSED_ON, self.screen)
            hide = self.registry.commands["app.discreet"]
            if isinstance(self.screen, ModalScreen) and not event.is_printable and event.key in hide.keys:
                # Somebody looks on: it works over whatever is open.
                await self.perform(hide)
                return
        await super().on_event(event)

    async def on_key(self, event: Key) -> None:
        if isinstance(self.screen, ModalScreen) and vars(event).get(_PRESSED_ON, self.screen) is not self.screen:
            # It was typed in one go with the key before it, which has opened a dialog since: it is meant for that.
            event.stop()
            event.prevent_default()
            again = Key(event.key, event.character)
            vars(again)[_PRESSED_ON] = self.screen
            (self.focused or self.screen).post_message(again)
            return
        command = self.registry.find(self.contexts(), keys.canonical(event))
        if command is not None:
            event.stop()
            event.prevent_default()
            await self.perform(command)

    async def perform(self, command: Command) -> None:
        """Runs a command, or says why it cannot be run. Keys that follow wait until it is done or asks something."""
        if reason := command.reason_not(self):
            self._say(reason, "warning")
            return
        self._asked = asked = asyncio.Event()
        worker = self.run_worker(self._act(command), group="commands", exit_on_error=True)
        waiting = asyncio.ensure_future(asked.wait())
        done = asyncio.ensure_future(worker.wait())
        # A mistake in it ends the app by itself; here nobody waits for it any more.
        done.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        await asyncio.wait({waiting, done}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def _act(self, command: Command) -> None:
        self.discretion.mark()
        begun = running.begin(self, command)
        try:
            found = command.act(self)
            if found is not None:
                await found
        except KamtuiError as error:
            self.tell_error(error)
        if begun.typed:
            self.tell(_("Kept as a draft; the same key offers it again."))

    async def ask(self, dialog: "ModalScreen[R]") -> R | None:
        """Shows a dialog and waits for what it gives back; None where the person left it."""
        await self.discretion.ended()
        answered: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()

        def answer(result: R | None) -> None:
            if not answered.done():
                answered.set_result(result)

        await self.push_screen(dialog, answer)
        self._asked.set()
        return await answered

    async def painted(self) -> None:
        """Waits until what has changed is on the screen."""
        drawn = asyncio.Event()
        self.screen.call_after_refresh(drawn.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(drawn.wait(), _PATIENCE)

    async def do(self, verb: Callable[[Any], R], *, say: bool = True) -> Written[R] | None:
        """Runs a verb as one unit of work, shows what came of it, and says the step by its name. None where it was
        refused: the reason is shown then, and nothing was written."""
        try:
            written = await self.write(verb)
        except KamtuiError as error:
            self.tell_error(error)
            return None
        if written.changed and say:
            self.tell(_("{step}. u undoes").format(step=written.label))
        return written

    async def write(self, verb: Callable[[Any], R]) -> Written[R]:
        """As `do`, but what is refused is raised, for a form that stays open."""

        def run(work: Any) -> Written[R]:
            result = verb(work)
            work.flush()
            return Written(result, work.label, bool(work.changed_rows()), tuple(work.dropped))

        written = await self.session.write(run)
        if written.changed:
            self.typed = True
            self.last = written.label
            running.has_written(self)
            self.repeatable = None  # until who wrote says how it is done again
        for field, count in written.dropped:
            said = ngettext(
                "{field}: {count} control character was dropped.",
                "{field}: {count} control characters were dropped.",
                count,
            )
            self.tell(said.format(field=field, count=count), severity="warning")
        self.reload()
        return written

    async def beside(self, job: Callable[[], R]) -> R:
        """Runs something long in a thread of its own; keys are answered meanwhile."""
        self._asked.set()
        return await asyncio.get_running_loop().run_in_executor(None, job)

    # What is said

    def tell(self, message: str, *, severity: str = "information") -> None:
        """Says a sentence in a corner, for a few seconds; while the customer looks on, what they did not see asked for
        waits until they do not."""
        if not self.discretion.holds_back(message, severity):
            self._say(message, severity)

    def _say(self, message: str, severity: str) -> None:
        shown = visible(message if len(message) < 600 else one_line(message, 600), lines=True)
        if any(said.message == shown for said in self._notifications):
            self.clear_notifications()  # what is said again stands there once
        self.notify(shown, markup=False, severity=cast("Any", severity), timeout=8 if severity != "information" else 5)

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Says what goes wrong inside, where nobody else hears it: in what a timer or a move of the cursor sets off."""
        try:
            yield
        except KamtuiError as error:
            self.tell_error(error)

    def tell_error(self, error: KamtuiError) -> None:
        """Says what was refused, and why."""
        message = error.message
        if isinstance(error, BadInput) and error.field:
            message = error.calling_it(
                _({"on": "day", "first_due": "due"}.get(error.field, error.field.replace("_", " ")))
            )
        self.tell(message, severity="error" if isinstance(error, DatabaseUnusable) else "warning")

    def _fatal_error(self) -> None:
        """A mistake of ours: no traceback with a customer's text in it is printed; who started the app says a sentence."""
        self.mistake = self._exception
        self._close_messages_no_wait()
