"""The first run: there is no database yet. A meeting, a list, or the demo; nothing is written until one is chosen."""

from collections.abc import Awaitable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.containers import Horizontal
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, Static

from kamtui import __version__, language
from kamtui.domain.money import currency_code
from kamtui.domain.settings import SETTINGS
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.services.settings_file import write_setting
from kamtui.tui.forms.spec import Option
from kamtui.tui.places.place import Place
from kamtui.tui.text import content, fit, width
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.choice import Choice
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.entry import Entry
from kamtui.tui.widgets.rows import Line, Rows

_LANGUAGES = (Option("en", "English", "en"), Option("zh", "中文", "zh"))
_CHOICES = (
    ("1", "first.meeting", mark("I have a meeting soon"), mark("one account, one map, a brief in 5 minutes")),
    ("2", "first.list", mark("I have a list"), mark("CSV from a CRM, a phone or a sheet")),
    ("3", "first.demo", mark("Show me first"), mark("a made-up portfolio, nothing is kept")),
)
_ASCII = ("4", "first.ascii", mark("They do not: use plain ASCII"), "")
_ASCII_ALONE = ("4", "first.ascii", mark("Lines are broken: plain ASCII"), "")
_RULER = 18  # cells of the two lines that must end at the same place


class FirstRunPlace(Place):
    """What an empty database offers, and who is at the keyboard."""

    place = "first"
    DEFAULT_CSS = """
    FirstRunPlace #question { height: auto; padding: 1 3; text-style: bold; }
    FirstRunPlace #choices { height: auto; max-height: 9; }
    FirstRunPlace .field { height: 1; padding: 0 3; }
    FirstRunPlace .field Static { width: 12; color: $muted; }
    FirstRunPlace .field Entry { max-width: 30; }
    FirstRunPlace #gap { height: 1fr; }
    FirstRunPlace.-low #question { padding: 0 1; }
    FirstRunPlace.-low #gap { display: none; }
    FirstRunPlace.-low .field { padding: 0 1; }
    """

    def body(self) -> Iterable[Widget]:
        yield Static(content(_("Nothing here yet. Which of these is nearest?")), id="question")
        yield Rows(_columns(), context="first", id="choices")
        for name, label, widget in self._fields():
            with Horizontal(classes="field", id=name):
                yield Static(content(label))
                yield widget
        yield Static(id="gap")
        yield Bar(id="said")

    def _fields(self) -> Iterable[tuple[str, str, Widget]]:
        yield "who", _("You are"), Entry(self.kamtui.session.workspace.who, hint=_("so that tasks are yours"))
        yield "money", _("Money in"), Entry(str(SETTINGS["currency"].default))
        yield "language", _("Language"), Choice(_LANGUAGES, language.current(), needed=True)

    def main_rows(self) -> Rows:
        return self.query_one("#choices", Rows)

    def load(self) -> None:
        low, tiny = self.size.height < 18, self.size.height < 14
        lines = [Line(("choice", int(choice[0])), choice) for choice in _CHOICES]
        if not low:
            lines.append(Line(text=""))
        first, second = _("these two must end at the same place; the second"), _("is drawn with line characters.")
        if not tiny:
            lines.append(Line(text=f"   |{'-' * _RULER}|   {first}", style="muted"))
            lines.append(Line(text=f"   ├{'─' * _RULER}┤   {second}", style="muted"))
        lines.append(Line(("choice", 4), _ASCII_ALONE if tiny else _ASCII))
        rows = self.main_rows()
        rows.show(lines)
        rows.styles.height = len(lines) + (0 if low else 1)
        self.query_one("#said", Bar).show(
            [Span(" " + _("Esc leaves, nothing is written. All of it stays on this machine."), "muted")]
        )

    # What was filled in

    @property
    def currency(self) -> str:
        """The currency of the field. Raises `BadInput`."""
        return currency_code(self.query_one("#money", Horizontal).query_one(Entry).value)

    def settle(self) -> None:
        """Takes the fields over: who is at the keyboard is written with the database when it is made, the language into
        the settings file. Raises `BadInput` for what cannot be."""
        self.currency  # noqa: B018  refused before anything is written
        app = self.kamtui
        name = clean_name(self.query_one("#who", Horizontal).query_one(Entry).value, field=_("You are"))[0]
        app.session.workspace = replace(app.session.workspace, who=name)
        chosen = self.query_one(Choice).value
        if chosen and chosen != language.current():
            write_setting("language", chosen)
            app.tell(_("The language is another one from the next start on."))

    def write_currency(self, work: Any) -> None:
        """Writes the currency into the new database, where it is not the default. A verb."""
        from kamtui.services.settings import set_setting

        if self.currency != SETTINGS["currency"].default:
            set_setting(work, "currency", self.currency)

    # Keys

    def open_row(self) -> Awaitable[None] | None:
        record = self.main_rows().record
        if record is not None:
            self.run_command(record[1])
        return None

    def next_pane(self, direction: int) -> None:
        """The next field."""
        if direction > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def back(self) -> None:
        self.kamtui.leave()

    def on_key(self, event: Key) -> None:
        # In a field, Esc goes back to the choices; there it leaves.
        if event.key == "escape" and self.focused is not None and self.focused is not self.main_rows():
            event.stop()
            event.prevent_default()
            self.set_focus(self.main_rows())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_choice_submitted(self) -> None:
        self.set_focus(self.main_rows())

    # Showing

    def head(self) -> tuple[list[Span], list[Span]]:
        folder = self.kamtui.session.workspace.path.parent
        home = Path.home()
        shown = f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
        name = f" kamtui {__version__}"
        said = _("your data: {folder}").format(folder=shown)
        if width(said) > (room := self.size.width - width(name) - 2):
            said = fit(said, room)
        return [Span(name, "strong")], [Span(said + " ", "muted")]

    def footer(self) -> list[Span]:
        spans = [Span(" ")]
        parts = (("1 2 3 4", _("choose"), ""), ("Tab", _("next field"), "pane.next"), ("?", _("help"), "app.help"))
        for key, label, command in (*parts, ("q", _("quit"), "app.quit")):
            spans += [Span(key, "key", command), Span(f" {label}", "", command), Span("  ")]
        return spans

    def on_resize(self) -> None:
        self.set_class(self.size.height < 18, "-low")
        self.load()
        super().on_resize()


def _columns() -> list[Column]:
    return [
        Column("", lambda choice: (choice[0], "marked"), width=2),
        Column("", lambda choice: (_(choice[2]), "strong"), width=30),
        Column("", lambda choice: (_(choice[3]), "muted"), flex=1, least=12, gives_way=1),
    ]
