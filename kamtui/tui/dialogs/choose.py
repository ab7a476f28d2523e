"""A choice among options: by digit or letter, by arrows and Enter, with the mouse, or by typing a part of one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.domain.errors import KamtuiError
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.tui import glyphs, keys
from kamtui.tui.text import content, display, width
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.rows import Line, Rows

T = TypeVar("T")
_DIGITS = "123456789"
_SHORT = 24  # cells
_FEW = 12  # options from which on a part of one is asked for in words
_CLOSE = 60  # of 100: how alike a name must be to what was typed, where no name holds it
_MOST_CLOSE = 20


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """Something to choose. `value` is given back and is not None, which stands for leaving; `key` chooses it at once,
    several are written with a blank between; `disabled_because` says why it cannot be chosen now."""

    value: T
    label: str
    key: str = ""
    note: str = ""
    disabled_because: str = ""


class Choose(ModalScreen[T], Generic[T]):
    """Gives back the value of the option, or None after Esc. Where no option has a key, the first nine get digits."""

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    Choose { align: center middle; background: $background 40%; }
    Choose Vertical { width: auto; max-width: 96%; height: auto; max-height: 94%; background: $panel;
                      border: round $accent; padding: 0 1; }
    Choose.-ascii Vertical { border: ascii $accent; }
    Choose Static { width: 100%; height: auto; max-height: 3; }
    Choose #title { text-style: bold; }
    Choose #typed { color: $muted; }
    Choose #typed.-wrong { color: $alarm; }
    Choose Rows { background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(
        self,
        title: str,
        options: Sequence[Option[T]],
        *,
        at: int = 0,
        now: Collection[object] = (),
        read: Callable[[str], tuple[T, str]] | None = None,
    ) -> None:
        """The cursor begins at the option that is `now` the value of all that it is asked about, else on line `at`. `read`
        says what a text means that is none of the options, and how that is said; raises `KamtuiError` where nothing."""
        super().__init__()
        self._read = read
        if len(now) == 1:
            at = next((n for n, option in enumerate(options) if option.value in now), at)
        self._title = title
        self._options = tuple(options)
        self._start = at
        named = any(option.key for option in options)
        self._keys = [
            option.key.split() if named else [_DIGITS[n]] if n < len(_DIGITS) else []
            for n, option in enumerate(self._options)
        ]
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(content(self._title), id="title")
            yield Rows(self._columns(), empty=_("Nothing here goes by that name."), id="options")
            yield Static(content(self._hint()), id="typed")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        rows = self.query_one(Rows)
        rows.styles.width = max(width(display(self._title)), width(self._hint()), self._width())
        rows.styles.max_width = "100%"
        rows.styles.height = max(3, len(self._options))
        rows.styles.max_height = max(3, self.app.size.height - 6)
        self._show()
        rows.go(min(self._start, len(self._options) - 1))
        self.set_focus(rows)

    def on_resize(self) -> None:
        self.query_one(Rows).styles.max_height = max(3, self.app.size.height - 6)

    def _columns(self) -> list[Column]:
        named = max((width(keys.shown(names[0])) for names in self._keys if names), default=0)
        most = max((width(display(option.label)) for option in self._options), default=0)
        noted = max((width(display(_note(option))) for option in self._options), default=0)
        columns = [
            Column("", lambda n: (keys.shown(self._keys[n][0]) if self._keys[n] else "", "marked"), width=named),
            # What the options are called stays whole where it can; what is noted beside them gives way.
            Column("", self._label, width=most)
            if most <= _SHORT
            else Column("", self._label, flex=4, least=8, most=most),
        ]
        if noted:
            columns.append(Column("", lambda n: (_note(self._options[n]), "muted"), flex=1, least=8, gives_way=1))
        return columns if named else columns[1:]

    def _width(self) -> int:
        named = max((width(keys.shown(names[0])) + 1 for names in self._keys if names), default=0)
        most = max((width(display(option.label)) for option in self._options), default=0)
        noted = max((width(display(_note(option))) + 1 for option in self._options), default=0)
        return min(100, named + most + noted + 4)

    def _label(self, at: int) -> Cell:
        option = self._options[at]
        return option.label, "muted" if option.disabled_because else ""

    def _hint(self) -> str:
        if self._typed:
            return "> " + self._typed
        if len(self._options) > _FEW:
            return _("type a part of it   Enter choose   Esc leave")
        return _("Enter choose   Esc leave")

    # What is typed

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        rows = self.query_one(Rows)
        pressed = keys.canonical(event)
        if not self._typed and (at := self._at_key(pressed)) is not None:
            self._take(at)
        elif pressed == "enter":
            if rows.key is not None:
                self._take(rows.record)
            elif (typed := self._read_typed()) is not None:
                self.dismiss(typed[0])
        elif pressed == "escape":
            if self._typed:
                self._type("")
            else:
                self.dismiss(None)
        elif pressed in {"up", "down"}:
            rows.move(-1 if pressed == "up" else 1)
        elif pressed in {"pageup", "pagedown"}:
            rows.move_page(-1 if pressed == "pageup" else 1)
        elif pressed in {"home", "end"}:
            rows.go_to_end(-1 if pressed == "home" else 1)
        elif pressed == "backspace":
            self._type(self._typed[:-1])
        elif event.is_printable and event.character and (self._typed or event.character != " "):
            self._type(self._typed + event.character)

    def on_paste(self, event: Paste) -> None:
        event.stop()
        self._type(self._typed + one_line(event.text))

    def _at_key(self, pressed: str) -> int | None:
        return next((at for at, names in enumerate(self._keys) if pressed in names), None)

    def _type(self, text: str) -> None:
        self._typed = text
        self._show()

    def _show(self) -> None:
        rows = self.query_one(Rows)
        found = matching([f"{option.label} {option.note}" for option in self._options], self._typed)
        rows.find(self._typed.split())
        rows.show([Line(("option", at), at) for at in found], keep=not self._typed)
        typed = self._read_typed() if not found else None
        self._say(f"{self._hint()}   = {typed[1]}" if typed else self._hint())

    def _read_typed(self) -> tuple[T, str] | None:
        """What was typed means where it is none of the options, and how that is said."""
        if self._read is None or not self._typed:
            return None
        try:
            return self._read(self._typed)
        except KamtuiError:
            return None

    def _say(self, text: str, *, wrong: bool = False) -> None:
        said = self.query_one("#typed", Static)
        said.update(content(text))
        said.set_class(wrong, "-wrong")

    def _take(self, at: int) -> None:
        option = self._options[at]
        if option.disabled_because:
            self._say(option.disabled_because, wrong=True)
        else:
            self.dismiss(option.value)

    # The mouse

    def on_click(self, event: Click) -> None:
        event.stop()
        rows = self.query_one(Rows)
        under, _region = self.get_widget_at(event.screen_x, event.screen_y)
        if under is self:
            self.dismiss(None)
        elif under is rows and rows.key is not None:
            offset = event.get_content_offset(rows)
            if offset is not None and offset.y + rows.scroll_offset.y < len(rows.lines):
                self._take(rows.record)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        # The first of the two clicks has chosen already.
        message.stop()


def _note(option: Option[Any]) -> str:
    return option.disabled_because or option.note


def matching(texts: Sequence[str], typed: str) -> list[int]:
    """The places of the texts that hold all words that were typed, those that begin with them first; where none does,
    those that are most like it."""
    words = typed.casefold().split()
    if not words:
        return list(range(len(texts)))
    lower = [text.casefold() for text in texts]
    holding = [at for at, text in enumerate(lower) if all(word in text for word in words)]
    if holding:
        return sorted(holding, key=lambda at: not lower[at].startswith(words[0]))
    from rapidfuzz import fuzz, process

    close = process.extract(typed.casefold(), lower, scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=_MOST_CLOSE)
    return [at for _text, _score, at in close]
