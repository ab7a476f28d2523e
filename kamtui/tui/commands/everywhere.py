"""What can be done in every place: go, move, find, undo, ask for help."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kamtui.domain.errors import KamtuiError
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.glance import first_account
from kamtui.tui import running
from kamtui.tui.registry import Command

# `kamtui config keys` and the keys page read the tables without a screen: Textual stays where something is done.
if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.place import Place
    from kamtui.tui.widgets.paper import Paper
    from kamtui.tui.widgets.rows import Rows

ALWAYS = ("everywhere",)
READING = (*ALWAYS, "brief")  # what also works over a brief, which has its own ways out and sections
SHARED = (*READING, "discreet", "discreet_brief")  # what also works where the customer looks on: it shows nothing new
ROWS = (*ALWAYS, "discreet")
_MANY = 20  # rows from which an undo wants a yes


def _pane(app: "Kamtui") -> "Rows | Paper | None":
    from kamtui.tui.widgets.paper import Paper
    from kamtui.tui.widgets.rows import Rows

    return app.focused if isinstance(app.focused, Rows | Paper) else None


def _move(app: "Kamtui", steps: int) -> None:
    if pane := _pane(app):
        pane.move(steps)


def _move_page(app: "Kamtui", direction: int) -> None:
    if pane := _pane(app):
        pane.move_page(direction)


def _go_to_end(app: "Kamtui", direction: int) -> None:
    if pane := _pane(app):
        pane.go_to_end(direction)


def _mark(app: "Kamtui") -> None:
    if app.rows is not None:
        app.rows.mark()
        app.rows.move(1)


async def go_to_account(app: "Kamtui") -> None:
    """The account that was open last, else the one under the cursor."""
    if app.whereabouts.account_id is None:
        record = app.rows.record if app.rows else None
        app.whereabouts.account_id = getattr(record, "account_id", None) or app.session.read(first_account)
    await app.go("work")


def _no_account(app: "Kamtui") -> str | None:
    if app.whereabouts.account_id is None and app.session.is_there and app.session.read(first_account) is None:
        return _("There is no account yet: a in the portfolio adds one.")
    return None


async def _undo(app: "Kamtui") -> None:
    from kamtui.store.history import next_undo, undo

    step = app.session.read(next_undo)
    if step is None:
        app.tell(_("There is nothing to undo."))
        return
    foreign = step.program != app.session.workspace.program
    if (step.changes > _MANY or foreign) and not await _sure(
        app,
        ngettext(
            "Undo “{label}” ({count} row, by {program})?", "Undo “{label}” ({count} rows, by {program})?", step.changes
        ).format(label=step.label, count=step.changes, program=called(step.program)),
    ):
        return
    done = await app.session.in_writer(lambda: undo(app.session.workspace, expecting=step.id))
    app.reload()
    app.tell(_("Undone: {step}. Ctrl+R brings it back").format(step=done[0].label))


async def _redo(app: "Kamtui") -> None:
    from kamtui.store.history import redo

    done = await app.session.in_writer(lambda: redo(app.session.workspace))
    app.reload()
    app.tell(_("Done again: {step}. u undoes").format(step=done[0].label))


async def _sure(app: "Kamtui", question: str) -> bool:
    from kamtui.tui.dialogs.confirm import Confirm

    answer: bool | None = await app.ask(Confirm(question))
    return bool(answer)


async def _quit(app: "Kamtui") -> None:
    place = app.place
    there = False
    with suppress(KamtuiError):  # a file that cannot be read any more keeps nobody here
        there = app.session.is_there
    if place is not None and place.place not in {"today", "first", "discreet"} and there:
        await app.go("today")
    elif app.demo:
        from kamtui.tui.commands.leaving import leave_demo

        await leave_demo(app)
    else:
        app.leave()


async def _back(app: "Kamtui") -> None:
    place = app.place
    if app.rows is not None and app.rows.marked:
        app.rows.mark(())
    elif place is not None:
        await place.back()


async def _filter(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.line import LineDialog

    place = app.place
    if place is None:
        return
    before = " ".join(place.words)
    hint = _(place.filter_hint) if place.filter_hint else ""
    dialog = LineDialog(_("filter"), before, on_change=lambda text: place.filter(tuple(text.split())), hint=hint)
    found = await app.ask(dialog)
    place.filter(tuple((before if found is None else found).split()))


async def _palette(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.palette import Palette, follow

    if chosen := await app.ask(Palette(app)):
        await follow(app, chosen)


async def _help(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.help import Help

    contexts = app.contexts()
    await app.ask(Help(app.registry, contexts, app.registry.disabled(app, contexts)))


async def _actions(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.actions import Actions

    if command := await app.ask(Actions(app)):
        app.call_later(app.perform, command)


def _no_repeat(app: "Kamtui") -> str | None:
    if app.repeatable is not None:
        return app.repeatable.reason_not(app)
    return _("The last change is not one of a row, which could be done to another.") if app.typed else _(
        "There is nothing to repeat yet."
    )  # fmt: skip


async def _repeat(app: "Kamtui") -> None:
    if (again := app.repeatable) is not None:
        running.begin(app, again.command)
        await again.act(app)


async def _theme(app: "Kamtui") -> None:
    """The colours, at once and for the next start."""
    from kamtui.services.settings_file import write_setting
    from kamtui.tui.dialogs.choose import Choose, Option

    names = {"dark": _("dark"), "light": _("light"), "ansi": _("the terminal's own colours")}
    options = [Option(name, said) for name, said in names.items()]
    theme = await app.ask(Choose(_("Colours"), options, now={app.theme}))
    if theme is not None:
        app.theme = theme
        write_setting("theme", theme)


def _copy(app: "Kamtui") -> None:
    place = app.place
    text = place.copy_text() if place else ""
    if text:
        app.copy_to_clipboard(text)
        app.tell(_("Copied: {text}").format(text=text.splitlines()[0][:60]))


def _in_place(verb: "Callable[[Place], Any]") -> Callable[["Kamtui"], Any]:
    """Something that each place does in its own way."""
    return lambda app: verb(app.place) if app.place is not None else None


COMMANDS = (
    Command("go.today", mark("Today"), READING, lambda app: app.go("today"), ("T", "f2"),
            mark("Go to Today: the queue over all accounts.")),
    Command("go.portfolio", mark("Portfolio"), READING, lambda app: app.go("portfolio"), ("P", "f3"),
            mark("Go to the portfolio: all accounts.")),
    Command("go.work", mark("Work"), READING, go_to_account, ("W", "f4"),
            mark("Go to the account that was open last."), why_not=_no_account),
    Command("row.open", mark("open it"), ROWS, _in_place(lambda place: place.open_row()), ("enter",),
            mark("Open what is under the cursor."), footer=60),
    Command("row.filter", mark("filter"), ROWS, _filter, ("/",),
            mark("Show only the rows that hold some words."), footer=80),
    Command("app.palette", mark("find"), READING, _palette, (":", "ctrl+p"),
            mark("Find any record and any command by a few letters."), footer=90),
    Command("app.help", mark("more"), SHARED, _help, ("?", "f1"), mark("The keys of this place."), footer=99),
    Command("app.actions", mark("actions"), SHARED, _actions, ("f5",),
            mark("A numbered list of what can be done here.")),
    Command("app.undo", mark("undo"), READING, _undo, ("u",), mark("Take back the last step, also one of another day.")),
    Command("app.redo", mark("redo"), READING, _redo, ("ctrl+r",), mark("Bring back what was undone.")),
    Command("app.repeat", mark("repeat"), ALWAYS, _repeat, (".",),
            mark("Do the last change again, to the row under the cursor."), why_not=_no_repeat),
    Command("app.sort", mark("sort again"), ALWAYS, _in_place(lambda place: place.sort_again()), ("ctrl+l",),
            mark("Sort again, and read everything anew.")),
    Command("app.theme", mark("colours"), ALWAYS, _theme, (), mark("Dark, light, or the terminal's own colours.")),
    Command("row.mark", mark("mark"), ALWAYS, _mark, ("space",), mark("Mark the row; what follows is done to all marked ones.")),
    Command("row.copy", mark("copy"), ROWS, _copy, ("y",), mark("Copy what is under the cursor.")),
    Command("row.view", mark("view"), ALWAYS, _in_place(lambda place: place.next_view()), ("v",),
            mark("The next way to look at it."), footer=70),
    Command("row.up", mark("up"), SHARED, lambda app: _move(app, -1), ("k", "up"),
            mark("The row above.")),
    Command("row.down", mark("down"), SHARED, lambda app: _move(app, 1), ("j", "down"),
            mark("The row below.")),
    Command("row.left", mark("fold, left"), ALWAYS, _in_place(lambda place: place.sideways(-1)), ("h", "left"),
            mark("Fold, or go left.")),
    Command("row.right", mark("unfold, right"), ALWAYS, _in_place(lambda place: place.sideways(1)), ("l", "right"),
            mark("Unfold, or go right.")),
    Command("row.first", mark("first"), SHARED, lambda app: _go_to_end(app, -1), ("g", "home"),
            mark("The first row.")),
    Command("row.last", mark("last"), SHARED, lambda app: _go_to_end(app, 1), ("G", "end"),
            mark("The last row.")),
    Command("row.page_up", mark("page up"), SHARED, lambda app: _move_page(app, -1), ("pageup",),
            mark("One screen up.")),
    Command("row.page_down", mark("page down"), SHARED, lambda app: _move_page(app, 1), ("pagedown",),
            mark("One screen down.")),
    Command("pane.next", mark("next pane"), ALWAYS, _in_place(lambda place: place.next_pane(1)), ("tab",),
            mark("Give the keyboard to the next pane.")),
    Command("pane.before", mark("pane before"), ALWAYS, _in_place(lambda place: place.next_pane(-1)), ("shift+tab",),
            mark("Give the keyboard to the pane before.")),
    Command("row.back", mark("back"), ROWS, _back, ("escape",), mark("One level back.")),
    Command("app.quit", mark("quit"), ROWS, _quit, ("q",), mark("To Today; from there, leave.")),
)  # fmt: skip
