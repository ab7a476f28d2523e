"""Reporting lines [from, to): drawn from a day on, ended, taken over in a merge. The store's triggers keep them a
forest at every date (invariant 1); what is here says no earlier, with the names."""

from datetime import date

from sqlmodel import col, or_, select

from kamtui.store.sqlite.driver import IntegrityError
from kamtui.store.tables import ReportingLine
from kamtui.store.unit_of_work import UnitOfWork

Interval = tuple[str, str | None]


def draw_line(work: UnitOfWork, person_id: int, manager_id: int | None, since: date, until: date | None) -> None:
    """Makes `manager_id` the manager from `since` on: what stood then is ended and kept, what was to begin later gives
    way, and a line to the same manager goes on instead of being broken in two."""
    going_on = None
    lines = select(ReportingLine).where(ReportingLine.person_id == person_id).order_by(col(ReportingLine.valid_from))
    for line in work.session.exec(lines).all():
        reaches = line.valid_to is None or line.valid_to >= since
        if line.manager_id == manager_id and line.valid_from <= since and reaches:
            going_on = line
        elif line.valid_from >= since:
            work.remove(line)
        elif line.valid_to is None or line.valid_to > since:
            work.change(line, valid_to=since)
    if going_on is not None:
        work.change(going_on, valid_to=until)
    elif manager_id is not None:
        work.add(ReportingLine, person_id=person_id, manager_id=manager_id, valid_from=since, valid_to=until)


def end_lines(work: UnitOfWork, person_id: int, on: date) -> None:
    """Ends the lines up and down of a person on a day; those that were to begin then or later are taken away."""
    lines = select(ReportingLine).where(
        or_(ReportingLine.person_id == person_id, ReportingLine.manager_id == person_id)
    )
    for line in work.session.exec(lines).all():
        if line.valid_from >= on:
            work.remove(line)
        elif line.valid_to is None or line.valid_to > on:
            work.change(line, valid_to=on)


def stands_below(work: UnitOfWork, manager_id: int, person_id: int, since: date, until: date | None) -> bool:
    """Whether the would-be manager stands below the person at some day of the interval."""
    row = work.execute(
        """WITH RECURSIVE above (person_id, since, until) AS (
               SELECT :manager, :since, coalesce(:until, 'never')
               UNION
               SELECT line.manager_id, max(above.since, line.valid_from),
                      min(above.until, coalesce(line.valid_to, 'never'))
               FROM above JOIN reporting_line AS line ON line.person_id = above.person_id
               WHERE line.valid_from < above.until AND above.since < coalesce(line.valid_to, 'never')
           )
           SELECT 1 FROM above WHERE person_id = :person""",
        {
            "manager": manager_id,
            "person": person_id,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
        },
    ).fetchone()
    return row is not None


def take_over_lines(work: UnitOfWork, keep_id: int, merged_id: int) -> None:
    """Gives the lines of `merged` to `keep`. Where `keep` has a manager of their own, or a loop would come of it, that
    part of a line is dropped and the rest of it stays."""
    work.execute(
        "DELETE FROM reporting_line WHERE (person_id, manager_id) IN (VALUES (?, ?), (?, ?))",
        (keep_id, merged_id, merged_id, keep_id),
    )
    lines = work.execute(
        "SELECT id, person_id, manager_id, valid_from, valid_to FROM reporting_line WHERE ? IN (person_id, manager_id)",
        (merged_id,),
    ).fetchall()
    for line_id, old_person, old_manager, since, until in lines:
        person_id, manager_id = (keep_id if end == merged_id else end for end in (old_person, old_manager))
        work.execute("DELETE FROM reporting_line WHERE id = ?", (line_id,))
        for start, end in _fitting(work, person_id, manager_id, since, until):
            _insert(work, person_id, manager_id, start, end)


def _fitting(work: UnitOfWork, person_id: int, manager_id: int, since: str, until: str | None) -> list[Interval]:
    """The parts of an interval in which the store's rules allow the line."""
    # Between two of these days no line begins or ends, so a piece is allowed as a whole or not at all.
    days = work.execute(
        """SELECT day FROM (SELECT valid_from AS day FROM reporting_line UNION SELECT valid_to FROM reporting_line)
           WHERE day > ? AND day < coalesce(?, 'never') ORDER BY day""",
        (since, until),
    ).fetchall()
    cuts = [since, *(day for (day,) in days)]
    parts: list[Interval] = []
    for start, end in zip(cuts, [*cuts[1:], until], strict=True):
        work.execute("SAVEPOINT piece")
        try:
            _insert(work, person_id, manager_id, start, end)
        except IntegrityError:
            continue
        else:
            parts.append((parts.pop()[0] if parts and parts[-1][1] == start else start, end))
        finally:
            work.execute("ROLLBACK TO piece")
            work.execute("RELEASE piece")
    return parts


def _insert(work: UnitOfWork, person_id: int, manager_id: int, since: str, until: str | None) -> None:
    work.insert(
        "reporting_line",
        {"person_id": person_id, "manager_id": manager_id, "valid_from": since, "valid_to": until},
    )
