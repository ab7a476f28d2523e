"""What can be done to a concession and to what comes back for it."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import ReturnStatus
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamtui.tui.app import Kamtui
    from kamtui.tui.widgets.rows import Line

HERE = ("give",)
_ROW = needs_row("concession", "return")


def _no_open_return(app: "Kamtui") -> str | None:
    lines = chosen(app, "return")
    if not lines:
        return _("That is what we gave; d, r and c act on what comes back for it.")
    return None if all(line.record.status == "promised" for line in lines) else _("That return is closed already.")


async def _close(
    app: "Kamtui",
    rows: "Sequence[Line]",
    status: ReturnStatus,
    *,
    actual: str | None = None,
    reason: str | None = None,
) -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.concessions import close_return

        close_return(work, line.record.id, status, actual=actual, reason=reason)

    await to_each(app, ["return"], verb, rows=rows)


async def _met(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    line, rows = to_one(app, "return"), chosen(app, "return")
    actual = await ask_text(app, _("what came back"), start=line.record.target or "" if line else "")
    if actual is not None:
        await _close(app, rows, ReturnStatus.MET, actual=actual or None)


async def _other_outcome(app: "Kamtui") -> None:
    """For a return missed or waived; for a concession that nothing is asked for it."""
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    line, rows = to_one(app, "concession", "return"), chosen(app, "return")
    if line is None:
        return
    if line.key is not None and line.key[0] == "concession":
        concession_id = line.record.id
        why = await ask_text(app, _("nothing is asked for it, because"), needed=True)
        if why is None:
            return

        def verb(work: Any) -> None:
            from kamtui.services.concessions import waive_return_of

            waive_return_of(work, concession_id, why)

        await app.do(verb)
        return
    options = [
        Option(ReturnStatus.MISSED, _("missed: it did not come")),
        Option(ReturnStatus.WAIVED, _("waived: we let it go")),
    ]
    status = await app.ask(Choose(_("Not returned, but"), options))
    if status is None:
        return
    reason = await ask_text(app, _("reason"), needed=status is ReturnStatus.WAIVED)
    if reason is not None:
        await _close(app, rows, status, reason=reason or None)


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, "return")
    day = await ask_day(app, _("new date"))
    if day is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.concessions import edit_return

        edit_return(work, line.record.id, due=day)

    await to_each(app, ["return"], verb, rows=rows)


async def _in_writing(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    rows = chosen(app, "return")
    document = await ask_text(app, _("where it is written"), hint=_("a mail, a contract, a protocol"))
    if document is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.concessions import edit_return

        edit_return(work, line.record.id, written=True, document_ref=document or None)

    await to_each(app, ["return"], verb, rows=rows)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.concessions import delete_concession, delete_return

        entity, row_id = line.key
        (delete_concession if entity == "concession" else delete_return)(work, row_id)

    await to_each(app, ["concession", "return"], verb)


COMMANDS = (
    Command("return.met", mark("returned"), HERE, _met, ("d",), mark("It came back."), _no_open_return, footer=10),
    Command("return.outcome", mark("other outcome"), HERE, _other_outcome, ("D",),
            mark("Missed or waived; on a concession: nothing is asked for it."), _ROW, footer=15),
    Command("return.redate", mark("re-date"), HERE, _redate, ("r",), mark("Give the return another date."), _no_open_return, footer=20),
    Command("return.written", mark("customer agrees"), HERE, _in_writing, ("c",), mark("The customer has it in writing."), _no_open_return, footer=25),
    Command("give.delete", mark("delete entry"), HERE, _delete, ("x",), mark("Delete the entry; u brings it back."), _ROW),
)  # fmt: skip
