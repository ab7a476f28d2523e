"""Who is meant by the beginning of a name: people and accounts, for `@` and for pickers.

Reads the search rows, which keep the pinyin, and looks through the table of people only where these hold too much else.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from kamtui.domain.errors import Ambiguous
from kamtui.domain.text import is_han, one_line, split_han
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

_LONGEST = 100
_LOOKED_AT = 60  # rows of one way to match that are ranked
_HITS = 400  # hits of the search rows, notes and tasks among them, before the table of people is the shorter way
_OWN_PEOPLE = 300
_ALIKE = 75  # of 100
_SHORTEST_ALIKE = 3
_COMPARED = 2000
_LISTED = 8


class Way(IntEnum):
    """How a text names somebody, the surest first."""

    EXACT = 0
    START = 1
    WORD = 2
    READING = 3
    PINYIN = 4
    ALIKE = 5


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A person or an account that may be meant; of an account `account_id` and `account` are its own."""

    entity: str
    id: int
    name: str
    account_id: int
    account: str
    title: str | None
    way: Way


@dataclass(frozen=True, slots=True)
class _Candidate:
    entity: str
    id: int
    name: str
    account_id: int
    account: str
    title: str | None
    aliases: tuple[str, ...]
    pinyin: str


# Most names have no alias, and no pinyin: what is not there is not looked for, 3 ms less at a hundred people.
_COLUMNS = """s.entity, s.row_id AS id, coalesce(p.name, a.name) AS name, a.id AS account_id, a.name AS account, p.title,
    CASE WHEN s.title = coalesce(p.name, a.name) THEN '[]'
         WHEN s.entity = 'person' THEN (SELECT json_group_array(value) FROM person_alias WHERE person_id = s.row_id)
         ELSE (SELECT json_group_array(value) FROM account_alias WHERE account_id = s.row_id) END AS aliases,
    CASE WHEN s.title GLOB '*[^ -~]*' THEN (SELECT pinyin FROM search_text WHERE rowid = s.id) ELSE '' END AS pinyin"""
# CROSS and the plus keep SQLite from starting at all accounts, or all people (2.5 ms against 0.3).
_STILL_THERE = """CROSS JOIN account AS a ON a.id = s.account_id AND a.archived_at IS NULL
    LEFT JOIN person AS p ON s.entity = 'person' AND p.id = s.row_id
    WHERE +s.entity IN ('account', 'person') AND (s.entity = 'account' OR (p.left_on IS NULL AND p.archived_at IS NULL))"""
_TABLES = (("account", "archived_at IS NULL"), ("person", "left_on IS NULL AND archived_at IS NULL"))


def match_names(connection: Connection, text: str, *, account_id: int | None = None, limit: int = 8) -> list[NameMatch]:
    """The people and accounts that `text` may name: by name or alias, the start of any word of it, pinyin, initials,
    else by likeness. People of `account_id` first, then the surest. Who left, and what is archived, is left out."""
    wanted = _plain(text)
    if not wanted:
        return []
    found = _candidates(connection, wanted, account_id)
    matches = [_match(row, way) for row in found if (way := _way(row, wanted)) is not None]
    if not matches:
        return [_match(row, Way.ALIKE) for row in _alike(connection, wanted, limit)]
    matches.sort(key=lambda match: _order(match, account_id))
    return matches[:limit]


def name_meant(connection: Connection, text: str, *, account_id: int | None = None) -> NameMatch | None:
    """The one that `text` names without a doubt, for writes: by exact name or alias, else by the only start of a word,
    pinyin or initials there is; one of the people of `account_id` before anybody else. None where nobody is meant.

    Raises `Ambiguous` with the list where there is more than one.
    """
    wanted = _plain(text)
    if not wanted:
        return None
    # Nothing that is ranked or cut short: the one that is named so must not be missed.
    exact = [_match(row, Way.EXACT) for row in _by_keys(connection, _exactly(connection, wanted))]
    begun = [_match(row, way) for row in _candidates(connection, wanted, account_id) if (way := _way(row, wanted))]
    for group in (exact, begun):
        own = [match for match in group if match.entity == "person" and match.account_id == account_id]
        for among in (own, group):
            if sure := _only(among):
                return sure
            if among:
                raise _ambiguous(text, among)
    return None


def person_meant(connection: Connection, person_id: int) -> NameMatch | None:
    """A person who is known already, as one who was named; None where they are gone."""
    row = connection.execute(
        """SELECT p.id, p.name, p.account_id, a.name, p.title FROM person AS p JOIN account AS a ON a.id = p.account_id
           WHERE p.id = ?""",
        (person_id,),
    ).fetchone()
    if row is None:
        return None
    row_id, name, account_id, account, title = row
    return NameMatch("person", row_id, name, account_id, account, title, Way.EXACT)


def _only(among: Sequence[NameMatch]) -> NameMatch | None:
    """The only one; among Chinese names the only one whose whole reading it is."""
    if len(among) > 1 and all(match.way >= Way.READING for match in among):
        among = [match for match in among if match.way is Way.READING]
    return among[0] if len(among) == 1 else None


def _exactly(connection: Connection, wanted: str) -> list[tuple[str, int]]:
    keys = []
    for entity, still in _TABLES:
        query = f"""SELECT id FROM {entity} WHERE {still} AND (name = :name COLLATE NOCASE OR id IN
                    (SELECT {entity}_id FROM {entity}_alias WHERE value = :name COLLATE NOCASE)) LIMIT :most"""
        rows = connection.execute(query, {"name": wanted, "most": _LOOKED_AT})
        keys += [(entity, row_id) for (row_id,) in rows]
    return keys


def _plain(text: str) -> str:
    """A name as it may be looked for: one line, and nothing that SQLite cannot bind."""
    return " ".join(text[:_LONGEST].encode("utf-8", "ignore").decode().replace("\x00", " ").split())


def _candidates(connection: Connection, wanted: str, account_id: int | None) -> Iterable[_Candidate]:
    rows = [] if account_id is None else _people_of(connection, account_id, wanted)
    if len(wanted) == 1 and not is_han(wanted):
        # One letter begins too many words of too many notes.
        rows += _by_table(connection, wanted)
    else:
        rows += _by_search(connection, "title", wanted)
        if wanted.isascii():
            rows += _by_search(connection, "pinyin", wanted)
    return {(row.entity, row.id): row for row in rows}.values()


def _people_of(connection: Connection, account_id: int, wanted: str) -> list[_Candidate]:
    """The people of an account, those whose name cannot hold the text left out."""
    return fetch(
        connection,
        _Candidate,
        f"""SELECT {_COLUMNS} FROM search_row AS s {_STILL_THERE} AND s.account_id = :account AND s.entity = 'person'
            AND (instr(lower(s.title), :wanted) OR s.title GLOB '*[^ -~]*') LIMIT :most""",
        {"account": account_id, "wanted": wanted.lower(), "most": _OWN_PEOPLE},
    )


def _by_search(connection: Connection, column: str, wanted: str) -> list[_Candidate]:
    """Rows by whole words first, since among many that begin so the one that is named so must not be missed."""
    tokens = [part for part in split_han(wanted).split() if any(sign.isalnum() for sign in part)]
    if not tokens:
        return _by_table(connection, wanted)
    phrase = '"{}"'.format(" ".join(tokens).replace('"', '""'))
    found: list[_Candidate] = []
    # A character of Chinese is a whole token already.
    for match in (phrase,) if is_han(wanted[-1]) else (phrase, f"{phrase} *"):
        hits = connection.execute(
            "SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT ?", (f"{column} : {match}", _HITS)
        ).fetchall()
        rows = _by_rows(connection, [row_id for (row_id,) in hits])
        if len(hits) == _HITS and len(rows) < _LOOKED_AT:
            return [*found, *rows, *_by_table(connection, wanted)]
        found += rows
    return found


def _by_rows(connection: Connection, ids: Sequence[int]) -> list[_Candidate]:
    if not ids:
        return []
    return fetch(
        connection,
        _Candidate,
        f"SELECT {_COLUMNS} FROM search_row AS s {_STILL_THERE} AND s.id IN ({', '.join(map(str, ids))}) LIMIT ?",
        (_LOOKED_AT,),
    )


def _by_table(connection: Connection, wanted: str) -> list[_Candidate]:
    """By the start of a word of the name, from the tables: the search rows hold too much else that begins so."""
    start = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    inside = f"%{start}%" if is_han(wanted[0]) else f"% {start}%"
    keys: dict[tuple[str, int], None] = {}
    for pattern in (f"{start}%", inside):
        for entity, still in _TABLES:
            rows = connection.execute(
                f"SELECT id FROM {entity} WHERE {still} AND name LIKE ? ESCAPE '\\' LIMIT ?", (pattern, _LOOKED_AT)
            )
            keys |= {(entity, row_id): None for (row_id,) in rows}
        if len(keys) >= _LOOKED_AT:
            break
    return _by_keys(connection, keys)


def _by_keys(connection: Connection, keys: Collection[tuple[str, int]]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for entity in ("account", "person"):
        ids = ", ".join(str(row_id) for kind, row_id in keys if kind == entity)
        if ids:
            found += fetch(
                connection,
                _Candidate,
                f"SELECT {_COLUMNS} FROM search_row AS s {_STILL_THERE} AND s.entity = ? AND s.row_id IN ({ids})",
                (entity,),
            )
    return found


def _way(row: _Candidate, wanted: str) -> Way | None:
    """How the text names this one; None where it does not."""
    plain = wanted.casefold()
    names = [name.casefold() for name in (row.name, *row.aliases)]
    if plain in names:
        return Way.EXACT
    if any(name.startswith(plain) for name in names):
        return Way.START
    if any(plain in name and _starts_word(name, plain) for name in names):
        return Way.WORD
    typed = plain.replace(" ", "")
    readings = row.pinyin.split()
    if typed in readings:
        # A single syllable is the start of a name, not the whole of it.
        han = sum(map(is_han, row.name))
        whole = typed in readings[:2] or len(typed) == han or len(typed) > len("zhuang")
        return Way.READING if whole else Way.PINYIN
    if len(typed) == 1:
        # One letter is that of the surname: `w` begins a syllable of half of all names.
        readings = [reading for reading in readings if len(reading) == sum(map(is_han, row.name))]
    if typed and typed.isascii() and any(reading.startswith(typed) for reading in readings):
        return Way.PINYIN
    return _loose(names, plain)


def _starts_word(name: str, plain: str) -> bool:
    return is_han(plain[0]) or re.search(rf"(?<![^\W_]){re.escape(plain)}", name) is not None


def _loose(names: Sequence[str], plain: str) -> Way | None:
    """`emile` for Émile: what differs in marks alone, as the search rows see it."""
    import unicodedata

    def bare(text: str) -> str:
        return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))

    flat = bare(plain)
    for name in map(bare, names):
        if name == flat or name.startswith(flat):
            return Way.START
        if flat and flat in name and _starts_word(name, flat):
            return Way.WORD
    return None


def _order(match: NameMatch, account_id: int | None) -> tuple[bool, int, int, str, int]:
    of_account = match.entity == "person" and account_id is not None and match.account_id == account_id
    return not of_account, match.way, len(match.name), match.name, match.id


def _match(row: _Candidate, way: Way) -> NameMatch:
    return NameMatch(row.entity, row.id, row.name, row.account_id, row.account, row.title, way)


def _alike(connection: Connection, wanted: str, limit: int) -> list[_Candidate]:
    """Who is written nearly so, best first: names of which a word begins with the same letter."""
    if len(wanted) < _SHORTEST_ALIKE or not wanted[0].isalnum():
        return []
    from rapidfuzz import fuzz, process, utils

    rows: list[tuple[str, int, str]] = []
    for entity, still in _TABLES:
        rows += connection.execute(
            f"SELECT '{entity}', id, name FROM {entity} WHERE {still} AND (name LIKE ? OR name LIKE ?) LIMIT ?",
            (f"{wanted[0]}%", f"% {wanted[0]}%", _COMPARED),
        )
    plain = utils.default_process(wanted)
    scores: dict[tuple[str, int], float] = {}
    words: dict[str, list[tuple[str, int]]] = {}
    for entity, row_id, name in rows:
        for word in {name.lower(), *name.lower().split()}:
            words.setdefault(word, []).append((entity, row_id))
    for word, score, _at in process.extract(
        plain, list(words), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2 * limit
    ):
        for key in words[word]:
            scores[key] = max(score, scores.get(key, 0))
    best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
    found = {(row.entity, row.id): row for row in _by_keys(connection, best)}
    return [found[key] for key in best if key in found]


def _ambiguous(text: str, matches: Sequence[NameMatch]) -> Ambiguous:
    listed = [(match.id, one_line(match.name if match.entity == "account" else f"{match.name}, {match.account}", 60))
              for match in matches[:_LISTED]]  # fmt: skip
    more = "; …" if len(matches) > _LISTED else ""
    return Ambiguous(
        _("“@{name}” may be more than one: {list}{more}. Write more of the name. Nothing was saved.").format(
            name=one_line(text), list="; ".join(label for _id, label in listed), more=more
        ),
        listed,
    )
