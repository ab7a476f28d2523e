"""`kamtui person`: the people at a customer, their reporting lines, and who sways whom."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import show_record, show_rows, wrote
from kamtui.cli.person_edge import edge
from kamtui.cli.person_map import compare, coverage, grid, show_past, turns
from kamtui.cli.person_views import card_as_json, card_pairs, changed_contacts, contacts_of, person_columns
from kamtui.domain.enums import (
    BuyingRole,
    Influence,
    Orientation,
    PersonLevel,
    Relationship,
    ResponseMode,
    Stance,
)
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.people import find_person, get_person, list_people
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

PersonArgument = Annotated[str, typer.Argument(metavar=_("PERSON"), help=_("Number, uid or name."))]
Title = Annotated[str | None, typer.Option(help=_("What they are there."))]
Department = Annotated[str | None, typer.Option(help=_("By name; made where there is none."))]
Roles = Annotated[list[BuyingRole] | None, typer.Option("--role", help=_("The part in buying; more than once."))]
LevelOption = Annotated[PersonLevel | None, typer.Option("--level", help=_("How high they stand."))]
InfluenceOption = Annotated[Influence | None, typer.Option("--influence", help=_("How much their word counts."))]
StanceOption = Annotated[Stance | None, typer.Option("--stance", help=_("For us or against us."))]
Now = Annotated[Relationship | None, typer.Option("--relationship", help=_("What we are to them now."))]
Target = Annotated[Relationship | None, typer.Option("--target", help=_("What we want to be to them."))]
Win = Annotated[str | None, typer.Option(help=_("What they themselves gain, in their words."))]
OrientationOption = Annotated[Orientation | None, typer.Option("--orientation", help=_("What they look at first."))]
Mode = Annotated[ResponseMode | None, typer.Option("--response-mode", help=_("How they meet a change."))]
Phones = Annotated[list[str] | None, typer.Option("--phone", help=_("More than once."))]
Mails = Annotated[list[str] | None, typer.Option("--mail", help=_("More than once."))]
Messengers = Annotated[list[str] | None, typer.Option("--messenger", help=_("More than once."))]
Note = Annotated[str | None, typer.Option(help=_("- reads stdin."))]


@app.command("list", help=_("People as the org map: managers above their reports."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    left: Annotated[bool, typer.Option("--left", help=_("Those who left too."))] = False,
    outline: Annotated[bool, typer.Option("--outline", help=_("As an indented text for `person add`."))] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=_("DATE"),
            help=_("The map of an account as it was known on this day: what was written later does not count."),
        ),
    ] = None,
) -> None:
    if as_of is not None:
        show_past(ctx, account, as_of)
        return
    if outline:
        from kamtui.cli.outline import show_outline

        show_outline(ctx, account)
        return
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_people(connection, desk(ctx).today, account_id=account_id, left=left)
    show_rows(
        rows,
        person_columns(desk(ctx).today, one_account=account_id is not None),
        json=desk(ctx).json,
        empty=_("Nobody yet. `kamtui person add NAME --account ACCOUNT` adds one."),
    )


@app.command("show", help=_("One person: what is known, who they report to, who they sway."))
def show(ctx: typer.Context, person: PersonArgument) -> None:
    with desk(ctx).reading() as connection:
        card = get_person(connection, find(connection, "person", person, fuzzy=True), desk(ctx).today)
    show_record(card_as_json(card) if desk(ctx).json else card, card_pairs(card, desk(ctx).today), json=desk(ctx).json)


@app.command("add", help=_("Add a person, or with --outline (or --editor) all people of an account."))
def add(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar=_("[NAME]"))] = None,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Where they are."))] = None,
    title: Title = None,
    department: Department = None,
    manager: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who they report to."))] = None,
    since: Annotated[
        str | None, typer.Option(metavar=_("DATE"), help=_("Since when they report there; today, unless said."))
    ] = None,
    roles: Roles = None,
    level: LevelOption = None,
    influence: InfluenceOption = None,
    stance: StanceOption = None,
    relationship: Now = None,
    target: Target = None,
    win: Win = None,
    orientation: OrientationOption = None,
    response_mode: Mode = None,
    phones: Phones = None,
    mails: Mails = None,
    messengers: Messengers = None,
    placeholder: Annotated[
        bool, typer.Option("--placeholder", help=_("Somebody must be there; who is not known."))
    ] = False,
    external: Annotated[
        bool, typer.Option("--external", help=_("Outside the company: in no line, not counted in coverage."))
    ] = False,
    cadence: Annotated[int | None, typer.Option(min=1, help=_("Days between touches."))] = None,
    note: Note = None,
    outline: Annotated[
        str | None, typer.Option(metavar=_("FILE"), help=_("Take all people from an outline; - reads stdin."))
    ] = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Edit all people as an outline in $EDITOR."))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what the outline would do, and write nothing."))
    ] = False,
) -> None:
    if outline is not None or editor:
        if name is not None or (outline is not None and editor):
            raise BadInput(_("A name, --outline and --editor: give one of them."), field="outline")
        from kamtui.cli.outline import take_outline

        take_outline(ctx, account, outline, dry_run=dry_run)
        return
    if dry_run:
        raise BadInput(_("--dry-run belongs to --outline or --editor."), field="dry_run")
    if name is None or account is None:
        raise BadInput(_("Who, and where? `kamtui person add NAME --account ACCOUNT`."), field="name")
    from kamtui.services.people import add_person

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        card = add_person(
            work,
            account_id,
            name,
            manager_id=None if manager is None else find_person(work.connection, manager, account_id),
            since=desk(ctx).day(since, field="--since"),
            roles=roles or (),
            contacts=contacts_of(phones, mails, messengers),
            placeholder=placeholder,
            external=external,
            **given(
                department=department,
                title=title,
                level=level,
                influence=influence,
                stance=stance,
                relationship=relationship,
                relationship_target=target,
                win=win,
                orientation=orientation,
                response_mode=response_mode,
                cadence_days=cadence,
                note=read_text(note),
            ),
        )
    person = card.person
    wrote(
        _("Added person {id}: {name}, {account}").format(id=person.id, name=person.name, account=person.account),
        card_as_json(card),
        json=desk(ctx).json,
    )


@app.command("edit", help=_("Change a person; an empty text empties a field, a list replaces what was there."))
def edit(
    ctx: typer.Context,
    person: PersonArgument,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    title: Title = None,
    department: Department = None,
    manager: Annotated[
        str | None, typer.Option(metavar=_("PERSON"), help=_("Who they report to; empty for nobody."))
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar=_("DATE"), help=_("Since when they report there; today, unless said."))
    ] = None,
    roles: Roles = None,
    no_role: Annotated[bool, typer.Option("--no-role", help=_("Take all roles away."))] = False,
    level: LevelOption = None,
    influence: InfluenceOption = None,
    stance: StanceOption = None,
    relationship: Now = None,
    target: Target = None,
    win: Win = None,
    orientation: OrientationOption = None,
    response_mode: Mode = None,
    phones: Phones = None,
    mails: Mails = None,
    messengers: Messengers = None,
    alias: Annotated[list[str] | None, typer.Option(help=_("Another name; more than once."))] = None,
    placeholder: Annotated[
        bool | None, typer.Option("--placeholder/--no-placeholder", help=_("Who it is is not known, or is now."))
    ] = None,
    external: Annotated[
        bool | None, typer.Option("--external/--no-external", help=_("Outside the company, or not."))
    ] = None,
    cadence: Annotated[
        int | None, typer.Option(min=0, help=_("Days between touches; 0 for none of their own."))
    ] = None,
    note: Note = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Write the note in $EDITOR."))] = False,
) -> None:
    from kamtui.services.people import edit_person, move_person

    with desk(ctx).writing() as work:
        person_id = find(work.connection, "person", person)
        before = get_person(work.connection, person_id, work.today)
        fields = given(
            name=name,
            title=title,
            roles=[] if no_role else roles,
            level=level,
            influence=influence,
            stance=stance,
            relationship=relationship,
            relationship_target=target,
            win=win,
            orientation=orientation,
            response_mode=response_mode,
            aliases=alias,
            placeholder=placeholder,
            external=external,
            cadence_days="" if cadence == 0 else cadence,
            note=read_text(note, editor=editor, start=before.note or ""),
        )
        if (contacts := changed_contacts(before.contacts, phones, mails, messengers)) is not None:
            fields["contacts"] = contacts
        card = edit_person(work, person_id, department=department, **fields)
        if manager is not None:
            above = find_person(work.connection, manager, before.person.account_id) if manager else None
            card = move_person(work, person_id, above, since=desk(ctx).day(since, field="--since"))
    wrote(
        _("Changed person {id}: {name}").format(id=card.person.id, name=card.person.name),
        card_as_json(card),
        json=desk(ctx).json,
    )


@app.command("move", help=_("A new manager from a day on; the line before is kept as history."))
def move(
    ctx: typer.Context,
    person: PersonArgument,
    to: Annotated[str | None, typer.Option(metavar=_("MANAGER"), help=_("The new manager."))] = None,
    top: Annotated[bool, typer.Option("--top", help=_("No manager from then on."))] = False,
    since: Annotated[
        str | None, typer.Option("--from", metavar=_("DATE"), help=_("Since when; today, unless said."))
    ] = None,
) -> None:
    from kamtui.services.people import move_person

    if (to is None) is not top:
        raise BadInput(_("Where to? --to MANAGER, or --top for no manager."), field="to")
    with desk(ctx).writing() as work:
        person_id = find(work.connection, "person", person)
        account_id = get_person(work.connection, person_id, work.today).person.account_id
        manager_id = None if to is None else find_person(work.connection, to, account_id)
        day = desk(ctx).day(since, field="--from") or work.today
        card = move_person(work, person_id, manager_id, since=day)
        manager = None if manager_id is None else get_person(work.connection, manager_id, work.today).person.name
    done = _("Moved person {id}: {name} reports to {manager} from {day}")
    if manager is None:
        done = _("Moved person {id}: {name} reports to nobody from {day}")
    wrote(
        done.format(id=card.person.id, name=card.person.name, manager=manager, day=day),
        card_as_json(card),
        json=desk(ctx).json,
    )


@app.command("leave", help=_("They left the company: history stays, and each role wants a new name."))
def leave_(
    ctx: typer.Context,
    person: PersonArgument,
    on: Annotated[
        str | None, typer.Option("--on", metavar=_("DATE"), help=_("Since when; today, unless said."))
    ] = None,
) -> None:
    from kamtui.services.people import leave

    with desk(ctx).writing() as work:
        person_id = find(work.connection, "person", person)
        tasks = leave(work, person_id, on=desk(ctx).day(on, field="--on", past=True))
        card = get_person(work.connection, person_id, work.today)
    done = _("Person {id}: {name} left on {day}").format(id=person_id, name=card.person.name, day=card.person.left_on)
    if tasks:
        done += "; " + ngettext("task {ids} to replace a role", "tasks {ids} to replace roles", len(tasks)).format(
            ids=", ".join(map(str, tasks))
        )
    wrote(done, {**card_as_json(card), "tasks": tasks}, json=desk(ctx).json)


@app.command("confirm", help=_("What is known of a person was looked at, and is still true."))
def confirm(
    ctx: typer.Context,
    person: PersonArgument,
    on: Annotated[str | None, typer.Option(metavar=_("DATE"), help=_("When it was; today."))] = None,
) -> None:
    from kamtui.services.people import confirm_person

    with desk(ctx).writing() as work:
        person_id = find(work.connection, "person", person)
        card = confirm_person(work, person_id, on=desk(ctx).day(on, field="--on", past=True))
    said = _("Person {id}: {name}, confirmed on {day}").format(
        id=person_id, name=card.person.name, day=card.person.confirmed_on
    )
    wrote(said, card_as_json(card), json=desk(ctx).json)


app.command("grid", help=_("Influence by stance: who stands where, and who was not touched in cadence."))(grid)
app.command("coverage", help=_("Department by department: who takes part, and who was touched in cadence."))(coverage)
app.command("compare", help=_("Two days of the map: who joined, left, moved or turned."))(compare)
app.command("turns", help=_("How stance, influence and relationship of a person changed, day by day."))(turns)


app.command("edge", help=_("SOURCE sways TARGET beside the lines: draw it, or take it away."))(edge)


@app.command("merge", help=_("Make two people one: the first takes over the history and the name of the second."))
def merge(ctx: typer.Context, keep: PersonArgument, merged: PersonArgument) -> None:
    from kamtui.services.people import merge_people

    with desk(ctx).writing() as work:
        card = merge_people(work, find(work.connection, "person", keep), find(work.connection, "person", merged))
    wrote(
        _("Merged into person {id}: {name}").format(id=card.person.id, name=card.person.name),
        card_as_json(card),
        json=desk(ctx).json,
    )


@app.command("delete", help=_("Delete a person; undo brings them back. Who left the company is `leave`."))
def delete(ctx: typer.Context, person: PersonArgument) -> None:
    from kamtui.services.people import delete_person

    with desk(ctx).writing() as work:
        person_id = find(work.connection, "person", person)
        name = delete_person(work, person_id)
    wrote(
        _("Deleted person {id}: {name} (undo brings them back)").format(id=person_id, name=name),
        {"id": person_id, "name": name},
        json=desk(ctx).json,
    )


@app.command("purge", help=_("Remove a person for good, from the log and from the file too. Cannot be undone."))
def purge(
    ctx: typer.Context,
    person: PersonArgument,
    name: Annotated[str | None, typer.Option(help=_("Their name, typed again, so that it is meant."))] = None,
) -> None:
    from kamtui.cli.purging import say_purged, typed_name
    from kamtui.services.purge import purge_person
    from kamtui.services.purge_trace import find_to_purge

    with desk(ctx).reading() as connection:
        person_id, there = find_to_purge(connection, "person", person)
    report = purge_person(desk(ctx).workspace, person_id, typed_name(name, there))
    say_purged(report, json=desk(ctx).json)
