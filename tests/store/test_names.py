"""Who is meant by the beginning of a name: for the app's `@`, and for writes beyond doubt."""

import pytest

from kamtui.domain.errors import Ambiguous
from kamtui.services.accounts import add_account, archive_account
from kamtui.services.people import add_person, leave
from kamtui.store.reads.names import Way, match_names, name_meant


@pytest.fixture
def book(store):
    with store.writing() as work:
        bank = add_account(work, "华东银行", aliases=["HDB"]).id
        freight = add_account(work, "Baltic Freight").id
        ids = {"bank": bank, "freight": freight}
        for name, account in (("张伟", bank), ("王伟", bank), ("单雄信", bank), ("Wang Lan", freight), ("Émile Zola", freight),
                              ("Anna Schmidt", freight)):  # fmt: skip
            ids[name] = add_person(work, account, name, title="CFO").person.id
    return ids


@pytest.fixture
def named(store, book):
    def call(text, **options):
        with store.reading() as connection:
            return [match.name for match in match_names(connection, text, **options)]

    return call


@pytest.fixture
def meant(store, book):
    def call(text, **options):
        with store.reading() as connection:
            found = name_meant(connection, text, **options)
            return found and found.name

    return call


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张伟", ["张伟"]),
        ("伟", ["张伟", "王伟"]),
        ("zw", ["张伟"]),
        ("zhangw", ["张伟"]),
        ("zhang wei", ["张伟"]),
        ("sxx", ["单雄信"]),
        ("wang", ["Wang Lan", "王伟"]),
        ("lan", ["Wang Lan"]),
        ("w", ["Wang Lan"]),
        ("emile", ["Émile Zola"]),
        ("ÉMILE", ["Émile Zola"]),
        ("balt", ["Baltic Freight"]),
        ("hdyh", ["华东银行"]),
        ("hdb", ["华东银行"]),
        ("华东", ["华东银行"]),
        ("shmidt", ["Anna Schmidt"]),
        ("CFO", []),
        ("nobody", []),
        ("", []),
        ("%", []),
        ("_", []),
        ('"', []),
        ("\x00", []),
        ("\ud800", []),
        ("(" * 5000, []),
        ("名" * 10_000, []),
    ],
)
def test_names_are_found_by_name_start_pinyin_initials_alias_and_likeness(named, text, names):
    assert named(text) == names


def test_a_match_says_who_it_is_and_how_it_was_found(store, book):
    with store.reading() as connection:
        (match,) = match_names(connection, "zw")
    assert (match.entity, match.id, match.account_id, match.account, match.title, match.way) == (
        "person", book["张伟"], book["bank"], "华东银行", "CFO", Way.READING,
    )  # fmt: skip


def test_the_people_of_the_account_come_first(named, book):
    assert named("wang", account_id=book["bank"]) == ["王伟", "Wang Lan"]
    assert named("w", account_id=book["bank"]) == ["王伟", "Wang Lan"]
    assert named("wang", limit=1) == ["Wang Lan"]


def test_who_left_and_what_is_archived_is_left_out(store, named, book):
    with store.writing() as work:
        leave(work, book["张伟"])
        archive_account(work, book["freight"], reason="moved away")
    assert [named(text) for text in ("zw", "张伟", "balt", "wang", "shmidt")] == [[], [], [], ["王伟"], []]


def test_a_write_takes_an_exact_name_or_the_only_start_reading_or_initials(meant, book):
    assert [meant(text) for text in ("zw", "张", "Anna", "hdb", "wang lan", "nobody", "shmidt", "")] == [
        "张伟", "张伟", "Anna Schmidt", "华东银行", "Wang Lan", None, None, None,
    ]  # fmt: skip
    assert meant("wang", account_id=book["bank"]) == "王伟"


def test_a_write_never_guesses_between_two(store, meant, book):
    with pytest.raises(Ambiguous, match="王伟, 华东银行") as refusal:
        meant("wang")
    assert {row_id for row_id, _label in refusal.value.matches} == {book["Wang Lan"], book["王伟"]}
    with store.writing() as work:
        twin = add_person(work, book["freight"], "张伟").person.id
    with pytest.raises(Ambiguous):
        meant("zw")
    with pytest.raises(Ambiguous):
        meant("张伟")
    assert meant("张伟", account_id=book["freight"]) == "张伟"
    assert twin


def test_the_one_who_is_named_so_stands_before_those_whose_name_begins_so(store, meant, book):
    with store.writing() as work:
        add_person(work, book["bank"], "张伟民")
    assert (meant("张伟"), meant("zw")) == ("张伟", "张伟")
