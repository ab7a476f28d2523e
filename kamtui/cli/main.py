"""The entry: options that may stand anywhere, nouns that load when they are called, one voice for errors."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from kamtui import language
from kamtui.domain.errors import KamtuiError

# The options that belong to kamtui and not to a verb; they may stand before or after it.
_VALUED = ("--db", "--today", "--lang")
_FLAGS = ("--json", "--debug")
# What may stand beside them where the app opens.
OF_THE_APP = ("--debug", "--discreet")


def main() -> NoReturn:
    """Runs the command line and ends the process with the exit code of the contract."""
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    atexit._run_exitfuncs()
    # All is written and closed: taking the interpreter apart would cost a command another 13 ms.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Runs the command line with these arguments; returns the exit code."""
    # What is imported stays: looking through it for garbage again and again costs a command 6 ms.
    gc.set_threshold(50_000)
    arguments = hoist(arguments)
    language.choose(language.decide(arguments, setting=_language_setting(arguments)))
    _open_streams()
    from kamtui.cli.errors import INTERRUPTED, report
    from kamtui.cli.output import AnswerLost, answering

    try:
        if opens_app(arguments):
            from kamtui.cli.opening import open_app

            return open_app(arguments)
        # Typer's own classes must see the language that was chosen above.
        from kamtui.cli.root import command

        result = command().main(args=list(arguments), prog_name="kamtui", standalone_mode=False)
        if result == INTERRUPTED:
            # Typer made a number of Ctrl-C.
            raise KeyboardInterrupt
        with answering():
            sys.stdout.flush()
    except BaseException as error:
        # Typer makes of a broken pipe an exit with 1.
        if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
            _silence()
            return 0
        if isinstance(error, AnswerLost):
            _silence()
        return report(error, json="--json" in arguments, debug="--debug" in arguments)
    return result if isinstance(result, int) else 0


def _open_streams() -> None:
    """A command may be started with its streams closed (cron, a daemon), and a lone surrogate in a file name or an
    argument must not end in a traceback."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  open as long as the process
        getattr(sys, name).reconfigure(errors="backslashreplace")
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  open as long as the process


def _silence() -> None:
    """Nothing more is written: Python would complain once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def hoist(arguments: Sequence[str]) -> list[str]:
    """The arguments with kamtui's own options first, so that they may be written anywhere before `--`."""
    own: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _VALUED)):
            own.append(argument)
        elif argument in _VALUED and waiting:
            own += [argument, waiting.pop(0)]
        else:
            rest.append(argument)
    return own + rest


def opens_app(arguments: Sequence[str]) -> bool:
    """Whether these arguments name no verb, on a terminal: then the app opens. It is asked before Typer is imported, which
    would cost the first frame a third of its time."""
    rest = [argument for argument in arguments if argument not in OF_THE_APP]
    while rest and rest[0] in _VALUED:
        del rest[:2]
    return not [word for word in rest if not word.startswith(tuple(f"{name}=" for name in _VALUED))] and (
        sys.stdin is not None and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    )


def _language_setting(arguments: Sequence[str]) -> str | None:
    """The language of the settings file; it is not opened where something stronger speaks."""
    if os.environ.get("KAMTUI_LANG") or any(argument.startswith("--lang") for argument in arguments):
        return None
    from kamtui.services.settings_file import file_setting, read_settings

    try:
        found = file_setting(read_settings(), "language")
    except KamtuiError:
        # A settings file that cannot be read is reported by `config show`, not by every command.
        return None
    return None if found == "auto" else found
