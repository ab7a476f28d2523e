"""The rows of a pass: the whole order is kept while one works, the texts are read for what is seen."""

from collections.abc import Callable, Sequence
from typing import overload

from kamtui.store.reads.queue import Grouping, QueueKey, QueueRow, queue_rows
from kamtui.tui.session import Session
from kamtui.tui.widgets.rows import Key, Line

_CHUNK = 128


class QueueLines(Sequence[Line]):
    """The lines of the queue, headings among them. What is done in the pass stays in its place, dimmed."""

    def __init__(
        self, session: Session, keys: Sequence[QueueKey], headings: Sequence[tuple[int, str]], *, ahead: int
    ) -> None:
        self._session = session
        self._ahead = ahead
        self._entries: list[QueueKey | str] = []
        starts = dict(headings)
        for at, key in enumerate(keys):
            if at in starts:
                self._entries.append(starts[at])
            self._entries.append(key)
        self._first = keys
        self._rows: dict[Key, QueueRow] = {}
        self.count = len(keys)
        self.touched: set[Key] = set()

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        entry = self._entries[at]
        if isinstance(entry, str):
            return Line(text=entry, style="heading")
        key = (entry.kind, entry.id)
        row = self._rows.get(key)
        if row is None:
            self._read_around(at)
            row = self._rows.get(key) or _gone(entry)
            self._rows[key] = row
        return Line(key, row, style="" if row.state == "open" else "done")

    def index_of(self, key: Key | None) -> int:
        """Where a record stands."""
        if key is None:
            return -1
        return next(
            (
                at
                for at, entry in enumerate(self._entries)
                if not isinstance(entry, str) and (entry.kind, entry.id) == key
            ),
            -1,
        )

    @property
    def keys(self) -> list[Key]:
        """The records of the pass, in order."""
        return [(entry.kind, entry.id) for entry in self._entries if not isinstance(entry, str)]

    def begins_with(self, keys: Sequence[QueueKey]) -> bool:
        """Whether this is the pass that was made of these keys."""
        return self._first is keys

    def take_over(self, before: "QueueLines") -> None:
        """Goes on with what was read and done in the pass so far."""
        self._rows = before._rows
        self.touched = before.touched

    def read_again(self) -> None:
        """Something was written: the rows that were read are read anew, those of the pass stay in their places."""
        known = list(self._rows) if len(self._rows) <= 4 * _CHUNK else list(self.touched)
        self._rows = {}
        self._take(known)

    def _read_around(self, at: int) -> None:
        start = max(0, at - _CHUNK // 4)
        around = self._entries[start : start + _CHUNK]
        self._take([(e.kind, e.id) for e in around if not isinstance(e, str) and (e.kind, e.id) not in self._rows])

    def _take(self, keys: Sequence[Key]) -> None:
        if keys:
            rows = self._session.read(queue_rows, self._session.today, keys, ahead=self._ahead)
            self._rows |= {(row.kind, row.id): row for row in rows}
            self.touched = self.touched.difference(keys) | {
                key for key in keys if key not in self._rows or self._rows[key].state != "open"
            }


def headings(keys: Sequence[QueueKey], grouping: Grouping, names: dict[str, str]) -> list[tuple[int, str]]:
    """Where each part of the queue begins, and what is written there; `names` says lanes and days."""
    part_of: dict[Grouping, Callable[[QueueKey], str]] = {
        Grouping.LANES: lambda key: str(key.lane),
        Grouping.DAYS: lambda key: key.due,
        Grouping.ACCOUNTS: lambda key: key.account,
    }
    found: list[tuple[int, str]] = []
    counts: list[int] = []
    before: str | None = None
    for at, key in enumerate(keys):
        part = part_of[grouping](key)
        if part != before:
            found.append((at, part))
            counts.append(0)
            before = part
        counts[-1] += 1
    return [(at, f"{names.get(part, part)} ({count:,})") for (at, part), count in zip(found, counts, strict=True)]


def _gone(entry: QueueKey) -> QueueRow:
    """A record that was deleted while one worked."""
    from datetime import date

    return QueueRow(
        entry.kind, entry.id, None, None, entry.account, None, False, None, "", date.fromisoformat(entry.due),
        None, None, None, None, None, None, 0, "deleted",
    )  # fmt: skip
