"""Importing a list from inside the app: what its columns mean, what would come of it, and only then the writing."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.tui import glyphs, keys
from kamtui.tui.app import Kamtui
from kamtui.tui.dialogs.import_lines import COLUMN, GO, columns, entity_word, lines, report_said, summary, unfilled
from kamtui.tui.dialogs.import_options import change_column, change_option
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.paper import Paper, Said
from kamtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from kamtui.exchange.report import ImportReport
    from kamtui.services.importing import CsvImport
    from kamtui.services.importing_look import FileLook

_TELL_EVERY = 0.15  # seconds between two looks at how far it is


class _Stopped(Exception):
    """The person stopped it, or changed what is asked for; nothing is kept."""


class ImportDialog(ModalScreen["ImportReport"]):
    """Gives back the report of what was imported; None where the person left, and then nothing was written."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    ImportDialog { background: $background; layout: vertical; }
    ImportDialog Rows { height: 3fr; }
    ImportDialog Paper { height: 2fr; border-top: solid $line; }
    ImportDialog Paper:focus { border-top: solid $accent; }
    ImportDialog.-ascii Paper { border-top: ascii $line; }
    ImportDialog.-ascii Paper:focus { border-top: ascii $accent; }
    """

    def __init__(self, order: "CsvImport", before: Callable[[Any], object] | None = None) -> None:
        """`before` is a verb that is run as a step of its own before the import, when it is really made."""
        super().__init__()
        self.order = order
        self.look: FileLook | None = None
        self.report: ImportReport | None = None
        self._before = before
        self._run: object = None  # a token; who holds an older one stops
        self._applying = False
        self._progress: tuple[int, float] = (0, 0.0)
        self._timer: Timer | None = None
        self._trial: Worker[None] | None = None

    @property
    def kamtui(self) -> Kamtui:
        """The app, by its own type."""
        assert isinstance(self.app, Kamtui)
        return self.app

    def compose(self) -> ComposeResult:
        yield Bar(id="head")
        yield Rows(columns(), id="columns")
        yield Paper(id="report")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        self.set_class(glyphs.current().ascii, "-ascii")
        self.set_focus(self.query_one(Rows))
        self.try_it()

    # Trying

    def try_it(self) -> None:
        """Reads the file anew and says what an import would do, behind the screen."""
        from kamtui.services.importing_look import look_into

        self.report = None
        try:
            self.look = look_into(self.order)
        except KamtuiError as error:
            self._show()
            self._stand_still([Said(error.message, "alarm")])
            return
        self._show()
        if missing := unfilled(self.order, self.look):
            said = _("No column fills {fields} yet: Enter on one says which field it fills.").format(fields=missing)
            self._stand_still([Said(said, "warn")])
            return
        self._begin()
        run, order = self._run, replace(self.order, dry_run=True)
        self._trial = self.run_worker(
            lambda: self._try(run, order), thread=True, exclusive=True, group="trial", exit_on_error=False
        )

    def _try(self, run: object, order: "CsvImport") -> None:
        from kamtui.services.importing import import_csv

        try:
            report = import_csv(self.kamtui.session.workspace, order, lambda rows, share: self._tell(run, rows, share))
        except _Stopped:
            return
        except KamtuiError as error:
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._refused, run, error)
            return
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._tried, run, report)

    def _tried(self, run: object, report: "ImportReport") -> None:
        if run is self._run and self.is_mounted:
            self.report = report
            self._stand_still(report_said(report, dry_run=True))

    def _refused(self, run: object, error: KamtuiError) -> None:
        if run is self._run and self.is_mounted:
            self._stand_still([Said(error.message, "alarm")])

    # Doing

    async def apply(self) -> None:
        """Imports it, in the writer's thread, as one undo point."""
        from kamtui.services.importing import import_csv

        if self._applying or self.report is None:
            self.kamtui.tell(_("What would come of it is not known yet."), severity="warning")
            return
        app = self.kamtui
        self._applying = True
        self._begin()
        run, order, workspace = self._run, self.order, app.session.workspace
        try:
            if self._before is not None:
                await app.write(self._before)
                self._before = None
            report = await app.session.in_writer(
                lambda: import_csv(workspace, order, lambda rows, share: self._tell(run, rows, share))
            )
        except _Stopped:
            self._stand_still([Said(_("Stopped. Nothing of the file was kept."), "warn")])
            return
        except KamtuiError as error:
            self._stand_still([Said(error.message, "alarm")])
            return
        finally:
            self._applying = False
        if report.point is not None:
            app.typed = True
            app.last = summary(report, dry_run=False)
        self._end()
        app.reload()
        self.dismiss(report)

    def _tell(self, run: object, rows: int, share: float) -> None:
        """Called in the thread that reads the file, after some thousand rows each."""
        if run is not self._run:
            raise _Stopped
        self._progress = (rows, share)

    def _begin(self) -> None:
        self._end()
        self._run = object()
        self._progress = (0, 0.0)
        self._show_progress()
        self._timer = self.set_interval(_TELL_EVERY, self._show_progress, name="progress")

    def _end(self) -> None:
        self._run = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _stand_still(self, said: list[Said]) -> None:
        self._end()
        self.query_one(Paper).show(said)
        self._show_foot()

    def _show_progress(self) -> None:
        rows, share = self._progress
        percent = min(100, round(share * 100))
        start = _("Importing") if self._applying else _("Trying it out, nothing is written")
        bar = glyphs.current().bar * (percent * 30 // 100)
        said = [
            Said(f"{start}: " + ngettext("{count} row", "{count} rows", rows).format(count=f"{rows:,}")),
            Said(f"{bar} {percent} %"),
        ]
        if self._applying:
            said.append(Said(_("Esc stops it; then nothing of it is kept."), "muted"))
        self.query_one(Paper).show(said)
        self._show_foot()

    # Keys

    async def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        pressed = keys.canonical(event)
        rows, paper = self.query_one(Rows), self.query_one(Paper)
        pane: Rows | Paper = paper if paper.has_focus else rows
        if pressed in {"j", "down", "k", "up"}:
            pane.move(1 if pressed in {"j", "down"} else -1)
        elif pressed in {"pagedown", "pageup"}:
            pane.move_page(1 if pressed == "pagedown" else -1)
        elif pressed in {"g", "home", "G", "end"}:
            pane.go_to_end(-1 if pressed in {"g", "home"} else 1)
        elif pressed in {"tab", "shift+tab"}:
            self.set_focus(rows if paper.has_focus else paper)
        elif pressed in {"escape", "q"}:
            self._leave()
        elif self._applying:
            return
        elif pressed == "i":
            self.run_worker(self.apply(), group="commands")
        elif pressed in {"enter", "space"}:
            self.run_worker(self._change(key_only=pressed == "space"), group="commands")

    def _leave(self) -> None:
        if self._applying:
            self._run = None  # the next chunk stops
        else:
            self._end()
            self.dismiss(None)

    async def _change(self, *, key_only: bool = False) -> None:
        rows = self.query_one(Rows)
        if rows.key is None or self._applying:
            return
        kind, at = rows.key
        if kind == GO:
            await self.apply()
            return
        if kind == COLUMN:
            assert self.look is not None
            changed = await change_column(self.kamtui, self.order, self.look.columns[at], key_only=key_only)
        else:
            changed = await change_option(self.kamtui, self.order, rows.record)
        if changed is not None and changed != self.order:
            self.order = changed
            self.try_it()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self.run_worker(self._change(), group="commands")

    # Showing

    def _show(self) -> None:
        order = self.order
        self.query_one("#head", Bar).show(
            [
                Span(" " + _("Import {file}").format(file=order.file), "strong"),
                Span("   " + _("as {entity}").format(entity=entity_word(order.into))),
            ]
        )
        self.query_one(Rows).show(lines(order, self.look))

    def _show_foot(self) -> None:
        parts = [
            ("Enter", _("change")),
            ("Space", _("key of its rows")),
            ("i", _("import")),
            ("Tab", _("report")),
            ("Esc", _("leave")),
        ]
        if self._applying:
            parts = [("Esc", _("stop"))]
        spans = [Span(" ")]
        for key, label in parts:
            spans += [Span(key, "key"), Span(f" {label}  ")]
        self.query_one("#foot", Bar).show(spans)


async def import_file(
    app: Kamtui, *, before: Callable[[Any], object] | None = None, currency: str | None = None
) -> bool:
    """Asks for a file and what it holds, imports it, and goes on to sort what is new. True where something was imported."""
    from kamtui.exchange.fields import ENTITIES
    from kamtui.services.importing import CsvImport, entity_of
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.dialogs.import_options import entity_words
    from kamtui.tui.dialogs.path import PathDialog

    file = await app.ask(PathDialog(_("a CSV file")))
    if file is None:
        return False
    options = [Option(name, entity_words()[name], note=name) for name in ENTITIES]
    likely = entity_of(file)
    at = next((n for n, option in enumerate(options) if likely and option.value == likely.name), 0)
    into = await app.ask(Choose(_("What are its rows?"), options, at=at))
    if into is None:
        return False
    order = CsvImport(file, into, currency=currency, create_missing=into != "account")
    report = await app.ask(ImportDialog(order, before))
    if report is None:
        return False
    await _after(app, report)
    return True


async def _after(app: Kamtui, report: "ImportReport") -> None:
    """What did not come in can be read; then the new accounts want a tier."""
    from kamtui.store.reads.portfolio import count_accounts
    from kamtui.tui.commands.accounts import sort_unsorted
    from kamtui.tui.dialogs.page import Page

    app.tell(summary(report, dry_run=False) + (_(" u undoes") if report.point is not None else ""))
    if report.in_part:
        await app.ask(Page(report_said(report, dry_run=False)))
    if app.place is not None and app.place.place == "first":
        await app.go("portfolio")
    made = report.created if report.into == "account" else report.also_created.get("account", 0)
    if made and app.session.read(count_accounts).unsorted:
        await sort_unsorted(app)
