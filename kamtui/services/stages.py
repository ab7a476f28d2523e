"""The stage of a relationship: judge its duties, change it. What is unmet is shown and recorded; the decision stays the
person's (PRODUCT.md §2.3)."""

from datetime import date

from sqlmodel import select

from kamtui.domain.enums import Stage
from kamtui.domain.errors import BadInput, Refused
from kamtui.domain.stages import duty_of
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_past
from kamtui.store.reads.stages import DutyRow, StageDecisionRow, list_duties, list_stage_decisions
from kamtui.store.tables import Account, StageCheck, StageDecision, StageDecisionUnmet
from kamtui.store.unit_of_work import UnitOfWork


def judge_duty(
    work: UnitOfWork, account_id: int, code: str, met: bool, *, note: str | None = None, on: date | None = None
) -> DutyRow:
    """Says that a duty is met, or is not, on a day (today); it stands above what the data tell. Raises `BadInput` for a
    code that is none, and for a day to come."""
    account = work.get(Account, account_id)
    duty = duty_of(code)
    said = _("{account}: met: {duty}") if met else _("{account}: not met: {duty}")
    work.say(said.format(account=account.name, duty=_(duty.what)))
    must_be_past(on, work.today, "on")
    check = _judged(work, account_id, code)
    if check is None:
        work.add(StageCheck, account_id=account_id, item=code, met=met, judged_on=on or work.today, note=note)
    else:
        work.change(check, met=met, judged_on=on or work.today, note=note or check.note)
    return _row(work, account_id, code)


def unjudge_duty(work: UnitOfWork, account_id: int, code: str) -> DutyRow:
    """Takes back what was said of a duty, so that the data tell again, where they can."""
    account = work.get(Account, account_id)
    duty = duty_of(code)
    work.say(_("{account}: not judged: {duty}").format(account=account.name, duty=_(duty.what)))
    check = _judged(work, account_id, code)
    if check is None:
        raise Refused(_("Nobody has judged “{duty}”. Nothing was changed.").format(duty=_(duty.what)))
    work.remove(check)
    return _row(work, account_id, code)


def change_stage(
    work: UnitOfWork, account_id: int, stage: Stage, *, reason: str | None = None, on: date | None = None
) -> StageDecisionRow:
    """Moves an account to another stage, on a day (today); what is unmet of the stage it leaves is recorded beside the
    decision. Raises `Refused` where it is in that stage already, `BadInput` for a day to come or before the last change."""
    account = work.get(Account, account_id)
    if account.stage is stage:
        raise Refused(
            _("{account} is in that stage ({stage}) already. Nothing was changed.").format(
                account=account.name, stage=stage
            )
        )
    decide_stage(work, account, stage, reason=reason, on=on)
    return list_stage_decisions(work.connection, account_id)[0]


def decide_stage(
    work: UnitOfWork, account: Account, stage: Stage, *, reason: str | None = None, on: date | None = None
) -> None:
    """The same for a row that is at hand; nothing happens where it is in that stage already."""
    if account.stage is stage:
        return
    assert account.id is not None
    work.say(
        _("Stage of {account}: {before} > {after}").format(account=account.name, before=account.stage, after=stage)
    )
    must_be_past(on, work.today, "on")
    on = on or work.today
    if (made := list_stage_decisions(work.connection, account.id)) and on < made[0].decided_on:
        raise BadInput(
            _("on: {day} is before the last change of stage ({last}). Nothing was saved.").format(
                day=on, last=made[0].decided_on
            ),
            field="on",
        )
    decision = work.add(
        StageDecision, account_id=account.id, from_stage=account.stage, to_stage=stage, decided_on=on, reason=reason
    )
    unmet = [duty.code for duty in list_duties(work.connection, account.id, work.today, account.stage) if not duty.met]
    work.add_many(StageDecisionUnmet, [{"stage_decision_id": decision.id, "value": code} for code in unmet])
    work.change(account, stage=stage)


def _judged(work: UnitOfWork, account_id: int, code: str) -> StageCheck | None:
    return work.session.exec(
        select(StageCheck).where(StageCheck.account_id == account_id, StageCheck.item == code)
    ).first()


def _row(work: UnitOfWork, account_id: int, code: str) -> DutyRow:
    return next(row for row in list_duties(work.connection, account_id, work.today) if row.code == code)
