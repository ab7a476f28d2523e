"""`kamtui need`."""

from typing import Annotated

import typer

from kamtui.cli.amounts import amount, number
from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.need_view import columns, count, pairs
from kamtui.cli.output import OF_ACCOUNT, as_json, cell, show_record, show_rows, write_json, wrote
from kamtui.domain.enums import NeedCategory, NeedKind, NeedSignal, NeedSource, NeedState
from kamtui.domain.errors import BadInput
from kamtui.domain.need import CLOSINGS
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.needs import NeedRow, get_need, list_needs
from kamtui.store.reads.resolve import find

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

NeedArgument = Annotated[str, typer.Argument(metavar=_("NEED"), help=_("Number, uid, or how its words begin."))]
Editor = Annotated[bool, typer.Option("--editor", help=_("Write the text in $EDITOR."))]
On = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was; today."))]
Person = Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who said it."))]
Touch = Annotated[str | None, typer.Option(metavar=_("TOUCH"), help=_("The touch in which it was said."))]
Category = Annotated[NeedCategory | None, typer.Option(help=_("What it is about."))]
Quantity = Annotated[str | None, typer.Option(help=_("How many; read from the words of an explicit need."))]
Unit = Annotated[str | None, typer.Option(help=_("Of what."))]
Importance = Annotated[int | None, typer.Option(min=1, max=5, help=_("To them, 1 to 5."))]
Capability = Annotated[int | None, typer.Option(min=0, max=5, help=_("Ours to meet it, 0 to 5."))]
Cost = Annotated[str | None, typer.Option(metavar=_("AMOUNT"), help=_("What meeting it would cost us."))]
NeedBy = Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("By when they need it."))]
Implication = Annotated[str | None, typer.Option(help=_("What it costs them as long as it is not met."))]
Payoff = Annotated[str | None, typer.Option(help=_("What solving it would be worth to them."))]
Question = Annotated[str | None, typer.Option(help=_("What to ask next."))]
Line = Annotated[str | None, typer.Option(metavar=_("PRODUCT LINE"), help=_("Of which product line."))]
Signal = Annotated[NeedSignal | None, typer.Option(help=_("How an implicit need shows; else the words say it."))]


@app.command("list", help=_("Open needs by account, the most important first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
    kind: Annotated[NeedKind | None, typer.Option(help=_("Only of this kind."))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Satisfied and closed ones too."))] = False,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        rows = list_needs(connection, account_id, open_only=not everything, kind=kind)
    show_rows(
        rows,
        columns(desk(ctx).today),
        json=desk(ctx).json,
        empty=_("No needs yet. `kamtui need add WORDS --account A` adds one."),
    )


@app.command("show", help=_("One need: their words, what happened, what is still to ask."))
def show(ctx: typer.Context, need: NeedArgument) -> None:
    with desk(ctx).reading() as connection:
        card = get_need(connection, find(connection, "need", need, fuzzy=True))
    if desk(ctx).json:
        write_json({**as_json(card.need), **{name: part for name, part in as_json(card).items() if name != "need"}})
        return
    show_record(card, pairs(card), json=False)


@app.command("add", help=_("Capture a need in their words, or as you saw it."))
def add(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar=_("TEXT"), help=_("- reads stdin."))] = None,
    account: Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Whose need it is."))] = "",
    by: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who raised it."))] = None,
    observed: Annotated[bool, typer.Option("--observed", help=_("Nobody said it: we saw it."))] = False,
    on: On = None,
    kind: Annotated[NeedKind | None, typer.Option(help=_("Else the words say it; unsure means implicit."))] = None,
    signal: Signal = None,
    category: Category = None,
    quantity: Quantity = None,
    unit: Unit = None,
    importance: Importance = None,
    capability: Capability = None,
    cost: Cost = None,
    need_by: NeedBy = None,
    implication: Implication = None,
    payoff: Payoff = None,
    question: Question = None,
    line: Line = None,
    editor: Editor = False,
) -> None:
    from kamtui.services.needs import add_need

    words = read_text(text, editor=editor)
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_need(
            work,
            account_id,
            words or "",
            kind=kind,
            source=NeedSource.OBSERVED if observed else None,
            raised_by_id=found(work.connection, "person", by, account_id=account_id),
            raised_on=desk(ctx).day(on, field="--on", past=True),
            signal=signal,
            category=category,
            quantity=number(quantity, "quantity") if quantity else None,
            unit=unit,
            importance=importance,
            capability=capability,
            cost_to_serve=amount(work.connection, cost, "cost") if cost else None,
            need_by=desk(ctx).day(need_by, field="--need-by"),
            implication=implication,
            payoff=payoff,
            next_question=question,
            product_line=line,
        )
    kinds = ", ".join(cell(part) for part in (row.kind, row.signal, count(row)) if part)
    _wrote(ctx, _("Added need {id} ({kinds}): {words}") + OF_ACCOUNT, row, kinds=kinds)


@app.command(
    "edit",
    help=_(
        "Change a need; an empty text empties a field. The words can be mended within a day, before the first event."
    ),
)
def edit(
    ctx: typer.Context,
    need: NeedArgument,
    text: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("A slip in the words, mended."))] = None,
    kind: Annotated[NeedKind | None, typer.Option(help=_("implicit, where it was taken for explicit."))] = None,
    by: Annotated[str | None, typer.Option(metavar=_("PERSON"), help=_("Who raised it."))] = None,
    observed: Annotated[bool, typer.Option("--observed", help=_("Nobody said it: we saw it."))] = False,
    on: Annotated[str | None, typer.Option(metavar=_("DAY"), help=_("When it was raised."))] = None,
    signal: Signal = None,
    category: Category = None,
    quantity: Quantity = None,
    unit: Unit = None,
    importance: Importance = None,
    capability: Capability = None,
    cost: Cost = None,
    need_by: NeedBy = None,
    implication: Implication = None,
    payoff: Payoff = None,
    question: Question = None,
    line: Line = None,
    editor: Annotated[bool, typer.Option("--editor", help=_("Mend the words in $EDITOR."))] = False,
) -> None:
    from kamtui.services.needs import edit_need

    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        before = get_need(work.connection, need_id).need
        fields = given(
            verbatim=read_text(text, editor=editor, start=before.verbatim),
            kind=kind,
            raised_by_id="" if by == "" else found(work.connection, "person", by, account_id=before.account_id),
            raised_on=desk(ctx).day(on, field="--on", past=True),
            signal=signal,
            category=category,
            quantity=number(quantity, "quantity") if quantity else quantity,
            unit=unit,
            importance=importance,
            capability=capability,
            cost_to_serve=amount(work.connection, cost, "cost") if cost else cost,
            need_by=desk(ctx).day(need_by, field="--need-by") if need_by else need_by,
            implication=implication,
            payoff=payoff,
            next_question=question,
            product_line=line,
        )
        if observed:
            fields["source"] = NeedSource.OBSERVED
        row = edit_need(work, need_id, **fields)
    _wrote(ctx, _("Changed need {id}: {words}"), row)


@app.command("convert", help=_("Make an implicit need explicit: who said what they want, in which words, when."))
def convert(
    ctx: typer.Context,
    need: NeedArgument,
    by: Annotated[str, typer.Option(metavar=_("PERSON"), help=_("Who said it."))],
    words: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("In their own words; - reads stdin."))] = None,
    on: On = None,
    touch: Touch = None,
    note: Annotated[str | None, typer.Option(help=_("Anything else of that talk."))] = None,
    category: Category = None,
    quantity: Quantity = None,
    unit: Unit = None,
    importance: Importance = None,
    capability: Capability = None,
    cost: Cost = None,
    need_by: NeedBy = None,
    payoff: Payoff = None,
    question: Question = None,
    line: Line = None,
    editor: Editor = False,
) -> None:
    from kamtui.services.needs import convert_need

    said = read_text(words, editor=editor)
    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        account_id = get_need(work.connection, need_id).need.account_id
        row = convert_need(
            work,
            need_id,
            heard_from=find(work.connection, "person", by, account_id=account_id),
            words=said or "",
            on=desk(ctx).day(on, field="--on", past=True),
            note=note,
            interaction_id=found(work.connection, "interaction", touch, account_id=account_id),
            **given(
                category=category,
                quantity=number(quantity, "quantity") if quantity else None,
                unit=unit,
                importance=importance,
                capability=capability,
                cost_to_serve=amount(work.connection, cost, "cost") if cost else None,
                need_by=desk(ctx).day(need_by, field="--need-by"),
                payoff=payoff,
                next_question=question,
                product_line=line,
            ),
        )
    _wrote(ctx, _("Converted need {id}, explicit and confirmed now: {words}"), row)


@app.command("advance", help=_("Move a need along: explored, confirmed, proposed, agreed, satisfied."))
def advance(
    ctx: typer.Context,
    need: NeedArgument,
    to: Annotated[
        NeedState | None, typer.Option(help=_("To this state, through all between; else one further."))
    ] = None,
    back: Annotated[bool, typer.Option("--back", help=_("One back instead."))] = False,
    on: On = None,
    by: Person = None,
    touch: Touch = None,
    note: Annotated[str | None, typer.Option(help=_("What happened."))] = None,
) -> None:
    from kamtui.services.needs import advance_need

    if to is not None and back:
        raise BadInput(_("--to and --back: give one of them."), field="--to")
    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        before = get_need(work.connection, need_id).need
        row = advance_need(
            work,
            need_id,
            to,
            steps=-1 if back else 1,
            on=desk(ctx).day(on, field="--on", past=True),
            note=note,
            person_id=found(work.connection, "person", by, account_id=before.account_id),
            interaction_id=found(work.connection, "interaction", touch, account_id=before.account_id),
        )
    _wrote(ctx, _("Need {id}: {before} > {after}: {words}"), row, before=before.state, after=row.state)


@app.command("float", help=_("Note an idea that was floated to find out more, and how they took it."))
def float_(
    ctx: typer.Context,
    need: NeedArgument,
    idea: Annotated[str, typer.Argument(metavar=_("IDEA"), help=_("An idea, not an offer; - reads stdin."))],
    reaction: Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("How they took it."))] = None,
    on: On = None,
    by: Person = None,
    touch: Touch = None,
) -> None:
    from kamtui.services.needs import float_idea

    text = read_text(idea)
    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        account_id = get_need(work.connection, need_id).need.account_id
        row = float_idea(
            work,
            need_id,
            text or "",
            reaction=reaction,
            on=desk(ctx).day(on, field="--on", past=True),
            person_id=found(work.connection, "person", by, account_id=account_id),
            interaction_id=found(work.connection, "interaction", touch, account_id=account_id),
        )
    _wrote(ctx, _("Floated an idea on need {id}: {words}"), row)


@app.command("correct", help=_("Put a correction beside the original words, which stay as they are."))
def correct(
    ctx: typer.Context,
    need: NeedArgument,
    words: Annotated[str | None, typer.Argument(metavar=_("TEXT"), help=_("- reads stdin."))] = None,
    note: Annotated[str | None, typer.Option(help=_("Why."))] = None,
    editor: Editor = False,
) -> None:
    from kamtui.services.needs import correct_need

    text = read_text(words, editor=editor)
    with desk(ctx).writing() as work:
        row = correct_need(work, find(work.connection, "need", need), text or "", note)
    _wrote(ctx, _("Corrected need {id}: {correction}"), row, correction=one_line(row.correction or ""))


@app.command("close", help=_("End a need that will not be met: declined, lost or obsolete, with the reason."))
def close(
    ctx: typer.Context,
    need: NeedArgument,
    as_: Annotated[NeedState, typer.Option("--as", metavar="|".join(CLOSINGS), help=_("How it ended."))],
    reason: Annotated[str, typer.Option(help=_("Why; kept with the need."))] = "",
    on: On = None,
) -> None:
    from kamtui.services.needs import close_need

    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        row = close_need(work, need_id, as_, reason, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Closed need {id} as {state}: {words}"), row, state=row.state)


@app.command("reopen", help=_("Open a closed or satisfied need again, where it was."))
def reopen(
    ctx: typer.Context,
    need: NeedArgument,
    note: Annotated[str | None, typer.Option(help=_("Why."))] = None,
    on: On = None,
) -> None:
    from kamtui.services.needs import reopen_need

    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        row = reopen_need(work, need_id, note, on=desk(ctx).day(on, field="--on", past=True))
    _wrote(ctx, _("Reopened need {id} ({state}): {words}"), row, state=row.state)


@app.command("delete", help=_("Delete a need with all that happened to it; undo brings it back."))
def delete(ctx: typer.Context, need: NeedArgument) -> None:
    from kamtui.services.needs import delete_need

    with desk(ctx).writing() as work:
        need_id = find(work.connection, "need", need)
        words = delete_need(work, need_id)
    wrote(
        _("Deleted need {id}: {words} (undo brings it back)").format(id=need_id, words=one_line(words)),
        {"id": need_id, "verbatim": words},
        json=desk(ctx).json,
    )


def _wrote(ctx: typer.Context, sentence: str, row: NeedRow, **more: object) -> None:
    wrote(sentence.format(id=row.id, words=one_line(row.wanted), account=row.account, **more), row, json=desk(ctx).json)
