"""What the signals look at, read for many accounts at once: a query a table, whatever the number of accounts."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

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
from kamtui.domain.qualification import Criterion, Score
from kamtui.domain.signals.facts import (
    AccountFacts,
    ConcessionFact,
    ContractFact,
    CostFact,
    DepartmentFact,
    IssueFact,
    NeedFact,
    OccurrenceFact,
    OrderFact,
    PersonFact,
    ReturnFact,
)
from kamtui.domain.text import one_line
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.contracts import ACTUAL
from kamtui.store.reads.signal_names import LENGTH
from kamtui.store.sqlite.driver import Connection

CHUNK = 50
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_day = date.fromisoformat


# When it came to be known, as a local day. Records carry the instant in UTC, which west of it is tomorrow already in the
# evening; the log knows the day on which it was written.
_KNOWN_SINCE = """
    min(coalesce(date(substr({row}.created_at, 1, 10)), :day), coalesce(
        (SELECT min(point.day) FROM change JOIN point ON point.id = change.point_id
         WHERE change.entity = '{entity}' AND change.row_id = {row}.id AND change.op = 'insert'), '9999'))
"""


def load_facts(
    connection: Connection, account_ids: Sequence[int], day: date, *, money_only: bool = False
) -> dict[int, AccountFacts]:
    """The accounts as they stand on a day, by id; those that there are not are left out. Of an unsorted or archived
    account, which is quiet, only the money is read."""
    found: dict[int, AccountFacts] = {}
    for start in range(0, len(account_ids), CHUNK):
        found |= _Loader(connection, day, account_ids[start : start + CHUNK]).load(money_only=money_only)
    return found


class _Loader:
    """Reads some accounts; `next` is, by account, the first day after this one for which something is recorded."""

    def __init__(self, connection: Connection, day: date, account_ids: Sequence[int]) -> None:
        self.connection = connection
        self.day = day
        self.values = {"day": day.isoformat(), "today": day.isoformat(), "ids": json.dumps(list(account_ids))}
        self.next: dict[int, str] = {}

    def load(self, *, money_only: bool) -> dict[int, AccountFacts]:
        accounts = {
            row[0]: row
            for row in self.rows(
                f"""SELECT a.id, {_KNOWN_SINCE.format(entity="account", row="a")}, a.tier, a.tier_since, a.stage, a.potential,
                           a.archived_at IS NOT NULL,
                           (SELECT max(decided_on) FROM stage_decision WHERE account_id = a.id AND from_stage = 'building')
                    FROM account AS a WHERE a.id IN ({{ids}})"""
            )
        }
        parts = self.money()
        speaking = [row[0] for row in accounts.values() if row[2] is not None and not row[6]]
        if speaking and not money_only:
            self.values["ids"] = json.dumps(speaking)
            parts |= {**self.people(), **self.touches(), **self.promises(), **self.trouble(), **self.judgements()}
        return {
            account_id: AccountFacts(
                account_id,
                _day(since),
                None if tier is None else _TIER[tier],
                _maybe(tier_since),
                _STAGE[stage],
                potential,
                bool(archived),
                stable_since=_maybe(stable_since),
                recorded_next=_maybe(self.next.get(account_id)),
                **{name: by_account[account_id] for name, by_account in parts.items() if account_id in by_account},
            )
            for account_id, since, tier, tier_since, stage, potential, archived, stable_since in accounts.values()
        }

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(
            query.replace("{ids}", "SELECT value FROM json_each(:ids)"), self.values
        ).fetchall()

    def dated(self, rows: Iterable[tuple[Any, ...]], at: int) -> Iterator[tuple[Any, ...]]:
        """The rows (of an account, first) whose day, the `at`th value, has come; the others are what comes next."""
        today = self.values["day"]
        for row in rows:
            if row[at] <= today:
                yield row
            else:
                self.comes(row[0], row[at])

    def comes(self, account_id: int, day: str | None) -> None:
        if day is not None and (account_id not in self.next or day < self.next[account_id]):
            self.next[account_id] = day

    def come(self, account_id: int, day: str | None) -> str | None:
        """A day that something was done on, where it has come; else it is what comes next."""
        if day is None or day <= self.values["day"]:
            return day
        self.comes(account_id, day)
        return None

    # The tables

    def money(self) -> dict[str, Mapping[int, Any]]:
        orders = self.rows(
            """SELECT account_id, on_date, kind, currency, sum(revenue_minor),
                      CASE WHEN count(gross_profit_minor) = count(*) THEN sum(gross_profit_minor) END, count(*),
                      max(revenue_minor)
               FROM "transaction" WHERE account_id IN ({ids}) AND archived_at IS NULL
               GROUP BY account_id, on_date, kind, currency ORDER BY account_id, on_date"""
        )
        costs = self.rows(
            "SELECT account_id, on_date, amount_minor, currency FROM cost WHERE account_id IN ({ids}) AND archived_at IS NULL"
        )
        given = self.rows(
            """SELECT account_id, id, given_on, value_minor, CASE WHEN value_minor IS NOT NULL THEN currency END,
                      return_waived_because IS NOT NULL
               FROM concession WHERE account_id IN ({ids}) AND archived_at IS NULL ORDER BY id"""
        )
        backs = _grouped(self._returns())
        return {
            "orders": _grouped(
                (row[0], OrderFact(_day(row[1]), _ORDER[row[2]], *row[3:])) for row in self.dated(orders, 1)
            ),
            "costs": _grouped((row[0], CostFact(_day(row[1]), row[2], row[3])) for row in self.dated(costs, 1)),
            "concessions": _grouped(
                (row[0], ConcessionFact(row[1], _day(row[2]), row[3], row[4], bool(row[5]), backs.get(row[1], ())))
                for row in self.dated(given, 2)
            ),
        }

    def _returns(self) -> Iterator[tuple[int, ReturnFact]]:
        """What was promised, by concession."""
        for account_id, concession_id, return_id, status, due, written, closed in self.rows(
            """SELECT c.account_id, r.concession_id, r.id, r.status, r.due, r.written, r.closed_on
               FROM concession AS c JOIN return_commitment AS r ON r.concession_id = c.id
               WHERE c.account_id IN ({ids}) AND r.archived_at IS NULL ORDER BY r.id"""
        ):
            closed_on = self.come(account_id, closed)
            kept = _RETURN[status] if closed_on == closed else ReturnStatus.PROMISED
            yield concession_id, ReturnFact(return_id, kept, _maybe(due), bool(written), _maybe(closed_on))

    def people(self) -> dict[str, Mapping[int, Any]]:
        departments = self.rows(
            f"""SELECT d.account_id, d.id, {_KNOWN_SINCE.format(entity="department", row="d")}, d.participation
                FROM department AS d WHERE d.account_id IN ({{ids}}) AND d.archived_at IS NULL ORDER BY d.id"""
        )
        return {
            "departments": _grouped(
                (row[0], DepartmentFact(row[1], _day(row[2]), _PARTICIPATION[row[3]])) for row in departments
            ),
            "people": _grouped(self._people()),
        }

    def _people(self) -> Iterator[tuple[int, PersonFact]]:
        # A touch with somebody counts for them whichever account it was held with.
        contacts = {
            row[0]: row[1:]
            for row in self.rows(
                f"""SELECT i.person_id, max(CASE WHEN touch.on_date <= :day THEN touch.on_date END),
                          max(CASE WHEN touch.on_date <= :day AND touch.direction <> 'out' THEN touch.on_date END),
                          min(CASE WHEN touch.on_date > :day THEN touch.on_date END)
                   FROM person AS p JOIN interaction_person AS i ON i.person_id = p.id
                   JOIN interaction AS touch ON touch.id = i.interaction_id
                   WHERE p.account_id IN ({{ids}}) AND {TOUCHED} GROUP BY i.person_id"""
            )
        }
        today = self.values["day"]
        for row in self.rows(
            f"""SELECT p.account_id, p.id, {_KNOWN_SINCE.format(entity="person", row="p")}, p.department_id,
                       (SELECT group_concat(value) FROM person_role WHERE person_id = p.id), p.influence, p.stance,
                       p.placeholder, p.external, p.cadence_days, p.confirmed_on, p.left_on
                FROM person AS p WHERE p.account_id IN ({{ids}}) AND p.archived_at IS NULL ORDER BY p.id"""
        ):
            account_id, person_id, since, department, roles, influence, stance, placeholder, external, cadence = row[
                :10
            ]
            confirmed, left_on = row[10:]
            if left_on is not None:
                if left_on <= today:
                    continue
                self.comes(account_id, left_on)
            if confirmed is not None and confirmed > today:
                self.comes(account_id, confirmed)
                confirmed = None
            touched, engaged, later = contacts.get(person_id, (None, None, None))
            self.comes(account_id, later)
            yield (
                account_id,
                PersonFact(
                    person_id,
                    _day(since),
                    department,
                    tuple(role for role in BuyingRole if role in roles.split(",")) if roles else (),
                    _INFLUENCE[influence],
                    _STANCE[stance],
                    bool(placeholder),
                    bool(external),
                    cadence,
                    _maybe(confirmed),
                    _maybe(touched),
                    _maybe(engaged),
                ),
            )

    def touches(self) -> dict[str, Mapping[int, Any]]:
        touches = self.rows(
            f"""SELECT account_id, on_date FROM interaction AS touch WHERE account_id IN ({{ids}}) AND {TOUCHED}
                ORDER BY on_date"""
        )
        ours = self.rows(
            f"""SELECT touch.account_id, max(touch.on_date) FROM interaction AS touch
                JOIN interaction_colleague AS i ON i.interaction_id = touch.id
                WHERE touch.account_id IN ({{ids}}) AND {TOUCHED} AND touch.direction <> 'out' AND touch.on_date <= :day
                GROUP BY touch.account_id, i.colleague_id"""
        )
        reviews = self.rows(
            """SELECT account_id, max(CASE WHEN status = 'held' AND on_date <= :day THEN on_date END),
                      min(CASE WHEN status = 'planned' AND on_date >= :day THEN on_date
                               WHEN status = 'held' AND next_on >= :day THEN next_on END),
                      min(CASE WHEN status = 'held' AND on_date > :day THEN on_date END)
               FROM review WHERE account_id IN ({ids}) AND kind = 'executive' AND archived_at IS NULL GROUP BY account_id"""
        )
        for row in reviews:
            self.comes(row[0], row[3])
        return {
            "touched": _grouped((row[0], _day(row[1])) for row in self.dated(touches, 1)),
            "colleagues": _grouped((row[0], _day(row[1])) for row in ours),
            "executive": {row[0]: _maybe(row[1]) for row in reviews},
            "next_executive": {row[0]: _maybe(row[2]) for row in reviews},
        }

    def promises(self) -> dict[str, Mapping[int, Any]]:
        tasks = _grouped(
            (row[0], row[1:4])
            for row in self.rows(
                """SELECT account_id, what, source, source_id, closed_on FROM task
                   WHERE account_id IN ({ids}) AND (status = 'open' OR closed_on > :day) AND archived_at IS NULL"""
            )
            if self.come(row[0], row[4]) is None
        )
        answered = {number for ours in tasks.values() for _what, source, number in ours if source == "need"}
        return {
            "needs": _grouped(self._needs(answered)),
            "occurrences": _grouped(self._occurrences()),
            "contracts": _grouped(self._contracts(tasks)),
        }

    def _occurrences(self) -> Iterator[tuple[int, OccurrenceFact]]:
        for account_id, number, obligation_id, side, due, status, done in self.rows(
            """SELECT o.account_id, c.id, c.obligation_id, o.side, c.due, c.status, c.done_on
               FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
               WHERE o.account_id IN ({ids}) AND o.archived_at IS NULL AND c.archived_at IS NULL ORDER BY c.due, c.id"""
        ):
            done_on = self.come(account_id, done)
            kept = _DUE[status] if done_on == done else OccurrenceStatus.OPEN
            yield account_id, OccurrenceFact(number, obligation_id, _SIDE[side], _day(due), kept, _maybe(done_on))

    def _needs(self, answered: set[int]) -> Iterator[tuple[int, NeedFact]]:
        needs = self.rows(
            """SELECT n.account_id, n.id,
                      CASE WHEN EXISTS (SELECT 1 FROM need_event
                                        WHERE need_id = n.id AND kind = 'converted' AND on_date > :day)
                           THEN n.raised_as ELSE n.kind END,
                      n.raised_as,
                      coalesce((SELECT from_state FROM need_event
                                WHERE need_id = n.id AND to_state IS NOT NULL AND on_date > :day
                                ORDER BY on_date, id LIMIT 1), n.state),
                      n.raised_on,
                      (SELECT max(on_date) FROM need_event
                       WHERE need_id = n.id AND on_date <= :day AND kind <> 'corrected'),
                      n.importance, n.capability, n.need_by,
                      (SELECT max(on_date) FROM need_event WHERE need_id = n.id AND kind = 'converted' AND on_date <= :day),
                      n.cost_to_serve_minor, n.currency,
                      (SELECT min(on_date) FROM need_event WHERE need_id = n.id AND on_date > :day)
               FROM need AS n WHERE n.account_id IN ({ids}) AND n.archived_at IS NULL ORDER BY n.id"""
        )
        for row in self.dated(needs, 5):
            account_id, need_id, kind, raised_as, state, raised, moved, importance, capability, by, converted = row[:11]
            self.comes(account_id, row[13])
            yield (
                account_id,
                NeedFact(
                    need_id,
                    _KIND[kind],
                    _KIND[raised_as],
                    _STATE[state],
                    _day(raised),
                    _day(max(moved or raised, raised)),
                    importance,
                    capability,
                    _maybe(by),
                    _maybe(converted),
                    row[11],
                    row[12],
                    need_id in answered,
                ),
            )

    def _contracts(self, tasks: Mapping[int, Sequence[Any]]) -> Iterator[tuple[int, ContractFact]]:
        signed = self.rows(
            """SELECT account_id, id, signed_on, starts_on, ends_on, coalesce(committed_milli, committed_minor),
                      product_line_id, what
               FROM contract WHERE account_id IN ({ids}) AND signed_on IS NOT NULL AND archived_at IS NULL ORDER BY id"""
        )
        if not signed:
            return
        actual = {
            row[0]: None if row[2] else row[1] for row in self.rows(ACTUAL.format(where="c.account_id IN ({ids})"))
        }
        for account_id, contract_id, on, starts, ends, committed, line, what in self.dated(signed, 2):
            yield (
                account_id,
                ContractFact(
                    contract_id,
                    _day(on),
                    _maybe(starts),
                    _maybe(ends),
                    committed,
                    actual.get(contract_id),
                    line,
                    any(_renews(task, contract_id, what) for task in tasks.get(account_id, ())),
                ),
            )

    def trouble(self) -> dict[str, Mapping[int, Any]]:
        channels = self.rows(
            """SELECT account_id, communicated_on, kind FROM channel
               WHERE account_id IN ({ids}) AND communicated_on IS NOT NULL AND archived_at IS NULL"""
        )
        told = _grouped((row[0], _CHANNEL[row[2]]) for row in self.dated(channels, 1))
        return {
            "issues": _grouped(self._issues()),
            "told": {account_id: frozenset(kinds) for account_id, kinds in told.items()},
        }

    def _issues(self) -> Iterator[tuple[int, IssueFact]]:
        issues = self.rows(
            """SELECT account_id, id, received_on, first_response_on, status, status_since FROM issue
               WHERE account_id IN ({ids}) AND (status <> 'resolved' OR status_since > :day) AND archived_at IS NULL
               ORDER BY id"""
        )
        for account_id, issue_id, received, answered, status, since in self.dated(issues, 2):
            answered_on, status_since = self.come(account_id, answered), self.come(account_id, since)
            kept = IssueStatus.OPEN if status_since is None else _ISSUE[status]
            yield (
                account_id,
                IssueFact(issue_id, _day(received), _maybe(answered_on), kept, _day(status_since or received)),
            )

    def judgements(self) -> dict[str, Mapping[int, Any]]:
        scores = self.rows(
            """SELECT account_id, criterion, score, as_of, product_line_id FROM scorecard
               WHERE account_id IN ({ids}) AND archived_at IS NULL ORDER BY as_of, id"""
        )
        return {
            "scores": _grouped(
                (row[0], Score(_CRITERION[row[1]], row[2], _day(row[3]), row[4])) for row in self.dated(scores, 3)
            )
        }


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, tuple[T, ...]]:
    """What belongs to each account, in order."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for account_id, one in pairs:
        found[account_id].append(one)
    return {account_id: tuple(ones) for account_id, ones in found.items()}


def _renews(task: tuple[str, str | None, int | None], contract_id: int, name: str) -> bool:
    """Whether a task is to renew a contract. Two of three tell: it speaks of renewing, it names the contract (as the
    suggested task does), it came of a signal about the record with this number, which may be one of another kind."""
    what, source, number = task
    text = what.casefold()
    speaks = any(word in text for word in _RENEWAL)
    names = one_line(name, LENGTH).removesuffix("…").casefold() in text
    comes = source == "signal" and number == contract_id
    return sum((speaks, names, comes)) >= 2


_RENEWAL = ("renew", "续签", "续约", "续订")


def _maybe(day: str | None) -> date | None:
    return None if day is None else _day(day)


def _words(kind: type[E]) -> dict[str, E]:
    """The words of an enum: to look one up takes a fifth of the time of calling the enum."""
    return {str(word): word for word in kind}


_TIER, _STAGE, _INFLUENCE, _STANCE = _words(Tier), _words(Stage), _words(Influence), _words(Stance)
_KIND, _STATE, _PARTICIPATION, _CHANNEL = (
    _words(NeedKind),
    _words(NeedState),
    _words(Participation),
    _words(ChannelKind),
)
_SIDE, _DUE, _RETURN, _ORDER = _words(Side), _words(OccurrenceStatus), _words(ReturnStatus), _words(TransactionKind)
_ISSUE, _CRITERION = _words(IssueStatus), _words(Criterion)
