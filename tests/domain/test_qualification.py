"""Who is a key account: the score with its coverage, the gates, the suggestion; invariant 10."""

from datetime import date

import pytest

from kamtui.domain.qualification import WEIGHT, Criterion, Score, card_of, confirms, qualify

DAY = date(2026, 11, 23)
C = Criterion


def full(score=4, **other):
    return {criterion: other.get(criterion.value, score) for criterion in Criterion}


def test_the_weights_are_a_hundred():
    assert sum(WEIGHT.values()) == 100


def test_the_score_counts_what_is_known_and_says_how_much_that_is():
    card = {**dict.fromkeys(Criterion), C.FIT: 4, C.POTENTIAL: 1}
    found = qualify(card, repeats=None)
    assert (found.score, found.coverage) == (75, 30)  # (20*4 + 10*1) / (4*30)


def test_nothing_known_suggests_nothing():
    found = qualify(dict.fromkeys(Criterion), repeats=None)
    assert (found.score, found.coverage, found.suggestion) == (None, 0, "unknown")


@pytest.mark.parametrize(
    ("card", "suggestion"),
    [
        (full(3), "key"),  # 75
        (full(2), "candidate"),  # 50
        (full(2, loyalty=1), "not_key"),  # 48.75
        (full(3, loyalty=0, size_match=2), "key"),  # 70
        (full(3, loyalty=0, size_match=1), "candidate"),  # 68.75
    ],
)
def test_seventy_is_key_and_fifty_a_candidate(card, suggestion):
    assert qualify(card, repeats=True).suggestion == suggestion


def test_a_fit_of_nothing_is_a_gate_whatever_the_rest():
    found = qualify(full(4, fit=0), repeats=True)
    assert (found.score, found.gates, found.suggestion) == (80, (C.FIT,), "not_key")


def test_no_continuity_is_a_gate_only_where_nothing_repeats():
    assert qualify(full(4, continuity=0), repeats=False).gates == (C.CONTINUITY,)
    assert qualify(full(4, continuity=0), repeats=True).gates == ()
    assert qualify(full(4, continuity=0), repeats=None).gates == ()


def scores(*criteria, score=3):
    return [Score(criterion, score, DAY) for criterion in criteria]


def test_revenue_alone_confirms_nothing():
    """S3: one indicator is dangerous."""
    assert not confirms(scores(C.PROFITABILITY))


def test_five_criteria_of_three_families_confirm_a_tier():
    assert confirms(scores(C.PROFITABILITY, C.LOYALTY, C.CENTRALISATION, C.CONTINUITY, C.FIT))
    assert not confirms(scores(C.PROFITABILITY, C.LOYALTY, C.CENTRALISATION, C.CONTINUITY))
    assert not confirms(
        [*scores(C.PROFITABILITY, C.LOYALTY, C.CENTRALISATION, C.CONTINUITY), *scores(C.FIT, score=None)]
    )


def test_what_is_judged_unknown_later_is_unknown_again():
    later = Score(C.FIT, None, date(2026, 12, 1))
    five = scores(C.PROFITABILITY, C.LOYALTY, C.CENTRALISATION, C.CONTINUITY, C.FIT)
    assert not confirms([*five, later])


def test_two_product_lines_of_one_bank_qualify_differently():
    """S1: paper is bought by each branch, mainframes by head office."""
    whole = [Score(criterion, 3, DAY) for criterion in Criterion if criterion is not C.CENTRALISATION]
    paper, mainframes = Score(C.CENTRALISATION, 0, DAY, 1), Score(C.CENTRALISATION, 4, DAY, 2)
    cards = [card_of([*whole, paper, mainframes], line) for line in (1, 2, None)]
    found = [qualify(card, repeats=True) for card in cards]
    assert [one.score for one in found] == [64, 79, 75]
    assert [one.suggestion for one in found] == ["candidate", "key", "key"]
