"""How an import is shown before it is made: a line for each column, the options, and the report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

if TYPE_CHECKING:
    from kamtui.exchange.report import ImportReport
    from kamtui.services.importing import CsvImport
    from kamtui.services.importing_look import FileLook

COLUMN, OPTION, GO = "column", "option", "go"
_LISTED = 300


class Shown(NamedTuple):
    """A line: what it is of, what it means now, and an example of it. `name` tells the options apart."""

    what: str
    meaning: str
    example: str = ""
    name: str = ""
    is_key: bool = False


def columns() -> list[Column]:
    """The column of the file, the field that it fills, its first values."""
    return [
        Column("", lambda shown: shown.what, flex=2, least=10, most=34),
        Column("", _meaning, flex=2, least=12, most=30),
        Column("", lambda shown: (shown.example, "muted"), flex=3, least=10, gives_way=1),
    ]


def _meaning(shown: Shown) -> Cell:
    if shown.name:
        return shown.meaning, "strong"
    if not shown.meaning and not shown.is_key:
        return _("- left out"), "muted"
    return f"> {shown.meaning or '-'}{_(', key') if shown.is_key else ''}", "for"


def lines(order: "CsvImport", look: "FileLook | None") -> list[Line]:
    """The columns of the file, the options, and the line that begins the import."""
    found: list[Line] = []
    if look is not None:
        found.append(Line(text=_("COLUMN > FIELD"), style="heading"))
        for at, column in enumerate(look.columns):
            name = column.name or f"({at + 1})"
            shown = Shown(name, column.field or "", ", ".join(column.values), is_key=column.is_key)
            found.append(Line((COLUMN, at), shown))
    found.append(Line(text=_("HOW"), style="heading"))
    found += [Line((OPTION, at), shown) for at, shown in enumerate(_options(order, look))]
    if look is not None:
        found.append(Line((GO, 0), Shown(_("Import it (i)"), _("as the report says"), name=GO)))
    return found


def _options(order: "CsvImport", look: "FileLook | None") -> Iterator[Shown]:
    yield Shown(_("rows are"), entity_word(order.into), name="into")
    if order.into != "account":
        yield Shown(_("all of one account"), order.account or _("no, a column says"), name="account")
        yield Shown(
            _("accounts that are not there"),
            _("are made") if order.create_missing else _("reject the row"),
            name="missing",
        )
    yield Shown(_("currency of amounts"), order.currency or _("as in the settings"), name="currency")
    yield Shown(
        _("days such as 03/04"),
        {"dmy": _("day first"), "mdy": _("month first")}.get(str(order.dates or ""), _("found out")),
        name="dates",
    )
    found = f"{_('found out')}: {look.encoding}" if look else _("found out")
    yield Shown(_("encoding"), order.encoding or found, name="encoding")


def entity_word(entity: str) -> str:
    """What a kind of record is called in the language of this process."""
    from kamtui.store.reads.resolve import NAMEABLE

    return _(NAMEABLE[entity].word) if entity in NAMEABLE else entity


def unfilled(order: "CsvImport", look: "FileLook") -> str:
    """The needed fields that nothing fills, for a sentence; blank where there is none."""
    from kamtui.exchange.fields import ENTITIES, required, told

    filled = {column.field for column in look.columns} | ({"account"} if order.account else set())
    missing = [group for group in required(ENTITIES[order.into]) if not filled.intersection(group)]
    return told(missing) if missing else ""


def summary(report: "ImportReport", *, dry_run: bool) -> str:
    """The sums of a report in a sentence."""
    sums = _(
        "{created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {rejected} rejected"
    ).format(
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        skipped=report.skipped,
        rejected=len(report.rejected),
    )
    rows = ngettext("{count} row", "{count} rows", report.rows).format(count=f"{report.rows:,}")
    if dry_run:
        return _("Would import {rows}: {sums}.").format(rows=rows, sums=sums)
    if report.point is None:
        return _("Nothing changed, {rows}: {sums}.").format(rows=rows, sums=sums)
    return _("Imported {rows}: {sums}.").format(rows=rows, sums=sums)


def report_said(report: "ImportReport", *, dry_run: bool) -> list[Said]:
    """The report: the sums, what else is made, and each row that does not come in with its reason."""
    said = [Said(summary(report, dry_run=dry_run), "strong")]
    if report.also_created:
        made = ", ".join(f"{entity_word(name)} {count}" for name, count in sorted(report.also_created.items()))
        said.append(Said(_("Also: {made}.").format(made=made)))
    if dry_run and report.created + report.updated:
        said.append(Said(_("Nothing is written yet: i imports it, u takes it back."), "muted"))
    listed = [
        *((row, _("left out")) for row in report.rejected),
        *((row, _("comes in without this line")) for row in report.lines_rejected),
    ]
    if listed:
        said += [Said(), Said(_("ROWS THAT DO NOT COME IN WHOLE"), "heading")]
    for row, what in listed[:_LISTED]:
        said.append(
            Said(
                _("row {row}, {what}: {message}").format(row=row.row, what=what, message=row.message), "warn", indent=4
            )
        )
    if len(listed) > _LISTED:
        said.append(Said(_("and {count} more").format(count=len(listed) - _LISTED), "muted"))
    if report.ignored:
        said += [Said(), Said(_("Left out: {names}").format(names=", ".join(report.ignored)), "muted", indent=4)]
    return said
