"""Who is meant by a few letters: people, accounts and colleagues, as the fields of forms pick them."""

from dataclasses import dataclass

from kamtui.domain.text import one_line
from kamtui.store.sqlite.driver import Connection

_LIKE = "ESCAPE '\\' COLLATE NOCASE"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be meant; `note` tells it from others of its name. `sure` where the letters begin the name, or
    a word of it: the only one of these is meant."""

    id: int
    name: str
    note: str
    sure: bool = True
    exact: bool = False


def matches(
    connection: Connection, entity: str, text: str, *, account_id: int | None = None, limit: int = 6
) -> list[Match]:
    """The records that `text` may name, the likeliest first; without text the people of the account."""
    if entity == "colleague":
        return _colleagues(connection, text, limit)
    if not text.strip():
        return _of_account(connection, account_id, limit) if entity == "person" else []
    return _by_name(connection, entity, text, account_id, limit)


def _by_name(connection: Connection, entity: str, text: str, account_id: int | None, limit: int) -> list[Match]:
    if entity == "person":
        query = """SELECT p.id, p.name, coalesce(p.title || ', ', '') || a.name, p.account_id FROM person AS p
                   JOIN account AS a ON a.id = p.account_id
                   WHERE p.left_on IS NULL AND p.archived_at IS NULL AND (p.name LIKE ?1 OR p.id IN
                       (SELECT person_id FROM person_alias WHERE value LIKE ?1)) LIMIT 200"""
    else:
        query = """SELECT a.id, a.name, coalesce(a.tier, ''), a.id FROM account AS a
                   WHERE a.archived_at IS NULL AND (a.name LIKE ?1 OR a.id IN
                       (SELECT account_id FROM account_alias WHERE value LIKE ?1)) LIMIT 200"""
    plain = " ".join(text.split())
    rows = connection.execute(query.replace("LIKE ?1", f"LIKE ?1 {_LIKE}"), (f"%{_escaped(plain)}%",)).fetchall()
    low = plain.casefold()

    def order(row: tuple[int, str, str, int]) -> tuple[bool, bool, bool, str]:
        name = row[1].casefold()
        return row[3] != account_id, name != low, not name.startswith(low), name

    return [
        Match(row_id, name, one_line(note), True, name.casefold() == low)
        for row_id, name, note, _account in sorted(rows, key=order)[:limit]
    ]


def _of_account(connection: Connection, account_id: int | None, limit: int) -> list[Match]:
    rows = connection.execute(
        """SELECT id, name, coalesce(title, '') FROM person
           WHERE account_id = ? AND left_on IS NULL AND archived_at IS NULL AND placeholder = 0 ORDER BY id LIMIT ?""",
        (account_id, limit),
    )
    return [Match(row_id, name, one_line(note)) for row_id, name, note in rows]


def _colleagues(connection: Connection, text: str, limit: int) -> list[Match]:
    low = text.strip().casefold()
    rows = connection.execute(
        f"""SELECT id, name, coalesce(level, skills, '') FROM colleague WHERE archived_at IS NULL AND name LIKE ? {_LIKE}
            ORDER BY is_me DESC, name COLLATE NOCASE LIMIT ?""",  # noqa: S608  a constant of ours
        (f"%{_escaped(text.strip())}%", limit),
    )
    return [Match(row_id, name, one_line(note), True, name.casefold() == low) for row_id, name, note in rows]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
