"""The one line: what is typed, and below it what it becomes. Enter saves and never asks; nothing that was typed is lost."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.tui import glyphs
from kamtui.tui.forms.spec import Key
from kamtui.tui.lines.line import At, LineKind, Understood
from kamtui.tui.text import content, width
from kamtui.tui.widgets.entry import Entry, drained

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui


class AddLine(ModalScreen[str]):
    """Gives back the text. `key` is what was saved; `wants_form` says that the form is to go on with it; else the text
    is a draft. `kinds` are what the line may be, the first one unless Ctrl+T says another."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = [
        Binding("tab", "match", show=False, priority=True),
        Binding("ctrl+t", "kind", show=False, priority=True),
        Binding("ctrl+o", "form", show=False, priority=True),
        Binding("enter", "save", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    AddLine { align: left bottom; background: transparent; }
    AddLine Vertical { height: auto; background: $panel; border-top: solid $accent; }
    AddLine.-ascii Vertical { border-top: ascii $accent; }
    AddLine Horizontal { height: 1; }
    AddLine Static { width: auto; height: 1; padding: 0 1; }
    AddLine #kind { color: $accent; text-style: bold; }
    AddLine #hint { height: auto; max-height: 5; width: 1fr; }
    AddLine #hint.-wrong { color: $alarm; }
    AddLine #keys { color: $muted; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(
        self,
        kinds: Sequence[LineKind],
        at: At,
        start: str = "",
        *,
        kind: int = 0,
        picks: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self._start = start
        self.kinds, self.kind = tuple(kinds), kind
        self.at = at
        self.picks: dict[str, Any] = dict(picks or {})
        self.key: Key | None = None
        self.wants_form = False
        self.understood: Understood | None = None
        self._saving = False
        self._wrong = False
        self._label = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            with Horizontal():
                yield Static(id="kind")
                yield Entry(self._start)
            yield Static(id="hint")
            yield Static(id="keys")

    def on_mount(self) -> None:
        # What is said of the step before would lie over what is typed.
        self.app.clear_notifications()
        self.set_class(glyphs.current().ascii, "-ascii")
        entry = self.query_one(Entry)
        self.set_focus(entry)
        entry.cursor_position = len(self._start)
        self._show_what(self._start)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Entry).value

    def _show_what(self, text: str) -> None:
        kind = self.kinds[self.kind]
        self.understood, self._wrong = None, False
        said = [_(kind.hint)]
        label = ""
        try:
            self.understood = kind.read(text if text.strip() else "", self.at, self.picks)
            label = self.understood.kind
            if text.strip():
                said = [*self._unsure(), *self.understood.said]
        except KamtuiError as error:
            self._wrong = bool(text.strip())
            if self._wrong:
                said = [f"! {error.message}"]
        self._label = label or self._label or _("new")
        self.query_one("#kind", Static).update(content(f"[{self._label}]"))
        hint = self.query_one("#hint", Static)
        hint.update(content("\n".join(said)))
        hint.set_class(self._wrong, "-wrong")
        keys = [_("Enter save"), _("Esc keeps a draft"), _("Ctrl+O all fields")]
        if len(self.kinds) > 1:
            keys.insert(1, _("Ctrl+T another kind"))
        if self._open:
            keys.insert(1, _("Tab next match"))
        while len(keys) > 1 and width("   ".join(keys)) > self.size.width - 2:
            keys.pop()
        self.query_one("#keys", Static).update(content("   ".join(keys)))

    @property
    def _open(self) -> bool:
        return bool(self.understood and any(one.matches for one in self.understood.unsure))

    def _unsure(self) -> list[str]:
        """Whom the names may mean, the choice of now marked."""
        lines = []
        for one in self.understood.unsure if self.understood else ():
            chosen = self.picks.get(one.text)
            shown = [
                (">" if chosen == match else "")
                + (match.name if match.entity == "account" else f"{match.name}, {match.account}")
                for match in one.matches
            ]
            left = (">" if chosen is None else "") + _("leave as text")
            lines.append("   ".join([f"? @{one.text}", *(shown or [_("nobody goes by that name")]), left]))
        return lines

    async def action_match(self) -> None:
        """The next one whom a name may mean; after the last it stays text again."""
        await self._drained()
        for one in reversed(self.understood.unsure if self.understood else ()):
            if one.matches:
                choices = [*one.matches, None]
                chosen = self.picks.get(one.text)
                at = choices.index(chosen) if chosen in choices else len(choices) - 1
                self.picks[one.text] = choices[(at + 1) % len(choices)]
                self._show_what(self.text)
                return

    async def action_kind(self) -> None:
        """Another kind of record, the one that it is now left out."""
        await self._drained()
        before = self._label
        for _step in self.kinds:
            self.kind = (self.kind + 1) % len(self.kinds)
            self._show_what(self.text)
            if self._label != before or not self.text.strip():
                return

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show_what(event.value)

    async def _drained(self) -> None:
        await drained(self.query_one(Entry), self)

    async def action_save(self) -> None:
        """Saves the line; keys that follow wait until it is."""
        await self._drained()
        text = self.text
        self._show_what(text)
        if not text.strip():
            self.dismiss("")
        elif self.understood is not None and not self._saving:
            self._saving = True
            try:
                await self._save(self.understood)
            finally:
                self._saving = False

    async def _save(self, understood: Understood) -> None:
        app = cast("Kamtui", self.app)
        try:
            written = await app.write(understood.write)
        except KamtuiError as error:
            hint = self.query_one("#hint", Static)
            hint.update(content(f"! {error.message}"))
            hint.set_class(True, "-wrong")
            return
        app.tell(_("{step}. u undoes").format(step=written.label))
        if understood.note:
            app.tell(understood.note, severity="warning")
        self.key = written.result
        self.dismiss(self.text)

    async def action_form(self) -> None:
        """Goes on in the form."""
        await self._drained()
        self._show_what(self.text)
        if not self._wrong and self.understood is not None:
            self.wants_form = True
            self.dismiss(self.text)

    async def action_leave(self) -> None:
        """Leaves; what was typed is kept as a draft."""
        await self._drained()
        if not self._saving:
            self.dismiss(self.text)
