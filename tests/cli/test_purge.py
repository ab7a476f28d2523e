"""Purge: nothing of it is left, besides in the backups that are named."""

import sqlite3
from contextlib import closing

import pytest

from kamtui.domain.enums import BuyingRole, ChannelKind, ContactKind, EdgeKind, NeedCategory, NeedKind, ReviewKind
from kamtui.domain.errors import Refused
from kamtui.services.accounts import add_account, add_fact, edit_account
from kamtui.services.channels import tell_channel
from kamtui.services.contracts import add_contract, add_term
from kamtui.services.incidents import add_incident, note_incident
from kamtui.services.issues import add_issue, delete_issue
from kamtui.services.people import add_edge, add_person, edit_person, leave
from kamtui.services.purge import PURGED, purge_account, purge_person
from kamtui.services.reviews import add_review
from kamtui.services.stages import judge_duty
from kamtui.store import history
from kamtui.store.reads.search import search

NAME = "Zanzibar Cement 水泥"


def leftovers(store, *texts):
    """Which files of the folder still hold one of the texts."""
    found = []
    for path in sorted(store.path.parent.rglob("*")):
        if path.is_file() and any(text.encode() in path.read_bytes() for text in texts):
            found.append(path)
    return found


def ask(store, query, *values):
    with store.reading() as connection:
        return connection.execute(query, values).fetchall()


@pytest.fixture
def zanzibar(store):
    """An account with people, a fact, an alias, a reference of another system; and one beside it that stays."""
    with store.writing() as work:
        stays = add_account(work, "Baltic Freight", note="b0").id
    with store.writing() as work:
        account = add_account(work, NAME, aliases=["Zanzibar Zement"], tags=["zanzibar-tag"]).id
        work.execute(
            "INSERT INTO external_ref (source, entity, key, row_id) VALUES ('crm', 'account', 'ZANZ-17', ?)", (account,)
        )
    with store.writing() as work:
        boss = add_person(
            work, account, "Zora Zanzibari", contacts=[(ContactKind.MAIL, "zora@zanzibar.example")]
        ).person.id
        clerk = add_person(work, account, "赞小明", manager_id=boss, roles=[BuyingRole.USER]).person.id
        add_edge(work, boss, clerk, EdgeKind.INFLUENCE)
    with store.writing() as work:
        edit_account(work, account, note="zanzibar note, first")
    with store.writing() as work:
        edit_account(work, account, note=None)
        edit_account(work, stays, note="b1")
        add_fact(work, stays, "other", "stays here")
    return account


def test_the_bytes_of_a_purged_account_are_in_no_file(store, zanzibar):
    assert leftovers(store, "Zanzibar Cement") == [store.path]
    report = purge_account(store, zanzibar, NAME)
    traces = ("Zanzibar", "zanzibar", "水泥", "赞小明", "zanxiaoming", "Zora", "ZANZ-17")
    assert leftovers(store, *traces) == []
    assert (report.held_open, report.backups, report.mentions) == (False, (), {})
    assert [row[0] for row in ask(store, "SELECT name FROM account")] == ["Baltic Freight"]
    assert ask(store, "PRAGMA integrity_check") == [("ok",)]
    assert ask(store, "PRAGMA foreign_key_check") == []


def test_the_name_must_be_typed_exactly(store, zanzibar):
    before = ask(store, "SELECT count(*) FROM change")
    with pytest.raises(Refused, match="Nothing was purged"):
        purge_account(store, zanzibar, "zanzibar")
    assert ask(store, "SELECT count(*) FROM change") == before


def test_a_purge_cannot_be_undone_and_nothing_before_it_is_redone(store, zanzibar):
    history.undo(store)
    purge_account(store, zanzibar, NAME)
    with pytest.raises(Refused):
        history.redo(store)
    kinds = {row[0] for row in ask(store, "SELECT kind FROM point WHERE label = ?", PURGED)}
    assert "purged" in kinds
    # What is left to undo is the other account alone.
    history.undo(store)
    assert ask(store, "SELECT count(*) FROM account") == [(0,)]
    with pytest.raises(Refused):
        history.undo(store)


def test_a_step_below_a_purged_one_is_not_undone_over_it(store, zanzibar):
    purge_account(store, zanzibar, NAME)
    # The step that set b1 also touched the purged account, so it stays; undoing what came before would lose b1.
    with pytest.raises(Refused, match="purged"):
        history.undo(store)
    assert ask(store, "SELECT note FROM account") == [("b1",)]


def test_a_backup_that_still_holds_it_is_named(kamtui, store, zanzibar):
    kamtui("backup", "now")
    answer = kamtui("account", "purge", NAME, "--name", NAME)
    (backup,) = leftovers(store, "Zanzibar Cement")
    assert answer.code == 0
    assert f"This backup still holds it: {backup}" in answer.err
    assert NAME not in answer.out


def test_without_the_name_typed_nothing_is_purged(kamtui, zanzibar):
    assert kamtui("account", "purge", NAME).code == 2
    assert kamtui("account", "purge", NAME, "--name", "x").code == 1
    assert kamtui("account", "show", NAME).code == 0


def test_a_purged_person_leaves_no_trace_but_the_work_of_others(store, zanzibar):
    with store.writing() as work:
        boss = work.execute("SELECT id FROM person WHERE name = 'Zora Zanzibari'").fetchone()[0]
        edit_person(work, boss, roles=[BuyingRole.ECONOMIC], note="plays golf")
    with store.writing() as work:
        leave(work, boss)
    purge_person(store, boss, "Zora Zanzibari")
    assert leftovers(store, "Zora", "zora@", "plays golf") == []
    assert ask(store, "SELECT name FROM person") == [("赞小明",)]
    assert ask(store, "SELECT count(*) FROM reporting_line") == [(0,)]
    assert ask(store, "SELECT what FROM task")[0][0].endswith("now that (purged) left?")
    with store.reading() as connection:
        assert search(connection, "zora") == []


def test_an_undo_after_a_purge_does_not_bring_back_a_pointer_to_nobody(store, zanzibar):
    from kamtui.services.tasks import add_task

    with store.writing() as work:
        boss = work.execute("SELECT id FROM person WHERE name = 'Zora Zanzibari'").fetchone()[0]
        task = add_task(work, "Call", account_id=zanzibar, person_id=boss).id
    with store.writing() as work:
        work.execute("UPDATE task SET note = 'n' WHERE id = ?", (task,))
    purge_person(store, boss, "Zora Zanzibari")
    history.undo(store)
    assert ask(store, "SELECT note, person_id FROM task") == [(None, None)]


def test_a_conversion_stays_with_a_person_without_a_name(store, zanzibar):
    from kamtui.services.needs import add_need, convert_need

    with store.writing() as work:
        boss = work.execute("SELECT id FROM person WHERE name = 'Zora Zanzibari'").fetchone()[0]
        need = add_need(work, zanzibar, "Why is your service like this?", kind=NeedKind.IMPLICIT, raised_by_id=boss).id
        convert_need(work, need, heard_from=boss, words="We want an answer in a day")
    purge_person(store, boss, "Zora Zanzibari")
    assert leftovers(store, "Zora", "zora@") == []
    (row,) = ask(store, "SELECT name, title, note, stance FROM person WHERE id = ?", boss)
    assert row == (PURGED, None, None, "unknown")
    assert ask(store, "SELECT kind, person_id FROM need_event WHERE kind = 'converted'") == [("converted", boss)]
    assert ask(store, "SELECT kind FROM need") == [("explicit",)]


def test_who_reads_meanwhile_is_told_of(store, zanzibar):
    with closing(sqlite3.connect(f"file:{store.path}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("PRAGMA busy_timeout = 1")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM account").fetchone()
        from kamtui.store.sqlite import connection as policy

        patience, policy.BUSY_MS = policy.BUSY_MS, 50
        try:
            report = purge_account(store, zanzibar, NAME)
        finally:
            policy.BUSY_MS = patience
        assert report.held_open
    with store.writing() as work:
        work.execute("UPDATE account SET note = 'x'")
    assert leftovers(store, "Zanzibar") == []


def test_a_person_who_was_merged_into_the_purged_one_is_gone_too(kamtui, store):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Other", "--note", "before the secret")
    for name, secret in (("Ann Keep", "A"), ("Zelda Secretname", "Z"), ("Yolanda Thirdname", "Y")):
        kamtui(
            "person", "add", name, "--account", "Acme", "--win", f"SECRETWIN{secret}", "--note", f"SECRETNOTE{secret}"
        )
    assert kamtui("person", "merge", "Zelda Secretname", "Yolanda Thirdname").code == 0
    assert kamtui("person", "merge", "Ann Keep", "Zelda Secretname").code == 0
    assert leftovers(store, "SECRETNOTEY") == [store.path]
    answer = kamtui("person", "purge", "Ann Keep", "--name", "Ann Keep")
    assert (answer.code, answer.err) == (0, "")
    assert leftovers(store, "SECRETNOTE", "SECRETWIN", "Zelda", "Yolanda", "Ann Keep") == []
    assert ask(store, "SELECT count(*) FROM account") == [(2,)]


def test_of_two_people_with_one_name_the_merged_one_goes_and_a_namesake_stays(kamtui, store):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Other")
    kamtui("person", "add", "Li Wei", "--account", "Acme", "--win", "WINKEPT")
    kamtui("person", "add", "Li Wei", "--account", "Other", "--win", "WINMERGED")
    kamtui("person", "merge", "1", "2")
    kamtui("person", "add", "Li Wei", "--account", "Other", "--win", "WINNAMESAKE")
    assert kamtui("person", "delete", "3").code == 0
    assert kamtui("person", "purge", "1", "--name", "Li Wei").code == 0
    assert leftovers(store, "WINKEPT", "WINMERGED") == []
    assert leftovers(store, "WINNAMESAKE") == [store.path]


def test_a_merge_that_was_undone_does_not_purge_the_other_one(kamtui, store):
    kamtui("account", "add", "Acme")
    for name in ("Ann Keep", "Zelda Other"):
        kamtui("person", "add", name, "--account", "Acme", "--note", f"note of {name}")
    kamtui("person", "merge", "Ann Keep", "Zelda Other")
    kamtui("undo")
    assert kamtui("person", "purge", "Ann Keep", "--name", "Ann Keep").code == 0
    assert ask(store, "SELECT name, note FROM person") == [("Zelda Other", "note of Zelda Other")]
    assert kamtui("undo").code == 0
    assert ask(store, "SELECT count(*) FROM person") == [(0,)]


def test_an_account_that_was_merged_into_the_purged_one_is_gone_with_its_people(kamtui, store):
    kamtui("account", "add", "Keeper")
    kamtui("account", "add", "Swallowed", "--note", "SWALLOWNOTE")
    kamtui("account", "add", "Bystander")
    kamtui("person", "add", "Pia Peasecret", "--account", "Bystander", "--note", "PIANOTE")
    kamtui("person", "add", "Quinn Keep", "--account", "Swallowed")
    kamtui("person", "merge", "Quinn Keep", "Pia Peasecret")
    kamtui("person", "delete", "Quinn Keep")
    assert kamtui("account", "merge", "Keeper", "Swallowed").code == 0
    assert kamtui("account", "purge", "Keeper", "--name", "Keeper").code == 0
    assert leftovers(store, "SWALLOWNOTE", "Swallowed", "PIANOTE", "Peasecret", "Quinn") == []
    assert ask(store, "SELECT name FROM account") == [("Bystander",)]


@pytest.mark.parametrize("text", ["Deadco", "1"])
def test_an_account_that_was_deleted_can_be_purged(kamtui, store, text):
    kamtui("account", "add", "Deadco", "--note", "DEADSECRET")
    kamtui("person", "add", "Dora Deadperson", "--account", "Deadco", "--note", "DORASECRET")
    kamtui("account", "delete", "Deadco")
    assert kamtui("account", "purge", text, "--name", "deadco").code == 1
    assert leftovers(store, "DEADSECRET") == [store.path]
    assert kamtui("account", "purge", text, "--name", "Deadco").code == 0
    assert leftovers(store, "DEADSECRET", "DORASECRET", "Deadco", "Dora") == []
    assert kamtui("undo").code == 1
    answer = kamtui("account", "purge", text, "--name", "Deadco")
    assert (answer.code, "There is no account" in answer.err) == (1, True)


def test_a_person_who_was_deleted_can_be_purged_with_the_tasks_that_name_them(kamtui, store):
    kamtui("account", "add", "Acme")
    kamtui("person", "add", "Dora Deadperson", "--account", "Acme", "--note", "DORASECRET", "--role", "user")
    kamtui("person", "leave", "Dora Deadperson")
    kamtui("person", "delete", "Dora Deadperson")
    assert kamtui("person", "purge", "Dora Deadperson", "--name", "Dora Deadperson").code == 0
    assert leftovers(store, "Dora", "DORASECRET") == []
    assert ask(store, "SELECT what FROM task") == [("Replace role: who is the user now that (purged) left?",)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_name_that_was_cut_off_in_a_task_is_gone(kamtui, store, language):
    name = "Very " + "Longname " * 20 + "Jr"
    kamtui("account", "add", "Acme")
    kamtui("person", "add", name, "--account", "Acme", "--role", "user")
    kamtui("--lang", language, "person", "leave", "1")
    ((what,),) = ask(store, "SELECT what FROM task")
    assert len(what) >= 199
    assert kamtui("person", "purge", "1", "--name", name).code == 0
    assert leftovers(store, "Longname") == []
    ((what,),) = ask(store, "SELECT what FROM task")
    assert (
        what
        == {
            "en": "Replace role: who is the user now that (purged) left?",
            "zh": "补位：(purged) 离开后，谁来担任 ?？",
        }[language]
    )


def test_former_names_and_aliases_go_from_labels_and_what_still_mentions_them_is_counted(kamtui, store):
    kamtui("account", "add", "Acme")
    kamtui("person", "add", "Maiden Oldname", "--account", "Acme")
    kamtui("person", "edit", "1", "--alias", "Nickywick")
    assert kamtui("person", "edit", "1", "--alias", "Other", "--name", "Married Newname").code == 0
    kamtui("person", "add", "Annex", "--account", "Acme", "--note", "sister of Maiden Oldname")
    kamtui("person", "edit", "Annex", "--note", "said to be Nickywick's sister; 王 knows Nickywick")
    with store.writing("Call about Nickywick and others") as work:
        work.execute("UPDATE account SET note = 'NickywickX is another'")
    report = purge_person(store, 1, "Married Newname")
    assert report.mentions == {"person": 1, "change": 1}
    labels = {label for (label,) in ask(store, "SELECT label FROM point")}
    assert not any(word in label for label in labels for word in ("Oldname", "Newname", "Nickywick"))
    assert any("Annex" in label for label in labels)
    assert history.undo(store)[0].label == PURGED
    assert ask(store, "SELECT note FROM account") == [(None,)]


def test_what_still_mentions_the_name_is_said(kamtui, store):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Other", "--note", "bought by Acme")
    kamtui("account", "edit", "Other", "--note", "Acme sold it")
    answer = kamtui("account", "purge", "Acme", "--name", "Acme")
    assert "2 lines still mention the name (account 1, the log 1)" in answer.err


def test_a_purged_person_is_gone_from_trouble_reviews_and_channels_which_stay(store):
    with store.writing() as work:
        account = add_account(work, "Acme").id
        zora = add_person(work, account, "Zora Zanzibari").person.id
        add_issue(work, account, "Nobody answers", raised_by_id=zora)
        add_incident(work, account, "Outage", their_responsible_id=zora)
        tell_channel(work, account, ChannelKind.COMPLAINT, told_to_id=zora)
        add_review(work, account, ReviewKind.QBR, people=[zora])
    with store.writing() as work:
        delete_issue(work, 1)
    purge_person(store, zora, "Zora Zanzibari")
    assert leftovers(store, "Zora") == []
    assert ask(store, "SELECT their_responsible_id FROM incident") == [(None,)]
    assert ask(store, "SELECT communicated_on, told_to_id FROM channel") == [("2026-11-23", None)]
    assert ask(store, "SELECT count(*) FROM review_person") == [(0,)]
    history.undo(store)
    assert ask(store, "SELECT words, raised_by_id FROM issue") == [("Nobody answers", None)]


def test_a_purged_account_takes_its_trouble_and_contracts_along(store):
    with store.writing() as work:
        account = add_account(work, NAME).id
        note_incident(work, add_incident(work, account, "ZANZOUTAGE").incident.id, "ZANZNOTE")
        add_issue(work, account, "ZANZWORDS")
        add_term(work, add_contract(work, account, "ZANZFRAME").contract.id, NeedCategory.FREIGHT, wanted="ZANZTERM")
        judge_duty(work, account, "solution", True, note="ZANZDUTY")
    purge_account(store, account, NAME)
    assert leftovers(store, "ZANZ", NAME) == []
