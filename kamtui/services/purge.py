"""Purge: what was deleted for good. Rows, their images and labels in the log, references, search rows, free pages.

The rows go as in a deletion, under a point of the kind `purged`; what that point logged says which rows those were.
Then everything that the log knows of them goes too, and the file is written anew.
"""

import gettext as catalogues
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from kamtui.domain.errors import KamtuiError, Refused
from kamtui.domain.labels import ROLE_WORDS
from kamtui.language import LANGUAGES, LOCALES, mark
from kamtui.language import gettext as _
from kamtui.services.accounts import delete_account
from kamtui.services.purge_trace import (
    OF_PERSON,
    Rows,
    absorbed,
    identity,
    mentions,
    names_of,
    once_there,
    references_of,
    role_tasks,
    speaks_of,
)
from kamtui.store.backup import list_backups
from kamtui.store.locate import backup_folder
from kamtui.store.search_index import refresh_search
from kamtui.store.signal_index import refresh_signals
from kamtui.store.sqlite.connection import open_reader
from kamtui.store.sqlite.driver import Connection, Error
from kamtui.store.sqlite.errors import spoken
from kamtui.store.unit_of_work import UnitOfWork, transaction
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

PURGED = "(purged)"  # in the store, so in one language
_REPLACE_ROLE = mark(
    "Replace role: who is the {role} now that {name} left?"
)  # as `people.leave` writes it, 200 characters

# Where other rows point to a person, and the JSON values that stand there once the person is gone.
_POINTING = (
    ("need", "raised_by_id", "'$.raised_by_id', NULL, '$.source', 'unknown'"),
    ("need_event", "person_id", "'$.person_id', NULL"),
    ("occurrence", "acknowledged_by_id", "'$.acknowledged_by_id', NULL"),
    ("obligation", "their_owner_id", "'$.their_owner_id', NULL"),
    ("task", "person_id", "'$.person_id', NULL"),
    ("task", "their_owner_id", "'$.their_owner_id', NULL"),
    ("issue", "raised_by_id", "'$.raised_by_id', NULL"),
    ("incident", "their_responsible_id", "'$.their_responsible_id', NULL"),
    ("channel", "told_to_id", "'$.told_to_id', NULL"),
)


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What is gone: rows, changes of the log, points that can no longer be undone. And what is not: the backups that
    still hold it, how many rows of which tables (`change` is the log) still mention one of its names, and whether another
    window keeps the old text in the database's files until it closes."""

    entity: str
    id: int
    rows: int
    changes: int
    points: int
    mentions: Mapping[str, int]
    backups: tuple[Path, ...]
    held_open: bool


def purge_account(workspace: Workspace, account_id: int, typed: str) -> PurgeReport:
    """Removes an account and all that was ever known of it; cannot be undone. `typed` is its name as the person typed
    it. Raises `Refused` for another name, and where accounts below it stand."""
    return _purge(workspace, "account", account_id, typed)


def purge_person(workspace: Workspace, person_id: int, typed: str) -> PurgeReport:
    """Removes a person and all that was ever known of them; cannot be undone. Where their words made a need explicit
    the conversion stays, with an anonymous person. `typed` is the name as the person at the keyboard typed it."""
    return _purge(workspace, "person", person_id, typed)


def _purge(workspace: Workspace, entity: str, row_id: int, typed: str) -> PurgeReport:
    # One connection, and so one lock, from the first row to the last page.
    with writer(workspace.path, _("a purge")) as connection, spoken(workspace.path):
        with transaction(connection, workspace, f"{PURGED} {entity} {row_id}", kind="purged") as work:
            _confirm(work, entity, row_id, typed)
            family = absorbed(connection, entity, [row_id])
            names = names_of(connection, entity, family) - {PURGED}
            uids = [identity(connection, entity, one)[1] for one in family]
            kept = _remove_account(work, row_id) if entity == "account" else _remove_person(work, row_id, family, names)
            refresh_search(connection, work.point_id)
            refresh_signals(connection, work.point_id, work.today)
            gone = _deleted(connection, work.point_id)
            changes, points = _clean_log(work, entity, family, gone, kept)
            _clean_labels(connection, names)
            mentioned = mentions(connection, names)
            connection.execute("INSERT INTO search_text (search_text) VALUES ('rebuild')")
        connection.execute("VACUUM")
        (busy, *_rest) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    backups = tuple(path for path in _backups(workspace.path) if _holds(path, entity, family, uids))
    return PurgeReport(entity, row_id, len(gone), changes, points, mentioned, backups, bool(busy))


def _confirm(work: UnitOfWork, entity: str, row_id: int, typed: str) -> None:
    """Raises `Refused` where `typed` is not the name of what is to be purged."""
    name, _uid = identity(work.connection, entity, row_id)
    if typed.strip() != name:
        raise Refused(
            _("“{typed}” is not the name, which is “{name}”. Nothing was purged.").format(typed=typed, name=name)
        )


def _remove_account(work: UnitOfWork, account_id: int) -> Rows:
    """Deletes the account with all in it; returns the rows that had to stay without a name."""
    # Needs of other accounts may stand on the words of people of this one.
    people = [row[0] for row in work.execute("SELECT id FROM person WHERE account_id = ?", (account_id,))]
    elsewhere = work.execute(
        """SELECT e.person_id, max(n.account_id) FROM need_event AS e JOIN need AS n ON n.id = e.need_id
           JOIN person AS p ON p.id = e.person_id
           WHERE p.account_id = :account AND n.account_id <> :account AND e.kind = 'converted' GROUP BY e.person_id""",
        {"account": account_id},
    ).fetchall()
    _forget(work, people)
    for person_id, other_id in elsewhere:
        _make_nameless(work, person_id, other_id)
    if work.execute("SELECT 1 FROM account WHERE id = ?", (account_id,)).fetchone():
        delete_account(work, account_id)
    return {("person", person_id) for person_id, _other in elsewhere}


def _remove_person(work: UnitOfWork, person_id: int, family: set[int], names: set[str]) -> Rows:
    """Deletes a person; returns the rows that had to stay without the name."""
    _forget(work, [person_id])
    asking = role_tasks(work.connection, family)
    for task_id in asking:
        row = work.execute("SELECT what FROM task WHERE id = ?", (task_id,)).fetchone()
        if row is not None:
            work.execute("UPDATE task SET what = ? WHERE id = ?", (_nameless(row[0], names), task_id))
    kept = {("task", task_id) for task_id in asking}
    if work.execute("SELECT 1 FROM need_event WHERE person_id = ? AND kind = 'converted'", (person_id,)).fetchone():
        _make_nameless(work, person_id, None)
        return kept | {("person", person_id)}
    work.execute("DELETE FROM person WHERE id = ?", (person_id,))
    return kept


def _nameless(what: str, names: set[str]) -> str:
    """A task to replace a role without who left: written anew, since the end of a long name may be cut off; where
    someone changed the words, the name alone is taken out."""
    for language in LANGUAGES.values():
        words = catalogues.translation("kamtui", LOCALES, [language], fallback=True).gettext
        template = words(_REPLACE_ROLE)
        roles = {
            words(role)
            for role in ROLE_WORDS.values()
            for name in names
            if what == template.format(role=words(role), name=name)[:200].strip()
        }
        if roles:
            # Of several nothing is left in the text: the role was cut off, too.
            return template.format(role=roles.pop() if len(roles) == 1 else "?", name=PURGED)
    return speaks_of(names).sub(PURGED, what)[:200] if names else what


def _forget(work: UnitOfWork, people: Iterable[int]) -> None:
    """Takes people out of all that points to them, besides the conversions that stand on their words."""
    for person_id in people:
        work.execute("UPDATE need SET source = 'unknown', raised_by_id = NULL WHERE raised_by_id = ?", (person_id,))
        work.execute("UPDATE need_event SET person_id = NULL WHERE person_id = ? AND kind <> 'converted'", (person_id,))
        work.execute("UPDATE obligation SET their_owner_id = NULL WHERE their_owner_id = ?", (person_id,))
        work.execute("UPDATE occurrence SET acknowledged_by_id = NULL WHERE acknowledged_by_id = ?", (person_id,))
        for column in ("person_id", "their_owner_id"):
            work.execute(f"UPDATE task SET {column} = NULL WHERE {column} = ?", (person_id,))
        work.execute("UPDATE issue SET raised_by_id = NULL WHERE raised_by_id = ?", (person_id,))
        work.execute("UPDATE incident SET their_responsible_id = NULL WHERE their_responsible_id = ?", (person_id,))
        work.execute("UPDATE channel SET told_to_id = NULL WHERE told_to_id = ?", (person_id,))
        for table, columns in OF_PERSON.items():
            for column in columns:
                work.execute(f"DELETE FROM {table} WHERE {column} = ?", (person_id,))
        work.execute("DELETE FROM external_ref WHERE entity = 'person' AND row_id = ?", (person_id,))


def _make_nameless(work: UnitOfWork, person_id: int, account_id: int | None) -> None:
    """Leaves of a person no more than that there was one."""
    work.execute(
        """UPDATE person SET name = :name, uid = :uid, account_id = coalesce(:account, account_id), department_id = NULL,
                  title = NULL, level = 'unknown', placeholder = 0, external = 0, influence = 'unknown',
                  stance = 'unknown', response_mode = 'unknown', orientation = 'unknown', win = NULL,
                  relationship = 'unknown', relationship_target = 'unknown', cadence_days = NULL, note = NULL, confirmed_on = NULL,
                  left_on = :today, updated_at = :now
           WHERE id = :person""",
        {
            "name": PURGED,
            "uid": str(uuid4()),
            "account": account_id,
            "today": work.today.isoformat(),
            "now": work.now,
            "person": person_id,
        },
    )


def _clean_log(work: UnitOfWork, entity: str, family: set[int], gone: Rows, kept: Rows) -> tuple[int, int]:
    """Takes out of the log what it knows of the rows that are gone, or were kept without a name; returns how many
    changes, and how many points cannot be undone for it."""
    connection = work.connection
    gone = gone | once_there(connection, entity, family)
    if entity == "account":
        people = {one for kind, one in gone | kept if kind == "person"}
        gone |= once_there(connection, "person", absorbed(connection, "person", people) - people)
    gone |= references_of(connection, gone)
    connection.execute("CREATE TEMP TABLE gone (entity TEXT, row_id INTEGER, PRIMARY KEY (entity, row_id))")
    connection.executemany("INSERT INTO gone VALUES (?, ?)", sorted(gone | kept))
    doomed = "(entity, row_id) IN (SELECT entity, row_id FROM gone)"
    if entity == "account":
        doomed = f"(account_id IN ({', '.join(map(str, sorted(family)))}) OR {doomed})"
    connection.execute(
        f"CREATE TEMP TABLE hurt AS SELECT DISTINCT point_id AS id FROM change WHERE {doomed} AND point_id <> ?",
        (work.point_id,),
    )
    deleted = connection.execute(f"DELETE FROM change WHERE {doomed}").rowcount
    # What the purge itself changed elsewhere is not history, and its images still say who stood there.
    connection.execute("DELETE FROM change WHERE point_id = ?", (work.point_id,))
    _empty_pointers(connection, {gone_id for kind, gone_id in gone - kept if kind == "person"})
    connection.execute(
        "UPDATE point SET label = ? WHERE id IN (SELECT id FROM hurt) OR target_id IN (SELECT id FROM hurt)", (PURGED,)
    )
    points = connection.execute(
        "UPDATE point SET kind = 'purged' WHERE kind = 'do' AND id IN (SELECT id FROM hurt)"
    ).rowcount
    connection.execute("DROP TABLE hurt")
    connection.execute("DROP TABLE gone")
    return deleted, points


def _deleted(connection: Connection, point_id: int) -> Rows:
    found = connection.execute("SELECT entity, row_id FROM change WHERE point_id = ? AND op = 'delete'", (point_id,))
    return set(found.fetchall())


def _empty_pointers(connection: Connection, people: set[int]) -> None:
    """Takes people who are gone out of the images of rows that pointed to them, so that those can still be undone."""
    for table, column, empty in _POINTING:
        connection.executemany(
            f"""UPDATE change SET before = json_set(before, {empty})
                WHERE entity = '{table}' AND before IS NOT NULL AND json_extract(before, '$.{column}') = ?""",
            [(person_id,) for person_id in sorted(people)],
        )


def _clean_labels(connection: Connection, names: set[str]) -> None:
    """Takes the labels that mention one of the names out of the log; what those points did stays."""
    if not names:
        return
    speaks = speaks_of(names)
    labels = connection.execute("SELECT id, label FROM point").fetchall()
    connection.executemany(
        "UPDATE point SET label = ? WHERE id = ?",
        [(PURGED, point_id) for point_id, label in labels if speaks.search(label)],
    )


def _backups(database: Path) -> list[Path]:
    """The backups, and the damaged databases that a restore set aside."""
    return [*(backup.path for backup in list_backups(database)), *backup_folder(database).glob("*.bad")]


def _holds(backup: Path, entity: str, ids: Iterable[int], uids: Iterable[str]) -> bool:
    """Whether a backup still knows one of the records, as a row or in its log."""
    try:
        connection = open_reader(backup)
    except KamtuiError:
        return True
    try:
        row = connection.execute(
            f"""SELECT EXISTS (SELECT 1 FROM "{entity}" WHERE uid IN (SELECT value FROM json_each(:uids)))
                OR EXISTS (SELECT 1 FROM change WHERE entity = :entity
                           AND row_id IN (SELECT value FROM json_each(:ids)))""",
            {"uids": json.dumps(list(uids)), "entity": entity, "ids": json.dumps(list(ids))},
        ).fetchone()
        return bool(row[0])
    except Error:
        # What cannot be read may hold anything.
        return True
    finally:
        connection.close()
