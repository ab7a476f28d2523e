"""The keys of where one is, made from the registry, and what the marks mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.brief.terminal import wrap
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.tui import glyphs, keys
from kamtui.tui.dialogs.legend import legend
from kamtui.tui.registry import TITLES, Command, Registry
from kamtui.tui.text import content, fit, width
from kamtui.tui.widgets.paper import Paper, Said

_KEYS, _LABEL = 14, 16  # cells
_ROOMY = 70  # cells from which the label has a column of its own


class Help(ModalScreen[None]):
    """The pane first, then the place, then everywhere; `/` shows only what holds some words. `disabled` says of commands
    by their id why they cannot be done now."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Help { align: center middle; background: $background 40%; }
    Help Vertical { width: 96%; max-width: 110; height: 96%; border: round $accent; background: $surface; }
    Help.-ascii Vertical { border: ascii $accent; }
    Help.-small Vertical { width: 100%; height: 100%; border: none; }
    Help Paper { height: 1fr; background: $surface; overflow-y: scroll; }
    Help Static { height: 1; padding: 0 1; color: $muted; background: $panel; }
    """

    def __init__(self, registry: Registry, contexts: Sequence[str], disabled: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._registry = registry
        self._contexts = tuple(contexts)
        self._disabled = disabled or {}
        self._filter = ""
        self._typing = False  # whether keys are letters of the filter

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Paper(id="keys")
            yield Static(id="foot")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        self.set_focus(self.query_one(Paper))

    def on_resize(self) -> None:
        self.set_class(self.size.width < 60 or self.size.height < 20, "-small")
        # The paper has its new width only after the class is applied.
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        paper = self.query_one(Paper)
        cells = paper.scrollable_content_region.width
        words = self._filter.lower().split()
        lines = list(help_lines(self._registry, self._contexts, self._disabled, words=words, cells=cells))
        paper.show(lines or [Said(_("Nothing here holds these words."), "muted")])
        foot = f"/ {self._filter}_" if self._typing else _("/ filter   j k scroll   Esc back")
        if self._filter and not self._typing:
            foot = _("filter: {words}   Esc shows everything").format(words=self._filter)
        self.query_one("#foot", Static).update(content(foot))

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        paper = self.query_one(Paper)
        pressed = keys.canonical(event)
        if self._typing and self._type(pressed, event.character if event.is_printable else None):
            return
        if pressed in {"j", "down", "k", "up"}:
            paper.move(1 if pressed in {"j", "down"} else -1)
        elif pressed in {"pagedown", "space", "pageup"}:
            paper.move_page(-1 if pressed == "pageup" else 1)
        elif pressed in {"g", "home", "G", "end"}:
            paper.go_to_end(-1 if pressed in {"g", "home"} else 1)
        elif pressed == "/":
            self._typing = True
            self._show()
        elif pressed == "escape" and self._filter:
            self._find("")
        elif pressed in {"escape", "q", "enter", "?", "f1"}:
            self.dismiss(None)

    def _type(self, pressed: str, character: str | None) -> bool:
        """A key while a filter is typed; False where it is none of the filter's. The letters that come in one go with
        the `/` are letters of it too, which a box that opens first would miss."""
        if pressed == "escape":
            self._typing = False
            self._find("")
        elif pressed == "enter":
            self._typing = False
            self._show()
        elif pressed == "backspace":
            self._find(self._filter[:-1])
        elif character:
            self._find(self._filter + character)
        else:
            return False
        return True

    def _find(self, text: str) -> None:
        self._filter = text
        self._show()

    def on_paste(self, event: Paste) -> None:
        event.stop()
        if self._typing:
            self._find(self._filter + one_line(event.text))


class _Row(NamedTuple):
    """A line of the help: narrow cells, and what is said, which wraps below itself."""

    cells: tuple[str, ...]
    said: str
    style: str = ""

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all words stand in it."""
        text = " ".join([*self.cells, self.said]).lower()
        return all(word in text for word in words)

    def lines(self, cells: int) -> Iterator[Said]:
        """It in lines of so many cells; a narrow cell that is wider than its place moves the others along."""
        fitted = (fit(text, max(room, width(text))) for text, room in zip(self.cells, (_KEYS, _LABEL), strict=False))
        start = f"  {' '.join(fitted)} "
        under = 2 + sum((_KEYS, _LABEL)[: len(self.cells)]) + len(self.cells)
        for number, part in enumerate(wrap(self.said, max(8, cells - max(under, width(start))))):
            yield Said((" " * under if number else start) + part, self.style)


def help_lines(
    registry: Registry,
    contexts: Sequence[str],
    disabled: Mapping[str, str],
    *,
    words: Sequence[str] = (),
    cells: int = 100,
) -> Iterator[Said]:
    """The keys by context in lines of so many cells, and the marks; of each only what holds all `words`."""
    told: set[str] = set()
    for context in contexts:
        here = [command for command in registry.standing_in(context) if command.id not in told]
        told |= {command.id for command in here}
        rows = [_row(command, disabled.get(command.id, ""), roomy=cells >= _ROOMY) for command in here]
        yield from _part(_(TITLES[context]).upper(), rows, words, cells)
    if any(context.startswith("discreet") for context in contexts):
        # That we mark where people stand is nothing for those who look on.
        return
    yield from _part(_("MARKS"), [_Row((what,), said) for what, said in legend()], words, cells)


def _part(title: str, rows: Sequence[_Row], words: Sequence[str], cells: int) -> Iterator[Said]:
    kept = [row for row in rows if row.holds(words)]
    if kept:
        yield Said(title, "heading")
        for row in kept:
            yield from row.lines(cells)
        yield Said()


def _row(command: Command, reason: str, *, roomy: bool) -> _Row:
    pressed = " ".join(map(keys.shown, command.keys)) or _("by : alone")
    said = command.said + ("  " + _("(not now: {reason})").format(reason=reason) if reason else "")
    return _Row((pressed, _(command.label)) if roomy else (pressed,), said, "muted" if reason else "")
