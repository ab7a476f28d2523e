"""How commands answer: a table on a terminal, tab-separated text into a pipe, JSON with `--json`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from kamtui.domain.errors import why_not
from kamtui.domain.json_value import as_json as as_json  # commands know it by this module
from kamtui.domain.labels import called
from kamtui.domain.text import visible
from kamtui.language import current
from kamtui.language import gettext as _


class Column(NamedTuple):
    """A column of a list: its heading, and what stands in it for a row.

    In a narrow window those with `gives_way` go first, 1 before 2; then the last.
    """

    heading: str
    cell: Callable[[Any], object]
    right: bool = False
    gives_way: int = 0


def write_json(value: Any) -> None:
    """A JSON document on stdout."""
    import json

    write(json.dumps(as_json(value), ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


class AnswerLost(Exception):
    """The answer could not be written out. What was asked for has been done: commands answer after the commit."""


@contextmanager
def answering() -> Iterator[None]:
    """Turns what goes wrong while an answer is written into `AnswerLost`; a reader who went away is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerLost(why_not(error)) from error


def write(line: str) -> None:
    """A line of data on stdout. Raises `AnswerLost`."""
    with answering():
        sys.stdout.write(line + "\n")


def note(line: str) -> None:
    """A line of talk on stderr."""
    sys.stderr.write(visible(line) + "\n")


def cell(value: object) -> str:
    """A value as text of one cell: safe for a terminal, and without tab or line end."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, (tuple, list)):
        return ", ".join(cell(inner) for inner in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return visible(spoken(value) if isinstance(value, StrEnum) else str(value))


def spoken(word: str) -> str:
    """A word of a list: in a pipe, and in English, the word that one types; on a terminal what it is called in the language
    of this process."""
    return called(word) if sys.stdout.isatty() and current() != "en" else str(word)


def show_rows(rows: Sequence[Any], columns: Sequence[Column], *, json: bool, empty: str = "") -> None:
    """A list of records. On a terminal an empty one says what would fill it."""
    if json:
        write_json(list(rows))
    elif not sys.stdout.isatty():
        with answering():
            sys.stdout.writelines("\t".join(cell(column.cell(row)) for column in columns) + "\n" for row in rows)
    elif not rows:
        note(empty or _("Nothing there."))
    else:
        _show_table(rows, columns)


def show_record(record: Any, pairs: Sequence[tuple[str, object]], *, json: bool) -> None:
    """One record: names and values, those without a value left out."""
    if json:
        write_json(record)
        return
    filled = [
        (name, cell(value) if isinstance(value, StrEnum) or not isinstance(value, str) else visible(value, lines=True))
        for name, value in pairs
    ]
    filled = [(name, value) for name, value in filled if value]
    if not sys.stdout.isatty():
        for name, value in filled:
            write(f"{name}\t{visible(value)}")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for name, value in filled:
        table.add_row(Text(name, style="dim"), Text(value))
    _console().print(table)


OF_ACCOUNT = " ({account})"  # behind what was added: a name that was typed short may have meant another one


def wrote(message: str, record: Any, *, json: bool) -> None:
    """What a write says: one line with what was done and the id, or the record as JSON."""
    if json:
        write_json(record)
    else:
        write(visible(message))


_GAP = 2  # cells between two columns
_NARROWEST = 12  # cells that a column of words may shrink to


def _show_table(rows: Sequence[Any], columns: Sequence[Column]) -> None:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    console = _console()
    lines = [[cell(column.cell(row)) for column in columns] for row in rows]
    # A column in which nothing stands only takes room.
    filled = [at for at in range(len(columns)) if any(line[at] for line in lines)]
    columns, lines = [columns[at] for at in filled], [[line[at] for at in filled] for line in lines]
    natural = [
        max(cell_len(text) for text in (column.heading, *(line[at] for line in lines)))
        for at, column in enumerate(columns)
    ]
    going = sorted(range(len(columns)), key=lambda at: (columns[at].gives_way or len(columns), -at))
    widths = fit(natural, console.width, going)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, _GAP - 1, 0, 0))
    for at, width in widths.items():
        table.add_column(
            Text(columns[at].heading, overflow="ellipsis"),
            justify="right" if columns[at].right else "left",
            width=width,
            no_wrap=True,
            overflow="ellipsis",
        )
    for line in lines:
        table.add_row(*(Text(line[at]) for at in widths))
    console.print(table)
    if left_out := [column.heading for at, column in enumerate(columns) if at not in widths and column.heading]:
        note(
            _("Left out for want of room: {columns}. A wider window shows them, --json has all.").format(
                columns=", ".join(left_out)
            )
        )


def fit(natural: Sequence[int], room: int, going: Sequence[int]) -> dict[int, int]:
    """The widths of the columns that fit into `room` cells, by their place.

    The widest give way first; when all are narrow, columns go in the order of `going`.
    """
    for gone in range(len(natural)):
        widths = {at: width for at, width in enumerate(natural) if at not in going[:gone]}
        over = sum(widths.values()) + _GAP * len(widths) - room
        while over > 0 and max(widths.values()) > _NARROWEST:
            widths[max(widths, key=widths.__getitem__)] -= 1
            over -= 1
        if over <= 0:
            return widths
    return {going[-1]: max(1, room - _GAP)}


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
