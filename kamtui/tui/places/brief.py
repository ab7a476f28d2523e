"""The brief of an account over the place where one was: in a narrow window, or from a list."""

from collections.abc import Iterable

from textual.widget import Widget

from kamtui.tui.places.brief_sheet import BriefSheet
from kamtui.tui.places.place import Place
from kamtui.tui.widgets.bar import Span

_NARROW = 60  # cells below which every cell is used for text


class BriefPlace(Place):
    """The brief of an account. It is no place of its own: leaving it shows what lay under it."""

    place = "brief"
    DEFAULT_CSS = """
    BriefPlace.-narrow Paper { padding: 0; overflow-y: auto; scrollbar-size-vertical: 0; }
    """

    def __init__(self, account_id: int, *, discreet: bool = False) -> None:
        super().__init__()
        self.sheet = BriefSheet(account_id, for_customer=discreet, context="discreet_brief" if discreet else "brief")

    @property
    def contexts(self) -> tuple[str, ...]:
        """Its own keys; what works everywhere else would act on what lies below."""
        return (self.sheet.context,)

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def begin(self) -> None:
        # Reading waits for the width.
        self.set_focus(self.sheet.paper)

    def on_resize(self) -> None:
        self.set_class(self.size.width < _NARROW, "-narrow")
        super().on_resize()

    def load(self) -> None:
        self.sheet.load()

    def on_brief_sheet_gone(self, message: BriefSheet.Gone) -> None:
        message.stop()
        self.leave()

    def head(self) -> tuple[list[Span], list[Span]]:
        return self.sheet.head(self.size.width)

    def title_text(self) -> str:
        return self.sheet.page.title if self.sheet.page else ""

    def leave(self) -> None:
        """Back to what lies under it."""
        if self.is_current:
            self.dismiss(None)

    async def back(self) -> None:
        self.leave()
