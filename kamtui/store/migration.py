"""Migrations: from any released schema to today's, in one transaction, after a checked backup.

Foreign keys are off before the transaction begins (inside it the pragma does nothing), since dropping a parent table
would cascade. Before the commit the row counts, the inventory of triggers, indexes and views, and the foreign keys
are compared with what was there before; what a migration means to drop or to empty it says itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from kamtui.domain.errors import DatabaseUnusable
from kamtui.language import gettext as _
from kamtui.store.backup import make_backup
from kamtui.store.locate import shipped
from kamtui.store.sqlite.changelog import install_log
from kamtui.store.sqlite.connection import APPLICATION_ID, SCHEMA_VERSION, version_of
from kamtui.store.sqlite.driver import Connection, Error, complete_statement
from kamtui.store.sqlite.errors import translate


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a migration must not lose: rows by table, and the named objects by kind."""

    rows: Mapping[str, int]
    objects: frozenset[tuple[str, str]]


def migrate(
    connection: Connection,
    path: Path,
    *,
    scripts: Path | None = None,
    to: int = SCHEMA_VERSION,
    then: Callable[[], None] | None = None,
) -> Path | None:
    """Brings an open database to the schema `to`, from nothing where it is empty; `then` is called inside the same
    transaction. The connection is a `writer`'s, so the lock is held.

    Returns the backup that was made first, or None where there was nothing to back up. Raises `DatabaseUnusable` with
    the database as it was.
    """
    version = version_of(connection, path)
    if version >= to:
        return None
    backup = make_backup(connection, path, f"before-schema-{to}") if version else None
    _run(connection, path, scripts or shipped() / "migrations", version, to, then)
    return backup


def run_script(script: str) -> None:
    """Runs the statements of a migration one by one, inside the transaction that is open.

    The driver's own `executescript` would commit first.
    """
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            connection.execute(statement)
            statement = ""


def take_inventory(connection: Connection) -> Inventory:
    """What stands in the database now. The log triggers do not count: they are made anew each time."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    tables = [
        name
        for kind, name, _sql in found
        if kind == "table" and not name.startswith(("sqlite_", "alembic_", "search_text"))
    ]
    return Inventory(
        rows={name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables},
        objects=frozenset(
            (kind, name) for kind, name, sql in found if name not in tables and sql and not name.startswith("log_")
        ),
    )


def _run(
    connection: Connection, path: Path, scripts: Path, version: int, to: int, then: Callable[[], None] | None
) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    connection.execute("PRAGMA foreign_keys = OFF")
    # The transaction is ours: SQLAlchemy's own rollback, on first use and at the end, would end it.
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, skip_autocommit_rollback=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        before = take_inventory(connection)
        with engine.connect() as bound:
            transaction = bound.begin()
            config.attributes["connection"] = bound
            command.upgrade(config, f"{to:04d}")
            install_log(connection)
            _compare(before, take_inventory(connection), _declared(config, version, to))
            if then is not None:
                then()
            if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise DatabaseUnusable(_("rows point to nothing in {table}").format(table=broken[0][0]))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {to}")
            connection.execute("COMMIT")
            transaction.close()
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if not isinstance(error, Exception):
            raise
        cause = getattr(error, "orig", None) or error
        why = translate(cause, path).message if isinstance(cause, Error) else str(cause)
        raise DatabaseUnusable(
            _("{path}: the database could not be brought to this version ({why}). It is as it was before.").format(
                path=path, why=why
            )
        ) from error
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _declared(config: Config, version: int, to: int) -> frozenset[str]:
    """The names that the migrations on the way say they drop, or change the number of rows of."""
    names: set[str] = set()
    for script in ScriptDirectory.from_config(config).walk_revisions():
        if version < int(script.revision) <= to:
            names |= set(getattr(script.module, "drops", ())) | set(getattr(script.module, "changes_rows_of", ()))
    return frozenset(names)


def _compare(before: Inventory, after: Inventory, declared: frozenset[str]) -> None:
    for table, count in before.rows.items():
        if table not in declared and after.rows.get(table) != count:
            raise DatabaseUnusable(
                _("{table} had {before} rows and would have {after}").format(
                    table=table, before=count, after=after.rows.get(table, 0)
                )
            )
    for kind, name in sorted(before.objects - after.objects):
        if name not in declared:
            raise DatabaseUnusable(_("the {kind} {name} would be lost").format(kind=kind, name=name))
