"""`kamtui person grid | coverage | compare | turns`: where people stand, and how that changed."""

from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, as_json, note, show_rows, spoken, write_json
from kamtui.cli.person_views import person_columns
from kamtui.domain.days import age_label
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import INFLUENCE, STANCE, roles_mark
from kamtui.language import gettext as _
from kamtui.store.reads.map_history import MapChange, Turn, compare_maps, list_turns, map_as_of
from kamtui.store.reads.resolve import find
from kamtui.store.reads.standing import StandingRow, coverage_of, list_standing

AccountArgument = Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))]


def _name(row: StandingRow) -> str:
    return _("[{name}, not met]").format(name=row.name) if row.placeholder else row.name


def _age(row: StandingRow) -> str:
    if row.days is None:
        return _("none")
    late = "" if row.in_cadence else "!" if row.days <= 2 * row.cadence else "!!"
    return age_label(row.days) + late


GRID = [
    Column(_("influence"), lambda row: INFLUENCE[row.influence]),
    Column(_("stance"), lambda row: STANCE[row.stance]),
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("person"), _name),
    Column(_("title"), lambda row: f"{row.title or ''} {'ext' if row.external else ''}".strip(), gives_way=1),
    Column(_("roles"), lambda row: roles_mark(row.roles)),
    Column(_("touch"), _age, right=True),
]
COVERAGE = [
    Column(_("department"), lambda row: row.name or _("(no department)")),
    Column(_("takes part"), lambda row: spoken(row.participation) if row.department_id else ""),
    Column(_("in cadence"), lambda row: f"{row.in_cadence}/{row.people}", right=True),
    Column(_("ever met"), lambda row: row.met, right=True),
    Column(_("placeholders"), lambda row: row.placeholders, right=True),
]
_OF_WORDS = {"stance", "influence", "relationship", "relationship_target", "level"}


def _value(row: MapChange | Turn, value: str | None) -> str | None:
    """What a field of the map held: a word of a list, or a name, which is nobody's to translate."""
    return spoken(value) if value and row.field in _OF_WORDS else value


CHANGES = [
    Column(_("change"), lambda row: row.kind),
    Column(_("id"), lambda row: row.person_id, right=True),
    Column(_("person"), lambda row: row.name),
    Column(_("what"), lambda row: spoken(row.field or "")),
    Column(_("before"), lambda row: _value(row, row.before)),
    Column(_("after"), lambda row: _value(row, row.after)),
]
TURNS = [
    Column(_("on"), lambda row: row.on),
    Column(_("what"), lambda row: spoken(row.field or "")),
    Column(_("before"), lambda row: _value(row, row.before)),
    Column(_("after"), lambda row: _value(row, row.after)),
]


def grid(ctx: typer.Context, account: AccountArgument) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        rows = list_standing(connection, account_id, desk(ctx).today)
    show_rows(rows, GRID, json=desk(ctx).json)


def coverage(ctx: typer.Context, account: AccountArgument) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        found = coverage_of(connection, account_id, desk(ctx).today)
    if desk(ctx).json:
        write_json(as_json(found))
        return
    show_rows(found.departments, COVERAGE, json=False)
    rate = _("unknown") if found.rate is None else f"{found.rate:.0%}"
    note(
        _("Coverage {rate}: {touched} of {people} who take part were touched in cadence.").format(
            rate=rate, touched=found.in_cadence, people=found.people
        )
    )


def compare(
    ctx: typer.Context,
    account: AccountArgument,
    since: Annotated[str, typer.Option("--from", metavar=_("DAY"), help=_("How it was on this day."))],
    until: Annotated[
        str | None, typer.Option("--to", metavar=_("DAY"), help=_("And on this one; today, if not given."))
    ] = None,
) -> None:
    today = desk(ctx).today
    first = desk(ctx).day(since, field="--from", past=True) or today
    last = desk(ctx).day(until, field="--to", past=True) or today
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        rows = compare_maps(connection, account_id, min(first, last), max(first, last))
    show_rows(rows, CHANGES, json=desk(ctx).json, empty=_("Nobody joined, left, moved or turned."))


def turns(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(metavar=_("PERSON"), help=_("Number, uid or name."))],
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_turns(connection, find(connection, "person", person, fuzzy=True))
    show_rows(rows, TURNS, json=desk(ctx).json, empty=_("Stance, influence and relationship are as they always were."))


def show_past(ctx: typer.Context, account: str | None, as_of: str) -> None:
    """The map of an account as it was on a day."""
    if account is None:
        raise BadInput(_("--as-of shows the map of one account: give --account too."), field="account")
    day = desk(ctx).day(as_of, field="--as-of", past=True)
    assert day is not None
    with desk(ctx).reading() as connection:
        shown = map_as_of(connection, find(connection, "account", account, fuzzy=True), day)
    show_rows(shown.people, person_columns(day, one_account=True), json=desk(ctx).json)
