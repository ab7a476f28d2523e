"""§2: who comes to the meeting: part, influence, stance, what they win, last contact, what is open, how to open."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Column, Key, Pairs, Row, Section, Table, clip, more_of
from kamtui.brief.facts import Facts
from kamtui.brief.words import contact_cell, influence_cell, quoted, roles_cell, stance_cell
from kamtui.domain.enums import BuyingRole, Influence, NeedKind, NeedSignal, OccurrenceStatus, Side, Stance
from kamtui.language import gettext as _
from kamtui.store.reads.people import PersonRow

_COMPLAINTS = (NeedSignal.COMPLAINT, NeedSignal.DISSATISFACTION)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person in the room; `opening` is the line to begin with, `open_promise` the next one between them and us."""

    id: Key
    name: str
    title: str | None
    roles: tuple[BuyingRole, ...]
    influence: Influence
    stance: Stance
    placeholder: bool
    win: str | None
    last_contact: date | None
    open_promise: str | None
    opening: str | None


@dataclass(frozen=True, slots=True)
class Attendees:
    """Who comes. `coming` is False where nobody is recorded for the meeting, or none is planned: then these are the
    people with a role, else all there are."""

    coming: bool
    people: tuple[Attendee, ...]
    ours: tuple[str, ...]
    more: int


def attendees_of(facts: Facts) -> Attendees:
    """The people to be ready for."""
    room = facts.room
    people = room or tuple(person for person in facts.people if person.roles) or facts.people
    return Attendees(
        coming=bool(room),
        people=tuple(_attendee(facts, person) for person in people[: facts.caps.attendees]),
        ours=facts.meeting.colleagues if facts.meeting else (),
        more=max(0, len(people) - facts.caps.attendees),
    )


def lay_out_attendees(attendees: Attendees, today: date, *, planned: bool) -> Section:
    """The people as a table; below each what is open and the opening line."""
    notes = []
    if planned and not attendees.coming:
        notes.append(
            (_("who comes"), _("not recorded; people with a role:") if attendees.people else _("not recorded"))
        )
    if not attendees.people:
        notes.append((_("people"), _("nobody there is known yet")))
    if attendees.ours:
        notes.append((_("from us"), ", ".join(clip(name, 40) for name in attendees.ours)))
    table = Table(
        (
            Column(_("person")),
            Column(_("roles"), 3),
            Column(_("influence"), 3),
            Column(_("stance"), 2),
            Column(_("last contact"), 6),
        ),
        tuple(
            Row(
                (
                    named(person.name, person.title, placeholder=person.placeholder),
                    roles_cell(person.roles),
                    influence_cell(person.influence),
                    stance_cell(person.stance),
                    contact_cell(person.last_contact, today),
                ),
                under="; ".join(part for part in (_win(person), person.open_promise, person.opening) if part),
            )
            for person in attendees.people
        ),
        under=_("wins, open, how to begin"),
    )
    return Section(
        "attendees",
        _("People in the room") if attendees.coming else _("People with a role"),
        (*((Pairs(tuple(notes)),) if notes else ()), *((table,) if attendees.people else ())),
        more_of((attendees.more, "")),
    )


def _win(person: Attendee) -> str:
    if person.win:
        return _("wins: {win}").format(win=clip(person.win, 100))
    return "" if person.placeholder else _("win: unknown")


def named(name: str, title: str | None, *, placeholder: bool = False) -> str:
    """`Li Ming CIO`; a place that nobody fills yet as `[CFO, not met]`."""
    if placeholder:
        return seat(title or name)
    return f"{clip(name, 40)}, {clip(title, 40)}" if title else clip(name, 60)


def seat(name: str) -> str:
    """A place that nobody fills yet."""
    return "[" + _("{seat}, not met").format(seat=clip(name, 40)) + "]"


def _attendee(facts: Facts, person: PersonRow) -> Attendee:
    return Attendee(
        id=person.id,
        name=person.name,
        title=person.title,
        roles=person.roles,
        influence=person.influence,
        stance=person.stance,
        placeholder=person.placeholder,
        win=person.win,
        last_contact=facts.last_contact(person),
        open_promise=_open_promise(facts, person),
        opening=_opening(facts, person),
    )


def _open_promise(facts: Facts, person: PersonRow) -> str | None:
    promise = next(
        (p for p in facts.promises if p.their_owner_id == person.id and p.status is OccurrenceStatus.OPEN), None
    )
    if promise is None:
        return None
    sentence = _("we owe: {what}, due {due}") if promise.side is Side.OURS else _("owes us: {what}, due {due}")
    if promise.due < facts.today:
        sentence = (
            _("we owe, late: {what}, was due {due}")
            if promise.side is Side.OURS
            else _("owes us, late: {what}, was due {due}")
        )
    return sentence.format(what=clip(promise.what, 60), due=promise.due.isoformat())


def _opening(facts: Facts, person: PersonRow) -> str | None:
    """How to begin with somebody: their complaint comes before our agenda, then what was agreed last."""
    if person.placeholder:
        return _("find out who it is")
    theirs = [need for need in facts.needs if need.raised_by_id == person.id]
    for need in theirs:
        if need.kind is NeedKind.IMPLICIT and need.signal in _COMPLAINTS:
            return _("carries a complaint: let them speak first")
    for need in theirs:
        if need.kind is NeedKind.IMPLICIT:
            return _("opening: their doubt, {words}").format(words=quoted(need.words, 60))
    contact = facts.contacts.get(person.id)
    if contact and contact.next_step:
        return _("opening: {step} (agreed {day})").format(
            step=clip(contact.next_step, 80), day=contact.last_on.isoformat()
        )
    if theirs:
        return _("opening: where {words} stands").format(words=quoted(theirs[0].words, 60))
    if contact is None:
        return _("opening: first contact, ask what matters to them")
    return None
