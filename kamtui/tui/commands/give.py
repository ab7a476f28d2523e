"""What can be done to a concession and to what comes back for it."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
