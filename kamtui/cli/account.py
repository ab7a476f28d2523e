"""`kamtui account`."""

from typing import Annotated

import typer

from kamtui.cli.context import any_of, desk, found, given, read_text, word_of
from kamtui.cli.output import Column, as_json, show_record, show_rows, spoken, write_json, wrote
from kamtui.cli.stage import stage
from kamtui.cli.timeline import timeline
from kamtui.domain.enums import AccountCategory, ChannelRole, PurchaseFeature, Stage, Tier, ValueOrientation
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import tier_mark
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import (
    AccountCard,
    get_account,
    list_accounts,
    list_departments,
    list_facts,
    list_product_lines,
)
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

AccountArgument = Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.name),
    Column(_("tier"), lambda row: tier_mark(row.tier, row.provisional)),
    Column(_("stage"), lambda row: row.stage if row.tier else None),
    Column(_("part of"), lambda row: row.parent),
    Column(_("people"), lambda row: row.people, right=True),
    Column(_("needs"), lambda row: row.open_needs, right=True),
    Column(_("overdue"), lambda row: row.overdue, right=True),
    Column(_("last touch"), lambda row: row.last_touch),
]


@app.command("list", help=_("Accounts that are not archived, by name."))
def list_(
    ctx: typer.Context,
    tier: Annotated[Tier | None, typer.Option(help=_("Only this tier."))] = None,
    unsorted: Annotated[bool, typer.Option("--unsorted", help=_("Only those without a tier."))] = False,
    archived: Annotated[bool, typer.Option("--archived", help=_("Archived ones too."))] = False,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_accounts(connection, desk(ctx).today, tier=tier, unsorted=unsorted, archived=archived)
    show_rows(rows, COLUMNS, json=desk(ctx).json, empty=_("No accounts yet. `kamtui account add NAME` adds one."))


@app.command("show", help=_("One account: what is said of it."))
def show(ctx: typer.Context, account: AccountArgument) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        card = get_account(connection, account_id)
        facts = list_facts(connection, account_id)
        departments = list_departments(connection, account_id)
        lines = list_product_lines(connection, account_id)
    if desk(ctx).json:
        write_json(
            {**as_json(card), "facts": facts, "departments": departments, "product_lines": lines},
        )
        return
    show_record(
        card,
        [
            *_pairs(card),
            *(
                (f"{_('department')} {row.name}", f"{spoken(row.participation)}, {row.met}/{row.people}")
                for row in departments
            ),
            *((_("product line"), f"{row.name} {spoken(row.purchasing_mode or '')}".strip()) for row in lines),
            *(
                (f"{spoken(row.topic)} {row.as_of}", row.text + (f" ({row.source})" if row.source else ""))
                for row in facts
            ),
        ],
        json=False,
    )


@app.command("add", help=_("Add an account. It needs no more than a name."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    tier: Annotated[Tier | None, typer.Option(help=_("Without one the account is unsorted, and quiet."))] = None,
    parent: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("The account it is a part of."))] = None,
    stage: Annotated[Stage | None, typer.Option(help=_("Of the relationship."))] = None,
    kam: Annotated[
        str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Whose account it is; you, on a key tier."))
    ] = None,
    sponsor: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Our executive sponsor."))] = None,
    category: Annotated[list[AccountCategory] | None, typer.Option(help=_("May be given more than once."))] = None,
    orientation: Annotated[ValueOrientation | None, typer.Option(help=_("What they buy by."))] = None,
    channel: Annotated[ChannelRole | None, typer.Option(help=_("Their place in the channel."))] = None,
    feature: Annotated[list[PurchaseFeature] | None, typer.Option(help=_("How they buy; more than once."))] = None,
    alias: Annotated[list[str] | None, typer.Option(help=_("Another name; more than once."))] = None,
    tag: Annotated[list[str] | None, typer.Option(help=_("A word of your own; more than once."))] = None,
    depth: Annotated[int | None, typer.Option(min=0, max=5, help=_("Depth of involvement, 0 to 5."))] = None,
    potential: Annotated[int | None, typer.Option(min=0, max=4, help=_("Potential, 0 to 4."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
) -> None:
    from kamtui.services.accounts import add_account

    with desk(ctx).writing() as work:
        card = add_account(
            work,
            name,
            **given(
                tier=tier,
                parent_id=found(work.connection, "account", parent),
                stage=stage,
                kam_id=found(work.connection, "colleague", kam),
                exec_sponsor_id=found(work.connection, "colleague", sponsor),
                categories=category,
                value_orientation=orientation,
                channel_role=channel,
                purchase_features=feature,
                aliases=alias,
                tags=tag,
                involvement_depth=depth,
                potential=potential,
                note=read_text(note),
            ),
        )
    wrote(_("Added account {id}: {name}").format(id=card.id, name=card.name), card, json=desk(ctx).json)


@app.command("edit", help=_("Change an account; an empty text empties a field, a list replaces what was there."))
def edit(
    ctx: typer.Context,
    account: AccountArgument,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    tier: Annotated[Tier | None, typer.Option(help=_("Its tier; provisional until it is scored."))] = None,
    unsorted: Annotated[bool, typer.Option("--unsorted", help=_("Take its tier away."))] = False,
    parent: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("The account it is a part of."))] = None,
    stage: Annotated[Stage | None, typer.Option(help=_("Of the relationship."))] = None,
    kam: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Whose account it is."))] = None,
    sponsor: Annotated[str | None, typer.Option(metavar=_("COLLEAGUE"), help=_("Our executive sponsor."))] = None,
    category: Annotated[
        list[str] | None, typer.Option(metavar=any_of(AccountCategory), help=_("May be given more than once."))
    ] = None,
    orientation: Annotated[
        str | None, typer.Option(metavar=any_of(ValueOrientation), help=_("What they buy by."))
    ] = None,
    channel: Annotated[
        str | None, typer.Option(metavar=any_of(ChannelRole), help=_("Their place in the channel."))
    ] = None,
    feature: Annotated[
        list[str] | None, typer.Option(metavar=any_of(PurchaseFeature), help=_("How they buy; more than once."))
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(help=_("Another name; more than once."))] = None,
    tag: Annotated[list[str] | None, typer.Option(help=_("A word of your own; more than once."))] = None,
    depth: Annotated[int | None, typer.Option(min=0, max=5, help=_("Depth of involvement, 0 to 5."))] = None,
    potential: Annotated[int | None, typer.Option(min=0, max=4, help=_("Potential, 0 to 4."))] = None,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the note in $EDITOR."))] = False,
) -> None:
    from kamtui.services.accounts import edit_account

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        before = get_account(work.connection, account_id)
        fields = given(
            name=name,
            tier=tier,
            parent_id="" if parent == "" else found(work.connection, "account", parent),
            stage=stage,
            kam_id="" if kam == "" else found(work.connection, "colleague", kam),
            exec_sponsor_id="" if sponsor == "" else found(work.connection, "colleague", sponsor),
            categories=category and [word_of(AccountCategory, word, "category") for word in category],
            value_orientation=word_of(ValueOrientation, orientation, "orientation"),
            channel_role=word_of(ChannelRole, channel, "channel"),
            purchase_features=feature and [word_of(PurchaseFeature, word, "feature") for word in feature],
            aliases=alias,
            tags=tag,
            involvement_depth=depth,
            potential=potential,
            note=read_text(note, editor=editor, start=before.note or ""),
        )
        if unsorted:
            fields["tier"] = None
        if not fields:
            raise BadInput(_("Say what to change: an option for each field."))
        card = edit_account(work, account_id, **fields)
    wrote(_changed(before, card), card, json=desk(ctx).json)


@app.command("archive", help=_("Take an account out of the lists, after a review of its potential, with a reason."))
def archive(
    ctx: typer.Context,
    account: AccountArgument,
    reason: Annotated[str, typer.Option(help=_("Why it is let go; kept with the account."))] = "",
    potential: Annotated[int | None, typer.Option(min=0, max=4, help=_("Its potential as judged now, 0 to 4."))] = None,
    back: Annotated[bool, typer.Option("--back", help=_("Bring it back instead."))] = False,
) -> None:
    from kamtui.services.accounts import archive_account, unarchive_account

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        card = (
            unarchive_account(work, account_id)
            if back
            else archive_account(work, account_id, reason, potential=potential)
        )
    done = _("Brought back account {id}: {name}") if back else _("Archived account {id}: {name}")
    wrote(done.format(id=card.id, name=card.name), card, json=desk(ctx).json)


@app.command("merge", help=_("Make two accounts one: the first takes over everything of the second."))
def merge(ctx: typer.Context, keep: AccountArgument, merged: AccountArgument) -> None:
    from kamtui.services.accounts import merge_accounts

    with desk(ctx).writing() as work:
        card = merge_accounts(work, find(work.connection, "account", keep), find(work.connection, "account", merged))
    wrote(_("Merged into account {id}: {name}").format(id=card.id, name=card.name), card, json=desk(ctx).json)


@app.command("delete", help=_("Delete an account and all that belongs to it; undo brings it back."))
def delete(ctx: typer.Context, account: AccountArgument) -> None:
    from kamtui.services.accounts import delete_account

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        name = delete_account(work, account_id)
    wrote(
        _("Deleted account {id}: {name} (undo brings it back)").format(id=account_id, name=name),
        {"id": account_id, "name": name},
        json=desk(ctx).json,
    )


@app.command("purge", help=_("Remove an account for good, from the log and from the file too. Cannot be undone."))
def purge(
    ctx: typer.Context,
    account: AccountArgument,
    name: Annotated[str | None, typer.Option(help=_("Its name, typed again, so that it is meant."))] = None,
) -> None:
    from kamtui.cli.purging import say_purged, typed_name
    from kamtui.services.purge import purge_account
    from kamtui.services.purge_trace import find_to_purge

    with desk(ctx).reading() as connection:
        account_id, there = find_to_purge(connection, "account", account)
    report = purge_account(desk(ctx).workspace, account_id, typed_name(name, there))
    say_purged(report, json=desk(ctx).json)


app.command(
    "stage", help=_("The checklist of its stage: what is met, what is not; judge a duty, or change the stage.")
)(stage)
app.command("timeline", help=_("Everything that happened there, newest first."))(timeline)


def _changed(before: AccountCard, after: AccountCard) -> str:
    """What an edit says; a KAM that goes or comes, also by itself with a key tier, is named."""
    if after.kam_id == before.kam_id:
        return _("Changed account {id}: {name}").format(id=after.id, name=after.name)
    if after.kam is None:
        return _("Changed account {id}: {name}; nobody is its KAM now").format(id=after.id, name=after.name)
    return _("Changed account {id}: {name}; its KAM is {kam} now").format(id=after.id, name=after.name, kam=after.kam)


def _pairs(card: AccountCard) -> list[tuple[str, object]]:
    return [
        (_("account"), f"{card.name} ({card.id})"),
        (_("also"), card.aliases),
        (_("part of"), card.parent),
        (_("tier"), tier_mark(card.tier, card.provisional) or _("unsorted")),
        (_("since"), card.tier_since),
        (_("category"), [spoken(AccountCategory(word)) for word in card.categories]),
        (_("value orientation"), card.value_orientation),
        (_("stage"), card.stage),
        (_("KAM"), card.kam),
        (_("executive sponsor"), card.exec_sponsor),
        (_("channel role"), card.channel_role),
        (_("buys by"), [spoken(PurchaseFeature(word)) for word in card.purchase_features]),
        (_("involvement"), card.involvement_depth),
        (_("potential"), card.potential),
        (_("tags"), card.tags),
        (_("note"), card.note),
        (_("archived"), card.archived_at),
    ]
