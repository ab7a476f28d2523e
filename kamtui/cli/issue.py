"""`kamtui issue`: complaints."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import OF_ACCOUNT, Column, show_record, show_rows, spoken, wrote
from kamtui.domain.days import age_label
from kamtui.domain.enums import IssueStatus
from kamtui.domain.labels import called
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.issues import IssueRow, get_issue, list_issues
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

IssueArgument = Annotated[str, typer.Argument(metavar=_("COMPLAINT"), help=_("Number, uid, or how its words begin."))]
By = Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who complains."))]
Owner = Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us looks after it; the KAM."))]
On = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was; today."))]
Note = Annotated[str | None, typer.Option(help=_("- reads stdin."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account, gives_way=4),
    Column(_("status"), lambda row: row.status),
    Column(_("words"), lambda row: one_line(row.words)),
    Column(_("who"), lambda row: row.who, gives_way=3),
    Column(_("received"), lambda row: row.received_on, gives_way=2),
    Column(_("first answer"), lambda row: row.first_response_on or _("none")),
    Column(_("owner"), lambda row: row.owner, gives_way=1),
    Column(_("open for"), lambda row: age_label(row.days_open) if row.is_open else "", right=True),
]


@app.command("list", help=_("Complaints that are not over, those without an answer first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Resolved ones too."))] = False,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_issues(connection, desk(ctx).today, account_id=account_id, open_only=not everything)
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("No complaints. `kamtui issue add WORDS --account A` notes one."),
    )


@app.command("show", help=_("One complaint: their words, our answers, what became of it."))
def show(ctx: typer.Context, issue: IssueArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_issue(connection, find(connection, "issue", issue, fuzzy=True), desk(ctx).today)
    show_record(row, _pairs(row), json=desk(ctx).json)


@app.command("add", help=_("Note a complaint in their words."))
def add(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar=_("WORDS"), help=_("- reads stdin."))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Whose complaint it is."))],
    by: By = None,
    on: On = None,
    owner: Owner = None,
    note: Note = None,
) -> None:
    from kamtui.services.issues import add_issue

    said = read_text(words) or ""
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_issue(
            work,
            account_id,
            said,
            raised_by_id=found(work.connection, "person", by, account_id=account_id),
            received_on=desk(ctx).day(on, field="--on", past=True),
            owner_id=found(work.connection, "colleague", owner),
            note=read_text(note),
        )
    _wrote(ctx, _("Added complaint {id}: {words}") + OF_ACCOUNT, row)


@app.command("edit", help=_("Change a complaint; an empty text empties a field."))
def edit(
    ctx: typer.Context,
    issue: IssueArgument,
    words: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Their words."))] = None,
    by: By = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was received."))] = None,
    answered: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When they had the first answer."))] = None,
    answer: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What the first answer was."))] = None,
    owner: Owner = None,
    note: Note = None,
) -> None:
    from kamtui.services.issues import edit_issue

    with desk(ctx).writing() as work:
        before = get_issue(work.connection, find(work.connection, "issue", issue), desk(ctx).today)
        at = before.account_id
        row = edit_issue(
            work,
            before.id,
            **given(
                words=read_text(words),
                raised_by_id="" if by == "" else found(work.connection, "person", by, account_id=at),
                received_on=desk(ctx).day(on, field="--on", past=True),
                first_response_on=desk(ctx).day(answered, field="--answered", past=True) if answered else answered,
                first_response=answer,
                owner_id="" if owner == "" else found(work.connection, "colleague", owner),
                note=read_text(note),
            ),
        )
    _wrote(ctx, _("Changed complaint {id}: {words}"), row)


@app.command("respond", help=_("They had a first answer."))
def respond(
    ctx: typer.Context,
    issue: IssueArgument,
    answer: Annotated[str | None, typer.Argument(metavar=_("[TEXT]"), help=_("What it was; - reads stdin."))] = None,
    on: On = None,
) -> None:
    from kamtui.services.issues import respond_to_issue

    text = read_text(answer)
    with desk(ctx).writing() as work:
        issue_id = find(work.connection, "issue", issue)
        row = respond_to_issue(work, issue_id, text, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Complaint {id} was answered on {day}: {words}"), row, day=row.first_response_on)


@app.command("defer", help=_("Put it off, for a reason; it ages in plain sight."))
def defer(
    ctx: typer.Context,
    issue: IssueArgument,
    reason: Annotated[str, typer.Option(help=_("Why; needed."))] = "",
    until: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("Until when."))] = None,
    on: On = None,
) -> None:
    from kamtui.services.issues import defer_issue

    with desk(ctx).writing() as work:
        row = defer_issue(
            work,
            find(work.connection, "issue", issue),
            reason,
            until=desk(ctx).day(until, field="--until"),
            on=desk(ctx).day(on, field="--on", past=True),
        )
    _wrote(ctx, _("Complaint {id} is {status}: {words}"), row)


@app.command("deny", help=_("Say that it is not ours, for a reason; it ages in plain sight."))
def deny(
    ctx: typer.Context,
    issue: IssueArgument,
    reason: Annotated[str, typer.Option(help=_("Why; needed."))] = "",
    on: On = None,
) -> None:
    from kamtui.services.issues import deny_issue

    with desk(ctx).writing() as work:
        issue_id = find(work.connection, "issue", issue)
        row = deny_issue(work, issue_id, reason, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Complaint {id} is {status}: {words}"), row)


@app.command("resolve", help=_("It is over; say how."))
def resolve(
    ctx: typer.Context,
    issue: IssueArgument,
    resolution: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("How; - reads stdin."))],
    on: On = None,
) -> None:
    from kamtui.services.issues import resolve_issue

    text = read_text(resolution) or ""
    with desk(ctx).writing() as work:
        issue_id = find(work.connection, "issue", issue)
        row = resolve_issue(work, issue_id, text, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Complaint {id} is {status}: {words}"), row)


@app.command("reopen", help=_("Take it up again."))
def reopen(ctx: typer.Context, issue: IssueArgument, on: On = None) -> None:
    from kamtui.services.issues import reopen_issue

    with desk(ctx).writing() as work:
        issue_id = find(work.connection, "issue", issue)
        row = reopen_issue(work, issue_id, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Complaint {id} is {status}: {words}"), row)


@app.command("delete", help=_("Delete a complaint; undo brings it back."))
def delete(ctx: typer.Context, issue: IssueArgument) -> None:
    from kamtui.services.issues import delete_issue

    with desk(ctx).writing() as work:
        issue_id = find(work.connection, "issue", issue)
        words = delete_issue(work, issue_id)
    said = _("Deleted complaint {id}: {words} (undo brings it back)").format(id=issue_id, words=one_line(words))
    wrote(said, {"id": issue_id, "words": words}, json=desk(ctx).json)


def _wrote(ctx: typer.Context, sentence: str, row: IssueRow, **more: object) -> None:
    said = sentence.format(id=row.id, words=one_line(row.words), status=called(row.status), account=row.account, **more)
    wrote(said, row, json=desk(ctx).json)


def _pairs(row: IssueRow) -> list[tuple[str, object]]:
    since = f"{spoken(row.status)} {row.status_since}"
    return [
        (_("complaint"), row.id),
        (_("account"), row.account),
        (_("their words"), row.words),
        (_("who"), row.who),
        (_("received"), row.received_on),
        (_("owner"), row.owner),
        (_("first answer"), row.first_response_on or _("none")),
        (_("answer"), row.first_response),
        (_("status"), since if row.status is not IssueStatus.DEFERRED else f"{since} – {row.deferred_until or '?'}"),
        (_("open for"), age_label(row.days_open) if row.is_open else None),
        (_("reason"), row.reason),
        (_("resolution"), row.resolution),
        (_("note"), row.note),
    ]
