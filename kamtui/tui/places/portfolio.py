"""The portfolio: all accounts in one list, with what is under the cursor and the curve of their money beside it."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.worker import get_current_worker

from kamtui.domain.enums import KEY_TIERS
from kamtui.domain.money import Money
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK, Severity
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.book import figures_on
from kamtui.store.reads.brief_money import Figures, list_figures
from kamtui.store.reads.concessions import list_net_values
from kamtui.store.reads.health import list_health
from kamtui.store.reads.portfolio import PortfolioRow, Tally, View, count_accounts, list_portfolio
from kamtui.store.reads.portfolio_signals import count_signals, list_exposure
from kamtui.store.reads.signals import SignalRow
from kamtui.tui import glyphs
from kamtui.tui.places.account_card import account_said
from kamtui.tui.places.place import Place
from kamtui.tui.places.portfolio_view import (
    BY_NAME,
    NOTHING,
    ORDERS,
    Entry,
    Order,
    Standing,
    arranged,
    columns,
    holds,
)
from kamtui.tui.whereabouts import Trail
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.curve import REFERENCE, curve, top_fifth
from kamtui.tui.widgets.paper import Paper, Said
from kamtui.tui.widgets.rows import Line, Rows

WIDE = 110  # cells from which the account stands beside the list
TALL = 34  # lines from which the account stands below the list, and the curve beside it alone
BESIDE = 50
_BESIDE_FRAME = 4  # its line, its padding and its scroll bar, also before that is there
_HEALTH_STEP = 5  # accounts whose health is reckoned in one go
_BETWEEN_STEPS = 0.01  # seconds
_EXPOSED = 6  # signals of the book that are listed


class PortfolioPlace(Place):
    """All accounts. Rows keep their place while one works; another order, a filter, a view or Ctrl+L sorts again."""

    place = "portfolio"
    footer_order: ClassVar[Mapping[str, int]] = {
        "row.open": 10,
        "account.tier": 12,
        "account.order": 14,
        "row.view": 16,
        "row.mark": 18,
        "row.filter": 20,
    }
    DEFAULT_CSS = f"""
    PortfolioPlace #left {{ width: 1fr; height: 1fr; }}
    PortfolioPlace #accounts {{ width: 1fr; height: 1fr; }}
    PortfolioPlace #under {{ display: none; height: 18; border-top: solid $line; }}
    PortfolioPlace.-tall #under {{ display: block; }}
    PortfolioPlace.-tall.-ascii #under {{ border-top: ascii $line; }}
    PortfolioPlace #beside {{ width: {BESIDE}; border-left: solid $line; }}
    PortfolioPlace.-narrow Horizontal {{ layout: vertical; }}
    PortfolioPlace.-narrow #beside {{ width: 1fr; height: 5; border-left: none; border-top: solid $line; }}
    PortfolioPlace.-low #beside {{ display: none; }}
    PortfolioPlace.-ascii #beside {{ border-left: ascii $line; }}
    PortfolioPlace.-narrow.-ascii #beside {{ border-left: none; border-top: ascii $line; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = View.ALL
        self.order: Order = BY_NAME["tier"]
        self.backwards = False
        self.tally = Tally(0, 0, 0, 0, 0)
        self.figures: Mapping[int, Figures] | None = None
        self.standings: dict[int, Standing] = {}
        self.exposure: list[SignalRow] = []
        self._read: list[PortfolioRow] = []
        self._places: dict[int, int] = {}
        self._came_from: int | None = None
        self._moved = False

    def body(self) -> Iterable[Widget]:
        yield Bar(id="tally")
        with Horizontal():
            with Vertical(id="left"):
                yield Rows((), context="portfolio", labels=True, empty=self._nothing, id="accounts")
                yield Paper(id="under", focusable=False)
            yield Paper(id="beside", focusable=False)

    def main_rows(self) -> Rows:
        return self.query_one("#accounts", Rows)

    # Reading

    def load(self) -> None:
        session = self.kamtui.session
        if not session.is_there:
            return
        self.tally = session.read(count_accounts)
        self._read = session.read(list_portfolio, session.today, self.view)
        self._arrange(keep=bool(self._places))
        # A year of orders may take longer than a key may wait.
        self.run_worker(self._read_figures, thread=True, exclusive=True, group="figures")

    def _read_figures(self) -> None:
        session, worker = self.kamtui.session, get_current_worker()
        with session.workspace.reading() as connection:
            figures = list_figures(connection, session.today)
            shares = _shares(figures)
            counts = count_signals(connection, session.today)
            years, nets = figures_on(connection, session.today), list_net_values(connection, session.today)
            standings = {
                one: Standing(counts.get(one), share=shares.get(one), year=years.get(one), net=nets.get(one))
                for one in {*counts, *shares, *years, *nets}
            }
            for account_id, before in self.standings.items():
                # What its health was is shown until it is reckoned anew.
                now = standings.get(account_id, NOTHING)
                standings[account_id] = replace(now, health=before.health, change=before.change)
            exposure = list_exposure(connection, session.today)
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self._take_figures, figures, standings, exposure)
            keys = [row.id for row in self._read if row.tier in KEY_TIERS]
            for at in range(0, len(keys), _HEALTH_STEP):
                if worker.is_cancelled:
                    return
                for account_id, card in list_health(connection, keys[at : at + _HEALTH_STEP], session.today).items():
                    now = standings.get(account_id, NOTHING)
                    standings[account_id] = replace(now, health=card.health.score, change=card.change)
                # Keys go first.
                time.sleep(_BETWEEN_STEPS)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take_figures, figures, standings, exposure)

    def _take_figures(
        self, figures: Mapping[int, Figures], standings: dict[int, Standing], exposure: list[SignalRow]
    ) -> None:
        if (figures, standings, exposure) == (self.figures, self.standings, self.exposure):
            return
        if not self.query("#accounts"):
            return  # the app was left meanwhile
        self.standings, self.exposure = dict(standings), exposure
        first, self.figures = self.figures is None, figures
        # An order that looks at money was wrong until now.
        self._arrange(keep=not first)
        if first and not self._moved:
            self.main_rows().go_to_end(-1)

    def _arrange(self, *, keep: bool) -> None:
        """Shows what was read; with `keep` each account stays where it stands, and what is new comes last."""
        figures = self.figures or {}
        entries = [Entry(row, figures.get(row.id), self.standings.get(row.id, NOTHING)) for row in self._read]
        entries = [entry for entry in entries if holds(entry, self.words)]
        entries = arranged(entries, self.order, backwards=self.backwards)
        if keep:
            last = len(self._places)
            entries.sort(key=lambda entry: self._places.get(entry.row.id, last))
        self._places = {entry.row.id: at for at, entry in enumerate(entries)}
        rows = self.main_rows()
        with_ledger = any(standing.net for standing in self.standings.values())
        rows.set_columns(columns(self.kamtui.session.today, figures, with_ledger=with_ledger))
        rows.show([Line(("account", entry.row.id), entry) for entry in entries])
        self._show_tally()
        self._card_soon()

    # What one can do here

    async def arrive(self, key: tuple[str, int] | None) -> None:
        await super().arrive(key)
        walked_to = self.kamtui.whereabouts.account_id
        if key is None and self._came_from is not None and walked_to not in {None, self._came_from}:
            # The list goes along with who walked through it account by account.
            self.main_rows().go_to(("account", walked_to or 0))
        self._came_from = None

    def filter(self, words: tuple[str, ...]) -> None:
        """Shows only accounts that hold all these words."""
        self.words = words
        self.main_rows().find(words)
        self._arrange(keep=False)

    def next_view(self) -> None:
        """All, those of a key tier, the unsorted ones, the archived ones."""
        views = list(View)
        self.view = views[(views.index(self.view) + 1) % len(views)]
        self._places = {}
        self.reload()

    def next_order(self) -> None:
        """The next order of the list, of those that the data allows."""
        orders = [order for order in ORDERS if self.figures or not order.money]
        at = orders.index(self.order) if self.order in orders else -1
        self.order, self.backwards = orders[(at + 1) % len(orders)], False
        self._arrange(keep=False)

    def on_rows_ordered(self, message: Rows.Ordered) -> None:
        """A click on a label sorts by it, a second one the other way round."""
        message.stop()
        order = next(order for order in ORDERS if order.key is message.column.order)
        self.backwards = order is self.order and not self.backwards
        self.order = order
        self._arrange(keep=False)

    def sort_again(self) -> None:
        self._places = {}
        self.reload()

    def after_action(self) -> None:
        """What was done to one account is done; the next one comes under the cursor."""
        self.main_rows().move(1)

    async def open_row(self) -> None:
        """The account under the cursor; `[` and `]` walk along this list from there."""
        rows = self.main_rows()
        if rows.key is None:
            return
        app, account_id = self.kamtui, rows.key[1]
        accounts = [line.key[1] for line in rows.lines if line.key]
        stops = tuple((each, None) for each in accounts)
        app.whereabouts.trail = Trail("portfolio", stops, accounts.index(account_id))
        self._came_from = account_id
        await app.go("work", account_id=account_id)

    def on_screen_suspend(self) -> None:
        if self.kamtui.current_mode == self.place:
            return  # only a dialog stands over it
        # Leaving ends the order that was kept, as on Today.
        self._places = {}
        self.stale = True

    # Showing

    def head(self) -> tuple[list[Span], list[Span]]:
        return self.places_bar(), [self.today_span()]

    def _show_tally(self) -> None:
        tally, cells = self.tally, self.size.width
        accounts = ngettext("{count} account", "{count} accounts", tally.all).format(count=f"{tally.all:,}")
        spans = [Span(f" {accounts}")]
        if cells >= WIDE:
            key = _("{count} key ({confirmed} confirmed, {provisional} provisional)").format(
                count=tally.key, confirmed=tally.key - tally.provisional, provisional=tally.provisional
            )
            spans += [Span(f"   {key}"), Span("   " + _("{count} other").format(count=tally.other))]
        elif cells >= 60:
            spans.append(Span("   " + _("{count} key").format(count=tally.key)))
        if tally.unsorted and cells >= 60:
            spans += [Span("   "), Span(_("{count} unsorted").format(count=tally.unsorted), "warn", "account.sort")]
        turned = _(", turned") if self.backwards else ""
        label = _(self.order.label)
        views = {
            View.ALL: _("all"),
            View.KEY: _("key accounts"),
            View.UNSORTED: _("unsorted"),
            View.ARCHIVED: _("archived"),
        }
        spans += [
            Span("   "),
            Span(_("order: {order}{turned} (O)").format(order=label, turned=turned), "muted", "account.order"),
            Span("   "),
            Span(_("view: {view} (v)").format(view=views[self.view]), "muted", "row.view"),
        ]
        if marked := len(self.main_rows().marked):
            spans += [Span("   "), Span(_("{count} marked").format(count=marked), "strong")]
        if self.words:
            spans += [Span("   "), Span(_("filter: {words}").format(words=" ".join(self.words)), "warn", "row.filter")]
        self.query_one("#tally", Bar).show(spans)

    def _nothing(self) -> str:
        if self.words:
            return _("Nothing holds “{words}”.\nEsc shows everything again.").format(words=" ".join(self.words))
        if self.view is View.UNSORTED:
            return _("Every account is sorted.\nv  the next view")
        if self.view is View.ARCHIVED:
            return _("No account is archived: x archives one, with a reason.\nv  the next view")
        if self.view is View.KEY and self.tally.all:
            return _("No account is of a key tier yet.\nK  on an account gives it a tier\nv  the next view")
        return _("There is no account yet.\na  adds one in one line\n:  import brings in a list")

    def on_resize(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        self.set_class(self.size.width < WIDE, "-narrow")
        self.set_class(self.size.height < 18, "-low")
        self.set_class(self.size.width >= WIDE and self.size.height >= TALL, "-tall")
        self.call_after_refresh(self._show_tally)
        self._card_soon()
        super().on_resize()

    def on_rows_moved(self) -> None:
        self._moved = self.figures is not None or self.main_rows().cursor > 0
        self._card_soon()
        self._show_tally()

    def _card_soon(self) -> None:
        self.when_at_rest(self._show_card)

    def _show_card(self) -> None:
        paper = self.query_one("#beside", Paper)
        if not paper.display or not self.is_current:
            return
        narrow = self.has_class("-narrow")
        key = self.main_rows().key
        card = list(account_said(self.kamtui.session, key[1], short=narrow)) if key else []
        drawn = [] if narrow else [*self._curve(BESIDE - _BESIDE_FRAME), *self._exposure()]
        if self.has_class("-tall"):
            self.query_one("#under", Paper).show(card)
            paper.show(drawn)
        else:
            paper.show([*card, Said(), *drawn])

    def _exposure(self) -> Iterator[Said]:
        """Where the book is exposed, and how much of it the key accounts make."""
        if not self.exposure:
            return
        yield Said()
        yield Said(_("EXPOSURE"), "heading")
        for row in self.exposure[:_EXPOSED]:
            sign = GOOD_NEWS_MARK if row.good_news else SEVERITY_MARK[row.severity]
            style = {Severity.CRITICAL: "alarm", Severity.WARN: "warn"}.get(row.severity, "")
            yield Said(f"{sign:<2} {row.account}: {row.why}", "for" if row.good_news else style, indent=3)
        if len(self.exposure) > _EXPOSED:
            yield Said(_("and {count} more").format(count=len(self.exposure) - _EXPOSED), "muted")
        made = [
            (line.record.row.tier in KEY_TIERS, line.record.figures.contribution)
            for line in self.main_rows().lines
            if line.record.figures is not None and line.record.figures.contribution is not None
        ]
        whole = sum(money.minor for _key, money in made)
        if whole > 0 and len({money.currency for _key, money in made}) == 1:
            share = sum(money.minor for key, money in made if key) / whole
            said = _("-  contribution: key {key}, others {others}")
            yield Said(said.format(key=f"{share:.0%}", others=f"{1 - share:.0%}"), "muted", indent=3)

    def _curve(self, cells: int) -> Iterator[Said]:
        """The actual curve of the accounts that are shown, of what is known of them; nothing where there is no money."""
        shown = [line.record.figures for line in self.main_rows().lines]
        ordering = [one for one in shown if one is not None and (one.revenue or one.contribution)]
        contributions = [one.contribution for one in ordering if one.contribution]
        revenues = [one.revenue for one in ordering if one.revenue]
        amounts: list[Money] = contributions or revenues
        if not amounts:
            return
        what = _("contribution") if contributions else _("revenue")
        currencies = sorted({amount.currency for amount in amounts})
        heading = _("CUMULATIVE {what}, 12 MONTHS, {currency}")
        yield Said(heading.format(what=what.upper(), currency=" ".join(currencies)), "heading")
        minor = [amount.minor for amount in amounts]
        fifth = top_fifth(minor)
        if len(currencies) > 1:
            yield Said(
                _("In {list}: amounts of different currencies are not added.").format(list=", ".join(currencies))
            )
        elif fifth is None:
            yield Said(_("Its sum is not positive, so there is no curve."))
        else:
            yield from (Said(line) for line in curve(minor, cells))
            count, share = fifth
            yield Said(
                _("top fifth ({count}) makes {share}; the line stands at {line} %").format(
                    count=count, share=f"{share:.1%}", line=REFERENCE
                ),
                "strong",
            )
        if (unknown := len(ordering) - len(amounts)) > 0:
            said = ngettext(
                "{count} account with orders has no known {what} and is left out",
                "{count} accounts with orders have no known {what} and are left out",
                unknown,
            )
            yield Said(said.format(count=unknown, what=what), "muted")


def _shares(figures: Mapping[int, Figures]) -> dict[int, float]:
    """The share of each account in the revenue of all; nothing where that is in more than one currency, be it within one
    account."""
    revenues = {account_id: one.revenue for account_id, one in figures.items() if one.revenue is not None}
    whole = sum(revenue.minor for revenue in revenues.values())
    mixed = any(one.orders and one.revenue is None for one in figures.values())
    if whole <= 0 or mixed or len({revenue.currency for revenue in revenues.values()}) > 1:
        return {}
    return {account_id: revenue.minor / whole for account_id, revenue in revenues.items()}
