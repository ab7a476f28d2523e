"""What can be done to an account, in the portfolio and in its own place."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
