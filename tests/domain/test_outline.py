"""The org map as an indented text: what is written can be read, and mistakes are named by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.enums import BuyingRole, Influence, Relationship, Stance
from kamtui.domain.errors import BadInput
from kamtui.domain.outline import OutlineLine, format_outline, parse_outline

HUADONG = """\
陈国栋, President | E ### 1>3
  李明, CIO @IT | S ### + 2>4
    王伟, Infrastructure @IT | T ##. =
  [CFO] @Finance | A
Dr. Kern, consultant | T ##. + ext
"""

WORDS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text(alphabet=' \t\r\n,，@＠|｜[【】]"\\#?-+=张伟a>1', min_size=1, max_size=8),
)
NAMES = WORDS.filter(lambda name: bool(name.strip()))
LINES = st.builds(
    OutlineLine,
    name=NAMES,
    depth=st.integers(0, 5),
    title=st.none() | WORDS,
    department=st.none() | WORDS,
    placeholder=st.booleans(),
    external=st.booleans(),
    roles=st.sets(st.sampled_from(BuyingRole)).map(lambda roles: tuple(role for role in BuyingRole if role in roles)),
    influence=st.none() | st.sampled_from(Influence),
    stance=st.none() | st.sampled_from(Stance),
    relationship=st.none() | st.tuples(st.sampled_from(Relationship), st.sampled_from(Relationship)),
)


def _as_map(lines: list[OutlineLine]) -> tuple[OutlineLine, ...]:
    """The lines with depths that a map can have."""
    from dataclasses import replace

    done: list[OutlineLine] = []
    for line in lines:
        deepest = done[-1].depth + 1 if done and not done[-1].external else 0
        done.append(replace(line, depth=0 if line.external else min(line.depth, deepest)))
    return tuple(done)


@given(st.lists(LINES, max_size=6).map(_as_map))
def test_what_is_written_is_read_back_the_same(people):
    assert parse_outline(format_outline(people)) == people


def test_a_map_is_read_as_it_stands():
    people = parse_outline(HUADONG)
    assert [(person.name, person.depth) for person in people] == [
        ("陈国栋", 0), ("李明", 1), ("王伟", 2), ("CFO", 1), ("Dr. Kern", 0),
    ]  # fmt: skip
    assert people[1] == OutlineLine(
        "李明",
        1,
        "CIO",
        "IT",
        roles=(BuyingRole.SPONSOR,),
        influence=Influence.INNER_CIRCLE,
        stance=Stance.SUPPORTER,
        relationship=(Relationship.CREDIBLE, Relationship.TRUSTED_ADVISOR),
    )
    assert people[3].placeholder
    assert people[4].external
    assert format_outline(people) == HUADONG


def test_marks_stand_in_any_order_and_missing_ones_say_nothing():
    (person,) = parse_outline("Li Ming | + 2>? TE ##.")
    assert (person.stance, person.influence) == (Stance.SUPPORTER, Influence.POLITICAL)
    assert person.roles == (BuyingRole.ECONOMIC, BuyingRole.TECHNICAL)
    (silent,) = parse_outline("Li Ming")
    assert (silent.stance, silent.influence, silent.roles, silent.relationship) == (None, None, (), None)


def test_an_unknown_that_is_written_is_unknown_and_not_silent():
    (person,) = parse_outline("Li Ming | ? ?.. ?>?")
    assert (person.stance, person.influence) == (Stance.UNKNOWN, Influence.UNKNOWN)
    assert person.relationship == (Relationship.UNKNOWN, Relationship.UNKNOWN)


def test_the_signs_of_a_chinese_input_method_mean_the_same():
    assert parse_outline("李明，总监 ＠信息部 ｜ T\n\u3000【财务总监】") == parse_outline(
        "李明, 总监 @信息部 | T\n\t[财务总监]"
    )


def test_comments_and_blank_lines_are_not_people():
    assert [line.name for line in parse_outline("# who decides\n\nA\n   \n  # note\n  B\r\n")] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("A\n    B", "line 2: it is indented by more than one level"),
        ("  A", "line 1: it is indented by more than one level"),
        ("A\n B", "line 2: it is indented by half a level"),
        (", CIO", "line 1: it has no name"),
        ('""', "line 1: it has no name"),
        ("[CFO", "line 1: the bracket"),
        ('"Li', "line 1: a double quote is not closed"),
        ("Acme [EMEA]", "line 1: “Acme [EMEA]” holds a sign"),
        ('"Li" Ming', "line 1: “Ming” is not understood"),
        ("Li | X", "line 1: “X” is not a mark"),
        ("Li | + -", "line 1: “-” is not a mark, or stands there twice"),
        ("Li | 5>1", "line 1: “5>1” is not a mark"),
        ("A\n  K | ext", "line 2: K is outside the company, and belongs to the top"),
        ("K | ext\n  A", "line 2: K is outside the company, and nobody stands below"),
    ],
)
def test_a_mistake_is_named_with_its_line(text, mistake):
    with pytest.raises(BadInput) as refused:
        parse_outline(text)
    assert mistake in str(refused.value)


def test_all_mistakes_are_named_at_once_and_none_comes_of_another():
    with pytest.raises(BadInput) as refused:
        parse_outline("A\n  B | X\n    C\n   D\nE | Y")
    assert [part.split(":")[0] for part in str(refused.value).removeprefix("outline: ").split("; ")] == [
        "line 2",
        "line 4",
        "line 5",
    ]
