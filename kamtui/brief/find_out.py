"""How much is known of an account, and what to find out: unknowns as questions, each with a name to ask."""

from collections.abc import Callable
from dataclasses import dataclass

from kamtui.brief.blocks import Key, Points, Section, clip, more_of
from kamtui.brief.facts import Facts
from kamtui.brief.words import quoted
from kamtui.domain.enums import BuyingRole, FactTopic, Influence, Participation, Stance
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.people import PersonRow

LITTLE = 0.3  # below this, finding out comes before everything else
QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """Something to find out; `ask` is who may know, None where nobody there is known yet."""

    text: str
    ask_id: Key | None
    ask: str | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the named facts are known, and which are not (`unknown` by key)."""

    known: int
    of: int
    unknown: tuple[str, ...]

    @property
    def little(self) -> bool:
        """Whether finding out comes first."""
        return self.known < LITTLE * self.of


@dataclass(frozen=True, slots=True)
class FindOut:
    """The questions to ask first; `more` did not fit."""

    questions: tuple[Question, ...]
    more: int


def _standing_known(facts: Facts) -> bool:
    people = [person for person in facts.people if not person.placeholder and not person.external]
    known = [
        person for person in people if person.stance is not Stance.UNKNOWN and person.influence is not Influence.UNKNOWN
    ]
    return bool(people) and 2 * len(known) >= len(people)


def _noted(facts: Facts, topic: FactTopic) -> bool:
    return any(note.topic is topic for note in facts.notes)


# The named facts that make an account known, in the order in which they are said where they are missing.
NAMED_FACTS: dict[str, tuple[str, Callable[[Facts], bool]]] = {
    "economic_buyer": (mark("economic buyer"), lambda facts: bool(facts.economic_buyers)),
    "economic_buyer_met": (
        mark("a meeting with the economic buyer"),
        lambda facts: any(person.id in facts.contacts for person in facts.economic_buyers),
    ),
    "decision_way": (
        mark("which departments decide"),
        lambda facts: any(
            department.participation in {Participation.DECIDES, Participation.APPROVES}
            for department in facts.departments
        ),
    ),
    "standing": (mark("who stands where"), _standing_known),
    "coach": (
        mark("coach or mentor"),
        lambda facts: any(
            not person.placeholder and (BuyingRole.COACH in person.roles or person.stance is Stance.MENTOR)
            for person in facts.people
        ),
    ),
    "win": (
        mark("what anybody there wins by it"),
        lambda facts: any(person.win and person.roles for person in facts.people),
    ),
    "explicit_need": (mark("an explicit need"), lambda facts: bool(facts.explicit)),
    "need_by": (mark("by when needs must be met"), lambda facts: any(need.need_by for need in facts.explicit)),
    "profile": (mark("profile"), lambda facts: _noted(facts, FactTopic.PROFILE)),
    "awake": (mark("what keeps them awake"), lambda facts: _noted(facts, FactTopic.AWAKE)),
    "rival": (mark("rivals"), lambda facts: _noted(facts, FactTopic.RIVAL)),
    "reference": (mark("references"), lambda facts: _noted(facts, FactTopic.REFERENCE)),
    "orders": (mark("money (no orders)"), lambda facts: facts.money.now.revenue is not None),
    "gross_profit": (mark("gross profit"), lambda facts: facts.money.now.gross_profit is not None),
    "promises": (mark("promises"), lambda facts: bool(facts.promises)),
    "recent_touch": (mark("any touch in 90 days"), lambda facts: facts.touches.recent > 0),
    "tier": (mark("tier"), lambda facts: facts.account.tier is not None),
    "value_orientation": (mark("value orientation"), lambda facts: facts.account.value_orientation is not None),
    "potential": (mark("potential"), lambda facts: facts.account.potential is not None),
}


def completeness_of(facts: Facts) -> Completeness:
    """How much of the named facts is known."""
    unknown = tuple(key for key, (_words, known) in NAMED_FACTS.items() if not known(facts))
    return Completeness(len(NAMED_FACTS) - len(unknown), len(NAMED_FACTS), unknown)


def find_out_of(facts: Facts, completeness: Completeness) -> FindOut:
    """The unknowns as questions: who signs, what lies behind a complaint, by when, who decides, what moves them."""
    questions = _questions(facts, set(completeness.unknown))
    return FindOut(tuple(questions[:QUESTIONS]), max(0, len(questions) - QUESTIONS))


def lay_out_find_out(find_out: FindOut) -> Section:
    """The section that stands high where little is known."""
    asked = any(question.ask for question in find_out.questions)
    title = _("Find out (because little is known)") if asked else _("Find out (nobody there to ask is known yet)")
    return Section(
        "find_out",
        title,
        (Points(tuple(_line(question) for question in find_out.questions), numbered=True),),
        more_of((find_out.more, "")),
    )


def unknown_words(completeness: Completeness) -> str:
    """What is not known, in one line."""
    return ", ".join(_(NAMED_FACTS[key][0]) for key in completeness.unknown)


def _line(question: Question) -> str:
    if question.ask is None:
        return question.text
    return _("{question} Ask {name}.").format(question=question.text, name=clip(question.ask, 40))


def _questions(facts: Facts, unknown: set[str]) -> list[Question]:
    found: list[Question] = []

    def ask(text: str, person: PersonRow | None) -> None:
        found.append(Question(text, person.id if person else None, person.name if person else None))

    buyers, here = facts.economic_buyers, {person.id: person for person in facts.people}
    seat = next((p for p in facts.people if p.placeholder and BuyingRole.ECONOMIC in p.roles), None)
    if not buyers and seat:
        ask(_("Who is {seat}, and do they sign?").format(seat=quoted(seat.name, 40)), facts.informant())
    elif not buyers:
        ask(_("Who signs, and up to which amount?"), facts.informant())
    elif "economic_buyer_met" in unknown:
        buyer = buyers[0]
        ask(
            _("How do we get to {name}, who signs and was never met?").format(name=clip(buyer.name, 40)),
            facts.informant(but=buyer.id),
        )
    for need in facts.implicit[:2]:
        raiser = here.get(need.raised_by_id) if need.raised_by_id else None
        ask(
            _ended(clip(need.next_question))
            if need.next_question
            else _("What lies behind {words}?").format(words=quoted(need.words, 60)),
            raiser or facts.informant(),
        )
    if facts.explicit and "need_by" in unknown:
        need = facts.explicit[0]
        raiser = here.get(need.raised_by_id) if need.raised_by_id else None
        ask(_("By when is {words} wanted?").format(words=quoted(need.words, 60)), raiser or facts.informant())
    for key, text in (
        ("explicit_need", _("What do they want to change this year?")),
        ("decision_way", _("Which departments evaluate, approve and decide?")),
        ("standing", _("Who is for us, who against, and who is listened to?")),
        ("awake", _("What keeps their management awake?")),
        ("rival", _("Who else is talking to them?")),
        ("win", _("What would each of them win by it?")),
        ("profile", _("What do they make, for whom, and how are they doing?")),
    ):
        if key in unknown and not (key == "explicit_need" and facts.implicit):
            ask(text, facts.informant())
    return found


def _ended(question: str) -> str:
    return question if question.endswith(("?", "？", ".", "。", "!", "！")) else question + "?"
