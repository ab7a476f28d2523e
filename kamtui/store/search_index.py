"""The search rows, refreshed by each unit of work from its own change rows.

Every character of Chinese is a token of its own, so a word inside a sentence is found; names also carry their pinyin
and initials. pypinyin is imported when a Chinese name is indexed, and not before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kamtui.domain.text import is_han, split_han
from kamtui.store.sqlite.driver import Connection

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Searchable:
    """How rows of an entity become search rows: a query of (id, account_id, title, body), and whether its titles are
    names. `parts` are the tables whose rows hang on it, with the column that points to it; `named_after` those that it
    points to, and whose names are in its body."""

    query: str
    is_name: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    named_after: tuple[tuple[str, str], ...] = ()


SEARCHABLE = {
    "account": Searchable(
        """SELECT a.id, a.id, a.name || coalesce((SELECT ' ' || group_concat(value, ' ') FROM account_alias
                  WHERE account_id = a.id), ''),
                  coalesce(a.note, '') || ' ' || coalesce((SELECT group_concat(value, ' ') FROM account_tag
                  WHERE account_id = a.id), '')
           FROM account AS a WHERE a.id IN ({ids})""",
        is_name=True,
        parts=(("account_alias", "account_id"), ("account_tag", "account_id")),
    ),
    "person": Searchable(
        """SELECT p.id, p.account_id, p.name || coalesce((SELECT ' ' || group_concat(value, ' ') FROM person_alias
                  WHERE person_id = p.id), ''),
                  coalesce(p.title, '') || ' ' || coalesce(d.name, '') || ' ' || coalesce(p.win, '') || ' '
                  || coalesce(p.note, '') || ' ' || coalesce((SELECT group_concat(value, ' ') FROM contact_point
                  WHERE person_id = p.id), '')
           FROM person AS p LEFT JOIN department AS d ON d.id = p.department_id WHERE p.id IN ({ids})""",
        is_name=True,
        parts=(("contact_point", "person_id"), ("person_alias", "person_id")),
        named_after=(("department", "department_id"),),
    ),
    "colleague": Searchable(
        "SELECT id, NULL, name, coalesce(skills, '') || ' ' || coalesce(mail, '') FROM colleague WHERE id IN ({ids})",
        is_name=True,
    ),
    "fact": Searchable("SELECT id, account_id, topic, text FROM fact WHERE id IN ({ids})"),
    "need": Searchable(
        """SELECT n.id, n.account_id, n.verbatim,
                  coalesce(n.implication, '') || ' ' || coalesce(n.payoff, '') || ' ' || coalesce(n.next_question, '')
                  || ' ' || coalesce((SELECT group_concat(coalesce(customer_words, '') || ' ' || coalesce(note, ''), ' ')
                  FROM need_event WHERE need_id = n.id), '')
           FROM need AS n WHERE n.id IN ({ids})""",
        parts=(("need_event", "need_id"),),
    ),
    "interaction": Searchable(
        """SELECT id, account_id, coalesce(purpose, summary, kind),
                  coalesce(summary, '') || ' ' || coalesce(ask, '') || ' ' || coalesce(commitment, '') || ' '
                  || coalesce(next_step, '')
           FROM interaction WHERE id IN ({ids})"""
    ),
    "obligation": Searchable("SELECT id, account_id, what, coalesce(note, '') FROM obligation WHERE id IN ({ids})"),
    "task": Searchable("SELECT id, account_id, what, coalesce(note, '') FROM task WHERE id IN ({ids})"),
    "concession": Searchable(
        """SELECT c.id, c.account_id, c.what,
                  coalesce(c.note, '') || ' ' || coalesce((SELECT group_concat(measure, ' ') FROM return_commitment
                  WHERE concession_id = c.id), '')
           FROM concession AS c WHERE c.id IN ({ids})""",
        parts=(("return_commitment", "concession_id"),),
    ),
    "contract": Searchable(
        """SELECT c.id, c.account_id, c.what,
                  coalesce(c.document_ref, '') || ' ' || coalesce(c.note, '') || ' ' || coalesce((SELECT group_concat(
                  coalesce(wanted, '') || ' ' || coalesce(offered, '') || ' ' || coalesce(agreed, ''), ' ')
                  FROM contract_term WHERE contract_id = c.id), '')
           FROM contract AS c WHERE c.id IN ({ids})""",
        parts=(("contract_term", "contract_id"),),
    ),
    "issue": Searchable(
        """SELECT id, account_id, words,
                  coalesce(first_response, '') || ' ' || coalesce(reason, '') || ' ' || coalesce(resolution, '') || ' '
                  || coalesce(note, '')
           FROM issue WHERE id IN ({ids})"""
    ),
    "incident": Searchable(
        """SELECT i.id, i.account_id, i.what,
                  coalesce(i.resolution, '') || ' ' || coalesce(i.merit, '') || ' ' || coalesce(i.prevention, '') || ' '
                  || coalesce(i.note, '') || ' ' || coalesce((SELECT group_concat(text, ' ') FROM incident_note
                  WHERE incident_id = i.id), '')
           FROM incident AS i WHERE i.id IN ({ids})""",
        parts=(("incident_note", "incident_id"),),
    ),
    "review": Searchable(
        """SELECT id, account_id, kind || ' ' || on_date,
                  coalesce(asks, '') || ' ' || coalesce(commitments, '') || ' ' || coalesce(summary, '')
           FROM review WHERE id IN ({ids})"""
    ),
    "channel": Searchable(
        "SELECT id, account_id, coalesce(contact, kind), coalesce(note, '') FROM channel WHERE id IN ({ids})"
    ),
    "scorecard": Searchable(
        "SELECT id, account_id, criterion, coalesce(evidence, '') FROM scorecard WHERE id IN ({ids})"
    ),
    "decision_criterion": Searchable(
        """SELECT id, account_id, name, coalesce(rival, '') || ' ' || coalesce(note, '')
           FROM decision_criterion WHERE id IN ({ids})"""
    ),
}
_OWNER = {table: (entity, column) for entity, kind in SEARCHABLE.items() for table, column in kind.parts}
_USER = {table: (entity, column) for entity, kind in SEARCHABLE.items() for table, column in kind.named_after}


def refresh_search(connection: Connection, point_id: int) -> None:
    """Brings the search rows up to date with what was changed under a point."""
    # The plus keeps SQLite from going through all that was ever changed of an entity: at 100k tasks 7 ms against 0.1.
    touched: dict[str, set[int]] = {}
    for (table,) in connection.execute("SELECT DISTINCT entity FROM change WHERE point_id = ?", (point_id,)).fetchall():
        if table in SEARCHABLE:
            ids = connection.execute(
                "SELECT DISTINCT row_id FROM change WHERE point_id = ? AND +entity = ?", (point_id, table)
            )
            touched.setdefault(table, set()).update(row_id for (row_id,) in ids)
        elif table in _OWNER:
            entity, column = _OWNER[table]
            ids = connection.execute(
                f"""SELECT json_extract(before, '$.{column}') FROM change
                    WHERE point_id = :point AND +entity = :table AND before IS NOT NULL
                    UNION SELECT part.{column} FROM change JOIN "{table}" AS part ON part.id = change.row_id
                    WHERE point_id = :point AND +entity = :table""",
                {"point": point_id, "table": table},
            )
            touched.setdefault(entity, set()).update(row_id for (row_id,) in ids)
        elif table in _USER:
            entity, column = _USER[table]
            ids = connection.execute(
                f"""SELECT id FROM "{entity}" WHERE {column} IN (
                        SELECT row_id FROM change WHERE point_id = ? AND +entity = ? AND op = 'update')""",
                (point_id, table),
            )
            touched.setdefault(entity, set()).update(row_id for (row_id,) in ids)
    for entity, found in touched.items():
        _index(connection, entity, sorted(found))


def rebuild_search(connection: Connection) -> None:
    """Makes all search rows anew."""
    connection.execute("DELETE FROM search_text")
    connection.execute("DELETE FROM search_row")
    for entity in SEARCHABLE:
        ids = [row_id for (row_id,) in connection.execute(f'SELECT id FROM "{entity}"')]
        _index(connection, entity, ids)


def _index(connection: Connection, entity: str, ids: list[int]) -> None:
    kind = SEARCHABLE[entity]
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        old = connection.execute(
            f"SELECT id FROM search_row WHERE entity = ? AND row_id IN ({marks})", (entity, *chunk)
        ).fetchall()
        connection.executemany("DELETE FROM search_text WHERE rowid = ?", old)
        connection.executemany("DELETE FROM search_row WHERE id = ?", old)
        for row_id, account_id, title, body in connection.execute(kind.query.format(ids=marks), chunk).fetchall():
            flat = " ".join(body.split())
            cursor = connection.execute(
                "INSERT INTO search_row (entity, row_id, account_id, title, body) VALUES (?, ?, ?, ?, ?)",
                (entity, row_id, account_id, title, flat),
            )
            connection.execute(
                "INSERT INTO search_text (rowid, title, body, pinyin) VALUES (?, ?, ?, ?)",
                (
                    cursor.lastrowid,
                    split_han(title),
                    split_han(flat),
                    " ".join(pinyin_of(title)) if kind.is_name else "",
                ),
            )


# Characters that are read otherwise when they are surnames.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "翟": "zhai", "盖": "ge", "朴": "piao",
    "任": "ren", "区": "ou", "尉": "yu", "乐": "yue", "华": "hua", "覃": "qin", "员": "yun", "缪": "miao",
}  # fmt: skip


def pinyin_of(name: str) -> Iterable[str]:
    """How the Chinese names in a text may be typed in Latin letters: `zhangwei`, `zw`, `zhang wei`."""
    found: list[str] = []
    for word in name.split():
        han = "".join(character for character in word if is_han(character))
        if not han:
            continue
        from pypinyin import lazy_pinyin

        readings = [lazy_pinyin(han)]
        if han[0] in _SURNAMES and readings[0][0] != _SURNAMES[han[0]]:
            readings.append([_SURNAMES[han[0]], *readings[0][1:]])
        for syllables in readings:
            found += ["".join(syllables), "".join(syllable[0] for syllable in syllables), *syllables]
    return dict.fromkeys(found)
