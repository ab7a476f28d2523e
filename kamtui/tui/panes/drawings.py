"""The map as a drawing: the chart or the grid."""

from kamtui.store.reads.standing import coverage_of
from kamtui.tui.panes.chart import chart
from kamtui.tui.panes.grid import grid
from kamtui.tui.panes.org_map import said_of
from kamtui.tui.panes.pane import Shown, View
from kamtui.tui.panes.seats import read_map
from kamtui.tui.widgets.canvas import Plan

MANY = 40  # people from which on the chart begins folded, so that it can be read
FOLDED_BELOW = 2  # levels that stand open then


def draw_map(view: View, as_grid: bool, cells: int) -> tuple[Plan, Shown]:
    """The drawing of the map, and what the pane's title and tab say of it."""
    found = read_map(view)
    if as_grid:
        coverage = view.session.read(coverage_of, view.account_id, view.as_of or view.today)
        plan = grid(found, coverage, cells)
    else:
        if found.total > MANY and not view.folded and not view.unfolded:
            view.folded |= {("person", seat.person.id) for seat in found.seats if seat.person.depth == FOLDED_BELOW}
            view.unfolded = True
            found = read_map(view)
        plan = chart([*found.seats, *found.outside], found.edges)
    return plan, Shown((), said_of(found), str(found.total))
