"""The marks of the screens (SCREENS.md): printable ASCII that says everything; colour only repeats it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kamtui.domain.enums import (
    AccountCategory,
    BuyingRole,
    ChannelKind,
    Direction,
    Influence,
    InteractionKind,
    NeedKind,
    NeedState,
    OccurrenceStatus,
    Orientation,
    Relationship,
    Side,
    Stage,
    Stance,
    Tier,
    ValueOrientation,
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
DIRECTION_WORDS = {
    Direction.TWO_WAY: mark("both ways"),
    Direction.IN: mark("from them"),
    Direction.OUT: mark("from us"),
}
LOOKS_AT_WORDS = {
    Orientation.FINANCIAL: mark("money"),
    Orientation.TECHNICAL: mark("technology"),
    Orientation.RELATIONSHIP: mark("relationships"),
    Orientation.BUSINESS: mark("the business"),
    Orientation.UNKNOWN: mark("unknown"),
}
VALUE_WORDS = {
    ValueOrientation.INTRINSIC: mark("buys price and cost"),
    ValueOrientation.EXTRINSIC: mark("buys solutions"),
    ValueOrientation.STRATEGIC: mark("buys co-design"),
}
CATEGORY_WORDS = {
    AccountCategory.ECONOMIC: mark("economic account"),
    AccountCategory.IMPORTANT: mark("important account"),
    AccountCategory.GROUP: mark("group account"),
    AccountCategory.STRATEGIC: mark("strategic account"),
}
CHANNEL_WORDS = {
    ChannelKind.KAM: mark("account manager"),
    ChannelKind.TECHNICAL: mark("technical level"),
    ChannelKind.MANAGEMENT: mark("management level"),
    ChannelKind.COMPLAINT: mark("complaints"),
}
# Enums with names of their own, which the word alone does not have.
_OF_THEIR_OWN: dict[type, Mapping[Any, str]] = {
    Direction: DIRECTION_WORDS,
    Orientation: LOOKS_AT_WORDS,
    ValueOrientation: VALUE_WORDS,
    AccountCategory: CATEGORY_WORDS,
    ChannelKind: CHANNEL_WORDS,
    BuyingRole: ROLE_WORDS,
}
# What a word of an enum, or of the timeline, is called where it is not called by itself.
_CALLED = {
    "advanced": mark("went on to"),
    "after_sales": mark("after-sales"),
    "app": mark("the app"),
    "arrival_time": mark("arrival time"),
    "awake": mark("keeps them awake"),
    "candidate": mark("candidate"),
    "centralisation": mark("central buying"),
    "cli": mark("the command line"),
    "closed": mark("closed"),
    "contact_point": mark("contact"),
    "continuity": mark("continuity"),
    "contract_term": mark("contract term"),
    "converted": mark("converted"),
    "decided": mark("decided"),
    "decision_criterion": mark("criterion"),
    "deferred": mark("deferred"),
    "direct": mark("direct"),
    "email": mark("e-mail"),
    "fit": mark("fit"),
    "floated": mark("idea floated"),
    "give": mark("concession"),
    "info": mark("for information"),
    "inner_circle": mark("inner circle"),
    "interaction": mark("touch"),
    "issue": mark("complaint"),
    "key": mark("key account"),
    "loyalty": mark("loyalty"),
    "mail": mark("e-mail"),
    "mid": mark("middle"),
    "non_key": mark("non-key"),
    "non_supporter": mark("non-supporter"),
    "not_key": mark("not key"),
    "obligation_template": mark("template"),
    "occurrence": mark("occurrence"),
    "opened": mark("opened"),
    "order": mark("purchase"),
    "per_event": mark("with each event"),
    "per_order": mark("with each order"),
    "problem_solver": mark("problem solver"),
    "profitability": mark("profitability"),
    "qbr": mark("business review"),
    "raised": mark("first said"),
    "reciprocal_purchase": mark("reciprocal"),
    "reference_value": mark("worth as a reference"),
    "relationship_target": mark("wanted relationship"),
    "reopened": mark("opened again"),
    "return_commitment": mark("return commitment"),
    "role": mark("role"),
    "scorecard": mark("score"),
    "size_match": mark("match of sizes"),
    "trusted_advisor": mark("trusted advisor"),
    "warn": mark("warning"),
}


def called(word: str) -> str:
    """What a word of an enum, or of the timeline, is called where it stands alone, in the language of this process."""
    own = _OF_THEIR_OWN.get(type(word), {}).get(word)
    return _(own or _CALLED.get(word, word.replace("_", " ")))


def event_told(kind: str, event: str, what: str, detail: str, say: Callable[[str], str]) -> tuple[str, str]:
    """What an event of the timeline is about, and the rest of it; `say` has the words for what the store has words of its
    own for."""
    if kind == "stage":
        what = _moves(what, say)
    elif kind == "need":
        detail = _moves(detail, say)
    elif kind == "signal" or (kind, event) == ("incident", "happened"):
        detail = say(detail)
    elif kind == "promise":
        side, colon, rest = detail.partition(": ")
        detail = say(side) + colon + rest
    return what, detail


def _moves(states: str, say: Callable[[str], str]) -> str:
    return " > ".join(map(say, states.split(" > "))) if states else ""


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


def row_said(kind: str, what: str) -> str:
    """What a row of the queue is about: of a touch, read as `meeting: Budget`, its kind is said in the language of this
    process."""
    if kind not in {"touch", "planned"} or not what:
        return what
    word, colon, purpose = what.partition(":")
    return _(KIND_WORDS[InteractionKind(word)]) + colon + purpose
