"""Search in everything: names before texts, newest first, without ranking what will not be shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamtui.domain.text import is_han, one_line, split_han
from kamtui.store.reads.rows import fetch
from kamtui.store.search_index import SEARCHABLE
from kamtui.store.sqlite.driver import Connection

MOST_TOKENS = 32
EXCERPT = 80
_SHORTEST_START = 2  # one letter as the start of a word is the start of too many: 120 ms at 100k notes


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words: `title` is its name or first words, `excerpt` where they stand in its text."""

    entity: str
    id: int
    account_id: int | None
    account: str | None
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    entity: str
    row_id: int
    account_id: int | None
    account: str | None
    title: str
    body: str


_NAMES = {"account", "person", "colleague"}


def search(
    connection: Connection,
    text: str,
    *,
    account_id: int | None = None,
    limit: int = 50,
    accounts: str = "",
    values: Mapping[str, object] = {},
) -> list[Hit]:
    """The records that hold all words of `text`, the last one as the start of a word; Chinese without blanks, Chinese
    names by pinyin and initials too. Any text is a text: nothing in it is an operator. `accounts` is what the account of a
    record, `a`, must be, in SQL with its `values`."""
    words = _words(text)
    if not words:
        return []
    match = _match(words)
    asked = {**values, "account": account_id, "limit": limit}
    ids = _ids(connection, f"{{title pinyin}} : ({match})", accounts, asked)
    if len(ids) < limit:
        ids += [row_id for row_id in _ids(connection, match, accounts, asked) if row_id not in set(ids)]
    ids = ids[:limit]
    rows = {row.id: row for row in _rows(connection, ids)}
    # Who goes by that name stands before what mentions it.
    ids.sort(key=lambda row_id: rows[row_id].entity not in _NAMES)
    return [_hit(rows[row_id], words) for row_id in ids]


def by_number(connection: Connection, number: int, *, limit: int = 20) -> list[Hit]:
    """The records of all kinds that have this number."""
    if number >= 2**63:
        return []
    ids = connection.execute(
        f"SELECT id FROM search_row WHERE row_id = ? AND entity IN ({', '.join('?' * len(SEARCHABLE))}) LIMIT ?",
        [number, *SEARCHABLE, limit],
    )
    rows = _rows(connection, [row_id for (row_id,) in ids])
    rows.sort(key=lambda row: (row.entity not in _NAMES, row.entity))
    return [_hit(row, []) for row in rows]


def match_of(text: str) -> str | None:
    """The words of a text as a query of the index; None where nothing in it can be looked for."""
    words = _words(text)
    return _match(words) if words else None


def hits_of(connection: Connection, ids: Sequence[int], text: str) -> list[Hit]:
    """Search rows as they are shown, in the order given, with the place where the words of `text` stand."""
    rows, words = {row.id: row for row in _rows(connection, ids)}, _words(text)
    return [_hit(rows[row_id], words) for row_id in ids]


def _words(text: str) -> list[str]:
    """The words that can be looked for, 32 tokens at most, a blank around each character of Chinese."""
    words: list[str] = []
    left = MOST_TOKENS
    for word in text.encode("utf-8", "ignore").decode().replace("\x00", " ").split():
        parts = [part for part in split_han(word).split() if any(character.isalnum() for character in part)][:left]
        if parts:
            words.append(" ".join(parts))
            left -= len(parts)
        if not left:
            break
    return words


def _match(words: Sequence[str]) -> str:
    quoted = ['"{}"'.format(word.replace('"', '""')) for word in words]
    last = re.findall(r"[^\W_]+", words[-1])[-1:]
    # A character of Chinese is a whole token already.
    if last and len(last[0]) >= _SHORTEST_START and not is_han(last[0][-1]):
        quoted[-1] += " *"
    return " AND ".join(quoted)


def _ids(connection: Connection, match: str, accounts: str, asked: Mapping[str, object]) -> list[int]:
    within = ""
    if asked["account"] is not None:
        # The plus keeps SQLite from asking the index once for each row of the account (130 ms against 1).
        within = "AND +rowid IN (SELECT id FROM search_row WHERE account_id = :account)"
    if accounts:
        within += f"""AND EXISTS (SELECT 1 FROM search_row AS s JOIN account AS a ON a.id = s.account_id
                                  WHERE s.id = search_text.rowid AND a.archived_at IS NULL AND {accounts})"""
    found = connection.execute(
        f"SELECT rowid FROM search_text WHERE search_text MATCH :match {within} ORDER BY rowid DESC LIMIT :limit",
        {**asked, "match": match},
    )
    return [row_id for (row_id,) in found]


def _rows(connection: Connection, ids: Sequence[int]) -> list[_Found]:
    return fetch(
        connection,
        _Found,
        f"""SELECT s.id, s.entity, s.row_id, s.account_id, a.name AS account, s.title, s.body
            FROM search_row AS s LEFT JOIN account AS a ON a.id = s.account_id
            WHERE s.id IN ({", ".join("?" * len(ids))})""",
        ids,
    )


def _hit(row: _Found, words: Sequence[str]) -> Hit:
    folded = row.body.casefold()
    places = [folded.find(word.replace(" ", "").casefold()) for word in words]
    start = max(min((place for place in places if place >= 0), default=0) - EXCERPT // 4, 0)
    excerpt = ("…" if start else "") + one_line(row.body[start : start + 2 * EXCERPT], EXCERPT)
    return Hit(row.entity, row.row_id, row.account_id, row.account, one_line(row.title, EXCERPT), excerpt)
