"""Long texts in the person's own editor, on a private file that is gone afterwards."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _


def edit_text(start: str, *, suffix: str = ".txt") -> str:
    """Opens the editor on a private file and returns what was written; the file is gone afterwards."""
    program = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not program:
        raise BadInput(_("No editor is set. Set VISUAL or EDITOR, or give the text as an argument."))
    with tempfile.TemporaryDirectory(prefix="kamtui-") as folder:
        path = Path(folder, f"text{suffix}")
        path.touch(mode=0o600)
        path.write_text(start, encoding="utf-8")
        ended = subprocess.run([*shlex.split(program), str(path)], check=False)
        if ended.returncode:
            raise BadInput(
                _("The editor ended with an error ({code}). Nothing was saved.").format(code=ended.returncode)
            )
        return path.read_text(encoding="utf-8").rstrip("\n")
