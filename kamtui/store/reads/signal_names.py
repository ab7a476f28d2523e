"""The names of records that signals are about, a query an entity."""

import json
from collections import defaultdict
from collections.abc import Iterable

from kamtui.domain.signals.model import Subject
from kamtui.domain.text import one_line
from kamtui.store.sqlite.driver import Connection

LENGTH = 60
# Queries of (id, name) for {ids}.
_NAMES = {
    "account": "SELECT id, name FROM account WHERE id IN ({ids})",
    "person": "SELECT id, name FROM person WHERE id IN ({ids})",
    "department": "SELECT id, name FROM department WHERE id IN ({ids})",
    "need": """SELECT n.id, coalesce((SELECT customer_words FROM need_event WHERE need_id = n.id AND kind = 'converted'
                                      ORDER BY id DESC LIMIT 1), n.verbatim)
               FROM need AS n WHERE n.id IN ({ids})""",
    "concession": "SELECT id, what FROM concession WHERE id IN ({ids})",
    "return_commitment": "SELECT id, measure FROM return_commitment WHERE id IN ({ids})",
    "obligation": "SELECT id, what FROM obligation WHERE id IN ({ids})",
    "occurrence": """SELECT c.id, o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END
                     FROM occurrence AS c JOIN obligation AS o ON o.id = c.obligation_id WHERE c.id IN ({ids})""",
    "contract": "SELECT id, what FROM contract WHERE id IN ({ids})",
    "issue": "SELECT id, words FROM issue WHERE id IN ({ids})",
}
_QUOTED = frozenset({"need", "issue"})  # what somebody said


def names_of(connection: Connection, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """What the records go by; words of people stand in quotation marks. Those that are gone are left out."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for subject in subjects:
        ids[subject.entity].append(subject.id)
    found: dict[Subject, str] = {}
    for entity, wanted in ids.items():
        query = _NAMES[entity].format(ids="SELECT value FROM json_each(?)")
        for row_id, name in connection.execute(query, (json.dumps(wanted),)):
            short = one_line(name, LENGTH)
            found[Subject(entity, row_id)] = f"“{short}”" if entity in _QUOTED else short
    return found
