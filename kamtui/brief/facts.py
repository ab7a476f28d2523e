"""All that the sections of a brief are made from, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.brief.caps import Caps
from kamtui.domain.enums import BuyingRole, Influence, NeedKind, OccurrenceStatus, Side, Stance
from kamtui.domain.knowledge import Completeness
from kamtui.domain.settings import cadence_key
from kamtui.store.reads.accounts import AccountCard, DepartmentRow, FactRow, get_account, list_departments, list_facts
from kamtui.store.reads.brief import (
    ContactRow,
    MeetingRow,
    MetRow,
    NeedLine,
    TaskLine,
    TouchCounts,
    count_touches,
    last_meeting,
    list_contacts,
    list_open_needs,
    list_open_tasks,
    next_meeting,
)
from kamtui.store.reads.brief_changes import RowChange, list_row_changes
from kamtui.store.reads.brief_money import Commercial, get_commercial
from kamtui.store.reads.brief_promises import (
    GivenLine,
    KeptRow,
    PromiseLine,
    ReturnLine,
    count_kept,
    list_given,
    list_promises,
    list_returns,
)
from kamtui.store.reads.brief_trend import DateRow, QuarterRow, list_dates, list_quarters
from kamtui.store.reads.contracts import ContractRow, list_contracts
from kamtui.store.reads.health import HealthCard, get_health
from kamtui.store.reads.incidents import IncidentRow, list_incidents
from kamtui.store.reads.issues import IssueRow, list_issues
from kamtui.store.reads.people import EdgeRow, PersonRow, get_person, list_edges, list_people
from kamtui.store.reads.settings import get_setting
from kamtui.store.reads.signals import AS_STORED, SignalRow, SignalTurn, ask_due, list_signal_turns, list_signals
from kamtui.store.sqlite.driver import Connection

PLAN_DAYS = 90
DATE_DAYS = 365

_FOR_US = (Stance.MENTOR, Stance.SUPPORTER, Stance.NEUTRAL, Stance.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Facts:
    """An account as it is known on `today`, and how much of it is to be shown."""

    today: date
    caps: Caps
    account: AccountCard
    cadence: int
    notes: tuple[FactRow, ...]
    people: tuple[PersonRow, ...]
    guests: tuple[PersonRow, ...]
    edges: tuple[EdgeRow, ...]
    departments: tuple[DepartmentRow, ...]
    meeting: MeetingRow | None
    touches: TouchCounts
    contacts: dict[int, ContactRow]
    needs: tuple[NeedLine, ...]
    promises: tuple[PromiseLine, ...]
    kept: tuple[KeptRow, ...]
    given: tuple[GivenLine, ...]
    returns: tuple[ReturnLine, ...]
    money: Commercial
    tasks: tuple[TaskLine, ...]
    met: MetRow | None
    since: date | None
    since_is_given: bool
    changes: tuple[RowChange, ...]
    quarters: tuple[QuarterRow, ...]
    contracts: tuple[ContractRow, ...]
    dates: tuple[DateRow, ...]
    signals: tuple[SignalRow, ...]
    turns: tuple[SignalTurn, ...]
    health: HealthCard
    issues: tuple[IssueRow, ...]
    incidents: tuple[IncidentRow, ...]

    @property
    def completeness(self) -> Completeness:
        """How many of the facts that matter are known."""
        return self.health.completeness

    @property
    def room(self) -> tuple[PersonRow, ...]:
        """Who comes to the next meeting, in the order of the org map; guests of other accounts come last."""
        coming = set(self.meeting.people) if self.meeting else set()
        return (*(person for person in self.people if person.id in coming), *self.guests)

    @property
    def economic_buyers(self) -> tuple[PersonRow, ...]:
        """Who signs, met or not; a placeholder is not a known one (invariant 7)."""
        return tuple(person for person in self.people if BuyingRole.ECONOMIC in person.roles and not person.placeholder)

    @property
    def overdue(self) -> tuple[PromiseLine, ...]:
        """The promises of both sides that were due before today."""
        return tuple(
            promise for promise in self.promises if promise.status is OccurrenceStatus.OPEN and promise.due < self.today
        )

    def of_side(self, side: Side) -> tuple[PromiseLine, ...]:
        """The promises of one side."""
        return tuple(promise for promise in self.promises if promise.side is side)

    @property
    def implicit(self) -> tuple[NeedLine, ...]:
        """The needs that await conversion."""
        return tuple(need for need in self.needs if need.kind is NeedKind.IMPLICIT)

    @property
    def explicit(self) -> tuple[NeedLine, ...]:
        """The needs that were stated."""
        return tuple(need for need in self.needs if need.kind is NeedKind.EXPLICIT)

    def last_contact(self, person: PersonRow) -> date | None:
        """When a person was last touched."""
        contact = self.contacts.get(person.id)
        return contact.last_on if contact else None

    def informant(self, *, but: int | None = None) -> PersonRow | None:
        """Whom to ask about the account: a coach, else a mentor, else a supporter, else who is not against us; people
        in the room first. `but` is left out: nobody is asked about themselves."""
        room = {person.id for person in self.room}
        askable = [
            person
            for person in _unique((*self.room, *self.people))
            if person.id != but and not person.placeholder and person.stance in _FOR_US
        ]
        return min(
            askable,
            key=lambda person: (
                BuyingRole.COACH not in person.roles,
                _FOR_US.index(person.stance),
                person.id not in room,
                person.id not in self.contacts,
                person.influence is not Influence.INNER_CIRCLE,
            ),
            default=None,
        )


def gather(connection: Connection, account_id: int, today: date, caps: Caps, since: date | None = None) -> Facts:
    """Reads everything; raises `NotFound` where there is no such account. Changes are those after the day `since`, else
    after the last meeting or review, else after the last touch."""
    account = get_account(connection, account_id)
    people = list_people(connection, today, account_id=account_id)
    meeting = next_meeting(connection, account_id, today)
    here = {person.id for person in people}
    guests = [
        get_person(connection, row_id, today).person
        for row_id in (meeting.people if meeting else ())
        if row_id not in here
    ]
    touches = count_touches(connection, account_id, today)
    # What was held today was the last meeting, unless the brief is for one of today.
    tomorrow = today + timedelta(days=1)
    met = last_meeting(connection, account_id, min(meeting.on_date, tomorrow) if meeting else tomorrow)
    asked = ask_due(connection, today, [account_id]) or AS_STORED
    told_since = since or (met.met_on if met else touches.last_before_today)
    return Facts(
        today=today,
        caps=caps,
        account=account,
        cadence=get_setting(connection, cadence_key(account.tier)),
        notes=tuple(list_facts(connection, account_id)),
        people=tuple(people),
        guests=tuple(guests),
        edges=tuple(edge for edge in list_edges(connection, account_id) if {edge.source_id, edge.target_id} <= here),
        departments=tuple(list_departments(connection, account_id)),
        meeting=meeting,
        touches=touches,
        contacts={contact.person_id: contact for contact in list_contacts(connection, account_id, today)},
        needs=tuple(list_open_needs(connection, account_id)),
        promises=tuple(list_promises(connection, account_id, today)),
        kept=tuple(count_kept(connection, account_id, today)),
        given=tuple(list_given(connection, account_id, today)),
        returns=tuple(list_returns(connection, account_id, today)),
        money=get_commercial(connection, account_id, today),
        tasks=tuple(list_open_tasks(connection, account_id, today + timedelta(days=PLAN_DAYS))),
        met=met,
        since=told_since,
        since_is_given=since is not None,
        changes=tuple(list_row_changes(connection, account_id, told_since)) if told_since else (),
        quarters=tuple(list_quarters(connection, account_id, today)),
        contracts=tuple(list_contracts(connection, today, account_id)),
        dates=tuple(list_dates(connection, account_id, today, DATE_DAYS)),
        signals=tuple(list_signals(connection, today, account_id=account_id, asked=asked)),
        turns=tuple(list_signal_turns(connection, account_id, told_since, today, asked=asked)) if told_since else (),
        health=get_health(connection, account_id, today),
        issues=tuple(list_issues(connection, today, account_id=account_id, open_only=False)),
        incidents=tuple(list_incidents(connection, account_id)),
    )


def _unique(people: Iterable[PersonRow]) -> list[PersonRow]:
    return list({person.id: person for person in people}.values())
