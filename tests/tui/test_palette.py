"""The palette: commands and records in one box; the help, and the numbered list of actions."""

import re

import pytest
from textual.events import Key

from kamtui.services.accounts import add_account
from kamtui.services.tasks import add_task
from kamtui.store.reads.search import by_number
from kamtui.tui.dialogs.found import doables, rank
from kamtui.tui.widgets.rows import Rows

SIZES = [(40, 12), (60, 20), (80, 24), (140, 40), (200, 60)]


def results(seat):
    """The rows of the dialog that is open: (head, title) of each."""
    lines = seat.app.screen.query_one(Rows).lines
    return [(line.record.head, line.record.title) for line in lines if line.key]


def headings(seat):
    return [line.text for line in seat.app.screen.query_one(Rows).lines if line.key is None]


def under_cursor(seat):
    return seat.app.screen.query_one(Rows).record


# Finding


@pytest.mark.parametrize("key", [":", "：", "ctrl+p"])
async def test_before_anything_is_typed_stand_the_last_accounts_and_what_can_be_done_here(open_app, demo, key):
    async with open_app(demo) as seat:
        await seat.press("W")
        name = seat.app.place.title_text()
        await seat.press("T", key)
        assert headings(seat) == ["RECENT", "COMMANDS"]
        assert results(seat)[0] == ("account", name)
        assert ("d", "done") in results(seat)
        await seat.press("escape")
        assert seat.app.screen is seat.app.place


@pytest.mark.parametrize(
    ("typed", "head", "title"),
    [
        ("zw", "person", "张伟"),
        ("zhangwei", "person", "张伟"),
        ("张伟", "person", "张伟"),
        ("baltic", "account", "Baltic Freight"),
        ("huadong bank", "account", "Huadong Bank 华东银行"),
        ("20 machines", "need", "We need 20 machines for the new plant"),
        ("freight terms", "touch", "Freight terms"),
        ("revised freight", "task", "send the revised freight table"),
        ("sell-out", "obligation", "sell-out figures by shop"),
    ],
)
async def test_a_record_is_found_by_a_few_letters(open_app, demo, typed, head, title):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type(typed)
        assert "RECORDS" in headings(seat)
        assert (head, title) in results(seat)


async def test_a_record_opens_at_its_place(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("zw")
        await seat.press("enter")
        assert seat.app.place.place == "work"
        assert seat.app.place.title_text() == "沪东重机"
        assert seat.record.person.name == "张伟"
        await seat.press(":")
        await seat.type("20 machines")
        await seat.press("enter")
        assert seat.app.rows.context == "needs"
        assert seat.record.verbatim == "We need 20 machines for the new plant"


async def test_enter_before_the_records_came_opens_the_first_of_them(open_app, demo, monkeypatch):
    monkeypatch.setattr("kamtui.tui.dialogs.palette._PAUSE", 5.0)
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("kestrel")
        assert results(seat) == []
        await seat.press("enter")
        assert seat.app.place.title_text() == "Kestrel Retail"


async def test_digits_alone_find_records_by_their_number(open_app, demo):
    with demo.reading() as connection:
        numbered = {(hit.entity, hit.id) for hit in by_number(connection, 3)}
        assert {("account", 3), ("person", 3), ("need", 3), ("task", 3)} <= numbered
        assert by_number(connection, 10**30) == []
    async with open_app(demo) as seat:
        await seat.press(":", "3")
        assert {line.key for line in seat.app.screen.query_one(Rows).lines if line.key} >= numbered
        await seat.type("9" * 30)
        assert "Nothing goes by that" in seat.text


async def test_a_task_without_an_account_opens_in_today(open_app, demo):
    with demo.writing() as work:
        near = add_task(work, "ring the printer", due=demo.today).id
        add_task(work, "far away errand")
    async with open_app(demo, place="portfolio") as seat:
        await seat.press(":")
        await seat.type("printer")
        await seat.press("enter")
        assert (seat.app.place.place, seat.app.rows.key) == ("today", ("task", near))
        await seat.press(":")
        await seat.type("errand")
        await seat.press("enter")
        assert "is not due yet, or is done: far away errand" in seat.toasts[-1]


@pytest.mark.parametrize(
    "typed", ['"', "NEAR(", "a AND", "c++", "[/]", "[bold]", "x\\", "(" * 200, "%", "'", "名" * 40]
)
async def test_whatever_is_typed_is_only_a_text(open_app, demo, typed):
    async with open_app(demo, size=(60, 20)) as seat:
        await seat.press(":")
        seat.app.screen.query_one("Input").value = typed
        await seat.settle()
        await seat.press("escape")
        assert seat.app.screen is seat.app.place


async def test_peoples_text_is_no_markup_in_the_palette(open_app, demo):
    with demo.writing() as work:
        add_account(work, "Zzyx [/bold] [@click=app.quit]x[/] \u202e")
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("zzyx")
        assert "Zzyx [/bold] [@click=app.quit]x[/] ‹U+202E›" in seat.text


async def test_letters_that_come_in_one_go_with_the_key_that_opens_it_are_typed(open_app, demo):
    async with open_app(demo) as seat:
        for letter in ":kestrel":
            seat.app.post_message(Key(letter, letter))
        await seat.settle()
        assert seat.app.screen.query_one("Input").value == "kestrel"
        await seat.press("escape")
        for letter in "?/undo":
            seat.app.post_message(Key(letter, letter))
        await seat.settle()
        assert "/ undo_" in seat.text


# Commands


async def test_a_command_is_performed(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("portf")
        assert under_cursor(seat).command.id == "go.portfolio"
        await seat.press("enter")
        assert seat.app.place.place == "portfolio"


async def test_what_cannot_be_done_now_says_why_and_stays(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("repeat")
        assert "There is nothing to repeat yet." in seat.text
        await seat.press("enter")
        assert seat.app.screen is not seat.app.place
        await seat.press(*["backspace"] * 6)
        await seat.type("convert")
        assert "only in Needs" in seat.text


async def test_a_command_is_found_by_a_slip_of_the_fingers_and_by_its_help(open_app, demo):
    async with open_app(demo) as seat:
        offered = doables(seat.app.registry, ("today", "everywhere"), {})

    def found(typed):
        strong, weak = rank(offered, typed)
        return [one.command.id for one in (*strong, *weak)]

    assert found("undo")[0] == "app.undo"
    assert found("UND")[0] == "app.undo"
    assert "app.undo" in found("undp")
    assert "brief.show" in found("minutes before")
    assert found("zzzz") == []
    # One letter is the start of a word, and like nothing else.
    assert {"queue.done", "app.undo"} & set(found("d")) == {"queue.done"}
    assert found("华东") == []


async def test_what_was_found_is_not_there_while_something_else_is_typed(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("zw")
        assert "RECORDS" in headings(seat)
        await seat.press("backspace", "backspace")
        assert headings(seat) == ["RECENT", "COMMANDS"]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_palette_fits_every_window(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press(":")
        await seat.type("huadong")
        assert re.search(r"> account +Huadong", seat.text)
        await seat.resize(60, 20)
        await seat.press("down", "down", "pagedown", "up")
        assert re.search(r"> [a-z]+ +\w", seat.text)


async def test_before_there_is_a_database_the_palette_has_commands(open_app, store):
    store.path.unlink()
    async with open_app(store) as seat:
        await seat.press("ctrl+p")
        await seat.type("zhang")
        assert headings(seat) == []
        assert "Nothing goes by that" in seat.text
        await seat.press("enter", "escape")
        assert seat.app.screen is seat.app.place
    assert not store.path.exists()


# Help


async def test_the_help_begins_with_the_pane_then_the_place_then_everywhere(open_app, demo):
    async with open_app(demo, size=(110, 40)) as seat:
        await seat.press("W", "2", "?")
        text = seat.app.screen.query_one("#keys").plain
        places = [text.index(f"{title}\n") for title in ("NEEDS", "ACCOUNT", "EVERYWHERE", "MARKS")]
        assert places == sorted(places)
        assert text.startswith("NEEDS\n")
        assert "++ mentor" in text
        await seat.press("escape")
        assert seat.app.rows.context == "needs"


async def test_the_help_says_what_cannot_be_done_and_why(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("f1")
        said = " ".join(seat.app.screen.query_one("#keys").plain.split())
        assert "(not now: There is nothing to repeat yet.)" in said


async def test_the_help_is_filtered(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("?", "/")
        await seat.type("undo")
        await seat.press("enter")
        assert "Take back the last step" in seat.text
        assert "A numbered list" not in seat.text
        await seat.press("escape")
        assert "A numbered list" in seat.text
        await seat.press("/")
        await seat.type("xyzzy")
        assert "Nothing here holds these words." in seat.text
        await seat.press("escape", "q")
        assert seat.app.screen is seat.app.place


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_word_of_the_help_is_cut(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press("?", "G")
        paper = seat.app.screen.query_one("#keys")
        words = {word for line, _style in paper._lines for word in line.split()}
        missing = {w for c in seat.app.registry.here(("today", "everywhere")) for w in c.said.split()} - words
        assert missing == set()
        assert "ascii" not in seat.text


# The numbered list


async def test_an_action_is_chosen_by_its_number(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("f5")
        number = next(line.record[0] for line in seat.app.rows.lines if line.record[1].command.id == "go.portfolio")
        await seat.press(*str(number))
        assert seat.record[1].command.id == "go.portfolio"
        await seat.press("enter")
        assert seat.app.place.place == "portfolio"


async def test_a_number_of_two_digits_and_one_that_is_not_there(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press("f5", "1", "2")
        assert seat.record[0] == 12
        await seat.press("9")
        assert seat.record[0] == 9
        await seat.press("１")
        assert seat.record[0] == 1
        await seat.press("0")
        assert seat.record[0] == 10


async def test_an_action_that_cannot_be_done_says_why_and_stays(open_app, demo):
    async with open_app(demo, size=(60, 20)) as seat:
        await seat.press("f5")
        at = next(line.key for line in seat.app.rows.lines if line.record[1].command.id == "app.repeat")
        seat.app.rows.go_to(at)
        await seat.press("enter")
        assert "There is nothing to repeat yet." in seat.text
        await seat.press("f5")
        assert seat.app.screen is seat.app.place


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_numbered_list_fits_every_window(open_app, demo, size):
    async with open_app(demo, size=size) as seat:
        await seat.press("f5")
        assert "  1 do it" in seat.text
        assert "a number or arrows" in seat.text


async def test_what_cannot_be_done_here_stands_behind_the_records(open_app, demo):
    async with open_app(demo) as seat:
        await seat.press(":")
        await seat.type("li")
        found = [line.record for line in seat.app.screen.query_one(Rows).lines if line.key]
        cannot = [bool(getattr(one, "reason", "")) for one in found]
        assert {type(one).__name__ for one in found} == {"Doable", "Record"}
        assert True in cannot
        assert not any(cannot[: max(at for at, one in enumerate(found) if type(one).__name__ == "Record")])
