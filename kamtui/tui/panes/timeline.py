"""Touches of an account, planned and held, newest first."""

from collections.abc import Iterator

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.touches import TouchRow, get_touch, list_touches
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

NEWEST = 500  # older ones are found by a filter's or a search's way to them
_ARROW = {"in": "<-", "out": "->", "two_way": "<>"}


def columns(view: View) -> list[Column]:
    """Day, direction, kind, who, what was said."""
    return [
        Column(mark("day"), lambda row: f"{row.on}{' ' + row.at_time if row.at_time else ''}", width=16),
        Column("", _way, width=2, gives_way=1),
        Column(mark("kind"), lambda row: label_of(words.TOUCH_KIND, row.kind), width=8),
        Column(mark("who"), lambda row: ", ".join(row.people), flex=2, least=10, most=30, gives_way=2),
        Column(mark("what"), lambda row: row.summary or row.purpose or "", flex=5, least=10),
    ]


def _way(row: TouchRow) -> Cell:
    return ("  ", "") if row.kind == "note" or row.status == "planned" else (_ARROW[row.direction], "muted")


def read(view: View) -> Shown:
    """What is planned first, then what was held."""
    rows = view.session.read(list_touches, view.account_id, limit=NEWEST)
    kept = [
        r for r in rows if view.keeps("timeline", r.summary, r.purpose, r.kind, *r.people, *r.colleagues, str(r.on))
    ]
    planned = [row for row in reversed(kept) if row.status == "planned"]
    held = [row for row in kept if row.status == "held"]
    lines: list[Line] = []
    if planned:
        lines += [Line(text=_("planned"), style="heading"), *(Line(("touch", row.id), row) for row in planned)]
        if held:
            lines.append(Line(text=_("held"), style="heading"))
    lines += [Line(("touch", row.id), row) for row in held]
    return Shown(lines, _("{count} planned, {held} held").format(count=len(planned), held=len(held)), str(len(rows)))


def detail(view: View, line: Line) -> Iterator[Said]:
    """The touch, whole."""
    row = view.session.read(get_touch, line.record.id)
    status = _("planned") if row.status == "planned" else label_of(words.DIRECTION, row.direction)
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
    mark("No touch yet.\nt  logs one: a call, a visit, a mail\nA  plans one"),
)
