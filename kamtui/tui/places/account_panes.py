"""The panes of an account: the list or the drawing of each, read from the store, a frame's worth of it first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.containers import Container
from textual.widget import Widget

from kamtui.language import gettext as _
from kamtui.tui.panes import BOARD, PANES, org_map
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.text import content
from kamtui.tui.widgets.canvas import Canvas
from kamtui.tui.widgets.rows import Key, Line, Rows

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

CHART_FROM = 100  # cells of a window from which on the chart is drawn; below that it is the tree
TREE, CHART, GRID = range(3)
_FIRST = 100  # records of a kind that are read for the first frame of an account
_NEAR_THE_END = 60  # lines from the last one where the next page is read


class AccountPanes(Container):
    """The lists of the panes and the drawing of the map. `view` is the account and how it is looked at; `shown` what was read
    of the panes, by their contexts."""

    DEFAULT_CSS = """
    AccountPanes { width: 1fr; height: 1fr; layout: vertical; }
    AccountPanes > Rows { display: none; height: 1fr; border: none; }
    AccountPanes > Rows.-active { display: block; }
    AccountPanes > Rows.-away { display: none !important; }
    """

    def __init__(self) -> None:
        super().__init__(id="panes")
        self.view: View | None = None
        self.shown: dict[str, Shown] = {}
        self._old: set[str] = set()  # panes that were read before the data changed
        self._cut: set[str] = set()  # panes of which as much was read as the first frame can show

    @property
    def kamtui(self) -> "Kamtui":
        return cast("Kamtui", self.app)

    def compose(self) -> Iterable[Widget]:
        for pane in PANES.values():
            rows = Rows(context=pane.context, labels=pane.labels, id=pane.context)
            rows.set_class(pane in BOARD, "-board")
            yield rows
            if pane is org_map.PANE:
                drawing = Canvas(context=pane.context, id="drawing")
                drawing.add_class("-board")
                yield drawing

    def show_account(self, account_id: int) -> bool:
        """Turns to an account; whether another one stood here before."""
        if self.view is not None and self.view.account_id == account_id:
            return False
        self.view = View(self.kamtui.session, account_id)
        self.shown.clear()
        return True

    def is_read(self, pane: Pane) -> bool:
        """Whether a pane shows what there is now."""
        return pane.context in self.shown and pane.context not in self._old

    def read_all(self, panes: Sequence[Pane], *, keep: bool) -> None:
        """Reads the panes that are seen; the others are read when somebody looks at them."""
        self._old = set(self.shown)
        for pane in panes:
            self.read(pane, keep=keep)

    def read_until(self, pane: Pane, rows: Rows, key: Key) -> None:
        """Reads on in a pane until a record is there."""
        if pane.more is not None:
            rows.show(self.as_far(pane, rows.lines, key=key))

    def read_on(self, pane: Pane, rows: Rows) -> None:
        """Reads the next page where the cursor comes near the last line."""
        if pane.more and self.view is not None and rows.cursor > len(rows.lines) - _NEAR_THE_END:
            with self.kamtui.saying():
                if following := pane.more(self.view, rows.lines):
                    rows.show([*rows.lines, *following])

    def is_drawn(self, pane: Pane) -> bool:
        """Whether a pane shows a drawing: the chart, which is the tree in a narrow window, or the grid."""
        if pane is not org_map.PANE or self.view is None:
            return False
        number = self.view.views.get(pane.context, TREE)
        return number == GRID or (number == CHART and self.screen.size.width >= CHART_FROM)

    def rows_of(self, pane: Pane) -> Rows:
        """The list, or the drawing, of a pane."""
        return self.query_one("#drawing" if self.is_drawn(pane) else f"#{pane.context}", Rows)

    def read(self, pane: Pane, *, keep: bool = True) -> None:
        """Reads a pane; of an account to which one came just now, as much as the first frame can show."""
        assert self.view is not None
        self.view.most = None if keep else _FIRST
        self._cut.discard(pane.context)
        self._old.discard(pane.context)
        if self.is_drawn(pane):
            self.draw(keep=keep)
            return
        rows = self.query_one(f"#{pane.context}", Rows)
        shown = pane.read(self.view)
        if keep and pane.more is not None:
            shown = replace(shown, lines=self.as_far(pane, shown.lines, count=len(rows.lines)))
        self.shown[pane.context] = shown
        if self.view.most is not None and len(shown.lines) >= self.view.most:
            self._cut.add(pane.context)
        rows.empty = self._empty(pane)
        rows.find(self.view.words.get(pane.context, ()))
        rows.columns = tuple(pane.columns(self.view))
        rows.show(shown.lines, keep=keep)
        rows.border_title = content(self._title(pane, shown))

    def as_far(self, pane: Pane, lines: Sequence[Line], *, count: int = 0, key: Key | None = None) -> Sequence[Line]:
        """The lines of a pane that is read a page at a time: so many of them, or as many as it takes to a record."""
        assert self.view is not None
        assert pane.more is not None
        found = list(lines)
        while (len(found) < count or (key and all(line.key != key for line in found))) and (
            following := pane.more(self.view, found)
        ):
            found += following
        return found

    def read_rest(self) -> None:
        """Reads what lies below the records of the first frame."""
        with self.kamtui.saying():
            for context in list(self._cut):
                self.read(PANES[context])

    def draw(self, *, keep: bool) -> None:
        """Draws the map as the chart or the grid."""
        from kamtui.tui.panes.drawings import draw_map

        assert self.view is not None
        drawing = self.query_one("#drawing", Canvas)
        key = self.query_one("#map", Rows).key if drawing.key is None or not keep else drawing.key
        plan, shown = draw_map(self.view, self.view.views["map"] == GRID, drawing.size.width or self.screen.size.width)
        self.shown["map"] = shown
        drawing.empty = self._empty(org_map.PANE)
        drawing.draw(plan)
        if key is not None:
            drawing.go_to(key)
        drawing.border_title = content(self._title(org_map.PANE, shown))

    def _empty(self, pane: Pane) -> str:
        words = self.view.words.get(pane.context, ()) if self.view else ()
        if words:
            return _("Nothing holds “{words}”.\nEsc shows everything again.").format(words=" ".join(words))
        return _(pane.empty)

    def look(self, pane: Pane) -> Iterable[str]:
        """How a pane is looked at, where that is not the way that it begins with."""
        if self.view is None:
            return
        if pane.view_names and (number := self.view.views.get(pane.context, 0)):
            yield _(pane.view_names[number])
        if pane is org_map.PANE and self.view.as_of:
            yield _("as of {day}").format(day=self.view.as_of)

    def _title(self, pane: Pane, shown: Shown) -> str:
        parts = [f"{pane.digit} {_(pane.name)}", *self.look(pane)]
        if self.view and (words := self.view.words.get(pane.context)):
            parts.append(_("filter: {words}").format(words=" ".join(words)))
        if shown.said:
            parts.append(shown.said)
        return "  ".join(parts)
