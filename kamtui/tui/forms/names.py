"""Who is meant by a few letters: people, accounts and colleagues, as the fields of forms pick them."""

from dataclasses import dataclass

from kamtui.domain.text import one_line
from kamtui.store.reads.names import NameMatch, Way, match_names
from kamtui.store.sqlite.driver import Connection

_LOOKED_AT = 24
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
    connection: Connection,
    entity: str,
    text: str,
    *,
    account_id: int | None = None,
    limit: int = 6,
    met: bool = False,
) -> list[Match]:
    """The records that `text` may name, the likeliest first; without text the people of the account. With `met` no
    placeholders."""
    if entity == "colleague":
        return _colleagues(connection, text, limit)
    if not text.strip():
        return _of_account(connection, account_id, limit) if entity == "person" else []
    found = _by_name(connection, entity, text, account_id)
    if met:
        unmet = {row_id for (row_id,) in connection.execute("SELECT id FROM person WHERE placeholder = 1")}
        found = [match for match in found if match.id not in unmet]
    return found[:limit]


def _by_name(connection: Connection, entity: str, text: str, account_id: int | None) -> list[Match]:
    # Of both entities the likeliest come first; a few more leave enough of the one that is asked for.
    found = match_names(connection, text, account_id=account_id, limit=_LOOKED_AT)
    return [
        Match(one.id, one.name, _note(one), one.way is not Way.ALIKE, one.way is Way.EXACT)
        for one in found
        if one.entity == entity
    ]


def _note(match: NameMatch) -> str:
    return (
        "" if match.entity == "account" else one_line(", ".join(part for part in (match.title, match.account) if part))
    )


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
