"""A whole walk in a real terminal: triage of the morning, a need converted, all of it undone."""


def test_triage_of_three_rows_a_need_converted_and_all_of_it_undone(opened, demo):
    terminal = opened(size=(120, 36)).shows("TIMED TODAY", "0 of 15 done")
    # A call was held, a task is put off, an obligation gets another date.
    terminal.presses("j").has_cursor_on("Freight terms").presses("d").shows("held: call: Freight terms", "1 of 15 done")
    terminal.presses("j").has_cursor_on("draft the return").presses("s").shows("Not before").presses("2")
    terminal.shows("it is critical: why may it rest?").types("waits for the audit").presses("enter")
    terminal.shows("snoozed: draft the return", "2 of 15 done")
    # The cursor goes on to the next row by itself.
    terminal.has_cursor_on("reckon what Old Mill").presses("j", "j").has_cursor_on("invoice papers").presses("r").shows(
        "[new date]"
    )
    terminal.types("fri").shows("Fri 2026-11-27").presses("enter").shows("later: invoice papers", "3 of 15 done")
    # The complaint becomes a need that can be met.
    terminal.presses("g", "j", "j").has_cursor_on("answer").presses("enter").shows("[W Work]", "Acme")
    terminal.presses("2").shows("c convert").presses("c").shows("Convert a need", "in the customer's own words")
    terminal.types("We want an engineer within four hours").presses("ctrl+s").hides("Convert a need")
    terminal.shows("We want an engineer within four hours", "EX")
    # Four steps, four times back, the newest first.
    terminal.presses("u").shows("Undone: ").hides("We want an engineer within four hours")
    terminal.presses("q").shows("[T Today]").presses("u", "u", "u")
    terminal.shows("Undone: Held: the call", "3 new, Ctrl+L").presses("ctrl+l").shows("0 of 15 done", "TIMED TODAY (2)")
    terminal.presses("q")
    assert terminal.ends() == 0
    with demo.reading() as connection:
        (undone,) = connection.execute("SELECT count(*) FROM point WHERE kind = 'undo'").fetchone()
    assert undone == 4
