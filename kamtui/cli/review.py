"""`kamtui review`: executive meetings, business reviews, our own."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, show_record, show_rows, spoken, wrote
from kamtui.domain.enums import ReviewKind
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.people import find_person
from kamtui.store.reads.resolve import find
from kamtui.store.reads.reviews import ReviewRow, get_review, list_reviews
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ReviewArgument = Annotated[str, typer.Argument(metavar=_("REVIEW"), help=_("Number or uid."))]
People = Annotated[
    list[str] | None, typer.Option("--with", metavar=_("PERSON"), help=_("Who of them; more than once."))
]
Us = Annotated[
    list[str] | None,
    typer.Option("--colleague", metavar=_("COLLEAGUE"), help=_("Who of us; more than once. You, unless said.")),
]
UsNow = Annotated[
    list[str] | None,
    typer.Option("--colleague", metavar=_("COLLEAGUE"), help=_("Who of us; more than once. Who it was, unless said.")),
]
Asks = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What was asked for; - reads stdin."))]
Commitments = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What was committed to."))]
Summary = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What came of it."))]
Next = Annotated[str | None, typer.Option("--next", metavar=_("DAY"), help=_("When the next one is."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account, gives_way=3),
    Column(_("kind"), lambda row: row.kind),
    Column(_("on"), lambda row: row.on),
    Column(_("status"), lambda row: row.status),
    Column(_("with"), lambda row: row.people, gives_way=2),
    Column(_("us"), lambda row: row.colleagues, gives_way=1),
    Column(_("next"), lambda row: row.next_on or _("no date")),
]


@app.command("list", help=_("Reviews, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    kind: Annotated[ReviewKind | None, typer.Option(help=_("Only of this kind."))] = None,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_reviews(connection, found(connection, "account", account, fuzzy=True), kind=kind)
    show_rows(
        rows, COLUMNS, json=desk(ctx).json, empty=_("No reviews. `kamtui review add KIND --account A` notes one.")
    )


@app.command("show", help=_("One review: who sat there, asks, commitments."))
def show(ctx: typer.Context, review: ReviewArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_review(connection, find(connection, "review", review, fuzzy=True))
    show_record(row, _pairs(row), json=desk(ctx).json)


@app.command("add", help=_("Note a review, or plan one for a day to come."))
def add(
    ctx: typer.Context,
    kind: Annotated[ReviewKind, typer.Argument(help=_("Of executives, of the business, or our own."))],
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Of which account."))],
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When; today, if not given."))] = None,
    people: People = None,
    us: Us = None,
    asks: Asks = None,
    commitments: Commitments = None,
    summary: Summary = None,
    next_on: Next = None,
) -> None:
    from kamtui.services.reviews import add_review

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_review(
            work,
            account_id,
            kind,
            on=desk(ctx).day(on, field="--on"),
            people=_people(work.connection, people, account_id) or (),
            colleagues=_colleagues(work.connection, us) or (),
            asks=read_text(asks),
            commitments=commitments,
            summary=summary,
            next_on=desk(ctx).day(next_on, field="--next"),
        )
    _wrote(ctx, _("Added review {id}: {kind}, {account}, {day} ({status})"), row)


@app.command("edit", help=_("Change a review; an empty text empties a field, a list replaces what was there."))
def edit(
    ctx: typer.Context,
    review: ReviewArgument,
    kind: Annotated[ReviewKind | None, typer.Option(help=_("What kind it is."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When."))] = None,
    people: People = None,
    us: UsNow = None,
    asks: Asks = None,
    commitments: Commitments = None,
    summary: Summary = None,
    next_on: Next = None,
) -> None:
    from kamtui.services.reviews import edit_review

    with desk(ctx).writing() as work:
        before = get_review(work.connection, find(work.connection, "review", review))
        row = edit_review(
            work,
            before.id,
            people=_people(work.connection, people, before.account_id),
            colleagues=_colleagues(work.connection, us),
            **given(
                kind=kind,
                on=desk(ctx).day(on, field="--on"),
                asks=read_text(asks),
                commitments=commitments,
                summary=summary,
                next_on=desk(ctx).day(next_on, field="--next") if next_on else next_on,
            ),
        )
    _wrote(ctx, _("Changed review {id}: {kind}, {account}, {day} ({status})"), row)


@app.command("hold", help=_("What was planned was held."))
def hold(
    ctx: typer.Context,
    review: ReviewArgument,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When, if not as planned."))] = None,
    people: People = None,
    us: UsNow = None,
    asks: Asks = None,
    commitments: Commitments = None,
    summary: Summary = None,
    next_on: Next = None,
) -> None:
    from kamtui.services.reviews import hold_review

    with desk(ctx).writing() as work:
        before = get_review(work.connection, find(work.connection, "review", review))
        row = hold_review(
            work,
            before.id,
            on=desk(ctx).day(on, field="--on", past=True),
            people=_people(work.connection, people, before.account_id),
            colleagues=_colleagues(work.connection, us),
            **given(
                asks=read_text(asks),
                commitments=commitments,
                summary=summary,
                next_on=desk(ctx).day(next_on, field="--next") if next_on else next_on,
            ),
        )
    _wrote(ctx, _("Held review {id}: {kind}, {account}, {day}"), row)


@app.command("delete", help=_("Delete a review; undo brings it back."))
def delete(ctx: typer.Context, review: ReviewArgument) -> None:
    from kamtui.services.reviews import delete_review

    with desk(ctx).writing() as work:
        review_id = find(work.connection, "review", review)
        what = delete_review(work, review_id)
    said = _("Deleted review {id}: {what} (undo brings it back)").format(id=review_id, what=what)
    wrote(said, {"id": review_id, "what": what}, json=desk(ctx).json)


def _people(connection: Connection, names: Sequence[str] | None, account_id: int) -> list[int] | None:
    return None if names is None else [find_person(connection, name, account_id) for name in names if name]


def _colleagues(connection: Connection, names: Sequence[str] | None) -> list[int] | None:
    return None if names is None else [find(connection, "colleague", name) for name in names if name]


def _wrote(ctx: typer.Context, sentence: str, row: ReviewRow) -> None:
    said = sentence.format(id=row.id, kind=called(row.kind), account=row.account, day=row.on, status=called(row.status))
    wrote(said, row, json=desk(ctx).json)


def _pairs(row: ReviewRow) -> list[tuple[str, object]]:
    return [
        (_("review"), f"{spoken(row.kind)} {row.on} ({row.id})"),
        (_("account"), row.account),
        (_("status"), row.status),
        (_("with"), row.people),
        (_("us"), row.colleagues),
        (_("asks"), row.asks),
        (_("commitments"), row.commitments),
        (_("summary"), row.summary),
        (_("next"), row.next_on or _("no date")),
    ]
