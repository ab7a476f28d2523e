"""Discreet mode: whether it is on, for which account, and what waits until it is left."""

import asyncio
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

DISCREET = "discreet"  # the mode of the app that the customer may look at
# Whether what runs now was asked for in discreet mode: all else says and asks nothing there.
_in_the_open: ContextVar[bool] = ContextVar("_in_the_open", default=False)


class Discretion:
    """Discreet mode is a mode of its own: the places with their dialogs lie `behind` it as they were."""

    def __init__(self, app: "Kamtui", behind: str) -> None:
        self.behind = behind
        self._app = app
        self._account: int | None = None
        self._held_back: list[tuple[str, str]] = []
        self._over = asyncio.Event()

    @property
    def on(self) -> bool:
        """Whether only what the customer may see is shown."""
        return self._app.current_mode == DISCREET

    @property
    def account(self) -> int | None:
        """The account that the customer may look at: the one where it was asked for, else the one that was open last."""
        return self._account or self._app.whereabouts.account_id

    async def enter(self, account_id: int | None) -> None:
        """Shows what the customer may see of an account, else of the one that was open last."""
        app = self._app
        self.behind = app.current_mode
        self._account = account_id or app.whereabouts.account_id
        self._over.clear()
        app.clear_notifications()
        await app.switch_mode(DISCREET)
        if app.place is not None:
            app.place.words = ()
            app.place.reload()
        app.say_title()

    async def leave(self) -> None:
        """Back to the place and the dialog where one was; what was held back is said now."""
        app = self._app
        while len(app.screen_stack) > 1:
            await app.screen.dismiss(None)
        app.clear_notifications()
        await app.switch_mode(self.behind)
        self._over.set()
        if app.place is not None:
            await app.place.arrive(None)
        app.say_title()
        held, self._held_back = self._held_back, []
        for message, severity in held:
            app.tell(message, severity=severity)

    def go_later(self, place: str) -> None:
        """A place is gone to once it is left; the account that is looked at stays the same."""
        self._account = self.account
        self.behind = place

    # What may speak

    def mark(self) -> None:
        """What runs from here on was asked for in discreet mode, or was not."""
        _in_the_open.set(self.on)

    def holds_back(self, message: str, severity: str) -> bool:
        """Keeps a message until nobody looks on; False where it may be said."""
        if self.on and not _in_the_open.get():
            self._held_back.append((message, severity))
            return True
        return False

    async def ended(self) -> None:
        """Waits until a question may be asked: at once, unless the customer would see what they did not see asked for."""
        if self.on and not _in_the_open.get():
            await self._over.wait()
