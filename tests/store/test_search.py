"""Search in everything, Chinese and English, and no text that breaks it."""

import json

import pytest

from kamtui.services.accounts import add_account, edit_account
from kamtui.services.departments import department_named
from kamtui.services.people import add_person, edit_person
from kamtui.store.reads.integrity import stale_search
from kamtui.store.reads.search import Hit, search

HOSTILE = [
    '"', "'", "NEAR(", "a AND", "NOT x", "*", "^", "a:b", "-x", "c++", '12" monitor', "O'Brien", "(" * 5000, "a\x00b",
    "\x00", "OR", "AND AND", "{title} : x", "title:x", "a*b*", "^a", "+", "a + b", "NEAR(a b, 2)", '"""', "\\", "%", "_",
    "--", ";", "", "   ", "\ud800", "名" * 10_000, "x " * 10_000, "🎉", "́", "‮", "a" * 100_000, "ﷺ", "０", "ǅ",
]  # fmt: skip


@pytest.fixture
def book(store):
    with store.writing() as work:
        bank = add_account(work, "华东银行", aliases=["HDB"], note="他们的采购流程很慢").id
        freight = add_account(work, "Baltic Freight", note="A 12\" monitor, ask O'Brien about c++ and the price").id
        zhang = add_person(work, bank, "张伟", department="采购部", title="部长").person.id
        add_person(work, bank, "单雄信", note="约好下周见面")
        add_person(work, freight, "Émile Zola", note="bank reference, price list")
    return {"bank": bank, "freight": freight, "zhang": zhang}


@pytest.fixture
def find(store):
    def call(text, **options):
        with store.reading() as connection:
            return [(hit.entity, hit.title) for hit in search(connection, text, **options)]

    return call


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("采购", [("account", "华东银行 HDB"), ("person", "张伟")]),
        ("张伟", [("person", "张伟")]),
        ("约", [("person", "单雄信")]),
        ("zw", [("person", "张伟")]),
        ("zhangwei", [("person", "张伟")]),
        ("zhang wei", [("person", "张伟")]),
        ("zhangw", [("person", "张伟")]),
        ("hdyh", [("account", "华东银行 HDB")]),
        ("shanxiongxin", [("person", "单雄信")]),
        ("sxx", [("person", "单雄信")]),
        ("baltic", [("account", "Baltic Freight")]),
        ("BALT", [("account", "Baltic Freight")]),
        ("emile", [("person", "Émile Zola")]),
        ('12" monitor', [("account", "Baltic Freight")]),
        ("O'Brien", [("account", "Baltic Freight")]),
        ("c++", [("account", "Baltic Freight")]),
        ("采购部 zhang", [("person", "张伟")]),
        ("nothing like it", []),
    ],
)
def test_words_are_found(book, find, text, found):
    assert sorted(find(text)) == sorted(found)


def test_names_come_before_texts_and_the_newest_first(book, find, store):
    assert find("price")[0] == ("person", "Émile Zola")
    with store.writing() as work:
        add_account(work, "Price Brothers")
    assert find("price") == [("account", "Price Brothers"), ("person", "Émile Zola"), ("account", "Baltic Freight")]


def test_a_hit_says_whose_it_is_and_where_the_words_stand(book, store):
    with store.writing() as work:
        edit_account(work, book["freight"], note="word " * 60 + "needle " + "word " * 60)
    with store.reading() as connection:
        (hit,) = search(connection, "needle")
    assert isinstance(hit, Hit)
    assert (hit.account_id, hit.account, hit.id) == (book["freight"], "Baltic Freight", book["freight"])
    assert "needle" in hit.excerpt
    assert len(hit.excerpt) <= 82


def test_only_in_one_account(book, find):
    assert find("bank", account_id=book["freight"]) == [("person", "Émile Zola")]
    assert find("bank", account_id=book["bank"]) == []


def test_no_more_than_was_asked_for(book, find):
    assert len(find("price", limit=1)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_an_operator_or_an_error(book, find, text):
    find(text)
    find(text, account_id=book["bank"])


def test_none_of_the_naughty_strings_is_an_error(book, store, shared):
    with store.reading() as connection:
        for text in json.loads((shared / "blns" / "blns.json").read_text(encoding="utf-8")):
            search(connection, text)
            search(connection, text, account_id=book["bank"])


def test_search_rows_follow_every_change(book, find, store):
    with store.writing() as work:
        edit_person(work, book["zhang"], name="王五", contacts=[], roles=[])
    assert find("张伟") == []
    assert find("ww") == [("person", "王五")]
    with store.writing() as work:
        department = department_named(work, book["bank"], "采购部")
        work.execute("UPDATE department SET name = '设备部' WHERE id = ?", (department,))
    assert find("设备部") == [("person", "王五")]
    with store.writing() as work:
        work.execute("DELETE FROM department")
    assert find("设备部") == []
    with store.reading() as connection:
        assert stale_search(connection) == []
