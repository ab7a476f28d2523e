"""Lines that must not form a loop, and the order in which they are drawn."""

from hypothesis import given
from hypothesis import strategies as st

from kamtui.exchange.forest import Line, deepest_first, split_loops


def lines(*pairs):
    return [Line(row, below, above, "", counted_unchanged=False) for row, (below, above) in enumerate(pairs, 2)]


def test_the_line_that_closes_a_loop_is_left_out():
    drawn, looping = split_loops(lines((1, 2), (2, 3), (3, 1)), {})
    assert [line.below for line in drawn] == [1, 2]
    assert [line.below for line in looping] == [3]


def test_two_people_may_change_places():
    drawn, looping = split_loops(lines((1, 2), (2, None)), {2: 1})
    assert (len(drawn), looping) == (2, [])


def test_a_line_that_stands_counts():
    _drawn, looping = split_loops(lines((1, 3)), {2: 1, 3: 2})
    assert [line.below for line in looping] == [1]


def test_a_chain_of_a_hundred_thousand_is_ordered_from_its_end():
    chain = lines(*((number, number + 1) for number in range(100_000)))
    drawn, looping = split_loops(chain, {})
    assert looping == []
    assert [line.below for line in deepest_first(drawn)[:2]] == [0, 1]


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30)))
def test_what_is_drawn_is_a_forest_and_no_more_is_left_out_than_must_be(wanted):
    drawn, looping = split_loops(lines(*wanted.items()), {})
    above = {line.below: line.above for line in drawn}
    for start in above:
        seen, one = set(), start
        while one in above:
            assert one not in seen
            seen.add(one)
            one = above[one]
    for line in looping:
        one = line.above
        while one in above and one != line.below:
            one = above[one]
        assert one == line.below
