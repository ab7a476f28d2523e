"""`kamtui touch`: what happened with a customer, and what is planned."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, show_record, show_rows, spoken, wrote
from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import called
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.people import find_person
from kamtui.store.reads.resolve import find
from kamtui.store.reads.touches import TouchRow, get_touch, list_touches
from kamtui.store.sqlite.driver import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

TouchArgument = Annotated[str, typer.Argument(metavar=_("TOUCH"), help=_("Number, uid, or how its text begins."))]
Kind = Annotated[InteractionKind | None, typer.Option(help=_("A meeting, unless it is said. A note is no touch."))]
Inward = Annotated[bool, typer.Option("--in", help=_("From them to us."))]
Outward = Annotated[bool, typer.Option("--out", help=_("From us to them."))]
TwoWay = Annotated[bool, typer.Option("--two-way", help=_("Both ways (as it is unless said)."))]
With = Annotated[list[str] | None, typer.Option("--with", metavar=_("PERSON"), help=_("Who of them; more than once."))]
OurSide = Annotated[
    list[str] | None,
    typer.Option("--colleague", metavar=_("COLLEAGUE"), help=_("Who of us; more than once. You, unless said.")),
]
OurSideNow = Annotated[
    list[str] | None,
    typer.Option("--colleague", metavar=_("COLLEAGUE"), help=_("Who of us; more than once. Who it was, unless said.")),
]
On = Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("The day; today, unless said."))]
At = Annotated[str | None, typer.Option("--at", metavar="10:30", help=_("The time of day."))]
Purpose = Annotated[str | None, typer.Option(help=_("What it was, or is, for."))]
Ask = Annotated[str | None, typer.Option(help=_("What we ask of them."))]
Commitment = Annotated[str | None, typer.Option(help=_("What they are to commit to, or did."))]
NextStep = Annotated[str | None, typer.Option("--next", help=_("The next step; it becomes a task of yours."))]
NextDue = Annotated[str | None, typer.Option("--next-due", metavar=_("DATE"), help=_("When the next step is due."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("day"), lambda row: row.on),
    Column(_("at"), lambda row: row.at_time),
    Column(_("account"), lambda row: row.account),
    Column(_("kind"), lambda row: row.kind),
    Column(_("way"), lambda row: row.direction),
    Column(_("status"), lambda row: row.status),
    Column(_("people"), lambda row: row.people),
    Column(_("us"), lambda row: row.colleagues),
    Column(_("what"), lambda row: one_line(row.summary or row.purpose or "")),
    Column(_("next step"), lambda row: row.next_step and one_line(row.next_step)),
]


@app.command("add", help=_("Log a touch, or plan one: TEXT is what was said, or what a planned one is for."))
def add(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar=_("[TEXT]"), help=_("- reads stdin."))] = None,
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("With whom."))] = "",
    kind: Kind = None,
    inward: Inward = False,
    outward: Outward = False,
    two_way: TwoWay = False,
    people: With = None,
    colleagues: OurSide = None,
    on: On = None,
    at: At = None,
    planned: Annotated[bool, typer.Option("--planned", help=_("It is still to come."))] = False,
    purpose: Purpose = None,
    ask: Ask = None,
    commitment: Commitment = None,
    next_step: NextStep = None,
    next_due: NextDue = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the text in $EDITOR."))] = False,
) -> None:
    from kamtui.services.touches import add_touch

    words = read_text(text, editor=editor)
    if not words and not purpose:
        raise BadInput(_("What was it about? `kamtui touch add TEXT --account ACCOUNT`."), field="text")
    way = _way(inward, outward, two_way)
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        told = {"purpose": words or purpose} if planned else {"summary": words, "purpose": purpose}
        row = add_touch(
            work,
            account_id,
            planned=planned,
            on=desk(ctx).day(on, field="--on", past=not planned),
            people=_people(work.connection, people, account_id) or (),
            colleagues=_colleagues(work.connection, colleagues) or (),
            next_step_due=desk(ctx).day(next_due, field="--next-due"),
            **given(kind=kind, direction=way, at=at, ask=ask, commitment=commitment, next_step=next_step, **told),
        )
    done = _("Planned {kind} {id} with {account}, {day}") if planned else _("Logged {kind} {id} with {account}, {day}")
    wrote(done.format(kind=called(row.kind), id=row.id, account=row.account, day=row.on), row, json=desk(ctx).json)


@app.command("list", help=_("Touches and notes, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only with this account."))] = None,
    person: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Only with this person."))] = None,
    status: Annotated[InteractionStatus | None, typer.Option(help=_("Only held, or only planned ones."))] = None,
    since: Annotated[str | None, typer.Option(metavar=_("DATE"), help=_("Only from this day on."))] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 50,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_touches(
            connection,
            account_id,
            found(connection, "person", person, account_id=account_id, fuzzy=True),
            status,
            desk(ctx).day(since, field="--since"),
            limit,
        )
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("No touches yet. `kamtui touch add TEXT --account ACCOUNT` logs one."),
    )


@app.command("show", help=_("One touch with all that was said."))
def show(ctx: typer.Context, touch: TouchArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_touch(connection, find(connection, "interaction", touch, fuzzy=True))
    show_record(row, _pairs(row), json=desk(ctx).json)


@app.command("edit", help=_("Change a touch; an empty text empties a field, a list replaces what was there."))
def edit(
    ctx: typer.Context,
    touch: TouchArgument,
    summary: Annotated[str | None, typer.Option(help=_("What was said; - reads stdin."))] = None,
    kind: Annotated[InteractionKind | None, typer.Option(help=_("Another kind. A note is no touch."))] = None,
    inward: Inward = False,
    outward: Outward = False,
    two_way: Annotated[bool, typer.Option("--two-way", help=_("Both ways."))] = False,
    people: With = None,
    colleagues: OurSideNow = None,
    on: Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("Another day."))] = None,
    at: At = None,
    purpose: Purpose = None,
    ask: Ask = None,
    commitment: Commitment = None,
    next_step: NextStep = None,
    next_due: NextDue = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write what was said in $EDITOR."))] = False,
) -> None:
    from kamtui.services.touches import edit_touch

    way = _way(inward, outward, two_way)
    with desk(ctx).writing() as work:
        before = get_touch(work.connection, find(work.connection, "interaction", touch))
        row = edit_touch(
            work,
            before.id,
            on=desk(ctx).day(on, field="--on", past=before.status is InteractionStatus.HELD),
            at=at,
            people=_people(work.connection, people, before.account_id),
            colleagues=_colleagues(work.connection, colleagues),
            next_step_due=desk(ctx).day(next_due, field="--next-due"),
            **given(
                summary=read_text(summary, editor=editor, start=before.summary or ""),
                kind=kind,
                direction=way,
                purpose=purpose,
                ask=ask,
                commitment=commitment,
                next_step=next_step,
            ),
        )
    wrote(
        _("Changed {kind} {id} with {account}, {day}").format(
            kind=called(row.kind), id=row.id, account=row.account, day=row.on
        ),
        row,
        json=desk(ctx).json,
    )


@app.command("hold", help=_("A planned touch was held: TEXT is what was said. Its ask and commitment become tasks."))
def hold(
    ctx: typer.Context,
    touch: TouchArgument,
    text: Annotated[str | None, typer.Argument(metavar=_("[TEXT]"), help=_("- reads stdin."))] = None,
    people: With = None,
    colleagues: OurSideNow = None,
    on: Annotated[str | None, typer.Option("--on", metavar=_("DATE"), help=_("The day it was held."))] = None,
    at: At = None,
    ask: Ask = None,
    commitment: Commitment = None,
    next_step: NextStep = None,
    next_due: NextDue = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the text in $EDITOR."))] = False,
) -> None:
    from kamtui.services.touches import hold_touch

    with desk(ctx).writing() as work:
        before = get_touch(work.connection, find(work.connection, "interaction", touch))
        row = hold_touch(
            work,
            before.id,
            on=desk(ctx).day(on, field="--on", past=True),
            **given(
                summary=read_text(text, editor=editor),
                people=_people(work.connection, people, before.account_id),
                colleagues=_colleagues(work.connection, colleagues),
                at=at,
                ask=ask,
                commitment=commitment,
                next_step=next_step,
                next_step_due=desk(ctx).day(next_due, field="--next-due"),
            ),
        )
    wrote(
        _("Held {kind} {id} with {account}, {day}").format(
            kind=called(row.kind), id=row.id, account=row.account, day=row.on
        ),
        row,
        json=desk(ctx).json,
    )


@app.command(
    "mail", help=_("Log one mail (RFC 822) from stdin: people by their addresses; one that came before is left.")
)
def mail(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="-", help=_("Always -: the message comes from stdin."))] = "-",
    account: Annotated[
        str | None, typer.Option(metavar=_("ACCOUNT"), help=_("With whom, where it cannot be told."))
    ] = None,
) -> None:
    from kamtui.services.mail import add_mail, read_mail

    if source != "-":
        raise BadInput(_("A mail is read from stdin: `kamtui touch mail - < FILE`."), field="source")
    message = read_mail(sys.stdin.buffer.read())
    with desk(ctx).writing() as work:
        told = add_mail(work, message, account_id=found(work.connection, "account", account))
    row = told.touch
    sentence = (
        _("Was logged before: {kind} {id} with {account}, {day}")
        if told.again
        else _("Logged {kind} {id} with {account}, {day}")
    )
    wrote(sentence.format(kind=called(row.kind), id=row.id, account=row.account, day=row.on), told, json=desk(ctx).json)


@app.command("delete", help=_("Delete a touch; the task of its next step stays, and undo brings it back."))
def delete(ctx: typer.Context, touch: TouchArgument) -> None:
    from kamtui.services.touches import delete_touch

    with desk(ctx).writing() as work:
        row = get_touch(work.connection, find(work.connection, "interaction", touch))
        delete_touch(work, row.id)
    wrote(
        _("Deleted {kind} {id} with {account}, {day} (undo brings it back)").format(
            kind=called(row.kind), id=row.id, account=row.account, day=row.on
        ),
        {"id": row.id, "account": row.account, "on": row.on},
        json=desk(ctx).json,
    )


def _way(inward: bool, outward: bool, two_way: bool) -> Direction | None:
    said = [way for way, given_ in zip(Direction, (inward, outward, two_way), strict=True) if given_]
    if len(said) > 1:
        raise BadInput(_("--in, --out and --two-way: give one of them."), field="direction")
    return said[0] if said else None


def _people(connection: Connection, names: Sequence[str] | None, account_id: int) -> list[int] | None:
    return None if names is None else [find_person(connection, name, account_id) for name in names if name.strip()]


def _colleagues(connection: Connection, names: Sequence[str] | None) -> list[int] | None:
    return None if names is None else [find(connection, "colleague", name) for name in names]


def _pairs(row: TouchRow) -> list[tuple[str, object]]:
    return [
        (_("touch"), f"{spoken(row.kind)} {row.id}"),
        (_("account"), row.account),
        (_("day"), f"{row.on} {row.at_time or ''}".strip()),
        (_("status"), row.status),
        (_("way"), row.direction),
        (_("people"), row.people),
        (_("us"), row.colleagues),
        (_("purpose"), row.purpose),
        (_("ask"), row.ask),
        (_("commitment"), row.commitment),
        (_("summary"), row.summary),
        (_("next step"), row.next_step),
    ]
