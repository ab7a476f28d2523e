"""§8: what changed since the last meeting: people, needs, money, promises, trouble."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from kamtui.brief.blocks import Points, Section, clip, more_of
from kamtui.brief.facts import Facts
from kamtui.brief.words import ISSUE_WORDS, PARTICIPATION_WORDS, REVIEW_WORDS, SEVERITY_WORDS, STATE_WORDS, quoted, say
from kamtui.domain.enums import (
    FactTopic,
    IncidentSeverity,
    Influence,
    InteractionStatus,
    IssueStatus,
    NeedCategory,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Participation,
    ReturnStatus,
    Side,
    Stage,
    Stance,
)
from kamtui.domain.labels import INFLUENCE, STAGE_WORDS, STANCE, called
from kamtui.domain.money import Money, total
from kamtui.domain.signals.registry import BY_CODE
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.brief_changes import RowChange
from kamtui.store.reads.signals import SignalTurn

TOGETHER = 2  # more new rows of a kind than these are told in one line
NAMED = 4


class Since(StrEnum):
    """What the changes are counted from."""

    MEETING = "meeting"
    REVIEW = "review"
    TOUCH = "touch"
    DAY = "day"


class Area(StrEnum):
    """What a change is about, in the order in which changes are told."""

    ACCOUNT = "account"
    PEOPLE = "people"
    NEEDS = "needs"
    SIGNALS = "signals"
    PROMISES = "promises"
    MONEY = "money"
    TROUBLE = "trouble"
    TASKS = "tasks"


AREA_WORDS = {
    Area.ACCOUNT: mark("account"),
    Area.PEOPLE: mark("people"),
    Area.NEEDS: mark("needs"),
    Area.SIGNALS: mark("signals"),
    Area.PROMISES: mark("promises"),
    Area.MONEY: mark("money"),
    Area.TROUBLE: mark("complaints and incidents"),
    Area.TASKS: mark("tasks"),
}


SINCE_WORDS = {
    Since.MEETING: mark("Since the last meeting, {day}"),
    Since.REVIEW: mark("Since the last review, {day}"),
    Since.TOUCH: mark("Since the last touch, {day}"),
    Since.DAY: mark("Since {day}"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different now, as a sentence."""

    area: Area
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after `since`: the day of the last meeting or review before the one that comes, else of the last
    touch, or a day that was given; None where there was none. `all_new`: the account itself was recorded after that day,
    so everything is new and nothing is told."""

    since: date | None
    since_what: Since
    all_new: bool
    changes: tuple[Change, ...]
    more: int


def changes_of(facts: Facts) -> Changes:
    """The net changes, told by area."""
    since, what = facts.since, _since_what(facts)
    if any(row.entity == "account" and row.before is None for row in facts.changes):
        return Changes(since, what, all_new=True, changes=(), more=0)
    found = [*tell(facts.changes), *_signals(facts.turns)]
    if since:
        found += [
            Change(
                Area.PROMISES, _("now late: {what}, was due {due}").format(what=clip(promise.what, 80), due=promise.due)
            )
            for promise in facts.overdue
            if promise.due > since
        ]
    order = [*Area]
    found.sort(key=lambda change: order.index(change.area))
    shown = found[: facts.caps.changes]
    return Changes(since, what, all_new=False, changes=tuple(shown), more=len(found) - len(shown))


def tell(rows: tuple[RowChange, ...]) -> list[Change]:
    """Changed rows as sentences, by entity, the orders and the costs last."""
    return [*(change for group in _by_entity(rows) for change in _told(group)), *_orders(rows), *_costs(rows)]


def lay_out_changes(changes: Changes) -> Section | None:
    """The changes as points; without a touch there is nothing to count from, and no section."""
    if changes.since is None:
        return None
    title = _(SINCE_WORDS[changes.since_what]).format(day=changes.since)
    if changes.all_new:
        return Section("changes", title, (Points((_("everything here was recorded after it"),)),))
    if not changes.changes:
        return Section("changes", title, (Points((_("no change is recorded"),)),))
    lines = tuple(f"{say(AREA_WORDS, change.area)}: {change.text}" for change in changes.changes)
    return Section("changes", title, (Points(lines),), more_of((changes.more, "")))


def _since_what(facts: Facts) -> Since:
    if facts.since_is_given:
        return Since.DAY
    if facts.met is None:
        return Since.TOUCH
    return Since.REVIEW if facts.met.review else Since.MEETING


def _by_entity(rows: tuple[RowChange, ...]) -> Iterator[list[RowChange]]:
    for _entity, group in groupby(rows, key=lambda row: row.entity):
        yield list(group)


def _told(rows: list[RowChange]) -> Iterator[Change]:
    """The changes of one entity; many new rows are told in one line, since an import brings hundreds."""
    telling = {
        "account": _account,
        "person": _person,
        "need": _need,
        "occurrence": _occurrence,
        "return_commitment": _return,
        "concession": _concession,
        "contract": _contract,
        "contract_term": _term,
        "department": _department,
        "fact": _fact,
        "issue": _issue,
        "incident": _incident,
        "review": _review,
        "task": _task,
    }.get(rows[0].entity)
    if telling is None:
        return
    new = [row.now for row in rows if row.before is None and row.now is not None]
    together = len(new) > TOGETHER and rows[0].entity in _TOGETHER
    if together:
        yield _new(rows[0].entity, [clip(image["label"], 40) for image in new])
    for row in rows:
        if together and row.before is None:
            continue
        area, sentences = telling(row.before, row.now)
        for sentence in sentences:
            yield Change(area, sentence)


def _new(entity: str, names: list[str]) -> Change:
    listed = "; ".join(names[:NAMED]) + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")
    return Change(_TOGETHER[entity], _("{count} new: {names}").format(count=len(names), names=listed))


# What an import brings by the hundred.
_TOGETHER = {
    "person": Area.PEOPLE,
    "need": Area.NEEDS,
    "occurrence": Area.PROMISES,
    "contract": Area.MONEY,
    "department": Area.PEOPLE,
    "fact": Area.ACCOUNT,
    "issue": Area.TROUBLE,
}

Told = tuple[Area, list[str]]
Image = Mapping[str, Any] | None


def _account(before: Image, now: Image) -> Told:
    if before is None or now is None:
        return Area.ACCOUNT, []
    found = []
    if before["tier"] != now["tier"]:
        found.append(
            _("tier {before} > {after}").format(before=before["tier"] or _("none"), after=now["tier"] or _("none"))
        )
    if before["stage"] != now["stage"]:
        found.append(
            _("stage {before} > {after}").format(
                before=say(STAGE_WORDS, Stage(before["stage"])), after=say(STAGE_WORDS, Stage(now["stage"]))
            )
        )
    if before["kam_id"] != now["kam_id"]:
        name = clip(now["kam"], 40) if now["kam"] else _("none")
        found.append(_("the KAM is now {name}").format(name=name))
    return Area.ACCOUNT, found


def _review(before: Image, now: Image) -> Told:
    if now is None:
        return Area.ACCOUNT, []
    review, day = _(REVIEW_WORDS[now["label"]]), now["on_date"]
    held = now["status"] == InteractionStatus.HELD
    if before is None or (held and before["status"] != now["status"]):
        sentence = _("{review} held on {day}") if held else _("{review} planned for {day}")
    elif before["on_date"] != day:
        sentence = _("{review} moved to {day}")
    else:
        return Area.ACCOUNT, []
    return Area.ACCOUNT, [sentence.format(review=review, day=day)]


def _person(before: Image, now: Image) -> Told:
    if now is None:
        return Area.PEOPLE, [_("no longer listed: {name}").format(name=clip(before["name"], 60))] if before else []
    name = clip(now["label"], 60)
    if before is None:
        return Area.PEOPLE, [
            _("new: {name}").format(name=f"{name}, {clip(now['title'], 40)}" if now["title"] else name)
        ]
    found = []
    if now["left_on"] and not before["left_on"]:
        found.append(_("{name} left on {day}").format(name=name, day=now["left_on"]))
    if before["name"] != now["label"]:
        found.append(_("{before} is now {name}").format(before=clip(before["name"], 60), name=name))
    if before["title"] != now["title"] and now["title"]:
        found.append(_("{name} is now {title}").format(name=name, title=clip(now["title"], 40)))
    if before["stance"] != now["stance"]:
        found.append(
            _("{name}: stance {before} > {after}").format(
                name=name, before=STANCE[Stance(before["stance"])], after=STANCE[Stance(now["stance"])]
            )
        )
    if before["influence"] != now["influence"]:
        found.append(
            _("{name}: influence {before} > {after}").format(
                name=name,
                before=INFLUENCE[Influence(before["influence"])],
                after=INFLUENCE[Influence(now["influence"])],
            )
        )
    return Area.PEOPLE, found


def _need(before: Image, now: Image) -> Told:
    if now is None:
        return Area.NEEDS, [_('taken out: "{words}"').format(words=clip(before["verbatim"], 80))] if before else []
    words, state = clip(now["label"], 80), say(STATE_WORDS, NeedState(now["state"]))
    if before is None:
        return Area.NEEDS, [_('new: "{words}" ({state})').format(words=words, state=state)]
    if before["kind"] == NeedKind.IMPLICIT and now["kind"] == NeedKind.EXPLICIT:
        return Area.NEEDS, [_('converted: "{words}" ({state})').format(words=words, state=state)]
    if before["state"] != now["state"]:
        was = say(STATE_WORDS, NeedState(before["state"]))
        return Area.NEEDS, [_('"{words}": {before} > {after}').format(words=words, before=was, after=state)]
    return Area.NEEDS, []


def _occurrence(before: Image, now: Image) -> Told:
    if now is None or (before is not None and before["status"] == now["status"]):
        return Area.PROMISES, []
    what = clip(now["label"], 80)
    ours = now["side"] == Side.OURS
    match OccurrenceStatus(now["status"]):
        case OccurrenceStatus.DONE:
            sentence = _("we did: {what}") if ours else _("they did: {what}")
        case OccurrenceStatus.MISSED:
            sentence = _("we missed: {what}") if ours else _("they missed: {what}")
        case OccurrenceStatus.WAIVED:
            sentence = _("waived: {what}")
        case OccurrenceStatus.OPEN if before is None:
            sentence = _("we promised: {what}, due {due}") if ours else _("they promised: {what}, due {due}")
        case _:
            sentence = _("open again: {what}")
    return Area.PROMISES, [sentence.format(what=what, due=now["due"])]


def _return(before: Image, now: Image) -> Told:
    if now is None or (before is not None and before["status"] == now["status"]):
        return Area.MONEY, []
    sentence = {
        ReturnStatus.PROMISED: _("promised in return: {what}"),
        ReturnStatus.MET: _("came back: {what}"),
        ReturnStatus.MISSED: _("did not come back: {what}"),
        ReturnStatus.WAIVED: _("return waived: {what}"),
    }[ReturnStatus(now["status"])]
    return Area.MONEY, [sentence.format(what=clip(now["label"], 80))]


def _concession(before: Image, now: Image) -> Told:
    if before is not None or now is None:
        return Area.MONEY, []
    value = Money(now["value_minor"], now["currency"]) if now["value_minor"] is not None else _("value unknown")
    return Area.MONEY, [_("we gave: {what}, {value}").format(what=clip(now["label"], 80), value=value)]


def _contract(before: Image, now: Image) -> Told:
    if now is None:
        return Area.MONEY, [_("taken out: {what}").format(what=clip(before["what"], 80))] if before else []
    what = clip(now["label"], 80)
    found = []
    if now["signed_on"] and not (before and before["signed_on"]):
        found.append(_("signed on {day}: {what}").format(day=now["signed_on"], what=what))
    elif before is None:
        found.append(_("in negotiation: {what}").format(what=what))
    if before and before["ends_on"] != now["ends_on"] and now["ends_on"]:
        found.append(_("{what} ends on {day} now").format(what=what, day=now["ends_on"]))
    return Area.MONEY, found


def _term(before: Image, now: Image) -> Told:
    if now is None or not now["agreed"] or (before and before["agreed"] == now["agreed"]):
        return Area.MONEY, []
    sentence = _("agreed in {contract}, {term}: {text}")
    return Area.MONEY, [
        sentence.format(
            contract=clip(now["contract"], 60), term=called(NeedCategory(now["label"])), text=clip(now["agreed"], 80)
        )
    ]


def _department(before: Image, now: Image) -> Told:
    if now is None:
        return Area.PEOPLE, [_("no longer listed: {name}").format(name=clip(before["name"], 60))] if before else []
    name, part = clip(now["label"], 60), say(PARTICIPATION_WORDS, Participation(now["participation"]))
    if before is None:
        return Area.PEOPLE, [_("new department: {name} ({part})").format(name=name, part=part)]
    if before["participation"] == now["participation"]:
        return Area.PEOPLE, []
    was = say(PARTICIPATION_WORDS, Participation(before["participation"]))
    return Area.PEOPLE, [_("{name}: {before} > {after}").format(name=name, before=was, after=part)]


def _fact(before: Image, now: Image) -> Told:
    if now is None or (before and before["text"] == now["label"]):
        return Area.ACCOUNT, []
    sentence = _("now known, {topic}: {text}")
    return Area.ACCOUNT, [sentence.format(topic=called(FactTopic(now["topic"])), text=clip(now["label"], 80))]


def _issue(before: Image, now: Image) -> Told:
    if now is None:
        return Area.TROUBLE, []
    words = quoted(now["label"], 80)
    if before is None:
        status = say(ISSUE_WORDS, IssueStatus(now["status"]))
        return Area.TROUBLE, [_("new complaint: {words} ({status})").format(words=words, status=status)]
    found = []
    if now["first_response_on"] and not before["first_response_on"]:
        found.append(_("we answered the complaint {words}").format(words=words))
    if before["status"] != now["status"]:
        was, status = (say(ISSUE_WORDS, IssueStatus(image["status"])) for image in (before, now))
        found.append(_("complaint {words}: {before} > {after}").format(words=words, before=was, after=status))
    return Area.TROUBLE, found


def _incident(before: Image, now: Image) -> Told:
    if now is None:
        return Area.TROUBLE, []
    what = clip(now["label"], 80)
    found = []
    if before is None:
        severity = say(SEVERITY_WORDS, IncidentSeverity(now["severity"]))
        found.append(_("new incident: {what} ({severity})").format(what=what, severity=severity))
    if now["resolved_on"] and not (before and before["resolved_on"]):
        found.append(_("the incident is over since {day}: {what}").format(day=now["resolved_on"], what=what))
    return Area.TROUBLE, found


def _task(before: Image, now: Image) -> Told:
    if now is None or now["status"] != "done" or (before is not None and before["status"] == "done"):
        return Area.TASKS, []
    return Area.TASKS, [_("done: {what}").format(what=clip(now["label"], 80))]


def _signals(turns: Sequence[SignalTurn]) -> list[Change]:
    sentences = sorted(
        (BY_CODE[turn.code].number, (_("opened: {signal}") if turn.opened else _("closed: {signal}")), turn.code)
        for turn in turns
    )
    return [
        Change(Area.SIGNALS, sentence.format(signal=_(BY_CODE[code].name))) for _number, sentence, code in sentences
    ]


def _orders(rows: tuple[RowChange, ...]) -> list[Change]:
    new = _new_of("transaction", rows)
    sentence = ngettext("{count} order recorded, {value}", "{count} orders recorded, {value}", len(new))
    return _summed(sentence, [Money(order["revenue_minor"], order["currency"]) for order in new])


def _costs(rows: tuple[RowChange, ...]) -> list[Change]:
    new = _new_of("cost", rows)
    sentence = ngettext("{count} cost recorded, {value}", "{count} costs recorded, {value}", len(new))
    return _summed(sentence, [Money(cost["amount_minor"], cost["currency"]) for cost in new])


def _new_of(entity: str, rows: tuple[RowChange, ...]) -> list[Mapping[str, Any]]:
    return [row.now for row in rows if row.entity == entity and row.before is None and row.now is not None]


def _summed(sentence: str, amounts: list[Money]) -> list[Change]:
    """New rows of money in one line: an import brings hundreds."""
    value = total(amounts) or _("in several currencies")
    return [Change(Area.MONEY, sentence.format(count=len(amounts), value=value))] if amounts else []
