"""The head of an account: who it is, how it stands, what comes next."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.days import age_label
from kamtui.domain.enums import InteractionStatus
from kamtui.domain.labels import KIND_WORDS, tier_mark
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import AccountCard, get_account
from kamtui.store.reads.touches import TouchRow, list_touches
from kamtui.tui.session import Session
from kamtui.tui.widgets.bar import Span


@dataclass(frozen=True, slots=True)
class AccountHead:
    """The account, its next planned touch, its last one."""

    card: AccountCard
    coming: TouchRow | None
    last: TouchRow | None
    today: date

    def spans(self, cells: int) -> list[Span]:
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
            spans += [Span("  "), Span(_(card.stage))]
        if cells >= 80:
            spans += [Span("  "), Span(_("KAM {name}").format(name=card.kam or "-"), "" if card.kam else "warn")]
        if cells >= 100:
            last = age_label((self.today - self.last.on).days) if self.last else _("never")
            spans += [Span("  "), Span(_("last touch {age}").format(age=last), "" if self.last else "warn")]
        if self.coming is not None:
            day = _("today") if self.coming.on == self.today else self.coming.on.strftime("%m-%d")
            when = f"{day} {self.coming.at_time}" if self.coming.at_time else day
            what = f" {self.coming.purpose or _(KIND_WORDS[self.coming.kind])}" if cells >= 100 else ""
            spans += [Span("  "), Span(_("next: {when}").format(when=when) + what, "key")]
        return spans


def read_head(session: Session, account_id: int) -> AccountHead:
    """Reads the head of an account; raises `NotFound`."""
    card = session.read(get_account, account_id)
    today = session.today
    planned = session.read(list_touches, account_id, status=InteractionStatus.PLANNED)
    coming = min(
        (touch for touch in planned if touch.on >= today), key=lambda t: (t.on, t.at_time or "99"), default=None
    )
    held = session.read(list_touches, account_id, status=InteractionStatus.HELD, limit=5)
    last = next((touch for touch in held if touch.kind != "note"), None)
    return AccountHead(card, coming, last, today)
