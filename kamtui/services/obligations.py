"""Obligations: what stands as promised, how one is resolved, and how the next one follows (invariant 11).

One with a period has exactly one open occurrence, ahead or overdue. Resolving it makes the next one in the same unit of
work; dates of the series that passed meanwhile are kept as missed. The others start by `start_occurrence` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select

from kamtui.domain import obligation as rules
from kamtui.domain.days import add_working_days
from kamtui.domain.enums import Anchor, OccurrenceStatus, Side, TaskSource
from kamtui.domain.errors import BadInput, NotFound, Refused
from kamtui.domain.text import clean_name, one_line
from kamtui.language import gettext as _
from kamtui.services.planning import ensure_next, move, open_ones, plan_anew
from kamtui.services.tasks import forget_source
from kamtui.store.reads.obligations import ObligationRow, OccurrenceRow, get_obligation, get_occurrence
from kamtui.store.reads.settings import get_holidays
from kamtui.store.tables import Account, Obligation, Occurrence
from kamtui.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying the template did: the obligations that were added, and the items that were there already."""

    added: tuple[ObligationRow, ...]
    skipped: tuple[int, ...]


def add_obligation(
    work: UnitOfWork,
    account_id: int,
    what: str,
    *,
    side: Side = Side.OURS,
    cadence: str = rules.NO_CADENCE,
    anchor: Anchor = Anchor.DUE,
    owner_id: int | None = None,
    their_owner_id: int | None = None,
    within: int | None = None,
    first_due: date | None = None,
    template_item: int | None = None,
    note: str | None = None,
) -> ObligationRow:
    """Adds an obligation; ours belong to the person at the keyboard unless another colleague is named.

    With a period (`quarterly`, `2w`) the first occurrence is due on `first_due`, else one period from today. Without
    one (`per_order`, `per_event`, `none`) an occurrence starts only where `first_due` says so.
    """
    account = work.get(Account, account_id)
    plain = clean_name(what, field="what")[0]
    work.say(_("Add obligation {what} for {account}").format(what=plain, account=account.name))
    cadence = rules.parse_cadence(cadence)
    period = rules.period_of(cadence)
    if period and first_due is None:
        first_due = period.after(work.today)
    obligation = work.add(
        Obligation,
        account_id=account_id,
        side=side,
        template_item=template_item,
        what=what,
        owner_id=owner_id or (work.me if side is Side.OURS else None),
        their_owner_id=their_owner_id,
        cadence=cadence,
        within=_possible(within),
        anchor=anchor,
        starts_on=first_due if period else None,
        note=note,
    )
    if first_due is not None:
        work.add(Occurrence, obligation_id=obligation.id, due=first_due)
    return _row(work, obligation)


def apply_template(work: UnitOfWork, account_id: int, items: Sequence[int] | None = None) -> Applied:
    """Adds the eight of S1, or those of them in `items`; those that are there already stay as they are.

    First due dates are spread over the first period.
    """
    account = work.get(Account, account_id)
    work.say(_("Support checklist for {account}").format(account=account.name))
    wanted = list(dict.fromkeys(items)) if items is not None else [item.number for item in rules.TEMPLATE]
    known = {item.number: item for item in rules.TEMPLATE}
    if unknown := [number for number in wanted if number not in known]:
        raise BadInput(
            _("item: {number} is none of 1 to {last}. Nothing was added.").format(number=unknown[0], last=len(known)),
            field="item",
        )
    there = set(
        work.session.exec(
            select(Obligation.template_item).where(Obligation.account_id == account_id, Obligation.side == Side.OURS)
        )
    )
    added = []
    for number in wanted:
        item = known[number]
        if number in there:
            continue
        period = rules.period_of(item.cadence)
        spread = account_id * len(rules.TEMPLATE) + number
        added.append(
            add_obligation(
                work,
                account_id,
                _(item.what),
                cadence=item.cadence,
                within=item.within,
                first_due=rules.first_due(period, work.today, spread) if period else None,
                template_item=number,
            )
        )
    return Applied(tuple(added), tuple(number for number in wanted if number in there))


def edit_obligation(
    work: UnitOfWork, obligation_id: int, *, first_due: date | None = None, **fields: Any
) -> ObligationRow:
    """Sets fields of an obligation: what, side, cadence, anchor, within, owner_id, their_owner_id, template_item, note.

    Another cadence or anchor plans the open occurrence anew: one that is due or overdue stays as promised, one ahead
    moves to a period after the last one, or is taken away where it would not start by itself any more. `first_due`
    dates the open occurrence, and the series counts from there.
    """
    obligation = work.get(Obligation, obligation_id)
    work.say(_("Edit obligation {what}").format(what=obligation.what))
    before = (obligation.cadence, obligation.anchor)
    if "cadence" in fields:
        fields["cadence"] = rules.parse_cadence(fields["cadence"] or rules.NO_CADENCE)
    if "within" in fields:
        fields["within"] = _possible(fields["within"])
    opened = open_ones(work, obligation_id)
    one_alone = (
        rules.period_of(fields.get("cadence", obligation.cadence)) is not None
        or fields.get("anchor", obligation.anchor) == Anchor.COMPLETION
        or first_due is not None
    )
    if len(opened) > 1 and one_alone:
        raise Refused(
            _("“{what}” has {count} open occurrences; finish or waive all but one first. Nothing was changed.").format(
                what=one_line(obligation.what), count=len(opened)
            )
        )
    work.change(obligation, **fields)
    if (obligation.cadence, obligation.anchor) != before or first_due is not None:
        plan_anew(work, obligation, opened[0] if opened else None, first_due)
    return _row(work, obligation)


def start_occurrence(
    work: UnitOfWork, obligation_id: int, *, due: date | None = None, subject: str | None = None
) -> OccurrenceRow:
    """Starts an obligation that an order, an event or a person starts; `subject` says which one.

    Due on `due`, else `within` working days from today, else today. Raises `Refused` for one that comes by itself.
    """
    obligation = work.get(Obligation, obligation_id)
    work.say(_("Start {what}").format(what=obligation.what))
    opened = open_ones(work, obligation_id)
    if rules.period_of(obligation.cadence):
        raise Refused(
            _("“{what}” comes by itself every {cadence}. Nothing was started.").format(
                what=one_line(obligation.what), cadence=obligation.cadence
            )
        )
    if opened and obligation.anchor is Anchor.COMPLETION:
        raise Refused(
            _("“{what}” counts from completion, and number {id} is open. Nothing was started.").format(
                what=one_line(obligation.what), id=opened[0].id
            )
        )
    subject, dropped = clean_name(subject, field="subject") if subject and subject.strip() else ("", 0)
    if dropped:
        work.dropped.append(("subject", dropped))
    if due is None:
        due = add_working_days(work.today, obligation.within or 0, get_holidays(work.connection))
    twin = work.session.exec(
        select(Occurrence).where(
            Occurrence.obligation_id == obligation_id, Occurrence.due == due, Occurrence.subject == subject
        )
    ).first()
    if twin:
        raise Refused(
            _("“{what}” is there already for {day}, number {id}; say what it is about. Nothing was started.").format(
                what=one_line(obligation.what), day=due, id=twin.id
            )
        )
    return _read(work, work.add(Occurrence, obligation_id=obligation_id, due=due, subject=subject))


def done_occurrence(
    work: UnitOfWork,
    occurrence_id: int,
    *,
    on: date | None = None,
    evidence: str | None = None,
    acknowledged_by_id: int | None = None,
) -> tuple[OccurrenceRow, OccurrenceRow | None]:
    """It was done on a day, perhaps with evidence, perhaps acknowledged by a person of the customer. Returns it and
    the next one."""
    occurrence = _open(work, occurrence_id)
    work.say(_("Done: {what}").format(what=_what(work, occurrence)))
    on = _past(work, on)
    work.change(
        occurrence,
        status=OccurrenceStatus.DONE,
        done_on=on,
        evidence=evidence,
        acknowledged_by_id=acknowledged_by_id,
        acknowledged_on=on if acknowledged_by_id else None,
    )
    return _resolved(work, occurrence, on)


def miss_occurrence(
    work: UnitOfWork, occurrence_id: int, *, reason: str | None = None, on: date | None = None
) -> tuple[OccurrenceRow, OccurrenceRow | None]:
    """It will not be done any more. Returns it and the next one."""
    occurrence = _open(work, occurrence_id)
    work.say(_("Missed: {what}").format(what=_what(work, occurrence)))
    on = _past(work, on)
    work.change(occurrence, status=OccurrenceStatus.MISSED, reason=reason)
    return _resolved(work, occurrence, on)


def waive_occurrence(
    work: UnitOfWork, occurrence_id: int, reason: str, *, on: date | None = None
) -> tuple[OccurrenceRow, OccurrenceRow | None]:
    """It is not owed this time, for a reason. Returns it and the next one."""
    occurrence = _open(work, occurrence_id)
    what = _what(work, occurrence)
    work.say(_("Waived: {what}").format(what=what))
    if not reason.strip():
        raise Refused(_("Waiving “{what}” needs a reason. Nothing was changed.").format(what=one_line(what)))
    on = _past(work, on)
    work.change(occurrence, status=OccurrenceStatus.WAIVED, reason=reason)
    return _resolved(work, occurrence, on)


def acknowledge_occurrence(
    work: UnitOfWork, occurrence_id: int, person_id: int, *, on: date | None = None
) -> OccurrenceRow:
    """A person of the customer says that it was done."""
    occurrence = _get(work, occurrence_id)
    what = _what(work, occurrence)
    work.say(_("Acknowledged: {what}").format(what=what))
    if occurrence.status is not OccurrenceStatus.DONE:
        raise Refused(
            _("“{what}” is not done; what is done can be acknowledged. Nothing was changed.").format(
                what=one_line(what)
            )
        )
    work.change(occurrence, acknowledged_by_id=person_id, acknowledged_on=_past(work, on))
    return _read(work, occurrence)


def redate_occurrence(work: UnitOfWork, occurrence_id: int, due: date) -> OccurrenceRow:
    """Gives an open occurrence another due date. A later day is for this once; an earlier one moves the series, for
    else the day that it was moved from would come as well."""
    occurrence = _open(work, occurrence_id)
    obligation = work.get(Obligation, occurrence.obligation_id)
    work.say(_("Re-date {what} to {day}").format(what=obligation.what, day=due))
    if due < occurrence.due and obligation.starts_on is not None:
        work.change(obligation, starts_on=due)
    move(work, occurrence, due)
    return _read(work, occurrence)


def delete_obligation(work: UnitOfWork, obligation_id: int) -> str:
    """Deletes an obligation with its history; returns what it was. Tasks that came of it stay."""
    obligation = work.get(Obligation, obligation_id)
    what = obligation.what
    work.say(_("Delete obligation {what}").format(what=what))
    forget_source(work, TaskSource.OBLIGATION, obligation_id)
    work.execute("DELETE FROM external_ref WHERE entity = 'obligation' AND row_id = ?", (obligation_id,))
    work.remove(obligation)
    return what


def _row(work: UnitOfWork, obligation: Obligation) -> ObligationRow:
    assert obligation.id is not None
    return get_obligation(work.connection, obligation.id, work.today).obligation


def _read(work: UnitOfWork, occurrence: Occurrence) -> OccurrenceRow:
    assert occurrence.id is not None
    return get_occurrence(work.connection, occurrence.id, work.today)


def _get(work: UnitOfWork, occurrence_id: int) -> Occurrence:
    row = work.session.get(Occurrence, occurrence_id)
    if row is None:
        raise NotFound(_("There is no occurrence with the number {id}.").format(id=occurrence_id))
    return row


def _open(work: UnitOfWork, occurrence_id: int) -> Occurrence:
    occurrence = _get(work, occurrence_id)
    if occurrence.status is not OccurrenceStatus.OPEN:
        raise Refused(
            _("“{what}” due on {day} is resolved already. Nothing was changed; `kamtui undo` takes steps back.").format(
                what=one_line(_what(work, occurrence)), day=occurrence.due
            )
        )
    return occurrence


def _what(work: UnitOfWork, occurrence: Occurrence) -> str:
    what = work.get(Obligation, occurrence.obligation_id).what
    return f"{what}, {occurrence.subject}" if occurrence.subject else what


def _resolved(work: UnitOfWork, occurrence: Occurrence, on: date) -> tuple[OccurrenceRow, OccurrenceRow | None]:
    next_id = ensure_next(work, occurrence.obligation_id, resolved_on=on)
    return _read(work, occurrence), None if next_id is None else get_occurrence(work.connection, next_id, work.today)


def _past(work: UnitOfWork, on: date | None) -> date:
    """The day on which something happened: today, unless another is named, and none to come."""
    if on is not None and on > work.today:
        raise BadInput(_("on: {day} has not come yet. Nothing was changed.").format(day=on), field="on")
    return on or work.today


def _possible(within: int | None) -> int | None:
    if within is not None and not 0 < within <= rules.LONGEST_WITHIN:
        raise BadInput(
            _("within: 1 to {most} working days are possible. Nothing was saved.").format(most=rules.LONGEST_WITHIN),
            field="within",
        )
    return within
