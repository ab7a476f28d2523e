"""Search by what records are, alone and with words."""

import pytest


@pytest.fixture
def book(kamtui):
    kamtui("account", "add", "Acme", "--tier", "T1")
    kamtui("account", "add", "Bolt", "--tier", "T2")
    kamtui("account", "add", "Cargo")
    kamtui("person", "add", "Dr. Weber", "--account", "Acme", "--role", "economic", "--stance", "opponent")
    kamtui("person", "add", "J. Okafor", "--account", "Bolt", "--role", "economic", "--stance", "supporter")
    kamtui("need", "add", "Why is it late?", "--account", "Acme", "--kind", "implicit")
    kamtui("need", "add", "20 machines", "--account", "Bolt", "--kind", "explicit")
    kamtui("task", "add", "late invoice", "--due", "2026-11-25", "--account", "Acme")
    kamtui("task", "add", "plan", "--due", "2026-12-25", "--account", "Acme")
    return kamtui


def found(answer):
    return {(hit["entity"], hit["title"]) for hit in answer.json}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stance:opponent", {("person", "Dr. Weber")}),
        ("role:economic", {("person", "Dr. Weber"), ("person", "J. Okafor")}),
        ("role:economic tier:T2", {("person", "J. Okafor")}),
        ("tier:T1,T2", {("account", "Acme"), ("account", "Bolt")}),
        ("tier:none", {("account", "Cargo")}),
        ("need:implicit", {("need", "Why is it late?")}),
        ("need:captured", {("need", "Why is it late?"), ("need", "20 machines")}),
        ("due:<7d", {("task", "late invoice")}),
        ("due:>7d", {("task", "plan")}),
        ("due:2026-12-25", {("task", "plan")}),
        ("due:<60d late", {("task", "late invoice")}),
        ("late need:implicit", {("need", "Why is it late?")}),
        ("stance:opponent need:implicit", {("person", "Dr. Weber"), ("need", "Why is it late?")}),
        ("stance:supporter need:implicit", set()),
        ("立场：opponent", {("person", "Dr. Weber")}),
        ("role:economic webe", {("person", "Dr. Weber")}),
        ("role:economic !!!", set()),
        ("tier:T1 late", {("need", "Why is it late?"), ("task", "late invoice")}),
        ("tier:T1 acm", {("account", "Acme")}),
        ("tier:T2 late", set()),
        ("tier:T1 !!!", set()),
    ],
)
def test_filters_narrow_what_is_found(book, text, expected):
    assert found(book("search", text, "--json")) == expected


def test_what_falls_due_comes_by_its_day_with_what_is_owed(book):
    book("obligation", "add", "outlook", "--account", "Bolt", "--due", "2026-11-20")
    book("task", "add", "of no account", "--due", "2026-11-24")
    hits = book("search", "due:<7d", "--json").json
    assert [hit["title"] for hit in hits] == ["outlook", "of no account", "late invoice"]
    assert [hit["title"] for hit in book("search", "due:overdue", "--json").json] == ["outlook"]
    assert [hit["title"] for hit in book("search", "due:<7d", "--account", "Bolt", "--json").json] == ["outlook"]


def test_what_a_filter_does_not_know_is_told_and_other_keys_are_text(book):
    answer = book("search", "stance:enemy")
    assert answer.code == 2
    assert "supporter" in answer.err
    assert book("search", "due:someday").code == 2
    assert book("search", "http://x.org", "--json").json == []
