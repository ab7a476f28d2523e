"""What an empty database offers: a first meeting, a list, the demo; and plain ASCII where lines come out broken."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.first_run import FirstRunPlace

FIRST = ("first",)
_TIME = re.compile(r"\s*\b((?:[01]?\d|2[0-3])[:：][0-5]\d)\s*$")


def _place(app: "Kamtui") -> "FirstRunPlace":
    return cast("FirstRunPlace", app.place)


def day_and_time(text: str, today: date) -> tuple[date, str | None]:
    """`fri 10:30` as a day and a time; a time alone is today's. Raises `BadInput`."""
    from kamtui.domain.days import parse_day

    found = _TIME.search(text)
    day = text[: found.start()] if found else text
    at = found[1].replace("：", ":") if found else None
    return (parse_day(day, today, field=_("when")) if day.strip() else today), at


async def _meeting(app: "Kamtui") -> None:
    """Asks for the account, whom, and when; makes all of it as one step, and opens the account at the map."""
    from kamtui.tui.dialogs.ask import ask_text, day_said
    from kamtui.tui.dialogs.line import LineDialog

    place, today = _place(app), app.session.today
    place.settle()
    name = await ask_text(app, _("account"), needed=True, hint=_("the company that you meet"))
    if name is None:
        return
    person = await ask_text(app, _("whom you meet"), hint=_("a name; blank where you do not know it yet"))
    if person is None:
        return

    def check(text: str) -> str:
        day, at = day_and_time(text, today)
        return f"{day_said(day, today)} {at or ''}"

    when = await app.ask(LineDialog(_("when"), check=check, hint=_("fri 10:30, tomorrow, 2026-12-01 14:00")))
    if when is None:
        return
    day, at = day_and_time(when, today)

    def verb(work: Any) -> int:
        from kamtui.services.accounts import add_account
        from kamtui.services.people import add_person
        from kamtui.services.touches import add_touch

        work.say(_("First meeting with {account}").format(account=name))
        place.write_currency(work)
        account_id = add_account(work, name).id
        people = [add_person(work, account_id, person).person.id] if person.strip() else []
        add_touch(work, account_id, on=day, at=at, planned=True, people=people)
        return account_id

    written = await app.do(verb)
    if written is not None:
        await app.go("work", account_id=written.result)
        app.tell(_("Now the org map: a adds who else decides, b shows the brief for the meeting."))


async def _list(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.importing import import_file

    place = _place(app)
    place.settle()
    await import_file(app, before=place.write_currency, currency=place.currency)


def _demo(app: "Kamtui") -> None:
    from kamtui.tui.app import SHOW_DEMO

    app.exit(SHOW_DEMO)


def _ascii(app: "Kamtui") -> None:
    from kamtui.services.settings_file import write_setting
    from kamtui.tui import glyphs

    write_setting("glyphs", "ascii")
    glyphs.choose("ascii")
    _place(app).reload()
    app.screen.refresh(layout=True)
    app.tell(_("Frames and bars are plain ASCII from now on."))


COMMANDS = (
    Command("first.meeting", mark("a meeting soon"), FIRST, _meeting, ("1",), mark("One account, a planned meeting, its map.")),
    Command("first.list", mark("a list"), FIRST, _list, ("2",), mark("Import a CSV file, then sort the accounts.")),
    Command("first.demo", mark("the demo"), FIRST, _demo, ("3",), mark("A made-up portfolio; nothing of it is kept unless you say so.")),
    Command("first.ascii", mark("plain ASCII"), FIRST, _ascii, ("4",), mark("Draw frames and bars in ASCII.")),
)  # fmt: skip
