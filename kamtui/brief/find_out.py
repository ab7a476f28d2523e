"""What to find out of an account: unknowns as questions, each with a name to ask."""

from dataclasses import dataclass

from kamtui.brief.blocks import Key, Points, Section, clip, more_of
from kamtui.brief.facts import Facts
from kamtui.brief.words import quoted
from kamtui.domain.enums import BuyingRole
from kamtui.domain.knowledge import FACTS, Completeness
from kamtui.language import gettext as _
from kamtui.store.reads.people import PersonRow

QUESTIONS = 5
# What a conversation brings soonest; the rest follows in the order of the list.
_SOONEST = ("explicit_need", "decision_way", "standing", "awake", "rival", "win", "profile")


@dataclass(frozen=True, slots=True)
class Question:
    """Something to find out; `ask` is who may know, None where nobody there is known yet or we know it ourselves."""

    text: str
    ask_id: Key | None
    ask: str | None


@dataclass(frozen=True, slots=True)
class FindOut:
    """The questions to ask first; `more` did not fit."""

    questions: tuple[Question, ...]
    more: int


def find_out_of(facts: Facts) -> FindOut:
    """The unknowns as questions: who signs, what lies behind a complaint, by when, who decides, what moves them."""
    questions = _questions(facts, set(facts.completeness.unknown))
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
    return ", ".join(_(FACTS[key].words) for key in completeness.unknown)


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
        ask(_(FACTS["economic_buyer"].question), facts.informant())
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
    told = {"economic_buyer", "economic_buyer_met", *(("explicit_need",) if facts.implicit else ())}
    if not facts.explicit or "need_by" in unknown:
        told.add("need_by")
    for key in dict.fromkeys((*_SOONEST, *FACTS)):
        if key in unknown - told:
            ask(_(FACTS[key].question), None if FACTS[key].ours else facts.informant())
    return found


def _ended(question: str) -> str:
    return question if question.endswith(("?", "？", ".", "。", "!", "！")) else question + "?"
