"""What can be done to a touch, held or planned."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
