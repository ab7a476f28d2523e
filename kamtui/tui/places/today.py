"""Today: the queue over all accounts, worked through in passes, with a preview beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from kamtui.domain.queue_filter import parse_queue_filter
from kamtui.domain.triage import Lane, Severity
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.at_risk import ask, is_due
from kamtui.store.reads.queue import SORT, Grouping, QueueKey, QueueRow, queue_keys
from kamtui.tui import glyphs
from kamtui.tui.places.place import Place
from kamtui.tui.places.queue_lines import LATE, QueueLines, headings
from kamtui.tui.places.queue_view import columns, preview
from kamtui.tui.whereabouts import Trail
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.paper import Paper
from kamtui.tui.widgets.rows import Key, Rows

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

FIRST = 200  # rows that come with the first frame; the rest follows
WIDE = 110  # cells from which the preview stands beside the queue
COUNTED = 80  # cells from which the rows of each lane are counted
AHEAD = 14  # days that the view by day looks ahead
_REST_AFTER = 0.15  # seconds after the first rows; before that the first key would wait for the rest
_COUNT_AFTER = 0.2  # seconds after something was written; the next row is under the cursor by then
_LEAST_AT_RISK = 4  # accounts at risk that stay in sight, however much was promised
_AROUND = 4  # lines that are not the list's: head, pass, foot, one to spare


class TodayPlace(Place):
    """The queue. A pass keeps its order until Ctrl+L, or until one leaves."""

    place = "today"
    footer_order: ClassVar[Mapping[str, int]] = {"add.touch": 12, "task.snooze": 14, "queue.why": 16, "row.open": 18}
    filter_hint = mark("words, #tag, kind:task obligation touch complaint signal gap")
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
        self.unfolded = False
        self.ended = False  # what was done in the pass was said already
        self.asked: Asked | None = None
        self._pass: QueueLines | None = None
        self._visiting = False  # an account was opened from a row
        self._complete = False
        self._counting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield Bar(id="pass")
        with Horizontal():
            yield Rows(columns(wide=False), context="today", empty=self._nothing, id="queue")
            yield Paper(id="preview", focusable=False)

    def main_rows(self) -> Rows:
        return self.query_one("#queue", Rows)

    # Reading

    @property
    def ahead(self) -> int:
        """How many days the queue looks ahead."""
        return AHEAD if self.grouping is Grouping.DAYS else 0

    @property
    def current_pass(self) -> QueueLines | None:
        """The pass that one is in."""
        return self._pass

    def load(self) -> None:
        if self._pass is None:
            self.begin_pass()
            return
        rows = self.main_rows()
        undone = self._pass.read_again(rows.cursor)
        if undone and not self._pass.holds(undone[0]):
            # It was done in another view, and has a row in this one again.
            self._go_on_with_pass()
        rows.refresh()
        if undone:
            # What was taken back comes under the cursor.
            rows.go_to(undone[0])
        self._show_pass()
        self._preview_soon()
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(_COUNT_AFTER, self._count_new, name="new rows")

    def begin_pass(self) -> None:
        """Sorts again, and counts anew: what is done goes, what is new comes."""
        self._read_pass(None)

    def _go_on_with_pass(self) -> None:
        """The pass goes on in another view, or under another filter: what was done in it still counts."""
        self._read_pass(self._pass)

    def _read_pass(self, before: QueueLines | None) -> None:
        """The first rows at once, the rest behind the first frame."""
        session = self.kamtui.session
        if not session.is_there:
            return
        keys = self._read_keys(limit=FIRST)
        # Another day than the one that it is, is asked in memory; of this one the app keeps the store up to date.
        peeks = session.workspace.today_is_set and session.read(is_due, session.today)
        self._complete = len(keys) < FIRST and not peeks
        self.new = 0
        self.ended = False
        keep = self._pass is not None
        lines = self._lines(keys)
        if before is not None:
            lines.count_too(before)
        self._show(lines, keep=keep)
        if not self._complete:
            self.set_timer(_REST_AFTER, lambda: self._read_rest(lines, keys, peeks=peeks))

    def renew(self) -> None:
        """Signals have changed in the background: a pass in which nothing was done yet begins again, any other one says
        how much is new."""
        if self._pass is None or not self._pass.is_begun:
            self.begin_pass()
        else:
            self._count_new()

    def _read_keys(self, *, limit: int = -1) -> list[QueueKey]:
        session = self.kamtui.session
        return session.read(
            queue_keys,
            session.today,
            grouping=self.grouping,
            ahead=self.ahead,
            only=parse_queue_filter(self.words),
            limit=limit,
            asked=self.asked,
        )

    def _read_rest(self, begun: QueueLines, first: list[QueueKey], *, peeks: bool) -> None:
        """Reads the whole order in a thread, and puts what is not shown yet behind what is."""
        grouping, ahead, only = self.grouping, self.ahead, parse_queue_filter(self.words)
        session = self.kamtui.session

        def read() -> None:
            with session.workspace.reading() as connection:
                asked = ask(connection, session.today) if peeks else None
                keys = queue_keys(
                    connection, session.today, grouping=grouping, ahead=ahead, only=only, asked=asked
                )  # fmt: skip
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._take_rest, begun, self._merged(first, keys), asked)

        self.run_worker(read, thread=True, exclusive=True, group="queue")

    def _take_rest(self, begun: QueueLines, keys: list[QueueKey], asked: "Asked | None") -> None:
        if self._pass is begun:
            self._complete = True
            self.asked = asked
            lines = self._lines(keys)
            lines.take_over(self._pass, signals=asked is None)
            self._show(lines, keep=True)

    def _merged(self, first: list[QueueKey], keys: list[QueueKey]) -> list[QueueKey]:
        """The order of the pass as it began, with what it did not hold yet behind; what signals say is what was found now."""
        if len(first) < FIRST:
            # All of it was there: what came since is new.
            known = {(key.kind, key.id) for key in first}
            keys = [key for key in keys if key.kind == "signal" or (key.kind, key.id) in known]
        if self.grouping is not Grouping.LANES:
            shown = set(keys)
            return [*keys, *(key for key in first if key not in shown and key.kind != "signal")]
        log = [key for key in first if key.kind not in {"signal", SORT[0]}]
        shown = set(log)
        return [*log, *(key for key in keys if key not in shown)]

    def _lines(self, keys: list[QueueKey]) -> QueueLines:
        session = self.kamtui.session
        parts = headings(keys, self.grouping, self._names(keys), session.today)
        lines = QueueLines(session, keys, parts, ahead=self.ahead, asked=self.asked)
        self._fold(lines)
        return lines

    def _fold(self, lines: QueueLines) -> None:
        """The queue's head stays short: what does not fit of accounts at risk and of gaps is folded away, and counted."""
        if self.unfolded or self.words or self.grouping is not Grouping.LANES:
            lines.cut = None
            return
        cells = self.app.size
        beside = 0 if cells.width >= WIDE or cells.height < 18 else 4
        lines.fold(cells.height - _AROUND - beside, _LEAST_AT_RISK, self._folded)

    def _folded(self, risks: int, gaps: int) -> str:
        parts = [_("{count} more at risk").format(count=risks)] if risks else []
        if gaps:
            parts.append(ngettext("{count} gap", "{count} gaps", gaps).format(count=gaps))
        return " " + _("l unfolds {what}").format(what=", ".join(parts))

    def _show(self, lines: QueueLines, *, keep: bool) -> None:
        self._pass = lines
        self.main_rows().show(lines, keep=keep)
        self._show_pass()

    def _names(self, keys: list[QueueKey]) -> dict[str, str]:
        if self.grouping is Grouping.DAYS:
            return {LATE: _("LATE"), **{day: self._day_said(day) for day in {key.due for key in keys}}}
        if self.grouping is Grouping.ACCOUNTS:
            return {"": _("no account")}
        gaps = _("GAPS: not alarms, nothing is wrong yet")
        if self.grouping is Grouping.SEVERITY:
            return {
                "": _("TIMED TODAY"), str(Severity.CRITICAL): _("CRITICAL"), str(Severity.WARN): _("WARNINGS"),
                str(Severity.INFO): _("DUE TODAY, GOOD TO KNOW"), str(Severity.GAP): gaps,
            }  # fmt: skip
        return {
            str(Lane.TIMED): _("TIMED TODAY"),
            str(Lane.PROMISED): _("PROMISED: tasks, obligations, complaints"),
            str(Lane.AT_RISK): _("AT RISK: one row an account"),
            str(Lane.GAPS): gaps,
        }

    def _day_said(self, text: str) -> str:
        day, today = date.fromisoformat(text), self.kamtui.session.today
        weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
        if day == today:
            return _("TODAY")
        return f"{weekdays[day.weekday()]} {text}, {_('in {days} d').format(days=(day - today).days)}"

    def _count_new(self) -> None:
        """How many rows came since the pass began; they stand in it from Ctrl+L on."""
        if self._pass is None or not self._complete or self._pass.total > 10 * FIRST:
            return
        known, new = set(self._pass.keys), self.new
        with self.kamtui.saying():
            new = sum((key.kind, key.id) not in known for key in self._read_keys() if key.kind != SORT[0])
        if new != self.new:
            self.new = new
            self._show_pass()

    def on_screen_suspend(self) -> None:
        if self.kamtui.current_mode == self.place:
            return  # only a dialog stands over it
        if self._visiting:
            # An account is looked at from its row: the pass goes on there when one comes back.
            self._visiting, self.stale = False, True
            return
        # Leaving ends the pass; what was done is gone when one comes back.
        self._pass = None
        self.asked = None
        self.unfolded = False
        self.stale = True

    def filter(self, words: tuple[str, ...]) -> None:
        """Shows only rows that hold all these words; `#tag` and `kind:task` narrow them too."""
        self.words = words
        self.main_rows().find(parse_queue_filter(words).words)
        self._go_on_with_pass()
        self.refresh_bars()

    def next_view(self) -> None:
        """By lane, by day, by account, by severity."""
        order = list(Grouping)
        self.grouping = order[(order.index(self.grouping) + 1) % len(order)]
        self._go_on_with_pass()
        self.refresh_bars()

    def sideways(self, direction: int) -> None:
        """Unfolds what lies below, or folds it again."""
        if self._pass is None or self.grouping is not Grouping.LANES:
            return
        self.unfolded = direction > 0
        self._fold(self._pass)
        self.main_rows().show(self._pass, keep=True)

    async def arrive(self, key: Key | None) -> None:
        await super().arrive(key)
        if key is not None and self._pass is not None and self._pass.cut is not None and self._pass.holds(key):
            self.sideways(1)
            self.main_rows().go_to(key)

    def go_on(self, keys: Sequence[Key]) -> bool:
        """The next row that is open comes under the cursor, where the one under it is about to be done."""
        rows = self.main_rows()
        if rows.key not in keys:
            return False
        at = self._next_open(rows.cursor, set(keys))
        rows.go(at)
        return at >= 0

    def after_action(self) -> None:
        """The next row that is open comes under the cursor; after the last one the pass ends."""
        rows = self.main_rows()
        if rows.key is not None and not self._is_open(rows.cursor):
            rows.go(self._next_open(rows.cursor))
        lines = self._pass
        if lines is not None and self._complete and not self.ended and lines.total and lines.done >= lines.total:
            self.run_command("queue.end")

    def _is_open(self, at: int) -> bool:
        line = self.main_rows().lines[at]
        if line.key is None or line.record.state != "open":
            return False
        return self._pass is None or not self._pass.is_done(line.key)

    def sort_again(self) -> None:
        self.begin_pass()
        self.refresh_bars()

    async def open_row(self) -> None:
        """The account of the row, at the record."""
        row = self.main_rows().record
        if row is not None and row.kind == SORT[0]:
            self.run_command("account.sort")
            return
        if row is None or row.account_id is None:
            self.kamtui.tell(_("That task belongs to no account."))
            return
        self._leave_trail(row)
        self._visiting = True
        key = self.record_of(row)
        await self.kamtui.go("work", account_id=row.account_id, key=key)
        if key is None and row.risk is not None and row.risk.code is not None:
            self._show_what_speaks(row.risk.code)

    def _show_what_speaks(self, code: str) -> None:
        """The pane of the account that holds what a signal speaks of."""
        from kamtui.domain.signals.model import Code
        from kamtui.tui.panes import SPEAKS_OF
        from kamtui.tui.places.work import WorkPlace

        if isinstance(self.kamtui.place, WorkPlace):
            self.kamtui.place.show_pane(SPEAKS_OF[Code(code)])

    def _leave_trail(self, row: QueueRow) -> None:
        """`[` and `]` walk along the queue from here, as far as its rows are read."""
        rows = self.main_rows()
        near = range(max(0, rows.cursor - FIRST), min(len(rows.lines), rows.cursor + FIRST))
        found = [line.record for at in near if (line := rows.lines[at]).key and line.record.account_id]
        stops = tuple((each.account_id, self.record_of(each)) for each in found)
        self.kamtui.whereabouts.trail = Trail("today", stops, found.index(row), len(near) == len(rows.lines))

    def record_of(self, row: QueueRow) -> Key | None:
        """The record that a row is about, as the account's place knows it; None for the account as a whole."""
        if row.obligation_id:
            return ("obligation", row.obligation_id)
        if row.kind == "deferred":
            return ("issue", row.id)
        if row.kind != "signal":
            return (row.kind, row.id)
        if row.risk is None or row.risk.subject in {None, "account"} or row.risk.subject_id is None:
            return None
        return (str(row.risk.subject), row.risk.subject_id)

    def _next_open(self, at: int, besides: Collection[Key] = ()) -> int:
        """The next open row from a line on, else the first of those before it; -1 where there is none near."""
        lines = self.main_rows().lines
        around = [*range(at + 1, min(len(lines), at + FIRST)), *range(max(0, at - FIRST), at)]
        return next((n for n in around if self._is_open(n) and lines[n].key not in besides), -1)

    # Showing

    def head(self) -> tuple[list[Span], list[Span]]:
        return self.places_bar(), [self.today_span()]

    def _show_pass(self) -> None:
        lines = self._pass
        if lines is None:
            return
        total = f"{lines.total:,}" if self._complete else "..."
        gap = Span("   ")
        spans = [Span(" "), Span(_("pass: {done} of {all} done").format(done=lines.done, all=total))]
        if self.new:
            spans += [gap, Span(_("{count} new, Ctrl+L sorts them in").format(count=self.new), "warn", "app.sort")]
        if self._complete and self.grouping is Grouping.LANES and self.size.width >= COUNTED:
            said = {
                Lane.TIMED: _("{count} timed"), Lane.PROMISED: _("{count} promised"), Lane.AT_RISK: _("{count} at risk"),
            }  # fmt: skip
            spans += [
                span
                for lane, text in said.items()
                if lines.counts[lane]
                for span in (gap, Span(text.format(count=f"{lines.counts[lane]:,}")))
            ]
            if (gaps := lines.counts[Lane.GAPS]) and self.size.width >= WIDE:
                said_of = ngettext("({count} gap does not count)", "({count} gaps do not count)", gaps)
                spans += [gap, Span(said_of.format(count=gaps), "muted")]
        views = {
            Grouping.LANES: _("lanes"), Grouping.DAYS: _("by day, two weeks"), Grouping.ACCOUNTS: _("by account"),
            Grouping.SEVERITY: _("by severity"),
        }  # fmt: skip
        if self.words:
            spans += [gap, Span(_("filter: {words}").format(words=" ".join(self.words)), "warn", "row.filter")]
        spans += [gap, Span(_("view: {view} (v)").format(view=views[self.grouping]), "muted", "row.view")]
        if marked := len(self.main_rows().marked):
            spans += [gap, Span(_("{count} marked").format(count=marked), "strong")]
        if self.kamtui.turning:
            spans += [gap, Span(_("the new day is being reckoned ..."), "muted")]
        self.query_one("#pass", Bar).show(spans)

    def _nothing(self) -> str:
        if self.words:
            return _("Nothing holds “{words}”.\nEsc shows everything again.").format(words=" ".join(self.words))
        return _(
            "Nothing is due today, and nothing is late.\na  a task, a touch or a need in one line\n"
            "v  what comes in the next two weeks\nP  all accounts"
        )

    def on_resize(self) -> None:
        narrow = self.size.width < WIDE
        self.set_class(narrow, "-narrow")
        rows = self.main_rows()
        rows.set_columns(columns(wide=not narrow))
        if self._pass is not None and not self.unfolded:
            before = self._pass.cut
            self._fold(self._pass)
            if self._pass.cut != before:
                rows.show(self._pass, keep=True)
        self.set_class(self.size.height < 18, "-low")
        self.set_class(glyphs.current().ascii, "-ascii")
        super().on_resize()

    def on_rows_moved(self) -> None:
        self._preview_soon()
        self._show_pass()

    def _preview_soon(self) -> None:
        self.when_at_rest(self._preview)

    def _preview(self) -> None:
        # What can be done follows from the row.
        self.refresh_bars()
        paper = self.query_one("#preview", Paper)
        row = self.main_rows().record
        if not paper.display or not self.is_current:
            return
        session = self.kamtui.session
        paper.show(preview(session, row, short=self.has_class("-narrow"), asked=self.asked) if row is not None else [])
