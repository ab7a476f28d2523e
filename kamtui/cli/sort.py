"""`kamtui sort`."""

import sys
from typing import Annotated
from unicodedata import normalize

import typer

from kamtui.cli.context import Desk, desk
from kamtui.cli.output import Column, note, show_rows, write, write_json, wrote
from kamtui.domain.enums import Tier
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import tier_mark
from kamtui.domain.text import one_line, visible
from kamtui.language import gettext as _
from kamtui.store.reads.resolve import find
from kamtui.store.reads.sorting import SortRow, list_unsorted

app = typer.Typer(rich_markup_mode=None)

LATER = "later"
STOP = "q"
WORDS = {"t1": Tier.T1, "t2": Tier.T2, "t3": Tier.T3, "non_key": Tier.NON_KEY, "no": Tier.NON_KEY, LATER: None}
KEYS = {"1": Tier.T1, "2": Tier.T2, "3": Tier.T3, "0": Tier.NON_KEY, "s": None}

COLUMNS = [
    Column(_("rank"), lambda row: row.rank, right=True),
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account),
    Column(_("contact"), lambda row: row.contact),
    Column(_("orders"), lambda row: row.orders, right=True),
    Column(_("months"), lambda row: row.months, right=True),
    Column(_("last order"), lambda row: row.last_order),
    Column(_("last 12 months"), lambda row: row.revenue_12m, right=True),
    Column(_("revenue"), lambda row: row.revenue, right=True),
]


@app.command(help=_("Give unsorted accounts a tier, best customers first; on a terminal it asks for each."))
def sort(
    ctx: typer.Context,
    tiers: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ACCOUNT=T1|T2|T3|non_key|later", help=_("Without asking; more than once.")),
    ] = None,
) -> None:
    if tiers:
        _set(desk(ctx), tiers)
        return
    with desk(ctx).reading() as connection:
        rows = list_unsorted(connection, desk(ctx).today)
    if rows and not desk(ctx).json and sys.stdin.isatty() and sys.stdout.isatty():
        _ask(desk(ctx), rows)
    else:
        show_rows(rows, COLUMNS, json=desk(ctx).json, empty=_("Every account is sorted."))


def _set(at: Desk, tiers: list[str]) -> None:
    from kamtui.services.accounts import sort_account

    pairs = [_pair(text) for text in tiers]
    cards = []
    with at.writing() as work:
        for name, tier in pairs:
            card = sort_account(work, find(work.connection, "account", name), tier)
            cards.append(card)
        if len(cards) > 1:
            work.label = _("Sort {count} accounts").format(count=len(cards))
    if at.json:
        write_json(cards)
        return
    said = [f"{card.name} ({card.id}) {tier_mark(card.tier, card.provisional) or LATER}" for card in cards]
    wrote(_("Sorted: {accounts}").format(accounts=", ".join(said)), cards, json=False)


def _pair(text: str) -> tuple[str, Tier | None]:
    name, equals, word = text.rpartition("=")
    word = word.strip().lower()
    if not equals or not name.strip() or word not in WORDS:
        raise BadInput(
            _("--set: “{text}” is not ACCOUNT=TIER. Tiers are T1, T2, T3, non_key, later. Nothing was saved.").format(
                text=one_line(text)
            ),
            field="--set",
        )
    return name, WORDS[word]


def _ask(at: Desk, rows: list[SortRow]) -> None:
    """Asks for one account after the other; each answer is saved as it is given."""
    from kamtui.services.accounts import sort_account

    so_far = dict.fromkeys(KEYS, 0)
    for row in rows:
        _show(row, len(rows))
        answer = _answer()
        if answer == STOP:
            break
        tier = KEYS[answer]
        if tier is not None:
            with at.writing() as work:
                sort_account(work, row.id, tier)
        so_far[answer] += 1
        write(
            _("so far   T1 {t1}   T2 {t2}   T3 {t3}   not key {no}   later {later}   left {left}").format(
                t1=so_far["1"],
                t2=so_far["2"],
                t3=so_far["3"],
                no=so_far["0"],
                later=so_far["s"],
                left=len(rows) - sum(so_far.values()),
            )
        )
    note(_("The others stay unsorted, and quiet. `kamtui sort` goes on."))


def _show(row: SortRow, count: int) -> None:
    write("")
    write(visible(f"{row.account} ({row.id})"))
    if row.contact:
        contact = f"{row.contact}, {row.title}" if row.title else row.contact
        write(visible(_("  contact  {contact}").format(contact=contact)))
    orders = _("  orders   none")
    if row.orders:
        orders = _("  orders   {count} in {months} months, last {day}").format(
            count=row.orders, months=row.months, day=row.last_order
        )
    if row.revenue:
        orders += f", {row.revenue}"
    write(f"{orders} " + _("(rank {rank} of {count})").format(rank=row.rank, count=count))


def _answer() -> str:
    """The key that was answered; the end of the input stops."""
    while True:
        sys.stdout.write(_("1 T1   2 T2   3 T3   0 not key   s later   q stop > "))
        sys.stdout.flush()
        line = sys.stdin.readline()
        key = normalize("NFKC", line).strip().lower()  # a Chinese input method types full-width digits
        if not line or key == STOP:
            return STOP
        if key in KEYS:
            return key
        note(_("“{text}” is none of 1 2 3 0 s q.").format(text=one_line(key)))
