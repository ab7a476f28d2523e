"""`kamtui channel`: the four ways in which a customer reaches us."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, show_rows, wrote
from kamtui.domain.enums import ChannelKind
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.channels import ChannelRow, list_channels
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

AccountArgument = Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))]
KindArgument = Annotated[ChannelKind, typer.Argument(help=_("Which of the four."))]
Told = Annotated[str | None, typer.Option("--to", metavar=_("PERSON"), help=_("Who of theirs was told."))]

COLUMNS = [
    Column(_("channel"), lambda row: row.kind),
    Column(_("colleague"), lambda row: row.colleague),
    Column(_("contact"), lambda row: row.contact),
    Column(_("told on"), lambda row: row.communicated_on or _("not told")),
    Column(_("told to"), lambda row: row.told_to),
    Column(_("note"), lambda row: row.note, gives_way=1),
]


@app.command("list", help=_("The four channels of an account, and when they were told of each."))
def list_(ctx: typer.Context, account: AccountArgument) -> None:
    with desk(ctx).reading() as connection:
        rows = list_channels(connection, find(connection, "account", account, fuzzy=True))
    show_rows(rows, COLUMNS, json=desk(ctx).json)


@app.command("set", help=_("Say where a channel leads; an empty text empties a field."))
def set_(
    ctx: typer.Context,
    account: AccountArgument,
    kind: KindArgument,
    contact: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("A number, an address."))] = None,
    colleague: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Who of us answers there."))] = None,
    told: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When they were told of it."))] = None,
    to: Told = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.channels import set_channel

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        fields = given(
            contact=contact,
            colleague_id="" if colleague == "" else found(work.connection, "colleague", colleague),
            communicated_on=desk(ctx).day(told, field="--told", past=True) if told else told,
            told_to_id="" if to == "" else found(work.connection, "person", to, account_id=account_id),
            note=read_text(note),
        )
        if not fields:
            raise BadInput(_("Say what to set: --contact, --colleague, --told, --to or --note."))
        row = set_channel(work, account_id, kind, **fields)
        name = get_account(work.connection, account_id).name
    _wrote(ctx, _("Channel {kind} of {account}: {told}"), row, name)


@app.command("tell", help=_("They were told of a channel."))
def tell(
    ctx: typer.Context,
    account: AccountArgument,
    kind: KindArgument,
    to: Told = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was; today."))] = None,
) -> None:
    from kamtui.services.channels import tell_channel

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = tell_channel(
            work,
            account_id,
            kind,
            told_to_id=found(work.connection, "person", to, account_id=account_id),
            on=desk(ctx).day(on, field="--on", past=True),
        )
        name = get_account(work.connection, account_id).name
    _wrote(ctx, _("Channel {kind} of {account}: {told}"), row, name)


@app.command("delete", help=_("Forget a channel; undo brings it back."))
def delete(ctx: typer.Context, account: AccountArgument, kind: KindArgument) -> None:
    from kamtui.services.channels import delete_channel

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        name = get_account(work.connection, account_id).name
        delete_channel(work, account_id, kind)
    wrote(
        _("Deleted channel {kind} of {account} (undo brings it back)").format(kind=kind, account=name),
        {"account_id": account_id, "kind": kind},
        json=desk(ctx).json,
    )


def _wrote(ctx: typer.Context, sentence: str, row: ChannelRow, account: str) -> None:
    told = _("told on {day}").format(day=row.communicated_on) if row.communicated_on else _("not told")
    if row.contact:
        told = f"{row.contact}, {told}"
    wrote(sentence.format(kind=called(row.kind), account=account, told=told), row, json=desk(ctx).json)
