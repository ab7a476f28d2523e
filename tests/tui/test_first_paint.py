"""What the first frame needs: it is drawn in a real terminal, and nothing heavy was imported for it (DESIGN §6)."""

import os
import sys

from terminal import Terminal

HEAVY = {
    "alembic", "charset_normalizer", "docx", "filelock", "jinja2", "openpyxl", "pydantic", "pypinyin", "rapidfuzz",
    "sqlalchemy", "sqlmodel", "tomlkit", "typer", "typst",
}  # fmt: skip
# The app as it opens, which ends at its first frame with rows and says what was imported by then.
SCRIPT = """
import sys
from pathlib import Path

from kamtui.cli import main
from kamtui.tui import app

def drawn(self):
    rows = self.rows
    if self.is_running and rows is not None and len(rows.lines) and self.screen._compositor.size.width:
        packages = sorted({name.partition(".")[0] for name in sys.modules})
        Path(sys.argv[1]).write_text(" ".join([*packages, *(name for name in sys.modules if name.startswith("kamtui."))]))
        self.exit(0)

app.Kamtui.post_display_hook = drawn
main.run(sys.argv[2:])
"""


def test_the_first_frame_imports_nothing_heavy(demo, tmp_path):
    said = tmp_path / "imported"
    command = [sys.executable, "-c", SCRIPT, str(said), "--db", str(demo.path), "--today", demo.today.isoformat()]
    with Terminal(command, env=os.environ, size=(140, 40)) as terminal:
        assert terminal.ends() == 0, terminal.text
    imported = set(said.read_text().split())
    assert "textual" in imported
    assert imported & HEAVY == set()
    # Every place but the first, every dialog and form is imported where it opens.
    assert {name for name in imported if name.startswith(("kamtui.tui.dialogs.", "kamtui.tui.forms."))} == set()
    assert {name.rpartition(".")[2] for name in imported if name.startswith("kamtui.tui.places.")} <= {
        "place", "queue_lines", "queue_view", "today",
    }  # fmt: skip
