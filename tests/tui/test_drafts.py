"""What was typed for a question or in the editor and was refused is offered again, at the same record."""

from contextlib import nullcontext

import pytest
from textual.widgets import Input

from kamtui.services import issues, needs, people, tasks
from kamtui.services.accounts import add_account
from kamtui.store.reads.needs import need_row
from kamtui.store.reads.tasks import get_task

_KEPT = "Kept as a draft; the same key offers it again."


@pytest.fixture
def acme(store):
    with store.writing() as work:
        return add_account(work, "Acme").id


@pytest.fixture
def at_acme(store, acme, open_app):
    return lambda: open_app(store, place="work", account=acme)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that does what the shell script says with the file $1, and keeps what it was given in `given`."""
    monkeypatch.setattr("kamtui.tui.app.Kamtui.suspend", lambda _app: nullcontext())

    def use(script):
        path = tmp_path / "editor.sh"
        path.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/given\n{script}\n')
        path.chmod(0o700)
        monkeypatch.setenv("EDITOR", str(path))

    use.given = lambda: (tmp_path / "given").read_text()
    return use


async def go_to(seat, entity, row_id):
    await seat.app.go("work", key=(entity, row_id))
    await seat.settle()
    assert seat.app.rows.key == (entity, row_id)


async def test_a_reason_that_was_refused_is_offered_again_at_the_same_need_and_at_no_other(store, acme, at_acme):
    with store.writing() as work:
        ids = [needs.add_need(work, acme, f"We wait too long, {number}").id for number in range(2)]
    async with at_acme() as seat:
        await go_to(seat, "need", ids[0])
        await seat.press("D", "2", *"bought elsewhere")
        with store.writing() as work:
            needs.close_need(work, ids[0], "declined", "no budget")
        await seat.press("enter")
        assert any("declined already" in toast for toast in seat.toasts)
        assert seat.toasts[-1] == _KEPT
        with store.writing() as work:
            needs.reopen_need(work, ids[0])
        seat.app.watch_data()
        await go_to(seat, "need", ids[1])
        await seat.press("D", "2")
        assert seat.app.screen.query_one(Input).value == ""
        await seat.press("escape")
        await go_to(seat, "need", ids[0])
        await seat.press("D", "2")
        assert seat.app.screen.query_one(Input).value == "bought elsewhere"
        await seat.press("enter")
        with store.reading() as connection:
            assert need_row(connection, ids[0]).state == "lost"
        assert not seat.app.drafts


async def test_what_was_typed_before_one_left_a_later_question_is_offered_again(store, acme, at_acme):
    with store.writing() as work:
        issue = issues.add_issue(work, acme, "late again").id
    async with at_acme() as seat:
        await go_to(seat, "issue", issue)
        await seat.press("D", "1", *"after the audit", "enter", "escape")
        assert seat.toasts[-1] == _KEPT
        await seat.press("D", "1")
        assert seat.app.screen.query_one(Input).value == "after the audit"


async def test_an_outline_that_was_refused_is_in_the_editor_again(store, acme, at_acme, editor):
    with store.writing() as work:
        people.add_person(work, acme, "Ann")
    editor('printf "Bea\\n  Carl | nonsense\\n" >> "$1"')
    async with at_acme() as seat:
        await seat.press("1", "E")
        assert seat.toasts[-1] == _KEPT
        editor('sed -i "s/ | nonsense//" "$1"')
        await seat.press("E")
        assert "Carl | nonsense" in editor.given()
        assert "2 new" in seat.text
        await seat.press("y")
        assert "Carl" in seat.text
        await seat.press("E")
        assert "nonsense" not in editor.given()


async def test_a_note_that_was_refused_is_in_the_editor_again_until_it_is_saved(store, acme, at_acme, editor):
    with store.writing() as work:
        task = tasks.add_task(work, "send table", account_id=acme).id
    editor('head -c 100001 /dev/zero | tr "\\\\0" "x" > "$1"')
    async with at_acme() as seat:
        await go_to(seat, "task", task)
        await seat.press("E")
        assert seat.toasts[-1] == _KEPT
        editor('echo "short" > "$1"')
        await seat.press("E")
        assert editor.given() == "x" * 100_001
        with store.reading() as connection:
            assert get_task(connection, task, store.today).note == "short"
        await seat.press("E")
        assert editor.given() == "short"


async def test_what_an_editor_wrote_that_failed_is_offered_again(store, acme, at_acme, editor):
    with store.writing() as work:
        task = tasks.add_task(work, "send table", account_id=acme).id
    async with at_acme() as seat:
        await go_to(seat, "task", task)
        for script, kept in (('echo "typed" > "$1"; exit 1', "typed"), ('printf "\\265x" > "$1"', "\\xb5x")):
            editor(script)
            await seat.press("E")
            assert any("Nothing was saved" in toast for toast in seat.toasts)
            editor("exit 0")
            await seat.press("E")
            assert editor.given() == kept
        editor(': > "$1"')
        await seat.press("E")
        assert not seat.app.drafts
