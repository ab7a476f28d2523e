"""The rows of a pass: the whole order is kept while one works, the texts are read for what is seen."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import overload

from kamtui.store.reads.queue import Grouping, QueueKey, QueueRow, queue_rows
from kamtui.tui.session import Session
from kamtui.tui.widgets.rows import Key, Line

_CHUNK = 128
_MOST_READ = 8 * _CHUNK  # rows that are kept while one scrolls


_KINDS = ("", "task", "occurrence", "touch")  # "" is a heading


class QueueLines(Sequence[Line]):
    """The lines of the queue, headings among them. What is done in the pass stays in its place, dimmed.

    The order is kept as numbers, nine bytes a line: as objects it made the app a third larger at 100k tasks.
    """

    def __init__(
        self, session: Session, keys: Sequence[QueueKey], headings: Sequence[tuple[int, str]], *, ahead: int
    ) -> None:
        self._session = session
        self._ahead = ahead
        self._ids = array("q")
        self._kinds = bytearray()
        self._headings: dict[int, str] = {}
        starts = dict(headings)
        kinds = {kind: at for at, kind in enumerate(_KINDS)}
        for at, key in enumerate(keys):
            if at in starts:
                self._headings[len(self._ids)] = starts[at]
                self._ids.append(0)
                self._kinds.append(0)
            self._ids.append(key.id)
            self._kinds.append(kinds[key.kind])
        self._rows: dict[Key, QueueRow] = {}
        self.total = len(keys)
        self.touched: set[Key] = set()

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        kind = self._kinds[at]
        if not kind:
            return Line(text=self._headings[at if at >= 0 else at + len(self)], style="heading")
        key = (_KINDS[kind], self._ids[at])
        row = self._rows.get(key)
        if row is None:
            self._read_around(at)
            row = self._rows[key]
        return Line(key, row, style="" if row.state == "open" else "done")

    def index_of(self, key: Key | None) -> int:
        """Where a record stands."""
        return next((at for at, found in enumerate(self._keys()) if found == key), -1) if key else -1

    @property
    def keys(self) -> list[Key]:
        """The records of the pass, in order."""
        return [key for key in self._keys() if key[0]]

    def _keys(self, start: int = 0, stop: int | None = None) -> Iterator[Key]:
        return (
            (_KINDS[kind], row_id) for kind, row_id in zip(self._kinds[start:stop], self._ids[start:stop], strict=True)
        )

    def take_over(self, before: "QueueLines") -> None:
        """Goes on with what was read and done in the pass so far."""
        self._rows = before._rows
        self.touched = before.touched

    def read_again(self) -> None:
        """Something was written: the rows that were read are read anew, those of the pass stay in their places."""
        self._take(list(self._rows))

    def _read_around(self, at: int) -> None:
        if len(self._rows) > _MOST_READ:
            self._rows = {key: row for key, row in self._rows.items() if key in self.touched}
        start = max(0, at - _CHUNK // 4)
        self._take([key for key in self._keys(start, start + _CHUNK) if key[0] and key not in self._rows])

    def _take(self, keys: Sequence[Key]) -> None:
        if not keys:
            return
        found = self._session.read(queue_rows, self._session.today, keys, ahead=self._ahead)
        rows = {(row.kind, row.id): row for row in found}
        for key in keys:
            # What another window deleted was there when the pass began, and keeps its place.
            before = self._rows.get(key)
            row = rows.get(key) or (replace(before, state="deleted") if before else _gone(key, self._session.today))
            self._rows[key] = row
            if row.state == "open":
                self.touched.discard(key)
            else:
                self.touched.add(key)


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


def _gone(key: Key, today: date) -> QueueRow:
    """A record that was deleted before it was seen."""
    return QueueRow(
        *key, None, None, None, None, False, None, "", today, None, None, None, None, None, None, 0, "deleted"
    )
