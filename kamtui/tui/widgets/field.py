"""A field of a form: its label, what one types in, and beside it how that was understood or what is wrong."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Click
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from kamtui.domain.errors import BadInput, KamtuiError
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.tui.forms.names import Match
from kamtui.tui.forms.reading import Desk, Read, names_in, read
from kamtui.tui.forms.spec import MANY, NAMING, Field, Kind, Picked, Text
from kamtui.tui.text import content
from kamtui.tui.widgets.choice import Choice
from kamtui.tui.widgets.entry import Entry, NoteEntry

_COMMAS = ",，;；、"


class FieldRow(Horizontal):
    """One field. What was typed stands in `text`, what it means comes from `reading`."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
    ]
    DEFAULT_CSS = """
    FieldRow { height: auto; width: 1fr; }
    FieldRow > Static { width: 14; height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $muted; }
    FieldRow.-here > Static { color: $foreground; text-style: bold; }
    FieldRow > Vertical { height: auto; width: 1fr; }
    FieldRow > Vertical > Static { height: auto; width: 1fr; color: $muted; display: none; }
    FieldRow > Vertical > Static.-said { display: block; }
    FieldRow > Vertical > Static.-wrong { color: $alarm; }
    FieldRow > Vertical > Static.-theirs { color: $warn; }
    """

    class Changed(Message):
        """Something else stands in the field."""

        def __init__(self, row: "FieldRow") -> None:
            super().__init__()
            self.row = row

    class Walked(Message):
        """Up or down: to the field before, or the next one."""

        def __init__(self, row: "FieldRow", direction: int) -> None:
            super().__init__()
            self.row, self.direction = row, direction

    def __init__(self, field: Field, text: Text, desk: Desk, *, label_width: int) -> None:
        super().__init__()
        self.field = field
        self.desk = desk
        self.picks: dict[str, int] = {}
        self.loaded = self._plain(text)
        self.note = ""
        self.theirs: Text | None = None
        self.matches: Sequence[Match] = ()
        self._wrong = ""
        self._at = -1
        self._taken: str | None = None  # the text as a match left it
        self._last_taken = ""
        self._label_width = label_width
        self.editor = self._make_editor()

    def _make_editor(self) -> Widget:
        field = self.field
        if field.kind in {Kind.CHOICE, Kind.SEVERAL}:
            return Choice(
                field.options, self.loaded, several=field.kind is Kind.SEVERAL, needed=field.required, tall=field.tall
            )
        return NoteEntry(self.loaded) if field.kind is Kind.NOTE else Entry(self.loaded, hint=_(field.hint))

    def compose(self) -> ComposeResult:
        label = Static(content(_(self.field.label) + (" *" if self.field.required and not self.field.default else "")))
        label.styles.width = self._label_width
        yield label
        with Vertical():
            yield self.editor
            yield Static(id="said")
            yield Static(id="matches")

    def _plain(self, text: Text) -> str:
        """A text as it stands in the editor; records are there by name, and remembered by number."""
        if isinstance(text, str):
            return text
        return ", ".join(self._named(record.id, record.name, "") for record in text)

    def _named(self, row_id: int, name: str, note: str) -> str:
        """The name by which a record stands in the text: its own, unless another one stands there by it."""
        name = " ".join(name.split())
        if self.picks.setdefault(name, row_id) != row_id:
            name = f"{name} ({note or row_id})"
            self.picks[name] = row_id
        return name

    # What stands there

    @property
    def _raw(self) -> str:
        editor = self.editor
        if isinstance(editor, NoteEntry):
            return editor.text
        return editor.value if isinstance(editor, Choice | Entry) else ""

    @property
    def text(self) -> str:
        """What was typed; without the comma that waits for one more name."""
        return self._raw.rstrip(" " + _COMMAS) if self.field.kind in MANY else self._raw

    @text.setter
    def text(self, text: str) -> None:
        editor = self.editor
        if isinstance(editor, NoteEntry):
            editor.load_text(text)
            editor.move_cursor(editor.document.end)
        elif isinstance(editor, Choice | Entry):
            editor.value = text
            if isinstance(editor, Entry):
                editor.cursor_position = len(text)
        self._say()

    @property
    def edited(self) -> bool:
        """Whether something else stands there than was loaded."""
        return self.text.strip() != self.loaded.strip()

    def reading(self) -> Read:
        """What stands there means. Raises `BadInput`."""
        return read(self.field, self.text, self.desk, self.picks)

    def mine(self) -> Text:
        """What stands there, for a comparison with what others wrote."""
        if self.field.kind not in NAMING:
            return self.text
        try:
            found = self.reading().value
        except BadInput:
            return self.text
        ids = found if isinstance(found, list) else [found] if found is not None else []
        return tuple(Picked(row_id, "") for row_id in ids)

    def put(self, text: Text) -> None:
        """Puts another text there, as if it had been typed."""
        self.text = self._plain(text)

    def take_theirs(self) -> bool:
        """Takes what another window has written; False where there is none."""
        if self.theirs is None:
            return False
        self.put(self.theirs)
        self.loaded, self.theirs = self.text, None
        self._say()
        return True

    def meets(self, theirs: Text) -> None:
        """Another window has changed the field: both values stand there, and saving again keeps this one."""
        self.theirs = theirs
        self.loaded = self._plain(theirs)
        self._say()

    # What is said of it

    def check(self, *, blank: bool = False) -> Read | None:
        """Says what is wrong, or how it was understood; with `blank` also that something must stand there."""
        try:
            found = self.reading()
        except KamtuiError as error:
            missing = not self.text.strip()
            self.wrong(error.message if blank or not missing else "")
            return None
        self._wrong = ""
        self._say(found.said)
        return found

    def wrong(self, message: str) -> None:
        """Says what is wrong with it."""
        label = _(self.field.label)
        self._wrong = message.removeprefix(f"{label}: ").removeprefix(f"{self.field.name}: ")
        self._say()

    def _say(self, understood: str = "") -> None:
        if not self.is_mounted:
            return
        said = self.query_one("#said", Static)
        if self._wrong:
            text = f"! {self._wrong}"
        elif self.theirs is not None:
            shown = one_line(self.field.shown(self.theirs)) or _("nothing")
            text = _("! changed meanwhile to: {theirs}. Ctrl+T takes it, Ctrl+S keeps yours").format(theirs=shown)
        elif understood:
            text = f"= {understood}"
        else:
            text = self.note
        said.update(content(text))
        said.set_class(bool(text), "-said")
        said.set_class(bool(self._wrong), "-wrong")
        said.set_class(self.theirs is not None and not self._wrong, "-theirs")

    # Names

    def _look_up(self) -> None:
        """The matches of the last name in the text."""
        if self.field.kind not in NAMING or self._raw == self._taken:
            return
        self._taken = None
        name = self._last_name()
        there = names_in(self.text, self.picks, many=self.field.kind in MANY)
        taken = {self.picks.get(one) for one in there if one != name}
        found = () if name in self.picks else self.desk.matches(self.field, name, self._most)
        self.matches = [match for match in found if match.id not in taken]
        self._at = 0 if name else -1
        self._show_matches()

    @property
    def _most(self) -> int:
        return 3 if self.app.size.height < 20 else 6

    def _last_name(self) -> str:
        many = self.field.kind in MANY
        text = self._raw
        if not text.strip() or (many and text.rstrip()[-1:] in _COMMAS):
            return ""
        return names_in(text, self.picks, many=many)[-1]

    def _show_matches(self) -> None:
        listed = self.query_one("#matches", Static)
        shown = self.matches if self.has_focus_within else ()
        if len(shown) == 1 and self._taken is not None:
            shown = ()
        lines = [
            f"{'>' if at == self._at else ' '}{match.name}" + (f"  {match.note}" if match.note else "")
            for at, match in enumerate(shown)
        ]
        if len(shown) > 1 and self._at >= 0 and self.app.size.height >= 20:
            lines.append(_("Tab next match, Enter takes it"))
        listed.update(content("\n".join(lines)))
        listed.set_class(bool(lines), "-said")

    def _take(self, at: int) -> None:
        """Puts the name of a match in the place of what was typed."""
        self._at = at % len(self.matches)
        match = self.matches[self._at]
        name = self._named(match.id, match.name, match.note)
        before = self._last_name() if self._taken is None else self._last_taken
        start = self._raw.rstrip().removesuffix(before) if before else self._raw
        self._last_taken = name
        self._taken = start + name
        self.text = self._taken
        self.check()
        self._show_matches()
        self.post_message(self.Changed(self))

    @property
    def _is_open(self) -> bool:
        """Whether what was typed may be several."""
        return bool(self.matches) and self._at >= 0

    # Keys and mouse

    def tab(self) -> bool:
        """Takes the next match of a name; False where there is none to take, and Tab goes on."""
        if not self._is_open or (self._taken is not None and len(self.matches) == 1):
            return False
        self._take(self._at if self._taken is None else self._at + 1)
        return True

    def enter(self) -> None:
        """Takes the match that stands first, and says what is wrong."""
        if self._is_open and self._taken is None:
            self._take(self._at)
        self.matches, self._at = (), -1
        self._show_matches()
        self.check(blank=True)

    def action_walk(self, direction: int) -> None:
        """Up and down: among the matches, else among the fields."""
        if self.matches:
            self._take(self._at + direction if self._taken is not None or self._at < 0 else self._at)
        else:
            self.post_message(self.Walked(self, direction))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._changed()

    def on_text_area_changed(self, event: NoteEntry.Changed) -> None:
        event.stop()
        self._changed()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self.check()
        if self.has_focus_within:
            self._look_up()
        self.post_message(self.Changed(self))

    def on_descendant_focus(self) -> None:
        self.add_class("-here")
        if self.field.kind in MANY and self.text:
            # So that one more name may simply be typed.
            self.text = self.text + ", "
        self._look_up()

    def on_descendant_blur(self) -> None:
        self.remove_class("-here")
        if self.text != self._raw:
            self.text = self.text
        self.matches, self._at = (), -1
        self._show_matches()

    def on_click(self, event: Click) -> None:
        listed = self.query_one("#matches", Static)
        if event.widget is listed:
            event.stop()
            offset = event.get_content_offset(listed)
            if offset is not None and offset.y < len(self.matches):
                self._take(offset.y)
        elif not self.has_focus_within:
            self.screen.set_focus(self.editor)
