"""A seat in front of the app, without a terminal: presses keys, waits until all is quiet, reads the screen."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from textual._compositor import Compositor
from textual._context import active_app
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Resize
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.timer import Timer

from kamtui.store.workspace import Workspace
from kamtui.tui import glyphs
from kamtui.tui.app import Kamtui
from kamtui.tui.session import Session

SOON = 0.3  # seconds: a timer within them is waited for; toasts and the look for other windows take longer
_PATIENCE = 20.0  # seconds until a test says that the app does not come to rest


class Tape(HeadlessDriver):
    """A terminal that keeps what is written to it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.written: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    @property
    def can_suspend(self) -> bool:
        return True  # to an editor

    def write(self, data: str) -> None:
        self.written.append(data)


class Seat:
    """Who sits in front of the app. All that it awaits ends when the app is quiet; a mistake of the app is raised there."""

    def __init__(self, app: Kamtui, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    # Hands

    async def press(self, *keys: str) -> None:
        """Presses keys one after another, by Textual's names (`j`, `enter`, `ctrl+r`, `f2`, `。`)."""
        for key in keys:
            self._send(" " if key == "space" else key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Types a text without a rest between its letters."""
        for letter in text:
            self._send(letter)
        await self.settle()

    async def rush(self, *keys: str) -> None:
        """Presses keys as fast as a slow line hands them over: all at once."""
        for key in keys:
            self._send(key)
        await self.settle()

    def _send(self, key: str) -> None:
        single = len(key) == 1
        self.app.post_message(Key(_character_to_key(key) if single else key, key if single else None))

    async def resize(self, width: int, height: int) -> None:
        """Gives the window another size."""
        size = Size(width, height)
        self.app._driver._size = size  # type: ignore[union-attr]
        self.app.post_message(Resize(size, size))
        await self.settle()

    async def click(self, text: str, *, times: int = 1) -> None:
        """Clicks where a text stands first."""
        for y, line in enumerate(self.lines):
            if (at := line.find(text)) >= 0:
                await self.pilot.click(offset=(cell_len(line[:at]), y), times=times)
                await self.settle()
                return
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    async def perform(self, command: str) -> None:
        """Runs a command by its id, as the palette does."""
        self.app.call_later(self.app.perform, self.app.registry.commands[command])
        await self.settle()

    # Eyes

    @property
    def strips(self) -> list[Strip]:
        """The lines of the screen with their styles, dialogs and toasts over them."""
        screen = self.app.screen
        update: Any = screen._compositor.render_update(full=True, screen_stack=self.app._background_screens)
        return [Strip.join(parts) for parts in update.strips]

    @property
    def lines(self) -> list[str]:
        """The lines of the screen as text."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def toasts(self) -> list[str]:
        """What is said in the corner now, oldest first."""
        return [notification.message for notification in self.app._notifications]

    @property
    def record(self) -> Any:
        """The record under the cursor."""
        return self.app.rows.record if self.app.rows else None

    def written(self) -> str:
        """What was written to the terminal since this was asked last; needs `tape`."""
        driver = self.app._driver
        assert isinstance(driver, Tape)
        written = "".join(driver.written)
        driver.written.clear()
        return written

    # Patience

    async def settle(self) -> None:
        """Waits until every message is handled, every worker is done or asks something, and the screen is drawn."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        quiet = 0
        while quiet < 2:
            self._raise_mistake()
            if self.app._exit:
                return
            await self.pilot._wait_for_screen()
            if self._why_busy():
                quiet = 0
                await asyncio.sleep(0.001)
            else:
                quiet += 1
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"the app does not come to rest: {self._why_busy()}\n{self.text}")
        self._raise_mistake()

    def _raise_mistake(self) -> None:
        if mistake := self.app.mistake or self.app._exception:
            raise mistake

    def _why_busy(self) -> str:
        workers = [worker for worker in self.app.workers if worker.is_running]
        commands = [worker for worker in workers if worker.group == "commands"]
        # A command that asks something waits as long as its dialog is open, also behind discreet mode.
        stacks = self.app._screen_stacks.values()
        dialogs = [screen for stack in stacks for screen in stack if isinstance(screen, ModalScreen)]
        if len(commands) > len(dialogs):
            return "a command runs"
        if others := [worker for worker in workers if worker.group != "commands"]:
            return f"a worker runs: {others}"
        for pump in self._pumps():
            if pump.message_queue_size or pump._next_callbacks:
                return f"{pump} has messages"
            for timer in pump._timers:
                if timer._task and not timer._task.done() and timer._repeat is not None and timer._interval <= SOON:
                    return f"a timer will fire: {timer.name}"
        screen = self.app.screen
        if screen._callbacks or screen._dirty_widgets or screen._layout_required or screen._repaint_required:
            return "the screen is being drawn"
        return ""

    def _pumps(self) -> Iterator[MessagePump]:
        yield self.app
        for screen in self.app.screen_stack:
            yield from screen.walk_children(with_self=True)


def without_rests(patch: pytest.MonkeyPatch) -> None:
    """What waits until the cursor rests comes in the same order, and nobody waits for it."""
    set_timer = MessagePump.set_timer

    def soon(pump: MessagePump, delay: float, *arguments: Any, **named: Any) -> Timer:
        return set_timer(pump, delay / 50 if delay <= SOON else delay, *arguments, **named)

    patch.setattr(MessagePump, "set_timer", soon)


def without_frames(patch: pytest.MonkeyPatch) -> None:
    """A frame is drawn whole when somebody looks at it, or, where there is a tape, as on a terminal."""
    draw = Compositor.render_update

    def seen(compositor: Compositor, *arguments: Any, **named: Any) -> Any:
        if named.get("full") or isinstance(active_app.get()._driver, Tape):
            return draw(compositor, *arguments, **named)
        compositor._dirty_regions.clear()
        return None

    patch.setattr(Compositor, "render_update", seen)


@asynccontextmanager
async def open_seat(
    workspace: Workspace,
    *,
    size: tuple[int, int] = (140, 40),
    place: str | None = None,
    settings: dict[str, Any] | None = None,
    demo: bool = False,
    signs: str = "line",
    tape: bool = False,
    discreet: bool = False,
    account: int | None = None,
) -> AsyncIterator[Seat]:
    """Opens the app on a workspace in a window of `size` (width, height), drawn with the `signs` of a glyph setting. With
    `tape` all frames are drawn as for a terminal, and what is written can be read. `account` was open last."""
    glyphs.choose(signs)
    session = Session(replace(workspace, program="app"))
    try:
        place = place or ("today" if session.is_there else "first")
        app = Kamtui(session, settings=settings, demo=demo, place=place, discreet=discreet)
        app.whereabouts.account_id = account
        if tape:
            app.driver_class = Tape
        async with app.run_test(headless=not tape, size=size, notifications=True) as pilot:
            seat = Seat(app, pilot)
            await seat.settle()
            yield seat
        if app.mistake:
            raise app.mistake
    finally:
        session.close()
        glyphs.choose("line")
