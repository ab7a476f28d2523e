"""The org map of the past: as of a day, two days compared; and what is still true today."""

import re
from typing import TYPE_CHECKING, Any, cast

from kamtui.domain.days import parse_day
from kamtui.domain.errors import KamtuiError
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.store.reads.map_history import MapChange, MapChangeKind, compare_maps
from kamtui.tui.commands.doing import to_each

if TYPE_CHECKING:
    from datetime import date

    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.work import WorkPlace


def in_the_past(app: "Kamtui") -> str | None:
    """The reason why nothing is changed in the map of a past day."""
    place = cast("WorkPlace", app.place)
    if place.view is not None and place.view.as_of is not None:
        return _("This is the map as of {day}; Esc goes back to today's, which can be changed.").format(
            day=place.view.as_of
        )
    return None


async def as_of(app: "Kamtui") -> None:
    """One day shows the map of then, two days what differs between them."""
    from kamtui.tui.dialogs.ask import day_said
    from kamtui.tui.dialogs.line import LineDialog

    today = app.session.today

    def days(text: str) -> "list[date]":
        return [
            parse_day(part, today, field=_("as of"), past=True)
            for part in text.replace("，", ",").split(",")
            if part.strip()
        ]

    def check(text: str) -> str:
        return "   ".join(day_said(day, today) for day in days(text))

    said = await app.ask(
        LineDialog(
            _("as of"), check=check, hint=_("a day: 09-01, -3m; two with a comma compare: -6m, today; blank: today")
        )
    )
    if said is None:
        return
    place = cast("WorkPlace", app.place)
    found = days(said)
    if place.view is None:
        return
    if len(found) >= 2:
        await _compare(app, min(found), max(found))
        return
    before, place.view.as_of = place.view.as_of, found[0] if found and found[0] < today else None
    try:
        place.load()
    except KamtuiError as error:
        # The log does not reach that far back.
        place.view.as_of = before
        place.reload()
        app.tell_error(error)


async def _compare(app: "Kamtui", since: "date", until: "date") -> None:
    from kamtui.tui.dialogs.page import Page
    from kamtui.tui.widgets.paper import Said

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    changes = app.session.read(compare_maps, account_id, since, until)
    said = [Said(_("The map from {since} to {until}").format(since=since, until=until), "title"), Said()]
    said += [Said(_told(change), indent=4) for change in changes] or [Said(_("Nothing changed."), "muted")]
    await app.ask(Page(said))


def _told(change: MapChange) -> str:
    words = {
        MapChangeKind.JOINED: _("+ {name} came: {after}"),
        MapChangeKind.LEFT: _("- {name} left: {before}"),
        MapChangeKind.MOVED: _("> {name} moved: from {before} to {after}"),
        MapChangeKind.TURNED: _("~ {name}, {field}: {before} to {after}"),
    }
    return words[change.kind].format(
        name=change.name,
        field=_((change.field or "").replace("_", " ")),
        before=_state(change, change.before),
        after=_state(change, change.after),
    )


def _state(change: MapChange, said: str | None) -> str:
    """What stood on one of the two days: the words of a list by what they are called, what people wrote as they wrote it."""
    if not said:
        return "-"
    if change.kind is not MapChangeKind.TURNED or change.field in {"name", "title", "department"}:
        return said
    return re.sub(r"\w+", lambda word: called(word.group()), said)


async def confirm(app: "Kamtui") -> None:
    """What is known of the person was looked at today, and is still true."""

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.people import confirm_person

        confirm_person(work, line.record.person.id)

    await to_each(app, ["person"], verb)


def fold(app: "Kamtui") -> None:
    """Folds away who stands below the person, or unfolds them."""
    place = cast("WorkPlace", app.place)
    rows = app.rows
    if place.view is not None and rows is not None and rows.key is not None:
        place.view.folded ^= {rows.key}
        place.view.unfolded = True
        place.reload()


def fold_all(app: "Kamtui") -> None:
    """Unfolds everybody, or folds all teams."""
    place = cast("WorkPlace", app.place)
    if place.view is None:
        return
    if place.view.folded:
        place.view.folded.clear()
    else:
        rows = place.main_rows()
        place.view.folded = {line.key for line in rows.lines if line.key and line.record.person.depth >= 1}
    place.view.unfolded = True
    place.reload()
