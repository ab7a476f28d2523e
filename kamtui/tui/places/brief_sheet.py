"""A brief to read and to hand on: as a terminal shows it, written anew when the data change; over a place, or beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from kamtui.domain.errors import KamtuiError, NotFound
from kamtui.language import gettext as _
from kamtui.tui.text import width
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.paper import Paper, Said

if TYPE_CHECKING:
    from kamtui.brief.blocks import Page
    from kamtui.brief.formats import Document, Format
    from kamtui.brief.model import AnyBrief
    from kamtui.brief.variants import Variant
    from kamtui.tui.app import Kamtui

_STYLES = {"title": "title", "heading": "heading", "quiet": "muted", "": ""}


class BriefSheet(Vertical):
    """The brief of an account: of `variant` for us, or for the customer where `for_customer` is on."""

    DEFAULT_CSS = """
    BriefSheet { height: 1fr; }
    BriefSheet > Bar { display: none; }
    BriefSheet > Paper { height: 1fr; overflow-y: scroll; }
    """

    class Gone(Message):
        """An undo, or another window, took the account away."""

    def __init__(self, account_id: int, *, for_customer: bool = False, context: str = "brief") -> None:
        super().__init__()
        self.account_id = account_id
        self.for_customer = for_customer
        self.context = context
        self.brief: AnyBrief | None = None
        self.page: Page | None = None
        self.busy = ""  # what is being written now
        self._variant: Variant | None = None

    @property
    def kamtui(self) -> "Kamtui":
        """The app, by its own type."""
        return cast("Kamtui", self.app)

    @property
    def paper(self) -> Paper:
        """What is read."""
        return self.query_one(Paper)

    @property
    def variant(self) -> "Variant":
        """What the brief is for."""
        from kamtui.brief.variants import Variant

        return Variant.CUSTOMER if self.for_customer else self._variant or Variant.MEETING

    def compose(self) -> ComposeResult:
        yield Bar(id="brief-head")
        paper = Paper(id="brief")
        paper.context = self.context
        yield paper

    # What is shown

    def on_resize(self) -> None:
        self.call_after_refresh(self._load_or_say)

    def _load_or_say(self) -> None:
        try:
            self.load()
        except KamtuiError as error:
            self.kamtui.tell_error(error)

    def load(self) -> None:
        """Reads the brief and writes it for the width that there is; of an account that is gone that it is `Gone`."""
        from kamtui.brief.build import build_brief
        from kamtui.brief.page import lay_out
        from kamtui.brief.terminal import render_terminal

        session = self.kamtui.session
        try:
            self.brief = session.read(build_brief, self.account_id, session.today, self.variant)
        except NotFound:
            self.post_message(self.Gone())
            return
        self.page = lay_out(self.brief)
        paper = self.paper
        top = paper.scroll_offset.y
        lines = render_terminal(self.page, paper.scrollable_content_region.width)
        # The first lines stand in the head, down to the rule.
        start = next((at for at, line in enumerate(lines) if line.style == "quiet"), -1) + 1
        said = [Said(line.text, _STYLES[line.style]) for line in lines[start:]]
        if not self._title_fits(self.size.width):
            said[:0] = [Said(self.page.title, "title"), Said(self.page.occasion, "muted")]
        paper.show(said)
        paper.scroll_to(y=top, animate=False, immediate=True)
        self._show_heads()

    def _show_heads(self) -> None:
        self.show_head()
        self.screen.refresh_bars()  # type: ignore[attr-defined]  # it stands in places only

    def show_head(self) -> None:
        """The head, where the sheet has one of its own."""
        self.query_one("#brief-head", Bar).show(*self.head(self.size.width))

    def head(self, cells: int) -> tuple[list[Span], list[Span]]:
        """What kind of brief it is, whose, and when; while a file is made, that."""
        if self.page is None:
            return [], []
        kind, audience = self.page.kind
        spans = [Span(f" {kind.upper()}  ", "strong"), Span(audience, "" if self.for_customer else "warn")]
        if self._title_fits(cells):
            spans.append(Span(f"   {self.page.title}", "strong"))
        if self.busy:
            return spans, [Span(f"{self.busy} ", "key")]
        return spans, [Span(f"{self.page.occasion} ")] if self._title_fits(cells) else []

    def _title_fits(self, cells: int) -> bool:
        assert self.page is not None
        said = [*self.page.kind, self.page.title, self.page.occasion]
        return sum(width(text) for text in said) + 8 <= cells

    # Variant and audience

    def next_variant(self) -> None:
        """The brief of the same account for another occasion, for our own eyes."""
        from kamtui.brief.variants import Variant

        ours = (Variant.MEETING, Variant.QBR, Variant.HANDOVER)
        self._variant = ours[(ours.index(self._variant) + 1) % len(ours)] if self._variant in ours else Variant.QBR
        self._show_from_top()

    def next_audience(self) -> None:
        """The brief that the customer may see, and back to ours."""
        self.for_customer = not self.for_customer
        self._show_from_top()

    def _show_from_top(self) -> None:
        self.paper.scroll_to(y=0, animate=False, immediate=True)
        self.load()

    # Handing it on

    def copy(self) -> None:
        """The whole brief as Markdown."""
        from kamtui.brief.markdown import render_markdown

        if self.page is not None:
            self.kamtui.copy_to_clipboard(render_markdown(self.page))
            self.kamtui.tell(_("Copied the brief of {name} as Markdown").format(name=self.page.title))

    async def save(self) -> None:
        """Asks for a file and writes it, in the format that its ending says; one that is there already only after a yes."""
        from kamtui.tui.dialogs.confirm import Confirm
        from kamtui.tui.dialogs.line import LineDialog

        if self.page is None:
            return
        name = self._file_name(".pdf")
        while said := await self.kamtui.ask(
            LineDialog(
                _("save as"),
                name,
                check=_understood,
                hint=_("the ending says how: {endings}").format(endings=_endings()),
                needed=True,
            )
        ):
            name = said.strip()
            path = _path(name)
            question = _("{path} is there already. Write over it?").format(path=path)
            over = _is_there(path)
            if over and not await self.kamtui.ask(Confirm(question)):
                continue
            try:
                await self._write(path, over=over)
            except KamtuiError as error:
                self.kamtui.tell_error(error)
                continue
            self.kamtui.tell(_("Wrote the brief of {name} to {path}").format(name=self.page.title, path=path))
            return

    async def open_outside(self) -> None:
        """Shows it in the system's viewer: as a PDF, as a page of HTML where no font here can set one. The file is for
        this session, and for its owner's eyes alone."""
        from kamtui.brief.formats import Format
        from kamtui.domain.errors import Refused
        from kamtui.tui.viewing import show_outside, viewing_folder

        if self.page is None:
            return
        path = viewing_folder() / self._file_name(".pdf")
        try:
            await self._write(path, over=True)
        except Refused as refused:
            self.kamtui.tell(refused.message, severity="warning")
            path = path.with_suffix(f".{Format.HTML}")
            await self._write(path, over=True)
        show_outside(path)
        self.kamtui.tell(_("Opened {file} in another program").format(file=path.name))

    async def _write(self, path: Path, *, over: bool) -> None:
        """Makes the document and writes it, both beside the interface, which goes on. Raises `KamtuiError`."""
        from kamtui.brief.formats import format_of

        chosen, brief = format_of(path), self.brief
        assert brief is not None
        self._say_busy(_("making {file} ...").format(file=path.suffix.lstrip(".").upper() or "MD"))
        try:
            document = await self.kamtui.beside(lambda: _made(brief, chosen, path, over=over))
        finally:
            self._say_busy("")
        for said in document.notes:
            self.kamtui.tell(said, severity="warning")

    def _say_busy(self, said: str) -> None:
        self.busy = said
        if self.is_attached:
            self._show_heads()

    def _file_name(self, ending: str) -> str:
        from kamtui.brief.files import safe_name

        assert self.page is not None
        return safe_name(self.page.title, f"-{self.variant}-{self.kamtui.session.today.isoformat()}{ending}")


def _made(brief: "AnyBrief", chosen: "Format", path: Path, *, over: bool) -> "Document":
    """Runs in a thread: what a format needs is imported there, when it is first wanted."""
    from kamtui.brief.files import write_document
    from kamtui.brief.formats import render

    document = render(brief, chosen)
    write_document(path, document.content, over=over)
    return document


def _endings() -> str:
    from kamtui.brief.formats import Format, ending_of

    return " ".join(map(ending_of, Format))


def _path(name: str) -> Path:
    """The file of a name, from the folder that one works in; `~` is one's home."""
    try:
        return Path(name.strip()).expanduser().absolute()
    except RuntimeError:
        # There is no such user's home.
        return Path(name.strip()).absolute()


def _understood(name: str) -> str:
    """Where it will be written. Raises `BadInput` for an ending that is no format."""
    from kamtui.brief.formats import format_of

    path = _path(name)
    format_of(path)
    return f"{path}  " + _("(is there already)") if _is_there(path) else str(path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # What cannot be looked at cannot be written either, and says so then.
        return False
