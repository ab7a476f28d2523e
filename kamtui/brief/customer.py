"""The brief for the customer's eyes: made of the allow-list of `store/reads/brief_shared.py` and of nothing else."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Block, Column, Key, Mark, Page, Pairs, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.shared import Agreed, Kept, agreed_of, agreed_table, kept_of, promise_table
from kamtui.brief.variants import VARIANT_WORDS, Variant
from kamtui.brief.words import weekday
from kamtui.domain.enums import Side
from kamtui.language import gettext as _
from kamtui.store.reads.brief_shared import (
    DELIVERED_DAYS,
    get_shared_account,
    list_agreed_needs,
    list_delivered,
    list_joint_actions,
    list_open_promises,
    next_shared_meeting,
)
from kamtui.store.sqlite.driver import Connection

NEEDS_SHOWN = 8
PROMISES_SHOWN = 10
DELIVERED_SHOWN = 8
ACTIONS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CustomerHeader:
    """Whose brief it is, and for which day. `internal` is False: it may be shown."""

    account_id: Key
    account: str
    kam: str | None
    as_of: date
    meeting_on: date | None
    meeting_at: str | None
    internal: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """Something that both sides do together."""

    what: str
    due: date | None
    our_owner: str
    their_owner: str


@dataclass(frozen=True, slots=True)
class CustomerBrief:
    """What both sides agreed, promised, did, and do next. The same data on the same day make the same brief."""

    variant: Variant
    program: str
    header: CustomerHeader
    needs: tuple[Agreed, ...]
    more_needs: int
    promises: tuple[Kept, ...]
    more_promises: int
    delivered: tuple[Kept, ...]
    more_delivered: int
    actions: tuple[Joint, ...]
    more_actions: int


def build_customer_brief(connection: Connection, account_id: int, today: date, program: str) -> CustomerBrief:
    """What may be shown of an account as it is known on `today`. Raises `NotFound` where there is no such account."""
    account = get_shared_account(connection, account_id)
    meeting = next_shared_meeting(connection, account_id, today)
    needs = agreed_of(list_agreed_needs(connection, account_id, today))
    promises = kept_of(list_open_promises(connection, account_id))
    delivered = kept_of(list_delivered(connection, account_id, today))
    actions = list_joint_actions(connection, account_id, today)
    return CustomerBrief(
        variant=Variant.CUSTOMER,
        program=program,
        header=CustomerHeader(
            account_id=account.id,
            account=account.name,
            kam=account.kam,
            as_of=today,
            meeting_on=meeting.on_date if meeting else None,
            meeting_at=meeting.at_time if meeting else None,
            internal=False,
        ),
        needs=needs[:NEEDS_SHOWN],
        more_needs=max(0, len(needs) - NEEDS_SHOWN),
        promises=promises[:PROMISES_SHOWN],
        more_promises=max(0, len(promises) - PROMISES_SHOWN),
        delivered=delivered[:DELIVERED_SHOWN],
        more_delivered=max(0, len(delivered) - DELIVERED_SHOWN),
        actions=tuple(Joint(row.what, row.due, row.our_owner, row.their_owner) for row in actions[:ACTIONS_SHOWN]),
        more_actions=max(0, len(actions) - ACTIONS_SHOWN),
    )


def lay_out_customer(brief: CustomerBrief) -> Page:
    """The page: needs, promises, what was delivered, what both sides do next."""
    header, today = brief.header, brief.header.as_of
    sides = {Side.OURS: _("we"), Side.THEIRS: _("you")}
    occasion = weekday(header.meeting_on or today)
    return Page(
        kind=(_(VARIANT_WORDS[brief.variant]), _("CUSTOMER-SAFE") if not header.internal else _("INTERNAL")),
        title=header.account,
        occasion=f"{occasion} {header.meeting_at or ''}".rstrip(),
        about=(
            _("your contact: {name}").format(name=clip(header.kam, 40)) if header.kam else _("no contact named yet"),
            _("as of {day}").format(day=today.isoformat()),
        ),
        sections=(
            _section(
                "agreed",
                _("Agreed needs"),
                (agreed_table(brief.needs, today),) if brief.needs else (),
                _("none is agreed yet: what matters most to you?"),
                brief.more_needs,
            ),
            _section(
                "promises",
                _("Open promises"),
                (promise_table(brief.promises, today, sides),) if brief.promises else (),
                _("none are open on either side"),
                brief.more_promises,
            ),
            _section(
                "delivered",
                _("Delivered in {days} days").format(days=DELIVERED_DAYS),
                (promise_table(brief.delivered, today, sides),) if brief.delivered else (),
                _("nothing is recorded"),
                brief.more_delivered,
            ),
            _section(
                "actions",
                _("Next, together"),
                (_actions(brief.actions, today),) if brief.actions else (),
                _("no joint action is agreed yet"),
                brief.more_actions,
            ),
        ),
        legend="",
        footer=_("Made with {program}.").format(program=brief.program),
    )


def _section(key: str, title: str, blocks: tuple[Block, ...], empty: str, more: int) -> Section:
    return Section(key, title, blocks or (Pairs(((_("none"), empty),)),), more_of((more, "")))


def _actions(actions: tuple[Joint, ...], today: date) -> Table:
    return Table(
        (Column(_("due"), 10), Column(_("action")), Column(_("our side"), 20), Column(_("your side"), 20)),
        tuple(
            Row(
                (
                    short_day(action.due, today) if action.due else Mark(_("no date"), _("no date")),
                    clip(action.what, 120),
                    clip(action.our_owner, 40),
                    clip(action.their_owner, 40),
                )
            )
            for action in actions
        ),
    )
