"""Needs: capture, explore, convert, advance, close, correct (PRODUCT.md §2.4, invariants 2 and 3)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kamtui.domain.enums import NeedCategory, NeedEventKind, NeedKind, NeedSignal, NeedSource, NeedState, TaskSource
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.labels import called
from kamtui.domain.money import Money
from kamtui.domain.need import CLOSINGS, OPEN_STATES, WAY, may_move, next_state, steps_between
from kamtui.domain.need_words import read_quantity, read_words
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.services.fields import has_ink, must_be_known, must_be_past, must_say
from kamtui.services.need_fields import CONTENT, EDITABLE, must_be_of_family, need_columns, source_columns
from kamtui.services.tasks import forget_source
from kamtui.store.reads.needs import NeedRow, need_row
from kamtui.store.tables import Account, Interaction, Need, NeedEvent, Person
from kamtui.store.unit_of_work import UnitOfWork

_LABEL = 60


def add_need(
    work: UnitOfWork,
    account_id: int,
    verbatim: str,
    *,
    kind: NeedKind | None = None,
    source: NeedSource | None = None,
    raised_by_id: int | None = None,
    raised_on: date | None = None,
    signal: NeedSignal | None = None,
    category: NeedCategory | None = None,
    quantity: Decimal | None = None,
    unit: str | None = None,
    importance: int | None = None,
    capability: int | None = None,
    cost_to_serve: Money | None = None,
    need_by: date | None = None,
    implication: str | None = None,
    payoff: str | None = None,
    next_question: str | None = None,
    product_line: str | None = None,
) -> NeedRow:
    """Captures a need in the customer's words, or as we saw it.

    Without `kind` the words decide (`read_words`), and they give an explicit need its quantity, an implicit one its
    signal. The source is the person who raised it, else `observed` or `unknown`. `importance` is 1 to 5, `capability`
    (ours) 0 to 5. Raises `BadInput`, `NotFound` and `Refused` (a person of another customer, a day to come).
    """
    account = work.get(Account, account_id)
    work.say(_("Add a need of {account}: {words}").format(account=account.name, words=one_line(verbatim, _LABEL)))
    must_say(verbatim, "verbatim")
    reading = read_words(verbatim)
    kind = kind or reading.kind
    if kind is NeedKind.IMPLICIT:
        signal = signal or reading.signal
    elif quantity is None and (counted := read_quantity(verbatim)):
        quantity, unit = counted[0], unit or counted[1]
    need = work.add(
        Need,
        account_id=account_id,
        verbatim=verbatim,
        raised_as=kind,
        kind=kind,
        signal=signal,
        category=category,
        unit=unit,
        importance=importance,
        capability=capability,
        need_by=need_by,
        implication=implication,
        payoff=payoff,
        next_question=next_question,
        **source_columns(work, account, source, raised_by_id),
        **need_columns(
            work,
            account_id,
            {
                "raised_on": raised_on or work.today,
                "quantity": quantity,
                "cost_to_serve": cost_to_serve,
                "product_line": product_line,
            },
        ),
    )
    return _row(work, need)


def edit_need(work: UnitOfWork, need_id: int, **fields: Any) -> NeedRow:
    """Sets fields of a need: those of `add_need`, None empties one.

    The verbatim may be mended within a day and before the first event, and so may an explicit need that turns out to be
    implicit (`kind`); the way back is a conversion. Raises `Refused` otherwise.
    """
    need = work.get(Need, need_id)
    work.say(_("Edit need {id}: {words}").format(id=need_id, words=one_line(need.verbatim, _LABEL)))
    must_be_known(fields, EDITABLE)
    if "verbatim" in fields and fields["verbatim"] != need.verbatim:
        must_say(fields["verbatim"] or "", "verbatim")
        _may_be_mended(work, need)
    if "kind" in fields:
        fields |= _reclassified(work, need, fields["kind"])
    if "raised_by_id" in fields or "source" in fields:
        account = work.get(Account, need.account_id)
        fields |= source_columns(work, account, fields.get("source"), fields.get("raised_by_id"))
    work.change(need, **need_columns(work, need.account_id, fields))
    return _row(work, need)


def correct_need(work: UnitOfWork, need_id: int, words: str, note: str | None = None) -> NeedRow:
    """Puts a correction beside the original words, which stay as they are."""
    need = work.get(Need, need_id)
    work.say(_("Correct need {id}: {words}").format(id=need_id, words=one_line(words, _LABEL)))
    must_say(words, "words")
    _happened(work, need, NeedEventKind.CORRECTED, None, customer_words=words, note=note)
    return _row(work, need)


def advance_need(
    work: UnitOfWork,
    need_id: int,
    to_state: NeedState | None = None,
    *,
    steps: int = 1,
    on: date | None = None,
    note: str | None = None,
    person_id: int | None = None,
    interaction_id: int | None = None,
) -> NeedRow:
    """Moves a need along its way: to a state, or `steps` further (negative: back). Each step on the way is an event.

    Raises `Refused` past exploring for an implicit need that was not converted (invariant 2), for a closed need, and
    where the way ends.
    """
    need = work.get(Need, need_id)
    if need.state in CLOSINGS:
        raise Refused(
            _("Need {id} is closed ({state}). Reopen it first: kamtui need reopen {id}. Nothing was changed.").format(
                id=need_id, state=need.state
            )
        )
    after = to_state or next_state(need.state, steps)
    if after is None:
        raise Refused(
            _("Need {id} is {state}: the way goes no further. Nothing was changed.").format(
                id=need_id, state=need.state
            )
        )
    work.say(_("Need {id}: {before} > {after}").format(id=need_id, before=need.state, after=after))
    if after in CLOSINGS:
        raise Refused(
            _("{state} ends a need and wants a reason: kamtui need close {id}. Nothing was changed.").format(
                state=after, id=need_id
            )
        )
    _must_be_possible(need, after)
    for state in steps_between(need.state, after):
        _happened(
            work,
            need,
            NeedEventKind.ADVANCED,
            on,
            to=state,
            note=note,
            person_id=person_id,
            interaction_id=interaction_id,
        )
    return _row(work, need)


def float_idea(
    work: UnitOfWork,
    need_id: int,
    idea: str,
    *,
    reaction: str | None = None,
    on: date | None = None,
    person_id: int | None = None,
    interaction_id: int | None = None,
) -> NeedRow:
    """Notes an idea that was floated in order to find out more, and how they took it; the need is being explored then.

    Raises `Refused` once the need is confirmed or closed.
    """
    need = work.get(Need, need_id)
    work.say(_("Float an idea on need {id}: {idea}").format(id=need_id, idea=one_line(idea, _LABEL)))
    must_say(idea, "idea")
    if need.state not in {NeedState.CAPTURED, NeedState.EXPLORING}:
        raise Refused(
            _("Need {id} is {state}: ideas are floated while exploring. Nothing was changed.").format(
                id=need_id, state=need.state
            )
        )
    _happened(
        work,
        need,
        NeedEventKind.FLOATED,
        on,
        to=NeedState.EXPLORING,
        note=idea,
        customer_words=reaction,
        person_id=person_id,
        interaction_id=interaction_id,
    )
    return _row(work, need)


def convert_need(
    work: UnitOfWork,
    need_id: int,
    *,
    heard_from: int,
    words: str,
    on: date | None = None,
    note: str | None = None,
    interaction_id: int | None = None,
    **becomes: Any,
) -> NeedRow:
    """Turns an implicit need into an explicit one: who said it, in which words, on which day (invariant 2).

    The need is confirmed then; its original words and `raised_as` stay. `becomes` are fields of `add_need` such as
    category, quantity, unit, need_by, importance, capability; without a quantity the words give it. Raises `Refused` for
    a need that is explicit or closed, and for the words of a placeholder.
    """
    need = work.get(Need, need_id)
    work.say(_("Convert need {id}: {words}").format(id=need_id, words=one_line(words, _LABEL)))
    if need.kind is NeedKind.EXPLICIT:
        raise Refused(_("Need {id} is explicit already. Nothing was changed.").format(id=need_id))
    if need.state not in OPEN_STATES:
        raise Refused(
            _("Need {id} is closed ({state}). Reopen it first: kamtui need reopen {id}. Nothing was changed.").format(
                id=need_id, state=need.state
            )
        )
    must_say(words, "words")
    must_be_known(becomes, CONTENT)
    _must_be_met(work.get(Person, heard_from))
    if becomes.get("quantity") is None and (counted := read_quantity(words)):
        becomes["quantity"] = counted[0]
        becomes["unit"] = becomes.get("unit") or counted[1]
    _happened(
        work,
        need,
        NeedEventKind.CONVERTED,
        on,
        to=NeedState.CONFIRMED,
        becomes=need_columns(work, need.account_id, becomes) | {"kind": NeedKind.EXPLICIT},
        customer_words=words,
        note=note,
        person_id=heard_from,
        interaction_id=interaction_id,
    )
    return _row(work, need)


def close_need(work: UnitOfWork, need_id: int, state: NeedState, reason: str, *, on: date | None = None) -> NeedRow:
    """Ends an open need as declined, lost or obsolete, with the reason."""
    need = work.get(Need, need_id)
    work.say(_("Close need {id} as {state}").format(id=need_id, state=called(state)))
    if state not in CLOSINGS:
        raise Refused(
            _("A need is closed as declined, lost or obsolete, not as {state}. Nothing was changed.").format(
                state=state
            )
        )
    if not has_ink(reason):
        raise Refused(_("Closing need {id} needs a reason. Nothing was changed.").format(id=need_id))
    if need.state not in OPEN_STATES:
        raise Refused(_("Need {id} is {state} already. Nothing was changed.").format(id=need_id, state=need.state))
    _happened(work, need, NeedEventKind.CLOSED, on, to=state, note=reason)
    return _row(work, need)


def reopen_need(work: UnitOfWork, need_id: int, note: str | None = None, *, on: date | None = None) -> NeedRow:
    """Opens a closed or satisfied need again, in the state that it was in before."""
    need = work.get(Need, need_id)
    work.say(_("Reopen need {id}").format(id=need_id))
    if need.state in OPEN_STATES:
        raise Refused(_("Need {id} is open ({state}). Nothing was changed.").format(id=need_id, state=need.state))
    row = work.execute(
        "SELECT from_state FROM need_event WHERE need_id = ? AND to_state = ? ORDER BY id DESC LIMIT 1",
        (need_id, need.state),
    ).fetchone()
    before = NeedState(row[0]) if row and row[0] else NeedState.CAPTURED
    _happened(work, need, NeedEventKind.REOPENED, on, to=before, note=note)
    return _row(work, need)


def delete_need(work: UnitOfWork, need_id: int) -> str:
    """Deletes a need with all that happened to it; returns its words. Tasks that came of it stay. Undo brings it back."""
    need = work.get(Need, need_id)
    words = need.verbatim
    work.say(_("Delete need {id}: {words}").format(id=need_id, words=one_line(words, _LABEL)))
    forget_source(work, TaskSource.NEED, need_id)
    work.execute("DELETE FROM external_ref WHERE entity = 'need' AND row_id = ?", (need_id,))
    work.remove(need)
    return words


def _happened(
    work: UnitOfWork,
    need: Need,
    kind: NeedEventKind,
    on: date | None,
    *,
    to: NeedState | None = None,
    becomes: dict[str, Any] | None = None,
    person_id: int | None = None,
    interaction_id: int | None = None,
    **words: str | None,
) -> None:
    """Writes the event first and then what it changed: the store asks for the one before it allows the other."""
    on = on or work.today
    must_be_past(on, work.today, "on")
    if on < need.raised_on:
        raise BadInput(
            _("on: {day} is before the need was raised ({raised}). Nothing was saved.").format(
                day=on, raised=need.raised_on
            ),
            field="on",
        )
    if person_id is not None:
        must_be_of_family(work, person_id, work.get(Account, need.account_id))
    if interaction_id is not None and work.get(Interaction, interaction_id).account_id != need.account_id:
        raise Refused(
            _("Touch {touch} is of another account than need {id}. Nothing was changed.").format(
                touch=interaction_id, id=need.id
            )
        )
    work.add(
        NeedEvent,
        need_id=need.id,
        on_date=on,
        kind=kind,
        from_state=need.state if to else None,
        to_state=to,
        person_id=person_id,
        interaction_id=interaction_id,
        **words,
    )
    work.change(need, **(becomes or {}), **({"state": to} if to else {}))


def _must_be_possible(need: Need, after: NeedState) -> None:
    if may_move(need.kind, need.state, after):
        return
    if need.kind is NeedKind.IMPLICIT and after in WAY and need.state != after:
        raise Refused(
            _(
                "Need {id} is implicit and cannot become {state} before it is converted: who said what they want, when, "
                "in which words (kamtui need convert {id}). Nothing was changed."
            ).format(id=need.id, state=after)
        )
    raise Refused(_("Need {id} is {state} already. Nothing was changed.").format(id=need.id, state=need.state))


def _must_be_met(person: Person) -> None:
    if person.placeholder:
        raise Refused(
            _(
                "{name} is a placeholder, somebody we have not met: a conversion names who really said the words. "
                "Nothing was changed."
            ).format(name=person.name)
        )


def _may_be_mended(work: UnitOfWork, need: Need) -> None:
    age = datetime.fromisoformat(work.now) - datetime.fromisoformat(need.created_at)
    events = work.execute("SELECT 1 FROM need_event WHERE need_id = ? LIMIT 1", (need.id,)).fetchone()
    if events or abs(age.total_seconds()) > 24 * 3600:
        raise Refused(
            _(
                "The words of need {id} can be mended within a day and before the first event only. Add a correction, "
                "which stands beside them: kamtui need correct {id}. Nothing was changed."
            ).format(id=need.id)
        )


def _reclassified(work: UnitOfWork, need: Need, kind: NeedKind | None) -> dict[str, Any]:
    """What a change of kind sets: an explicit need to which nothing has happened yet was implicit all along."""
    if kind is None or kind is need.kind:
        return {"kind": need.kind}
    if kind is NeedKind.EXPLICIT:
        raise Refused(
            _(
                "Need {id} becomes explicit by a conversion: who said it, when, in which words (kamtui need convert {id}). "
                "Nothing was changed."
            ).format(id=need.id)
        )
    if work.execute("SELECT 1 FROM need_event WHERE need_id = ? LIMIT 1", (need.id,)).fetchone():
        raise Refused(
            _("Need {id} has moved on as an explicit one and stays explicit. Nothing was changed.").format(id=need.id)
        )
    return {"kind": kind, "raised_as": kind}


def _row(work: UnitOfWork, need: Need) -> NeedRow:
    assert need.id is not None
    return need_row(work.connection, need.id)
