"""What can be done in an account's place itself: its panes, one alone, the next account of the list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.work import WorkPlace

WORK = ("work",)


def _place(app: "Kamtui") -> "WorkPlace":
    return cast("WorkPlace", app.place)


def _to_pane(context: str) -> Callable[["Kamtui"], None]:
    return lambda app: _place(app).show_pane(context)


def _to_worksheet(app: "Kamtui") -> None:
    from kamtui.tui.panes.needs import WORKSHEET

    _place(app).show_pane("needs", look=WORKSHEET)


def _to_board(app: "Kamtui") -> None:
    place = _place(app)
    place.show_pane("map" if place.active not in {"map", "needs", "obligations", "tasks"} else place.active, zoom=False)


async def _step(app: "Kamtui", direction: int) -> None:
    stop = _place(app).next_stop(direction)
    if stop is None:
        app.tell(_("The list ends here.") if direction > 0 else _("The list begins here."))
        return
    account_id, key = stop
    await app.go("work", account_id=account_id, key=key)


COMMANDS = (
    Command("pane.map", mark("org map"), WORK, _to_pane("map"), ("1",), mark("The org map: who decides.")),
    Command("pane.needs", mark("needs"), WORK, _to_pane("needs"), ("2",), mark("The needs, said and unsaid.")),
    Command("pane.obligations", mark("obligations"), WORK, _to_pane("obligations"), ("3",), mark("What we owe, and what they owe us.")),
    Command("pane.tasks", mark("tasks"), WORK, _to_pane("tasks"), ("4",), mark("The tasks of the account.")),
    Command("pane.timeline", mark("timeline"), WORK, _to_pane("timeline"), ("5",), mark("Touches, planned and held.")),
    Command("pane.give", mark("give/get"), WORK, _to_pane("give"), ("6",), mark("Concessions, and what comes back.")),
    Command("pane.trouble", mark("trouble"), WORK, _to_pane("trouble"), ("7",), mark("Complaints, incidents, channels.")),
    Command("pane.money", mark("money"), WORK, _to_pane("money"), ("8",), mark("Orders and costs.")),
    Command("pane.facts", mark("facts"), WORK, _to_pane("facts"), ("9",), mark("The account's card, and facts.")),
    Command("pane.worksheet", mark("contract worksheet"), WORK, _to_worksheet, (), mark("The contract terms one by one: wanted, offered, agreed.")),
    Command("pane.board", mark("board"), WORK, _to_board, ("0",), mark("Back to the four panes.")),
    Command("pane.zoom", mark("zoom"), WORK, lambda app: _place(app).zoom(), ("z",), mark("This pane alone, or all four."), footer=75),
    Command("account.next", mark("next row"), WORK, lambda app: _step(app, 1), ("]",), mark("The next row of the list one came from.")),
    Command("account.before", mark("row before"), WORK, lambda app: _step(app, -1), ("[",), mark("The row before it in the list.")),
)  # fmt: skip
