"""Long texts in the person's own editor: the app steps aside for as long as that is open."""

import os
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from kamtui.domain.errors import BadInput, why_not
from kamtui.language import gettext as _
from kamtui.services.editor import edit_text

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui


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
