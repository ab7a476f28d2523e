"""§1: three lines: the state and where it is going, the biggest exposure, what this meeting must achieve."""

from collections.abc import Iterator
from dataclasses import dataclass

from kamtui.brief.blocks import Pairs, Section, clip
from kamtui.brief.facts import Facts
from kamtui.brief.health import health_of, health_words
from kamtui.brief.words import STATE_WORDS, ago, quoted, say
from kamtui.domain.enums import BuyingRole, NeedSource, Side
from kamtui.domain.money import Money
from kamtui.domain.need import next_state
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.brief import NeedLine
from kamtui.store.reads.signals import SignalRow

NEW_DAYS = 60


@dataclass(frozen=True, slots=True)
class BottomLine:
    """Three sentences, computed from the data, each with its reason."""

    state: str
    exposure: str
    must: str


def bottom_line_of(facts: Facts) -> BottomLine:
    """What a reader takes away who reads nothing else."""
    return BottomLine(_state(facts), _exposure(facts), _must(facts))


def lay_out_bottom_line(bottom_line: BottomLine) -> Section:
    """The three lines."""
    return Section(
        "bottom_line",
        _("Bottom line"),
        (
            Pairs(
                (
                    (_("State"), bottom_line.state),
                    (_("Exposure"), bottom_line.exposure),
                    (_("Must"), bottom_line.must),
                )
            ),
        ),
    )


def _state(facts: Facts) -> str:
    touches = facts.touches
    counts = ", ".join(
        (
            ngettext("{count} person", "{count} people", len(facts.people)).format(count=len(facts.people)),
            ngettext("{count} open need", "{count} open needs", len(facts.needs)).format(count=len(facts.needs)),
            ngettext("{count} touch", "{count} touches", touches.total).format(count=touches.total),
        )
    )
    # Who buys here is not new, however late the touches begin.
    bought = facts.money.now.orders or facts.money.before.orders
    new = not bought and (touches.first_on is None or (facts.today - touches.first_on).days <= NEW_DAYS)
    said = [_("new here: {counts}").format(counts=counts) if new else f"{_trend(facts)}; {counts}"]
    if not new and touches.last_on:
        said.append(_("last touch {ago}").format(ago=ago(touches.last_on, facts.today)))
    said.append(health_words(health_of(facts.health)))
    return "; ".join(said)


def _trend(facts: Facts) -> str:
    """Where it is going: by the contribution, else the revenue, else by how often we touch each other."""
    now, before = facts.money.now, facts.money.before
    for current, earlier, sentence in (
        (now.contribution, before.contribution, _("contribution {now} in 12 months, {change} on the 12 before")),
        (now.revenue, before.revenue, _("revenue {now} in 12 months, {change} on the 12 before")),
    ):
        if current and earlier and earlier.minor > 0:
            percent = round(100 * (current.minor - earlier.minor) / earlier.minor)
            return f"{_direction(percent, 5)}: " + sentence.format(now=current, change=f"{percent:+d} %")
    touches = facts.touches
    if now.revenue is None:
        sentence = _("{recent} touches in 90 days, {before} in the 90 before; money unknown")
    else:
        sentence = _("{recent} touches in 90 days, {before} in the 90 before; revenue {revenue} in 12 months")
    said = sentence.format(recent=touches.recent, before=touches.before, revenue=now.revenue)
    return f"{_direction(touches.recent - touches.before, 1)}: {said}"


def _direction(change: int, least: int) -> str:
    if abs(change) < least:
        return _("steady")
    return _("rising") if change > 0 else _("falling")


def _exposure(facts: Facts) -> str:
    """What could hurt most: the gravest that the signals say, with the money that hangs on it."""
    gravest = next((row for row in facts.signals if not row.good_news), None)
    if gravest:
        stake = _at_stake(facts, gravest)
        return f"{gravest.why}; " + _("at stake: {money}").format(money=stake) if stake else gravest.why
    waiting = next(_waiting(facts), None)
    if waiting:
        return waiting
    completeness = facts.completeness
    if completeness.little:
        return _("unknown: {known} of {of} facts that matter are known").format(
            known=completeness.known, of=completeness.of
        )
    return _("nothing stands out in what is recorded ({known} of {of} facts known)").format(
        known=completeness.known, of=completeness.of
    )


def _waiting(facts: Facts) -> Iterator[str]:
    """What stands open though no signal says so: an unsorted account has none, and one may be put off."""
    for promise in sorted(facts.overdue, key=lambda promise: promise.side is Side.THEIRS):
        sentence = (
            _("we are {days} days late with {what}")
            if promise.side is Side.OURS
            else _("they are {days} days late with {what}")
        )
        yield sentence.format(days=(facts.today - promise.due).days, what=quoted(promise.what, 80))
    for issue in facts.issues:
        if issue.is_open and issue.first_response_on is None and issue.received_on < facts.today:
            yield _("a complaint waits for an answer since {day}: {words}").format(
                day=issue.received_on, words=quoted(issue.words, 60)
            )


def _at_stake(facts: Facts, gravest: SignalRow) -> Money | None:
    """The money that a signal is about; None where it is about none, or how much is unknown."""
    if gravest.subject == "concession":
        return next((given.value for given in facts.given if given.id == gravest.subject_id), None)
    if gravest.subject == "contract":
        return next((contract.amount for contract in facts.contracts if contract.id == gravest.subject_id), None)
    return facts.money.now.revenue if gravest.aspect == "profit.share" else None


def _must(facts: Facts) -> str:
    meeting = facts.meeting
    aim = _aim(facts)
    if meeting and meeting.ask:
        return _("get their answer to: {ask}").format(ask=clip(meeting.ask))
    if meeting:
        return aim
    return _("plan the next meeting (none is planned), to {aim}").format(aim=aim)


def _aim(facts: Facts) -> str:
    """What would move the account most: understand what is implicit, then bring what is explicit a step further."""
    room = {person.id: person for person in facts.room}
    waiting = sorted(facts.implicit, key=lambda need: need.raised_by_id not in room)
    if waiting:
        return _hear(waiting[0])
    for need in facts.explicit:
        following = next_state(need.state)
        if following:
            return _("bring need {id} from {before} to {after}: {words}").format(
                id=need.id,
                before=say(STATE_WORDS, need.state),
                after=say(STATE_WORDS, following),
                words=quoted(need.words, 80),
            )
    if not any(BuyingRole.ECONOMIC in person.roles for person in facts.people):
        return _("hear one need in their own words, and who signs")
    return _("hear one need in their own words")


def _hear(need: NeedLine) -> str:
    who = clip(need.raised_by, 40) if need.raised_by and need.source is NeedSource.PERSON else _("somebody")
    return _("hear {who} say what they want instead of {words} (need {id} is still implicit)").format(
        who=who, words=quoted(need.words, 50), id=need.id
    )
