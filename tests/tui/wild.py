"""A database in which every text is hostile, and what may be written to a terminal all the same."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path

from sqlalchemy import CheckConstraint, Text
from sqlmodel import SQLModel

import kamtui.store.tables  # noqa: F401  the models register themselves
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
# What is text to SQLite and nobody's words: keys, instants, codes, periods.
_NO_WORDS = {
    "uid", "created_at", "updated_at", "archived_at", "code", "key", "currency", "cadence", "repeat", "at_time",
    "external_ref", "setting", "stage_decision_unmet", "signal_state.subject", "stage_check.item", "colleague.level",
}  # fmt: skip
# Where people's words stand, and how many characters they may have there.
TEXTS: dict[str, dict[str, int]] = {"point": {"label": 1000}}
for _table in SQLModel.metadata.sorted_tables:
    for _column in _table.columns:
        # An enum and a day have types of their own.
        where = {_table.name, f"{_table.name}.{_column.name}", _column.name}
        if type(_column.type) is Text and not where & _NO_WORDS:
            rules = (str(rule.sqltext) for rule in _table.constraints if isinstance(rule, CheckConstraint))
            is_name = any(f"length({_column.name}) BETWEEN 1 AND 200" in rule for rule in rules)
            TEXTS.setdefault(_table.name, {})[_column.name] = 200 if is_name else 1000
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
