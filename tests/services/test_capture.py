"""A captured line becomes a record, and nothing that was typed is lost."""

from datetime import date

import pytest

from kamtui.domain.capture import CaptureKind, parse_capture
from kamtui.domain.errors import Ambiguous, BadInput
from kamtui.services.accounts import add_account
from kamtui.services.capture import capture
from kamtui.services.capture_reading import understand
from kamtui.services.people import add_person
from kamtui.store import history
from kamtui.store.reads.names import match_names
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.touches import list_touches


@pytest.fixture
def book(store):
    with store.writing() as work:
        bank = add_account(work, "华东银行").id
        branch = add_account(work, "华东银行上海分行", parent_id=bank).id
        freight = add_account(work, "Baltic Freight").id
        ids = {"bank": bank, "branch": branch, "freight": freight}
        for name, account in (("张伟", bank), ("赵敏", bank), ("Wang Lan", freight), ("Wang Wei", freight)):
            ids[name] = add_person(work, account, name).person.id
    return ids


@pytest.fixture
def keep(store, book):
    def call(line, kind=None, **options):
        with store.writing() as work:
            return capture(work, parse_capture(line, store.today, kind=kind), **options)

    return call


def test_a_task_is_of_the_account_that_the_line_names(keep, book):
    row = keep("send freight table @balt fri !A").row
    assert (row.what, row.account, row.due.isoformat(), row.priority, row.our_owner) == (
        "send freight table", "Baltic Freight", "2026-11-27", "A", "Gao Lin",
    )  # fmt: skip


def test_a_task_for_a_person_names_them_and_is_of_their_account(keep, book):
    row = keep("打电话给@zw 下周三").row
    assert (row.what, row.person, row.account, row.due.isoformat()) == (
        "打电话给张伟",
        "张伟",
        "华东银行",
        "2026-12-02",
    )


def test_what_happened_is_a_touch_of_today_with_its_people(keep, book):
    row = keep("met @zw and @zhaomin about the contract").row
    assert (row.status, row.kind, row.on, row.account, row.people, row.summary) == (
        "held", "meeting", row.on, "华东银行", ("张伟", "赵敏"), "met 张伟 and 赵敏 about the contract",
    )  # fmt: skip


def test_a_meeting_with_a_day_and_a_time_is_planned(keep, book):
    row = keep("quarterly review @balt fri 9:30").row
    assert (row.status, row.on.isoformat(), row.at_time, row.purpose, row.account) == (
        "planned", "2026-11-27", "09:30", "quarterly review", "Baltic Freight",
    )  # fmt: skip


def test_a_quoted_sentence_is_a_need_of_who_said_it(keep, book):
    row = keep('@zhaomin "We lost 2 days waiting for your engineer" !A').row
    assert (row.verbatim, row.kind, row.signal, row.who, row.account, row.importance) == (
        "We lost 2 days waiting for your engineer", "implicit", "complaint", "赵敏", "华东银行", 5,
    )  # fmt: skip
    row = keep('@balt "We need 20 machines for the new plant" by 12-01').row
    assert (row.kind, row.quantity, row.need_by.isoformat(), row.source) == ("explicit", 20, "2026-12-01", "unknown")


def test_what_stands_beside_their_words_is_kept_as_a_note_with_them(store, keep, book):
    saved = keep('at lunch with @zhaomin: "为什么总是晚到?" 明天')
    assert (saved.row.verbatim, saved.row.who, saved.row.need_by) == ("为什么总是晚到?", "赵敏", date(2026, 11, 24))
    said = 'at lunch with 赵敏: "为什么总是晚到?"'
    assert saved.understood.note == f"Kept as a note beside their words: {said}"
    with store.reading() as connection:
        (note,) = list_touches(connection, book["bank"])
    assert (note.kind, note.people, note.summary, note.on) == ("note", ("赵敏",), said, store.today)
    history.undo(store)
    with store.reading() as connection:
        assert not list_touches(connection, book["bank"])
        assert not list_needs(connection, book["bank"])


def test_who_said_it_to_whom_needs_no_note(store, keep, book):
    assert keep('给@zhaomin "为什么总是晚到?" 明天').row.verbatim == "为什么总是晚到?"
    with store.reading() as connection:
        assert not list_touches(connection, book["bank"])


@pytest.mark.parametrize(
    ("line", "words", "who"),
    [
        ("We want a weekly stock report by mail @zhaomin", "We want a weekly stock report by mail", "赵敏"),
        ("@zhaomin we want a visit every month", "we want a visit every month", "赵敏"),
        ("我们希望每月来访 @zhaomin", "我们希望每月来访", "赵敏"),
        # Without the name the sentence would break off, or say something else.
        ("We want the report sent to @zhaomin", "We want the report sent to 赵敏", "赵敏"),
        ("We want a weekly report by mail @nobody", "We want a weekly report by mail @nobody", "unknown"),
    ],
)
def test_a_need_keeps_the_words_of_the_customer_and_who_is_named_beside_them_said_it(keep, book, line, words, who):
    row = keep(line, CaptureKind.NEED, account_id=book["bank"]).row
    assert (row.verbatim, row.who or row.source) == (words, who)


def test_a_name_is_no_word_of_a_complaint(keep, book):
    row = keep("what is this @nobody", CaptureKind.NEED, account_id=book["bank"]).row
    assert (row.verbatim, row.kind, row.signal) == ("what is this @nobody", "implicit", None)


def test_what_is_written_at_an_account_is_of_it_unless_the_line_says_another(keep, book):
    assert keep("send table", account_id=book["bank"]).row.account == "华东银行"
    assert keep("send table @balt", account_id=book["bank"]).row.account == "Baltic Freight"
    assert keep("met @zw", account_id=book["branch"]).row.account == "华东银行上海分行"
    assert keep("met @zw", account_id=book["freight"]).row.account == "华东银行"


def test_an_account_in_the_line_tells_which_person_is_meant(store, keep, book):
    with store.writing() as work:
        add_person(work, book["bank"], "王兰")
    assert keep("met @wanglan @hdyh").row.people == ("王兰",)


def test_a_name_that_nobody_has_stays_text(keep, book):
    saved = keep("send table @nobody @balt fri")
    assert (saved.row.what, saved.row.account) == ("send table @nobody", "Baltic Freight")
    assert [mention.text for mention in saved.understood.left] == ["nobody"]
    saved = keep('@nobody "we wait too long"', account_id=book["bank"])
    assert (saved.row.verbatim, saved.understood.beside) == ("we wait too long", '@nobody "we wait too long"')


def test_a_second_person_and_a_second_account_stay_in_the_sentence(keep, book):
    row = keep("send table @zw @zhaomin @balt").row
    assert (row.what, row.person, row.account) == ("send table 赵敏", "张伟", "Baltic Freight")
    assert keep("compare @balt @hdyh").row.what == "compare 华东银行"


@pytest.mark.parametrize(
    "line",
    [
        "called about the roadmap",
        '"We lost 2 days"',
        "meeting fri 10:30",
        "called @nobody",
        '@nobody "we wait too long"',
    ],
)
def test_without_an_account_a_touch_or_a_need_is_kept_as_a_task_with_the_whole_line(keep, line):
    saved = keep(line)
    assert (saved.kind, saved.row.what) == (CaptureKind.TASK, line)
    assert saved.understood.note.startswith("Kept as a task with the whole line")


def test_a_name_that_may_be_two_is_refused_unless_it_was_chosen(store, keep, book):
    with pytest.raises(Ambiguous):
        keep("call @wang fri")
    captured = parse_capture("call @wang fri", store.today)
    with store.reading() as connection:
        second = match_names(connection, "wang")[1]
    assert keep("call @wang fri", resolved={captured.mentions[0]: second}).row.person == second.name
    assert keep("call @wang fri", resolved={}).row.what == "call @wang"


def test_a_line_that_is_too_long_for_a_task_is_kept_whole_in_its_note(keep, book):
    line = "word " * 2000 + "@balt fri"
    row = keep(line).row
    assert (len(row.what), row.note) == (200, line)
    assert keep("called @balt " + "x" * 10_000).row.summary.endswith("x" * 10_000)


def test_a_blank_line_is_nothing(keep, book):
    with pytest.raises(BadInput):
        keep("  ")


def test_one_undo_takes_a_capture_back(store, keep, book):
    saved = keep("met @zw", None)
    history.undo(store)
    with store.reading() as connection:
        assert not connection.execute("SELECT 1 FROM interaction").fetchone()
    assert saved.id


def test_the_preview_says_what_the_record_will_hold(store, keep, book):
    captured = parse_capture("met @zw about price", store.today)
    with store.reading() as connection:
        resolved = {captured.mentions[0]: match_names(connection, "zw")[0]}
        seen = understand(connection, captured, resolved)
    saved = keep("met @zw about price")
    assert seen == saved.understood
    assert (seen.account, seen.people, seen.text) == ("华东银行", ("张伟",), "met 张伟 about price")
