"""The doctor: what is wrong with the database, and what can be made anew."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.backup import list_backups
from kamtui.store.locate import backup_folder, lock_path
from kamtui.store.lock import holder_of
from kamtui.store.reads.integrity import (
    LISTED,
    TASKS_OF_NOTHING,
    broken_rules,
    dangling_refs,
    refs_to_nothing,
    stale_search,
    tasks_of_nothing,
)
from kamtui.store.schema_dump import expected, statements
from kamtui.store.search_index import rebuild_search
from kamtui.store.signal_check import wrong_signals
from kamtui.store.signal_index import rebuild_signals
from kamtui.store.sqlite.changelog import content_tables, install_log
from kamtui.store.sqlite.connection import companions
from kamtui.store.sqlite.driver import Connection, sqlite_version
from kamtui.store.sqlite.errors import spoken
from kamtui.store.unit_of_work import transaction
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `damaged` where the file itself is not whole; `repairable` where `--repair` makes it
    anew; `detail` says what was found."""

    code: str
    name: str
    ok: bool
    detail: str = ""
    damaged: bool = False
    repairable: bool = False


def examine(workspace: Workspace) -> list[Check]:
    """Looks at everything. Raises what opening the database raises."""
    with workspace.reading() as connection:
        found = [*_file(connection), *_schema(connection), *_content(connection), _signals(connection, workspace.today)]
    return [*_surroundings(workspace.path), *found]


def repair(workspace: Workspace) -> list[str]:
    """Makes anew what is derived: permissions, log triggers, search rows, findings; drops the keys of imported records that are
    gone, and what tasks came of where that is gone, as steps that undo takes back. Returns what was done, in sentences."""
    done = []
    # A writer mends the database's own permissions when it opens it.
    exposed = _exposed(workspace.path)
    with writer(workspace.path, _("the doctor")) as connection, spoken(workspace.path):
        for path in _exposed(workspace.path):
            path.chmod(0o700 if path.is_dir() else 0o600)
        if exposed:
            done.append(_("Only you can read the files now."))
        connection.execute("BEGIN IMMEDIATE")
        install_log(connection)
        rebuild_search(connection)
        rebuild_signals(connection, workspace.today)
        connection.execute("COMMIT")
        done += [
            _("The triggers of the log were made anew."),
            _("All search rows were made anew."),
            _("All findings of signals were made anew."),
        ]
        with transaction(connection, workspace, _("Drop the keys of imported records that are gone")) as work:
            lost = refs_to_nothing(connection, content_tables(connection))
            dropped = work.execute(f"DELETE FROM external_ref WHERE {lost}").rowcount
        if dropped:
            done.append(
                ngettext(
                    "{count} key of an imported record that is gone was dropped.",
                    "{count} keys of imported records that are gone were dropped.",
                    dropped,
                ).format(count=dropped)
            )
        with transaction(connection, workspace, _("Let go of what tasks came of where that is gone")) as work:
            forgot = work.execute(f"UPDATE task SET source_id = NULL WHERE {TASKS_OF_NOTHING}").rowcount
        if forgot:
            done.append(
                ngettext(
                    "{count} task no longer names a record that is gone.",
                    "{count} tasks no longer name records that are gone.",
                    forgot,
                ).format(count=forgot)
            )
    return done


def _surroundings(database: Path) -> Iterator[Check]:
    yield Check("sqlite", _("SQLite"), True, sqlite_version)
    wal = companions(database)[0]
    yield Check(
        "size",
        _("size"),
        True,
        _("{database} kB, {wal} kB not yet taken over, {count} backups of {backups} kB").format(
            database=_kilobytes(database),
            wal=_kilobytes(wal),
            count=len(list_backups(database)),
            backups=sum(backup.size for backup in list_backups(database)) // 1000,
        ),
    )
    yield Check("lock", _("who is writing"), True, holder_of(database) or _("nobody"))
    exposed = _exposed(database)
    yield Check(
        "permissions",
        _("only you can read the files"),
        not exposed,
        ", ".join(map(str, exposed)),
        repairable=bool(exposed),
    )


def _file(connection: Connection) -> Iterator[Check]:
    verdicts = [row[0] for row in connection.execute(f"PRAGMA integrity_check({LISTED})")]
    whole = verdicts == ["ok"]
    yield Check("integrity", _("the file is whole"), whole, "" if whole else "; ".join(verdicts), damaged=not whole)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    detail = ", ".join(f"{table} {row_id}" for table, row_id, *_rest in broken[:LISTED])
    yield Check("foreign_keys", _("no row points to nothing"), not broken, detail)


def _schema(connection: Connection) -> Iterator[Check]:
    wanted, there = expected(), statements(connection)
    wrong = sorted(key for key in wanted.keys() | there.keys() if wanted.get(key) != there.get(key))
    log = [name for kind, name in wrong if kind == "trigger" and name.startswith("log_")]
    other = [f"{kind} {name}" for kind, name in wrong if name not in log]
    yield Check("schema", _("the schema is this version's"), not other, ", ".join(other[:LISTED]))
    yield Check("log", _("every change is logged"), not log, ", ".join(log[:LISTED]), repairable=bool(log))


def _content(connection: Connection) -> Iterator[Check]:
    broken = broken_rules(connection)
    detail = "; ".join(f"{_(rule.sentence)} ({_listed(rows)})" for rule, rows in broken.items())
    yield Check("rules", _("the rules hold"), not broken, detail)
    refs = dangling_refs(connection, content_tables(connection))
    yield Check("references", _("imported records are there"), not refs, _listed(refs), repairable=bool(refs))
    astray = tasks_of_nothing(connection)
    yield Check("sources", _("what a task came of is there"), not astray, _listed(astray), repairable=bool(astray))
    stale = stale_search(connection)
    yield Check("search", _("search finds everything"), not stale, _listed(stale), repairable=bool(stale))


def _signals(connection: Connection, today: date) -> Check:
    """Whether the findings that are said to hold today are those that asking again would find."""
    wrong = wrong_signals(connection, today)
    detail = ", ".join(str(account_id) for account_id in wrong[:LISTED])
    return Check("signals", _("signals say what they would find"), not wrong, detail, repairable=bool(wrong))


def _listed(rows: list[tuple[str, int]]) -> str:
    more = ", …" if len(rows) > LISTED else ""
    return ", ".join(f"{entity} {row_id}" for entity, row_id in rows[:LISTED]) + more


def _exposed(database: Path) -> list[Path]:
    """What others than the owner may read: files, and the folder of backups."""
    files = [database, *companions(database), lock_path(database), backup_folder(database)]
    files += [backup.path for backup in list_backups(database)]
    return [file for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & _OTHERS and _is_mine(file)]


def _is_mine(file: Path) -> bool:
    return file.stat().st_uid == os.getuid()


def _kilobytes(file: Path) -> int:
    return file.stat().st_size // 1000 if file.exists() else 0
