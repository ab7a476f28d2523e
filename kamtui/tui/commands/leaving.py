"""Leaving a demo in which something was typed: kept as a database of one's own, or dropped."""

from typing import TYPE_CHECKING

from kamtui.language import gettext as _

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui


async def leave_demo(app: "Kamtui") -> None:
    """Asks where anything would be lost, and leaves; Esc stays."""
    if not app.typed or app.keep_at is None:
        app.leave()
        return
    from kamtui.tui.dialogs.choose import Choose, Option

    path = app.keep_at
    there = _("there is a database already: {path}").format(path=path) if path.exists() else ""
    options = [
        Option("keep", _("keep it as my database"), key="y", note=str(path), disabled_because=there),
        Option("drop", _("drop it"), key="n", note=_("what you typed is gone")),
    ]
    answer = await app.ask(Choose(_("This is the demo, and you typed something. Keep it as your database?"), options))
    if answer == "drop":
        app.leave()
    elif answer == "keep":
        from rich.text import Text

        from kamtui.domain.text import visible
        from kamtui.store.backup import copy_database

        source = app.session.workspace.path
        await app.session.in_writer(lambda: copy_database(source, path))
        app.exit(0, message=Text(visible(_("Kept as {path}. `kamtui` opens it.").format(path=path))))
