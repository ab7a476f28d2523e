"""The org map as an outline, out of `kamtui person list` and into `kamtui person add`."""

import sys
from pathlib import Path
from typing import Any

from kamtui.cli.context import desk, read_text
from kamtui.cli.output import write, write_json
from kamtui.domain.errors import BadInput
from kamtui.domain.outline import format_outline, parse_outline
from kamtui.domain.text import visible
from kamtui.language import gettext as _
from kamtui.store.reads.outline import read_outline
from kamtui.store.reads.resolve import find

STDIN = "-"


def show_outline(ctx: Any, account: str | None) -> None:
    """Writes the map of an account as an outline, or as JSON its lines."""
    if not account:
        raise BadInput(_("An outline is of one account: --account ACCOUNT."), field="account")
    with desk(ctx).reading() as connection:
        lines = read_outline(connection, find(connection, "account", account, fuzzy=True), desk(ctx).today)
    if desk(ctx).json:
        write_json(lines)
        return
    # Into a pipe or a file it goes as it is, so that it can be read again.
    text = format_outline(lines)
    sys.stdout.write(visible(text, lines=True) if sys.stdout.isatty() else text)


def take_outline(ctx: Any, account: str | None, source: str | None, *, dry_run: bool) -> None:
    """Applies an outline to an account and says what it did: from a file, from stdin for `-`, from the editor for None.
    With `dry_run` it says what it would do."""
    if not account:
        raise BadInput(_("An outline is of one account: --account ACCOUNT."), field="account")
    from kamtui.services.editor import edit_text
    from kamtui.services.outline import apply_outline, plan_outline

    # The editor must not be open while the database is locked for writing.
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account)
        now = format_outline(read_outline(connection, account_id, desk(ctx).today)) if source is None else ""
    lines = parse_outline(edit_text(_how() + now) if source is None else _read(source))
    if dry_run:
        with desk(ctx).reading() as connection:
            report = plan_outline(connection, account_id, lines, desk(ctx).today)
    else:
        with desk(ctx).writing() as work:
            report = apply_outline(work, account_id, lines)
    if desk(ctx).json:
        write_json(report)
        return
    write(
        _("{new} new, {changed} changed; lines that are missing are left alone").format(
            new=len(report.new), changed=len(report.changed)
        )
    )
    if dry_run:
        for heading, labels in (
            (_("new"), report.new),
            (_("changed"), report.changed),
            (_("unchanged"), report.unchanged),
            (_("left alone"), report.left_alone),
        ):
            for label in labels:
                write(f"{heading}\t{visible(label)}")


def _how() -> str:
    """What stands above an outline in the editor."""
    return "".join(
        f"# {line}\n"
        for line in (
            _("Name, Title @Department | marks. Two blanks a level: who reports to whom. [CFO] is a placeholder."),
            _("Marks: roles E A T U G S C, influence ### ##. #.. ?.., stance ++ + = - -- ?, relationship 1>3, ext."),
            _("What a line does not say, and who has no line, stays as it is."),
        )
    )


def _read(source: str) -> str:
    if source == STDIN:
        return read_text(source) or ""
    try:
        return Path(source).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("{path}: the text is not UTF-8. Nothing was changed.").format(path=source)) from None
