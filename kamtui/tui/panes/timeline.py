"""Everything that happened in an account, newest first, a page at a time; what is planned stands above it."""

from collections.abc import Iterator, Sequence

from kamtui.domain.enums import InteractionStatus
from kamtui.domain.labels import called, event_told
from kamtui.domain.signals.model import Code
from kamtui.domain.signals.registry import BY_CODE
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.timeline import TimelineKind, TimelineRow, list_timeline
from kamtui.store.reads.touches import TouchRow, get_touch, list_touches
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Key, Line

PAGE = 200
_TOUCHES = (TimelineKind.TOUCH, TimelineKind.NOTE)
# The ways of looking: everything, or what belongs together.
_VIEWS: tuple[tuple[str, tuple[TimelineKind, ...]], ...] = (
    (mark("everything"), ()),
    (mark("touches"), _TOUCHES),
    (mark("needs"), (TimelineKind.NEED,)),
    (mark("promises and tasks"), (TimelineKind.PROMISE, TimelineKind.TASK)),
    (mark("money and contracts"), (TimelineKind.GIVE, TimelineKind.CONTRACT, TimelineKind.ORDER, TimelineKind.COST)),
    (mark("trouble and reviews"), (TimelineKind.ISSUE, TimelineKind.INCIDENT, TimelineKind.REVIEW)),
    (mark("people and stages"), (TimelineKind.PERSON, TimelineKind.STAGE, TimelineKind.FACT, TimelineKind.SCORE)),
    (mark("signals"), (TimelineKind.SIGNAL,)),
)
Entry = TimelineRow | TouchRow


def columns(view: View) -> list[Column]:
    """Day, kind, what of it, who, the words."""
    return [
        Column(mark("day"), _day, width=16),
        Column(mark("kind"), _kind, width=9),
        Column("", _event, width=11, gives_way=1),
        Column(mark("who"), _who, flex=2, least=10, most=30, gives_way=2),
        Column(mark("what"), _what, flex=5, least=10),
    ]


def _day(row: Entry) -> str:
    return f"{row.on} {row.at_time or ''}".rstrip()


def _kind(row: Entry) -> Cell:
    if isinstance(row, TouchRow):
        return _("planned"), "for"
    if row.kind is TimelineKind.SIGNAL:
        return _("signals"), "muted"
    return called(
        row.event if row.kind is TimelineKind.TOUCH else row.kind
    ), "muted" if row.kind not in _TOUCHES else ""


def _event(row: Entry) -> str:
    if isinstance(row, TouchRow):
        return called(row.kind)
    return "" if row.kind in _TOUCHES else called(row.event)


def _who(row: Entry) -> str:
    return ", ".join(row.people) if isinstance(row, TouchRow) else row.who or ""


def _what(row: Entry) -> str:
    if isinstance(row, TouchRow):
        return row.purpose or ""
    what, detail = _told(row)
    return "  ".join(part for part in (what, detail, str(row.amount) if row.amount else "") if part)


def _told(row: TimelineRow) -> tuple[str, str]:
    """The words of an event and what stands beside them; where the store has words of its own, these are said."""
    if row.kind is TimelineKind.SIGNAL:
        return _(BY_CODE[Code(row.what)].name), called(row.detail) if row.detail else ""
    return event_told(row.kind, row.event, row.what, row.detail or "", called)


def read(view: View) -> Shown:
    """What is planned, then the first page of what happened."""
    number = view.views.get("timeline", 0)
    kinds = _VIEWS[number][1]
    lines: list[Line] = []
    if not kinds or kinds == _TOUCHES:
        rows = view.session.read(list_touches, view.account_id, status=InteractionStatus.PLANNED)
        planned = [row for row in reversed(rows) if view.keeps("timeline", row.purpose, row.kind, *row.people)]
        if planned:
            lines.append(Line(text=_("PLANNED"), style="heading"))
            lines += [Line(("touch", row.id), row) for row in planned]
            lines.append(Line(text=_("HAPPENED"), style="heading"))
    lines += _page(view, None)
    return Shown(lines, "", "")


def more(view: View, lines: Sequence[Line]) -> list[Line]:
    """The next page behind these lines; empty at the end."""
    last = next((line.record for line in reversed(lines) if isinstance(line.record, TimelineRow)), None)
    return _page(view, last) if last is not None else []


def _page(view: View, after: TimelineRow | None) -> list[Line]:
    """A page of lines; where a filter leaves nothing of one, the next ones are looked through."""
    kinds = _VIEWS[view.views.get("timeline", 0)][1]
    while True:
        rows = view.session.read(list_timeline, view.account_id, view.today, kinds=kinds, limit=PAGE, after=after)
        lines = [
            Line(_key(row), row)
            for row in rows
            if view.keeps("timeline", row.what, row.who, row.detail, row.kind, row.event, str(row.on))
        ]
        if lines or len(rows) < PAGE:
            return lines
        after = rows[-1]


def _key(row: TimelineRow) -> Key:
    """A touch is the record itself; of others several events may stand in the list."""
    return ("touch", row.id) if row.kind in _TOUCHES else (f"{row.entity}.{row.event}", row.seq)


def detail(view: View, line: Line) -> Iterator[Said]:
    """The touch, whole; of another event what the line says."""
    row: Entry = line.record
    if isinstance(row, TouchRow) or row.kind in _TOUCHES:
        yield from _touch(view, row.id)
        return
    what, beside = _told(row)
    yield Said(f"{called(row.kind)}, {called(row.event)}", "title")
    yield Said(_day(row), "muted")
    if row.who:
        yield Said(row.who)
    yield Said(what)
    if beside:
        yield Said(beside)
    if row.amount:
        yield Said(str(row.amount))
    if goes_to(row) is not None:
        yield Said(_("Enter goes to it"), "muted")


def goes_to(row: Entry) -> Key | None:
    """The record that an event is of, where another pane holds it."""
    from kamtui.tui.panes import HOLDS

    if isinstance(row, TouchRow) or HOLDS.get(row.entity, "timeline") == "timeline":
        return None
    return (row.entity, row.id)


def _touch(view: View, touch_id: int) -> Iterator[Said]:
    row = view.session.read(get_touch, touch_id)
    planned = row.status is InteractionStatus.PLANNED
    status = _("planned") if planned else label_of(words.DIRECTION, row.direction)
    yield Said(f"{label_of(words.TOUCH_KIND, row.kind)}, {row.on} {row.at_time or ''}", "title")
    yield Said(status, "muted")
    yield Said(_("theirs: {names}").format(names=", ".join(row.people) or "-"))
    yield Said(_("ours: {names}").format(names=", ".join(row.colleagues) or "-"))
    for label, text in (
        (_("purpose"), row.purpose),
        (_("our one ask"), row.ask),
        (_("their commitment"), row.commitment),
        (_("next step"), row.next_step),
    ):
        if text:
            yield Said(f"{label}: {text}", indent=2)
    if row.summary:
        yield Said()
        yield Said(row.summary)


PANE = Pane(
    "timeline",
    "5",
    mark("Timeline"),
    columns,
    read,
    detail,
    mark("Nothing happened yet.\nt  logs a call, a visit, a mail\nA  plans one"),
    tuple(name for name, _kinds in _VIEWS),
    more=more,
)
