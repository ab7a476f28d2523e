"""Help pages are whole in the language of the process, Typer's own words too."""

import pytest


@pytest.fixture
def spoken(monkeypatch):
    """Another language, in which each word of Typer's stands between signs."""
    monkeypatch.setattr("kamtui.cli.help._", lambda text: f"«{text}»")


def test_no_word_of_a_page_is_left_in_typers_own_language(kamtui, spoken):
    page = kamtui("contract", "--help").out
    assert page.startswith("«Usage: »kamtui contract «[OPTIONS]» «COMMAND [ARGS]...»\n")
    assert "«Options»:\n" in page
    assert "«Commands»:\n" in page
    for words in ("Install completion for the current shell.", "Show this message and exit."):
        assert f"«{words}»" in page


def test_what_stands_behind_an_option_is_spoken_too(kamtui, spoken):
    page = kamtui("cost", "add", "--help").out
    assert "«Arguments»:\n" in page
    assert "[«required»]" in page
    assert "[«default: other»]" in page


def test_our_own_words_are_spoken_once(kamtui, spoken):
    assert "Note what winning or serving an account cost." in kamtui("cost", "add", "--help").out
    assert "«Note" not in kamtui("cost", "add", "--help").out


def test_in_english_a_page_reads_as_it_did(kamtui):
    assert kamtui("cost", "add", "--help").out.startswith("Usage: kamtui cost add [OPTIONS] {AMOUNT}\n")
