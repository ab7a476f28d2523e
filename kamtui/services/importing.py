"""Importing a CSV file: one undo point, a report that adds up, and a dry run that touches nothing (CLI.md "Import")."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kamtui.domain.errors import BadInput, NotFound
from kamtui.domain.money import currency_code
from kamtui.domain.text import clean_name
from kamtui.exchange.columns import Columns, Wishes, plan_columns
from kamtui.exchange.csv_reading import CsvTable
from kamtui.exchange.fields import ENTITIES, Entity
from kamtui.exchange.report import ImportReport
from kamtui.exchange.rows import RowReader
from kamtui.exchange.source_file import STDIN, open_source
from kamtui.exchange.values import DateOrder
from kamtui.language import gettext as _
from kamtui.services.importing_kinds import RowRefused, Shelf
from kamtui.services.importing_run import Import
from kamtui.store.reads.resolve import find
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.connection import open_reader
from kamtui.store.sqlite.driver import connect
from kamtui.store.unit_of_work import UnitOfWork, transaction
from kamtui.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CsvImport:
    """What to import, and how. `file` is a path or `-`; `into` an entity of `exchange/fields.py`; `account` names that
    of all rows; `source` is the name under which keys are kept, else the file's without its ending."""

    file: str
    into: str
    account: str | None = None
    wishes: Wishes = field(default_factory=Wishes)
    source: str | None = None
    currency: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    dates: DateOrder | None = None
    create_missing: bool = False
    dry_run: bool = False


# With SQLite's usual 2 MB the indexes of a large import are written to the disk again and again.
_CACHE_KB = 16_000
Progress = Callable[[int, float], None]


def import_csv(workspace: Workspace, order: CsvImport, progress: Progress = lambda _rows, _share: None) -> ImportReport:
    """Imports a file as one undo point, or with `dry_run` reports what that would do.

    `progress` is told how many rows are done and which share of the file. Raises `BadFile` for a file that cannot be
    used, `BadInput` for an option that does not fit it, `NotFound` for its account; then nothing was written. What is
    wrong with single rows stands in the report.
    """
    entity = ENTITIES[order.into]
    currency = currency_code(order.currency) if order.currency else None
    if order.account is not None and entity.name == "account":
        raise BadInput(_("--account: an account is of no other; --map COLUMN=parent puts it below one."))
    wishes = replace(order.wishes, one_account=order.account is not None)
    with open_source(order.file, encoding=order.encoding) as file:
        source = clean_name(order.source or _stem(order.file), field="--source")[0]
        table = CsvTable(file, delimiter=order.delimiter)
        plan = _Plan(entity, table, plan_columns(table, entity, wishes), source, currency)
        try:
            return _run(workspace, order, plan, progress, careful=False)
        except RowRefused:
            return _run(workspace, order, plan, progress, careful=True)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the options came to mean for this file."""

    entity: Entity
    table: CsvTable
    columns: Columns
    source: str
    currency: str | None


def _run(workspace: Workspace, order: CsvImport, plan: _Plan, progress: Progress, *, careful: bool) -> ImportReport:
    entity, file = plan.entity, plan.table.source
    report = ImportReport(file=order.file, into=entity.name, ignored=plan.columns.ignored)
    with _on_a_copy(workspace) if order.dry_run else workspace.writing() as work:
        work.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        work.say(_("Import {file} into {entity}").format(file=Path(file.label).name, entity=entity.name))
        account_id = _account(work, order, plan.source, report)
        rows = RowReader(
            plan.table,
            entity,
            plan.columns,
            report,
            currency=plan.currency,
            usual_currency=get_setting(work.connection, "currency"),
            dates=order.dates,
        )
        shelf = Shelf(work, report, plan.source, account_id, create_missing=order.create_missing, careful=careful)
        fields = [field.name for field, _places in plan.columns.fields]
        run = Import(work, entity, report, shelf, fields=fields)
        with closing(rows.rows()) as taken:
            run.run(taken, lambda: progress(report.rows, file.place() / max(1, file.size)))
        report.dropped = rows.dropped
        report.point = work.point_id if work.changed_rows() and not order.dry_run else None
    report.rejected.sort(key=lambda row: row.row)
    return report


def entity_of(file: str) -> Entity | None:
    """The entity that a file is named after: `accounts.csv`, `person.csv`."""
    name = _stem(file).casefold()
    plurals = {"people": "person", "persons": "person"} | {f"{one}s": one for one in ENTITIES}
    return ENTITIES.get(plurals.get(name, name))


def _stem(file: str) -> str:
    return "stdin" if file == STDIN else Path(file).stem


def _account(work: UnitOfWork, order: CsvImport, source: str, report: ImportReport) -> int | None:
    if order.account is None:
        return None
    try:
        return find(work.connection, "account", order.account)
    except NotFound:
        if not order.create_missing or order.account.strip().isdecimal():
            raise
    name = clean_name(order.account, field="--account")[0]
    return Shelf(work, report, source, None, create_missing=True, careful=False).account(name)


@contextmanager
def _on_a_copy(workspace: Workspace) -> Iterator[UnitOfWork]:
    """A unit of work on a copy of the database without a name, which is gone afterwards, also when we are killed."""
    with tempfile.TemporaryDirectory(prefix="kamtui-") as folder:
        twin = replace(workspace, path=Path(folder, workspace.path.name))
        connection = connect("", isolation_level=None)
        try:
            if workspace.path.exists():
                original = open_reader(workspace.path)
                try:
                    original.backup(connection)
                finally:
                    original.close()
            connection.execute("PRAGMA foreign_keys = ON")
            with transaction(connection, twin) as work:
                yield work
        finally:
            connection.close()
