"""The keys as Markdown, made from the registry: `python -m kamtui.tui.keys_page` prints them, `--update README.md` puts
them into a page between its two marks."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kamtui import language
from kamtui.language import gettext as _
from kamtui.tui import keys
from kamtui.tui.commands import all_tables
from kamtui.tui.registry import TITLES, Command, Registry

BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def keys_page(registry: Registry) -> str:
    """A table for each place and pane that has keys of its own."""
    return "\n\n".join(_tables(registry))


def _tables(registry: Registry) -> Iterator[str]:
    for context, title in TITLES.items():
        here = [command for command in registry.standing_in(context) if command.keys]
        # What lies over a place lets some of everywhere through; that stands there.
        through = [command for command in here if context != "everywhere" and "everywhere" in command.where]
        own = [command for command in here if command not in through]
        if own:
            yield f"**{_(title)}**\n\n" + "\n".join(_rows(own))
        if through:
            yield _("Of everywhere also: {keys}.").format(keys=" ".join(_codes(command) for command in through))


def _rows(commands: Sequence[Command]) -> Iterator[str]:
    yield f"| {_('Keys')} | | {_('What it does')} |"
    yield "| --- | --- | --- |"
    for command in commands:
        yield f"| {_codes(command)} | {_(command.label)} | {command.said} |"


def _codes(command: Command) -> str:
    return " ".join(_code(keys.shown(key)) for key in command.keys)


def _code(key: str) -> str:
    """A key between backticks; a bar would end the cell of a table, a backtick the code."""
    return f"`` {key} ``" if "`" in key else f"`{key}`".replace("|", "\\|")


def put_into(text: str, page: str) -> str:
    """The text of a page with the keys between its marks. Raises `ValueError` where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n\n{page}\n\n{END}{after}"


def main(arguments: Sequence[str]) -> None:
    """Prints the page, or with `--update FILE` writes it into a file."""
    language.choose("en")
    page = keys_page(Registry.of(all_tables()))
    match arguments:
        case ["--update", name]:
            path = Path(name)
            path.write_text(put_into(path.read_text(encoding="utf-8"), page), encoding="utf-8")
        case []:
            print(page)  # noqa: T201  this module is a command
        case _:
            sys.exit("python -m kamtui.tui.keys_page [--update README.md]")


if __name__ == "__main__":
    main(sys.argv[1:])
