"""`kamtui scorecard`: what speaks for an account being a key account, criterion by criterion."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, given, read_text
from kamtui.cli.output import Column, note, show_rows, spoken, write_json, wrote
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import called, tier_mark
from kamtui.domain.qualification import CONFIRMING_CRITERIA, CONFIRMING_FAMILIES, MOST, Criterion
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.resolve import find
from kamtui.store.reads.scorecards import ScorecardCard, ScoreRow, get_score, get_scorecard, list_scores

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

UNKNOWN = ("?", "unknown", "未知")
CriterionArgument = Annotated[Criterion, typer.Argument(help=_("What is judged."))]
ScoreText = Annotated[str, typer.Argument(metavar="0-4|?", help=_("0 to 4; ? is not known."))]
ScoreArgument = Annotated[str, typer.Argument(metavar=_("SCORE"), help=_("Number or uid of the judgement."))]
Account = Annotated[str, typer.Option(metavar=_("ACCOUNT"), help=_("Of which account."))]
Line = Annotated[str | None, typer.Option("--line", metavar=_("PRODUCT LINE"), help=_("Of this product line alone."))]
On = Annotated[str | None, typer.Option("--on", metavar=_("DAY"), help=_("The day it stands for; today, unless said."))]
Evidence = Annotated[str | None, typer.Option(metavar=_("TEXT"), help=_("What it rests on; - reads stdin."))]

COLUMNS = [
    Column(_("id"), lambda row: row.id, right=True),
    Column(_("account"), lambda row: row.account, gives_way=2),
    Column(_("product line"), lambda row: row.product_line, gives_way=1),
    Column(_("criterion"), lambda row: spoken(row.criterion)),
    Column(_("score"), lambda row: _score(row.score), right=True),
    Column(_("on"), lambda row: row.as_of),
    Column(_("evidence"), lambda row: row.evidence and one_line(row.evidence)),
]
CARD = [
    Column(_("criterion"), lambda line: spoken(line.criterion)),
    Column(_("weight"), lambda line: line.weight, right=True),
    Column(_("score"), lambda line: _score(line.score), right=True),
    Column(_("on"), lambda line: line.as_of),
    Column(_("evidence"), lambda line: line.evidence and one_line(line.evidence)),
]


@app.command("list", help=_("All judgements, newest first."))
def list_(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only of this account."))] = None,
) -> None:
    with desk(ctx).reading() as connection:
        rows = list_scores(connection, found(connection, "account", account, fuzzy=True))
    show_rows(
        rows,
        COLUMNS,
        json=desk(ctx).json,
        empty=_("Nothing is judged yet. `kamtui scorecard add CRITERION SCORE --account A` judges one."),
    )


@app.command("show", help=_("The card of an account, and what it comes to."))
def show(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
    line: Line = None,
) -> None:
    with desk(ctx).reading() as connection:
        account_id = find(connection, "account", account, fuzzy=True)
        line_id = found(connection, "product_line", line, account_id=account_id, fuzzy=True)
        card = get_scorecard(connection, account_id, desk(ctx).today, product_line_id=line_id)
    if desk(ctx).json:
        write_json(card)
        return
    show_rows(card.lines, CARD, json=False)
    note(_sum(card))


@app.command("add", help=_("Judge a criterion; the newest judgement counts, one of the same day is replaced."))
def add(
    ctx: typer.Context,
    criterion: CriterionArgument,
    score: ScoreText,
    account: Account,
    line: Line = None,
    on: On = None,
    evidence: Evidence = None,
) -> None:
    from kamtui.services.scorecards import add_score

    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        row = add_score(
            work,
            account_id,
            criterion,
            _read(score),
            product_line_id=found(work.connection, "product_line", line, account_id=account_id),
            as_of=desk(ctx).day(on, field="--on", past=True),
            evidence=read_text(evidence),
        )
    _wrote(ctx, _("Scored {account} ({id}): {criterion} {score}"), row)


@app.command("edit", help=_("Mend a judgement; an empty text empties its evidence."))
def edit(
    ctx: typer.Context,
    which: ScoreArgument,
    score: Annotated[str | None, typer.Option(metavar="0-4|?", help=_("0 to 4; ? is not known."))] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar=_("DAY"), help=_("Another day for which it stands."))
    ] = None,
    evidence: Evidence = None,
) -> None:
    from kamtui.services.scorecards import edit_score

    with desk(ctx).writing() as work:
        before = get_score(work.connection, find(work.connection, "scorecard", which))
        fields = given(as_of=desk(ctx).day(on, field="--on", past=True), evidence=read_text(evidence))
        row = edit_score(work, before.id, **fields, **({} if score is None else {"score": _read(score)}))
    _wrote(ctx, _("Changed the score of {account} ({id}): {criterion} {score}"), row)


@app.command("delete", help=_("Delete a judgement; undo brings it back."))
def delete(ctx: typer.Context, which: ScoreArgument) -> None:
    from kamtui.services.scorecards import delete_score

    with desk(ctx).writing() as work:
        score_id = find(work.connection, "scorecard", which)
        what = delete_score(work, score_id)
    said = _("Deleted the score {id}: {what} (undo brings it back)").format(id=score_id, what=what)
    wrote(said, {"id": score_id, "what": what}, json=desk(ctx).json)


def _read(text: str) -> int | None:
    plain = text.strip().lower().replace("？", "?")
    if plain in UNKNOWN:
        return None
    if plain.isdecimal() and int(plain) <= MOST:
        return int(plain)
    raise BadInput(
        _("score: “{text}” is none of 0 to {most}, or ?. Nothing was saved.").format(
            text=one_line(text, 20), most=MOST
        ),
        field="score",
    )


def _score(score: int | None) -> str:
    return "?" if score is None else str(score)


def _sum(card: ScorecardCard) -> str:
    found = card.qualification
    said = [
        _("{score} of 100, over {coverage} % of the weights: {suggestion}").format(
            score="?" if found.score is None else found.score,
            coverage=found.coverage,
            suggestion=called(found.suggestion),
        )
    ]
    if found.gates:
        said.append(_("gate: {criteria}").format(criteria=", ".join(found.gates)))
    if not card.confirmed:
        said.append(
            _("a key tier stays provisional until {criteria} criteria of {families} families are scored").format(
                criteria=CONFIRMING_CRITERIA, families=CONFIRMING_FAMILIES
            )
        )
    if card.diverges:
        said.append(_("the tier is {tier}: you decide").format(tier=tier_mark(card.tier, not card.confirmed)))
    return "; ".join(said)


def _wrote(ctx: typer.Context, sentence: str, row: ScoreRow) -> None:
    said = sentence.format(id=row.id, account=row.account, criterion=called(row.criterion), score=_score(row.score))
    wrote(said, row, json=desk(ctx).json)
