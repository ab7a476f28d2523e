"""The rows of a pass: the whole order is kept while one works, the texts are read for what is seen."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, overload

from kamtui.domain.triage import Lane
from kamtui.store.reads.queue import DATES, Grouping, QueueKey, QueueRow, gone, queue_rows
from kamtui.tui.session import Session
from kamtui.tui.widgets.rows import Key, Line

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

_CHUNK = 128
_MOST_READ = 8 * _CHUNK  # rows that are kept while one scrolls
_NEAR = 64  # lines around the cursor that are read anew at once


_KINDS = ("", "task", "occurrence", "touch", "issue", "signal", "sort", *sorted(DATES))  # "" is a heading
LATE = "late"  # the part of the view by day that holds all days before today


class QueueLines(Sequence[Line]):
    """The lines of the queue, headings among them. What is done in the pass stays in its place, dimmed.

    The order is kept as numbers, nine bytes a line: as objects it made the app a third larger at 100k tasks. From `cut` on,
    lines are folded away, and `note` says in one line what they are.
    """

    def __init__(
        self,
        session: Session,
        keys: Sequence[QueueKey],
        headings: Sequence[tuple[int, str]],
        *,
        ahead: int,
        asked: "Asked | None" = None,
    ) -> None:
        self._session = session
        self._ahead = ahead
        self._asked = asked
        self._ids = array("q")
        self._kinds = bytearray()
        self._headings: dict[int, str] = {}
        starts = dict(headings)
        kinds = {kind: at for at, kind in enumerate(_KINDS)}
        gaps: set[Key] = set()
        for at, key in enumerate(keys):
            if at in starts:
                self._headings[len(self._ids)] = starts[at]
                self._ids.append(0)
                self._kinds.append(0)
            self._ids.append(key.id)
            self._kinds.append(kinds[key.kind])
            if key.lane == Lane.GAPS:
                gaps.add((key.kind, key.id))
        self._rows: dict[Key, QueueRow] = {}
        self._gaps = gaps
        self.counts = Counter(key.lane for key in keys)
        self.touched: set[Key] = set()
        self._elsewhere: dict[Key, int] = {}  # what was done in other views of the pass, and how far these looked ahead
        self._here: set[Key] = set()  # what of that has a row here too
        self.cut: int | None = None
        self.note = ""
        self._began: dict[Key, object] = {}  # what the signal of an account was when its row was first seen

    def __len__(self) -> int:
        return len(self._ids) if self.cut is None else self.cut + 1

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        at = at if at >= 0 else at + len(self)
        if at == self.cut:
            return Line(text=self.note, style="muted")
        kind = self._kinds[at]
        if not kind:
            return Line(text=self._headings[at], style="heading")
        key = (_KINDS[kind], self._ids[at])
        row = self._rows.get(key)
        if row is None:
            self._read_around(at)
            row = self._rows[key]
        return Line(key, row, style="" if row.state == "open" else "done")

    def index_of(self, key: Key | None) -> int:
        """Where a record stands; -1 where it does not, or is folded away."""
        if not key:
            return -1
        return next((at for at, found in enumerate(self._keys(0, self.cut)) if found == key), -1)

    def holds(self, key: Key) -> bool:
        """Whether a record is of this pass, folded away or not."""
        return any(found == key for found in self._keys())

    @property
    def keys(self) -> list[Key]:
        """The records of the pass, in order."""
        return [key for key in self._keys() if key[0]]

    @property
    def total(self) -> int:
        """How many rows the pass has: those of this view, and what was done in others; gaps do not count."""
        return sum(self.counts.values()) - len(self._gaps) + len(self._elsewhere.keys() - self._here)

    @property
    def gaps(self) -> int:
        """How many gaps this view has."""
        return len(self._gaps)

    @property
    def done(self) -> int:
        """How many rows were worked on; gaps do not count."""
        return len(self._done_keys)

    @property
    def _done_keys(self) -> set[Key]:
        return (self.touched - self._gaps) | self._elsewhere.keys()

    @property
    def is_begun(self) -> bool:
        """Whether anything was worked on in this pass."""
        return bool(self.touched or self._elsewhere)

    def is_done(self, key: Key | None) -> bool:
        """Whether a row was worked on in this pass."""
        return key in self.touched or key in self._elsewhere

    def fold(self, room: int, least: int, note: Callable[[int, int], str]) -> None:
        """Folds so many accounts at risk and gaps away that the rest has room in so many lines; `least` accounts at risk
        stay. `note` says how many of which lie below."""
        self.cut = None
        risks, gaps = self.counts[Lane.AT_RISK], self.counts[Lane.GAPS]
        if len(self._ids) <= room or not risks + gaps:
            return
        headings = sorted(self._headings)
        first_gap = headings[-1] if gaps else len(self._ids)
        first_risk = (headings[-2] if gaps else headings[-1]) if risks else first_gap
        shown = min(risks, max(least, room - first_risk - 2))
        self.cut = first_risk + 1 + shown if risks else first_gap
        self.note = note(risks - shown, gaps)
        if self.cut >= len(self._ids) - 1:
            self.cut = None

    def _keys(self, start: int = 0, stop: int | None = None) -> Iterator[Key]:
        return (
            (_KINDS[kind], row_id) for kind, row_id in zip(self._kinds[start:stop], self._ids[start:stop], strict=True)
        )

    def take_over(self, before: "QueueLines", *, signals: bool = True) -> None:
        """Goes on with what was read and done in the pass so far; with or without what signals said."""
        self._rows = {key: row for key, row in before._rows.items() if signals or row.risk is None}
        self._began = before._began if signals else {}
        self.touched = before.touched
        self._count_too(before._elsewhere)

    def count_too(self, before: "QueueLines") -> None:
        """This is the pass `before` in another view or under another filter: what was done there counts here too."""
        done = before._done_keys
        self._began = {key: says for key, says in before._began.items() if key in done}
        self._count_too({key: before._elsewhere.get(key, before._ahead) for key in done})

    def _count_too(self, elsewhere: dict[Key, int]) -> None:
        self._elsewhere = elsewhere
        self._here = {key for key in self._keys() if key in elsewhere} if elsewhere else set()
        self._gaps -= self._here

    def read_again(self, at: int) -> list[Key]:
        """Something was written: what was worked on, and what stands around a line, is read anew, the rest when it is seen
        again; all stay in their places. Returns those that were worked on and now are as they were: something was undone."""
        before = set(self.touched)
        near = set(self._keys(max(0, at - _NEAR), at + _NEAR))
        self._rows = {key: row for key, row in self._rows.items() if key in near or key in before}
        undone = self._undone_elsewhere()
        self._take(list(self._rows))
        undone |= before - self.touched
        return sorted(undone, key=self.index_of) if undone else []

    def _undone_elsewhere(self) -> set[Key]:
        """What was done in another view, and was taken back: it does not count any more."""
        undone: set[Key] = set()
        for ahead in set(self._elsewhere.values()):
            keys = [key for key, far in self._elsewhere.items() if far == ahead]
            found = self._session.read(queue_rows, self._session.today, keys, ahead=ahead, asked=self._asked)
            undone |= {
                (row.kind, row.id)
                for row in found
                if row.state == "open" and (row.risk is None or self._began.get((row.kind, row.id)) == _says(row))
            }
        self._elsewhere = {key: far for key, far in self._elsewhere.items() if key not in undone}
        return undone

    def _read_around(self, at: int) -> None:
        if len(self._rows) > _MOST_READ:
            self._rows = {key: row for key, row in self._rows.items() if key in self.touched}
        start = max(0, at - _CHUNK // 4)
        self._take([key for key in self._keys(start, start + _CHUNK) if key[0] and key not in self._rows])

    def _take(self, keys: Sequence[Key]) -> None:
        if not keys:
            return
        today = self._session.today
        found = self._session.read(queue_rows, today, keys, ahead=self._ahead, asked=self._asked)
        rows = {(row.kind, row.id): row for row in found}
        for key in keys:
            # What another window deleted was there when the pass began, and keeps its place.
            before = self._rows.get(key)
            row = rows.get(key)
            if row is None:
                row = replace(before, state=gone(key, today).state) if before else gone(key, today)
            elif row.state != "open" and before and not row.what:
                row = replace(before, state=row.state)
            self._rows[key] = row
            if row.state == "open" and self._says_the_same(key, row):
                self.touched.discard(key)
            else:
                self.touched.add(key)

    def _says_the_same(self, key: Key, row: QueueRow) -> bool:
        """An account whose worst signal is settled goes on with its next one, and counts as worked on."""
        return row.risk is None or self._began.setdefault(key, _says(row)) == _says(row)


def _says(row: QueueRow) -> object:
    """What the signal of a row is; None where it has none."""
    risk = row.risk
    return risk and (risk.code, risk.subject, risk.subject_id, row.what if row.kind == "sort" else "")


def headings(
    keys: Sequence[QueueKey], grouping: Grouping, names: Mapping[str, str], today: date
) -> list[tuple[int, str]]:
    """Where each part of the queue begins, and what is written there; `names` says lanes, days and severities."""
    now = today.isoformat()
    part_of: dict[Grouping, Callable[[QueueKey], str]] = {
        Grouping.LANES: lambda key: str(key.lane),
        Grouping.DAYS: lambda key: LATE if key.due < now else key.due,
        Grouping.ACCOUNTS: lambda key: key.account,
        Grouping.SEVERITY: lambda key: key.severity,
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
