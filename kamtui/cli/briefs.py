"""`kamtui brief --all`: the briefs of many accounts, a file each."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import typer

from kamtui.brief.build import build_brief
from kamtui.brief.files import safe_names, write_document
from kamtui.brief.formats import Format, ending_of, render
from kamtui.brief.model import Variant
from kamtui.cli.context import Desk
from kamtui.cli.output import note, wrote
from kamtui.domain.enums import Tier
from kamtui.domain.errors import BadFile, KamtuiError, why_not
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.as_of import as_of
from kamtui.store.reads.accounts import list_accounts
from kamtui.store.sqlite.driver import Connection

IN_PART = 3


def write_briefs(
    at: Desk,
    folder: Path,
    chosen: Format,
    variant: Variant,
    tier: Tier | None,
    day: date | None,
    since: date | None,
    *,
    force: bool,
) -> None:
    """Writes them one by one. What cannot be written is said and left out, and the exit code is 3 then; a file that is
    there already is such a one, unless forced."""
    _prepare(folder)
    written: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    notes: dict[str, None] = {}
    with at.reading() as now, _known_on(now, day) as connection:
        today = day or at.today
        accounts = list_accounts(connection, today, tier=tier)
        names = safe_names({row.id: row.name for row in accounts}, f"-{variant}-{today.isoformat()}{ending_of(chosen)}")
        for number, row in enumerate(accounts, 1):
            _progress(number, len(accounts), row.name)
            path = folder.absolute() / names[row.id]
            record: dict[str, object] = {"account": row.id, "format": chosen, "path": path}
            try:
                document = render(build_brief(connection, row.id, today, variant, since=since), chosen)
                write_document(path, document.content, over=force)
            except KamtuiError as error:
                refused.append({**record, "message": error.message})
                continue
            notes.update(dict.fromkeys(document.notes))
            written.append(record)
    _progress_ends()
    for said in (*(str(record["message"]) for record in refused), *notes):
        note(said)
    message = ngettext("Wrote {count} brief to {folder}", "Wrote {count} briefs to {folder}", len(written))
    wrote(
        message.format(count=len(written), folder=folder.absolute()),
        {"folder": folder.absolute(), "written": written, "refused": refused},
        json=at.json,
    )
    if refused:
        raise typer.Exit(IN_PART if written else 1)


def _prepare(folder: Path) -> None:
    """The folder, for its owner alone where it is new."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BadFile(
            _("{path}: the folder cannot be made ({why}). Nothing was written; choose another place.").format(
                path=folder, why=why_not(error)
            )
        ) from error


@contextmanager
def _known_on(connection: Connection, day: date | None) -> Iterator[Connection]:
    if day is None:
        yield connection
        return
    with closing(as_of(connection, day)) as then:
        yield then


def _progress(number: int, of: int, name: str) -> None:
    """One line that is written over, for eyes alone."""
    if sys.stderr.isatty():
        from kamtui.brief.terminal import fit

        said = _("{number} of {of}: {name}").format(number=number, of=of, name=name)
        sys.stderr.write("\r" + fit(said, 70))
        sys.stderr.flush()


def _progress_ends() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 70 + "\r")
        sys.stderr.flush()
