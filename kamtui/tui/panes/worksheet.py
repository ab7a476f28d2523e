"""The contract worksheet: a row for each term, what they want, what we offer, what was agreed."""

from collections.abc import Iterator

from kamtui.domain.labels import NEED_STATE, called
from kamtui.language import gettext as _
from kamtui.store.reads.contracts import WorksheetRow, list_worksheet
from kamtui.tui.panes.pane import Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

ROW = "worksheet_row"


def columns() -> list[Column]:
    """The term and its three answers."""

    def said(texts: tuple[str, ...]) -> Cell:
        return ("; ".join(texts), "") if texts else ("-", "muted")

    return [
        Column("term", lambda row: called(row.term), width=12),
        Column("wanted", lambda row: said(row.wanted), flex=3, least=8),
        Column("offered", lambda row: said(row.offered), flex=2, least=8),
        Column("agreed", lambda row: said(row.agreed), flex=2, least=8),
    ]


def read(view: View) -> Shown:
    """All terms; the title counts how far the three columns are filled."""
    rows = view.session.read(list_worksheet, view.account_id)
    kept = [row for row in rows if view.keeps("needs", row.term, *row.wanted, *row.offered, *row.agreed)]
    filled = sum(bool(row.agreed) for row in rows)
    lines = [Line((ROW, number), row) for number, row in enumerate(kept)]
    heading = Line(text=_("contract terms: wanted / offered / agreed"), style="muted")
    return Shown([heading, *lines], _("{filled} of {all} agreed").format(filled=filled, all=len(rows)), str(len(rows)))


def detail(row: WorksheetRow) -> Iterator[Said]:
    """The needs that ask for the term, and what the contracts say."""
    yield Said(called(row.term), "title")
    for need in row.needs:
        yield Said(f"{NEED_STATE[need.state]} {need.wanted}", indent=5)
    for term in row.terms:
        for label, text in ((_("wanted"), term.wanted), (_("offered"), term.offered), (_("agreed"), term.agreed)):
            if text:
                yield Said(f"{label}: {text}", indent=2)
    if not row.needs and not row.terms:
        yield Said(_("nothing is known of this term"), "muted")
