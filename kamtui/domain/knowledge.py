"""The facts that make an account known, each with the question that finds it out. How much is known never moves the health."""

from collections.abc import Collection
from dataclasses import dataclass

from kamtui.language import mark

LITTLE = 0.3  # below this, finding out comes before everything else


@dataclass(frozen=True, slots=True)
class NamedFact:
    """What a fact is called where it is missing, and the question that finds it out; `ours` is one that we answer ourselves."""

    words: str
    question: str
    ours: bool = False


# In the order in which they are said where they are missing.
FACTS = {
    "economic_buyer": NamedFact(mark("economic buyer"), mark("Who signs, and up to which amount?")),
    "economic_buyer_met": NamedFact(
        mark("a meeting with the economic buyer"), mark("How do we get to the one who signs?")
    ),
    "decision_way": NamedFact(
        mark("which departments decide"), mark("Which departments evaluate, approve and decide?")
    ),
    "standing": NamedFact(mark("who stands where"), mark("Who is for us, who against, and who is listened to?")),
    "coach": NamedFact(mark("coach or mentor"), mark("Who there would tell us how things really stand?")),
    "win": NamedFact(mark("what anybody there wins by it"), mark("What would each of them win by it?")),
    "explicit_need": NamedFact(mark("an explicit need"), mark("What do they want to change this year?")),
    "need_by": NamedFact(mark("by when needs must be met"), mark("By when must it be there?")),
    "profile": NamedFact(mark("profile"), mark("What do they make, for whom, and how are they doing?")),
    "awake": NamedFact(mark("what keeps them awake"), mark("What keeps their management awake?")),
    "rival": NamedFact(mark("rivals"), mark("Who else is talking to them?")),
    "reference": NamedFact(mark("references"), mark("Which of their peers do they look to?")),
    "orders": NamedFact(mark("money (no orders)"), mark("What have they bought from us?"), ours=True),
    "gross_profit": NamedFact(mark("gross profit"), mark("What do we earn on their orders?"), ours=True),
    "contract": NamedFact(mark("a contract"), mark("What is signed, and until when?"), ours=True),
    "scorecard": NamedFact(mark("the scorecard"), mark("How do they score as a key account?"), ours=True),
    "promises": NamedFact(mark("promises"), mark("What do we owe each other?")),
    "recent_touch": NamedFact(mark("any touch in 90 days"), mark("When do we speak with them next?"), ours=True),
    "tier": NamedFact(mark("tier"), mark("Is it a key account, and of which tier?"), ours=True),
    "value_orientation": NamedFact(mark("value orientation"), mark("Do they buy a price, a solution, or a partner?")),
    "potential": NamedFact(mark("potential"), mark("How much could they buy in a good year?")),
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the facts that matter are known, and which are not (`unknown` by key)."""

    known: int
    of: int
    unknown: tuple[str, ...]

    @property
    def little(self) -> bool:
        """Whether finding out comes first."""
        return self.known < LITTLE * self.of


def completeness_of(known: Collection[str]) -> Completeness:
    """How much is known, where the facts of these keys are."""
    unknown = tuple(key for key in FACTS if key not in known)
    return Completeness(len(FACTS) - len(unknown), len(FACTS), unknown)
