"""Today's queue from the command line."""

from datetime import timedelta

import pytest

from kamtui.store.tables import Interaction


@pytest.fixture
def day(kamtui, store):
    """A day with a meeting, a call, tasks and promises."""
    kamtui("account", "add", "华东银行", "--tier", "T1")
    kamtui("account", "add", "Aurora", "--tier", "non_key")
    kamtui("account", "add", "Imported")
    with store.writing() as work:
        planned = {"status": "planned", "on_date": store.today}
        work.add(Interaction, account_id=2, kind="call", at_time="14:00", purpose="price list", **planned)
        work.add(Interaction, account_id=1, kind="meeting", at_time="10:30", purpose="核心系统", **planned)
        work.add(Interaction, account_id=1, kind="visit", **planned)
        work.add(Interaction, account_id=1, kind="call", at_time="09:00", on_date=store.today)
    kamtui("task", "add", "answer them", "--account", "华东银行", "--due", "2026-11-20", "--priority", "A")
    kamtui("task", "add", "ring back", "--account", "Aurora", "--due", "today")
    kamtui("task", "add", "offer", "--account", "Imported", "--due", "2026-11-22")
    kamtui("task", "add", "next week", "--due", "+7d")
    kamtui("obligation", "add", "outlook", "--account", "华东银行", "--due", "2026-11-14")
    kamtui("obligation", "add", "sign-off", "--account", "Aurora", "--side", "theirs", "--due", "today")


@pytest.mark.usefixtures("day")
def test_meetings_come_by_their_time_and_promises_by_their_weight(kamtui):
    answer = kamtui("today")
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        ["", "T1p", "华东银行", "meeting: 核心系统", "today 10:30", "touch 2"],
        ["", "no", "Aurora", "call: price list", "today 14:00", "touch 1"],
        ["", "T1p", "华东银行", "visit", "today", "touch 3"],
        ["!!", "T1p", "华东银行", "answer them", "3d", "task 1"],
        ["!", "T1p", "华东银行", "> outlook", "9d", "obligation 1"],
        ["!", "", "Imported", "offer", "1d", "task 3"],
        [".", "no", "Aurora", "< sign-off", "today", "obligation 2"],
        [".", "no", "Aurora", "ring back", "today", "task 2"],
        [
            "!!", "T1p", "华东银行", "nobody is known who signs (economic buyer) +1", "0d",
            "signal explain 1 no_economic_buyer",
        ],
        ["-", "no", "Aurora", "nobody there is named yet +1", "0d", "signal explain 2 single_threaded"],
        ["-", "", "", "1 account of 3 not sorted: K sorts it", "0d", "sort"],
    ]  # fmt: skip


@pytest.mark.usefixtures("day")
def test_the_queue_as_json(kamtui):
    queue = kamtui("today", "--json", "--limit", "5").json
    assert list(queue) == ["as_of", "timed", "promised", "more", "at_risk", "gaps"]
    assert (queue["as_of"], len(queue["timed"]), len(queue["promised"]), queue["more"]) == ("2026-11-23", 3, 2, 4)
    first = queue["promised"][0]
    assert (first["kind"], first["id"], first["severity"], first["days_overdue"], first["score"]) == (
        "task",
        1,
        "critical",
        3,
        1530,
    )
    assert (queue["promised"][1]["obligation_id"], queue["promised"][1]["side"]) == (1, "ours")


@pytest.mark.usefixtures("day")
def test_how_many_more_there_are_is_said(kamtui):
    answer = kamtui("today", "--limit", "2")
    assert (len(answer.lines), answer.err) == (2, "7 more\n")


@pytest.mark.usefixtures("day")
def test_one_account_alone(kamtui):
    lines = kamtui("today", "--account", "aurora").lines
    assert lines[0][-1] == "touch 1"
    assert {line[2] for line in lines} == {"Aurora"}


@pytest.mark.usefixtures("day")
def test_what_lies_ahead_comes_last(kamtui):
    assert kamtui("today", "--ahead", "7").lines[8] == ["", "", "", "next week", "2026-11-30", "task 4"]
    assert len(kamtui("today", "--ahead", "6", "--json").json["promised"]) == 5


@pytest.mark.usefixtures("day")
def test_what_is_done_leaves_the_queue(kamtui):
    kamtui("task", "done", "1")
    kamtui("obligation", "done", "1")
    kamtui("account", "archive", "Aurora", "--reason", "closed down")
    assert [line[-1] for line in kamtui("today").lines][:3] == ["touch 2", "touch 3", "task 3"]


def test_what_was_planned_and_not_marked_as_held_comes_back_until_it_is(kamtui, store):
    kamtui("account", "add", "华东银行", "--tier", "T1")
    kamtui("account", "add", "Closed")
    with store.writing() as work:
        past = {"status": "planned", "on_date": store.today - timedelta(days=3), "at_time": "10:30"}
        work.add(Interaction, account_id=1, kind="meeting", purpose="核心系统", **past)
        work.add(Interaction, account_id=1, kind="call", **past | {"on_date": store.today - timedelta(days=1)})
        work.add(Interaction, account_id=2, kind="call", **past)
    kamtui("account", "archive", "Closed", "--reason", "closed down")
    assert kamtui("today").lines[:-1] == [
        ["!", "T1p", "华东银行", "was it held? meeting: 核心系统", "3d", "touch 1"],
        ["!", "T1p", "华东银行", "was it held? call", "1d", "touch 2"],
    ]
    queue = kamtui("today", "--json", "--account", "华东银行", "--limit", "1").json
    row = queue["promised"][0]
    assert (row["lane"], row["kind"], row["id"], row["severity"], row["days_overdue"], row["what"]) == (
        "promised",
        "planned",
        1,
        "warn",
        3,
        "meeting: 核心系统",
    )
    assert (row["score"], row["time"], queue["more"]) == (630, None, 1)
    kamtui("touch", "hold", "1", "they agreed")
    kamtui("touch", "delete", "2")
    assert kamtui("today", "--json").json["promised"] == []


def test_a_quiet_day_is_an_empty_answer(kamtui):
    kamtui("colleague", "add", "Wei")
    assert kamtui("today").out == ""
    nothing = {"timed": [], "promised": [], "at_risk": [], "gaps": []}
    assert kamtui("today", "--json").json == {"as_of": "2026-11-23", "more": 0, **nothing}


@pytest.mark.parametrize("arguments", [("--limit", "0"), ("--ahead", "-1"), ("--ahead", "99999999999")])
def test_numbers_without_sense_are_wrong_usage(kamtui, arguments):
    assert kamtui("today", *arguments).code == 2
