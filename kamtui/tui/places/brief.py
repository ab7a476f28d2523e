"""The brief of an account, over the place where one was: as a terminal shows it, written anew when the data change."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widget import Widget

from kamtui.domain.errors import BadInput, KamtuiError, NotFound
from kamtui.language import gettext as _
from kamtui.tui.places.place import Place
from kamtui.tui.text import width
from kamtui.tui.widgets.bar import Span
from kamtui.tui.widgets.paper import Paper, Said

if TYPE_CHECKING:
    from kamtui.brief.blocks import Page

_STYLES = {"title": "title", "heading": "heading", "quiet": "muted", "": ""}
_NARROW = 60  # cells below which every cell is used for text
_MARKDOWN, _TEXT = (".md", ".markdown"), (".txt",)


class BriefPlace(Place):
    """The meeting brief of an account. It is no place of its own: leaving it shows what lay under it."""

    place = "brief"
    DEFAULT_CSS = """
    BriefPlace Paper { height: 1fr; }
    BriefPlace.-narrow Paper { padding: 0; scrollbar-size-vertical: 0; }
    """

    def __init__(self, account_id: int) -> None:
        super().__init__()
        self.account_id = account_id
        self.page: Page | None = None

    @property
    def contexts(self) -> tuple[str, ...]:
        """Its own keys; what works everywhere else would act on what lies below."""
        return ("brief",)

    @property
    def paper(self) -> Paper:
        """What is read."""
        return self.query_one(Paper)

    def body(self) -> Iterable[Widget]:
        yield Paper(id="brief")

    def begin(self) -> None:
        # Reading waits for the width.
        self.set_focus(self.paper)

    def on_resize(self) -> None:
        self.set_class(self.size.width < _NARROW, "-narrow")
        self.call_after_refresh(self.reload)

    # What is shown

    def load(self) -> None:
        from kamtui.brief.build import build_brief
        from kamtui.brief.page import lay_out
        from kamtui.brief.terminal import render_terminal

        session = self.kamtui.session
        try:
            self.page = lay_out(session.read(build_brief, self.account_id, session.today))
        except NotFound:
            # An undo, or another window, took the account away.
            self.call_later(self.leave)
            return
        top = self.paper.scroll_offset.y
        lines = render_terminal(self.page, self.paper.scrollable_content_region.width)
        # The first lines stand in the head, down to the rule.
        start = next((at for at, line in enumerate(lines) if line.style == "quiet"), -1) + 1
        said = [Said(line.text, _STYLES[line.style]) for line in lines[start:]]
        if not self._title_fits():
            said[:0] = [Said(self.page.title, "title"), Said(self.page.occasion, "muted")]
        self.paper.show(said)
        self.paper.scroll_to(y=top, animate=False, immediate=True)

    def head(self) -> tuple[list[Span], list[Span]]:
        if self.page is None:
            return [], []
        kind, audience = self.page.kind
        spans = [Span(f" {kind.upper()}  ", "strong"), Span(audience, "warn")]
        if self._title_fits():
            spans.append(Span(f"   {self.page.title}", "strong"))
        return spans, [Span(f"{self.page.occasion} ")] if self._title_fits() else []

    def _title_fits(self) -> bool:
        assert self.page is not None
        said = [*self.page.kind, self.page.title, self.page.occasion]
        return sum(width(text) for text in said) + 8 <= self.size.width

    def title_text(self) -> str:
        return self.page.title if self.page else ""

    # What can be done

    def leave(self) -> None:
        """Back to what lies under it."""
        if self.is_current:
            self.dismiss(None)

    async def back(self) -> None:
        self.leave()

    def copy(self) -> None:
        """The whole brief as Markdown."""
        from kamtui.brief.markdown import render_markdown

        if self.page is not None:
            self.kamtui.copy_to_clipboard(render_markdown(self.page))
            self.kamtui.tell(_("Copied the brief of {name} as Markdown").format(name=self.page.title))

    async def save(self) -> None:
        """Asks for a file and writes it; one that is there already only after a yes."""
        from kamtui.brief.files import safe_name, write_document
        from kamtui.tui.dialogs.confirm import Confirm
        from kamtui.tui.dialogs.line import LineDialog

        if self.page is None:
            return
        day = self.kamtui.session.today.isoformat()
        name = safe_name(self.page.title, f"-brief-{day}.md")
        while said := await self.kamtui.ask(
            LineDialog(_("save as"), name, check=_understood, hint=_("a file that ends in .md or .txt"))
        ):
            name = said.strip()
            path = _path(name)
            question = _("{path} is there already. Write over it?").format(path=path)
            if _is_there(path) and not await self.kamtui.ask(Confirm(question)):
                continue
            try:
                write_document(path, self._document(path).encode())
            except KamtuiError as error:
                self.kamtui.tell_error(error)
                continue
            self.kamtui.tell(_("Wrote the brief of {name} to {path}").format(name=self.page.title, path=path))
            return

    def _document(self, path: Path) -> str:
        from kamtui.brief.markdown import render_markdown
        from kamtui.brief.terminal import plain, render_terminal

        assert self.page is not None
        return plain(render_terminal(self.page)) if path.suffix.lower() in _TEXT else render_markdown(self.page)


def _path(name: str) -> Path:
    """The file of a name, from the folder that one works in; `~` is one's home."""
    try:
        return Path(name.strip()).expanduser().absolute()
    except RuntimeError:
        # There is no such user's home.
        return Path(name.strip()).absolute()


def _understood(name: str) -> str:
    """Where it will be written. Raises `BadInput` for another ending."""
    path = _path(name)
    if path.suffix.lower() not in (*_MARKDOWN, *_TEXT):
        raise BadInput(_("The brief is written as .md or .txt."), field="file")
    return f"{path}  " + _("(is there already)") if _is_there(path) else str(path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # What cannot be looked at cannot be written either, and says so then.
        return False
