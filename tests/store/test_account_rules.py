"""What the store holds of accounts and promises for any writer: the statements here go around the services."""

import pytest

from kamtui.store.sqlite.driver import IntegrityError
from kamtui.store.tables import Account, Concession, ReturnCommitment


@pytest.fixture
def work(store):
    with store.writing("around the services") as work:
        yield work


@pytest.mark.parametrize("tier", ["T1", "T2", "T3"])
def test_a_key_tier_has_a_kam(work, tier):
    account = work.add(Account, name="Acme")
    with pytest.raises(IntegrityError, match="CHECK"):
        work.execute("UPDATE account SET tier = ? WHERE id = ?", (tier, account.id))
    work.execute("UPDATE account SET tier = ?, kam_id = ? WHERE id = ?", (tier, work.me, account.id))
    with pytest.raises(IntegrityError, match="CHECK"):
        work.execute("UPDATE account SET kam_id = NULL WHERE id = ?", (account.id,))


def test_the_kam_of_an_account_cannot_be_deleted(work):
    work.add(Account, name="Acme", tier="T1", kam_id=work.me)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        work.execute("DELETE FROM colleague WHERE id = ?", (work.me,))


def test_one_person_alone_is_at_the_keyboard(work):
    with pytest.raises(IntegrityError, match="UNIQUE"):
        work.insert("colleague", {"name": "Liu Yan 刘燕", "is_me": 1})


@pytest.mark.parametrize("reason", [None, "", " ", "\u3000"])
def test_a_return_is_not_waived_without_a_reason(work, reason):
    account = work.add(Account, name="Acme")
    concession = work.add(Concession, account_id=account.id, what="4 %", given_on=work.today)
    promised = work.add(ReturnCommitment, concession_id=concession.id, measure="60 shops")
    with pytest.raises(IntegrityError, match="CHECK"):
        work.execute("UPDATE return_commitment SET status = 'waived', reason = ? WHERE id = ?", (reason, promised.id))


def test_accounts_form_no_loop(work):
    top = work.add(Account, name="Huadong Bank")
    below = work.add(Account, name="华东证券", parent_id=top.id)
    with pytest.raises(IntegrityError, match="loop"):
        work.execute("UPDATE account SET parent_id = ? WHERE id = ?", (below.id, top.id))


@pytest.mark.parametrize(
    "change",
    [
        "tier = 'T4'",
        "stage = 'gone'",
        "potential = 5",
        "channel_role = 'friend'",
        "name = '   '",
        "name = 'a' || char(0)",
    ],
)
def test_a_field_holds_only_what_it_may(work, change):
    work.add(Account, name="Acme")
    with pytest.raises(IntegrityError):
        work.execute(f"UPDATE account SET {change}")


def test_nothing_is_written_outside_a_unit_of_work(store):
    from kamtui.store.writer import writer

    with (
        writer(store.path, "a test") as connection,
        pytest.raises(IntegrityError, match="writing needs a unit of work"),
    ):
        connection.execute("UPDATE colleague SET skills = 'x'")
