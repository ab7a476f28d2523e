"""Purge: what was deleted for good. Rows, their images and labels in the log, references, search rows, free pages.

The rows go as in a deletion, under a point of the kind `purged`; what that point logged says which rows those were.
Then everything that the log knows of them goes too, and the file is written anew.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from kamtui.domain.errors import KamtuiError, NotFound, Refused
from kamtui.language import gettext as _
from kamtui.services.accounts import delete_account
from kamtui.store.backup import list_backups
from kamtui.store.locate import backup_folder
from kamtui.store.search_index import refresh_search
from kamtui.store.sqlite.connection import open_reader
from kamtui.store.sqlite.driver import Connection, Error
from kamtui.store.sqlite.errors import spoken
from kamtui.store.unit_of_work import UnitOfWork, transaction
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

PURGED = "(purged)"  # in the store, so in one language
Rows = set[tuple[str, int]]

# Where other rows point to a person, and the JSON values that stand there once the person is gone.
_POINTING = (
    ("need", "raised_by_id", "'$.raised_by_id', NULL, '$.source', 'unknown'"),
    ("need_event", "person_id", "'$.person_id', NULL"),
    ("occurrence", "acknowledged_by_id", "'$.acknowledged_by_id', NULL"),
    ("obligation", "their_owner_id", "'$.their_owner_id', NULL"),
    ("task", "person_id", "'$.person_id', NULL"),
    ("task", "their_owner_id", "'$.their_owner_id', NULL"),
)
# Rows that are about nothing but a person, and the columns that say which.
_OF_PERSON = {
    "contact_point": ("person_id",),
    "person_alias": ("person_id",),
    "person_role": ("person_id",),
    "interaction_person": ("person_id",),
    "reporting_line": ("person_id", "manager_id"),
    "influence_edge": ("source_id", "target_id"),
}


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What is gone: rows, changes of the log, points that can no longer be undone. And what is not: the backups that
    still hold it, how many other records mention the name, and whether another window keeps the old text in the
    database's files until it closes."""

    entity: str
    id: int
    rows: int
    changes: int
    points: int
    mentions: int
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
            name, uid = _confirmed(work, entity, row_id, typed)
            kept = _remove_account(work, row_id) if entity == "account" else _remove_person(work, row_id, name)
            refresh_search(connection, work.point_id)
            gone = _deleted(connection, work.point_id)
            changes, points = _clean_log(work, entity, row_id, gone, kept)
            mentions = _mentions(connection, name)
            connection.execute("INSERT INTO search_text (search_text) VALUES ('rebuild')")
        connection.execute("VACUUM")
        (busy, *_rest) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    backups = tuple(path for path in _backups(workspace.path) if _holds(path, entity, row_id, uid))
    return PurgeReport(entity, row_id, len(gone), changes, points, mentions, backups, bool(busy))


def _confirmed(work: UnitOfWork, entity: str, row_id: int, typed: str) -> tuple[str, str]:
    """The name and uid of what is to be purged, where `typed` is that name."""
    row = work.execute(f'SELECT name, uid FROM "{entity}" WHERE id = ?', (row_id,)).fetchone()  # noqa: S608
    if row is None:
        raise NotFound(_("There is no {what} with the number {id}.").format(what=entity, id=row_id))
    name, uid = row
    if typed.strip() != name:
        raise Refused(
            _("“{typed}” is not the name, which is “{name}”. Nothing was purged.").format(typed=typed, name=name)
        )
    return name, uid


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
    delete_account(work, account_id)
    return {("person", person_id) for person_id, _other in elsewhere}


def _remove_person(work: UnitOfWork, person_id: int, name: str) -> Rows:
    """Deletes a person; returns the rows that had to stay without the name."""
    _forget(work, [person_id])
    asking = work.execute("SELECT id FROM task WHERE source = 'role' AND source_id = ?", (person_id,)).fetchall()
    kept = {("task", task_id) for (task_id,) in asking}
    for (task_id,) in asking:
        work.execute("UPDATE task SET what = replace(what, ?, ?) WHERE id = ?", (name, PURGED, task_id))
    if work.execute("SELECT 1 FROM need_event WHERE person_id = ? AND kind = 'converted'", (person_id,)).fetchone():
        _make_nameless(work, person_id, None)
        return kept | {("person", person_id)}
    work.execute("DELETE FROM person WHERE id = ?", (person_id,))
    return kept


def _forget(work: UnitOfWork, people: Iterable[int]) -> None:
    """Takes people out of all that points to them, besides the conversions that stand on their words."""
    for person_id in people:
        work.execute("UPDATE need SET source = 'unknown', raised_by_id = NULL WHERE raised_by_id = ?", (person_id,))
        work.execute("UPDATE need_event SET person_id = NULL WHERE person_id = ? AND kind <> 'converted'", (person_id,))
        work.execute("UPDATE obligation SET their_owner_id = NULL WHERE their_owner_id = ?", (person_id,))
        work.execute("UPDATE occurrence SET acknowledged_by_id = NULL WHERE acknowledged_by_id = ?", (person_id,))
        for column in ("person_id", "their_owner_id"):
            work.execute(f"UPDATE task SET {column} = NULL WHERE {column} = ?", (person_id,))  # noqa: S608
        for table, columns in _OF_PERSON.items():
            for column in columns:
                work.execute(f"DELETE FROM {table} WHERE {column} = ?", (person_id,))  # noqa: S608
        work.execute("DELETE FROM external_ref WHERE entity = 'person' AND row_id = ?", (person_id,))


def _make_nameless(work: UnitOfWork, person_id: int, account_id: int | None) -> None:
    """Leaves of a person no more than that there was one."""
    work.execute(
        """UPDATE person SET name = :name, uid = :uid, account_id = coalesce(:account, account_id), department_id = NULL,
                  title = NULL, level = 'unknown', placeholder = 0, external = 0, influence = 'unknown',
                  stance = 'unknown', response_mode = 'unknown', orientation = 'unknown', win = NULL,
                  relationship = 'unknown', relationship_target = 'unknown', cadence_days = NULL, note = NULL,
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


def _clean_log(work: UnitOfWork, entity: str, row_id: int, gone: Rows, kept: Rows) -> tuple[int, int]:
    """Takes out of the log what it knows of the rows that are gone, or were kept without a name; returns how many
    changes, and how many points cannot be undone for it."""
    connection = work.connection
    gone = gone | _once_there(connection, entity, row_id)
    gone |= _references_of(connection, gone)
    connection.execute("CREATE TEMP TABLE gone (entity TEXT, row_id INTEGER, PRIMARY KEY (entity, row_id))")
    connection.executemany("INSERT INTO gone VALUES (?, ?)", sorted(gone | kept))
    doomed = "(entity, row_id) IN (SELECT entity, row_id FROM gone)"
    if entity == "account":
        doomed = f"(account_id = {int(row_id)} OR {doomed})"
    connection.execute(
        f"CREATE TEMP TABLE hurt AS SELECT DISTINCT point_id AS id FROM change WHERE {doomed} AND point_id <> ?",  # noqa: S608
        (work.point_id,),
    )
    deleted = connection.execute(f"DELETE FROM change WHERE {doomed}").rowcount  # noqa: S608
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


def _once_there(connection: Connection, entity: str, row_id: int) -> Rows:
    """Rows that the log still knows though they were deleted before: of the account, or of nothing but the person."""
    if entity == "account":
        found: Rows = set()
        for table, other_id in connection.execute(
            "SELECT DISTINCT entity, row_id FROM change WHERE account_id = ?", (row_id,)
        ).fetchall():
            if not connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (other_id,)).fetchone():  # noqa: S608
                found.add((table, other_id))
        return found
    found = {("person", row_id)}
    for table, columns in _OF_PERSON.items():
        for column in columns:
            found |= set(
                connection.execute(
                    f"""SELECT entity, row_id FROM change WHERE entity = '{table}' AND before IS NOT NULL
                        AND json_extract(before, '$.{column}') = ?""",  # noqa: S608
                    (row_id,),
                ).fetchall()
            )
    # A conversion that was deleted could come back only with the person.
    found |= set(
        connection.execute(
            """SELECT entity, row_id FROM change WHERE entity = 'need_event' AND before IS NOT NULL
               AND json_extract(before, '$.person_id') = ? AND json_extract(before, '$.kind') = 'converted'
               AND NOT EXISTS (SELECT 1 FROM need_event WHERE id = row_id)""",
            (row_id,),
        ).fetchall()
    )
    return found


def _references_of(connection: Connection, gone: Rows) -> Rows:
    """The references to other systems that the log knows for rows that are gone."""
    images = connection.execute(
        "SELECT entity, row_id, before FROM change WHERE entity = 'external_ref' AND before IS NOT NULL"
    )
    found = set()
    for table, ref_id, before in images.fetchall():
        image = json.loads(before, strict=False)
        if (image["entity"], image["row_id"]) in gone:
            found.add((table, ref_id))
    return found


def _empty_pointers(connection: Connection, people: set[int]) -> None:
    """Takes people who are gone out of the images of rows that pointed to them, so that those can still be undone."""
    for table, column, empty in _POINTING:
        connection.executemany(
            f"""UPDATE change SET before = json_set(before, {empty})
                WHERE entity = '{table}' AND before IS NOT NULL AND json_extract(before, '$.{column}') = ?""",  # noqa: S608
            [(person_id,) for person_id in sorted(people)],
        )


def _mentions(connection: Connection, name: str) -> int:
    found = connection.execute("SELECT count(*) FROM search_row WHERE instr(title || ' ' || body, ?)", (name,))
    return int(found.fetchone()[0])


def _backups(database: Path) -> list[Path]:
    """The backups, and the damaged databases that a restore set aside."""
    return [*(backup.path for backup in list_backups(database)), *backup_folder(database).glob("*.bad")]


def _holds(backup: Path, entity: str, row_id: int, uid: str) -> bool:
    """Whether a backup still knows a record, as a row or in its log."""
    try:
        connection = open_reader(backup)
    except KamtuiError:
        return True
    try:
        row = connection.execute(
            f"""SELECT EXISTS (SELECT 1 FROM "{entity}" WHERE uid = ?)
                OR EXISTS (SELECT 1 FROM change WHERE entity = ? AND row_id = ?)""",  # noqa: S608
            (uid, entity, row_id),
        ).fetchone()
        return bool(row[0])
    except Error:
        # What cannot be read may hold anything.
        return True
    finally:
        connection.close()
