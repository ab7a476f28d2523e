"""Search by what records are, alone or with words: people by stance, role, influence; needs by kind and state; what falls
due; all of them by the tier and the stage of their account."""

from collections.abc import Mapping, Sequence
from datetime import date

from kamtui.domain.enums import NeedKind
from kamtui.domain.search_filter import UNSORTED, Filters, parse_filters
from kamtui.store.reads.search import Hit, hits_of, match_of, search
from kamtui.store.sqlite.driver import Connection

# The entities that a key is about; those of an account alone narrow all of them.
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "stance": ("person",),
    "role": ("person",),
    "influence": ("person",),
    "need": ("need",),
}
_DUE = ("task", "obligation")
_OF_ACCOUNT = ("tier", "stage")


def search_filtered(
    connection: Connection, text: str, today: date, *, account_id: int | None = None, limit: int = 50
) -> list[Hit]:
    """The records that hold the words of `text` and are what its filters say, names first, then newest first. A filter about
    accounts alone gives accounts, or, with words, all records of theirs; filters about several kinds of records give records of all these kinds, of accounts that have some of each. Raises `BadInput`."""
    filters = parse_filters(text, today)
    if not filters:
        return search(connection, text, account_id=account_id, limit=limit)
    conditions, values = _conditions(filters)
    if filters.words.strip() and not _groups(filters):
        # What only the account must be holds for all that is in it.
        accounts = " AND ".join(conditions["account"])
        return search(connection, filters.words, account_id=account_id, limit=limit, accounts=accounts, values=values)
    values |= {"account": account_id, "limit": limit, "today": today.isoformat()}
    words = match_of(filters.words) if filters.words.strip() else None
    if filters.words.strip() and words is None:
        return []
    values["match"] = words
    if _groups(filters) == [_DUE]:
        # Much falls due, so the words lead, or the days where there are none.
        query = _by_words(conditions) if words else _by_due(conditions)
    elif len(conditions) == 1 and not words:
        query = _newest(*conditions.items())
    else:
        query = _by_fits(conditions, _groups(filters), words)
    rows = connection.execute(query, values).fetchall()
    return hits_of(connection, [row_id for (row_id,) in rows], filters.words)


def _by_fits(conditions: Mapping[str, Sequence[str]], groups: Sequence[tuple[str, ...]], words: str | None) -> str:
    """First the records that are what they should be, then of these the ones that hold the words."""
    kinds = " UNION ALL ".join(
        f"SELECT '{entity}' AS entity, x.id, a.id AS account_id {_rows_of(entity, said)}"
        for entity, said in conditions.items()
    )
    everywhere = "".join(
        f" AND fits.account_id IN (SELECT account_id FROM fits WHERE entity IN ({', '.join(map(repr, group))}))"
        for group in groups
        if len(groups) > 1
    )
    # The plus keeps SQLite from going through all that hold the words once for each record that fits.
    among = "AND +s.id IN (SELECT rowid FROM search_text WHERE search_text MATCH :match)" if words else ""
    return f"""WITH fits AS MATERIALIZED ({kinds})
               SELECT s.id FROM fits JOIN search_row AS s ON s.entity = fits.entity AND s.row_id = fits.id
               WHERE (:account IS NULL OR fits.account_id = :account) {everywhere} {among}
               ORDER BY s.entity NOT IN ('account', 'person'), s.id DESC LIMIT :limit"""


def _newest(found: tuple[str, Sequence[str]]) -> str:
    """The newest of one kind, without going through all of them."""
    entity, said = found
    return f"""SELECT s.id FROM (SELECT x.id {_rows_of(entity, said)} AND (:account IS NULL OR a.id = :account)
                                 ORDER BY x.id DESC LIMIT :limit) AS fits
               JOIN search_row AS s ON s.entity = '{entity}' AND s.row_id = fits.id ORDER BY fits.id DESC"""


def _by_words(conditions: Mapping[str, Sequence[str]]) -> str:
    """What holds the words, the newest first, until there are enough that are what they should be."""
    fit = " OR ".join(
        f"s.entity = '{entity}' AND EXISTS (SELECT 1 {_rows_of(entity, [*said, 'x.id = s.row_id'])})"
        for entity, said in conditions.items()
    )
    return f"""SELECT s.id FROM search_text CROSS JOIN search_row AS s ON s.id = search_text.rowid
               WHERE search_text MATCH :match AND (:account IS NULL OR s.account_id = :account) AND ({fit})
               ORDER BY search_text.rowid DESC LIMIT :limit"""


def _by_due(conditions: Mapping[str, Sequence[str]]) -> str:
    """What falls due first."""
    firsts = {"task": "x.due", "obligation": _FIRST_DUE}
    kinds = " UNION ALL ".join(
        f"""SELECT * FROM (SELECT '{entity}' AS entity, x.id, {firsts[entity]} AS due {_rows_of(entity, said)}
            AND (:account IS NULL OR a.id = :account) ORDER BY due LIMIT :limit)"""
        for entity, said in conditions.items()
    )
    return f"""SELECT s.id FROM ({kinds}) AS fits JOIN search_row AS s ON s.entity = fits.entity AND s.row_id = fits.id
               ORDER BY fits.due, s.id LIMIT :limit"""


_FIRST_DUE = "(SELECT min(due) FROM occurrence WHERE obligation_id = x.id AND status = 'open')"


def _rows_of(entity: str, said: Sequence[str]) -> str:
    owner = "x.id" if entity == "account" else "x.account_id"
    # A task may be of no account.
    join = "LEFT JOIN" if entity == "task" else "JOIN"
    return f"""FROM "{entity}" AS x {join} account AS a ON a.id = {owner}
               WHERE a.archived_at IS NULL AND x.archived_at IS NULL AND {" AND ".join(said)}"""


def _groups(filters: Filters) -> list[tuple[str, ...]]:
    groups: set[tuple[str, ...]] = {_ABOUT[key] for key in filters.values if key in _ABOUT}
    if filters.due is not None:
        groups.add(_DUE)
    return sorted(groups)


def _conditions(filters: Filters) -> tuple[dict[str, list[str]], dict[str, object]]:
    """For each entity that is looked for, what its rows (`x`) and their account (`a`) must be."""
    values: dict[str, object] = {}
    entities = [entity for group in _groups(filters) for entity in group] or ["account"]
    conditions: dict[str, list[str]] = {entity: [] for entity in entities}
    for key, said in filters.values.items():
        names = [f":{key}{place}" for place in range(len(said))]
        values |= dict(zip((name[1:] for name in names), said, strict=True))
        for entity in entities:
            if key in _OF_ACCOUNT or entity in _ABOUT.get(key, ()):
                conditions[entity].append(_condition(key, said, names))
    if filters.due is not None:
        after, until = filters.due.after, filters.due.until
        values |= {"after": after and after.isoformat(), "until": until and until.isoformat()}
        within = "(:after IS NULL OR {due} >= :after) AND (:until IS NULL OR {due} <= :until)"
        conditions["task"].append(f"x.status = 'open' AND x.due IS NOT NULL AND {within.format(due='x.due')}")
        conditions["obligation"].append(
            f"""EXISTS (SELECT 1 FROM occurrence AS c WHERE c.obligation_id = x.id AND c.status = 'open'
                        AND {within.format(due="c.due")})"""
        )
    for entity in entities:
        if entity == "person":
            conditions[entity].append("(x.left_on IS NULL OR x.left_on > :today)")
    return {entity: said or ["1"] for entity, said in conditions.items()}, values


def _condition(key: str, said: tuple[str, ...], names: list[str]) -> str:
    listed = ", ".join(names)
    if key == "tier":
        return f"(a.tier IN ({listed}){' OR a.tier IS NULL' if UNSORTED in said else ''})"
    if key == "stage":
        return f"a.stage IN ({listed})"
    if key == "role":
        return f"EXISTS (SELECT 1 FROM person_role WHERE person_id = x.id AND value IN ({listed}))"
    if key == "need":
        kinds: Mapping[bool, list[str]] = {True: [], False: []}
        for word, name in zip(said, names, strict=True):
            kinds[word in set(NeedKind)].append(name)
        parts = []
        if kinds[True]:
            parts.append(f"x.kind IN ({', '.join(kinds[True])})")
        if kinds[False]:
            parts.append(f"x.state IN ({', '.join(kinds[False])})")
        else:
            parts.append("x.state NOT IN ('satisfied', 'declined', 'lost', 'obsolete')")
        return " AND ".join(parts)
    return f"x.{key} IN ({listed})"
