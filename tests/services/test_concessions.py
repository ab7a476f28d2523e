"""The give/get ledger."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.concession import Promise, ReturnFlag, flag_of
from kamtui.domain.enums import ReturnStatus
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.money import Money
from kamtui.services import concessions
from kamtui.services.accounts import add_account
from kamtui.store import history
from kamtui.store.reads.concessions import get_concession, list_concessions, net_value

TODAY = date(2026, 11, 23)
PROMISED, MET, MISSED, WAIVED = ReturnStatus


def yuan(major: int) -> Money:
    return Money(major * 100, "CNY")


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return SimpleNamespace(id=add_account(work, "Acme").id, other=add_account(work, "华东银行").id)


@pytest.fixture
def do(store, acme):
    """Runs a verb in a unit of work of its own."""

    def run(verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(concessions, verb)(work, *arguments, **fields)

    return run


@pytest.fixture
def flag(store):
    """The flag that a concession has, today or on another day."""

    def read(concession_id, day=TODAY):
        with store.reading() as connection:
            return get_concession(connection, concession_id, day).flag

    return read


def test_a_concession_saved_alone_is_flagged_at_once(do, acme):
    given = do("add_concession", acme.id, "5 % off", value=yuan(30_000))
    assert (given.flag, given.returns, given.on) == ("no return", (), TODAY)


def test_the_flag_follows_what_comes_back(do, acme, flag):
    given = do("add_concession", acme.id, "五个点折扣").id
    promised = do("promise_return", given, "20 more printers", due=TODAY + timedelta(days=30)).id
    assert flag(given) == "not in writing"
    do("edit_return", promised, document_ref="letter of 03-11")
    assert flag(given) == ""
    assert flag(given, TODAY + timedelta(days=30)) == ""
    assert flag(given, TODAY + timedelta(days=31)) == "overdue"
    do("close_return", promised, MISSED)
    assert flag(given) == "no return"
    second = do("promise_return", given, "a reference visit", written=True).id
    assert flag(given) == ""
    done = do("close_return", second, MET, actual="held")
    assert (done.status, done.closed_on, done.actual, flag(given)) == (MET, TODAY, "held", "")


@pytest.mark.parametrize(
    ("returns", "waived", "expected"),
    [
        ([], False, ReturnFlag.NO_RETURN),
        ([], True, ReturnFlag.NONE),
        ([Promise(WAIVED, None, False)], False, ReturnFlag.NONE),
        ([Promise(MET, TODAY - timedelta(days=9), False)], False, ReturnFlag.NONE),
        ([Promise(MISSED, None, True), Promise(MISSED, None, True)], False, ReturnFlag.NO_RETURN),
        ([Promise(MISSED, None, True), Promise(MET, None, True)], False, ReturnFlag.NONE),
        ([Promise(PROMISED, TODAY, True)], False, ReturnFlag.NONE),
        ([Promise(PROMISED, TODAY - timedelta(days=1), False)], False, ReturnFlag.OVERDUE),
        ([Promise(MET, None, True), Promise(PROMISED, None, False)], False, ReturnFlag.NOT_IN_WRITING),
    ],
)
def test_the_worst_that_is_the_matter_is_the_flag(returns, waived, expected):
    assert flag_of(returns, TODAY, waived=waived) is expected


def test_waiving_needs_a_reason(do, acme, flag):
    given = do("add_concession", acme.id, "Free training").id
    for reason in ("", " \n"):
        with pytest.raises(Refused, match="needs a reason"):
            do("waive_return_of", given, reason)
    assert do("waive_return_of", given, "our fault").flag == ""
    promised = do("promise_return", given, "a visit")
    assert flag(given) == "not in writing"
    for reason in (None, "  "):
        with pytest.raises(Refused, match="needs a reason"):
            do("close_return", promised.id, WAIVED, reason=reason)
    assert do("close_return", promised.id, WAIVED, reason="they moved").reason == "they moved"
    assert flag(given) == ""


def test_the_store_holds_the_reason_for_any_writer(store, do, acme):
    given = do("add_concession", acme.id, "Free training").id
    do("promise_return", given, "a visit")
    for statement in (
        "UPDATE return_commitment SET status = 'waived'",
        "UPDATE return_commitment SET status = 'waived', reason = ' '",
        "UPDATE concession SET return_waived_because = ''",
    ):
        with pytest.raises(Refused, match="not allowed"), store.writing() as work:
            work.execute(statement)


def test_what_cannot_be_is_refused(do, acme):
    with pytest.raises(BadInput, match="less than nothing"):
        do("add_concession", acme.id, "x", value=yuan(-1))
    with pytest.raises(BadInput, match="still to come"):
        do("add_concession", acme.id, "x", on=TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="valid_to"):
        do("add_concession", acme.id, "x", valid_from=TODAY, valid_to=TODAY - timedelta(days=1))
    with pytest.raises(BadInput, match="what"):
        do("add_concession", acme.id, "  ")
    given = do("add_concession", acme.id, "x", valid_from=TODAY)
    with pytest.raises(BadInput, match="valid_to"):
        do("edit_concession", given.id, valid_to=TODAY - timedelta(days=1))
    with pytest.raises(BadInput, match="no field status"):
        do("edit_return", do("promise_return", given.id, "y").id, status=MET)
    with pytest.raises(BadInput, match="met, missed or waived"):
        do("close_return", 1, PROMISED)
    with pytest.raises(NotFound):
        do("promise_return", 99, "y")


def test_an_edit_sets_what_it_names_and_empties_with_none(do, acme):
    given = do("add_concession", acme.id, "x", value=yuan(5), approved_by="何平")
    row = do("edit_concession", given.id, what="y", value=None, valid_to=TODAY)
    assert (row.what, row.value, row.valid_to, row.approved_by) == ("y", None, TODAY, "何平")


def test_deleting_takes_the_returns_along_and_undo_brings_them_back(do, acme, store):
    given = do("add_concession", acme.id, "x").id
    do("promise_return", given, "y")
    do("delete_concession", given)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM return_commitment").fetchone() == (0,)
    history.undo(store)
    with store.reading() as connection:
        assert [part.measure for part in get_concession(connection, given, TODAY).returns] == ["y"]
    do("delete_return", 1)
    with store.reading() as connection:
        assert get_concession(connection, given, TODAY).flag == "no return"


def test_the_list_is_two_queries_and_shows_each_with_its_own_returns(do, acme, store):
    for number in range(10):
        given = do("add_concession", acme.id if number % 2 else acme.other, f"give {number}").id
        do("promise_return", given, f"return {number}", written=True)
    asked = []
    with store.reading() as connection:
        connection.set_trace_callback(asked.append)
        rows = list_concessions(connection, today=TODAY)
        connection.set_trace_callback(None)
        mine = list_concessions(connection, acme.id, today=TODAY)
    assert len([statement for statement in asked if statement.lstrip().startswith("SELECT")]) == 2
    assert [row.what for row in rows] == [f"give {number}" for number in reversed(range(10))]
    assert all(row.returns[0].measure == row.what.replace("give", "return") for row in rows)
    assert {row.account for row in mine} == {"Acme"}


def net(store, account_id, today=TODAY):
    with store.reading() as connection:
        return net_value(connection, account_id, today)


def test_what_was_given_and_got_back_in_twelve_months(do, acme, store):
    first = do("add_concession", acme.id, "a", value=yuan(300), on=TODAY - timedelta(days=300)).id
    do("add_concession", acme.id, "b", value=yuan(100))
    do("add_concession", acme.id, "too long ago", value=yuan(1), on=date(2025, 11, 23))
    do("add_concession", acme.other, "of another", value=yuan(1))
    done = do("promise_return", first, "c", value=yuan(150)).id
    do("promise_return", first, "still to come", value=yuan(1))
    do("close_return", done, MET)
    found = net(store, acme.id)
    assert (found.given, found.got, found.net) == (yuan(400), yuan(150), yuan(-250))
    assert (found.concessions, found.returns, found.unvalued) == (2, 1, 0)
    assert net(store, acme.id, TODAY + timedelta(days=100)).given == yuan(100)


def test_nothing_given_is_zero_and_what_has_no_value_is_unknown(do, acme, store):
    nothing = net(store, acme.id)
    assert (nothing.given, nothing.got, nothing.net) == (yuan(0), yuan(0), yuan(0))
    do("add_concession", acme.id, "a", value=Money(500, "EUR"))
    euros = net(store, acme.id)
    assert (euros.given, euros.got, euros.net) == (Money(500, "EUR"), Money(0, "EUR"), Money(-500, "EUR"))
    do("add_concession", acme.id, "b")
    unknown = net(store, acme.id)
    assert (unknown.given, unknown.net, unknown.unvalued) == (None, None, 1)


def test_amounts_of_several_currencies_are_unknown_and_never_added(do, acme, store):
    given = do("add_concession", acme.id, "a", value=yuan(100)).id
    promised = do("promise_return", given, "b", value=Money(100, "EUR")).id
    do("close_return", promised, MET)
    found = net(store, acme.id)
    assert (found.given, found.got, found.net) == (yuan(100), Money(100, "EUR"), None)
    do("add_concession", acme.id, "c", value=Money(100, "USD"))
    assert net(store, acme.id).given is None


def test_a_concession_of_29_february_counts_for_a_year(store, acme):
    workspace = replace(store, today=date(2028, 2, 29))
    with workspace.writing() as work:
        concessions.add_concession(work, acme.id, "leap", value=yuan(7))
    assert net(store, acme.id, date(2029, 2, 27)).given == yuan(7)
    assert net(store, acme.id, date(2029, 3, 1)).given == yuan(0)
