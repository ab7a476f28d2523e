"""Sorting: one unsorted account at a time, best customers first; each gets a tier with one key."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import ModalScreen

from kamtui.domain.enums import Tier
from kamtui.domain.labels import tier_mark
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.history import undo_point
from kamtui.store.reads.sorting import SortRow, list_unsorted
from kamtui.tui import keys
from kamtui.tui.app import Kamtui
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.paper import Paper, Said

_LATER = "later"
_ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of an account: a tier, later, or archived; `point` is its undo point, None where nothing was
    written."""

    row: SortRow
    what: str
    point: int | None = None


class SortingPlace(ModalScreen[int]):
    """Gives back how many accounts were sorted. It stands over the place that one came from."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    contexts = ("sorting",)
    DEFAULT_CSS = """
    SortingPlace { background: $background; layout: vertical; }
    SortingPlace Paper { height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Choice] = []
        self._rows: list[SortRow] = []

    @property
    def kamtui(self) -> Kamtui:
        """The app, by its own type."""
        assert isinstance(self.app, Kamtui)
        return self.app

    @property
    def row(self) -> SortRow | None:
        """The account that is asked about; None where all are done."""
        return self._rows[len(self.done)] if len(self.done) < len(self._rows) else None

    def compose(self) -> ComposeResult:
        yield Bar(id="head")
        yield Paper(id="account", focusable=False)
        yield Bar(id="said")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        session = self.kamtui.session
        self._rows = session.read(list_unsorted, session.today)
        self._show()

    # One account

    async def give(self, tier: Tier) -> None:
        """The account is of this tier; the next one comes."""
        row = self.row
        if row is None:
            return

        def verb(work: Any) -> int:
            from kamtui.services.accounts import sort_account

            sort_account(work, row.id, tier)
            return int(work.point_id)

        await self._write(row, str(tier), verb)

    async def archive(self, reason: str, potential: int | None) -> None:
        """The account is given up, after its potential was judged."""
        row = self.row
        if row is None:
            return

        def verb(work: Any) -> int:
            from kamtui.services.accounts import archive_account

            archive_account(work, row.id, reason, potential=potential)
            return int(work.point_id)

        await self._write(row, _ARCHIVED, verb)

    async def _write(self, row: SortRow, what: str, verb: Any) -> None:
        written = await self.kamtui.do(verb, say=False)
        if written is not None:
            self.done.append(Choice(row, what, written.result if written.changed else None))
            self._show()

    def later(self) -> None:
        """The account stays unsorted."""
        if self.row is not None:
            self.done.append(Choice(self.row, _LATER))
            self._show()

    async def take_back(self) -> None:
        """The last account comes again, as it was: its own step is undone and no other."""
        if not self.done:
            return
        point = self.done[-1].point
        if point is not None:
            workspace = self.kamtui.session.workspace
            await self.kamtui.session.in_writer(lambda: undo_point(workspace, point))
            self.kamtui.reload()
        self.done.pop()
        self._show()

    def stop(self) -> None:
        """Back to where one came from."""
        sorted_now = sum(choice.what != _LATER for choice in self.done)
        left = len(self._rows) - sorted_now
        if sorted_now:
            said = ngettext("{count} account sorted", "{count} accounts sorted", sorted_now).format(count=sorted_now)
            rest = ngettext("{count} stays unsorted and quiet", "{count} stay unsorted and quiet", left)
            self.kamtui.tell(f"{said}; {rest.format(count=left)}." if left else f"{said}.")
        self.dismiss(sorted_now)

    # Showing

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if not self.is_mounted:
            return
        total = len(self._rows)
        head = [Span(" K  " + _("Sort accounts"), "strong")]
        head.append(Span("   " + _("{done} of {all} done").format(done=len(self.done), all=total)))
        head.append(Span("   " + _("ordered by orders, last 12 months"), "muted"))
        self.query_one("#head", Bar).show(head)
        self.query_one("#account", Paper).show(self._said())
        said = _("Backspace takes the last one back   Enter stops here: the rest stay quiet")
        self.query_one("#said", Bar).show([Span(f" {said}", "muted")])
        self.query_one("#foot", Bar).show(self._foot())

    def _foot(self) -> list[Span]:
        parts = [
            ("1 2 3 0", _("tier"), ""),
            ("Space", _("later"), "sort.later"),
            ("Backspace", _("back"), "sort.back"),
            ("Enter", _("stop"), "sort.stop"),
            ("?", _("more"), "app.help_sorting"),
        ]
        spans = [Span(" ")]
        for key, label, command in parts:
            spans += [Span(key, "key", command), Span(f" {label}", "", command), Span("  ")]
        return spans

    def on_bar_clicked(self, message: Bar.Clicked) -> None:
        message.stop()
        command = self.kamtui.registry.commands.get(message.command)
        if command is not None:
            self.kamtui.call_later(self.kamtui.perform, command)

    def _said(self) -> list[Said]:
        roomy = self.size.height >= 16
        gap = [Said()] if roomy else []
        row = self.row
        if row is None:
            return [
                *gap,
                Said(_("Every account is sorted."), "strong"),
                *gap,
                Said(_("Enter leaves.")),
                *gap,
                self._tally(),
            ]
        lines = [*gap, Said(row.account, "title")]
        if row.contact:
            contact = f"{row.contact}, {row.title}" if row.title else row.contact
            lines.append(Said(_("contact   {contact}").format(contact=contact), indent=10))
        lines.append(Said(_("orders    {orders}").format(orders=self._orders(row)), indent=10))
        lines += [*gap, Said("   ".join(self._choices()), "strong"), *gap]
        if roomy:
            lines.append(
                Said(
                    _(
                        "T1 to T3 are provisional until 5 of 8 criteria are scored. Not key: only neglect, promises, "
                        "complaints are watched. Later: silent until sorted."
                    ),
                    "muted",
                )
            )
        return [*lines, *gap, self._tally()]

    def _choices(self) -> list[str]:
        commands = self.kamtui.registry.commands
        found = [commands[f"sort.{name}"] for name in ("t1", "t2", "t3", "other", "later", "archive")]
        return [f"{keys.shown(command.keys[0])} {_(command.label)}" for command in found]

    def _orders(self, row: SortRow) -> str:
        rank = _("(rank {rank} of {count})").format(rank=row.rank, count=len(self._rows))
        if not row.orders:
            return f"{_('none')} {rank}"
        said = _("{count} in {months} months, last {day}").format(
            count=row.orders, months=row.months, day=row.last_order
        )
        return f"{said}, {row.revenue} {rank}" if row.revenue else f"{said} {rank}"

    def _tally(self) -> Said:
        counts = [
            f"{tier_mark(tier, provisional=False)} {sum(choice.what == tier for choice in self.done)}"
            for tier in (Tier.T1, Tier.T2, Tier.T3)
        ]
        for label, what in ((_("not key"), Tier.NON_KEY), (_("later"), _LATER), (_("archived"), _ARCHIVED)):
            counts.append(f"{label} {sum(choice.what == what for choice in self.done)}")
        left = _("left {count}").format(count=len(self._rows) - len(self.done))
        return Said(_("so far   {counts}").format(counts="   ".join([*counts, left])), indent=9)
