"""Long texts in the person's own editor: the app steps aside for as long as that is open."""

import os
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from kamtui.domain.errors import BadInput, why_not
from kamtui.language import gettext as _
from kamtui.services.editor import NotTaken, edit_text
from kamtui.tui import running

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

_EDITOR = "editor"


def draft_in_editor(app: "Kamtui", text: str, *, about: object) -> str:
    """As `in_editor`, for the text of a record: what was written there last and was not taken stands there instead of
    `text`, and what is written now is kept until the command has saved it."""
    kept = running.draft(app, _EDITOR, about)
    try:
        written = in_editor(app, text if kept is None else kept)
    except NotTaken as error:
        if error.text != text:
            running.keep_draft(app, _EDITOR, error.text, about)
        raise
    running.keep_draft(app, _EDITOR, written, about)
    return written


def drop_draft(app: "Kamtui", *, about: object) -> None:
    """What was written in the editor says nothing new, and need not be kept."""
    running.keep_draft(app, _EDITOR, None, about)


def in_editor(app: "Kamtui", text: str, *, suffix: str = ".txt") -> str:
    """What the person made of a text in $VISUAL or $EDITOR. Raises `BadInput` with a sentence where that cannot be."""
    program = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not program:
        raise BadInput(_("No editor is set: VISUAL or EDITOR names one. What you typed is kept."))
    try:
        with app.suspend():
            return edit_text(text, suffix=suffix)
    except SuspendNotSupported:
        raise BadInput(_("This terminal cannot make room for an editor. What you typed is kept.")) from None
    except (OSError, ValueError) as error:
        why = why_not(error) if isinstance(error, OSError) else type(error).__name__
        raise BadInput(
            _("The editor “{program}” could not be used ({why}). What you typed is kept.").format(
                program=program, why=why
            )
        ) from None
    finally:
        app.refresh(layout=True)
