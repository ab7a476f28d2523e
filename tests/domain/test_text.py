"""The text policy: what may be typed, and how it is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.errors import BadInput
from kamtui.domain.text import NOTE_LENGTH, clean, clean_name, is_han, is_ink, one_line, split_han, visible


@pytest.mark.parametrize(
    ("typed", "kept", "dropped"),
    [
        ("plain", "plain", 0),
        ("Acme [EMEA] [/] x\\", "Acme [EMEA] [/] x\\", 0),
        ("tab\tand\nline", "tab\tand\nline", 0),
        ("windows\r\nold mac\rend", "windows\nold mac\nend", 0),
        ("\x1b[2Jclear", "[2Jclear", 1),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk=", 2),
        ("\x9b31mred\x7f", "31mred", 2),
        ("bidi \u202e stays \u2066 here", "bidi \u202e stays \u2066 here", 0),
        ("\ufeffbom\u200b", "\ufeffbom\u200b", 0),
        ("张伟，约 👩‍👩‍👧", "张伟，约 👩‍👩‍👧", 0),
        ("", "", 0),
    ],
)
def test_a_note_is_kept_as_it_is_but_for_control_characters(typed, kept, dropped):
    assert clean(typed, field="note") == (kept, dropped)


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "x\udfff"])
def test_a_nul_and_half_a_character_are_refused(text):
    with pytest.raises(BadInput, match=r"note: .*Nothing was saved") as error:
        clean(text, field="note")
    assert error.value.field == "note"


def test_too_long_is_refused_and_never_cut():
    assert clean("x" * NOTE_LENGTH, field="note") == ("x" * NOTE_LENGTH, 0)
    with pytest.raises(BadInput, match=r"100,001 characters are too many"):
        clean("x" * (NOTE_LENGTH + 1), field="note")


def test_a_name_is_one_line_of_1_to_200_characters():
    assert clean_name("  Acme\n\tLtd ", field="name") == ("Acme Ltd", 0)
    assert clean_name("名" * 200, field="name")[0] == "名" * 200
    with pytest.raises(BadInput, match="201 characters are too many"):
        clean_name("名" * 201, field="name")


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u3000", "\u200b", "\u200b\ufeff\u2066", "\xa0", "\x1b"])
def test_a_name_without_ink_is_blank(blank):
    with pytest.raises(BadInput, match="must not be blank"):
        clean_name(blank, field="name")


@given(st.text(max_size=80))
def test_what_was_cleaned_once_stays(text):
    try:
        kept, dropped = clean(text, field="note")
    except BadInput:
        assert "\x00" in text or any(unicodedata.category(character) == "Cs" for character in text)
        return
    assert clean(kept, field="note") == (kept, 0)
    assert dropped == 0 or len(kept) < len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme [EMEA] [/bold]", "Acme [EMEA] [/bold]"),
        ("\x1b[2J", "␛[2J"),
        ("\x9b31m", "‹U+009B›31m"),
        ("\x7f", "␡"),
        ("a\u202eb", "a‹U+202E›b"),
        ("\u200b\ufeff", "‹U+200B›‹U+FEFF›"),
        ("two\nlines\tand", "two lines and"),
        ("👩‍👩‍👧 ❤️‍🔥", "👩‍👩‍👧 ❤️‍🔥"),
        ("a\u200db", "a‹U+200D›b"),
        ("\ue000", "‹U+E000›"),
        ("张伟", "张伟"),
    ],
)
def test_what_could_act_on_a_terminal_is_shown_as_a_sign(text, shown):
    assert visible(text) == shown


def test_lines_stay_where_lines_are_shown():
    assert visible("two\nlines\tand\x1b", lines=True) == "two\nlines\tand␛"


@given(st.text(max_size=80))
def test_nothing_that_is_shown_acts_on_a_terminal(text):
    shown = visible(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u2028\u2029")


def test_each_character_of_chinese_is_a_token():
    assert split_han("A采购b").split() == ["A", "采", "购", "b"]
    assert [is_han(character) for character in "采aの한𠀀1"] == [True, False, True, True, True, False]


def test_ink_is_what_leaves_a_trace():
    assert [is_ink(character) for character in "a名❤ \u200b\x1b"] == [True, True, True, False, False, False]


def test_one_line_says_where_it_was_shortened():
    assert one_line("a\n b", 10) == "a b"
    assert one_line("x" * 100, 10) == "x" * 9 + "…"
