"""Backups: make one now, put one back."""

from dataclasses import dataclass
from pathlib import Path

from kamtui.domain.errors import DatabaseDamaged, NotFound
from kamtui.language import gettext as _
from kamtui.store.backup import Backup, check_backup, list_backups, make_backup, put_back, put_instead
from kamtui.store.locate import backup_folder
from kamtui.store.lock import writing
from kamtui.store.sqlite.connection import SCHEMA_VERSION, version_of
from kamtui.store.unit_of_work import prepare
from kamtui.store.workspace import Workspace
from kamtui.store.writer import writer


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where that is now which stood there before; None where nothing did."""

    backup: Path
    kept: Path | None


BEFORE_RESTORE = "before-restore"


def back_up(workspace: Workspace) -> Backup:
    """Makes a backup now. It stays until a person removes it."""
    with workspace.reading():
        pass  # there is a database, and it is ours
    with writer(workspace.path, _("a backup")) as connection:
        made = make_backup(connection, workspace.path, "by-hand")
    return next(backup for backup in list_backups(workspace.path) if backup.path == made)


def restore_backup(workspace: Workspace, backup: Path) -> Restored:
    """Puts a backup in the place of the database, of which a backup is made first; a damaged database is kept as it
    is. Raises `BadFile` for a backup that is damaged or none, `DatabaseNewer` for one of a newer program."""
    check_backup(backup)
    try:
        with writer(workspace.path, _("a restore")) as connection:
            there = version_of(connection, workspace.path)
            kept = make_backup(connection, workspace.path, BEFORE_RESTORE) if there else None
            put_back(backup, connection, workspace.path)
            if version_of(connection, workspace.path) < SCHEMA_VERSION:
                prepare(connection, workspace)
        return Restored(backup, kept)
    except DatabaseDamaged:
        with writing(workspace.path, _("a restore")):
            return Restored(backup, put_instead(backup, workspace.path))


def backup_named(workspace: Workspace, name: str) -> Path:
    """The backup that a person names: a path, the name of a file in the backup folder, or `last`."""
    known = list_backups(workspace.path)
    if name == "last":
        # What a restore put aside is not what one wants back: the next restore would only undo the one before.
        own = [backup for backup in known if not backup.path.stem.endswith(BEFORE_RESTORE)] or known
        if own:
            return own[0].path
    for path in (Path(name).expanduser(), backup_folder(workspace.path) / name):
        if path.is_file():
            return path.absolute()
    raise NotFound(_("There is no backup {name}. `kamtui backup list` shows those there are.").format(name=name))
