"""The four channels of an account: where each leads, and when the customer was told of it."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import ChannelKind
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel; without an `id` nothing is known of it yet. `told_to` is who of theirs was told, on `communicated_on`."""

    id: int | None
    kind: ChannelKind
    colleague_id: int | None
    colleague: str | None
    contact: str | None
    communicated_on: date | None
    told_to_id: int | None
    told_to: str | None
    note: str | None


def list_channels(connection: Connection, account_id: int) -> list[ChannelRow]:
    """All four, in the order of `ChannelKind`."""
    kinds = ", ".join(f"({place}, '{kind}')" for place, kind in enumerate(ChannelKind))
    return fetch(
        connection,
        ChannelRow,
        f"""WITH kinds (place, kind) AS (VALUES {kinds})
            SELECT c.id, kinds.kind, c.colleague_id, (SELECT name FROM colleague WHERE id = c.colleague_id) AS colleague,
                   c.contact, c.communicated_on, c.told_to_id, (SELECT name FROM person WHERE id = c.told_to_id) AS told_to,
                   c.note
            FROM kinds LEFT JOIN channel AS c ON c.account_id = ? AND c.kind = kinds.kind ORDER BY kinds.place""",
        (account_id,),
    )


def get_channel(connection: Connection, account_id: int, kind: ChannelKind) -> ChannelRow:
    """One of the four."""
    return next(row for row in list_channels(connection, account_id) if row.kind is kind)
