"""The accounts that one was at lately: what is offered before anything is typed."""

from collections.abc import Sequence

from kamtui.store.reads.rows import fetch
from kamtui.store.reads.search import Hit
from kamtui.store.sqlite.driver import Connection

_LOOKED_BACK = 500  # changes; after an import of thousands the newest are as good as any


def recent_accounts(connection: Connection, visited: Sequence[int], *, limit: int = 9) -> list[Hit]:
    """The accounts that were `visited`, then those that something was written of last; archived ones are left out."""
    written = connection.execute(
        "SELECT account_id FROM change WHERE account_id IS NOT NULL ORDER BY id DESC LIMIT ?", (_LOOKED_BACK,)
    )
    ids = list(dict.fromkeys([*visited, *(row_id for (row_id,) in written)]))
    rows = fetch(
        connection,
        Hit,
        f"""SELECT 'account' AS entity, id, id AS account_id, NULL AS account, name AS title, '' AS excerpt
            FROM account WHERE archived_at IS NULL AND id IN ({", ".join("?" * len(ids))})""",
        ids,
    )
    return sorted(rows, key=lambda hit: ids.index(hit.id))[:limit]
