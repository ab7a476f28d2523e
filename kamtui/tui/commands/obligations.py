"""What can be done to an obligation and its occurrences."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
