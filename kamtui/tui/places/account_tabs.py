"""The tabs of an account: its panes by number, how much is in each, the one that one is in set apart and always seen."""

from collections.abc import Mapping, Sequence

from kamtui.language import gettext as _
from kamtui.tui.panes import BOARD, PANES
from kamtui.tui.panes.pane import Pane
from kamtui.tui.text import width
from kamtui.tui.widgets.bar import Span

_SHORT = 60  # cells below which a name is its first letters
_EDGE = 2  # cells in front of the first tab


def tabs(active: str, counts: Mapping[str, str], look: Sequence[Span], cells: int, *, on_board: bool) -> list[Span]:
    """The tabs in so many cells; `counts` are what stands behind the names, `look` how the active pane is looked at. Where
    the active one has no room, the first ones give way."""
    if on_board:
        panes = [pane for pane in PANES.values() if pane not in BOARD]
        board = [Span(" "), Span(_("[1-4 Board]"), "strong"), Span("  ")]
        return board + [_tab(pane, False, counts.get(pane.context, ""), cells) for pane in panes]
    shown: list[list[Span]] = []
    at = 0
    for number, pane in enumerate(PANES.values()):
        here = pane.context == active
        at = number if here else at
        tab = _tab(pane, here, counts.get(pane.context, ""), cells)
        shown.append([tab, *look] if here else [tab])
    first = 0
    while first < at and sum(width(span.text) for tab in shown[first : at + 1] for span in tab) > cells - _EDGE:
        first += 1
    front = Span("< ", "muted") if first else Span(" ")
    return [front, *(span for tab in shown[first:] for span in tab)]


def _tab(pane: Pane, here: bool, count: str, cells: int) -> Span:
    short = cells < _SHORT
    name = _(pane.name) if not short or here else _(pane.name)[:3]
    behind = f" {count}" if count and not short else "!" if count.endswith("!") else ""
    text = f"{pane.digit} {name}{behind}"
    style = "strong" if here else "warn" if count.endswith("!") else ""
    return Span(f"[{text}]" if here else f" {text} ", style, f"pane.{pane.context}")
