"""What can be done to a need."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
