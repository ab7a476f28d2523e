"""From the records of a file to rows: cells read as the fields that they fill, or a sentence on why they cannot be."""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from kamtui.domain.errors import BadInput
from kamtui.domain.money import Money, currency_code, exponent_of, parse_money
from kamtui.domain.text import clean, clean_name, one_line
from kamtui.exchange.columns import Columns
from kamtui.exchange.csv_reading import CsvTable, Record, unguarded
from kamtui.exchange.fields import Entity, Field, Shape, required, told
from kamtui.exchange.references import key_of
from kamtui.exchange.report import ImportReport
from kamtui.exchange.values import DateOrder, date_order, is_computed, read_date, rounded_money, split_list
from kamtui.language import gettext as _

_MONEY_CACHE = 20_000
_LOOKED_AT = 1_000  # rows, to tell how a column writes its amounts
_PLAIN_AMOUNT = re.compile(r"(-?\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)
_NOT_A_KEY = re.compile("[\x00\ud800-\udfff]")


@dataclass(slots=True)
class Row:
    """A row that could be read. `values` has the fields that are not blank, by name; `cells` their text; `key` what
    the key columns hold, blank where there are none; the rest is filled on the way to the database."""

    number: int
    values: dict[str, Any]
    cells: dict[str, str]
    key: str
    account_id: int | None = None
    columns: dict[str, Any] = field(default_factory=dict)


class RowReader:
    """Reads the records of a table by a plan. Skipped and rejected rows are counted in the report.

    `currency` is that of all amounts; without it a currency column, else `usual_currency`. `dropped` counts the control
    characters that the text policy took out, by field.
    """

    def __init__(
        self,
        table: CsvTable,
        entity: Entity,
        columns: Columns,
        report: ImportReport,
        *,
        currency: str | None,
        usual_currency: str,
        dates: DateOrder | None,
    ) -> None:
        self.table, self.entity, self.columns, self.report = table, entity, columns, report
        self.currency, self.usual_currency = currency, usual_currency
        self.dropped: dict[str, int] = {}
        self._needs = [group for group in required(entity) if group != ("account",) or columns.has("account")]
        self._money = lru_cache(maxsize=_MONEY_CACHE)(parse_money)
        self._computed: set[str] = set()
        # Amounts are read last: the currency of their row must be known.
        planned = sorted(columns.fields, key=lambda pair: pair[0].shape is Shape.MONEY)
        self._plan = [(one, places, self._reader(one, places, dates)) for one, places in planned]

    def rows(self) -> Generator[Row, None, None]:
        """The rows that can be taken, as they are asked for; to be closed before the file is."""
        with closing(self.table.records()) as records:
            for record in records:
                self.report.rows += 1
                if record.fault:
                    self.report.reject(record.number, "", "", record.fault)
                elif not all(record.cells[place].strip() == value for place, value in self.columns.only):
                    self.report.skipped += 1
                elif row := self._row(record):
                    yield row

    def _row(self, record: Record) -> Row | None:
        values: dict[str, Any] = {}
        cells: dict[str, str] = {}
        for planned, places, read in self._plan:
            text = self._text(record, planned, places)
            if not text:
                continue
            cells[planned.name] = text
            try:
                if planned.shape is Shape.MONEY:
                    values[planned.name] = self._amount(text, values, planned.name)
                else:
                    values[planned.name] = read(text)
            except BadInput as error:
                self.report.reject(record.number, planned.name, text, error.message)
                return None
        for group in self._needs:
            if not any(name in values for name in group):
                self.report.reject(
                    record.number, group[0], "", _("{field}: it must not be blank.").format(field=told([group]))
                )
                return None
        return self._keyed(record, values, cells)

    def _keyed(self, record: Record, values: dict[str, Any], cells: dict[str, str]) -> Row | None:
        parts = [unguarded(record.cells[place].strip()) for place in self.columns.key]
        if any(parts):
            key = key_of(parts)
            if _NOT_A_KEY.search(key):
                self.report.reject(record.number, "key", "", _("key: a NUL character cannot be stored."))
                return None
            return Row(record.number, values, cells, key)
        if self.columns.key_is_wished:
            names = ", ".join(self.table.header[place] for place in self.columns.key)
            self.report.reject(record.number, names, "", _("{field}: the key must not be blank.").format(field=names))
            return None
        return Row(record.number, values, cells, "")

    @staticmethod
    def _text(record: Record, planned: Field, places: tuple[int, ...]) -> str:
        if len(places) == 1:
            text = record.cells[places[0]].strip()
            return unguarded(text) if text[:1] == "'" else text
        parts = (unguarded(record.cells[place].strip()) for place in places)
        return ("\n" if planned.shape is Shape.LIST else " ").join(part for part in parts if part)

    def _amount(self, text: str, values: dict[str, Any], name: str) -> Money:
        currency = self.currency or values.get("currency") or self.usual_currency
        money = self._read_amount(text, currency, name)
        for other in values.values():
            if isinstance(other, Money) and other.currency != money.currency:
                raise BadInput(_("{field}: “{text}” is in another currency.").format(field=name, text=one_line(text)))
        return money

    def _read_amount(self, text: str, currency: str, name: str) -> Money:
        if exponent_of(currency) == 2 and (plain := _PLAIN_AMOUNT.fullmatch(text)):
            # Nearly every amount of an export, at a tenth of the time.
            return Money(int(plain[1] + (plain[2] or "").ljust(2, "0")), currency)
        try:
            return self._money(text, currency, field=name)
        except BadInput:
            if name not in self._computed:
                raise
            return rounded_money(text, currency, field=name)

    def _reader(self, planned: Field, places: tuple[int, ...], dates: DateOrder | None) -> Callable[[str], Any]:
        name = planned.name
        if name == "currency":
            return currency_code
        if planned.shape in {Shape.NAME, Shape.REFERENCE}:
            return partial(self._clean, clean_name, name)
        if planned.shape is Shape.TEXT:
            return partial(self._clean, clean, name)
        if planned.shape is Shape.DATE:
            order = dates
            if order is None:
                with closing(self.table.records()) as records:
                    order = date_order(filter(None, self._texts(records, planned, places)))
            return lambda text: read_date(text, order, field=name)
        if planned.shape is Shape.LIST:
            return partial(self._parts, planned)
        if planned.shape is Shape.MONEY:
            with closing(self.table.records()) as records:
                if any(map(is_computed, islice(self._texts(records, planned, places), _LOOKED_AT))):
                    self._computed.add(name)
            return str
        assert planned.read is not None
        return partial(planned.read, field=name)

    def _texts(self, records: Iterator[Record], planned: Field, places: tuple[int, ...]) -> Iterator[str]:
        return (self._text(record, planned, places) for record in records if not record.fault)

    def _clean(self, cleaner: Callable[..., tuple[str, int]], name: str, text: str) -> str:
        kept, dropped = cleaner(text, field=name)
        if dropped:
            self.dropped[name] = self.dropped.get(name, 0) + dropped
        if not kept.strip():
            raise BadInput(_("{field}: it must not be blank.").format(field=name))
        return kept

    def _parts(self, planned: Field, text: str) -> list[Any]:
        if planned.read is not None:
            return list(dict.fromkeys(planned.read(part, field=planned.name) for part in split_list(text, commas=True)))
        commas = planned.name in {"tags", "mail"}
        parts = (self._clean(clean_name, planned.name, part) for part in split_list(text, commas=commas))
        return list(dict.fromkeys(parts))
