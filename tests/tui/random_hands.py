"""Hands that press any key, and what must hold afterwards: for the tests (some hundred keys) and for
`tests/bench/random_keys.py` (twenty thousand)."""

import random
from contextlib import closing
from sqlite3 import connect
from typing import Any

from seat import Seat

from kamtui.services.doctor import examine
from kamtui.store.history import next_undo, undo
from kamtui.store.sqlite.changelog import content_tables
from kamtui.store.workspace import Workspace

# What people press most, then everything else; `q` leaves, and is pressed only where a place stands before Today.
OFTEN = [
    *"jjjjkkkGg",
    "enter",
    "enter",
    "enter",
    "escape",
    "escape",
    "escape",
    "tab",
    "down",
    "up",
    "pagedown",
    "space",
]
LETTERS = [
    *"adDrsowWTPtuevbcnmxKOHSIRLMAEfzhl.123456789",
    "ctrl+r",
    "ctrl+l",
    "f2",
    "f3",
    "f4",
    "f5",
    "f1",
    "/",
    ":",
    "?",
]
SIGNS = [
    *"+-<>[];,!@=#%$&(){}|~^*",
    "left",
    "right",
    "home",
    "end",
    "backspace",
    "delete",
    "ctrl+s",
    "ctrl+t",
    "ctrl+o",
]
TYPED = ["fri", "+2w", "12-01", "张伟", "Acme [EMEA]", "[/]", "y", "call Li Ming tomorrow", "3", "T1", "ｄ", "ы", "？"]


class Hands:
    """Presses keys by chance, the same for the same seed."""

    def __init__(self, seat: Seat, seed: int) -> None:
        self.seat = seat
        self.chance = random.Random(seed)
        self.pressed: list[str] = []

    async def press(self, count: int) -> None:
        """Presses so many keys; what breaks is raised with the last of them."""
        while len(self.pressed) < count:
            for key in self._choose():
                self.pressed.append(key)
                try:
                    await self.seat.press(key)
                except BaseException as error:
                    error.add_note(f"after {len(self.pressed)} keys, the last of them: {self.pressed[-30:]}")
                    raise

    def _choose(self) -> list[str]:
        kind = self.chance.random()
        if kind < 0.4:
            return [self.chance.choice(OFTEN)]
        if kind < 0.8:
            key = self.chance.choice(LETTERS)
            return [key]
        if kind < 0.9:
            return [self.chance.choice(SIGNS)]
        if kind < 0.96 and len(self.seat.app.screen_stack) > 1:
            return list(self.chance.choice(TYPED))
        at_home = self.seat.app.place is None or self.seat.app.place.place in {"today", "first"}
        return ["escape"] if at_home or len(self.seat.app.screen_stack) > 1 else ["q"]


def content_of(workspace: Workspace) -> dict[str, list[Any]]:
    """All rows of all tables of content. When a row was last changed is not content: an undo is a change too."""
    with workspace.reading() as connection:
        found = {}
        for table in content_tables(connection):
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] != "updated_at"]
            named = ", ".join(f'"{column}"' for column in columns)
            found[table] = sorted(connection.execute(f'SELECT {named} FROM "{table}"').fetchall(), key=repr)
        return found


def problems_of(workspace: Workspace) -> list[str]:
    """What the doctor finds wrong."""
    return [f"{check.name}: {check.detail}" for check in examine(workspace) if not check.ok]


def stand_as_it_is(workspace: Workspace) -> None:
    """What was done so far stays: no undo goes behind it. Hands that take back the demo's own last step and then do
    something would otherwise make of it a step that nothing brings back."""
    with closing(connect(workspace.path)) as connection, connection:
        connection.execute("UPDATE point SET kind = 'barrier' WHERE id = (SELECT max(id) FROM point)")


def undo_everything(workspace: Workspace) -> None:
    """Takes back every step since `stand_as_it_is`."""
    while True:
        with workspace.reading() as connection:
            if next_undo(connection) is None:
                return
        undo(workspace)
