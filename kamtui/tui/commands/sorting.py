"""What can be done while accounts are sorted, one after the other: their keys are their own, no others reach through."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from kamtui.domain.enums import Tier
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.sorting import SortingPlace

SORTING = ("sorting",)


def _place(app: "Kamtui") -> "SortingPlace":
    return cast("SortingPlace", app.screen)


def _nothing_left(app: "Kamtui") -> str | None:
    return None if _place(app).row else _("Every account is sorted; Enter leaves.")


def _nothing_done(app: "Kamtui") -> str | None:
    return None if _place(app).done else _("That is the first one.")


def _give(tier: Tier) -> Callable[["Kamtui"], Any]:
    return lambda app: _place(app).give(tier)


async def _archive(app: "Kamtui") -> None:
    from kamtui.tui.commands.accounts import ask_disposition

    place = _place(app)
    row = place.row
    if row is not None and (judged := await ask_disposition(app, row.account)) is not None:
        await place.archive(*judged)


async def _help(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.help import Help

    await app.ask(Help(app.registry, SORTING, app.registry.disabled(app, SORTING)))


COMMANDS = (
    Command("sort.t1", mark("T1"), SORTING, _give(Tier.T1), ("1",), mark("A key account of the first tier."), _nothing_left, footer=10),
    Command("sort.t2", mark("T2"), SORTING, _give(Tier.T2), ("2",), mark("A key account of the second tier."), _nothing_left, footer=11),
    Command("sort.t3", mark("T3"), SORTING, _give(Tier.T3), ("3",), mark("A key account of the third tier."), _nothing_left, footer=12),
    Command("sort.other", mark("not key"), SORTING, _give(Tier.NON_KEY), ("0",), mark("Not a key account: only neglect, promises and complaints are watched."), _nothing_left, footer=13),
    Command("sort.later", mark("later"), SORTING, lambda app: _place(app).later(), ("space",), mark("Leave it unsorted; it stays silent."), _nothing_left, footer=14),
    Command("sort.archive", mark("archive"), SORTING, _archive, ("x",), mark("Archive it, with a reason and its potential."), _nothing_left),
    Command("sort.back", mark("back"), SORTING, lambda app: _place(app).take_back(), ("backspace", "u"), mark("Take the last one back."), _nothing_done),
    Command("sort.stop", mark("stop"), SORTING, lambda app: _place(app).stop(), ("enter", "escape", "q"), mark("Stop here; the rest stay unsorted and quiet."), footer=15),
    Command("app.help_sorting", mark("more"), SORTING, _help, ("?", "f1"), mark("The keys of this place.")),
)  # fmt: skip
