"""The app in a real terminal: it opens, moves, writes, gives way to the window, and leaves everything as it found it."""

import signal
import sqlite3
import time
from contextlib import closing

import pytest

from kamtui.store.workspace import Workspace

MOUSE = {1000, 1002, 1003, 1005, 1006, 1015}


def test_it_opens_on_today_and_the_cursor_walks(opened):
    terminal = opened().shows("[T Today]", "TIMED TODAY", "PROMISED").has_cursor_on("Review of core banking")
    terminal.presses("j").has_cursor_on("Freight terms")
    # The headings are stepped over.
    terminal.presses("j").has_cursor_on("Acme [EMEA]")
    terminal.presses("up", "up").has_cursor_on("Review of core banking")


def planned(workspace: Workspace) -> int:
    """How many touches are planned."""
    with workspace.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM interaction WHERE status = 'planned'").fetchone()[0])


def test_what_is_done_is_said_and_undone(opened, demo):
    before = planned(demo)
    terminal = opened(size=(140, 40)).shows("PROMISED").presses("j").has_cursor_on("Freight terms")
    terminal.presses("d").shows("held: call: Freight terms", "Held: the call of 2026-11-23", "1 of 27 done")
    # Others see it at once: it is written, and not only shown.
    assert planned(demo) == before - 1
    terminal.presses("u").shows("Undone: Held: the call of 2026-11-23", "0 of 27 done").hides(
        "held: call: Freight terms"
    )
    assert planned(demo) == before


def test_a_window_that_changes_its_size_is_drawn_anew(opened):
    terminal = opened(size=(140, 40)).shows("PROMISED", "LAST TOUCHES")
    terminal.becomes(60, 20).hides("LAST TOUCHES").shows("PROMISED", "? more")
    terminal.becomes(40, 12).shows("TIMED TODAY")
    assert all(len(line) <= 40 for line in terminal.lines)
    terminal.becomes(140, 40).shows("LAST TOUCHES", "? more")


def test_leaving_restores_the_terminal(opened):
    terminal = opened().shows("PROMISED")
    assert terminal.modes & MOUSE
    assert terminal.screen.cursor.hidden
    assert terminal.presses("q").ends() == 0
    assert terminal.modes & (MOUSE | {1004, 1049, 2004}) == set()
    assert not terminal.screen.cursor.hidden
    # Nothing is left on the other screen's place, and no traceback.
    assert b"Traceback" not in terminal.raw


def test_without_true_colour_the_256_of_screen_and_tmux_do(opened):
    terminal = opened(env={"TERM": "screen-256color", "COLORTERM": None}).shows("PROMISED")
    terminal.presses("j").has_cursor_on("Freight terms")
    assert b"38;2;" not in terminal.raw
    assert b"38;5;" in terminal.raw
    assert terminal.presses("q").ends() == 0


def test_no_color_means_no_colour_and_the_marks_stay(opened):
    terminal = opened(env={"NO_COLOR": "1"}).shows("PROMISED", "!! T1p Acme")
    assert terminal.colours <= {"default"} | {cell for cell in terminal.colours if is_grey(cell)}
    terminal.presses("j").has_cursor_on("Freight terms")
    assert terminal.presses("q").ends() == 0


def is_grey(colour: str) -> bool:
    """Whether a colour, as pyte names it, is without colour."""
    return colour in {"black", "white"} or (len(colour) == 6 and colour[:2] == colour[2:4] == colour[4:])


def test_a_locale_without_unicode_gets_frames_of_ascii(opened):
    # PYTHONUTF8 and PYTHONCOERCECLOCALE: else Python itself would mend the locale.
    plain = {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    terminal = opened(size=(140, 40), env=plain).shows("PROMISED", "LAST TOUCHES")
    # What people wrote cannot be written there; the furniture can.
    assert "|" in terminal.text
    assert terminal.presses("r").shows("[new date]").text.count("---") > 10
    assert terminal.text.isascii()
    assert terminal.presses("escape").hides("[new date]").presses("q").ends() == 0


def test_a_terminal_that_draws_lines_wide_gets_frames_of_ascii(opened, tmp_path):
    terminal = opened(size=(140, 40), line_cells=2).shows("PROMISED", "LAST TOUCHES")
    assert not set("─│╭╮╰╯") & set(terminal.text)
    terminal.presses("q").ends()
    # It is remembered: the next start does not ask.
    again = opened(size=(140, 40), line_cells=None).shows("PROMISED", "LAST TOUCHES")
    assert b"\x1b[6n" not in again.raw
    assert not set("─│╭╮╰╯") & set(again.text)


def test_a_terminal_that_never_answers_is_waited_for_a_tenth_of_a_second(opened):
    terminal = opened(size=(140, 40), line_cells=None)
    asked = answered = 0.0
    while not answered:
        data = terminal.reads_raw(20)
        now = time.monotonic()
        asked = asked or (now if b"\x1b[6n" in data else 0.0)
        # The sign is wiped away as soon as the waiting ends.
        answered = now if asked and b"\r  \r" in data else 0.0
        terminal.draws(data)
    assert answered - asked < 0.2  # a tenth, and what a busy machine takes
    terminal.shows("PROMISED")
    assert "│" in terminal.text


@pytest.mark.parametrize("key", ["d", "j"])
def test_a_killed_app_leaves_the_database_whole(opened, demo, key):
    terminal = opened().shows("PROMISED").presses("j").has_cursor_on("Freight terms")
    terminal.presses(key).kills()
    with closing(sqlite3.connect(demo.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM open_point").fetchone() == (0,)
    # And the next one opens, with all that was said to be done.
    opened().shows("PROMISED", "TIMED TODAY")


def test_discreet_mode_shows_no_account_before_one_was_open_and_hides_the_place_at_a_key(opened):
    terminal = opened("--discreet").shows("DISCREET", "There is none yet").hides("Huadong")
    terminal.presses("f9").shows("PROMISED", "Review of core banking")
    terminal.presses("f9").shows("DISCREET", "invoice papers within two days").hides("Review of core banking")
    assert terminal.presses("q").ends() == 0


@pytest.mark.parametrize("end", ["quits", "closes the window"])
def test_a_demo_leaves_nothing_behind(opened, tmp_path, end):
    (tmp_path / "tmp").mkdir()
    terminal = opened("demo", env={"TMPDIR": str(tmp_path / "tmp")}).shows("[T Today]")
    assert [path.name.startswith("kamtui-demo-") for path in (tmp_path / "tmp").glob("kamtui-*")] == [True]
    if end == "quits":
        terminal.presses("q")
        terminal.ends()
    else:
        terminal.child.kill(signal.SIGHUP)
        terminal.ends()
    assert list((tmp_path / "tmp").glob("kamtui-*")) == []
