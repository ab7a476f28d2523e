"""How a command does something to rows: to the marked ones or the one under the cursor, as one step, and again with `.`."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.tui import running

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.widgets.rows import Line

Verb = Callable[[Any, "Line"], object]


def chosen(app: "Kamtui", *entities: str) -> "list[Line]":
    """The marked rows of these entities, else the one under the cursor."""
    if app.rows is None:
        return []
    return [line for line in app.rows.chosen if line.key and line.key[0] in entities]


def needs_row(*entities: str) -> Callable[["Kamtui"], str | None]:
    """The reason why nothing can be done where no such row is under the cursor."""
    return lambda app: (
        None if chosen(app, *entities) else _("There is no row under the cursor that this can be done to.")
    )


async def to_each(
    app: "Kamtui", entities: Collection[str], verb: Verb, *, rows: "Sequence[Line] | None" = None, ends: bool = False
) -> bool:
    """Does it to every chosen row as one undo point; then the next row is under the cursor where this one is done. `.` does
    it again to another row. False where it was refused, or there was nothing to do it to.

    Who asked something first gives the `rows` that were chosen before: while a question stands, another window may write,
    and another row come under the cursor.

    What `ends` the rows shows the next one before it is written, since writing takes longer than a frame; the keys that
    follow wait for it all the same, and what was refused is under the cursor again.
    """
    lines = chosen(app, *entities) if rows is None else rows
    if not lines:
        app.tell(_("There is no row under the cursor that this can be done to."))
        return False

    def all_of_them(work: Any) -> None:
        for line in lines:
            verb(work, line)
        if more := len(lines) - 1:
            said = ngettext("{step}, and {count} more row", "{step}, and {count} more rows", more)
            work.label = said.format(step=work.label, count=more)

    place, stood = app.place, app.rows.key if app.rows is not None else None
    if ends and place is not None and place.go_on([line.key for line in lines if line.key]):
        await app.painted()
    written = await app.do(all_of_them)
    if written is None:
        if ends and app.rows is not None:
            app.rows.go_to(stood)
        return False
    if not written.changed:
        app.tell(_("{step}. That is so already.").format(step=written.label))
    running.keep(app, lambda again: to_each(again, entities, verb, ends=ends))
    if app.rows is not None:
        app.rows.mark(())
    if app.place is not None:
        app.place.after_action()
    return True


def to_one(app: "Kamtui", *entities: str) -> "Line | None":
    """The row under the cursor, where it is of these entities."""
    rows = app.rows
    if rows is None or rows.key is None or rows.key[0] not in entities:
        return None
    return rows.lines[rows.cursor]
