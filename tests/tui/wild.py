"""A database in which every text is hostile, and what may be written to a terminal all the same."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path

from kamtui.domain.text import visible
from kamtui.services.doctor import repair
from kamtui.store.workspace import Workspace

# TRAPS.md, "Any text". SQLite keeps neither half a character nor, for length(), what follows a NUL.
TRAPS = (
    "[/]", "[/bold]", "[@click=app.quit]x[/]", "[link='file:///etc/passwd']hi[/link]", "Acme [EMEA]", "x\\", "[b +",
    "\x1b[2Jesc", "\x1b]52;c;aGVsbG8=\x07osc", "\x9b31mc1", "\x1b]0;title\x07bel", "\u202eoverride", "\u200bzero\ufeffwidth",
    "a\u2066b\u2069", "👩\u200d👩\u200d👧 family", "e\u0301 combining", "名" * 100, "W" * 190, "tab\there", "line\nend", "\r\nreturn",
    "ｆｕｌｌ？：、", "$v {x} %s %(y)s", "'\"--", "¡ambiguous… “quotes” ─│",
)  # fmt: skip
LONG = "".join(f"{number:05} " for number in range(1700))  # 10,000 characters
# Where people's words stand, and how long they may be there.
TEXTS: dict[str, dict[str, int]] = {
    "account": {"name": 200, "note": 100_000}, "account_alias": {"value": 200}, "account_tag": {"value": 200},
    "colleague": {"name": 200, "skills": 200, "mail": 200},
    "concession": {"what": 1000, "approved_by": 200, "return_waived_because": 1000, "note": 100_000},
    "contact_point": {"value": 200}, "cost": {"note": 100_000}, "department": {"name": 200},
    "fact": {"text": 100_000, "source": 200}, "influence_edge": {"note": 1000},
    "interaction": {"purpose": 1000, "ask": 1000, "commitment": 1000, "summary": 100_000, "next_step": 1000},
    "need": {"verbatim": 100_000, "unit": 200, "implication": 1000, "payoff": 1000, "next_question": 1000},
    "need_event": {"customer_words": 1000, "note": 1000}, "obligation": {"what": 1000, "note": 100_000},
    "occurrence": {"subject": 200, "evidence": 1000, "reason": 1000},
    "person": {"name": 200, "title": 200, "win": 1000, "note": 100_000}, "person_alias": {"value": 200},
    "point": {"label": 1000}, "product_line": {"name": 200}, "return_commitment": {"measure": 1000, "reason": 1000},
    "task": {"what": 1000, "note": 100_000}, "transaction": {"note": 100_000},
}  # fmt: skip
# What Textual itself writes: styles, moves of the cursor, modes, questions, the title, the pointer's shape, the clipboard.
_OURS = re.compile(
    r"\x1b\[[0-9;:]*[mHJ]|\x1b\[\?[0-9;]+[hl]|\x1b\[[<>=?][0-9;]*\$?[a-zA-Z]|\x1b\](?:0|22);[^\x00-\x1f\x7f-\x9f]*\x07"
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\r?\n"
)
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def hostile_in(written: str) -> list[str]:
    """What was written to a terminal and is neither printable nor a sequence of Textual's own, with what is around it."""
    rest = _OURS.sub("", written)
    return [rest[max(0, found.start() - 30) : found.end() + 30] for found in _HOSTILE.finditer(rest)]


def naughty(folder: Path) -> list[str]:
    """The Big List of Naughty Strings, where it is; without what SQLite cannot keep."""
    path = folder / "blns" / "blns.json"
    texts = json.loads(path.read_text()) if path.is_file() else []
    return [text for text in texts if text.strip() and text.isprintable() | (len(text) < 1000) and "\x00" not in text]


def spoil(workspace: Workspace, texts: Sequence[str]) -> None:
    """Puts hostile words in the place of every text of a portfolio, past the door on the way in: an older version, or
    another program, may have let them in. Each is told from the others by a number in front."""
    turn = cycle(texts)
    number = 0
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            base.execute(f'DROP TRIGGER "{name}"')
        for table, columns in TEXTS.items():
            for (row,) in base.execute(f'SELECT rowid FROM "{table}"').fetchall():
                for column, longest in columns.items():
                    number += 1
                    with suppress(sqlite3.IntegrityError):
                        text = f"{number} {next(turn)}"[:longest]
                        base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (text, row))
        base.execute("UPDATE account SET note = ? WHERE id = 1", (LONG,))
        for _name, sql in triggers:
            base.execute(sql)
        base.execute("COMMIT")
    repair(workspace)


def words_of(text: str) -> Iterator[str]:
    """The words of a text as the screen shows them, which wraps and cuts between them."""
    yield from visible(text).split()
