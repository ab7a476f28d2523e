"""Departments on the org map: how far each takes part in decisions."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.tui.commands.doing import to_one

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

NEW = -1


async def open_department(app: "Kamtui") -> None:
    """The form of the department of the person under the cursor; without one, of a department that is chosen, or of a new
    one."""
    from kamtui.store.reads.accounts import list_departments
    from kamtui.tui.commands.adding import form_of
    from kamtui.tui.dialogs.form import open_form

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    departments = app.session.read(list_departments, account_id)
    line = to_one(app, "person")
    theirs = line.record.person.department if line is not None else None
    chosen = next((row.id for row in departments if row.name == theirs), None)
    if chosen is None:
        chosen = await _choose(app, departments) if departments else NEW
    if chosen is None:
        return
    spec = form_of("department.DEPARTMENT")
    await open_form(app, spec, account_id=account_id, record_id=None if chosen == NEW else chosen)


async def _choose(app: "Kamtui", departments: "list[Any]") -> int | None:
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.forms import words
    from kamtui.tui.forms.spec import label_of

    options = [Option(row.id, row.name, note=label_of(words.PARTICIPATION, row.participation)) for row in departments]
    return await app.ask(Choose(_("Which department"), [*options, Option(NEW, _("a new one"))]))
