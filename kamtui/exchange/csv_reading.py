"""Reading CSV safely: a delimiter that is found, records that are counted, and a sentence for each that cannot be read."""

import csv
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper

from kamtui.domain.errors import BadFile, BadInput
from kamtui.domain.text import one_line
from kamtui.exchange.source_file import SourceFile
from kamtui.language import gettext as _
from kamtui.language import ngettext

DELIMITERS = (",", ";", "\t", "|")
# A field that is longer than this never ends: its closing quote is missing. Texts of people end at 100,000.
LONGEST_FIELD = 8_000_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the file. `number` counts records, the header being 1; `cells` are in the order of the header.

    `fault` says why it cannot be used, and then there are no cells.
    """

    number: int
    cells: Sequence[str]
    fault: str = ""


class CsvTable:
    """A CSV file with a header. Raises `BadFile` for one that cannot be read as a whole."""

    def __init__(self, source: SourceFile, *, delimiter: str | None = None) -> None:
        self.source = source
        csv.field_size_limit(LONGEST_FIELD)
        with source.text() as text:
            self.delimiter = _delimiter_of(delimiter) if delimiter else _sniff(text)
        with source.text() as text:
            self.header = self._header(text)

    def records(self) -> Generator[Record, None, None]:
        """The rows below the header, read as they are asked for; lines without anything are none.

        To be closed before the file is, and before another reading of it begins.
        """
        width = len(self.header)
        with self.source.text() as text:
            reader = csv.reader(text, delimiter=self.delimiter, strict=True)
            next(reader)
            number = 1
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Record(number, (), self._fault(error, number))
                    continue
                if not any(cells):
                    continue
                if len(cells) != width:
                    yield Record(number, (), _ragged(len(cells), width))
                else:
                    yield Record(number, cells)

    def _header(self, text: TextIOWrapper) -> list[str]:
        try:
            header = next(csv.reader(text, delimiter=self.delimiter, strict=True))
        except StopIteration:
            raise BadFile(_("{file}: the file is empty. Nothing was imported.").format(file=self._label)) from None
        except csv.Error as error:
            raise BadFile(
                _("{file}, row 1: {why} Nothing was imported.").format(file=self._label, why=self._fault(error, 1))
            ) from None
        names = [name.strip() for name in header]
        if not any(names):
            raise BadFile(
                _("{file}, row 1: the first line must name the columns. Nothing was imported.").format(file=self._label)
            )
        if any("\x00" in name for name in names):
            raise BadFile(
                _(
                    "{file}, row 1: there are NUL bytes between the letters, so this is not UTF-8. Nothing was "
                    "imported; give --encoding (utf-16-le?)."
                ).format(file=self._label)
            )
        return names

    @property
    def _label(self) -> str:
        return self.source.label

    def _fault(self, error: csv.Error, number: int) -> str:
        words = str(error)
        if "unexpected end of data" in words or "larger than field limit" in words:
            raise BadFile(
                _(
                    "{file}, row {row}: a quote that opens there is never closed. Nothing was imported; close it, or "
                    "write a quote inside a cell twice."
                ).format(file=self._label, row=number)
            ) from None
        if "expected after" in words:
            return _("After a closing quote comes neither “{delimiter}” nor the end of the line.").format(
                delimiter="tab" if self.delimiter == "\t" else self.delimiter
            )
        return _("The row cannot be read ({why}).").format(why=words)


def unguarded(cell: str) -> str:
    """A cell without the `'` that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _ragged(found: int, expected: int) -> str:
    return ngettext(
        "The row has {count} cell, the header has {expected}.",
        "The row has {count} cells, the header has {expected}.",
        found,
    ).format(count=found, expected=expected)


def _delimiter_of(text: str) -> str:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(text.lower(), text)
    if len(named) != 1 or named in '"\r\n\0':
        raise BadInput(
            _("--delimiter: “{text}” is not one character. Write , ; | or tab.").format(text=one_line(text)),
            field="delimiter",
        )
    return named


def _sniff(text: TextIOWrapper) -> str:
    """The character that stands most often in the first line, outside quotes."""
    line = text.readline(LONGEST_FIELD)
    outside = "".join(line.split('"')[0::2])
    return max(DELIMITERS, key=outside.count)
