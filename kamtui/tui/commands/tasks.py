"""What can be done to a task of an account."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
