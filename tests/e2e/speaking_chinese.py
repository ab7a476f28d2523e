"""Goes through the command line and the whole app in Chinese and prints what still speaks English there, in a process of its
own since the language freezes at import. Every text of people is Chinese, so that an English word is ours; every word of every
list is used.

    python tests/e2e/speaking_chinese.py DATABASE TODAY
"""

import asyncio
import io
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from kamtui.domain.labels import NEED_STATE
from kamtui.domain.signals.model import Code
from kamtui.language import choose
from kamtui.store.tables.base import Word
from kamtui.store.workspace import Workspace

choose("zh")

from seat import Seat, open_seat, without_rests  # noqa: E402  what has texts is imported in the language that was chosen
from walk import Walk  # noqa: E402
from wild import spoil  # noqa: E402

from kamtui.cli.main import run  # noqa: E402
from kamtui.cli.root import NOUNS, Context, command  # noqa: E402

READS = {
    "list", "show", "grid", "coverage", "turns", "worksheet", "timeline", "today", "week", "chase", "portfolio", "log",
}  # fmt: skip
PANES = "1234567890"
MOST = 9  # records of a kind, and rows of a list, that are looked at
ACCOUNTS = (1, 5)
# Marks and keys are the same in both languages (SCREENS.md).
SAME = {
    *NEED_STATE.values(), *Code, "kamtui", "none", "ext", "enter", "up", "down", "left", "right", "esc", "tab", "space", "home",
    "end", "pgup", "pgdn", "ctrl", "shift", "alt", "backspace", "del",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z_]{3,}")
# What one types is the same too: a command and its option, a record by its number, a setting, a filter, a day.
_TYPED = re.compile(
    r"`[^`]*`|--[a-z-]+|signal\.[a-z._]+|signal explain|[a-z]+ ?[0-9]+$|[a-z]+:[<A-Za-z0-9_]+|, today|、fri、| sort$"
)


def use_every_word(workspace: Workspace) -> None:
    """Lets the records take turns through all words of every list, as far as the rules of the store let them."""
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as base:
        triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            base.execute(f'DROP TRIGGER "{name}"')
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                if not isinstance(column.type, Word) or column.primary_key:
                    continue
                turn = cycle(column.type.words)
                for (row,) in base.execute(f'SELECT rowid FROM "{table.name}"').fetchall():
                    with suppress(sqlite3.IntegrityError):
                        base.execute(
                            f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE rowid = ?', (next(turn), row)
                        )
        for _name, sql in triggers:
            base.execute(sql)


def english(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The English words of a screen, each with its line."""
    for line in lines:
        for word in _WORD.findall(_TYPED.sub("", line.strip())):
            if not word.isupper() and word.lower() not in SAME:
                yield word, line.strip()


async def all_screens(workspace: Workspace) -> dict[str, str]:
    """The English words that are met, each with where it was and its line."""
    found: dict[str, str] = {}

    def look(seat: Seat, where: str) -> None:
        for word, line in english([*seat.lines, *seat.toasts]):
            found.setdefault(word, f"{where}: {line}")

    async with open_seat(workspace, size=(180, 50)) as seat:
        walk = Walk(seat, look)

        async def to(place: str, account: int | None = None, pane: str = "1") -> None:
            await seat.app.go(place, account_id=account)
            await seat.settle()
            if place == "work":
                await seat.press(pane)

        accounts = [row for (row,) in seat.app.session.reader.execute("SELECT id FROM account ORDER BY id")]
        places = [
            ("today", None, ""),
            ("portfolio", None, ""),
            *(("work", id, pane) for id in accounts for pane in PANES),
        ]
        for where in places:
            await to(*where)
            for _row in range(min(len(seat.app.rows.lines), MOST) if seat.app.rows else 0):
                walk.look(f"{where}")
                await seat.press("j")
        # Commands come last: some take away what was there to be read.
        for where in places[: 2 + len(PANES)]:
            await to(*where)
            await walk.all_commands(partial(to, *where))
    return found


class _Window(io.StringIO):
    """A terminal that is written to."""

    def isatty(self) -> bool:
        return True

    def reconfigure(self, **_named: object) -> None:
        pass


def every_answer(workspace: Workspace) -> dict[str, str]:
    """The English words in what the commands say that only read, each with its command and its line."""
    found: dict[str, str] = {}

    def ask(*arguments: object) -> int:
        words = [str(argument) for argument in arguments]
        with redirect_stdout(_Window()) as out, redirect_stderr(_Window()) as err:
            code = run(["--lang", "zh", "--db", str(workspace.path), "--today", workspace.today.isoformat(), *words])
        for word, line in english([*out.getvalue().splitlines(), *err.getvalue().splitlines()]):
            found.setdefault(word, f"{' '.join(words)}: {line}")
        return code

    root = command()
    for noun in NOUNS.keys() - {"config"}:  # whose words are typed
        verbs = getattr(root.resolve_command(Context(root), [noun])[1], "commands", {})
        if noun in READS:
            assert ask(noun) == 0, noun
        for verb in READS & set(verbs):
            # Some want a number, and some numbers are of nobody: one that answers to none of these says nothing.
            answers = {ask(noun, verb), *(ask(noun, verb, row) for row in range(1, MOST))}
            assert 0 in answers, f"{noun} {verb}"
    return found


if __name__ == "__main__":
    workspace = Workspace(
        Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), today_is_set=True, program="test", who="高林"
    )
    use_every_word(workspace)
    spoil(workspace, ["文字"])
    with pytest.MonkeyPatch.context() as patch:
        without_rests(patch)
        found = {**every_answer(workspace), **asyncio.run(all_screens(workspace))}
    for word, where in sorted(found.items()):
        print(f"{word}\t{where}")
