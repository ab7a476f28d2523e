"""`kamtui import`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kamtui.cli.context import desk, tell_dropped
from kamtui.cli.output import as_json, note, write_json, wrote
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.language import ngettext

if TYPE_CHECKING:
    from kamtui.exchange.report import ImportReport
    from kamtui.exchange.values import DateOrder

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_LISTED = 20
IN_PART = 3


@app.callback()
def _import() -> None:
    # With one format alone Typer would take `csv` for the file.
    pass


@app.command("csv", help=_("Import a CSV file with a header; - reads stdin. Importing again updates."))
def csv(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=_("FILE"))],
    into: Annotated[
        str | None,
        typer.Option(
            metavar=_("ENTITY"), help=_("account, person, transaction, task, need, interaction or obligation.")
        ),
    ] = None,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("The account of all rows."))] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar=_("COLUMN=FIELD"),
            help=_("A column that is not named like its field; several for one field are joined, - ignores one."),
        ),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(metavar=_("COLUMN"), help=_("What identifies a row, so that importing again finds it.")),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar=_("COLUMN=VALUE"), help=_("Only the rows that match."))
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar=_("NAME"), help=_("Where the keys are from; the file's name if not given."))
    ] = None,
    currency: Annotated[str | None, typer.Option(metavar="CUR", help=_("Of all amounts."))] = None,
    encoding: Annotated[str | None, typer.Option(metavar=_("NAME"), help=_("If not UTF-8: gb18030 …"))] = None,
    delimiter: Annotated[
        str | None, typer.Option(metavar=_("SIGN"), help=_("Between cells: , ; | or tab; found if not given."))
    ] = None,
    dates: Annotated[str | None, typer.Option(metavar="dmy|mdy", help=_("How to read 03/04/2026."))] = None,
    create_missing: Annotated[
        bool, typer.Option("--create-missing", help=_("Make accounts that rows name and that are not there."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would happen; nothing is written."))] = False,
) -> None:
    from kamtui.exchange.columns import Wishes
    from kamtui.services.importing import CsvImport, import_csv

    order = CsvImport(
        file=file,
        into=_entity(file, into),
        account=account,
        wishes=Wishes(maps=map_ or (), keys=key or (), only=only or ()),
        source=source,
        currency=currency,
        encoding=encoding,
        delimiter=delimiter,
        dates=_dates(dates),
        create_missing=create_missing,
        dry_run=dry_run,
    )
    watched = sys.stderr.isatty()
    try:
        report = import_csv(desk(ctx).workspace, order, _show_progress if watched else _stay_quiet)
    finally:
        if watched:
            # What is said next begins on a clean line.
            sys.stderr.write("\r\x1b[K")
    _tell(report, dry_run=dry_run, json=desk(ctx).json)
    if report.in_part:
        raise typer.Exit(IN_PART)


def _entity(file: str, into: str | None) -> str:
    from kamtui.exchange.fields import ENTITIES, plain_name
    from kamtui.services.importing import entity_of

    if into is None:
        entity = entity_of(file)
        if entity is not None:
            return entity.name
    elif (name := plain_name(into)) in ENTITIES:
        return name
    raise BadInput(_("--into: say what the rows are, one of {all}.").format(all=", ".join(ENTITIES)), field="into")


def _dates(text: str | None) -> "DateOrder | None":
    from kamtui.exchange.values import DateOrder

    if text is None:
        return None
    try:
        return DateOrder(text.casefold())
    except ValueError:
        raise BadInput(_("--dates: write dmy or mdy, and not “{text}”.").format(text=text), field="dates") from None


def _tell(report: "ImportReport", *, dry_run: bool, json: bool) -> None:
    """One line on stdout with the sums; what did not come in on stderr. With `--json` the report alone."""
    tell_dropped(report.dropped.items())
    if json:
        write_json({name: value for name, value in as_json(report).items() if name != "dropped"})
        return
    listed = [
        *((row, _("left out")) for row in report.rejected),
        *((row, _("came in without this line")) for row in report.lines_rejected),
    ]
    for row, what in listed[:_LISTED]:
        note(
            _("{file}, row {row}, {what}: {message}").format(
                file=report.file, row=row.row, what=what, message=row.message
            )
        )
    if len(listed) > _LISTED:
        note(_("… and {count} more; --json lists them all.").format(count=len(listed) - _LISTED))
    if report.ignored:
        more = (
            _(" and {count} more").format(count=len(report.ignored) - _LISTED) if len(report.ignored) > _LISTED else ""
        )
        note(_("Ignored columns: {names}{more}.").format(names=", ".join(report.ignored[:_LISTED]), more=more))
    if report.also_created:
        made = ", ".join(f"{name} {count}" for name, count in sorted(report.also_created.items()))
        note(_("Also created: {made}.").format(made=made))
    sums = _(
        "{created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {rejected} rejected"
    ).format(
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        skipped=report.skipped,
        rejected=len(report.rejected),
    )
    rows = ngettext("{count} row", "{count} rows", report.rows).format(count=report.rows)
    if dry_run:
        start = _("Would import {file} into {entity}: {rows}")
    elif report.point is None:
        start = _("Nothing changed by {file} into {entity}: {rows}")
    else:
        start = _("Imported {file} into {entity} (point {point}): {rows}")
    message = start.format(file=report.file, entity=report.into, rows=rows, point=report.point)
    wrote(f"{message}, {sums}.", report, json=False)


def _show_progress(rows: int, share: float) -> None:
    """How far it is, on a terminal, on one line that the next one overwrites."""
    line = _("{rows:,} rows, {percent} %").format(rows=rows, percent=min(100, round(share * 100)))
    sys.stderr.write(f"\r{line}\x1b[K")
    sys.stderr.flush()


def _stay_quiet(rows: int, share: float) -> None:
    """Where nobody watches, nothing is shown."""
