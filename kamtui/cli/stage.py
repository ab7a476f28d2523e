"""`kamtui account stage`: the checklist of a stage, and the decision to change it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, as_json, note, show_rows, write_json, wrote
from kamtui.domain.enums import Stage
from kamtui.domain.errors import BadInput
from kamtui.domain.stages import duty_of
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.resolve import find
from kamtui.store.reads.stages import DutyRow, StageDecisionRow, list_duties, list_stage_decisions

Codes = list[str] | None


def _known_by(row: DutyRow) -> str:
    if row.judged:
        return _("said on {day}").format(day=row.judged_on)
    return _("unknown") if row.met is None else _("the data")


COLUMNS = [
    Column("", lambda row: "[x]" if row.met else "[ ]"),
    Column(_("stage"), lambda row: row.stage),
    Column(_("item"), lambda row: row.code),
    Column(_("duty"), lambda row: _(row.what)),
    Column(_("known by"), _known_by),
    Column(_("note"), lambda row: row.note, gives_way=1),
]


def stage(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
    to: Annotated[Stage | None, typer.Option("--to", help=_("Change to this stage."))] = None,
    reason: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Why; kept with the decision."))] = None,
    met: Annotated[Codes, typer.Option("--met", metavar=_("ITEM"), help=_("This duty is met; more than once."))] = None,
    unmet: Annotated[
        Codes, typer.Option("--unmet", metavar=_("ITEM"), help=_("This duty is not met; more than once."))
    ] = None,
    clear: Annotated[
        Codes, typer.Option("--clear", metavar=_("ITEM"), help=_("Let the data tell again; more than once."))
    ] = None,
    text: Annotated[str | None, typer.Option("--note", help=_("What is behind it."))] = None,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was; today."))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("The duties of all three stages."))] = False,
) -> None:
    if text is not None and not (met or unmet):
        raise BadInput(_("--note belongs to --met or --unmet; a decision has its --reason."), field="note")
    if to is None and reason is not None:
        raise BadInput(_("--reason belongs to --to."), field="reason")
    day = desk(ctx).day(on, field="--on", past=True)
    if met or unmet or clear:
        _judge(ctx, account, met or (), unmet or (), clear or (), text, day, to, reason)
    elif to is not None:
        _judge(ctx, account, (), (), (), None, day, to, reason)
    else:
        _show(ctx, account, everything=everything)


def _judge(
    ctx: typer.Context,
    account: str,
    met: Sequence[str],
    unmet: Sequence[str],
    clear: Sequence[str],
    text: str | None,
    day: date | None,
    to: Stage | None,
    reason: str | None,
) -> None:
    from kamtui.services.stages import change_stage, judge_duty, unjudge_duty

    rows: list[DutyRow] = []
    decision: StageDecisionRow | None = None
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        for codes, is_met in ((met, True), (unmet, False)):
            rows += [judge_duty(work, account_id, code, is_met, note=text, on=day) for code in codes]
        rows += [unjudge_duty(work, account_id, code) for code in clear]
        if to is not None:
            decision = change_stage(work, account_id, to, reason=reason, on=day)
        name = get_account(work.connection, account_id).name
    if desk(ctx).json:
        write_json({"duties": as_json(rows), "decision": as_json(decision)})
        return
    for row in rows:
        wrote(f"{name}: {'[x]' if row.met else '[ ]'} {_(row.what)}", row, json=False)
    if decision is not None:
        said = _("Stage of {account}: {before} > {after}").format(
            account=name, before=decision.from_stage, after=decision.to_stage
        )
        wrote(said, decision, json=False)
        if decision.unmet:
            note(
                ngettext(
                    "{count} duty of the stage before was unmet: {list}",
                    "{count} duties of the stage before were unmet: {list}",
                    len(decision.unmet),
                ).format(count=len(decision.unmet), list="; ".join(_(duty_of(code).what) for code in decision.unmet))
            )


def _show(ctx: typer.Context, account: str, *, everything: bool) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        card = get_account(connection, account_id)
        rows = list_duties(connection, account_id, desk(ctx).today, None if everything else card.stage)
        decisions = list_stage_decisions(connection, account_id)
    if desk(ctx).json:
        write_json({"stage": card.stage, "duties": as_json(rows), "decisions": as_json(decisions)})
        return
    show_rows(rows, COLUMNS, json=False)
    for decision in decisions:
        note(
            _("{day}: {before} > {after}, {count} unmet. {reason}")
            .format(
                day=decision.decided_on,
                before=decision.from_stage,
                after=decision.to_stage,
                count=len(decision.unmet),
                reason=decision.reason or "",
            )
            .rstrip()
        )
