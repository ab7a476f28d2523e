"""What the queue suggests for each of its rows: a word for the list, a sentence for the preview, and how it is done.

A table, so that list, preview and command cannot differ; `commands/suggested.py` holds what each `How` does.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

from kamtui.domain.enums import Side
from kamtui.language import mark
from kamtui.store.reads.queue import QueueRow


class How(Enum):
    """What following a suggestion opens."""

    DONE = auto()
    HOLD = auto()
    BRIEF = auto()
    ANSWER = auto()
    CHASE = auto()
    TOUCH = auto()
    MEET = auto()
    TASK = auto()
    NAME = auto()
    QUESTION = auto()
    RETURN = auto()
    REVIEW = auto()
    RESOLVE = auto()
    TOLD = auto()
    SCORE = auto()
    TIER = auto()
    SORT = auto()
    OPEN = auto()


class Suggestion(NamedTuple):
    """`word` stands in the list behind the key, `said` in the preview; both are marked for translation. `pane` is where an
    account is opened."""

    how: How
    word: str
    said: str
    pane: str = ""


_DONE = Suggestion(How.DONE, mark("done"), mark("it is done"))
_CALL = Suggestion(How.TOUCH, mark("touch"), mark("one line for the touch, with the name filled in"))
_MEET = Suggestion(How.MEET, mark("introduce"), mark("one line for a planned meeting"))
_TASK = Suggestion(How.TASK, mark("task"), mark("a task with these words, of this account"))
_NAME = Suggestion(How.NAME, mark("name who"), mark("the form of a person, the role filled in"))
_RETURN = Suggestion(How.RETURN, mark("return"), mark("the form of what comes back for it"))
_REVIEW = Suggestion(How.REVIEW, mark("meeting"), mark("the form of an executive meeting of both sides"))
_RESOLVE = Suggestion(How.RESOLVE, mark("resolve"), mark("asks how it was resolved"))
_MONEY = Suggestion(How.OPEN, mark("open money"), mark("the money of the account"), "money")
_NEEDS = Suggestion(How.OPEN, mark("open needs"), mark("the needs of the account"), "needs")
_MAP = Suggestion(How.OPEN, mark("open map"), mark("the org map of the account"), "map")
_TIER = Suggestion(How.TIER, mark("tier"), mark("asks which tier it is to have"))
_SCORE = Suggestion(How.SCORE, mark("score"), mark("asks for one criterion and its score"))

_OF_ASPECT: Mapping[str, Suggestion] = {
    "threads.people": _MEET,
    "threads.nobody": _NAME,
    "threads.untouched": _CALL,
    "threads.ours": _TASK,
    "buyer.none": _NAME,
    "buyer.other": _NAME,
    "buyer.untouched": _CALL,
    "buyer.never": _MEET,
    "balance.against": _MAP,
    "balance.opponent": _TASK,
    "balance.rosy": _TASK,
    "neglect.account": _CALL,
    "neglect.account_order": _CALL,
    "neglect.account_never": _CALL,
    "neglect.person": _CALL,
    "neglect.person_never": _MEET,
    "neglect.departments": _MEET,
    "need.unexplored": Suggestion(How.QUESTION, mark("question"), mark("the questions to ask; the need is explored then")),
    "need.conversion": _NEEDS,
    "need.stalled": _TASK,
    "need.stalled_due": _TASK,
    "return.none": _RETURN,
    "return.unwritten": _RETURN,
    "return.overdue": _RETURN,
    "return.appetite": Suggestion(How.OPEN, mark("open ledger"), mark("what was given, and what came back"), "give"),
    "obligation.missed": _TASK,
    "executive.late": _REVIEW,
    "executive.never": _REVIEW,
    "executive.no_date": _REVIEW,
    "contract.quiet": _CALL,
    "contract.attainment": _TASK,
    "contract.ends": _TASK,
    "gap.need": _NEEDS,
    "gap.balance": _NEEDS,
    "gap.loss": _NEEDS,
    "pseudo.key": _TIER,
    "profit.thin": _MONEY,
    "profit.loss": _MONEY,
    "profit.share": _MONEY,
    "complaint.open": _RESOLVE,
    "complaint.deferred": _RESOLVE,
    "complaint.denied": _CALL,
    "complaint.channels": Suggestion(How.TOLD, mark("told"), mark("asks which channel they were told of today")),
    "tier.provisional": _SCORE,
    "tier.card": _SCORE,
    "tier.people": _MAP,
    "promotion.growth": _TIER,
    "promotion.potential": _TIER,
}  # fmt: skip
_OF_KIND: Mapping[str, Suggestion] = {
    "task": _DONE,
    "occurrence": _DONE,
    "touch": Suggestion(How.BRIEF, mark("brief"), mark("the brief for it")),
    "issue": Suggestion(
        How.ANSWER, mark("answer"), mark("asks for the first response, and logs it as a touch to them")
    ),
    "sort": Suggestion(How.SORT, mark("sort"), mark("gives them a tier, best customers first")),
    "signal": _TASK,
}
_HOLD = Suggestion(How.HOLD, mark("was held"), mark("the form of what came of it"))
_CHASE = Suggestion(How.CHASE, mark("chase"), mark("one line for the touch in which you ask for it"))
_THERE = Suggestion(How.OPEN, mark("open"), mark("the record, in its account"))


def suggestion_for(aspect: str) -> Suggestion:
    """What a signal suggests."""
    return _OF_ASPECT.get(aspect, _TASK)


def suggestion(row: QueueRow) -> Suggestion:
    """What a row suggests."""
    if row.risk is not None and row.risk.aspect is not None:
        return suggestion_for(row.risk.aspect)
    if row.kind == "touch" and row.days_overdue:
        return _HOLD
    if row.kind == "occurrence" and row.side is Side.THEIRS:
        return _CHASE
    return _OF_KIND.get(row.kind, _THERE)
