"""An account in short, for the place beside a list: its card, what is late, last touches, open needs."""

from collections.abc import Iterator
from datetime import date

from kamtui.domain.days import age_label
from kamtui.domain.enums import InteractionKind, InteractionStatus
from kamtui.domain.labels import KIND_WORDS, NEED_KIND, NEED_STATE, SIDE, STAGE_WORDS, tier_mark
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.accounts import AccountCard, get_account
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.obligations import list_obligations
from kamtui.store.reads.tasks import list_tasks
from kamtui.store.reads.touches import list_touches
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.session import Session
from kamtui.tui.widgets.paper import Said

_LISTED = 3
_LONGEST = 80  # characters of what was said


def account_said(session: Session, account_id: int, *, short: bool = False) -> Iterator[Said]:
    """What is known of an account; `short` is its card alone."""
    card = session.read(get_account, account_id)
    yield Said(card.name, "title")
    yield Said("  ".join(_facts(card)), "muted")
    if card.note and not short:
        yield Said(card.note.splitlines()[0])
    touches = session.read(list_touches, account_id, status=InteractionStatus.HELD, limit=_LISTED)
    if short:
        for touch in touches[:1]:
            yield Said(_touch(touch.on, session.today, touch.kind, touch.people, touch.summary or touch.purpose))
        return
    if card.tier is not None and not card.archived_at:
        yield from _standing(session, account_id)
    yield Said()
    yield from _late(session, account_id)
    yield Said()
    yield Said(_("LAST TOUCHES"), "heading")
    for touch in touches:
        said = _touch(touch.on, session.today, touch.kind, touch.people, touch.summary or touch.purpose)
        yield Said(said, indent=6)
    if not touches:
        yield Said(_("none yet: t logs one"), "muted")
    yield Said()
    yield from _needs(session, account_id)


def _standing(session: Session, account_id: int) -> Iterator[Said]:
    """Health, how much is known, and the worst that signals say."""
    from kamtui.store.reads.health import get_health
    from kamtui.tui.places.signal_view import health_said, known_said, mark_of, signals_of, style_of

    health = session.read(get_health, account_id, session.today)
    yield Said(f"{health_said(health)}   {known_said(health)}", "strong")
    for signal in signals_of(session, account_id)[:1]:
        yield Said(f"{mark_of(signal):<2} {signal.why}", style_of(signal), indent=3)


def _needs(session: Session, account_id: int) -> Iterator[Said]:
    needs = session.read(list_needs, account_id)
    yield Said(_("OPEN NEEDS"), "heading")
    for need in needs[:_LISTED]:
        yield Said(f"{NEED_KIND[need.kind]} {NEED_STATE[need.state]} {one_line(need.wanted, _LONGEST)}", indent=8)
    yield from _more(len(needs))
    if not needs:
        yield Said(_("none heard yet"), "muted")


def _late(session: Session, account_id: int) -> Iterator[Said]:
    today = session.today
    promises = [row for row in session.read(list_obligations, today, account_id=account_id) if row.days_overdue > 0]
    tasks = [row for row in session.read(list_tasks, today, account_id=account_id) if row.days_overdue > 0]
    late = [(row.days_overdue, f"{SIDE[row.side]} {row.what}") for row in promises]
    late += [(row.days_overdue, row.what) for row in tasks]
    late.sort(key=lambda row: -row[0])
    yield Said(_("LATE"), "heading")
    for days, what in late[:_LISTED]:
        yield Said(f"{age_label(days):>4} {what}", "warn", indent=5)
    yield from _more(len(late))
    if not late:
        yield Said(_("nothing"), "muted")


def _more(count: int) -> Iterator[Said]:
    if count > _LISTED:
        yield Said(_("and {count} more").format(count=count - _LISTED), "muted")


def _touch(on: date, today: date, kind: InteractionKind, people: tuple[str, ...], said: str | None) -> str:
    line = f"{age_label(max(0, (today - on).days)):>4}  {_(KIND_WORDS[kind])}, {', '.join(people) or '-'}"
    return f"{line}: {one_line(said, _LONGEST)}" if said else line


def _facts(card: AccountCard) -> Iterator[str]:
    yield tier_mark(card.tier, card.provisional) or _("unsorted")
    if card.archived_at:
        yield _("archived {day}").format(day=card.archived_at[:10])
    if card.tier_since:
        yield _("since {day}").format(day=card.tier_since)
    yield _(STAGE_WORDS[card.stage])
    yield _("KAM {name}").format(name=card.kam or "-")
    if card.parent:
        yield _("part of {name}").format(name=card.parent)
    yield from (label_of(words.CATEGORY, category) for category in card.categories)
    if card.channel_role:
        yield label_of(words.CHANNEL, card.channel_role)
    if card.potential is not None:
        yield _("potential {grade}").format(grade=card.potential)
    yield from (f"#{tag}" for tag in card.tags)
