"""The words of the field for people to read: what the enums of `domain/enums.py` are called in a brief."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from kamtui.brief.blocks import Mark, clip
from kamtui.domain.days import age_label
from kamtui.domain.enums import (
    BuyingRole,
    EdgeKind,
    IncidentSeverity,
    Influence,
    IssueStatus,
    NeedSignal,
    NeedState,
    OccurrenceStatus,
    Participation,
    ReturnStatus,
    Stance,
    SuspectedCause,
)
from kamtui.domain.labels import INFLUENCE, NEED_STATE, OCCURRENCE, ROLE_WORDS, STANCE, roles_mark
from kamtui.language import gettext as _
from kamtui.language import mark

INFLUENCE_WORDS = {
    Influence.INNER_CIRCLE: mark("inner circle"),
    Influence.POLITICAL: mark("political"),
    Influence.OUTSIDE: mark("outside"),
    Influence.UNKNOWN: mark("influence unknown"),
}
STANCE_WORDS = {
    Stance.MENTOR: mark("mentor"),
    Stance.SUPPORTER: mark("supporter"),
    Stance.NEUTRAL: mark("neutral"),
    Stance.NON_SUPPORTER: mark("non-supporter"),
    Stance.OPPONENT: mark("opponent"),
    Stance.UNKNOWN: mark("stance unknown"),
}
STATE_WORDS = {
    NeedState.CAPTURED: mark("captured"),
    NeedState.EXPLORING: mark("exploring"),
    NeedState.CONFIRMED: mark("confirmed"),
    NeedState.PROPOSED: mark("proposed"),
    NeedState.AGREED: mark("agreed"),
    NeedState.SATISFIED: mark("satisfied"),
    NeedState.DECLINED: mark("declined"),
    NeedState.LOST: mark("lost"),
    NeedState.OBSOLETE: mark("obsolete"),
}
SIGNAL_WORDS = {
    NeedSignal.COMPLAINT: mark("complaint"),
    NeedSignal.DISSATISFACTION: mark("dissatisfaction"),
    NeedSignal.DOUBT: mark("doubt"),
}
OCCURRENCE_WORDS = {
    OccurrenceStatus.OPEN: mark("open"),
    OccurrenceStatus.DONE: mark("done"),
    OccurrenceStatus.MISSED: mark("missed"),
    OccurrenceStatus.WAIVED: mark("waived"),
}
RETURN_WORDS = {
    ReturnStatus.PROMISED: mark("promised"),
    ReturnStatus.MET: mark("met"),
    ReturnStatus.MISSED: mark("not met"),
    ReturnStatus.WAIVED: mark("waived"),
}
EDGE_WORDS = {
    EdgeKind.INFLUENCE: mark("influence"),
    EdgeKind.INFORMAL: mark("informal"),
    EdgeKind.CONFLICT: mark("conflict"),
}
PARTICIPATION_WORDS = {
    Participation.DECIDES: mark("decides"),
    Participation.APPROVES: mark("approves"),
    Participation.EVALUATES: mark("evaluates"),
    Participation.INFORMS: mark("informs"),
    Participation.NONE: mark("takes no part"),
    Participation.UNKNOWN: mark("part unknown"),
}
ISSUE_WORDS = {
    IssueStatus.OPEN: mark("open"),
    IssueStatus.DEFERRED: mark("put off"),
    IssueStatus.DENIED: mark("denied"),
    IssueStatus.RESOLVED: mark("resolved"),
}
REVIEW_WORDS = {
    "executive": mark("executive meeting"),
    "qbr": mark("business review"),
    "internal": mark("internal review"),
}
SEVERITY_WORDS = {
    IncidentSeverity.CRITICAL: mark("critical"),
    IncidentSeverity.MAJOR: mark("major"),
    IncidentSeverity.MINOR: mark("minor"),
}
CAUSE_WORDS = {
    SuspectedCause.PRODUCT: mark("our product"),
    SuspectedCause.NETWORK: mark("the network"),
    SuspectedCause.DATA: mark("the data"),
    SuspectedCause.OPERATOR: mark("an operator"),
}
WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))

W = TypeVar("W", bound=StrEnum)


def say(words: Mapping[W, str], value: W) -> str:
    """What a value is called in the language of this process."""
    return _(words[value])


def quoted(text: str, longest: int = 100) -> str:
    """Somebody's words, in quotation marks that take one cell in every terminal."""
    return _('"{words}"').format(words=clip(text, longest))


def weekday(day: date) -> str:
    """`Mon 2026-11-23`."""
    return f"{_(WEEKDAYS[day.weekday()])} {day.isoformat()}"


def roles_cell(roles: Sequence[BuyingRole]) -> Mark:
    """The buying roles of a person."""
    return Mark(roles_mark(roles), ", ".join(say(ROLE_WORDS, role) for role in BuyingRole if role in roles))


def influence_cell(influence: Influence) -> Mark:
    """How near to power a person is."""
    return Mark(INFLUENCE[influence], say(INFLUENCE_WORDS, influence))


def stance_cell(stance: Stance) -> Mark:
    """For us or against us."""
    return Mark(STANCE[stance], say(STANCE_WORDS, stance))


def state_cell(state: NeedState) -> Mark:
    """How far a need has come."""
    return Mark(NEED_STATE[state], say(STATE_WORDS, state))


def status_cell(status: OccurrenceStatus) -> Mark:
    """What became of a promise."""
    return Mark(OCCURRENCE[status], say(OCCURRENCE_WORDS, status))


def contact_cell(last: date | None, today: date) -> Mark:
    """When a person was last touched."""
    if last is None:
        return Mark(_("none"), _("never"))
    age = age_label((today - last).days)
    return Mark(_("today") if last == today else age, f"{last.isoformat()} ({age})")


def last_contact_cell(last: date | None, today: date) -> Mark:
    """The same where no heading says what it is."""
    cell = contact_cell(last, today)
    return Mark(cell.mark, _("last contact {when}").format(when=cell.words))


def ago(day: date, today: date) -> str:
    """`today`, `3d ago`."""
    return _("today") if day >= today else _("{age} ago").format(age=age_label((today - day).days))
