"""Managers and parents that rows name: looked up when all rows are there, kept a forest, drawn from the leaves up."""

from collections.abc import Callable, Iterable

from kamtui.domain.errors import Ambiguous, BadInput
from kamtui.domain.text import one_line
from kamtui.exchange.forest import Line, deepest_first, split_loops
from kamtui.language import gettext as _
from kamtui.services.importing_kinds import RowRefused, Shelf
from kamtui.store.sqlite.driver import IntegrityError
from kamtui.store.sqlite.errors import translate

# What a cell says where nobody stands above; a record of that name goes before.
_TOP = frozenset({"xx", "-", "--", "–", "n/a", "n/d", "none", "无"})
_CHUNK = 2_000


class Above:
    """The column that puts records below others: collected row by row, drawn at the end.

    `find` looks up a cell for a record, `refuse` gives a reason against a line, `draw` writes lines, `standing` are the
    lines that there are; `not_found` says of a `{field}` that nothing goes by `{name}`.
    """

    def __init__(self, shelf: Shelf, field: str, not_found: str) -> None:
        self.work, self.report, self.field = shelf.work, shelf.report, field
        self.careful, self._not_found = shelf.careful, not_found
        self._wanted: list[tuple[int, int, str, bool]] = []

    def want(self, row: int, below: int, text: str, *, unchanged: bool) -> None:
        """Notes what a row says stands above a record."""
        self._wanted.append((row, below, text, unchanged))

    def draw_all(
        self,
        standing: dict[int, int],
        *,
        find: Callable[[int, str], int | None],
        refuse: Callable[[Line], str | None],
        draw: Callable[[list[Line]], None],
        tell: Callable[[], None],
    ) -> None:
        """Looks up, checks and draws. What cannot be drawn is listed in the report; a row that was unchanged but for
        its line counts as updated."""
        changed = (line for line in self._found(find, refuse) if standing.get(line.below) != line.above)
        lines, looping = split_loops(changed, standing)
        for line in looping:
            self._reject(
                line,
                _("{field}: the line to “{name}” would close a loop.").format(
                    field=self.field, name=one_line(line.text)
                ),
            )
        ordered = deepest_first(lines)
        while True:
            refused: list[tuple[Line, str]] = []
            for start in range(0, len(ordered), _CHUNK):
                refused += self._draw(ordered[start : start + _CHUNK], draw)
                tell()
            if not refused or len(refused) == len(ordered):
                break
            # What stood in the way may have been an old line that has gone since.
            ordered = [line for line, _reason in refused]
        for line, reason in refused:
            self._reject(line, reason)

    def _found(self, find: Callable[[int, str], int | None], refuse: Callable[[Line], str | None]) -> Iterable[Line]:
        for row, below, text, unchanged in self._wanted:
            above, reason = None, None
            try:
                above = find(below, text)
            except (Ambiguous, BadInput) as error:
                reason = error.message
            line = Line(row, below, above, text, unchanged)
            if reason is None and above is None and text.casefold() not in _TOP:
                reason = self._not_found.format(field=self.field, name=one_line(text))
            reason = reason or refuse(line)
            if reason is None:
                yield line
            else:
                self._reject(line, reason)

    def _draw(self, lines: list[Line], draw: Callable[[list[Line]], None]) -> list[tuple[Line, str]]:
        """All of them at once, or in a careful run one by one. Returns those that the store refused, with the reason."""
        if not self.careful:
            try:
                draw(lines)
            except IntegrityError as error:
                raise RowRefused from error
        refused = []
        for line in lines:
            reason = self._try(line, draw) if self.careful else None
            if reason is None:
                self._count(line)
            else:
                refused.append((line, reason))
        return refused

    def _try(self, line: Line, draw: Callable[[list[Line]], None]) -> str | None:
        self.work.execute("SAVEPOINT one_line")
        try:
            draw([line])
        except IntegrityError as error:
            self.work.execute("ROLLBACK TO one_line")
            return translate(error, self.work.path).message
        finally:
            self.work.execute("RELEASE one_line")
        return None

    def _count(self, line: Line) -> None:
        if line.counted_unchanged:
            self.report.unchanged -= 1
            self.report.updated += 1

    def _reject(self, line: Line, reason: str) -> None:
        self.report.reject_line(line.row, self.field, line.text, reason)
