"""Today: the queue over all accounts, worked through in passes, with a preview beside it."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from kamtui.domain.triage import Lane
from kamtui.language import gettext as _
from kamtui.store.reads.queue import Grouping, QueueKey, queue_keys
from kamtui.tui import glyphs
from kamtui.tui.places.place import Place
from kamtui.tui.places.queue_lines import QueueLines, headings
from kamtui.tui.places.queue_view import columns, preview
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.paper import Paper
from kamtui.tui.widgets.rows import Rows

FIRST = 200  # rows that come with the first frame; the rest follows
WIDE = 110  # cells from which the preview stands beside the queue
AHEAD = 14  # days that the view by day looks ahead
_PREVIEW_AFTER = 0.05  # seconds that the cursor rests before its account is read
_REST_AFTER = 0.15  # seconds after the first rows; before that the first key would wait for the rest


class TodayPlace(Place):
    """The queue. A pass keeps its order until Ctrl+L, or until one leaves."""

    place = "today"
    DEFAULT_CSS = """
    TodayPlace #queue { width: 1fr; }
    TodayPlace #preview { width: 54; border-left: solid $line; }
    TodayPlace.-narrow Horizontal { layout: vertical; }
    TodayPlace.-narrow #preview { width: 1fr; height: 4; border-left: none; border-top: solid $line; }
    TodayPlace.-ascii #preview { border-left: ascii $line; }
    TodayPlace.-narrow.-ascii #preview { border-left: none; border-top: ascii $line; }
    TodayPlace.-low #preview { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.grouping = Grouping.LANES
        self.new = 0
        self._pass: QueueLines | None = None
        self._complete = False
        self._resting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield Bar(id="pass")
        with Horizontal():
            yield Rows(columns(), context="today", empty=self._nothing, id="queue")
            yield Paper(id="preview", focusable=False)

    def main_rows(self) -> Rows:
        return self.query_one("#queue", Rows)

    # Reading

    @property
    def ahead(self) -> int:
        """How many days the queue looks ahead."""
        return AHEAD if self.grouping is Grouping.DAYS else 0

    def load(self) -> None:
        if self._pass is None:
            self.begin_pass()
            return
        self._pass.read_again()
        rows = self.main_rows()
        rows.refresh()
        self._count_new()
        self._show_pass()
        self._preview_soon()

    def begin_pass(self) -> None:
        """Sorts again: what is done goes, what is new comes. The first rows at once, the rest behind the first frame."""
        session = self.kamtui.session
        if not session.is_there:
            return
        keys = session.read(
            queue_keys, session.today, grouping=self.grouping, ahead=self.ahead, words=self.words, limit=FIRST
        )
        self._complete = len(keys) < FIRST
        self.new = 0
        keep = self._pass is not None
        lines = self._lines(keys)
        self._show(lines, keep=keep)
        if not self._complete:
            self.set_timer(_REST_AFTER, lambda: self._read_rest(lines, keys))

    def _read_rest(self, begun: QueueLines, first: list[QueueKey]) -> None:
        """Reads the whole order in a thread, and puts what is not shown yet behind what is."""
        grouping, ahead, words = self.grouping, self.ahead, self.words
        session = self.kamtui.session

        def read() -> None:
            with session.workspace.reading() as connection:
                keys = queue_keys(connection, session.today, grouping=grouping, ahead=ahead, words=words)
            shown = set(first)
            lines = self._lines([*first, *(key for key in keys if key not in shown)])
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._take_rest, begun, lines)

        self.run_worker(read, thread=True, exclusive=True, group="queue")

    def _take_rest(self, begun: QueueLines, lines: QueueLines) -> None:
        if self._pass is begun:
            self._complete = True
            lines.take_over(self._pass)
            self._show(lines, keep=True)

    def _lines(self, keys: list[QueueKey]) -> QueueLines:
        return QueueLines(self.kamtui.session, keys, headings(keys, self.grouping, self._names(keys)), ahead=self.ahead)

    def _show(self, lines: QueueLines, *, keep: bool) -> None:
        self._pass = lines
        self.main_rows().show(lines, keep=keep)
        self._show_pass()

    def _names(self, keys: list[QueueKey]) -> dict[str, str]:
        today = self.kamtui.session.today.isoformat()
        if self.grouping is Grouping.LANES:
            return {
                str(Lane.TIMED): _("TIMED TODAY"),
                str(Lane.PROMISED): _("PROMISED: tasks, obligations, meetings not held"),
            }
        if self.grouping is Grouping.DAYS:
            return {key.due: _("TODAY") if key.due == today else key.due for key in keys}
        return {"": _("no account")}

    def _count_new(self) -> None:
        """How many rows came since the pass began; they stand in it from Ctrl+L on."""
        if self._pass is None or not self._complete or len(self._pass) > 10 * FIRST:
            return
        session = self.kamtui.session
        now = session.read(queue_keys, session.today, grouping=self.grouping, ahead=self.ahead, words=self.words)
        known = set(self._pass.keys)
        self.new = sum((key.kind, key.id) not in known for key in now)

    def on_screen_suspend(self) -> None:
        if self.kamtui.current_mode == self.place:
            return  # only a dialog stands over it
        # Leaving ends the pass; what was done is gone when one comes back.
        self._pass = None
        self.stale = True

    def filter(self, words: tuple[str, ...]) -> None:
        """Shows only rows that hold all these words."""
        self.words = words
        self.main_rows().find(words)
        self.begin_pass()
        self.refresh_bars()

    def next_view(self) -> None:
        """By lane, by day, by account."""
        order = list(Grouping)
        self.grouping = order[(order.index(self.grouping) + 1) % len(order)]
        self.begin_pass()
        self.refresh_bars()

    def after_action(self) -> None:
        """The next row that is open comes under the cursor."""
        rows = self.main_rows()
        if rows.record is not None and rows.record.state != "open":
            at = rows.cursor
            rows.move(1)
            if rows.cursor == at or (rows.record and rows.record.state != "open"):
                self._first_open(at)

    def sort_again(self) -> None:
        self.begin_pass()
        self.refresh_bars()

    async def open_row(self) -> None:
        """The account of the row, at the record."""
        row = self.main_rows().record
        if row is None or row.account_id is None:
            self.kamtui.tell(_("That task belongs to no account."))
            return
        key = ("obligation", row.obligation_id) if row.obligation_id else (row.kind, row.id)
        await self.kamtui.go("work", account_id=row.account_id, key=key)

    def _first_open(self, at: int) -> None:
        rows = self.main_rows()
        around = [*range(at + 1, min(len(rows.lines), at + FIRST)), *range(max(0, at - FIRST), at)]
        found = next((n for n in around if rows.lines[n].key and rows.lines[n].record.state == "open"), -1)
        rows.go(found)

    # Showing

    def head(self) -> tuple[list[Span], list[Span]]:
        return self.places_bar(), [self.today_span()]

    def _show_pass(self) -> None:
        if self._pass is None:
            return
        total = f"{self._pass.total:,}" if self._complete else "..."
        done = len(self._pass.touched)
        spans = [Span(" ")]
        spans.append(Span(_("pass: {done} of {all} done").format(done=done, all=total)))
        if self.new:
            spans += [
                Span("   "),
                Span(_("{count} new, Ctrl+L sorts them in").format(count=self.new), "warn", "app.sort"),
            ]
        views = {Grouping.LANES: _("lanes"), Grouping.DAYS: _("by day"), Grouping.ACCOUNTS: _("by account")}
        spans += [Span("   "), Span(_("view: {view} (v)").format(view=views[self.grouping]), "muted", "row.view")]
        if self.words:
            spans += [Span("   "), Span(_("filter: {words}").format(words=" ".join(self.words)), "warn", "row.filter")]
        self.query_one("#pass", Bar).show(spans)

    def _nothing(self) -> str:
        if self.words:
            return _("Nothing holds “{words}”.\nEsc shows everything again.").format(words=" ".join(self.words))
        return _(
            "Nothing is due today, and nothing is late.\na  a task, a touch or a need in one line\n"
            "v  what comes in the next two weeks\nP  all accounts"
        )

    def on_resize(self) -> None:
        self.set_class(self.size.width < WIDE, "-narrow")
        self.set_class(self.size.height < 18, "-low")
        self.set_class(glyphs.current().ascii, "-ascii")
        super().on_resize()

    def on_rows_moved(self) -> None:
        self._preview_soon()
        self._show_pass()

    def _preview_soon(self) -> None:
        # While a key repeats, the cursor does not rest.
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_PREVIEW_AFTER, self._preview, name="preview")

    def _preview(self) -> None:
        # What can be done follows from the row.
        self.refresh_bars()
        paper = self.query_one("#preview", Paper)
        row = self.main_rows().record
        if not paper.display or not self.is_current:
            return
        session = self.kamtui.session
        paper.show(preview(session, row, short=self.has_class("-narrow")) if row is not None else [])
