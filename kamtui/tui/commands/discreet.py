"""Discreet mode: on and off, and what can be done in it."""

from typing import TYPE_CHECKING

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

EVERY = ("everywhere", "brief", "sorting", "discreet", "discreet_brief")
HERE = ("discreet",)
BOTH = ("discreet", "discreet_brief")


async def _toggle(app: "Kamtui") -> None:
    if app.discretion.on:
        await app.discretion.leave()
        return
    from kamtui.tui.commands.meetings import account_here

    await app.discretion.enter(account_here(app))


async def _brief(app: "Kamtui") -> None:
    from kamtui.tui.places.brief import BriefPlace

    if (account_id := app.discretion.account) is not None:
        await app.push_screen(BriefPlace(account_id, discreet=True))


def _no_account(app: "Kamtui") -> str | None:
    return _("No account is shown.") if app.place is None or not app.place.title_text() else None


def _hidden(_app: "Kamtui") -> str:
    return _("That is hidden: discreet mode shows what both sides know, and changes nothing. F9 leaves it.")


COMMANDS = (
    Command("app.discreet", mark("discreet"), EVERY, _toggle, ("f9",),
            mark("Discreet mode: only what the customer may see of this account, for a screen that they look at; and back.")),
    Command("discreet.brief", mark("brief"), HERE, _brief, ("b",),
            mark("The customer's brief of this account."), _no_account, footer=20),
    Command("discreet.hidden", mark("hidden"), BOTH, lambda app: None,
            ("T", "f2", "P", "f3", "W", "f4", ":", "ctrl+p", "u", "ctrl+r", "a", "t", "e", "d"),
            mark("Places, search and all that writes."), _hidden),
)  # fmt: skip
