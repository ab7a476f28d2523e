"""What can be done to an obligation and its occurrences."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import Side
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.obligation_templates import TemplateRow
    from kamtui.store.reads.obligations import ObligationRow
    from kamtui.tui.app import Kamtui
    from kamtui.tui.dialogs.choose import Option
    from kamtui.tui.widgets.rows import Line

HERE = ("obligations",)
_ROW = needs_row("obligation")
_NEW_TEMPLATE = 0


def _nothing_open(app: "Kamtui") -> str | None:
    lines = chosen(app, "obligation")
    if not lines:
        return _("There is no obligation under the cursor.")
    if any(line.record.occurrence_id is None for line in lines):
        return _("Nothing of it is open: f starts it.")
    return None


def _occurrence(name: str, rows: "Sequence[Line] | None" = None, **fields: Any) -> Callable[["Kamtui"], Any]:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services import obligations

        getattr(obligations, name)(work, line.record.occurrence_id, **fields)

    return lambda app: to_each(app, ["obligation"], verb, rows=rows)


async def _done(app: "Kamtui") -> None:
    """It was done, with what shows that it was."""
    from kamtui.tui.dialogs.ask import ask_text

    rows = chosen(app, "obligation")
    evidence = await ask_text(app, _("done, seen by"), hint=_("a delivery note, a mail, a protocol; Enter for none"))
    if evidence is not None:
        await _occurrence("done_occurrence", rows, evidence=evidence.strip() or None)(app)


async def _other_outcome(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    options = [
        Option("miss_occurrence", _("missed: it will not be done any more")),
        Option("waive_occurrence", _("waived: not owed this time")),
    ]
    rows = chosen(app, "obligation")
    verb = await app.ask(Choose(_("Not done, but"), options))
    if verb is None:
        return
    reason = await ask_text(app, _("reason"), needed=verb == "waive_occurrence")
    if reason is not None:
        await _occurrence(verb, rows, reason=reason or None)(app)


async def _acknowledge(app: "Kamtui") -> None:
    from kamtui.tui.commands.map_moves import people_options
    from kamtui.tui.dialogs.choose import Choose

    line = to_one(app, "obligation")
    if line is None:
        return
    row: ObligationRow = line.record
    from kamtui.store.reads.obligations import get_obligation

    card = app.session.read(get_obligation, row.id, app.session.today)
    done = next((one for one in card.occurrences if one.status == "done" and one.acknowledged_by is None), None)
    if done is None:
        app.tell(_("Nothing of it waits for a word of theirs: d marks it done first."))
        return
    from kamtui.store.reads.people import list_people

    people = app.session.read(list_people, app.session.today, account_id=row.account_id)
    who = await app.ask(
        Choose(_("Who says that it was done"), people_options(app, [p for p in people if not p.placeholder]))
    )
    if who is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.obligations import acknowledge_occurrence

        acknowledge_occurrence(work, done.id, who)

    await app.do(verb)


async def _redate(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, "obligation")
    day = await ask_day(app, _("new date"))
    if day is not None:
        await _occurrence("redate_occurrence", rows, due=day)(app)


async def _turn(app: "Kamtui", side: Side) -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.obligations import edit_obligation

        edit_obligation(work, line.record.id, side=side)

    await to_each(app, ["obligation"], verb)


def _comes_by_itself(app: "Kamtui") -> str | None:
    line = to_one(app, "obligation")
    if line is None:
        return _("There is no obligation under the cursor.")
    if line.record.cadence not in {"per_order", "per_event", "none"}:
        return _("It comes by itself every {cadence}.").format(cadence=line.record.cadence)
    return None


async def _start(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    line = to_one(app, "obligation")
    subject = await ask_text(app, _("which one"), hint=_("an order or an event, as order 4471"))
    if line is None or subject is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.obligations import start_occurrence

        start_occurrence(work, line.record.id, subject=subject or None)

    await app.do(verb)


async def _template(app: "Kamtui") -> None:
    """The eight of the support checklist, or a template of one's own, in one step."""
    from kamtui.store.reads.obligation_templates import list_templates
    from kamtui.tui.dialogs.choose import Choose, Option

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    built_in = 0
    own = app.session.read(list_templates)
    options = [Option(row.id or built_in, row.name, note=str(len(row.items))) for row in own]
    template_id: int | None = built_in
    if len(options) > 1:
        template_id = await app.ask(Choose(_("Which template"), options))
    if template_id is None:
        return

    def verb(work: Any) -> Any:
        from kamtui.services.obligation_templates import apply_own_template
        from kamtui.services.obligations import apply_template

        if template_id == built_in:
            return apply_template(work, account_id)
        return apply_own_template(work, account_id, template_id)

    written = await app.do(verb)
    if written is not None and not written.changed:
        app.tell(_("All of that template is here already."))


async def _keep_as_template(app: "Kamtui") -> None:
    """The obligations of this account as a template for others."""
    from kamtui.store.reads.obligations import list_obligations
    from kamtui.tui.dialogs.ask import ask_text

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    rows = app.session.read(list_obligations, app.session.today, account_id=account_id)
    if not rows:
        app.tell(_("There is no obligation here to make a template of."))
        return
    name = await ask_text(
        app, _("name of the template"), needed=True, hint=_("{count} obligations").format(count=len(rows))
    )
    if name is None:
        return

    def verb(work: Any) -> Any:
        from kamtui.domain.obligation_template import TemplateLine
        from kamtui.services.obligation_templates import add_template

        lines = [
            TemplateLine(row.what, side=row.side, cadence=row.cadence, anchor=row.anchor, within=row.within)
            for row in rows
        ]
        return add_template(work, name, lines)

    await app.do(verb)


async def _edit_template(app: "Kamtui") -> None:
    """A template of one's own in its form, or a new one."""
    from kamtui.tui.commands.adding import form_of
    from kamtui.tui.dialogs.choose import Option
    from kamtui.tui.dialogs.form import open_form

    template_id = await _ask_own(app, Option(_NEW_TEMPLATE, _("a new template"), key="a"))
    if template_id is not None:
        await open_form(
            app, form_of("template.TEMPLATE"), record_id=None if template_id == _NEW_TEMPLATE else template_id
        )


async def _delete_template(app: "Kamtui") -> None:
    template_id = await _ask_own(app)
    if template_id is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.obligation_templates import delete_template

        delete_template(work, template_id)

    await app.do(verb)


async def _ask_own(app: "Kamtui", *others: "Option[int]") -> int | None:
    """Which of the templates of one's own; None where the person left."""
    from kamtui.tui.dialogs.choose import Choose, Option

    options = [
        Option(row.id, row.name, key=str(at), note=str(len(row.items))) for at, row in enumerate(_own(app), 1) if row.id
    ]
    return await app.ask(Choose(_("Which template"), [*options, *others]))


def _own(app: "Kamtui") -> "list[TemplateRow]":
    from kamtui.store.reads.obligation_templates import list_templates

    return [row for row in app.session.read(list_templates) if row.id is not None]


def _no_own_template(app: "Kamtui") -> str | None:
    return None if _own(app) else _("There is no template of your own yet; the eight stay as they are.")


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.obligations import delete_obligation

        delete_obligation(work, line.record.id)

    await to_each(app, ["obligation"], verb)


COMMANDS = (
    Command("obligation.done", mark("done"), HERE, _done, ("d",), mark("It was done, and what shows it; the next one follows by itself."),
            _nothing_open, footer=10),
    Command("obligation.outcome", mark("missed, waived"), HERE, _other_outcome, ("D",), mark("Missed, or waived with a reason."), _nothing_open, footer=15),
    Command("obligation.ack", mark("acknowledged"), HERE, _acknowledge, ("c",), mark("A person of the customer says that it was done."), _ROW, footer=20),
    Command("obligation.redate", mark("re-date"), HERE, _redate, ("r",), mark("Give the open one another date."), _nothing_open, footer=25),
    Command("obligation.ours", mark("ours"), HERE, lambda app: _turn(app, Side.OURS), (">",), mark("We owe it to them."), _ROW),
    Command("obligation.theirs", mark("theirs"), HERE, lambda app: _turn(app, Side.THEIRS), ("<",), mark("They owe it to us."), _ROW),
    Command("obligation.start", mark("start"), HERE, _start, ("f",), mark("Start one that an order or an event starts."), _comes_by_itself, footer=30),
    Command("obligation.template", mark("support checklist"), HERE, _template, (), mark("Add the eight of the support checklist.")),
    Command("obligation.keep", mark("keep as template"), HERE, _keep_as_template, (),
            mark("Make a template of this account's obligations, for others.")),
    Command("template.edit", mark("edit template"), HERE, _edit_template, (), mark("Change a template of your own, or make one line by line.")),
    Command("template.delete", mark("delete template"), HERE, _delete_template, (),
            mark("Delete a template of your own; the obligations that it made stay."), _no_own_template),
    Command("obligation.delete", mark("delete obligation"), HERE, _delete, ("x",), mark("Delete it with its history; u brings it back."), _ROW),
)  # fmt: skip
