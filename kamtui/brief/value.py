"""What a business review leads with: the value delivered, against the needs that both sides agreed on."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Block, Pairs, Section, more_of
from kamtui.brief.shared import Agreed, Kept, agreed_of, agreed_table, kept_of, promise_table
from kamtui.language import gettext as _
from kamtui.store.reads.brief import list_agreed
from kamtui.store.reads.brief_shared import DELIVERED_DAYS, list_delivered
from kamtui.store.sqlite.driver import Connection

NEEDS_SHOWN = 4
DELIVERED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Value:
    """The agreed needs, `satisfied` of `agreed` met within 12 months, and what was delivered in 180 days."""

    agreed: int
    satisfied: int
    needs: tuple[Agreed, ...]
    more_needs: int
    delivered: tuple[Kept, ...]
    more_delivered: int


def value_of(connection: Connection, account_id: int, today: date) -> Value:
    """What was agreed and what came of it."""
    needs = agreed_of(list_agreed(connection, account_id, today))
    delivered = kept_of(list_delivered(connection, account_id, today))
    return Value(
        agreed=len(needs),
        satisfied=sum(need.satisfied_on is not None for need in needs),
        needs=needs[:NEEDS_SHOWN],
        more_needs=max(0, len(needs) - NEEDS_SHOWN),
        delivered=delivered[:DELIVERED_SHOWN],
        more_delivered=max(0, len(delivered) - DELIVERED_SHOWN),
    )


def lay_out_value(value: Value, today: date) -> Section:
    """The needs with what came of them, then what was delivered; an empty side says that it is."""
    blocks: list[Block] = []
    if value.needs:
        said = _("{satisfied} of {agreed} agreed needs are satisfied").format(
            satisfied=value.satisfied, agreed=value.agreed
        )
        blocks += [Pairs(((_("value"), said),)), agreed_table(value.needs, today)]
    else:
        blocks.append(Pairs(((_("value"), _("no need is agreed yet, so what we are worth to them is unknown")),)))
    if value.delivered:
        blocks.append(promise_table(value.delivered, today))
    else:
        said = _("nothing is recorded in {days} days").format(days=DELIVERED_DAYS)
        blocks.append(Pairs(((_("delivered"), said),)))
    return Section(
        "value",
        _("Value delivered"),
        tuple(blocks),
        more_of((value.more_needs, _("needs")), (value.more_delivered, _("promises"))),
    )
