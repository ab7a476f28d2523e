"""The brief of an account: show, switch, save, copy, open."""

from typing import TYPE_CHECKING, cast

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.meetings import account_here, sheet_here, when
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.brief_sheet import BriefSheet
    from kamtui.tui.places.work import WorkPlace

ALWAYS = ("everywhere",)
BRIEF = ("brief",)
READ = (*BRIEF, "discreet_brief")  # what works over the brief that the customer looks at, too
_AHEAD = 9  # meetings to choose from, each by a digit


def _no_account(app: "Kamtui") -> str | None:
    return _("There is no account under the cursor to write a brief of.") if account_here(app) is None else None


async def _show(app: "Kamtui") -> None:
    account_id = account_here(app)
    if account_id is not None:
        await show_brief(app, account_id)


async def show_brief(app: "Kamtui", account_id: int) -> None:
    """The brief of an account: beside it, where one is at it and the window has room, else over the place."""
    from kamtui.tui.places.brief import BriefPlace
    from kamtui.tui.places.work import BESIDE

    if app.place is not None and app.place.place == "work" and app.size.width >= BESIDE:
        await cast("WorkPlace", app.place).show_brief(account_id)
    else:
        await app.push_screen(BriefPlace(account_id))


async def _of_meeting(app: "Kamtui") -> None:
    """The brief for one of the next meetings of all accounts."""
    from kamtui.store.reads.touches import list_coming
    from kamtui.tui.dialogs.choose import Choose, Option

    coming = app.session.read(list_coming, app.session.today, _AHEAD)
    if not coming:
        app.tell(_("No meeting is planned with anybody; p prepares one."))
        return
    options = [Option(row.account_id, f"{when(app, row)}  {row.account}", note=row.purpose or "") for row in coming]
    account_id = await app.ask(Choose(_("The brief for which meeting?"), options))
    if account_id is not None:
        await show_brief(app, account_id)


def _no_data(app: "Kamtui") -> str | None:
    return None if app.session.is_there else _("There is no account yet: a in the portfolio adds one.")


def _sheet(app: "Kamtui") -> "BriefSheet":
    return cast("BriefSheet", sheet_here(app))


def _is_beside(app: "Kamtui") -> bool:
    return _sheet(app).screen is app.place


def _for_customer(app: "Kamtui") -> str | None:
    return _("The customer's brief has one variant; ! shows ours.") if _sheet(app).for_customer else None


async def _back(app: "Kamtui") -> None:
    if _is_beside(app):
        await cast("WorkPlace", app.place).close_brief()
    else:
        app.screen.dismiss(None)


def _not_beside(app: "Kamtui") -> str | None:
    return None if _is_beside(app) else _("The brief stands beside its account where the window is wide enough.")


COMMANDS = (
    Command("brief.show", mark("brief"), ALWAYS, _show, ("b",),
            mark("The brief of this account: what to know minutes before a meeting."), _no_account, footer=65),
    Command("brief.meeting", mark("next meetings"), ALWAYS, _of_meeting, ("B",),
            mark("The brief for one of the next meetings, of all accounts."), _no_data),
    Command("brief.save", mark("save"), READ, lambda app: _sheet(app).save(), ("s",),
            mark("Write the brief to a file: .pdf, .docx, .html, .md, .json or .txt."), footer=10),
    Command("brief.open", mark("viewer"), READ, lambda app: _sheet(app).open_outside(), ("o",),
            mark("Show it as a PDF in the system's viewer."), footer=15),
    Command("brief.copy", mark("copy"), READ, lambda app: _sheet(app).copy(), ("y",),
            mark("Copy the brief as Markdown."), footer=20),
    Command("brief.variant", mark("variant"), BRIEF, lambda app: _sheet(app).next_variant(), ("v",),
            mark("For a meeting, a business review, a hand-over."), _for_customer, footer=30),
    Command("brief.audience", mark("audience"), BRIEF, lambda app: _sheet(app).next_audience(), ("!",),
            mark("What the customer may see of it, and back to ours."), footer=32),
    Command("brief.section", mark("section"), READ, lambda app: _sheet(app).paper.next_heading(), ("tab",),
            mark("The next section; after the last one the first."), footer=40),
    Command("brief.beside", mark("the account"), BRIEF, lambda app: cast("WorkPlace", app.place).leave_brief(), ("b",),
            mark("Back to the account; the brief stays beside it, and changes with it."), _not_beside, footer=45),
    Command("brief.back", mark("back"), READ, _back, ("q", "escape"),
            mark("Back to where one was."), footer=50),
)  # fmt: skip
