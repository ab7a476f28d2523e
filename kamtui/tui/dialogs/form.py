"""A form over the place that one is in. What is refused is said, and the form stays open with all that was typed."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kamtui.domain.errors import BadInput, KamtuiError
from kamtui.language import gettext as _
from kamtui.store.reads.glance import name_of
from kamtui.tui import glyphs
from kamtui.tui.forms.reading import Desk
from kamtui.tui.forms.spec import ChangedMeanwhile, Filled, FormSpec, Key, Kind, Texts, changed_meanwhile
from kamtui.tui.text import content
from kamtui.tui.widgets.bar import Bar, Span
from kamtui.tui.widgets.form import Form
from kamtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

_AROUND = 5  # lines of the sheet that are no fields: title, status, keys, two for the frame


class FormDialog(ModalScreen[Key]):
    """Gives back the key of the record that was saved, or None where the person left."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("ctrl+o", "unfold", show=False, priority=True),
        Binding("ctrl+e", "editor", show=False, priority=True),
        Binding("ctrl+t", "theirs", show=False, priority=True),
        Binding("tab", "next", show=False, priority=True),
        Binding("shift+tab", "before", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]
    DEFAULT_CSS = """
    FormDialog { align: center middle; background: $background 40%; }
    FormDialog > Vertical { width: 100%; max-width: 96; height: auto; max-height: 100%; background: $background;
                            border: round $accent; }
    FormDialog.-ascii > Vertical { border: ascii $accent; }
    FormDialog.-low > Vertical { border: none; }
    FormDialog #status { height: auto; max-height: 3; padding: 0 1; color: $muted; display: none; }
    FormDialog #status.-said { display: block; }
    FormDialog #status.-wrong { color: $alarm; }
    """

    def __init__(
        self,
        spec: FormSpec,
        loaded: Texts,
        *,
        desk: Desk,
        record_id: int | None = None,
        account_id: int | None = None,
        of: int | None = None,
        start: Texts | None = None,
        proposed: bool = False,
        about: str = "",
    ) -> None:
        super().__init__()
        self.spec = spec
        self._loaded = loaded
        self._record_id, self._account_id, self._of = record_id, account_id, of
        self._about = about
        new = record_id is None
        fields = [
            field
            for field in spec.fields
            if not (field.only_new if not new else field.only_edit)
            and not (field.name == "account" and field.only_new and account_id is not None)
        ]
        head = [] if spec.head is None or record_id is None else desk.session.read(spec.head, record_id)
        self.form = Form(spec, fields, desk, loaded, start or {}, head, proposed=proposed)
        self._saving = False
        self._foot = ""
        self._news = ""

    @property
    def kamtui(self) -> "Kamtui":
        """The app, by its own type."""
        return cast("Kamtui", self.app)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Bar(id="title")
            yield self.form
            yield Static(id="status")
            yield Bar(id="keys")

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self.set_class(glyphs.current().ascii, "-ascii")
        self._fit()
        title = _(self.spec.title if self._record_id is None else self.spec.edit_title)
        number = f"{self._record_id}" if self._record_id is not None else ""
        self.query_one("#title", Bar).show(
            [Span(f" {title}  ", "strong"), Span(self._about)], [Span(f"{number} ", "muted")]
        )
        self._show_keys()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """The fields scroll where they do not fit."""
        height = self.app.size.height
        low = height <= 24 or self.app.size.width <= 80
        self.set_class(low, "-low")
        self.form.styles.max_height = max(3, height - (_AROUND - 2 if low else _AROUND))

    def _show_keys(self) -> None:
        spans = [
            Span(" "),
            Span("Ctrl+S", "key", "save"),
            Span(f" {_(self.spec.action) if self.spec.action else _('save')}  ", "", "save"),
        ]
        if self.form.folded:
            said = _("{count} more").format(count=self.form.folded)
            spans += [Span("Ctrl+O", "key", "unfold"), Span(f" {said}  ", "", "unfold")]
        spans += [
            Span("Tab", "key"),
            Span(f" {_('next')}  "),
            Span("Esc", "key", "leave"),
            Span(f" {_('leave')}  ", "", "leave"),
        ]
        here = self.form.here
        if here is not None and here.field.kind is Kind.NOTE:
            spans += [Span("Ctrl+E", "key", "editor"), Span(f" {_('editor')}  ", "", "editor")]
            spans += [Span("Ctrl+N", "key"), Span(f" {_('new line')}  ")]
        self.query_one("#keys", Bar).show(spans)

    def on_descendant_focus(self) -> None:
        self.call_after_refresh(self._show_keys)

    def on_bar_clicked(self, message: Bar.Clicked) -> None:
        message.stop()
        self.call_later(self.run_action, message.command)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Says something at the foot."""
        status = self.query_one("#status", Static)
        status.update(content(f"! {text}" if wrong else text))
        status.set_class(wrong, "-wrong")
        status.set_class(bool(text), "-said")

    def on_form_changed(self, message: Form.Changed) -> None:
        message.stop()
        self._foot = message.foot
        self.say(message.foot)

    # Saving

    async def action_enter(self) -> None:
        """The next field; on the last one saves."""
        await self.form.drained()
        if (here := self.form.here) is not None:
            here.enter()
        if not self.form.go(1, around=False):
            await self.action_save()

    async def action_save(self) -> None:
        """Saves what stands there, unless something is wrong with it. Keys that follow wait until that is known."""
        if self._saving:
            return
        await self.form.drained()
        filled = self.form.filled(self._record_id, self._account_id, self._of)
        if filled is None:
            self.say(_("Nothing was saved yet: see beside the fields."), wrong=True)
            return
        self._saving = True
        try:
            await self._save(filled)
        finally:
            self._saving = False

    async def _save(self, filled: Filled) -> None:
        mine: Texts = {row.field.name: row.mine() for row in self.form.rows}
        loaded = self._loaded
        self.say(_("Saving ..."))
        try:
            written = await self.kamtui.write(lambda work: self._written(work, filled, loaded, mine))
        except ChangedMeanwhile as error:
            self._loaded = {**loaded, **error.theirs}
            for row in self.form.rows:
                if row.field.name in error.theirs:
                    row.meets(error.theirs[row.field.name])
            self.say(error.message, wrong=True)
            return
        except KamtuiError as error:
            field = getattr(error, "field", None)
            beside = isinstance(error, BadInput) and field and self.form.show_wrong({field: error.calling_it("")})
            self.say(_("Nothing was saved yet: see beside the fields.") if beside else error.message, wrong=True)
            return
        if written.changed:
            self.kamtui.tell(_("{step}. u undoes").format(step=written.label))
        else:
            self.kamtui.tell(_("Nothing was changed."))
        if self._news:
            self.kamtui.tell(self._news, severity="warning")
        self.dismiss(written.result)

    def _written(self, work: Any, filled: Filled, loaded: Texts, mine: Texts) -> Key:
        """Runs in the writer's thread, inside the transaction."""
        if filled.record_id is not None:
            now = self.spec.load(work.connection, filled.record_id, work.today)
            if theirs := changed_meanwhile(filled.changed, loaded, now, mine):
                raise ChangedMeanwhile(theirs)
            self._news = self.spec.news(loaded, now)
            if not filled.changed and not self.spec.always:
                return self.spec.entity, filled.record_id
        return self.spec.save(work, filled)

    # The other keys

    async def action_next(self) -> None:
        """The next match of a name, else the next field."""
        await self.form.drained()
        here = self.form.here
        if here is None or not here.tab():
            self.form.go(1)

    async def action_before(self) -> None:
        """The field before."""
        await self.form.drained()
        self.form.go(-1)

    async def action_unfold(self) -> None:
        """Shows all fields."""
        await self.form.drained()
        await self.form.unfold()
        self._show_keys()

    async def action_editor(self) -> None:
        """Opens a note in the person's editor."""
        await self.form.drained()
        here = self.form.here
        if here is None or here.field.kind is not Kind.NOTE:
            return
        from kamtui.tui.editing import in_editor

        try:
            here.text = in_editor(self.kamtui, here.text)
        except KamtuiError as error:
            self.say(error.message, wrong=True)

    def action_theirs(self) -> None:
        """Takes what another window has written into the field."""
        if (here := self.form.here) is not None:
            here.take_theirs()

    def action_leave(self) -> None:
        """Leaves; where something would be lost, asks first."""
        if self._saving:
            return
        if not self.form.dirty:
            self.dismiss(None)
            return
        from kamtui.tui.dialogs.confirm import Confirm

        def leave(sure: bool | None) -> None:
            if sure:
                self.dismiss(None)

        self.app.push_screen(Confirm(_("Leave without saving? What was typed is lost.")), leave)


async def open_form(
    app: "Kamtui",
    spec: FormSpec,
    *,
    account_id: int | None = None,
    record_id: int | None = None,
    of: int | None = None,
    start: Texts | None = None,
    proposed: bool = False,
) -> Key | None:
    """Opens a form for a new record of an account, or `of` another record, or for the one with `record_id`. `start` is
    what was typed already, or what is `proposed`. Gives back the key of what was saved; the cursor stands on it where it is in a list."""
    session = app.session
    about = ""
    loaded: Texts = {}
    if record_id is not None:
        loaded = session.read(spec.load, record_id, session.today)
        if spec.account_of is not None:
            account_id = session.read(spec.account_of, record_id)
    elif session.is_there:
        loaded = session.read(spec.starts, session.today, account_id, of)
    if account_id is not None:
        about = session.read(name_of, "account", account_id) or ""
    desk = Desk(session, account_id)
    dialog = FormDialog(
        spec,
        loaded,
        desk=desk,
        record_id=record_id,
        account_id=account_id,
        of=of,
        start=start,
        proposed=proposed,
        about=about,
    )
    key = await app.ask(dialog)
    if key is not None:
        show_record(app, key)
    return key


def show_record(app: "Kamtui", key: Key) -> bool:
    """Puts the cursor on a record in the list that has the keyboard, else in another of the place; False where it stands
    in none."""
    place = app.place
    lists = [*([app.rows] if app.rows else []), *(place.query(Rows) if place is not None else ())]
    return any(rows.go_to(key) for rows in lists)


async def convert(app: "Kamtui", need_id: int) -> Key | None:
    """Opens the form that makes an implicit need explicit."""
    from kamtui.store.reads.needs import need_row
    from kamtui.tui.forms.convert import form_for

    return await open_form(app, form_for(app.session.read(need_row, need_id)), record_id=need_id)


async def hold(app: "Kamtui", touch_id: int) -> Key | None:
    """Opens the form for what came of a planned touch."""
    from kamtui.tui.forms.touch import HOLD

    return await open_form(app, HOLD, record_id=touch_id)
