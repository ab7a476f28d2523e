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
    "trouble": "trouble.ISSUE",
    "money": "contract.CONTRACT",
}
# What else a new record of these panes may be: `A` asks.
_OTHERS = {
    "trouble": (("trouble.ISSUE", mark("complaint")), ("trouble.INCIDENT", mark("incident"))),
    "facts": (
        ("fact.FACT", mark("fact")), ("review.REVIEW", mark("review")), ("review.CRITERION", mark("what they decide by")),
        ("department.DEPARTMENT", mark("department")), ("product_line.PRODUCT_LINE", mark("product line")),
    ),
    "money": (
        ("contract.CONTRACT", mark("contract")), ("contract.TERM", mark("term of the contract under the cursor")),
        ("money.ORDER", mark("order, invoice")), ("money.COST", mark("cost")),
    ),
    "timeline": (("touch.TOUCH", mark("touch, held")), ("touch.PLANNED", mark("planned meeting"))),
}  # fmt: skip
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
    "issue": "trouble.ISSUE",
    "incident": "trouble.INCIDENT",
    "contract": "contract.CONTRACT",
    "transaction": "money.ORDER",
    "cost": "money.COST",
    "review": "review.REVIEW",
    "decision_criterion": "review.CRITERION",
    "department": "department.DEPARTMENT",
    "product_line": "product_line.PRODUCT_LINE",
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


def _person_of_row(app: "Kamtui") -> int | None:
    """The person that a row of Today is about."""
    risk = getattr(app.rows.record, "risk", None) if app.rows else None
    return risk.subject_id if risk is not None and risk.subject == "person" else None


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
    from kamtui.tui.lines.trouble import ContractLine, IncidentLine, IssueLine

    first: dict[str, LineKind] = {
        "portfolio": AccountLine(),
        "first": AccountLine(),
        "map": PersonLine(),
        "needs": CaptureLine(CaptureKind.NEED),
        "obligations": ObligationLine(),
        "give": ConcessionLine(),
        "timeline": CaptureLine(otherwise=CaptureKind.TOUCH),
        "touch": CaptureLine(CaptureKind.TOUCH),
        "planned": CaptureLine(CaptureKind.PLANNED),
        "facts": FactLine(),
        "trouble": IssueLine(),
        "money": ContractLine(),
    }
    return (
        first.get(context, CaptureLine()),
        *([IncidentLine()] if context == "trouble" else []),
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
    at = At(app.session, account_id, _below(app) if context == "map" else None)
    dialog = AddLine(_kinds(context), at, kept.text, kind=kept.kind, picks=kept.picks)
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


def _below(app: "Kamtui") -> tuple[int, str] | None:
    """Whom a new person reports to: the one under the cursor, where they are of the company and still there."""
    person = _person_here(app)
    if person is None or person.external or person.left_on is not None:
        return None
    return person.id, person.name


async def line_with(
    app: "Kamtui", context: str, account_id: int | None, *, text: str = "", person: int | None = None
) -> None:
    """Asks for a line of a kind at an account, with a person and some words filled in."""
    from kamtui.store.reads.names import person_meant

    picks: dict[str, Any] = {}
    start = text
    found = None if person is None else app.session.read(person_meant, person)
    if found is not None and '"' not in found.name:
        start = f'@"{found.name}" {text}'
        picks[found.name] = found
    await _line(app, context, account_id, _Draft(start, 0, picks) if start else None)


async def _add(app: "Kamtui") -> None:
    await _line(app, _context(app), _account_here(app))


async def _touch(app: "Kamtui") -> None:
    person = _person_here(app)
    await line_with(app, "touch", _account_of_row(app), person=person.id if person else _person_of_row(app))
    if app.place is not None and app.place.place == "today":
        app.place.after_action()


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
    name = _NEW.get(context, "task.TASK")
    if others := _OTHERS.get(context):
        from kamtui.tui.dialogs.choose import Choose, Option

        chosen = await app.ask(Choose(_("What is new"), [Option(one, _(said)) for one, said in others]))
        if chosen is None:
            return
        name = chosen
    if name == "contract.TERM":
        if key is None or key[0] != "contract":
            app.tell(_("Stand on the contract whose term it is."))
            return
        await open_form(app, form_of(name), account_id=_account_here(app), of=key[1])
        return
    spec = form_of(name)
    start = _beside(app) if context == "map" else None
    await open_form(app, spec, account_id=_account_here(app), start=start, proposed=True)


def _beside(app: "Kamtui") -> "Texts | None":
    """A new person stands beside the one under the cursor."""
    from kamtui.tui.forms.spec import picked

    person = _person_here(app)
    if person is None or person.manager_id is None:
        return None
    return {"manager": picked(person.manager_id, person.manager), "department": person.department or ""}


def _to_edit(app: "Kamtui") -> "tuple[str, int] | None":
    """What is edited: the row under the cursor, of an event the record that it is of; else the account that one is at, as
    on a duty of its stage."""
    rows = app.rows
    key: Key | None = rows.key if rows else None
    account_id = _account_here(app)
    if rows is None or key is None or key[0] == "duty":
        return ("account", account_id) if account_id is not None else None
    entity, row_id = key
    if entity == "occurrence":
        return "obligation", rows.record.obligation_id
    if (event := getattr(rows.record, "event", None)) is not None and entity == f"{rows.record.entity}.{event}":
        entity, row_id = rows.record.entity, rows.record.id
    return {"signal": "account", "deferred": "issue"}.get(entity, entity), row_id


def _nothing_to_edit(app: "Kamtui") -> str | None:
    found = _to_edit(app)
    if found is None:
        return _("There is no row under the cursor.")
    if found[0] in {*_EDIT, "channel", "worksheet_row"}:
        return None
    if found[0] == "sort":
        return _("These are many accounts: K sorts them.")
    return _("A score is not edited here: `kamtui scorecard edit` changes it.")


async def _edit(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.form import open_form

    found = _to_edit(app)
    if found is None:
        return
    entity, row_id = found
    if entity == "channel":
        await _edit_channel(app, row_id)
        return
    if entity == "worksheet_row":
        await _edit_term(app)
        return
    name = _EDIT[entity]
    if entity == "touch":
        from kamtui.store.reads.touches import get_touch

        name = "touch.PLANNED" if app.session.read(get_touch, row_id).status == "planned" else name
    await open_form(app, form_of(name), record_id=row_id)


async def _edit_channel(app: "Kamtui", number: int) -> None:
    from kamtui.tui.dialogs.form import open_form
    from kamtui.tui.forms.trouble import channel_form

    account_id = _account_here(app)
    if account_id is not None and app.rows is not None:
        await open_form(app, channel_form(account_id, app.rows.record.kind), account_id=account_id, record_id=number)


async def _edit_term(app: "Kamtui") -> None:
    """The term of the worksheet in the newest contract; a new one where no contract has it yet."""
    from kamtui.store.reads.contracts import list_contracts
    from kamtui.tui.dialogs.form import open_form

    account_id = _account_here(app)
    row = app.rows.record if app.rows else None
    if account_id is None or row is None:
        return
    if row.terms:
        await open_form(app, form_of("contract.TERM"), account_id=account_id, record_id=row.terms[-1].id)
        return
    contracts = app.session.read(list_contracts, app.session.today, account_id)
    if not contracts:
        app.tell(_("There is no contract yet: 8 and a note one, then its terms stand here."))
        return
    spec = form_of("contract.TERM")
    await open_form(app, spec, account_id=account_id, of=contracts[0].id, start={"term": str(row.term)}, proposed=True)


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
