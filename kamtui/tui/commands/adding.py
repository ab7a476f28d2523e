"""Adding in one line, the form, editing: what follows from the pane that has the keyboard."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui
    from kamtui.tui.forms.spec import FormSpec, Texts
    from kamtui.tui.lines.line import LineKind
    from kamtui.tui.widgets.rows import Key

ALWAYS = ("everywhere",)
# The form of a new record by the context, and of one that is there by its entity, as `module.NAME` of `tui/forms`.
_NEW = {
    "today": "task.TASK",
    "portfolio": "account.ACCOUNT",
    "first": "account.ACCOUNT",
    "map": "person.PERSON",
    "needs": "need.NEED",
    "obligations": "obligation.OBLIGATION",
    "tasks": "task.TASK",
    "give": "give.CONCESSION",
    "timeline": "touch.TOUCH",
    "facts": "fact.FACT",
}
_EDIT = {
    "task": "task.TASK",
    "occurrence": "obligation.OBLIGATION",
    "touch": "touch.TOUCH",
    "account": "account.ACCOUNT",
    "person": "person.PERSON",
    "need": "need.NEED",
    "obligation": "obligation.OBLIGATION",
    "concession": "give.CONCESSION",
    "return": "give.RETURN",
    "fact": "fact.FACT",
}


class _Draft(NamedTuple):
    text: str
    kind: int
    picks: Mapping[str, Any]


_drafts: "WeakKeyDictionary[Kamtui, dict[tuple[str, int | None], _Draft]]" = WeakKeyDictionary()


def form_of(name: str) -> "FormSpec":
    """A form by its place, `task.TASK`: a module of forms is imported when the first of its forms opens."""
    module, _point, constant = name.partition(".")
    spec: FormSpec = getattr(import_module(f"kamtui.tui.forms.{module}"), constant)
    return spec


def _context(app: "Kamtui") -> str:
    contexts = app.contexts()
    return contexts[0] if contexts else "everywhere"


def _account_here(app: "Kamtui") -> int | None:
    """The account of the place. On Today and in the portfolio the cursor always stands on some row: that is no place."""
    return app.whereabouts.account_id if "work" in app.contexts() else None


def _account_of_row(app: "Kamtui") -> int | None:
    """The account of the place, else of the row under the cursor."""
    if (account_id := _account_here(app)) is not None:
        return account_id
    rows = app.rows
    if rows is None or rows.key is None:
        return None
    return rows.key[1] if rows.key[0] == "account" else getattr(rows.record, "account_id", None)


def _person_here(app: "Kamtui") -> Any:
    """The person under the cursor of the map."""
    key = app.rows.key if app.rows else None
    return getattr(app.rows.record, "person", None) if app.rows and key and key[0] == "person" else None


# The line


def _kinds(context: str) -> "Sequence[LineKind]":
    """What a line may be: first what the pane holds, then everything else that one line can say."""
    from kamtui.domain.capture import CaptureKind
    from kamtui.domain.enums import NeedKind
    from kamtui.tui.lines.captured import CaptureLine
    from kamtui.tui.lines.records import AccountLine, ConcessionLine, FactLine, ObligationLine, PersonLine

    first: dict[str, LineKind] = {
        "portfolio": AccountLine(),
        "first": AccountLine(),
        "map": PersonLine(),
        "needs": CaptureLine(CaptureKind.NEED),
        "obligations": ObligationLine(),
        "give": ConcessionLine(),
        "timeline": CaptureLine(otherwise=CaptureKind.TOUCH),
        "touch": CaptureLine(CaptureKind.TOUCH),
        "facts": FactLine(),
    }
    return (
        first.get(context, CaptureLine()),
        CaptureLine(CaptureKind.TASK),
        CaptureLine(CaptureKind.TOUCH),
        CaptureLine(CaptureKind.PLANNED),
        CaptureLine(CaptureKind.NEED, need_kind=NeedKind.IMPLICIT),
        CaptureLine(CaptureKind.NEED, need_kind=NeedKind.EXPLICIT),
    )


async def _line(app: "Kamtui", context: str, account_id: int | None, draft: _Draft | None = None) -> None:
    """Asks for a line; after Ctrl+O goes on in its form, and keeps the line where that is left."""
    from kamtui.tui.dialogs.adding import AddLine
    from kamtui.tui.dialogs.form import open_form, show_record
    from kamtui.tui.lines.line import At

    drafts = _drafts.setdefault(app, {})
    kept = drafts.pop((context, account_id), None) or draft or _Draft("", 0, {})
    dialog = AddLine(_kinds(context), At(app.session, account_id), kept.text, kind=kept.kind, picks=kept.picks)
    text = await app.ask(dialog) or ""
    key = dialog.key
    if dialog.wants_form and dialog.understood is not None:
        known = dialog.understood
        key = await open_form(app, known.spec, account_id=known.account_id, start=known.start)
    elif key is not None:
        show_record(app, key)
    if key is None and text.strip() and (draft is None or text != draft.text):
        drafts[context, account_id] = _Draft(text, dialog.kind, dialog.picks)
        app.tell(_("Kept as a draft; the same key offers it again."))


async def _add(app: "Kamtui") -> None:
    await _line(app, _context(app), _account_here(app))


async def _touch(app: "Kamtui") -> None:
    account_id = _account_of_row(app)
    person = _person_here(app)
    draft = None
    if person is not None and '"' not in person.name:
        from kamtui.store.reads.names import NameMatch, Way

        match = NameMatch("person", person.id, person.name, person.account_id, person.account, person.title, Way.EXACT)
        draft = _Draft(f'@"{person.name}" ', 0, {person.name: match})
    await _line(app, "touch", account_id, draft)


# The form


async def _form(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.form import open_form

    context = _context(app)
    key = app.rows.key if app.rows else None
    if context == "give" and key is not None:
        # Whoever stands on a concession adds what comes back for it; on a return, one more for the same.
        of = key[1] if key[0] == "concession" else app.rows.record.concession_id if app.rows else None
        await open_form(app, form_of("give.RETURN"), account_id=_account_here(app), of=of)
        return
    spec = form_of(_NEW.get(context, "task.TASK"))
    await open_form(app, spec, account_id=_account_here(app), start=_beside(app) if context == "map" else None)


def _beside(app: "Kamtui") -> "Texts | None":
    """A new person stands beside the one under the cursor."""
    from kamtui.tui.forms.spec import picked

    person = _person_here(app)
    if person is None or person.manager_id is None:
        return None
    return {"manager": picked(person.manager_id, person.manager), "department": person.department or ""}


def _to_edit(app: "Kamtui") -> "tuple[str, int] | None":
    """What is edited: the row under the cursor, else the account that one is at."""
    rows = app.rows
    key: Key | None = rows.key if rows else None
    if rows is not None and key is not None:
        return ("obligation", rows.record.obligation_id) if key[0] == "occurrence" else key
    account_id = _account_here(app)
    return ("account", account_id) if account_id is not None else None


def _nothing_to_edit(app: "Kamtui") -> str | None:
    found = _to_edit(app)
    if found is None:
        return _("There is no row under the cursor.")
    return (
        None
        if found[0] in _EDIT
        else _("Money is not edited here: it comes from imports, or `kamtui transaction edit`.")
    )


async def _edit(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.form import open_form

    found = _to_edit(app)
    if found is None:
        return
    entity, row_id = found
    name = _EDIT[entity]
    if entity == "touch":
        from kamtui.store.reads.touches import get_touch

        name = "touch.PLANNED" if app.session.read(get_touch, row_id).status == "planned" else name
    await open_form(app, form_of(name), record_id=row_id)


def _no_data(app: "Kamtui") -> str | None:
    """Before there is a database an account can be added, and nothing else."""
    if app.session.is_there or _context(app) in {"first", "portfolio"}:
        return None
    return _("There is no account yet: a in the portfolio adds one.")


COMMANDS = (
    Command("add.line", mark("add"), ALWAYS, _add, ("a",),
            mark("Add one line: what this pane holds, or a task, a touch, a plan, a need."), _no_data, footer=50),
    Command("add.form", mark("add, form"), ALWAYS, _form, ("A",),
            mark("Add with a form; in the map beside the person, in give/get what comes back."), _no_data),
    Command("add.touch", mark("touch"), ALWAYS, _touch, ("t",),
            mark("Log a touch in one line; in the map with the person under the cursor."), _no_data),
    Command("row.edit", mark("edit"), ALWAYS, _edit, ("e",),
            mark("A short form of what is under the cursor; Ctrl+O shows all its fields."), _nothing_to_edit, footer=55),
)  # fmt: skip
