"""Whole walks in a real terminal, as the product promises them (SCREENS.md, "Manners"): triage, and the first ten minutes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

OUTLINE = """Maria Haas, CEO | E ###
  Jonas Brandt, plant manager @Plant | T ##. +
    Lena Vogt, shift leader @Plant | U
"""


def test_triage_of_three_rows_a_need_converted_and_all_of_it_undone(opened, demo):
    terminal = opened(size=(120, 36)).shows("TIMED TODAY", "0 of 27 done")
    # A call was held, a task is put off, an obligation gets another date.
    terminal.presses("j").has_cursor_on("Freight terms").presses("d").shows("held: call: Freight terms", "1 of 27 done")
    terminal.presses("j").has_cursor_on("draft the return").presses("s").shows("Not before").presses("2")
    terminal.shows("it is critical: why may it rest?").types("waits for the audit").presses("enter")
    terminal.shows("snoozed: draft the return", "2 of 27 done")
    # The cursor goes on to the next row by itself.
    terminal.has_cursor_on("reckon what Old Mill").presses("j", "j").has_cursor_on("invoice papers").presses("r").shows(
        "[new date]"
    )
    terminal.types("fri").shows("Fri 2026-11-27").presses("enter").shows("later: invoice papers", "3 of 27 done")
    # The complaint becomes a need that can be met.
    terminal.presses("g", "j", "j").has_cursor_on("answer").presses("enter").shows("[W Work]", "Acme")
    terminal.presses("2").shows("c convert").presses("c").shows("Convert a need", "in the customer's own words")
    terminal.types("We want an engineer within four hours").presses("ctrl+s").hides("Convert a need")
    terminal.shows("We want an engineer within four hours", "EX")
    # Four steps, four times back, the newest first.
    terminal.presses("u").shows("Undone: ").hides("We want an engineer within four hours")
    # The pass has waited at its row; what is taken back stands in its place again.
    terminal.presses("q").shows("[T Today]", "3 of 27 done").presses("u", "u", "u")
    terminal.shows("Undone: Held: the call", "0 of 27 done", "TIMED TODAY (2)")
    terminal.presses("q")
    assert terminal.ends() == 0
    with demo.reading() as connection:
        (undone,) = connection.execute("SELECT count(*) FROM point WHERE kind = 'undo'").fetchone()
    assert undone == 4


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor in which somebody writes the org map."""
    script = tmp_path / "editor.sh"
    script.write_text(f"#!/bin/sh\ncat > \"$1\" <<'END'\n{OUTLINE}END\n")
    script.chmod(0o700)
    return str(script)


def test_the_first_ten_minutes_from_a_list_to_the_first_brief(opened, tmp_path, editor):
    table = tmp_path / "accounts.csv"
    table.write_text("name,note\nBrandt Machines,presses and lathes\nHafen Logistics,\n华东银行,\nSmall Shop,\n")
    own = tmp_path / "own" / "kamtui.db"
    env = {"KAMTUI_DB": str(own), "EDITOR": editor}
    terminal = opened(size=(120, 36), env=env).shows("Nothing here yet").presses("2").shows("[a CSV file]")
    terminal.types(str(table)).presses("enter").hides("[a CSV file]")
    terminal.shows("What are its rows?").presses("1").hides("What are its rows?")
    terminal.shows("4 created").presses("i").hides("Import it")
    # The best customers first.
    terminal.shows("0 of 4 done", "Brandt Machines").presses("1").shows("1 of 4 done").presses("2").shows("2 of 4 done")
    terminal.presses("3").shows("3 of 4 done").presses("0").shows("4 of 4 done")
    terminal.shows("Every account is sorted").presses("enter").hides("Every account is sorted")
    # The best account: its people as a text, in the person's own editor.
    terminal.shows("[P Portfolio]").has_cursor_on("Brandt Machines").presses("enter").shows("[W Work]", "0 people")
    terminal.presses("E").shows("3 new, 0 changed").presses("y").shows("3 people", "└─ Lena Vogt")
    # Two needs, a touch and the next meeting, a line each.
    terminal.presses("2", "a").shows("[need im]").types("Why does nobody call back when a press stands still?")
    terminal.shows("implicit").presses("enter").hides("[need").shows("im 1")
    terminal.presses("a").shows("[need im]").types("We need two lathes by March").shows("explicit").presses("enter")
    terminal.shows("EX 1").presses("1").shows("+ stance").presses("t").shows("[touch]").types(
        "wants the price by Friday"
    )
    terminal.presses("enter").shows("last touch 0d").presses("T").shows("[T Today]")
    terminal.presses("a").types("meeting @Jonas about the lathes tomorrow 10:00").shows(
        "Tue 2026-11-24", "Brandt Machines"
    )
    terminal.presses("enter").hides("Enter save").presses("W").shows("next: ", "lathes")
    # The brief, on the screen and as a file.
    terminal.presses("b").shows("MEETING BRIEF", "BOTTOM LINE", "Ask Jonas Brandt").presses("s").shows("[save as]")
    terminal.presses("ctrl+u").hides("Brandt-Machines-meeting").types(str(tmp_path / "brief.md")).presses(
        "enter"
    ).hides("[save as]")
    terminal.presses("q").shows("[W Work]").presses("q").shows("[T Today]").presses("q")
    assert terminal.ends() == 0
    brief = (tmp_path / "brief.md").read_text()
    assert "Brandt Machines" in brief
    assert "Why does nobody call back when a press stands still?" in brief
    with closing(sqlite3.connect(own)) as base:
        assert base.execute("SELECT count(*) FROM account").fetchone() == (4,)
        people = [name for (name,) in base.execute("SELECT name FROM person ORDER BY id")]
        assert people == ["Maria Haas", "Jonas Brandt", "Lena Vogt"]
        assert [kind for (kind,) in base.execute("SELECT kind FROM need ORDER BY id")] == ["implicit", "explicit"]
        touches = base.execute("SELECT status, on_date FROM interaction ORDER BY id").fetchall()
        assert touches == [("held", "2026-11-23"), ("planned", "2026-11-24")]


def test_a_customer_meeting_before_during_and_after(opened, demo):
    terminal = opened(size=(140, 40)).shows("TIMED TODAY").has_cursor_on("Review of core banking")
    terminal.presses("enter").shows("[W Work]", "Huadong Bank")
    # Before: who comes, what for, and the brief that holds it.
    terminal.presses("p").shows("a new meeting").presses("1").shows("Who comes: 2 people").presses("enter")
    terminal.shows("Prepare a meeting").types(" and nights").presses("ctrl+s").hides("Prepare a meeting")
    terminal.presses("b").shows("MEETING BRIEF", "Review of core banking and nights").presses("b").shows("e edit")
    # During: a complaint is a need in their words, somebody turns, something is promised.
    terminal.presses("2", "a").shows("[need im]").types("Why does the night desk never pick up?").presses("enter")
    terminal.hides("[need").shows("night desk")
    terminal.presses("1", "g", "j").presses("+").shows("stance")
    terminal.presses("4", "a").shows("[task]").types("send the night rota fri").shows("Fri 2026-11-27").presses("enter")
    terminal.hides("[task]").shows("send the night rota")
    # After: one key, and what the meeting asked for is followed up.
    terminal.presses("b").shows("s save").presses("d").hides("next: today 10:30").presses("b").shows("e edit")
    terminal.presses("4").shows("what came of our ask").presses("q").shows("[T Today]").presses("q")
    assert terminal.ends() == 0
    with demo.reading() as connection:
        status, purpose = connection.execute(
            "SELECT status, purpose FROM interaction WHERE purpose LIKE 'Review of core banking%'"
        ).fetchone()
        (task,) = connection.execute("SELECT due FROM task WHERE what = 'send the night rota'").fetchone()
        (kind,) = connection.execute("SELECT kind FROM need WHERE verbatim LIKE '%night desk%'").fetchone()
    assert (status, purpose) == ("held", "Review of core banking and nights")
    assert (task, kind) == ("2026-11-27", "implicit")
