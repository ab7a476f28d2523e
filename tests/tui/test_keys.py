"""The keys: none means two things, all mean what the screens' page says, every keyboard types them, people may have others."""

import os

import pytest
from textual.events import Key

from kamtui.tui import keys
from kamtui.tui.commands import all_tables
from kamtui.tui.keys_page import BEGIN, END, keys_page, put_into
from kamtui.tui.registry import AROUND, TITLES, Command, Registry
from tests.conftest import ROOT

# SCREENS.md, "Keys", by the ids of the commands. What is not made yet is left out.
SCREENS = {
    "everywhere": {
        "T f2": "go.today", "P f3": "go.portfolio", "W f4": "go.work", "/": "row.filter", ": ctrl+p": "app.palette",
        "? f1": "app.help", "f5": "app.actions", "u": "app.undo", "ctrl+r": "app.redo", "q": "app.quit",
        "escape": "row.back", "h left": "row.left", "j down": "row.down", "k up": "row.up", "l right": "row.right",
        "g": "row.first", "G": "row.last", "enter": "row.open", "space": "row.mark", ".": "app.repeat", "y": "row.copy",
        "b": "brief.show", "v": "row.view", "tab": "pane.next", "ctrl+l": "app.sort", "a": "add.line", "A": "add.form",
        "t": "add.touch", "e": "row.edit", "f9": "app.discreet",
    },
    "today": {
        "d": "queue.done", "D": "queue.outcome", "r": "queue.redate", "s": "task.snooze", "o": "task.owner",
        "K": "account.sort", "E": "row.editor", "f": "queue.follow", "w": "queue.why",
    },
    "portfolio": {"K": "account.tier", "O": "account.order", "o": "account.kam", "x": "account.archive"},
    "work": {
        "1": "pane.map", "2": "pane.needs", "3": "pane.obligations", "4": "pane.tasks", "5": "pane.timeline",
        "6": "pane.give", "8": "pane.money", "9": "pane.facts", "0": "pane.board", "[": "account.before",
        "]": "account.next", "z": "pane.zoom", "w": "signal.why",
    },
    "map": {
        "+": "person.stance_up", "-": "person.stance_down", ">": "person.influence_up", "<": "person.influence_down",
        "S": "person.stance", "I": "person.influence", "R": "person.roles", "L": "person.relationship",
        "m": "person.move", "M": "person.merge", "H": "person.show_left", ";": "person.other_end",
        "E": "person.outline", "x": "person.leave", "f": "signal.follow", "s": "signal.snooze",
    },
    "needs": {
        "c": "need.convert", "n": "need.question", ">": "need.advance", "<": "need.back", "D": "need.close",
    },
    "obligations": {
        "d": "obligation.done", "D": "obligation.outcome", "c": "obligation.ack", "r": "obligation.redate",
        ">": "obligation.ours", "<": "obligation.theirs", "o": "task.owner",
    },
    "tasks": {"d": "task.done", "D": "task.outcome", "r": "task.redate", "o": "task.owner"},
    "give": {"d": "return.met", "D": "return.outcome", "r": "return.redate", "c": "return.written"},
    "brief": {
        "s": "brief.save", "v": "brief.variant", "p": "meeting.people", "!": "brief.audience", "y": "brief.copy",
        "tab": "brief.section", "q escape": "brief.back",
    },
}  # fmt: skip


@pytest.fixture
def registry():
    return Registry.of(all_tables())


# The registry as it stands


def test_no_key_means_two_things_in_any_place(registry):
    assert registry.clashes() == []


@pytest.mark.parametrize("context", SCREENS)
def test_every_key_means_what_the_page_of_screens_says(registry, context):
    found = {
        written: [getattr(registry.find((context, *AROUND[context]), key), "id", None) for key in written.split()]
        for written in SCREENS[context]
    }
    assert found == {written: [name] * len(written.split()) for written, name in SCREENS[context].items()}


def test_every_command_says_what_it_does_and_stands_in_a_context_with_a_name(registry):
    assert [command.id for command in registry.commands.values() if not (command.help and command.label)] == []
    assert {where for command in registry.commands.values() for where in command.where} <= TITLES.keys()
    assert AROUND.keys() == TITLES.keys()


def test_no_command_has_only_a_key_that_a_terminal_sends_as_another(registry):
    # Ctrl+H is Backspace, Ctrl+I Tab, Ctrl+J a line end, Ctrl+M Enter.
    assert [one.id for one in registry.commands.values() if one.keys and set(one.keys) <= keys.AMBIGUOUS] == []


def test_what_terminals_and_windows_take_is_no_key_of_ours(registry):
    taken = {"f10", "f11", *keys.TAKEN, *(f"alt+{digit}" for digit in range(10))}
    assert {key for command in registry.commands.values() for key in command.keys} & taken == set()


def test_every_key_has_the_name_under_which_it_arrives(registry):
    every = {key for command in registry.commands.values() for key in command.keys}
    assert {key for key in every if keys.named(key) != key} == set()
    assert {key for key in every if keys.named(keys.shown(key)) != key} == set()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 40)], ids=str)
@pytest.mark.parametrize("place", ["today", "portfolio", "work"])
async def test_the_footer_names_seven_commands_at_the_most_and_help_is_one(open_app, demo, place, size):
    async with open_app(demo, size=size, place=place) as seat:
        named = {span.command for span in seat.app.place.footer() if span.command}
        assert len(named) <= 7
        assert "app.help" in named
        assert seat.lines[-1].rstrip().endswith("? more")


# Keyboards


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *zip("？：、。【】《》；，！＋－＝＠", "?:/.[]<>;,!+-=@", strict=True),
        *zip("ＡｕＴ１５", "AuT15", strict=True),
        *zip("фыТЕхъжЖюбБ", "asNT[];:.,<", strict=True),
        (" ", "space"),
        ("　", "space"),
        ("é", "é"),
        ("中", "中"),
    ],
)
def test_a_key_is_known_on_every_keyboard(typed, meant):
    assert keys.canonical(Key("whatever", typed)) == meant


def test_a_key_without_a_character_goes_by_its_name():
    assert [keys.canonical(Key(name, None)) for name in ("f5", "ctrl+p", "escape")] == ["f5", "ctrl+p", "escape"]
    assert keys.canonical(Key("enter", "\r")) == "enter"


@pytest.mark.parametrize("sign", ["？", ",", "T"])
async def test_full_width_signs_do_what_their_narrow_ones_do(open_app, demo, sign):
    # On a Russian keyboard the key of the question mark types a comma; that one stays a comma.
    async with open_app(demo) as seat:
        await seat.press(sign)
        assert ("MARKS" in seat.text or "EVERYWHERE" in seat.text) == (sign == "？")


# A person's own keys


TABLE = [
    Command("one.do", "do", ("today",), print, ("d",), "Do it."),
    Command("one.keep", "keep", ("today",), print, ("k",), "Keep it."),
    Command("all.leave", "leave", ("everywhere",), print, ("q",), "Leave."),
]


def of(keymap):
    return Registry.of([TABLE], keymap)


def meaning(registry, key):
    found = registry.find(("today", "everywhere"), key)
    return found.id if found else None


@pytest.mark.parametrize(
    ("written", "key"),
    [("X", "X"), ("F6", "f6"), ("Ctrl+X", "ctrl+x"), ("control+x", "ctrl+x"), ("PgUp", "pageup"), ("Esc", "escape"),
     (" x ", "x"), ("？", "?"), ("Space", "space"), ("shift+tab", "shift+tab"), ("f1", "f1")],
)  # fmt: skip
def test_a_person_gives_a_command_another_key(written, key):
    registry = of({"one.do": written})
    assert registry.warnings == []
    assert (meaning(registry, key), meaning(registry, "d")) == ("one.do", None)


def test_a_list_of_keys_an_empty_one_and_names_without_quotation_marks():
    assert meaning(of({"one.do": ["x", "f6"]}), "f6") == "one.do"
    assert meaning(of({"one.do": []}), "d") is None
    assert meaning(of({"one": {"do": "x"}}), "x") == "one.do"


def test_two_commands_may_change_their_keys_with_each_other():
    registry = of({"one.do": "k", "one.keep": "d"})
    assert registry.warnings == []
    assert (meaning(registry, "k"), meaning(registry, "d")) == ("one.do", "one.keep")


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"one.dont": "x"}, "there is no command one.dont"),
        ({"one.do": 3}, "one.do cannot be 3"),
        ({"one.do": ""}, "one.do cannot be ''"),
        ({"one.do": "hyper+x"}, "one.do cannot be 'hyper+x'"),
        ({"one.do": "xy"}, "one.do cannot be 'xy'"),
        ({"one.do": ["x", None]}, "one.do cannot be ['x', None]"),
        ({"one.do": "ctrl+i"}, "one.do: no terminal sends Ctrl+I as a key of its own"),
        ({"one.do": "ctrl+q"}, "one.do: no terminal sends Ctrl+Q"),
        ({"one.do": "q"}, "one.do cannot have q, which means all.leave in Today; it keeps d"),
        ({"all.leave": "d"}, "all.leave cannot have d, which means one.do in Today; it keeps q"),
        ({"one.do": "k"}, "one.do cannot have k, which means one.keep in Today; it keeps d"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_rest_is_taken(keymap, said):
    registry = of({**keymap, "one.keep": ["k", "f7"]})
    (warning,) = registry.warnings
    assert f"{os.environ['KAMTUI_CONFIG']}: keys: {said}" in warning
    assert (meaning(registry, "d"), meaning(registry, "q"), meaning(registry, "f7")) == (
        "one.do", "all.leave", "one.keep",
    )  # fmt: skip


def test_of_two_that_want_one_key_the_first_gets_it():
    registry = of({"one.do": "x", "all.leave": "x"})
    assert meaning(registry, "x") == "one.do"
    assert meaning(registry, "q") == "all.leave"
    assert len(registry.warnings) == 1


async def test_the_app_takes_the_persons_keys_and_says_what_it_could_not_take(open_app, demo):
    settings = {"theme": "pink", "keys": {"app.help": ["f6"], "no.such": "x"}}
    async with open_app(demo, settings=settings) as seat:
        assert any("theme cannot be pink" in toast for toast in seat.toasts)
        assert any("there is no command no.such" in toast for toast in seat.toasts)
        assert seat.lines[-1].endswith("F6 more")
        await seat.press("f6")
        assert "EVERYWHERE" in seat.text


# The page


def test_the_keys_page_of_the_readme_is_current(registry):
    readme = (ROOT / "README.md").read_text()
    assert put_into(readme, keys_page(registry)) == readme, "python -m kamtui.tui.keys_page --update README.md"


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="keys"):
        put_into("nothing", "page")
    assert put_into(f"a{BEGIN}old{END}b", "new") == f"a{BEGIN}\n\nnew\n\n{END}b"


def test_a_key_that_markdown_would_take_is_written_so_that_it_does_not():
    table = [Command("a.b", "do", ("everywhere",), print, ("|", "`"), "Do it.")]
    assert "| `\\|` `` ` `` | do | Do it. |" in keys_page(Registry.of([table]))
