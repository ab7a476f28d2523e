"""The brief of an account: show, save, copy."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
