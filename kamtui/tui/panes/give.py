"""The give/get ledger: each concession, and below it what comes back for it."""

from collections.abc import Iterator

from kamtui.domain.concession import ReturnFlag
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.concessions import ConcessionRow, ReturnRow, list_concessions, net_value
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

_RETURN_MARK = {"promised": "[ ]", "met": "[x]", "missed": "[-]", "waived": "[w]"}
Entry = ConcessionRow | ReturnRow


def columns(view: View) -> list[Column]:
    """What was given or comes back, its value, its day, what is the matter with it."""
    return [
        Column("", _mark, width=3),
        Column(mark("what"), _what, flex=6, least=14),
        Column(mark("value"), lambda row: str(row.value or "?"), width=16, right=True, gives_way=2),
        Column(mark("day"), _day, width=10, gives_way=1),
        Column("", _flag, width=14),
    ]


def _mark(row: Entry) -> Cell:
    return _RETURN_MARK[row.status] if isinstance(row, ReturnRow) else ">"


def _what(row: Entry) -> Cell:
    if isinstance(row, ReturnRow):
        target = " ".join(part for part in (row.target, f"({row.actual})" if row.actual else "") if part)
        return f"  < {row.measure}{': ' + target if target else ''}"
    return row.what, "strong"


def _day(row: Entry) -> str:
    if isinstance(row, ReturnRow):
        return row.due.isoformat() if row.due else _("no date")
    return row.on.isoformat()


def _flag(row: Entry) -> Cell:
    if isinstance(row, ReturnRow):
        return ("", "") if row.written else (_("not in writing"), "muted")
    words = {
        ReturnFlag.OVERDUE: _("overdue"),
        ReturnFlag.NO_RETURN: _("no return"),
        ReturnFlag.NOT_IN_WRITING: _("not in writing"),
        ReturnFlag.NONE: "",
    }
    return words[row.flag], "critical" if row.flag in {ReturnFlag.OVERDUE, ReturnFlag.NO_RETURN} else "warn"


def read(view: View) -> Shown:
    """Newest first; the net of the last 12 months in the title."""
    rows = view.session.read(list_concessions, view.account_id, today=view.today)
    lines: list[Line] = []
    for row in rows:
        if view.keeps("give", row.what, row.approved_by, row.note, *(one.measure for one in row.returns)):
            lines.append(Line(("concession", row.id), row))
            lines += [Line(("return", one.id), one) for one in row.returns]
    net = view.session.read(net_value, view.account_id, view.today)
    said = _("12 months: given {given}, got {got}, net {net}").format(
        given=net.given or "?", got=net.got or "?", net=net.net or "?"
    )
    wrong = any(row.flag in {ReturnFlag.OVERDUE, ReturnFlag.NO_RETURN} for row in rows)
    return Shown(lines, said, f"{len(rows)}{'!' if wrong else ''}")


def detail(view: View, line: Line) -> Iterator[Said]:
    """The concession or the return, whole."""
    row: Entry = line.record
    if isinstance(row, ReturnRow):
        yield Said(row.measure, "title")
        facts = [(_("target"), row.target), (_("actual"), row.actual), (_("due"), row.due), (_("value"), row.value),
                 (_("in writing"), row.document_ref or (_("yes") if row.written else _("no"))), (_("reason"), row.reason)]  # fmt: skip
    else:
        yield Said(row.what, "title")
        facts = [(_("value"), row.value or _("unknown")), (_("from"), row.valid_from), (_("until"), row.valid_to),
                 (_("approved by"), row.approved_by), (_("nothing is asked for it"), row.return_waived_because),
                 (_("note"), row.note)]  # fmt: skip
    for label, value in facts:
        if value:
            yield Said(f"{label}: {value}", indent=2)


PANE = Pane(
    "give",
    "6",
    mark("Give/get"),
    columns,
    read,
    detail,
    mark("Nothing was conceded.\na  a concession in one line, A what comes back for it"),
)
