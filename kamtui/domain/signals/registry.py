"""The sixteen signals as a table: name, formula, what clears each, and its thresholds, which are settings.

A threshold is a whole number of days, of things, or of percent. Its setting is `signal.` and its key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import Tier
from kamtui.domain.signals.model import Code
from kamtui.language import mark

PREFIX = "signal."


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold: its key within the signal, its default, what it is."""

    key: str
    default: int
    help: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: its number in PRODUCT.md §4, name, formula in words, what makes it go away, its thresholds. Good news is
    no risk."""

    code: Code
    number: int
    name: str
    formula: str
    clears: str
    limits: tuple[Limit, ...]
    good_news: bool = False


SIGNALS = (
    Signal(
        Code.SINGLE_THREADED,
        1,
        mark("Single-threaded"),
        mark(
            "Too few of their people spoke with us (in or both ways) in the last days: a warning, critical where one or "
            "none did on a key tier. From the stable stage on, too few of us who are engaged: a warning."
        ),
        mark("A touch, in or both ways, with another person there; or by another colleague."),
        (
            Limit("days", 90, mark("Days in which a touch counts.")),
            Limit("people_t1", 3, mark("People who must have spoken with us on T1.")),
            Limit("people", 2, mark("People who must have spoken with us elsewhere.")),
            Limit("critical", 1, mark("So many people or fewer are critical on a key tier.")),
            Limit("ours", 2, mark("Colleagues of ours who must be engaged, from the stable stage on.")),
        ),
    ),
    Signal(
        Code.NO_ECONOMIC_BUYER,
        2,
        mark("No economic buyer"),
        mark(
            "Nobody is known who signs: critical on T1, a warning elsewhere. One who is known and was not touched for too "
            "long: a warning; likewise a sponsor, a coach. That none of these is known is a gap."
        ),
        mark("A person with the role, and a touch with them."),
        (Limit("days", 60, mark("Days without a touch.")),),
    ),
    Signal(
        Code.SUPPORT_BALANCE,
        3,
        mark("Support balance"),
        mark(
            "Among the inner circle and the political, those against us are as many as those for us: a warning. An opponent "
            "in the inner circle: critical. Many rated and none against: too rosy."
        ),
        mark("Another stance, where it has really changed; somebody influential for us."),
        (
            Limit("rated", 2, mark("So many must be rated before it counts.")),
            Limit("rosy", 4, mark("So many rated and none against is too rosy.")),
        ),
    ),
    Signal(
        Code.NEGLECT,
        4,
        mark("Neglect"),
        mark(
            "The age of the last touch of an account or a person against their cadence (percent); the share of departments "
            "that evaluate, approve or decide with a touch in the last days."
        ),
        mark("A touch with who or what is neglected."),
        (
            Limit("account_warn", 150, mark("Percent of the cadence after which an account warns.")),
            Limit("account_critical", 300, mark("Percent of the cadence after which an account is critical.")),
            Limit("person_warn", 100, mark("Percent of the cadence after which a person warns.")),
            Limit("person_critical", 200, mark("Percent of the cadence after which a person is critical.")),
            Limit("department_days", 180, mark("Days in which a touch with a department counts.")),
            Limit("departments_warn", 60, mark("Percent of departments touched below which it warns.")),
            Limit("departments_critical", 40, mark("Percent of departments touched below which it is critical.")),
        ),
    ),
    Signal(
        Code.NEED_UNEXPLORED,
        5,
        mark("Implicit need unexplored"),
        mark(
            "An implicit need that stays captured: a warning, then critical, sooner where it is important. Few implicit "
            "needs converted: info."
        ),
        mark("Ask the next question: float an idea, or convert the need."),
        (
            Limit("warn", 14, mark("Days after which it warns.")),
            Limit("critical", 30, mark("Days after which it is critical.")),
            Limit("important", 4, mark("From this importance on it is critical where it would warn.")),
            Limit("window", 180, mark("Days in which conversions count.")),
            Limit("rate", 30, mark("Percent converted below which it is said.")),
            Limit("least", 3, mark("So many implicit needs must have had their time before the rate counts.")),
        ),
    ),
    Signal(
        Code.NEED_STALLED,
        6,
        mark("Explicit need stalled"),
        mark(
            "A need that is confirmed or proposed, without an event for days and without an open task: a warning, critical "
            "where it is needed soon."
        ),
        mark("An event of the need, or an open task that comes of it."),
        (
            Limit("days", 21, mark("Days without an event.")),
            Limit("critical", 7, mark("Days before it is needed from which it is critical.")),
        ),
    ),
    Signal(
        Code.NO_RETURN,
        7,
        mark("Concession without return"),
        mark(
            "Nothing comes back (any more, where a return was missed), or not in writing: a warning, critical after days or "
            "where its value is large beside the revenue of 12 months. A return past due: critical. Appetite: concessions of "
            "12 months above those of the year before (percent), while gross profit did not grow: a warning."
        ),
        mark(
            "A return in writing that is not past due, or one met or waived with a reason; after a miss, another one."
        ),
        (
            Limit("days", 30, mark("Days without a return after which it is critical.")),
            Limit("share", 2, mark("Percent of the last 12 months' revenue above which it is critical.")),
            Limit("appetite", 125, mark("Percent of the year before above which concessions warn.")),
        ),
    ),
    Signal(
        Code.OBLIGATION_OVERDUE,
        8,
        mark("Obligation overdue"),
        mark("What we owe them, or they us, is past due: a warning, critical after days or missed twice in a row."),
        mark("Done, waived with a reason, or given another date."),
        (Limit("critical", 7, mark("Days past due after which it is critical.")),),
    ),
    Signal(
        Code.NO_EXECUTIVE_MEETING,
        9,
        mark("No executive meeting"),
        mark(
            "From the stable stage on, too long since executives of both sides met (`kamtui review`). No date for the next "
            "one: info."
        ),
        mark("An executive review held, and the next one dated."),
        (
            Limit("t1_warn", 90, mark("Days after which T1 warns.")),
            Limit("t1_critical", 180, mark("Days after which T1 is critical.")),
            Limit("t2_warn", 180, mark("Days after which T2 warns.")),
            Limit("t2_critical", 270, mark("Days after which T2 is critical.")),
        ),
    ),
    Signal(
        Code.COMPLACENCY,
        10,
        mark("Complacency after signing"),
        mark(
            "Touches in the days after a contract was signed against those before it (percent). Attainment: what came "
            "in of what should have come by now (percent), once orders are on record. A contract that ends, no task to "
            "renew it and no later contract of its product line."
        ),
        mark(
            "Touches as often as before the signature; orders; a task to renew that names the contract, or the next contract."
        ),
        (
            Limit("days", 60, mark("Days before and after the signature that are compared.")),
            Limit("least", 4, mark("So many touches must have been before.")),
            Limit("share", 50, mark("Percent of the touches before, below which it warns.")),
            Limit("attainment_warn", 90, mark("Percent of attainment below which it warns.")),
            Limit("attainment_critical", 75, mark("Percent of attainment below which it is critical.")),
            Limit("attainment_after", 30, mark("Days of a contract before its attainment counts.")),
            Limit("end_warn", 180, mark("Days before the end from which it warns.")),
            Limit("end_critical", 90, mark("Days before the end from which it is critical.")),
        ),
    ),
    Signal(
        Code.VALUE_GAP,
        11,
        mark("Value and capability"),
        mark(
            "A need that is important to them and that we can hardly meet; the balance Σ imp·min(cap, imp) / Σ imp² of all "
            "open needs (percent): a warning. Contribution of 12 months less the cost of serving the open needs below "
            "zero: critical."
        ),
        mark("More capability, another judgement of the need, or the need closed."),
        (
            Limit("importance", 4, mark("From this importance on.")),
            Limit("capability", 2, mark("Up to this capability.")),
            Limit("balance", 60, mark("Percent of balance below which it warns.")),
        ),
    ),
    Signal(
        Code.PSEUDO_KEY,
        12,
        mark("Pseudo key account"),
        mark(
            "A key tier with at most one main order in 24 months, no consumables or service in days, one order that is most "
            "of all revenue (percent), and no live contract over several periods. Under 12 months of history it is too "
            "early to tell."
        ),
        mark("A second order, consumables or service, a contract over several periods; or another tier."),
        (
            Limit("months", 24, mark("Months in which main orders count.")),
            Limit("orders", 1, mark("So many main orders or fewer.")),
            Limit("repeat_days", 365, mark("Days in which consumables and service count.")),
            Limit("largest", 60, mark("Percent of all revenue that the largest order makes.")),
            Limit("history", 12, mark("Months of history before it can be told.")),
            Limit(
                "contract_days",
                365,
                mark("Days that a contract over several periods lasts at least, or has run where it has no end."),
            ),
        ),
    ),
    Signal(
        Code.THIN_PROFIT,
        13,
        mark("Volume without profit, concentration"),
        mark(
            "Contribution is gross profit less concessions and costs of 12 months. In the top fifth by revenue with a margin "
            "under half the median of the book: a warning; contribution below zero there or on a key tier: critical. A "
            "large share of the book's revenue: info, a warning, critical (percent)."
        ),
        mark("A better margin; other accounts that grow."),
        (
            Limit("book", 5, mark("So many accounts with revenue before there is a top fifth.")),
            Limit("margin", 50, mark("Percent of the median margin below which it warns.")),
            Limit("share_info", 10, mark("Percent of the book from which it is said.")),
            Limit("share_warn", 20, mark("Percent of the book from which it warns.")),
            Limit("share_critical", 40, mark("Percent of the book from which it is critical.")),
        ),
    ),
    Signal(
        Code.COMPLAINT,
        14,
        mark("Complaint, channel"),
        mark(
            "No first response in working days: a warning, then critical. Open for days: a warning, then critical; put off "
            "or denied: critical. From the stable stage on, a channel that they were not told of: a warning."
        ),
        mark("A first response, a resolution; the channel told to them."),
        (
            Limit("answer_warn", 1, mark("Working days without a first response after which it warns.")),
            Limit("answer_critical", 3, mark("Working days without a first response after which it is critical.")),
            Limit("open_warn", 7, mark("Days open after which it warns.")),
            Limit("open_critical", 14, mark("Days open after which it is critical.")),
        ),
    ),
    Signal(
        Code.WEAK_CLASSIFICATION,
        15,
        mark("Weak classification, stale facts"),
        mark(
            "A key tier that is still provisional after days; a scorecard that is old; what is known of key people and was "
            "not confirmed for days."
        ),
        mark("Five criteria scored in three families; the card gone through again; people confirmed."),
        (
            Limit("provisional", 30, mark("Days after which a provisional tier warns.")),
            Limit("card", 365, mark("Days after which a scorecard is old.")),
            Limit("person", 180, mark("Days after which what is known of a key person is unconfirmed.")),
        ),
    ),
    Signal(
        Code.PROMOTION,
        16,
        mark("Promotion candidate"),
        mark(
            "Not a key account; orders well above the year before (percent) or a high potential, and a margin at or above "
            "the median of the book."
        ),
        mark("Another tier, or another judgement of its potential."),
        (
            Limit("growth", 50, mark("Percent above the year before from which it is said.")),
            Limit("potential", 3, mark("From this potential on.")),
        ),
        good_news=True,
    ),
)
BY_CODE = {signal.code: signal for signal in SIGNALS}
DEFAULTS: Mapping[str, int] = {
    f"{signal.code}.{limit.key}": limit.default for signal in SIGNALS for limit in signal.limits
}


class Thresholds(Mapping[str, int]):
    """What the rules measure by: the thresholds by `code.key`, the cadences by their settings (`cadence.T1`), and the days
    that are not worked."""

    def __init__(self, numbers: Mapping[str, int], holidays: frozenset[date] = frozenset()) -> None:
        self.holidays = holidays
        self._numbers = {**DEFAULTS, **numbers}
        self._parts: dict[Code, dict[str, int]] = {
            signal.code: {limit.key: self._numbers[f"{signal.code}.{limit.key}"] for limit in signal.limits}
            for signal in SIGNALS
        }

    def __getitem__(self, key: str) -> int:
        return self._numbers[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, code: Code) -> Mapping[str, int]:
        """The thresholds of one signal, by their own keys."""
        return self._parts[code]

    def cadence(self, tier: Tier | None) -> int:
        """Days between two touches of an account of this tier."""
        return self._numbers[f"cadence.{tier or Tier.NON_KEY}"]
