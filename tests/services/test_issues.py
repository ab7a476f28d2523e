"""Complaints: an answer, or a reason; what is put off or denied is not over."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import IssueStatus
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.services import issues
from kamtui.services.accounts import add_account, archive_account
from kamtui.services.colleagues import add_colleague, delete_colleague
from kamtui.services.people import add_person, delete_person
from kamtui.store import history
from kamtui.store.reads.issues import get_issue, list_issues

TODAY = date(2026, 11, 23)
EARLIER = TODAY - timedelta(days=10)
DISAPPOINTING = "你们的服务怎么这样? 太让人失望了"


@pytest.fixture
def acme(store):
    with store.writing() as work:
        account = add_account(work, "Acme").id
        there = add_account(work, "Other").id
        zhao = add_person(work, account, "赵敏").person.id
        return SimpleNamespace(
            id=account, zhao=zhao, stranger=add_person(work, there, "Stranger").person.id, other=there
        )


@pytest.fixture
def do(store, acme):
    """Runs a verb in a unit of work of its own."""

    def run(verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(issues, verb)(work, *arguments, **fields)

    return run


def listed(store, **how):
    with store.reading() as connection:
        return list_issues(connection, TODAY, **how)


def test_a_complaint_keeps_their_words_and_waits_for_an_answer(do, acme):
    row = do("add_issue", acme.id, DISAPPOINTING, raised_by_id=acme.zhao, received_on=EARLIER)
    assert (row.words, row.who, row.owner, row.status) == (DISAPPOINTING, "赵敏", "Gao Lin", IssueStatus.OPEN)
    assert (row.first_response_on, row.days_open, row.is_open) == (None, 10, True)


def test_a_first_answer_is_given_once(do, acme):
    issue = do("add_issue", acme.id, "Nobody answers", received_on=EARLIER).id
    row = do("respond_to_issue", issue, "called her", on=EARLIER + timedelta(days=1))
    assert (row.first_response_on, row.first_response) == (date(2026, 11, 14), "called her")
    with pytest.raises(Refused, match="answered on 2026-11-14 already"):
        do("respond_to_issue", issue)


@pytest.mark.parametrize("verb", ["defer_issue", "deny_issue"])
def test_putting_off_and_denying_want_a_reason(do, acme, verb):
    issue = do("add_issue", acme.id, "Nobody answers").id
    for reason in ("", " \n"):
        with pytest.raises(Refused, match="for a reason"):
            do(verb, issue, reason)
    assert do(verb, issue, "not our line").reason == "not our line"


def test_what_is_put_off_or_denied_is_not_over_and_ages(do, acme, store):
    issue = do("add_issue", acme.id, "Nobody answers", received_on=EARLIER).id
    row = do("defer_issue", issue, "no spare part", until=TODAY + timedelta(days=7), on=TODAY - timedelta(days=4))
    assert (row.status, row.is_open, row.days_open, row.days_in_status) == (IssueStatus.DEFERRED, True, 10, 4)
    assert row.deferred_until == date(2026, 11, 30)
    row = do("deny_issue", issue, "their own line")
    assert (row.status, row.deferred_until, row.days_in_status) == (IssueStatus.DENIED, None, 0)
    assert [row.id for row in listed(store)] == [issue]
    with pytest.raises(Refused, match="is denied since 2026-11-23"):
        do("deny_issue", issue, "again")


def test_what_is_resolved_was_answered_and_leaves_the_list(do, acme, store):
    issue = do("add_issue", acme.id, "Nobody answers", received_on=EARLIER).id
    row = do("resolve_issue", issue, "night hotline", on=TODAY - timedelta(days=2))
    assert (row.status, row.first_response_on, row.days_open) == (IssueStatus.RESOLVED, date(2026, 11, 21), 8)
    assert listed(store) == []
    assert [row.id for row in listed(store, open_only=False)] == [issue]
    row = do("reopen_issue", issue)
    assert (row.status, row.resolution, row.first_response_on) == (
        IssueStatus.OPEN,
        "night hotline",
        date(2026, 11, 21),
    )


def test_what_waits_for_an_answer_comes_first_then_the_oldest(do, acme, store):
    answered = do("add_issue", acme.id, "old, answered", received_on=EARLIER).id
    do("respond_to_issue", answered)
    newer = do("add_issue", acme.id, "newer").id
    older = do("add_issue", acme.other, "older", received_on=EARLIER + timedelta(days=1)).id
    assert [row.id for row in listed(store)] == [older, newer, answered]
    assert [row.id for row in listed(store, account_id=acme.id)] == [newer, answered]
    with store.writing() as work:
        archive_account(work, acme.other, "gone")
    assert [row.id for row in listed(store)] == [newer, answered]


def test_days_that_cannot_be_are_refused(do, acme):
    with pytest.raises(BadInput, match="still to come"):
        do("add_issue", acme.id, "x", received_on=TODAY + timedelta(days=1))
    issue = do("add_issue", acme.id, "x", received_on=TODAY - timedelta(days=1)).id
    for verb, arguments in (("respond_to_issue", ()), ("deny_issue", ("no",)), ("resolve_issue", ("yes",))):
        with pytest.raises(BadInput, match="before the complaint came"):
            do(verb, issue, *arguments, on=EARLIER)
    with pytest.raises(BadInput, match="not after"):
        do("defer_issue", issue, "later", until=TODAY)
    with pytest.raises(BadInput, match="must not be blank"):
        do("resolve_issue", issue, " ")
    with pytest.raises(BadInput, match="must not be blank"):
        do("add_issue", acme.id, "　")
    with pytest.raises(Refused, match="not of Acme"):
        do("add_issue", acme.id, "x", raised_by_id=acme.stranger)


def test_an_edit_mends_the_day_and_the_answer(do, acme):
    issue = do("add_issue", acme.id, "x").id
    row = do("edit_issue", issue, received_on=EARLIER, first_response_on=TODAY, owner_id=None, words="y")
    assert (row.received_on, row.status_since, row.first_response_on, row.owner, row.words) == (
        EARLIER,
        EARLIER,
        TODAY,
        None,
        "y",
    )
    with pytest.raises(BadInput, match="before the complaint came"):
        do("edit_issue", issue, first_response_on=EARLIER - timedelta(days=1))
    with pytest.raises(BadInput, match="no field status"):
        do("edit_issue", issue, status="resolved")


def test_a_complaint_that_was_taken_up_again_keeps_the_day_of_it(do, acme):
    issue = do("add_issue", acme.id, "x", received_on=EARLIER).id
    do("deny_issue", issue, "no", on=EARLIER)
    do("reopen_issue", issue, on=TODAY - timedelta(days=2))
    assert do("edit_issue", issue, received_on=EARLIER - timedelta(days=1)).status_since == TODAY - timedelta(days=2)


def test_the_store_holds_the_rules_for_any_writer(store, do, acme):
    issue = do("add_issue", acme.id, "x").id
    for statement in (
        "UPDATE issue SET status = 'denied'",
        "UPDATE issue SET status = 'deferred', reason = ' '",
        "UPDATE issue SET first_response_on = '2026-11-22'",
        "UPDATE issue SET deferred_until = '2026-12-01'",
        "UPDATE issue SET words = ' '",
        "UPDATE issue SET status = 'gone'",
    ):
        with pytest.raises(Refused, match="not allowed"), store.writing() as work:
            work.execute(statement)
    with store.reading() as connection:
        assert get_issue(connection, issue, TODAY).status is IssueStatus.OPEN


def test_who_complained_may_be_deleted_and_who_looks_after_it_may_not(store, do, acme):
    with store.writing() as work:
        liu = add_colleague(work, "Liu Yan").id
    issue = do("add_issue", acme.id, "x", raised_by_id=acme.zhao, owner_id=liu).id
    with pytest.raises(Refused, match="Liu Yan still has 1 complaint"), store.writing() as work:
        delete_colleague(work, liu)
    with store.writing() as work:
        delete_person(work, acme.zhao)
    with store.reading() as connection:
        assert get_issue(connection, issue, TODAY).who is None
    history.undo(store)
    with store.reading() as connection:
        assert get_issue(connection, issue, TODAY).who == "赵敏"


def test_a_deleted_complaint_comes_back(store, do, acme):
    issue = do("add_issue", acme.id, "x").id
    assert do("delete_issue", issue) == "x"
    with store.reading() as connection, pytest.raises(NotFound):
        get_issue(connection, issue, TODAY)
    history.undo(store)
    assert [row.id for row in listed(store)] == [issue]


def test_a_complaint_belongs_to_the_kam_of_its_account(store, do, acme):
    with replace(store).writing() as work:
        liu = add_colleague(work, "Liu Yan").id
        account = add_account(work, "Kestrel", kam_id=liu).id
    assert do("add_issue", account, "x").owner == "Liu Yan"
