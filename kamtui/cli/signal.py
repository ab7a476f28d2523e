"""`kamtui signal`: what is wrong, since when and why."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found
from kamtui.cli.output import Column, note, show_rows, write, write_json, wrote
from kamtui.domain.days import age_label
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import tier_mark
from kamtui.domain.signals.model import Code
from kamtui.domain.signals.registry import SIGNALS
from kamtui.domain.text import one_line, visible
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK
from kamtui.language import gettext as _
from kamtui.store.reads.resolve import find
from kamtui.store.reads.signals import Explanation, SignalRow, explain_signal, list_signals

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

AccountArgument = Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))]
CodeArgument = Annotated[
    str, typer.Argument(metavar=_("SIGNAL"), help=_("Its code, such as neglect, or its number from 1 to 16."))
]
About = Annotated[
    str | None, typer.Option("--about", metavar="person:12", help=_("Of this record alone, as the list names it."))
]
Aspect = Annotated[
    str | None,
    typer.Option(
        "--aspect", metavar="profit.loss", help=_("This alone of what it says, as the list names it in JSON.")
    ),
]

COLUMNS = [
    Column("", lambda row: GOOD_NEWS_MARK if row.good_news else SEVERITY_MARK[row.severity]),
    Column(_("tier"), lambda row: tier_mark(row.tier, row.provisional), gives_way=1),
    Column(_("account"), lambda row: row.account),
    Column(_("why"), lambda row: row.why),
    Column(_("since"), lambda row: age_label(row.days), right=True),
    Column(_("signal"), lambda row: row.code.value),
    Column(_("about"), lambda row: f"{row.subject}:{row.subject_id}", gives_way=2),
    Column(_("rests until"), lambda row: row.snoozed_until, gives_way=3),
]


@app.command("list", help=_("The signals that speak today, the gravest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    code: Annotated[str | None, typer.Option("--signal", metavar=_("SIGNAL"), help=_("Only this one."))] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help=_("Also what is merely unknown."))] = False,
    snoozed: Annotated[bool, typer.Option("--snoozed", help=_("Also what was put off."))] = False,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_signals(
            connection,
            desk(ctx).today,
            account_id=found(connection, "account", account, fuzzy=True),
            code=_code(code) if code else None,
            gaps=gaps,
            snoozed=snoozed,
        )
    show_rows(rows, COLUMNS, json=desk(ctx).json, empty=_("No signal speaks. Unsorted accounts are quiet."))


@app.command("explain", help=_("One signal of an account: formula, thresholds, rows, and what would clear it."))
def explain(ctx: typer.Context, account: AccountArgument, signal: CodeArgument) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        told = explain_signal(connection, desk(ctx).today, account_id, _code(signal))
    if desk(ctx).json:
        write_json(told)
    else:
        _tell(told)


@app.command("snooze", help=_("Put a signal off until a day; what is critical for 14 days at most, and with a reason."))
def snooze(
    ctx: typer.Context,
    account: AccountArgument,
    signal: CodeArgument,
    until: Annotated[str, typer.Argument(metavar=_("DAY"), help=_("The day on which it speaks again."))],
    reason: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("Why it may wait."))] = None,
    about: About = None,
    aspect: Aspect = None,
) -> None:
    from kamtui.services.signals import snooze_signal

    day = desk(ctx).day(until, field="until")
    assert day is not None
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = snooze_signal(work, account_id, _code(signal), day, reason=reason, subject=_subject(about), aspect=aspect)
    said = _("Put off until {day}: {account}, {why}").format(day=day, account=row.account, why=row.why)
    wrote(said, row, json=desk(ctx).json)


@app.command("wake", help=_("Hear a signal again that was put off."))
def wake(
    ctx: typer.Context, account: AccountArgument, signal: CodeArgument, about: About = None, aspect: Aspect = None
) -> None:
    from kamtui.services.signals import wake_signal

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = wake_signal(work, account_id, _code(signal), subject=_subject(about), aspect=aspect)
    wrote(_("Speaks again: {account}, {why}").format(account=row.account, why=row.why), row, json=desk(ctx).json)


def _code(text: str) -> Code:
    """A signal by its code, the unique start of one, or its number."""
    plain = text.strip().lower().replace("-", "_")
    codes = [signal.code for signal in SIGNALS if plain in {str(signal.code), str(signal.number)}] or [
        signal.code for signal in SIGNALS if plain and signal.code.startswith(plain)
    ]
    if len(codes) != 1:
        raise BadInput(
            _("“{text}” is no signal. There are: {all}.").format(
                text=one_line(text, 40), all=", ".join(f"{signal.number} {signal.code}" for signal in SIGNALS)
            ),
            field="signal",
        )
    return codes[0]


def _subject(about: str | None) -> tuple[str, int] | None:
    if about is None:
        return None
    entity, _colon, number = about.replace("：", ":").partition(":")
    if not number.isdecimal():
        raise BadInput(_("--about: “{text}” is not as person:12.").format(text=one_line(about, 40)), field="--about")
    return entity.strip(), int(number)


def _mark(row: SignalRow) -> str:
    return GOOD_NEWS_MARK if row.good_news else SEVERITY_MARK[row.severity]


def _tell(told: Explanation) -> None:
    lines = [f"{told.account}: {told.number} {told.name} ({told.code})"]
    for row in told.found:
        since = _("since {day}").format(day=row.since)
        following = _("graver on {day}").format(day=row.next_on) if row.next_on else ""
        rests = _("rests until {day}").format(day=row.snoozed_until) if row.snoozed_until else ""
        lines.append(f"{_mark(row)} {', '.join(filter(None, (row.why, since, following, rests)))}")
        lines += [f"    {one.entity} {one.id} {one.name} {one.on or ''}".rstrip() for one in row.evidence]
        lines.append(_("  do: {task}").format(task=row.task))
    lines += [_("cannot tell: {what}").format(what=lack) for lack in told.lacks]
    if told.quiet:
        lines.append(_("It is quiet: what it looks at is in order."))
    lines.append(_("formula: {text}").format(text=told.formula))
    lines.append(_("clears: {text}").format(text=told.clears))
    lines += [f"  {limit.setting} = {limit.value}  {limit.help}" for limit in told.limits]
    for line in lines:
        write(visible(line))
    note(_("`kamtui config set {setting} VALUE` changes a threshold.").format(setting=told.limits[0].setting))
