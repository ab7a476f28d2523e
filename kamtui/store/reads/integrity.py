"""What must hold in the store, as queries that find what does not: the invariants, search rows, dangling references."""

from collections.abc import Mapping
from dataclasses import dataclass

from kamtui.language import mark
from kamtui.store.search_index import SEARCHABLE
from kamtui.store.sqlite.driver import Connection

LISTED = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, its name for programs, and a query of (entity, id) of the rows that break it."""

    code: str
    sentence: str
    query: str


# The interval of a line ends before `valid_to`; 'never' sorts after every ISO date.
RULES = (
    Rule(
        "one_manager",
        mark("A person has one manager at a time."),
        """SELECT 'person', a.person_id FROM reporting_line AS a JOIN reporting_line AS b
           ON b.person_id = a.person_id AND b.id > a.id
           AND b.valid_from < coalesce(a.valid_to, 'never') AND a.valid_from < coalesce(b.valid_to, 'never')""",
    ),
    Rule(
        "no_loop",
        mark("Reporting lines form no loop at any date."),
        """WITH RECURSIVE above (start, person_id, since, until) AS (
               SELECT person_id, manager_id, valid_from, coalesce(valid_to, 'never') FROM reporting_line
               UNION
               SELECT above.start, line.manager_id, max(above.since, line.valid_from),
                      min(above.until, coalesce(line.valid_to, 'never'))
               FROM above JOIN reporting_line AS line ON line.person_id = above.person_id
               WHERE above.person_id <> above.start
                 AND line.valid_from < above.until AND above.since < coalesce(line.valid_to, 'never')
           )
           SELECT DISTINCT 'person', start FROM above WHERE person_id = start""",
    ),
    Rule(
        "one_family",
        mark("Reporting lines stay within one account and its group."),
        """WITH RECURSIVE above (start, id) AS (
               SELECT id, id FROM account
               UNION SELECT above.start, account.parent_id FROM above JOIN account ON account.id = above.id
               WHERE account.parent_id IS NOT NULL
           ),
           top (account_id, id) AS (
               SELECT above.start, above.id FROM above JOIN account ON account.id = above.id
               WHERE account.parent_id IS NULL
           )
           SELECT 'person', p.id FROM reporting_line AS line
           JOIN person AS p ON p.id = line.person_id JOIN person AS m ON m.id = line.manager_id
           LEFT JOIN top AS mine ON mine.account_id = p.account_id
           LEFT JOIN top AS theirs ON theirs.account_id = m.account_id
           WHERE mine.id IS NOT theirs.id""",
    ),
    Rule(
        "account_loop",
        mark("No account is a part of itself."),
        """WITH RECURSIVE above (start, id) AS (
               SELECT id, parent_id FROM account WHERE parent_id IS NOT NULL
               UNION SELECT above.start, account.parent_id FROM above JOIN account ON account.id = above.id
               WHERE account.parent_id IS NOT NULL
           )
           SELECT 'account', start FROM above WHERE id = start""",
    ),
    Rule(
        "conversion",
        mark("An implicit need becomes explicit by a conversion that holds person, date and words."),
        """SELECT 'need', need.id FROM need
           WHERE need.raised_as = 'implicit' AND need.kind = 'explicit' AND NOT EXISTS (
                 SELECT 1 FROM need_event AS e WHERE e.need_id = need.id AND e.kind = 'converted'
                 AND e.person_id IS NOT NULL AND e.on_date = date(e.on_date) AND trim(e.customer_words) <> '')
              OR need.raised_as = 'explicit' AND need.kind = 'implicit'
              OR need.kind = 'implicit'
                 AND need.state NOT IN ('captured', 'exploring', 'declined', 'lost', 'obsolete')""",
    ),
    Rule(
        "one_kam",
        mark("A key tier has a KAM."),
        "SELECT 'account', id FROM account WHERE tier IN ('T1', 'T2', 'T3') AND kam_id IS NULL",
    ),
    Rule(
        "me",
        mark("One colleague is marked as “me”."),
        "SELECT 'colleague', count(*) FROM colleague WHERE is_me = 1 HAVING count(*) <> 1",
    ),
    Rule(
        "one_occurrence",
        mark("An obligation that counts from completion has one open occurrence at a time."),
        """SELECT 'obligation', o.id FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
           WHERE o.anchor = 'completion' AND c.status = 'open' GROUP BY o.id HAVING count(*) > 1""",
    ),
    Rule("open_point", mark("No step is half done."), "SELECT 'point', point_id FROM open_point"),
)


def broken_rules(connection: Connection) -> Mapping[Rule, list[tuple[str, int]]]:
    """For each rule that does not hold, the first rows that break it."""
    found = {rule: connection.execute(f"{rule.query} LIMIT {LISTED}").fetchall() for rule in RULES}
    return {rule: rows for rule, rows in found.items() if rows}


def dangling_refs(connection: Connection, tables: list[str]) -> list[tuple[str, int]]:
    """References to records of other systems whose own record is gone, as (entity, row id)."""
    rows = connection.execute(
        f"SELECT entity, row_id FROM external_ref WHERE {refs_to_nothing(connection, tables)} ORDER BY id"
    )
    return rows.fetchall()


def refs_to_nothing(connection: Connection, tables: list[str]) -> str:
    """The condition on `external_ref` of the rows whose own record is gone."""
    entities = {entity for (entity,) in connection.execute("SELECT DISTINCT entity FROM external_ref")}
    there = [
        f"NOT (entity = '{entity}' AND EXISTS (SELECT 1 FROM \"{entity}\" AS own WHERE own.id = external_ref.row_id))"
        for entity in sorted(entities & set(tables))
    ]
    return " AND ".join(there) or "1"


# The condition on `task` of those that came of a record which is gone; a signal is no record.
TASKS_OF_NOTHING = """source_id IS NOT NULL AND CASE source
    WHEN 'need' THEN NOT EXISTS (SELECT 1 FROM need WHERE id = source_id)
    WHEN 'obligation' THEN NOT EXISTS (SELECT 1 FROM obligation WHERE id = source_id)
    WHEN 'touch' THEN NOT EXISTS (SELECT 1 FROM interaction WHERE id = source_id)
    WHEN 'role' THEN NOT EXISTS (SELECT 1 FROM person WHERE id = source_id)
    ELSE 0 END"""


def tasks_of_nothing(connection: Connection) -> list[tuple[str, int]]:
    """The tasks that came of a record which is gone, as (entity, id)."""
    return connection.execute(f"SELECT 'task', id FROM task WHERE {TASKS_OF_NOTHING} ORDER BY id").fetchall()


def stale_search(connection: Connection) -> list[tuple[str, int]]:
    """The records whose search row is missing, out of date, or left over, as (entity, id)."""
    stale: list[tuple[str, int]] = []
    for entity, kind in SEARCHABLE.items():
        wanted = {
            row_id: (account_id, title, " ".join(body.split()))
            for row_id, account_id, title, body in connection.execute(
                kind.query.format(ids=f'SELECT id FROM "{entity}"')
            )
        }
        there = {
            row_id: rest
            for row_id, *rest in connection.execute(
                """SELECT row_id, account_id, title, body FROM search_row
                   WHERE entity = ? AND id IN (SELECT rowid FROM search_text)""",
                (entity,),
            )
        }
        stale += [(entity, row_id) for row_id in wanted if tuple(there.get(row_id, ())) != wanted[row_id]]
        stale += [(entity, row_id) for row_id in there.keys() - wanted.keys()]
    return stale
