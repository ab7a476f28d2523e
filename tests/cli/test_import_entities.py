"""Importing tasks, needs, touches and obligations."""

import pytest


@pytest.fixture
def rows(store):
    def ask(query, *values):
        with store.reading() as connection:
            return connection.execute(query, values).fetchall()

    return ask


@pytest.fixture
def take(kamtui, tmp_path):
    """Imports a text into Acme, where Vera Lind works: `take("task", "id,what\\n1,Call\\n")`."""
    kamtui("account", "add", "Acme")
    kamtui("person", "add", "Vera Lind", "--account", "Acme")

    def call(into, text):
        path = tmp_path / "x.csv"
        path.write_text(text, encoding="utf-8")
        return kamtui("import", "csv", path, "--into", into, "--json").json

    return call


def test_tasks_are_ours_and_a_file_does_not_open_what_was_closed_here(take, kamtui, rows):
    text = "id,what,account,due,priority,person,status,done on\n"
    text += "1,Send the quote,Acme,2026-12-01,A,,,\n2,Call,,,,,done,2026-11-02\n3,寄样品,Acme,,,Vera Lind,,\n"
    assert take("task", text)["created"] == 3
    assert rows(
        """SELECT what, account_id, due, priority, status, closed_on, person_id, c.name
           FROM task JOIN colleague AS c ON c.id = our_owner_id ORDER BY task.id"""
    ) == [
        ("Send the quote", 1, "2026-12-01", "A", "open", None, None, "Gao Lin"),
        ("Call", None, None, None, "done", "2026-11-02", None, "Gao Lin"),
        ("寄样品", 1, None, None, "open", None, 1, "Gao Lin"),
    ]
    kamtui("task", "done", "1")
    assert take("task", text)["unchanged"] == 3
    assert take("task", text.replace("寄样品,Acme,,,Vera Lind,", "寄样品,Acme,,,Vera Lind,done"))["updated"] == 1
    assert rows("SELECT status, closed_on FROM task WHERE id = 3") == [("done", "2026-11-23")]


def test_a_task_of_somebody_unknown_is_told(take):
    (row,) = take("task", "what,account,person\nCall,Acme,Nobody\n")["rejected"]
    assert (row["row"], row["field"], row["value"]) == (2, "person", "Nobody")


def test_the_kind_of_a_need_is_read_from_its_words(take, kamtui, rows):
    text = "id,account,verbatim,raised by,raised on,state\n"
    text += "1,Acme,We need 20 machines for the new plant,Vera Lind,2026-11-02,confirmed\n"
    text += '2,Acme,"Why is your service like this? It\'s so disappointing.",observed,,\n'
    text += "3,Acme,我们的货总是晚到,,,proposed\n"
    report = take("need", text)
    assert (report["created"], [row["field"] for row in report["rejected"]]) == (2, ["state"])
    assert rows("SELECT kind, signal, source, raised_on, quantity_milli, state FROM need ORDER BY id") == [
        ("explicit", None, "person", "2026-11-02", 20_000, "confirmed"),
        ("implicit", "dissatisfaction", "observed", "2026-11-23", None, "captured"),
    ]
    assert take("need", text)["unchanged"] == 2


def test_a_file_neither_converts_a_need_nor_moves_it(take, rows):
    take("need", "id,account,verbatim,kind,state\n1,Acme,Too slow,implicit,captured\n2,Acme,A ramp,explicit,captured\n")
    report = take("need", "id,account,verbatim,kind,state\n1,Acme,Too slow,explicit,\n2,Acme,A ramp,explicit,agreed\n")
    assert (report["unchanged"], report["rejected"][0]["field"]) == (1, "kind")
    assert rows("SELECT kind, state FROM need") == [("implicit", "captured"), ("explicit", "captured")]


def test_touches_come_in_with_their_people_and_days_to_come_are_planned(take, rows):
    text = "id,account,date,time,kind,direction,people,summary\n"
    text += (
        "1,Acme,2026-11-02,9:30,meeting,,Vera Lind,Prices\n2,Acme,2026-12-02,,call,,,\n3,Acme,2026-11-03,,email,,,\n"
    )
    text += "4,Acme,2026-11-04,,call,,Nobody,\n"
    report = take("interaction", text)
    assert (report["created"], [row["value"] for row in report["rejected"]]) == (3, ["Nobody"])
    assert rows("SELECT on_date, at_time, status, kind, direction FROM interaction ORDER BY id") == [
        ("2026-11-02", "09:30", "held", "meeting", "two_way"),
        ("2026-12-02", None, "planned", "call", "two_way"),
        ("2026-11-03", None, "held", "email", "out"),
    ]
    assert rows("SELECT interaction_id, person_id FROM interaction_person") == [(1, 1)]
    assert take("interaction", text)["unchanged"] == 3


def test_a_note_of_a_day_to_come_is_rejected_by_its_row(take, rows):
    text = "id,account,date,kind,summary\n1,Acme,2026-12-02,note,think\n2,Acme,2026-11-02,note,thought\n"
    report = take("interaction", text)
    assert (report["created"], [row["row"] for row in report["rejected"]]) == (1, [2])
    assert "A note is not planned" in report["rejected"][0]["message"]
    assert rows("SELECT status, kind FROM interaction") == [("held", "note")]


def test_obligations_start_where_they_have_a_period_and_never_per_order(take, rows):
    text = "id,account,what,side,cadence,due\n1,Acme,Market outlook,,quarterly,2026-12-15\n"
    text += "2,Acme,Training,,6m,\n3,Acme,Goods on time,,per order,\n4,Acme,Shelf space,theirs,none,2027-01-11\n"
    assert take("obligation", text)["created"] == 4
    assert rows("SELECT what, side, cadence, owner_id IS NOT NULL FROM obligation") == [
        ("Market outlook", "ours", "3m", 1),
        ("Training", "ours", "6m", 1),
        ("Goods on time", "ours", "per_order", 1),
        ("Shelf space", "theirs", "none", 0),
    ]
    due = dict(rows("SELECT obligation_id, due FROM occurrence"))
    assert (due[1], due[4], 3 in due) == ("2026-12-15", "2027-01-11", False)
    assert "2026-11-23" < due[2] <= "2027-05-24"
    assert take("obligation", text)["unchanged"] == 4


def test_a_stage_that_a_file_changes_is_a_decision_with_its_day(take, kamtui, rows):
    assert take("account", "name,stage\nAcme,stable\nNew one,stable\n")["updated"] == 1
    assert rows("SELECT account_id, from_stage, to_stage, decided_on FROM stage_decision") == [
        (1, "building", "stable", "2026-11-23")
    ]
    assert take("account", "name,stage\nAcme,stable\n")["unchanged"] == 1
    kamtui("undo")
    assert rows("SELECT stage FROM account WHERE id = 1") == [("building",)]
