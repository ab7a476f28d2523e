"""What `--help` says is what there is."""

import re

import pytest

from kamtui.cli.root import NOUNS, _load

# These say how they are called, not what they are made of.
_LISTED = [noun for noun in NOUNS if noun != "import" and hasattr(_load(noun), "commands")]


@pytest.mark.parametrize("noun", _LISTED)
def test_the_line_of_a_noun_names_every_verb_that_it_has_and_no_other(noun):
    named = re.findall(r"[a-z]+", NOUNS[noun].rpartition(":")[2])
    assert sorted(named) == sorted(_load(noun).commands)


def test_the_help_of_the_whole_names_every_noun(kamtui):
    said = kamtui("--help").out
    assert [noun for noun in NOUNS if not re.search(rf"^  {noun} ", said, re.MULTILINE)] == []


@pytest.mark.parametrize("noun", _LISTED)
def test_what_an_edit_leaves_out_is_not_said_to_become_something(kamtui, noun):
    """`today, unless said` is true of what is added; an edit leaves alone what is not named."""
    for verb in {"edit", "hold"} & set(_load(noun).commands):
        said = " ".join(kamtui(noun, verb, "--help").out.split())
        said = said.replace("Since when they report there; today, unless said.", "")  # of a new manager it is true
        assert re.findall(r"You, unless|; today, unless said|unless it is said|as it is unless said", said) == []
