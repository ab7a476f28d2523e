"""Small facts that the app asks for at every row, a query each: how many accounts there are, what a record is called.

The footer asks at the first frame: nothing is imported here that the queue does not need.
"""

from kamtui.domain.enums import BuyingRole
from kamtui.store.sqlite.driver import Connection

_NAMES = {
    "account": "SELECT name FROM account WHERE id = ?",
    "person": "SELECT name FROM person WHERE id = ?",
}


def name_of(connection: Connection, entity: str, row_id: int | None) -> str | None:
    """The name of an `account` or a `person`; None where there is none."""
    row = connection.execute(_NAMES[entity], (row_id,)).fetchone()
    return row[0] if row else None


def count_all_accounts(connection: Connection) -> int:
    """How many accounts there are, archived ones too."""
    (count,) = connection.execute("SELECT count(*) FROM account").fetchone()
    return int(count)


def count_unsorted(connection: Connection) -> int:
    """How many accounts have no tier yet, and are quiet."""
    (count,) = connection.execute("SELECT count(*) FROM account WHERE tier IS NULL AND archived_at IS NULL").fetchone()
    return int(count)


def first_account(connection: Connection) -> int | None:
    """The first account by tier and name; None where there is none."""
    row = connection.execute(
        "SELECT id FROM account WHERE archived_at IS NULL ORDER BY tier IS NULL, tier, name COLLATE NOCASE LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def has_colleagues(connection: Connection) -> bool:
    """Whether there is anybody of us beside the person at the keyboard."""
    (there,) = connection.execute("SELECT EXISTS (SELECT 1 FROM colleague WHERE is_me = 0)").fetchone()
    return bool(there)


def roles_there(connection: Connection, account_id: int | None) -> set[BuyingRole]:
    """The roles in buying that somebody has at an account who did not leave."""
    rows = connection.execute(
        """SELECT r.value FROM person_role AS r JOIN person AS p ON p.id = r.person_id
           WHERE p.account_id = ? AND p.left_on IS NULL""",
        (account_id,),
    )
    return {BuyingRole(value) for (value,) in rows}


def their_owner_of(connection: Connection, obligation_id: int | None) -> int | None:
    """Who of the customer owes an obligation, or looks after it."""
    row = connection.execute("SELECT their_owner_id FROM obligation WHERE id = ?", (obligation_id,)).fetchone()
    return row[0] if row else None
