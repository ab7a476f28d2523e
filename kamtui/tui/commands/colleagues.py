"""Our own people: who of us there is, noted and changed from anywhere."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

ALWAYS = ("everywhere",)
_NEW = 0


def _no_data(app: "Kamtui") -> str | None:
    return None if app.session.is_there else _("There is no account yet: a in the portfolio adds one.")


def _only_me(app: "Kamtui") -> str | None:
    if reason := _no_data(app):
        return reason
    (there,) = app.session.reader.execute("SELECT EXISTS (SELECT 1 FROM colleague WHERE is_me = 0)").fetchone()
    return None if there else _("There is no colleague yet: the command “our people” notes one.")


async def _edit(app: "Kamtui") -> None:
    """One of us in the form, or a new one."""
    from kamtui.tui.commands.adding import form_of
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.dialogs.form import open_form

    options = [*_people(app), Option(_NEW, _("a new colleague"), key="a")]
    colleague_id = await app.ask(Choose(_("Who of us"), options))
    if colleague_id is not None:
        record_id = None if colleague_id == _NEW else colleague_id
        await open_form(app, form_of("colleague.COLLEAGUE"), record_id=record_id)


async def _delete(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.choose import Choose

    colleague_id = await app.ask(Choose(_("Which colleague"), _people(app, but_me=True)))
    if colleague_id is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.colleagues import delete_colleague

        delete_colleague(work, colleague_id)

    await app.do(verb)


def _people(app: "Kamtui", *, but_me: bool = False) -> list[Any]:
    from kamtui.store.reads.colleagues import list_colleagues
    from kamtui.tui.dialogs.choose import Option

    ours = [one for one in app.session.read(list_colleagues) if not (but_me and one.is_me)]
    return [
        Option(one.id, one.name, key=str(at), note=_("me") if one.is_me else one.skills or "")
        for at, one in enumerate(ours, 1)
    ]


COMMANDS = (
    Command("colleague.edit", mark("our people"), ALWAYS, _edit, (), mark("Note a colleague, or change what is known of one."), _no_data),
    Command("colleague.delete", mark("delete colleague"), ALWAYS, _delete, (),
            mark("Delete a colleague who has nothing any more; u brings them back."), _only_me),
)  # fmt: skip
