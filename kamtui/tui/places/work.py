"""The account's place: the single interface to one account. Four panes at once where there is room, else one of them, with
what is known of the record under the cursor beside or below."""

from collections.abc import Awaitable, Iterable, Mapping
from typing import ClassVar

from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from kamtui.domain.errors import KamtuiError, NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import accounts_by_name
from kamtui.tui import glyphs
from kamtui.tui.panes import BOARD, HOLDS, PANES, org_map, timeline
from kamtui.tui.panes.pane import Pane, View
from kamtui.tui.places.account_head import AccountHead, Standing, read_head, read_standing
from kamtui.tui.places.account_panes import AccountPanes
from kamtui.tui.places.account_tabs import tabs
from kamtui.tui.places.brief_sheet import BriefSheet
from kamtui.tui.places.place import Place
from kamtui.tui.whereabouts import Trail
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.canvas import Canvas
from kamtui.tui.widgets.paper import Paper, Said
from kamtui.tui.widgets.rows import Key, Rows

WIDE, TALL = 110, 22  # from here four panes stand at once
BESIDE = 110  # from here the detail stands beside a single pane
DRAWN_BESIDE = 180  # and beside the chart or the grid, which take all the width they get
BELOW = 18  # from this height it stands below one
_STANDING_AFTER = 0.03  # seconds after the panes; what signals say of the account is read behind them
SIGNALS_FROM, PARTS_FROM = 18, 32  # lines from which the signals, the parts of the health have a line of their own


class WorkPlace(Place):
    """An account. `active` is the pane that has the keyboard, `zoomed` whether it stands alone."""

    place = "work"
    footer_order: ClassVar[Mapping[str, int]] = {"add.touch": 46, "row.edit": 48, "brief.show": 52, "pane.zoom": 54}
    DEFAULT_CSS = """
    WorkPlace #detail { display: none; }
    WorkPlace.-below #body { layout: vertical; }
    WorkPlace.-below #detail { display: block; width: 1fr; height: 7; border-top: solid $line; }
    WorkPlace.-beside #detail { display: block; width: 2fr; max-width: 64; border-left: solid $line; }
    WorkPlace.-beside #panes { width: 3fr; }
    WorkPlace.-board #detail, WorkPlace.-briefed #detail { display: none; }
    WorkPlace BriefSheet { display: none; width: 1fr; max-width: 100; border-left: solid $line; }
    WorkPlace BriefSheet > Bar { display: block; }
    WorkPlace.-briefed BriefSheet { display: block; }
    WorkPlace.-beside.-briefed #panes { width: 1fr; }
    WorkPlace.-briefed.-ascii BriefSheet { border-left: ascii $line; }
    WorkPlace.-board #panes { layout: grid; grid-size: 2 2; grid-rows: 3fr 2fr; }
    WorkPlace.-board #panes > Rows { border: round $line; border-title-color: $muted; }
    WorkPlace.-board #panes > Rows.-board { display: block; }
    WorkPlace.-board #panes > Rows.-active { border: round $accent; border-title-color: $accent; border-title-style: bold; }
    WorkPlace.-board.-ascii #panes > Rows { border: ascii $line; }
    WorkPlace.-board.-ascii #panes > Rows.-active { border: ascii $accent; }
    WorkPlace.-board.-wide #panes > Rows { border-right: none; }
    WorkPlace #account, WorkPlace #notice { display: none; }
    WorkPlace #signals, WorkPlace #parts, WorkPlace #since { display: none; }
    WorkPlace.-roomy #account, WorkPlace.-roomy #notice { display: block; }
    WorkPlace.-ascii #detail { border-top: ascii $line; }
    WorkPlace.-beside.-ascii #detail { border-top: none; border-left: ascii $line; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.active = "map"
        self.zoomed = False
        self.panes = AccountPanes()
        self.heading: AccountHead | None = None
        self.standing: Standing | None = None
        self._soon: Timer | None = None
        self._asked_for: Key | None = None

    def body(self) -> Iterable[Widget]:
        yield Bar(id="account")
        yield Bar(id="signals")
        yield Bar(id="parts")
        yield Bar(id="since")
        yield Bar(id="tabs")
        with Horizontal(id="body"):
            yield self.panes
            yield Paper(id="detail", focusable=False)

    # What is shown

    @property
    def view(self) -> View | None:
        """The account, and how its panes are looked at."""
        return self.panes.view

    @property
    def pane(self) -> Pane:
        """The pane that has the keyboard."""
        return PANES[self.active]

    @property
    def on_board(self) -> bool:
        """Whether the four panes stand at once now."""
        return (
            not self.briefed
            and not self.zoomed
            and self.pane in BOARD
            and self.size.width >= WIDE
            and self.size.height >= TALL
        )

    @property
    def sheet(self) -> BriefSheet | None:
        """The brief that was opened beside the panes."""
        return next(iter(self.query(BriefSheet)), None)

    @property
    def briefed(self) -> bool:
        """Whether a brief stands beside the pane now; a narrow window has no room for one."""
        return self.size.width >= BESIDE and self.sheet is not None

    async def show_brief(self, account_id: int) -> None:
        """Opens the brief beside the pane, and gives it the keyboard."""
        if self.sheet is None:
            await self.query_one("#body").mount(BriefSheet(account_id))
            self._lay_out()
        if self.sheet is not None:
            self.set_focus(self.sheet.paper)

    async def close_brief(self) -> None:
        """Puts the brief away."""
        if self.sheet is not None:
            self.set_focus(self.main_rows())
            await self.sheet.remove()
            self._lay_out()

    def leave_brief(self) -> None:
        """Gives the keyboard back to the pane; the brief stays, and goes with what changes."""
        self.set_focus(self.main_rows())

    def on_brief_sheet_gone(self, message: BriefSheet.Gone) -> None:
        message.stop()

    def main_rows(self) -> Rows:
        return self.panes.rows_of(self.pane)

    def title_text(self) -> str:
        return self.heading.card.name if self.heading else ""

    def load(self) -> None:
        account_id = self.kamtui.whereabouts.account_id
        if account_id is None or not self.kamtui.session.is_there:
            return
        try:
            self.heading = read_head(self.kamtui.session, account_id)
        except NotFound:
            # Another window, or an undo, took the account away.
            self.kamtui.whereabouts.account_id = None
            self.call_later(self.kamtui.go, "portfolio")
            return
        self.kamtui.whereabouts.visit(self.kamtui.session.today)
        if fresh := self.panes.show_account(account_id):
            self.standing = None
        self.panes.read_all(BOARD if self.pane in BOARD else (*BOARD, self.pane), keep=not fresh)
        if fresh:
            self.call_after_refresh(self.panes.read_rest)
        if self.sheet is not None:
            self.sheet.account_id = account_id
            if self.briefed:
                self.sheet.load()
        self._lay_out()
        self._standing_soon()
        if self._asked_for is not None:
            self.show_record(self._asked_for)

    def renew(self) -> None:
        self._standing_soon()

    def _standing_soon(self) -> None:
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(_STANDING_AFTER, self._read_standing, name="standing")

    def _read_standing(self) -> None:
        if self.view is None:
            return
        with self.kamtui.saying():
            self.standing = read_standing(
                self.kamtui.session, self.view.account_id, self.kamtui.whereabouts.here_before, self.standing
            )
            for pane in (PANES["give"], PANES["trouble"]):  # their tabs say what is open, also to who does not look
                if not self.panes.is_read(pane):
                    self.panes.read(pane)
        self._show_standing()
        self.refresh_bars()

    def _show_standing(self) -> None:
        if self.standing is None:
            return  # it is read a moment after one came: nothing jumps meanwhile
        there = self.standing.health is not None
        self.query_one("#signals", Bar).display = there and self.size.height >= SIGNALS_FROM
        self.query_one("#parts", Bar).display = there and self.size.height >= PARTS_FROM and self.size.width >= 100
        self.query_one("#since", Bar).display = bool(self.standing.changes) and self.size.height >= SIGNALS_FROM

    def _lay_out(self) -> None:
        """Which panes stand, and where the detail is."""
        wide, tall = self.size.width, self.size.height
        board = self.on_board
        drawn = self.panes.is_drawn(org_map.PANE)
        beside = wide >= (DRAWN_BESIDE if drawn and self.active == "map" else BESIDE)
        self.set_class(board, "-board")
        self.set_class(self.briefed, "-briefed")
        self.set_class(not board and beside, "-beside")
        self.set_class(not board and not beside and tall >= BELOW, "-below")
        self.set_class(wide >= 100, "-roomy")
        self._show_standing()
        self.set_class(glyphs.current().ascii, "-ascii")
        self.set_class(glyphs.current().wide, "-wide")
        self.query_one("#drawing", Rows).set_class(drawn and self.active == "map", "-active")
        self.query_one("#drawing", Rows).set_class(not drawn, "-away")
        self.query_one("#map", Rows).set_class(drawn, "-away")
        for pane in PANES.values():
            here = pane.context == self.active and not (drawn and pane is org_map.PANE)
            self.query_one(f"#{pane.context}", Rows).set_class(here, "-active")
        rows = self.main_rows()
        reading = self.briefed and self.sheet is not None and self.focused is self.sheet.paper
        if self.focused is not rows and not reading:
            self.set_focus(rows)
        self._detail_soon()
        self.refresh_bars()

    # Going about

    def show_pane(self, context: str, *, zoom: bool | None = None, look: int | None = None) -> None:
        """Gives a pane the keyboard; one that is not on the board stands alone. `look` is the way to look at it, by number."""
        self.active = context
        if zoom is not None:
            self.zoomed = zoom
        if self.view is not None and look is not None:
            self.view.views[context] = look
        if self.view is not None and (look is not None or not self.panes.is_read(self.pane)):
            self.panes.read(self.pane)
        self._lay_out()

    def show_record(self, key: Key) -> None:
        """Puts the cursor on a record, in its pane."""
        entity, row_id = key
        entity = {"interaction": "touch", "return_commitment": "return"}.get(entity, entity)
        self._asked_for = None
        context = HOLDS.get(entity)
        if context is None or self.view is None:
            return
        self.show_pane(context)
        rows = self.main_rows()
        if not rows.go_to((entity, row_id)):
            self.panes.read_rest()
            self.panes.read_until(self.pane, rows, (entity, row_id))
        if not rows.go_to((entity, row_id)):
            # It is folded away, filtered out, closed, or somebody who left: everything is shown then.
            self.view.words.pop(context, None)
            self.view.folded.clear()
            self.view.show_left = True
            self.view.views[context] = self.pane.whole
            self.panes.read(self.pane)
            self.panes.read_until(self.pane, rows, (entity, row_id))
            if not rows.go_to((entity, row_id)):
                self.kamtui.tell(_("That record is not in this account any more."), severity="warning")
        self._lay_out()

    async def arrive(self, key: Key | None) -> None:
        self._asked_for = key
        changed = self.view is None or self.view.account_id != self.kamtui.whereabouts.account_id
        if changed or self.stale:
            self.reload()
        elif key is not None:
            self.show_record(key)

    def next_pane(self, direction: int) -> None:
        order = [pane.context for pane in (BOARD if self.on_board else PANES.values())]
        at = order.index(self.active) if self.active in order else 0
        self.show_pane(order[(at + direction) % len(order)])

    def next_view(self) -> None:
        pane = self.pane
        if self.view is None or len(pane.view_names) < 2:
            self.kamtui.tell(_("This pane has one view."))
            return
        self.view.views[pane.context] = (self.view.views.get(pane.context, 0) + 1) % len(pane.view_names)
        self.panes.read(pane)
        self._lay_out()

    def zoom(self) -> None:
        """One pane alone, or all four again."""
        if self.pane not in BOARD or self.size.width < WIDE or self.size.height < TALL:
            self.kamtui.tell(_("This pane has all the room there is."))
            return
        self.zoomed = not self.zoomed
        self._lay_out()

    def next_stop(self, direction: int) -> tuple[int, Key | None] | None:
        """The next row of the list that one came from, else the next account by name."""
        whereabouts = self.kamtui.whereabouts
        if not whereabouts.trail.stops:
            by_name = self.kamtui.session.read(accounts_by_name)
            whereabouts.trail = Trail("", tuple((row_id, None) for row_id in by_name))
        return whereabouts.step(direction)

    def _trail_span(self) -> Span:
        """Which row of the list that one came from this is."""
        trail = self.kamtui.whereabouts.trail
        if not (trail.place and trail.whole) or not trail.stands_on(self.kamtui.whereabouts.account_id):
            return Span("")
        place = _("Today") if trail.place == "today" else _("Portfolio")
        said = _("row {at} of {all} in {place}, ] next [ previous")
        return Span(" " + said.format(at=trail.at + 1, all=len(trail.stops), place=place), "muted")

    def filter(self, words: tuple[str, ...]) -> None:
        if self.view is not None:
            self.view.words[self.active] = words
            self.panes.read(self.pane)
            self.refresh_bars()

    @property
    def words(self) -> tuple[str, ...]:
        """The filter of the pane that has the keyboard."""
        return self.view.words.get(self.active, ()) if self.view else ()

    @words.setter
    def words(self, words: tuple[str, ...]) -> None:
        if getattr(self, "view", None) is not None:
            self.filter(words)

    def sideways(self, direction: int) -> None:
        """Folds and unfolds in the map; elsewhere goes to the pane beside."""
        rows = self.main_rows()
        if isinstance(rows, Canvas):
            rows.walk(direction, 0)
        elif self.active == "map" and rows.key and self.view is not None:
            if direction < 0 and rows.key not in self.view.folded:
                self.view.folded.add(rows.key)
            elif direction > 0:
                self.view.folded.discard(rows.key)
            self.panes.read(self.pane)
        else:
            self.next_pane(direction)

    def open_row(self) -> Awaitable[None] | None:
        """What is known of the record: beside the pane, and whole on a page of its own from there."""
        if self.on_board:
            self.show_pane(self.active, zoom=True)
            return None
        rows = self.main_rows()
        if self.active == "timeline" and rows.key and (record := timeline.goes_to(rows.record)) is not None:
            self.show_record(record)
            return None
        return self._page()

    async def _page(self) -> None:
        from kamtui.tui.dialogs.page import Page

        if said := self.detail_lines():
            await self.kamtui.ask(Page(said))

    async def back(self) -> None:
        if self.words:
            self.filter(())
        elif self.view is not None and self.view.as_of is not None and self.active == "map":
            self.view.as_of = None
            self.reload()
        elif self.zoomed:
            self.zoom()
        elif self.pane not in BOARD:
            self.show_pane("map")
        else:
            await self.kamtui.go(self.kamtui.whereabouts.trail.place or "today")

    # Bars and detail

    def detail_lines(self) -> list[Said]:
        """What is said of the record under the cursor."""
        rows = self.main_rows()
        if self.view is None or rows.key is None:
            return []
        try:
            return list(self.pane.detail(self.view, rows.lines[rows.cursor]))
        except KamtuiError:
            return []  # another window took it away; the list follows in a moment

    def _detail_soon(self) -> None:
        self.when_at_rest(self._show_detail)

    def _show_detail(self) -> None:
        paper = self.query_one("#detail", Paper)
        if paper.display and self.is_current:
            paper.show(self.detail_lines())

    def on_rows_moved(self) -> None:
        self._detail_soon()
        rows = self.main_rows()
        self.panes.read_on(self.pane, rows)

    def on_resize(self) -> None:
        if self.view is not None:
            with self.kamtui.saying():
                self.panes.read(org_map.PANE)  # a chart may have become the tree, or the tree a chart
        self._lay_out()

    def on_canvas_sized(self) -> None:
        if self.panes.is_drawn(org_map.PANE):
            with self.kamtui.saying():
                self.panes.draw(keep=True)

    def on_descendant_focus(self) -> None:
        focused = self.focused
        if isinstance(focused, Rows) and focused.context != self.active and focused.context in PANES:
            # A click into another pane.
            self.active = focused.context
            self._lay_out()
        self.refresh_bars()

    def head(self) -> tuple[list[Span], list[Span]]:
        if self.size.width >= 100:
            return [*self.places_bar(), self._trail_span()], [self.today_span()]
        return (self.heading.spans(self.size.width, self.standing) if self.heading else self.places_bar()), [
            self.today_span()
        ]

    def refresh_bars(self) -> None:
        super().refresh_bars()
        if self.is_mounted:
            if self.heading is not None:
                self.query_one("#account", Bar).show(self.heading.spans(self.size.width, self.standing))
            self.query_one("#signals", Bar).show(self.standing.signal_spans(self.size.width) if self.standing else ())
            self.query_one("#parts", Bar).show(self.standing.part_spans(self.size.width) if self.standing else ())
            since = self.standing.since_spans(self.size.width, self.kamtui.session.today) if self.standing else ()
            self.query_one("#since", Bar).show(since)
            self.query_one("#tabs", Bar).show(self._tabs())

    def _tabs(self) -> list[Span]:
        counts = {context: shown.count for context, shown in self.panes.shown.items()}
        look = ", ".join(self.panes.look(self.pane))
        warns = self.pane is org_map.PANE and self.view is not None and self.view.as_of is not None
        spans = [Span(f" {look} ", "warn" if warns else "")] if look else []
        return tabs(self.active, counts, spans, self.size.width, on_board=self.on_board)
