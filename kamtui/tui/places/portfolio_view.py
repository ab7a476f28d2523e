"""How an account stands in the portfolio: its columns, the orders of the list, and what a filter looks through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kamtui.domain.cadence import touch_mark
from kamtui.domain.enums import KEY_TIERS, Stage, Tier
from kamtui.domain.labels import tier_mark
from kamtui.domain.money import Money, exponent_of, whole_percent
from kamtui.domain.signals.book import BookRow
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK, Severity
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.book import trend_of
from kamtui.store.reads.brief_money import Figures
from kamtui.store.reads.concessions import NetValue
from kamtui.store.reads.portfolio import PortfolioRow
from kamtui.store.reads.portfolio_signals import SignalCounts
from kamtui.tui.widgets.columns import Cell, Column

# As the drawing has them; the words themselves stand in card and filter.
STAGES = {Stage.BUILDING: mark("build"), Stage.STABLE: mark("stable"), Stage.STRENGTHENING: mark("strong")}
_TIERS = {tier: at for at, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: what signals say, its health and the change of that since last month's end, its share of the
    revenue of all, its year in the book, what came back less what was given. None is unknown, or not read yet."""

    counts: SignalCounts | None = None
    health: int | None = None
    change: int | None = None
    share: float | None = None
    year: BookRow | None = None
    net: NetValue | None = None


NOTHING = Standing()


@dataclass(frozen=True, slots=True)
class Entry:
    """An account of the list with its figures, None where there is no money on record, and how it stands."""

    row: PortfolioRow
    figures: Figures | None = None
    standing: Standing = NOTHING

    @property
    def account_id(self) -> int:
        """The account that the row is about, as rows of every list name it."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the list: `key` sorts what wants to be seen first to the front; `missing` comes last, whichever way one
    looks. `money` where it needs figures."""

    name: str
    label: str
    key: Callable[[Entry], Any]
    money: bool = False
    missing: Callable[[Entry], bool] = lambda _entry: False


def _most(money: Money | None) -> tuple[bool, int]:
    """The largest first, what is unknown last."""
    return money is None, -money.minor if money else 0


def _revenue(entry: Entry) -> Money | None:
    return entry.figures.revenue if entry.figures else None


def _contribution(entry: Entry) -> Money | None:
    return entry.figures.contribution if entry.figures else None


def _trend_of(entry: Entry) -> int | None:
    return trend_of(entry.standing.year) if entry.standing.year else None


def _tier(entry: Entry) -> tuple[Any, ...]:
    tier = entry.row.tier
    return _TIERS[tier] if tier else len(_TIERS), _most(_revenue(entry))


ORDERS = (
    Order("tier", mark("tier"), _tier),
    Order("signals", mark("signals"), lambda entry: entry.standing.counts.weight if entry.standing.counts else (), missing=lambda entry: entry.standing.counts is None),
    Order("health", mark("health"), lambda entry: entry.standing.health or 0, missing=lambda entry: entry.standing.health is None),
    Order("name", mark("account"), lambda entry: entry.row.name.casefold()),
    Order("stage", mark("stage"), lambda entry: list(Stage).index(entry.row.stage)),
    Order("touch", mark("touch"), lambda entry: entry.row.last_touch or date.min),
    Order("overdue", mark("late"), lambda entry: -entry.row.overdue),
    Order("needs", mark("needs"), lambda entry: -entry.row.open_needs),
    Order("people", mark("people"), lambda entry: -entry.row.people),
    Order("kam", mark("KAM"), lambda entry: (entry.row.kam or "").casefold(), missing=lambda entry: entry.row.kam is None),
    Order("revenue", mark("revenue 12m"), lambda entry: _most(_revenue(entry)), money=True, missing=lambda entry: _revenue(entry) is None),
    Order("share", mark("share"), lambda entry: -(entry.standing.share or 0), money=True, missing=lambda entry: entry.standing.share is None),
    Order("trend", mark("trend"), lambda entry: -(_trend_of(entry) or 0), money=True, missing=lambda entry: _trend_of(entry) is None),
    Order("net", mark("give-get"), lambda entry: entry.standing.net.net.minor if entry.standing.net and entry.standing.net.net else 0, money=True, missing=lambda entry: entry.standing.net is None or entry.standing.net.net is None),
    Order("contribution", mark("contrib 12m"), lambda entry: _most(_contribution(entry)), money=True, missing=lambda entry: _contribution(entry) is None),
)  # fmt: skip
_FALLS = -10  # percent from which a fall is marked
_MOST_PERCENT = 1000  # of what came from next to nothing the percent says nothing
_SHORT = 10_000  # from here on a net amount is said in thousands
BY_NAME = {order.name: order for order in ORDERS}


def arranged(entries: Sequence[Entry], order: Order, *, backwards: bool = False) -> list[Entry]:
    """The entries in an order; those that are alike in it stay by name, as they were read."""
    there = sorted((entry for entry in entries if not order.missing(entry)), key=order.key, reverse=backwards)
    return [*there, *(entry for entry in entries if order.missing(entry))]


def holds(entry: Entry, words: Sequence[str]) -> bool:
    """Whether name, tier, stage, KAM and tags hold all these words."""
    row = entry.row
    tier = tier_mark(row.tier, row.provisional)
    text = " ".join((row.name, tier, _(STAGES[row.stage]), row.stage, row.kam or "", *row.tags)).casefold()
    return all(word.casefold() in text for word in words)


def columns(today: date, figures: Mapping[int, Figures], *, with_ledger: bool) -> list[Column]:
    """The columns of the list; those of money only where there is any, with the currency where it is one and the same; that
    of the ledger `with_ledger`."""
    found = [
        _ordered("name", lambda entry: (entry.row.name, "strong"), flex=4, least=16, most=44),
        _ordered("tier", lambda entry: tier_mark(entry.row.tier, entry.row.provisional), width=4),
        _ordered("stage", lambda entry: _(STAGES[entry.row.stage]), width=6, gives_way=5),
        _ordered("health", _health, width=7, right=True, gives_way=9),
        _ordered("people", lambda entry: _count(entry.row.people), width=6, right=True, gives_way=1),
        _ordered("needs", lambda entry: _count(entry.row.open_needs), width=5, right=True, gives_way=2),
        _ordered("overdue", _late, width=4, right=True, gives_way=4),
    ]
    for name, money_of in (("revenue", _revenue), ("contribution", _contribution)):
        known = [money for one in figures.values() if (money := money_of(Entry(_NOBODY, one))) is not None]
        if known:
            currencies = {money.currency for money in known}
            single = currencies.pop() if len(currencies) == 1 else None
            found.append(_money_column(name, money_of, single))
            if name == "contribution" and single:
                found.append(_ordered("share", _share, width=5, right=True, gives_way=6))
                found.append(_ordered("trend", _trend, width=6, right=True, gives_way=6))
    if with_ledger:
        found.append(_ordered("net", _net, width=8, right=True, gives_way=5))
    found += [
        _ordered("signals", _signals, width=9, gives_way=10),
        _ordered("kam", lambda entry: entry.row.kam or "", flex=1, least=8, most=16, gives_way=3),
        _ordered("touch", lambda entry: _touch(entry.row, today), width=6, right=True),
    ]
    return found


_NOBODY: Any = None


def _money_column(name: str, money_of: Callable[[Entry], Money | None], single: str | None) -> Column:
    def cell(entry: Entry) -> Cell:
        money = money_of(entry)
        if money is None:
            return "?", "muted"
        return whole(money) if single else f"{whole(money)} {money.currency}"

    gives_way = 4 if name == "revenue" else 8
    return _ordered(name, cell, width=12 if single else 15, right=True, gives_way=gives_way)


def _ordered(name: str, cell: Callable[[Entry], Cell], **layout: Any) -> Column:
    order = BY_NAME[name]
    return Column(order.label, cell, order=order.key, **layout)


def _health(entry: Entry) -> Cell:
    standing = entry.standing
    if standing.health is None:
        return ("?", "muted") if entry.row.tier in KEY_TIERS else ("-", "muted")
    change = standing.change
    said = "" if change is None else " =" if not change else f" ^{change}" if change > 0 else f" v{-change}"
    return f"{standing.health}{said}"


def _share(entry: Entry) -> Cell:
    return ("-", "muted") if entry.standing.share is None else f"{whole_percent(entry.standing.share)}%"


def _trend(entry: Entry) -> Cell:
    """Percent against the year before."""
    trend = _trend_of(entry)
    if trend is None:
        return "?", "muted"
    return f"{trend:+}%" if abs(trend) < _MOST_PERCENT else f">{_MOST_PERCENT}%", "warn" if trend <= _FALLS else ""


def _net(entry: Entry) -> Cell:
    """What came back less what was given, in thousands where it is many."""
    value = entry.standing.net
    if value is None:
        return "-", "muted"
    if value.net is None:
        return "?", "muted"
    major = round(value.net.minor / 10 ** exponent_of(value.net.currency))
    said = f"{round(major / 1000):+,}k" if abs(major) >= _SHORT else f"{major:+,}" if major else "0"
    return said, "warn" if major < 0 else ""


def _signals(entry: Entry) -> Cell:
    """The two gravest kinds with their counts: `!!2 !1`."""
    counts = entry.standing.counts
    if counts is None or entry.row.tier is None:
        return ""
    said = [
        (SEVERITY_MARK[Severity.CRITICAL], counts.critical, "critical"), (SEVERITY_MARK[Severity.WARN], counts.warn, "warn"),
        (SEVERITY_MARK[Severity.INFO], counts.info, ""), (GOOD_NEWS_MARK, counts.good, "good"),
        (SEVERITY_MARK[Severity.GAP], counts.gap, "muted"),
    ]  # fmt: skip
    there = [(sign, count, style) for sign, count, style in said if count]
    return (" ".join(f"{sign}{count}" for sign, count, _style in there[:2]), there[0][2]) if there else ""


def _count(count: int) -> Cell:
    return (str(count), "") if count else ("-", "muted")


def _late(entry: Entry) -> Cell:
    return (str(entry.row.overdue), "warn") if entry.row.overdue else ("-", "muted")


def _touch(row: PortfolioRow, today: date) -> Cell:
    shown = touch_mark(row.last_touch, row.known_since, row.cadence, today)
    return shown, "critical" if shown.endswith("!!") else "warn" if shown.endswith("!") else ""


def whole(money: Money) -> str:
    """An amount in whole major units, for a column."""
    return f"{round(money.minor / 10 ** exponent_of(money.currency)):,}"
