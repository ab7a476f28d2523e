"""`kamtui config`: what changes results is in the database, the rest in a file."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def file():
    return Path(os.environ["KAMTUI_CONFIG"])


def values(answer):
    return {row["key"]: row["value"] for row in answer.json}


def test_the_places_are_named(kamtui, store, file):
    assert kamtui("config", "path", "--json").json == {
        "database": str(store.path),
        "backups": f"{store.path}.backups",
        "settings": str(file),
    }


def test_show_lists_what_can_be_set_with_its_default(kamtui):
    kamtui("config", "set", "cadence.T1", 7)
    rows = kamtui("config", "show", "--json").json
    assert {row["kept_in"] for row in rows} == {"file", "database"}
    assert {"language", "theme", "glyphs", "currency", "holidays", "cadence.T1"} <= {row["key"] for row in rows}
    assert all(row["help"] for row in rows)
    assert {(row["value"], row["default"]) for row in rows if not row["is_default"]} == {(7, 14)}


def test_keys_lists_every_command_of_the_app_with_its_keys_and_what_it_does(kamtui):
    rows = {row["command"]: row for row in kamtui("config", "keys", "--json").json}
    assert rows["app.palette"]["keys"] == [":", "Ctrl+P"]
    assert rows["queue.done"]["places"] == ["Today"]
    assert all(row["label"] and row["help"] and row["places"] for row in rows.values())
    assert kamtui("config", "keys").lines[0][:2] == ["go.today", "T F2"]


def test_a_persons_own_keys_are_listed_and_what_is_wrong_with_them_is_told(kamtui, file):
    file.write_text('[keys]\n"queue.done" = ["ctrl+x", "Enter"]\n"queue.redate" = "f6"\n"no.such" = "x"\n')
    for verb in ("keys", "show"):
        answer = kamtui("config", verb)
        assert answer.code == 0
        assert f"{file}: keys: there is no command no.such" in answer.err
        assert "queue.done cannot have Enter, which means row.open in Today; it keeps d" in answer.err
    assert ["queue.redate", "F6"] in [line[:2] for line in kamtui("config", "keys").lines]
    file.write_text("keys = 3\n")
    assert f"{file}: keys is a table" in kamtui("config", "show").err


def test_a_setting_that_changes_results_is_logged_and_can_be_undone(kamtui, file):
    assert kamtui("config", "set", "cadence.T1", 7).out == "cadence.T1 is 7.\n"
    assert kamtui("config", "set", "holidays", "2026-10-01", "2026-10-02").code == 0
    shown = values(kamtui("config", "show", "--json"))
    assert (shown["cadence.T1"], shown["holidays"]) == (7, ["2026-10-01", "2026-10-02"])
    kamtui("undo", 2)
    assert values(kamtui("config", "show", "--json"))["cadence.T1"] == 14
    assert not file.exists()


def test_a_setting_of_this_machine_goes_to_the_file_and_keeps_its_comments(kamtui, file):
    file.write_text('# mine\nlanguage = "en"  # for now\n')
    assert kamtui("config", "set", "theme", "light").code == 0
    assert file.read_text() == '# mine\nlanguage = "en"  # for now\ntheme = "light"\n'
    assert oct(file.stat().st_mode)[-3:] == "600"
    assert kamtui("config", "set", "theme", "").out == "theme is dark.\n"
    assert "theme" not in file.read_text()
    assert kamtui("log").out.count("\n") == 1


def test_a_link_to_the_file_stays_a_link(kamtui, file):
    real = file.with_name("dotfiles.toml")
    real.write_text("")
    file.symlink_to(real)
    kamtui("config", "set", "glyphs", "ascii")
    assert file.is_symlink()
    assert real.read_text() == 'glyphs = "ascii"\n'


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("theme", "pink", 2), ("language", "fr", 2), ("cadence.T1", "soon", 2), ("cadence.T1", "0", 2), ("currency", "yen?", 2),
     ("holidays", "someday", 2), ("nowhere", "1", 1)],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_can(kamtui, file, key, value, code):
    before = values(kamtui("config", "show", "--json"))
    answer = kamtui("config", "set", key, value)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err
    assert values(kamtui("config", "show", "--json")) == before
    assert not file.exists()


def test_the_language_of_the_file_is_the_language(kamtui, file):
    kamtui("config", "set", "language", "zh")
    kamtui("account", "list")
    from kamtui import language

    assert language.current() == "zh"
    kamtui("config", "set", "language", "auto")
    kamtui("account", "list")
    assert language.current() == "en"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = "dark"\nlanguage = [\n', "line 3"),
        ("theme = dark\n", "line 1, column 9"),
        ('a = "x"\na = "y"\n', "line 2"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_the_defaults_are_used(kamtui, file, text, line):
    file.write_text(text)
    answer = kamtui("config", "show")
    assert answer.code == 1
    assert str(file) in answer.err
    assert line in answer.err
    assert answer.lines[1][:2] == ["theme", "dark"]
    assert kamtui("config", "keys").code == 1
    assert kamtui("account", "list").code == 0
    assert kamtui("config", "set", "theme", "light").code == 1
    assert file.read_text() == text


def test_what_the_file_says_wrongly_is_told(kamtui, file):
    file.write_text('theme = "pink"\nglyphs = {auto = 1}\ncolour = 1\n')
    answer = kamtui("config", "show")
    assert "theme cannot be pink; dark is used" in answer.err
    assert "glyphs cannot be" in answer.err
    assert "colour is no setting" in answer.err


def test_settings_are_shown_before_there_is_a_database(kamtui, store):
    store.path.unlink()
    assert kamtui("config", "show").code == 0
    assert not store.path.exists()
