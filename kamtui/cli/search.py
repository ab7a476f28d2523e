"""`kamtui search`."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, found, read_text
from kamtui.cli.output import Column, note, show_rows
from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.store.reads.search_filters import search_filtered

app = typer.Typer(rich_markup_mode=None)

KINDS = {
    "account": _("account"),
    "person": _("person"),
    "colleague": _("colleague"),
    "fact": _("fact"),
    "need": _("need"),
    "interaction": _("touch"),
    "obligation": _("obligation"),
    "task": _("task"),
    "concession": _("concession"),
    "contract": _("contract"),
    "issue": _("complaint"),
    "incident": _("incident"),
    "review": _("review"),
    "channel": _("channel"),
    "scorecard": _("score"),
    "decision_criterion": _("criterion"),
}

COLUMNS = [
    Column(_("kind"), lambda hit: KINDS.get(hit.entity, hit.entity)),
    Column(_("id"), lambda hit: hit.id, right=True),
    Column(_("account"), lambda hit: hit.account),
    Column(_("name"), lambda hit: hit.title),
    Column(_("text"), lambda hit: hit.excerpt),
]


@app.command(
    help=_(
        "Find words in everything: names first, then newest first. Chinese names by pinyin too (zw). Filters narrow it: "
        "stance:opponent role:economic influence:inner_circle tier:T1 stage:stable need:implicit due:<7d."
    )
)
def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar=_("TEXT"), help=_("The words; - reads stdin."))],
    account: Annotated[str | None, typer.Option(metavar=_("ACCOUNT"), help=_("Only in this account."))] = None,
    limit: Annotated[int, typer.Option(min=1, help=_("How many."))] = 50,
) -> None:
    words = read_text(" ".join(text)) or ""
    if not words.strip():
        raise BadInput(_("Search for what? Give a word."), field="text")
    with desk(ctx).reading() as connection:
        account_id = found(connection, "account", account, fuzzy=True)
        hits = search_filtered(connection, words, desk(ctx).today, account_id=account_id, limit=limit + 1)
    show_rows(hits[:limit], COLUMNS, json=desk(ctx).json, empty=_("Nothing holds these words."))
    if len(hits) > limit and not desk(ctx).json:
        note(_("There is more; --limit shows it."))
