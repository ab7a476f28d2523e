"""A file before it is imported: what its columns hold, and which fields they would fill. Nothing is written."""

from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from kamtui.domain.text import one_line
from kamtui.exchange.columns import propose_columns
from kamtui.exchange.csv_reading import CsvTable
from kamtui.exchange.fields import ENTITIES
from kamtui.exchange.source_file import open_source
from kamtui.services.importing import CsvImport

_ROWS = 40  # in which values are sought
_VALUES = 3
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column: its name (empty where the header names none), first values, the field that it fills, and whether it
    identifies rows."""

    name: str
    values: tuple[str, ...]
    field: str | None
    is_key: bool


@dataclass(frozen=True, slots=True)
class FileLook:
    """The columns of a file in order, its encoding, and the sign between its cells."""

    columns: tuple[ColumnLook, ...]
    encoding: str
    delimiter: str


def look_into(order: CsvImport) -> FileLook:
    """Reads header and first rows of a file. Raises `BadFile`, and `BadInput` for an option that does not fit it; a
    needed field that nothing fills yet is no error here."""
    with open_source(order.file, encoding=order.encoding) as file:
        table = CsvTable(file, delimiter=order.delimiter)
        columns = propose_columns(table, ENTITIES[order.into], order.wishes)
        with closing(table.records()) as records:
            rows = [record.cells for record in islice(records, _ROWS) if not record.fault]
    fields = {place: field.name for field, places in columns.fields for place in places}
    found = []
    for at, name in enumerate(table.header):
        values = dict.fromkeys(one_line(row[at], _LONGEST) for row in rows if row[at].strip())
        found.append(ColumnLook(name, tuple(values)[:_VALUES], fields.get(at), at in columns.key))
    return FileLook(tuple(found), file.encoding, table.delimiter)
