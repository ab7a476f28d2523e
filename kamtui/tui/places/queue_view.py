"""How a row of the queue is drawn, and what the preview says of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kamtui.domain.days import age_label
from kamtui.domain.labels import KIND_WORDS, NEED_KIND, SIDE, STAGE_WORDS, row_said, tier_mark
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK, Severity
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.queue import DATES, QueueRow
from kamtui.tui.session import Session
from kamtui.tui.suggestions import suggestion
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

_STYLE = {Severity.CRITICAL: "critical", Severity.WARN: "warn", Severity.INFO: "", Severity.GAP: "muted"}
_LISTED = 3


def columns(*, wide: bool) -> list[Column]:
    """Severity, tier, account, what it is, how old; where there is room for it who it is about, and what is suggested."""
    found = [
        Column("", _severity, width=2),
        Column("", lambda row: tier_mark(row.tier, row.provisional)[:3], width=3, gives_way=3),
        Column(mark("account"), lambda row: (row.account or "", "strong"), flex=2, least=8, most=24),
        Column(mark("what"), what_of, flex=5, least=34),
        Column("", _others, width=3, right=True),
        Column(mark("who"), lambda row: row.person or row.their_owner or "", flex=1, least=14, most=24, gives_way=1),
        Column(mark("when"), _when, width=9, right=True),
    ]
    return [*found, Column(mark("suggested"), _suggested, width=13, gives_way=2)] if wide else found


def severity_mark(row: QueueRow) -> str:
    """`!!`, `!`, `.`, `-`, or `^` for good news; blank for what has a time or lies ahead."""
    if row.risk is not None and row.risk.good_news:
        return GOOD_NEWS_MARK
    return "" if row.severity is None else SEVERITY_MARK[row.severity]


def _severity(row: QueueRow) -> Cell:
    if row.severity is None:
        return ""
    good = row.risk is not None and row.risk.good_news
    return severity_mark(row), "good" if good else _STYLE[row.severity]


def what_of(row: QueueRow) -> str:
    """What the row is, with what became of it in front once it is over."""
    what = row_said(row.kind, row.what)
    if row.state != "open":
        return f"{_state(row.state)}: {what}"
    if row.kind == "touch" and row.days_overdue:
        return _("was it held? {what}").format(what=what)
    if row.kind == "issue":
        return _("answer {what}").format(what=what)
    if row.kind in DATES:
        return _date_said(row)
    return f"{SIDE[row.side]} {what}" if row.side else what


def _others(row: QueueRow) -> Cell:
    """How many signals of the account speak besides."""
    more = row.risk is not None and row.risk.code is not None and row.risk.others
    return (f"+{more}", "muted") if more and row.state == "open" else ""


def _date_said(row: QueueRow) -> str:
    said = {
        "review": _("review: {what}"), "contract": _("contract ends: {what}"), "return": _("comes back: {what}"),
        "need": _("needed by then: {what}"), "deferred": _("complaint put off until then: {what}"),
    }  # fmt: skip
    return said[row.kind].format(what=row.what)


def _state(state: str) -> str:
    return {
        "done": _("done"), "missed": _("missed"), "waived": _("waived"), "dropped": _("dropped"), "held": _("held"),
        "snoozed": _("snoozed"), "later": _("later"), "deleted": _("deleted"), "quiet": _("quiet now"),
        "answered": _("answered"), "resolved": _("resolved"), "deferred": _("put off"), "denied": _("denied"),
    }[state]  # fmt: skip


def _when(row: QueueRow) -> Cell:
    if row.risk is not None:
        if row.severity is Severity.GAP:
            return ""
        style = "good" if row.risk.good_news else _STYLE[row.risk.severity]
        marks = "" if row.risk.good_news else {Severity.CRITICAL: "!!", Severity.WARN: "!"}.get(row.risk.severity, "")
        return age_label(row.days_overdue) + marks, style
    if row.days_overdue:
        style = _STYLE[row.severity] if row.severity else ""
        return age_label(row.days_overdue) + ("!!" if row.severity is Severity.CRITICAL else "!"), style
    if row.time:
        return row.time, "strong"
    return _("today") if row.severity is Severity.INFO or row.kind == "touch" else row.due.strftime("%m-%d")


def _suggested(row: QueueRow) -> Cell:
    if row.state != "open":
        return ""
    return f"f {_(suggestion(row).word)}", "muted"


def preview(session: Session, row: QueueRow, *, short: bool, asked: "Asked | None" = None) -> Iterator[Said]:
    """What is known of the row, and of its account."""
    # The first frame shows no preview yet, and does not wait for these reads.
    from kamtui.tui.places.signal_view import evidence_said, signals_of

    signals = [] if row.account_id is None else signals_of(session, row.account_id, asked)
    speaking = [one for one in signals if row.risk is not None and one.code == row.risk.code]
    about = [one for one in speaking if row.risk and (one.subject, one.subject_id, one.aspect) == (
        row.risk.subject, row.risk.subject_id, row.risk.aspect)]  # fmt: skip
    style = {Severity.CRITICAL: "alarm", Severity.WARN: "warn"}.get(row.severity or Severity.INFO, "title")
    yield Said(f"{severity_mark(row)} {what_of(row)}".strip(), style)
    if short:
        yield from _follow(row)
        yield from _account(session, row)
        return
    yield Said("  ".join(_facts(row)), "muted")
    for one in about[:1]:
        yield from evidence_said(one)
    yield Said()
    yield from _follow(row)
    if row.account_id is None:
        return
    yield Said()
    yield from _account(session, row)
    others = [one for one in signals if one not in about[:1]]
    if others:
        yield Said()
        yield Said(_("ALSO ON THIS ACCOUNT"), "heading")
        for one in others[:_LISTED]:
            yield Said(f"{SEVERITY_MARK[one.severity]:<2} {one.why}", indent=3)
        if len(others) > _LISTED:
            yield Said(_("and {count} more").format(count=len(others) - _LISTED), "muted")
    yield from _situation(session, row.account_id)


def _follow(row: QueueRow) -> Iterator[Said]:
    if row.state == "open":
        found = suggestion(row)
        yield Said(f"f  {_(found.word)}: {_(found.said)}", "strong", indent=3)


def _account(session: Session, row: QueueRow) -> Iterator[Said]:
    from kamtui.store.reads.accounts import get_account
    from kamtui.store.reads.health import get_health
    from kamtui.tui.places.signal_view import health_said, known_said

    if row.account_id is None:
        return
    card = session.read(get_account, row.account_id)
    tier = tier_mark(card.tier, card.provisional) or _("unsorted")
    kam = _("KAM {name}").format(name=card.kam or "-")
    parts = [card.name, tier, _(STAGE_WORDS[card.stage])]
    if card.tier is not None:
        health = session.read(get_health, row.account_id, session.today)
        parts += [health_said(health), known_said(health)]
    yield Said("  ".join([*parts, kam]), "strong")


def _situation(session: Session, account_id: int) -> Iterator[Said]:
    """Last touches, open promises, open needs."""
    from kamtui.store.reads.needs import list_needs
    from kamtui.store.reads.obligations import list_obligations
    from kamtui.store.reads.tasks import list_tasks
    from kamtui.store.reads.touches import list_touches

    today = session.today
    touches = session.read(list_touches, account_id, limit=_LISTED + 1)
    held = [touch for touch in touches if touch.status == "held"]
    yield Said()
    yield Said(_("LAST TOUCHES"), "heading")
    for touch in held[:_LISTED]:
        yield Said(f"{age_label((today - touch.on).days):>4}  {_(KIND_WORDS[touch.kind])}, {', '.join(touch.people) or '-'}: "
                   f"{touch.summary or touch.purpose or ''}", indent=6)  # fmt: skip
    if not held:
        yield Said(_("none yet: t logs one"), "muted")
    yield Said()
    yield Said(_("OPEN PROMISES"), "heading")
    promises = [p for p in session.read(list_obligations, today, account_id=account_id) if p.due]
    for promise in promises[: _LISTED + 1]:
        late = promise.days_overdue > 0
        yield Said(f"{SIDE[promise.side]} {promise.due}  {promise.what}", "warn" if late else "", indent=4)
    tasks = session.read(list_tasks, today, account_id=account_id, limit=_LISTED + 1)
    for task in tasks:
        yield Said(f"  {task.due or _('no date')}  {task.what}", "warn" if task.days_overdue else "", indent=4)
    if not promises and not tasks:
        yield Said(_("none"), "muted")
    yield Said()
    yield Said(_("OPEN NEEDS"), "heading")
    needs = session.read(list_needs, account_id)
    for need in needs[: _LISTED + 1]:
        yield Said(f"{NEED_KIND[need.kind]} {need.wanted}", indent=4)
    if not needs:
        yield Said(_("none heard yet"), "muted")


def kind_said(row: QueueRow) -> str:
    """What kind of row it is."""
    if row.risk is not None and row.severity is Severity.GAP:
        return _("gap")
    kinds = {
        "task": _("task"), "occurrence": _("obligation"), "touch": _("planned"), "issue": _("complaint"),
        "signal": _("signal"), "sort": _("gap"), "review": _("review"), "contract": _("contract"), "return": _("return"),
        "need": _("need"), "deferred": _("complaint"),
    }  # fmt: skip
    return kinds[row.kind]


def _facts(row: QueueRow) -> Iterator[str]:
    yield kind_said(row)
    if row.risk is None:
        yield _("due {day}").format(day=row.due)
    if row.priority:
        yield _("priority {priority}").format(priority=row.priority)
    if row.person:
        yield row.person
    if row.our_owner:
        yield _("owner {name}").format(name=row.our_owner)
    if row.their_owner:
        yield _("theirs {name}").format(name=row.their_owner)
