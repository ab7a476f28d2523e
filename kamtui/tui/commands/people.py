"""What can be done to a person of the org map: one key sets one thing, on the row."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
