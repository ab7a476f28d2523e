"""What the rules look at: an account as it stands on a day. What is dated later is not in it: what was done, answered,
converted or closed after that day is still open in it. What bears no day of its own (a tier before the present one, a stance,
a word that was edited, a miss or a waiver of an obligation) is as it is now; `store/as_of.py` knows how it was.

Amounts are minor units with a currency, quantities thousandths. None is unknown.
"""

from dataclasses import dataclass, field
from datetime import date

from kamtui.domain.enums import (
    BuyingRole,
    ChannelKind,
    Influence,
    IssueStatus,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Participation,
    ReturnStatus,
    Side,
    Stage,
    Stance,
    Tier,
    TransactionKind,
)
from kamtui.domain.qualification import Score
from kamtui.domain.signals.model import plus


def spread(number: int, length: int) -> int:
    """A part of `length` days that a number (an id) chooses, so that what begins together does not end together."""
    # Steps of the golden ratio: numbers that follow each other land far apart.
    return (number * 2_654_435_769 % 2**32) * length >> 32


@dataclass(frozen=True, slots=True)
class PersonFact:
    """Somebody at the account who has not left; `last_touch` of any kind, `last_engaged` only in or both ways, with
    whichever account it was held."""

    id: int
    known_since: date
    department_id: int | None = None
    roles: tuple[BuyingRole, ...] = ()
    influence: Influence = Influence.UNKNOWN
    stance: Stance = Stance.UNKNOWN
    placeholder: bool = False
    external: bool = False
    cadence_days: int | None = None
    confirmed_on: date | None = None
    last_touch: date | None = None
    last_engaged: date | None = None

    def ages_from(self, cadence: int) -> date:
        """The day from which it is counted how long ago they were touched: what was never touched ages too, from some
        day within the first cadence."""
        return self.last_touch or plus(self.known_since, spread(self.id, cadence))


@dataclass(frozen=True, slots=True)
class DepartmentFact:
    """A department, and how far it takes part."""

    id: int
    known_since: date
    participation: Participation


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A need that is not closed, or was raised implicit within the time that conversions are counted in. `moved_on` is
    the day of its last event, else the day it was raised; to correct its words moves nothing."""

    id: int
    kind: NeedKind
    raised_as: NeedKind
    state: NeedState
    raised_on: date
    moved_on: date
    importance: int | None = None
    capability: int | None = None
    need_by: date | None = None
    converted_on: date | None = None
    cost_minor: int | None = None
    currency: str | None = None
    has_task: bool = False


@dataclass(frozen=True, slots=True)
class OccurrenceFact:
    """One time that an obligation fell due, or will."""

    id: int
    obligation_id: int
    side: Side
    due: date
    status: OccurrenceStatus
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnFact:
    """What was promised for a concession; `closed_on` is the day on which it was met, missed or waived."""

    id: int
    status: ReturnStatus
    due: date | None
    written: bool
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConcessionFact:
    """What was given, and what comes back."""

    id: int
    given_on: date
    minor: int | None = None
    currency: str | None = None
    waived: bool = False
    returns: tuple[ReturnFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractFact:
    """A contract that is signed, of one product line or of all. `actual` is what came in under it so far, None where that is
    not known; `renewing` whether a task to renew it is open."""

    id: int
    signed_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    committed: int | None = None
    actual: int | None = None
    product_line_id: int | None = None
    renewing: bool = False


@dataclass(frozen=True, slots=True)
class OrderFact:
    """The orders of one day, kind and currency: `profit` is None where the gross profit of one of them is unknown,
    `largest` is the revenue of the largest."""

    on: date
    kind: TransactionKind
    currency: str
    revenue: int
    profit: int | None = None
    count: int = 1
    largest: int = 0


@dataclass(frozen=True, slots=True)
class CostFact:
    """What serving the account cost on a day."""

    on: date
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class IssueFact:
    """A complaint that is not resolved."""

    id: int
    received_on: date
    answered_on: date | None
    status: IssueStatus
    status_since: date


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account on a day, by what is dated until then. `touched` are the days of its touches, `colleagues` the last touch of each of us with it,
    `executive` the last executive meeting held, `next_executive` the day of the next one; `told` the channels that they
    know, `stable_since` the day on which it left building, where that was decided. `recorded_next` is the first day after this one for which something is recorded already."""

    id: int
    known_since: date
    tier: Tier | None = None
    tier_since: date | None = None
    stage: Stage = Stage.BUILDING
    potential: int | None = None
    archived: bool = False
    people: tuple[PersonFact, ...] = ()
    departments: tuple[DepartmentFact, ...] = ()
    touched: tuple[date, ...] = ()
    colleagues: tuple[date, ...] = ()
    needs: tuple[NeedFact, ...] = ()
    occurrences: tuple[OccurrenceFact, ...] = ()
    concessions: tuple[ConcessionFact, ...] = ()
    contracts: tuple[ContractFact, ...] = ()
    orders: tuple[OrderFact, ...] = ()
    costs: tuple[CostFact, ...] = ()
    issues: tuple[IssueFact, ...] = ()
    told: frozenset[ChannelKind] = field(default=frozenset())
    executive: date | None = None
    next_executive: date | None = None
    scores: tuple[Score, ...] = ()
    recorded_next: date | None = None
    stable_since: date | None = None

    @property
    def is_key(self) -> bool:
        """Whether its tier is a key tier."""
        return self.tier is not None and self.tier is not Tier.NON_KEY

    @property
    def is_stable(self) -> bool:
        """Past building: by S1 the KAM is the only interface until then."""
        return self.stage is not Stage.BUILDING

    @property
    def begun(self) -> date:
        """From when on what begins with the stable stage can be asked for."""
        return max(self.sorted_on, self.stable_since or self.sorted_on)

    @property
    def last_touch(self) -> date | None:
        """The day of the last touch."""
        return max(self.touched, default=None)

    @property
    def sorted_on(self) -> date:
        """The day from which its tier could ask for anything."""
        return max(self.known_since, self.tier_since or self.known_since)

    @property
    def named(self) -> tuple[PersonFact, ...]:
        """The people who are somebody: placeholders are places."""
        return tuple(person for person in self.people if not person.placeholder)
