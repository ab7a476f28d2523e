"""Undo, redo, selective undo: the log of changes read backwards. Nothing here knows the models.

Undoing appends a compensating point, so that the log only ever grows; `redo` brings back what was undone until
something new is written. A barrier (the database was made, or its schema changed) stops both.
"""

from dataclasses import dataclass

from kamtui.domain.errors import NotFound, Refused
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.search_index import refresh_search
from kamtui.store.signal_index import refresh_signals
from kamtui.store.sqlite.changelog import take_back
from kamtui.store.sqlite.driver import Connection, IntegrityError
from kamtui.store.sqlite.errors import translate
from kamtui.store.unit_of_work import UnitOfWork, close_point, open_point
from kamtui.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Point:
    """An undo point as the person knows it."""

    id: int
    label: str
    at: str
    who: str
    program: str
    changes: int


def undo(workspace: Workspace, count: int = 1, *, expecting: int | None = None) -> list[Point]:
    """Takes back the newest `count` points, whoever made them. Raises `Refused` where there are fewer, and where the newest
    is not the one that the person was shown, `expecting`."""
    with workspace.writing(kind="undo") as work:
        points: list[Point] = []
        for done in range(count):
            point = next_undo(work.connection)
            if point is None:
                raise Refused(_nothing_left(done, _("undo"), "kamtui undo"))
            if expecting not in {None, point.id} and not done:
                raise Refused(
                    _(
                        "Something was written meanwhile: the last step is “{label}” now, by {program}. Nothing was undone."
                    ).format(label=point.label, program=called(point.program))
                )
            points.append(point)
            _refuse_later(work.connection, point)
            _take_back(work, point, first=done == 0)
    return points


def undo_point(workspace: Workspace, point_id: int) -> Point:
    """Takes back one point. Raises `Refused`, naming the point, where a later one touched the same rows."""
    with workspace.writing(kind="undo") as work:
        # The newest point is the one that this undo has opened itself.
        if point_id >= work.point_id:
            raise NotFound(_no_such_point(point_id))
        point = _read_point(work.connection, point_id)
        row = work.execute("SELECT kind, undone_by_id FROM point WHERE id = ?", (point_id,)).fetchone()
        if row[0] != "do":
            raise Refused(_("Point {id} ({label}) cannot be undone.").format(id=point_id, label=point.label))
        if row[1] is not None:
            raise Refused(_("Point {id} ({label}) has been undone already.").format(id=point_id, label=point.label))
        barrier = work.execute("SELECT max(id) FROM point WHERE kind = 'barrier'").fetchone()[0] or 0
        if point_id < barrier:
            raise Refused(_("The database was brought to a newer version after that; what came before stays."))
        _refuse_later(work.connection, point)
        _take_back(work, point, first=True)
    return point


def redo(workspace: Workspace, count: int = 1) -> list[Point]:
    """Brings back the points undone last. Raises `Refused` where something new was written since, or nothing was undone."""
    points: list[Point] = []
    with workspace.writing(kind="redo") as work:
        for done in range(count):
            row = work.execute(
                """SELECT undone.id, undone.undone_by_id FROM point AS undone
                   WHERE undone.undone_by_id > (
                       SELECT coalesce(max(id), 0) FROM point WHERE kind IN ('do', 'barrier', 'purged')
                   )
                   ORDER BY undone.undone_by_id DESC LIMIT 1"""
            ).fetchone()
            if row is None:
                raise Refused(_nothing_left(done, _("redo"), "kamtui redo"))
            point = _read_point(work.connection, row[0])
            _begin(work, point, first=done == 0)
            _apply_backwards(work.connection, row[1])
            work.execute("UPDATE point SET undone_by_id = NULL WHERE id = ?", (point.id,))
            points.append(point)
    return points


def next_undo(connection: Connection) -> Point | None:
    """The point that an undo would take back; None where there is none."""
    row = connection.execute(
        """SELECT id FROM point WHERE kind = 'do' AND undone_by_id IS NULL
           AND id > (SELECT coalesce(max(id), 0) FROM point WHERE kind = 'barrier') ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    return None if row is None else _read_point(connection, row[0])


def _read_point(connection: Connection, point_id: int) -> Point:
    row = connection.execute(
        """SELECT id, label, at, who, program, (SELECT count(*) FROM change WHERE point_id = point.id)
           FROM point WHERE id = ?""",
        (point_id,),
    ).fetchone()
    if row is None:
        raise NotFound(_no_such_point(point_id))
    return Point(*row)


def _no_such_point(point_id: int) -> str:
    return _("There is no undo point {id}. `kamtui log` lists them.").format(id=point_id)


def _begin(work: UnitOfWork, point: Point, *, first: bool) -> None:
    """Opens a compensating point; the first of a run is the one that the unit of work opened."""
    if not first:
        kind = work.execute("SELECT kind FROM open_point").fetchone()[0]
        # The unit of work refreshes what is derived from its last point alone.
        refresh_search(work.connection, work.point_id)
        refresh_signals(work.connection, work.point_id, work.today)
        close_point(work.connection)
        work.point_id = open_point(work.connection, work.workspace, "", kind, point.id)
    work.execute("UPDATE point SET label = ?, target_id = ? WHERE id = ?", (point.label, point.id, work.point_id))
    work.label = point.label


def _take_back(work: UnitOfWork, point: Point, *, first: bool) -> None:
    _begin(work, point, first=first)
    try:
        _apply_backwards(work.connection, point.id)
    except IntegrityError as error:
        raise Refused(
            _("Point {id} ({label}) cannot be undone: {why}").format(
                id=point.id, label=point.label, why=translate(error, work.path).message
            )
        ) from error
    if stray := _stray(work.connection, point.id, work.point_id):
        raise Refused(
            _("Point {id} ({label}) cannot be undone: a later {what} hangs on it. Nothing was changed.").format(
                id=point.id, label=point.label, what=stray
            )
        )
    _refuse_named(work.connection, point, work.point_id)
    work.execute("UPDATE point SET undone_by_id = ? WHERE id = ?", (work.point_id, point.id))


def _refuse_named(connection: Connection, point: Point, compensating_id: int) -> None:
    """Raises `Refused` where the reverse deleted a row that something without a foreign key still names: the key of
    an import, or the source of a task."""
    row = connection.execute(
        """WITH naming (what, id, entity, row_id) AS (
               SELECT 'external_ref', id, entity, row_id FROM external_ref
               UNION ALL
               SELECT 'task', id, CASE source WHEN 'role' THEN 'person' WHEN 'touch' THEN 'interaction' ELSE source END,
                      source_id FROM task WHERE source_id IS NOT NULL
           )
           SELECT what, id, entity, row_id FROM naming WHERE EXISTS (
               SELECT 1 FROM change WHERE change.entity = naming.entity AND change.row_id = naming.row_id
               AND point_id = ? AND op = 'delete') LIMIT 1""",
        (compensating_id,),
    ).fetchone()
    if row is None:
        return
    what, naming_id, entity, row_id = row
    (later_id,) = connection.execute(
        """SELECT max(point_id) FROM change JOIN point ON point.id = change.point_id
           WHERE entity = ? AND row_id = ? AND kind = 'do' AND undone_by_id IS NULL""",
        (what, naming_id),
    ).fetchone()
    if later_id is None or later_id == point.id:
        raise Refused(
            _(
                "Point {id} ({label}) cannot be undone: {what} {naming} names {entity} {row}. Nothing was changed."
            ).format(id=point.id, label=point.label, what=what, naming=naming_id, entity=entity, row=row_id)
        )
    later = _read_point(connection, later_id)
    raise Refused(
        _(
            "Point {id} ({label}) cannot be undone: point {later} ({later_label}) named {entity} {row}; undo that first. "
            "Nothing was changed."
        ).format(id=point.id, label=point.label, later=later.id, later_label=later.label, entity=entity, row=row_id)
    )


def _apply_backwards(connection: Connection, point_id: int) -> None:
    """Writes the reverse of every change of a point, last first."""
    changes = connection.execute(
        "SELECT op, entity, row_id, before FROM change WHERE point_id = ? ORDER BY id DESC", (point_id,)
    ).fetchall()
    take_back(connection, changes)


def _stray(connection: Connection, point_id: int, compensating_id: int) -> str | None:
    """A table of which the reverse touched a row that the point itself had not: something later hangs on it."""
    row = connection.execute(
        """SELECT entity FROM (SELECT entity, row_id FROM change WHERE point_id = ?
           EXCEPT SELECT entity, row_id FROM change WHERE point_id = ?) LIMIT 1""",
        (compensating_id, point_id),
    ).fetchone()
    return None if row is None else str(row[0])


def _refuse_later(connection: Connection, point: Point) -> None:
    """Raises `Refused` where a later point that stands touched the same rows; one that a purge took rows out of stands
    for good."""
    row = connection.execute(
        """SELECT later.point_id, point.kind FROM change AS mine
           JOIN change AS later ON later.entity = mine.entity AND later.row_id = mine.row_id AND later.point_id > mine.point_id
           JOIN point ON point.id = later.point_id AND point.kind IN ('do', 'purged') AND point.undone_by_id IS NULL
           WHERE mine.point_id = ? ORDER BY point.kind DESC, later.point_id LIMIT 1""",
        (point.id,),
    ).fetchone()
    if row is None:
        return
    later = _read_point(connection, row[0])
    if row[1] == "purged":
        raise Refused(
            _(
                "Point {id} ({label}) cannot be undone: point {later} touched the same records later, and something of "
                "it was purged. Nothing was changed."
            ).format(id=point.id, label=point.label, later=later.id)
        )
    raise Refused(
        _("Point {later} ({label}) touched the same records later; undo that first. Nothing was changed.").format(
            later=later.id, label=later.label
        )
    )


def _nothing_left(done: int, verb: str, command: str) -> str:
    if not done:
        return _("There is nothing to {verb}.").format(verb=verb)
    return ngettext(
        "There is only {count} step to {verb}: `{command} {count}`. Nothing was changed.",
        "There are only {count} steps to {verb}: `{command} {count}`. Nothing was changed.",
        done,
    ).format(count=done, verb=verb, command=command)
