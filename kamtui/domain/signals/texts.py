"""The sentences of findings: why, and what to do about it. `{subject}` is the name of the record, ages are told from days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kamtui.domain.days import age_label
from kamtui.domain.signals.model import Finding
from kamtui.language import gettext as _
from kamtui.language import mark


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that a signal may say: `why` it speaks, and the task that it suggests."""

    why: str
    task: str


ASPECTS: Mapping[str, Aspect] = {
    "threads.people": Aspect(
        mark("{count} of their people spoke with us in {days} days, {needed} are needed"),
        mark("Meet another person at {account}"),
    ),
    "threads.nobody": Aspect(mark("nobody there is named yet"), mark("Find out who decides at {account}")),
    "threads.untouched": Aspect(
        mark("nobody there has spoken with us yet"), mark("Have a first conversation with {account}")
    ),
    "threads.ours": Aspect(
        mark("{count} of us engaged in {days} days, {needed} are needed"),
        mark("Bring a second colleague to {account}"),
    ),
    "buyer.none": Aspect(mark("nobody is known who signs (economic buyer)"), mark("Find out who signs at {account}")),
    "buyer.other": Aspect(mark("no {role} is named"), mark("Find a {role} at {account}")),
    "buyer.untouched": Aspect(mark("{subject} ({role}) untouched for {age}"), mark("Meet {subject} ({role})")),
    "buyer.never": Aspect(mark("{subject} ({role}) never met"), mark("Get introduced to {subject} ({role})")),
    "balance.against": Aspect(
        mark("among the influential: against us {against}, for us {for_us}"),
        mark("Win somebody influential at {account}"),
    ),
    "balance.opponent": Aspect(
        mark("{subject} is of the inner circle and against us"), mark("Find out what {subject} would win")
    ),
    "balance.rosy": Aspect(
        mark("{rated} influential people rated and none against us: too rosy?"),
        mark("Ask a coach at {account} who is against us"),
    ),
    "neglect.account": Aspect(mark("no touch for {age}, the rhythm is {cadence} d"), mark("Call {account}")),
    "neglect.account_order": Aspect(
        mark("no touch on record; the last order was {age} ago, the rhythm is {cadence} d"), mark("Call {account}")
    ),
    "neglect.account_never": Aspect(
        mark("never touched; known for {age}, the rhythm is {cadence} d"), mark("Call {account}")
    ),
    "neglect.person": Aspect(mark("{subject} untouched for {age}, the rhythm is {cadence} d"), mark("Call {subject}")),
    "neglect.person_never": Aspect(
        mark("{subject} never met; known for {age}, the rhythm is {cadence} d"), mark("Meet {subject}")
    ),
    "neglect.departments": Aspect(
        mark("{touched} of {of} departments that decide were touched in {days} days"),
        mark("Touch another department of {account}"),
    ),
    "need.unexplored": Aspect(
        mark("implicit need unexplored for {age}: {subject}"), mark("Ask what is behind {subject}")
    ),
    "need.conversion": Aspect(
        mark("{converted} of {of} implicit needs converted in {days} days"),
        mark("Go through the implicit needs of {account}"),
    ),
    "need.stalled": Aspect(mark("no event and no task for {age}: {subject}"), mark("Bring forward {subject}")),
    "need.stalled_due": Aspect(
        mark("no event and no task for {age}, needed by {by}: {subject}"), mark("Bring forward {subject}")
    ),
    "return.none": Aspect(mark("nothing in return: {subject}"), mark("Agree on a return for {subject}")),
    "return.unwritten": Aspect(mark("return not in writing: {subject}"), mark("Get the return for {subject} in writing")),
    "return.overdue": Aspect(mark("return due {due} and not met: {subject}"), mark("Claim the return for {subject}")),
    "return.appetite": Aspect(
        mark("concessions at {percent} % of the year before, gross profit did not grow"),
        mark("Review the concessions to {account}"),
    ),
    "obligation.ours": Aspect(mark("we are {age} late: {subject}"), mark("Do what we owe: {subject}")),
    "obligation.theirs": Aspect(mark("they are {age} late: {subject}"), mark("Chase {subject}")),
    "obligation.missed": Aspect(mark("missed twice in a row: {subject}"), mark("Make good: {subject}")),
    "executive.late": Aspect(mark("no executive meeting for {age}"), mark("Arrange an executive meeting with {account}")),
    "executive.never": Aspect(
        mark("no executive meeting on record, {age} since it could be asked for"),
        mark("Arrange an executive meeting with {account}"),
    ),
    "executive.no_date": Aspect(
        mark("no date for the next executive meeting"), mark("Date the next executive meeting with {account}")
    ),
    "contract.quiet": Aspect(
        mark(
            "{before} touches in {days} days before {subject} was signed, {after} in {days} days after it: under {share} %"
        ),
        mark("Visit {account} as before the contract"),
    ),
    "contract.attainment": Aspect(
        mark("{rate} % of what should have come by now: {subject}"), mark("Talk with {account} about {subject}")
    ),
    "contract.ends": Aspect(mark("ends in {left}, no renewal task: {subject}"), mark("Renew {subject}")),
    "gap.need": Aspect(
        mark("importance {importance}, our capability {capability}: {subject}"), mark("Decide what we can do about {subject}")
    ),
    "gap.balance": Aspect(
        mark("what matters to them is met by {balance} %"), mark("Decide what we can do for {account}")
    ),
    "gap.loss": Aspect(
        mark("serving the open needs would cost more than the account brings: {projected}"),
        mark("Decide which needs of {account} to decline"),
    ),
    "pseudo.key": Aspect(
        mark("one order makes {largest} % of all revenue, nothing repeats since {last}"),
        mark("Find the next order at {account}, or give it another tier"),
    ),
    "profit.thin": Aspect(
        mark("margin {margin} %, the median of the book is {median} %"), mark("Review price and cost of {account}")
    ),
    "profit.loss": Aspect(mark("contribution {contribution} in 12 months"), mark("Review price and cost of {account}")),
    "profit.share": Aspect(mark("{share} % of all our revenue"), mark("Plan how to depend less on {account}")),
    "complaint.unanswered": Aspect(mark("complaint without first response: {subject}"), mark("Answer {subject}")),
    "complaint.open": Aspect(mark("complaint open for {age}: {subject}"), mark("Resolve {subject}")),
    "complaint.deferred": Aspect(mark("complaint put off: {subject}"), mark("Resolve {subject}")),
    "complaint.denied": Aspect(mark("complaint denied: {subject}"), mark("Go back to {account} about {subject}")),
    "complaint.channels": Aspect(
        mark("{count} of 4 channels not told to them"), mark("Tell {account} how to reach us")
    ),
    "tier.provisional": Aspect(
        mark("scorecard {scored} of 8: {tier} is provisional"), mark("Score {account}")
    ),
    "tier.card": Aspect(mark("the scorecard is of {on}"), mark("Go through the scorecard of {account} again")),
    "tier.people": Aspect(
        mark("{count} key people unconfirmed for {days} days or more"), mark("Confirm what we know of the people at {account}")
    ),
    "promotion.growth": Aspect(
        mark("orders at {percent} % of the year before, margin {margin} %"), mark("Think about a key tier for {account}")
    ),
    "promotion.potential": Aspect(
        mark("potential {potential}, margin {margin} %"), mark("Think about a key tier for {account}")
    ),
}  # fmt: skip

# What stands in the queue by itself, among the promises.
PROMISED = frozenset({"obligation.ours", "obligation.theirs", "complaint.unanswered"})

MISSING: Mapping[str, str] = {
    "tier": mark("The account is unsorted: until it has a tier, it is quiet."),
    "key": mark("It is for key tiers alone."),
    "stage": mark("It begins with the stable stage: while a relationship is built, the KAM is the only interface."),
    "people": mark("Nobody there is known who counts for it."),
    "stances": mark("Too few influential people there have a known stance."),
    "departments": mark("No department is known that evaluates, approves or decides."),
    "needs": mark("No need there is assessed for it."),
    "promises": mark("No obligations are on record."),
    "concessions": mark("No concessions are on record."),
    "contracts": mark("No signed contract is on record."),
    "orders": mark("No orders are on record."),
    "counted": mark("An order has no quantity, or another currency than the contract: what came in is not known."),
    "early": mark("Less than 12 months of orders are on record: too early to tell."),
    "currencies": mark("Amounts are in more than one currency, and no rate is known."),
    "profit": mark("The gross profit of some orders, or the value of a concession, is not known."),
    "book": mark("Too few accounts have known revenue."),
    "not_key": mark("It is for accounts that are sorted and not key."),
}


def why(finding: Finding, day: date, **names: str) -> str:
    """Why a finding speaks, as one sentence; `names` are those of `subject` and `account`."""
    return _(ASPECTS[finding.aspect].why).format(**_words(finding, day, names))


def task_of(finding: Finding, day: date, **names: str) -> str:
    """The task that a finding suggests."""
    return _(ASPECTS[finding.aspect].task).format(**_words(finding, day, names))


def _words(finding: Finding, day: date, names: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": "", "account": "", **names, **dict(finding.values)}
    if "last" in told:
        told["age"] = age_label(max(0, (day - date.fromisoformat(told["last"])).days))
    if "ends" in told:
        told["left"] = age_label(max(0, (date.fromisoformat(told["ends"]) - day).days))
    if "role" in told:
        told["role"] = _(told["role"])
    if "actual" in told:
        told["rate"] = _rate(told, day)
    return told


def _rate(told: Mapping[str, Any], day: date) -> int:
    """Attainment in percent on a day: what came in of what should have come by then."""
    starts, ends = date.fromisoformat(told["starts"]), date.fromisoformat(told["until"])
    days = (ends - starts).days + 1
    elapsed = min(max((day - starts).days + 1, 1), days)
    return int(100 * told["actual"] * days // (told["committed"] * elapsed))
