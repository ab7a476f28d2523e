"""The fields of a form, one below the other: the first few, and with Ctrl+O the rest."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.tui.forms.reading import Desk, read
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Text, Texts
from kamtui.tui.text import content, width
from kamtui.tui.widgets.entry import drained
from kamtui.tui.widgets.field import FieldRow
from kamtui.tui.widgets.paper import Said

_WIDE = 70  # cells from which half fields stand beside each other
_LONGEST_LABEL = 18


class Form(VerticalScroll, can_focus=False):
    """The fields of a spec with their texts. `loaded` is what the record holds, `start` what was typed already, or, where it is
    `proposed`, what nobody has typed and nobody would miss."""

    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Form { height: auto; width: 100%; padding: 0 1; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Form .pair { height: auto; width: 100%; }
    Form.-narrow .pair { layout: vertical; }
    Form .pair > FieldRow { padding-right: 2; }
    Form .heading { text-style: bold; color: $primary; height: auto; padding-top: 1; }
    Form .head { height: auto; width: 100%; }
    Form .head-strong { text-style: bold; }
    Form .head-muted { color: $muted; }
    """

    class Changed(Message):
        """Something was typed; `foot` is what follows from all of it."""

        def __init__(self, foot: str) -> None:
            super().__init__()
            self.foot = foot

    def __init__(
        self,
        spec: FormSpec,
        fields: Sequence[Field],
        desk: Desk,
        loaded: Texts,
        start: Texts,
        head: Sequence[Said],
        *,
        proposed: bool = False,
    ) -> None:
        super().__init__()
        self.spec, self.fields, self.desk = spec, fields, desk
        self.loaded, self.start = dict(loaded), start
        self._proposed = proposed
        self._untouched: dict[str, str] = {}
        self._head = head
        self._rows: dict[str, FieldRow] = {}
        self._label_width = min(_LONGEST_LABEL, max(width(_(field.label)) for field in fields) + 3)

    # What is shown

    def compose(self) -> ComposeResult:
        for said in self._head:
            classes = f"head head-{said.style}" if said.style else "head"
            yield Static(content(said.text), classes=classes)
        # What was understood of a line must be seen before it is saved.
        yield from self._widgets([field for field in self.fields if not field.folded or field.name in self.start])

    def _widgets(self, fields: Sequence[Field]) -> Iterator[Widget]:
        waiting: FieldRow | None = None
        for field in fields:
            if field.heading:
                if waiting:
                    yield waiting
                    waiting = None
                yield Static(content(_(field.heading)), classes="heading")
            row = self._row(field)
            if not field.half:
                if waiting:
                    yield waiting
                    waiting = None
                yield row
            elif waiting:
                yield Horizontal(waiting, row, classes="pair")
                waiting = None
            else:
                waiting = row
        if waiting:
            yield waiting

    def _row(self, field: Field) -> FieldRow:
        text = self.loaded.get(field.name, field.default)
        self._rows[field.name] = row = FieldRow(field, text, self.desk, label_width=self._label_width)
        return row

    @property
    def rows(self) -> list[FieldRow]:
        """The fields that are shown, in order."""
        return [self._rows[field.name] for field in self.fields if field.name in self._rows]

    @property
    def folded(self) -> int:
        """How many fields are not shown."""
        return len(self.fields) - len(self._rows)

    async def unfold(self) -> None:
        """Shows all fields."""
        hidden = [field for field in self.fields if field.name not in self._rows]
        if hidden:
            await self.mount_all(list(self._widgets(hidden)))
            self.screen.set_focus(self._rows[hidden[0].name].editor)
            self.notice()

    def on_mount(self) -> None:
        self.on_resize()
        for name, text in self.start.items():
            if (row := self._rows.get(name)) is not None:
                row.put(text)
                if self._proposed:
                    self._untouched[name] = row.text
        for row in self.rows:
            row.check()
        self.notice()
        first = next((row for row in self.rows if row.field.required and not row.text.strip()), self.rows[0])
        self.screen.set_focus(first.editor)

    def on_resize(self) -> None:
        self.set_class(self.size.width < _WIDE, "-narrow")
        if self.has_focus_within:
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if (row := self.here) is not None:
            row.scroll_visible(animate=False)

    @property
    def here(self) -> FieldRow | None:
        """The field that has the keyboard."""
        return next((row for row in self.rows if row.has_focus_within), None)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.call_after_refresh(self._follow)

    # From field to field

    def go(self, direction: int, *, around: bool = True) -> bool:
        """Gives the keyboard to the next field, or the one before; False behind the last one where it does not go
        `around`."""
        rows = self.rows
        here = self.here
        at = (rows.index(here) if here else -1) + direction
        if not around and at == len(rows):
            return False
        self.screen.set_focus(rows[at % len(rows)].editor)
        return True

    def on_field_row_walked(self, message: FieldRow.Walked) -> None:
        message.stop()
        self.go(message.direction)

    async def drained(self) -> None:
        """Waits until what was typed has arrived."""
        if (here := self.here) is not None:
            await drained(here.editor, here)

    def on_field_row_changed(self, message: FieldRow.Changed) -> None:
        message.stop()
        if message.row.field.name == "account":
            found = message.row.check()
            self.desk.account_id = found.value if found is not None else None
        self.notice()
        self.call_after_refresh(self._follow)

    # What stands there

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return any(row.edited and row.text != self._untouched.get(row.field.name) for row in self.rows)

    def values(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What the fields mean, and what is wrong with the others."""
        found: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for field in self.fields:
            row = self._rows.get(field.name)
            try:
                if row is not None:
                    found[field.name] = row.reading().value
                else:
                    found[field.name] = self._unseen(field)
            except KamtuiError as error:
                wrong[field.name] = error.message
        return found, wrong

    def _unseen(self, field: Field) -> Any:
        text: Text = self.loaded.get(field.name, field.default)
        if isinstance(text, str):
            return read(field, text, self.desk, {}).value
        return [picked.id for picked in text]

    def filled(self, record_id: int | None, account_id: int | None, of: int | None) -> Filled | None:
        """The form as a verb takes it; None where something is wrong, which is said beside the fields then."""
        values, wrong = self.values()
        if wrong:
            self.show_wrong(wrong)
            return None
        changed = frozenset(row.field.name for row in self.rows if row.edited or row.theirs is not None)
        return Filled(values, changed, record_id, account_id, of)

    def show_wrong(self, wrong: dict[str, str]) -> bool:
        """Says what is wrong beside the fields, and goes to the first of them. False where none of them is shown."""
        first: FieldRow | None = None
        for row in self.rows:
            if (message := wrong.get(row.field.name)) is not None:
                row.wrong(message)
                first = first or row
        if first is not None:
            self.screen.set_focus(first.editor)
        return first is not None

    def notice(self) -> None:
        """Says what follows from all fields."""
        values, _wrong = self.values()
        notes = self.spec.notes(values, self.desk.today)
        for row in self.rows:
            note = notes.get(row.field.name, "")
            if note != row.note:
                row.note = note
                row.check()
        self.post_message(self.Changed(notes.get("", "")))
