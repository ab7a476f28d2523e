"""The marks of the screens (SCREENS.md): printable ASCII that says everything; colour only repeats it."""

from collections.abc import Sequence

from kamtui.domain.enums import (
    BuyingRole,
    Influence,
    InteractionKind,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Relationship,
    Side,
    Stage,
    Stance,
    Tier,
)
from kamtui.language import gettext as _
from kamtui.language import mark

STANCE = {
    Stance.MENTOR: "++",
    Stance.SUPPORTER: "+",
    Stance.NEUTRAL: "=",
    Stance.NON_SUPPORTER: "-",
    Stance.OPPONENT: "--",
    Stance.UNKNOWN: "?",
}
INFLUENCE = {
    Influence.INNER_CIRCLE: "###",
    Influence.POLITICAL: "##.",
    Influence.OUTSIDE: "#..",
    Influence.UNKNOWN: "?..",
}
ROLE = dict(zip(BuyingRole, "EATUGSC", strict=True))
ROLE_WORDS = {
    BuyingRole.ECONOMIC: mark("economic buyer"),
    BuyingRole.APPROVER: mark("approver"),
    BuyingRole.TECHNICAL: mark("technical buyer"),
    BuyingRole.USER: mark("user"),
    BuyingRole.GATEKEEPER: mark("gatekeeper"),
    BuyingRole.SPONSOR: mark("sponsor"),
    BuyingRole.COACH: mark("coach"),
}
STAGE_WORDS = {
    Stage.BUILDING: mark("building"),
    Stage.STABLE: mark("stable"),
    Stage.STRENGTHENING: mark("strengthening"),
}
KIND_WORDS = {
    InteractionKind.MEETING: mark("meeting"),
    InteractionKind.CALL: mark("call"),
    InteractionKind.EMAIL: mark("e-mail"),
    InteractionKind.MESSAGE: mark("message"),
    InteractionKind.VISIT: mark("visit"),
    InteractionKind.NOTE: mark("note"),
}
# What a word of an enum, or of the timeline, is called where it is not called by itself.
_CALLED = {
    "advanced": mark("went on to"),
    "after_sales": mark("after-sales"),
    "arrival_time": mark("arrival time"),
    "awake": mark("keeps them awake"),
    "converted": mark("converted"),
    "decided": mark("decided"),
    "deferred": mark("deferred"),
    "email": mark("e-mail"),
    "floated": mark("idea floated"),
    "give": mark("concession"),
    "inner_circle": mark("inner circle"),
    "issue": mark("complaint"),
    "mail": mark("e-mail"),
    "mid": mark("middle"),
    "non_supporter": mark("non-supporter"),
    "order": mark("purchase"),
    "problem_solver": mark("problem solver"),
    "qbr": mark("business review"),
    "raised": mark("first said"),
    "reciprocal_purchase": mark("reciprocal"),
    "reopened": mark("opened again"),
    "trusted_advisor": mark("trusted advisor"),
}


def called(word: str) -> str:
    """What a word of an enum, or of the timeline, is called where it stands alone, in the language of this process."""
    return _(_CALLED.get(word, word.replace("_", " ")))


NEED_KIND = {NeedKind.IMPLICIT: "im", NeedKind.EXPLICIT: "EX"}
NEED_STATE = {
    NeedState.CAPTURED: "capt",
    NeedState.EXPLORING: "expl",
    NeedState.CONFIRMED: "conf",
    NeedState.PROPOSED: "prop",
    NeedState.AGREED: "agrd",
    NeedState.SATISFIED: "done",
    NeedState.DECLINED: "decl",
    NeedState.LOST: "lost",
    NeedState.OBSOLETE: "obso",
}
SIDE = {Side.OURS: ">", Side.THEIRS: "<"}
OCCURRENCE = {
    OccurrenceStatus.OPEN: "[ ]",
    OccurrenceStatus.DONE: "[x]",
    OccurrenceStatus.MISSED: "[-]",
    OccurrenceStatus.WAIVED: "[w]",
}
LATE = "[!]"
EDGE = {"influence": "==>", "informal": "-->", "conflict": "x-x"}


def tier_mark(tier: Tier | None, provisional: bool) -> str:
    """`T1`, `T1p` while provisional, `no`, or blank for an unsorted account."""
    if tier is None:
        return ""
    return "no" if tier is Tier.NON_KEY else f"{tier}{'p' if provisional else ''}"


def roles_mark(roles: Sequence[BuyingRole], cells: int = 3) -> str:
    """The letters of buying roles, always in the order E A T U G S C; more than `cells` end in `~`."""
    letters = "".join(ROLE[role] for role in BuyingRole if role in roles)
    return letters if len(letters) <= cells else letters[: cells - 1] + "~"


def relationship_mark(now: Relationship, target: Relationship) -> str:
    """`1>3`: now and target, from 1 vendor to 4 trusted advisor; `-` where nothing is known."""
    if Relationship.UNKNOWN is now and target is Relationship.UNKNOWN:
        return "-"
    grades = [*Relationship]
    marks = ["?" if grade is Relationship.UNKNOWN else str(grades.index(grade) + 1) for grade in (now, target)]
    return ">".join(marks)


def touch_said(what: str) -> str:
    """`meeting: Budget`, as the queue reads it, with the kind of touch in the language of this process."""
    kind, colon, purpose = what.partition(":")
    return _(KIND_WORDS[InteractionKind(kind)]) + colon + purpose
