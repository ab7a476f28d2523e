"""Our own people as lists and cards show them."""

from dataclasses import dataclass

from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """One of us, and what is theirs: accounts as KAM, open tasks, obligations."""

    id: int
    uid: str
    name: str
    is_me: bool
    level: str | None
    skills: str | None
    mail: str | None
    accounts: int
    open_tasks: int
    obligations: int


_ROW = """
    SELECT c.id, c.uid, c.name, c.is_me, c.level, c.skills, c.mail,
           (SELECT count(*) FROM account WHERE kam_id = c.id AND archived_at IS NULL) AS accounts,
           (SELECT count(*) FROM task WHERE our_owner_id = c.id AND status = 'open') AS open_tasks,
           (SELECT count(*) FROM obligation WHERE owner_id = c.id AND archived_at IS NULL) AS obligations
    FROM colleague AS c
"""


def list_colleagues(connection: Connection) -> list[ColleagueRow]:
    """Our people by name, the person at the keyboard first."""
    return fetch(connection, ColleagueRow, f"{_ROW} ORDER BY c.is_me DESC, c.name COLLATE NOCASE, c.id")


def get_colleague(connection: Connection, colleague_id: int) -> ColleagueRow:
    """One of us; raises `NotFound`."""
    row = fetch_one(connection, ColleagueRow, f"{_ROW} WHERE c.id = ?", (colleague_id,))
    if row is None:
        raise NotFound(_("There is no colleague with the number {id}.").format(id=colleague_id))
    return row
