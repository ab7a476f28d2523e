"""How a row of the queue is drawn, and what the preview says of it."""

from collections.abc import Iterator

from kamtui.domain.days import age_label
from kamtui.domain.labels import KIND_WORDS, NEED_KIND, SIDE, STAGE_WORDS, tier_mark, touch_said
from kamtui.domain.triage import SEVERITY_MARK, Severity
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.queue import QueueRow
from kamtui.tui.session import Session
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said

_STYLE = {Severity.CRITICAL: "critical", Severity.WARN: "warn", Severity.INFO: ""}
_LISTED = 3


def columns() -> list[Column]:
    """Severity, tier, account, what it is, when."""
    return [
        Column("", _severity, width=2),
        Column("", lambda row: tier_mark(row.tier, row.provisional)[:3], width=3, gives_way=1),
        Column(mark("account"), lambda row: (row.account or "", "strong"), flex=2, least=8, most=24),
        Column(mark("what"), _what, flex=5, least=12),
        Column(mark("who"), lambda row: row.person or row.their_owner or "", flex=1, least=14, most=24, gives_way=2),
        Column(mark("when"), _when, width=9, right=True),
    ]


def _severity(row: QueueRow) -> Cell:
    return ("", "") if row.severity is None else (SEVERITY_MARK[row.severity], _STYLE[row.severity])


def _what(row: QueueRow) -> str:
    what = touch_said(row.what) if row.kind == "touch" and row.what else row.what
    if row.state != "open":
        return f"{_state(row.state)}: {what}"
    if row.kind == "touch" and row.days_overdue:
        return _("was it held? {what}").format(what=what)
    return f"{SIDE[row.side]} {what}" if row.side else what


def _state(state: str) -> str:
    return {
        "done": _("done"), "missed": _("missed"), "waived": _("waived"), "dropped": _("dropped"), "held": _("held"),
        "snoozed": _("snoozed"), "later": _("later"), "deleted": _("deleted"),
    }[state]  # fmt: skip


def _when(row: QueueRow) -> Cell:
    if row.days_overdue:
        style = _STYLE[row.severity] if row.severity else ""
        return age_label(row.days_overdue) + ("!!" if row.severity is Severity.CRITICAL else "!"), style
    if row.time:
        return row.time, "strong"
    return _("today") if row.severity is Severity.INFO or row.kind == "touch" else row.due.strftime("%m-%d")


def preview(session: Session, row: QueueRow, *, short: bool) -> Iterator[Said]:
    """What is known of the row, and of its account."""
    # The first frame shows no preview yet, and does not wait for these reads.
    from kamtui.store.reads.accounts import get_account
    from kamtui.store.reads.needs import list_needs
    from kamtui.store.reads.obligations import list_obligations
    from kamtui.store.reads.tasks import list_tasks
    from kamtui.store.reads.touches import list_touches

    yield Said(_what(row), "title")
    yield Said("  ".join(_facts(row)), "muted")
    if row.account_id is None:
        return
    today = session.today
    card = session.read(get_account, row.account_id)
    tier = tier_mark(card.tier, card.provisional) or _("unsorted")
    touches = session.read(list_touches, row.account_id, limit=_LISTED + 1)
    held = [touch for touch in touches if touch.status == "held"]
    last = f"{age_label((today - held[0].on).days)} {_(KIND_WORDS[held[0].kind])}" if held else _("never touched")
    kam = _("KAM {name}").format(name=card.kam or "-")
    yield Said(f"{card.name}  {tier}  {_(STAGE_WORDS[card.stage])}  {kam}  {last}", "strong")
    if short:
        return
    yield Said()
    yield Said(_("LAST TOUCHES"), "heading")
    for touch in held[:_LISTED]:
        yield Said(f"{age_label((today - touch.on).days):>4}  {_(KIND_WORDS[touch.kind])}, {', '.join(touch.people) or '-'}: "
                   f"{touch.summary or touch.purpose or ''}", indent=6)  # fmt: skip
    if not held:
        yield Said(_("none yet: t logs one"), "muted")
    yield Said()
    yield Said(_("OPEN PROMISES"), "heading")
    promises = [p for p in session.read(list_obligations, today, account_id=row.account_id) if p.due]
    for promise in promises[: _LISTED + 1]:
        late = promise.days_overdue > 0
        yield Said(f"{SIDE[promise.side]} {promise.due}  {promise.what}", "warn" if late else "", indent=4)
    tasks = session.read(list_tasks, today, account_id=row.account_id, limit=_LISTED + 1)
    for task in tasks:
        yield Said(f"  {task.due or _('no date')}  {task.what}", "warn" if task.days_overdue else "", indent=4)
    if not promises and not tasks:
        yield Said(_("none"), "muted")
    yield Said()
    yield Said(_("OPEN NEEDS"), "heading")
    needs = session.read(list_needs, row.account_id)
    for need in needs[: _LISTED + 1]:
        yield Said(f"{NEED_KIND[need.kind]} {need.wanted}", indent=4)
    if not needs:
        yield Said(_("none heard yet"), "muted")


def _facts(row: QueueRow) -> Iterator[str]:
    kinds = {"task": _("task"), "occurrence": _("obligation"), "touch": _("planned")}
    yield kinds[row.kind]
    yield _("due {day}").format(day=row.due)
    if row.priority:
        yield _("priority {priority}").format(priority=row.priority)
    if row.person:
        yield row.person
    if row.our_owner:
        yield _("owner {name}").format(name=row.our_owner)
    if row.their_owner:
        yield _("theirs {name}").format(name=row.their_owner)
