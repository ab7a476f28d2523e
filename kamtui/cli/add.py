"""`kamtui add`: quick capture, one line."""

from typing import TYPE_CHECKING, Annotated

import typer

from kamtui.cli.context import desk, found, read_text
from kamtui.cli.output import cell, note, wrote
from kamtui.domain.capture import CaptureKind, parse_capture
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.text import one_line
from kamtui.language import gettext as _

if TYPE_CHECKING:
    from kamtui.services.capture import Saved

app = typer.Typer(rich_markup_mode=None)

_GRAMMAR = _(
    '@name: a person or an account, by name, how a word of it begins, pinyin or initials; @"two words". '
    "A day at the end or after due, by, until, 到, 于, before 前: fri, 12-01, +2w, 下周三, and with "
    "such a word also 5 May. !A !B !C: priority. "
    "called, met, visited, emailed, 打电话, 拜访 at the start: a touch held today. meet, meeting, review, visit, 会议, 拜访 "
    'with a day, or call with a time (10:30): planned. A "quoted sentence": a need in their words. Else a task. '
    "A Chinese line may begin with its day: 明天给李明打电话. "
    "What is not understood stays text. Quote the line for your shell: '...'."
)


@app.command(help=_("Capture a task, a touch, a planned meeting or a need in one line."), epilog=_GRAMMAR)
def add(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar=_("TEXT"), help=_("The line; - reads stdin."))],
    account: Annotated[
        str | None, typer.Option(metavar=_("ACCOUNT"), help=_("With whom, where the line does not say it."))
    ] = None,
    kind: Annotated[CaptureKind | None, typer.Option(help=_("What it is; else the line says it."))] = None,
) -> None:
    from kamtui.services.capture import capture

    line = read_text(" ".join(text)) or ""
    if not line.strip():
        raise BadInput(_("Add what? Write a line: `kamtui add 'send freight table @baltic fri'`."), field="text")
    captured = parse_capture(line, desk(ctx).today, kind=kind)
    with desk(ctx).writing() as work:
        account_id = found(work.connection, "account", account)
        saved = capture(work, captured, account_id=account_id)
        if kind is not None and saved.kind is not kind:
            raise Refused(
                _("Without an account it cannot be what --kind says. Name one with @ or --account. Nothing was saved.")
            )
        if account_id is not None and saved.understood.account_id != account_id:
            raise Refused(
                _("The line speaks of {other}, --account of another. Leave one out. Nothing was saved.").format(
                    other=saved.understood.account
                )
            )
    record = {"kind": saved.kind, "record": saved.row, "note": saved.understood.note}
    wrote(_sentence(saved), record, json=desk(ctx).json)
    if saved.understood.note:
        note(saved.understood.note)
    if saved.understood.left and saved.kind is captured.kind:
        names = ", ".join(f"@{one_line(mention.text)}" for mention in saved.understood.left)
        note(_("Nobody is known by the name {names}: it stays in the text.").format(names=names))


def _sentence(saved: "Saved") -> str:
    row = saved.row
    said = {
        CaptureKind.TASK: _("Added task {id}: {what}"),
        CaptureKind.TOUCH: _("Logged {touch} {id}: {what}"),
        CaptureKind.PLANNED: _("Planned {touch} {id}: {what}"),
        CaptureKind.NEED: _("Added need {id} ({need}): {what}"),
    }[saved.kind].format(
        id=row.id,
        what=one_line(saved.understood.text),
        touch=getattr(row, "kind", ""),
        need=", ".join(cell(part) for part in (getattr(row, "kind", None), getattr(row, "signal", None)) if part),
    )
    return ", ".join(cell(part) for part in (said, row.account, *_when(saved)) if part)


def _when(saved: "Saved") -> list[str]:
    row = saved.row
    if saved.kind is CaptureKind.TASK:
        due, priority = getattr(row, "due", None), getattr(row, "priority", None)
        return [
            _("due {day}").format(day=due) if due else _("no date"),
            _("priority {grade}").format(grade=priority) if priority else "",
        ]
    if saved.kind is CaptureKind.NEED:
        return []
    return [f"{getattr(row, 'on', '')} {getattr(row, 'at_time', None) or ''}".strip()]
