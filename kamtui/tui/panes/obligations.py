"""What we owe them and they us, with the next time that each falls due."""

from collections.abc import Iterator

from kamtui.domain.days import age_label
from kamtui.domain.enums import Side
from kamtui.domain.labels import LATE, OCCURRENCE, SIDE
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.brief_promises import ON_TIME_DAYS, count_kept
from kamtui.store.reads.obligations import ObligationRow, get_obligation, list_obligations
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

_SHOWN = 40  # occurrences that are listed


def columns(view: View) -> list[Column]:
    """Side, state, due, what, whose."""
    return [
        Column("", lambda row: SIDE[row.side], width=1),
        Column("", _state, width=3),
        Column(mark("due"), _due, width=8, right=True),
        Column(mark("what"), lambda row: row.what + (f", {row.subject}" if row.subject else ""), flex=6, least=14),
        Column(mark("who"), lambda row: (row.owner if row.side == "ours" else row.their_owner) or "", flex=1, least=8, most=18,
               gives_way=1),
    ]  # fmt: skip


def _state(row: ObligationRow) -> Cell:
    if row.due is None:
        return "   "
    return (LATE, "warn") if row.days_overdue else ("[ ]", "")


def _due(row: ObligationRow) -> Cell:
    if row.due is None:
        words = {"per_order": _("on order"), "per_event": _("on event")}
        return words.get(row.cadence, _("no date")), "muted"
    if row.days_overdue:
        return age_label(row.days_overdue) + ("!!" if row.days_overdue > 7 else "!"), (
            "critical" if row.days_overdue > 7 else "warn"
        )
    return row.due.strftime("%m-%d"), ""


def read(view: View) -> Shown:
    """Ours by due date, then theirs; those without a date at the end of each side."""
    rows = view.session.read(list_obligations, view.today, account_id=view.account_id)
    kept = [row for row in rows if view.keeps("obligations", row.what, row.subject, row.owner, row.their_owner)]
    lines: list[Line] = []
    for row in kept:
        if lines and lines[-1].record and lines[-1].record.side != row.side:
            lines.append(Line())
        lines.append(Line(("obligation", row.id), row))
    if rates := view.session.read(count_kept, view.account_id, view.today):
        names = {Side.OURS: _("ours"), Side.THEIRS: _("theirs")}
        told = ", ".join(f"{names[rate.side]} {rate.on_time}/{rate.due}" for rate in rates)
        lines += [
            Line(),
            Line(text=_("in time in {days} days: {rates}").format(days=ON_TIME_DAYS, rates=told), style="muted"),
        ]
    late = sum(row.days_overdue > 0 for row in rows)
    said = _("{count} late").format(count=late) if late else ""
    return Shown(lines, said, f"{len(rows)}{'!' if late else ''}")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The obligation and its occurrences."""
    card = view.session.read(get_obligation, line.record.id, view.today)
    row = card.obligation
    yield Said(row.what, "title")
    side = _("we owe it") if row.side == "ours" else _("they owe it")
    every = {"per_order": _("with each order"), "per_event": _("with each event"), "none": _("once")}
    cadence = every.get(row.cadence) or _("every {period}, from the {anchor}").format(
        period=row.cadence, anchor=label_of(words.ANCHOR, row.anchor)
    )
    yield Said(f"{side}, {cadence}; {row.owner or row.their_owner or _('no owner')}", "muted")
    if card.note:
        yield Said(card.note)
    for one in card.occurrences[:_SHOWN]:
        mark_ = LATE if one.days_overdue else OCCURRENCE[one.status]
        said = " ".join(part for part in (one.subject, one.evidence, one.reason) if part)
        if one.done_on:
            said = _("done {day}").format(day=one.done_on) + (f"  {said}" if said else "")
        if one.acknowledged_by:
            said += "  " + _("ack {person}").format(person=one.acknowledged_by)
        yield Said(f"{mark_} {one.due}  {said}", "warn" if one.days_overdue else "", indent=16)
    if len(card.occurrences) > _SHOWN:
        yield Said(_("and {count} more").format(count=len(card.occurrences) - _SHOWN), "muted")


PANE = Pane(
    "obligations",
    "3",
    mark("Obligations"),
    columns,
    read,
    detail,
    mark("Nothing is promised yet.\na  one in a line\n:  the support checklist of eight adds them all"),
)
