"""`kamtui` without a verb: the app. Typer, which the verbs need, is not imported here."""

from collections.abc import Sequence
from dataclasses import replace

from kamtui.cli.context import Desk


def open_app(arguments: Sequence[str]) -> int:
    """Opens the app with kamtui's own options (`--db`, `--today`, `--lang`, `--discreet`); returns the exit code."""
    from kamtui.tui.launch import launch

    options: dict[str, str] = {}
    waiting = [argument for argument in arguments if argument not in {"--debug", "--discreet"}]
    while waiting:
        name, equals, value = waiting.pop(0).partition("=")
        options[name] = value if equals else waiting.pop(0)
    workspace = Desk.of(options.get("--db"), options.get("--today"), json=False).workspace
    return launch(replace(workspace, program="app"), discreet="--discreet" in arguments)
