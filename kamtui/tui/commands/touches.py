"""What can be done to a touch, held or planned."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

HERE = ("timeline",)
_ROW = needs_row("touch")


def _not_planned(app: "Kamtui") -> str | None:
    lines = chosen(app, "touch")
    if not lines:
        return _("There is no touch under the cursor.")
    # What happened stands in the timeline as an event, which has no such state.
    planned = all(getattr(line.record, "status", "held") == "planned" for line in lines)
    return None if planned else _("That touch was held already.")


async def _hold(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.touches import hold_touch

        hold_touch(work, line.record.id)

    await to_each(app, ["touch"], verb)


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, "touch")
    day = await ask_day(app, _("new date"))
    if day is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.touches import edit_touch

        edit_touch(work, line.record.id, on=day)

    await to_each(app, ["touch"], verb, rows=rows)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.touches import delete_touch

        delete_touch(work, line.record.id)

    await to_each(app, ["touch"], verb)


COMMANDS = (
    Command("touch.hold", mark("was held"), HERE, _hold, ("d",), mark("What was planned was held; e notes what was said."), _not_planned, footer=10),
    Command("touch.redate", mark("re-date"), HERE, _redate, ("r",), mark("Move it to another day."), _ROW, footer=15),
    Command("touch.delete", mark("delete touch"), HERE, _delete, ("x",), mark("Delete the touch; u brings it back."), _ROW),
)  # fmt: skip
