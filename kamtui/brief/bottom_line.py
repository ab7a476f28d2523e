"""§1: three lines: the state and where it is going, the biggest exposure, what this meeting must achieve."""

from collections.abc import Iterator
from dataclasses import dataclass

from kamtui.brief.blocks import Pairs, Section, clip
from kamtui.brief.facts import Facts
from kamtui.brief.find_out import Completeness
from kamtui.brief.health import health_of, health_words
from kamtui.brief.words import STATE_WORDS, ago, quoted, say
from kamtui.domain.enums import KEY_TIERS, BuyingRole, Influence, NeedSource, Side, Stance
from kamtui.domain.need import next_state
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.brief import NeedLine
from kamtui.store.reads.people import PersonRow

NEW_DAYS = 60
BUYER_DAYS = 60
UNEXPLORED_DAYS = 30
LARGE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class BottomLine:
    """Three sentences, computed from the data, each with its reason."""

    state: str
    exposure: str
    must: str


def bottom_line_of(facts: Facts, completeness: Completeness) -> BottomLine:
    """What a reader takes away who reads nothing else."""
    return BottomLine(_state(facts, completeness), _exposure(facts, completeness), _must(facts))


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


def _state(facts: Facts, completeness: Completeness) -> str:
    touches = facts.touches
    counts = ", ".join(
        (
            ngettext("{count} person", "{count} people", len(facts.people)).format(count=len(facts.people)),
            ngettext("{count} open need", "{count} open needs", len(facts.needs)).format(count=len(facts.needs)),
            ngettext("{count} touch", "{count} touches", touches.total).format(count=touches.total),
        )
    )
    new = touches.first_on is None or (facts.today - touches.first_on).days <= NEW_DAYS
    said = [_("new here: {counts}").format(counts=counts) if new else f"{_trend(facts)}; {counts}"]
    if not new and touches.last_on:
        said.append(_("last touch {ago}").format(ago=ago(touches.last_on, facts.today)))
    # Who is new has too few touches for a score to mean anything, whatever is known.
    said.append(_("too early for a health score") if new else health_words(health_of(facts.health)))
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


def _exposure(facts: Facts, completeness: Completeness) -> str:
    found = next(_exposures(facts), None)
    if found:
        return found
    if completeness.little:
        return _("unknown: {known} of {of} facts that matter are known").format(
            known=completeness.known, of=completeness.of
        )
    return _("nothing stands out in what is recorded ({known} of {of} facts known)").format(
        known=completeness.known, of=completeness.of
    )


def _exposures(facts: Facts) -> Iterator[str]:
    """What could hurt most, worst first."""
    today, key = facts.today, facts.account.tier in KEY_TIERS
    for person in facts.people:
        if person.influence is Influence.INNER_CIRCLE and person.stance is Stance.OPPONENT:
            yield _("{name} is of the inner circle and against us").format(name=_called(person))
    # What is merely unknown is a gap, and no exposure, until the account has a tier and a touch.
    if facts.account.tier and facts.touches.total:
        yield from _buyer_missing(facts)
    late = [promise for promise in facts.overdue if promise.side is Side.OURS]
    for promise in late:
        yield _("we are {days} days late with {what}").format(
            days=(today - promise.due).days, what=quoted(promise.what, 80)
        )
    for issue in facts.issues:
        if issue.is_open and issue.first_response_on is None and issue.received_on < today:
            yield _("a complaint waits for an answer since {day}: {words}").format(
                day=issue.received_on, words=quoted(issue.words, 60)
            )
    answered = {back.concession_id for back in facts.returns if back.written}
    for concession in facts.given:
        if concession.id not in answered and not concession.waived_because:
            yield _("we gave {what} ({value}), and no return is in writing").format(
                what=quoted(concession.what, 60), value=concession.value or _("value unknown")
            )
    yield from _buyer_neglected(facts)
    for promise in facts.overdue:
        if promise.side is Side.THEIRS:
            yield _("they are {days} days late with {what}").format(
                days=(today - promise.due).days, what=quoted(promise.what, 80)
            )
    engaged = [
        person for person in facts.people if person.id in facts.contacts and facts.contacts[person.id].engaged_recently
    ]
    if key and len(engaged) == 1 and len(facts.people) > 1:
        yield _("all hangs on {name}: nobody else spoke with us in 90 days").format(name=_called(engaged[0]))
    last = facts.touches.last_on
    if key and last and (today - last).days > 1.5 * facts.cadence:
        yield _("no touch for {days} days, the rhythm is {cadence}").format(
            days=(today - last).days, cadence=facts.cadence
        )
    for need in facts.implicit:
        if (today - need.raised_on).days > UNEXPLORED_DAYS:
            yield _("{words} has waited {days} days to be understood").format(
                words=quoted(need.words, 60), days=(today - need.raised_on).days
            )
    if facts.money.share is not None and facts.money.share >= LARGE_SHARE:
        yield _("the share of all our revenue that comes from here: {share} %").format(
            share=round(100 * facts.money.share)
        )


def _buyer_missing(facts: Facts) -> Iterator[str]:
    """No economic buyer, or none who was ever met (PRODUCT.md §4, signal 2)."""
    buyers = facts.economic_buyers
    if not buyers:
        yield _("nobody is known who signs (economic buyer)")
    elif not any(facts.last_contact(person) for person in buyers):
        yield _("the economic buyer {name} has never been met").format(name=_called(buyers[0]))


def _buyer_neglected(facts: Facts) -> Iterator[str]:
    """An economic buyer who was met, but not for long."""
    met = [(day, person) for person in facts.economic_buyers if (day := facts.last_contact(person))]
    if not met:
        return
    day, person = max(met, key=lambda pair: pair[0])
    days = (facts.today - day).days
    if days > BUYER_DAYS:
        yield _("the economic buyer {name} was last met {days} days ago").format(name=_called(person), days=days)


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


def _called(person: PersonRow) -> str:
    name = clip(person.name, 40)
    return f"{name} ({clip(person.title, 40)})" if person.title else name
