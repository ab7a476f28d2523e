"""Who is a key account: eight criteria, their weights and families, what the scores propose (PRODUCT.md §4, Qualification).

No single indicator decides: a key tier is confirmed by five scored criteria of three families (invariant 10). A score is
never shown without its coverage, and the person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Criterion(StrEnum):
    """What an account is scored by, 0 to 4 each; the weightiest first."""

    FIT = "fit"
    CONTINUITY = "continuity"
    PROFITABILITY = "profitability"
    CENTRALISATION = "centralisation"
    POTENTIAL = "potential"
    SIZE_MATCH = "size_match"
    REFERENCE_VALUE = "reference_value"
    LOYALTY = "loyalty"


class Family(StrEnum):
    """The four sides that an account is looked at from."""

    COMMERCIAL = "commercial"
    BEHAVIOUR = "behaviour"
    FIT = "fit"
    STRATEGIC = "strategic"


class Suggestion(StrEnum):
    """What the scores propose."""

    KEY = "key"
    CANDIDATE = "candidate"
    NOT_KEY = "not_key"
    UNKNOWN = "unknown"


MOST = 4
WEIGHT = {
    Criterion.FIT: 20,
    Criterion.CONTINUITY: 20,
    Criterion.PROFITABILITY: 20,
    Criterion.CENTRALISATION: 15,
    Criterion.POTENTIAL: 10,
    Criterion.SIZE_MATCH: 5,
    Criterion.REFERENCE_VALUE: 5,
    Criterion.LOYALTY: 5,
}
FAMILY = {
    Criterion.FIT: Family.FIT,
    Criterion.CONTINUITY: Family.BEHAVIOUR,
    Criterion.PROFITABILITY: Family.COMMERCIAL,
    Criterion.CENTRALISATION: Family.BEHAVIOUR,
    Criterion.POTENTIAL: Family.STRATEGIC,
    Criterion.SIZE_MATCH: Family.FIT,
    Criterion.REFERENCE_VALUE: Family.STRATEGIC,
    Criterion.LOYALTY: Family.COMMERCIAL,
}
CONFIRMING_CRITERIA, CONFIRMING_FAMILIES = 5, 3
KEY_FROM, CANDIDATE_FROM = 70, 50


@dataclass(frozen=True, slots=True)
class Score:
    """A judgement of a criterion, 0 to 4; None is unknown, which is an answer too. Without a product line it is of the
    account as a whole."""

    criterion: Criterion
    score: int | None
    as_of: date
    product_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the scores come to: `score` 0 to 100 over the known criteria (None where none is), `coverage` the percent of
    the weights that are known, `gates` the criteria at which it fails whatever the score."""

    score: int | None
    coverage: int
    gates: tuple[Criterion, ...]
    suggestion: Suggestion
    confirms: bool


def latest(scores: Iterable[Score]) -> dict[tuple[int | None, Criterion], Score]:
    """The newest judgement of each criterion, for the account and each product line."""
    newest: dict[tuple[int | None, Criterion], Score] = {}
    for score in scores:
        key = (score.product_line_id, score.criterion)
        if key not in newest or score.as_of >= newest[key].as_of:
            newest[key] = score
    return newest


def card_of(scores: Iterable[Score], product_line_id: int | None = None) -> dict[Criterion, int | None]:
    """The card of an account, or of one of its product lines, which answers first and the account where it is silent."""
    newest = latest(scores)
    card: dict[Criterion, int | None] = {}
    for criterion in Criterion:
        found = newest.get((product_line_id, criterion)) or newest.get((None, criterion))
        card[criterion] = found.score if found else None
    return card


def qualify(card: dict[Criterion, int | None], *, repeats: bool | None) -> Qualification:
    """What a card comes to: Σ w·s / (4·Σ w known)·100. `repeats` says whether there is consumable or service revenue, None
    where that is not known: without any, a continuity of 0 is a gate, as a fit of 0 is."""
    known = {criterion: score for criterion, score in card.items() if score is not None}
    weight = sum(WEIGHT[criterion] for criterion in known)
    points = sum(WEIGHT[criterion] * score for criterion, score in known.items())
    exact = Fraction(100 * points, MOST * weight) if weight else None
    gates = []
    if known.get(Criterion.FIT) == 0:
        gates.append(Criterion.FIT)
    if known.get(Criterion.CONTINUITY) == 0 and repeats is False:
        gates.append(Criterion.CONTINUITY)
    families = {FAMILY[criterion] for criterion in known}
    return Qualification(
        None if exact is None else round(exact),
        weight,
        tuple(gates),
        _suggest(exact, gates=bool(gates)),
        len(known) >= CONFIRMING_CRITERIA and len(families) >= CONFIRMING_FAMILIES,
    )


def confirms(scores: Iterable[Score]) -> bool:
    """Whether the scores, of the account and its product lines together, confirm a key tier (invariant 10)."""
    known = {score.criterion for score in latest(scores).values() if score.score is not None}
    return len(known) >= CONFIRMING_CRITERIA and len({FAMILY[one] for one in known}) >= CONFIRMING_FAMILIES


def cost_ratio(entry: int, yearly_cost: int, yearly_revenue: int, years: int) -> Fraction:
    """What winning and keeping an account costs of what it brings, over n years: (I0 + Im·(n−1)) / (rev·n) (S1)."""
    return Fraction(entry + yearly_cost * (years - 1), yearly_revenue * years)


def _suggest(score: Fraction | None, *, gates: bool) -> Suggestion:
    if gates:
        return Suggestion.NOT_KEY
    if score is None:
        return Suggestion.UNKNOWN
    if score >= KEY_FROM:
        return Suggestion.KEY
    return Suggestion.CANDIDATE if score >= CANDIDATE_FROM else Suggestion.NOT_KEY
