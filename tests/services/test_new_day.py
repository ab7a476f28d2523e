"""The work of a new day in a process of its own."""

from dataclasses import replace
from datetime import timedelta

from kamtui.domain.enums import Tier
from kamtui.services.accounts import add_account, sort_account
from kamtui.services.new_day import begin
from kamtui.store.reads.at_risk import is_due


def test_a_day_is_turned_beside_who_works_and_brings_nothing_then(store):
    before = replace(store, today=store.today - timedelta(days=40))
    with before.writing() as work:
        sort_account(work, add_account(work, "Acme").id, Tier.T1)
    with store.reading() as connection:
        assert is_due(connection, store.today)
    assert begin(store).wait() == 0
    with store.reading() as connection:
        assert not is_due(connection, store.today)


def test_what_cannot_be_done_is_told_by_the_exit_code_alone(store, tmp_path, capfd):
    gone = replace(store, path=tmp_path / "gone" / "kamtui.db")
    assert begin(gone).wait() == 1
    assert not gone.path.parent.exists()
    assert capfd.readouterr() == ("", "")
