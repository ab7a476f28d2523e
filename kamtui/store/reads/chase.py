"""Who owes what to whom, by person: obligations and returns that are due, tasks with an owner on their side."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kamtui.domain.enums import Side
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection

AHEAD = 14


class Debtor(StrEnum):
    """Whose turn it is: a person of theirs, a colleague of ours, or an account of which nobody is named."""

    PERSON = "person"
    COLLEAGUE = "colleague"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """Something owed: `side` by whom, `kind` and `id` the record (`obligation`, `return`, `task`), `to` who waits for it."""

    side: Side
    kind: str
    id: int
    account_id: int | None
    account: str | None
    what: str
    due: date
    days_late: int
    to: str | None


@dataclass(frozen=True, slots=True)
class Owing:
    """A person, or an account where nobody is named, with all that is owed."""

    debtor: Debtor
    id: int
    name: str
    rows: tuple[ChaseRow, ...]


@dataclass(frozen=True, slots=True)
class _Owed:
    debtor: Debtor
    debtor_id: int
    debtor_name: str
    side: Side
    kind: str
    id: int
    account_id: int | None
    account: str | None
    what: str
    due: date
    days_late: int
    to: str | None


_ROWS = """
    SELECT CASE WHEN o.side = 'ours' THEN 'colleague' WHEN o.their_owner_id IS NULL THEN 'account' ELSE 'person' END AS debtor,
           coalesce(CASE o.side WHEN 'ours' THEN coalesce(o.owner_id, me.id) ELSE o.their_owner_id END, o.account_id)
               AS debtor_id,
           o.side, 'obligation' AS kind, o.id, o.account_id,
           o.what || CASE c.subject WHEN '' THEN '' ELSE ', ' || c.subject END AS what, c.due,
           CASE o.side WHEN 'ours' THEN (SELECT name FROM person WHERE id = o.their_owner_id)
                       ELSE (SELECT name FROM colleague WHERE id = coalesce(o.owner_id, me.id)) END AS waits
    FROM occurrence AS c JOIN obligation AS o ON o.id = c.obligation_id JOIN me
    WHERE c.status = 'open' AND c.due <= :until
    UNION ALL
    SELECT 'account', c.account_id, 'theirs', 'return', r.id, c.account_id, r.measure, r.due, me.name
    FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id JOIN me
    WHERE r.status = 'promised' AND r.due <= :until
    UNION ALL
    SELECT 'person', t.their_owner_id, 'theirs', 'task', t.id, t.account_id, t.what, t.due,
           (SELECT name FROM colleague WHERE id = t.our_owner_id)
    FROM task AS t WHERE t.status = 'open' AND t.due <= :until AND t.their_owner_id IS NOT NULL
    UNION ALL
    SELECT 'colleague', coalesce(t.our_owner_id, me.id), 'ours', 'task', t.id, t.account_id, t.what, t.due,
           (SELECT name FROM person WHERE id = t.person_id)
    FROM task AS t JOIN me WHERE t.status = 'open' AND t.due <= :until AND t.their_owner_id IS NULL
      AND coalesce(t.our_owner_id, me.id) <> me.id
"""


def list_chase(connection: Connection, today: date, *, name: str | None = None, ahead: int = AHEAD) -> list[Owing]:
    """What is due until so many days from now, by who owes it: theirs first, then ours, each with the most overdue first.
    `name` narrows it to people, colleagues and accounts whose name holds it. What I owe as a task is no chase; what I owe
    as an obligation is."""
    rows = fetch(
        connection,
        _Owed,
        f"""WITH me AS (SELECT id, name FROM colleague WHERE is_me = 1)
            SELECT r.debtor, r.debtor_id,
                   CASE r.debtor WHEN 'person' THEN (SELECT name FROM person WHERE id = r.debtor_id)
                                 WHEN 'colleague' THEN (SELECT name FROM colleague WHERE id = r.debtor_id)
                                 ELSE a.name END AS debtor_name,
                   r.side, r.kind, r.id, r.account_id, a.name AS account, r.what, r.due,
                   CAST(max(0, julianday(:today) - julianday(r.due)) AS INTEGER) AS days_late, r.waits AS "to"
            FROM ({_ROWS}) AS r LEFT JOIN account AS a ON a.id = r.account_id
            WHERE a.archived_at IS NULL ORDER BY r.due, r.kind, r.id""",
        {"today": today.isoformat(), "until": (today + timedelta(days=ahead)).isoformat()},
    )
    owing: dict[tuple[Debtor, int, str], list[ChaseRow]] = {}
    folded = name.casefold() if name else ""
    for row in rows:
        if folded in row.debtor_name.casefold() or folded in (row.account or "").casefold():
            told = ChaseRow(
                row.side, row.kind, row.id, row.account_id, row.account, row.what, row.due, row.days_late, row.to
            )
            owing.setdefault((row.debtor, row.debtor_id, row.debtor_name), []).append(told)
    found = [Owing(*key, tuple(rows)) for key, rows in owing.items()]
    found.sort(key=lambda one: (one.rows[0].side is Side.OURS, one.rows[0].due, one.name, one.id))
    return found
