"""§9: what the signals say, what happens in the next 90 days and who does it, the one ask, the one commitment, what to leave alone."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Column, Key, Mark, Pairs, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.facts import Facts
from kamtui.brief.signals import Signals, signal_table, signals_of
from kamtui.brief.words import quoted
from kamtui.domain.enums import EdgeKind, NeedSignal, Priority
from kamtui.language import gettext as _


@dataclass(frozen=True, slots=True)
class Action:
    """A task of the next 90 days with its owner on each side."""

    id: Key
    what: str
    due: date | None
    priority: Priority | None
    our_owner: str | None
    their_owner: str | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan. `ask` and `commitment` are those of the planned meeting; None is not decided yet."""

    signals: Signals
    meeting_planned: bool
    ask: str | None
    commitment: str | None
    avoid: tuple[str, ...]
    actions: tuple[Action, ...]
    more: int


def plan_of(facts: Facts) -> Plan:
    """The plan as it stands today."""
    return Plan(
        signals=signals_of(facts.signals),
        meeting_planned=facts.meeting is not None,
        ask=facts.meeting.ask if facts.meeting else None,
        commitment=facts.meeting.commitment if facts.meeting else None,
        avoid=_avoid(facts),
        actions=tuple(
            Action(
                id=task.id,
                what=task.what,
                due=task.due,
                priority=task.priority,
                our_owner=task.our_owner,
                their_owner=task.their_owner,
                overdue=task.due is not None and task.due < facts.today,
            )
            for task in facts.tasks[: facts.caps.actions]
        ),
        more=max(0, len(facts.tasks) - facts.caps.actions),
    )


def lay_out_plan(plan: Plan, today: date) -> Section:
    """Ask and commitment first, then the actions."""
    undecided = _("not decided yet")
    pairs = []
    if plan.meeting_planned:
        pairs += [
            (_("one ask"), clip(plan.ask) if plan.ask else undecided),
            (_("one commitment"), clip(plan.commitment) if plan.commitment else undecided),
        ]
    if plan.avoid:
        pairs.append((_("leave alone"), "; ".join(plan.avoid)))
    if not plan.actions:
        pairs.append((_("actions"), _("none are planned in the next 90 days")))
    table = Table(
        (Column(_("due"), 11), Column(_("action, next 90 days")), Column(_("ours"), 16), Column(_("theirs"), 16)),
        tuple(
            Row(
                (
                    _due(action, today),
                    clip(action.what, 120) + (f" ({action.priority})" if action.priority else ""),
                    clip(action.our_owner, 40) if action.our_owner else _("no owner"),
                    clip(action.their_owner, 40) if action.their_owner else "",
                )
            )
            for action in plan.actions
        ),
    )
    return Section(
        "plan",
        _("Plan"),
        (
            *((signal_table(plan.signals, today),) if plan.signals.alarms else ()),
            *((Pairs(tuple(pairs)),) if pairs else ()),
            *((table,) if plan.actions else ()),
        ),
        more_of((plan.signals.more, _("signals")), (plan.more, _("actions"))),
    )


def _due(action: Action, today: date) -> Mark:
    if action.due is None:
        return Mark(_("no date"), _("no date"))
    day = short_day(action.due, today)
    if not action.overdue:
        return day
    return Mark(_("{day} late").format(day=day.mark), _("{day} late").format(day=day.words))


def _avoid(facts: Facts) -> tuple[str, ...]:
    """Conflicts between people, and complaints of those who will not be there to speak for themselves."""
    room = {person.id for person in facts.room}
    topics = [
        _("the conflict between {one} and {other}").format(one=clip(edge.source, 40), other=clip(edge.target, 40))
        for edge in facts.edges
        if edge.kind is EdgeKind.CONFLICT and (not room or room & {edge.source_id, edge.target_id})
    ]
    topics += [
        _("{name}'s complaint {words}, said elsewhere").format(
            name=clip(need.raised_by, 40), words=quoted(need.words, 40)
        )
        for need in facts.implicit
        if room
        and need.signal in {NeedSignal.COMPLAINT, NeedSignal.DISSATISFACTION}
        and need.raised_by
        and need.raised_by_id not in room
    ]
    return tuple(topics[: facts.caps.avoid])
