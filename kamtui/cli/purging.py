"""What `account purge` and `person purge` share: the name typed again, and what is said afterwards."""

import sys
from typing import TYPE_CHECKING

import typer

from kamtui.cli.output import note, wrote
from kamtui.domain.errors import BadInput
from kamtui.domain.text import visible
from kamtui.language import gettext as _
from kamtui.language import ngettext

if TYPE_CHECKING:
    from kamtui.services.purge import PurgeReport


def typed_name(option: str | None, name: str) -> str:
    """The name as the person typed it: in the option, else at a question on the terminal."""
    if option is not None:
        return option
    if not sys.stdin.isatty():
        raise BadInput(_("A purge cannot be undone: give the name again with --name. Nothing was purged."))
    question = _("This cannot be undone. Type the name, {name}, to purge it").format(name=visible(name))
    return str(typer.prompt(question, default="", show_default=False, err=True))


def say_purged(report: "PurgeReport", *, json: bool) -> None:
    """One line with what is gone, and on stderr what is not."""
    wrote(
        _(
            "Purged {what} {id}: {rows} records, {changes} entries of the log. {points} steps cannot be undone now."
        ).format(what=report.entity, id=report.id, rows=report.rows, changes=report.changes, points=report.points),
        report,
        json=json,
    )
    if report.mentions:
        count = sum(report.mentions.values())
        note(
            ngettext(
                "{count} line still mentions the name ({where}); `kamtui search` finds the records.",
                "{count} lines still mention the name ({where}); `kamtui search` finds the records.",
                count,
            ).format(
                count=count,
                where=", ".join(
                    f"{_('the log') if table == 'change' else table} {lines}"
                    for table, lines in report.mentions.items()
                ),
            )
        )
    for path in report.backups:
        note(_("This backup still holds it: {path}").format(path=path))
    if report.held_open:
        note(_("Another kamtui has the database open; the old text leaves the files when that one closes."))
