"""Any text, through services and the command line: it comes back as the policy says, or is refused with a sentence."""

import json

import pytest

from kamtui.domain.errors import BadInput
from kamtui.domain.text import clean, clean_name
from kamtui.services.accounts import add_account, edit_account
from kamtui.store.reads.search import search

ANY = [
    "[/]", "[/bold]", "[@click=app.quit]x[/]", "[link='file:///etc/passwd']hi[/link]", "Acme [EMEA]", "x\\", "\x1b[2J",
    "\x1b]52;c;aGVsbG8=\x07", "\x1b]0;title\x07", "\x9b31m", "a\x00b", "\ud800", "\u202egnp.exe", "x" * 10_000, "     ",
    "名" * 100, "=1+1", "@SUM(A1)", "'; DROP TABLE account; --", "\u2028", "\x85", "\x7f", "-", "--json", "",
]  # fmt: skip


def allowed(read, text, **how):
    """What the policy makes of a text, or None where it refuses it."""
    try:
        return read(text, **how)[0]
    except BadInput:
        return None


def kept_or_refused(write, text, field):
    """What came back from a service; None for what it refused with a sentence that names the field."""
    try:
        return write(text)
    except BadInput as refusal:
        said = refusal
    assert (said.field, said.message[-1]) == (field, ".")
    return None


def through_services(work, text):
    """The name and the note that come back; None for what was refused."""

    def as_name(text):
        account = add_account(work, text)
        work.execute("DELETE FROM account WHERE id = ?", (account.id,))
        return account.name

    def as_note(text):
        (carrier,) = work.execute("SELECT id FROM account WHERE name = 'carrier'").fetchone()
        note = edit_account(work, carrier, note=text).note
        edit_account(work, carrier, note=None)
        return note

    search(work.connection, text)
    return kept_or_refused(as_name, text, "name"), kept_or_refused(as_note, text, "note")


def check(store, texts):
    with store.writing() as work:
        work.insert("account", {"name": "carrier", "stage": "building"})
        for text in texts:
            name, note = through_services(work, text)
            assert name == allowed(clean_name, text, field="name")
            expected = allowed(clean, text, field="note")
            assert note == (None if expected is None or not text.strip() else expected)


@pytest.mark.parametrize("text", ANY)
def test_any_text_comes_back_as_the_policy_says_or_is_refused(store, text):
    check(store, [text])


def test_every_naughty_string_comes_back_as_the_policy_says_or_is_refused(store, shared):
    check(store, json.loads((shared / "blns" / "blns.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("text", ANY)
def test_any_text_through_the_command_line(kamtui, text):
    answer = kamtui("account", "add", "--json", "--", text)
    expected = allowed(clean_name, text, field="name")
    if expected is None:
        assert (answer.code, answer.json["error"]["field"]) == (2, "name")
        assert kamtui("account", "list").out == ""
        return
    assert answer.json["name"] == expected
    assert kamtui("account", "show", 1, "--json").json["name"] == expected
    shows = [kamtui("account", "list"), kamtui("account", "show", 1), kamtui("log")]
    if text != "-":  # that would read stdin
        shows.append(kamtui("search", "--", text))
    for shown in shows:
        assert shown.code == 0
        assert len(shown.out.splitlines()) < 40
        assert not set(shown.out) & set("\x1b\x07\x9b\x85\u202e\u2028\x7f")


def test_every_naughty_string_through_the_command_line(kamtui, shared):
    texts = json.loads((shared / "blns" / "blns.json").read_text(encoding="utf-8"))
    kept = []
    for text in [text for text in texts[::4] if text != "-"]:  # that would read stdin
        answer = kamtui("account", "add", "--json", "--note=" + text, "--", text)
        expected = allowed(clean_name, text, field="name")
        if expected is None or expected.casefold() in {name.casefold() for name in kept}:
            assert answer.code in {1, 2}, text
            assert answer.err.count("\n") == 1
            continue
        kept.append(expected)
        assert answer.code == 0, (text, answer.err)
        assert answer.json["name"] == expected
    assert sorted(row["name"] for row in kamtui("account", "list", "--json").json) == sorted(kept)
