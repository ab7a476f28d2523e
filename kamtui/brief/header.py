"""§0: whose brief it is, for what occasion, and for whose eyes."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Key, clip
from kamtui.brief.facts import Facts
from kamtui.brief.words import say, weekday
from kamtui.domain.enums import AccountCategory, InteractionKind, Stage, Tier, ValueOrientation
from kamtui.domain.labels import CATEGORY_WORDS, KIND_WORDS, STAGE_WORDS, VALUE_WORDS
from kamtui.language import gettext as _


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meeting that the brief is for."""

    id: Key
    on: date
    at: str | None
    kind: InteractionKind
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The account as its card has it. `internal`: holds opinions on people, and is never for the customer's eyes."""

    account_id: Key
    account: str
    parent: str | None
    tier: Tier | None
    provisional: bool
    categories: tuple[AccountCategory, ...]
    value_orientation: ValueOrientation | None
    stage: Stage
    kam: str | None
    archived: bool
    as_of: date
    occasion: Occasion | None
    internal: bool


def header_of(facts: Facts) -> Header:
    """The head of a brief."""
    account, meeting = facts.account, facts.meeting
    occasion = None
    if meeting:
        occasion = Occasion(meeting.id, meeting.on_date, meeting.at_time, meeting.kind, meeting.purpose)
    return Header(
        account_id=account.id,
        account=account.name,
        parent=account.parent,
        tier=account.tier,
        provisional=account.provisional,
        categories=tuple(category for category in AccountCategory if category in account.categories),
        value_orientation=account.value_orientation,
        stage=account.stage,
        kam=account.kam,
        archived=account.archived_at is not None,
        as_of=facts.today,
        occasion=occasion,
        internal=True,
    )


def occasion_line(header: Header) -> str:
    """When, and what for; without a meeting the day that the brief tells of."""
    if header.occasion is None:
        return weekday(header.as_of)
    return f"{weekday(header.occasion.on)} {header.occasion.at or ''}".rstrip()


def about_line(header: Header) -> tuple[str, ...]:
    """What the account is to us, in a few words."""
    occasion = header.occasion
    return tuple(
        part
        for part in (
            _tier(header),
            *(say(CATEGORY_WORDS, category) for category in header.categories),
            say(VALUE_WORDS, header.value_orientation) if header.value_orientation else "",
            _("stage: {stage}").format(stage=say(STAGE_WORDS, header.stage)) if header.tier else "",
            _("part of {parent}").format(parent=clip(header.parent, 40)) if header.parent else "",
            _("KAM {name}").format(name=clip(header.kam, 40)) if header.kam else _("no KAM"),
            _("archived") if header.archived else "",
            _("as of {day}").format(day=header.as_of.isoformat()),
            _("for the {kind}: {purpose}").format(
                kind=say(KIND_WORDS, occasion.kind), purpose=clip(occasion.purpose, 120)
            )
            if occasion and occasion.purpose
            else _("for the {kind}, purpose not recorded").format(kind=say(KIND_WORDS, occasion.kind))
            if occasion
            else _("no meeting is planned"),
        )
        if part
    )


def _tier(header: Header) -> str:
    if header.tier is None:
        return _("unsorted (no tier yet)")
    if header.tier is Tier.NON_KEY:
        return _("not a key account")
    return _("{tier} provisional").format(tier=header.tier) if header.provisional else str(header.tier)
