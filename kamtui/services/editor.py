"""Long texts in the person's own editor, on a private file that is gone afterwards."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _


class NotTaken(BadInput):
    """The editor's text cannot be taken; `text` is what stood there, for who can offer it again."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


def edit_text(start: str, *, suffix: str = ".txt") -> str:
    """Opens the editor on a private file and returns what was written; the file is gone afterwards. Raises `NotTaken` where
    the editor says that it failed, or writes what is no UTF-8."""
    program = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not program:
        raise BadInput(_("No editor is set. Set VISUAL or EDITOR, or give the text as an argument."))
    with tempfile.TemporaryDirectory(prefix="kamtui-") as folder:
        path = Path(folder, f"text{suffix}")
        path.touch(mode=0o600)
        path.write_text(start, encoding="utf-8")
        ended = subprocess.run([*shlex.split(program), str(path)], check=False)
        written = path.read_text(encoding="utf-8", errors="backslashreplace").rstrip("\n")
        if ended.returncode:
            raise NotTaken(
                _("The editor ended with an error ({code}). Nothing was saved.").format(code=ended.returncode), written
            )
        if not _is_utf8(path.read_bytes()):
            raise NotTaken(_("The editor wrote a text that is not UTF-8. Nothing was saved."), written)
        return written


def _is_utf8(written: bytes) -> bool:
    try:
        written.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
