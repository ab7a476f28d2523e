"""`kamtui obligation template`: the support checklist and templates of one's own; applied to an account in one step."""

from collections.abc import Sequence
from typing import Annotated

import typer
from typer._click import Context  # Typer 0.28 carries its own click; there is no public way to it
from typer.core import TyperGroup

from kamtui.cli.context import desk, read_text
from kamtui.cli.output import Column, as_json, note, show_record, show_rows, wrote
from kamtui.domain.errors import BadInput
from kamtui.domain.obligation_template import TemplateLine, parse_line
from kamtui.language import gettext as _
from kamtui.store.reads.obligation_templates import TemplateRow, get_template, list_templates
from kamtui.store.reads.obligations import ObligationRow
from kamtui.store.reads.resolve import find


class Applying(TyperGroup):
    """A group that applies a template where the first word is none of its verbs: `obligation template ACCOUNT`."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["apply", *args]
        return super().parse_args(ctx, args)


template_app = typer.Typer(cls=Applying, no_args_is_help=True, rich_markup_mode=None)

TemplateArgument = Annotated[str, typer.Argument(metavar=_("TEMPLATE"), help=_("Number, uid or name."))]
Items = Annotated[
    list[str] | None,
    typer.Option(
        "--item",
        metavar=_("LINE"),
        help=_("An obligation, more than once: “Stock report; theirs; weekly; within 2; from completion”. - reads stdin."),
    ),
]  # fmt: skip


@template_app.command("apply", help=_("Add the support checklist, or a template, to an account; what is there stays."))
def apply(
    ctx: typer.Context,
    account: Annotated[str, typer.Argument(metavar=_("ACCOUNT"), help=_("Number, uid or name."))],
    item: Annotated[
        list[int] | None, typer.Option(metavar="1-8", help=_("Only this one of the eight; more than once."))
    ] = None,
    template: Annotated[
        str | None, typer.Option("--template", metavar=_("TEMPLATE"), help=_("One of your own instead of the eight."))
    ] = None,
) -> None:
    from kamtui.services.obligation_templates import apply_own_template
    from kamtui.services.obligations import apply_template

    if template is not None and item:
        raise BadInput(_("--item belongs to the eight; a template of your own is applied whole."), field="item")
    added: Sequence[ObligationRow]
    skipped: Sequence[int | TemplateLine]
    with desk(ctx).writing() as work:
        account_id = find(work.connection, "account", account)
        if template is None:
            applied = apply_template(work, account_id, item)
            added, skipped = applied.added, applied.skipped
        else:
            template_id = find(work.connection, "obligation_template", template)
            added, skipped = apply_own_template(work, account_id, template_id)
    there = [line.what if isinstance(line, TemplateLine) else str(line) for line in skipped]
    if there and not desk(ctx).json:
        note(_("There already: {items}.").format(items=", ".join(there)))
    wrote(
        _("Added {count} obligations: {ids}").format(
            count=len(added), ids=", ".join(str(row.id) for row in added) or "-"
        ),
        {"added": as_json(added), "skipped": as_json(skipped)},
        json=desk(ctx).json,
    )


@template_app.command("list", help=_("All templates: the built-in eight, then your own."))
def list_(ctx: typer.Context) -> None:
    with desk(ctx).reading() as connection:
        rows = list_templates(connection)
    columns = [
        Column(_("id"), lambda row: row.id, right=True),
        Column(_("template"), lambda row: row.name),
        Column(_("obligations"), lambda row: [line.what for line in row.items]),
        Column(_("note"), lambda row: row.note, gives_way=1),
    ]
    show_rows(rows, columns, json=desk(ctx).json)


@template_app.command("show", help=_("The lines of a template of your own, as --item takes them."))
def show(ctx: typer.Context, template: TemplateArgument) -> None:
    with desk(ctx).reading() as connection:
        row = get_template(connection, find(connection, "obligation_template", template, fuzzy=True))
    pairs = [
        (_("template"), f"{row.name} ({row.id})"),
        (_("note"), row.note),
        *((str(place), str(line)) for place, line in enumerate(row.items, 1)),
    ]
    show_record(row, pairs, json=desk(ctx).json)


@template_app.command("add", help=_("Make a template of obligations."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"))],
    items: Items = None,
    text: Annotated[str | None, typer.Option("--note", help=_("What it is for."))] = None,
) -> None:
    from kamtui.services.obligation_templates import add_template

    lines = _lines(items) or []
    with desk(ctx).writing() as work:
        row = add_template(work, name, lines, note=text)
    _wrote(ctx, _("Added template {id}: {name}, {count} obligations"), row)


@template_app.command("edit", help=_("Change a template; the lines replace what was there."))
def edit(
    ctx: typer.Context,
    template: TemplateArgument,
    name: Annotated[str | None, typer.Option(help=_("A new name."))] = None,
    items: Items = None,
    text: Annotated[str | None, typer.Option("--note", help=_("What it is for."))] = None,
) -> None:
    from kamtui.services.obligation_templates import edit_template

    lines = _lines(items)
    with desk(ctx).writing() as work:
        template_id = find(work.connection, "obligation_template", template)
        row = edit_template(work, template_id, name=name, note=text, items=lines)
    _wrote(ctx, _("Changed template {id}: {name}, {count} obligations"), row)


@template_app.command(
    "delete", help=_("Delete a template; the obligations that it made stay, and undo brings it back.")
)
def delete(ctx: typer.Context, template: TemplateArgument) -> None:
    from kamtui.services.obligation_templates import delete_template

    with desk(ctx).writing() as work:
        template_id = find(work.connection, "obligation_template", template)
        name = delete_template(work, template_id)
    said = _("Deleted template {id}: {name} (undo brings it back)").format(id=template_id, name=name)
    wrote(said, {"id": template_id, "name": name}, json=desk(ctx).json)


def _lines(items: Sequence[str] | None) -> list[TemplateLine] | None:
    """The lines that were given; one that is `-` stands for those of stdin."""
    if items is None:
        return None
    told = [line for item in items for line in (read_text(item) or "").splitlines()]
    return [parse_line(line) for line in told if line.strip()]


def _wrote(ctx: typer.Context, sentence: str, row: TemplateRow) -> None:
    wrote(sentence.format(id=row.id, name=row.name, count=len(row.items)), row, json=desk(ctx).json)
