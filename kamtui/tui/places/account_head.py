"""The head of an account: who it is, how it stands, what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kamtui.domain.days import age_label
from kamtui.domain.enums import InteractionStatus
from kamtui.domain.labels import KIND_WORDS, called, tier_mark
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import AccountCard, get_account, is_sorted
from kamtui.store.reads.touches import TouchRow, last_touched, list_touches
from kamtui.tui.session import Session
from kamtui.tui.widgets.bar import Span

if TYPE_CHECKING:
    from kamtui.brief.changes import Change
    from kamtui.store.reads.health import HealthCard
    from kamtui.store.reads.signals import SignalRow

_IN_BAR = 5  # cells of the bar of a component
_MONTHS = 6  # months of the trend


@dataclass(frozen=True, slots=True)
class AccountHead:
    """The account, its next planned touch, the day of its last one."""

    card: AccountCard
    coming: TouchRow | None
    last: date | None
    today: date

    def spans(self, cells: int, standing: "Standing | None" = None) -> list[Span]:
        """As a bar of so many cells shows it."""
        card = self.card
        spans = [Span(f" {card.name}", "strong"), Span("  ")]
        tier = tier_mark(card.tier, card.provisional)
        if cells >= 100 and card.provisional and card.tier:
            tier = _("{tier} provisional").format(tier=card.tier)
        spans.append(Span(tier or _("unsorted"), "" if card.tier else "warn", "account.tier"))
        if card.archived_at:
            spans += [Span("  "), Span(_("archived"), "warn")]
        if cells >= 60:
            spans += [Span("  "), Span(called(card.stage))]
        if standing is not None and standing.health is not None:
            spans += standing.health_spans(cells)
        if cells >= 80:
            spans += [Span("  "), Span(_("KAM {name}").format(name=card.kam or "-"), "" if card.kam else "warn")]
        if cells >= 100:
            last = age_label((self.today - self.last).days) if self.last else _("never")
            spans += [Span("  "), Span(_("last touch {age}").format(age=last), "" if self.last else "warn")]
        if self.coming is not None:
            day = _("today") if self.coming.on == self.today else self.coming.on.strftime("%m-%d")
            when = f"{day} {self.coming.at_time}" if self.coming.at_time else day
            spans += [Span("  "), Span(_("next: {when}").format(when=when), "key")]
            if cells >= 100:
                spans.append(Span(f" {self.coming.purpose or _(KIND_WORDS[self.coming.kind])}", "key"))
        return spans


@dataclass(frozen=True, slots=True)
class Standing:
    """What signals say of the account, the gravest first, and how it is; None for the health of an unsorted account. And
    what changed after the day `since`, on which it was open last."""

    signals: "tuple[SignalRow, ...]"
    health: "HealthCard | None"
    since: date | None = None
    changes: "tuple[Change, ...]" = ()

    @property
    def first(self) -> "SignalRow | None":
        """The signal that `f`, `w` and `s` mean."""
        return self.signals[0] if self.signals else None

    def health_spans(self, cells: int) -> list[Span]:
        """Health, and apart from it how much is known."""
        from kamtui.tui.places.signal_view import health_mark, health_said, known_said

        if self.health is None:
            return []
        parts = self.health.health.components
        known = sum(part.value is not None for part in parts)
        said = health_said(self.health) if cells >= 60 else health_mark(self.health)
        of = f" ({_('{known} of {of} known').format(known=known, of=len(parts))})" if cells >= 140 else ""
        spans = [Span("  "), Span(said + of, "strong", "signal.why")]
        return [*spans, Span("  "), Span(known_said(self.health), "muted", "signal.why")] if cells >= 80 else spans

    def signal_spans(self, cells: int) -> list[Span]:
        """The signals, as many as have room, then how many more."""
        from kamtui.domain.triage import Severity
        from kamtui.tui.places.signal_view import mark_of
        from kamtui.tui.text import display, width

        if not self.signals:
            return [Span(" "), Span(_("no signal speaks"), "muted")]
        keys = "   " + _("w why")
        room = cells - width(keys) - 6
        spans: list[Span] = [Span(" ")]
        for number, signal in enumerate(self.signals):
            # One signal may have several gaps: what is not known is said, not what the signal is called.
            aged = signal.why if signal.severity is Severity.GAP else f"{signal.name} {age_label(signal.days)}"
            text = f"{mark_of(signal)} {aged if number else signal.why}"
            if number and width(display(text)) + 3 > room:
                spans.append(Span(f"+{len(self.signals) - number}", "muted"))
                break
            style = {Severity.CRITICAL: "alarm", Severity.WARN: "warn"}.get(signal.severity, "")
            spans += [Span(text, "" if signal.good_news else style, "signal.why"), Span("   ")]
            room -= width(display(text)) + 3
        return [*spans, Span(keys, "muted", "signal.why")] if cells >= 60 else spans

    def since_spans(self, cells: int, today: date) -> list[Span]:
        """What changed since one was here, as much as has room, then how much more."""
        from kamtui.brief.changes import AREA_WORDS
        from kamtui.brief.words import say
        from kamtui.tui.text import display, width

        if self.since is None or not self.changes:
            return []
        spans = [
            Span(" " + _("since you were here ({age})").format(age=age_label((today - self.since).days)), "strong")
        ]
        room = cells - width(spans[0].text) - 6
        for number, change in enumerate(self.changes):
            text = f"{say(AREA_WORDS, change.area)}: {change.text}"
            room -= width(display(text)) + 3
            if number and room < 0:
                return [*spans, Span(f"   +{len(self.changes) - number}", "muted")]
            spans.append(Span(f"   {text}"))
        return spans

    def part_spans(self, cells: int) -> list[Span]:
        """The components of the health with their bars, as many as have room, and its trend."""
        from kamtui.tui.places.signal_view import bar
        from kamtui.tui.text import width

        if self.health is None:
            return []
        spans: list[Span] = [Span(" ")]
        for part in self.health.health.components:
            value = "" if part.value is None else f" {part.value}"
            told = [Span(f"{_(part.name)} ", "muted"), Span(bar(part.value, _IN_BAR).rstrip() + value)]
            if sum(width(span.text) for span in (*spans, *told)) > cells:
                return spans
            spans += [*told, Span("   ")]
        scores = ["?" if month.score is None else str(month.score) for month in self.health.months[-_MONTHS:]]
        if scores:
            spans += [Span(_("months' ends") + " ", "muted"), Span(" ".join(scores))]
        return spans


def read_standing(session: Session, account_id: int, since: date | None, known: Standing | None) -> Standing:
    """Reads what signals say of an account, its health, and what changed after a day. The last is as it was when one came,
    where that is `known`: it tells what others did, and takes longest."""
    from kamtui.store.reads.health import get_health
    from kamtui.tui.places.signal_view import signals_of

    changes = known.changes if known is not None and known.since == since else _changes(session, account_id, since)
    if not session.read(is_sorted, account_id):
        return Standing((), None, since, changes)
    health = session.read(get_health, account_id, session.today)
    return Standing(tuple(signals_of(session, account_id)), health, since, changes)


def _changes(session: Session, account_id: int, since: date | None) -> "tuple[Change, ...]":
    """Nothing where all of the account is new."""
    if since is None:
        return ()
    from kamtui.brief.changes import tell
    from kamtui.store.reads.brief_changes import list_row_changes

    rows = tuple(session.read(list_row_changes, account_id, since))
    return () if any(row.entity == "account" and row.before is None for row in rows) else tuple(tell(rows))


def read_head(session: Session, account_id: int) -> AccountHead:
    """Reads the head of an account; raises `NotFound`."""
    card = session.read(get_account, account_id)
    today = session.today
    planned = session.read(list_touches, account_id, status=InteractionStatus.PLANNED, since=today)
    coming = min(planned, key=lambda touch: (touch.on, touch.at_time or "99"), default=None)
    return AccountHead(card, coming, session.read(last_touched, account_id, today), today)
