"""Which column fills which field: by name, by `--map`, and what identifies a row or leaves it out."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from kamtui.domain.errors import BadFile, BadInput
from kamtui.domain.text import one_line
from kamtui.exchange.csv_reading import CsvTable
from kamtui.exchange.fields import Entity, Field, Shape, field_named, plain_name, required, told
from kamtui.exchange.values import split_list
from kamtui.language import gettext as _

_LISTED = 40
# Of a column for a list of our words, how many values tell whether it holds them, and in how many rows they are sought.
_VALUES_TRIED = 20
_ROWS_TRIED = 1_000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for: `COLUMN=FIELD` (`-` ignores the column), key columns, `COLUMN=VALUE` of the rows that
    are taken, and whether one account was named for all rows."""

    maps: Sequence[str] = ()
    keys: Sequence[str] = ()
    only: Sequence[str] = ()
    one_account: bool = False


@dataclass(slots=True)
class Columns:
    """The plan of a file: for each field the places of its columns, in the order in which they are joined."""

    fields: list[tuple[Field, tuple[int, ...]]] = field(default_factory=list)
    key: tuple[int, ...] = ()
    key_is_wished: bool = False
    only: list[tuple[int, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether some column fills this field."""
        return any(planned.name == name for planned, _places in self.fields)


def plan_columns(table: CsvTable, entity: Entity, wishes: Wishes) -> Columns:
    """As `propose_columns`, and raises `BadFile` for a needed field that nothing fills."""
    columns = propose_columns(table, entity, wishes)
    _check_needed(columns, entity, wishes, _Header(table.header, table.source.label))
    return columns


def propose_columns(table: CsvTable, entity: Entity, wishes: Wishes) -> Columns:
    """Reads the header against the fields; a column that nobody mapped is left out where it holds a list of words that
    are not ours. Raises `BadInput` for a column or field that there is not, `BadFile` for a needed column that is there
    twice."""
    known = _Header(table.header, table.source.label)
    wished, ignored = _wished(known, entity, wishes.maps)
    columns = Columns(key=tuple(known.place(name, "--key") for name in wishes.keys), key_is_wished=bool(wishes.keys))
    columns.only = [_condition(known, text) for text in wishes.only]
    used = {place for places in wished.values() for place in places}
    for planned in entity.fields:
        if planned.name == "account" and wishes.one_account:
            continue
        places = tuple(wished.get(planned.name, ()))
        if not places:
            places = _by_name(known, planned, entity, used | ignored)
            if places and _has_other_words(table, planned, places[0]):
                continue
        if places:
            columns.fields.append((planned, places))
            used.update(places)
    if not columns.key and (id_column := known.find("id")) is not None and id_column not in used | ignored:
        columns.key = (id_column,)
    used.update(columns.key, (place for place, _value in columns.only))
    columns.ignored = [name or f"({at + 1})" for at, name in enumerate(table.header) if at not in used]
    return columns


class _Header:
    """The names of the columns, and where they stand."""

    def __init__(self, header: Sequence[str], file: str) -> None:
        self.names = header
        self.file = file
        self.exact: dict[str, int] = {}
        self.plain: dict[str, int] = {}
        for at, name in enumerate(header):
            if name:
                self.exact.setdefault(name, at)
                self.plain.setdefault(plain_name(name), at)
        self._count = Counter(header)

    def find(self, name: str) -> int | None:
        """The place of a column, exactly so named or nearly. Raises `BadFile` where there are two."""
        at = self.exact.get(name.strip())
        if at is None:
            at = self.plain.get(plain_name(name))
        if at is not None and self._count[self.names[at]] > 1:
            raise BadFile(
                _("{file}, row 1: the column “{column}” is there twice. Nothing was imported; rename one.").format(
                    file=self.file, column=one_line(self.names[at])
                )
            )
        return at

    def place(self, name: str, option: str) -> int:
        """The place of a column that an option names. Raises `BadInput` where there is none."""
        at = self.find(name)
        if at is None:
            raise BadInput(
                _("{option}: {file} has no column “{column}”. It has: {all}.").format(
                    option=option, file=self.file, column=one_line(name), all=self.told()
                ),
                field=option.lstrip("-"),
            )
        return at

    def told(self) -> str:
        """The columns for a sentence."""
        listed = ", ".join(one_line(name, 40) for name in self.names[:_LISTED] if name)
        return listed + (", …" if len(self.names) > _LISTED else "")


def _wished(known: _Header, entity: Entity, maps: Sequence[str]) -> tuple[dict[str, list[int]], set[int]]:
    wished: dict[str, list[int]] = {}
    ignored: set[int] = set()
    for text in maps:
        column, sign, name = text.rpartition("=")
        if not sign or not column.strip():
            raise BadInput(_("--map: write COLUMN=FIELD, and not “{text}”.").format(text=one_line(text)), field="map")
        place = known.place(column, "--map")
        if name.strip() == "-":
            ignored.add(place)
            continue
        planned = field_named(entity, name)
        if planned is None:
            raise BadInput(
                _("--map: {entity} has no field “{field}”. It has: {all}.").format(
                    entity=entity.name, field=one_line(name), all=", ".join(field.name for field in entity.fields)
                ),
                field="map",
            )
        wished.setdefault(planned.name, []).append(place)
    return wished, ignored


def _by_name(known: _Header, planned: Field, entity: Entity, taken: set[int]) -> tuple[int, ...]:
    for name in (planned.name, planned.column, *planned.also):
        # `account` is a name that some fields go by; where it is a field of its own, that one has it.
        owner = field_named(entity, name)
        if owner is not planned:
            continue
        at = known.plain.get(plain_name(name))
        if at is not None and at not in taken:
            known.find(known.names[at])
            return (at,)
    pair = [at for name in planned.pair if (at := known.find(name)) is not None and at not in taken]
    return tuple(pair) if len(pair) == len(planned.pair) else ()


def _has_other_words(table: CsvTable, planned: Field, place: int) -> bool:
    """Whether a column for a list of our words begins with other words only."""
    if planned.shape is not Shape.LIST or planned.read is None:
        return False
    with closing(table.records()) as records:
        cells = (record.cells[place] for record in islice(records, _ROWS_TRIED) if not record.fault)
        words = (word for cell in cells for word in split_list(cell, commas=True))
        tried = list(islice(words, _VALUES_TRIED))
    for word in tried:
        try:
            planned.read(word, field=planned.name)
        except BadInput:
            continue
        return False
    return bool(tried)


def _condition(known: _Header, text: str) -> tuple[int, str]:
    at = text.find("=")
    while at != -1:
        if known.find(text[:at]) is not None or text.find("=", at + 1) == -1:
            return known.place(text[:at], "--only"), text[at + 1 :].strip()
        at = text.find("=", at + 1)
    raise BadInput(_("--only: write COLUMN=VALUE, and not “{text}”.").format(text=one_line(text)), field="only")


def _check_needed(columns: Columns, entity: Entity, wishes: Wishes, known: _Header) -> None:
    missing = [
        group
        for group in required(entity)
        if not any(columns.has(name) for name in group) and not (group == ("account",) and wishes.one_account)
    ]
    if missing:
        raise BadFile(
            _(
                "{file}: no column fills {fields} of {entity}. Nothing was imported; say which one does with "
                "--map COLUMN=FIELD{more}. The columns are: {all}."
            ).format(
                file=known.file,
                fields=told(missing),
                entity=entity.name,
                more=_(", or --account ACCOUNT") if ("account",) in missing else "",
                all=known.told(),
            )
        )
