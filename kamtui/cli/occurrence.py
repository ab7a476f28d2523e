"""Which occurrence of an obligation a command means, and how it is told."""

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import wrote
from kamtui.domain.days import age_label
from kamtui.domain.enums import OccurrenceStatus
from kamtui.domain.errors import Ambiguous, NotFound, Refused
from kamtui.domain.labels import LATE, OCCURRENCE
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.obligations import ObligationCard, OccurrenceRow


def opened(card: ObligationCard, occurrence: int | None) -> int:
    """The occurrence that is meant: the one named, else the only open one."""
    if occurrence is not None:
        return _own(card, occurrence)
    opened = [row for row in card.occurrences if row.status is OccurrenceStatus.OPEN]
    if len(opened) == 1:
        return opened[0].id
    what = one_line(card.obligation.what)
    if not opened:
        raise Refused(_("Nothing of “{what}” is open. `kamtui obligation start` starts one.").format(what=what))
    matches = [(row.id, f"{row.due} {one_line(row.subject, 60)}".strip()) for row in opened]
    listed = "; ".join(f"{row_id} ({label})" for row_id, label in matches)
    raise Ambiguous(
        _("“{what}” has {count} open: {list}. Say which with --occurrence.").format(
            what=what, count=len(opened), list=listed
        ),
        matches,
    )


def last_done(card: ObligationCard, occurrence: int | None) -> int:
    """The occurrence that is meant: the one named, else the last one done that nobody acknowledged."""
    if occurrence is not None:
        return _own(card, occurrence)
    done = [row for row in card.occurrences if row.done_on and row.acknowledged_on is None]
    if not done:
        raise Refused(
            _("Nothing of “{what}” that is done waits for an acknowledgement.").format(
                what=one_line(card.obligation.what)
            )
        )
    return max(done, key=lambda row: (row.done_on, row.due, row.id)).id


def _own(card: ObligationCard, occurrence: int) -> int:
    if all(row.id != occurrence for row in card.occurrences):
        raise NotFound(
            _("“{what}” has no occurrence with the number {id}.").format(
                what=one_line(card.obligation.what), id=occurrence
            )
        )
    return occurrence


def say_resolved(ctx: typer.Context, said: str, row: OccurrenceRow, following: OccurrenceRow | None) -> None:
    """One line with what was done and when the next one is due."""
    line = said.format(id=row.id, what=label(row.what, row.subject))
    if following is not None:
        line = _("{done}; next due {day}").format(done=line, day=following.due)
    wrote(line, {"occurrence": row, "next": following}, json=desk(ctx).json)


def label(what: str, subject: str | None) -> str:
    """What is owed, and which order or event it is about."""
    return f"{what}, {subject}" if subject else what


def mark(status: OccurrenceStatus, days_overdue: int) -> str:
    """`[ ]`, `[!]` late, `[x]` done, `[-]` missed, `[w]` waived."""
    return LATE if days_overdue else OCCURRENCE[status]


def history(row: OccurrenceRow) -> str:
    """What is told of an occurrence, besides its mark and its due date."""
    told = [
        row.subject,
        age_label(row.days_overdue) if row.days_overdue else None,
        _("done {day}").format(day=row.done_on) if row.done_on else None,
        row.evidence,
        _("acknowledged by {person}").format(person=row.acknowledged_by) if row.acknowledged_by else None,
        row.reason,
        f"({row.id})",
    ]
    return "; ".join(part for part in told if part)
