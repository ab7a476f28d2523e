"""The words of a help page that are Typer's own, in the language of this process."""

from collections.abc import Sequence

import typer.core
from typer._click import Context, HelpFormatter  # Typer 0.28 carries its own click; there is no public way to it

from kamtui.language import gettext as _
from kamtui.language import mark

_WORDS = (
    mark("Arguments"),
    mark("Options"),
    mark("Commands"),
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
    mark("Show this message and exit."),
)
# How a call is written, as it stands behind `Usage:`.
_CALL = (mark("[OPTIONS]"), mark("COMMAND [ARGS]..."))
# What stands in brackets behind the help of an option.
_BEHIND = (mark("required"), mark("default: {default}"))


class Page(HelpFormatter):
    """A help page; what is Typer's own is given in our language as it is written."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word in _CALL:
            args = args.replace(word, _(word))
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_spoken(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _spoken(help)) for name, help in rows], col_max, col_spacing)


def _spoken(text: str) -> str:
    return _(text) if text in _WORDS else text


def speak() -> None:
    """Every help page of this process is written so."""
    Context.formatter_class = Page
    vars(typer.core)["_"] = lambda text: _(text) if text in _BEHIND else text
