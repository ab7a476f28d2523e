"""Contracts, orders and costs of an account; orders and costs a page at a time, newest first."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.contracts import ContractRow, get_contract, list_contracts
from kamtui.store.reads.ledger import CostRow, TransactionRow, count_ledger, list_costs, list_transactions
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

PAGE = 200
ALL, ORDERS, COSTS = range(3)
_ENDS_SOON = 180  # days before its end from which on a contract is marked (PRODUCT.md §4, signal 10)
_SHORT = 0.9  # attainment below which a contract falls short
Entry = ContractRow | TransactionRow | CostRow
Row = TypeVar("Row", TransactionRow, CostRow)


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
        Column(mark("kind"), _kind, width=12, gives_way=4),
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
    """Contracts, then the first page of the orders, and the costs behind the last order."""
    contracts = view.session.read(list_contracts, view.today, account_id=view.account_id)
    orders, costs = view.session.read(count_ledger, view.account_id)
    number = view.views.get("money", ALL)
    lines: list[Line] = []
    kept = [row for row in contracts if _keeps(view, row)] if number == ALL else []
    if kept:
        lines.append(_heading(view, _("CONTRACTS"), len(contracts)))
        lines += [Line(("contract", row.id), row) for row in kept]
    lines += _costs(view, None) if number == COSTS else _orders(view, None)
    said = _("{contracts} contracts, {orders} orders, {costs} costs").format(
        contracts=len(contracts), orders=orders, costs=costs
    )
    return Shown(lines, said, "")


def more(view: View, lines: Sequence[Line]) -> list[Line]:
    """The next page behind these lines; empty at the end."""
    last = lines[-1].record if lines else None
    if isinstance(last, TransactionRow):
        return _orders(view, last)
    return _costs(view, last) if isinstance(last, CostRow) else []


def _orders(view: View, after: TransactionRow | None) -> list[Line]:
    """A page of orders; with the last one the first page of costs, unless orders alone are looked at."""

    def page(after: TransactionRow | None) -> list[TransactionRow]:
        return view.session.read(list_transactions, view.account_id, limit=PAGE, after=after)

    rows, is_end = _kept(view, page, after)
    lines = [Line(("transaction", row.id), row) for row in rows]
    if after is None and lines:
        lines.insert(0, _heading(view, _("ORDERS"), view.session.read(count_ledger, view.account_id)[0]))
    return lines + _costs(view, None) if is_end and view.views.get("money", ALL) == ALL else lines


def _costs(view: View, after: CostRow | None) -> list[Line]:
    def page(after: CostRow | None) -> list[CostRow]:
        return view.session.read(list_costs, view.account_id, limit=PAGE, after=after)

    rows, _is_end = _kept(view, page, after)
    lines = [Line(("cost", row.id), row) for row in rows]
    if after is None and lines:
        lines.insert(0, _heading(view, _("COSTS"), view.session.read(count_ledger, view.account_id)[1]))
    return lines


def _kept(view: View, page: Callable[[Row | None], list[Row]], after: Row | None) -> tuple[list[Row], bool]:
    """What the filter keeps of a page, and whether nothing follows; where it keeps nothing, the next ones are looked
    through."""
    while True:
        rows = page(after)
        kept = [row for row in rows if _keeps(view, row)]
        if kept or len(rows) < PAGE:
            return kept, len(rows) < PAGE
        after = rows[-1]


def _keeps(view: View, row: Entry) -> bool:
    return view.keeps("money", row.note, getattr(row, "what", ""), getattr(row, "product_line", ""))


def _heading(view: View, name: str, count: int) -> Line:
    """How many there are of a kind; not how many a filter keeps, which may not have been read yet."""
    return Line(text=name if view.words.get("money") else f"{name} ({count})", style="heading")


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
        yield Said(called(term.term), "heading")
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
    (mark("everything"), mark("orders"), mark("costs")),
    more=more,
)
