"""Concessions and what comes back for them: give, promise, close, waive (PRODUCT.md invariant 4)."""

from datetime import date
from typing import Any

from kamtui.domain.enums import ReturnStatus
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.labels import called
from kamtui.domain.money import Money
from kamtui.language import gettext as _
from kamtui.services.fields import has_ink, must_be_known, must_be_past
from kamtui.store.reads.concessions import ConcessionRow, ReturnRow, get_concession, get_return
from kamtui.store.tables import Account, Concession, ReturnCommitment
from kamtui.store.unit_of_work import UnitOfWork

_CONCESSION = frozenset({"what", "value", "on", "valid_from", "valid_to", "approved_by", "note"})
_RETURN = frozenset({"measure", "target", "value", "due", "written", "document_ref"})


def add_concession(
    work: UnitOfWork,
    account_id: int,
    what: str,
    *,
    value: Money | None = None,
    on: date | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    approved_by: str | None = None,
    note: str | None = None,
) -> ConcessionRow:
    """Notes what we gave. It may stand alone, and its `flag` says so at once; None as value is unknown."""
    account = work.get(Account, account_id)
    work.say(_("Concession to {account}: {what}").format(account=account.name, what=what))
    concession = work.add(
        Concession,
        account_id=account_id,
        what=what,
        approved_by=approved_by,
        note=note,
        **_given(work, {"on": on or work.today, "value": value, "valid_from": valid_from, "valid_to": valid_to}, None),
    )
    return _concession(work, concession)


def edit_concession(work: UnitOfWork, concession_id: int, **fields: Any) -> ConcessionRow:
    """Sets fields of a concession: those of `add_concession`, None empties one."""
    concession = work.get(Concession, concession_id)
    work.say(_("Edit concession {id}: {what}").format(id=concession_id, what=concession.what))
    must_be_known(fields, _CONCESSION)
    work.change(concession, **_given(work, fields, concession))
    return _concession(work, concession)


def delete_concession(work: UnitOfWork, concession_id: int) -> str:
    """Deletes a concession with what was promised for it; returns what it was. Undo brings it back."""
    concession = work.get(Concession, concession_id)
    what = concession.what
    work.say(_("Delete concession {id}: {what}").format(id=concession_id, what=what))
    work.execute("DELETE FROM external_ref WHERE entity = 'concession' AND row_id = ?", (concession_id,))
    work.remove(concession)
    return what


def waive_return_of(work: UnitOfWork, concession_id: int, reason: str) -> ConcessionRow:
    """Expects nothing back for a concession, for a reason. Raises `Refused` without one."""
    concession = work.get(Concession, concession_id)
    work.say(_("Waive the return for concession {id}: {what}").format(id=concession_id, what=concession.what))
    _must_have_reason(reason)
    work.change(concession, return_waived_because=reason)
    return _concession(work, concession)


def promise_return(
    work: UnitOfWork,
    concession_id: int,
    measure: str,
    *,
    target: str | None = None,
    value: Money | None = None,
    due: date | None = None,
    written: bool = False,
    document_ref: str | None = None,
) -> ReturnRow:
    """Notes what the customer promised for a concession: how it is measured, how much, by when. A document means that it
    is in writing. A return that had been waived is expected again."""
    concession = work.get(Concession, concession_id)
    work.say(_("Return for concession {id}: {measure}").format(id=concession_id, measure=measure))
    promised = work.add(
        ReturnCommitment,
        concession_id=concession_id,
        measure=measure,
        target=target,
        **_promised({"value": value, "due": due, "written": written, "document_ref": document_ref}),
    )
    work.change(concession, return_waived_because=None)
    return _return(work, promised)


def edit_return(work: UnitOfWork, return_id: int, **fields: Any) -> ReturnRow:
    """Sets fields of a return commitment: those of `promise_return`, None empties one."""
    promised = work.get(ReturnCommitment, return_id)
    work.say(_("Edit return {id}: {measure}").format(id=return_id, measure=promised.measure))
    must_be_known(fields, _RETURN)
    work.change(promised, **_promised(fields))
    return _return(work, promised)


def close_return(
    work: UnitOfWork,
    return_id: int,
    status: ReturnStatus,
    *,
    actual: str | None = None,
    reason: str | None = None,
    on: date | None = None,
) -> ReturnRow:
    """Says how a return commitment ended: met, missed, or waived for a reason; `actual` is what came.

    Raises `Refused` where waiving has no reason.
    """
    promised = work.get(ReturnCommitment, return_id)
    work.say(_("Return {id} {status}: {measure}").format(id=return_id, status=called(status), measure=promised.measure))
    if status is ReturnStatus.PROMISED:
        raise BadInput(_("status: a return ends as met, missed or waived."), field="status")
    if status is ReturnStatus.WAIVED:
        _must_have_reason(reason or "")
    on = on or work.today
    must_be_past(on, work.today, "on")
    work.change(promised, status=status, closed_on=on, reason=reason, actual=actual or promised.actual)
    return _return(work, promised)


def delete_return(work: UnitOfWork, return_id: int) -> str:
    """Deletes a return commitment; returns its measure. Undo brings it back."""
    promised = work.get(ReturnCommitment, return_id)
    measure = promised.measure
    work.say(_("Delete return {id}: {measure}").format(id=return_id, measure=measure))
    work.remove(promised)
    return measure


def _given(work: UnitOfWork, fields: dict[str, Any], before: Concession | None) -> dict[str, Any]:
    """The columns of `Concession` for fields as people know them."""
    columns = _valued(fields)
    if "on" in columns:
        columns["given_on"] = columns.pop("on")
        must_be_past(columns["given_on"], work.today, "on")
    since = columns.get("valid_from", before and before.valid_from)
    until = columns.get("valid_to", before and before.valid_to)
    if since and until and until < since:
        raise BadInput(
            _("valid_to: {until} is before {since}. Nothing was saved.").format(until=until, since=since),
            field="valid_to",
        )
    return columns


def _promised(fields: dict[str, Any]) -> dict[str, Any]:
    """The columns of `ReturnCommitment` for fields as people know them."""
    columns = _valued(fields)
    if columns.get("document_ref"):
        columns["written"] = True
    return columns


def _valued(fields: dict[str, Any]) -> dict[str, Any]:
    columns = dict(fields)
    if "value" in columns:
        value = columns.pop("value")
        if value is not None and value.minor < 0:
            raise BadInput(
                _("value: {value} is less than nothing. Nothing was saved.").format(value=value), field="value"
            )
        columns |= {"value_minor": value and value.minor, "currency": value and value.currency}
    return columns


def _must_have_reason(reason: str) -> None:
    if not has_ink(reason):
        raise Refused(_("Waiving a return needs a reason. Nothing was changed."))


def _concession(work: UnitOfWork, concession: Concession) -> ConcessionRow:
    assert concession.id is not None
    return get_concession(work.connection, concession.id, work.today)


def _return(work: UnitOfWork, promised: ReturnCommitment) -> ReturnRow:
    assert promised.id is not None
    return get_return(work.connection, promised.id)
