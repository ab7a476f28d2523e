"""`kamtui signal`, `scorecard`, `today` with its four lanes, `week`, `chase`, `portfolio`."""

import pytest

from kamtui.domain.qualification import Criterion


@pytest.fixture
def acme(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    kamtui("touch", "add", "hello", "--account", "Acme", "--on", "2026-10-01")
    return kamtui


def codes(answer):
    return {row["code"]: row["severity"] for row in answer.json}


def test_signals_speak_of_a_neglected_account_the_gravest_first(acme):
    rows = acme("signal", "list", "--json").json
    assert {row["code"]: row["severity"] for row in rows} == {
        "neglect": "critical",
        "no_economic_buyer": "critical",
        "single_threaded": "warn",
    }
    assert rows[0]["severity"] == "critical"
    assert rows[0]["task"]


def test_gaps_are_shown_where_they_are_asked_for(acme):
    assert "weak_classification" in codes(acme("signal", "list", "--gaps", "--json"))


def test_explain_tells_formula_rows_thresholds_and_what_clears_it(acme):
    told = acme("signal", "explain", "Acme", "4", "--json").json
    assert told["code"] == "neglect"
    assert told["formula"]
    assert told["clears"]
    assert {"setting": "signal.neglect.account_warn", "value": 150} in [
        {key: limit[key] for key in ("setting", "value")} for limit in told["limits"]
    ]
    (row,) = told["found"]
    assert row["why"] == "no touch for 53d, the rhythm is 14 d"
    assert row["since"] == "2026-11-23"
    assert row["evidence"] == [{"entity": "account", "id": 1, "name": "Acme", "on": "2026-10-01"}]
    assert "no touch for 53d" in acme("signal", "explain", "Acme", "neglect").out


def test_explain_says_what_a_signal_lacks(acme):
    told = acme("signal", "explain", "Acme", "pseudo_key", "--json").json
    assert told["lacks"] == ["No orders are on record."]
    assert (told["found"], told["quiet"]) == ([], False)


def test_nothing_was_attained_only_where_orders_are_on_record(acme):
    acme(
        "contract", "add", "Frame", "--account", "Acme", "--signed", "2026-01-05", "--from", "2026-01-05",
        "--to", "2027-12-31", "--amount", "500k",
    )  # fmt: skip
    assert acme("signal", "list", "--signal", "complacency", "--json").json == []
    assert acme("signal", "explain", "Acme", "complacency", "--json").json["lacks"] == ["No orders are on record."]
    assert acme("contract", "list").lines[0][-2] == "unknown"
    assert ["attained", "unknown (no order of theirs is on record)"] in acme("contract", "show", "Frame").lines
    (reached,) = acme("brief", "Acme", "--format", "json").json["commercial"]["contracts"]
    assert reached["attained"] is None
    acme("transaction", "add", "100", "--account", "Acme", "--on", "2025-06-01")
    (row,) = acme("signal", "list", "--signal", "complacency", "--json").json
    assert row["why"] == "0 % of what should have come by now: Frame"
    assert acme("contract", "list").lines[0][-2] == "0%"


def test_a_threshold_is_a_setting(acme):
    acme("config", "set", "signal.neglect.account_critical", "400")
    assert codes(acme("signal", "list", "--signal", "neglect", "--json")) == {"neglect": "warn"}
    acme("undo")
    assert codes(acme("signal", "list", "--signal", "neglect", "--json")) == {"neglect": "critical"}
    assert acme("config", "set", "signal.neglect.account_critical", "many").code == 2


def test_what_is_critical_rests_fourteen_days_at_most_and_with_a_reason(acme):
    assert "needs a reason" in acme("signal", "snooze", "Acme", "neglect", "2026-12-01").err
    assert (
        "2026-12-07 at the latest" in acme("signal", "snooze", "Acme", "neglect", "2026-12-08", "--reason", "ill").err
    )
    assert acme("signal", "snooze", "Acme", "neglect", "2026-11-23", "--reason", "ill").code == 2
    assert acme("signal", "snooze", "Acme", "neglect", "2026-12-07", "--reason", "ill").code == 0
    assert "neglect" not in codes(acme("signal", "list", "--json"))
    assert "neglect" in codes(acme("signal", "list", "--snoozed", "--json"))
    assert "neglect" in codes(acme("--today", "2026-12-07", "signal", "list", "--json"))


def test_a_snooze_is_undone_and_woken(acme):
    acme("signal", "snooze", "Acme", "neglect", "2026-12-01", "--reason", "ill")
    acme("undo")
    assert "neglect" in codes(acme("signal", "list", "--json"))
    acme("signal", "snooze", "Acme", "neglect", "2026-12-01", "--reason", "ill")
    assert "Speaks again" in acme("signal", "wake", "Acme", "neglect").out
    assert "neglect" in codes(acme("signal", "list", "--json"))


def test_one_thing_that_a_signal_says_rests_alone(acme):
    acme("account", "edit", "Acme", "--stage", "stable")

    def said():
        return sorted(row["aspect"] for row in acme("signal", "list", "--signal", "single_threaded", "--json").json)

    assert said() == ["threads.nobody", "threads.ours"]
    assert acme("signal", "snooze", "Acme", "1", "2026-12-01", "--aspect", "threads.ours").code == 0
    assert said() == ["threads.nobody"]
    assert acme("signal", "wake", "Acme", "1", "--aspect", "threads.nobody").code == 1
    assert acme("signal", "wake", "Acme", "1", "--aspect", "threads.ours").code == 0
    assert said() == ["threads.nobody", "threads.ours"]


def test_what_turns_graver_speaks_although_it_was_put_off(acme):
    assert acme("signal", "snooze", "Acme", "single_threaded", "2027-03-01").code == 0
    assert "single_threaded" not in codes(acme("--today", "2026-12-01", "signal", "list", "--json"))


def test_a_signal_that_says_nothing_cannot_rest(acme):
    assert acme("signal", "snooze", "Acme", "complaint", "2026-12-01").code == 1
    assert "is no signal" in acme("signal", "explain", "Acme", "n").err


def test_today_has_a_row_an_account_at_risk_and_one_for_all_that_is_unsorted(acme):
    acme("account", "add", "Bolt")
    acme("account", "add", "Cargo")
    answer = acme("today", "--json").json
    (risk,) = answer["at_risk"]
    assert (risk["account"], risk["severity"], risk["others"], risk["code"]) == (
        "Acme",
        "critical",
        2,
        "no_economic_buyer",
    )
    (gap,) = answer["gaps"]
    assert (gap["kind"], gap["what"]) == ("sort", "2 accounts of 3 not sorted: K sorts them")


def test_two_hundred_bare_accounts_are_one_row(kamtui, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("name\n" + "".join(f"Customer {n}\n" for n in range(179)))
    kamtui("import", "csv", file, "--into", "account")
    assert kamtui("today").lines == [["-", "", "", "179 accounts, none sorted: K sorts them", "0d", "sort"]]


def test_a_complaint_without_an_answer_is_a_promise(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T2")
    kamtui("issue", "add", "late again", "--account", "Acme")
    assert kamtui("today", "--json").json["promised"] == []
    (row,) = kamtui("--today", "2026-11-24", "today", "--json").json["promised"]
    assert (row["kind"], row["due"], row["severity"]) == ("issue", "2026-11-24", "info")
    (row,) = kamtui("--today", "2026-11-27", "today", "--json").json["promised"]
    assert (row["severity"], row["days_overdue"]) == ("critical", 3)


def test_accounts_without_a_touch_have_gaps_and_no_alarm(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    answer = kamtui("today", "--json").json
    assert answer["at_risk"] == []
    assert [(row["severity"], row["code"]) for row in answer["gaps"]] == [("gap", "single_threaded")]


# Scorecards


def test_five_criteria_of_three_families_confirm_a_tier(acme):
    assert acme("account", "show", "Acme", "--json").json["provisional"]
    for criterion in ("fit", "continuity", "profitability", "loyalty"):
        acme("scorecard", "add", criterion, "3", "--account", "Acme")
    assert acme("account", "show", "Acme", "--json").json["provisional"]
    acme("scorecard", "add", "centralisation", "2", "--account", "Acme")
    assert not acme("account", "show", "Acme", "--json").json["provisional"]
    assert acme("today").lines[0][1] == "T1"
    acme("scorecard", "add", "fit", "?", "--account", "Acme")
    assert acme("account", "show", "Acme", "--json").json["provisional"]


def test_a_card_shows_its_score_with_its_coverage(acme):
    acme("scorecard", "add", "fit", "4", "--account", "Acme", "--evidence", "they use our line")
    acme("scorecard", "add", "potential", "1", "--account", "Acme")
    card = acme("scorecard", "show", "Acme", "--json").json
    assert card["qualification"]["score"] == 75
    assert card["qualification"]["coverage"] == 30
    assert [line["criterion"] for line in card["lines"]] == [str(criterion) for criterion in Criterion]
    assert acme("scorecard", "list", "--json").json[1]["evidence"] == "they use our line"


def test_one_judgement_a_day_and_the_newest_counts(acme):
    acme("scorecard", "add", "fit", "1", "--account", "Acme", "--on", "2026-11-01")
    acme("scorecard", "add", "fit", "2", "--account", "Acme")
    acme("scorecard", "add", "fit", "3", "--account", "Acme")
    assert [row["score"] for row in acme("scorecard", "list", "--json").json] == [3, 1]
    acme("scorecard", "edit", "1", "--score", "0")
    acme("scorecard", "delete", "2")
    assert acme("scorecard", "show", "Acme", "--json").json["qualification"]["gates"] == ["fit"]


def test_a_score_that_there_is_not_is_refused(acme):
    assert acme("scorecard", "add", "fit", "5", "--account", "Acme").code == 2
    assert acme("scorecard", "add", "fit", "3", "--account", "Acme", "--on", "2026-12-01").code == 2


# The other reads


def test_the_week_tells_what_is_on_by_day(acme):
    acme("task", "add", "call", "--due", "2026-11-25", "--account", "Acme")
    acme("touch", "add", "review", "--planned", "--on", "2026-11-24", "--at", "10:30", "--account", "Acme")
    acme(
        "contract",
        "add",
        "Frame",
        "--account",
        "Acme",
        "--signed",
        "2026-01-01",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-06",
    )
    acme("task", "add", "too far", "--due", "2026-12-07", "--account", "Acme")
    days = acme("week", "--json").json
    assert [(day["on"], [row["kind"] for row in day["rows"]]) for day in days] == [
        ("2026-11-24", ["touch"]),
        ("2026-11-25", ["task"]),
        ("2026-12-06", ["contract"]),
    ]
    assert acme("week").lines[0] == ["Tue 2026-11-24", "10:30", "Acme", "meeting: review", "touch 2"]


def test_chase_tells_who_owes_what_ready_to_paste(acme):
    acme("person", "add", "J. Okafor", "--account", "Acme")
    acme(
        "obligation",
        "add",
        "forecast",
        "--account",
        "Acme",
        "--side",
        "theirs",
        "--their-owner",
        "J. Okafor",
        "--due",
        "2026-11-20",
    )
    acme("obligation", "add", "price list", "--account", "Acme", "--due", "2026-11-27")
    answer = acme("chase")
    assert answer.out.splitlines() == [
        "J. Okafor, Acme",
        "- forecast; was due 2026-11-20, 3d ago; for Gao Lin",
        "",
        "Gao Lin",
        "- price list; due 2026-11-27; Acme",
    ]
    assert [one["name"] for one in acme("chase", "okafor", "--json").json] == ["J. Okafor"]


def test_the_portfolio_is_ordered_by_what_is_asked_for(kamtui):
    for name, tier, revenue, profit in (("Acme", "T1", 100, 10), ("Bolt", "T2", 300, 20), ("Cargo", "non_key", 50, 40)):
        kamtui("account", "add", name, "--tier", tier)
        kamtui("transaction", "add", revenue, "--account", name, "--gross-profit", profit)

    def order(by):
        return [line["account"] for line in kamtui("portfolio", "--by", by, "--json").json["lines"]]

    assert order("contribution") == ["Cargo", "Bolt", "Acme"]
    assert order("revenue") == ["Bolt", "Acme", "Cargo"]
    assert order("tier") == ["Acme", "Bolt", "Cargo"]
    told = kamtui("portfolio", "--json").json
    assert told["revenue"] == {"minor": 45000, "currency": "CNY"}
    assert [line["cumulative"] for line in told["lines"]] == [57, 86, 100]
    assert [line["share"] for line in told["lines"]] == [11, 67, 22]


def test_money_of_two_currencies_makes_no_whole(kamtui):
    for name, revenue in (("Acme", "100 CNY"), ("Bolt", "100 EUR")):
        kamtui("account", "add", name, "--tier", "T1")
        kamtui("transaction", "add", revenue, "--account", name)
    told = kamtui("portfolio", "--json").json
    assert (told["revenue"], told["top_fifth"], told["unknown"]) == (None, None, 2)


def test_the_doctor_finds_and_mends_findings(acme, store):
    import sqlite3

    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE signal_finding SET critical_on = NULL WHERE code = 'neglect'")
    connection.close()
    checks = {check["code"]: check["ok"] for check in acme("doctor", "--json").json["checks"]}
    assert not checks["signals"]
    acme("doctor", "--repair")
    checks = {check["code"]: check["ok"] for check in acme("doctor", "--json").json["checks"]}
    assert checks["signals"]
