"""Everything that happened in one account, newest first, a page at a time.

Each kind is a query of its own that stops after a page, so that what a page costs does not grow with the account.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kamtui.domain.money import Money
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch, money
from kamtui.store.sqlite.driver import Connection


class TimelineKind(StrEnum):
    """What can happen in an account."""

    TOUCH = "touch"
    NOTE = "note"
    NEED = "need"
    PROMISE = "promise"
    TASK = "task"
    GIVE = "give"
    CONTRACT = "contract"
    ISSUE = "issue"
    INCIDENT = "incident"
    REVIEW = "review"
    PERSON = "person"
    STAGE = "stage"
    SCORE = "score"
    FACT = "fact"
    ORDER = "order"
    COST = "cost"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something that happened on a day, perhaps at a time: `event` says what of it (`raised`, `converted`, `done`, …),
    `entity` and `id` which record it is of, `seq` which row tells it; `what` is its words, `who` the people, `detail`
    and `amount` the rest."""

    on: date
    at_time: str
    kind: TimelineKind
    event: str
    entity: str
    id: int
    seq: int
    what: str
    who: str | None
    detail: str | None
    amount: Money | None


Key = tuple[str, str, str, str, int]

_PEOPLE = """(SELECT group_concat(name, ', ') FROM (SELECT name FROM {table} AS i JOIN person ON person.id = i.person_id
              WHERE i.{owner} = {id} ORDER BY i.id))"""


@dataclass(frozen=True, slots=True)
class _Arm:
    """A query of one kind of event; `on` is the column of its day, `at` of its time, `event` a word or a column."""

    event: str
    entity: str
    on: str
    tables: str
    where: str
    id: str
    what: str
    who: str = "NULL"
    detail: str = "NULL"
    at: str = "''"
    seq: str = ""
    amount: str = "NULL"


_NEED = "need_event AS e JOIN need AS n ON n.id = e.need_id"
_OCCURRENCE = "obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id"
_LINE = "person AS p JOIN reporting_line AS line ON line.person_id = p.id JOIN person AS m ON m.id = line.manager_id"
_ARMS: dict[TimelineKind, tuple[_Arm, ...]] = {
    TimelineKind.TOUCH: (
        _Arm(
            "touch.kind", "interaction", "touch.on_date", "interaction AS touch",
            f"touch.account_id = :account AND {TOUCHED} AND touch.archived_at IS NULL", "touch.id",
            "coalesce(touch.summary, touch.purpose, '')",
            _PEOPLE.format(table="interaction_person", owner="interaction_id", id="touch.id"),
            "touch.next_step", "coalesce(touch.at_time, '')",
        ),
    ),
    TimelineKind.NOTE: (
        _Arm(
            "'note'", "interaction", "i.on_date", "interaction AS i",
            "i.account_id = :account AND i.kind = 'note' AND i.status = 'held' AND i.archived_at IS NULL", "i.id",
            "coalesce(i.summary, i.purpose, '')", detail="i.next_step", at="coalesce(i.at_time, '')",
        ),
    ),
    TimelineKind.NEED: (
        _Arm(
            "'raised'", "need", "n.raised_on", "need AS n LEFT JOIN person AS p ON p.id = n.raised_by_id",
            "n.account_id = :account AND n.archived_at IS NULL", "n.id", "n.verbatim", "p.name", "n.raised_as",
        ),
        _Arm(
            "e.kind", "need", "e.on_date", f"{_NEED} LEFT JOIN person AS p ON p.id = e.person_id",
            "n.account_id = :account AND n.archived_at IS NULL", "n.id",
            "coalesce(CASE WHEN e.kind IN ('converted', 'corrected') THEN e.customer_words ELSE e.note END, n.verbatim)",
            "p.name", "CASE WHEN e.from_state <> e.to_state THEN e.from_state || ' > ' || e.to_state END", seq="e.id",
        ),
    ),
    TimelineKind.PROMISE: (
        _Arm(
            "c.status", "obligation", "coalesce(c.done_on, c.due)",
            f"{_OCCURRENCE} LEFT JOIN person AS p ON p.id = c.acknowledged_by_id",
            "o.account_id = :account AND c.status <> 'open' AND o.archived_at IS NULL", "o.id",
            "o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END", "p.name",
            "o.side || coalesce(': ' || c.evidence, ': ' || c.reason, '')", seq="c.id",
        ),
    ),
    TimelineKind.TASK: (
        _Arm(
            "t.status", "task", "t.closed_on", "task AS t LEFT JOIN person AS p ON p.id = t.person_id",
            "t.account_id = :account AND t.status IN ('done', 'dropped') AND t.archived_at IS NULL", "t.id", "t.what",
            "p.name", "t.priority",
        ),
    ),
    TimelineKind.GIVE: (
        _Arm(
            "'given'", "concession", "c.given_on", "concession AS c",
            "c.account_id = :account AND c.archived_at IS NULL", "c.id", "c.what", detail="c.approved_by",
            amount=money("c.value_minor", "c.currency"),
        ),
        _Arm(
            "r.status", "concession", "r.closed_on", "concession AS c JOIN return_commitment AS r ON r.concession_id = c.id",
            "c.account_id = :account AND r.closed_on IS NOT NULL AND c.archived_at IS NULL", "c.id", "r.measure",
            detail="coalesce(r.actual, r.reason)", seq="r.id", amount=money("r.value_minor", "r.currency"),
        ),
    ),
    TimelineKind.CONTRACT: (
        _Arm(
            "'signed'", "contract", "c.signed_on", "contract AS c",
            "c.account_id = :account AND c.signed_on IS NOT NULL AND c.archived_at IS NULL", "c.id", "c.what",
            detail="c.document_ref", amount=money("c.committed_minor", "c.currency"),
        ),
    ),
    TimelineKind.ISSUE: (
        _Arm(
            "'received'", "issue", "i.received_on", "issue AS i LEFT JOIN person AS p ON p.id = i.raised_by_id",
            "i.account_id = :account AND i.archived_at IS NULL", "i.id", "i.words", "p.name",
        ),
        _Arm(
            "'answered'", "issue", "i.first_response_on", "issue AS i",
            "i.account_id = :account AND i.first_response_on IS NOT NULL AND i.archived_at IS NULL", "i.id", "i.words",
            detail="i.first_response",
        ),
        _Arm(
            "i.status", "issue", "i.status_since", "issue AS i",
            "i.account_id = :account AND i.status <> 'open' AND i.archived_at IS NULL", "i.id", "i.words",
            detail="coalesce(CASE i.status WHEN 'resolved' THEN i.resolution END, i.reason)",
        ),
    ),
    TimelineKind.INCIDENT: (
        _Arm(
            "'happened'", "incident", "i.happened_on", "incident AS i LEFT JOIN person AS p ON p.id = i.their_responsible_id",
            "i.account_id = :account AND i.archived_at IS NULL", "i.id", "i.what", "p.name", "i.severity",
        ),
        _Arm(
            "'went on'", "incident", "l.on_date", "incident AS i JOIN incident_note AS l ON l.incident_id = i.id",
            "i.account_id = :account AND i.archived_at IS NULL", "i.id", "l.text", detail="i.what",
            at="coalesce(l.at_time, '')", seq="l.id",
        ),
        _Arm(
            "'resolved'", "incident", "i.resolved_on", "incident AS i",
            "i.account_id = :account AND i.resolved_on IS NOT NULL AND i.archived_at IS NULL", "i.id", "i.what",
            detail="coalesce(i.merit, i.resolution)",
        ),
    ),
    TimelineKind.REVIEW: (
        _Arm(
            "r.kind", "review", "r.on_date", "review AS r",
            "r.account_id = :account AND r.status = 'held' AND r.archived_at IS NULL", "r.id",
            "coalesce(r.summary, r.asks, r.commitments, '')",
            _PEOPLE.format(table="review_person", owner="review_id", id="r.id"), "r.commitments",
        ),
    ),
    TimelineKind.PERSON: (
        _Arm(
            "'left'", "person", "p.left_on", "person AS p",
            "p.account_id = :account AND p.left_on <= :today AND p.archived_at IS NULL", "p.id", "p.name", "p.name",
            "p.title",
        ),
        _Arm(
            "'reports to'", "person", "line.valid_from", _LINE,
            "p.account_id = :account AND line.valid_from <= :today AND p.archived_at IS NULL", "p.id", "p.name",
            "p.name", "m.name", seq="line.id",
        ),
    ),
    TimelineKind.STAGE: (
        _Arm(
            "'decided'", "account", "d.decided_on", "stage_decision AS d", "d.account_id = :account", "d.account_id",
            "d.from_stage || ' > ' || d.to_stage", detail="d.reason", seq="d.id",
        ),
    ),
    TimelineKind.SCORE: (
        _Arm(
            "s.criterion", "scorecard", "s.as_of", "scorecard AS s", "s.account_id = :account AND s.archived_at IS NULL",
            "s.id", "coalesce(CAST(s.score AS TEXT), '?')", detail="s.evidence",
        ),
    ),
    TimelineKind.FACT: (
        _Arm(
            "f.topic", "fact", "f.as_of", "fact AS f", "f.account_id = :account AND f.archived_at IS NULL", "f.id",
            "f.text", detail="f.source",
        ),
    ),
    TimelineKind.ORDER: (
        _Arm(
            "t.kind", "transaction", "t.on_date", '"transaction" AS t',
            "t.account_id = :account AND t.archived_at IS NULL", "t.id", "coalesce(t.note, '')",
            amount=money("t.revenue_minor", "t.currency"),
        ),
    ),
    TimelineKind.COST: (
        _Arm(
            "c.kind", "cost", "c.on_date", "cost AS c", "c.account_id = :account AND c.archived_at IS NULL", "c.id",
            "coalesce(c.note, '')", amount=money("c.amount_minor", "c.currency"),
        ),
    ),
    TimelineKind.SIGNAL: (
        _Arm(
            "e.what", "account", "e.on_day", "signal_event AS e", "e.account_id = :account", "e.account_id", "e.code",
            detail="e.severity", seq="e.id",
        ),
    ),
}  # fmt: skip
# What people did and what befell them; that a signal opened or closed is concluded from it, and told where one asks for it.
_HAPPENED = [kind for kind in TimelineKind if kind is not TimelineKind.SIGNAL]
_ORDER = '"on" DESC, at_time DESC, kind DESC, event DESC, seq DESC'


def list_timeline(
    connection: Connection,
    account_id: int,
    today: date,
    *,
    kinds: Collection[TimelineKind] = (),
    limit: int = 50,
    after: TimelineRow | None = None,
) -> list[TimelineRow]:
    """At most `limit` events of an account until `today`, newest first, of some kinds, or of all but signals; `after` is the last row of
    the page before. A keyset, so that the hundredth page costs what the first does."""
    key = key_of(after) if after else ("~", "", "", "", 0)
    arms = [
        f"SELECT * FROM ({_select(kind, arm)} ORDER BY {_ORDER} LIMIT :limit)"
        for kind in kinds or _HAPPENED
        for arm in _ARMS[kind]
    ]
    return fetch(
        connection,
        TimelineRow,
        f"{' UNION ALL '.join(arms)} ORDER BY {_ORDER} LIMIT :limit",
        {
            "account": account_id,
            "today": today.isoformat(),
            "limit": limit,
            "until": min(key[0], today.isoformat()),
            **{f"key{place}": part for place, part in enumerate(key)},
        },
    )


def key_of(row: TimelineRow) -> Key:
    """Where a row stands in the order."""
    return (row.on.isoformat(), row.at_time, row.kind, row.event, row.seq)


def _select(kind: TimelineKind, arm: _Arm) -> str:
    seq = arm.seq or arm.id
    # The first comparison is for the index; the rest tells the rows of one day apart.
    return f"""
        SELECT {arm.on} AS "on", {arm.at} AS at_time, '{kind}' AS kind, {arm.event} AS event, '{arm.entity}' AS entity,
               {arm.id} AS id, {seq} AS seq, {arm.what} AS what, {arm.who} AS who, {arm.detail} AS detail,
               {arm.amount} AS amount
        FROM {arm.tables}
        WHERE {arm.where} AND {arm.on} <= :until
          AND ({arm.on}, {arm.at}, '{kind}', {arm.event}, {seq}) < (:key0, :key1, :key2, :key3, :key4)
    """
