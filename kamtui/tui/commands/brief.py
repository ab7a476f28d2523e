"""The brief of an account: show, save, copy."""

from typing import TYPE_CHECKING, cast

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.brief import BriefPlace

ALWAYS = ("everywhere",)
BRIEF = ("brief",)


def account_here(app: "Kamtui") -> int | None:
    """The account of the place, else of the row under the cursor."""
    if app.place is not None and app.place.place == "work":
        return app.whereabouts.account_id
    if app.rows is None or app.rows.key is None:
        return None
    entity, row_id = app.rows.key
    return row_id if entity == "account" else getattr(app.rows.record, "account_id", None)


def _no_account(app: "Kamtui") -> str | None:
    return _("There is no account under the cursor to write a brief of.") if account_here(app) is None else None


async def _show(app: "Kamtui") -> None:
    from kamtui.tui.places.brief import BriefPlace

    account_id = account_here(app)
    if account_id is not None:
        await app.push_screen(BriefPlace(account_id))


def _shown(app: "Kamtui") -> "BriefPlace":
    return cast("BriefPlace", app.screen)


def _one_variant(_app: "Kamtui") -> str | None:
    # A second one comes with the next variant of `brief.model.Variant`.
    return _("There is one brief so far, the one for a meeting.")


COMMANDS = (
    Command("brief.show", mark("brief"), ALWAYS, _show, ("b",),
            mark("The brief of this account: what to know minutes before a meeting."), _no_account, footer=65),
    Command("brief.save", mark("save"), BRIEF, lambda app: _shown(app).save(), ("s",),
            mark("Write the brief to a file: Markdown, or text as it stands here."), footer=10),
    Command("brief.copy", mark("copy"), BRIEF, lambda app: _shown(app).copy(), ("y",),
            mark("Copy the brief as Markdown."), footer=20),
    Command("brief.variant", mark("variant"), BRIEF, lambda app: None, ("v",),
            mark("The brief for another occasion."), _one_variant, footer=30),
    Command("brief.section", mark("section"), BRIEF, lambda app: _shown(app).paper.next_heading(), ("tab",),
            mark("The next section; after the last one the first."), footer=40),
    Command("brief.back", mark("back"), BRIEF, lambda app: _shown(app).leave(), ("q", "escape"),
            mark("Back to where one was."), footer=50),
)  # fmt: skip
