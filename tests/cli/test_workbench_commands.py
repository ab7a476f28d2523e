"""Contracts, complaints, incidents, channels, reviews, criteria from the command line."""

import pytest

from kamtui.domain.errors import BadInput


@pytest.fixture(autouse=True)
def _acme(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    kamtui("person", "add", "赵敏", "--account", "Acme")


def test_a_complaint_is_noted_answered_put_off_and_resolved(kamtui):
    answer = kamtui("issue", "add", "你们的服务怎么这样?", "--account", "Acme", "--by", "赵敏", "--on", "11-13")
    assert (answer.code, answer.out) == (0, "Added complaint 1: 你们的服务怎么这样? (Acme)\n")
    assert kamtui("issue", "list").lines == [
        ["1", "Acme", "open", "你们的服务怎么这样?", "赵敏", "2026-11-13", "none", "Gao Lin", "10d"]
    ]
    answer = kamtui("issue", "respond", 1, "called her", "--on", "2026-11-16")
    assert answer.out == "Complaint 1 was answered on 2026-11-16: 你们的服务怎么这样?\n"
    assert kamtui("issue", "defer", 1).err == "A complaint is put off or denied for a reason. Nothing was changed.\n"
    assert kamtui("issue", "defer", 1, "--reason", "no spare part", "--until", "+1w").code == 0
    pairs = dict(line[:2] for line in kamtui("issue", "show", 1).lines)
    assert (pairs["status"], pairs["reason"]) == ("deferred 2026-11-23 – 2026-11-30", "no spare part")
    assert kamtui("issue", "deny", 1, "--reason", "their own line").code == 0
    record = kamtui("issue", "resolve", 1, "night hotline", "--json").json
    assert (record["status"], record["resolution"], record["days_open"]) == ("resolved", "night hotline", 10)
    assert kamtui("issue", "list").out == ""
    assert kamtui("issue", "list", "--all").lines[0][2] == "resolved"
    assert kamtui("issue", "reopen", 1).out == "Complaint 1 is open: 你们的服务怎么这样?\n"
    assert kamtui("issue", "edit", 1, "--by", "", "--answered", "", "--json").json["who"] is None
    assert kamtui("issue", "delete", 1).out == "Deleted complaint 1: 你们的服务怎么这样? (undo brings it back)\n"
    kamtui("undo")
    assert kamtui("issue", "list").lines[0][6] == "none"


def test_an_incident_has_causes_a_timeline_an_end_and_merit(kamtui):
    answer = kamtui(
        "incident", "add", "Outage", "--account", "Acme", "--severity", "critical", "--cause", "network",
        "--cause", "data", "--theirs", "赵敏", "--on", "11-11",
    )  # fmt: skip
    assert answer.out == "Added incident 1: Outage (Acme)\n"
    kamtui("incident", "note", 1, "service back", "--on", "11-11", "--at", "11:40")
    assert kamtui("incident", "note", 1, "reviewed").out == "Timeline of incident 1, 2 lines: Outage\n"
    assert kamtui("incident", "note", 1, "--remove", 9).err == "Incident 1 has no line 9.\n"
    assert kamtui("incident", "note", 1, "--remove", 2).code == 0
    assert kamtui("incident", "list", "--open").lines[0][2:6] == ["critical", "Outage", "2026-11-11", "network, data"]
    kamtui("incident", "resolve", 1, "second line", "--merit", "there first", "--prevention", "drill")
    card = kamtui("incident", "show", 1, "--json").json
    assert (card["merit"], [line["text"] for line in card["timeline"]]) == ("there first", ["service back"])
    assert kamtui("incident", "show", 1).lines[-1] == ["2026-11-11 11:40", "service back (1)"]
    assert kamtui("incident", "reopen", 1).code == 0
    assert kamtui("incident", "edit", 1, "--merit", "", "--cause", "operator", "--json").json["causes"] == ["operator"]
    assert kamtui("incident", "delete", 1).out == "Deleted incident 1: Outage (undo brings it back)\n"


def test_the_four_channels_are_told(kamtui):
    assert [line[:4] for line in kamtui("channel", "list", "Acme").lines] == [
        ["kam", "", "", "not told"],
        ["technical", "", "", "not told"],
        ["management", "", "", "not told"],
        ["complaint", "", "", "not told"],
    ]
    answer = kamtui("channel", "set", "Acme", "complaint", "--contact", "400 820 1234", "--colleague", "Gao Lin")
    assert answer.out == "Channel complaints of Acme: 400 820 1234, not told\n"
    answer = kamtui("channel", "tell", "Acme", "complaint", "--to", "赵敏", "--on", "11-20")
    assert answer.out == "Channel complaints of Acme: 400 820 1234, told on 2026-11-20\n"
    assert kamtui("channel", "list", "Acme", "--json").json[3]["told_to"] == "赵敏"
    assert kamtui("channel", "set", "Acme", "kam").code == 2
    assert kamtui("channel", "set", "Acme", "complaint", "--told", "").out.endswith("not told\n")
    assert kamtui("channel", "delete", "Acme", "complaint").code == 0
    assert kamtui("channel", "delete", "Acme", "complaint").code == 1


def test_a_contract_says_what_was_committed_and_how_far_it_is(kamtui):
    answer = kamtui(
        "contract", "add", "Sets 2026", "--account", "Acme", "--signed", "2026-01-05", "--from", "2026-01-01",
        "--to", "2026-12-31", "--quantity", "600,000", "--unit", "sets",
    )  # fmt: skip
    assert (answer.code, answer.out) == (0, "Added contract 1: Sets 2026 (Acme)\n")
    kamtui("transaction", "add", "100", "--account", "Acme", "--quantity", "500000", "--on", "2026-06-01")
    assert kamtui("contract", "list", "--today", "2026-12-31").lines == [
        ["1", "Acme", "Sets 2026", "2026-01-05", "2026-01-01", "2026-12-31", "600000 sets", "83%", ""]
    ]
    assert kamtui("contract", "edit", 1, "--amount", "5").code == 2
    assert kamtui("contract", "edit", 1, "--amount", "60万", "--quantity", "", "--unit", "").code == 0
    card = kamtui("contract", "show", 1, "--json").json
    assert (card["amount"], card["attained"]["actual"]) == ({"minor": 60_000_000, "currency": "CNY"}, 10_000)
    assert kamtui("contract", "delete", 1).code == 0
    kamtui("undo")
    assert kamtui("contract", "show", "Sets").code == 0


def test_the_terms_of_a_contract_answer_the_needs_on_the_worksheet(kamtui):
    kamtui("contract", "add", "Frame", "--account", "Acme")
    kamtui("need", "add", "60 days to pay", "--account", "Acme", "--category", "payment", "--kind", "explicit")
    assert kamtui("contract", "term", "add", "Frame", "payment", "--offered", "30 days").code == 0
    assert kamtui("contract", "term", "add", "Frame", "payment").code == 1
    answer = kamtui("contract", "term", "edit", "Frame", "payment", "--agreed", "45 days")
    assert answer.out == "Changed term 1 of contract 1: payment\n"
    assert kamtui("contract", "worksheet", "Acme").lines[-1] == ["payment", "60 days to pay", "30 days", "45 days"]
    rows = kamtui("contract", "worksheet", "Acme", "--json").json
    assert (rows[-1]["term"], rows[-1]["needs"][0]["wanted"], rows[-1]["terms"][0]["agreed"]) == (
        "payment",
        "60 days to pay",
        "45 days",
    )
    assert kamtui("contract", "show", "Frame").lines[-1] == ["payment (1)", "offered: 30 days · agreed: 45 days"]
    assert kamtui("contract", "term", "delete", "Frame", "payment").code == 0
    assert kamtui("contract", "term", "delete", "Frame", "payment").err == "Frame has no term payment.\n"


def test_a_review_is_planned_held_and_says_when_the_next_one_is(kamtui):
    answer = kamtui("review", "add", "executive", "--account", "Acme", "--on", "+2w", "--with", "赵敏")
    assert answer.out == "Added review 1: executive, Acme, 2026-12-07 (planned)\n"
    answer = kamtui("review", "hold", 1, "--commitments", "a date", "--next", "2027-03-01")
    assert answer.out == "Held review 1: executive, Acme, 2026-11-23\n"
    assert kamtui("review", "list", "--kind", "executive").lines == [
        ["1", "Acme", "executive", "2026-11-23", "held", "赵敏", "Gao Lin", "2027-03-01"]
    ]
    assert kamtui("review", "edit", 1, "--with", "", "--asks", "a place", "--json").json["people"] == []
    assert kamtui("review", "show", 1).code == 0
    assert kamtui("review", "delete", 1).out == "Deleted review 1: executive 2026-11-23 (undo brings it back)\n"


def test_what_they_decide_by_stands_with_our_rating_and_a_rivals(kamtui):
    kamtui("criterion", "add", "night service", "--account", "Acme", "--weight", 5, "--ours", 4, "--rival", "Dongfang")
    answer = kamtui("criterion", "edit", "night", "--rival-rating", 1)
    assert answer.out == "Changed criterion 1: night service\n"
    assert kamtui("criterion", "list", "Acme").lines == [["1", "night service", "5", "4", "Dongfang", "1", ""]]
    assert kamtui("criterion", "add", "x", "--account", "Acme", "--weight", 6).code == 2
    assert kamtui("criterion", "delete", 1).code == 0


def test_the_duties_of_a_stage_are_judged_and_the_stage_is_changed(kamtui):
    assert kamtui("account", "stage", "Acme").lines[4] == [
        "[x]", "building", "one_kam", "One account manager is named", "the data", "",
    ]  # fmt: skip
    answer = kamtui("account", "stage", "Acme", "--met", "scorecard", "--unmet", "one_kam", "--note", "see mail")
    assert answer.lines == [["Acme: [x] The scorecard is done"], ["Acme: [ ] One account manager is named"]]
    answer = kamtui("account", "stage", "Acme", "--to", "stable", "--reason", "second contract")
    assert answer.out == "Stage of Acme: building > stable\n"
    assert answer.err.startswith("6 duties of the stage before were unmet: We know their industry")
    shown = kamtui("account", "stage", "Acme", "--all", "--json").json
    assert (shown["stage"], len(shown["duties"]), shown["decisions"][0]["reason"]) == ("stable", 17, "second contract")
    assert kamtui("account", "stage", "Acme", "--clear", "scorecard").out == "Acme: [ ] The scorecard is done\n"
    assert kamtui("account", "stage", "Acme", "--to", "stable").code == 1
    assert kamtui("account", "stage", "Acme", "--met", "coffee").code == 2
    assert kamtui("account", "stage", "Acme", "--note", "x").code == 2


def test_the_timeline_is_everything_newest_first(kamtui):
    kamtui("touch", "add", "walked the machine room", "--account", "Acme", "--on", "11-20")
    kamtui("issue", "add", "Nobody answers", "--account", "Acme")
    assert kamtui("account", "timeline", "Acme").lines == [
        ["2026-11-23", "", "issue", "received", "Nobody answers", "", "", ""],
        ["2026-11-20", "", "touch", "meeting", "walked the machine room", "", "", ""],
    ]
    assert len(kamtui("account", "timeline", "Acme", "--kind", "touch", "--json").json) == 1
    assert kamtui("account", "timeline", "Acme", "--until", "11-21").lines[0][2] == "touch"
    assert kamtui("account", "timeline", "Acme", "--limit", 1).err == "There is more; --limit shows it.\n"


def test_a_template_of_ones_own_is_made_and_applied(kamtui):
    answer = kamtui(
        "obligation", "template", "add", "Banks", "--item", "Stock report; theirs; weekly", "--item", "Drill; 6m"
    )
    assert answer.out == "Added template 1: Banks, 2 obligations\n"
    assert kamtui("obligation", "template", "Acme", "--template", "Banks").out == "Added 2 obligations: 1, 2\n"
    again = kamtui("obligation", "template", "apply", "Acme", "--template", "Banks")
    assert (again.out, again.err) == ("Added 0 obligations: -\n", "There already: Stock report, Drill.\n")
    assert [line[1] for line in kamtui("obligation", "template", "list").lines] == ["support checklist", "Banks"]
    assert kamtui("obligation", "template", "show", "Banks").lines[1:] == [
        ["1", "Stock report; theirs; 1w"],
        ["2", "Drill; 6m"],
    ]
    assert kamtui("obligation", "template", "edit", "Banks", "--item", "Drill; 1y", "--name", "All").code == 0
    assert kamtui("obligation", "template", "--item", 1, "Acme").out == "Added 1 obligations: 3\n"
    assert kamtui("obligation", "template", "Acme", "--template", "All", "--item", 1).code == 2
    assert kamtui("obligation", "template", "delete", "All").code == 0
    assert kamtui("obligation", "template", "add", "x", "--item", "y; sometimes").code == 2


def test_the_map_as_a_grid_covered_confirmed_and_compared(kamtui):
    kamtui("person", "edit", "赵敏", "--stance", "opponent", "--influence", "political", "--department", "IT")
    assert kamtui("person", "grid", "Acme").lines == [["##.", "--", "1", "赵敏", "", "", "none"]]
    kamtui("touch", "add", "met", "--account", "Acme", "--with", "赵敏")
    answer = kamtui("person", "coverage", "Acme")
    assert (answer.lines, answer.err) == (
        [["IT", "unknown", "1/1", "1", "0"]],
        "Coverage unknown: 0 of 0 who take part were touched in cadence.\n",
    )
    assert kamtui("person", "confirm", "赵敏").out == "Person 1: 赵敏, confirmed on 2026-11-23\n"
    kamtui("person", "edit", "赵敏", "--stance", "neutral", "--today", "2026-11-30")
    kamtui("person", "add", "马超", "--account", "Acme", "--today", "2026-11-30")
    changed = kamtui("person", "compare", "Acme", "--from", "2026-11-23", "--today", "2026-12-01")
    assert changed.lines == [
        ["turned", "1", "赵敏", "stance", "opponent", "neutral"],
        ["joined", "2", "马超", "", "", ""],
    ]
    assert kamtui("person", "turns", "赵敏").lines[-1] == ["2026-11-30", "stance", "opponent", "neutral"]
    past = kamtui("person", "list", "--account", "Acme", "--as-of", "2026-11-25", "--today", "2026-12-01", "--json")
    assert [(row["name"], row["stance"]) for row in past.json] == [("赵敏", "opponent")]
    assert kamtui("person", "list", "--as-of", "2026-11-25").code == 2


def test_the_probes_of_a_need_follow_its_signal_and_category(kamtui):
    kamtui("need", "add", "Will this ever work?", "--account", "Acme", "--signal", "doubt", "--category", "after_sales")
    asked = [line[1] for line in kamtui("need", "show", 1).lines if line[0] == "still to ask"]
    assert asked[0] == "How long may it stand still, by day and by night?"
    assert "What makes you doubt it?" in asked
    assert asked[-1] == "What would solving it be worth?"


def test_search_finds_what_trouble_is_called(kamtui):
    kamtui("issue", "add", "发票总是迟到", "--account", "Acme")
    kamtui("incident", "add", "Outage", "--account", "Acme")
    kamtui("incident", "note", 1, "the generator failed")
    kamtui("contract", "add", "框架合同", "--account", "Acme")
    assert kamtui("search", "发票").lines[0][:2] == ["complaint", "1"]
    assert kamtui("search", "generator").lines[0][:2] == ["incident", "1"]
    assert kamtui("search", "框架").lines[0][:2] == ["contract", "1"]


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "add", "a\x00b", "--account", "Acme"),
        ("incident", "add", " ", "--account", "Acme"),
        ("contract", "add", "x", "--account", "Acme", "--quantity", "many"),
        ("review", "add", "tea", "--account", "Acme"),
        ("channel", "tell", "Acme", "smoke"),
        ("account", "timeline", "Acme", "--kind", "dream"),
    ],
)
def test_what_cannot_be_is_wrong_usage(kamtui, words):
    assert kamtui(*words).code == 2


def test_a_department_is_noted_with_its_part_in_decisions_and_found_within_its_account(kamtui):
    answer = kamtui("department", "add", "采购部", "--account", "Acme", "--participation", "decides")
    assert (answer.code, answer.out) == (0, "Added department 1: 采购部, decides\n")
    assert kamtui("department", "add", "采购部", "--account", "Acme").err == (
        "There is a department 采购部 already, number 1.\n"
    )
    kamtui("account", "add", "Bolt")
    kamtui("person", "add", "Wu Tao", "--account", "Bolt", "--department", "采购部")
    answer = kamtui("department", "edit", "采购部", "--participation", "evaluates")
    assert answer.code == 1
    assert answer.err == "“采购部” may be more than one department: 1 采购部, Acme; 2 采购部, Bolt. Use the number.\n"
    answer = kamtui("department", "edit", "采购部", "--account", "Bolt", "--participation", "evaluates")
    assert answer.out == "Changed department 2: 采购部, evaluates\n"
    assert kamtui("department", "edit", 2).code == 2
    assert kamtui("department", "edit", 2, "--participation", "perhaps").code == 2
    assert kamtui("department", "list", "Bolt").lines == [["2", "采购部", "evaluates", "1", "0"]]
    assert kamtui("department", "list", "Acme", "--json").json[0]["participation"] == "decides"
    assert kamtui("department", "delete", 2).out == "Deleted department 2: 采购部 (undo brings it back)\n"
    assert kamtui("person", "show", "Wu Tao", "--json").json["department"] is None
    kamtui("undo")
    assert kamtui("person", "show", "Wu Tao", "--json").json["department"] == "采购部"


def test_a_product_line_is_noted_with_who_decides_about_it(kamtui):
    answer = kamtui("product-line", "add", "mainframes", "--account", "Acme", "--mode", "central")
    assert (answer.code, answer.out) == (0, "Added product line 1: mainframes, purchasing central\n")
    kamtui("contract", "add", "paper frame", "--account", "Acme", "--line", "paper")
    assert kamtui("product-line", "list", "Acme").lines == [["1", "mainframes", "central"], ["2", "paper", "?"]]
    answer = kamtui("product-line", "edit", "paper", "--mode", "dispersed", "--json")
    assert (answer.json["name"], answer.json["account"], answer.json["purchasing_mode"]) == (
        "paper",
        "Acme",
        "dispersed",
    )
    assert kamtui("product-line", "edit", 2, "--unknown").out == "Changed product line 2: paper, purchasing unknown\n"
    assert kamtui("product-line", "edit", 2, "--name", "mainframes").err == (
        "There is a product line mainframes already, number 1.\n"
    )
    assert kamtui("product-line", "edit", 2).code == 2
    assert kamtui("product-line", "delete", "paper").code == 0
    assert kamtui("contract", "show", 1, "--json").json["product_line"] is None
    kamtui("undo")
    assert kamtui("contract", "show", 1, "--json").json["product_line"] == "paper"


def test_the_part_that_departments_take_makes_their_neglect_speak(kamtui):
    kamtui("touch", "add", "--account", "Acme", "--with", "赵敏", "--on", "2026-01-10", "called", "--kind", "call")

    def said():
        found = kamtui("signal", "explain", "Acme", "neglect", "--json").json
        return [row["aspect"] for row in found["found"]]

    assert "neglect.departments" not in said()
    kamtui("department", "add", "采购部", "--account", "Acme", "--participation", "decides", "--today", "2026-01-10")
    assert "neglect.departments" in said()


def test_facts_are_noted_listed_mended_and_deleted(kamtui):
    answer = kamtui(
        "fact", "add", "they test machines of Kern", "--account", "Acme", "--topic", "rival", "--source", "赵敏"
    )
    assert (answer.code, answer.out) == (0, "Added fact 1: they test machines of Kern\n")
    kamtui("fact", "add", "210 branches", "--account", "Acme", "--as-of", "-3d")
    assert kamtui("fact", "list", "Acme").lines == [
        ["1", "rival", "they test machines of Kern", "2026-11-23", "赵敏"],
        ["2", "profile", "210 branches", "2026-11-20", ""],
    ]
    assert kamtui("fact", "edit", "210 b", "--text", "212 branches").out == "Changed fact 2: 212 branches\n"
    record = kamtui("fact", "edit", 1, "--topic", "other", "--source", "", "--as-of", "-1d", "--json").json
    assert (record["topic"], record["source"], record["as_of"]) == ("other", None, "2026-11-22")
    assert kamtui("fact", "delete", 1).out == "Deleted fact 1: they test machines of Kern (undo brings it back)\n"
    assert [line["id"] for line in kamtui("fact", "list", "Acme", "--json").json] == [2]
    kamtui("undo")
    assert len(kamtui("fact", "list", "Acme").lines) == 2


def test_a_fact_says_something_and_does_not_lie_ahead(kamtui):
    assert kamtui("fact", "add", " ", "--account", "Acme").err == "text: it must not be blank.\n"
    answer = kamtui("fact", "add", "x", "--account", "Acme", "--as-of", "2026-12-01")
    assert answer.err == "--as-of: 2026-12-01 is still to come. Nothing was saved.\n"
    assert kamtui("fact", "edit", 7).code == 1
    assert kamtui("fact", "list", "Acme").out == ""


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("contract", "add", "Frame", "--account", "Acme", "--from", "2027-12-31", "--to", "2027-01-01"), "--to"),
        (("contract", "add", "Frame", "--account", "Acme", "--signed", "2027-01-01"), "--signed"),
        (("incident", "add", "Outage", "--account", "Acme", "--on", "2027-01-01"), "--on"),
        (("give", "add", "2 %", "--account", "Acme", "--from", "2027-12-31", "--to", "2027-01-01"), "--to"),
        (("person", "leave", "赵敏", "--on", "2027-01-01"), "--on"),
    ],
)
def test_what_is_wrong_is_called_as_it_was_typed(kamtui, arguments, option):
    answer = kamtui(*arguments)
    assert answer.code == 2
    assert answer.err.startswith(f"{option}: 2027-")


def test_a_sentence_in_chinese_calls_it_so_too():
    refused = BadInput("ends_on：2027-01-01 早于 2027-12-31。", field="ends_on")
    assert refused.calling_it("--to") == "--to：2027-01-01 早于 2027-12-31。"
    assert refused.calling_it("") == "2027-01-01 早于 2027-12-31。"
