"""Discreet mode: what may be seen of one account by the customer who looks on, and nothing else of anything.

It is made of the allow-list of `store/reads/brief_shared.py` alone, as the customer's brief is. The places with all that they
hold, dialogs included, lie behind it untouched until it is left.
"""

from collections.abc import Awaitable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from textual.widget import Widget

from kamtui.domain.enums import NeedState, Side
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads import brief_shared as shared
from kamtui.tui.places.place import Place
from kamtui.tui.widgets.bar import Span
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line, Rows


@dataclass(frozen=True, slots=True)
class Known:
    """Something that both sides know: what, whose or by whom, until when, or since when it is done."""

    what: str
    who: str
    day: date | None
    done: bool = False

    def holds(self, words: Iterable[str]) -> bool:
        """Whether all words stand in it."""
        text = f"{self.what} {self.who} {self.day or ''}".lower()
        return all(word.lower() in text for word in words)


class DiscreetPlace(Place):
    """One list of what both sides know."""

    place = "discreet"
    DEFAULT_CSS = """
    DiscreetPlace Rows { height: 1fr; padding: 1 0 0 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.account: shared.SharedAccount | None = None
        self.meeting: shared.SharedMeeting | None = None

    def body(self) -> Iterable[Widget]:
        yield Rows(_columns(), context=self.place, empty=self._nothing, id="known")

    def main_rows(self) -> Rows:
        return self.query_one("#known", Rows)

    def load(self) -> None:
        self.account = self.meeting = None
        lines: list[Line] = []
        account_id, session = self.kamtui.discretion.account, self.kamtui.session
        if account_id is not None and session.is_there:
            try:
                self.account = session.read(shared.get_shared_account, account_id)
                self.meeting = session.read(shared.next_shared_meeting, account_id, session.today)
                lines = list(self._lines(account_id))
            except NotFound:
                # An undo, or another window, took the account away.
                self.account = None
        rows = self.main_rows()
        rows.find(self.words)
        rows.show(lines)

    def _lines(self, account_id: int) -> Iterator[Line]:
        session = self.kamtui.session
        number = 0
        for title, none, found in (
            (
                _("AGREED NEEDS"),
                _("none is agreed yet: what matters most to you?"),
                map(_need, session.read(shared.list_agreed_needs, account_id, session.today)),
            ),
            (
                _("OPEN PROMISES"),
                _("none are open on either side"),
                map(_promise, session.read(shared.list_open_promises, account_id)),
            ),
            (
                _("NEXT, TOGETHER"),
                _("no joint action is agreed yet"),
                map(_action, session.read(shared.list_joint_actions, account_id, session.today)),
            ),
            (
                _("DELIVERED IN {days} DAYS").format(days=shared.DELIVERED_DAYS),
                _("nothing is recorded"),
                map(_promise, session.read(shared.list_delivered, account_id, session.today)),
            ),
        ):
            known = list(found)
            kept = [one for one in known if one.holds(self.words)]
            if self.words and not kept:
                continue
            yield Line(text=f"{title} ({len(kept)})", style="heading")
            for one in kept:
                number += 1
                yield Line(("known", number), one, style="done" if one.done else "")
            if not kept:
                yield Line(text=f"  {none}", style="muted")
            yield Line()

    def _nothing(self) -> str:
        if self.words:
            return _("Nothing holds “{words}”.\nEsc shows everything again.").format(words=" ".join(self.words))
        return _("Discreet mode shows one account, the one that was open last.\nThere is none yet: F9 leaves it.")

    def head(self) -> tuple[list[Span], list[Span]]:
        spans = [Span(_(" DISCREET  F9 "), "here"), Span("  ")]
        if self.account is not None:
            spans.append(Span(self.account.name, "strong"))
            if self.account.kam and self.size.width >= 80:
                spans += [Span("   "), Span(_("your contact: {name}").format(name=self.account.kam), "muted")]
        when = ""
        if self.meeting is not None:
            when = _("we meet: {day}").format(day=f"{self.meeting.on_date} {self.meeting.at_time or ''}".rstrip())
        return spans, [Span(f"{when} ", "muted")]

    def title_text(self) -> str:
        return self.account.name if self.account else ""

    def filter(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.reload()

    def open_row(self) -> Awaitable[None] | None:
        """The row, whole."""
        record: Known | None = self.main_rows().record
        return self._page(record) if record is not None else None

    async def _page(self, known: Known) -> None:
        from kamtui.tui.dialogs.page import Page

        await self.kamtui.ask(Page([Said(known.what, "title"), Said(known.who), Said(_day(known), "muted")]))


def _columns() -> list[Column]:
    return [
        Column(mark("what"), lambda known: known.what, flex=6, least=16),
        Column(mark("who"), lambda known: (known.who, "muted"), flex=3, least=10, most=40, gives_way=1),
        Column(mark("day"), _day_cell, width=16),
    ]


def _day_cell(known: Known) -> Cell:
    return _day(known), "muted" if known.done else ""


def _day(known: Known) -> str:
    if known.day is None:
        return _("done") if known.done else ""
    return (_("done {day}") if known.done else _("by {day}")).format(day=known.day.isoformat())


def _need(need: shared.AgreedNeed) -> Known:
    what = f"“{need.words}”"
    if need.quantity is not None:
        what += f" ({need.quantity.normalize():f} {need.unit or ''}".rstrip() + ")"
    if need.state is NeedState.SATISFIED:
        return Known(what, "", need.satisfied_on, done=True)
    return Known(what, "", need.need_by)


def _promise(promise: shared.SharedPromise) -> Known:
    ours = promise.side is Side.OURS
    owner = promise.our_owner if ours else promise.their_owner
    side = _("we") if ours else _("you")
    what = f"{promise.what} {promise.subject}".strip()
    return Known(
        what, f"{side}: {owner}" if owner else side, promise.done_on or promise.due, done=bool(promise.done_on)
    )


def _action(action: shared.JointAction) -> Known:
    return Known(action.what, f"{action.our_owner}, {action.their_owner}", action.due)
