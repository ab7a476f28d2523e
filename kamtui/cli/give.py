"""`kamtui give`: concessions and what comes back for them."""

from typing import Annotated

import typer

from kamtui.cli.amounts import amount
from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import OF_ACCOUNT, Column, as_json, note, show_record, show_rows, spoken, write_json, wrote
from kamtui.domain.concession import ReturnFlag
from kamtui.domain.enums import ReturnStatus
from kamtui.domain.labels import LATE, called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.concessions import (
    ConcessionRow,
    NetValue,
    ReturnRow,
    get_concession,
    list_concessions,
    net_value,
)
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_FLAGS = {
    ReturnFlag.OVERDUE: mark("a return is overdue"),
    ReturnFlag.NO_RETURN: mark("no return"),
    ReturnFlag.NOT_IN_WRITING: mark("not in writing"),
}
_STATUS = {
    ReturnStatus.PROMISED: "[ ]",
    ReturnStatus.MET: "[x]",
    ReturnStatus.MISSED: "[-]",
    ReturnStatus.WAIVED: "[w]",
}

ConcessionArgument = Annotated[str, typer.Argument(metavar=_("CONCESSION"), help=_("Number, uid or words."))]
ReturnArgument = Annotated[str, typer.Argument(metavar=_("RETURN"), help=_("Number, uid or words."))]
Value = Annotated[str | None, typer.Option(metavar=_("AMOUNT"), help=_("What it is worth: 30000, 3万, 12k EUR."))]
Since = Annotated[str | None, typer.Option("--from", metavar=_("DAY"), help=_("From when it holds."))]
Until = Annotated[str | None, typer.Option("--to", metavar=_("DAY"), help=_("Until when it holds."))]
Approved = Annotated[str | None, typer.Option(metavar=_("NAME"), help=_("Who approved it."))]
Note = Annotated[str | None, typer.Option(help=_("- reads stdin."))]
Target = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("How much of it: 120 printers."))]
Due = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("By when."))]
Document = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Where it is written; so it is in writing."))]


@app.command("list", help=_("Concessions, newest first, each with what is the matter with its return."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    flagged: Annotated[bool, typer.Option("--flagged", help=_("Only those without a sound return."))] = False,
) -> None:
    today = desk(ctx).today
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_concessions(connection, account_id, today=today)
        balance = None if account_id is None else net_value(connection, account_id, today)
    columns = [
        Column(_("id"), lambda row: row.id, right=True),
        Column("", lambda row: "!" if row.flag else ""),
        Column(_("account"), lambda row: row.account),
        Column(_("what"), lambda row: row.what),
        Column(_("on"), lambda row: row.on),
        Column(_("value"), lambda row: row.value, right=True),
        Column(_("flag"), lambda row: _(_FLAGS.get(row.flag, ""))),
        Column(_("returns"), lambda row: [f"{_return_mark(part, row.flag)} {part.measure}" for part in row.returns]),
    ]
    show_rows(
        [row for row in rows if row.flag or not flagged],
        columns,
        json=desk(ctx).json,
        empty=_("No concessions yet. `kamtui give add WHAT --account A` notes one."),
    )
    if balance is not None and not desk(ctx).json:
        note(_balance(balance))


@app.command("show", help=_("One concession with all its returns."))
def show(ctx: typer.Context, concession: ConcessionArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_concession(connection, find(connection, "concession", concession, fuzzy=True), desk(ctx).today)
    show_record(row, _pairs(row), json=desk(ctx).json)


@app.command("add", help=_("Note what we gave. Without a return it is flagged at once; `give return` adds one."))
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar=_("WHAT"))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("To whom."))],
    value: Value = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was given; today."))] = None,
    since: Since = None,
    until: Until = None,
    approved: Approved = None,
    note: Note = None,
) -> None:
    from kamtui.services.concessions import add_concession

    with desk(ctx).writing() as work:
        row = add_concession(
            work,
            find(work.connection, "account", account),
            what,
            value=amount(work.connection, value, "value") if value else None,
            on=desk(ctx).day(on, field="--on", past=True),
            valid_from=desk(ctx).day(since, field="--from"),
            valid_to=desk(ctx).day(until, field="--to"),
            approved_by=approved,
            note=read_text(note),
        )
    _wrote(ctx, _("Added concession {id}: {what}") + OF_ACCOUNT, row)


@app.command("edit", help=_("Change a concession; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    concession: ConcessionArgument,
    what: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What we gave."))] = None,
    value: Value = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was given."))] = None,
    since: Since = None,
    until: Until = None,
    approved: Approved = None,
    note: Note = None,
) -> None:
    from kamtui.services.concessions import edit_concession

    with desk(ctx).writing() as work:
        row = edit_concession(
            work,
            find(work.connection, "concession", concession),
            **given(
                what=what,
                value=amount(work.connection, value, "value") if value else value,
                on=desk(ctx).day(on, field="--on", past=True),
                valid_from=desk(ctx).day(since, field="--from") if since else since,
                valid_to=desk(ctx).day(until, field="--to") if until else until,
                approved_by=approved,
                note=read_text(note),
            ),
        )
    _wrote(ctx, _("Changed concession {id}: {what}"), row)


@app.command("return", help=_("Note what the customer promised for a concession."))
def return_(
    ctx: typer.Context,
    concession: ConcessionArgument,
    measure: Annotated[str, typer.Argument(metavar=_("MEASURE"), help=_("What comes back, so that it can be told."))],
    target: Target = None,
    value: Value = None,
    due: Due = None,
    written: Annotated[bool, typer.Option("--written", help=_("It is in writing."))] = False,
    document: Document = None,
) -> None:
    from kamtui.services.concessions import promise_return

    with desk(ctx).writing() as work:
        concession_id = find(work.connection, "concession", concession)
        row = promise_return(
            work,
            concession_id,
            measure,
            target=target,
            value=amount(work.connection, value, "value") if value else None,
            due=desk(ctx).day(due, field="--due"),
            written=written,
            document_ref=document,
        )
        whole = get_concession(work.connection, concession_id, desk(ctx).today)
    _wrote_return(ctx, _("Added return {id} for concession {of}: {measure}"), row, whole)


@app.command("amend", help=_("Change a return; an empty text empties a field."))
def amend(
    ctx: typer.Context,
    promised: ReturnArgument,
    measure: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What comes back."))] = None,
    target: Target = None,
    value: Value = None,
    due: Due = None,
    written: Annotated[
        bool | None, typer.Option("--written/--not-written", help=_("Whether it is in writing."))
    ] = None,
    document: Document = None,
) -> None:
    from kamtui.services.concessions import edit_return

    with desk(ctx).writing() as work:
        row = edit_return(
            work,
            find(work.connection, "return_commitment", promised),
            **given(
                measure=measure,
                target=target,
                value=amount(work.connection, value, "value") if value else value,
                due=desk(ctx).day(due, field="--due") if due else due,
                written=written,
                document_ref=document,
            ),
        )
        whole = get_concession(work.connection, row.concession_id, desk(ctx).today)
    _wrote_return(ctx, _("Changed return {id} for concession {of}: {measure}"), row, whole)


@app.command("close", help=_("Say how a return ended: met, missed, or waived for a reason."))
def close(
    ctx: typer.Context,
    promised: ReturnArgument,
    as_: Annotated[
        ReturnStatus, typer.Option("--as", metavar="met|missed|waived", help=_("How it ended."))
    ] = ReturnStatus.MET,
    actual: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What really came."))] = None,
    reason: Annotated[str | None, typer.Option(help=_("Why; waiving needs one."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When; today."))] = None,
) -> None:
    from kamtui.services.concessions import close_return

    with desk(ctx).writing() as work:
        row = close_return(
            work,
            find(work.connection, "return_commitment", promised),
            as_,
            actual=actual,
            reason=reason,
            on=desk(ctx).day(on, field="--on", past=True),
        )
        whole = get_concession(work.connection, row.concession_id, desk(ctx).today)
    _wrote_return(ctx, _("Return {id} for concession {of} is {status}: {measure}"), row, whole)


@app.command("waive", help=_("Expect nothing back for a concession, for a reason."))
def waive(
    ctx: typer.Context,
    concession: ConcessionArgument,
    reason: Annotated[str, typer.Option(help=_("Why nothing is expected back."))] = "",
) -> None:
    from kamtui.services.concessions import waive_return_of

    with desk(ctx).writing() as work:
        row = waive_return_of(work, find(work.connection, "concession", concession), reason)
    _wrote(ctx, _("Waived the return for concession {id}: {what}"), row)


@app.command("delete", help=_("Delete a concession with its returns, or one return; undo brings it back."))
def delete(
    ctx: typer.Context,
    concession: Annotated[
        str | None, typer.Argument(metavar=_("[CONCESSION]"), help=_("Number, uid or words."))
    ] = None,
    promised: Annotated[str | None, typer.Option("--return", metavar=_("RETURN"), help=_("This return alone."))] = None,
) -> None:
    from kamtui.services.concessions import delete_concession, delete_return

    with desk(ctx).writing() as work:
        if promised is not None:
            row_id = find(work.connection, "return_commitment", promised)
            words = delete_return(work, row_id)
        else:
            row_id = find(work.connection, "concession", concession or "")
            words = delete_concession(work, row_id)
    done = (
        _("Deleted concession {id}: {what} (undo brings it back)")
        if promised is None
        else _("Deleted return {id}: {what} (undo brings it back)")
    )
    wrote(done.format(id=row_id, what=words), {"id": row_id, "what": words}, json=desk(ctx).json)


def _wrote(ctx: typer.Context, sentence: str, row: ConcessionRow) -> None:
    wrote(sentence.format(id=row.id, what=row.what, account=row.account) + _warning(row), row, json=desk(ctx).json)


def _wrote_return(ctx: typer.Context, sentence: str, row: ReturnRow, whole: ConcessionRow) -> None:
    """With --json the return, and the flag that its concession has now."""
    if desk(ctx).json:
        write_json({**as_json(row), "flag": whole.flag})
        return
    said = sentence.format(id=row.id, of=whole.id, measure=row.measure, status=called(row.status))
    wrote(said + _warning(whole), row, json=False)


def _warning(row: ConcessionRow) -> str:
    """What stands behind the line at once where something is the matter (invariant 4)."""
    return f" (! {_(_FLAGS[row.flag])})" if row.flag else ""


def _return_mark(row: ReturnRow, flag: ReturnFlag) -> str:
    late = flag is ReturnFlag.OVERDUE and row.status is ReturnStatus.PROMISED and row.due is not None
    return LATE if late else _STATUS[row.status]


def _balance(balance: NetValue) -> str:
    unknown = _("unknown")
    return _("12 months: given {given}, got back {got}, net {net}.").format(
        given=balance.given or unknown, got=balance.got or unknown, net=balance.net or unknown
    )


def _pairs(row: ConcessionRow) -> list[tuple[str, object]]:
    return [
        (_("concession"), f"{row.what} ({row.id})"),
        (_("account"), row.account),
        (_("flag"), _(_FLAGS.get(row.flag, ""))),
        (_("on"), row.on),
        (_("value"), row.value or _("unknown")),
        (_("from"), row.valid_from),
        (_("to"), row.valid_to),
        (_("approved by"), row.approved_by),
        (_("return waived"), row.return_waived_because),
        (_("note"), row.note),
        *((f"{_('return')} {part.id} {_return_mark(part, row.flag)}", _return_line(part)) for part in row.returns),
    ]


def _return_line(row: ReturnRow) -> str:
    parts = [
        row.measure,
        row.target,
        row.value and str(row.value),
        row.due and _("due {day}").format(day=row.due),
        row.document_ref or (_("in writing") if row.written else _("not in writing")),
        row.closed_on and f"{spoken(row.status)} {row.closed_on}",
        row.actual,
        row.reason,
    ]
    return " · ".join(part for part in parts if part)
