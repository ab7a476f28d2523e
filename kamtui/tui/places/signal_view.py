"""How signals and health are said: in previews, in an account's head, on the page that explains."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kamtui.domain.knowledge import FACTS
from kamtui.domain.labels import row_said
from kamtui.domain.signals.registry import BY_CODE
from kamtui.domain.triage import (
    GOOD_NEWS_MARK,
    HIGHEST,
    MOST_OVERDUE,
    POINTS,
    SEVERITY_MARK,
    TENTHS,
    UNSORTED_TENTHS,
    Severity,
    score_of,
)
from kamtui.language import gettext as _
from kamtui.store.reads.health import HealthCard
from kamtui.store.reads.queue import QueueRow
from kamtui.store.reads.signals import AS_STORED, Explanation, SignalRow, list_signals
from kamtui.tui import glyphs
from kamtui.tui.session import Session
from kamtui.tui.widgets.paper import Said

if TYPE_CHECKING:
    from kamtui.store.reads.signals import Asked

_BAR = 10  # cells of the bar of a component
_LISTED = 4  # rows of evidence in a preview
_GRADES = list(Severity)
_STYLE = {Severity.CRITICAL: "alarm", Severity.WARN: "warn", Severity.INFO: "", Severity.GAP: "muted"}


def signals_of(session: Session, account_id: int, asked: "Asked | None" = None) -> list[SignalRow]:
    """What the signals say of an account, in the order by which the queue knows its worst, gaps last; from what is stored,
    unless more was asked."""
    rows = session.read(list_signals, session.today, account_id=account_id, gaps=True, asked=asked or AS_STORED)
    return sorted(
        rows, key=lambda row: (_GRADES.index(row.severity), row.number, row.since, row.subject, row.subject_id)
    )


def mark_of(row: SignalRow) -> str:
    """`!!`, `!`, `.`, `-`, or `^` for good news."""
    return GOOD_NEWS_MARK if row.good_news else SEVERITY_MARK[row.severity]


def style_of(row: SignalRow) -> str:
    """How it is drawn."""
    return "for" if row.good_news else _STYLE[row.severity]


def evidence_said(row: SignalRow) -> Iterator[Said]:
    """The records that a signal rests on, its rule, what clears it: in short, for a preview."""
    yield Said(f"{row.name}  {_('since {day}').format(day=row.since)}", "strong")
    for one in row.evidence[:_LISTED]:
        yield Said(f"  {one.on or '-'!s:<10}  {one.name or one.entity}", indent=14)
    if len(row.evidence) > _LISTED:
        yield Said("  " + _("and {count} more").format(count=len(row.evidence) - _LISTED), "muted")
    signal = BY_CODE[row.code]
    yield Said(_("rule: {text}").format(text=_(signal.formula)), "muted", indent=2)
    yield Said(_("clears: {text}").format(text=_(signal.clears)), "muted", indent=2)


def explained(told: Explanation) -> Iterator[Said]:
    """A signal on a page of its own: what it found and why, the formula, the thresholds, what would clear it."""
    yield Said(f"{told.account}: {told.number} {told.name}", "title")
    for row in told.found:
        yield Said()
        yield Said(f"{mark_of(row)} {row.why}", style_of(row), indent=3)
        dates = [_("since {day}").format(day=row.since)]
        if row.next_on:
            dates.append(_("graver on {day}").format(day=row.next_on))
        if row.snoozed_until:
            dates.append(_("rests until {day}").format(day=row.snoozed_until))
        yield Said("   " + "   ".join(dates), "muted", indent=3)
        for one in row.evidence:
            yield Said(f"   {one.on or '-'!s:<10}  {one.name or one.entity}", indent=15)
        yield Said("   " + _("do: {task}").format(task=row.task), "strong", indent=7)
    for lack in told.lacks:
        yield Said(_("cannot tell: {what}").format(what=lack), "muted", indent=2)
    if told.quiet:
        yield Said(_("It is quiet: what it looks at is in order."), "muted")
    yield Said()
    yield Said(_("FORMULA"), "heading")
    yield Said(told.formula)
    yield Said()
    yield Said(_("WHAT WOULD CLEAR IT"), "heading")
    yield Said(told.clears)
    yield Said()
    yield Said(_("THRESHOLDS"), "heading")
    widest = max((len(str(limit.value)) for limit in told.limits), default=0)
    for limit in told.limits:
        yield Said(f"{limit.value:>{widest}}  {limit.help}  {limit.setting}", indent=widest + 2)
    if told.limits:
        setting = told.limits[0].setting
        yield Said(_("`kamtui config set {setting} VALUE` changes a threshold.").format(setting=setting), "muted")


def place_explained(row: QueueRow, today: date) -> Iterator[Said]:
    """Why a row that is no signal stands where it stands."""
    yield Said(row_said(row.kind, row.what), "title")
    yield Said()
    if row.severity is None:
        timed = row.due == today
        yield Said(
            _("It is on today, so it stands among what is timed, by its time.")
            if timed
            else _("It lies ahead, and is no alarm.")
        )
        return
    if row.kind == "issue":
        yield Said(_("A complaint waits for its first response. It was due on {day}.").format(day=row.due))
    else:
        yield Said(_("It was promised for {day}.").format(day=row.due))
    yield Said(
        _("Due today counts as info, overdue as a warning, overdue with priority {highest} as critical.").format(
            highest=HIGHEST
        )
    )
    tenths = TENTHS[row.tier] if row.tier else UNSORTED_TENTHS
    late = min(MOST_OVERDUE, max(0, row.days_overdue))
    yield Said()
    yield Said(_("FORMULA"), "heading")
    yield Said(
        _("points of its severity x weight of its tier + days overdue, {most} at most").format(most=MOST_OVERDUE)
    )
    yield Said(
        f"{POINTS[row.severity]} x {tenths / 10:.1f} + {late} = {score_of(row.severity, row.tier, row.days_overdue) / 10:.1f}",
        "strong",
    )
    yield Said()
    yield Said(_("WHAT WOULD CLEAR IT"), "heading")
    if row.kind == "issue":
        yield Said(_("A first response, a resolution; the channel told to them."))
    else:
        yield Said(_("Done, waived with a reason, or given another date."))


def health_said(card: HealthCard) -> str:
    """`health 61 ^4`: with the change since last month's end; `health ?` where too little is known."""
    return _("health {said}").format(said=health_mark(card))


def health_mark(card: HealthCard) -> str:
    """`61 ^4`, `55 v3`, `70 =`, or `?`."""
    if card.health.score is None:
        return "?"
    if card.change is None:
        return str(card.health.score)
    change = "=" if not card.change else f"^{card.change}" if card.change > 0 else f"v{-card.change}"
    return f"{card.health.score} {change}"


def known_said(card: HealthCard) -> str:
    """`facts 54%`: how much of what matters is known. It never moves the health."""
    share = round(100 * card.completeness.known / card.completeness.of) if card.completeness.of else 0
    return _("facts {share}%").format(share=share)


def bar(value: int | None, cells: int = _BAR) -> str:
    """A value from 0 to 100 as a bar; `?` where it is unknown."""
    if value is None:
        return "?" + " " * (cells - 1)
    full = round(cells * value / 100)
    return glyphs.current().bar * full + "." * (cells - full)


def health_parts(card: HealthCard) -> Iterator[Said]:
    """The components with their bars, then the months, then what is not known."""
    known = sum(part.value is not None for part in card.health.components)
    of = len(card.health.components)
    yield Said(
        f"{health_said(card)}   {_('{known} of {of} known').format(known=known, of=of)}   {known_said(card)}", "title"
    )
    yield Said()
    for part in card.health.components:
        shown = "?" if part.value is None else str(part.value)
        weight = _("weight {weight}").format(weight=part.weight)
        yield Said(f"{bar(part.value)} {shown:>3}  {_(part.name)}  ({weight})")
    if card.health.score is None:
        yield Said(_("Fewer than three are known, so there is no health to show."), "muted")
    if card.months:
        yield Said()
        yield Said(_("MONTHS' ENDS"), "heading")
        for month in card.months:
            shown = "?" if month.score is None else str(month.score)
            yield Said(f"{month.ends_on:%Y-%m}  {bar(month.score)} {shown:>3}")
    if card.completeness.unknown:
        yield Said()
        yield Said(_("NOT KNOWN YET"), "heading")
        for key in card.completeness.unknown:
            fact = FACTS[key]
            yield Said(f"- {_(fact.words)}: {_(fact.question)}", "muted")
