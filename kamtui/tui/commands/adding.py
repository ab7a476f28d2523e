"""Adding in one line, the form, editing: what follows from the pane that has the keyboard."""

from kamtui.tui.registry import Command

COMMANDS: tuple[Command, ...] = ()
