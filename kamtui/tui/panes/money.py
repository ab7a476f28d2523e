"""Contracts, orders and costs of an account."""

from collections.abc import Iterator

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.contracts import ContractRow, get_contract, list_contracts
from kamtui.store.reads.ledger import CostRow, TransactionRow, list_costs, list_transactions
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

NEWEST = 500
_ENDS_SOON = 180  # days before its end from which on a contract is marked (PRODUCT.md §4, signal 10)
_SHORT = 0.9  # attainment below which a contract falls short
Entry = ContractRow | TransactionRow | CostRow


def columns(view: View) -> list[Column]:
    """Day, what kind, how much, what for."""

    def day(row: Entry) -> Cell:
        if not isinstance(row, ContractRow):
            return row.on.isoformat()
        if row.ends_on is None:
            return _("no end"), "muted"
        left = (row.ends_on - view.today).days
        return f"> {row.ends_on:%y-%m-%d}", "warn" if 0 <= left <= _ENDS_SOON else ""

    return [
        Column(mark("day"), day, width=10),
        Column(mark("kind"), _kind, width=12),
        Column(mark("amount"), _amount, width=18, right=True),
        Column(mark("profit"), _profit, width=18, right=True, gives_way=1),
        Column(mark("product"), lambda row: getattr(row, "product_line", None) or "", flex=2, least=8, gives_way=2),
        Column(
            mark("note"),
            lambda row: row.what if isinstance(row, ContractRow) else row.note or "",
            flex=3,
            least=8,
            gives_way=3,
        ),
    ]


def _kind(row: Entry) -> Cell:
    if isinstance(row, ContractRow):
        return (_("contract"), "strong") if row.signed_on else (_("negotiated"), "muted")
    return _label(row)


def _label(row: TransactionRow | CostRow) -> str:
    return label_of(words.TRANSACTION if isinstance(row, TransactionRow) else words.COST, row.kind)


def _amount(row: Entry) -> str:
    if isinstance(row, ContractRow):
        if row.quantity is not None:
            return f"{row.quantity.normalize():f} {row.unit or ''}".strip()
        return str(row.amount or "?")
    return str(row.revenue) if isinstance(row, TransactionRow) else f"-{row.amount}"


def _profit(row: Entry) -> Cell:
    if isinstance(row, ContractRow):
        return _attained(row), "warn" if _rate(row) is not None and (_rate(row) or 0) < _SHORT else ""
    return str(row.gross_profit or "?") if isinstance(row, TransactionRow) else ""


def _rate(row: ContractRow) -> float | None:
    return row.attained.rate if row.attained is not None else None


def _attained(row: ContractRow) -> str:
    rate = _rate(row)
    return _("attained {share}").format(share="?" if rate is None else f"{rate:.0%}")


def read(view: View) -> Shown:
    """Contracts, orders, costs."""
    contracts = view.session.read(list_contracts, view.today, account_id=view.account_id)
    orders = view.session.read(list_transactions, view.account_id, limit=NEWEST)
    costs = view.session.read(list_costs, view.account_id, limit=NEWEST)
    lines: list[Line] = []
    parts: tuple[tuple[str, str, list[Entry]], ...] = (
        (_("CONTRACTS"), "contract", list(contracts)),
        (_("ORDERS"), "transaction", list(orders)),
        (_("COSTS"), "cost", list(costs)),
    )
    for name, entity, rows in parts:
        kept = [
            row
            for row in rows
            if view.keeps("money", row.note, getattr(row, "what", ""), getattr(row, "product_line", ""))
        ]
        if kept:
            lines.append(Line(text=f"{name} ({len(kept)})", style="heading"))
            lines += [Line((entity, row.id), row) for row in kept]
    said = _("{contracts} contracts, {orders} orders, {costs} costs").format(
        contracts=len(contracts), orders=len(orders), costs=len(costs)
    )
    return Shown(lines, said, "")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The contract with its terms, the order or the cost, whole."""
    row: Entry = line.record
    if isinstance(row, ContractRow):
        yield from _contract(view, row.id)
        return
    yield Said(f"{_label(row)}, {row.on}", "title")
    yield Said(_amount(row), "strong")
    if isinstance(row, TransactionRow):
        yield Said(_("gross profit {money}").format(money=row.gross_profit or _("unknown")))
        if row.product_line:
            yield Said(row.product_line)
    if row.note:
        yield Said(row.note)


def _contract(view: View, contract_id: int) -> Iterator[Said]:
    card = view.session.read(get_contract, contract_id, view.today)
    row = card.contract
    yield Said(row.what, "title")
    signed = _("signed {day}").format(day=row.signed_on) if row.signed_on else _("not signed")
    yield Said(f"{signed}, {row.starts_on or '?'} – {row.ends_on or '?'}", "muted")
    yield Said(f"{_amount(row)}  {_attained(row)}", "strong")
    if row.attained is None and row.is_measurable and not row.uncounted:
        yield Said(_("no order of theirs is on record"), "muted")
    if row.uncounted:
        yield Said(
            _("{count} orders do not count: no quantity, or another currency").format(count=row.uncounted), "warn"
        )
    for term in card.terms:
        yield Said(_(term.term.replace("_", " ")), "heading")
        for label, text in ((_("wanted"), term.wanted), (_("offered"), term.offered), (_("agreed"), term.agreed)):
            yield Said(f"  {label:8} {text or '-'}", indent=11)
    for text in (row.document_ref, row.note):
        if text:
            yield Said(text)


PANE = Pane(
    "money",
    "8",
    mark("Money"),
    columns,
    read,
    detail,
    mark(
        "No contract, no orders and no costs are known.\na  a contract\nA  an order, a cost, a term\n`kamtui import csv FILE --into transaction` brings orders"
    ),
)
