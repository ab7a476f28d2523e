"""Orders and costs of an account, newest first."""

from collections.abc import Iterator

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.ledger import CostRow, TransactionRow, list_costs, list_transactions
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

NEWEST = 500
Entry = TransactionRow | CostRow


def columns(view: View) -> list[Column]:
    """Day, what kind, how much, what for."""
    return [
        Column(mark("day"), lambda row: row.on.isoformat(), width=10),
        Column(mark("kind"), _kind, width=12),
        Column(mark("amount"), _amount, width=18, right=True),
        Column(mark("profit"), _profit, width=18, right=True, gives_way=1),
        Column(mark("product"), lambda row: getattr(row, "product_line", None) or "", flex=2, least=8, gives_way=2),
        Column(mark("note"), lambda row: row.note or "", flex=3, least=8, gives_way=3),
    ]


def _kind(row: Entry) -> str:
    return label_of(words.TRANSACTION if isinstance(row, TransactionRow) else words.COST, row.kind)


def _amount(row: Entry) -> str:
    return str(row.revenue) if isinstance(row, TransactionRow) else f"-{row.amount}"


def _profit(row: Entry) -> str:
    return str(row.gross_profit or "?") if isinstance(row, TransactionRow) else ""


def read(view: View) -> Shown:
    """Orders, then costs."""
    orders = view.session.read(list_transactions, view.account_id, limit=NEWEST)
    costs = view.session.read(list_costs, view.account_id, limit=NEWEST)
    lines: list[Line] = []
    for name, entity, rows in ((_("orders"), "transaction", orders), (_("costs"), "cost", costs)):
        kept = [
            row
            for row in rows
            if view.keeps("money", row.note, str(row.on), row.kind, getattr(row, "product_line", ""))
        ]
        if kept:
            lines.append(Line(text=f"{name} ({len(kept)})", style="heading"))
            lines += [Line((entity, row.id), row) for row in kept]
    return Shown(lines, _("{orders} orders, {costs} costs").format(orders=len(orders), costs=len(costs)), "")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The order or the cost, whole."""
    row: Entry = line.record
    yield Said(f"{_kind(row)}, {row.on}", "title")
    yield Said(_amount(row), "strong")
    if isinstance(row, TransactionRow):
        yield Said(_("gross profit {money}").format(money=row.gross_profit or _("unknown")))
        if row.product_line:
            yield Said(row.product_line)
    if row.note:
        yield Said(row.note)


PANE = Pane(
    "money",
    "8",
    mark("Money"),
    columns,
    read,
    detail,
    mark("No orders and no costs are known.\n`kamtui import csv FILE --into transaction` brings them"),
)
