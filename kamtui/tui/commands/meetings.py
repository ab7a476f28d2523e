"""A meeting: who comes, what for, our one ask, their one commitment; and afterwards that it was held."""

from typing import TYPE_CHECKING, Any, cast

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.touches import TouchRow
    from kamtui.tui.app import Kamtui
    from kamtui.tui.forms.spec import Picked
    from kamtui.tui.places.brief_sheet import BriefSheet

ALWAYS = ("everywhere",)
BRIEF = ("brief",)
_NEW = 0  # instead of the number of a meeting: one that is not planned yet


def sheet_here(app: "Kamtui") -> "BriefSheet | None":
    """The brief that one reads, dialogs over it or not."""
    # By its name: what looks for a brief where there is none imports none.
    found = (sheet for screen in reversed(app.screen_stack) for sheet in screen.query("BriefSheet"))
    return cast("BriefSheet | None", next(found, None))


def account_here(app: "Kamtui") -> int | None:
    """The account of the brief, of the place, else of the row under the cursor."""
    if (sheet := sheet_here(app)) is not None:
        return sheet.account_id
    if app.place is not None and app.place.place == "work":
        return app.whereabouts.account_id
    if app.rows is None or app.rows.key is None:
        return None
    entity, row_id = app.rows.key
    return row_id if entity == "account" else getattr(app.rows.record, "account_id", None)


def _no_account(app: "Kamtui") -> str | None:
    return _("There is no account under the cursor to meet.") if account_here(app) is None else None


def _planned(app: "Kamtui") -> "list[TouchRow]":
    """What is planned with the account, soonest first; what should have been held comes before."""
    from kamtui.domain.enums import InteractionStatus
    from kamtui.store.reads.touches import list_touches

    account_id = account_here(app)
    if account_id is None:
        return []
    rows = app.session.read(list_touches, account_id, status=InteractionStatus.PLANNED)
    return sorted(rows, key=lambda row: (row.on, row.at_time or "99", row.id))


def _coming(app: "Kamtui") -> "list[TouchRow]":
    return [row for row in _planned(app) if row.on >= app.session.today]


def _due(app: "Kamtui") -> "list[TouchRow]":
    return [row for row in _planned(app) if row.on <= app.session.today]


def _not_due(app: "Kamtui") -> str | None:
    return None if _due(app) else _("No meeting was planned until today; t logs one that was held.")


async def _who_comes(app: "Kamtui", account_id: int, before: "tuple[int, ...]") -> "tuple[Picked, ...] | None":
    from kamtui.tui.dialogs.attendees import Attendees
    from kamtui.tui.panes.pane import View

    picked: tuple[Picked, ...] | None = await app.ask(Attendees(View(app.session, account_id), before))
    return picked


async def _prepare(app: "Kamtui") -> None:
    """People first, from the map, then the rest on one form: one step to undo."""
    account_id = account_here(app)
    if account_id is None:
        return
    meeting_id = await _which(app)
    if meeting_id is None:
        return
    meeting = next((row for row in _coming(app) if row.id == meeting_id), None)
    picked = await _who_comes(app, account_id, meeting.person_ids if meeting else _marked(app))
    if picked is not None:
        await _rest_of(app, account_id, meeting, picked)


async def _which(app: "Kamtui") -> int | None:
    """The meeting to prepare; where none is planned, a new one."""
    from kamtui.tui.dialogs.choose import Choose, Option

    coming = _coming(app)
    if not coming:
        return _NEW
    options = [Option(row.id, when(app, row), note=row.purpose or "") for row in coming[:8]]
    chosen: int | None = await app.ask(Choose(_("Prepare"), [*options, Option(_NEW, _("a new meeting"))]))
    return chosen


def when(app: "Kamtui", row: "TouchRow") -> str:
    """The day of a meeting as people say it, with its time."""
    days = (row.on - app.session.today).days
    day = {0: _("today"), 1: _("tomorrow")}.get(days, row.on.isoformat())
    return f"{day} {row.at_time or ''}".rstrip()


def _marked(app: "Kamtui") -> tuple[int, ...]:
    """Who is marked on the map."""
    marked = app.rows.marked if app.rows is not None else set()
    return tuple(row_id for entity, row_id in marked if entity == "person")


async def _rest_of(app: "Kamtui", account_id: int, meeting: "TouchRow | None", picked: "tuple[Picked, ...]") -> None:
    from kamtui.tui.dialogs.form import open_form
    from kamtui.tui.forms.touch import PREPARE

    if meeting is None:
        await open_form(app, PREPARE, account_id=account_id, start={"people": picked})
    else:
        await open_form(app, PREPARE, record_id=meeting.id, start={"people": picked})


async def _people(app: "Kamtui") -> None:
    """Who comes to the next meeting; where none is planned, the rest of it is asked too."""
    account_id = account_here(app)
    if account_id is None:
        return
    meeting = next(iter(_coming(app)), None)
    picked = await _who_comes(app, account_id, meeting.person_ids if meeting else ())
    if picked is None:
        return
    if meeting is None:
        await _rest_of(app, account_id, None, picked)
        return
    touch_id, people = meeting.id, [one.id for one in picked]

    def verb(work: Any) -> object:
        from kamtui.services.touches import edit_touch

        return edit_touch(work, touch_id, people=people)

    await app.do(verb)


async def _held(app: "Kamtui") -> None:
    """The newest that was due: what it asked for becomes tasks."""
    touch_id = _due(app)[-1].id

    def verb(work: Any) -> object:
        from kamtui.services.touches import hold_touch

        return hold_touch(work, touch_id)

    await app.do(verb)


COMMANDS = (
    Command("meeting.prepare", mark("prepare"), ALWAYS, _prepare, ("p",),
            mark("Prepare a meeting: who comes, from the map, what for, our one ask, their one commitment."), _no_account, footer=68),
    Command("meeting.people", mark("people"), BRIEF, _people, ("p",),
            mark("Who comes to the next meeting, from the map."), footer=33),
    Command("meeting.edit", mark("prepare"), BRIEF, _prepare, ("e",),
            mark("The whole meeting: who comes, what for, our one ask, their one commitment."), footer=34),
    Command("meeting.held", mark("was held"), BRIEF, _held, ("d",),
            mark("The meeting was held: it is a touch now, and its ask and commitment are tasks. u undoes."), _not_due, footer=35),
)  # fmt: skip
