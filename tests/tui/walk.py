"""A walk through the whole app by its registry: places and commands that come later are walked too."""

from collections.abc import Awaitable, Callable

from seat import Seat

from kamtui.tui.registry import Command

DEEP = 6  # dialogs over one another until the walk gives up
# What leaves the app, and what hands the terminal to another program.
NOT_WALKED = {"app.quit"}


class Walk:
    """Performs every command once in each place, and has each frame looked at: `look` is told the seat and where it is."""

    def __init__(self, seat: Seat, look: Callable[[Seat, str], None]) -> None:
        self.seat = seat
        self.done: set[tuple[str, str]] = set()
        self._look = look

    def look(self, where: str) -> None:
        self._look(self.seat, where)

    async def leave_dialogs(self) -> None:
        for _level in range(DEEP):
            if len(self.seat.app.screen_stack) == 1:
                return
            self.look(f"dialog {self.seat.app.screen}")
            if self.seat.app.focused is not None and hasattr(self.seat.app.focused, "value"):
                await self.seat.type("x[/]")
                self.look("typing")
            await self.seat.press("escape")
            if len(self.seat.app.screen_stack) > 1 and type(self.seat.app.screen).__name__ == "Confirm":
                await self.seat.press("y")
        assert len(self.seat.app.screen_stack) == 1, f"cannot leave {self.seat.app.screen}"

    async def leave_discreet(self) -> None:
        if self.seat.app.discretion.on:
            await self.seat.perform("app.discreet")
            await self.leave_dialogs()

    def mark(self, command: Command) -> tuple[str, str]:
        """A command of the pane is walked in each pane that has it, one of the place or of everywhere once a place."""
        inner = self.seat.app.contexts()[0]
        return command.id, inner if inner in command.where else self.seat.app.current_mode

    def waiting(self) -> list[Command]:
        app = self.seat.app
        return [
            command
            for command in app.registry.here(app.contexts())
            if self.mark(command) not in self.done
            and command.id not in NOT_WALKED
            and not command.id.startswith("go.")
            and not (command.why_not and command.why_not(app))
        ]

    async def all_commands(self, back: Callable[[], Awaitable[None]]) -> None:
        """Every command of the contexts that one is in; `back` brings one there again."""
        context = self.seat.app.contexts()[:1]
        while context == self.seat.app.contexts()[:1] and (waiting := self.waiting()):
            command = waiting[0]
            self.done.add(self.mark(command))
            await self.seat.perform(command.id)
            self.look(command.id)
            await self.leave_dialogs()
            if self.seat.app.contexts()[:1] != context:
                await back()
