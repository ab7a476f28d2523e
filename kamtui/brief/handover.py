"""What a hand-over adds: how the relationship came about, what was said and not written, what hurts, whom to call first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kamtui.brief.attendees import named
from kamtui.brief.blocks import Block, Column, Pairs, Points, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.facts import Facts
from kamtui.brief.words import STANCE_WORDS, quoted, say
from kamtui.domain.enums import BuyingRole, EdgeKind, Influence, IssueStatus, Stance
from kamtui.domain.labels import STAGE_WORDS
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.brief_handover import (
    SAID_DAYS,
    SaidRow,
    TurnRow,
    YearRow,
    list_reach,
    list_said,
    list_turns,
    list_years,
)
from kamtui.store.reads.people import PersonRow
from kamtui.store.sqlite.driver import Connection

YEARS_SHOWN = 3
TURNS_SHOWN = 2
SAID_SHOWN = 3
SENSITIVE_SHOWN = 3
CALLS_SHOWN = 4

SAID_WORDS = {
    "meeting": mark("they said in a meeting"),
    "review": mark("committed to in a review"),
    "return": mark("they said in return"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call in the first week: why, and how they are reached."""

    name: str
    title: str | None
    why: str
    how: str | None
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What stands in nobody's file."""

    since: date | None
    years: tuple[YearRow, ...]
    more_years: int
    turns: tuple[TurnRow, ...]
    more_turns: int
    said: tuple[SaidRow, ...]
    more_said: int
    sensitive: tuple[str, ...]
    more_sensitive: int
    calls: tuple[Call, ...]
    more_calls: int


def handover_of(connection: Connection, facts: Facts) -> Handover:
    """Reads what only a hand-over asks."""
    account_id, today = facts.account.id, facts.today
    years = list_years(connection, account_id, today)
    turns = list_turns(connection, account_id, today)
    said = list_said(connection, account_id, today)
    sensitive = list(_sensitive(facts))
    reach = {row.person_id: row.how for row in list_reach(connection, account_id)}
    calls = _calls(facts, reach)
    return Handover(
        since=facts.touches.first_on,
        years=tuple(years[:YEARS_SHOWN]),
        more_years=max(0, len(years) - YEARS_SHOWN),
        turns=tuple(turns[:TURNS_SHOWN]),
        more_turns=max(0, len(turns) - TURNS_SHOWN),
        said=tuple(said[:SAID_SHOWN]),
        more_said=max(0, len(said) - SAID_SHOWN),
        sensitive=tuple(sensitive[:SENSITIVE_SHOWN]),
        more_sensitive=max(0, len(sensitive) - SENSITIVE_SHOWN),
        calls=tuple(calls[:CALLS_SHOWN]),
        more_calls=max(0, len(calls) - CALLS_SHOWN),
    )


def _sensitive(facts: Facts) -> Iterator[str]:
    """What a newcomer would step on: opponents, conflicts, complaints that were put off or denied."""
    for person in facts.people:
        if person.stance in {Stance.OPPONENT, Stance.NON_SUPPORTER} and person.influence is not Influence.OUTSIDE:
            yield _("{name}: {stance}").format(
                name=named(person.name, person.title), stance=say(STANCE_WORDS, person.stance)
            )
    for edge in facts.edges:
        if edge.kind is EdgeKind.CONFLICT:
            yield _("conflict between {one} and {other}").format(one=clip(edge.source, 40), other=clip(edge.target, 40))
    for issue in facts.issues:
        if issue.status in {IssueStatus.DENIED, IssueStatus.DEFERRED}:
            sentence = (
                _("a complaint that we denied: {words}")
                if issue.status is IssueStatus.DENIED
                else _("a complaint that we put off: {words}")
            )
            yield sentence.format(words=quoted(issue.words, 80))


def _calls(facts: Facts, reach: dict[int, str]) -> list[Call]:
    """Who helps first, then who decides, then who is owed something."""
    found: dict[int, tuple[PersonRow, list[str]]] = {}

    def add(person: PersonRow, why: str) -> None:
        if not person.placeholder:
            found.setdefault(person.id, (person, []))[1].append(why)

    for person in facts.people:
        if BuyingRole.COACH in person.roles or person.stance is Stance.MENTOR:
            add(person, _("helps us: ask first"))
    for person in facts.people:
        if BuyingRole.ECONOMIC in person.roles:
            add(person, _("signs"))
        if BuyingRole.SPONSOR in person.roles:
            add(person, _("sponsors us"))
    owed = {promise.their_owner_id for promise in facts.overdue}
    for person in facts.people:
        if person.id in owed:
            add(person, _("waits for what we promised, or owes us something"))
    return [
        Call(person.name, person.title, "; ".join(whys), reach.get(person.id), facts.last_contact(person))
        for person, whys in found.values()
    ]


def lay_out_calls(handover: Handover, today: date) -> Section:
    """Whom to call in week one."""
    if not handover.calls:
        said = _("nobody who helps us or decides is known: ask who took the first call")
        return Section("week_one", _("Call in week one"), (Pairs(((_("who"), said),)),))
    table = Table(
        (Column(_("person")), Column(_("why"), 40), Column(_("reach"), 24), Column(_("last contact"), 10)),
        tuple(
            Row(
                (
                    named(call.name, call.title),
                    call.why,
                    clip(call.how, 60) if call.how else _("no number or address"),
                    short_day(call.last_contact, today) if call.last_contact else _("never"),
                )
            )
            for call in handover.calls
        ),
    )
    return Section("week_one", _("Call in week one"), (table,), more_of((handover.more_calls, "")))


def lay_out_history(handover: Handover) -> Section:
    """How long it lasts, year by year, and how its stage changed."""
    first = _("first touch on {day}").format(day=handover.since) if handover.since else _("no touch was ever recorded")
    blocks: list[Block] = [Pairs(((_("since"), first),))]
    if handover.years:
        blocks.append(
            Table(
                (
                    Column(_("year")),
                    Column(_("touches"), 8),
                    Column(_("meetings"), 8),
                    Column(_("orders"), 8),
                    Column(_("complaints"), 10),
                ),
                tuple(
                    Row((row.year, *map(str, (row.touches, row.meetings, row.orders, row.complaints))))
                    for row in handover.years
                ),
            )
        )
    if handover.turns:
        blocks.append(Points(tuple(_turn(row) for row in handover.turns)))
    return Section(
        "history",
        _("History"),
        tuple(blocks),
        more_of((handover.more_years, _("years")), (handover.more_turns, _("changes of stage"))),
    )


def _turn(row: TurnRow) -> str:
    said = _("{day}: from {before} to {after}").format(
        day=row.on, before=say(STAGE_WORDS, row.before), after=say(STAGE_WORDS, row.after)
    )
    return f"{said}, {clip(row.reason, 100)}" if row.reason else said


def lay_out_said(handover: Handover, today: date) -> Section:
    """What was promised by word of mouth."""
    if not handover.said:
        said = _("nothing is recorded in {days} days: ask the one who leaves").format(days=SAID_DAYS)
        return Section("unwritten", _("Unwritten promises"), (Pairs(((_("unwritten"), said),)),))
    table = Table(
        (Column(_("day"), 10), Column(_("how"), 24), Column(_("what was said")), Column(_("value"), 16)),
        tuple(
            Row(
                (
                    short_day(row.on, today),
                    _(SAID_WORDS[row.kind]),
                    clip(row.what, 120),
                    str(row.value) if row.value else "",
                )
            )
            for row in handover.said
        ),
    )
    return Section("unwritten", _("Unwritten promises"), (table,), more_of((handover.more_said, "")))


def lay_out_sensitive(handover: Handover) -> Section:
    """What to be careful with."""
    lines = handover.sensitive or (_("none is recorded: ask the one who leaves"),)
    return Section("sensitive", _("Sensitive"), (Points(lines),), more_of((handover.more_sensitive, "")))
